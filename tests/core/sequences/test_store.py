"""What is read out of a workspace is what was put in, in its order."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.database import Database
from core.data.tables import create_statements
from core.privacy.passphrase import Salt
from core.sequences import store
from tests.filled import Event, fill

ITEMS = [
    ("i-b", "Blue kettle", "Kitchen", "Boils water", 19.5),
    ("i-a", None, None, None, None),
    ("007", "电饭煲 3L", "厨房", None, 0.0),
]
BEHAVIOURS = [("view", False), ("purchase", False), ("dislike", True)]
EVENTS: list[Event] = [
    (1, 50, 0, 1, 2.5, None),
    (0, 30, 2, 0, None, None),
    (1, 20, None, 0, None, 0),
    (1, 50, 1, 2, None, None),  # the same second as the first event, a later record
]


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    fill(connection, ["zoe", "Anna", "nobody"], ITEMS, BEHAVIOURS, EVENTS, texts=["kettle blue"])
    return connection


def test_log_has_every_event_in_order(connection: duckdb.DuckDBPyConnection) -> None:
    log = store.load_log(connection)
    assert log.offsets.tolist() == [0, 1, 4, 4]
    assert log.item.tolist() == [2, -1, 0, 1]
    assert log.behaviour.tolist() == [0, 0, 1, 2]
    assert log.time.tolist() == [30, 20, 50, 50]
    assert log.text.tolist() == [-1, 0, -1, -1]
    np.testing.assert_array_equal(log.value, np.array([np.nan, np.nan, 2.5, np.nan], np.float32))
    assert (log.items, log.timed) == (3, True)
    assert [(b.name, b.negative) for b in log.behaviours] == BEHAVIOURS
    dtypes = [column.dtype for column in (log.item, log.behaviour, log.time, log.value, log.text, log.offsets)]
    assert dtypes == [np.int32, np.uint8, np.int64, np.float32, np.int32, np.int64]


@settings(deadline=None, max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 4),
            st.integers(-(2**50), 2**50),
            st.one_of(st.none(), st.integers(0, 2)),
            st.integers(0, 2),
            st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False, width=32)),
            st.none(),
        ),
        max_size=30,
    )
)
def test_log_of_any_events_is_sorted_and_complete(events: list[Event]) -> None:
    connection = duckdb.connect()
    fill(connection, list("abcde"), ITEMS, BEHAVIOURS, events)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "PART", 5)  # several threads
        log = store.load_log(connection)
    expected = sorted(events, key=lambda event: event[:2])  # stable, as records are
    assert log.user.tolist() == [event[0] for event in expected]
    assert log.time.tolist() == [event[1] for event in expected]
    assert log.item.tolist() == [-1 if event[2] is None else event[2] for event in expected]
    assert np.nan_to_num(log.value, nan=7.0).tolist() == [7.0 if event[4] is None else event[4] for event in expected]
    for user in range(5):
        found = store.user_events(connection, user)
        part = log.select(np.array([user]))
        assert found.time.tolist() == part.time.tolist()
        assert found.item.tolist() == part.item.tolist()
        assert found.behaviour.tolist() == part.behaviour.tolist()


@pytest.mark.parametrize("part", [10_000, 1_000_000], ids=["several threads", "one"])
def test_log_of_several_batches_keeps_its_order(monkeypatch: pytest.MonkeyPatch, part: int) -> None:
    monkeypatch.setattr(store, "BATCH", 4096)
    monkeypatch.setattr(store, "PART", part)
    monkeypatch.setattr(store, "THREADS", 3)
    connection = duckdb.connect()
    fill(connection, ["u0", "u1", "u2"], ITEMS, BEHAVIOURS, [])
    connection.execute(
        "INSERT INTO events SELECT (i >= 200000)::INTEGER * 2, i, i % 3, 0, NULL, NULL, 0, i FROM range(500000) r(i)"
    )
    log = store.load_log(connection)
    assert log.offsets.tolist() == [0, 200_000, 200_000, 500_000]
    assert (log.time == np.arange(500_000)).all()
    assert (log.item == np.arange(500_000) % 3).all()


@pytest.mark.parametrize("swaps", [False, True], ids=["appended", "replaced"])
def test_what_an_import_changes_while_a_log_is_read_is_in_it_whole(
    monkeypatch: pytest.MonkeyPatch, connection: duckdb.DuckDBPyConnection, swaps: bool
) -> None:
    read, done = store._read, threading.Event()

    def meanwhile(*asked: object) -> object:
        if not done.is_set():
            done.set()
            with connection.cursor() as other:
                other.begin()
                if swaps:
                    other.execute("CREATE TABLE fewer AS SELECT * FROM events WHERE time > 30; DROP TABLE events")
                    other.execute("ALTER TABLE fewer RENAME TO events")
                else:
                    other.execute("INSERT INTO events VALUES (2, 70, 0, 1, NULL, NULL, 1, 0)")
                other.execute("DELETE FROM data_facts WHERE name = 'fingerprint'")
                other.execute("INSERT INTO data_facts VALUES ('fingerprint', '\"later\"')")
                other.commit()
        return read(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "_read", meanwhile)
    log = store.load_log(connection)
    assert log.time.tolist() == ([50, 50] if swaps else [30, 20, 50, 50, 70])
    assert log.offsets.tolist() == ([0, 0, 2, 2] if swaps else [0, 1, 4, 5])


def test_a_large_encrypted_log_is_read_by_several_threads_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(store, "PART", 100)
    monkeypatch.setattr(store, "THREADS", 3)
    with Database(tmp_path / "w.seqlens", Salt().key("several words")) as database, database.cursor() as cursor:
        fill(cursor, ["u0", "u1"], ITEMS, BEHAVIOURS, [])
        cursor.execute(
            "INSERT INTO events SELECT i // 500, i, i % 3, 0, NULL, NULL, 0, i FROM range(1000) r(i); CHECKPOINT"
        )
        log = store.load_log(cursor)
    assert log.offsets.tolist() == [0, 500, 1000]
    assert (log.item == np.arange(1000) % 3).all()


def test_rows_that_are_gone_or_not_committed_leave_the_log_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "PART", 1000)
    connection = duckdb.connect()
    fill(connection, ["u0", "u1"], ITEMS, BEHAVIOURS, [])
    insert = "INSERT INTO events SELECT i // {0}, i, 0, 0, NULL, NULL, 0, i FROM range({1}, {2}) r(i)"
    connection.execute(insert.format(20_000, 0, 20_000))
    connection.execute("DELETE FROM events WHERE time BETWEEN 3000 AND 4999")
    log = store.load_log(connection)
    assert (log.time == np.r_[0:3000, 5000:20_000]).all()
    connection.execute("BEGIN")
    connection.execute(insert.format(20_000, 20_000, 30_000))  # which other connections do not see
    log = store.load_log(connection)
    assert log.offsets.tolist() == [0, 18_000, 28_000]
    assert (log.time == np.r_[0:3000, 5000:30_000]).all()


def test_nothing_imported_yet_is_empty() -> None:
    connection = duckdb.connect()
    for statement in create_statements():
        connection.execute(statement)
    assert store.load_log(connection).offsets.tolist() == [0]
    assert store.load_catalogue(connection).items == 0
    assert store.user_table(connection).arrange("x", "span").tolist() == []
    assert store.user_events(connection, 0).events == 0


def test_catalogue_is_in_order_of_codes(connection: duckdb.DuckDBPyConnection) -> None:
    catalogue = store.load_catalogue(connection)
    assert catalogue.ids.to_pylist() == ["i-b", "i-a", "007"]
    assert catalogue.titles.to_pylist() == ["Blue kettle", None, "电饭煲 3L"]
    assert catalogue.categories.to_pylist() == ["Kitchen", None, "厨房"]
    np.testing.assert_array_equal(catalogue.prices, np.array([19.5, np.nan, 0.0], np.float32))
    assert catalogue.texts == ["Blue kettle. Kitchen. Boils water", "", "电饭煲 3L. 厨房"]


def test_user_events_carry_what_a_screen_shows(connection: duckdb.DuckDBPyConnection) -> None:
    events = store.user_events(connection, 1)
    assert events.user_id == "Anna"
    assert events.item.tolist() == [-1, 0, 1]
    assert events.ids.to_pylist() == [None, "i-b", "i-a"]
    assert events.titles.to_pylist() == [None, "Blue kettle", None]
    assert events.categories.to_pylist() == [None, "Kitchen", None]
    assert events.texts.to_pylist() == ["kettle blue", None, None]
    np.testing.assert_array_equal(events.price, np.array([np.nan, 19.5, np.nan], np.float32))
    assert [events.label(event) for event in range(3)] == ["kettle blue", "Blue kettle", "i-a"]
    assert store.user_events(connection, 2).events == 0
    assert store.user_events(connection, 99).user_id == ""


def test_users_are_searched_and_sorted(connection: duckdb.DuckDBPyConnection) -> None:
    table = store.user_table(connection)
    assert table.events.tolist() == [1, 3, 0]
    assert (table.first.tolist(), table.last.tolist()) == ([30, 20, 0], [30, 50, 0])

    def ids(*how: object) -> list[str]:
        return [table.ids[int(code)].as_py() for code in table.arrange(*how)]  # type: ignore[arg-type]

    assert ids() == ["Anna", "nobody", "zoe"]
    assert ids("", "id", True) == ["zoe", "nobody", "Anna"]
    assert ids("", "events", True) == ["Anna", "zoe", "nobody"]
    assert ids("", "last", True) == ["Anna", "zoe", "nobody"]
    assert ids("", "span", False) == ["nobody", "zoe", "Anna"]
    assert ids(" NO ") == ["nobody"]
    assert ids("o", "events", True) == ["zoe", "nobody"]
    assert ids("%") == []


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(-9, 9), st.integers(0, 9)), min_size=1, max_size=30),
    st.sampled_from([1, 1_000_000, 10**14, 10**16]),
    st.booleans(),
)
def test_any_order_is_the_plain_sort(rows: list[tuple[int, int, int]], unit: int, descending: bool) -> None:
    count = len(rows)
    rank = np.random.default_rng(count).permutation(count).astype(np.int32)
    table = store.UserTable(
        ids=pa.array([f"{place:02}" for place in rank]),
        rank=rank,
        events=np.array([row[0] for row in rows], np.int32),
        first=np.array([row[1] * unit for row in rows], np.int64),
        last=np.array([(row[1] + row[2]) * unit for row in rows], np.int64),
        timed=True,
    )
    by_id = sorted(range(count), key=lambda user: rank[user])
    keys = {"events": table.events, "last": table.last, "span": table.last - table.first}
    for sort, key in keys.items():
        sign = -1 if descending else 1
        expected = sorted(by_id, key=lambda user, key=key, sign=sign: sign * int(key[user]))
        assert table.arrange("", sort, descending).tolist() == expected
        assert table.arrange("1", sort, descending).tolist() == [u for u in expected if "1" in f"{rank[u]:02}"]


def test_real_log_agrees_with_the_database(shared_data: object) -> None:
    connection = duckdb.connect()
    for statement in create_statements():
        connection.execute(statement)
    source = f"read_csv('{shared_data}/ml-100k/ml-100k.inter', delim='\t', header=false, skip=1)"
    connection.execute(
        "CREATE TABLE raw AS SELECT column0::INTEGER AS u, column1::INTEGER AS i, column2::FLOAT AS r, column3 AS t, "
        f"row_number() OVER () AS n FROM {source}"
    )
    connection.execute("INSERT INTO users SELECT u - 1, u::VARCHAR, 0 FROM (SELECT DISTINCT u FROM raw)")
    connection.execute(
        "INSERT INTO items SELECT i - 1, i::VARCHAR, 0, NULL, NULL, NULL, NULL FROM (SELECT DISTINCT i FROM raw)"
    )
    connection.execute(
        "INSERT INTO events SELECT u - 1, t * 1000000, i - 1, 0, r, NULL, 0, n FROM raw ORDER BY u, t, n"
    )
    log = store.load_log(connection)
    assert (log.users, log.events) == (943, 100_000)
    assert log.value.sum() == connection.execute("SELECT sum(r) FROM raw").fetchall()[0][0]
    assert (np.diff(log.time)[np.diff(log.user) == 0] >= 0).all()


@pytest.mark.parametrize("events", [0, 3])
def test_what_a_window_reads_at_once_does_without_pandas(events: int) -> None:
    code = f"""
import sys, duckdb
from core.data.database import Database
from core.data.tables import create_statements
from core.privacy.passphrase import Salt
from core.sequences import store
connection = duckdb.connect()
for statement in create_statements():
    connection.execute(statement)
for number in range({events}):
    connection.execute(f"INSERT INTO users VALUES ({{number}}, 'u{{number}}', {{number}})")
    connection.execute(f"INSERT INTO user_figures VALUES ({{number}}, 1, 5, 6)")
    connection.execute(f"INSERT INTO events VALUES ({{number}}, 5, NULL, 0, NULL, NULL, 0, 0)")
assert len(store.user_table(connection).arrange("u", "events", True)) == {events}
assert store.user_events(connection, 0).events == {min(events, 1)}
store.load_log(connection)
store.load_catalogue(connection)
assert "pandas" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3], check=True)
