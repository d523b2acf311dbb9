"""Files that cannot be imported, or not all of them: the message, and that nothing is changed."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from core.data.failures import translated
from core.errors import SeqlensError
from tests.core.data.importing import bring, check_counts, check_tables, database, events, everything, write

GOOD = "user,item,time\nu,a,1700000000\nv,b,1700000001\n"


FATAL = b"user,item,behavior,timestamp,query,price\n" + b"u,i,view,1700000000,\x90,1\n" * 3
"""What no character is, in a column before unused ones, makes DuckDB 1.5 fail for good."""


def folder(path: Path) -> Path:
    (path / "folder.csv").mkdir()
    return path / "folder.csv"


BAD: dict[str, tuple[Callable[[Path], Path], str]] = {
    "empty": (lambda p: write(p / "x.csv", ""), "x.csv is empty"),
    "blank": (lambda p: write(p / "x.csv", "\n\n \n"), "x.csv is empty"),
    "header alone": (lambda p: write(p / "x.csv", "user,item,time\n"), "has a header and no rows"),
    "binary": (lambda p: write(p / "x.csv", bytes(range(256)) * 50), "binary file"),
    "picture": (lambda p: write(p / "x.csv", b"\x89PNG\r\n\x1a\n" + bytes(1000)), "binary file"),
    "workbook": (lambda p: write(p / "x.csv", b"PK\x03\x04" + bytes(1000)), "an Excel workbook"),
    "no user": (lambda p: write(p / "x.csv", "item,time\na,1700000000\n"), r"hold the user.*columns are: item, time"),
    "no item": (lambda p: write(p / "x.csv", "user,time\na,1700000000\n"), r"hold the item"),
    "one column": (lambda p: write(p / "x.csv", "user\na\nb\n"), "has one column, user"),
    "no valid event": (
        lambda p: write(p / "x.csv", "user,item,time\n,a,1700000000\n,b,1700000000\nu,,1700000000\n"),
        r"none of 3 rows is a valid event. For 2 of them: The user id is missing",
    ),
    "folder": (folder, "no Parquet file in"),
    "absent": (lambda p: p / "gone.csv", "There is no file"),
    "cut gzip": (lambda p: write(p / "x.csv.gz", gzip.compress(GOOD.encode() * 9000)[:-40]), "cut off gzip"),
    "broken parquet": (lambda p: write(p / "x.parquet", b"PAR1" + bytes(100) + b"PAR1"), "cannot be read"),
    "catalogue alone": (lambda p: write(p / "x.item", "item_id:token\ttitle:token\na\tA\n"), "hold the user"),
}


def test_a_file_that_makes_duckdb_fail_for_good_takes_nothing_with_it(tmp_path: Path) -> None:
    connection = database()
    bring(connection, write(tmp_path / "good.csv", GOOD))
    columns = {"user": "user", "item": "item", "query": "text"}
    path = write(tmp_path / "x.csv", FATAL)
    with pytest.raises(SeqlensError, match=r"x\.csv cannot be read"):
        bring(connection, path, columns=columns, encoding="windows-1252", order="file", replace=True)
    assert len(everything(connection)["events"]) == 2
    assert bring(connection, write(tmp_path / "next.csv", GOOD + "w,c,1700000002\n")).new_events == 1
    check_tables(connection)


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_told_and_change_nothing(name: str, tmp_path: Path) -> None:
    connection = database()
    bring(connection, write(tmp_path / "good.csv", GOOD))
    before = everything(connection)
    make, message = BAD[name]
    path = make(tmp_path)
    with pytest.raises(SeqlensError, match=message) as caught:
        bring(connection, path)
    assert everything(connection) == before
    assert path.name in str(caught.value)
    assert bring(connection, write(tmp_path / "next.csv", GOOD + "w,c,1700000002\n")).new_events == 1
    check_tables(connection)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="this user may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", GOOD)
    path.chmod(0)
    with pytest.raises(SeqlensError, match="cannot be read"):
        bring(database(), path)


def test_a_file_that_vanishes_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.data import importer

    connection = database()
    bring(connection, write(tmp_path / "good.csv", GOOD))
    before = everything(connection)
    path = write(tmp_path / "x.csv", GOOD.replace("u,", "w,"))
    scan = importer.scan

    def then_gone(*arguments: object) -> object:
        found = scan(*arguments)  # type: ignore[arg-type]
        path.unlink()
        return found

    monkeypatch.setattr(importer, "scan", then_gone)
    with pytest.raises(SeqlensError, match="cannot be read"):
        bring(connection, path)
    assert everything(connection) == before


def test_a_repeated_column_name_is_changed_and_noted(tmp_path: Path) -> None:
    connection = database()
    report = bring(connection, write(tmp_path / "x.csv", "user,item,time,item\nu,a,1700000000,z\n"))
    assert events(connection, ["item"]) == [("a",)]
    assert "two columns called item; column 4 is called item_2" in str(report.notes[0])


def test_ragged_rows_are_counted_with_their_lines(tmp_path: Path) -> None:
    connection = database()
    content = 'user,item,time\nu,a,1700000000\nu\nu,"b\nb",1700000001\n\nu,c,1,2,3\nu,d,x\nu,e,1700000003\n'
    report = bring(connection, write(tmp_path / "x.csv", content))
    assert report.rules == {"malformed_row": 2, "unreadable_time": 1}
    assert [(r.line, r.rule) for r in report.rejections] == [
        (3, "malformed_row"),
        (7, "malformed_row"),
        (8, "unreadable_time"),
    ]
    assert [item for (item,) in events(connection, ["item"])] == ["a", "b\nb", "e"]
    check_counts(report, connection)


def test_of_a_ragged_row_no_column_without_a_role_is_kept(tmp_path: Path) -> None:
    connection = database()
    content = "user,item,time,email\nu,a,1700000000,a@example.org\nv,secret@example.org\n"
    report = bring(connection, write(tmp_path / "x.csv", content))
    assert report.files[0].unused == ("email",)
    assert [(r.line, r.rule, r.value) for r in report.rejections] == [(3, "malformed_row", None)]
    report = bring(connection, write(tmp_path / "y.csv", "user,item,time\nu,b,1700000001\nv,w\n"))
    assert [(r.line, r.rule, r.value) for r in report.rejections] == [(3, "malformed_row", "v,w")]


def test_a_line_of_ten_megabytes_is_rejected_alone(tmp_path: Path) -> None:
    connection = database()
    report = bring(
        connection, write(tmp_path / "x.csv", GOOD + "u," + "x" * 10_000_000 + ",1700000000\nu,c,1700000009\n")
    )
    assert report.rules == {"malformed_row": 1}
    assert report.rejections[0].line == 4
    assert report.rejections[0].reason == "The line is too long"
    assert report.events == 3


@pytest.mark.parametrize("packed", [False, True])
def test_a_line_without_end_is_refused_with_its_number(tmp_path: Path, packed: bool) -> None:
    content = (GOOD + "u," + "x" * (17 << 20) + ",1700000000\nu,c,1700000009\n").encode()
    path = write(tmp_path / "x.csv", gzip.compress(content, 1) if packed else content)
    with pytest.raises(SeqlensError, match=r"x\.csv, line 4, is longer than 16 MB"):
        bring(database(), path)


def test_rows_in_another_encoding_are_rejected(tmp_path: Path) -> None:
    connection = database()
    lines = "".join(f"u,文{n},{1_700_000_000 + n}\n" for n in range(100)).encode()
    report = bring(connection, write(tmp_path / "x.csv", b"user,item,time\n" + lines + b"u,\xff\xfe,1700000000\n"))
    assert report.rules == {"malformed_row": 1}
    assert report.rejections[0].reason == "The row is not in the encoding of the file"
    assert report.events == 100


def test_line_ends_of_several_kinds(tmp_path: Path) -> None:
    connection = database()
    report = bring(
        connection, write(tmp_path / "x.csv", "user,item,time\r\nu,a,1700000000\nu,b,1700000001\r\nu,c,no\n")
    )
    assert [item for (item,) in events(connection, ["item"])] == ["a", "b"]
    assert [r.line for r in report.rejections] == [4]


def test_an_unclosed_quotation_mark_does_not_swallow_rows_unseen(tmp_path: Path) -> None:
    connection = database()
    rest = "".join(f"u,i{n},{1_700_000_000 + n}\n" for n in range(50))
    content = 'user,item,time\nu,a,1700000000\nu,"a,1700000000\n' + rest
    with pytest.raises(SeqlensError, match=r"x.csv, line 3: a quotation mark is not closed"):
        bring(connection, write(tmp_path / "x.csv", content))


def test_failures_of_the_disk_are_told() -> None:
    full = translated(duckdb.IOException('IO Error: Could not write file "x.db": No space left on device'))
    assert "The disk is full" in str(full)
    limit = translated(duckdb.OutOfMemoryException("failed to offload; 'max_temp_directory_size' reached"))
    assert "The disk is full" in str(limit)


def test_a_disk_that_fills_leaves_the_state_before(tmp_path: Path) -> None:
    connection = database(tmp_path / "workspace")
    bring(connection, write(tmp_path / "good.csv", GOOD))
    before = everything(connection)
    big = tmp_path / "big.csv"
    connection.execute(
        "COPY (SELECT range // 3 AS user_id, md5(range::VARCHAR) AS item_id, 1600000000 + range AS timestamp "
        f"FROM range(400000)) TO '{big}'"
    )
    connection.execute("SET memory_limit = '60MB'; SET max_temp_directory_size = '1MB'")
    with pytest.raises(SeqlensError, match=r"The disk is full|not enough memory"):
        bring(connection, big)
    connection.execute("RESET memory_limit; RESET max_temp_directory_size")
    assert everything(connection) == before
    check_tables(connection)
