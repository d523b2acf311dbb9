"""The card of the privacy page that forgets users: by their ids or pseudonyms, or by the ids behind pseudonyms."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QMessageBox, QPlainTextEdit, QVBoxLayout, QWidget

from core.errors import SeqlensError
from desktop_app.dialogs.reidentify import kept_key
from desktop_app.parts import privacy_work
from desktop_app.translation import error_text
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.card import Card
from desktop_app.widgets.key_field import KeyField
from desktop_app.widgets.passing import open_once

if TYPE_CHECKING:
    from core.workspace import Workspace
    from desktop_app.background import Background
    from desktop_app.state import AppState

LINES = 3  # that are seen without scrolling


class Lines(QPlainTextEdit):
    """A field for several texts, one a line."""

    def text(self) -> str:
        """All that stands there."""
        return self.toPlainText()

    def setText(self, text: str) -> None:
        """Put another text there."""
        self.setPlainText(text)

    def lines(self) -> list[str]:
        """What stands on the lines, each once and without spaces around it; empty ones are left out."""
        return list(dict.fromkeys(line.strip() for line in self.toPlainText().splitlines() if line.strip()))


class ForgetCard(Card):
    """Asks for whom; `asked` hears their ids, and the key where these are the ids behind pseudonyms.

    Attributes:
        user: the ids, one a line.
        behind: whether they are the ids behind pseudonyms.
        key: of the pseudonyms.
    """

    def __init__(
        self,
        state: AppState,
        background: Background,
        asked: Callable[[list[str], bytes | None], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Forget users"), parent=parent)
        self._state, self._background, self._asked = state, background, asked
        self._offered = ""
        self._open = False
        self.text.setText(
            self.tr(
                "The users' events, feedback, notes and searches go, from this workspace and its backups. The files "
                "are written anew, once for all of them, so that no byte is left in them. Files that you imported, "
                "exports, and copies that you made are not touched."
            )
        )
        self.user = Lines()
        self.user.setObjectName("privacy.user")
        self.user.setAccessibleName(self.tr("Ids of the users to forget"))
        self.user.setPlaceholderText(self.tr("ids of users, one a line"))
        self.user.setTabChangesFocus(True)
        self.user.setFixedHeight(LINES * self.user.fontMetrics().lineSpacing() + 18)
        self.user.textChanged.connect(self._enable)
        self.behind = QCheckBox(self.tr("These are the ids behind the pseudonyms"))
        self.behind.setObjectName("privacy.behind")
        self.behind.toggled.connect(self._follow)
        self.key = KeyField("privacy.key")
        self.key.changed.connect(self._enable)
        self.forget_action = make_action(self, "privacy.forget", self.tr("Forget these users…"), self._ask)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        for widget in (self.user, self.behind, self.key):
            layout.addWidget(widget)
        self.add_controls(action_button(self.forget_action))
        state.user_changed.connect(self._offer_user)
        self.show_sealed(False, 0)
        self._offer_user(state.user)  # who may have been selected before anybody came here

    def show_sealed(self, is_open: bool, sealed: int) -> None:
        """Show whether a workspace is open, and how many ids are sealed in it: then they can be asked for too."""
        self._open = is_open
        self.behind.setVisible(sealed > 0)
        if is_open and sealed == 0:  # it is closed for a moment while its file is written anew
            self.behind.setChecked(False)
        self._follow()

    def clear(self, *_: object) -> None:
        """Forget what was typed."""
        self.user.clear()
        self.key.line.clear()

    def _follow(self) -> None:
        self.key.setVisible(self._open and self.behind.isChecked())
        if self._open and self.behind.isChecked() and not self.key.line.text():
            self._background.ask("privacy key", kept_key, done=self.key.offer, failed=lambda _: None)
        self._enable()

    def _enable(self) -> None:
        keyed = not self.behind.isChecked() or bool(self.key.line.text().strip())
        self.forget_action.setEnabled(self._open and keyed and bool(self.user.lines()))

    def _offer_user(self, code: int) -> None:
        """The selected user is the one that is asked about most; what is typed stays."""
        workspace = self._state.workspace
        mine = self.user.text() not in ("", self._offered)
        if code >= 0 and workspace is not None and not mine and not self.behind.isChecked():
            self.user.clear()
            done = partial(self._put_user, workspace, code)
            self._background.ask("privacy user", privacy_work.user_id, workspace, code, done=done)

    def _put_user(self, workspace: Workspace, code: int, name: str) -> None:
        if workspace is self._state.workspace and code == self._state.user and not self.user.text():
            self._offered = name
            self.user.setText(name)

    def _ask(self) -> None:
        users = self.user.lines()
        try:
            key = self.key.key() if self.behind.isChecked() else None
        except SeqlensError as error:
            box = QMessageBox(QMessageBox.Icon.Warning, "Seqlens", error_text(error), parent=self.window())
            box.setObjectName("error")
            open_once(box)
        else:
            self._asked(users, key)
