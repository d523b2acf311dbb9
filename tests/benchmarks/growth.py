"""How time and memory grow with the log: `python -m tests.benchmarks.growth [--rows N]`.

A generated log of N, 4 N and 16 N events (a twentieth as many users, 20,000 items of which few are chosen often) goes
through import, loading, item transitions, an epoch of the transformer, and the ten best items of every user. Each stage
is a process of its own, whose peak of resident memory is therefore its own.

Exits with 1 where a stage's seconds grow faster than events^1.15 (slope of the logarithms), where training on 20
million events would need more than 6 GiB (a line through the peaks), or where scoring holds all users x items.
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
from pathlib import Path

FACTORS = (1, 4, 16)
USERS, ITEMS = 0.05, 20_000  # users per event; items
SLOPE = 1.15
EVENTS, MEMORY = 20_000_000, 6 << 30
ROOT = Path(__file__).resolve().parents[2]


def generate(folder: Path, rows: int) -> None:
    """Write `events.csv`: users with histories of many lengths, items by a power law, times over a year."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("SELECT setseed(0.5)")
        connection.execute(
            f"COPY (SELECT 'u' || CAST(floor({int(rows * USERS)} * pow(random(), 1.5)) AS INTEGER) AS user_id,"
            f" 'i' || CAST(floor({ITEMS} * pow(random(), 3)) AS INTEGER) AS item_id,"
            " CASE WHEN random() < 0.8 THEN 'view' ELSE 'purchase' END AS behaviour,"
            " 1700000000 + CAST(floor(31536000 * random()) AS INTEGER) AS timestamp"
            f" FROM range({rows})) TO '{folder / 'events.csv'}' (HEADER)"
        )


def importing(folder: Path) -> Callable[[], object]:
    from core import workflow
    from core.data.settings import ImportSettings
    from core.progress import Progress
    from core.workspace import Workspace

    workspace = Workspace.create(folder / "w.seqlens")
    return lambda: workflow.import_files(workspace, ImportSettings(files=(folder / "events.csv",)), Progress())


def loading(folder: Path) -> Callable[[], object]:
    from core.workspace import Workspace

    workspace = Workspace.open(folder / "w.seqlens")
    return workspace.log


def transitions(folder: Path) -> Callable[[], object]:
    from core.models.transitions import Transitions
    from core.progress import Progress
    from core.workspace import Workspace

    workspace = Workspace.open(folder / "w.seqlens")
    log, catalogue = workspace.log(), workspace.catalogue()
    return lambda: Transitions().fit(log, catalogue, Progress())


def training(folder: Path) -> Callable[[], object]:
    from core.models.transformer import SequenceTransformer, TransformerSettings
    from core.progress import Progress
    from core.runs import pack
    from core.workspace import Workspace

    workspace = Workspace.open(folder / "w.seqlens")
    log, catalogue = workspace.log(), workspace.catalogue()
    # The same batch at all sizes: by default a small log has small batches, whose epochs are slower.
    model = SequenceTransformer(TransformerSettings(epochs=1, batch=4096), device="cpu")

    def work() -> None:
        model.fit(log, catalogue, Progress())
        (folder / "model").write_bytes(pack(*model.state()))

    return work


def scoring(folder: Path) -> Callable[[], object]:
    import numpy as np

    from core.models.transformer import SequenceTransformer
    from core.progress import Progress
    from core.recommend.lists import recommend
    from core.runs import unpack
    from core.workspace import Workspace

    workspace = Workspace.open(folder / "w.seqlens")
    log = workspace.log()
    model = SequenceTransformer.from_state(*unpack((folder / "model").read_bytes()), device="cpu")
    users = np.arange(log.users, dtype=np.int32)
    return lambda: sum(len(lists.users) for lists in recommend(model, log, users, 10, True, Progress()))


STAGES: dict[str, Callable[[Path], Callable[[], object]]] = {
    "import": importing,
    "load into memory": loading,
    "fit transitions": transitions,
    "epoch of the transformer": training,
    "top 10 of all users": scoring,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="events of the smallest log")
    parser.add_argument("--factors", type=int, nargs="+", default=FACTORS)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--clock", choices=("wall", "processor"), default="wall", help="processor: of one thread")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.stage is not None:
        print(json.dumps(measured(STAGES[arguments.stage], arguments.folder, arguments.clock)))
        return 0
    sizes = [arguments.rows * factor for factor in arguments.factors]
    found: dict[str, list[dict[str, float]]] = {name: [] for name in STAGES}
    for rows in sizes:
        with tempfile.TemporaryDirectory() as folder:
            generate(Path(folder), rows)
            for name, told in found.items():
                told.append(asked(name, folder, arguments))
                print(f"{rows:11,} events  {name:25} {told[-1]['seconds']:8.2f} s", flush=True)
    if arguments.json is not None:
        arguments.json.write_text(json.dumps({"events": sizes, "stages": found}, indent=1), "utf-8")
    missed = table(found, sizes)
    print(f"{arguments.clock} time, {arguments.threads} threads, load of the machine {os.getloadavg()[0]:.1f}")
    return int(missed)


def asked(stage: str, folder: str, arguments: argparse.Namespace) -> dict[str, float]:
    """Seconds and peak memory of a stage in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.growth", "--stage", stage, "--folder", folder]
    environment = os.environ | {"OMP_NUM_THREADS": str(arguments.threads)}
    answer = subprocess.check_output([*command, "--clock", arguments.clock], cwd=ROOT, env=environment, text=True)
    told: dict[str, float] = json.loads(answer.splitlines()[-1])
    return told


def measured(stage: Callable[[Path], Callable[[], object]], folder: Path, clock: str) -> dict[str, float]:
    """Do the stage; its preparations are in the memory and not in the time."""
    work = stage(folder)
    now = time.perf_counter if clock == "wall" else time.process_time
    before, start = peak(), now()
    work()
    return {"seconds": now() - start, "bytes": peak(), "before": before}


def peak() -> float:
    """The most memory that this process ever held, in bytes."""
    status = Path("/proc/self/status")
    if status.is_file():  # what getrusage says of a new process begins with the size of its parent
        line = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024.0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1.0 if sys.platform == "darwin" else 1024.0)


def table(found: dict[str, list[dict[str, float]]], sizes: list[int]) -> bool:
    """Print seconds and peaks of all stages and sizes; whether a goal was missed."""
    import numpy as np

    missed = False
    print(f"\n{'':25}" + "".join(f"{f'{size:,}':>17}" for size in sizes) + "  seconds grow as   MiB at 20 million")
    for name, told in found.items():
        cells = "".join(f"{one['seconds']:8.2f} s{one['bytes'] / 2**20:5.0f} MB" for one in told)
        print(f"{name:25}{cells}", end="")
        if len(sizes) > 1:
            slope = float(np.polyfit(np.log(sizes), np.log([one["seconds"] for one in told]), 1)[0])
            each, fixed = np.polyfit(sizes, [one["bytes"] for one in told], 1)
            late, large = slope > SLOPE, bool(name == "epoch of the transformer" and fixed + each * EVENTS > MEMORY)
            missed |= late or large
            print(
                f"  events^{slope:4.2f}{' missed' * late:8} {(fixed + each * EVENTS) / 2**20:8.0f}{' missed' * large}",
                end="",
            )
        print()
    whole = 4 * ITEMS * USERS * sizes[-1]
    grown = found["top 10 of all users"][-1]["bytes"] - found["top 10 of all users"][-1]["before"]
    held = grown > 0.5 * whole
    print(
        f"scoring the largest log took {grown / 2**20:.0f} MiB more; users x items would be {whole / 2**20:.0f} MiB",
        end="",
    )
    print("  missed" if held else "")
    return missed or held


if __name__ == "__main__":
    sys.exit(main())
