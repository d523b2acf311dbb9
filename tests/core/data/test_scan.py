"""The fingerprint of a file is computed beside other work, and stopped with it."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from pathlib import Path

import pytest

from core.data import scan
from core.data.plan import make_plan
from core.data.scan import Fingerprint
from core.data.settings import ImportSettings
from core.errors import SeqlensError
from core.progress import Cancelled, Progress
from tests.core.data.importing import bring, database

GOOD = "user,item,time\nu,a,1700000000\nv,b,1700000001\n"


@pytest.mark.parametrize("size", [0, 1, (scan.CHUNK >> 2) - 1, scan.CHUNK >> 2, 3 * scan.CHUNK + 17])
def test_a_fingerprint_is_that_of_all_bytes(tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    path = tmp_path / "x"
    path.write_bytes(content)
    with Fingerprint(path) as found:
        assert found.wait(Progress(), size) == hashlib.sha256(content).hexdigest()


def test_what_is_no_file_has_no_fingerprint(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    if sys.platform != "win32":
        os.mkfifo(pipe)
    for path in (tmp_path, tmp_path / "missing", pipe):
        with Fingerprint(path) as found, pytest.raises(SeqlensError, match="can no longer be read"):
            found.wait(Progress())


@pytest.mark.skipif(sys.platform == "win32", reason="a hole takes room there")
def test_nobody_waits_for_a_fingerprint_that_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # a hole: it takes no room, and would take a quarter of an hour
    progress = Progress()
    monkeypatch.setattr(progress, "report", lambda *_: progress.cancel())
    began = time.monotonic()
    with Fingerprint(path) as found, pytest.raises(Cancelled):
        found.wait(progress, 1 << 40)
    assert time.monotonic() - began < 10


def test_a_fingerprint_under_way_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.csv"
    path.write_text(GOOD, "utf-8")
    source = make_plan(ImportSettings(files=(path,))).events[0].source
    expected = hashlib.sha256(path.read_bytes()).hexdigest()
    with Fingerprint(path) as begun:
        found = scan.scan(source, False, Progress(), begun=begun)
    assert (found.sha256, found.lines) == (expected, GOOD.count("\n"))
    assert scan.scan(source, False, Progress()) == found
    begun_for = list[Path]()

    class Noted(Fingerprint):
        def __init__(self, path: Path) -> None:
            super().__init__(path)
            begun_for.append(path)

    monkeypatch.setattr("core.data.importer.Fingerprint", Noted)
    monkeypatch.setattr("core.data.scan.Fingerprint", None)  # none is begun twice
    report = bring(database(), path)
    assert begun_for == [path]
    assert report.files[0].sha256 == expected
