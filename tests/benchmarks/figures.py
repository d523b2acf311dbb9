"""What a benchmark measures, beside what it should reach."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Figure:
    """One measurement in milliseconds: median and 95th percentile of its runs, and the goal for the median."""

    name: str
    median: float
    high: float
    goal: float


def measure(name: str, goal: float, work: Callable[[], object], runs: int = 20) -> Figure:
    """Time `work`, once unmeasured and then `runs` times."""
    work()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return Figure(name, float(np.median(taken)), float(np.percentile(taken, 95)), goal)


def finish(figures: list[Figure]) -> None:
    """Print the figures and end the program: 0, or 1 where a goal was missed."""
    width = max(len(figure.name) for figure in figures)
    print(f"{'milliseconds':{width}}  median    95 %    goal")
    for figure in figures:
        missed = "" if figure.median <= figure.goal else "  missed"
        print(f"{figure.name:{width}}  {figure.median:6.1f}  {figure.high:6.1f}  {figure.goal:6.0f}{missed}")
    load = f"load of the machine {os.getloadavg()[0]:.1f}, " if hasattr(os, "getloadavg") else ""
    print(f"{load}{os.cpu_count()} cores")
    sys.stdout.flush()
    os._exit(int(any(figure.median > figure.goal for figure in figures)))  # Qt's widgets need no tidy end here
