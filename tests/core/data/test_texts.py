"""Texts get numbers as they are first met, however they are looked up."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.texts import MOST_WHOLE, Texts, whole_numbers

WHOLE = st.integers(0, 300).map(str)
ODD = st.sampled_from(
    [
        "007",
        "+7",
        "-7",
        "-0",
        "00",
        "7.0",
        "1e2",
        "12e2",
        " 7",
        "7 ",
        "７",
        "",
        "a",
        "1_0",
        "0x1",
        "0xFFFFFF",
        "0x989680",
        "9" * 19,
    ]
)
LARGE = st.sampled_from([str(MOST_WHOLE - 1), str(MOST_WHOLE), str(10 * MOST_WHOLE)])


@settings(max_examples=200, deadline=None)
@given(
    batches=st.lists(st.lists(st.none() | WHOLE | WHOLE | WHOLE | ODD | LARGE, max_size=12), max_size=5),
    coded=st.booleans(),
)
def test_each_text_has_one_number_in_the_order_of_meeting(batches: list[list[str | None]], coded: bool) -> None:
    texts, met = Texts(), dict[str, int]()
    for batch in batches:
        column = pa.array(batch, pa.string())
        found = texts.numbers(column.dictionary_encode() if coded else column)
        for text in batch:
            if text is not None:
                met.setdefault(text, len(met))
        assert found.tolist() == [-1 if text is None else met[text] for text in batch]
    assert texts.all().to_pylist() == list(met)


@pytest.mark.parametrize(
    "odd", ["007", "+7", "-7", "-0", "7.0", "1e2", "12e2", " 7", "７", "", "a", "0xFFFFFF", "0x989680", str(MOST_WHOLE)]
)
def test_only_what_is_written_as_numbers_are_is_one(odd: str) -> None:
    assert whole_numbers(pa.array(["7", None, odd], pa.string())) is None
    found = whole_numbers(pa.array(["0", None, "7", "16777215"], pa.string()))
    assert found is not None
    assert found.tolist() == [0, -1, 7, 16_777_215]


def test_whole_numbers_are_their_texts() -> None:
    for first in ("12", "a"):  # looked up in a table, and by what they say
        texts = Texts()
        texts.numbers(pa.array([first], pa.string()))
        assert texts.numbers(pa.array([7, -1, 12, 7, 0])).tolist()[:2] == [1, -1]
        known = texts.all().to_pylist()
        assert texts.numbers(pa.array(["7", None, "12", "7", "0"])).tolist() == [
            known.index(text) if text else -1 for text in ("7", "", "12", "7", "0")
        ]
        assert sorted(known) == sorted({first, "7", "12", "0"})


def test_texts_of_a_dictionary_that_are_not_used_get_no_number() -> None:
    texts = Texts()
    column = pa.DictionaryArray.from_arrays(pa.array([1, None, 1, 3], pa.int32()), pa.array(["a", "b", "c", "b"]))
    assert texts.numbers(column).tolist() == [0, -1, 0, 0]
    assert texts.all().to_pylist() == ["b"]
    texts.back_to(pa.array(["b", "7"]))
    assert texts.numbers(pa.array(["7", "8"])).tolist() == [1, 2]
