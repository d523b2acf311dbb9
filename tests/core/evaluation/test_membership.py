"""The attack on who was learned from: its figures are right, and chance looks like chance."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from core.evaluation.membership import MOMENTS, _told_apart, attacked, halves, losses
from core.progress import Progress
from core.sequences.log import EventLog
from tests.logs import log_of, random_log


class Lengths:
    """Scores that hang on the length of the history and on the item."""

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        grown = np.arange(histories.items)[None, :] / 10
        return (histories.lengths[:, None] / 5 + grown).astype(np.float32) * histories.lengths[:, None]


def test_losses_are_the_mean_surprise_of_what_followed() -> None:
    log = log_of([[1, (2, 1), 3, -1, 0], [], [2, 2]], items=4)
    found = losses(Lengths(), log, np.array([0, 1, 2]), Progress())

    def surprise(length: int, item: int) -> float:
        scores = (length / 5 + np.arange(4) / 10) * length
        return float(np.log(np.exp(scores).sum()) - scores[item])

    first = np.mean(
        [surprise(0, 1), surprise(2, 3), surprise(4, 0)]
    )  # the disliked item and the search followed nothing
    np.testing.assert_allclose(found, [first, 0.0, np.mean([surprise(0, 2), surprise(1, 2)])], rtol=1e-5)


def test_long_sequences_are_asked_at_spread_moments() -> None:
    log = log_of([[0] * 1000, [0] * 7], items=4)
    asked: list[int] = []

    class Watched(Lengths):
        def score(self, histories: EventLog) -> NDArray[np.float32]:
            asked.extend(histories.lengths.tolist())
            return super().score(histories)

    losses(Watched(), log, np.array([0, 1]), Progress())
    assert asked == [*range(0, 1000, 1000 // MOMENTS), *range(7)]


def test_halves_share_out_the_users() -> None:
    inside = halves(101, 3, np.random.default_rng(0))
    assert inside.shape == (6, 101)
    for pair in range(3):
        assert (inside[2 * pair] ^ inside[2 * pair + 1]).all()
    assert not (inside[0] == inside[2]).all()


def test_the_area_is_that_of_scikit_learn() -> None:
    rng = np.random.default_rng(3)
    inside = rng.random(500) < 0.5
    looks = np.round(rng.normal(size=500) + 0.7 * inside, 1)  # with ties
    auc, found = _told_apart(looks, inside)
    assert auc == pytest.approx(roc_auc_score(inside, looks))
    limit = np.sort(looks[~inside])[int(np.ceil(0.99 * (~inside).sum()))]
    assert np.mean(looks[~inside] > limit) <= 0.01
    assert found == pytest.approx(np.mean(looks[inside] > limit))


@pytest.mark.parametrize("pairs", [1, 2])
def test_chance_looks_like_chance_and_memory_like_memory(pairs: int) -> None:
    rng = np.random.default_rng(5)
    inside = halves(400, pairs, rng)
    hard = rng.normal(size=400)  # how surprising each user is to any model
    surprise = hard + 0.3 * rng.normal(size=inside.shape)
    chance = attacked(surprise, inside)
    assert chance.auc_low <= 0.5 <= chance.auc_high
    assert chance.auc_high - chance.auc_low < 0.12
    memory = attacked(surprise - 0.6 * inside, inside)
    assert memory.auc_low > 0.55
    assert memory.found > 0.01
    assert (memory.users, memory.models) == (400, 2 * pairs)
    if pairs > 1:  # what makes a user surprising anyway is taken off
        assert memory.auc > attacked((surprise - 0.6 * inside)[:2], inside[:2]).auc + 0.1


def test_everyone_alike_is_guessing() -> None:
    inside = halves(50, 2, np.random.default_rng(0))
    found = attacked(np.zeros((4, 50)), inside)
    assert (found.auc, found.found) == (0.5, 0.0)


def test_losses_of_a_log_without_moments() -> None:
    assert losses(Lengths(), random_log(5), np.zeros(0, dtype=np.int64), Progress()).shape == (0,)
