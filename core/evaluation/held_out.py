"""Where a run ranked each event that was held out, kept with it: how well it understands a user, or places an item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.evaluation.evaluate import Evaluation
    from core.evaluation.split import Cases


@dataclass(frozen=True)
class HeldOut:
    """The test of a run, case by case.

    Attributes:
        users: int32 [n], whose event was held out.
        truth: int32 [n], its item.
        ranks: int64 [n], its rank among all items that were not hidden, from 1; 0 where it was hidden as seen.
    """

    users: NDArray[np.int32]
    truth: NDArray[np.int32]
    ranks: NDArray[np.int64]

    @classmethod
    def of(cls, cases: Cases, found: Evaluation) -> Self:
        """What an evaluation says of its cases."""
        return cls(cases.users, cases.truth, found.ranks)

    @property
    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """The arrays by their names."""
        return {"users": self.users, "truth": self.truth, "ranks": self.ranks}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Self:
        """The inverse of `arrays`."""
        users, truth = arrays["users"].astype(np.int32), arrays["truth"].astype(np.int32)
        return cls(users, truth, arrays["ranks"].astype(np.int64))

    def users_ranks(self, users: int, items: int) -> NDArray[np.float32]:
        """How well each user is understood, float32 [users]: the rank of what came next; NaN where none was held out.

        Of several held-out events of a user it is the harmonic mean, whose inverse is the user's mean reciprocal rank.
        One that was hidden counts as the last of all `items`.
        """
        return _harmonic(self.users, self.ranks, users, items)

    def items_ranks(self, items: int) -> NDArray[np.float32]:
        """At which rank each item stood when it came next, the harmonic mean; float32 [items], NaN if it never did."""
        return _harmonic(self.truth, self.ranks, items, items)


def _harmonic(key: NDArray[np.int32], ranks: NDArray[np.int64], size: int, last: int) -> NDArray[np.float32]:
    count = np.bincount(key, minlength=size)
    total = np.bincount(key, 1.0 / np.where(ranks >= 1, ranks, last), minlength=size)
    return np.where(count > 0, count / np.where(count > 0, total, 1.0), np.nan).astype(np.float32)
