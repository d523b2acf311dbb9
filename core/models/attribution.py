"""Which event of a history gave how much of a score: the game of Shapley (1953) over events.

The players are the events of one history; a coalition's value is the score when all other events are masked in place.
Scores that are linear in events, and squares of such sums, are split exactly. Others are split exactly up to
`EXACT` events, and beyond by sampled orders (Castro et al. 2009) in pairs of an order and its reverse (Mitchell et
al. 2022), with the standard error of each share; more orders make that smaller, so that an answer can be refined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.models.base import Breakdown, Masked

EXACT = 10  # events up to which all coalitions are asked
READS = 5_000  # events that a round of sampling reads, about: a tenth of a second of recurrent networks
PAIRS = 3  # fewest pairs of orders in a round: fewer would give no standard error worth the name
ROUNDS = 40  # after which shares are sure enough for anybody
SURE = 0.01  # standard error as a share of the largest share, with which sampling ends

Floats = NDArray[np.float64]
Value = Callable[[NDArray[np.bool_]], NDArray[np.float32]]


class Game(Protocol):
    """What m scores are when only some events are seen.

    Attributes:
        events: number of events.
        pair_reads: how many events are read for one order and its reverse.
    """

    events: int
    pair_reads: float

    def along(self, places: NDArray[np.int64]) -> NDArray[np.float32]:
        """Scores while events join in several orders, from none to all; float32 [orders, events + 1, m].

        `places` is int64 [orders, events], the place of each event in each order.
        """

    def every(self) -> NDArray[np.float32]:
        """Scores of all coalitions, float32 [2 ** events, m]; bit `e` of a row's number: event `e` is seen."""

    def value(self, seen: NDArray[np.bool_]) -> NDArray[np.float32]:
        """Scores of some coalitions, float32 [c, m], of bool [c, events]."""


class Asked:
    """A `Game` whose coalitions are asked for one by one: `value` gives float32 [c, m] for bool [c, events]."""

    def __init__(self, value: Value, events: int) -> None:
        self.events, self.pair_reads = events, float(events**2)
        self.value = value

    def along(self, places: NDArray[np.int64]) -> NDArray[np.float32]:
        orders, events = places.shape
        inner = places[:, None, :] < np.arange(1, events)[None, :, None]  # the first 1..n-1 of each order
        ends = np.stack((np.zeros(events, dtype=np.bool_), np.ones(events, dtype=np.bool_)))
        values = self.value(np.concatenate((ends, inner.reshape(-1, events))))
        found = np.empty((orders, events + 1, values.shape[1]), dtype=np.float32)
        found[:, 0], found[:, -1] = values[0], values[1]  # which are the same in all orders
        found[:, 1:-1] = values[2:].reshape(orders, events - 1, -1)
        return found

    def every(self) -> NDArray[np.float32]:
        numbers = np.arange(2**self.events)[:, None]
        return self.value((numbers >> np.arange(self.events) & 1).astype(np.bool_))


@dataclass(frozen=True)
class Shares:
    """How m scores are split over the events of one history.

    Attributes:
        base: float64 [m], the scores when every event is masked.
        shares: float64 [m, events].
        errors: float64 [m, events], standard errors; 0 where exact.
        masked: the scores when only some events are seen, float64 [c, m] for bool [c, events].
    """

    base: Floats
    shares: Floats
    errors: Floats
    masked: Masked


def linear(base: Floats, terms: Floats) -> Shares:
    """Of scores `base + terms.sum(1)`; base float64 [m], terms float64 [m, events]."""
    return Shares(base, terms, np.zeros_like(terms), lambda seen: base + seen @ terms.T)


def squared(terms: Floats) -> Shares:
    """Of scores `terms.sum(1)²`; terms float64 [m, events].

    Each product of two terms is shared evenly by its two events, so that an event has its term times their sum.
    """
    shares = terms * terms.sum(1, keepdims=True)
    return Shares(np.zeros(len(terms)), shares, np.zeros_like(terms), lambda seen: np.square(seen @ terms.T))


def shapley(value: Value, events: int, seed: int = 0, pairs: int | None = None) -> Shares:
    """Of any game: `value` gives float32 [c, m] for coalitions, bool [c, events].

    Exact up to `EXACT` events; beyond from so many `pairs` of orders, drawn by `seed`.
    """
    return next(rounds([Asked(value, events)], seed, pairs))


def rounds(games: Sequence[Game], seed: int = 0, pairs: int | None = None) -> Iterator[Shares]:
    """Of the mean of several games of the same events, which is the mean of their shares; surer with every round.

    Exact and at once up to `EXACT` events. Beyond, each round draws so many more `pairs` of orders for each game (None:
    what reads about `READS` events), until the standard errors are small beside the largest share.
    """

    def masked(seen: NDArray[np.bool_]) -> Floats:
        return np.asarray(np.mean([game.value(seen) for game in games], axis=0, dtype=np.float64))

    if games[0].events <= EXACT:
        found = [_exact(game) for game in games]
        base, shares = (np.mean([each[part] for each in found], axis=0) for part in (0, 1))
        yield Shares(base, shares, np.zeros_like(shares), masked)
        return
    least = -(-PAIRS // len(games))
    samples = [_Samples(game, seed + number) for number, game in enumerate(games)]
    for _ in range(ROUNDS):
        for game, sample in zip(games, samples, strict=True):
            sample.draw(pairs or max(least, int(READS / len(games) / game.pair_reads)))
        errors = _errors(samples)
        base, shares = (np.mean([getattr(each, part) for each in samples], axis=0) for part in ("base", "shares"))
        yield Shares(base, shares, errors, masked)
        if errors.max(initial=0.0) <= SURE * np.abs(shares).max(initial=0.0):
            return


def _errors(samples: Sequence[_Samples]) -> Floats:
    """Standard errors of the mean of the games' shares, float64 [m, events].

    Where each game was asked along a single pair, the games' own differences are taken for chance as well, so that the
    error is rather too large than too small.
    """
    if min(sample.pairs for sample in samples) < 2:
        return np.asarray(np.std([sample.shares for sample in samples], axis=0, ddof=1) / np.sqrt(len(samples)))
    return np.asarray(np.sqrt(np.sum([sample.variances for sample in samples], axis=0)) / len(samples))


def _exact(game: Game) -> tuple[Floats, Floats]:
    """Base and shares."""
    events = game.events
    values = game.every().astype(np.float64)  # [2^n, m]
    coalitions = (np.arange(2**events)[:, None] >> np.arange(events) & 1).astype(np.bool_)  # [2^n, n]
    sizes = coalitions.sum(1)
    weight = _coalition_weights(events)
    # An event's share is the mean, over all orders, of what it adds to those before it.
    signed = np.where(coalitions, weight[sizes - 1][:, None], -weight[sizes % max(events, 1)][:, None])
    return values[0], values.T @ signed


def _coalition_weights(events: int) -> Floats:
    """Share of all orders in which a given event comes right after a given set of each size: s!(n-s-1)!/n!."""
    weights = np.ones(max(events, 1))
    for size in range(events):
        weights[size] = 1.0 / events if size == 0 else weights[size - 1] * size / (events - size)
    return weights


class _Samples:
    """What pairs of orders of one game have told so far.

    Attributes:
        base: float64 [m], the scores when every event is masked.
        pairs: how many there were.
    """

    def __init__(self, game: Game, seed: int) -> None:
        self._game, self._rng = game, np.random.default_rng(seed)
        self.pairs = 0
        self.base = np.zeros(0)
        self._sum = self._square = np.zeros((0, game.events))

    def draw(self, pairs: int) -> None:
        """Ask for so many more pairs of an order and its reverse."""
        events = self._game.events
        order = self._rng.permuted(np.broadcast_to(np.arange(events), (pairs, events)), axis=1)
        forth = np.argsort(order, axis=1)  # the place of each event
        places = np.stack((forth, events - 1 - forth), axis=1).reshape(2 * pairs, events)
        values = self._game.along(places).astype(np.float64)  # [2p, n + 1, m]
        shares = np.take_along_axis(np.diff(values, axis=1), places[:, :, None], axis=1)  # [2p, n, m]
        paired = shares.reshape(pairs, 2, events, -1).mean(1)
        if not self.pairs:
            self.base = values[0, 0]
            self._sum = self._square = np.zeros(paired.shape[1:])
        self.pairs += pairs
        self._sum = self._sum + paired.sum(0)
        self._square = self._square + np.square(paired).sum(0)

    @property
    def shares(self) -> Floats:
        """float64 [m, events]."""
        return self._sum.T / self.pairs

    @property
    def variances(self) -> Floats:
        """float64 [m, events], of the shares."""
        spread = np.maximum(self._square / self.pairs - np.square(self._sum / self.pairs), 0.0)
        return spread.T / max(self.pairs - 1, 1)


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
        masked=shares.masked,
    )
