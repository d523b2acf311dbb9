"""What a page shows until its first question is answered: nothing, and after a moment that it reads."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

MOMENT_MS = 400  # an answer that comes before is not announced


class Waiting(QWidget):
    """A blank page, on which a line appears where the answer takes long."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLabel(self.tr("Reading …"))
        self.line.setProperty("role", "muted")
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.line.hide()
        self._moment = QTimer(self, singleShot=True, interval=MOMENT_MS)
        self._moment.timeout.connect(self.line.show)
        QVBoxLayout(self).addWidget(self.line)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._moment.start()


def wait_in(pages: QStackedWidget | QStackedLayout) -> None:
    """Show a blank page among these until another one is chosen."""
    waiting = Waiting()
    pages.addWidget(waiting)
    pages.setCurrentWidget(waiting)
