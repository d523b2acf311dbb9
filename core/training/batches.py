"""Sequences of very different lengths as dense blocks with almost no padding.

Most of a left-padded batch of short sequences is padding. Here sequences are sorted by length, so that a block holds
sequences of nearly one length, and every block holds about as many events as the others, whatever their length.

Column 0 of a block is the start of a sequence, column `t` shows its event `t - 1` and is asked for its event `t`. So
the model also learns what comes first, which is what it says of an empty history.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.sequences.log import EventLog

GAP_BUCKETS = 32  # powers of two of seconds: the last one begins at 68 years


@dataclass(frozen=True)
class Events:
    """The columns of a log that a sequence model reads: one row an event, and a last one that stands for no event.

    Attributes:
        item: int32 [events + 1], -1 where there is none.
        text: int32 [events + 1], the code of the text of an event without item; -1 for the others.
        behaviour: uint8 [events + 1].
        gap: uint8 [events + 1], the time since the user's event before: 0 for the first, else 1 + log2 of the seconds.
        value: float32 [events + 1], the event's value, standardised; 0 where there is none.
        target: int32 [events + 1], the item where the event may be predicted, else -1.
        offsets: int64 [users + 1].
    """

    item: NDArray[np.int32]
    text: NDArray[np.int32]
    behaviour: NDArray[np.uint8]
    gap: NDArray[np.uint8]
    value: NDArray[np.float32]
    target: NDArray[np.int32]
    offsets: NDArray[np.int64]

    @classmethod
    def of(cls, log: EventLog, value_mean: float = 0.0, value_scale: float = 1.0) -> Events:
        """The columns of a log; values are taken relative to `value_mean` and divided by `value_scale`."""
        gap = np.zeros(log.events, dtype=np.uint8)
        if log.timed and log.events:
            inside = log.position > 0
            seconds = np.diff(log.time, prepend=log.time[0])[inside] / 1e6
            buckets = np.log2(np.maximum(seconds, 0.0) + 1.0).astype(np.int64) + 1
            gap[inside] = np.minimum(buckets, GAP_BUCKETS - 1)
        value = np.nan_to_num((log.value - value_mean) / value_scale).clip(-3.0, 3.0).astype(np.float32)
        target = np.where(log.positive, log.item, -1).astype(np.int32)
        return cls(
            np.append(log.item, np.int32(-1)),
            np.append(np.where(log.item < 0, log.text, -1), np.int32(-1)).astype(np.int32),
            np.append(log.behaviour, np.uint8(0)),
            np.append(gap, np.uint8(0)),
            np.append(value, np.float32(0)),
            np.append(target, np.int32(-1)),
            log.offsets,
        )


@dataclass(frozen=True)
class Windows:
    """Pieces of sequences: the events `start:end` of a log each; `first` if a user's sequence begins there."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    first: NDArray[np.bool_]

    @property
    def lengths(self) -> NDArray[np.int64]:
        return self.end - self.start

    def select(self, rows: NDArray[np.int64]) -> Windows:
        return Windows(self.start[rows], self.end[rows], self.first[rows])


@dataclass(frozen=True)
class Block:
    """Sequences of nearly one length; padding is at the right, where a causal model never looks.

    Attributes:
        item: int64 [rows, columns], -1 for the start, for padding and for events without item.
        text: int64 [rows, columns], the code of the text that an event without item has; else -1.
        behaviour: int64 [rows, columns].
        gap: int64 [rows, columns].
        value: float32 [rows, columns].
        known: bool [rows, columns], whether the column shows an event (false for the start and for padding).
        position: int64 [rows, columns], the place in the sequence: 0 for the start, then 1, 2, ...
        asked: int64 [targets], places in the flattened block at which a next item is asked for.
        target: int64 [targets], those items.
    """

    item: NDArray[np.int64]
    text: NDArray[np.int64]
    behaviour: NDArray[np.int64]
    gap: NDArray[np.int64]
    value: NDArray[np.float32]
    known: NDArray[np.bool_]
    position: NDArray[np.int64]
    asked: NDArray[np.int64]
    target: NDArray[np.int64]

    def rows(self, start: int, end: int) -> Block:
        """The block of only some of the rows."""
        columns = self.item.shape[1]
        some = (self.asked >= start * columns) & (self.asked < end * columns)
        return Block(
            self.item[start:end],
            self.text[start:end],
            self.behaviour[start:end],
            self.gap[start:end],
            self.value[start:end],
            self.known[start:end],
            self.position[start:end],
            self.asked[some] - start * columns,
            self.target[some],
        )


def training_windows(offsets: NDArray[np.int64], longest: int, rng: np.random.Generator) -> Windows:
    """Every sequence, the long ones cut into pieces of at most `longest` events, at other places in each epoch."""
    lengths = np.diff(offsets)
    shift = np.where(lengths > longest, rng.integers(0, longest, len(lengths)), 0)
    pieces = -(-(lengths + shift) // longest)
    user = np.repeat(np.arange(len(lengths)), pieces)
    number = np.arange(len(user)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    start = np.maximum(number * longest - shift[user], 0) + offsets[user]
    end = np.minimum((number + 1) * longest - shift[user] + offsets[user], offsets[user + 1])
    return Windows(start, end, number == 0)


def last_windows(offsets: NDArray[np.int64], longest: int) -> Windows:
    """The last `longest` events of each sequence, one piece a user, empty sequences included."""
    start = np.maximum(offsets[:-1], offsets[1:] - longest)
    return Windows(start, offsets[1:].copy(), start == offsets[:-1])


def by_length(
    lengths: NDArray[np.int64], budget: int, rng: np.random.Generator | None = None
) -> list[NDArray[np.int64]]:
    """Rows grouped so that each group, padded to its longest, has at most `budget` cells (one row at least).

    With `rng` equal lengths are mixed and the groups come in random order; else the longest come last.
    """
    mixed = rng.permutation(len(lengths)) if rng else np.arange(len(lengths))
    order = mixed[np.argsort(lengths[mixed], kind="stable")]
    widths = lengths[order]
    groups, begin = [], 0
    while begin < len(order):
        first = begin

        def cells(stop: int, first: int = first) -> int:
            return int(widths[stop - 1] + 1) * (stop - first)

        stop = bisect_right(range(first + 1, len(order) + 1), budget, key=cells) + first
        begin = max(stop, first + 1)
        groups.append(order[first:begin])
    return [groups[index] for index in rng.permutation(len(groups))] if rng else groups


def training_block(events: Events, windows: Windows) -> Block:
    """The windows as a block in which every moment is asked for the event that follows, from those before it."""
    column = np.arange(int(windows.lengths.max(initial=1)))[None, :]  # [1, columns]
    cell = windows.start[:, None] + column  # the event that follows a column: [rows, columns]
    inside = cell < windows.end[:, None]
    inside[:, 0] &= windows.first  # what comes first in a later piece of a sequence is no beginning
    target = events.target[np.where(inside, cell, -1)].ravel().astype(np.int64)
    asked = np.flatnonzero(target >= 0)
    return _block(events, windows, windows.lengths - 1, asked, target[asked])


def scoring_block(events: Events, windows: Windows) -> Block:
    """The windows as a block that is asked for what follows the last event of each window, in the order of the rows."""
    columns = int(windows.lengths.max(initial=0)) + 1
    asked = np.arange(len(windows.start)) * columns + windows.lengths
    return _block(events, windows, windows.lengths, asked, np.full(len(asked), -1, dtype=np.int64))


def training_blocks(
    events: Events,
    longest: int,
    budget: int,
    rng: np.random.Generator,
    share: Callable[[NDArray[np.int64]], NDArray[np.int64]] | None = None,
) -> Iterator[Block]:
    """One epoch: every event of the log once, in blocks of at most `budget` cells.

    With `share`, a block has only those of its rows that it gives, and may have none.
    """
    windows = training_windows(events.offsets, longest, rng)
    windows = windows.select(np.flatnonzero(windows.lengths > 0))
    for rows in by_length(windows.lengths - 1, budget, rng):
        yield training_block(events, windows.select(share(rows) if share else rows))


def partial_block(events: Events, start: int, seen: NDArray[np.bool_]) -> Block:
    """Versions of one sequence in which only some events are seen, each asked for what follows the last that is seen.

    What is not seen is left out, and the others keep their positions.

    Args:
        start: where the sequence begins in `events`.
        seen: bool [rows, length of the sequence].
    """
    lengths = seen.sum(1)
    row, place = np.nonzero(seen)
    column = 1 + np.arange(len(row)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    shape = len(seen), int(lengths.max(initial=0)) + 1
    source, position = np.full(shape, -1), np.zeros(shape, dtype=np.int64)
    source[row, column], position[row, column] = start + place, place + 1
    asked = np.arange(len(seen)) * shape[1] + lengths
    return _shown(events, source, position, asked, np.full(len(asked), -1, dtype=np.int64))


def _block(
    events: Events, windows: Windows, shown: NDArray[np.int64], asked: NDArray[np.int64], target: NDArray[np.int64]
) -> Block:
    """A block whose rows show the first `shown` events of their windows in the columns from 1 on."""
    column = np.arange(int(shown.max(initial=0)) + 1)[None, :]  # [1, columns]
    known = (column > 0) & (column <= shown[:, None])  # [rows, columns]
    source = np.where(known, windows.start[:, None] + column - 1, -1)
    return _shown(events, source, np.broadcast_to(column, source.shape).copy(), asked, target)


def _shown(
    events: Events,
    source: NDArray[np.int64],
    position: NDArray[np.int64],
    asked: NDArray[np.int64],
    target: NDArray[np.int64],
) -> Block:
    """A block of the rows `source` of `events`; -1 is the last of them, which is no event."""
    return Block(
        events.item[source].astype(np.int64),
        events.text[source].astype(np.int64),
        events.behaviour[source].astype(np.int64),
        events.gap[source].astype(np.int64),
        events.value[source],
        source >= 0,
        position,
        asked,
        target,
    )
