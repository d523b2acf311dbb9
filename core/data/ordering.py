"""Events in their one order, a block of users at a time: their places sorted by user and time, equals as they came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST = 1 << 20
"""Events of a block, if no user has more: few enough to stay near the processor while they are ordered, and many enough
that the columns, out of which each block picks its events, are not gone through too often."""
PIECE = 1 << 20  # events of which something is counted at once


@dataclass(frozen=True)
class Block:
    """Some users' events in order.

    Attributes:
        place: int64 [n], where they stood, ascending.
        order: int64 [n], which of those is the first, the second ...
        user: int32 [n], in order.
        time: int64 [n], in order.
    """

    place: NDArray[np.int64]
    order: NDArray[np.int64]
    user: NDArray[np.int32]
    time: NDArray[np.int64]

    def of(self, column: NDArray[Any]) -> NDArray[Any]:
        """What a column of all events says of those of the block, in order."""
        if column.strides == (0,):
            return column[: len(self.place)]
        # All places exist; "clip" spares numpy to look. And in two steps, or each event is fetched from far away.
        return column.take(self.place, mode="clip").take(self.order, mode="clip")


def blocks(user: NDArray[np.int32], time: NDArray[np.int64], users: int) -> Iterator[Block]:
    """All events by user and time, and as they came where both are equal.

    Args:
        users: how many there are; codes are below.
    """
    if not len(user):
        return
    pieces = [slice(start, start + PIECE) for start in range(0, len(user), PIECE)]  # numpy makes indices int64
    counts = np.zeros(users, np.int64)
    for piece in pieces:
        counts += np.bincount(user[piece], minlength=users)
    ends = np.cumsum(counts)
    number = ((ends - 1) // max(MOST, len(user) // 200)).astype(np.uint8)
    which = np.empty(len(user), np.uint8)
    for piece in pieces:
        which[piece] = number[user[piece]]
    unit, low = _unit(time), int(time.min())
    span = (int(time.max()) - low) // unit
    for block in np.unique(number[counts > 0]).tolist():
        yield _sorted(np.flatnonzero(which == block), user, time, low, unit, span)


def _unit(time: NDArray[np.int64]) -> int:
    """The largest of second, millisecond and microsecond of which all times are multiples."""
    unit = 1_000_000
    for start in range(0, len(time), PIECE):
        piece = time[start : start + PIECE]
        while (piece % unit).any():
            unit //= 1000
        if unit == 1:
            break
    return unit


def _sorted(
    place: NDArray[np.int64], user: NDArray[np.int32], time: NDArray[np.int64], low: int, unit: int, span: int
) -> Block:
    """Sort one block. User, time and place in one number are sorted much faster than by three."""
    whose, when = user.take(place, mode="clip"), time.take(place, mode="clip")
    first = int(whose.min())
    bits = [int(most).bit_length() for most in (int(whose.max()) - first, span, len(place) - 1)]
    if bits[0] + bits[1] > 64:
        order = np.lexsort((when, whose))
        return Block(place, order, whose[order], when[order])
    key = (whose - first).astype(np.uint64)
    key <<= np.uint64(bits[1])
    when -= low
    if unit > 1:
        when //= unit
    key |= when.view(np.uint64)
    if sum(bits) <= 64:
        key <<= np.uint64(bits[2])
        key |= np.arange(len(place), dtype=np.uint64)
        key.sort()
        order = (key & np.uint64((1 << bits[2]) - 1)).view(np.int64)
        key >>= np.uint64(bits[2])
    else:
        order = np.argsort(key, kind="stable")
        key = key[order]
    # To take user and time out of the key again takes less than to fetch them.
    when = (key & np.uint64((1 << bits[1]) - 1)).view(np.int64)
    when *= unit
    when += low
    key >>= np.uint64(bits[1])
    return Block(place, order, key.astype(np.int32) + np.int32(first), when)


def repeated(block: Block, same: list[NDArray[Any]]) -> NDArray[np.int64]:
    """Which event of a block each repeats: the first of those that are equal in user, time and all of `same`.

    Args:
        same: columns of the block's events.

    Returns:
        int64 [n], its place in the block; -1 for events that repeat none.
    """
    found = np.full(len(block.user), -1, np.int64)
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
