"""Where the analyst changes a history, to see what would be recommended then. It changes no data."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QTimeZone, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.widgets import readable
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.changed_events import ChangedEvents
from desktop_app.widgets.fields import inset
from desktop_app.widgets.search_field import SearchField

if TYPE_CHECKING:
    from core.recommend.what_if import ChangedHistory, Edits
    from core.sequences.log import Catalogue


class ItemSearch(SearchField):
    """Finds items of the catalogue by a part of their title or id; what is chosen is added to the history."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("item_search")
        self.setPlaceholderText(self.tr("Add an item: title or id"))
        self.setAccessibleName(self.tr("Add an item"))
        self.setToolTip(self.tr("The item is added after the selected event, or at the end"))


class WhatIfPanel(QWidget):
    """Shows one version of a history and makes new ones.

    Attributes:
        changed: with the version that is now looked at.
        searched: text to look for in the catalogue; the answer comes by `search.offer`.
        kept: name under which the version is to be saved.
        opened: name of a saved one that is to be looked at.
        forgotten: name of a saved one that is to be removed.
        exported: the analyst asks for a file.
    """

    changed = Signal(object)
    searched = Signal(str)
    kept = Signal(str)
    opened = Signal(str)
    forgotten = Signal(str)
    exported = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("what_if")
        self._edits: Edits | None = None
        self._usual = 0
        self._make_actions()
        self.summary = QLabel()
        self.summary.setObjectName("what_if_summary")
        self.summary.setWordWrap(True)
        self.summary.setProperty("role", "muted")
        self.events = ChangedEvents()
        self.events.moved.connect(self._move_to)
        self.events.removed.connect(self.remove_action.trigger)
        self.events.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        self.search = ItemSearch()
        self.search.asked.connect(self.searched)
        self.search.chosen.connect(self._add)
        heading = QLabel(self.tr("What if the history were another?"))
        heading.setProperty("role", "heading")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(heading)
        layout.addWidget(self.summary)
        layout.addWidget(self.search)
        layout.addWidget(self.events, 1)
        layout.addLayout(self._changes_line())
        layout.addWidget(self._moment_line())
        layout.addLayout(self._versions_line())
        layout.addLayout(self._keeping_line())

    def _make_actions(self) -> None:
        move = self._move
        self.remove_action = make_action(self, "what_if.remove", self.tr("Remove"), self._remove)
        self.up_action = make_action(self, "what_if.up", self.tr("Move up"), partial(move, -1), "Alt+Up")
        self.down_action = make_action(self, "what_if.down", self.tr("Move down"), partial(move, 1), "Alt+Down")
        self.undo_action = make_action(self, "what_if.undo", self.tr("Undo"), self._undo, "Ctrl+Z")
        self.redo_action = make_action(self, "what_if.redo", self.tr("Redo"), self._redo, "Ctrl+Shift+Z")
        self.reset_action = make_action(
            self, "what_if.reset", self.tr("Reset"), self._reset, tip=self.tr("Back to the user's own history")
        )
        self.until_action = make_action(
            self, "what_if.until", self.tr("As of"), self._until, tip=self.tr("Only what had happened by this moment")
        )
        self.keep_action = make_action(self, "what_if.save", self.tr("Save"), self._keep)
        self.export_action = make_action(self, "what_if.export", self.tr("Export…"), self.exported.emit)

    def _changes_line(self) -> QHBoxLayout:
        self.behaviour = QComboBox()
        self.behaviour.setObjectName("what_if_behaviour")
        self.behaviour.setAccessibleName(self.tr("Behaviour of the selected events"))
        self.behaviour.activated.connect(self._behave)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(action_button(self.remove_action))
        for action, sign in ((self.up_action, "↑"), (self.down_action, "↓")):
            button = action_button(action, sign)
            button.setFixedWidth(32)
            line.addWidget(button)
        line.addWidget(self.behaviour, 1)
        return line

    def _versions_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(4)
        for action in (self.undo_action, self.redo_action, self.reset_action):
            line.addWidget(action_button(action))
        line.addStretch(1)
        line.addWidget(action_button(self.export_action))
        return line

    def _moment_line(self) -> QWidget:
        self.moment = inset(QDateTimeEdit())
        self.moment.setObjectName("what_if_moment")
        self.moment.setAccessibleName(self.tr("As of this moment (UTC)"))
        self.moment.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.moment.setTimeZone(QTimeZone.utc())
        self.moment.setCalendarPopup(True)
        self.moments = QWidget()
        line = QHBoxLayout(self.moments)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(action_button(self.until_action))
        line.addWidget(self.moment, 1)
        return self.moments

    def _keeping_line(self) -> QHBoxLayout:
        self.name = QLineEdit()
        self.name.setObjectName("what_if_name")
        self.name.setPlaceholderText(self.tr("Name"))
        self.name.setAccessibleName(self.tr("Name to save it under"))
        self.name.textChanged.connect(self._offer)
        self.name.returnPressed.connect(self.keep_action.trigger)
        self.saved = QToolButton()
        self.saved.setObjectName("what_if_saved")
        self.saved.setText(self.tr("Saved"))
        self.saved.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.saved.setMenu(QMenu(self.saved))
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.name, 1)
        line.addWidget(action_button(self.keep_action))
        line.addWidget(self.saved)
        return line

    # ---------------------------------------------------------------- what is shown

    @property
    def edits(self) -> Edits | None:
        """The versions of the history that is looked at."""
        return self._edits

    def show_edits(self, edits: Edits | None, catalogue: Catalogue | None, texts: list[str], usual: int) -> None:
        """Show a history; `usual` is the behaviour that an added event has."""
        self._edits, self._usual = edits, usual
        self.name.clear()
        self.search.show_chosen("")
        if edits is None or catalogue is None:
            self.events.show_history(None)
            self._offer()
            return
        self.events.events.show_words(catalogue, texts)
        log = edits.first.log
        self.behaviour.clear()
        for code, behaviour in enumerate(log.behaviours):
            self.behaviour.addItem(behaviour.name, code)
        self.behaviour.setVisible(len(log.behaviours) > 1)
        self.moments.setVisible(log.timed and log.events > 0)
        if log.timed and log.events:
            self.moment.setDateTime(QDateTime.fromMSecsSinceEpoch(int(log.time[-1]) // 1000, QTimeZone.utc()))
        self._show(edits.now)
        self.events.scrollToBottom()

    def show_saved(self, names: Sequence[str]) -> None:
        """Offer these saved ones to be looked at again or removed."""
        menu = self.saved.menu()
        menu.clear()
        for name in names:
            menu.addAction(name, partial(self.opened.emit, name))
        if names:
            menu.addSeparator()
            removal = menu.addMenu(self.tr("Remove"))
            for name in names:
                removal.addAction(name, partial(self.forgotten.emit, name))
        self.saved.setEnabled(bool(names))

    def select_event(self, place: int) -> None:
        """Select an event, as the one that gave an item most."""
        self.events.choose(place)

    def _show(self, history: ChangedHistory, place: int = -1) -> None:
        self.events.show_history(history)
        self.events.choose(place)
        self.summary.setText(self._summary(history))
        self._offer()

    def _summary(self, history: ChangedHistory) -> str:
        done = history.changes
        words = (
            (done.removed, self.tr("{0} removed")),
            (done.added, self.tr("{0} added")),
            (done.moved, self.tr("{0} moved")),
            (done.changed, self.tr("{0} with another behaviour")),
        )
        told = [word.format(readable.count(number)) for number, word in words if number]
        return ", ".join(told) or self.tr("Nothing is changed yet. The data stay as they are in any case.")

    def _offer(self) -> None:
        """Enable what makes sense now."""
        edits, places = self._edits, self.events.places
        events = 0 if edits is None else edits.now.events
        single = len(places) == 1
        self.remove_action.setEnabled(bool(places))
        self.up_action.setEnabled(single and places[0] > 0)
        self.down_action.setEnabled(single and places[0] < events - 1)
        self.behaviour.setEnabled(bool(places))
        self.undo_action.setEnabled(edits is not None and edits.undoable)
        self.redo_action.setEnabled(edits is not None and edits.redoable)
        changed = edits is not None and bool(edits.now.changes)
        self.reset_action.setEnabled(changed)
        self.keep_action.setEnabled(changed and bool(self.name.text().strip()))
        self.export_action.setEnabled(edits is not None)
        if places and edits is not None:
            self.behaviour.setCurrentIndex(int(edits.now.log.behaviour[places[0]]))

    # ---------------------------------------------------------------- what is changed

    def do(self, version: ChangedHistory, place: int = -1) -> None:
        """Look at a new version, with the event at `place` selected."""
        assert self._edits is not None
        self._edits.do(version)
        self._tell(place)

    def _tell(self, place: int = -1) -> None:
        assert self._edits is not None
        self._show(self._edits.now, place)
        self.changed.emit(self._edits.now)

    def _add(self, item: int) -> None:
        self.search.show_chosen("")
        if self._edits is not None:
            places = self.events.places
            place = places[-1] + 1 if places else self._edits.now.events
            self.do(self._edits.now.add(place, item, self._usual), place)

    def _remove(self) -> None:
        places = self.events.places
        if places and self._edits is not None:
            left = self._edits.now.without(places)
            self.do(left, min(places[0], left.events - 1))

    def _move(self, step: int) -> None:
        place = self.events.places[0]
        self._move_to(place, place + step)

    def _move_to(self, place: int, to: int) -> None:
        if self._edits is not None and place != to:
            self.do(self._edits.now.move(place, to), to)

    def _behave(self, behaviour: int) -> None:
        places = self.events.places
        if places and self._edits is not None:
            self.do(self._edits.now.behave(places, behaviour), places[0])

    def _until(self) -> None:
        if self._edits is not None:
            end = self.moment.dateTime().toMSecsSinceEpoch() * 1000 + 60_000_000 - 1  # the minute to its end
            self.do(self._edits.now.until(end))

    def _undo(self) -> None:
        if self._edits is not None and self._edits.undoable:
            self._edits.undo()
            self._tell()

    def _redo(self) -> None:
        if self._edits is not None and self._edits.redoable:
            self._edits.redo()
            self._tell()

    def _reset(self) -> None:
        if self._edits is not None:
            self.do(self._edits.first)

    def _keep(self) -> None:
        if self.keep_action.isEnabled():
            self.kept.emit(self.name.text().strip())
