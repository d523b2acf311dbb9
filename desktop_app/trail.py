"""Where one has been: pages, users, events and runs, to go back to and forward again."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from desktop_app.state import AppState

MOST = 200  # places that are remembered
PASSING = 0.6  # seconds; a user or an event that was looked at for less was only passed by
SETTLING = 1.5  # seconds after a step in which a page may still choose for itself what to show, as the first user


@dataclass(frozen=True)
class Place:
    """Where one is."""

    page: str
    user: int
    event: int
    run: str | None


class Trail(QObject):
    """Follows the state and the page that is shown, and leads back.

    Going back or forward only moves along the trail; going anywhere else from there cuts off what lay ahead. A place
    that is just like the one before is not remembered twice, nor one that was passed in less than a moment on the way
    to another on the same page, so that holding a key down leaves one place. Places of runs that are gone are left out.

    Attributes:
        page_wanted: name of the page to show.
        changed: there is more or less to go back or forward to.
    """

    page_wanted = Signal(str)
    changed = Signal()

    def __init__(
        self, state: AppState, parent: QObject | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._state, self._clock = state, clock
        self._page = ""
        self._places: list[Place] = []
        self._at = -1
        self._since = -PASSING  # when the place was reached
        self._stepped = -SETTLING  # when one last went back or forward
        self._runs: frozenset[str] | None = None  # those that are there, once it is known
        self._soon = QTimer(self, singleShot=True, interval=0)  # a click changes a user and an event at once
        self._soon.timeout.connect(self.note)
        state.workspace_changed.connect(self._clear)
        for signal in (state.user_changed, state.event_changed, state.run_changed):
            signal.connect(lambda *_: self._soon.start())

    @property
    def can_go_back(self) -> bool:
        return self._next(-1) is not None

    @property
    def can_go_forward(self) -> bool:
        return self._next(1) is not None

    def show_page(self, page: str) -> None:
        """The page of this name is shown."""
        if page != self._page:
            self._page = page
            self._soon.start()

    def keep_runs(self, runs: Iterable[str]) -> None:
        """Lead to places of these runs alone, and to those of none."""
        self._runs = frozenset(runs)
        self.changed.emit()

    def back(self) -> None:
        """Go to the place before."""
        self._go(-1)

    def forward(self) -> None:
        """Go to the place after, where one has gone back."""
        self._go(1)

    def note(self) -> None:
        """Remember where one is now."""
        self._soon.stop()
        state = self._state
        if state.workspace is None or not self._page:
            return
        now, here = Place(self._page, state.user, state.chosen_event, state.run), self._here
        if now == here:
            return
        moment = self._clock()
        if here is not None and self._replaces(here, now, moment):
            self._places[self._at] = now
        else:
            self._places = [*self._places[: self._at + 1], now][-MOST:]
            self._at = len(self._places) - 1
        if self._at > 0 and self._places[self._at] == self._places[self._at - 1]:
            del self._places[self._at]
            self._at -= 1
        self._since = moment
        self.changed.emit()

    @property
    def _here(self) -> Place | None:
        return self._places[self._at] if self._at >= 0 else None

    def _replaces(self, here: Place, now: Place, moment: float) -> bool:
        """Whether the place now is a part of coming to `here`, and not another one."""
        if now.page != here.page:
            return False
        let_go = moment - self._stepped < SETTLING and now == replace(here, event=-1)
        first = here.user < 0 <= now.user and here.run == now.run  # a page chooses a user where there is none
        return first or let_go or moment - self._since < PASSING

    def _next(self, by: int) -> int | None:
        at = self._at + by
        while 0 <= at < len(self._places):
            place = self._places[at]
            if place != self._here and (place.run is None or self._runs is None or place.run in self._runs):
                return at
            at += by
        return None

    def _go(self, by: int) -> None:
        if self._soon.isActive():
            self.note()
        at = self._next(by)
        if at is None:
            return
        self._at = at
        place = self._places[at]
        self._since, self._stepped = -PASSING, self._clock()
        state = self._state
        state.select_run(place.run)
        state.select_user(place.user)
        self._page = place.page
        self.page_wanted.emit(place.page)
        state.select_event(place.event)
        self._soon.stop()
        self.changed.emit()

    def _clear(self) -> None:
        self._soon.stop()
        self._places, self._at, self._runs = [], -1, None
        self._since, self._stepped = -PASSING, -SETTLING
        self._soon.start()
        self.changed.emit()
