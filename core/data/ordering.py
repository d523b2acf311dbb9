"""Events in their one order, a block of users at a time: their places sorted by user and time, equals as they came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST = 1 << 19
"""Events of a block, if no user has more; their keys then stay in the processor's cache while they are sorted."""


@dataclass(frozen=True)
class Block:
    """Some users' events in order.

    Attributes:
        place: int64 [n], where each stood.
        user: int32 [n].
        time: int64 [n].
    """

    place: NDArray[np.int64]
    user: NDArray[np.int32]
    time: NDArray[np.int64]


def blocks(user: NDArray[np.int32], time: NDArray[np.int64], users: int) -> Iterator[Block]:
    """All events by user and time, and as they came where both are equal.

    Args:
        users: how many there are; codes are below.
    """
    if not len(user):
        return
    ends = np.cumsum(np.bincount(user, minlength=users))
    number = ((ends - 1) // max(MOST, len(user) // 200)).astype(np.uint8)
    which = number[user]
    unit, low = _unit(time), int(time.min())
    span = (int(time.max()) - low) // unit
    for block in np.unique(number[np.diff(ends, prepend=0) > 0]).tolist():
        yield _sorted(np.flatnonzero(which == block), user, time, low, unit, span)


def _unit(time: NDArray[np.int64]) -> int:
    """The largest of second, millisecond and microsecond of which all times are multiples."""
    unit = 1_000_000
    for start in range(0, len(time), MOST):
        piece = time[start : start + MOST]
        while (piece % unit).any():
            unit //= 1000
        if unit == 1:
            break
    return unit


def _sorted(
    place: NDArray[np.int64], user: NDArray[np.int32], time: NDArray[np.int64], low: int, unit: int, span: int
) -> Block:
    """Sort one block. User, time and place in one number are sorted much faster than by three."""
    whose, when = user[place], time[place]
    first = int(whose.min())
    bits = [int(most).bit_length() for most in (int(whose.max()) - first, span, len(place) - 1)]
    if bits[0] + bits[1] <= 64:
        key = (whose - first).astype(np.uint64)
        key <<= np.uint64(bits[1])
        key |= ((when - low) // unit if unit > 1 else when - low).view(np.uint64)
        if sum(bits) <= 64:
            key <<= np.uint64(bits[2])
            key |= np.arange(len(place), dtype=np.uint64)
            key.sort()
            key &= np.uint64((1 << bits[2]) - 1)
            order = key.view(np.int64)
        else:
            order = np.argsort(key, kind="stable")
    else:
        order = np.lexsort((when, whose))
    return Block(place[order], whose[order], when[order])


def repeated(block: Block, same: list[NDArray[Any]]) -> NDArray[np.int64]:
    """Which event of a block each repeats: the first of those that are equal in user, time and all of `same`.

    Args:
        same: columns of the block's events.

    Returns:
        int64 [n], its place in the block; -1 for events that repeat none.
    """
    found = np.full(len(block.place), -1, np.int64)
    close = (block.user[1:] == block.user[:-1]) & (block.time[1:] == block.time[:-1])
    if not close.any():
        return found
    alone = np.ones(len(found), np.bool_)
    alone[1:] &= ~close
    alone[:-1] &= ~close
    rows = np.flatnonzero(~alone)  # in most logs they are few
    columns = [column[rows] for column in (np.cumsum(np.concatenate(([True], ~close))), *same)]
    order = np.lexsort(columns[::-1])  # stable: equals stay as they came
    fresh = np.zeros(len(rows), np.bool_)
    fresh[0] = True
    for column in columns:
        fresh[1:] |= column[order][1:] != column[order][:-1]
    first = order[np.maximum.accumulate(np.where(fresh, np.arange(len(rows)), 0))]
    found[rows[order[~fresh]]] = rows[first[~fresh]]
    return found
