"""The part of the recommendations page that takes requests in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core import listing
from core.dialogue.conversation import KIND, Conversation
from core.errors import SeqlensError
from desktop_app.parts.recommendation_generator import Generating
from desktop_app.translation import error_text
from desktop_app.widgets.actions import make_action
from desktop_app.widgets.dialogue_panel import DialoguePanel
from desktop_app.widgets.place import Place

if TYPE_CHECKING:
    from core.answering import Line
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
        self._told: Conversation | None = None  # of which the generator has said what became of the list
        self._codes: set[int] = set()  # of the items that are listed
        self._lines: list[Line] = []  # of the list, and how many were not in the one before
        self._new = 0
        self.generating = Generating(page, state, background)
        self.place = Place(self._make_panel)
        tip = self.tr("Say in words what is to change in the list")
        self.action = make_action(page, "recommendations.talk", self.tr("Talk"), lambda: None, "Ctrl+T", tip)
        self.action.setCheckable(True)
        self.action.toggled.connect(self._show)
        state.workspace_changed.connect(self._forget)

    def _make_panel(self, place: QWidget) -> DialoguePanel:
        panel = DialoguePanel(place)
        panel.said.connect(self._say)
        panel.changed.connect(self._keep)
        self.generating.show_in(panel.answer)
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
        self.generating.forget()
        if self.generating.reads == "all":
            user = self._user
            self.generating.hear(text, lambda said: self._said(user, said), lambda _: self._say_plainly(text))
        else:
            self._say_plainly(text)

    def _say_plainly(self, text: str) -> None:
        """Let the grammar read it."""
        self.panel.listen(True)
        user = self._user
        self._ask("talk", listing.understand, text, done=lambda said: self._said(user, said), failed=self._failed)

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
            if said.missed and self.generating.reads == "rest":
                rest = ", ".join(said.not_understood)
                self.generating.hear(rest, lambda more: self._more(user, said, more), lambda _: None)

    def _more(self, user: int, said: Understood, more: Understood) -> None:
        """The generator made something of what the grammar left, if that is still what was said last."""
        turns = self.panel.conversation.turns
        if user != self._user or not turns or turns[-1].said != said:
            return
        if not more.parts:
            self._word()
            return
        whole = replace(said, parts=tuple(dict.fromkeys((*said.parts, *more.parts))), missed=())
        conversation = Conversation(turns[:-1]).say(whole)
        self.panel.show_conversation(conversation)
        self._keep(conversation)

    def listed(self, lines: list[Line], codes: list[int]) -> None:
        """The list is there; where it follows something that was said, the generator words what it has become."""
        self._lines, self._new, self._codes = lines, len(set(codes) - self._codes), set(codes)
        if self.parts and not self.generating.busy:
            self._word()

    def _word(self) -> None:
        conversation = self.panel.conversation
        turns = conversation.turns
        if conversation.parts and conversation != self._told and turns and turns[-1].dropped is None:
            self._told = conversation
            self.generating.tell(turns[-1].said.text, self._lines, self._new)

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
