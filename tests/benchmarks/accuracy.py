"""Accuracy of the models on the open data sets: `python -m tests.benchmarks.accuracy [--data NAME] [--model NAME ...]`.

Each model is trained with its default settings by the same workflow as in the window, leave-one-out: all items ranked,
seen items left out where users hardly come back to them, ties against the model; figures of the evaluation fit on the
test events. Prints a table and exits with 1 where a goal is missed. The whole run takes about an hour of two cores.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from core import workflow
from core.fitting import TrainSettings
from core.models.available import MODELS
from core.progress import Progress
from tests.benchmarks.sets import SETS, opened

GOALS = {("amazon-beauty", "transitions"): 0.050, ("amazon-beauty", "hybrid"): 0.074}  # NDCG@10


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", choices=SETS, action="append", help="default: all")
    parser.add_argument("--model", choices=MODELS, action="append", help="default: all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    rows = []
    print(f"{'data':14} {'model':12} {'validation':>10} {'test':>8} {'95 % interval':>17} {'hit@10':>8} {'train s':>8}")
    for data in arguments.data or SETS:
        rows += measure(data, arguments.model or list(MODELS), arguments.seed)
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(rows, indent=1), "utf-8")
    return int(any(row["missed"] for row in rows))


def measure(data: str, models: list[str], seed: int) -> list[dict[str, object]]:
    """Train and test each model on one data set, printing a line each."""
    rows: list[dict[str, object]] = []
    with opened(data) as workspace:
        for model in models:
            start = time.perf_counter()
            run = workflow.train(workspace, TrainSettings(model=model, seed=seed), Progress())
            seconds = time.perf_counter() - start
            low, high = workflow.evaluate(workspace, run.id, Progress()).evaluation.interval()
            test, goal = run.metrics["ndcg@10"], GOALS.get((data, model), 0.0)
            missed = test < goal
            print(
                f"{data:14} {model:12} {run.validation['ndcg@10']:10.4f} {test:8.4f} "
                f"{f'{low:.4f} to {high:.4f}':>17} {run.metrics['hit@10']:8.4f} {seconds:8.1f}"
                + (f"  missed {goal}" if missed else ""),
                flush=True,
            )
            rows.append(
                {"data": data, "model": model, "seed": seed, "validation": run.validation, "test": run.metrics}
                | {"interval": [low, high], "seconds": run.seconds, "weights": run.weights, "missed": missed}
            )
    return rows


if __name__ == "__main__":
    sys.exit(main())
