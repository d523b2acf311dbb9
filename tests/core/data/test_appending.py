"""Few new events go to the end of a large workspace; whoever reads it sees them in their places."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.data import importer
from core.data.importer import import_files
from core.data.report import load_reports
from core.data.settings import ImportSettings
from core.progress import Cancelled, Progress
from core.sequences import store
from core.sequences.log import EventLog
from core.sequences.statistics import data_statistics
from core.sequences.store import later_log, load_log, user_events
from tests.core.data.importing import bring, check_counts, database, events, everything, rows, write

HEADER = "user_id,item_id,behavior,timestamp,rating\n"
FEW = settings(
    max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
EVENTS = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("xyz"), st.sampled_from(["view", "buy"]), st.integers(0, 9)),
    min_size=1,
    max_size=8,
)


def as_csv(table: list[tuple[str, str, str, int]], value: str = "") -> str:
    return HEADER + "".join(f"{user},{item},{kind},{1_600_000_000 + n},{value}\n" for user, item, kind, n in table)


def base(many: int = 60) -> str:
    """A log that is large beside what is appended."""
    return HEADER + "".join(f"{'abcdefg'[n % 7]},w,view,{1_600_000_000 + n % 10},{n % 5}\n" for n in range(many))


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "APPEND_FROM", 1)
    monkeypatch.setattr(store, "PART", 7)  # logs are read by several threads


def check_log(connection: duckdb.DuckDBPyConnection) -> None:
    """The log is what sorting all events gives."""
    log = load_log(connection)
    stored = connection.execute(
        'SELECT "user", time, coalesce(item, -1), behaviour, value FROM events ORDER BY "user", time, file, record'
    ).fetchnumpy()
    user, time, item, behaviour, value = (np.ma.filled(column, np.nan) for column in stored.values())
    np.testing.assert_array_equal(log.user, user)
    np.testing.assert_array_equal(log.time, time)
    np.testing.assert_array_equal(log.item, item)
    np.testing.assert_array_equal(log.behaviour, behaviour)
    np.testing.assert_array_equal(log.value, value)


def check_same(one: EventLog, other: EventLog) -> None:
    for name in ("item", "behaviour", "time", "value", "text", "offsets"):
        mine, theirs = getattr(one, name), getattr(other, name)
        np.testing.assert_array_equal(mine, theirs)
        assert (mine.dtype, mine.strides) == (theirs.dtype, theirs.strides)  # what no event has takes no memory
    assert (one.behaviours, one.items, one.timed) == (other.behaviours, other.items, other.timed)


def state(connection: duckdb.DuckDBPyConnection) -> tuple[str, EventLog]:
    """The fingerprint of the data, and the log."""
    return rows(connection, "SELECT value FROM data_facts WHERE name = 'fingerprint'")[0][0], load_log(connection)


@FEW
@given(days=st.lists(st.tuples(EVENTS, st.sampled_from(["", "2.5"])), min_size=1, max_size=3))
@pytest.mark.parametrize("valued", [True, False])
def test_a_log_in_memory_takes_in_what_was_appended(
    valued: bool, days: list[tuple[list[tuple[str, str, str, int]], str]]
) -> None:
    connection = database()
    with tempfile.TemporaryDirectory() as folder:
        start = [("abcdefg"[n % 7], "w", "view", n // 7) for n in range(140)]
        bring(connection, write(Path(folder, "base.csv"), as_csv(start, "3" if valued else "")))
        states = [state(connection)]
        for day, (table, value) in enumerate(days):
            bring(connection, write(Path(folder, f"{day}.csv"), as_csv(table, value)))
            states.append(state(connection))
        with pytest.MonkeyPatch.context() as patch:
            patch.delattr(store, "load_log")  # the events of before are not read again
            now = [later_log(connection, *each) for each in states[:-1]]
    for log in now:
        check_same(log, states[-1][1])


def test_where_more_happened_than_appending_the_log_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = database()
    bring(connection, write(tmp_path / "base.csv", base()))
    first = state(connection)
    bring(connection, write(tmp_path / "day.csv", as_csv([("a", "x", "view", 20)])))
    second = state(connection)
    check_same(later_log(connection, *first), second[1])
    with monkeypatch.context() as patch:
        patch.setattr(importer, "APPEND_FROM", 1 << 60)
        bring(connection, write(tmp_path / "anew.csv", as_csv([("a", "y", "view", 21)])))
    for former in (first, second, ("other", first[1])):
        check_same(later_log(connection, *former), load_log(connection))
    third = state(connection)
    bring(connection, write(tmp_path / "more.csv", as_csv([("b", "y", "view", 22)])))
    rows(connection, "UPDATE data_facts SET value = '\"fewer\"' WHERE name = 'fingerprint'")
    rows(connection, "DELETE FROM events WHERE item = (SELECT max(item) FROM events)")  # as when users are forgotten
    check_same(later_log(connection, *third), load_log(connection))


@FEW
@given(first=EVENTS, second=EVENTS)
def test_appended_is_as_good_as_ordered_anew(
    first: list[tuple[str, str, str, int]], second: list[tuple[str, str, str, int]]
) -> None:
    appended, anew = database(), database()
    with tempfile.TemporaryDirectory() as folder:
        files = [
            write(Path(folder, "0.csv"), base(200)),
            write(Path(folder, "1.csv"), as_csv(first)),
            write(Path(folder, "2.csv"), as_csv(second) + "\n"),
        ]
        for file in files:
            report = bring(appended, file)
            check_counts(report, appended)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(importer, "APPEND_FROM", 1 << 60)
            reports = [bring(anew, file) for file in files]
    assert int(rows(appended, "SELECT value FROM data_facts WHERE name = 'ordered'")[0][0]) == reports[0].events
    assert report.files[0].known == reports[-1].files[0].known
    assert sorted(events(appended)) == sorted(events(anew))
    mine, other = everything(appended), everything(anew)
    for name in ("users", "items", "behaviours", "user_figures", "rejections"):
        assert mine[name] == other[name], name
    check_log(appended)
    check_log(anew)
    one, two = (data_statistics(one, load_log(one), Progress()) for one in (appended, anew))
    np.testing.assert_array_equal(one.gap_counts, two.gap_counts)
    assert (one.events, one.pairs, one.start, one.end) == (two.events, two.pairs, two.start, two.end)


def test_a_file_that_overlaps_adds_what_is_new_and_says_what_was_known(tmp_path: Path) -> None:
    connection = database(tmp_path / "workspace")
    bring(connection, write(tmp_path / "base.csv", base(200)))
    before = rows(connection, "SELECT count(*) FROM events")[0][0]
    day = as_csv([("a", "x", "view", 20), ("a", "x", "view", 20), ("new", "w", "buy", 3)]) + "a,w,view,1600000000,0\n"
    report = bring(connection, write(tmp_path / "day.csv", day))
    assert (report.new_events, report.rules, report.files[0].known) == (2, {"duplicate": 2}, 1)
    assert "day.csv: 1 events were in the workspace already" in str(report.notes[0])
    assert report.events == before + 2 == load_log(connection).events
    assert load_reports(connection)[-1].files[0].known == 1
    same = bring(connection, write(tmp_path / "copy.csv", day))
    assert same.unchanged
    assert same.new_events == 0
    assert same.events == before + 2
    found = user_events(connection, 0)
    assert (np.diff(found.time) >= 0).all()
    assert found.ids[-1].as_py() == "x"


def test_when_much_was_appended_all_is_ordered_anew(tmp_path: Path) -> None:
    connection = database()
    bring(connection, write(tmp_path / "base.csv", base(60)))
    found = []
    for day in range(22):
        bring(connection, write(tmp_path / f"{day}.csv", as_csv([("a", "x", "view", 100 + day)])))
        counts = rows(connection, "SELECT value, (SELECT count(*) FROM events) FROM data_facts WHERE name = 'ordered'")
        found.append(int(counts[0][0]) == counts[0][1])
    assert sum(found) == 1
    check_log(connection)


def test_a_catalogue_leaves_the_events_where_they_are(tmp_path: Path) -> None:
    connection = database()
    bring(connection, write(tmp_path / "base.csv", base(200)))
    bring(connection, write(tmp_path / "day.csv", as_csv([("a", "x", "view", 100)])))
    before = rows(connection, "FROM events"), rows(connection, "FROM user_figures")
    report = bring(connection, items_files=(write(tmp_path / "items.csv", "item_id,title\nx,Lamp\n"),))
    assert (report.new_events, report.events) == (0, len(before[0]))
    assert (rows(connection, "FROM events"), rows(connection, "FROM user_figures")) == before
    assert rows(connection, "SELECT title FROM items WHERE id = 'x'") == [("Lamp",)]
    check_log(connection)


def test_stopping_leaves_the_state_before(tmp_path: Path) -> None:
    class StopAt(Progress):
        def __init__(self, n: int) -> None:
            super().__init__()
            self.left = n

        def report(self, *_: object) -> None:
            self.left -= 1
            if self.left == 0:
                self.cancel()

    connection = database(tmp_path / "workspace")
    bring(connection, write(tmp_path / "base.csv", base(200)))
    before = everything(connection)
    more = write(tmp_path / "day.csv", as_csv([("a", "x", "view", 20)]))
    for n in range(1, 30):
        try:
            with connection.cursor() as cursor:
                import_files(cursor, ImportSettings((more,)), StopAt(n))
        except Cancelled:
            assert everything(connection) == before
        else:
            break
    assert n > 5
    assert len(rows(connection, "FROM events")) == len(before["events"]) + 1
