"""What reads like the things liked: nearness of the language vectors of items."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import ClassVar, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.models.attribution import Shares, squared
from core.models.base import Settings, Tensors
from core.models.histories import fading, profiles
from core.models.parts import OneComponent
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog


@dataclass(frozen=True)
class ContentSettings:
    """Settings of content similarity.

    Attributes:
        history_decay: what each later event leaves of an event's weight in a history.
        history: events of a history that are looked at, the last ones.
        dimensions: length to which vectors are reduced (principal components); 0 for all of it.
    """

    history_decay: float = 0.7
    history: int = 50
    dimensions: int = 128

    def __post_init__(self) -> None:
        if not (0 < self.history_decay <= 1 and self.history >= 1 and self.dimensions >= 0):
            raise SeqlensError("A decay lies above 0 and at most at 1, and the history has at least one event.")


class Content(OneComponent):
    """Squares the cosine between an item and the fading history, so that what is near counts and the rest hardly.

    Vectors are taken relative to the average item, without which all texts of one shop look alike. Items on the far
    side of the average (a negative cosine) have 0.
    """

    name: ClassVar[str] = "content"

    def __init__(self, settings: ContentSettings | None = None, vectors: NDArray[np.float32] | None = None) -> None:
        self.settings = settings or ContentSettings()
        self.vectors = vectors
        self._axes: NDArray[np.float32] | None = None

    def fit(self, log: EventLog, catalogue: Catalogue, progress: Progress) -> None:
        """Prepare the vectors; nothing is learned from the events.

        Raises:
            SeqlensError: no item has a vector.
        """
        del log, catalogue
        progress.step(0, 1, "Comparing the texts of items")
        if self.vectors is None or not self.vectors.any():
            raise SeqlensError("No item has a title or another text that could be compared. Choose another model.")
        self._axes = prepared(self.vectors, self.settings.dimensions)
        progress.step(1, 1, "Comparing the texts of items")

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        """Scores of every item for each history, float32 [users, items]; all equal where the history is empty."""
        axes = self._fitted()
        profile = profiles(histories, fading(histories, self.settings.history_decay, self.settings.history)) @ axes
        scores = (profile * _reach(profile)[:, None]) @ axes.T
        np.maximum(scores, 0.0, out=scores)
        scores *= scores
        return cast("NDArray[np.float32]", scores)

    def event_shares(self, history: EventLog, items: NDArray[np.int32]) -> Shares:
        """The square of a sum over events.

        Its scale stays as at the full history: the length of the whole profile, and which items have 0 at all.
        """
        axes = self._fitted()
        weights = fading(history, self.settings.history_decay, self.settings.history)
        used = np.flatnonzero(weights)
        profile = weights[used] @ axes[history.item[used]]
        terms = np.zeros((len(items), history.events))
        terms[:, used] = (axes[items] @ axes[history.item[used]].T) * (weights[used] * _reach(profile[None])[0])
        terms[terms.sum(1) <= 0] = 0.0
        return squared(terms)

    def state(self) -> tuple[Tensors, Settings]:
        return {"axes": self._fitted()}, asdict(self.settings)

    @classmethod
    def from_state(cls, tensors: Tensors, settings: Settings) -> Content:
        try:
            model = cls(ContentSettings(**settings))  # type: ignore[arg-type]
            model._axes = cast("NDArray[np.float32]", tensors["axes"])
        except (KeyError, TypeError) as error:
            raise SeqlensError("This model cannot be read. It is damaged or of a newer Seqlens.") from error
        return model

    def _fitted(self) -> NDArray[np.float32]:
        if self._axes is None:
            raise SeqlensError("The texts of items have not been compared yet.")
        return self._axes


def prepared(vectors: NDArray[np.float32], dimensions: int) -> NDArray[np.float32]:
    """Vectors relative to their mean, on their first principal axes, of length one; zero rows stay zero.

    Args:
        vectors: float32 [items, d].
        dimensions: of the result, at most; 0 for d.
    """
    known: NDArray[np.bool_] = np.any(vectors != 0, axis=1)
    centred = np.where(known[:, None], vectors - vectors[known].mean(0), np.float32(0.0))
    if 0 < dimensions < vectors.shape[1]:
        _, axes = np.linalg.eigh(centred.T.astype(np.float64) @ centred)
        centred = centred @ axes[:, ::-1][:, :dimensions].astype(np.float32)
    return np.ascontiguousarray(centred * _reach(centred)[:, None])


def _reach(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """What brings each row to length one; 0 for a row of zeros. float32 [n]."""
    length = np.linalg.norm(rows, axis=1)
    return np.where(length > 1e-6, 1.0 / np.maximum(length, 1e-6), 0.0).astype(np.float32)
