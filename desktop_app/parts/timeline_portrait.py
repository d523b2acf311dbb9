"""What is told of the user on the timeline page: the profile in words, and where the interest turns."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.parts import timeline_work as work
from desktop_app.parts.other_words import Rewording
from desktop_app.translation import error_text
from desktop_app.widgets.actions import make_action
from desktop_app.widgets.profile_panel import ProfilePanel
from desktop_app.widgets.profile_words import sentences
from desktop_app.widgets.turn_words import turn_lines, turn_name

if TYPE_CHECKING:
    from core.analysis.turns import Turn
    from core.sequences.store import UserEvents
    from core.telling import Portrait
    from desktop_app.background import Background
    from desktop_app.state import AppState
    from desktop_app.widgets.timeline import Timeline

REST = 150  # milliseconds on one user before the portrait is made, so that it delays no step through the users


class TimelinePortrait(QObject):
    """Asks for it in the background while it is shown, of the one user who is looked at.

    Attributes:
        panel: the profile in words.
        marks: whether turns are marked on the timeline.
        portrait: what is told; None where it is not known yet.

    Signals:
        changed(): other turns are to be marked.
    """

    changed = Signal()

    def __init__(self, state: AppState, background: Background, timeline: Timeline, owner: QWidget) -> None:
        super().__init__(owner)
        self._state, self._background, self._timeline = state, background, timeline
        self._events: UserEvents | None = None
        self._waiting: list[Callable[[list[str]], None]] = []
        self._rest = QTimer(self, interval=REST, singleShot=True)
        self._rest.timeout.connect(self._ask)
        self.portrait: Portrait | None = None
        state.offset_changed.connect(self._tell_anew)
        self.panel = ProfilePanel(owner)
        self.panel.hide()
        words = self.panel.other_words
        self.rewording = Rewording(self, state, background, "profile in other words", words, self._profile)
        tip = self.tr("Mark where the language of what the user reads changes")
        self.marks = make_action(
            owner, "timeline.turns", self.tr("Turns of interest"), self._switched, "Ctrl+Alt+T", tip
        )
        self.marks.setCheckable(True)
        self._steps = [
            make_action(owner, name, text, partial(self.step, by), keys)
            for name, text, keys, by in (
                ("turn.previous", self.tr("Previous turn"), "Ctrl+Shift+PgUp", -1),
                ("turn.next", self.tr("Next turn"), "Ctrl+Shift+PgDown", 1),
            )
        ]

    def offer(self, menu: QMenu) -> None:
        """Put what can be done with turns into a menu."""
        menu.addSeparator()
        menu.addActions([self.marks, *self._steps])

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns that are marked."""
        known = self.portrait is not None and self.marks.isChecked()
        return self.portrait.turns.found if known and self.portrait is not None else ()

    @property
    def marked(self) -> tuple[tuple[int, str], ...]:
        """The first event after each turn, and from what to what it turned."""
        events = self._events
        return () if events is None else tuple((turn.event, turn_name(turn, events)) for turn in self.turns)

    @property
    def lines(self) -> tuple[list[str], ...]:
        """What is said of each turn, line by line."""
        if self._events is None or self.portrait is None:
            return ()
        return tuple(turn_lines(turn, self.portrait.turns.source, self._events) for turn in self.turns)

    @property
    def sentences(self) -> list[str]:
        """The profile in words; none while it is not known."""
        if self._events is None or self.portrait is None:
            return []
        return sentences(self.portrait, self._events)

    def _profile(self) -> str:
        """What is told of the user; nothing while it is not known, or where there is nothing to tell."""
        return " ".join(self.sentences) if self.portrait is not None and self.portrait.profile.events else ""

    def show_events(self, events: UserEvents | None) -> None:
        """Another user is looked at."""
        self._waiting = []
        self._events, self.portrait = events if events is not None and events.events else None, None
        self._show()
        self._rest.start()

    def _tell_anew(self) -> None:
        """The day of the user is another one."""
        self.portrait = None
        self._ask()

    def set_open(self, opened: bool) -> None:
        """Show the profile, or hide it."""
        self.panel.setVisible(opened)
        self._ask()

    def when_told(self, act: Callable[[list[str]], None]) -> None:
        """Do something with all that is told of the user, line by line, as soon as it is known."""
        self._waiting.append(act)
        if self.portrait is None:
            self._ask(wanted=True)
        else:
            self._serve()

    def _serve(self) -> None:
        waiting, self._waiting = self._waiting, []
        if self.portrait is not None and self._events is not None:
            source = self.portrait.turns.source
            turns = [line for turn in self.portrait.turns.found for line in turn_lines(turn, source, self._events)]
            for act in waiting:
                act([*self.sentences, *turns])

    def step(self, by: int) -> None:
        """Choose the first event of the turn after the chosen event, or of the one before it."""
        places = [turn.event for turn in self.turns]
        chosen = self._timeline.selected
        after = [place for place in places if place > chosen]
        before = [place for place in places if place < chosen] if chosen >= 0 else []
        found = after[:1] if by > 0 else before[-1:]
        if found:
            self._state.select_event(found[0])

    def _switched(self) -> None:
        self._ask()
        self.changed.emit()

    def _ask(self, wanted: bool = False) -> None:
        workspace, events = self._state.workspace, self._events
        wanted = wanted or self.marks.isChecked() or not self.panel.isHidden()
        if workspace is not None and events is not None and self.portrait is None and wanted:
            done, failed = partial(self._told, events), partial(self._untold, events)
            self._background.ask("timeline portrait", work.read_portrait, workspace, events, done=done, failed=failed)

    def _told(self, events: UserEvents, portrait: Portrait) -> None:
        if events is self._events:
            self.portrait = portrait
            self._show()
            self._serve()

    def _untold(self, events: UserEvents, error: Exception) -> None:
        if events is self._events:
            self.panel.show_sentences([error_text(error)])

    def _show(self) -> None:
        self.panel.show_sentences(self.sentences)
        self.rewording.offer()
        for action in self._steps:
            action.setEnabled(bool(self.turns))
        self.changed.emit()
