"""A training as it goes: how far, how long still, its curves, its speed, its log."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop_app.translation import translate_core
from desktop_app.widgets import readable
from desktop_app.widgets.curves import CurvePlot

if TYPE_CHECKING:
    from core.runs import LogLine, Run


LEARNERS = ("transformer", "hybrid", "bilinear", "language-regression")  # the models that learn in epochs


class TrainingMonitor(QWidget):
    """Shows a training that runs, or one that has run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._began = 0.0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.title = QLabel()
        self.title.setObjectName("monitor_title")
        self.title.setProperty("role", "title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar()
        self.bar.setObjectName("training_progress")
        self.bar.setAccessibleName(self.tr("Progress of the training"))
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.message = QLabel()
        self.message.setObjectName("training_message")
        self.left = QLabel()
        self.left.setObjectName("time_left")
        line = QHBoxLayout()
        line.addWidget(self.message, 1)
        line.addWidget(self.left)
        layout.addWidget(self.title)
        layout.addWidget(self.bar)
        layout.addLayout(line)
        layout.addLayout(self._figures())
        layout.addWidget(self._pictures(), 1)
        self.show_idle()

    def _figures(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        self._values: dict[str, QLabel] = {}
        for column, (name, title) in enumerate(
            (
                ("epoch", self.tr("Epoch")),
                ("loss", self.tr("Loss")),
                ("events_per_second", self.tr("Events a second")),
                ("memory_mb", self.tr("Memory")),
                ("elapsed", self.tr("Elapsed")),
            )
        ):
            label = QLabel(title)
            label.setProperty("role", "muted")
            value = QLabel("–")
            value.setObjectName(f"figure.{name}")
            value.setAccessibleName(title)
            grid.addWidget(label, 0, column)
            grid.addWidget(value, 1, column)
            grid.setColumnStretch(column, 1)
            self._values[name] = value
        return grid

    def _pictures(self) -> QSplitter:
        self.loss = CurvePlot(self.tr("Loss"), 0, min)
        self.ndcg = CurvePlot(self.tr("Validation NDCG@10"), 1, max)
        plots = QWidget()
        side = QHBoxLayout(plots)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.loss)
        side.addWidget(self.ndcg)
        self.log = QPlainTextEdit()
        self.log.setObjectName("training_log")
        self.log.setReadOnly(True)
        self.log.setMaximumBlockCount(2000)
        self.log.setAccessibleName(self.tr("Log of the training"))
        self.log.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.log.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.log.setTabChangesFocus(True)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(plots)
        splitter.addWidget(self.log)
        splitter.setSizes([220, 110])
        return splitter

    def show_idle(self) -> None:
        """Nothing runs and no run is chosen."""
        self.title.setText(self.tr("No training yet"))
        self._live(False)
        self.message.setText(self.tr("Choose a model and press Start. You can go on working while it trains."))
        self._clear(self.tr("The curve appears here while a model trains."))
        self.log.clear()

    def show_name(self, name: str, model: str) -> None:
        """Name the run; in a sum of models, the curves are those of the one that learns in epochs."""
        self.title.setText(name)
        part = model == "hybrid"
        self.loss.set_title(self.tr("Loss, sequence model") if part else self.tr("Loss"))
        self.ndcg.set_title(
            self.tr("Validation NDCG@10, sequence model") if part else self.tr("Validation NDCG@10"),
        )

    def show_run(self, run: Run, message: str, seconds: float) -> None:
        """Show a run that is over."""
        self.show_name(run.name, run.model)
        self._live(False)
        self.message.setText(message)
        if run.curve:
            self._clear(self.tr("This model is not validated while it learns."))
        elif run.model in LEARNERS:
            self._clear(self.tr("It ended before its first epoch did, so there is no curve."))
        else:
            self._clear(self.tr("This model does not learn in epochs, so it has no curve."))
        self.show_curve(run.curve)
        self._show_figures(run.curve[-1] if run.curve else {})
        self._values["elapsed"].setText(readable.duration(seconds) if seconds else "–")
        self.log.setPlainText("\n".join(map(_line, run.log)))
        self.log.verticalScrollBar().setValue(self.log.verticalScrollBar().maximum())

    def begin(self, name: str) -> None:
        """A training starts now."""
        self._began = time.monotonic()
        self.show_name(name, "")
        self._live(True)
        self.bar.setValue(0)
        self.message.setText(self.tr("Getting ready …"))
        self._clear(self.tr("The curve appears with the first epoch."))
        self.log.clear()

    def advance(
        self, fraction: float, message: str, figures: Mapping[str, float | int | str], left: float | None
    ) -> None:
        """The training is at `fraction` of its way, with `left` seconds to go; `message` is ready to be read."""
        elapsed = time.monotonic() - self._began
        self.bar.setValue(round(fraction * 1000))
        self.message.setText(message)
        self.left.setText("" if left is None else self.tr("about {0} left").format(readable.duration(max(left, 1.0))))
        self._show_figures({name: value for name, value in figures.items() if isinstance(value, int | float)})
        self._values["elapsed"].setText(readable.duration(elapsed))

    def show_curve(self, curve: Sequence[Mapping[str, float]]) -> None:
        """Show the figures of the epochs that are done."""
        for plot, name in ((self.loss, "loss"), (self.ndcg, "ndcg")):
            points = [(point["epoch"], point[name]) for point in curve if name in point]
            if points != plot.points:
                plot.set_points(points)

    def show_log(self, log: Sequence[LogLine]) -> None:
        """Show these lines as the whole log; what was added to it alone stays on the screen without a jump."""
        lines = [_line(line) for line in log]
        shown = self.log.toPlainText().splitlines()
        if lines[: len(shown)] != shown:
            self.log.setPlainText("\n".join(lines))
        else:
            for line in lines[len(shown) :]:
                self.log.appendPlainText(line)

    def _live(self, live: bool) -> None:
        self.bar.setVisible(live)
        self.left.setVisible(live)
        self.left.clear()

    def _clear(self, waiting: str) -> None:
        for plot in (self.loss, self.ndcg):
            plot.set_waiting(waiting)
            plot.set_points([])
        for value in self._values.values():
            value.setText("–")

    def _show_figures(self, figures: Mapping[str, float]) -> None:
        shown = {
            "epoch": lambda value: (
                f"{readable.count(value)} / {readable.count(figures['epochs'])}"
                if "epochs" in figures
                else readable.count(value)
            ),
            "loss": lambda value: readable.decimal(value, 4),
            "events_per_second": readable.count,
            "memory_mb": lambda value: self.tr("{0} MiB").format(readable.count(value)),
        }
        for name, say in shown.items():
            if name in figures:
                self._values[name].setText(say(figures[name]))


def _line(line: LogLine) -> str:
    """A line of the log in the language of the screen and the time of this machine."""
    return f"{readable.started(line.at)[11:]} {translate_core(line.text, line.values)}"
