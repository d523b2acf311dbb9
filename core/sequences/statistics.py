"""Figures of the imported data.

What tables hold a row of is asked by SQL. What goes over all events is counted on the columns of the log, a block of
users at a time: twenty million events take SQL six seconds of processor time, most of them to tell pairs apart.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import duckdb

    from core.progress import Progress
    from core.sequences.log import EventLog

# Upper ends of the bars of sequence lengths and, in microseconds, of gaps; the last bar is open.
LENGTH_ENDS = (1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1000)
SECOND = 1_000_000
DAY = 86_400 * SECOND
BLOCK = 1 << 18  # events that are looked at together, if no user has more
GAP_ENDS = tuple(
    SECOND * seconds
    for seconds in (1, 10, 60, 300, 1800, 3600, 6 * 3600, 86400, 3 * 86400, 7 * 86400, 30 * 86400, 90 * 86400)
)
TAIL_POINTS = 200
THREADS = min(4, os.cpu_count() or 1)


@dataclass(frozen=True)
class BehaviourFigures:
    """Events, users and items of one behaviour."""

    name: str
    negative: bool
    events: int
    users: int
    items: int


@dataclass(frozen=True)
class DataStatistics:
    """What the Data page shows.

    Attributes:
        users: users with at least one event.
        items: items with at least one event.
        catalogue: all items, with events or without.
        events: all events.
        without_item: events that only have a text.
        start, end: first and last time, microseconds since 1970 UTC; None where the data have no times.
        behaviours: the behaviours, the most frequent first.
        days: int64 [days], days since 1970 on which something happened; empty without times.
        day_events: int64 [days], events on each.
        length_counts: int64 [len(LENGTH_ENDS) + 1], users by length of sequence.
        median_length: of the sequences, 0 where there are none.
        longest: length of the longest sequence.
        gap_counts: int64 [len(GAP_ENDS) + 1], neighbouring events of one user by the time between; empty without times.
        tail: float64 [points], the share of all events that the most frequent items hold, at equal steps from none to
            all of the items.
        pairs: different (user, item) pairs; `sparsity` is the share of all possible pairs that did not happen.
    """

    users: int
    items: int
    catalogue: int
    events: int
    without_item: int
    start: int | None
    end: int | None
    behaviours: tuple[BehaviourFigures, ...]
    days: NDArray[np.int64]
    day_events: NDArray[np.int64]
    length_counts: NDArray[np.int64]
    median_length: float
    longest: int
    gap_counts: NDArray[np.int64]
    tail: NDArray[np.float64]
    pairs: int

    @property
    def sparsity(self) -> float:
        """Share of all pairs of a user and an item that have no event."""
        possible = self.users * self.items
        return 1.0 - self.pairs / possible if possible else 0.0

    def to_dict(self) -> dict[str, object]:
        """For JSON; `from_dict` reads it back."""
        told = {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in vars(self).items()}
        return told | {"behaviours": [vars(one) for one in self.behaviours]}

    @classmethod
    def from_dict(cls, told: dict[str, Any]) -> DataStatistics:
        """The inverse of `to_dict`.

        Raises:
            KeyError, TypeError, ValueError: it is not what `to_dict` gives.
        """
        arrays = {
            name: np.array(told[name], np.int64) for name in ("days", "day_events", "length_counts", "gap_counts")
        }
        kinds = tuple(BehaviourFigures(**one) for one in told["behaviours"])
        return cls(**{**told, **arrays, "tail": np.array(told["tail"], np.float64), "behaviours": kinds})


def data_statistics(connection: duckdb.DuckDBPyConnection, log: EventLog, progress: Progress) -> DataStatistics:
    """Compute the figures of all imported events.

    Args:
        log: all events of the workspace that `connection` reads.

    Raises:
        Cancelled: the analyst pressed stop, or went on.
    """
    counted = _count(log, progress)
    lengths = connection.execute(
        "SELECT count(*), coalesce(median(events), 0), coalesce(max(events), 0) FROM user_figures WHERE events > 0"
    ).fetchall()[0]
    items = np.sort(counted.item_events[counted.item_events > 0])[::-1]
    timed = log.timed and log.events > 0
    first = int(log.time.min()) // DAY if timed else 0
    days = np.flatnonzero(counted.day_events)
    return DataStatistics(
        users=lengths[0],
        items=len(items),
        catalogue=connection.execute("SELECT count(*) FROM items").fetchall()[0][0],
        events=log.events,
        without_item=log.events - int(items.sum()),
        start=int(log.time.min()) if timed else None,
        end=int(log.time.max()) if timed else None,
        behaviours=counted.behaviours(),
        days=days + first,
        day_events=counted.day_events[days],
        length_counts=_histogram(connection, "SELECT events AS x FROM user_figures WHERE events > 0", LENGTH_ENDS),
        median_length=float(lengths[1]),
        longest=lengths[2],
        gap_counts=np.diff(counted.gaps_within, prepend=0) if log.timed else np.zeros(0, dtype=np.int64),
        tail=_tail(items),
        pairs=counted.pairs,
    )


def _count(log: EventLog, progress: Progress) -> _Counted:
    """Count all events, some of the blocks in each thread: numpy lets go of the interpreter's lock."""
    first, *others = [_Counted(log) for _ in range(THREADS)]
    blocks = first.blocks()

    def take(counted: _Counted, begin: int) -> None:
        for start, end in blocks[begin::THREADS]:
            progress.check()
            counted.take(start, end)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(take, (first, *others), range(THREADS)))
    for other in others:
        first.add(other)
    return first


class _Counted:
    """What is counted over blocks of users.

    Attributes:
        item_events: int64 [items].
        day_events: int64 [days], from the first day on; empty without times.
        gaps_within: int64 [len(GAP_ENDS) + 1], neighbours not farther apart than each end; the last are all.
        pairs: different pairs of a user and an item.
    """

    def __init__(self, log: EventLog) -> None:
        kinds = len(log.behaviours)
        self.item_events = np.zeros(log.items, np.int64)
        self.day_events = np.zeros(0, np.int64)
        self.gaps_within = np.zeros(len(GAP_ENDS) + 1, np.int64)
        self.pairs = 0
        self._log = log
        self._events, self._users = np.zeros(kinds, np.int64), np.zeros(kinds, np.int64)
        self._items = np.zeros((log.items, kinds), np.bool_)
        if log.timed and log.events:
            self._first = int(log.time.min()) // DAY
            self.day_events = np.zeros(int(log.time.max()) // DAY - self._first + 1, np.int64)

    def blocks(self) -> list[tuple[int, int]]:
        """The first and the end of the users of each block."""
        offsets, found, start = self._log.offsets, [], 0
        while start < self._log.users:
            end = max(start + 1, int(np.searchsorted(offsets, offsets[start] + BLOCK, "right")) - 1)
            found.append((start, end))
            start = end
        return found

    def take(self, start: int, end: int) -> None:
        """Count the events of the users from `start` to before `end`."""
        log, kinds = self._log, len(self._events)
        events = slice(int(log.offsets[start]), int(log.offsets[end]))
        item, behaviour = log.item[events], log.behaviour[events]
        user = np.repeat(np.arange(end - start), np.diff(log.offsets[start : end + 1]))
        self._events += np.bincount(behaviour, minlength=kinds)
        did = np.zeros((end - start) * kinds, np.bool_)
        did[user * kinds + behaviour] = True
        self._users += did.reshape(-1, kinds).sum(0)
        if log.timed:
            self._take_times(log.time[events], user)
        there = item >= 0
        if not there.all():
            item, behaviour, user = item[there], behaviour[there], user[there]
        self.item_events += np.bincount(item, minlength=log.items)
        self._items[item, behaviour] = True
        pair = user * log.items + item
        pair.sort()
        self.pairs += int(np.count_nonzero(np.diff(pair))) + bool(len(pair))

    def add(self, other: _Counted) -> None:
        """Add what was counted of other users."""
        self.item_events += other.item_events
        self.day_events += other.day_events
        self.gaps_within += other.gaps_within
        self.pairs += other.pairs
        self._events += other._events
        self._users += other._users
        self._items |= other._items

    def _take_times(self, time: NDArray[np.int64], user: NDArray[np.int64]) -> None:
        self.day_events += np.bincount(time // DAY - self._first, minlength=len(self.day_events))
        gap = np.diff(time)[user[1:] == user[:-1]]
        # Comparing with each end takes a third of the time of looking each gap up.
        within = [int(np.count_nonzero(gap <= most)) for most in GAP_ENDS]
        self.gaps_within += np.array([*within, len(gap)])

    def behaviours(self) -> tuple[BehaviourFigures, ...]:
        """The behaviours, the most frequent first."""
        rows: Any = zip(self._log.behaviours, self._events, self._users, self._items.sum(0), strict=True)
        found = [BehaviourFigures(told.name, told.negative, *map(int, counts)) for told, *counts in rows]
        return tuple(sorted(found, key=lambda one: (-one.events, one.name)))


def _histogram(connection: duckdb.DuckDBPyConnection, values: str, ends: tuple[int, ...]) -> NDArray[np.int64]:
    """Counts of the query's column `x` by bars with the given upper ends, int64 [len(ends) + 1]."""
    sums = ", ".join(
        f"count(*) FILTER (x <= {end}{f' AND x > {ends[place - 1]}' if place else ''})"
        for place, end in enumerate(ends)
    )
    rows = connection.execute(f"SELECT {sums}, count(*) FILTER (x > {ends[-1]}) FROM ({values})").fetchall()
    return np.array(rows[0], dtype=np.int64)


def _tail(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    if len(counts) == 0:
        return np.zeros(0)
    held = np.concatenate(([0.0], np.cumsum(counts) / counts.sum()))
    return np.interp(np.linspace(0, len(counts), TAIL_POINTS + 1), np.arange(len(held)), held)
