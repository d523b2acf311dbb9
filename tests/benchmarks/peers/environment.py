"""The environment of the peer: where its interpreter is, and how a task is given to it.

RecTools 0.19 needs numpy below 2, so it lives in an environment of its own, whose interpreter `--peer-python PATH` or
SEQLENS_PEER_PYTHON names. `HOW` says how to make one.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from core.evaluation.split import Split
from core.sequences.log import EventLog

SIDE = Path(__file__).with_name("rectools_side.py")
HOW = """\
The peer (RecTools) needs an environment of its own, as it pins an older numpy. Make one and name its interpreter:

  python3.11 -m venv peer-env
  peer-env/bin/pip install -r tests/benchmarks/peers/requirements.txt

then add `--peer-python peer-env/bin/python`, or set SEQLENS_PEER_PYTHON to it."""


class Peer:
    """RecTools with a split laid before it.

    Attributes:
        python: its interpreter.
        threads: that it may use.
    """

    def __init__(self, python: Path, split: Split, threads: int, folder: Path) -> None:
        self.python, self.threads, self._folder = python, threads, folder
        np.savez(folder / "split.npz", **columns(split))

    def ask(self, task: str, **details: Any) -> dict[str, Any]:
        """What the task of this name in `rectools_side.py` answers."""
        where, answer = self._folder / "task.json", self._folder / "answer.json"
        details |= {"task": task, "threads": self.threads, "split": str(self._folder / "split.npz"), "out": str(answer)}
        where.write_text(json.dumps(details), "utf-8")
        with tempfile.TemporaryDirectory() as home:  # Lightning writes into the working folder
            subprocess.run([self.python, SIDE, where], cwd=home, check=True, stdout=subprocess.DEVNULL)
        told: dict[str, Any] = json.loads(answer.read_text("utf-8"))
        return told


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that every benchmark with a peer has."""
    parser.add_argument("--peer-python", type=Path, default=os.environ.get("SEQLENS_PEER_PYTHON"))
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="of both sides; default: all cores")
    parser.add_argument("--json", type=Path, help="write the figures into this file too")


def interpreter(given: Path | None) -> Path:
    """The peer's interpreter; ends the program with 2 and says how to make one where there is none."""
    if given is None or not Path(given).is_file():
        print(HOW if given is None else f"{given} is no file.\n\n{HOW}", file=sys.stderr)
        raise SystemExit(2)
    return Path(given).absolute()


def columns(split: Split) -> dict[str, np.ndarray]:
    """The split as plain arrays: events of training and of the test's histories, and the cases of both judgements."""
    told: dict[str, np.ndarray] = {"users": np.array(split.train.users), "items": np.array(split.train.items)}

    def events(part: str, log: EventLog, users: np.ndarray) -> None:
        held = log.positive
        told.update({f"{part}_user": users[log.user[held]], f"{part}_item": log.item[held]})
        told[f"{part}_position"] = log.position[held]

    events("train", split.train, np.arange(split.train.users, dtype=np.int32))
    events("test", split.test.histories, split.test.users)
    for part, cases in (("validation", split.validation), ("test", split.test)):
        told |= {f"{part}_users": cases.users, f"{part}_truth": cases.truth}
    return told


def circumstances(threads: int) -> str:
    """A line that says under which load the figures were taken."""
    load = f"load of the machine {os.getloadavg()[0]:.1f}, " if hasattr(os, "getloadavg") else ""
    return f"{load}{os.cpu_count()} cores, {threads} threads on each side"
