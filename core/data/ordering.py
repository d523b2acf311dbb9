"""Events in their one order: parted into blocks of users that come after each other, and each block sorted by user and
time, equals as they came."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.data.arrow import room

MOST = 245_760
"""Events of a block, if no user has more: few enough to stay near the processor while they are ordered, and as many as
two groups of DuckDB's rows."""
BLOCKS = 250  # at most, so that the number of a block is one byte
PIECE = 1 << 18
"""Events that are parted at once: of fewer, what goes into one block is so little that threads wait for each other at
the interpreter; of more, they leave the processor's cache."""
THREADS = 2  # that part them


@dataclass(frozen=True)
class Block:
    """Some users' events in order.

    Attributes:
        user: int32 [n].
        time: int64 [n].
        columns: what else there is of them, in another order.
        order: int64 [n], the places of the events in `columns`; None if that is their order too.
    """

    user: NDArray[np.int32]
    time: NDArray[np.int64]
    columns: Mapping[str, NDArray[Any]]
    order: NDArray[np.int64] | None = None

    def of(self, name: str, rows: NDArray[np.int64] | None = None) -> NDArray[Any]:
        """What a column says of the events, or of some of them, in order."""
        column = self.columns[name]
        places = self.order if rows is None else rows if self.order is None else self.order[rows]
        if places is None:
            return column
        if column.strides == (0,):
            return column[: len(places)]
        return column.take(places, mode="clip")  # all of them exist; this spares numpy to look

    def only(self, kept: NDArray[np.bool_]) -> Block:
        """Some of the events."""
        rows = np.flatnonzero(kept)
        order = rows if self.order is None else self.order[rows]
        return Block(self.user[rows], self.time[rows], self.columns, order)


def blocks(columns: dict[str, NDArray[Any]], users: int) -> Iterator[Block]:
    """All events by user and time, and as they came where both are equal.

    Args:
        columns: "user" (int32), "time" (int64) and others; they are taken out of it, and their room is used.
        users: how many there are; codes are below.
    """
    user, time = columns["user"], columns["time"]
    if not len(user):
        return
    with ThreadPoolExecutor(THREADS, "seqlens-parting") as threads:
        span = threads.submit(_Span.of, time)
        parting = _Parting(user, users, threads)
        key = _Key.fitting(parting.most, span.result())
        del user, time
        spare = _Spare()
        # The widest first: two others fit where it was.
        for name in sorted(columns, key=lambda name: -columns[name].itemsize):
            columns[name] = parting.parted(columns.pop(name), spare)
        bounds = list(parting.bounds())
        del parting, spare
    user, time = columns.pop("user"), columns.pop("time")
    for start, end, first in bounds:
        who, when = user[start:end], time[start:end]
        own = {name: column[start:end] for name, column in columns.items()}
        if key is not None:
            yield key.ordered(who, when, first, own)
        else:
            order = np.lexsort((when, who))
            yield Block(who[order], when[order], own, order)


class _Parting:
    """Brings the events of each block together.

    Attributes:
        most: users of the block that has most.
    """

    def __init__(self, user: NDArray[np.int32], users: int, threads: ThreadPoolExecutor) -> None:
        counts = np.zeros(users, np.int64)
        for piece in _pieces(len(user), 16 * PIECE):  # numpy makes them int64
            counts += np.bincount(user[piece], minlength=users)
        last = np.maximum(np.cumsum(counts) - 1, 0)
        number = (last // max(MOST, -(-len(user) // BLOCKS))).astype(np.uint8)
        self._sizes = np.bincount(number, counts).astype(np.int64)
        self._firsts = np.searchsorted(number, np.arange(len(self._sizes)))
        self.most = int(np.diff(self._firsts, append=users).max())
        self._place = room(len(user), np.uint32)  # in its piece, that of the first event of the first block ...
        self._threads = threads

        def part(piece: slice) -> NDArray[np.int64]:
            which = number.take(user[piece], mode="clip")
            self._place[piece] = np.argsort(which, kind="stable")
            return np.bincount(which, minlength=len(self._sizes))

        self._pieces = list(_pieces(len(user), PIECE))
        self._many = np.array(list(threads.map(part, self._pieces)))  # by piece and block

    def parted(self, column: NDArray[Any], spare: _Spare) -> NDArray[Any]:
        """A column of all events, block after block; within each as it was. Its room is spare afterwards."""
        if column.strides == (0,) and len(column) > 1:
            return column
        found = spare.room(len(column), column.dtype)

        def part(piece: slice, many: NDArray[np.int64], first: NDArray[np.int64]) -> None:
            near, start = column[piece].take(self._place[piece], mode="clip"), 0
            for count, at in zip(many.tolist(), first.tolist(), strict=True):
                found[at : at + count] = near[start : start + count]
                start += count

        firsts = np.cumsum(self._sizes) - self._sizes + np.cumsum(self._many, axis=0) - self._many
        list(self._threads.map(part, self._pieces, self._many, firsts))  # which raises what went wrong
        spare.keep(column)
        return found

    def bounds(self) -> Iterator[tuple[int, int, int]]:
        """Of each block, where its events begin and end, and its first user."""
        ends = np.cumsum(self._sizes)
        for start, end, first in zip((ends - self._sizes).tolist(), ends.tolist(), self._firsts.tolist(), strict=True):
            if start < end:
                yield start, end, first


class _Spare:
    """Room that is not needed any more: to use it again takes less time than to get fresh room from the system."""

    def __init__(self) -> None:
        self._left: list[NDArray[np.uint8]] = []

    def keep(self, column: NDArray[Any]) -> None:
        """Have the room of a column, unless it may not be changed."""
        if column.flags.writeable:
            self._left.append(column.view(np.uint8))

    def room(self, size: int, kind: np.dtype[Any]) -> NDArray[Any]:
        """Room for numbers, which is kept no longer; fresh room where there is none."""
        need = size * kind.itemsize
        for number, left in enumerate(self._left):
            if len(left) >= need and left.ctypes.data % kind.itemsize == 0:
                self._left[number] = left[need:]
                return left[:need].view(kind)
        return room(size, kind)


@dataclass(frozen=True)
class _Span:
    """Where times lie: the first, the last, and the largest of second, millisecond and microsecond of which all are
    multiples."""

    low: int
    high: int
    unit: int

    @classmethod
    def of(cls, time: NDArray[np.int64]) -> _Span:
        unit = 1_000_000
        for piece in _pieces(len(time), PIECE):
            while (time[piece] % unit).any():
                unit //= 1000
            if unit == 1:
                break
        return cls(int(time.min()), int(time.max()), unit)


@dataclass(frozen=True)
class _Key:
    """User and time of a block's events as one number, which is sorted much faster than two.

    Attributes:
        low: the first time.
        unit: of which all times are multiples.
        bits: for the time in this unit since the first one.
    """

    low: int
    unit: int
    bits: int

    @classmethod
    def fitting(cls, users: int, span: _Span) -> _Key | None:
        """None if 64 bits are too few for so many users and these times."""
        bits = ((span.high - span.low) // span.unit).bit_length()
        return cls(span.low, span.unit, bits) if bits + (users - 1).bit_length() <= 64 else None

    def ordered(
        self, user: NDArray[np.int32], time: NDArray[np.int64], first: int, columns: Mapping[str, NDArray[Any]]
    ) -> Block:
        """Sort a block, whose first user is `first`; `time` is not what it was then."""
        key = np.subtract(user, first, dtype=np.int64).view(np.uint64)
        key <<= np.uint64(self.bits)
        time -= self.low
        since = time.view(np.uint64)  # more may lie between two times than a signed number holds
        if self.unit > 1:
            since //= np.uint64(self.unit)
        key |= since
        bits = (len(key) - 1).bit_length()
        if int(key.max()).bit_length() + bits <= 64:  # the place fits too
            key <<= np.uint64(bits)
            key |= np.arange(len(key), dtype=np.uint64)
            key.sort()
            order = (key & np.uint64((1 << bits) - 1)).view(np.int64)
            key >>= np.uint64(bits)
        else:
            order = np.argsort(key, kind="stable")
            key = key[order]
        # To take user and time out of the key takes less than to fetch them.
        np.bitwise_and(key, np.uint64((1 << self.bits) - 1), out=time.view(np.uint64))
        time *= self.unit
        time += self.low
        key >>= np.uint64(self.bits)
        user = key.astype(np.int32)
        user += np.int32(first)
        return Block(user, time, columns, order)


def _pieces(many: int, size: int) -> Iterator[slice]:
    return (slice(start, start + size) for start in range(0, many, size))


def repeated(block: Block, same: Callable[[NDArray[np.int64]], list[NDArray[Any]]]) -> NDArray[np.int64]:
    """Which event of a block each repeats: the first of those that are equal in user, time and all of `same`.

    Args:
        same: columns of some of the block's events.

    Returns:
        int64 [n], its place in the block; -1 for events that repeat none.
    """
    found = np.full(len(block.user), -1, np.int64)
    close = np.zeros(len(found), np.bool_)  # to the one before it
    np.equal(block.user[1:], block.user[:-1], out=close[1:])
    close[1:] &= block.time[1:] == block.time[:-1]
    later = np.flatnonzero(close)
    if not len(later):
        return found
    rows = np.unique(np.concatenate((later - 1, later)))  # in most logs they are few
    columns = [np.cumsum(~close[rows]), *same(rows)]
    order = np.lexsort(columns[::-1])  # stable: equals stay as they came
    fresh = np.zeros(len(rows), np.bool_)
    fresh[0] = True
    for column in columns:
        fresh[1:] |= column[order][1:] != column[order][:-1]
    first = order[np.maximum.accumulate(np.where(fresh, np.arange(len(rows)), 0))]
    found[rows[order[~fresh]]] = rows[first[~fresh]]
    return found
