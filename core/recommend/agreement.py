"""Whether a model agrees with what was said of its items."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SAMPLES = 1000

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Agreement:
    """How a model places items with a thumb up against those with a thumb down.

    Attributes:
        up, down: thumbs that were compared.
        above: of all pairs of a thumb up and a thumb down of the same user, the share in which the model has the first
            above the second, ties half; NaN without such a pair.
        pairs: how many such pairs there are.
        auc: the same over all pairs of whatever users, by the place of the item in its user's ranking (the area under
            the ROC curve); NaN where all thumbs are up, or all down.
        low, high: 95 % interval of the AUC over users (bootstrap of whole users); NaN like it.
    """

    up: int
    down: int
    above: float
    pairs: int
    auc: float
    low: float
    high: float


def agreement(place: Floats, up: NDArray[np.bool_], users: NDArray[np.int32], seed: int = 0) -> Agreement:
    """Compare n thumbs.

    Args:
        place: float64 [n], how high the model has the item among all of its user, higher is better.
        up: bool [n], up or else down.
        users: int32 [n].
    """
    ups, downs = int(np.count_nonzero(up)), int(np.count_nonzero(~up))
    nan = float("nan")
    _, user = np.unique(users, return_inverse=True)
    above, pairs = _within(place, up, user)
    share = above / pairs if pairs else nan
    if not (ups and downs):
        return Agreement(ups, downs, share, pairs, nan, nan, nan)
    whole = float(_auc(place, up, np.ones((1, len(place))))[0])
    rng = np.random.default_rng(seed)
    count = int(user.max()) + 1
    drawn = rng.multinomial(count, np.full(count, 1.0 / count), SAMPLES).astype(np.float64)
    sampled = _auc(place, up, drawn[:, user])
    sampled = sampled[np.isfinite(sampled)]
    low, high = np.quantile(sampled, [0.025, 0.975]) if len(sampled) else (nan, nan)
    return Agreement(ups, downs, share, pairs, whole, float(low), float(high))


def _auc(place: Floats, up: NDArray[np.bool_], weights: Floats) -> Floats:
    """The area for each of several weightings of the thumbs (float64 [r, n]); NaN where one side has no weight."""
    order = np.argsort(place, kind="stable")
    place, up, weights = place[order], up[order], weights[:, order]
    down = np.where(up, 0.0, weights)
    until = np.concatenate((np.zeros((len(weights), 1)), np.cumsum(down, axis=1)), axis=1)
    first = np.searchsorted(place, place, side="left")
    last = np.searchsorted(place, place, side="right")
    below = 0.5 * (until[:, first] + until[:, last])  # ties half
    ups = np.where(up, weights, 0.0)
    total = ups.sum(axis=1) * down.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((ups * below).sum(axis=1) / total, dtype=np.float64)


def _within(place: Floats, up: NDArray[np.bool_], user: NDArray[np.int64]) -> tuple[float, int]:
    """Pairs of the same user that stand as they were told, ties half, and how many pairs there are."""
    order = np.lexsort((place, user))
    place, up, user = place[order], up[order], user[order]
    down = np.concatenate(([0], np.cumsum(~up)))
    start = np.searchsorted(user, user, side="left")
    end = np.searchsorted(user, user, side="right")
    # Ranks within the user: a key in which users and, within them, places ascend.
    level = np.concatenate(([0], np.cumsum((np.diff(place) != 0) | (np.diff(user) != 0)))) if len(place) else user
    first, last = np.searchsorted(level, level, side="left"), np.searchsorted(level, level, side="right")
    below = down[first] - down[start] + 0.5 * (down[last] - down[first])
    pairs = down[end] - down[start]
    return float(below[up].sum()), int(pairs[up].sum())
