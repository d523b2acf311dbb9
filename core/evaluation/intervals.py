"""How sure a figure is, and whether two models differ: the bootstrap over users."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SAMPLES = 2000
LEVEL = 0.95
DRAWN = 4 << 20  # numbers that are drawn at once

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Paired:
    """Two models on the same users.

    Attributes:
        difference: mean of the second model's figure minus the first one's.
        low, high: its interval.
        wins, losses, ties: users whose figure is higher, lower, equal with the second model.
    """

    difference: float
    low: float
    high: float
    wins: int
    losses: int
    ties: int

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out that both are equally good."""
        return self.low > 0 or self.high < 0


def of_users(per_case: Values, users: NDArray[np.int32]) -> Values:
    """The mean of each user's cases, float64 [distinct users]: what is drawn anew is a user with all its cases."""
    _, place, count = np.unique(users, return_inverse=True, return_counts=True)
    return np.bincount(place, weights=per_case) / count if len(users) else per_case


def bootstrap(per_user: Values, seed: int = 0, samples: int = SAMPLES, level: float = LEVEL) -> tuple[float, float]:
    """Percentile interval of the mean of a figure that each user has (Efron & Tibshirani 1993, chapter 13)."""
    if len(per_user) == 0:
        return 0.0, 0.0
    low, high = np.quantile(_means(per_user, seed, samples), [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def paired(first: Values, second: Values, seed: int = 0, samples: int = SAMPLES, level: float = LEVEL) -> Paired:
    """The difference of two models' figures (float64 [n], the same users in the same order) by the paired bootstrap.

    Users are drawn together with both figures, so what makes a user easy or hard cancels out (Koehn 2004).
    """
    change = second - first
    low, high = bootstrap(change, seed, samples, level)
    wins, losses = int(np.count_nonzero(change > 0)), int(np.count_nonzero(change < 0))
    return Paired(float(change.mean()) if len(change) else 0.0, low, high, wins, losses, len(change) - wins - losses)


def _means(values: Values, seed: int, samples: int) -> Values:
    """Means of `samples` draws with replacement, float64 [samples].

    How often each of the distinct values is drawn is multinomial; a gain has few values, so a million users cost no
    more than a thousand.
    """
    rng = np.random.default_rng(seed)
    levels, counts = np.unique(values, return_counts=True)
    shares = counts / len(values)
    step = max(1, DRAWN // len(levels))
    blocks = [min(step, samples - start) for start in range(0, samples, step)]
    return np.concatenate([rng.multinomial(len(values), shares, size) @ levels for size in blocks]) / len(values)
