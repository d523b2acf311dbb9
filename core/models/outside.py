"""What is like the things liked by vectors that were made elsewhere: of sound, of video, by any model."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

import numpy as np

from core.errors import SeqlensError
from core.models.content import Content, prepared
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog

if TYPE_CHECKING:
    from core.models.base import Recommender
    from core.models.growing import Newcomers


class OutsideVectors(Content):
    """The nearness of `core.models.content.Content`, of vectors that came in with a file in the place of texts'.

    An item without a vector has 0 and gives nothing to a profile.
    """

    name: ClassVar[str] = "vectors"

    def fit(self, log: EventLog, catalogue: Catalogue, progress: Progress) -> None:
        """Prepare the vectors; nothing is learned from the events.

        Raises:
            SeqlensError: no item has a vector.
        """
        del log, catalogue
        progress.step(0, 1, "Comparing the vectors of items")
        if self.vectors is None or not self.vectors.any():
            raise SeqlensError("No item has a vector that was made elsewhere. Import a file of vectors first.")
        self._axes, self._said = prepared(self.vectors, self.settings.dimensions)
        progress.step(1, 1, "Comparing the vectors of items")

    def grown(self, newcomers: Newcomers) -> Recommender:  # type: ignore[override]
        """The same; items that came in after the fit are lent the scores of those whose texts are like their own."""
        return lent_to_later(cast("Recommender", self), newcomers)


class Pictures(OutsideVectors):
    """The same nearness, of vectors of the items' pictures."""

    name: ClassVar[str] = "pictures"

    def fit(self, log: EventLog, catalogue: Catalogue, progress: Progress) -> None:
        """Prepare the vectors; nothing is learned from the events.

        Raises:
            SeqlensError: no item has a picture.
        """
        if self.vectors is None or not self.vectors.any():
            raise SeqlensError("No item has a picture. Import a file with a column of pictures first.")
        super().fit(log, catalogue, progress)


def lent_to_later(model: Recommender, newcomers: Newcomers) -> Recommender:
    """A model that needs no event to score an item, with lent scores for those items that it was not fitted with."""
    from core.models.growing import Lent
    from core.models.parts import OneComponent

    later = np.arange(len(newcomers.fresh)) >= newcomers.known
    if not later.any():
        return model
    return cast("Recommender", Lent(cast(OneComponent, model), replace(newcomers, fresh=later)))
