"""Ranks and lists agree with sorting by hand: ties against the model, hidden items out, codes decide equals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from core.evaluation import ranking
from core.evaluation.evaluate import evaluate
from core.evaluation.split import Cases
from core.progress import Cancelled, Progress
from core.sequences.log import EventLog
from tests.logs import DISLIKE, log_of, logs

FEW = st.sampled_from([0.0, 0.5, 1.0, -2.0, float("-inf")])  # few values, so that they tie


@st.composite
def tables(draw: st.DrawFn) -> NDArray[np.float32]:
    shape = draw(st.tuples(st.integers(1, 5), st.sampled_from([1, 2, 7, 300, 700])))
    return draw(arrays(np.float32, shape, elements=st.one_of(FEW, st.floats(-3, 3, width=32))))


def by_hand(row: NDArray[np.float32], k: int, last: int = -1) -> list[int]:
    order = sorted(range(len(row)), key=lambda item: (-row[item], item == last, item))
    return [item for item in order if row[item] > -np.inf][:k]


@given(tables(), st.integers(1, 12))
def test_top_is_what_sorting_gives(scores: NDArray[np.float32], k: int) -> None:
    items, values = ranking.top(scores.copy(), k)
    for row, found, value in zip(scores, items, values, strict=True):
        expected = by_hand(row, k)
        assert found.tolist() == expected + [-1] * (k - len(expected))
        assert value[: len(expected)].tolist() == row[expected].tolist()


@pytest.mark.parametrize("distinct", [2, 3, 50, 10_000])
def test_top_of_wide_rows_with_many_equals(distinct: int) -> None:
    scores = np.random.default_rng(distinct).integers(0, distinct, (80, 5_003)).astype(np.float32)
    items, _ = ranking.top(scores, 10)
    assert items.tolist() == np.argsort(-scores, axis=1, kind="stable")[:, :10].tolist()


def test_a_score_that_is_no_number_never_leads() -> None:
    scores = np.full((1, 600), np.nan, dtype=np.float32)
    scores[0, [5, 300]] = 1.0, 2.0
    assert ranking.top(scores, 2)[0].tolist() == [[300, 5]]
    history = log_of([[]], 600)
    assert ranking.truth_ranks(scores, history, np.array([7], np.int32), False).tolist() == [600]


class Fixed:
    """A scorer of given scores."""

    def __init__(self, scores: NDArray[np.float32]) -> None:
        self.scores = scores
        self.place = 0

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        start, self.place = self.place, self.place + histories.users
        return self.scores[start : self.place].copy()


@settings(max_examples=60)
@given(logs(items=7, users=5), st.data(), st.booleans())
def test_lists_that_were_scored_give_the_figures_again(log: EventLog, data: st.DataObject, hide: bool) -> None:
    truth = np.array([data.draw(st.integers(0, 6)) for _ in range(log.users)], dtype=np.int32)
    scores = data.draw(arrays(np.float32, (log.users, 7), elements=st.sampled_from([0.0, 1.0, 2.0])))
    cases = Cases(np.arange(log.users, dtype=np.int32), log, truth)
    found = evaluate(Fixed(scores), cases, hide, 4, Progress())
    gains = []
    for user in range(log.users):
        row = scores[user].copy()
        seen = log.select(np.array([user])).item
        if hide:
            row[seen[seen >= 0]] = -np.inf
        expected = by_hand(row, 4, last=int(truth[user]))
        assert [item for item in found.items[user].tolist() if item >= 0] == expected
        place = expected.index(truth[user]) + 1 if truth[user] in expected else 0
        if place:
            assert found.ranks[user] == place
        elif hide and truth[user] in seen:
            assert found.ranks[user] == 0
        else:
            assert found.ranks[user] > 4
        assert np.isfinite(found.scores[user, : len(expected)]).all()
        gains.append(1 / np.log2(place + 1) if place else 0.0)
    assert found.metrics["ndcg@4"] == pytest.approx(np.mean(gains))


def test_the_interval_is_around_the_figure() -> None:
    rng = np.random.default_rng(0)
    log = log_of([[]] * 40, 30)
    cases = Cases(np.arange(40, dtype=np.int32), log, np.zeros(40, dtype=np.int32))
    found = evaluate(Fixed(rng.random((40, 30)).astype(np.float32)), cases, True, 10, Progress())
    low, high = found.interval()
    assert 0 < low < found.metrics["ndcg@10"] < high < 1


def test_a_model_that_says_nothing_is_last() -> None:
    cases = Cases(np.zeros(1, np.int32), log_of([[]], 50), np.array([0], np.int32))
    found = evaluate(Fixed(np.zeros((1, 50), np.float32)), cases, True, 10, Progress())
    assert found.ranks.tolist() == [50]
    assert set(found.metrics.values()) == {0.0, 10 / 50}


def test_evaluation_can_be_stopped() -> None:
    progress = Progress()
    progress.cancel()
    cases = Cases(np.zeros(1, np.int32), log_of([[]], 50), np.array([0], np.int32))
    with pytest.raises(Cancelled):
        evaluate(Fixed(np.zeros((1, 50), np.float32)), cases, True, 10, progress)


def test_blocks_cover_all_users_within_memory() -> None:
    found = list(ranking.blocks(1001, 1000, memory=400_000))
    assert [start for start, _ in found][1:] == [end for _, end in found][:-1]
    assert (found[0][0], found[-1][1], max(end - start for start, end in found)) == (0, 1001, 100)
    assert list(ranking.blocks(2, 10**9)) == [(0, 1), (1, 2)]


def test_seen_items_are_hidden_where_nobody_comes_back() -> None:
    assert ranking.hides_seen(log_of([[0, 1, 2, 3], [3, 2, 1]], 4))
    assert not ranking.hides_seen(log_of([[0, 1, 0, 3], [3, 2, 1]], 4))
    assert ranking.hides_seen(log_of([[0, 1, (0, DISLIKE), 3, -1, -1], [3, 2, 1]], 4)), "a dislike is no return"
    assert ranking.hides_seen(log_of([[]], 4))
