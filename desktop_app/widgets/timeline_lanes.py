"""Where one user's events stand: a lane for each behaviour, and columns of a lane in which events are stacked.

A column is as wide as a mark and fixed to the axis, not to the screen, so that panning never rearranges marks. The work
grows with the number of columns on the screen, not with the number of events.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.sequences.sessions import session_starts
from desktop_app.widgets.timeline_axis import Arrangement, Axis
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
        at: float64 [events], where each event stands on the axis.
        axis: the way from time to place.
        lanes: behaviour of each lane from the top.
        sizes: events of each lane that are shown or folded.
        sessions: int64 [sessions], the first event of each session.
        folded: bool [sessions], which of them are blocks.
        kept: int64 [n], the events that the filter lets through.
        merged: whether one lane holds all behaviours.
    """

    def __init__(
        self,
        events: UserEvents,
        arrangement: Arrangement | None = None,
        shown: NDArray[np.bool_] | None = None,
        merged: bool = False,
    ) -> None:
        arrangement = arrangement or Arrangement()
        self.time = events.time
        self.timed = events.timed
        self.merged = merged
        self.gap = arrangement.gap
        self.sessions = session_starts(events.time, events.timed, arrangement.gap)
        self.folded = arrangement.folded(len(self.sessions)) & events.timed
        self.axis = self._axis(arrangement)
        self.at = self.axis.places(events.time)
        self.kept = np.arange(events.events) if shown is None else np.flatnonzero(shown)
        self._item = events.item
        self._sort(events)

    def _axis(self, arrangement: Arrangement) -> Axis:
        if not self.timed or not self.events:
            return Axis.plain()
        if arrangement.relative:
            return Axis.plain(float(self.time[0]))
        ends = self.time[np.append(self.sessions[1:], self.events) - 1]
        return Axis.of_sessions(self.time[self.sessions], ends, self.folded, arrangement.gap, arrangement.skip)

    def _sort(self, events: UserEvents) -> None:
        count = 1 if self.merged else len(events.behaviours)
        kind = np.zeros_like(events.behaviour) if self.merged else events.behaviour
        self._kind = kind
        numbers = np.arange(count + 1)
        self._members = self.kept[np.argsort(kind[self.kept], kind="stable")]  # shown, or in a folded session
        self._member_starts = np.searchsorted(kind[self._members], numbers)
        self._order, self._starts = self._members, self._member_starts
        if self.folded.any():
            hidden = np.repeat(self.folded, np.diff(self.sessions, append=self.events))
            self._order = self._members[~hidden[self._members]]
            self._starts = np.searchsorted(kind[self._order], numbers)
        sizes = np.diff(self._member_starts)
        shown = np.arange(count) if count <= ALWAYS_SHOWN else np.flatnonzero(np.bincount(kind, minlength=count))
        self.lanes: list[int] = shown.tolist()
        self.sizes: list[int] = sizes[shown].tolist()
        self._lane_of = np.full(max(count, 1), -1)
        self._lane_of[shown] = np.arange(len(shown))

    @cached_property
    def _places(self) -> NDArray[np.float64]:
        return self.at[self._order]

    @property
    def events(self) -> int:
        return len(self.time)

    @cached_property
    def bounds(self) -> View:
        """The whole sequence with a margin at both ends."""
        if not self.events:
            return View(0, 1)
        first, last = float(self.at[0]), float(self.at[-1])
        span = max(last - first, HOUR if self.timed else 4)
        middle = (first + last) / 2
        return View(middle - span * 0.52, span * 1.04)

    @property
    def least(self) -> float:
        """The narrowest view."""
        return SECOND if self.timed else 4

    def lane(self, event: int) -> int:
        """The lane of an event."""
        return int(self._lane_of[self._kind[event]])

    def event(self, lane: int, place: int) -> int:
        """The event at a place in a lane."""
        return int(self._order[self._starts[self.lanes[lane]] + place])

    def in_lane(self, lane: int) -> NDArray[np.int64]:
        """The events that are drawn in a lane, in their order."""
        return self._order[self._starts[self.lanes[lane]] : self._starts[self.lanes[lane] + 1]]

    def place(self, event: int) -> int:
        """The place of an event in its lane; -1 where it is not drawn."""
        drawn = self.in_lane(self.lane(event))
        place = int(np.searchsorted(drawn, event))
        return place if place < len(drawn) and drawn[place] == event else -1

    def is_kept(self, event: int) -> bool:
        """Whether the filter lets an event through."""
        place = int(np.searchsorted(self.kept, event))
        return place < len(self.kept) and int(self.kept[place]) == event

    @cached_property
    def repeats(self) -> NDArray[np.int64]:
        """Pairs of events, int64 [n, 2], of one item each with no other event of it between, among those kept.

        They ascend by their first events.
        """
        events = self.kept[self._item[self.kept] >= 0]
        order = events[np.argsort(self._item[events], kind="stable")]
        same = np.flatnonzero(self._item[order[1:]] == self._item[order[:-1]])
        pairs = np.stack((order[same], order[same + 1]), 1)
        return pairs[np.argsort(pairs[:, 0], kind="stable")]

    @cached_property
    def _repeat_ends(self) -> NDArray[np.float64]:
        return self.at[self.repeats[:, 1]]

    def repeats_in(self, view: View) -> NDArray[np.int64]:
        """Those pairs whose arcs reach into a view."""
        last = int(np.searchsorted(self.repeats[:, 0], np.searchsorted(self.at, view.end, side="right")))
        return self.repeats[:last][self._repeat_ends[:last] >= view.start]

    def step(self, event: int, by: int) -> int:
        """The event `by` places after another among those that the filter lets through; -1 where there are none.

        With `by` 0 it is the event itself or, where that is hidden, the next one.
        """
        if not len(self.kept):
            return -1
        place = int(np.searchsorted(self.kept, event))
        here = place < len(self.kept) and int(self.kept[place]) == event
        place += by if here or by <= 0 else by - 1
        return int(self.kept[min(max(place, 0), len(self.kept) - 1)])

    def counts(self, lane: int, first: int, last: int) -> int:
        """How many events of a lane the sessions `first` to `last` hold, without those that the filter hides."""
        behaviour = self.lanes[lane]
        members = self._members[self._member_starts[behaviour] : self._member_starts[behaviour + 1]]
        start, end = self.session_events(first)[0], self.session_events(last)[1]
        low, high = np.searchsorted(members, (start, end))
        return int(high - low)

    def columns(self, lane: int, view: View, width: float, column: float, capacity: int) -> Columns:
        """The occupied columns of a lane: `width` pixels for the view, `column` for each, at most `capacity` marks."""
        behaviour = self.lanes[lane]
        places_of = self._places[self._starts[behaviour] : self._starts[behaviour + 1]]
        scale = width / view.span
        step = column / scale
        shift = 0.0
        if not self.timed:  # a column holds a whole number of steps, and a step stands in the middle of its own
            step, shift = np.ceil(step), -0.5
        edges = np.arange(np.floor(view.start / step) - 1, np.ceil(view.end / step) + 2) * step + shift
        places = np.searchsorted(places_of, edges)
        counts = np.diff(places)
        filled = np.flatnonzero(counts)
        first, count = places[filled], counts[filled]
        x = (edges[filled] + step / 2 - view.start) * scale
        # A column with empty neighbours can stand exactly at its events without touching others.
        alone = np.diff(filled, prepend=-9) > 1
        alone &= np.diff(filled, append=filled[-1] + 9 if len(filled) else 0) > 1
        exact = ((places_of[first] + places_of[first + count - 1]) / 2 - view.start) * scale if len(filled) else x
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
        first, last = float(self.at[start]), float(self.at[end - 1])
        span = max(last - first, self.gap / 3 if self.timed else 4)
        return View((first + last) / 2 - span * 0.6, span * 1.2)

    @cached_property
    def session_places(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Where sessions begin and end on the axis, float64 [sessions] each."""
        return self.at[self.sessions], self.at[np.append(self.sessions[1:], self.events) - 1]

    def bands(self, view: View, width: float, margin: float) -> list[tuple[float, float, int, int]]:
        """Sessions in view as pixel ranges (left, right, first session, last session).

        Sessions that would touch each other are joined in one band, folded ones with folded ones. Each reaches `margin`
        pixels past its events.
        """
        if not self.timed or not self.events:
            return []
        starts, ends = self.session_places
        low, high = np.searchsorted(ends, view.start), np.searchsorted(starts, view.end, side="right")
        scale = width / view.span
        left = (starts[low:high] - view.start) * scale - margin
        right = (ends[low:high] - view.start) * scale + margin
        if not len(left):
            return []
        folded = self.folded[low:high]
        apart = (left[1:] > right[:-1] + 1) | (folded[1:] != folded[:-1])
        first = np.flatnonzero(np.append(True, apart))  # both ascend
        last = np.append(first[1:], len(left)) - 1
        return list(
            zip(left[first].tolist(), right[last].tolist(), (first + low).tolist(), (last + low).tolist(), strict=True)
        )

    def skipped(self, view: View, width: float, least: float) -> list[tuple[float, float, int]]:
        """The pauses in view that are drawn shorter than they were: (left, right, microseconds).

        Left and right are pixels; pauses under `least` pixels are left out.
        """
        if self.axis.even:
            return []
        starts, ends = self.session_places
        lasted = self.time[self.sessions[1:]] - self.time[self.sessions[1:] - 1]
        low, high = np.searchsorted(starts[1:], view.start), np.searchsorted(ends[:-1], view.end, side="right")
        scale = width / view.span
        left, right = (ends[low:high] - view.start) * scale, (starts[low + 1 : high + 1] - view.start) * scale
        lasted = lasted[low:high]
        wide = np.flatnonzero((right - left >= least) & (lasted > 1.01 * (starts[low + 1 : high + 1] - ends[low:high])))
        return list(zip(left[wide].tolist(), right[wide].tolist(), lasted[wide].tolist(), strict=True))
