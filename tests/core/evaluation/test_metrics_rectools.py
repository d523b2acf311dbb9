"""Figures agree with RecTools' to 1e-6 on random inputs.

RecTools needs an older numpy than Seqlens, so it cannot be installed beside it: run this file in an environment that
has RecTools, pytest and hypothesis (`python -m pytest tests/core/evaluation/test_metrics_rectools.py`). TorchMetrics
(`test_metrics_independent.py`) is asked in every run of the tests.
"""

from __future__ import annotations

import numpy as np
import pytest

from core.evaluation import beyond, metrics
from core.evaluation.evaluate import evaluate, figures
from core.evaluation.split import Cases
from core.progress import Progress
from core.sequences.log import EventLog
from tests.logs import log_of

pytest.importorskip("rectools", reason="RecTools needs an older numpy; run this file in an environment of its own")

import pandas as pd
from rectools import Columns
from rectools import metrics as theirs
from rectools.metrics.distances import PairwiseDistanceCalculator

USERS, ITEMS, DIMENSIONS = 60, 120, 5


class Fixed:
    """A scorer of given scores, all in one block."""

    def __init__(self, seed: int) -> None:
        self.scores = np.random.default_rng(seed).normal(size=(USERS, ITEMS)).astype(np.float32)

    def score(self, _: EventLog) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        return self.scores.copy()


class Cosine(PairwiseDistanceCalculator):
    """1 - cosine of unit vectors."""

    def __init__(self, vectors: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> None:
        self.vectors = vectors

    def _get_distances_for_item_pairs(self, items_0: np.ndarray, items_1: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
        return 1 - (self.vectors[items_0] * self.vectors[items_1]).sum(1)


@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_rectools(seed: int) -> None:
    rng = np.random.default_rng(seed)
    histories = log_of([rng.choice(ITEMS // 2, rng.integers(1, 12)).tolist() for _ in range(USERS)], ITEMS)
    truth = rng.integers(0, ITEMS, USERS).astype(np.int32)
    cases = Cases(np.arange(USERS, dtype=np.int32), histories, truth)
    vectors = rng.normal(size=(ITEMS, DIMENSIONS))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    evaluation = evaluate(Fixed(seed), cases, hide_seen=True, k=10, progress=Progress(), depth=50)
    found = figures(evaluation, cases, beyond.Reference.of(histories, vectors))

    user, place = np.nonzero(evaluation.items >= 0)
    lists = pd.DataFrame({Columns.User: user, Columns.Item: evaluation.items[user, place], Columns.Rank: place + 1})
    real = pd.DataFrame({Columns.User: np.arange(USERS), Columns.Item: truth})
    past = pd.DataFrame({Columns.User: histories.user, Columns.Item: histories.item}).drop_duplicates()
    catalogue = np.arange(ITEMS)
    for k in metrics.DEPTHS:
        expected = {
            "ndcg": theirs.NDCG(k=k, divide_by_achievable=True).calc(lists, real),
            "hit": theirs.HitRate(k=k).calc(lists, real),
            "recall": theirs.Recall(k=k).calc(lists, real),
            "precision": theirs.Precision(k=k).calc(lists, real),
            "f1": theirs.F1Beta(k=k).calc(lists, real),
            "mrr": theirs.MRR(k=k).calc(lists, real),
            "coverage": theirs.CatalogCoverage(k=k, normalize=True).calc(lists, catalogue),
        }
        for name, value in expected.items():
            assert found[f"{name}@{k}"] == pytest.approx(value, abs=1e-6), (name, k)

    assert found["novelty@10"] == pytest.approx(theirs.MeanInvUserFreq(k=10).calc(lists, past), abs=1e-6)
    popular = theirs.AvgRecPopularity(k=10).calc(lists, past) / USERS
    assert found["popularity@10"] == pytest.approx(popular, abs=1e-6)
    diversity = theirs.IntraListDiversity(k=10, distance_calculator=Cosine(vectors)).calc(lists)
    assert found["diversity@10"] == pytest.approx(diversity, abs=1e-6)
