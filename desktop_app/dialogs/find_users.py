"""Users found in words: what was understood as conditions that can be taken away, and the users who meet them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core import seeking
from core.analysis.conditions import Chosen, Segment
from desktop_app.dialogs.find_in_words import FindInWords
from desktop_app.widgets import counted
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.condition_words import words_of
from desktop_app.widgets.found_users import FoundUsers, found_users_table

if TYPE_CHECKING:
    from core.analysis.conditions import Condition
    from core.dialogue.searching import SoughtUsers
    from core.progress import Progress
    from core.seeking import Ranked
    from core.sequences.store import UserTable
    from core.workspace import Workspace
    from desktop_app.background import Background
    from desktop_app.state import AppState


def understood(workspace: Workspace, text: str, progress: Progress) -> SoughtUsers:
    """What a search means."""
    return seeking.understood(workspace, text, progress)


def found(workspace: Workspace, sought: SoughtUsers, progress: Progress) -> tuple[UserTable, Ranked]:
    """The users who meet what was understood; nobody where nothing was."""
    import numpy as np

    if not sought.conditions and not sought.wishes:
        return workspace.users(), seeking.Ranked(np.zeros(0, np.int32), np.zeros(0, np.float32))
    return workspace.users(), seeking.seek(workspace, sought.conditions, sought.wishes, progress)


class FindUsers(FindInWords):
    """A line of words, what they mean, and who that is.

    Signals:
        timeline_asked(): the chosen user's timeline is asked for.
    """

    timeline_asked = Signal()

    def __init__(self, state: AppState, background: Background, parent: QWidget | None = None) -> None:
        super().__init__("find_users", "", state, background, parent)
        self.setWindowTitle(self.tr("Find users in words"))
        self.model = FoundUsers(self)
        self.table = found_users_table(self.model, "find_users_table", self.tr("Users found, the best first"))
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._choose(now.row()))
        self.table.activated.connect(lambda _: self._go())
        told = self.tr("Describe the users, in English or Chinese")
        example = self.tr("Such as: evening readers of science who stopped in May")
        self._build(told, example, self.table, self._buttons())
        self._show(None)
        self.resize(760, 620)

    def _buttons(self) -> QHBoxLayout:
        tip = self.tr("Keep these users as a segment, by the conditions where these say it all")
        self.save_action = make_action(self, "find_users.save", self.tr("Save as a segment"), self._save, "Ctrl+S", tip)
        self.go_action = make_action(self, "find_users.timeline", self.tr("Show on the timeline"), self._go)
        line = QHBoxLayout()
        line.addWidget(action_button(self.save_action))
        line.addWidget(action_button(self.go_action))
        line.addStretch(1)
        line.addWidget(self._close_button())
        return line

    # ---------------------------------------------------------------- asking

    def _read(self, text: str) -> None:
        self._ask("find users meaning", understood, text, self._understood)

    def _understood(self, sought: SoughtUsers) -> None:
        self._show(sought)
        self._ask("find users", found, sought, partial(self._found, sought))

    def _show(self, sought: SoughtUsers | None) -> None:
        """Show what was understood and what was not."""
        parts = []
        for condition in sought.conditions if sought is not None else ():
            parts.append((words_of(condition, self._workspace.utc_offset), partial(self._drop, condition)))
        for wish in sought.wishes if sought is not None else ():
            parts.append((self.tr("near to “{0}”: the nearest fifth").format(wish), partial(self._drop, wish)))
        self._show_meaning(sought, parts)
        self._show_users(None)

    def _drop(self, part: Condition | str) -> None:
        if self._sought is not None:
            conditions = tuple(each for each in self._sought.conditions if each != part)
            wishes = tuple(each for each in self._sought.wishes if each != part)
            self._understood(replace(self._sought, conditions=conditions, wishes=wishes))

    # ---------------------------------------------------------------- who was found

    def _found(self, sought: SoughtUsers, answer: tuple[UserTable, Ranked]) -> None:
        if sought is self._sought:
            self._show_users(answer)

    def _show_users(self, answer: tuple[UserTable, Ranked] | None) -> None:
        self._ranked = None if answer is None else answer[1]
        if answer is None or self._ranked is None:
            self.model.show_users(None, self.model.codes[:0], self.model.fit[:0])
            self.note.setText("")
        else:
            self.model.show_users(answer[0], self._ranked.codes, self._ranked.fit)
            self.note.setText(counted.users(len(self._ranked.codes)))
        some = self._ranked is not None and len(self._ranked.codes) > 0
        self.save_action.setEnabled(some)
        self.go_action.setEnabled(some)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self.model.codes):
            self._state.select_user(int(self.model.codes[row]))

    def _go(self) -> None:
        if not self.table.currentIndex().isValid():
            self._choose(0)
        self.timeline_asked.emit()

    def _save(self) -> None:
        """Keep the conditions; where words took part, which no condition tells, the users themselves."""
        sought, ranked = self._sought, self._ranked
        if sought is None or ranked is None or self._workspace is None:
            return
        codes = tuple(sorted(int(code) for code in ranked.codes))
        self.save_action.setEnabled(False)
        self._keep(sought.text, Segment((Chosen(codes),) if sought.wishes else sought.conditions))
