"""A name under which something is saved already: nothing is written over it before the analyst says so."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget


class NameTaken(QMessageBox):
    """Asks whether what is saved is replaced, or both are kept; Esc and Enter lose nothing.

    Signals:
        replaced: the new one takes the place of the old one.
        doubled: the new one is to be saved under the name that is free.
    """

    replaced = Signal()
    doubled = Signal()

    def __init__(self, name: str, free: str, parent: QWidget, user: str = "") -> None:
        """`free` is the name for the new one if both are kept, `user` the id of whose the saved one is, if of one."""
        super().__init__(parent)
        self.setObjectName("name_taken")
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle("Seqlens")
        self.setTextFormat(Qt.TextFormat.PlainText)
        told = self.tr("“{0}” is saved already, for user {1}.") if user else self.tr("“{0}” is saved already.")
        self.setText(told.format(name, user))
        self.setInformativeText(self.tr("If you replace it, what was saved there is lost."))
        both = self.addButton(self.tr("Keep both, as “{0}”").format(free), QMessageBox.ButtonRole.AcceptRole)
        both.setObjectName("name_taken.both")
        both.clicked.connect(self.doubled)
        replace = self.addButton(self.tr("Replace"), QMessageBox.ButtonRole.DestructiveRole)
        replace.setObjectName("name_taken.replace")
        replace.clicked.connect(self.replaced)
        self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(both)
