"""Events in their one order, a block of users at a time: their places sorted by user and time, equals as they came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST = 3 << 18
"""Events of a block, if no user has more: few enough to stay near the processor while they are ordered, and that user,
time (30 bits are twenty years) and place fit into 64 bits; and many enough that the columns, out of which each block
picks its events, are not gone through too often."""
PIECE = 1 << 20  # events of which something is counted at once


@dataclass(frozen=True)
class Block:
    """Some users' events in order.

    Attributes:
        user: int32 [n].
        time: int64 [n].
    """

    user: NDArray[np.int32]
    time: NDArray[np.int64]


class Room:
    """Arrays that are used again for each block: to get fresh ones from the system takes longer than to sort."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._arrays: dict[tuple[str, str], NDArray[Any]] = {}
        self.numbers = np.arange(size, dtype=np.uint64)

    def array(self, name: str, kind: Any, size: int) -> NDArray[Any]:
        """The array of a name and kind, with what it was last used for still in it."""
        key = name, np.dtype(kind).str
        if key not in self._arrays:
            self._arrays[key] = np.empty(self._size, kind)
        return self._arrays[key][:size]


@dataclass(frozen=True)
class Picked(Block):
    """A block, picked out of all events.

    Attributes:
        place: int64 [n], where they stood, ascending; until the next block is asked for.
        order: int64 [n], which of those is the first, the second ...; as long.
        room: what is used for it.
    """

    place: NDArray[np.int64]
    order: NDArray[np.int64]
    room: Room

    def of(self, column: NDArray[Any]) -> NDArray[Any]:
        """What a column of all events says of those of the block, in order."""
        if column.strides == (0,):
            return column[: len(self.place)]
        # All places exist; "clip" spares numpy to look. And in two steps, or each event is fetched from far away.
        near = self.room.array("near", column.dtype, len(self.place))
        return column.take(self.place, out=near, mode="clip").take(self.order, mode="clip")


def blocks(user: NDArray[np.int32], time: NDArray[np.int64], users: int) -> Iterator[Picked]:
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
    sizes = np.bincount(number, counts).astype(np.int64)
    unit, low = _unit(time), int(time.min())
    span = (int(time.max()) - low) // unit
    room = Room(int(sizes.max()))
    for block in np.flatnonzero(sizes).tolist():
        place, end = room.array("place", np.int64, int(sizes[block])), 0
        for piece in pieces:
            found = np.flatnonzero(which[piece] == block)
            np.add(found, piece.start, out=place[end : end + len(found)])
            end += len(found)
        yield _sorted(place, user, time, low, unit, span, room)


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
    place: NDArray[np.int64],
    user: NDArray[np.int32],
    time: NDArray[np.int64],
    low: int,
    unit: int,
    span: int,
    room: Room,
) -> Picked:
    """Sort one block. User, time and place in one number are sorted much faster than by three."""
    many = len(place)
    whose = user.take(place, out=room.array("near", np.int32, many), mode="clip")
    when = time.take(place, out=room.array("near", np.int64, many), mode="clip")
    first = int(whose.min())
    bits = [int(most).bit_length() for most in (int(whose.max()) - first, span, many - 1)]
    if bits[0] + bits[1] > 64:
        order = np.lexsort((when, whose))
        return Picked(whose[order], when[order], place, order, room)
    key = np.subtract(whose, np.int32(first), out=room.array("key", np.uint64, many), casting="unsafe")
    key <<= np.uint64(bits[1])
    when -= low
    if unit > 1:
        when //= unit
    key |= when.view(np.uint64)
    if sum(bits) <= 64:
        key <<= np.uint64(bits[2])
        key |= room.numbers[:many]
        key.sort()
        order = room.array("order", np.int64, many)
        np.bitwise_and(key, np.uint64((1 << bits[2]) - 1), out=order.view(np.uint64))
        key >>= np.uint64(bits[2])
    else:
        order = np.argsort(key, kind="stable")
        key = key[order]
    # To take user and time out of the key again takes less than to fetch them.
    when = (key & np.uint64((1 << bits[1]) - 1)).view(np.int64)
    when *= unit
    when += low
    key >>= np.uint64(bits[1])
    whose = key.astype(np.int32)
    whose += np.int32(first)
    return Picked(whose, when, place, order, room)


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
