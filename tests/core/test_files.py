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
from core.files import draft, harmless, harmless_table, plain, scratch_folder, sweep_scratch, there, typed, typed_file


def test_the_file_is_there_once_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("former")
    with draft(path) as beside:
        beside.write_text("new")
        assert path.read_text() == "former"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("text", ["lists.csv", " lists.csv ", "~nobody-of-this-name/lists.csv", "x" * 300, "a\0b"])
def test_what_is_typed_is_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert typed_file(text) == typed(text) == Path(text.strip())
    assert not there(typed(text))


def test_the_home_is_known_and_a_folder_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "lists.csv").write_text("x")
    assert there(typed_file("~/lists.csv"))
    for text in ("~", "~/", "/", ".", "..", str(tmp_path)):
        with pytest.raises(SeqlensError, match="is a folder"):
            typed_file(text)


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


def test_two_of_the_same_file_at_once_do_not_take_each_others_draft(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    with draft(path) as second:
        second.write_text("second")
        with pytest.raises(ValueError, match="x"):
            write_half(path, ValueError("x"))  # the first, which hears late that it was stopped
    assert path.read_text() == "second"
    assert list(tmp_path.iterdir()) == [path]


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


KILLED = """
import os, signal; from core.files import scratch
name = scratch(); open(os.path.join(name, "plain"), "w").write("person-007")
print(name, flush=True); os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the signal is one of Unix")
def test_folders_of_killed_processes_are_swept_and_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "seqlens-1-of-a-process-that-lives").mkdir()
    (tmp_path / "seqlens-notes").mkdir()
    with scratch_folder() as mine:
        environment = {**os.environ, "TMPDIR": str(tmp_path)}
        root = Path(__file__).parents[2]
        command = [sys.executable, "-c", KILLED]
        told = subprocess.run(command, capture_output=True, text=True, cwd=root, env=environment).stdout.strip()
        assert Path(told, "plain").exists()
        sweep_scratch()
        assert Path(told, "plain").exists()  # a moment ago it was used
        os.utime(told, (0, 0))
        os.utime(mine, (0, 0))
        with scratch_folder() as other:
            assert not Path(told).exists()
            assert mine.exists()
            assert other.stat().st_mode & 0o77 == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == ["seqlens-1-of-a-process-that-lives", "seqlens-notes"]


@given(st.lists(st.text(st.sampled_from("=+-@\t\r\n a'é"), max_size=4)))
def test_texts_are_harmless_alone_and_in_a_table(texts: list[str]) -> None:
    table = harmless_table(pa.table({"text": pa.array(texts, pa.string()), "number": pa.array(range(len(texts)))}))
    assert table["text"].to_pylist() == [harmless(text) for text in texts]
    for before, after in zip(texts, table["text"].to_pylist(), strict=True):
        assert after[:1] not in set("=+-@\t\r")
        assert plain(after) == before
