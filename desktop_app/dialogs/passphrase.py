"""Asks for the passphrase of a workspace, or for a new one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from core.errors import SeqlensError
from core.privacy import passphrase
from desktop_app.translation import error_text
from desktop_app.widgets.fields import Fields


class PassphraseDialog(QDialog):
    """One field, or two equal ones for a new passphrase.

    Signals:
        given: with the passphrase.
    """

    given = Signal(str)

    def __init__(self, title: str, told: str, new: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._new = new
        self.setObjectName("passphrase")
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        text = QLabel(told)
        text.setWordWrap(True)
        form = Fields()
        form.setVerticalSpacing(12)
        self.words, self.again = self._field("words"), self._field("again")
        form.add(self.tr("&Passphrase"), self.words)
        if new:
            form.add(self.tr("Once &more"), self.again)
        self.wrong = QLabel()
        self.wrong.setObjectName("passphrase.wrong")
        self.wrong.setWordWrap(True)
        self.wrong.setProperty("role", "error")
        self.wrong.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(14)
        layout.addWidget(text)
        layout.addLayout(form)
        layout.addWidget(self.wrong)
        layout.addWidget(buttons)
        self.words.setFocus()

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(f"passphrase.{name}")
        field.setEchoMode(QLineEdit.EchoMode.Password)
        return field

    def accept(self) -> None:
        """Give the passphrase away, unless it cannot be one."""
        words = self.words.text()
        if self._new:
            if words != self.again.text():
                self._tell(self.tr("These are two different passphrases."))
                return
            try:
                passphrase.check_strength(words)
            except SeqlensError as error:
                self._tell(error_text(error))
                return
        super().accept()
        self.given.emit(words)

    def _tell(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.show()
        self.adjustSize()
