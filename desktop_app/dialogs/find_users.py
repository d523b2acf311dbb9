"""Users found in words: what was understood as conditions that can be taken away, and the users who meet them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core import seeking
from core.analysis.conditions import Chosen, Segment
from desktop_app.translation import error_text
from desktop_app.widgets import counted, tables
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.condition_words import words_of
from desktop_app.widgets.flow_layout import FlowLayout
from desktop_app.widgets.found_users import USER, FoundUsers

if TYPE_CHECKING:
    from core.analysis.conditions import Condition
    from core.dialogue.searching import SoughtUsers
    from core.progress import Progress
    from core.seeking import Ranked
    from core.sequences.store import UserTable
    from core.workspace import Workspace
    from desktop_app.background import Background
    from desktop_app.state import AppState

CROSS = "✕"
LONGEST = 60  # letters of the name that a segment gets from the search
SEGMENT = "segment"  # of the documents in the workspace


def understood(workspace: Workspace, text: str, progress: Progress) -> SoughtUsers:
    """What a search means."""
    return seeking.understood(workspace, text, progress)


def found(workspace: Workspace, sought: SoughtUsers, progress: Progress) -> tuple[UserTable, Ranked]:
    """The users who meet what was understood; nobody where nothing was."""
    import numpy as np

    if not sought.conditions and not sought.wishes:
        return workspace.users(), seeking.Ranked(np.zeros(0, np.int32), np.zeros(0, np.float32))
    return workspace.users(), seeking.seek(workspace, sought.conditions, sought.wishes, progress)


def keep(workspace: Workspace, wanted: str, segment: Segment) -> str:
    """Keep a segment under a name that is free, and tell the name."""
    taken, number, name = set(workspace.saved.names(SEGMENT)), 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted} ({number})"
    workspace.saved.put(SEGMENT, name, segment.to_dict())
    return name


class FindUsers(QDialog):
    """A line of words, what they mean, and who that is.

    Signals:
        timeline_asked(): the chosen user's timeline is asked for.
    """

    timeline_asked = Signal()

    def __init__(self, state: AppState, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find_users")
        self.setWindowTitle(self.tr("Find users in words"))
        self._state, self._background, self._workspace = state, background, state.workspace
        self._sought: SoughtUsers | None = None
        self._build()
        self._show(None)
        state.workspace_changed.connect(self.reject)
        self.resize(760, 620)

    def _build(self) -> None:
        self.entry = QLineEdit()
        self.entry.setObjectName("find_users_entry")
        self.entry.setAccessibleName(self.tr("Describe the users, in English or Chinese"))
        self.entry.setPlaceholderText(self.tr("Such as: evening readers of science who stopped in May"))
        self.entry.setMaxLength(500)
        self.entry.returnPressed.connect(self.ask)
        self.find_action = make_action(self, "find_users.find", self.tr("Find"), self.ask)
        find = action_button(self.find_action)
        find.setProperty("primary", True)
        line = QHBoxLayout()
        line.addWidget(self.entry, 1)
        line.addWidget(find)
        self.chips = QWidget()
        self.chips.setObjectName("find_users_chips")
        self.chips.setAccessibleName(self.tr("What was understood"))
        self._flow = FlowLayout(self.chips)
        self.missed = self._label("find_users_missed", "error")
        self.note = self._label("find_users_note", "muted")
        self.model = FoundUsers(self)
        self.table = QTableView()
        self.table.setObjectName("find_users_table")
        self.table.setAccessibleName(self.tr("Users found, the best first"))
        self.table.setModel(self.model)
        tables.set_up_rows(self.table)
        self.table.horizontalHeader().setSectionResizeMode(USER, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._choose(now.row()))
        self.table.activated.connect(lambda _: self._go())
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addLayout(line)
        for widget in (self.chips, self.missed, self.note):
            layout.addWidget(widget)
        layout.addWidget(self.table, 1)
        layout.addLayout(self._buttons())
        for button in self.findChildren(QPushButton):  # Enter finds, and does nothing else
            button.setAutoDefault(False)

    def _label(self, name: str, role: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _buttons(self) -> QHBoxLayout:
        tip = self.tr("Keep these users as a segment, by the conditions where these say it all")
        self.save_action = make_action(self, "find_users.save", self.tr("Save as a segment"), self._save, "Ctrl+S", tip)
        self.go_action = make_action(self, "find_users.timeline", self.tr("Show on the timeline"), self._go)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.reject)
        line = QHBoxLayout()
        line.addWidget(action_button(self.save_action))
        line.addWidget(action_button(self.go_action))
        line.addStretch(1)
        line.addWidget(close)
        return line

    # ---------------------------------------------------------------- asking

    def ask(self) -> None:
        """Find the users that the line describes."""
        text = self.entry.text().strip()
        if text and self._workspace is not None:
            self.note.setText(self.tr("Reading …"))
            self._ask("find users meaning", understood, text, self._understood)

    def _understood(self, sought: SoughtUsers) -> None:
        self._show(sought)
        self._ask("find users", found, sought, partial(self._found, sought))

    def _ask(self, kind: str, question: object, about: object, done: object) -> None:
        failed = lambda error: self.note.setText(error_text(error))  # noqa: E731
        self._background.ask(kind, question, self._workspace, about, done=done, failed=failed)  # type: ignore[arg-type]

    def _show(self, sought: SoughtUsers | None) -> None:
        """Show what was understood and what was not."""
        self._sought = sought
        while (item := self._flow.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.setParent(None)
                gone.deleteLater()
        for condition in sought.conditions if sought is not None else ():
            self._add_chip(words_of(condition, self._workspace.utc_offset), partial(self._drop, condition))
        for wish in sought.wishes if sought is not None else ():
            self._add_chip(self.tr("near to “{0}”: the nearest fifth").format(wish), partial(self._drop, wish))
        self.chips.setVisible(self._flow.count() > 0)
        pieces = [] if sought is None else [sought.text[start:end].strip() for start, end in sought.missed]
        if sought is not None and not pieces and not self._flow.count():
            pieces = [sought.text]
        self.missed.setText(self.tr("Not understood: {0}").format(", ".join(f"“{piece}”" for piece in pieces)))
        self.missed.setVisible(bool(pieces))
        self._show_users(None)

    def _add_chip(self, text: str, drop: object) -> None:
        chip = QPushButton(f"{text}  {CROSS}")
        chip.setProperty("chip", True)
        chip.setAutoDefault(False)
        chip.setAccessibleName(self.tr("Remove: {0}").format(text))
        chip.setToolTip(self.tr("Remove: {0}").format(text))
        chip.clicked.connect(drop)
        self._flow.addWidget(chip)

    def _drop(self, part: Condition | str) -> None:
        if self._sought is not None:
            conditions = tuple(each for each in self._sought.conditions if each != part)
            wishes = tuple(each for each in self._sought.wishes if each != part)
            self._understood(replace(self._sought, conditions=conditions, wishes=wishes))
            self.entry.setFocus()

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
        segment = Segment((Chosen(codes),) if sought.wishes else sought.conditions)
        self.save_action.setEnabled(False)
        done, failed = self._saved, lambda error: self.note.setText(error_text(error))
        self._background.write(keep, self._workspace, sought.text[:LONGEST], segment, done=done, failed=failed)

    def _saved(self, name: str) -> None:
        self.note.setText(self.tr("Kept as the segment “{0}”.").format(name))
        self._state.segments_changed.emit()
