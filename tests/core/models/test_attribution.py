"""Shares of events agree with Shapley's definition, computed over all orders."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from core.models import attribution


def table_game(values: NDArray[np.float32]) -> attribution.Value:
    """The game whose value is looked up by the coalition's number; values float32 [2^n, m]."""

    def value(coalitions: NDArray[np.bool_]) -> NDArray[np.float32]:
        return values[coalitions @ (1 << np.arange(coalitions.shape[1]))]

    return value


@given(st.integers(0, 5), st.data())
def test_exact_shares_are_the_mean_over_all_orders(events: int, data: st.DataObject) -> None:
    values = data.draw(arrays(np.float32, (2**events, 2), elements=st.floats(-4, 4, width=16)))
    found = attribution.shapley(table_game(values), events)
    shares = np.zeros((2, events))
    orders = list(itertools.permutations(range(events)))
    for order in orders:
        before = 0
        for event in order:
            shares[:, event] += values[before | 1 << event].astype(float) - values[before]
            before |= 1 << event
    assert found.shares == pytest.approx(shares / len(orders), abs=1e-9)
    assert found.base.tolist() == values[0].tolist()
    every = (np.arange(2**events)[:, None] >> np.arange(events) & 1).astype(np.bool_)
    assert found.masked(every).tolist() == values.tolist()
    assert not found.errors.any()


def drawn(events: int, seed: int = 0) -> tuple[NDArray[np.float64], attribution.Value]:
    """A game of products of pairs of events, and its exact shares: half of each pair's product to each of the two."""
    pairs = np.random.default_rng(seed).normal(size=(events, events))
    pairs = (pairs + pairs.T) / 2

    def value(coalitions: NDArray[np.bool_]) -> NDArray[np.float32]:
        shown = coalitions.astype(float)
        return np.einsum("ci,ij,cj->c", shown, pairs, shown)[:, None].astype(np.float32)

    return pairs.sum(1), value


def test_sampled_shares_are_near_the_exact_ones_by_the_error_they_state() -> None:
    exact, value = drawn(30)
    found = attribution.shapley(value, 30)
    assert found.base + found.shares.sum(1) == pytest.approx(value(np.ones((1, 30), np.bool_))[0], abs=1e-4)
    off = np.abs(found.shares[0] - exact) / found.errors[0]
    assert (off < 3).mean() > 0.9
    assert (found.errors > 0).all()


def test_more_coalitions_make_the_stated_error_smaller() -> None:
    _, value = drawn(15)
    few, many = (attribution.shapley(value, 15, pairs=pairs).errors.mean() for pairs in (8, 220))
    assert many < few / 3


def test_the_same_seed_gives_the_same_shares() -> None:
    _, value = drawn(12)
    assert (attribution.shapley(value, 12, 5).shares == attribution.shapley(value, 12, 5).shares).all()


@given(st.integers(1, 6), st.data())
def test_the_square_of_a_sum_is_split_as_the_game_says(events: int, data: st.DataObject) -> None:
    terms = data.draw(arrays(np.float64, (3, events), elements=st.floats(-3, 3, width=16)))

    def value(coalitions: NDArray[np.bool_]) -> NDArray[np.float32]:
        return ((coalitions @ terms.T) ** 2).astype(np.float32)

    closed, game = attribution.squared(terms), attribution.shapley(value, events)
    assert closed.shares == pytest.approx(game.shares, abs=1e-3)
    assert closed.base == pytest.approx(game.base, abs=1e-5)


@pytest.mark.parametrize("events", [4, 30])
def test_shares_of_a_mean_are_those_of_its_games(events: int) -> None:
    games = [drawn(events, seed) for seed in range(3)]
    found = next(attribution.rounds([attribution.Asked(value, events) for _, value in games]))
    exact = np.mean([shares for shares, _ in games], axis=0)
    whole = np.mean([value(np.ones((1, events), np.bool_))[0] for _, value in games])
    assert found.base + found.shares.sum(1) == pytest.approx(whole, abs=1e-4)
    if events <= attribution.EXACT:
        assert found.shares[0] == pytest.approx(exact, abs=1e-5)
        assert not found.errors.any()
    else:
        assert np.mean(np.abs(found.shares[0] - exact) < 3 * found.errors[0]) > 0.8


def bent(events: int) -> attribution.Value:
    """A game that no pair of an order and its reverse splits exactly: a third power of a sum."""
    terms = np.random.default_rng(2).normal(size=events)
    return lambda some: ((some @ terms) ** 3)[:, None].astype(np.float32)


def test_of_many_games_one_pair_each_is_enough_for_an_error_that_is_not_too_small() -> None:
    games = [attribution.Asked(bent(14), 14) for _ in range(3)]
    answers = [next(attribution.rounds(games, seed, pairs=1)) for seed in range(150)]
    spread = np.std([each.shares[0] for each in answers], axis=0)
    stated = np.sqrt(np.mean([each.errors[0] ** 2 for each in answers], axis=0))
    assert stated == pytest.approx(spread, rel=0.35)


def test_every_round_is_surer_and_sums_to_the_score() -> None:
    value = bent(14)
    exact = attribution._exact(attribution.Asked(value, 14))[1][0]
    rounds = list(attribution.rounds([attribution.Asked(value, 14)], pairs=16))
    whole = value(np.ones((1, 14), np.bool_))[0]
    for found in rounds:
        assert found.base + found.shares.sum(1) == pytest.approx(whole, abs=1e-4)
    assert 1 < len(rounds) <= attribution.ROUNDS
    assert rounds[-1].errors.mean() < rounds[0].errors.mean() / 2
    assert np.abs(rounds[-1].shares[0] - exact).max() < np.abs(rounds[0].shares[0] - exact).max()
    if len(rounds) < attribution.ROUNDS:
        assert rounds[-1].errors.max() <= attribution.SURE * np.abs(rounds[-1].shares).max()


def test_the_stated_error_is_that_of_many_answers() -> None:
    value = bent(12)
    answers = [attribution.shapley(value, 12, seed, pairs=6) for seed in range(200)]
    spread = np.std([each.shares[0] for each in answers], axis=0)
    stated = np.sqrt(np.mean([each.errors[0] ** 2 for each in answers], axis=0))
    assert stated == pytest.approx(spread, rel=0.35)
