"""The part of the recommendations page that takes requests in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core import workflow
from core.dialogue.conversation import KIND, Conversation
from core.errors import SeqlensError
from desktop_app.translation import error_text
from desktop_app.widgets.actions import make_action
from desktop_app.widgets.dialogue_panel import DialoguePanel
from desktop_app.widgets.place import Place

if TYPE_CHECKING:
    from core.dialogue.structure import Part, Understood
    from core.progress import Progress
    from core.workspace import Workspace
    from desktop_app.background import Background
    from desktop_app.state import AppState


class Talk(QObject):
    """Keeps the conversation about each user's list, in the workspace too.

    Attributes:
        shown: whether the panel is to be seen.
        changed: lists are to be made anew.
    """

    shown = Signal(bool)
    changed = Signal()

    def __init__(self, page: QWidget, state: AppState, ask: Callable[..., None], background: Background) -> None:
        super().__init__(page)
        self._state, self._ask, self._background = state, ask, background
        self._user = -1  # whose conversation the panel shows
        self._reading = False  # what was said before is on its way; nothing may be added until it is there
        self._early: Understood | None = None  # said meanwhile
        self.place = Place(self._make_panel)
        tip = self.tr("Say in words what is to change in the list")
        self.action = make_action(page, "recommendations.talk", self.tr("Talk"), lambda: None, "Ctrl+T", tip)
        self.action.setCheckable(True)
        self.action.toggled.connect(self._show)
        state.workspace_changed.connect(self._forget)

    def _make_panel(self) -> DialoguePanel:
        panel = DialoguePanel()
        panel.said.connect(self._say)
        panel.changed.connect(self._keep)
        return panel

    @property
    def panel(self) -> DialoguePanel:
        """Where the conversation is shown."""
        return self.place.part

    @property
    def parts(self) -> tuple[Part, ...]:
        """What lists are to be made by; nothing while the panel is not seen."""
        return self.panel.conversation.parts if self.action.isChecked() and self._user == self._state.user else ()

    def begin(self) -> bool:
        """Read what was said about the selected user's list; False where that is shown already."""
        user = self._state.user
        if not self.action.isChecked() or user < 0 or user == self._user:
            return False
        self._user, self._reading, self._early = user, True, None
        self.panel.show_conversation(Conversation())
        self._ask("conversation", _opened, user, done=self._opened, failed=self._not_opened)
        return True

    def _show(self, on: bool) -> None:
        self.place.show_part(on)
        self.shown.emit(on)
        if on:
            self.panel.entry.setFocus()
        if not self.begin() and self.place.made is not None and self.panel.conversation.parts:
            self.changed.emit()

    def _forget(self) -> None:
        self._user, self._reading, self._early = -1, False, None
        if self.place.made is not None:
            self.panel.listen(False)  # its answer would be of the former workspace, and is dropped
            self.panel.show_conversation(Conversation())

    def _opened(self, opened: tuple[int, Conversation]) -> None:
        user, conversation = opened
        if user == self._user:
            self._reading = False
            self.panel.show_conversation(conversation)
            if self._early is not None:
                said, self._early = self._early, None
                self._said(user, said)
            elif conversation.parts:
                self.changed.emit()

    def _not_opened(self, error: Exception) -> None:
        self._reading = False
        self._failed(error)

    def _say(self, text: str) -> None:
        self.panel.listen(True)
        user = self._user
        self._ask("talk", workflow.understand, text, done=lambda said: self._said(user, said), failed=self._failed)

    def _said(self, user: int, said: Understood) -> None:
        if user == self._user and self._reading:
            self._early = said
            return
        self.panel.listen(False)
        if user == self._user:
            self.panel.entry.clear()
            conversation = self.panel.conversation.say(said)
            self.panel.show_conversation(conversation)
            self._keep(conversation)

    def _keep(self, conversation: Conversation) -> None:
        workspace = self._state.workspace
        if workspace is not None and self._user >= 0:
            self._background.write(_kept, workspace, self._user, conversation, failed=self._failed)
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self.panel.listen(False)
        self.panel.show_problem(error_text(error))


def _name(workspace: Workspace, user: int) -> str:
    return str(workspace.users().ids[user].as_py())


def _opened(workspace: Workspace, user: int, progress: Progress) -> tuple[int, Conversation]:
    progress.check()
    body = workspace.saved.get(KIND, _name(workspace, user))
    try:
        return user, Conversation() if body is None else Conversation.from_dict(body)
    except SeqlensError:
        return user, Conversation()  # of a newer Seqlens: it stays in the workspace until something is said


def _kept(workspace: Workspace, user: int, conversation: Conversation) -> None:
    name = _name(workspace, user)
    if conversation.turns:
        workspace.saved.put(KIND, name, conversation.to_dict())
    else:
        workspace.saved.remove(KIND, name)
