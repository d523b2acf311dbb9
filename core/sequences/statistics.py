"""Figures of the imported data.

What tables hold a row of is asked by SQL. What goes over all events is counted by numpy, a block of users at a time,
while they are imported or on the columns of the log: twenty million events take SQL six seconds of processor time, most
of them to tell pairs apart.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.data.counts import Counts

if TYPE_CHECKING:
    import duckdb

    from core.progress import Progress
    from core.sequences.log import Behaviour, EventLog

# Upper ends of the bars of sequence lengths; the last bar is open.
LENGTH_ENDS = (1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1000)
BLOCK = 1 << 18  # events that are looked at together, if no user has more
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
    return of_counts(connection, _count(log, progress), log.behaviours)


def of_counts(
    connection: duckdb.DuckDBPyConnection, counts: Counts, behaviours: tuple[Behaviour, ...]
) -> DataStatistics:
    """The figures of all imported events, of which these were counted."""
    users, median, longest, start, end = connection.execute(
        "SELECT count(*), coalesce(median(events), 0), coalesce(max(events), 0), min(first), max(last) "
        "FROM user_figures WHERE events > 0"
    ).fetchall()[0]
    items = np.sort(counts.item_events[counts.item_events > 0])[::-1]
    (days, day_events), events = counts.days(), int(counts.behaviour_events.sum())
    of_each = (counts.behaviour_events, counts.behaviour_users, counts.behaviour_items.sum(0))
    rows: Any = zip(behaviours, *of_each, strict=True)
    kinds = [BehaviourFigures(told.name, told.negative, *map(int, found)) for told, *found in rows]
    return DataStatistics(
        users=users,
        items=len(items),
        catalogue=connection.execute("SELECT count(*) FROM items").fetchall()[0][0],
        events=events,
        without_item=events - int(items.sum()),
        start=start if counts.timed else None,
        end=end if counts.timed else None,
        behaviours=tuple(sorted(kinds, key=lambda one: (-one.events, one.name))),
        days=days,
        day_events=day_events,
        length_counts=_histogram(connection, "SELECT events AS x FROM user_figures WHERE events > 0", LENGTH_ENDS),
        median_length=float(median),
        longest=longest,
        gap_counts=np.diff(counts.gaps_within, prepend=0) if counts.timed else np.zeros(0, dtype=np.int64),
        tail=_tail(items),
        pairs=counts.pairs,
    )


def _count(log: EventLog, progress: Progress) -> Counts:
    """Count all events, some of the blocks in each thread: numpy lets go of the interpreter's lock."""
    first, *others = [Counts(log.items, len(log.behaviours), log.timed) for _ in range(THREADS)]
    blocks = _blocks(log)

    def take(counts: Counts, begin: int) -> None:
        for start, end in blocks[begin::THREADS]:
            progress.check()
            events = slice(int(log.offsets[start]), int(log.offsets[end]))
            user = np.repeat(np.arange(start, end, dtype=np.int32), log.lengths[start:end])
            counts.take(user, log.time[events], log.item[events], log.behaviour[events])

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(take, (first, *others), range(THREADS)))
    for other in others:
        first.add(other)
    return first


def _blocks(log: EventLog) -> list[tuple[int, int]]:
    """The first and the end of the users of each block."""
    offsets, found, start = log.offsets, [], 0
    while start < log.users:
        end = max(start + 1, int(np.searchsorted(offsets, offsets[start] + BLOCK, "right")) - 1)
        found.append((start, end))
        start = end
    return found


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
