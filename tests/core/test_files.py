"""Files are whole or not there, and their texts are no formulas."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SeqlensError
from core.files import draft, harmless, harmless_table


def test_the_file_is_there_once_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("former")
    with draft(path) as beside:
        beside.write_text("new")
        assert path.read_text() == "former"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def write_half(path: Path, error: BaseException) -> None:
    with draft(path) as beside:
        beside.write_text("half")
        raise error


@pytest.mark.parametrize("error", [ValueError("x"), KeyboardInterrupt()])
def test_whatever_goes_wrong_leaves_the_former_file(tmp_path: Path, error: BaseException) -> None:
    path = tmp_path / "out.txt"
    path.write_text("former")
    with pytest.raises(type(error)):
        write_half(path, error)
    assert path.read_text() == "former"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(SeqlensError, match=r"out\.txt cannot be written"), draft(tmp_path / "no" / "out.txt") as beside:
        beside.write_text("x")


@given(st.lists(st.text(st.sampled_from("=+-@\t\r\n a'é"), max_size=4)))
def test_texts_are_harmless_alone_and_in_a_table(texts: list[str]) -> None:
    table = harmless_table(pa.table({"text": pa.array(texts, pa.string()), "number": pa.array(range(len(texts)))}))
    assert table["text"].to_pylist() == [harmless(text) for text in texts]
    for before, after in zip(texts, table["text"].to_pylist(), strict=True):
        assert after == (f"'{before}" if before[:1] in set("=+-@\t\r") else before)
