"""Texts get numbers as they are first met, however they are looked up."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.gathering import MOST_WHOLE, Texts, whole_numbers

WHOLE = st.integers(0, 300).map(str)
ODD = st.sampled_from(
    ["007", "+7", "-7", "-0", "00", "7.0", "1e2", "12e2", " 7", "7 ", "７", "", "a", "1_0", "0x1", "9" * 19]
)
LARGE = st.sampled_from([str(MOST_WHOLE - 1), str(MOST_WHOLE), str(10 * MOST_WHOLE)])


@settings(max_examples=200, deadline=None)
@given(batches=st.lists(st.lists(st.none() | WHOLE | WHOLE | WHOLE | ODD | LARGE, max_size=12), max_size=5))
def test_each_text_has_one_number_in_the_order_of_meeting(batches: list[list[str | None]]) -> None:
    texts, met = Texts(), dict[str, int]()
    for batch in batches:
        found = texts.numbers(pa.array(batch, pa.string()))
        for text in batch:
            if text is not None:
                met.setdefault(text, len(met))
        assert found.tolist() == [-1 if text is None else met[text] for text in batch]
    assert texts.all().to_pylist() == list(met)


@pytest.mark.parametrize("odd", ["007", "+7", "-7", "-0", "7.0", "1e2", "12e2", " 7", "７", "", "a", str(MOST_WHOLE)])
def test_only_what_is_written_as_numbers_are_is_one(odd: str) -> None:
    assert whole_numbers(pa.array(["7", None, odd], pa.string())) is None
    found = whole_numbers(pa.array(["0", None, "7", "16777215"], pa.string()))
    assert found is not None
    assert found.tolist() == [0, -1, 7, 16_777_215]
