"""What the models of one component share: their scores are not divided any further."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from core.models.attribution import Shares, breakdown
from core.models.base import Breakdown
from core.sequences.log import EventLog


class OneComponent:
    """A model whose score is one component; it says how the score is made and how its events share it."""

    name: ClassVar[str]
    impersonal: ClassVar[bool] = False  # whether all users get the same scores

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        raise NotImplementedError

    def event_shares(self, history: EventLog, items: NDArray[np.int32]) -> Shares:
        """How the scores of `items` (int32 [m]) are split over the events of one user's history."""
        raise NotImplementedError

    def explain(self, history: EventLog, items: NDArray[np.int32]) -> Breakdown:
        """Take apart the scores of `items` for a log of exactly one user (`core.models.base.Recommender`)."""
        scores = self.score(history)[0, items]
        return breakdown(items, scores, self.name, np.zeros(len(items)), self.event_shares(history, items))

    def parts(
        self, histories: EventLog, items: NDArray[np.int32]
    ) -> tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.float32]]:
        """Names of the components, their base (float32 [users, m]) and shares (float32 [users, m, 1]) for `items`.

        Args:
            items: int32 [users, m], other items for each user.
        """
        scores = np.take_along_axis(self.score(histories), items, 1)
        return (self.name,), np.zeros_like(scores), scores[:, :, None]

    def components(
        self, history: EventLog, items: NDArray[np.int32]
    ) -> tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.float32]]:
        """Names, base (float32 [m]) and shares (float32 [m, 1]) of `items` (int32 [m]) for one user's history."""
        names, base, shares = self.parts(history, items[None])
        return names, base[0], shares[0]
