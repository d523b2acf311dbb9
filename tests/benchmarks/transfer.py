"""What a sequence model learned on one data set is worth on another: `python -m tests.benchmarks.transfer`.

Each set is the source of the other. NDCG@10 of the target's test (leave-one-out, all items ranked, seen ones left out
as the data suggest), with 95 % intervals over users:

- "zero-shot": the source's network, carried over by the language vectors of the items alone; it has seen no event of
  the target but the history that it is asked about. Once of a network that knew the source's items by their texts
  alone, and once of one that had learned a vector of each, carried over by ridge regression.
- "content": the nearness of the same language vectors, which learned nothing anywhere.
- "from nothing" and "fine-tuned": the same network trained on the target's events for the same epochs, once from drawn
  weights and once from the source's (of texts alone); on all users, and on a part of them, where there is little to
  learn from.
- popularity and chance, for the scale.

Small networks and few epochs (`--width`, `--epochs`), so that the table takes minutes; the figures of the best settings
are in `tests.benchmarks.accuracy`.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
from numpy.typing import NDArray

from core.evaluation.evaluate import evaluate
from core.evaluation.ranking import hides_seen
from core.evaluation.split import Split, leave_one_out
from core.models.available import create
from core.models.base import Recommender, Validated
from core.models.ensemble import TransformerEnsemble
from core.models.transfer import Begin, begins
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog
from tests.benchmarks.cold_start import AtRandom, loaded
from tests.benchmarks.sets import SETS
from tests.checkpoints import MemoryCheckpoint

WIDTH = 64  # of the networks
PART = 0.05  # of the target's users, in the rows about little data


@dataclass(frozen=True)
class Data:
    """One set."""

    log: EventLog
    catalogue: Catalogue
    vectors: NDArray[np.float32]
    split: Split
    hide: bool


def opened_set(name: str) -> Data:
    """A set with its split and the language vectors of its items."""
    log, catalogue, vectors = loaded(name)
    split = leave_one_out(log)
    return Data(log, catalogue, vectors, split, hides_seen(split.train))


def fewer(split: Split, share: float) -> Split:
    """The split in which only a `share` of the users, drawn by a seed, can be learned from and validated on."""
    rng = np.random.default_rng(0)
    kept = rng.random(split.train.users) < share
    some = np.flatnonzero(kept[split.validation.users])
    cases = split.validation
    validation = replace(
        cases, users=cases.users[some], histories=cases.histories.select(some), truth=cases.truth[some], behaviour=None
    )
    return replace(split, train=split.train.take(kept[split.train.user]), validation=validation)


def fitted(
    name: str, data: Data, split: Split, settings: dict[str, object], begin: tuple[Begin, ...] = ()
) -> Recommender:
    """A model that learned from the training events of `split`."""
    model = create(name, data.vectors, options={"transformer": settings}, begins=begin)
    if isinstance(model, Validated):
        given = split.train, data.catalogue, split.validation, data.hide, Progress(), MemoryCheckpoint()
        model.fit_validated(*given)
    else:
        model.fit(split.train, data.catalogue, Progress())
    return model


def measure(source: str, target: str, sets: dict[str, Data], settings: dict[str, object]) -> dict[str, object]:
    """The table of one direction."""
    began = time.perf_counter()
    other, data = sets[source], sets[target]
    names = [behaviour.name for behaviour in other.log.behaviours]

    def begin(known_by: str, learn: bool) -> tuple[Begin, ...]:
        return begins(taught[known_by], names, learn)

    taught = {
        kind: cast(TransformerEnsemble, fitted("transformer", other, other.split, {**settings, "known_by": kind}))
        for kind in ("text", "both")
    }
    start = begin("text", True)
    few = fewer(data.split, PART)
    part = f"{PART:.0%} of the users"
    ways: dict[str, Recommender] = {
        "chance": cast(Recommender, AtRandom(0)),
        "popularity": fitted("popularity", data, data.split, settings),
        "content": fitted("content", data, data.split, settings),
        "zero-shot, texts alone": fitted("transformer", data, few, settings, begin("text", False)),
        "zero-shot, ridge": fitted("transformer", data, few, settings, begin("both", False)),
        f"from nothing, {part}": fitted("transformer", data, few, settings),
        f"fine-tuned, {part}": fitted("transformer", data, few, settings, start),
        "from nothing, all users": fitted("transformer", data, data.split, settings),
        "fine-tuned, all users": fitted("transformer", data, data.split, settings, start),
    }
    table = {}
    for way, model in ways.items():
        found = evaluate(model, data.split.test, data.hide, 10, Progress())
        table[way] = (found.metrics["ndcg@10"], *found.interval())
    return {
        "source": source,
        "target": target,
        "settings": settings,
        "users": len(data.split.test.users),
        "ndcg@10": table,
        "seconds": round(time.perf_counter() - began),
    }


def tables(width: int, epochs: int) -> list[dict[str, object]]:
    """The tables of all directions between the sets at hand."""
    sets = {name: opened_set(name) for name in SETS}
    settings: dict[str, object] = {"width": width, "blocks": 1, "epochs": epochs, "members": 1}
    return [measure(a, b, sets, settings) for a in sets for b in sets if a != b]


def show(found: list[dict[str, object]]) -> None:
    """Print the tables."""
    for one in found:
        print(f"{one['source']} -> {one['target']}: {one['users']} users, {one['seconds']} s, {one['settings']}")
        for way, row in cast("dict[str, tuple[float, float, float]]", one["ndcg@10"]).items():
            print("  {:32} {:.4f} ({:.4f} to {:.4f})".format(way, *row))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--width", type=int, default=WIDTH)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = tables(given.width, given.epochs)
    if given.json:
        print(json.dumps(found, indent=1))
    else:
        show(found)


if __name__ == "__main__":
    main()
