"""What private training costs and what it hides: `python -m tests.benchmarks.private [--epsilon E ...] [--json FILE]`.

On ML-100K, leave-one-out: an ordinary sequence model (one network of width 64, six epochs, so that a slow machine
changes nothing), then private ones at each epsilon, each with its NDCG@10 on the test, that of the same training
without noise, and the audit (an attack on who was learned from, four trainings on halves of the users). Noise is drawn
anew each time, so figures differ a little from run to run. Exits with 1 where a promise is not kept: more spent than
asked, or a private model that tells its users apart as an ordinary one does.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from core import auditing, workflow
from core.fitting import TrainSettings
from core.progress import Progress
from core.workspace import Workspace
from tests.benchmarks.sets import opened

ORDINARY: dict[str, object] = {"width": 64, "epochs": 6, "members": 1}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epsilon", type=float, nargs="*", default=[8.0, 2.0])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    rows = []
    print(
        f"{'epsilon':>8} {'NDCG@10':>8} {'no noise':>9} {'audit AUC':>22} {'found at 1 %':>22} {'train s':>8} "
        f"{'all s':>7}"
    )
    with opened("ml-100k") as workspace:
        for epsilon in (0.0, *arguments.epsilon):
            rows.append(measure(workspace, epsilon, arguments.seed))
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(rows, indent=1), "utf-8")
    plain, *private = rows
    kept = all(row["spent"] <= row["epsilon"] and row["auc"] < plain["auc"] for row in private)
    return int(not kept)


def measure(workspace: Workspace, epsilon: float, seed: int) -> dict[str, float]:
    """One run with its figures, printing a line; epsilon 0 is an ordinary training."""
    began = time.perf_counter()
    options = {"transformer": {"private_epsilon": epsilon} if epsilon else ORDINARY}
    settings = TrainSettings(model="transformer", seed=seed, options=options)
    run = workflow.train(workspace, settings, Progress())
    found = auditing.audit(workspace, run, Progress(), seed=seed)
    seconds = time.perf_counter() - began
    row = {
        "epsilon": epsilon,
        "spent": run.private.get("epsilon", 0.0),
        "delta": run.private.get("delta", 0.0),
        "ndcg@10": run.metrics["ndcg@10"],
        "ndcg_low": run.intervals["ndcg@10"][0],
        "ndcg_high": run.intervals["ndcg@10"][1],
        "without_noise": run.private.get("ndcg_without", run.metrics["ndcg@10"]),
        "noise": run.private.get("noise", 0.0),
        "train_seconds": run.seconds["evaluation fit"],
        "seconds": seconds,
        **found.figures(),
    }
    print(
        f"{epsilon or 'none':>8} {row['ndcg@10']:8.4f} {row['without_noise']:9.4f} "
        f"{found.auc:8.3f} {f'({found.auc_low:.3f}–{found.auc_high:.3f})':>13} "
        f"{found.found:8.3f} {f'({found.found_low:.3f}–{found.found_high:.3f})':>13} "
        f"{row['train_seconds']:8.1f} {seconds:7.1f}",
        flush=True,
    )
    return row


if __name__ == "__main__":
    sys.exit(main())
