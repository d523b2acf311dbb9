"""Turns pseudonyms back into ids, for who has the key and says why; that it was done is written down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from core import keeping
from core.errors import SeqlensError
from core.privacy import pseudonyms
from desktop_app.translation import error_text
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.fields import Fields
from desktop_app.widgets.figure_table import FigureTable, Table
from desktop_app.widgets.passing import open_once

if TYPE_CHECKING:
    from core.progress import Progress
    from core.workspace import Workspace
    from desktop_app.background import Background


class ReidentifyDialog(QDialog):
    """Asks for pseudonyms, the key and the reason, and shows the ids as long as it is open.

    Args:
        noted: called when ids were told, and the record of it was written.
    """

    def __init__(
        self,
        workspace: Workspace,
        background: Background,
        noted: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._background, self._noted = workspace, background, noted
        self.setObjectName("reidentify")
        self.setWindowTitle(self.tr("Turn pseudonyms back"))
        self.resize(620, 560)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        told = QLabel(
            self.tr(
                "The ids are shown here and stored nowhere. That this was done, when, for how many and why, is "
                "written down in the workspace before they are shown."
            )
        )
        told.setWordWrap(True)
        layout.addWidget(told)
        layout.addLayout(self._form())
        self.wrong = QLabel()
        self.wrong.setObjectName("reidentify.wrong")
        self.wrong.setWordWrap(True)
        self.wrong.setProperty("role", "error")
        self.wrong.hide()
        layout.addWidget(self.wrong)
        self.found = FigureTable(self.tr("Pseudonyms and ids"))
        self.found.hide()
        layout.addWidget(self.found, 1)
        self.turn_action = make_action(self, "reidentify.turn", self.tr("Turn back and write it down"), self._turn)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.addButton(action_button(self.turn_action), QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self._enable()
        background.ask("keyring", kept_key, done=self._offer, failed=lambda _: None)
        self.names.setFocus()

    def _form(self) -> Fields:
        form = Fields()
        form.setVerticalSpacing(10)
        self.names = QPlainTextEdit()
        self.names.setObjectName("reidentify.names")
        self.names.setPlaceholderText(self.tr("one pseudonym a line"))
        self.names.setTabChangesFocus(True)
        self.names.setMaximumHeight(110)
        self.names.textChanged.connect(self._enable)
        form.add(self.tr("&Pseudonyms"), self.names, top=True)
        self.key = QLineEdit()
        self.key.setObjectName("reidentify.key")
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.setPlaceholderText(self.tr("hexadecimal digits"))
        self.key.textChanged.connect(self._enable)
        self.file_action = make_action(self, "reidentify.file", self.tr("From a file…"), self._ask_file)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.key, 1)
        row.addWidget(action_button(self.file_action))
        form.add(self.tr("&Key"), both).setBuddy(self.key)
        self.reason = QLineEdit()
        self.reason.setObjectName("reidentify.reason")
        self.reason.setPlaceholderText(self.tr("such as: a user asks what is stored of them"))
        self.reason.textChanged.connect(self._enable)
        form.add(self.tr("&Reason"), self.reason)
        return form

    def _offer(self, key: str) -> None:
        """The key that the system keeps, unless another one was typed meanwhile."""
        if key and not self.key.text():
            self.key.setText(key)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("File with the key"))
        dialog.setObjectName("reidentify.choose")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._read_file)
        open_once(dialog)

    def _read_file(self, path: str) -> None:
        try:
            key, _ = pseudonyms.file_key(Path(path), create=False)
        except SeqlensError as error:
            self._complain(error)
        else:
            self.key.setText(key.hex())

    def _asked(self) -> list[str]:
        return list(dict.fromkeys(line.strip() for line in self.names.toPlainText().splitlines() if line.strip()))

    def _enable(self) -> None:
        given = bool(self._asked()) and bool(self.key.text().strip()) and bool(self.reason.text().strip())
        self.turn_action.setEnabled(given)

    def _turn(self) -> None:
        try:
            key = bytes.fromhex(self.key.text().strip())
        except ValueError:
            self._complain(SeqlensError("The key of the pseudonyms must be at least 32 hexadecimal digits."))
            return
        self.wrong.hide()
        self.turn_action.setEnabled(False)
        asked = self._workspace, self._asked(), key, self.reason.text()
        self._background.write(keeping.reidentify, *asked, done=self._show, failed=self._complain)

    def _show(self, found: dict[str, str]) -> None:
        self.found.show_table(
            Table((self.tr("Pseudonym"), self.tr("Id")), [list(pair) for pair in found.items()], left=(0, 1))
        )
        self.found.show()
        self._enable()
        self._noted()

    def _complain(self, error: Exception) -> None:
        self.found.hide()
        self.wrong.setText(error_text(error))
        self.wrong.show()
        self._enable()


def kept_key(progress: Progress) -> str:
    """The key that the system keeps, as hexadecimal digits; empty where it keeps none."""
    progress.check()
    try:
        return pseudonyms.keyring_key(pseudonyms.KEY_NAME, create=False).hex()
    except SeqlensError:
        return ""
