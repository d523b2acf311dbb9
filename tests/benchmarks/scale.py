"""Large logs, beside what they should take: `python -m tests.benchmarks.scale [--rows N] [--json FILE]`.

Two logs are generated in a temporary folder, a twentieth, a quarter and all of N rows: ratings as in MovieLens-20M
(for 20 million rows 138,000 users and 27,000 items, in random order), and a shop's log of four behaviours, by time;
`--keep FOLDER` works in that folder, and leaves the logs there for the next run. A hundredth of the rows is to be
rejected: without a user or item, with an invalid behaviour, or a duplicate. Each stage
is a process of its own, whose peak of resident memory is therefore its own; modules are imported before the clock
starts. `--clock processor` judges by the processor time of all threads, which other programs on the machine hardly
change, but for the window, of which the time that passes is what the analyst waits.

Exits with 1 where a goal is missed. Goals that speak of 20 million rows are the same for fewer rows, but for memory in
proportion to the events.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.figures import offer_json, write_json
from tests.benchmarks.growth import peak
from tests.benchmarks.large_logs import APPENDED, prepare

if TYPE_CHECKING:
    from core.sequences.log import EventLog

ROOT = Path(__file__).resolve().parents[2]
SHARES = (0.05, 0.25, 1.0)
MIB, GIB = 2**20, 2**30

Found = dict[str, float]


# The stages: each prepares, and gives the work whose time is taken; what the work returns is added to what was found.
Work = Callable[[], Found | None]


def plain(folder: Path, kind: str) -> Work:
    """DuckDB alone."""
    import duckdb

    connection = duckdb.connect(str(folder / f"{kind}.duckdb"))

    def work() -> None:
        connection.execute(f"CREATE TABLE log AS SELECT * FROM read_csv('{folder / kind}.csv')")
        connection.close()

    return work


def importing(folder: Path, kind: str, memory: int | None = None) -> Work:
    import pandas  # noqa: F401

    from core import workflow
    from core.data.settings import ImportSettings
    from core.progress import Progress
    from core.workspace import Workspace

    path = folder / f"{kind}{'' if memory is None else '-small'}.seqlens"

    def work() -> Found:
        with Workspace.create(path) as workspace:
            settings = ImportSettings(files=(folder / f"{kind}.csv",))
            report = workflow.import_files(workspace, settings, Progress(), memory)
        return {"events": report.events, "rejected": report.rejected, "size": path.stat().st_size}

    return work


def with_pandas(folder: Path, kind: str) -> Work:
    """The same by pandas: ids as text, times parsed, duplicates dropped, sorted by user and time, put into lists."""
    import pandas as pd

    def work() -> Found:
        log = pd.read_csv(folder / f"{kind}.csv", dtype={"user_id": "str", "item_id": "str"})
        log = log.dropna(subset=["user_id", "item_id"])
        log["timestamp"] = pd.to_datetime(log["timestamp"], unit="s")
        log = log.drop_duplicates().sort_values(["user_id", "timestamp"], kind="stable")
        return {"lists": len(log.groupby("user_id", sort=False).agg(list))}

    return work


def opening(folder: Path, kind: str) -> Work:
    """The workspace with all that the window shows first: its counts, the list of users, and one user's events."""
    from core.workspace import Workspace

    def work() -> Found:
        workspace = Workspace.open(folder / f"{kind}.seqlens")
        found = workspace.counts().events
        workspace.users().arrange()
        workspace.user_events(0)
        return {"events": found}

    return work


def in_window(folder: Path, kind: str) -> Work:
    """The same in the real window, and the Data page."""
    from tests.benchmarks.large_window import measured

    return lambda: measured(folder / f"{kind}.seqlens")


def loading(folder: Path, kind: str) -> Work:
    from core.workspace import Workspace

    workspace = Workspace.open(folder / f"{kind}.seqlens")

    def work() -> Found:
        log = workspace.log()
        columns = (*columns_of(log).values(), log.offsets)
        return {"log": sum(column.nbytes for column in columns if column.strides != (0,))}

    return work


def columns_of(log: EventLog) -> dict[str, NDArray[Any]]:
    """The columns of the events."""
    return {name: getattr(log, name) for name in ("item", "behaviour", "time", "value", "text")}


def data_page(folder: Path, kind: str) -> Work:
    """The figures, with the reading of the log that they are counted on."""
    from core.progress import Progress
    from core.sequences.statistics import data_statistics
    from core.workspace import Workspace

    workspace = Workspace.open(folder / f"{kind}.seqlens")
    cursor = workspace.cursor()

    def work() -> None:
        data_statistics(cursor, workspace.log(), Progress())

    return work


def user_list(folder: Path, kind: str) -> Work:
    """A million users in the window's list, each until it is painted: read and shown; the slowest search or sort."""
    del folder, kind
    from PySide6.QtWidgets import QApplication

    from tests.benchmarks import user_list

    application = QApplication.instance() or QApplication([])
    connection = user_list.workspace()

    def work() -> Found:
        shown, *others = user_list.measured(connection)
        application.processEvents()
        return {
            "shown wall": shown.median / 1000,
            "shown processor": shown.own / 1000,
            "slowest wall": max(figure.median for figure in others) / 1000,
            "slowest processor": max(figure.own for figure in others) / 1000,
        }

    return work


def transitions(folder: Path, kind: str) -> Work:
    from core.models.transitions import Transitions
    from core.progress import Progress
    from core.workspace import Workspace

    workspace = Workspace.open(folder / f"{kind}.seqlens")
    log, catalogue = workspace.log(), workspace.catalogue()

    def work() -> None:
        Transitions().fit(log, catalogue, Progress())

    return work


def exporting(folder: Path, kind: str) -> Work:
    """The ten best items of every user, by transitions and content (random vectors of 384 numbers), as CSV."""
    from core.models.content import Content
    from core.models.hybrid import Hybrid, HybridSettings
    from core.models.transitions import Transitions
    from core.progress import Progress
    from core.recommend.export import write_lists
    from core.recommend.lists import recommend
    from core.workspace import Workspace

    workspace = Workspace.open(folder / f"{kind}.seqlens")
    log, catalogue = workspace.log(), workspace.catalogue()
    vectors = np.random.default_rng(0).normal(size=(log.items, 384)).astype(np.float32)
    weights = {"transitions": 0.7, "content": 0.3}
    model = Hybrid([Transitions(), Content(vectors=vectors)], HybridSettings(weights=weights))
    model.fit(log, catalogue, Progress())
    ids = workspace.users().ids

    def work() -> Found:
        lists = recommend(model, log, np.arange(log.users, dtype=np.int32), 10, True, Progress())
        return {"rows": write_lists(folder / "lists.csv", lists, ids, catalogue)}

    return work


def appending(folder: Path, kind: str, file: str) -> Work:
    import pandas  # noqa: F401

    from core import workflow
    from core.data.settings import ImportSettings
    from core.progress import Progress
    from core.workspace import Workspace

    workspace = Workspace.open(folder / f"{kind}.seqlens")

    def work() -> Found:
        report = workflow.import_files(workspace, ImportSettings(files=(folder / f"{file}.csv",)), Progress())
        return {"new": report.new_events, "known": sum(told.known for told in report.files), "read": report.read}

    return work


def changed(folder: Path, kind: str, file: str) -> Work:
    """Lists by item transitions of users of whom a file that was appended tells: the first, others, with typed events.

    The transitions were fitted before the file came, and a list was asked for, as in a window that is open.
    """
    from core import listing, workflow
    from core.data.settings import ImportSettings
    from core.models.transitions import Transitions
    from core.prepared import USUAL, ListRequest
    from core.progress import Progress
    from core.runs import Run, pack
    from core.workspace import Workspace

    workspace = Workspace.open(folder / f"{kind}.seqlens")
    log, model = workspace.log(), Transitions()
    model.fit(log, workspace.catalogue(), Progress())
    run = Run("1", "before", "transitions", "2026-01-01T00:00:00", "done", items=log.items, basis=workspace.basis())
    run = replace(run, behaviours=len(log.behaviours), fingerprint=workspace.fingerprint)
    workspace.runs.save(run, {"serving": pack(*model.state())})
    del model
    listing.recommend(workspace, 0, Progress())
    began = time.perf_counter(), time.process_time()
    workflow.import_files(workspace, ImportSettings(files=(folder / f"{file}.csv",)), Progress())
    appended = time.perf_counter() - began[0], time.process_time() - began[1]
    with workspace.cursor() as cursor:
        some = (
            f'SELECT count(*), "user" FROM events WHERE "user" < {log.users} AND file = (SELECT max(file) FROM events)'
        )
        told_of = cursor.execute(f'{some} GROUP BY "user" ORDER BY ALL DESC LIMIT 20').fetchall()
    expected = {user: int(log.lengths[user]) + added for added, user in told_of}
    del log

    def taken(user: int, events: int, request: ListRequest = USUAL) -> tuple[float, float]:
        began = time.perf_counter(), time.process_time()
        found = listing.recommend(workspace, user, Progress(), request)
        spent = time.perf_counter() - began[0], time.process_time() - began[1]
        assert found.history.events == events, "the new events count"
        return spent

    def work() -> Found:
        first, *others = [taken(user, events) for user, events in expected.items()]
        now, typed = workspace.log(), []
        for user in expected:
            own = now.block(user, user + 1)
            once_more = {name: np.append(column, column[-1]) for name, column in columns_of(own).items()}
            history = replace(own, **once_more, offsets=own.offsets + np.array([0, 1]))
            typed.append(taken(user, own.events + 1, ListRequest(history=history)))
        told: Found = {}
        for place, clock in enumerate(("wall", "processor")):
            told[f"append {clock}"] = appended[place]
            told[f"first {clock}"] = first[place]
            told[f"others {clock}"] = float(np.median([one[place] for one in others]))
            told[f"typed {clock}"] = float(np.median([one[place] for one in typed]))
        return told

    return work


STAGES: dict[str, Callable[[Path], Work]] = {
    "plain movielens": lambda folder: plain(folder, "movielens"),
    "import movielens": lambda folder: importing(folder, "movielens"),
    "plain shop": lambda folder: plain(folder, "shop"),
    "import shop": lambda folder: importing(folder, "shop"),
    "import small": lambda folder: importing(folder, "shop", GIB),
    "pandas": lambda folder: with_pandas(folder, "movielens"),
    "open": lambda folder: opening(folder, "movielens"),
    "window": lambda folder: in_window(folder, "movielens"),
    "load": lambda folder: loading(folder, "movielens"),
    "data page": lambda folder: data_page(folder, "movielens"),
    "user list": lambda folder: user_list(folder, "movielens"),
    "transitions": lambda folder: transitions(folder, "movielens"),
    "export": lambda folder: exporting(folder, "movielens"),
    "append": lambda folder: appending(folder, "movielens", "day"),
    "append again": lambda folder: appending(folder, "movielens", "copy"),
    "append overlapping": lambda folder: appending(folder, "movielens", "overlap"),
    "load appended": lambda folder: loading(folder, "movielens"),
    "data page appended": lambda folder: data_page(folder, "movielens"),
    "changed lists": lambda folder: changed(folder, "movielens", "tomorrow"),
}
GROWING = ("plain movielens", "import movielens", "open", "load", "data page", "transitions")
LAST_DAY = ("append", "append again", "append overlapping", "load appended", "data page appended")


def measured(name: str, folder: Path) -> Found:
    """Do a stage; its preparations are in the memory and not in the time."""
    work = STAGES[name](folder)
    before, start, own = peak(), time.perf_counter(), time.process_time()
    told = work() or {}
    seconds, processor = time.perf_counter() - start, time.process_time() - own
    return {"wall": seconds, "processor": processor, "bytes": peak(), "before": before, **told}


def asked(name: str, folder: str) -> Found:
    """A stage in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.scale", "--stage", name, "--folder", folder]
    answer = subprocess.check_output(command, cwd=ROOT, text=True)
    told: Found = json.loads(answer.splitlines()[-1])
    return told


def run(rows: int, kept: Path | None = None) -> dict[str, dict[str, Found]]:
    """All stages; what was found by size and stage. Logs are `kept` in a folder, if there is one."""
    found: dict[str, dict[str, Found]] = {}
    for share in SHARES:
        size = int(rows * share)
        with tempfile.TemporaryDirectory(dir=kept) as folder:
            prepare(Path(folder), size, share == 1.0, kept)
            stages = [name for name in STAGES if share == 1.0 or name in GROWING]
            told = found[str(size)] = {}
            for name in stages:
                told[name] = asked(name, folder)
                figures = told[name]
                print(
                    f"{size:11,} rows  {name:20} {figures['wall']:8.2f} s, {figures['processor']:8.2f} s of processor "
                    f"time, {figures['bytes'] / MIB:6.0f} MiB",
                    flush=True,
                )
    return found


@dataclass(frozen=True)
class Line:
    """One line of the table: what was reached, beside its goal (at most; with `least` at least)."""

    name: str
    reached: float
    goal: float
    unit: str
    least: bool = False

    @property
    def missed(self) -> bool:
        return self.reached < self.goal if self.least else self.reached > self.goal


def lines(told: dict[str, Found], clock: str, rows: int) -> list[Line]:
    """The goals of the largest log."""

    def ratio(one: str, other: str) -> float:
        return told[one][clock] / told[other][clock]

    day, half = int(rows * APPENDED), int(rows * APPENDED) // 2
    overlap, events = told["append overlapping"], told["import movielens"]["events"]
    memory = {name: told[name]["bytes"] / GIB for name in told}
    export = told["export"]
    return [
        Line("import of ratings beside CREATE TABLE AS", ratio("import movielens", "plain movielens"), 2.0, "times"),
        Line("import of a shop's log beside CREATE TABLE AS", ratio("import shop", "plain shop"), 2.0, "times"),
        Line("import beside pandas", ratio("pandas", "import movielens"), 2.0, "times faster", least=True),
        Line("its memory beside pandas", memory["import movielens"] / memory["pandas"], 1 / 3, "of the memory"),
        Line("peak memory of the import", max(memory["import movielens"], memory["import shop"]), 3.0, "GiB"),
        Line("the same with --memory 1", memory["import small"], 1.0, "GiB"),
        Line("opening the workspace", told["open"][clock], 2.0, "s"),
        Line("the window with it usable, from the start of the program", told["window"]["usable"], 2.0, "s"),
        Line("Data page complete in the window", told["window"]["data page"], 2.0, "s"),
        Line("sequences in memory, for 20 million events", told["load"]["log"] / events * 20e6 / 1e6, 400.0, "MB"),
        Line("figures of the Data page", told["data page"][clock], 2.0, "s"),
        Line("list of 1,000,000 users read and shown", told["user list"][f"shown {clock}"] * 1000, 200.0, "ms"),
        Line("search and sort of 1,000,000 users", told["user list"][f"slowest {clock}"] * 1000, 200.0, "ms"),
        Line("fit of item transitions", told["transitions"][clock], 30.0, "s"),
        Line("its peak memory", memory["transitions"], 4.0, "GiB"),
        Line("ten best items of all users, exported", export[clock], 180.0, "s"),
        Line("memory that grew meanwhile", (export["bytes"] - export["before"]) / GIB, 1.0, "GiB"),
        Line(f"appending {day:,} rows", told["append"][clock], 3.0, "s"),
        Line("the same file again adds", told["append again"]["new"], 0.0, "events"),
        Line("an overlapping file: known events told", overlap["known"] / half, 0.98, "of those", least=True),
        Line("an overlapping file: what it adds", overlap["new"] / half, 1.0, "of what is new"),
        Line("figures of the Data page with appended events", told["data page appended"][clock], 2.0, "s"),
        Line("appending as many while lists are asked for", told["changed lists"][f"append {clock}"], 3.0, "s"),
        Line("first list after appended events", told["changed lists"][f"first {clock}"] * 1000, 50.0, "ms"),
        Line("lists after it", told["changed lists"][f"others {clock}"] * 1000, 50.0, "ms"),
        Line("list after a typed event", told["changed lists"][f"typed {clock}"] * 1000, 50.0, "ms"),
    ]


def table(found: dict[str, dict[str, Found]], clock: str) -> bool:
    """Print goals and growth; whether a goal was missed."""
    sizes = [int(size) for size in found]
    largest = lines(found[str(sizes[-1])], clock, sizes[-1])
    width = max(len(line.name) for line in largest)
    print(f"\n{f'{sizes[-1]:,} rows':{width}}   reached      goal")
    for line in largest:
        sign, missed = ("at least" if line.least else "at most"), "  missed" if line.missed else ""
        print(f"{line.name:{width}}  {line.reached:8.2f}  {sign:>8} {line.goal:.2f} {line.unit}{missed}")
    print(f"\n{'rows':22}" + "".join(f"{size:>22,}" for size in [*sizes, 100_000_000, 1_000_000_000]))
    for name in GROWING:
        told = [found[str(size)][name] for size in sizes]
        slope, start = np.polyfit(sizes, [one[clock] for one in told], 1)
        grown, fixed = np.polyfit(sizes, [one["bytes"] for one in told], 1)
        cells = [f"{one[clock]:.1f} s, {one['bytes'] / MIB:,.0f} MiB" for one in told]
        for size in (100_000_000, 1_000_000_000):
            memory = fixed + grown * size
            if name == "import movielens":  # what would be more goes to disk
                memory = min(memory, 3 * GIB)
            cells.append(f"({start + slope * size:,.0f} s, {memory / GIB:,.1f} GiB)")
        print(f"{name:22}" + "".join(f"{cell:>22}" for cell in cells))
    told = found[str(sizes[-1])]["import movielens"]
    print(f"a workspace takes {told['size'] / told['events']:.1f} bytes an event; (in brackets: calculated)")
    return any(line.missed for line in largest)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000_000, help="of the largest log")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="make logs there and leave them for the next run")
    parser.add_argument("--clock", choices=("wall", "processor"), default="wall")
    offer_json(parser)
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.stage is not None:
        print(json.dumps(measured(arguments.stage, arguments.folder)))
        return 0
    if arguments.keep is not None:
        arguments.keep.mkdir(parents=True, exist_ok=True)
    found = run(arguments.rows, arguments.keep)
    missed = table(found, arguments.clock)
    load = f", load of the machine {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{arguments.clock} time, {os.cpu_count()} cores{load}")
    goals = [vars(line) for line in lines(found[str(arguments.rows)], arguments.clock, arguments.rows)]
    write_json(arguments.json, {"goals": goals, "found": found})
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
