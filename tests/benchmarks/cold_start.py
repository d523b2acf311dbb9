"""How well items are ranked that nobody has touched: `python -m tests.benchmarks.cold_start`.

A tenth of the items have no event in the training. NDCG@10 among all items of the test cases about them, beside the
same model's about items that are as rare and were trained, and beside what else could be said of new items.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from core.evaluation.evaluate import evaluate
from core.evaluation.newcomers import ItemsOut, leave_items_out
from core.evaluation.ranking import hides_seen
from core.evaluation.split import Cases, leave_last_n, leave_one_out
from core.language.vectors import item_vectors
from core.models.available import create
from core.models.base import Recommender, Validated
from core.models.growing import Newcomers, grown
from core.models.hybrid import Hybrid
from core.models.popularity import log_share
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog
from tests.benchmarks.sets import SETS, opened
from tests.checkpoints import MemoryCheckpoint

LAST = {"amazon-beauty": 1, "ml-100k": 5}  # events of each user that are tested: ML-100K has few users
ENOUGH = 0.8  # of what equally rare items have


class AtRandom:
    """Any item is as good as any other."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        return self._rng.random((histories.users, histories.items), dtype=np.float32)


class CategoryPopularity:
    """An item is as good as the mean item of its category is popular, times what the user has of the category.

    Items of one category are in an order by chance, as equals would all count as misses.
    """

    def __init__(self, log: EventLog, catalogue: Catalogue) -> None:
        import pyarrow.compute as pc

        filled = pc.fill_null(catalogue.categories, "")
        self._category = np.unique(np.asarray(filled.to_pylist()), return_inverse=True)[1]
        self._kinds = int(self._category.max(initial=0)) + 1
        share = log_share(np.bincount(log.item[log.target], minlength=log.items).astype(np.float64))
        members = np.bincount(self._category, minlength=self._kinds)
        self._liked = np.bincount(self._category, share, minlength=self._kinds) / np.maximum(members, 1)
        self._chance = np.random.default_rng(0)

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        held = histories.positive
        taste = np.zeros((histories.users, self._kinds), dtype=np.float32)
        np.add.at(taste, (histories.user[held], self._category[histories.item[held]]), 1.0)
        weighed = (taste + np.float32(0.1)) * self._liked.astype(np.float32)
        scores = weighed[:, self._category]
        scores *= np.float32(1) + np.float32(1e-5) * self._chance.random(scores.shape, dtype=np.float32)
        return cast("NDArray[np.float32]", scores)


def fitted(
    name: str, out: ItemsOut, catalogue: Catalogue, vectors: NDArray[np.float32] | None, hide: bool, epochs: int
) -> Recommender:
    """A model that knows nothing of the items that are left out."""
    options: dict[str, dict[str, object]] = {"transformer": {"epochs": epochs, "members": 1}}
    model = create(name, vectors, options=options)
    if isinstance(model, Validated):
        model.fit_validated(out.train, catalogue, out.validation, hide, Progress(), MemoryCheckpoint())
    else:
        model.fit(out.train, catalogue, Progress())
    return model


def measure(
    name: str, log: EventLog, catalogue: Catalogue, vectors: NDArray[np.float32], epochs: int
) -> dict[str, object]:
    """All figures of one data set."""
    began = time.perf_counter()
    split = leave_one_out(log) if LAST[name] == 1 else leave_last_n(log, LAST[name])
    out = leave_items_out(split)
    hide = hides_seen(out.train)
    hybrid = fitted("hybrid", out, catalogue, vectors, hide, epochs)
    blind = fitted("hybrid", out, catalogue, None, hide, epochs)
    nothing = np.zeros((0, vectors.shape[1]), dtype=np.float32)
    newcomers = Newcomers(log.items, out.items, vectors, nothing, written=pa.array(catalogue.texts, pa.string()))
    larger = grown(hybrid, newcomers)
    assert isinstance(hybrid, Hybrid)
    assert larger is not None
    ways = {
        "hybrid, new items by language": larger,
        "hybrid as trained": hybrid,
        "hybrid of ids alone": blind,
        "content nearest neighbours": fitted("content", out, catalogue, vectors, hide, epochs),
        "category popularity": CategoryPopularity(out.train, catalogue),
        "random": AtRandom(0),
    }

    def ndcg(scorer: object, cases: Cases) -> tuple[float, float, float]:
        found = evaluate(cast(Recommender, scorer), cases, hide, 10, Progress())
        return (found.metrics["ndcg@10"], *found.interval())

    table = {way: {"new": ndcg(model, out.new), "rare": ndcg(model, out.rare)} for way, model in ways.items()}
    best = table["hybrid, new items by language"]
    return {
        "set": name,
        "left out": int(out.items.sum()),
        "new cases": len(out.new.truth),
        "rare cases": len(out.rare.truth),
        "way": hybrid.settings.new_by,
        "gain": hybrid.settings.gain,
        "ndcg@10": table,
        "share": best["new"][0] / max(best["rare"][0], 1e-9),
        "share of the model as trained": best["new"][0] / max(table["hybrid as trained"]["rare"][0], 1e-9),
        "seconds": round(time.perf_counter() - began),
    }


def loaded(name: str) -> tuple[EventLog, Catalogue, NDArray[np.float32]]:
    """Events, items and the items' language vectors."""
    with opened(name) as workspace:
        vectors = item_vectors(workspace.catalogue().texts, "", workspace.vectors, Progress()).vectors
        return workspace.log(), workspace.catalogue(), vectors


def main() -> int:
    """Print the tables; 1 where new items have less than `ENOUGH` of what equally rare ones have."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", nargs="*", default=list(SETS), choices=list(SETS))
    parser.add_argument("--epochs", type=int, default=8, help="of the one network in each hybrid")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = [measure(name, *loaded(name), given.epochs) for name in given.sets]
    if given.json:
        print(json.dumps(found, indent=1))
    else:
        show(found)
    return int(too_little(found))


def show(found: list[dict[str, object]]) -> None:
    """Print the tables."""
    for one in found:
        way = f"by {one['way']}, gain {one['gain']}"
        print(f"\n{one['set']}: {one['left out']} items left out, {one['new cases']} cases, {way}")
        for model, row in cast("dict[str, dict[str, tuple[float, float, float]]]", one["ndcg@10"]).items():
            told = ["{:.4f} ({:.4f} to {:.4f})".format(*row[kind]) for kind in ("new", "rare")]
            print(f"  {model:32} new {told[0]}  as rare {told[1]}")
        print(f"  share: {one['share']:.2f}, of the model as trained {one['share of the model as trained']:.2f}")


def too_little(found: list[dict[str, object]]) -> bool:
    """Whether new items have less of what equally rare ones have in the same lists than they should."""
    return any(cast(float, one["share"]) < ENOUGH for one in found)


if __name__ == "__main__":
    sys.exit(main())
