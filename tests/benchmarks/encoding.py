"""Language vectors of the 12,101 titles of Amazon Beauty on the CPU: `python -m tests.benchmarks.encoding`.

`core.language.encoder.TextEncoder.encode` beside what one writes without it: the same MiniLM by transformers, batches
of 256 titles in their order, padded to the longest of the batch, mean of the tokens. Both sides take turns; medians
count, each from texts to vectors, the loading of the model left out.

Exits with 1 where ours is not 1.5 times as fast or a cosine to the plain vectors is not above 0.99. `--clock
processor` with `--threads 1` compares processor time, for a machine that others use too.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.progress import Progress
from tests.benchmarks.sets import load

FASTER, COSINE = 1.5, 0.99
BATCH = 256

Vectors = NDArray[np.float32]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clock", choices=("wall", "processor"), default="wall")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    _, catalogue = load("amazon-beauty")
    import torch

    from core.language.encoder import TextEncoder

    torch.set_num_threads(arguments.threads)
    texts = catalogue.texts
    encoder = TextEncoder.open(device="cpu")
    plain = plainly()
    sides = {"plain": lambda: plain(texts), "ours": lambda: encoder.encode(texts, Progress())}
    for side in (plain, lambda few: encoder.encode(few, Progress())):
        side(texts[:BATCH])
    now = time.perf_counter if arguments.clock == "wall" else time.process_time
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    vectors: dict[str, Vectors] = {}
    for _ in range(arguments.rounds):
        for name, work in sides.items():
            start = now()
            vectors[name] = work()
            seconds[name].append(now() - start)
    cosine = float((vectors["plain"] * vectors["ours"]).sum(1).min())
    medians = {name: statistics.median(taken) for name, taken in seconds.items()}
    for name, median in medians.items():
        taken = ", ".join(f"{one:.1f}" for one in seconds[name])
        print(f"{name:6} {median:6.1f} s  {len(texts) / median:6.0f} titles/s  ({taken})")
    factor = medians["plain"] / medians["ours"]
    missed = factor < FASTER or cosine <= COSINE
    print(f"{factor:.2f} times as fast, goal {FASTER}; lowest cosine {cosine:.6f}, goal {COSINE}" + "  missed" * missed)
    load_now = os.getloadavg()[0]
    print(
        f"{arguments.clock} time, {arguments.threads} threads of {os.cpu_count()}, load of the machine {load_now:.1f}"
    )
    if arguments.json is not None:
        told = {"seconds": seconds, "factor": factor, "cosine": cosine, "threads": arguments.threads, "load": load_now}
        arguments.json.write_text(json.dumps(told, indent=1), "utf-8")
    return int(missed)


def plainly() -> Callable[[list[str]], Vectors]:
    """MiniLM as a user of transformers would write it."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    from core.language.encoder import find_model

    folder = str(find_model().folder)
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()

    def encode(texts: list[str]) -> Vectors:
        found = []
        with torch.no_grad():
            for start in range(0, len(texts), BATCH):
                batch = tokenizer(
                    texts[start : start + BATCH], padding=True, truncation=True, max_length=256, return_tensors="pt"
                )
                hidden = model(**batch).last_hidden_state
                mask = batch["attention_mask"].unsqueeze(-1).float()
                mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
                found.append(torch.nn.functional.normalize(mean, dim=1).numpy())
        return np.concatenate(found)

    return encode


if __name__ == "__main__":
    sys.exit(main())
