"""Beginnings of files are looked at in a process of their own, which may be lost without harm."""

from __future__ import annotations

import gzip
import os
import signal
import sys
import threading
from pathlib import Path
from typing import cast

import pytest

from core.data import database
from core.data.database import Database
from core.data.guarded import Guard
from core.data.reader import MOST_COLUMNS
from core.data.scan import CHUNK, scan
from core.data.settings import ImportSettings
from core.errors import SeqlensError
from core.progress import Progress


def test_a_source_comes_back_as_it_was_found(tmp_path: Path) -> None:
    path = tmp_path / "数据 1.csv"
    path.write_text("user,user,item,timestamp\n" + "u,v,灯,1700000000\n" * 9, encoding="utf-8")
    guard = Guard()
    try:
        found = guard.open(path, "events", ImportSettings())
        assert (found.path, found.columns) == (path, ("user", "user_2", "item", "timestamp"))
        assert found.rows[0] == ("u", "v", "灯", "1700000000")
        assert "two columns called user" in str(found.notes[0])
        assert guard._process is not None
        os.kill(guard._process.pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
        guard._process.wait()
        assert guard.open(path, "events", ImportSettings()).columns == found.columns  # another process took over
    finally:
        guard.close()


def test_a_workspace_may_be_opened_while_others_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Database(tmp_path / "first.seqlens")
    opened = []

    class Opening:
        @property
        def key(self) -> None:  # as in another thread, in the middle of the look
            opened.append(Database(tmp_path / "second.seqlens"))

    monkeypatch.setitem(database._here, (-1, -1), [cast(Database, Opening())])
    try:
        assert not database.any_encrypted()
    finally:
        for each in (first, *opened):
            each.close()


def test_what_takes_too_long_is_given_up_and_the_next_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("user,item\n" + "u,i\n" * 200_000)
    guard = Guard(seconds=0.0)
    try:
        with pytest.raises(SeqlensError, match="was given up"):
            guard.open(path, "events", ImportSettings())
        guard._seconds = 60.0
        assert guard.open(path, "events", ImportSettings()).columns == ("user", "item")
    finally:
        guard.close()


STOPS = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot stop a process for a while")


@STOPS
def test_what_never_begins_is_given_up_by_the_clock(tmp_path: Path) -> None:
    guard, path = Guard(0.2), tmp_path / "a.csv"
    process = guard._start()
    os.kill(process.pid, signal.SIGSTOP)  # it takes no processor time, as one that waits for a drive that is gone
    path.write_text("user,item\nu,i\n")
    try:
        with pytest.raises(SeqlensError, match="was given up"):
            guard.open(path, "events", ImportSettings())
    finally:
        guard.close()


@STOPS
def test_a_busy_machine_is_no_reason_to_give_up(tmp_path: Path) -> None:
    guard, path = Guard(1.0), tmp_path / "a.csv"
    process = guard._start()
    path.write_text("user,item\nu,i\n")
    os.kill(process.pid, signal.SIGSTOP)  # for twice the seconds that it may work
    threading.Timer(2.0, os.kill, (process.pid, signal.SIGCONT)).start()
    try:
        assert guard.open(path, "events", ImportSettings()).columns == ("user", "item")
    finally:
        guard.close()


def test_what_is_no_table_is_refused_before_it_takes_memory(tmp_path: Path) -> None:
    guard, path = Guard(60.0), tmp_path / "a.csv"
    try:
        path.write_text(",".join(f"c{n}" for n in range(MOST_COLUMNS + 1)) + "\n" + "1,2\n")
        with pytest.raises(SeqlensError, match="10001 columns"):
            guard.open(path, "events", ImportSettings())
        path.write_bytes(b"a," * 3_000_000)
        with pytest.raises(SeqlensError, match="first line without an end"):
            guard.open(path, "events", ImportSettings())
        path.write_bytes(gzip.compress(b"PAR1" + bytes(50_000_000)))
        with pytest.raises(SeqlensError, match="far more than its size"):
            guard.open(path, "events", ImportSettings())
        if hasattr(os, "mkfifo"):
            os.mkfifo(tmp_path / "pipe.csv")
            with pytest.raises(SeqlensError, match="pipe or device"):
                guard.open(tmp_path / "pipe.csv", "events", ImportSettings())
    finally:
        guard.close()


def test_a_packed_file_is_unpacked_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    rows = "user,item\n" + "".join(f"u{n % 100},i{n % 7}\n" for n in range(1_500_000))
    path.write_bytes(gzip.compress(rows.encode()) + gzip.compress(b"u1,i1\n"))
    assert len(rows) > 2 * CHUNK
    guard = Guard(60.0)
    try:
        source = guard.open(path, "events", ImportSettings())
    finally:
        guard.close()
    assert scan(source, False, Progress()).lines == 1_500_002
