"""Statements at once all happen or none, and what went wrong is what is told."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from core.data.database import PATIENCE, Database, at_once


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


def test_closing_breaks_off_what_other_threads_ask(tmp_path: Path) -> None:
    """Where DuckDB closes a connection that a thread is just using, the process ends with a segmentation fault."""
    for round_ in range(8):
        database = Database(tmp_path / f"{round_}.seqlens")
        with database.cursor() as cursor:
            cursor.execute("CREATE TABLE numbers AS SELECT range AS n FROM range(200000)")
        told: list[str] = []
        busy = threading.Barrier(5)

        def ask(database: Database = database, told: list[str] = told, busy: threading.Barrier = busy) -> None:
            try:
                for turn in range(10_000):
                    with database.cursor() as cursor:
                        cursor.register("asked", pa.table({"n": np.arange(50)}))
                        if turn == 1:
                            busy.wait()
                        cursor.execute("SELECT count(*) FROM numbers JOIN asked USING (n)").to_arrow_table()
            except duckdb.Error as error:
                told.append(type(error).__name__)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        busy.wait()
        began = time.monotonic()
        database.close()
        assert time.monotonic() - began < PATIENCE
        for thread in threads:
            thread.join(20)
        assert len(told) == 4
        assert set(told) <= {"ConnectionException", "InterruptException"}
        with pytest.raises(duckdb.ConnectionException):
            database.cursor()
