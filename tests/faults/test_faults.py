"""The short version for every change: each kind of work killed once, each mishap once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.victims import VICTIMS


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kills and small disks are tried on Linux")
def test_nothing_is_lost_in_any_kill_or_mishap(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "tests.faults",
        "--trials",
        str(len(VICTIMS)),
        "--damaged",
        "9",
        "--json",
        str(tmp_path / "out.json"),
    ]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=1200)
    assert done.returncode == 0, done.stdout + done.stderr
    outcome = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert sum(one["trials"] for one in outcome["kills"]) == len(VICTIMS) >= 10
