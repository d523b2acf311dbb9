"""Accuracy beside the recommenders that a user would pick: `python -m tests.benchmarks.peers [--data NAME]`.

RecTools' EASE, item-kNN and SASRec and our hybrid with default settings on one leave-one-out split: all items ranked,
seen items left out, ties against the model. All are fitted on the training events; the peers' settings and epochs, and
our weights, are chosen on validation; at test time the validation event is part of the history. SASRec and the hybrid
run once for each seed, and a user's gain is the mean over the seeds. Exits with 1 where the lower bound of the paired
bootstrap of our gain over the best peer is not above 0, with 2 where there is no peer (`environment.HOW`).

SASRec takes minutes to hours a seed: what was measured is kept in the file `--keep`, and not measured again.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core import workflow
from core.evaluation.intervals import paired
from core.evaluation.metrics import gains
from core.evaluation.split import leave_one_out
from core.fitting import TrainSettings
from core.progress import Progress
from core.workspace import Workspace
from tests.benchmarks.peers import environment
from tests.benchmarks.sets import SETS, opened

EASE = [{"regularization": float(weight)} for weight in (20, 50, 100, 200, 400, 800, 1500, 3000)]
COUNTS = (10, 20, 50, 100, 200, 500)
KNN = [{"kind": kind, "K": count} for kind in ("cosine", "tf-idf") for count in COUNTS]
KNN += [{"kind": "bm25", "K": count, "K1": 1.2, "B": b} for count in COUNTS for b in (0.2, 0.75)]
# As RecTools' own examples of these data have it: short histories and sampled softmax where items are many, else full
# softmax; the number of epochs is chosen on validation.
SASREC: dict[str, dict[str, Any]] = {
    "ml-100k": {
        "settings": {"n_blocks": 2, "n_heads": 2, "n_factors": 64, "session_max_len": 200, "loss": "softmax"}
        | {"batch_size": 32, "dropout_rate": 0.2},
        "epochs": 60,
        "every": 3,
        "patience": 12,
    },
    "amazon-beauty": {
        "settings": {"n_blocks": 2, "n_heads": 2, "n_factors": 64, "session_max_len": 50, "loss": "sampled_softmax"}
        | {"n_negatives": 256, "batch_size": 128, "dropout_rate": 0.2},
        "epochs": 100,
        "every": 5,
        "patience": 15,
    },
}
MODELS = ("ease", "knn", "sasrec", "hybrid")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    environment.add_options(parser)
    parser.add_argument("--data", choices=SETS, default="ml-100k")
    parser.add_argument("--model", choices=MODELS, action="append", help="default: all")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="JSON of what was measured; read first, and written after each")
    arguments = parser.parse_args()
    models = arguments.model or MODELS
    found: dict[str, dict[str, Any]] = {}
    if arguments.keep is not None and arguments.keep.is_file():
        found = json.loads(arguments.keep.read_text("utf-8"))
    peers = [model for model in models if model != "hybrid"]
    python = environment.interpreter(arguments.peer_python) if peers else Path()
    with opened(arguments.data) as workspace, tempfile.TemporaryDirectory() as folder:
        split = leave_one_out(workspace.log())
        peer = environment.Peer(python, split, arguments.threads, Path(folder))
        print(f"{'model':8} {'seed':>4} {'validation':>10} {'test':>7} {'seconds':>8}")
        for model in models:
            for seed in range(arguments.seeds if model in ("sasrec", "hybrid") else 1):
                name = f"{arguments.data} {model} {seed}"
                if name not in found:
                    found[name] = ours(workspace, seed) if model == "hybrid" else theirs(peer, arguments, model, seed)
                    if arguments.keep is not None:
                        arguments.keep.write_text(json.dumps(found), "utf-8")
                one = found[name]
                figures = f"{one['validation']:10.4f} {one['test']:7.4f} {one['seconds']:8.1f}"
                print(f"{model:8} {seed:4} {figures}", flush=True)
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(found), "utf-8")
    return judged(found, arguments.data) if "hybrid" in models and peers else 0


def theirs(peer: environment.Peer, arguments: argparse.Namespace, model: str, seed: int) -> dict[str, Any]:
    """Settings, figures and ranks of a peer."""
    if model == "sasrec":
        return peer.ask("trained", seed=seed, **SASREC[arguments.data])
    return peer.ask("choice", model=model, choices=EASE if model == "ease" else KNN)


def ours(workspace: Workspace, seed: int) -> dict[str, Any]:
    """Figures and ranks of our hybrid with default settings."""
    run = workflow.train(workspace, TrainSettings(model="hybrid", seed=seed, hide_seen=True), Progress())
    ranks = workflow.evaluate(workspace, run.id, Progress()).evaluation.ranks
    told: dict[str, Any] = {"validation": run.validation["ndcg@10"], "test": run.metrics["ndcg@10"]}
    return told | {"ranks": ranks.tolist(), "seconds": run.seconds["evaluation fit"]}


def judged(found: dict[str, dict[str, Any]], data: str) -> int:
    """Compare the hybrid with the best peer, user by user; 1 where it is not clearly better."""
    means: dict[str, NDArray[np.float64]] = {}
    for model in MODELS:
        ranks = [np.array(one["ranks"]) for name, one in found.items() if name.startswith(f"{data} {model} ")]
        if ranks:
            means[model] = np.mean([gains(each, 10) for each in ranks], axis=0)
    mine = means.pop("hybrid")
    best = max(means, key=lambda model: float(means[model].mean()))
    told = paired(means[best], mine)
    print(
        f"hybrid {mine.mean():.4f}, best peer {best} {means[best].mean():.4f}: {mine.mean() / means[best].mean():.2f} x"
    )
    missed = "" if told.low > 0 else "  missed"
    print(f"difference {told.difference:.4f}, 95 % interval {told.low:.4f} to {told.high:.4f}{missed}")
    return int(told.low <= 0)


if __name__ == "__main__":
    sys.exit(main())
