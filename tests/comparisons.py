"""Comparisons made up for tests of what shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.evaluation.comparison import Comparison, Contender, ranked
from core.evaluation.metrics import DEPTHS
from core.evaluation.slices import Slice

METRICS = ("ndcg@10", "hit@10", "mrr@10")
SLICES = (
    *(("history", "1-4"), ("history", "5"), ("popularity", "head"), ("popularity", "middle"), ("popularity", "tail")),
    *(("behaviour", "view"), ("behaviour", "<b>购买"), ("return", "first"), ("return", "returning")),
)


def contender(run: str, gains: NDArray[np.float64], **changes: Any) -> Contender:
    """A model that reached these gains of each user, with every kind of figure that there is."""
    ndcg = float(gains.mean()) if len(gains) else 0.0
    figures = {f"{name}@{k}": ndcg * k / 50 for name in ("ndcg", "hit", "mrr", "coverage") for k in DEPTHS}
    figures |= {"ndcg@10": ndcg, "gini@10": 0.4, "novelty@10": 5.5, "popularity@10": 0.2, "popularity_lift@10": -0.1}
    around = dict.fromkeys(METRICS, (ndcg * 0.9, ndcg * 1.1))
    facts: dict[str, Any] = {
        "run": run,
        "name": run,
        "model": "transitions",
        "figures": figures,
        "intervals": around,
        "slices": tuple(
            Slice(kind, value, 20, 30, dict.fromkeys(METRICS, ndcg), around, gains[:20]) for kind, value in SLICES
        ),
        "gains": gains,
        "seconds": {"evaluation fit": 1.5, "serving fit": 61.0},
        "settings": {"model": run, "seed": 0, "options": {}},
        "versions": {"seqlens": "0.1.0"},
    }
    return Contender(**facts | changes)


def comparison(made: Sequence[Contender] = (), against: str | None = None, **changes: Any) -> Comparison:
    """A comparison of two models, one of them a sum with a curve, or of these."""
    rng = np.random.default_rng(0)
    curve = tuple({"epoch": float(epoch), "loss": 3.0 / epoch, "ndcg": 0.1 * epoch} for epoch in (1, 2, 3, 1, 2))
    summed = {"model": "hybrid", "weights": {"transitions": 0.7, "content": 0.3}, "curve": curve}
    both = [
        contender("sum", rng.random(50), **summed, weight_intervals={"transitions": (0.6, 0.8)}),
        contender("near", rng.random(50)),
    ]
    reference, order = ranked(made or both, 10, against)
    data = {"workspace": "shop.seqlens", "fingerprint": "f00", "users": 1234, "items": 80, "events": 9000}
    data |= {"behaviors": 2, "start": "2024-05-31T00:00:00+00:00", "end": None, "training_events": 8000}
    facts: dict[str, Any] = {"k": 10, "protocol": "leave-one-out", "cut": None, "parts": {}, "hide_seen": True}
    facts |= {"cases": 50, "users": 50, "data": data, "reference": reference, "contenders": order}
    facts["tested"] = np.arange(len(order[0].gains), dtype=np.int32)
    return Comparison(**facts | changes)
