"""Figures of the imported data, computed by SQL over the workspace's tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import duckdb

# Upper ends of the bars of sequence lengths and, in microseconds, of gaps; the last bar is open.
LENGTH_ENDS = (1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1000)
SECOND = 1_000_000
GAP_ENDS = tuple(
    SECOND * seconds
    for seconds in (1, 10, 60, 300, 1800, 3600, 6 * 3600, 86400, 3 * 86400, 7 * 86400, 30 * 86400, 90 * 86400)
)
TAIL_POINTS = 200


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


def data_statistics(connection: duckdb.DuckDBPyConnection) -> DataStatistics:
    """Compute the figures of all imported events."""
    facts = dict(connection.execute("SELECT name, value FROM data_facts").fetchall())
    timed = facts.get("timed") == "true"
    events, items, start, end = connection.execute(
        "SELECT count(*), count(item), min(time), max(time) FROM events"
    ).fetchall()[0]
    lengths = connection.execute(
        "SELECT count(*), coalesce(median(events), 0), coalesce(max(events), 0) FROM user_figures WHERE events > 0"
    ).fetchall()[0]
    counts = _item_counts(connection)
    gaps = _gaps(int(facts.get("ordered", events)), events)
    days, day_events = _days(connection) if timed else _empty_days()
    return DataStatistics(
        users=lengths[0],
        items=len(counts),
        catalogue=connection.execute("SELECT count(*) FROM items").fetchall()[0][0],
        events=events,
        without_item=events - items,
        start=start if timed else None,
        end=end if timed else None,
        behaviours=_behaviours(connection),
        days=days,
        day_events=day_events,
        length_counts=_histogram(connection, "SELECT events AS x FROM user_figures WHERE events > 0", LENGTH_ENDS),
        median_length=float(lengths[1]),
        longest=lengths[2],
        gap_counts=_histogram(connection, gaps, GAP_ENDS) if timed else np.zeros(0, dtype=np.int64),
        tail=_tail(counts),
        pairs=connection.execute(PAIRS).fetchall()[0][0],
    )


# Events stand sorted by user and time, so neighbours in the table are neighbours in the sequence; a window without
# partition streams and needs no sort. Only users of whom events were appended are sorted.
GAPS = (
    'SELECT x FROM (SELECT "user", time - lag(time) OVER () AS x, "user" = lag("user") OVER () AS same FROM events '
    "WHERE rowid < {ordered}) WHERE same{others}"
)
LATE = 'SELECT "user" FROM events WHERE rowid >= {ordered}'
LATE_GAPS = (
    ' UNION ALL SELECT x FROM (SELECT time - lag(time) OVER (PARTITION BY "user" ORDER BY time) AS x FROM events '
    'WHERE "user" IN ({late})) WHERE x IS NOT NULL'
)


def _gaps(ordered: int, events: int) -> str:
    """SQL of the times between neighbours in sequences, `x`; the first `ordered` events of the table are sorted."""
    if ordered >= events:
        return GAPS.format(ordered=events, others="")
    late = LATE.format(ordered=ordered)
    return GAPS.format(ordered=ordered, others=f' AND "user" NOT IN ({late})') + LATE_GAPS.format(late=late)


# Pairs as one 64-bit number: counting distinct integers is several times faster than distinct rows.
PAIRS = 'SELECT count(DISTINCT ("user"::BIGINT << 32) | item) FROM events WHERE item IS NOT NULL'


def _behaviours(connection: duckdb.DuckDBPyConnection) -> tuple[BehaviourFigures, ...]:
    rows = connection.execute(
        'SELECT name, negative, count(events.behaviour), count(DISTINCT events."user"), count(DISTINCT item) '
        "FROM behaviours LEFT JOIN events ON events.behaviour = behaviours.code "
        "GROUP BY behaviours.code, name, negative ORDER BY 3 DESC, name"
    ).fetchall()
    return tuple(BehaviourFigures(*row) for row in rows)


def _item_counts(connection: duckdb.DuckDBPyConnection) -> NDArray[np.int64]:
    columns = connection.execute(
        "SELECT count(*) AS events FROM events WHERE item IS NOT NULL GROUP BY item ORDER BY events DESC"
    ).fetchnumpy()
    return np.asarray(columns["events"], dtype=np.int64)


def _days(connection: duckdb.DuckDBPyConnection) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    columns = connection.execute(
        "SELECT time // 86400000000 AS day, count(*) AS events FROM events GROUP BY day ORDER BY day"
    ).fetchnumpy()
    return np.asarray(columns["day"], dtype=np.int64), np.asarray(columns["events"], dtype=np.int64)


def _empty_days() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)


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
