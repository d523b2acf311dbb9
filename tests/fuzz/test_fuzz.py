"""The short version for every change: the whole corpus, some mutations, and models that lie."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from core.data.guarded import guard
from core.workspace import Workspace
from tests.fuzz.inputs import CORPUS, chance, endless


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of memory and time are tried on Linux")
def test_every_wrong_file_and_model_is_read_or_refused(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz", "--inputs", "10", "--seed", "1", "--keep", str(tmp_path / "kept")]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr


def test_dear_files_are_drawn_rarely_and_all_are_drawn() -> None:
    dear = {name for name, make in CORPUS.items() if chance(name, make()) < 1}
    assert {"many columns.csv", "no line end.csv", "bomb of rows.csv.gz"} <= dear
    drawn = Counter(name for name, _ in itertools.islice(endless(random.Random(2)), len(CORPUS), len(CORPUS) + 4000))
    assert set(CORPUS) - dear < set(drawn)
    rarest = min(drawn[name] for name in CORPUS if name not in dear)
    assert all(drawn[name] * 5 < rarest for name in dear)
    assert sum(drawn[name] for name in dear) > 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of memory and time are tried on Linux")
def test_all_processes_ask_the_same_one_for_beginnings(tmp_path: Path) -> None:
    from tests.fuzz.trying import _import, in_a_process  # only where there are such limits

    path = tmp_path / "plain.csv"
    path.write_bytes(CORPUS["plain.csv"]())
    with Workspace.create(tmp_path / "w.seqlens"):
        pass
    guard.warm()
    assert guard._process is not None
    before = guard._process.pid

    def work() -> str:
        told = _import(path, tmp_path / "w.seqlens")
        assert guard._process is not None
        return f"{told} {guard._process.pid}"

    outcome, _, wrong = in_a_process(work)
    assert (outcome, wrong) == (f"read {before}", "")
    guard.warm()
    assert guard._process.pid == before
