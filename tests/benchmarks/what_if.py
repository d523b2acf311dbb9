"""How soon the window answers a changed history: `python -m tests.benchmarks.what_if [--json F]`.

On Amazon Beauty (12,101 items) with the hybrid of three networks, asked through the window's own lane: the list with
its split into components after each of many edits, and the first answer of the split of the best item over the events
of histories of 20 and of 200 events (all of which the networks read); idle, and again while a training runs. What a
network has learned does not change how long it takes, so each is trained on a fortieth of the users, and the weights of
the components are given.

Exits with 1 where a 95th percentile is above its goal: 50 ms, 300 ms, 2 s.
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
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from desktop_app.app import make_way
from tests.benchmarks.sets import DATA

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.recommend.what_if import ChangedHistory
    from core.runs import Run
    from core.sequences.log import EventLog
    from core.workspace import Workspace
    from desktop_app.background import Background

LIST, TWENTY, TWO_HUNDRED = "list and components", "split over 20 events", "split over 200 events"
GOALS = {LIST: 50.0, TWENTY: 300.0, TWO_HUNDRED: 2000.0}  # milliseconds, 95th percentile
RUNS = {LIST: 100, TWENTY: 30, TWO_HUNDRED: 12}
LONGEST = 256  # events that the networks read
EVERY = 40  # users of whom one trains
WEIGHTS = {  # of all parts, as barely trained networks would get none
    "popularity": 0.1,
    "trend": 0.1,
    "eras": 0.1,
    "transitions": 0.1,
    "words": 0.1,
    "content": 0.1,
    "transformer": 0.4,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    data = DATA / "amazon-beauty"
    if not data.is_dir():
        print(f"{data} is not here; set SEQLENS_DATA to the folder of the data sets", file=sys.stderr)
        return 1
    make_way()
    QCoreApplication(sys.argv[:1])
    from core.workspace import Workspace
    from desktop_app.background import Background

    with tempfile.TemporaryDirectory() as folder, Workspace.create(Path(folder) / "w.seqlens") as workspace:
        run = prepare(workspace, data, Path(folder))
        background = Background()
        rows = [row("idle", *each) for each in asked(workspace, background, run).items()]
        job = background.start(busy, workspace, title="training", failed=print)
        wait(lambda: job.progress.fraction > 0, 120)
        rows += [row("while a training runs", *each) for each in asked(workspace, background, run).items()]
        trained = not job.ended
        job.cancel()
        wait(lambda: background.job is None, 5)
        background.close()
    return report(rows, trained, arguments.json)


def prepare(workspace: Workspace, data: Path, folder: Path) -> Run:
    """All items, some of the users, and a hybrid of three networks that were trained on them."""
    import csv

    from core import workflow
    from core.data.settings import ImportSettings
    from core.fitting import TrainSettings
    from core.progress import Progress

    some = folder / "events.csv"
    with (data / "events.csv").open(encoding="utf-8", newline="") as source, some.open("w", newline="") as target:
        rows, writer = csv.reader(source), csv.writer(target)
        writer.writerow(next(rows))
        by_user = itertools.groupby(rows, key=lambda row: row[0])
        writer.writerows(row for number, (_, own) in enumerate(by_user) if number % EVERY == 0 for row in own)
    workflow.import_files(workspace, ImportSettings(files=(some,), items_files=(data / "items.csv",)), Progress())
    return workflow.train(workspace, TrainSettings(options=options(1)), Progress())


def options(epochs: int) -> dict[str, dict[str, object]]:
    return {"transformer": {"epochs": epochs, "members": 3, "longest": LONGEST}, "hybrid": {"weights": WEIGHTS}}


def busy(workspace: Workspace, progress: Any) -> object:
    """A training that outlasts the measurement."""
    from core import workflow
    from core.fitting import TrainSettings

    settings = TrainSettings(model="transformer", options=options(500), leave_core=True)
    return workflow.train(workspace, settings, progress)


def asked(workspace: Workspace, background: Background, run: Run, splits: bool = True) -> dict[str, list[float]]:
    """Milliseconds between each question and its answer in the window's thread; the lists alone without `splits`."""
    import numpy as np

    from desktop_app.parts import recommendation_work as work

    found: dict[str, list[float]] = {}
    rng = np.random.default_rng(0)
    choice = work.Choice(0, run.id, "serving", 10, True, None)
    words = ("others", "base")

    def ask(kind: str, question: Callable[..., Any], *about: object) -> Any:
        answers: list[Any] = []
        start = time.perf_counter()
        background.ask(kind, question, workspace, *about, done=answers.append, failed=answers.append)
        wait(lambda: bool(answers), 60, every=0)
        if isinstance(answers[0], Exception):
            raise answers[0]
        found.setdefault(kind, []).append((time.perf_counter() - start) * 1000)
        return answers[0]

    for edit, now in enumerate(edits(workspace.log(), rng, RUNS[LIST] + 1), 1):
        ask(LIST, work.ranked, replace(choice, version=edit, history=now.log))
    for kind, events in ((TWENTY, 20), (TWO_HUNDRED, 200)) if splits else ():
        for turn in range(RUNS[kind] + 1):
            history = drawn(workspace.log(), rng, events)
            listed = work.ranked(workspace, replace(choice, k=1, version=turn, history=history), progress=_progress())
            item = listed.rows[0].code
            ask(kind, work.explained, work.Question(0, item, run.id, "serving", turn, history), words)
    return {kind: values[1:] for kind, values in found.items()}  # the first one also loads


def _progress() -> Any:
    from core.progress import Progress

    return Progress()


def drawn(log: EventLog, rng: np.random.Generator, events: int) -> EventLog:
    """A history of so many events, drawn from all of them."""
    import numpy as np

    some = np.sort(rng.integers(0, log.events, events))
    return replace(
        log,
        **{name: getattr(log, name)[some] for name in ("item", "behaviour", "time", "value", "text")},
        offsets=np.array([0, events], dtype=np.int64),
    )


def edits(log: EventLog, rng: np.random.Generator, count: int) -> list[ChangedHistory]:
    """Versions of a history of 20 events, each an edit away from the one before."""
    from core.recommend.what_if import ChangedHistory

    now, made = ChangedHistory.of(drawn(log, rng, 20)), []
    for edit in range(count):
        place = int(rng.integers(0, now.events))
        if edit % 3 == 0:
            now = now.add(place, int(rng.integers(0, log.items)), 0)
        elif edit % 3 == 1:
            now = now.move(place, int(rng.integers(0, now.events)))
        else:
            now = now.without([place])
        made.append(now)
    return made


def wait(ready: Callable[[], bool], limit: float, every: int = 20) -> None:
    """Let the window live until `ready`, or fail after `limit` seconds."""
    loop, end = QEventLoop(), time.monotonic() + limit
    watch = QTimer(interval=max(every, 1))
    watch.timeout.connect(lambda: loop.quit() if ready() or time.monotonic() > end else None)
    watch.start()
    loop.exec()
    if not ready():
        raise TimeoutError


def row(when: str, what: str, values: list[float]) -> dict[str, Any]:
    """One line of the table."""
    import numpy as np

    taken: NDArray[np.float64] = np.array(values)
    high = float(np.percentile(taken, 95))
    told = {"what": what, "when": when, "median": float(np.median(taken)), "p95": high, "goal": GOALS[what]}
    return told | {"runs": len(taken), "missed": high > GOALS[what]}


def report(rows: list[dict[str, Any]], trained: bool, path: Path | None) -> int:
    """Print the table; 1 where a goal was missed or the training ended before the measurement."""
    print(f"{'milliseconds':48} {'median':>8} {'95 %':>8} {'goal':>8}")
    for each in rows:
        missed = "  missed" if each["missed"] else ""
        name = f"{each['what']}, {each['when']}"
        print(f"{name:48} {each['median']:8.1f} {each['p95']:8.1f} {each['goal']:8.0f}{missed}")
    print(f"load of the machine {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores" if hasattr(os, "getloadavg") else "")
    if not trained:
        print("the training ended before the measurement", file=sys.stderr)
    if path is not None:
        path.write_text(json.dumps({"rows": rows, "load": os.getloadavg()}, indent=1), "utf-8")
    return int(not trained or any(each["missed"] for each in rows))


if __name__ == "__main__":
    sys.exit(main())
