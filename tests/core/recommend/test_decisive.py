"""The events that a score hangs on are found as a group."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.models.attribution import breakdown, linear, shapley
from core.models.base import Breakdown
from core.recommend.decisive import LATEST, SHARES, decisive


def told(value: NDArray[np.float64], events: int) -> Breakdown:
    """Of a game of `events` whose coalitions' values are given by their numbers."""

    def game(seen: NDArray[np.bool_]) -> NDArray[np.float32]:
        return value[seen @ (1 << np.arange(events))][:, None].astype(np.float32)

    return breakdown(np.array([0], np.int32), value[-1:].astype(np.float32), "game", np.zeros(1), shapley(game, events))


@given(st.integers(4, 6), st.integers(0, 1000))
def test_no_other_group_moves_the_score_more(events: int, seed: int) -> None:
    """Of so few events all are candidates."""
    values = np.random.default_rng(seed).normal(size=2**events)
    found = decisive(told(values, events))
    assert found is not None
    whole = 2**events - 1
    moves = [
        values[whole - sum(1 << event for event in group)] - values[whole] for group in combinations(range(events), 3)
    ]
    np.testing.assert_allclose(abs(found.moves), np.abs(moves).max(), atol=1e-5)
    masked = values[whole - sum(1 << event for event in found.events)] - values[whole]
    np.testing.assert_allclose(found.moves, masked, atol=1e-5)


def test_of_two_events_that_need_each_other_one_is_enough() -> None:
    """Their shares are the largest, but without one of them the other gives nothing already."""
    seen = (np.arange(2**6)[:, None] >> np.arange(6) & 1).astype(bool)
    made = told(3.0 * seen[:, :2].all(1) + seen[:, 2:] @ np.array([0.0, 1.2, 1.1, 1.0]), 6)
    assert {0, 1} < set(np.argsort(-made.event_shares[0])[:3].tolist())
    found = decisive(made)
    assert found is not None
    assert {3, 4} < set(found.events)
    assert len({0, 1} & set(found.events)) == 1
    np.testing.assert_allclose(found.moves, -5.3, atol=1e-5)


def test_of_a_long_sum_it_is_the_largest_terms_whatever_their_sign() -> None:
    terms = np.zeros((1, 200))
    terms[0, [5, 60, 190]] = -2.0, 3.0, 2.5
    terms[0, [7, 9]] = -1.0, -0.5
    scores = terms.sum(1).astype(np.float32)
    found = decisive(breakdown(np.array([0], np.int32), scores, "sum", np.zeros(1), linear(np.zeros(1), terms)))
    assert found is not None
    assert found.events[1:] == (60, 190)
    assert found.moves < -5.0
    assert SHARES + LATEST < 12  # groups to try: 220 at most


def test_of_three_events_or_fewer_there_is_nothing_to_tell() -> None:
    terms = np.ones((1, 3))
    assert (
        decisive(
            breakdown(np.array([0], np.int32), np.ones(1, np.float32), "sum", np.zeros(1), linear(np.zeros(1), terms))
        )
        is None
    )
