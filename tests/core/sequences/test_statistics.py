"""The figures of the Data page agree with counting by hand."""

from __future__ import annotations

from dataclasses import fields

import duckdb
import numpy as np
import pytest

from core.data.counts import GAP_ENDS
from core.data.tables import create_statements
from core.progress import Progress
from core.sequences import statistics
from core.sequences.statistics import LENGTH_ENDS, DataStatistics, data_statistics
from core.sequences.store import load_log

DAY = 86_400_000_000
# user, time, item, behaviour
EVENTS = [
    (0, 0, 0, 0),
    (0, 5_000_000, 1, 0),
    (0, DAY, 0, 1),
    (1, 2 * DAY, 0, 0),
    (1, 2 * DAY, None, 0),
]


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for statement in create_statements():
        connection.execute(statement)
    return connection


def figures_of(connection: duckdb.DuckDBPyConnection) -> DataStatistics:
    return data_statistics(connection, load_log(connection), Progress())


def fill(connection: duckdb.DuckDBPyConnection, timed: bool) -> None:
    for record, (user, time, item, behaviour) in enumerate(EVENTS):
        connection.execute(
            "INSERT INTO events VALUES (?, ?, ?, ?, NULL, NULL, 0, ?)", [user, time, item, behaviour, record]
        )
    connection.execute("INSERT INTO users VALUES (0, 'a', 0), (1, 'b', 1)")
    connection.execute("INSERT INTO items SELECT i, i::VARCHAR, i, NULL, NULL, NULL, NULL FROM range(4) t(i)")
    connection.execute("INSERT INTO behaviours VALUES (0, 'view', false), (1, 'remove', true), (2, 'never', false)")
    connection.execute('INSERT INTO user_figures SELECT "user", count(*), min(time), max(time) FROM events GROUP BY 1')
    connection.execute("INSERT INTO data_facts VALUES ('timed', ?)", ["true" if timed else "false"])


def test_counts_days_lengths_and_gaps(connection: duckdb.DuckDBPyConnection) -> None:
    fill(connection, timed=True)
    figures = figures_of(connection)
    assert (figures.users, figures.items, figures.catalogue, figures.events, figures.without_item) == (2, 2, 4, 5, 1)
    assert (figures.start, figures.end) == (0, 2 * DAY)
    assert figures.days.tolist() == [0, 1, 2]
    assert figures.day_events.tolist() == [2, 1, 2]
    assert figures.length_counts.sum() == 2
    assert figures.length_counts[LENGTH_ENDS.index(3)] == 1
    assert figures.length_counts[LENGTH_ENDS.index(2)] == 1
    assert (figures.median_length, figures.longest) == (2.5, 3)
    # Gaps: 5 seconds, a day less 5 seconds, none; the step from one user to the next is no gap.
    assert figures.gap_counts.sum() == 3
    assert figures.gap_counts[GAP_ENDS.index(10_000_000)] == 1
    assert figures.gap_counts[GAP_ENDS.index(DAY)] == 1
    assert figures.gap_counts[0] == 1
    assert figures.pairs == 3
    assert figures.sparsity == pytest.approx(1 - 3 / 4)
    names = [(row.name, row.events, row.users, row.items, row.negative) for row in figures.behaviours]
    assert names == [("view", 4, 2, 2, False), ("remove", 1, 1, 1, True), ("never", 0, 0, 0, False)]
    np.testing.assert_allclose([figures.tail[0], figures.tail[len(figures.tail) // 2], figures.tail[-1]], [0, 0.75, 1])


def test_without_times_there_are_no_days_and_no_gaps(connection: duckdb.DuckDBPyConnection) -> None:
    fill(connection, timed=False)
    figures = figures_of(connection)
    assert (figures.start, figures.end) == (None, None)
    assert len(figures.days) == len(figures.gap_counts) == 0
    assert figures.events == 5


def test_an_empty_workspace_has_figures_too(connection: duckdb.DuckDBPyConnection) -> None:
    figures = figures_of(connection)
    assert (figures.users, figures.events, figures.sparsity, len(figures.tail)) == (0, 0, 0.0, 0)


@pytest.mark.parametrize("block", [1, 30, 1000])
def test_blocks_of_any_size_count_what_sql_counts(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(statistics, "BLOCK", block)
    connection.execute("SELECT setseed(0.5)")
    connection.execute(
        "INSERT INTO events SELECT u, h * 3_600_000_000, i, kind, NULL, NULL, 0, n FROM (SELECT n, "
        "(random() * 40)::INTEGER AS u, (random() * 30)::INTEGER AS h, (random() * 2)::INTEGER AS kind, "
        "CASE WHEN random() > 0.1 THEN (random() * 9)::INTEGER END AS i FROM range(500) t(n)) ORDER BY u, h, n"
    )
    connection.execute("INSERT INTO users SELECT i, i::VARCHAR, i FROM range(41) t(i)")
    connection.execute("INSERT INTO items SELECT i, i::VARCHAR, i, NULL, NULL, NULL, NULL FROM range(10) t(i)")
    connection.execute("INSERT INTO behaviours VALUES (0, 'view', false), (1, 'cart', false), (2, 'buy', false)")
    connection.execute('INSERT INTO user_figures SELECT "user", count(*), min(time), max(time) FROM events GROUP BY 1')
    connection.execute("INSERT INTO data_facts VALUES ('timed', 'true')")
    figures = figures_of(connection)

    def told(query: str) -> list[tuple[object, ...]]:
        return connection.execute(query).fetchall()

    assert [(figures.pairs,)] == told('SELECT count(DISTINCT ("user", item)) FROM events WHERE item IS NOT NULL')
    assert list(zip(figures.days.tolist(), figures.day_events.tolist(), strict=True)) == told(
        f"SELECT time // {DAY} AS day, count(*) FROM events GROUP BY day ORDER BY day"
    )
    assert [(row.name, row.events, row.users, row.items) for row in figures.behaviours] == told(
        'SELECT name, count(*), count(DISTINCT "user"), count(DISTINCT item) FROM events JOIN behaviours '
        "ON behaviour = code GROUP BY name ORDER BY 2 DESC, name"
    )
    within = ", ".join(f"count_if(x <= {end})" for end in GAP_ENDS)
    assert [tuple(np.cumsum(figures.gap_counts).tolist())] == told(
        f'SELECT {within}, count(x) FROM (SELECT time - lag(time) OVER (PARTITION BY "user" ORDER BY time) AS x '
        "FROM events)"
    )


def test_several_threads_count_what_one_counts(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(connection, timed=True)
    connection.execute("DELETE FROM events")
    connection.execute("DELETE FROM users")
    connection.execute("INSERT INTO users SELECT i, i::VARCHAR, i FROM range(300) t(i)")
    connection.execute(
        "INSERT INTO events SELECT i // 20, i * 7_000_000_000, CASE WHEN i % 9 > 0 THEN i * i % 4 END, i % 2, NULL, "
        "NULL, 0, i FROM range(6000) t(i)"
    )
    monkeypatch.setattr(statistics, "BLOCK", 100)
    found = []
    for threads in (1, 4):
        monkeypatch.setattr(statistics, "THREADS", threads)
        found.append(figures_of(connection))
    for field in fields(DataStatistics):
        one, several = (getattr(figures, field.name) for figures in found)
        np.testing.assert_array_equal(one, several, field.name)
    assert found[0].events == 6000
