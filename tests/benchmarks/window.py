"""How fast the window answers, idle and while a training runs: `python -m tests.benchmarks.window [--json FILE]`.

The timeline of 100,000 events (frames of panning and zooming) and the switch to another user, the map of 100,000
points, the list of 1,000,000 users (opened, searched, sorted), and the list of a what-if after each of a hundred edits,
with the hybrid of three networks over the 12,101 items of Amazon Beauty. Each is measured by the module of its name.

Exits with 1 where one is missed.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QApplication

from desktop_app.app import make_way
from desktop_app.background import Background
from tests.benchmarks import map as points
from tests.benchmarks import timeline, user_list, what_if
from tests.benchmarks.figures import Figure, finish, offer_json, write_json
from tests.benchmarks.sets import DATA

if TYPE_CHECKING:
    import duckdb

    from core.runs import Run
    from core.workspace import Workspace


class Bench:
    """What all is measured on, made once."""

    def __init__(self, application: QApplication, folder: Path, data: Path) -> None:
        from core.workspace import Workspace

        self._application = application
        self._sequences = timeline.sequences(folder / "sequences.seqlens")
        self._users: duckdb.DuckDBPyConnection = user_list.workspace()
        self._points = points.filled()
        self._shop: Workspace = Workspace.create(folder / "shop.seqlens")
        self._run: Run = what_if.prepare(self._shop, data, folder)

    def measured(self, when: str, background: Background) -> list[Figure]:
        """Every figure once."""
        return [
            *timeline.measured(self._application, self._sequences, background, f", {when}"),
            *points.frames(self._points, when),
            *user_list.measured(self._users, f", {when}"),
            self._what_if(when, background),
        ]

    def _what_if(self, when: str, background: Background) -> Figure:
        taken = what_if.asked(self._shop, background, self._run, splits=False)[what_if.LIST]
        goal = what_if.GOALS[what_if.LIST]
        median, high = (float(one) for one in np.percentile(taken, [50, 95]))
        # The question is answered by another thread, of whose processor time nothing is known here.
        return Figure(f"what-if, list and components, {when}", median, high, float("nan"), goal, goal)

    def close(self) -> None:
        self._sequences.close()
        self._shop.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    offer_json(parser)
    arguments = parser.parse_args()
    data = DATA / "amazon-beauty"
    if not data.is_dir():
        print(f"{data} is not here; set SEQLENS_DATA to the folder of the data sets", file=sys.stderr)
        return 1
    make_way()
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(application, Path(folder), data)
        idle = Background()
        figures = bench.measured("idle", idle)
        idle.close()
        with points.training() as background:
            figures += bench.measured("while a training runs", background)
        bench.close()
    application.processEvents()
    write_json(arguments.json, [_row(figure) for figure in figures])
    finish(figures)
    return 0


def _row(figure: Figure) -> dict[str, object]:
    """A figure for JSON, which has neither infinite numbers nor unknown ones."""
    row = asdict(figure) | {"missed": figure.missed}
    return {key: None if isinstance(value, float) and not math.isfinite(value) else value for key, value in row.items()}


if __name__ == "__main__":
    sys.exit(main())
