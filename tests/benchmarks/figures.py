"""What a benchmark measures, beside what it should reach."""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np


def offer_json(parser: argparse.ArgumentParser) -> None:
    """`--json FILE` for the figures, and `--json` alone to print them at the end."""
    parser.add_argument("--json", metavar="FILE", nargs="?", const="-", help="write figures as JSON; - prints them")


def write_json(file: str | None, figures: object) -> None:
    """Write figures as JSON where `--json` was given."""
    text = json.dumps(figures, indent=1)
    if file == "-":
        print(text)
    elif file is not None:
        Path(file).write_text(text, "utf-8")


@dataclass(frozen=True)
class Figure:
    """One measurement in milliseconds.

    Attributes:
        median: of the time that passed in each run.
        high: the 95th percentile of the same.
        own: median of the processor time of this thread alone, which other programs on the machine hardly change.
        goal: what the median should not exceed.
        worst: what the 95th percentile should not exceed.
    """

    name: str
    median: float
    high: float
    own: float
    goal: float
    worst: float = math.inf

    @property
    def missed(self) -> bool:
        return self.median > self.goal or self.high > self.worst


def measure(name: str, goal: float, work: Callable[[], object], runs: int = 20, worst: float = math.inf) -> Figure:
    """Time `work`, once unmeasured and then `runs` times."""
    work()
    taken, own = [], []
    for _ in range(runs):
        start, own_start = time.perf_counter(), time.thread_time()
        work()
        taken.append((time.perf_counter() - start) * 1000)
        own.append((time.thread_time() - own_start) * 1000)
    return Figure(name, float(np.median(taken)), float(np.percentile(taken, 95)), float(np.median(own)), goal, worst)


def finish(figures: list[Figure]) -> None:
    """Print the figures and end the program: 0, or 1 where a goal was missed."""
    width = max(len(figure.name) for figure in figures)
    print(f"{'milliseconds':{width}}  median    95 %     own    goal")
    for figure in figures:
        missed = "  missed" if figure.missed else ""
        times = "".join(f"  {time:6.1f}" for time in (figure.median, figure.high, figure.own))
        worst = "" if math.isinf(figure.worst) else f" / {figure.worst:.0f}"
        print(f"{figure.name:{width}}{times}  {figure.goal:6.0f}{worst}{missed}")
    load = f"load of the machine {os.getloadavg()[0]:.1f}, " if hasattr(os, "getloadavg") else ""
    print(f"{load}{os.cpu_count()} cores")
    sys.stdout.flush()
    os._exit(int(any(figure.missed for figure in figures)))  # Qt's widgets need no tidy end here
