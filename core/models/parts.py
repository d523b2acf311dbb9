"""What the models of one component share: their scores are not divided any further."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from core.models.attribution import Shares, breakdown
from core.models.base import Breakdown, Scored
from core.progress import Progress
from core.sequences.log import EventLog


class OneComponent:
    """A model whose score is one component; it says how the score is made and how its events share it."""

    name: ClassVar[str]
    impersonal: ClassVar[bool] = False  # whether all users get the same scores

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        raise NotImplementedError

    def constant(self, items: NDArray[np.int32]) -> NDArray[np.floating]:
        """What the scores of `items` (int32 of any shape) are whatever the user did, in the same shape."""
        return np.zeros(items.shape, dtype=np.float32)

    def event_shares(self, history: EventLog, items: NDArray[np.int32]) -> Shares:
        """How the scores of `items` (int32 [m]) are split over the events of one user's history."""
        return next(self.event_rounds(history, items, Progress().check))

    def event_rounds(self, history: EventLog, items: NDArray[np.int32], check: Callable[[], None]) -> Iterator[Shares]:
        """`event_shares`, surer with every round; a model has either this or that of its own."""
        del check
        yield self.event_shares(history, items)

    def explain(self, history: EventLog, items: NDArray[np.int32]) -> Breakdown:
        """Take apart the scores of `items` for a log of exactly one user (`core.models.base.Recommender`)."""
        return next(self.refine(history, items, Progress().check))

    def refine(self, history: EventLog, items: NDArray[np.int32], check: Callable[[], None]) -> Iterator[Breakdown]:
        """`explain`, again and again with smaller standard errors (`core.models.base.Recommender`)."""
        scores = self.score(history)[0, items]
        constant = self.constant(items).astype(np.float64)
        for shares in self.event_rounds(history, items, check):
            yield breakdown(items, scores, self.name, constant, shares)

    def scored(self, histories: EventLog) -> Scored:
        """Scores with what takes them apart (`core.models.base.Recommender`)."""
        scores = self.score(histories)

        def parts(
            items: NDArray[np.int32],
        ) -> tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.float32]]:
            base = self.constant(items).astype(np.float32)
            return (self.name,), base, (np.take_along_axis(scores, items, 1) - base)[:, :, None]

        return Scored(scores, parts)

    def parts(
        self, histories: EventLog, items: NDArray[np.int32]
    ) -> tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.float32]]:
        """Names of the components, their base (float32 [users, m]) and shares (float32 [users, m, 1]) for `items`.

        Args:
            items: int32 [users, m], other items for each user.
        """
        return self.scored(histories).parts(items)

    def components(
        self, history: EventLog, items: NDArray[np.int32]
    ) -> tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.float32]]:
        """Names, base (float32 [m]) and shares (float32 [m, 1]) of `items` (int32 [m]) for one user's history."""
        names, base, shares = self.parts(history, items[None])
        return names, base[0], shares[0]
