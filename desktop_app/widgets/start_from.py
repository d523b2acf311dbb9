"""Which other workspace's run a training starts from, if any, and whether it learns further."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget


class StartFrom(QWidget):
    """A line for the workspace, a button that looks for it, and a choice that is there once one is named.

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
                "Another workspace whose sequence networks are carried over by what is written of the items: its "
                "active run, or behind a colon the id of another one."
            )
        )
        self.browse = QPushButton(self.tr("Choose…"))
        self.browse.setObjectName("start_from_choose")
        self.browse.clicked.connect(self._choose)
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
        column.addWidget(self.as_it_is)
        self.setFocusProxy(self.path)
        self.path.textChanged.connect(self._follow)
        self.as_it_is.toggled.connect(lambda _: self.changed.emit())

    @property
    def named(self) -> str:
        """What is named, empty for nothing."""
        return self.path.text().strip()

    @property
    def zero_shot(self) -> bool:
        """Whether it is not to be trained further."""
        return bool(self.named) and self.as_it_is.isChecked()

    def _follow(self) -> None:
        self.as_it_is.setVisible(bool(self.named))
        self.changed.emit()

    def _choose(self) -> None:
        start = str(Path(self.named).parent) if self.named else ""
        kinds = self.tr("Workspaces (*.seqlens)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Start from another workspace"), start, kinds)
        if name:
            self.path.setText(name)
