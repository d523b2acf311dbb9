"""The key of pseudonyms: typed, read from a file, or kept in one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QLineEdit, QMessageBox, QWidget

from core.errors import SeqlensError
from core.privacy import pseudonyms
from desktop_app.translation import error_text
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.passing import open_once

LEAST = 16  # bytes


class KeyField(QWidget):
    """A field with a button that reads a file, and perhaps one that asks where to keep the key.

    Attributes:
        line: holds the key as hexadecimal digits.

    Signals:
        changed: there is another key, or none.
        save_asked: with the path of the file that is to hold the key.
    """

    changed = Signal()
    save_asked = Signal(object)

    def __init__(self, name: str, hidden: bool = True, saves: bool = False, parent: QWidget | None = None) -> None:
        """Make the field.

        Args:
            hidden: whether dots stand for the key.
            saves: whether the key can be saved too; the buttons stand below the field then.
        """
        super().__init__(parent)
        self._name = name
        self.line = QLineEdit()
        self.line.setObjectName(name)
        self.line.setAccessibleName(self.tr("Key of the pseudonyms"))
        self.line.setPlaceholderText(self.tr("hexadecimal digits"))
        if hidden:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.textChanged.connect(self.changed)
        self.file_action = make_action(self, f"{name}.file", self.tr("From a file…"), self._ask_file)
        self.save_action = make_action(self, f"{name}.save", self.tr("Save the key…"), self._ask_save)
        self.save_action.setEnabled(False)
        self.line.textChanged.connect(lambda text: self.save_action.setEnabled(bool(text.strip())))
        way = QBoxLayout.Direction.TopToBottom if saves else QBoxLayout.Direction.LeftToRight
        both = QBoxLayout(way, self)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(self.line, 1)
        row = QHBoxLayout()
        if saves:
            row.addWidget(action_button(self.save_action))
        row.addWidget(action_button(self.file_action))
        both.addLayout(row)
        if saves:
            row.addStretch(1)

    def key(self) -> bytes:
        """The key.

        Raises:
            SeqlensError: what stands there is none.
        """
        try:
            key = bytes.fromhex(self.line.text().strip())
        except ValueError:
            key = b""
        if len(key) < LEAST:
            raise SeqlensError("The key of the pseudonyms must be at least 32 hexadecimal digits.")
        return key

    def offer(self, key: str) -> None:
        """Take the key that the system keeps, unless another one was typed meanwhile."""
        if key and not self.line.text():
            self.line.setText(key)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("File with the key"))
        dialog.setObjectName(f"{self._name}.choose")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._read_file)
        open_once(dialog)

    def _ask_save(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the key"), self.tr("key of the pseudonyms") + ".txt")
        dialog.setObjectName(f"{self._name}.save_as")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(lambda path: self.save_asked.emit(Path(path)))
        open_once(dialog)

    def _read_file(self, path: str) -> None:
        try:
            key, _ = pseudonyms.file_key(Path(path), create=False)
        except (SeqlensError, OSError) as error:
            box = QMessageBox(QMessageBox.Icon.Warning, "Seqlens", error_text(error), parent=self.window())
            box.setObjectName("error")
            open_once(box)
        else:
            self.line.setText(key.hex())
