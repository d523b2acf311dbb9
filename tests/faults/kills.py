"""Processes killed at random moments, and what they leave."""

from __future__ import annotations

import faulthandler
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.victims import VICTIMS


@dataclass
class Killed:
    """What became of one kind of work.

    Attributes:
        trials: processes that were killed.
        before_end: of them, those that had not finished.
        losses: what was lost, in words.
    """

    name: str
    trials: int = 0
    before_end: int = 0
    losses: list[str] = field(default_factory=list)


def fork(function: Callable[[Callable[[Any], None]], None]) -> tuple[int, int]:
    """Run `function(tell)` in a process of its own: its id, and where what it tells can be read, a JSON value a line.

    The parent has imported what the children need and does no work itself, so that it has no threads to lose.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    os.close(reading)
    code = 1
    try:
        function(lambda value: os.write(writing, (json.dumps(value) + "\n").encode()) and None)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def told_by(reading: int) -> list[Any]:
    """All that a process told until its end; an unfinished last line was not told."""
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read()
    return [json.loads(line) for line in data.split(b"\n")[:-1]]


def apart(function: Callable[[], Any], seconds: float = 300) -> Any:
    """What `function` returns in a process of its own.

    Raises:
        RuntimeError: it failed, or took longer than `seconds`; its traceback is on standard error.
    """

    def work(tell: Callable[[Any], None]) -> None:
        faulthandler.dump_traceback_later(seconds, exit=True)
        tell(function())

    child, reading = fork(work)
    told = told_by(reading)
    if os.waitpid(child, 0)[1] or not told:
        raise RuntimeError(f"a process of its own failed within {seconds} s")
    return told[0]


def kill_all(trials: int, rng: random.Random, said: Callable[[str], None]) -> list[Killed]:
    """Kill `trials` processes at random moments, the kinds of work in turn."""
    found = []
    with tempfile.TemporaryDirectory(prefix="seqlens-faults-") as folder:
        shares = [trials // len(VICTIMS) + (place < trials % len(VICTIMS)) for place in range(len(VICTIMS))]
        for victim, share in zip(VICTIMS, shares, strict=True):
            if share:
                found.append(_kill(victim, Path(folder, victim.name), share, rng))
                said(f"{victim.name}: {share} killed, {len(found[-1].losses)} lost")
    return found


def _kill(victim: Any, folder: Path, trials: int, rng: random.Random) -> Killed:
    base = folder / "base"
    base.mkdir(parents=True)
    apart(lambda: victim.prepare(base))
    rehearsal = shutil.copytree(base, folder / "rehearsal")
    began = time.monotonic()
    apart(lambda: victim.work(rehearsal, lambda _: None))
    lasts = time.monotonic() - began
    result = Killed(victim.name)
    for trial in range(trials):
        place = Path(shutil.copytree(base, folder / f"trial {trial}"))
        child, reading = fork(lambda tell, place=place: victim.work(place, tell))  # type: ignore[misc]
        time.sleep(rng.uniform(0, lasts))
        os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
        told = told_by(reading)
        if os.WIFEXITED(status):
            lasts *= 0.8  # the machine is faster than at the rehearsal: nobody was killed in the middle of anything
        result.trials += 1
        result.before_end += os.WIFSIGNALED(status)
        if os.WIFEXITED(status) and os.WEXITSTATUS(status):
            result.losses.append(f"trial {trial}: the work failed before it was killed")
        try:
            losses = apart(lambda place=place, told=told: victim.check(place, told))  # type: ignore[misc]
        except RuntimeError as error:
            losses = [f"the check failed: {error}"]
        result.losses += [f"trial {trial}: {loss}" for loss in losses]
        shutil.rmtree(place)
    return result
