"""Counts that take in the events that came after a training, so that lists speak of today without a new one."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from core.models.base import Recommender
from core.progress import Progress
from core.sequences.log import EventLog


@runtime_checkable
class Counting(Protocol):
    """A recommender that only counts, or a sum with parts that do."""

    def counted(self, log: EventLog, new: NDArray[np.bool_] | None, progress: Progress) -> Recommender:
        """What a fit on `log` with the same settings gives; `self` stays as it was.

        Args:
            log: may have more items than the model knows.
            new: bool [events], those that the model has not counted yet; the others are all that it has, and of each
                user they stand before the new ones. None where that is not known: all is counted anew.

        Raises:
            Cancelled: the analyst pressed stop.
        """


@runtime_checkable
class Met(Protocol):
    """A recommender that knows of which items it has counted anything."""

    @property
    def met(self) -> NDArray[np.bool_]:
        """bool [items]."""
