"""Who is behind a figure of the flows: the users that a transition, a step, a path, a funnel or a cohort counts.

All of them give codes of users, int32 [n], ascending, and count as the figures do: `core.analysis.flows`, `funnels`
and `rhythms`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from core.analysis import funnels, rhythms
from core.analysis.flows import collapsed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.analysis.flows import Named
    from core.analysis.rhythms import Period
    from core.progress import Progress
    from core.sequences.log import EventLog

    Codes = NDArray[np.int32]


def followed(events: Named, source: int, target: int) -> Codes:
    """Users of whom an event in the state `target` comes right after one in the state `source`."""
    log, state = events.log, events.state
    second = np.flatnonzero(log.position > 0)
    pairs = second[(state[second] == target) & (state[second - 1] == source)]
    return _users(log, pairs)


def was_at(events: Named, state: int, step: int) -> Codes:
    """Users in a state at an event, from 0; the state after the last one is that of an ended sequence."""
    log = events.log
    if state == events.states:
        return np.flatnonzero((log.lengths > 0) & (log.lengths <= step)).astype(np.int32)
    return _users(log, np.flatnonzero((log.position == step) & (events.state == state)))


def went(events: Named, path: Sequence[int], collapse: bool) -> Codes:
    """Users who took a path, one state or more; `collapse` as in `core.analysis.flows.paths`."""
    log, state = collapsed(events) if collapse else (events.log, events.state)
    width = log.events - len(path) + 1
    if width < 1:
        return np.zeros(0, dtype=np.int32)
    whole = log.position[len(path) - 1 :] >= len(path) - 1
    for place, one in enumerate(path):
        whole &= state[place : place + width] == one
    return _users(log, np.flatnonzero(whole))


def got_to(events: Named, steps: Sequence[int], window: int | None, step: int, left: bool, progress: Progress) -> Codes:
    """Users who got to a step of a funnel, from 0, or who `left` it: got to the step before and no further."""
    reached = funnels.reached(events, steps, window, progress)
    return np.flatnonzero(reached == step if left else reached > step).astype(np.int32)


def were_there(log: EventLog, offset: int, day: int, hour: int, behaviour: int | None = None) -> Codes:
    """Users with an event in an hour of a day of the week, both from 0, Monday first; as `rhythms.hours` counts.

    Raises:
        SeqlensError: the events have no times.
    """
    there = rhythms.hours_of(log, offset) == day * 24 + hour
    if behaviour is not None:
        there &= log.behaviour == behaviour
    return _users(log, np.flatnonzero(there))


def came_again(
    log: EventLog,
    period: Period,
    cohort: int,
    later: int,
    away: bool,
    first: int | None = None,
    again: int | None = None,
) -> Codes:
    """Users of a cohort with an event so many periods `later`, or of whom it is known that there was none (`away`).

    Args:
        first, again: behaviours, as in `rhythms.retention`.
        cohort: its row in `rhythms.retention`; -1 for all of them.
        later: -1 for everyone in the cohort.

    Raises:
        SeqlensError: the events have no times, or they span more periods than can be shown.
    """
    found = rhythms.cohorts(log, period, first, again)
    begin = found.begin
    those = begin >= 0
    if cohort >= 0:
        those &= begin == np.unique(begin[those])[cohort]
    if later >= 0:
        those &= begin + later < found.width
        there = np.zeros(log.users, dtype=np.bool_)
        there[found.user[found.number == begin[found.user] + later]] = True
        those &= ~there if away else there
    return np.flatnonzero(those).astype(np.int32)


def _users(log: EventLog, events: NDArray[np.int64]) -> Codes:
    return np.unique(log.user[events]).astype(np.int32)
