"""Figures agree with their definitions, computed the long way."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evaluation import metrics

RANKS = st.lists(st.integers(-1, 30), min_size=1, max_size=40)


@given(RANKS, st.integers(1, 20))
def test_figures_by_hand(ranks: list[int], k: int) -> None:
    array = np.array(ranks, dtype=np.int64)
    found = [rank for rank in ranks if 1 <= rank <= k]
    n = len(ranks)
    assert metrics.ndcg(array, k) == pytest.approx(sum(1 / math.log2(rank + 1) for rank in found) / n)
    assert metrics.mrr(array, k) == pytest.approx(sum(1 / rank for rank in found) / n)
    assert metrics.hit(array, k) == metrics.recall(array, k) == pytest.approx(len(found) / n)
    assert metrics.precision(array, k) == pytest.approx(len(found) / k / n)
    each = [2 * (1 / k) * 1 / (1 / k + 1) for _ in found]
    assert metrics.f1(array, k) == pytest.approx(sum(each) / n)


def test_summary_has_the_names_that_are_written() -> None:
    figures = metrics.summary(np.array([1, 0]), np.array([[0], [1]], dtype=np.int32), 4, 10)
    assert set(figures) == {
        "ndcg@10", "hit@10", "mrr@10", "recall@10", "precision@10", "f1@10", "coverage@10"
    }  # fmt: skip
    assert figures["ndcg@10"] == figures["hit@10"] == figures["coverage@10"] == 0.5


def test_nothing_to_judge_is_zero_and_not_an_error() -> None:
    none = np.zeros(0, dtype=np.int64)
    assert set(metrics.summary(none, np.zeros((0, 10), np.int32), 0, 10).values()) == {0.0}
