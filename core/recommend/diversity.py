"""Picking a list from candidates one by one: each pick changes what the others are worth.

The three criteria are worked on together and for many users at once; only the places of the list follow one another.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.recommend.calibration import steps

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Criteria:
    """What a pick is judged by, besides its own value.

    Attributes:
        diversity: 0 to 1, what likeness to an item picked before counts (1 - λ of maximal marginal relevance).
        tastes: 0 to 1, what nearness to the user's mix of categories counts (λ of calibrated recommendations).
        most: at most so many of one category; 0 for no limit.
    """

    diversity: float = 0.0
    tastes: float = 0.0
    most: int = 0


def pick(
    values: Floats,
    k: int,
    criteria: Criteria,
    categories: NDArray[np.int32],
    vectors: NDArray[np.float32] | None = None,
    wanted: Floats | None = None,
    taken: NDArray[np.int32] | None = None,
    shown: NDArray[np.float32] | None = None,
) -> NDArray[np.int64]:
    """The places of the picks among the candidates, int64 [n, k], in their order; -1 where no candidate is left.

    At each place the candidate is taken with the highest

        (1 - tastes) · ((1 - diversity) · value - diversity · likeness) + tastes · step

    where likeness is the highest cosine to what was picked before (Carbonell & Goldstein 1998) and step is how much the
    divergence from the user's mix of categories falls (`core.recommend.calibration`). Equals are taken in the order in
    which they stand.

    Args:
        values: float64 [n, c], what each candidate is worth, from 0 to 1; -inf where there is none.
        categories: int32 [n, c].
        vectors: float32 [n, c, d] of length one or zero; needed for diversity.
        wanted: float64 [n, g], the user's shares of the categories; needed for tastes.
        taken: int32 [g], items of each category that stand in every list already.
        shown: float32 [m, d], the vectors of those items.
    """
    rows = np.arange(len(values))
    open_ = np.isfinite(values)
    worth = (1.0 - criteria.tastes) * (1.0 - criteria.diversity) * np.where(open_, values, 0.0)
    count = np.zeros((len(values), 1 + int(categories.max(initial=0))), dtype=np.int64)
    if wanted is not None and wanted.shape[1] > count.shape[1]:
        count = np.zeros(wanted.shape, dtype=np.int64)
    if taken is not None:
        count[:, : len(taken)] += taken[: count.shape[1]]
    length = k + (0 if taken is None else int(taken.sum()))
    penalty = (1.0 - criteria.tastes) * criteria.diversity
    likeness = np.zeros_like(values)
    if penalty and vectors is not None and shown is not None and len(shown):
        likeness = np.maximum((vectors @ shown.T).max(axis=2), 0.0).astype(np.float64)
    picks = np.full((len(values), k), -1, dtype=np.int64)
    for place in range(k):
        score = worth - penalty * likeness if penalty else worth.copy()
        if criteria.tastes and wanted is not None:
            gain = steps(wanted, count, length)
            score = score + criteria.tastes * np.take_along_axis(gain, categories, axis=1)
        if criteria.most:
            score[np.take_along_axis(count, categories, axis=1) >= criteria.most] = -np.inf
        score[~open_] = -np.inf
        best = score.argmax(axis=1)
        found = np.flatnonzero(np.isfinite(score[rows, best]))
        if len(found) == 0:
            break
        if penalty and vectors is not None:  # of every user: to select some would copy all vectors at each place
            np.maximum(likeness, (vectors @ vectors[rows, best][:, :, None])[:, :, 0], out=likeness)
        best = best[found]
        picks[found, place] = best
        open_[found, best] = False
        count[found, categories[found, best]] += 1
    return picks
