"""A small network beside those that taught it: `python -m tests.benchmarks.distilled [--data NAME] [--width N ...]`.

For each: the size of what is kept, users a second whose top-10 is made (seen items left out), and NDCG@10 on validation
and test, all items ranked. The teachers are the model called "transformer" with default settings; the small ones learn
from them, and are shown before and after their weights are rounded to 8 bits.

Exits with 1 where a rounded small network keeps less than nine tenths of its teachers' NDCG on validation, is not ten
times smaller, or does not list one and a half times as many users a second.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save

from core.evaluation.evaluate import evaluate
from core.evaluation.split import Split, leave_one_out
from core.language.vectors import item_vectors
from core.models.base import Recommender
from core.models.distilled import small
from core.models.ensemble import TransformerEnsemble
from core.models.network import TransformerSettings
from core.models.transformer import SequenceTransformer
from core.progress import Progress
from core.recommend.lists import recommend
from core.training.devices import torch_threads
from tests.benchmarks.sets import SETS, opened
from tests.checkpoints import MemoryCheckpoint

KEPT, SMALLER, FASTER = 0.9, 10.0, 1.5


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", choices=SETS, default="amazon-beauty")
    parser.add_argument("--width", type=int, action="append", help="of a small network; default: 32 and 64")
    parser.add_argument("--members", type=int, help="teachers; default: as many as the standard time allows")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    rows: list[dict[str, Any]] = []
    print(f"{'network':24} {'MB':>7} {'users/s':>8} {'validation':>10} {'test':>7}")
    with opened(arguments.data) as workspace, torch_threads():
        split = leave_one_out(workspace.log())
        vectors = item_vectors(workspace.catalogue().texts, "", workspace.vectors, Progress()).vectors
        teachers = TransformerEnsemble(TransformerSettings(members=arguments.members), vectors)
        teachers.fit_validated(
            split.train, workspace.catalogue(), split.validation, True, Progress(), MemoryCheckpoint()
        )
        rows.append(measured(f"teachers, {len(teachers.members)}", teachers, split))
        for width in arguments.width or (32, 64):
            pupil = SequenceTransformer(small(teachers.members[0].settings.suited(split.train), width))
            pupil.learn_from(teachers.members, split.train, Progress())
            rows.append(measured(f"small, width {width}", pupil, split))
            pupil.round()
            rows.append(measured(f"small, width {width}, int8", pupil, split))
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(rows, indent=1), "utf-8")
    return int(missed(rows))


def measured(name: str, model: Recommender, split: Split) -> dict[str, Any]:
    """One row of the table, printed as it comes."""
    tensors, _ = model.state()
    size = len(save({key: np.ascontiguousarray(array) for key, array in tensors.items()})) / 1e6
    found = {
        part: evaluate(model, cases, True, 10, Progress()).metrics["ndcg@10"]
        for part, cases in (("validation", split.validation), ("test", split.test))
    }
    log, users = split.test.histories, np.arange(len(split.test.users), dtype=np.int32)
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        for _ in recommend(model, log, users, 10, True, Progress()):
            pass
        taken.append(time.perf_counter() - start)
    row = {"name": name, "megabytes": size, "users_per_second": len(users) / min(taken)} | found
    figures = f"{size:7.2f} {row['users_per_second']:8.0f} {found['validation']:10.4f} {found['test']:7.4f}"
    print(f"{name:24} {figures}", flush=True)
    return row


def missed(rows: list[dict[str, Any]]) -> bool:
    """Whether a rounded small network misses a goal, which is told."""
    teachers, *others = rows
    told = False
    for row in (row for row in others if row["name"].endswith("int8")):
        ratios = {
            "of the NDCG": (row["validation"] / teachers["validation"], KEPT),
            "times smaller": (teachers["megabytes"] / row["megabytes"], SMALLER),
            "times as fast": (row["users_per_second"] / teachers["users_per_second"], FASTER),
        }
        for what, (ratio, goal) in ratios.items():
            mark = "" if ratio >= goal else "  missed"
            told |= ratio < goal
            print(f"{row['name']}: {ratio:.2f} {what}{mark}")
    return told


if __name__ == "__main__":
    sys.exit(main())
