"""Files are whole or not there, and their texts are no formulas."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SeqlensError
from core.files import draft, harmless, harmless_table, plain


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


def test_what_a_killed_export_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from core.files import draft\n"
        "with draft(Path(sys.argv[1])) as beside:\n"
        "    beside.write_text('half'); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "out.csv")], cwd=root, check=False)
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(".out.csv.")
    live = tmp_path / f".other.csv.{os.getppid()}.part"
    others = [live, tmp_path / ".notes.part", tmp_path / "a.1.part.txt"]
    for other in others:
        other.write_text("kept")
        os.utime(other, (0, 0))
    with draft(tmp_path / "out.csv") as beside:  # just written: another computer may be at it
        beside.write_text("new")
    assert left.exists()
    os.utime(left, (0, 0))
    with draft(tmp_path / "second.csv") as beside:
        beside.write_text("new")
    assert not left.exists()
    assert sorted(tmp_path.iterdir()) == sorted([*others, tmp_path / "out.csv", tmp_path / "second.csv"])


@given(st.lists(st.text(st.sampled_from("=+-@\t\r\n a'é"), max_size=4)))
def test_texts_are_harmless_alone_and_in_a_table(texts: list[str]) -> None:
    table = harmless_table(pa.table({"text": pa.array(texts, pa.string()), "number": pa.array(range(len(texts)))}))
    assert table["text"].to_pylist() == [harmless(text) for text in texts]
    for before, after in zip(texts, table["text"].to_pylist(), strict=True):
        assert after[:1] not in set("=+-@\t\r")
        assert plain(after) == before
