"""The rows of one user as CSV: everything is there, and no cell is a formula."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from core.errors import SeqlensError
from core.sequences.annotations import Annotation
from core.sequences.rows import write_rows
from tests.filled import sequence


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_event_is_a_row(tmp_path: Path) -> None:
    events = sequence([0, 61_000_000], [1, 0], titles=['电饭煲, "3L"', None])
    events = replace(events, value=np.array([4.5, np.nan], np.float32), texts=pa.array([None, "two\nlines"]))
    write_rows(tmp_path / "a.csv", events)
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert read(tmp_path / "a.csv") == [
        {
            "user_id": "user 7",
            "step": "1",
            "time": "1970-01-01T00:00:00Z",
            "behavior": "purchase",
            "item_id": "item-0",
            "title": '电饭煲, "3L"',
            "category": "Category 0",
            "price": "0",
            "value": "4.5",
            "text": "",
            "note": "",
        },
        {
            "user_id": "user 7",
            "step": "2",
            "time": "1970-01-01T00:01:01Z",
            "behavior": "view",
            "item_id": "item-1",
            "title": "",
            "category": "Category 1",
            "price": "1",
            "value": "",
            "text": "two\nlines",
            "note": "",
        },
    ]


def test_fractions_of_seconds_are_kept_and_steps_have_no_time(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.csv", sequence([1_500_000]))
    assert read(tmp_path / "a.csv")[0]["time"] == "1970-01-01T00:00:01.500000Z"
    write_rows(tmp_path / "a.csv", sequence([0], timed=False))
    assert "time" not in read(tmp_path / "a.csv")[0]


def test_notes_stand_on_their_events_and_on_rows_of_their_own(tmp_path: Path) -> None:
    events = sequence([10_000_000, 20_000_000, 20_000_000], [0, 0, 1])
    notes = [
        Annotation("user 7", 15_000_000, "", "", "between"),
        Annotation.on_event(events, 2, "why?\n第二"),
        Annotation("user 7", 30_000_000, "gone", "view", "=1+1"),
    ]
    write_rows(tmp_path / "a.csv", events, notes)
    rows = read(tmp_path / "a.csv")
    assert [(row["step"], row["note"]) for row in rows] == [
        ("1", ""),
        ("", "between"),
        ("2", ""),
        ("3", "why?\n第二"),
        ("", "'=1+1"),
    ]
    assert {row["user_id"] for row in rows} == {"user 7"}
    assert (rows[1]["time"], rows[1]["behavior"], rows[1]["price"]) == ("1970-01-01T00:00:15Z", "", "")
    assert (rows[4]["item_id"], rows[4]["behavior"]) == ("gone", "view")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(tmp_path: Path, start: str) -> None:
    evil = start + 'HYPERLINK("http://x")'
    events = replace(sequence([0], titles=[evil]), user_id=evil, texts=pa.array([evil]))
    write_rows(tmp_path / "a.csv", events)
    row = read(tmp_path / "a.csv")[0]
    assert (row["user_id"], row["title"], row["text"]) == ("'" + evil,) * 3
    assert row["category"] == "Category 0"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SeqlensError, match="cannot be written"):
        write_rows(tmp_path / "absent" / "a.csv", sequence([0]))
