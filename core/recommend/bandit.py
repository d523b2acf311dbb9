"""Learning from thumbs while a list is looked at: which parts of a hybrid this user's thumbs agree with.

A thumb up is an outcome of a logistic regression on what the components gave the item; the components' multipliers
have a normal prior around 1, which is the trained hybrid. After each thumb the posterior is that of one step of
Laplace's approximation, and the weights of the next list are drawn from it: Thompson sampling, as in Chapelle & Li
(2011), "An empirical evaluation of Thompson sampling", algorithm 3, but with all of the covariance, and with draws
that are nearer to the mean, as they propose for short runs. A component that has not been asked much is drawn more
widely, and so gets its chance. The run that is stored stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import numpy as np
from numpy.typing import NDArray

from core.models.base import Recommender
from core.models.hybrid import Hybrid

Doubles = NDArray[np.float64]
PRIOR = 0.7  # standard deviation of a multiplier before the first thumb
NARROWER = 0.5  # of the posterior's deviation is drawn with: a conversation is short, and pure draws explore for long
OFFSET = 1.0  # standard deviation of the log-odds of a thumb up for an item that nothing speaks for
STEPS = 20  # of Newton's method, at most
CLOSE = 1e-9


@dataclass(frozen=True)
class Thumb:
    """A verdict on an item of a list.

    Attributes:
        item: code of the item.
        given: float64 [c], what each component gave it beyond the mean item of the list, in deviations of the whole
            score over the list.
        up: whether it was a thumb up.
    """

    item: int
    given: tuple[float, ...]
    up: bool


@dataclass(frozen=True)
class Bandit:
    """What a user's thumbs have taught.

    Attributes:
        weights: trained weight of each component by name, which sum to 1.
        thumbs: in the order in which they were given; one an item.
        seed: what is drawn follows from it and from the number of thumbs.
    """

    weights: Mapping[str, float]
    thumbs: tuple[Thumb, ...] = ()
    seed: int = 0
    _posterior: tuple[Doubles, Doubles] | None = field(default=None, repr=False, compare=False)

    def told(self, thumb: Thumb) -> Bandit:
        """With one thumb more; one on the same item takes the place of the former."""
        others = tuple(each for each in self.thumbs if each.item != thumb.item)
        grown = others == self.thumbs and self._posterior is not None
        posterior = _learn(*cast("tuple[Doubles, Doubles]", self._posterior), thumb) if grown else None
        return replace(self, thumbs=(*others, thumb), _posterior=posterior)

    def without(self, item: int) -> Bandit:
        """Without what was said of an item."""
        return replace(self, thumbs=tuple(each for each in self.thumbs if each.item != item), _posterior=None)

    @property
    def posterior(self) -> tuple[Doubles, Doubles]:
        """Mean, float64 [c + 1], and precision, float64 [c + 1, c + 1], of the multipliers and the log-odds."""
        if self._posterior is not None:
            return self._posterior
        mean = np.append(np.ones(len(self.weights)), 0.0)
        precision = np.diag(np.append(np.full(len(self.weights), PRIOR**-2), OFFSET**-2))
        for thumb in self.thumbs:
            mean, precision = _learn(mean, precision, thumb)
        object.__setattr__(self, "_posterior", (mean, precision))
        return mean, precision

    @property
    def expected(self) -> dict[str, float]:
        """The weights as they are most likely, which sum to 1."""
        return self._weighed(self.posterior[0][:-1])

    def drawn(self) -> dict[str, float]:
        """The weights of the next list, which sum to 1: a draw from the posterior. The trained ones before a thumb."""
        if not self.thumbs:
            return dict(self.weights)
        mean, precision = self.posterior
        rng = np.random.default_rng([self.seed, len(self.thumbs)])
        lower = np.linalg.cholesky(precision)
        drawn = mean + NARROWER * np.linalg.solve(lower.T, rng.standard_normal(len(mean)))
        return self._weighed(drawn[:-1])

    def _weighed(self, multipliers: Doubles) -> dict[str, float]:
        found = np.array(list(self.weights.values())) * np.maximum(multipliers, 0.0)
        if found.sum() <= 0:  # nothing is left that would order the items
            return dict(self.weights)
        return dict(zip(self.weights, (found / found.sum()).tolist(), strict=True))


def _learn(mean: Doubles, precision: Doubles, thumb: Thumb) -> tuple[Doubles, Doubles]:
    """The posterior after one thumb more. Only one outcome came, so its mode lies on a line, and steps are cheap."""
    x = np.append(thumb.given, 1.0)
    along = np.linalg.solve(precision, x)
    wide, start, want = float(x @ along), float(x @ mean), float(thumb.up)
    step = 0.0  # how far along the line
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-(start + step * wide)))
        slope = step - (want - chance)
        change = slope / (1.0 + wide * chance * (1.0 - chance))
        step -= change
        if abs(change) < CLOSE:
            break
    chance = 1.0 / (1.0 + np.exp(-(start + step * wide)))
    return mean + step * along, precision + chance * (1.0 - chance) * np.outer(x, x)


def given(shares: Sequence[Sequence[float]], row: int) -> tuple[float, ...]:
    """What the components gave an item of a list, as `Thumb.given`.

    Args:
        shares: of the items of the list, [n, c], without what is no component of the hybrid.
    """
    table = np.asarray(shares, dtype=np.float64)
    scale = float(table.sum(axis=1).std())
    beyond = (table[row] - table.mean(axis=0)) / (scale if scale > CLOSE else 1.0)
    return tuple(beyond.tolist())


def reweighted(model: Recommender, weights: Mapping[str, float]) -> Recommender:
    """The same hybrid with other weights; what is no hybrid stays as it is."""
    if not isinstance(model, Hybrid):
        return model
    known = {name: float(weights.get(name, 0.0)) for name in model.models}
    if sum(known.values()) <= 0:
        return model
    made = Hybrid(list(model.models.values()), replace(model.settings, weights=known))
    return cast(Recommender, made)
