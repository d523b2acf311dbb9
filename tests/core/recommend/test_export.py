"""What is written is read back by other programs with the same rows, harmless, and whole or not at all."""

from __future__ import annotations

import csv
import json
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from core.errors import SeqlensError
from core.progress import Cancelled, Progress
from core.recommend import sheets
from core.recommend.export import write_lists, write_tables
from core.recommend.lists import Lists
from tests.logs import catalogue_of

ITEMS = 20
CATALOGUE = catalogue_of(ITEMS)
USERS = pa.array(["007", "=cmd|' /C calc'!A0", "用户,甲", "-5"])
HEADER = ["user_id", "rank", "item_id", "title", "category", "price", "score"]
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def lists() -> list[Lists]:
    """Two blocks of two users; the second user has a single item left."""
    blocks = []
    for number, items in enumerate(([[5, 1, 0], [3, -1, -1]], [[2, 4, 7], [19, 10, 11]])):
        array = np.array(items, dtype=np.int32)
        scores = np.array([[0.1, 0.05, -2], [1e-7, -0.5, -1]], dtype=np.float32) - number
        shares = np.stack((scores * 0.25, scores * 0.75), axis=2)
        users = np.array([2 * number, 2 * number + 1], dtype=np.int32)
        blocks.append(Lists(users, array, scores, ("transitions", "content"), np.zeros_like(scores), shares))
    return blocks


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def read_xlsx(path: Path) -> list[list[list[Any]]]:
    """Rows of each sheet, read by the letter of the file format."""
    sheets = []
    with zipfile.ZipFile(path) as book:
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            root = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
            shared = ["".join(node.itertext()) for node in root.iter(f"{SPACE}si")]
        for name in sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet")):
            root = ElementTree.fromstring(book.read(name))
            assert root.find(f".//{SPACE}f") is None, "a cell is a formula"
            rows = []
            for row in root.iter(f"{SPACE}row"):
                cells: list[Any] = []
                for cell in row.iter(f"{SPACE}c"):
                    column = ord(cell.attrib["r"][0]) - ord("A")
                    cells += [None] * (column - len(cells))
                    text = "".join(cell.itertext())
                    kind = cell.attrib.get("t")
                    cells.append(shared[int(text)] if kind == "s" else text if kind == "inlineStr" else float(text))
                rows.append(cells)
            sheets.append(rows)
    return sheets


def test_csv_is_what_excel_reads_and_never_computes(tmp_path: Path) -> None:
    path = tmp_path / "lists.csv"
    assert write_lists(path, lists(), USERS, CATALOGUE) == 10
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "Excel shows Chinese only with this mark"
    header, *rows = read_csv(path)
    assert header == HEADER
    assert rows[0] == ["007", "1", "005", "'=1+5", "category 1", "5.99", "0.1"]
    assert rows[1][3] == "热卖 item 1"
    assert rows[2][4:6] == ["", ""], "no category and no price stay empty"
    assert rows[3] == ["'=cmd|' /C calc'!A0", "1", "003", "热卖 item 3", "", "3.99", "1e-7"]
    assert [row[0] for row in rows[4:]] == ["用户,甲"] * 3 + ["'-5"] * 3
    assert [row[1] for row in rows] == ["1", "2", "3", "1", "1", "2", "3", "1", "2", "3"]


def test_the_breakdown_has_a_column_for_each_component(tmp_path: Path) -> None:
    path = tmp_path / "lists.parquet"
    write_lists(path, lists(), USERS, CATALOGUE, breakdown=True)
    table = parquet.read_table(path)
    assert table.column_names == [*HEADER, "base", "transitions", "content"]
    parts = sum(table[name].to_numpy() for name in ("base", "transitions", "content"))
    assert parts == pytest.approx(table["score"].to_numpy(), abs=1e-6)
    assert table["user_id"].to_pylist()[3] == "=cmd|' /C calc'!A0", "a data frame computes nothing"
    assert table["price"].null_count == 2


def test_json_is_an_array_of_objects(tmp_path: Path) -> None:
    path = tmp_path / "lists.json"
    write_lists(path, lists(), USERS, CATALOGUE)
    rows = json.loads(path.read_text(encoding="utf-8"))
    assert len(rows) == 10
    assert rows[1] == {
        "user_id": "007", "rank": 2, "item_id": "001", "title": "热卖 item 1", "category": "category 1",
        "price": 1.99, "score": 0.05,
    }  # fmt: skip
    assert rows[2]["category"] is None
    assert rows[2]["price"] is None


def test_xlsx_goes_on_on_a_new_sheet_and_has_no_formulas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.recommend.sheets.SHEET_ROWS", 7)
    path = tmp_path / "lists.xlsx"
    write_lists(path, lists(), USERS, CATALOGUE)
    sheets = read_xlsx(path)
    assert [len(sheet) for sheet in sheets] == [7, 5]
    assert all(sheet[0] == HEADER for sheet in sheets)
    rows = [row for sheet in sheets for row in sheet[1:]]
    assert rows[0] == ["007", 1.0, "005", "'=1+5", "category 1", 5.99, 0.1]
    assert rows[3][0] == "'=cmd|' /C calc'!A0"
    assert rows[2][4:6] == [None, None]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json", ".parquet"])
def test_a_stopped_export_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def stopped() -> Iterator[Lists]:
        yield lists()[0]
        raise Cancelled

    path = tmp_path / f"lists{suffix}"
    path.write_bytes(b"what was there")
    with pytest.raises(Cancelled):
        write_lists(path, stopped(), USERS, CATALOGUE)
    assert path.read_bytes() == b"what was there"
    assert list(tmp_path.iterdir()) == [path], "nothing is left lying about"
    assert write_lists(path, lists(), USERS, CATALOGUE) == 10
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json", ".parquet"])
def test_an_export_that_is_stopped_when_all_is_listed_leaves_what_was_there(tmp_path: Path, suffix: str) -> None:
    progress = Progress()

    def stopped() -> Iterator[Lists]:
        yield from lists()
        progress.cancel()

    path = tmp_path / f"lists{suffix}"
    path.write_bytes(b"what was there")
    with pytest.raises(Cancelled):
        write_lists(path, stopped(), USERS, CATALOGUE, progress=progress)
    assert path.read_bytes() == b"what was there"
    assert list(tmp_path.iterdir()) == [path]


def test_a_spreadsheet_is_stopped_while_it_is_packed(tmp_path: Path) -> None:
    """The last step of a large one takes seconds, in the process that writes it."""
    progress, table = Progress(), pa.table({"title": [f"item {number}" for number in range(600_000)]})
    stopped: list[float] = []

    def stop() -> None:
        stopped.append(time.monotonic())
        progress.cancel()

    def all_at_once() -> Iterator[pa.Table]:
        yield table
        threading.Timer(0.2, stop).start()

    path = tmp_path / "lists.xlsx"
    path.write_bytes(b"what was there")
    with pytest.raises(Cancelled):
        write_tables(path, all_at_once(), table.slice(0, 0), progress)
    assert time.monotonic() - stopped[0] < 1, "the other process would work for seconds"
    assert path.read_bytes() == b"what was there"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json", ".parquet"])
def test_no_lists_make_a_file_without_rows(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"lists{suffix}"
    assert write_lists(path, [], USERS, CATALOGUE) == 0
    if suffix == ".csv":
        assert read_csv(path) == [HEADER]
    elif suffix == ".xlsx":
        assert read_xlsx(path) == [[HEADER]]
    elif suffix == ".json":
        assert json.loads(path.read_text()) == []
    else:
        assert parquet.read_table(path).column_names == HEADER


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json", ".parquet"])
def test_the_last_row_says_where_the_file_came_from(tmp_path: Path, suffix: str) -> None:
    path, mark = tmp_path / f"lists{suffix}", "Seqlens 1, data 7f"
    assert write_lists(path, lists(), USERS, CATALOGUE, mark=mark) == 10
    if suffix == ".csv":
        *_, before, last = read_csv(path)
        assert last == [mark, *[""] * (len(HEADER) - 1)]
        assert before[0] == "'-5"
    elif suffix == ".xlsx":
        *_, last = read_xlsx(path)[0]
        assert last[0] == mark
        assert not any(last[1:])
    else:
        rows = json.loads(path.read_text("utf-8")) if suffix == ".json" else parquet.read_table(path).to_pylist()
        assert len(rows) == 11
        assert rows[-1] == {"user_id": mark} | dict.fromkeys(HEADER[1:])


def test_a_disk_that_fills_is_told() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no device that is always full")
    table = pa.table({"title": [f"item {number}" for number in range(50_000)]})

    def write_all(writer: sheets.Sheets) -> None:
        writer.write(table)
        writer.finish()

    with full.open("wb") as file:
        writer = sheets.Sheets(file, table.schema)
        with pytest.raises(OSError, match=r"^No space left on device$"):
            write_all(writer)
        writer.abandon()


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(SeqlensError, match=r"ends in none of \.csv"):
        write_lists(tmp_path / "lists.doc", lists(), USERS, CATALOGUE)
    with pytest.raises(SeqlensError, match="cannot be written"):
        write_lists(tmp_path / "nowhere" / "lists.csv", lists(), USERS, CATALOGUE)
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(SeqlensError, match="cannot be written"):
        write_lists(tmp_path / "folder.csv", lists(), USERS, CATALOGUE)
    assert [path.name for path in tmp_path.iterdir()] == ["folder.csv"]
