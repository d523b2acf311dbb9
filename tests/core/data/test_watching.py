"""A watched folder: files are given once, and only when they are whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from core.data.watching import Watch
from core.errors import SeqlensError
from core.workspace import Workspace

ROOT = Path(__file__).parents[3]
HEADER = "user_id,item_id,timestamp\n"


def test_a_file_is_given_when_it_has_stopped_to_grow_and_again_when_it_changes(tmp_path: Path) -> None:
    watch = Watch(tmp_path)
    path = tmp_path / "inside" / "a.csv"
    path.parent.mkdir()
    path.write_text(HEADER)
    (tmp_path / "a.csv.part").write_text(HEADER)
    (tmp_path / "_a.csv").write_text(HEADER)
    assert watch.arrived() == []
    path.write_text(HEADER + "a,x,1\n")
    assert watch.arrived() == []
    assert watch.arrived() == [path]
    assert watch.arrived() == []
    path.write_text(HEADER + "a,x,1\nb,x,2\n")
    assert watch.arrived() == []
    assert watch.arrived() == [path]
    watch.again([path])
    assert watch.arrived() == [path]
    path.unlink()
    assert watch.arrived() == []


def test_parquet_files_are_given_as_their_folder_when_all_are_whole(tmp_path: Path) -> None:
    watch = Watch(tmp_path)
    day = tmp_path / "date=2026-11-24"
    day.mkdir()
    pq.write_table(pa.table({"user_id": ["a"]}), day / "a.parquet")
    watch.arrived()
    pq.write_table(pa.table({"user_id": ["b"]}), day / "b.parquet")
    assert watch.arrived() == []
    assert watch.arrived() == [tmp_path]
    assert watch.arrived() == []
    watch.again([tmp_path])
    assert watch.arrived() == [tmp_path]


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(SeqlensError, match="no folder"):
        Watch(tmp_path / "none")
    folder = tmp_path / "folder"
    folder.mkdir()
    watch = Watch(folder)
    folder.rmdir()
    with pytest.raises(SeqlensError, match="is gone"):
        watch.arrived()


def wait(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "nothing came of it"
        assert process.poll() is None, "it ended"
        time.sleep(0.05)


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one process")
def test_files_are_imported_as_they_arrive_until_ctrl_c(tmp_path: Path) -> None:
    folder, work, told = tmp_path / "arriving", tmp_path / "w.seqlens", tmp_path / "told.txt"
    folder.mkdir()
    words = [sys.executable, str(ROOT / "main.py"), "import", str(folder), "--watch", "0.2", "--workspace", str(work)]
    with told.open("wb") as out:
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(words, stdout=out, stderr=subprocess.STDOUT, env=environment)

        def arrives(name: str, content: bytes, answer: str) -> None:
            (folder / name).write_bytes(content)
            wait(lambda: answer in told.read_text("utf-8"), process)

        try:
            wait(lambda: "Watching" in told.read_text("utf-8"), process)
            arrives("items.csv", b"item_id,title\nx,Alien\n", "Say which it is")
            arrives("broken.csv", b"\x89PNG" + bytes(range(256)) * 40, "binary")
            arrives("day1.csv", f"{HEADER}a,x,1600000000\nb,x,1600000001\n".encode(), "2 events")
            arrives("day2.csv", f"{HEADER}b,x,1600000001\nb,y,1600000002\n".encode(), "3 events")
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0
        finally:
            process.kill()
    with Workspace.open(work) as workspace:
        assert workspace.counts().events == 3
        assert workspace.catalogue().titles.to_pylist() == ["Alien", None]
