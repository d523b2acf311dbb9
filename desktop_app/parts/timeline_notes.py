"""Notes on the timeline page: written, opened again, and kept in the workspace at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from core.sequences.annotations import Annotation
from desktop_app.dialogs.all_notes import AllNotes
from desktop_app.parts import timeline_work as work
from desktop_app.widgets.actions import make_action
from desktop_app.widgets.note_dialog import NoteDialog
from desktop_app.widgets.passing import open_once
from desktop_app.widgets.timeline_scale import show_time

if TYPE_CHECKING:
    from core.sequences.store import UserEvents
    from desktop_app.background import Background
    from desktop_app.state import AppState
    from desktop_app.widgets.timeline import Timeline


class TimelineNotes(QObject):
    """The notes of the user who is looked at.

    Attributes:
        menu: what can be done with notes, and all of them to go to.

    Signals:
        changed(): a note was written, changed or deleted.
    """

    changed = Signal()

    def __init__(self, state: AppState, background: Background, timeline: Timeline, owner: QWidget) -> None:
        super().__init__(owner)
        self._state, self._background, self._timeline, self._owner = state, background, timeline, owner
        self._events: UserEvents | None = None
        self._notes: list[Annotation] = []
        self._wanted: tuple[Annotation, int] | None = None  # a note to go to, and its user, whose events are not there
        self.on_event = make_action(
            owner, "note.event", self.tr("Note on the chosen event…"), self._write_on_event, "Ctrl+Shift+N"
        )
        self.on_moment = make_action(
            owner, "note.moment", self.tr("Note on the middle of the view…"), self._write_on_moment, "Ctrl+Alt+N"
        )
        tip = self.tr("Every note over all users, each of which leads to its event")
        self.all = make_action(owner, "note.all", self.tr("All notes…"), self._show_all, "Ctrl+Alt+A", tip)
        self.menu = QMenu(owner)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.menu.aboutToHide.connect(lambda: self._enable(True, True))  # for their keys
        timeline.note_opened.connect(self.open)
        timeline.menu_asked.connect(self._offer)

    def show(self, events: UserEvents | None, notes: list[Annotation]) -> None:
        """Another user is looked at."""
        self._events, self._notes = events, notes

    def _show_all(self) -> None:
        if self._state.workspace is not None:
            dialog = AllNotes(self._state, self._background, self._owner)
            dialog.chosen.connect(self.reach)
            open_once(dialog)

    def reach(self, note: Annotation, user: int) -> None:
        """Lead to what a note of any user is about, as soon as the user's events are there."""
        self._wanted = note, user
        self._state.select_user(user)
        self.arrive()

    def arrive(self) -> None:
        """Bring the note into view that was asked for, where its user's events are shown by now."""
        if self._wanted is None or self._events is None or self._events.user != self._state.user:
            return
        (note, user), self._wanted = self._wanted, None
        if user == self._events.user:
            self._bring(note, note.event(self._events))

    @property
    def placed(self) -> tuple[tuple[Annotation, int], ...]:
        """Each note with the number of its event (-1 for a moment), in the order of their times."""
        if self._events is None:
            return ()
        return tuple((note, note.event(self._events)) for note in self._notes)

    def _offer(self, point: QPoint, time: float) -> None:
        """Offer to write on what was pointed at."""
        menu = QMenu(self._owner)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._timeline.selected >= 0:
            menu.addAction(self.on_event)
        if self._events is not None and self._events.timed:
            moment = menu.addAction(self.tr("Note on this moment…"))
            moment.triggered.connect(lambda: self.write_at(time))
        if menu.actions():
            menu.popup(point)

    def _fill_menu(self) -> None:
        self.menu.clear()
        self._enable(self._timeline.selected >= 0, self._events is not None and self._events.timed)
        self.menu.addActions([self.on_event, self.on_moment, self.all])
        self.menu.addSeparator()
        for number, (note, _) in enumerate(self.placed):
            line = self.menu.fontMetrics().elidedText(note.text.splitlines()[0], Qt.TextElideMode.ElideRight, 320)
            entry = self.menu.addAction(f"{self._when(note)}  {line}".replace("&", "&&"))
            entry.triggered.connect(lambda _=False, number=number: self.go_to(number))

    def _enable(self, on_event: bool, on_moment: bool) -> None:
        self.on_event.setEnabled(on_event)
        self.on_moment.setEnabled(on_moment)

    def _when(self, note: Annotation) -> str:
        timed = self._events is not None and self._events.timed
        return show_time(note.time, timed)[:16]

    def go_to(self, number: int) -> None:
        """Bring a note into view, and open it."""
        self._bring(*self.placed[number])
        self.open(number)

    def _bring(self, note: Annotation, event: int) -> None:
        if event >= 0:
            self._state.select_event(event)
        elif self._timeline.lanes is not None:
            place = self._timeline.lanes.axis.place(note.time)
            self._timeline.set_view(self._timeline.view.showing(place))

    def open(self, number: int) -> None:
        """Open a note by its number."""
        note, event = self.placed[number]
        self._write(note, event)

    def _write_on_event(self) -> None:
        event = self._timeline.selected
        if self._events is not None and event >= 0:
            self._write(Annotation.on_event(self._events, event, ""), event)

    def _write_on_moment(self) -> None:
        view, lanes = self._timeline.view, self._timeline.lanes
        if self._events is not None and self._events.timed and lanes is not None:
            self.write_at(lanes.axis.time(view.start + view.span / 2))

    def write_at(self, time: float) -> None:
        """Write a note on a moment."""
        if self._events is not None:
            self._write(Annotation(self._events.user_id, round(time), "", "", ""), -1)

    def _write(self, note: Annotation, event: int) -> None:
        kept = next((other for other in self._notes if other.name == note.name), note)
        about = self._when(note)
        if event >= 0 and self._events is not None:
            about = f"{self._events.label(event)} · {note.behaviour} · {about}"
        dialog = NoteDialog(about, kept.text, self._owner)
        dialog.kept.connect(partial(self._keep, self._state.workspace, note))
        open_once(dialog)

    def _keep(self, workspace: object, note: Annotation, text: str) -> None:
        if workspace is None or workspace is not self._state.workspace:
            return
        written = Annotation(note.user, note.time, note.item, note.behaviour, text)
        self._background.write(work.keep_note, workspace, written)
        if self._events is not None and self._events.user_id == note.user:
            others = [other for other in self._notes if other.name != note.name]
            self._notes = sorted([*others, *([written] if text else [])], key=lambda one: one.time)
            self.changed.emit()
