"""What Arrow reads of plain files is what DuckDB reads of them, and of files that are not plain DuckDB reads all."""

from __future__ import annotations

import csv
import dataclasses
import gzip
import io
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from unittest import mock

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.data import importer, plain
from core.data.report import ImportReport
from core.data.settings import Rules
from core.errors import SeqlensError
from tests.core.data.importing import bring, check_counts, check_tables, database, everything, rows, write

COLUMNS = {"user": "user", "item": "item", "behaviour": "behaviour", "time": "time", "value": "value"}
ODD = [
    "",
    " ",
    "NULL",
    "nan",
    '"',
    '""',
    "'x",
    "'-1",
    "-1",
    " 7",
    "7 ",
    "007",
    "+7",
    "0xFFFFFF",
    "7.0",
    "1e2",
    "用户",
    "é",
]
IDS = st.integers(0, 30).map(str)
NAMES = st.sampled_from(["u1", "u2", "商品", "=1+1", "'=1", 'a"b', "a b"])
TIMES = st.integers(1_500_000_000, 1_500_000_100).map(str)
VALUES = st.sampled_from(["", "1", "4.5", "0.1", "-3", "1e3", "3.4028235e38", "16777217"])


def mostly(common: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """One cell in many is odd, so that some files have none and others one far down."""
    return st.integers(0, 60).flatmap(lambda dice: common if dice else st.sampled_from([*ODD, "x,y", "1_000", "inf"]))


ROW = st.tuples(
    mostly(IDS) | mostly(IDS | NAMES),
    mostly(IDS),
    mostly(st.sampled_from(["view", "buy", "-1"])),
    mostly(TIMES | st.sampled_from(["", "99999999999", "9007199255001", "-5", "0001500000000"])),
    mostly(VALUES),
    mostly(st.sampled_from(["a", "b c", "红"])),
)


def content(table: Sequence[tuple[str, ...]], quoting: Literal[0, 1] | None, line_end: str, last_end: bool) -> str:
    """`quoting` is one of csv's, or None for cells written as they are."""
    header = [*COLUMNS, "other"]
    if quoting is None:
        lines = [",".join(row) for row in [header, *table]]
        return line_end.join(lines) + line_end * last_end
    out = io.StringIO()
    csv.writer(out, lineterminator=line_end, quoting=quoting).writerows([header, *table])
    return out.getvalue()


def imported(path: Path, tried: list[bool], quick: bool, form: str = "seconds", **options: Any) -> tuple[Any, ...]:
    """All tables and the report, or the error; notes in `tried` whether a file was found plain."""

    def noted(*arguments: Any) -> Any:
        found = plain.stage_plain(*arguments) if quick else None
        tried.append(found is not None)
        return found

    connection = database()
    with mock.patch.object(importer, "stage_plain", noted):
        try:
            report = bring(connection, path, columns=COLUMNS, time_format=form, delimiter=",", **options)
        except SeqlensError as error:
            return (str(error),)
    check_tables(connection)
    check_counts(report, connection)
    return everything(connection), *told(report)


def told(report: ImportReport) -> tuple[Any, ...]:
    return dataclasses.replace(report, seconds=0), report.to_json().split('"seconds"')[0]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    table=st.lists(ROW, min_size=1, max_size=40),
    quoting=st.sampled_from([None, None, csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    line_end=st.sampled_from(["\n", "\n", "\r\n"]),
    last_end=st.booleans(),
    impossible=st.booleans(),
    block=st.sampled_from([200, 1 << 20]),
    packed=st.booleans(),
)
def test_both_ways_read_the_same(
    table: list[tuple[str, ...]],
    quoting: Literal[0, 1] | None,
    line_end: str,
    last_end: bool,
    impossible: bool,
    block: int,
    packed: bool,
) -> None:
    rules = Rules(impossible_time=impossible, latest="2026-01-01")
    written = content(table, quoting, line_end, last_end)
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(plain, "BLOCK", block):
        path = write(Path(folder, "x.csv"), gzip.compress(written.encode()) if packed else written)
        quick, slow = (imported(path, [], way, rules=rules, header=True) for way in (True, False))
    assert quick == slow, written


SOUND = [("1", "2", "view", "1500000000", "4.5", "a"), ("3", "2", "buy", "1500000001", "", "b c")]


@pytest.mark.parametrize("quoting", [None, csv.QUOTE_MINIMAL])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("members", [0, 1, 2])
def test_plain_files_are_found_plain(tmp_path: Path, quoting: Literal[0] | None, line_end: str, members: int) -> None:
    rejected = [("", "2", "view", "1500000000", "1", "a"), ("1", "", "view", "1500000000", "1", "a")]
    rejected += [("1", "2", "-1", "1500000000", "1", "a"), ("1", "2", "", "1500000000", "1", "a")]
    rejected += [("1", "2", "view", "", "1", "a"), ("1", "2", "view", "99999999999", "1", "a"), SOUND[0]]
    written = content([*SOUND, *rejected, ("用户", "x-1", "收藏", "1500000002", "2", "")], quoting, line_end, True)
    tried: list[bool] = []
    half = written.encode()[:100], written.encode()[100:]
    packed = {0: written.encode(), 1: gzip.compress(written.encode()), 2: b"".join(map(gzip.compress, half))}
    found = imported(write(tmp_path / "x.csv", packed[members]), tried, True)
    assert tried == [True]
    assert found == imported(tmp_path / "x.csv", tried, False)
    assert {rule for _, rule, *_ in found[0]["rejections"]} == {
        *("missing_user", "missing_item", "invalid_behaviour", "unreadable_time", "impossible_time", "duplicate")
    }


@pytest.mark.parametrize("item", ["2", "x-1"])
def test_a_quoted_nothing_is_nothing(tmp_path: Path, item: str) -> None:
    written = content([*SOUND, ("1", item, '""', "1500000000", "1", "a")], None, "\n", True)
    tried: list[bool] = []
    found = imported(write(tmp_path / "x.csv", written), tried, True)
    assert tried == [True]
    assert found == imported(tmp_path / "x.csv", [], False)


ISO = st.datetimes(datetime(1960, 1, 1), datetime(2300, 1, 1)).map(lambda time: time.replace(microsecond=0))
ODD_TIMES = ["", " ", "NULL", "2024-02-30 00:00:00", "2024-02-28", "2024-02-28 10:00", "2024-02-28 10:00:00.5", "soon"]
ODD_TIMES += ["2024-02-28 10:00:00Z", "2024-02-28 24:00:00", "0000-01-01 00:00:00", "9999-12-31T23:59:59", "infinity"]


@settings(max_examples=25, deadline=None)
@given(
    times=st.lists(ISO.map(lambda time: time.isoformat(" ")) | ISO.map(datetime.isoformat), min_size=1, max_size=30),
    odd=st.none() | st.sampled_from(ODD_TIMES),
    impossible=st.booleans(),
)
def test_both_ways_read_the_same_moments(times: list[str], odd: str | None, impossible: bool) -> None:
    table = [(str(place % 3), "2", "view", time, "1", "a") for place, time in enumerate(times)]
    if odd is not None:
        table.append(("1", "2", "view", odd, "1", "a"))
    tried: list[bool] = []
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder, "x.csv"), content(table, None, "\n", True))
        rules = Rules(impossible_time=impossible, latest="2200-01-01")
        quick, slow = (imported(path, tried, way, rules=rules, form="iso") for way in (True, False))
    assert tried[0] == (odd in (None, "", "9999-12-31T23:59:59"))
    assert quick == slow


def test_quoted_words_are_plain(tmp_path: Path) -> None:
    written = 'user,item,behaviour,time\n"u1","7","view",1500000000\nu1,7,view,1500000001\n"u,2",7,"buy",1500000000\n'
    columns = {name: name for name in ("user", "item", "behaviour", "time")}
    tried: list[bool] = []
    for content in (written.replace("u,2", "u2"), written):
        path = write(tmp_path / "x.csv", content)
        both = []
        for quick in (True, False):
            connection = database()

            def noted(*arguments: Any, quick: bool = quick) -> Any:
                found = plain.stage_plain(*arguments) if quick else None
                tried.append(found is not None)
                return found

            with mock.patch.object(importer, "stage_plain", noted):
                bring(connection, path, columns=columns)
            both.append(everything(connection))
        assert both[0] == both[1]
    assert tried == [True, False, False, False]


@pytest.mark.parametrize(
    "line",
    [
        *("1,2,view,1500000000,4.5", "1,2,view,1500000000,4.5,a,b", '1,2,vi"ew,1500000000,4.5,a'),
        *("NULL,2,view,1500000000,4.5,a", "1,2 ,view,1500000000,4.5,a", "1,2,view,1.5e9,4.5,a"),
        *("1,2,view,0x59682F00,4.5,a", "1,2,view,1500000000,nan,a", '1,2,view,1500000000,4.5,"a"b'),
        *("1,2,'-1,1500000000,4.5,a", "1,2,view,9999999999999999,4.5,a", '1,2,view,1500000000,4.5,"a\nb"'),
    ],
)
def test_one_odd_row_leaves_the_file_to_duckdb(tmp_path: Path, line: str) -> None:
    # Further down than what is looked at before, and than a block.
    sound = content(SOUND * 600, None, "\n", True)
    path = write(tmp_path / "x.csv", f"{sound}{line}\n" + "".join(sound.splitlines(keepends=True)[1:3]))
    tried: list[bool] = []
    with mock.patch.object(plain, "BLOCK", 10_000):
        quick = imported(path, tried, True)
    assert tried == [False]
    assert quick == imported(path, [], False)


@pytest.mark.parametrize("cell", range(6))
def test_what_is_no_utf8_is_left_to_duckdb(tmp_path: Path, cell: int) -> None:
    odd = b",".join(value.encode() + (b"\xe4\xb8" if place == cell else b"") for place, value in enumerate(SOUND[0]))
    written = content(SOUND, None, "\n", True)
    path = write(tmp_path / "x.csv", written.encode() + odd + b"\n" + "用户,2,buy,1500000009,1,红\n".encode() * 9)
    tried: list[bool] = []
    quick = imported(path, tried, True, encoding="utf-8")
    assert tried == [False]
    assert quick == imported(path, [], False, encoding="utf-8")


def test_a_file_that_is_not_plain_leaves_nothing_behind(tmp_path: Path) -> None:
    first = write(tmp_path / "a.csv", content(SOUND, None, "\n", True))
    odd = write(tmp_path / "b.csv", content([*SOUND, ("9", "8", "view", "1500000009", "x", "a")], None, "\n", True))
    connection: duckdb.DuckDBPyConnection = database()
    with mock.patch.object(plain, "_has_plain_sample", return_value=True):
        bring(connection, first, odd, columns=COLUMNS, time_format="seconds")
    assert rows(connection, "SELECT id FROM users ORDER BY id") == [("1",), ("3",), ("9",)]
    assert rows(connection, "SELECT count(*) FROM events") == [(3,)]
    check_tables(connection)
