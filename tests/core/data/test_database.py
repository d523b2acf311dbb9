"""Statements at once all happen or none, and what went wrong is what is told."""

from __future__ import annotations

import duckdb
import pytest

from core.data.database import at_once


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY)")
    return connection


def put(connection: duckdb.DuckDBPyConnection, *values: object, failure: Exception | None = None) -> None:
    with at_once(connection):
        for value in values:
            connection.execute("INSERT INTO t VALUES (?)", [value])
        if failure is not None:
            raise failure


def held(connection: duckdb.DuckDBPyConnection) -> list[tuple[int]]:
    return connection.execute("SELECT a FROM t ORDER BY a").fetchall()


def test_all_happen_or_none(connection: duckdb.DuckDBPyConnection) -> None:
    put(connection, 1, 2)
    assert held(connection) == [(1,), (2,)]
    with pytest.raises(KeyError):
        put(connection, 3, failure=KeyError())
    with pytest.raises(duckdb.ConversionException, match="Could not convert"):
        put(connection, 4, "no number")
    assert held(connection) == [(1,), (2,)]


def test_why_it_cannot_be_kept_is_told(connection: duckdb.DuckDBPyConnection) -> None:
    def both() -> None:
        with at_once(connection):
            connection.execute("INSERT INTO t VALUES (1)")
            put(connection.cursor(), 1)

    with pytest.raises(duckdb.Error, match=r"Failed to commit.*duplicate key"):
        both()
    assert held(connection) == [(1,)]
    put(connection, 2)  # nothing was left open
    assert held(connection.cursor()) == [(1,), (2,)]


def test_a_failure_that_ended_the_transaction_itself_is_told(connection: duckdb.DuckDBPyConnection) -> None:
    def ended() -> None:
        with at_once(connection):
            connection.rollback()
            raise KeyError

    with pytest.raises(KeyError):
        ended()
