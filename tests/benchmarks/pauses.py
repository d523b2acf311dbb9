"""The longest pauses of the window while it works: `python -m tests.benchmarks.pauses`.

A timer of 5 ms in the window's own thread measures the time between its beats, while another clicks through pages and
users, during: the first import of torch, an import of 200,000 rows, the training of the hybrid, and an XLSX export. At
the end another colour scheme and another language are chosen while every page is there.
Exits with 1 if in any phase the 99th percentile is 50 ms or more, or the longest pause 200 ms or more. Pauses in which
the host of a virtual machine had all of it stand (`tests.benchmarks.host`) are told apart and do not count.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from PySide6.QtCore import QEventLoop, QObject, QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop_app.app import make_way
from tests.benchmarks.host import Host

if TYPE_CHECKING:
    from desktop_app.app import Desk

BEAT = 0.005
LIMITS = {"p99": 0.050, "max": 0.200}


@dataclass(frozen=True)
class Gap:
    """The time between two beats, in seconds.

    Attributes:
        ended: when, by `time.monotonic`.
        own: processor time that the thread itself took in it: what is not others' is its work.
        stolen: what the host of a virtual machine kept for others meanwhile, which `own` holds too.
    """

    ended: float
    passed: float
    own: float
    stolen: float


class Heart(QObject):
    """Beats in the window's thread and keeps the times between beats of each phase."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: dict[str, list[Gap]] = {}
        self.phase = "start"
        self._last, self._worked, self._stolen = time.monotonic(), time.thread_time(), stolen()
        self._timer = QTimer(self, interval=round(BEAT * 1000), timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now, worked, taken = time.monotonic(), time.thread_time(), stolen()
        gap = Gap(now, now - self._last, worked - self._worked, taken - self._stolen)
        self.gaps.setdefault(self.phase, []).append(gap)
        self._last, self._worked, self._stolen = now, worked, taken


def stolen() -> float:
    """Seconds that the host of a virtual machine has kept its processors for others; 0 where that is not told."""
    return float(getattr(psutil.cpu_times(), "steal", 0.0))


def wait(ready: Callable[[], bool], limit: float) -> None:
    """Let the window live until `ready`, or fail after `limit` seconds."""
    loop, end = QEventLoop(), time.monotonic() + limit
    watch = QTimer(interval=50)
    watch.timeout.connect(lambda: loop.quit() if ready() or time.monotonic() > end else None)
    watch.start()
    loop.exec()
    if not ready():
        raise TimeoutError


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=3, help="of the transformer; each is like the others")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    data = Path(os.environ.get("SEQLENS_DATA", Path(__file__).parents[3] / "shared" / "data")) / "amazon-beauty"
    if not data.is_dir():
        print(f"{data} is not here; set SEQLENS_DATA to the folder of the data sets", file=sys.stderr)
        return 1
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    make_way()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Seqlens pauses")
    QStandardPaths.setTestModeEnabled(True)
    with tempfile.TemporaryDirectory() as folder, Host() as host:
        heart = measure(data, Path(folder), arguments.epochs)
    return report(heart, host, arguments.json)


def measure(data: Path, folder: Path, epochs: int) -> Heart:
    """Go through the phases in a real window."""
    from core import listing, workflow
    from core.data.settings import ImportSettings
    from core.fitting import TrainSettings
    from desktop_app.app import Desk
    from desktop_app.dialogs import import_work

    desk = Desk()
    desk.show()
    desk.prepare()
    heart = Heart()
    wait(lambda: len(heart.gaps.get("start", ())) > 50, 10)
    state, background = desk.state, desk.background

    def do(phase: str, work: Callable[..., object], *values: object) -> object:
        results: list[object] = []
        heart.phase = phase
        background.start(work, *values, done=results.append, failed=results.append, title=phase)
        wait(lambda: bool(results), 3600)
        if isinstance(results[0], Exception):
            raise results[0]
        return results[0]

    settings = ImportSettings(files=(data / "events.csv",), items_files=(data / "items.csv",))
    imported = do("import of 200,000 rows", import_work.into_new, folder / "beauty.seqlens", settings)
    workspace = imported[0]  # type: ignore[index]
    heart.phase = "opening"
    state.open(workspace)
    turns = itertools.cycle(("data", "timeline", "training", "recommendations"))
    users = itertools.cycle(range(0, 20_000, 617))

    def wander() -> None:
        desk.window.show_page(next(turns))
        state.select_user(next(users))

    clicks = QTimer(interval=400)
    clicks.timeout.connect(wander)
    heart.phase = "first import of torch, pages built"
    clicks.start()
    wait(lambda: "torch" in sys.modules and len(heart.gaps.get(heart.phase, ())) > 500, 60)
    wait(lambda: len(heart.gaps[heart.phase]) > 1000, 60)
    options = {"transformer": {"epochs": epochs}}
    train = TrainSettings(model="hybrid", options=options, leave_core=True)
    run = do("training of the hybrid", workflow.train, workspace, train)
    state.select_run(run.id)  # type: ignore[attr-defined]

    def export(progress: object) -> object:
        return listing.export(workspace, folder / "lists.xlsx", progress)  # type: ignore[arg-type]

    do("XLSX export of all users", export)
    clicks.stop()
    choose(heart, desk)
    desk.close()
    return heart


def choose(heart: Heart, desk: Desk) -> None:
    """Another colour scheme and another language, there and back, with all pages made."""
    from desktop_app.pages import PAGES

    def live(beats: int) -> None:
        before = len(heart.gaps.get(heart.phase, ()))
        wait(lambda: len(heart.gaps.get(heart.phase, ())) > before + beats, 120)

    for phase, change, values in (
        ("another colour scheme", desk.choose_scheme, ("dark", "light")),
        ("another language", desk.choose_language, ("zh_CN", "en")),
    ):
        for value in values:
            heart.phase = "pages built"
            for name in PAGES:
                desk.window.show_page(name)
                live(40)
            heart.phase = phase
            change(value)
            live(200)


def report(heart: Heart, host: Host, path: Path | None) -> int:
    """Print the table; 1 if a limit was passed."""
    import numpy as np

    rows, missed = [], False
    print(f"{'phase':40} {'beats':>7} {'p50':>7} {'p99':>7} {'max':>7} {'own':>7} {'stolen':>7} {'host':>7}  ms")
    for phase, gaps in heart.gaps.items():
        stood = [host.disturbed(gap.ended - gap.passed, gap.ended) for gap in gaps]
        counted = [gap for gap, apart in zip(gaps, stood, strict=True) if not apart]
        disturbed = [gap for gap, apart in zip(gaps, stood, strict=True) if apart]
        p50, p99 = np.percentile([gap.passed for gap in counted], [50, 99])
        busiest = max(counted, key=lambda gap: gap.own)
        figures = {"p50": p50, "p99": p99, "max": max(gap.passed for gap in counted), "own": busiest.own}
        figures |= {"stolen": busiest.stolen, "host": max((gap.passed for gap in disturbed), default=0.0)}
        rows.append({"phase": phase, "beats": len(gaps), "disturbed": len(disturbed)} | figures)
        late = any(figures[name] >= limit for name, limit in LIMITS.items())
        missed |= late
        told = "".join(f" {1000 * figure:7.1f}" for figure in figures.values())
        print(f"{phase:40} {len(gaps):7}{told}" + ("  over the limit" if late else ""))
    print(f"The host had the machine stand at {len(host.moments)} moments.")
    if path is not None:
        path.write_text(json.dumps(rows, indent=1), "utf-8")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
