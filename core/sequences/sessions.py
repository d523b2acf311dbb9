"""Sessions: visits of a user, ended by a pause. Where events have no times, a user's sequence is one session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.sequences.log import EventLog

GAP = 30 * 60 * 1_000_000  # microseconds; the half hour that web analytics agrees on


def sessions(log: EventLog, gap: int = GAP) -> NDArray[np.int64]:
    """The session of each event, int64 [events], counted from 0 for each user.

    A new session starts with an event more than `gap` microseconds after the one before it.
    """
    starts = _starts(log.time, gap) if log.timed else np.zeros(log.events, np.bool_)
    filled = log.lengths > 0
    firsts = log.offsets[:-1][filled]
    starts[firsts] = True
    number = np.cumsum(starts)
    return number - np.repeat(number[firsts], log.lengths[filled])


def session_starts(time: NDArray[np.int64], timed: bool = True, gap: int = GAP) -> NDArray[np.int64]:
    """Where one user's sessions start: indices into `time` (int64 [events], ascending), the first of them 0."""
    return np.flatnonzero(_starts(time, gap)) if timed else np.zeros(min(1, len(time)), np.int64)


def _starts(time: NDArray[np.int64], gap: int) -> NDArray[np.bool_]:
    starts = np.ones(len(time), np.bool_)
    np.greater(np.diff(time), gap, out=starts[1:])
    return starts
