"""Figures agree with an independent library, TorchMetrics, to 1e-6 on random scores."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from sklearn.metrics import ndcg_score

from core.evaluation import metrics
from core.evaluation.evaluate import evaluate
from core.evaluation.split import Cases
from core.progress import Progress
from core.sequences.log import EventLog
from tests.logs import log_of

USERS, ITEMS = 40, 130


class Random:
    """A scorer of given scores, all in one block."""

    def __init__(self, seed: int) -> None:
        self.scores = np.random.default_rng(seed).normal(size=(USERS, ITEMS)).astype(np.float32)

    def score(self, _: EventLog) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        return self.scores.copy()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("k", metrics.DEPTHS)
def test_agrees_with_torchmetrics_and_scikit_learn(seed: int, k: int) -> None:
    from torchmetrics.functional import retrieval  # takes seconds, in each process that collects tests

    scorer = Random(seed)
    truth = np.random.default_rng(seed + 99).integers(0, ITEMS, USERS).astype(np.int32)
    cases = Cases(np.arange(USERS, dtype=np.int32), log_of([[]] * USERS, ITEMS), truth)
    found = evaluate(scorer, cases, hide_seen=True, k=k, progress=Progress()).metrics
    relevant = np.zeros((USERS, ITEMS), dtype=np.int64)
    relevant[np.arange(USERS), truth] = 1
    rows = [
        (torch.from_numpy(one), torch.from_numpy(right)) for one, right in zip(scorer.scores, relevant, strict=True)
    ]
    theirs = {
        "ndcg": [retrieval.retrieval_normalized_dcg(*row, top_k=k) for row in rows],
        "hit": [retrieval.retrieval_hit_rate(*row, top_k=k) for row in rows],
        "recall": [retrieval.retrieval_recall(*row, top_k=k) for row in rows],
        "precision": [retrieval.retrieval_precision(*row, top_k=k) for row in rows],
        "mrr": [retrieval.retrieval_reciprocal_rank(*row, top_k=k) for row in rows],
    }
    means = {name: float(torch.stack(values).double().mean()) for name, values in theirs.items()}
    both = zip(theirs["precision"], theirs["recall"], strict=True)
    means["f1"] = float(np.mean([float(2 * p * r / (p + r)) if p + r else 0.0 for p, r in both]))
    for name, value in means.items():
        assert found[f"{name}@{k}"] == pytest.approx(value, abs=1e-6), name
    if k > 1:  # scikit-learn's ranks at least two
        assert found[f"ndcg@{k}"] == pytest.approx(ndcg_score(relevant, scorer.scores, k=k), abs=1e-6)
