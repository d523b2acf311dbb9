"""Files with a million columns, and lines of two gigabytes, are refused with a message, in little time and memory."""

from __future__ import annotations

import gzip
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.data.guarded import Guard
from core.data.importer import import_files
from core.data.settings import ImportSettings
from core.errors import SeqlensError
from core.progress import Progress
from core.workspace import Workspace
from tests.core.data.importing import database, rows

COLUMNS, LONG = 1_000_000, 2 << 30
WIDE = (f"user,item{',' * (COLUMNS - 2)}\n" + f"1,2{',' * (COLUMNS - 2)}\n" * 2).encode()
NAMED = (",".join(f"c{n}" for n in range(COLUMNS)) + "\n" + "1," * (COLUMNS - 1) + "1\n").encode()
HEADER, ROW = b"user,item,timestamp\n", b"u,i,1700000000\n"

# What is really written at the beginning and at the end of a file with a line of 2 GiB, and what is told of it.
LINES = {
    "the first": (b"user,item," + b"a" * (2 << 20), b"", "has a first line without an end and is no table"),
    "the only row": (HEADER + b"u," + b"i" * (2 << 20), b"", "has a header and no rows that fit it"),
    "the second row": (HEADER + ROW + b"u," + b"i" * (2 << 20), b"", "line 3, is longer than 16 MB and no row of a"),
    "the last": (HEADER + ROW * 100_000 + b"u,", b"", "line 100002, is longer than 16 MB and no row of a table"),
    "one between": (HEADER + ROW * 100_000 + b"u,", b"\n" + ROW, "line 100002, is longer than 16 MB"),
}


def refusal(work: Callable[[], object]) -> str:
    """What the analyst is told where `work` refuses something; "" where it does not."""
    try:
        work()
    except SeqlensError as error:
        return str(error)
    return ""


def check(path: Path, folder: Path, message: str, by_guard: bool = True) -> None:
    """The file is refused: by the process that looks at its beginning, or by the import."""
    guard = Guard()
    try:
        told = refusal(lambda: guard.open(path, "events", ImportSettings()))
        assert (message in told) if by_guard else told == ""
        assert guard._process is not None, "it was not lost over the file"
    finally:
        guard.close()
    connection = database()
    assert message in refusal(lambda: import_files(connection, ImportSettings((path,)), Progress()))
    assert rows(connection, "SELECT count(*) FROM files") == [(0,)]
    if not sys.platform.startswith("linux"):
        return
    from tests.fuzz.trying import MEMORY, SECONDS, _import, in_a_process  # limits are tried where they can be set

    assert (MEMORY, SECONDS) == (2 << 30, 10.0)
    Workspace.create(folder / "w.seqlens").close()
    outcome, seconds, wrong = in_a_process(lambda: _import(path, folder / "w.seqlens"))
    assert (outcome, wrong) == ("refused", "")
    assert seconds < SECONDS


@pytest.mark.parametrize("packed", [False, True])
def test_a_million_columns_are_refused(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("wide.csv.gz" if packed else "wide.csv")
    path.write_bytes(gzip.compress(WIDE, 1) if packed else WIDE)
    check(path, tmp_path, "has 1000000 columns; at most 10000 can be read")


def test_a_million_columns_whose_names_take_more_than_is_looked_at_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_bytes(NAMED)
    check(path, tmp_path, "has a first line without an end and is no table")


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_two_gigabytes_is_refused(tmp_path: Path, line: str) -> None:
    beginning, end, message = LINES[line]
    path = tmp_path / "long.csv"
    if shutil.disk_usage(tmp_path).free < LONG:
        pytest.skip("the disk has no room for a file of 2 GiB, should it not leave out what is empty")
    with path.open("wb") as file:
        file.write(beginning)
        file.truncate(LONG + len(beginning))  # zeros, which take no room
        file.seek(0, 2)
        file.write(end)
    try:
        check(path, tmp_path, message, by_guard=line in ("the first", "the only row"))
    finally:
        path.unlink()
