"""Figures of ranked lists, from the rank of the one relevant item in each.

Ranks count from 1; 0 or less is a miss. With one relevant item a list, hit rate and recall are the same number.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.evaluation import beyond

Ranks = NDArray[np.int64]
DEPTHS = (1, 5, 10, 20, 50)  # lengths of lists that are told of beside the asked one


def gains(ranks: Ranks, k: int) -> NDArray[np.float64]:
    """1 / log2(rank + 1) where the truth is among the first k, else 0; float64 [n].

    With one relevant item the ideal gain is 1, so this is each list's NDCG@k (Järvelin & Kekäläinen 2002).
    """
    found = _found(ranks, k)
    return np.where(found, 1.0 / np.log2(np.where(found, ranks, 1) + 1.0), 0.0)


def ndcg(ranks: Ranks, k: int) -> float:
    """Mean of 1 / log2(rank + 1), 0 for a truth that is not among the first k (Järvelin & Kekäläinen 2002)."""
    return _mean(gains(ranks, k))


def reciprocals(ranks: Ranks, k: int) -> NDArray[np.float64]:
    """1 / rank where the truth is among the first k, else 0; float64 [n]."""
    found = _found(ranks, k)
    return np.where(found, 1.0 / np.where(found, ranks, 1), 0.0)


def hits(ranks: Ranks, k: int) -> NDArray[np.float64]:
    """1 where the truth is among the first k, else 0; float64 [n]."""
    return _found(ranks, k).astype(np.float64)


def hit(ranks: Ranks, k: int) -> float:
    """Share of lists whose first k hold the truth (Deshpande & Karypis 2004)."""
    return _mean(_found(ranks, k))


def mrr(ranks: Ranks, k: int) -> float:
    """Mean of 1 / rank, 0 for a truth that is not among the first k (Voorhees 1999)."""
    return _mean(reciprocals(ranks, k))


def recall(ranks: Ranks, k: int) -> float:
    """Relevant items among the first k, divided by the relevant items, here 1 (Herlocker et al. 2004)."""
    return hit(ranks, k)


def precision(ranks: Ranks, k: int) -> float:
    """Relevant items among the first k, divided by k (Herlocker et al. 2004)."""
    return hit(ranks, k) / k


def f1(ranks: Ranks, k: int) -> float:
    """2PR / (P + R) of each list's precision and recall at k, averaged (van Rijsbergen 1979): hit · 2 / (k + 1)."""
    return hit(ranks, k) * 2.0 / (k + 1)


def summary(ranks: Ranks, lists: NDArray[np.int32], items: int, k: int) -> dict[str, float]:
    """All figures at k by their names, such as "ndcg@10"."""
    figures = {f"{name}@{k}": metric(ranks, k) for name, metric in METRICS.items()}
    return figures | {f"coverage@{k}": beyond.coverage(lists, items, k)}


METRICS = {"ndcg": ndcg, "hit": hit, "mrr": mrr, "recall": recall, "precision": precision, "f1": f1}


def _found(ranks: Ranks, k: int) -> NDArray[np.bool_]:
    return (ranks >= 1) & (ranks <= k)


def _mean(values: NDArray[np.float64] | NDArray[np.bool_]) -> float:
    return float(values.mean()) if len(values) else 0.0
