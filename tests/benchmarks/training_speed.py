"""Training speed beside RecTools' SASRec on Amazon Beauty: `python -m tests.benchmarks.training_speed`.

Both are sequence transformers of one block, width 64, two heads, the last 50 events, sampled softmax with 256
negatives, on the same threads and training events, ids alone (no language vectors). Counted are the events that are
predicted, never padding; the time is that of whole epochs after the first, so set-up is in neither figure. RecTools is
given the best of three batch sizes, found on a part of the batches of two epochs. After as many epochs both rank all
items for validation and test users.

On a machine that others use too, `--threads 1 --clock processor` compares the processor time of each side, which waits
for nobody. Exits with 1 where ours is not 8 times as fast or ranks worse, with 2 where there is no peer: it lives in an
environment of its own (`tests.benchmarks.peers.environment.HOW`).
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from core.evaluation.split import Split, leave_one_out
from core.progress import Progress
from core.sequences.log import Catalogue
from tests.benchmarks.peers import environment
from tests.benchmarks.sets import load

GOAL = 8.0
BATCHES = (128, 512, 1024)
SETTINGS = {"n_blocks": 1, "n_heads": 2, "n_factors": 64, "session_max_len": 50}
SETTINGS |= {"loss": "sampled_softmax", "n_negatives": 256, "dataloader_num_workers": 0}


class EpochClock(Progress):
    """Notes wall and processor time at the end of each epoch."""

    def __init__(self) -> None:
        super().__init__()
        self.wall: list[float] = []
        self.processor: list[float] = []

    def report(self, fraction: float, message: str, figures: dict[str, float | int | str]) -> None:
        del fraction, figures
        if message.startswith("Trained epoch"):
            self.wall.append(time.perf_counter())
            self.processor.append(time.process_time())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    environment.add_options(parser)
    parser.add_argument("--epochs", type=int, default=5, help="after which both are judged")
    parser.add_argument("--share", type=float, default=0.2, help="of an epoch's batches, to find RecTools' best size")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--clock", choices=("wall", "processor"), default="wall")
    arguments = parser.parse_args()
    python = environment.interpreter(arguments.peer_python)
    log, catalogue = load("amazon-beauty")
    split = leave_one_out(log)
    rows: list[dict[str, Any]] = []
    print(f"{'':28} {'events/s':>9} {'validation':>11} {'test':>7}   NDCG@10 after {arguments.epochs} epochs")

    def tell(name: str, told: dict[str, Any]) -> None:
        rates = [events / seconds for events, seconds in zip(told["events"], told[arguments.clock], strict=True)]
        rows.append(told | {"name": name, "rate": statistics.median(rates)})
        widths = {"validation": 11, "test": 7}
        figures = "".join(f" {told[part]:{width}.4f}" for part, width in widths.items() if part in told)
        print(f"{name:28} {rows[-1]['rate']:9.0f}{figures}", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        peer = environment.Peer(python, split, arguments.threads, Path(folder))
        for batch in BATCHES:
            details = {"settings": SETTINGS | {"batch_size": batch}, "seed": arguments.seed}
            tell(f"RecTools, batch {batch}", peer.ask("speed", epochs=2, share=arguments.share, rank=False, **details))
            tell("Seqlens", ours(split, catalogue, arguments.epochs, arguments.seed, arguments.threads))
        best = BATCHES[max(range(len(BATCHES)), key=lambda place: rows[2 * place]["rate"])]
        details = {"settings": SETTINGS | {"batch_size": best}, "seed": arguments.seed}
        tell(f"RecTools, batch {best}", peer.ask("speed", epochs=arguments.epochs, share=1.0, rank=True, **details))
    mine = [row for row in rows if row["name"] == "Seqlens"]
    factor = statistics.median(row["rate"] for row in mine) / max(row["rate"] for row in rows if row not in mine)
    worse = [part for part in ("validation", "test") if mine[0][part] < rows[-1][part]]
    print(f"{factor:.1f} times as fast, goal {GOAL:.0f}" + ("" if factor >= GOAL else "  missed"))
    print("NDCG@10 lower on " + " and ".join(worse) + "  missed" if worse else "NDCG@10 no lower")
    print(f"{arguments.clock} time, {environment.circumstances(arguments.threads)}")
    if arguments.json is not None:
        told = {"rows": rows, "factor": factor, "clock": arguments.clock, "threads": arguments.threads}
        arguments.json.write_text(json.dumps(told | {"load": os.getloadavg()}, indent=1), "utf-8")
    return int(factor < GOAL or bool(worse))


def ours(split: Split, catalogue: Catalogue, epochs: int, seed: int, threads: int) -> dict[str, Any]:
    """Events and seconds of each epoch of our transformer but the first, and its figures after the last."""
    import torch

    from core.evaluation.evaluate import evaluate
    from core.models.transformer import SequenceTransformer, TransformerSettings

    torch.set_num_threads(threads)
    settings = TransformerSettings(
        seed=seed,
        encoder="attention",
        width=64,
        blocks=1,
        heads=2,
        dropout=0.3,
        longest=50,
        negatives=256,
        epochs=epochs,
    )
    model, clock = SequenceTransformer(settings, device="cpu"), EpochClock()
    model.fit(split.train, catalogue, clock)
    train = split.train
    events = int(np.count_nonzero(train.positive & (train.position > 0)))  # ours predicts first events too; not counted
    told: dict[str, Any] = {"events": [events] * (len(model.curve) - 1)}
    for name, ends in (("wall", clock.wall), ("processor", clock.processor)):
        told[name] = [end - start for start, end in itertools.pairwise(ends)]
    for part, cases in (("validation", split.validation), ("test", split.test)):
        told[part] = evaluate(model, cases, True, 10, Progress()).metrics["ndcg@10"]
    return told


if __name__ == "__main__":
    sys.exit(main())
