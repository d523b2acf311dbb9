"""Picking a list from candidates one by one: each pick changes what the others are worth.

The three criteria are worked on together and for many users at once; only the places of the list follow one another.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.recommend.calibration import steps
from core.recommend.kinds import shares

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
    kinds: int,
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
    which they stand. Where there is a limit, an item counts for each of its categories.

    Args:
        values: float64 [n, c], what each candidate is worth, from 0 to 1; -inf where there is none.
        categories: int32 [n, c, t], -1 fills up (`core.recommend.kinds`).
        kinds: number of categories, g.
        vectors: float32 [n, c, d] of length one or zero; needed for diversity.
        wanted: float64 [n, g], the user's shares of the categories; needed for tastes.
        taken: int32 [m, t], categories of items that stand in every list already.
        shown: float32 [m, d], the vectors of those items.
    """
    rows = np.arange(len(values))
    open_ = np.isfinite(values)
    worth = (1.0 - criteria.tastes) * (1.0 - criteria.diversity) * np.where(open_, values, 0.0)
    length = k + (0 if taken is None else len(taken))
    shelf = _Shelf(categories, kinds, wanted if criteria.tastes else None, taken, length)
    penalty = (1.0 - criteria.tastes) * criteria.diversity
    likeness = np.zeros_like(values)
    if penalty and vectors is not None and shown is not None and len(shown):
        likeness = np.maximum((vectors @ shown.T).max(axis=2), 0.0).astype(np.float64)
    picks = np.full((len(values), k), -1, dtype=np.int64)
    for place in range(k):
        score = worth - penalty * likeness if penalty else worth.copy()
        if criteria.tastes and wanted is not None:
            score = score + criteria.tastes * shelf.steps()
        if criteria.most:
            score[shelf.most() >= criteria.most] = -np.inf
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
        shelf.add(found, best)
    return picks


class _Shelf:
    """What of each category stands in the lists so far. (Arguments as of `pick`; `wanted` None where nobody asks.)"""

    def __init__(
        self,
        categories: NDArray[np.int32],
        kinds: int,
        wanted: Floats | None,
        taken: NDArray[np.int32] | None,
        length: int,
    ) -> None:
        self._length = length
        # What fills up, -1, reads and writes a last column, which stays 0.
        self._categories, self._share = categories, shares(categories)
        self._rows = np.arange(len(categories))[:, None, None]
        self._number = np.zeros((len(categories), kinds + 1), dtype=np.int64)
        self._sum = np.zeros((len(categories), kinds + 1), dtype=np.float64)
        if taken is not None and taken.size:
            there = taken >= 0
            self._number[:, :kinds] += np.bincount(taken[there], minlength=kinds)
            self._sum[:, :kinds] += np.bincount(taken[there], shares(taken)[there], minlength=kinds)
        self._wish = None
        if wanted is not None:
            self._wish = np.where(categories >= 0, wanted[self._rows, categories], 0.0)

    def steps(self) -> Floats:
        """How much nearer each candidate brings its list to the wanted mix, float64 [n, c]."""
        assert self._wish is not None
        return steps(self._wish, self._sum[self._rows, self._categories], self._share, self._length)

    def most(self) -> NDArray[np.int64]:
        """How many items of that of its categories which has most are there, int64 [n, c], for each candidate."""
        return np.asarray(self._number[self._rows, self._categories].max(axis=2), dtype=np.int64)

    def add(self, found: NDArray[np.int64], best: NDArray[np.int64]) -> None:
        """The candidates `best` (int64 [m]) come into the lists `found` (int64 [m])."""
        own = self._categories[found, best]
        self._number[found[:, None], own] += 1
        self._sum[found[:, None], own] += self._share[found, best]
        self._number[:, -1] = 0
        self._sum[:, -1] = 0.0
