"""Which event of a history gave how much of a score: the game of Shapley (1953) over events.

The players are the events of one history; a coalition's value is the score when all other events are masked in place.
Scores that are linear in events, and squares of such sums, are split exactly. Others are split exactly up to
`EXACT` events, and beyond by sampled orders (Castro et al. 2009) in pairs of an order and its reverse (Mitchell et
al. 2022), with the standard error of each share.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.models.base import Breakdown

EXACT = 10  # events up to which all coalitions are asked
COALITIONS = 1024  # coalitions that are asked beyond that, about
PAIRS = 4  # fewest pairs of orders: fewer would give no standard error worth the name

Floats = NDArray[np.float64]
Value = Callable[[NDArray[np.bool_]], NDArray[np.float32]]


@dataclass(frozen=True)
class Shares:
    """How m scores are split over the events of one history.

    Attributes:
        base: float64 [m], the scores when every event is masked.
        shares: float64 [m, events].
        errors: float64 [m, events], standard errors; 0 where exact.
    """

    base: Floats
    shares: Floats
    errors: Floats


def linear(base: Floats, terms: Floats) -> Shares:
    """Of scores `base + terms.sum(1)`; base float64 [m], terms float64 [m, events]."""
    return Shares(base, terms, np.zeros_like(terms))


def squared(terms: Floats) -> Shares:
    """Of scores `terms.sum(1)²`; terms float64 [m, events].

    Each product of two terms is shared evenly by its two events, so that an event has its term times their sum.
    """
    return Shares(np.zeros(len(terms)), terms * terms.sum(1, keepdims=True), np.zeros_like(terms))


def shapley(value: Value, events: int, seed: int = 0, budget: int = COALITIONS) -> Shares:
    """Of any game: `value` gives float32 [c, m] for coalitions, bool [c, events].

    Exact up to `EXACT` events; beyond, about `budget` coalitions are asked, drawn by `seed`.
    """
    if events <= EXACT:
        return _exact(value, events)
    return _sampled(value, events, max(PAIRS, budget // (2 * (events - 1))), seed)


def shapley_of_mean(values: Sequence[Value], events: int) -> Shares:
    """Of the mean of several games, which is the mean of their shares.

    Where orders are sampled, each game gets its part of them, so that the mean costs about what one game would.
    """
    games = len(values)
    if events <= EXACT:
        found = [_exact(value, events) for value in values]
    else:
        pairs = max(2, PAIRS // games, COALITIONS // games // (2 * (events - 1)))
        found = [_sampled(value, events, pairs, seed) for seed, value in enumerate(values)]
    errors = np.sqrt(np.sum([each.errors**2 for each in found], axis=0)) / games
    return Shares(
        np.mean([each.base for each in found], axis=0), np.mean([each.shares for each in found], axis=0), errors
    )


def _exact(value: Value, events: int) -> Shares:
    places = np.arange(events)
    coalitions = (np.arange(2**events)[:, None] >> places & 1).astype(np.bool_)  # [2^n, n]
    values = value(coalitions).astype(np.float64)  # [2^n, m]
    sizes = coalitions.sum(1)
    weight = _coalition_weights(events)
    # An event's share is the mean, over all orders, of what it adds to those before it.
    signed = np.where(coalitions, weight[sizes - 1][:, None], -weight[sizes % max(events, 1)][:, None])
    shares = values.T @ signed
    return Shares(values[0], shares, np.zeros_like(shares))


def _coalition_weights(events: int) -> Floats:
    """Share of all orders in which a given event comes right after a given set of each size: s!(n-s-1)!/n!."""
    weights = np.ones(max(events, 1))
    for size in range(events):
        weights[size] = 1.0 / events if size == 0 else weights[size - 1] * size / (events - size)
    return weights


def _sampled(value: Value, events: int, pairs: int, seed: int) -> Shares:
    rng = np.random.default_rng(seed)
    order = rng.permuted(np.broadcast_to(np.arange(events), (pairs, events)), axis=1)
    orders = np.stack((order, order[:, ::-1]), axis=1).reshape(2 * pairs, events)
    place = np.argsort(orders, axis=1)  # of each event in each order
    inner = place[:, None, :] < np.arange(1, events)[None, :, None]  # the first 1..n-1 of each order, [2p, n-1, n]
    ends = np.stack((np.zeros(events, dtype=np.bool_), np.ones(events, dtype=np.bool_)))
    values = value(np.concatenate((ends, inner.reshape(-1, events)))).astype(np.float64)
    items = values.shape[1]
    between = values[2:].reshape(2 * pairs, events - 1, items)
    empty, full = (np.broadcast_to(values[end], (2 * pairs, 1, items)) for end in (0, 1))
    added = np.diff(np.concatenate((empty, between, full), axis=1), axis=1)  # by the event at each place
    shares = np.take_along_axis(added, place[:, :, None], axis=1)  # [2p, events, items]
    paired = shares.reshape(pairs, 2, events, items).mean(1)
    errors = paired.std(0, ddof=1) / np.sqrt(pairs)
    return Shares(values[0], paired.mean(0).T, errors.T)


def breakdown(
    items: NDArray[np.int32], scores: NDArray[np.float32], name: str, base: NDArray[np.floating], shares: Shares
) -> Breakdown:
    """Of a model that is one component, whose own constant part is `base` (float [m])."""
    total = scores.astype(np.float64)
    # What a component gives is the score less its constant; the events' shares are laid out the same way.
    return Breakdown(
        items=items,
        scores=scores,
        components=(name,),
        component_base=base.astype(np.float32),
        component_shares=(total - base)[:, None].astype(np.float32),
        event_base=shares.base.astype(np.float32),
        event_shares=shares.shares.astype(np.float32),
        event_errors=shares.errors.astype(np.float32),
    )
