"""Funnels: how many users go from step to step, and how long it takes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.analysis.flows import Named
    from core.progress import Progress

NONE = -1


@dataclass(frozen=True)
class Funnel:
    """What became of the users, step by step.

    Attributes:
        users: int64 [steps], who got as far as the step.
        everyone: users with events.
        since_start: float64 [steps], median microseconds since the first step, of those who got so far; NaN where
            nobody did or there are no times.
        since_last: float64 [steps], the same since the step before; NaN for the first.
    """

    users: NDArray[np.int64]
    everyone: int
    since_start: NDArray[np.float64]
    since_last: NDArray[np.float64]


def funnel(events: Named, steps: Sequence[int], window: int | None, progress: Progress) -> Funnel:
    """Users who went through the states `steps` in this order, with anything in between.

    A user has got to a step if there are events of all steps up to it, each after the one before, the last at most
    `window` microseconds after the first (None for no limit; without times there is none). Of all such ways the one
    counts that gets farthest, among these the one that arrives first, and of that the latest start and then the
    closest events; its times are those that the medians are of. This is ClickHouse's `windowFunnel`, by running maxima
    instead of a loop.

    Args:
        steps: states, one or more; the same may come again.
    """
    arrivals, came = _ways(events, steps, window, progress)
    log = events.log
    return _measured(log.time, log.timed, int(np.count_nonzero(log.lengths)), arrivals, came)


def reached(events: Named, steps: Sequence[int], window: int | None, progress: Progress) -> NDArray[np.int64]:
    """How many of the steps each user did, counted as `funnel` does, int64 [users]; -1 for users without events."""
    arrivals, _ = _ways(events, steps, window, progress)
    done = np.sum([arrival >= 0 for arrival in arrivals], axis=0, dtype=np.int64)
    return np.where(events.log.lengths > 0, done, -1)


def _ways(
    events: Named, steps: Sequence[int], window: int | None, progress: Progress
) -> tuple[list[NDArray[np.int64]], list[NDArray[np.int64]]]:
    """For each step the first event of each user that arrives at it; for each later one where its events came from."""
    log, state = events.log, events.state
    index = np.arange(log.events, dtype=np.int64)
    begin = np.repeat(log.offsets[:-1], log.lengths)
    start = np.where(state == steps[0], index, NONE)  # where the way began that arrives with this event, or NONE
    came: list[NDArray[np.int64]] = []  # for each later step and event, the event of the step before
    arrivals = [_first(start, log.offsets)]
    for step in steps[1:]:
        progress.check()
        before = np.full(log.events, NONE, dtype=np.int64)
        before[1:] = np.maximum.accumulate(np.where(start >= 0, index, NONE))[:-1]
        good = (state == step) & (before >= begin)
        began = np.where(good, start[before], NONE)
        if window is not None and log.timed:
            good &= log.time - log.time[began] <= window
        start, before = np.where(good, began, NONE), np.where(good, before, NONE)
        came.append(before)
        arrivals.append(_first(start, log.offsets))
    return arrivals, came


def _first(start: NDArray[np.int64], offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """The first event of each user with which a way arrives, int64 [users]; NONE where there is none."""
    there = np.flatnonzero(start >= 0)
    place = np.searchsorted(there, offsets)
    first = np.full(len(offsets) - 1, NONE, dtype=np.int64)
    some = place[:-1] < place[1:]
    first[some] = there[place[:-1][some]]
    return first


def _measured(
    time: NDArray[np.int64],
    timed: bool,
    everyone: int,
    arrivals: list[NDArray[np.int64]],
    came: list[NDArray[np.int64]],
) -> Funnel:
    """Walk each user's way back from where it got to."""
    count = len(arrivals)
    users = np.array([np.count_nonzero(arrival >= 0) for arrival in arrivals], dtype=np.int64)
    way = np.full((count, len(arrivals[0])), NONE, dtype=np.int64)
    for step in range(count - 1, -1, -1):
        further = np.full(way.shape[1], NONE, dtype=np.int64)
        if step + 1 < count:
            on = way[step + 1] >= 0
            further[on] = came[step][way[step + 1][on]]
        way[step] = np.where(further >= 0, further, arrivals[step])
    since_start, since_last = np.full(count, np.nan), np.full(count, np.nan)
    for step in range(count if timed else 0):
        got = way[step] >= 0
        if got.any():
            since_start[step] = np.median(time[way[step][got]] - time[way[0][got]])
            if step:
                since_last[step] = np.median(time[way[step][got]] - time[way[step - 1][got]])
    return Funnel(users, everyone, since_start, since_last)
