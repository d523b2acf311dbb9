"""Intervals cover what they promise and agree with SciPy's bootstrap; comparisons count who wins."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from core.evaluation import intervals


def test_the_interval_covers_the_mean_as_often_as_it_says() -> None:
    rng = np.random.default_rng(3)
    covered = 0
    for trial in range(100):
        low, high = intervals.bootstrap(rng.exponential(size=200), seed=trial, samples=200)
        covered += low <= 1.0 <= high
    assert 85 <= covered <= 100


@pytest.mark.parametrize("levels", [3, 0])
def test_agrees_with_another_bootstrap(levels: int) -> None:
    """Of a figure with few values, which is drawn by counts, and of one where each user's differs."""
    rng = np.random.default_rng(1)
    first = rng.integers(0, levels, 400) / levels if levels else rng.random(400)
    second = first + rng.normal(0.05, 0.3, 400).round(1 if levels else 9)
    theirs = stats.bootstrap((second - first,), np.mean, method="percentile", n_resamples=20_000, rng=rng)
    ours = intervals.paired(first, second, samples=20_000)
    spread = theirs.confidence_interval.high - theirs.confidence_interval.low
    assert ours.low == pytest.approx(theirs.confidence_interval.low, abs=0.05 * spread)
    assert ours.high == pytest.approx(theirs.confidence_interval.high, abs=0.05 * spread)


GAINS = st.lists(st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from([0.0, 0.5, 1.0])), min_size=1, max_size=30)


@given(GAINS, st.integers(0, 5))
def test_comparison_is_fair(gains: list[tuple[float, float]], seed: int) -> None:
    first, second = np.array(gains).T
    found, turned = intervals.paired(first, second, seed), intervals.paired(second, first, seed)
    assert found == intervals.paired(first, second, seed), "the same seed gives the same interval"
    assert found.low - 1e-9 <= found.difference <= found.high + 1e-9 or len(gains) < 8
    assert (found.wins, found.losses, found.ties) == (turned.losses, turned.wins, turned.ties)
    assert found.wins + found.losses + found.ties == len(gains)
    assert found.difference == pytest.approx(second.mean() - first.mean())
    assert not (found.clear and found.difference == 0)


def test_equal_models_do_not_differ_and_a_better_one_does() -> None:
    gains = np.random.default_rng(0).random(500)
    same = intervals.paired(gains, gains)
    assert (same.difference, same.low, same.high, same.ties, same.clear) == (0.0, 0.0, 0.0, 500, False)
    better = intervals.paired(gains, gains + 0.01)
    assert better.clear
    assert better.wins == 500


def test_users_are_drawn_whole() -> None:
    users = np.array([4, 4, 2, 2, 9, 9], dtype=np.int32)
    each = intervals.of_users(np.array([1.0, 0.0, 1.0, 1.0, 0.0, 0.0]), users)
    assert sorted(each.tolist()) == [0.0, 0.5, 1.0]
    assert intervals.of_users(np.zeros(0), np.zeros(0, np.int32)).tolist() == []


def test_nobody_is_no_error() -> None:
    none = np.zeros(0)
    assert intervals.bootstrap(none) == (0.0, 0.0)
    assert intervals.paired(none, none) == intervals.Paired(0.0, 0.0, 0.0, 0, 0, 0)


def test_a_million_users_cost_little() -> None:
    """By counts of the distinct values: drawing each user anew would take two thousand million numbers."""
    gains = np.random.default_rng(0).integers(0, 11, 1_000_000) / 10
    low, high = intervals.bootstrap(gains)
    assert low < gains.mean() < high
    assert high - low == pytest.approx(2 * 1.96 * gains.std() / 1000, rel=0.1)
