"""Top-10 of all users of Amazon Beauty beside RecTools: `python -m tests.benchmarks.inference_speed`.

The lists that the window exports (`core.recommend.lists.recommend`, seen items left out) beside RecTools' `recommend`
for its SASRec: one block, width 64, two heads, the last 50 events, on the same users, histories and threads. Ours is
a network of those sizes; the model called "transformer" and the hybrid with the default sizes and one network, as the
standard effort trains them on two cores; and the hybrid with four, as more effort or cores do. What a network has
learned does not change how long it takes, so each is trained for an epoch or less. The sides take turns; medians
count. On a machine that others use too, `--threads 1 --clock processor` compares the processor time of each side,
which waits for nobody.

Exits with 1 where our network of the same sizes does not list 3 times as many users a second as RecTools' SASRec, with
2 where there is no peer (`tests.benchmarks.peers.environment.HOW`).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from core.evaluation.split import Split, leave_one_out
from core.language.vectors import item_vectors
from core.models.base import Recommender, Validated
from core.progress import Progress
from core.recommend.lists import recommend
from core.workspace import Workspace
from tests.benchmarks.peers import environment
from tests.benchmarks.sets import opened
from tests.checkpoints import MemoryCheckpoint

GOAL = 3.0
PEER = "RecTools SASRec"
SAME = "network of the same sizes"
OURS: dict[str, tuple[str, dict[str, object]]] = {
    SAME: ("transformer", {"encoder": "attention", "blocks": 1, "width": 64, "heads": 2, "longest": 50, "members": 1}),
    "transformer, one network": ("transformer", {"members": 1}),
    "hybrid, one network": ("hybrid", {"members": 1}),
    "hybrid, four networks": ("hybrid", {"members": 4}),
}
SIZES = {"n_blocks": 1, "n_heads": 2, "n_factors": 64, "session_max_len": 50}
TRAINED = {"loss": "sampled_softmax", "n_negatives": 1, "batch_size": 512}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    environment.add_options(parser)
    parser.add_argument("--clock", choices=("wall", "processor"), default="wall")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ours", choices=OURS, action="append", help="default: all; the first is always there")
    arguments = parser.parse_args()
    chosen = {name: how for name, how in OURS.items() if name in (arguments.ours or OURS) or name == SAME}
    python = environment.interpreter(arguments.peer_python)
    taken: dict[str, list[float]] = {}
    with opened("amazon-beauty") as workspace, tempfile.TemporaryDirectory() as folder:
        split = leave_one_out(workspace.log())
        peer = environment.Peer(python, split, arguments.threads, Path(folder))
        sides: dict[str, Callable[[], list[float]]] = {
            f"Seqlens {name}": lambda model=model: [listing(model, split, arguments.clock)]  # type: ignore[misc]
            for name, model in trained(workspace, split, arguments.threads, chosen).items()
        }
        asked = {"settings": TRAINED | SIZES, "seed": 0, "share": 0.05, "runs": 2}
        sides[PEER] = lambda: peer.ask("recommending", **asked)[arguments.clock]
        for _ in range(arguments.rounds):
            for name, side in sides.items():
                taken.setdefault(name, []).extend(side())
                print(f"{name:40} {len(split.test.users) / taken[name][-1]:7.0f} users/s", flush=True)
    users = len(split.test.users)
    rates = {name: [users / seconds for seconds in each] for name, each in taken.items()}
    medians = {name: statistics.median(each) for name, each in rates.items()}
    print(f"\n{'':40} users/s  (lowest to highest)")
    for name, median in medians.items():
        print(f"{name:40} {median:7.0f}  ({min(rates[name]):.0f} to {max(rates[name]):.0f})")
    factors = {name: medians[f"Seqlens {name}"] / medians[PEER] for name in chosen}
    missed = factors[SAME] < GOAL
    for name, factor in factors.items():
        goal = f", goal {GOAL:.0f}" + "  missed" * missed if name == SAME else ""
        print(f"{name}: {factor:.1f} times as fast{goal}")
    print(f"{arguments.clock} time, {environment.circumstances(arguments.threads)}")
    if arguments.json is not None:
        told = {"users_per_second": rates, "factors": factors, "threads": arguments.threads, "load": os.getloadavg()}
        arguments.json.write_text(json.dumps(told, indent=1), "utf-8")
    return int(missed)


def trained(
    workspace: Workspace, split: Split, threads: int, chosen: dict[str, tuple[str, dict[str, object]]]
) -> dict[str, Recommender]:
    """Our models, after an epoch; that of RecTools' sizes knows ids alone, as RecTools does."""
    import torch

    from core.models.available import create

    torch.set_num_threads(threads)
    catalogue = workspace.catalogue()
    vectors = None
    if len(chosen) > 1:
        vectors = item_vectors(catalogue.texts, "", workspace.vectors, Progress()).vectors
    models: dict[str, Recommender] = {}
    for name, (kind, options) in chosen.items():
        model = create(kind, None if name == SAME else vectors, options={"transformer": {"epochs": 1, **options}})
        if isinstance(model, Validated):
            model.fit_validated(split.train, catalogue, split.validation, True, Progress(), MemoryCheckpoint())
        models[name] = model
    return models


def listing(model: Recommender, split: Split, clock: str) -> float:
    """Seconds in which the ten best items of all users are listed."""
    users = np.arange(len(split.test.users), dtype=np.int32)
    now = time.perf_counter if clock == "wall" else time.process_time
    start = now()
    for lists in recommend(model, split.test.histories, users, 10, True, Progress()):
        assert lists.items.shape[1] == 10
    return now() - start


if __name__ == "__main__":
    sys.exit(main())
