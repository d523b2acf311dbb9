"""Where moments stand on the timeline: as they were, with empty time skipped, or counted from the first event.

A place on the axis is in microseconds too. Inside a session places run as time does, so that zooming means the same
everywhere; only what lies between sessions, and sessions that are folded, take other room than they took in time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from core.sequences.sessions import GAP
from desktop_app.widgets.timeline_scale import (
    DAY,
    Ticks,
    View,
    clock_label,
    day_label,
    inner_step,
    period_label,
    ticks,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

FAR = 1e16  # microseconds past the ends, where places run as time does


@dataclass(frozen=True)
class Arrangement:
    """How the analyst wants a sequence laid out.

    Attributes:
        gap: microseconds without an event after which another session begins.
        skip: whether the time between sessions is shortened to a little more than nothing.
        relative: whether time is counted from the first event.
        fold: whether sessions are folded into blocks.
        other: sessions that are the other way round.
    """

    gap: int = GAP
    skip: bool = False
    relative: bool = False
    fold: bool = False
    other: frozenset[int] = frozenset()

    def folded(self, sessions: int) -> NDArray[np.bool_]:
        """bool [sessions], which of them are folded."""
        flags = np.full(sessions, self.fold)
        others = [session for session in self.other if session < sessions]
        flags[others] = not self.fold
        return flags

    def toggled(self, first: int, last: int, fold: bool) -> Arrangement:
        """The same with the sessions `first` to `last` folded or not."""
        these = frozenset(range(first, last + 1))
        return replace(self, other=self.other - these if fold == self.fold else self.other | these)


class Axis:
    """The way from times to places and back. Both arrays of knots ascend; there are none where the two run alike.

    Attributes:
        relative: whether places are times since the first event.
    """

    def __init__(self, times: NDArray[np.float64], places: NDArray[np.float64], origin: float | None = None) -> None:
        self._times, self._places, self._origin = times, places, origin or 0.0
        self.relative = origin is not None

    @classmethod
    def plain(cls, origin: float | None = None) -> Axis:
        """Places are times, or times since `origin`."""
        return cls(np.zeros(0), np.zeros(0), origin)

    @classmethod
    def of_sessions(
        cls, starts: NDArray[np.int64], ends: NDArray[np.int64], folded: NDArray[np.bool_], gap: int, skip: bool
    ) -> Axis:
        """The axis of sessions with these first and last times, int64 [sessions]."""
        if not len(starts) or not (skip or folded.any()):
            return cls.plain()
        lengths, pauses = (ends - starts).astype(np.float64), (starts[1:] - ends[:-1]).astype(np.float64)
        lengths[folded & (lengths > 0)] = gap / 3
        if skip:  # a year takes more room than an hour, but not much
            pauses = gap / 2 * (1 + np.log10(np.maximum(pauses / gap, 1.0)))
        times = np.stack((starts, ends), 1).ravel().astype(np.float64)
        steps = np.stack((lengths, np.append(pauses, 0.0)), 1).ravel()[:-1]
        places = times[0] + np.concatenate(([0.0], np.cumsum(steps)))
        distinct = np.append(True, np.diff(times) > 0)
        times, places = times[distinct], places[distinct]
        ends_out = (np.array([-FAR]), np.array([FAR]))
        times = np.concatenate((times[0] + ends_out[0], times, times[-1] + ends_out[1]))
        places = np.concatenate((places[0] + ends_out[0], places, places[-1] + ends_out[1]))
        return cls(times, places)

    @property
    def even(self) -> bool:
        """Whether places run as time does."""
        return not len(self._times)

    def places(self, times: NDArray[np.int64]) -> NDArray[np.float64]:
        """Where times stand, float64 [n]."""
        if self.even:
            return times.astype(np.float64) - self._origin
        return np.interp(times, self._times, self._places)

    def place(self, time: float) -> float:
        """Where one time stands."""
        return time - self._origin if self.even else float(np.interp(time, self._times, self._places))

    def time(self, place: float) -> float:
        """The time at a place."""
        return place + self._origin if self.even else float(np.interp(place, self._places, self._times))

    def times(self, view: View) -> View:
        """The span of time that is in view."""
        start = self.time(view.start)
        return View(start, self.time(view.end) - start)

    def ticks(self, view: View, width: float, timed: bool, starts: NDArray[np.float64]) -> Ticks:
        """Ticks of a view; `starts` (float64 [sessions], ascending) are the places where sessions begin."""
        if timed and self.relative:
            return _relative_ticks(view, width)
        return ticks(view, width, timed) if self.even else self._session_ticks(view, width, starts)

    def _session_ticks(self, view: View, width: float, starts: NDArray[np.float64]) -> Ticks:
        """Ticks where sessions begin, as many as there is room for, and at round times inside those that are long."""
        apart = view.span / max(width, 1) * 84
        step = inner_step(apart)
        at: list[float] = []
        session = max(0, int(np.searchsorted(starts, view.start, side="right")) - 1)
        free = view.start
        while session < len(starts) and starts[session] <= view.end:
            if starts[session] >= free:
                at.append(float(starts[session]))
                free = at[-1] + apart
            end = float(starts[session + 1]) if session + 1 < len(starts) else view.end
            low, high = self.time(max(free, starts[session])), self.time(min(end, view.end))
            if step and free < min(end, view.end) and self.time(free + apart) - self.time(free) <= 1.01 * apart:
                inner = np.arange(np.ceil(low / step) * step, high, step)[:50]
                for place in (self.place(float(time)) for time in inner):
                    if free - 0.03 * apart <= place <= end - apart:  # where time was skipped they stand closer
                        at.append(place)
                        free = place + apart
            session = max(session + 1, int(np.searchsorted(starts, free)))
        times = [self.time(place) for place in at]
        near = not times or np.median(np.diff(times, append=times[-1])) < DAY
        labels = [clock_label(time, step) if near else day_label(time) for time in times]
        periods = [period_label(time, "D" if near else "Y") for time in times]
        new = [number for number, text in enumerate(periods) if number == 0 or text != periods[number - 1]]
        return Ticks(at, labels, [at[number] for number in new], [periods[number] for number in new])


def _relative_ticks(view: View, width: float) -> Ticks:
    """Ticks in days since the first event, and in hours and less within a day."""
    day = QCoreApplication.translate("timeline", "day {0}")
    apart = view.span / max(width, 1) * 84
    step = inner_step(apart)
    if step and step < DAY:
        at = np.arange(max(0.0, np.ceil(view.start / step) * step), view.end, step).tolist()
        days = range(max(0, int(view.start // DAY)), int(view.end // DAY) + 1)
        return Ticks(
            at,
            [clock_label(place, step) for place in at],
            [max(float(number * DAY), 0.0) for number in days],
            [day.format(number) for number in days],
        )
    days_apart = apart / DAY
    power = 10.0 ** np.floor(np.log10(max(days_apart, 1.0)))
    step = DAY * next(power * by for by in (1, 2, 5, 10) if power * by >= days_apart)
    at = np.arange(max(0.0, np.ceil(view.start / step) * step), view.end, step).tolist()
    return Ticks(at, [day.format(round(place / DAY)) for place in at], [], [])
