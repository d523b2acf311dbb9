"""How many users each figure of a flow is of, so that figures of too few can be told before they are given away.

They count as the figures do: `core.analysis.flows` and `rhythms`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from core.analysis import rhythms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.analysis.flows import Named
    from core.sequences.log import EventLog

BLOCK = 4_000_000  # events that are looked at together, for memory's sake


def transitions(events: Named) -> NDArray[np.int64]:
    """Users of whom an event in the column's state comes right after one in the row's, int64 [states, states]."""
    log, state, count = events.log, events.state, events.states
    found = np.zeros(count * count, dtype=np.int64)
    for begin, end in _blocks(log):
        second = begin + np.flatnonzero(log.position[begin:end] > 0)
        cells = state[second - 1] * count + state[second]
        found += _distinct(log.user[second], cells, count * count)
    return found.reshape(count, count)


def hours(log: EventLog, offset: int = 0, behaviour: int | None = None) -> NDArray[np.int64]:
    """Users with an event in an hour of a day of the week, int64 [7, 24]; arguments as those of `rhythms.hours`.

    Raises:
        SeqlensError: the events have no times.
    """
    hour = rhythms.hours_of(log, offset)
    found = np.zeros(168, dtype=np.int64)
    for begin, end in _blocks(log):
        there = np.arange(begin, end)
        if behaviour is not None:
            there = there[log.behaviour[begin:end] == behaviour]
        found += _distinct(log.user[there], hour[there], 168)
    return found.reshape(7, 24)


def _blocks(log: EventLog) -> Iterator[tuple[int, int]]:
    """Ranges of events, each of whole users."""
    begin = 0
    while begin < log.events:
        last = int(np.searchsorted(log.offsets, min(begin + BLOCK, log.events), side="left"))
        end = int(log.offsets[last])
        yield begin, end
        begin = end


def _distinct(user: NDArray[np.int32], cell: NDArray[np.int64], cells: int) -> NDArray[np.int64]:
    """How many users each cell has, int64 [cells]; users stand in their order."""
    order = np.argsort(cell.astype(np.int16), kind="stable")  # of small numbers: they are counted, not compared
    who, where = user[order], cell[order]
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (who[1:] != who[:-1]) | (where[1:] != where[:-1])
    return np.bincount(where[new], minlength=cells)
