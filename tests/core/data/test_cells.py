"""Cells taken apart in blocks say what Python reads of them, or the block is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.cells import BEFORE, MOST_WORDS, NO_TIME, Cells, Unfit

WHOLE = st.integers(1, 16).flatmap(lambda digits: st.integers(0, 10**digits - 1)).map(str)
WORDS = st.text(st.sampled_from("ab0 -\"'红é"), max_size=5) | st.text("ab", max_size=16)
ROW = st.tuples(st.just("") | WHOLE, WORDS, WHOLE)


def cells(rows: Sequence[Sequence[str]], line_end: str = "\n", delimiter: str = ",") -> Cells:
    content = "".join(delimiter.join(row) + line_end for row in rows)
    return Cells(BEFORE + content.encode(), len(rows[0]), delimiter)


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(ROW, min_size=1, max_size=40), line_end=st.sampled_from(["\n", "\r\n"]), last=st.booleans())
def test_numbers_and_words_are_those_of_python(rows: list[tuple[str, str, str]], line_end: str, last: bool) -> None:
    table = [tuple(reversed(row)) if last else row for row in rows]
    found = cells(table, line_end)
    found.check_utf8()
    assert found.rows == len(rows)
    assert found.whole(2 if last else 0, canonical=True).tolist() == [int(row[0]) if row[0] else -1 for row in rows]
    assert found.words(1).to_pylist() == [row[1] or None for row in rows]
    assert found.whole(0 if last else 2).tolist() == [int(row[2]) for row in rows]
    assert found.texts(1, np.arange(len(rows))) == [row[1] or None for row in rows]


@pytest.mark.parametrize(
    "cell", ["-1", "+1", " 1", "1 ", "1.0", "0x1", "1e2", "a", "/", ":", "1_0", "٣", "12345678x", "x2345678", "1" * 17]
)
def test_what_is_more_than_digits_is_refused(cell: str) -> None:
    for rows in ([["1", cell]], [["1", "1"], ["1", cell]], [["1", cell], ["1", ""]]):
        found = cells(rows)
        with pytest.raises(Unfit):
            found.whole(1)


@pytest.mark.parametrize("cell", ["00", "007", "01234567", "012345678", "0" * 16])
def test_zeros_before_a_number_make_it_another_text(cell: str) -> None:
    assert cells([[cell, "1"]]).whole(0).tolist() == [int(cell)]
    with pytest.raises(Unfit):
        cells([[cell, "1"]]).whole(0, canonical=True)


@settings(max_examples=60, deadline=None)
@given(times=st.lists(st.none() | st.datetimes(), min_size=1, max_size=30), between=st.sampled_from([" ", "T"]))
def test_moments_are_those_of_python(times: list[datetime | None], between: str) -> None:
    written = [time.replace(microsecond=0).isoformat(between) if time else "" for time in times]
    found = cells([[text, "1"] for text in written]).moments(0)
    expected = [
        (time.replace(microsecond=0) - datetime(1970, 1, 1)) // timedelta(microseconds=1) if time else NO_TIME
        for time in times
    ]
    assert found.tolist() == expected


@pytest.mark.parametrize(
    "cell",
    [
        *("2023-02-29 00:00:00", "1900-02-29 00:00:00", "2024-13-01 00:00:00", "2024-00-01 00:00:00"),
        *("2024-01-00 00:00:00", "2024-04-31 00:00:00", "2024-01-01 24:00:00", "2024-01-01 23:60:00"),
        *("2024-01-01 23:59:60", "0000-01-01 00:00:00", "2024/01/01 00:00:00", "2024-01-01_00:00:00"),
        *("2024-01-01 00:00", "2024-01-01 00:00:00Z", "2024-01-01 00-00-00", "2024-0a-01 00:00:00"),
        *("2024-01-01 00:00: 1", "+024-01-01 00:00:00", "2024-01-01", "1700000000"),
    ],
)
def test_other_moments_are_refused(cell: str) -> None:
    for rows in ([[cell, "1"]], [["2024-02-29 23:59:59", "1"], [cell, "1"], ["", "1"]]):
        with pytest.raises(Unfit):
            cells(rows).moments(0)


@pytest.mark.parametrize(
    "rows", [b"1,2\n1\n", b"1,2\n1,2,3\n", b"1,2,3\n4\n", b"\n1,2\n", b"1,2\r\n1,2\n", b"1\r,2\n", b"1,\0\n", b"1,2"]
)
def test_rows_that_differ_are_refused(rows: bytes) -> None:
    with pytest.raises(Unfit):
        Cells(BEFORE + rows, 2, ",")


def test_long_words_too_many_words_and_no_utf8_are_refused() -> None:
    for rows in ([["a" * 17, "1"]], [[f"w{number}", "1"] for number in range(MOST_WORDS + 1)]):
        with pytest.raises(Unfit):
            cells(rows).words(0)
    with pytest.raises(Unfit):
        Cells(BEFORE + b"\xe4\xb8,1\n", 2, ",").check_utf8()


def test_words_of_one_key_are_not_taken_for_each_other() -> None:
    """The key of a long word is `near ^ before * k`: these two have the same."""
    before = int.from_bytes(b"aaaaaaaa", "little")
    other = int.from_bytes(b"aaaaaaab", "little")
    multiple = 0x9E3779B97F4A7C15
    near = int.from_bytes(b"cccccccc", "little")
    changed = near ^ (before * multiple ^ other * multiple) % 2**64
    words = [b"aaaaaaaa" + near.to_bytes(8, "little"), b"aaaaaaab" + changed.to_bytes(8, "little")]
    assert not any(sign in word for word in words for sign in b",\n\r\0")
    with pytest.raises(Unfit):
        Cells(BEFORE + b"".join(word + b",1\n" for word in words), 2, ",").words(0)
