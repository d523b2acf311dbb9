"""Items found in words: what was understood, the items that come near to it with why, and who has events of one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QSplitter, QTableView, QVBoxLayout, QWidget

from core import seeking
from core.analysis.conditions import Chosen, Segment
from desktop_app.dialogs.find_in_words import FindInWords
from desktop_app.dialogs.new_user import NewUser
from desktop_app.widgets import counted, readable, tables
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.dialogue_words import words as words_of
from desktop_app.widgets.fitted import Fitted
from desktop_app.widgets.flow_layout import FlowLayout
from desktop_app.widgets.found_items import ITEM, WHY, FoundItems
from desktop_app.widgets.found_users import EVENTS, LAST, FoundUsers, found_users_table
from desktop_app.widgets.passing import open_once

if TYPE_CHECKING:
    from core.dialogue.structure import Part
    from core.progress import Progress
    from core.runs import Run
    from core.seeking import ItemUsers, RankedItems, SoughtItems
    from core.sequences.log import Catalogue
    from core.sequences.store import UserTable
    from core.workspace import Workspace
    from desktop_app.background import Background
    from desktop_app.state import AppState

MOST = 200  # items that are shown


def understood(workspace: Workspace, text: str, progress: Progress) -> SoughtItems:
    """What a search means."""
    return seeking.sought_items(workspace, text, progress)


def found(workspace: Workspace, sought: SoughtItems, progress: Progress) -> tuple[Catalogue, RankedItems, Run | None]:
    """The items that come near to what was understood, and the run that makes the lists."""
    ranked = seeking.seek_items(workspace, sought, MOST, progress)
    return workspace.catalogue(), ranked, workspace.active_run()


def users_of(workspace: Workspace, item: int, progress: Progress) -> tuple[UserTable, ItemUsers]:
    """Who has events of an item."""
    return workspace.users(), seeking.users_of(workspace, item, progress)


class FindItems(FindInWords):
    """A line of words, what they mean, the items that come near, and the users of the chosen one.

    Signals:
        timeline_asked(str): the timeline of the chosen user is asked for; with a text, that of the events alone that
            have it.
    """

    timeline_asked = Signal(str)

    def __init__(self, state: AppState, background: Background, parent: QWidget | None = None) -> None:
        super().__init__("find_items", "", state, background, parent)
        self.setWindowTitle(self.tr("Find items in words"))
        self._run: Run | None = None
        self._users: ItemUsers | None = None
        self.model = FoundItems(self)
        self.table = self._items_table()
        self.who = FoundUsers(self, (self.tr("Events"), self.tr("Of this item")))
        self.users = found_users_table(self.who, "find_items_users", self.tr("Users of the chosen item"))
        self.users.setColumnHidden(EVENTS, True)
        self.users.setColumnHidden(LAST, True)
        self.users.selectionModel().currentRowChanged.connect(lambda now, _: self._choose_user(now.row()))
        self.users.activated.connect(lambda _: self._go())
        told = self.tr("Describe the items, in English or Chinese")
        example = self.tr("Such as: something to read in bed, under 20")
        self._make_actions()
        self._build(told, example, self._halves(), self._last_line())
        self._show(None)
        self.resize(980, 620)

    def _items_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("find_items_table")
        table.setAccessibleName(self.tr("Items found, the best first"))
        table.setModel(self.model)
        tables.set_up_rows(table)
        header = table.horizontalHeader()
        for column in (ITEM, WHY):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        Fitted(table, (column for column in range(header.count()) if column not in (ITEM, WHY)))
        table.selectionModel().currentRowChanged.connect(lambda now, _: self._choose(now.row()))
        return table

    def _make_actions(self) -> None:
        make = partial(make_action, self)
        tip = self.tr("Keep the users of the chosen item as a segment")
        self.save_action = make("find_items.save", self.tr("Save as a segment"), self._save, "Ctrl+S", tip)
        tip = self.tr("The timeline of the chosen user, or of the first")
        self.go_action = make("find_items.timeline", self.tr("Show on the timeline"), self._go, tip=tip)
        tip = self.tr("The events of this item alone, on the timeline of whoever is chosen")
        self.filter_action = make("find_items.filter", self.tr("Filter the timeline by it"), self._filter, tip=tip)
        tip = self.tr("A list for somebody who is not in the data and likes this item, and others that you add")
        self.like_action = make("find_items.like", self.tr("List for who likes it…"), self._like, tip=tip)

    def _halves(self) -> QSplitter:
        self.who_note = QLabel()
        self.who_note.setObjectName("find_items_who")
        self.who_note.setWordWrap(True)
        self.who_note.setTextFormat(Qt.TextFormat.PlainText)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for action in (self.go_action, self.save_action):
            flow.addWidget(action_button(action))
        column.addWidget(self.who_note)
        column.addWidget(self.users, 1)
        column.addWidget(buttons)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.table)
        halves.addWidget(side)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 1)
        return halves

    def _last_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        for action in (self.filter_action, self.like_action):
            line.addWidget(action_button(action))
        line.addStretch(1)
        line.addWidget(self._close_button())
        return line

    # ---------------------------------------------------------------- asking

    def _read(self, text: str) -> None:
        self._ask("find items meaning", understood, text, self._understood)

    def _understood(self, sought: SoughtItems) -> None:
        self._show(sought)
        self._ask("find items", found, sought, partial(self._found, sought))

    def _show(self, sought: SoughtItems | None) -> None:
        """Show what was understood and what was not."""
        parts = [] if sought is None else [(words_of(part), partial(self._drop, part)) for part in sought.parts]
        beside = [] if sought is None else [words_of(part) for part in sought.beside]
        idle = self.tr("Says nothing of items: {0}").format(readable.listed(beside)) if beside else ""
        self._show_meaning(sought, parts, idle)
        self._show_items(None)

    def _drop(self, part: Part) -> None:
        if self._sought is not None:
            rest = tuple(each for each in self._sought.parts if each != part)
            self._understood(replace(self._sought, parts=rest))

    # ---------------------------------------------------------------- what was found

    def _found(self, sought: SoughtItems, answer: tuple[Catalogue, RankedItems, Run | None]) -> None:
        if sought is self._sought:
            self._show_items(answer)

    def _show_items(self, answer: tuple[Catalogue, RankedItems, Run | None] | None) -> None:
        self._show_users(None)
        self.who_note.setText(self.tr("Choose an item to see whose it is."))
        if answer is None:
            self.model.show_items(None, None)
            self.note.setText("")
        else:
            catalogue, ranked, self._run = answer
            self.model.show_items(catalogue, ranked)
            told = counted.items(ranked.found)
            if ranked.found > len(ranked.codes):
                told = self.tr("{0}, of which the best {1} are shown").format(told, readable.count(len(ranked.codes)))
            self.note.setText(told)
        self._enable()
        if self.model.rowCount():
            self.table.selectRow(0)

    def _enable(self) -> None:
        chosen = self.model.code(self.table.currentIndex().row()) >= 0
        some = self._users is not None and len(self._users.codes) > 0
        self.filter_action.setEnabled(chosen)
        self.like_action.setEnabled(chosen and self._run is not None)
        self.go_action.setEnabled(some)
        self.save_action.setEnabled(some)

    def _choose(self, row: int) -> None:
        item = self.model.code(row)
        self._show_users(None)
        if item >= 0:
            self._ask("find items users", users_of, item, partial(self._users_found, item))
        self._enable()

    def _users_found(self, item: int, answer: tuple[UserTable, ItemUsers]) -> None:
        row = self.table.currentIndex().row()
        if self.model.code(row) == item:
            self._show_users(answer)
            told = counted.users(len(answer[1].codes))
            self.who_note.setText(self.tr("{0} with events of “{1}”").format(told, self.model.name(row)))
            self._enable()

    def _show_users(self, answer: tuple[UserTable, ItemUsers] | None) -> None:
        self._users = None if answer is None else answer[1]
        if answer is None:
            self.who.show_users(None, self.who.codes[:0], self.who.fit[:0])
        else:
            self.who.show_users(answer[0], answer[1].codes, answer[1].events)

    # ---------------------------------------------------------------- where it leads

    def _choose_user(self, row: int) -> None:
        if 0 <= row < len(self.who.codes):
            self._state.select_user(int(self.who.codes[row]))

    def _go(self) -> None:
        if not self.users.currentIndex().isValid():
            self._choose_user(0)
        self.timeline_asked.emit("")

    def _filter(self) -> None:
        if self._users is not None and self._state.user not in self._users.codes:
            self._choose_user(0)  # whoever is selected has no such event
        self.timeline_asked.emit(self.model.name(self.table.currentIndex().row()))

    def _like(self) -> None:
        row = self.table.currentIndex().row()
        if self._workspace is not None and self._run is not None:
            liked = self.model.name(row), self.model.code(row)
            open_once(NewUser(self._workspace, self._run.id, self._run.name, self._background, self, liked))

    def _save(self) -> None:
        """Keep the users themselves: no condition tells of one item."""
        if self._users is None or self._workspace is None:
            return
        codes = tuple(sorted(int(code) for code in self._users.codes))
        self.save_action.setEnabled(False)
        self._keep(self.model.name(self.table.currentIndex().row()), Segment((Chosen(codes),)))
