"""A breakdown of scores that grows surer while one looks at it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.models.base import Breakdown, Recommender
from core.progress import Progress
from core.sequences.log import EventLog


class Explanation:
    """The scores of a few items for one history, taken apart in rounds (`Recommender.refine`).

    Args:
        read: the events of one user that the model knows.
        known: bool [events of the user], which these are; the others have no share.
        items: int32 [m].
    """

    def __init__(self, model: Recommender, read: EventLog, known: NDArray[np.bool_], items: NDArray[np.int32]) -> None:
        self._known = known
        self._progress = Progress()
        self._rounds = model.refine(read, items, lambda: self._progress.check())

    def next(self, progress: Progress) -> Breakdown | None:
        """The next, surer answer; None when it is as sure as it gets.

        Raises:
            Cancelled: the analyst looks at something else; nothing more can be asked then.
        """
        progress.check()
        self._progress = progress
        found = next(self._rounds, None)
        if found is None or self._known.all():
            return found
        return replace(
            found,
            event_shares=self._spread(found.event_shares),
            event_errors=self._spread(found.event_errors),
            masked=lambda seen: found.masked(seen[:, self._known]),
        )

    def _spread(self, columns: NDArray[np.float32]) -> NDArray[np.float32]:
        """The columns, float32 [m, known.sum()], at the places of the known events; 0 elsewhere."""
        whole = np.zeros((len(columns), len(self._known)), dtype=np.float32)
        whole[:, self._known] = columns
        return whole
