"""Where one user's events stand: a lane for each behaviour, and columns of a lane in which events are stacked.

A column is as wide as a mark and fixed to the axis, not to the screen, so that panning never rearranges marks. The work
grows with the number of columns on the screen, not with the number of events.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.sequences.sessions import GAP, session_starts
from desktop_app.widgets.timeline_scale import HOUR, SECOND, View

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.sequences.store import UserEvents

ALWAYS_SHOWN = 8  # lanes that are also shown when empty, so that they keep their places from user to user


@dataclass(frozen=True)
class Columns:
    """The occupied columns of one lane in a view.

    Attributes:
        first: int64 [columns], the place in the lane of each column's first event.
        count: int64 [columns], events in it, 1 or more.
        x: float64 [columns], its middle, in pixels from the left of the axis.
        dense: whether most are too full for marks, so that all are drawn as bars.
    """

    first: NDArray[np.int64]
    count: NDArray[np.int64]
    x: NDArray[np.float64]
    dense: bool

    def at(self, x: float, width: float) -> int:
        """The column under pixel `x` (within `width` of its middle), or -1."""
        if not len(self.x):
            return -1
        right = int(np.searchsorted(self.x, x))
        near = min((max(right - 1, 0), min(right, len(self.x) - 1)), key=lambda column: abs(self.x[column] - x))
        return near if abs(self.x[near] - x) <= width else -1


class Lanes:
    """One user's events sorted into lanes, and into sessions.

    Attributes:
        time: int64 [events], as in `UserEvents`.
        lanes: behaviour of each lane from the top.
        sessions: int64 [sessions], the first event of each session.
    """

    def __init__(self, events: UserEvents) -> None:
        self.time = events.time
        self.timed = events.timed
        count = len(events.behaviours)
        self._order = np.argsort(events.behaviour, kind="stable")
        self._starts = np.searchsorted(events.behaviour[self._order], np.arange(count + 1))
        sizes = np.diff(self._starts)
        shown = np.arange(count) if count <= ALWAYS_SHOWN else np.flatnonzero(sizes)
        self.lanes: list[int] = shown.tolist()
        self.sizes: list[int] = sizes[shown].tolist()
        self._lane_of = np.full(max(count, 1), -1)
        self._lane_of[shown] = np.arange(len(shown))
        self.behaviour = events.behaviour
        self.sessions = session_starts(events.time, events.timed)

    @cached_property
    def _times(self) -> NDArray[np.int64]:
        return self.time[self._order]

    @property
    def events(self) -> int:
        return len(self.time)

    @cached_property
    def bounds(self) -> View:
        """The whole sequence with a margin at both ends."""
        if not self.events:
            return View(0, 1)
        first, last = float(self.time[0]), float(self.time[-1])
        span = max(last - first, HOUR if self.timed else 4)
        middle = (first + last) / 2
        return View(middle - span * 0.52, span * 1.04)

    @property
    def least(self) -> float:
        """The narrowest view."""
        return SECOND if self.timed else 4

    def lane(self, event: int) -> int:
        """The lane of an event."""
        return int(self._lane_of[self.behaviour[event]])

    def event(self, lane: int, place: int) -> int:
        """The event at a place in a lane."""
        return int(self._order[self._starts[self.lanes[lane]] + place])

    def place(self, event: int) -> int:
        """The place of an event in its lane."""
        behaviour = self.behaviour[event]
        return int(np.searchsorted(self._order[self._starts[behaviour] : self._starts[behaviour + 1]], event))

    def columns(self, lane: int, view: View, width: float, column: float, capacity: int) -> Columns:
        """The occupied columns of a lane: `width` pixels for the view, `column` for each, at most `capacity` marks."""
        behaviour = self.lanes[lane]
        times = self._times[self._starts[behaviour] : self._starts[behaviour + 1]]
        scale = width / view.span
        step = column / scale
        shift = 0.0
        if not self.timed:  # a column holds a whole number of steps, and a step stands in the middle of its own
            step, shift = np.ceil(step), -0.5
        edges = np.arange(np.floor(view.start / step) - 1, np.ceil(view.end / step) + 2) * step + shift
        places = np.searchsorted(times, edges)
        counts = np.diff(places)
        filled = np.flatnonzero(counts)
        first, count = places[filled], counts[filled]
        x = (edges[filled] + step / 2 - view.start) * scale
        # A column with empty neighbours can stand exactly at its events without touching others.
        alone = np.diff(filled, prepend=-9) > 1
        alone &= np.diff(filled, append=filled[-1] + 9 if len(filled) else 0) > 1
        exact = ((times[first] + times[first + count - 1]) / 2 - view.start) * scale if len(filled) else x
        full = count > capacity
        return Columns(first, count, np.where(alone, exact, x), bool(full.sum() * 4 > len(full)))

    def session(self, event: int) -> int:
        """The session of an event."""
        return int(np.searchsorted(self.sessions, event, side="right")) - 1

    def session_events(self, session: int) -> tuple[int, int]:
        """The first event of a session and the one after its last."""
        start = int(self.sessions[session])
        end = int(self.sessions[session + 1]) if session + 1 < len(self.sessions) else self.events
        return start, end

    def session_view(self, session: int) -> View:
        """A view of a whole session with some room around."""
        start, end = self.session_events(session)
        first, last = float(self.time[start]), float(self.time[end - 1])
        span = max(last - first, GAP / 3 if self.timed else 4)
        return View((first + last) / 2 - span * 0.6, span * 1.2)

    def bands(self, view: View, width: float, margin: float) -> list[tuple[float, float, int, int]]:
        """Sessions in view as pixel ranges (left, right, first session, last session).

        Sessions that would touch each other are joined in one band. Each reaches `margin` pixels past its events.
        """
        if not self.timed or not self.events:
            return []
        starts = self.time[self.sessions]
        ends = self.time[np.append(self.sessions[1:], self.events) - 1]
        low, high = np.searchsorted(ends, view.start), np.searchsorted(starts, view.end, side="right")
        scale = width / view.span
        left = (starts[low:high] - view.start) * scale - margin
        right = (ends[low:high] - view.start) * scale + margin
        if not len(left):
            return []
        first = np.flatnonzero(np.append(True, left[1:] > right[:-1] + 1))  # both ascend
        last = np.append(first[1:], len(left)) - 1
        return list(
            zip(left[first].tolist(), right[last].tolist(), (first + low).tolist(), (last + low).tolist(), strict=True)
        )
