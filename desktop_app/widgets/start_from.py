"""Which other workspace's run a training starts from, if any, and whether it learns further."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.widgets import readable, runs_table

if TYPE_CHECKING:
    from core.starting import Origin


class StartFrom(QWidget):
    """A line for the workspace, a button that looks for it, and choices that are there once one is named.

    Signals:
        changed: another workspace or choice.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = QLineEdit()
        self.path.setObjectName("start_from")
        self.path.setPlaceholderText(self.tr("nothing"))
        self.path.setAccessibleName(self.tr("Start from"))
        self.path.setClearButtonEnabled(True)
        self.path.setToolTip(
            self.tr(
                "Another workspace whose sequence networks are carried over to these data by what is written of the "
                "items."
            )
        )
        self.browse = QPushButton(self.tr("Choose…"))
        self.browse.setObjectName("start_from_choose")
        self.browse.clicked.connect(self._choose)
        self.run = QComboBox()
        self.run.setObjectName("start_from_run")
        self.run.setAccessibleName(self.tr("Training to start from"))
        self.run.setToolTip(self.tr("The trainings of that workspace that have a sequence model"))
        self.run.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.run.setMinimumContentsLength(8)
        self.run.hide()
        self.problem = QLabel()
        self.problem.setObjectName("start_from_problem")
        self.problem.setProperty("role", "error")
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.as_it_is = QCheckBox(self.tr("Use it as it is, trained on nothing here"))
        self.as_it_is.setObjectName("zero_shot")
        self.as_it_is.setToolTip(
            self.tr("Shows what the other data alone are worth here; otherwise it is trained further on these events.")
        )
        self.as_it_is.hide()
        line = QHBoxLayout()
        line.addWidget(self.path, 1)
        line.addWidget(self.browse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        for part in (self.run, self.problem, self.as_it_is):
            column.addWidget(part)
        self.setFocusProxy(self.path)
        self.path.textChanged.connect(self._follow)
        self.run.currentIndexChanged.connect(self._follow_run)
        self.as_it_is.toggled.connect(lambda _: self.changed.emit())

    @property
    def named(self) -> str:
        """The workspace, and behind a colon the id of its run where one is chosen; empty for nothing."""
        text, run = self.path.text().strip(), self.run.currentData()
        return f"{text}:{run}" if text and run and not text.endswith(f":{run}") else text

    def show_runs(self, origins: Sequence[Origin], chosen: str | None = None) -> None:
        """Offer these runs of the workspace that is named.

        Chosen is the one that is named with it, else that with the id `chosen`, else the first.
        """
        self.problem.hide()
        self.run.blockSignals(True)
        self.run.clear()
        for origin in origins:
            figure = "–" if origin.ndcg is None else readable.decimal(origin.ndcg, 4)
            text = self.tr("{0}: {1}, NDCG@{2} {3}")
            text = text.format(origin.name, runs_table.model_name(origin.model), origin.k, figure)
            self.run.addItem(text, origin.id)
            self.run.setItemData(self.run.count() - 1, text, Qt.ItemDataRole.ToolTipRole)
        named = [row for row, origin in enumerate(origins) if self.path.text().strip().endswith(f":{origin.id}")]
        self.run.setCurrentIndex(max(0, next(iter(named), self.run.findData(chosen))))
        self.run.blockSignals(False)
        self.run.setVisible(bool(origins))
        self.changed.emit()

    def complain(self, text: str) -> None:
        """Say why nothing can be started from there."""
        self.problem.setText(text)
        self.problem.show()

    @property
    def zero_shot(self) -> bool:
        """Whether it is not to be trained further."""
        return bool(self.named) and self.as_it_is.isChecked()

    def _follow(self) -> None:
        self.as_it_is.setVisible(bool(self.named))
        self.changed.emit()

    def _follow_run(self, _row: int) -> None:
        """Another run than the one that was named with the workspace takes its place."""
        text = self.path.text().strip()
        for row in range(self.run.count()):
            if text.endswith(ending := f":{self.run.itemData(row)}") and row != self.run.currentIndex():
                self.path.blockSignals(True)
                self.path.setText(text.removesuffix(ending))
                self.path.blockSignals(False)
        self.changed.emit()

    def _choose(self) -> None:
        start = str(Path(self.path.text().strip()).parent) if self.named else ""
        kinds = self.tr("Workspaces (*.seqlens)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Start from another workspace"), start, kinds)
        if name:
            self.path.setText(name)
