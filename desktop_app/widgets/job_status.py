"""The long job in the status bar: what it is, how far, how long still, and Stop."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from desktop_app.background import Job
from desktop_app.translation import translate_core
from desktop_app.widgets import readable


class JobStatus(QWidget):
    """Hidden while no job is under way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self.message = QLabel()
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.left = QLabel()
        self.left.setProperty("role", "muted")
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setAccessibleName(self.tr("Stop the running job"))
        self.stop.clicked.connect(self._stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 2)
        for widget in (self.message, self.bar, self.left, self.stop):
            layout.addWidget(widget)
        self.hide()

    def follow(self, job: Job) -> None:
        """Show this job until it ends."""
        self._job = job
        self.message.setText(job.title)
        self.left.clear()
        self.bar.setValue(0)
        self.stop.setEnabled(True)
        job.progressed.connect(self._progressed)
        self.show()

    def end(self) -> None:
        """Show nothing any more."""
        self._job = None
        self.hide()

    def _progressed(self, fraction: float, message: str, figures: dict[str, object]) -> None:
        if self._job is None:
            return
        self.bar.setValue(round(1000 * fraction))
        self.message.setText(translate_core(message, figures))
        seconds = self._job.seconds_left(fraction)
        self.left.setText("" if seconds is None else self.tr("{0} left").format(readable.duration(seconds)))

    def _stop(self) -> None:
        if self._job is not None:
            self.stop.setEnabled(False)
            self.message.setText(self.tr("Stopping…"))
            self._job.cancel()
