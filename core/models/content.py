"""What reads like the things liked: nearness of the language vectors of items."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, ClassVar, Self, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.models.attribution import Shares, squared
from core.models.base import Settings, Tensors
from core.models.histories import fading, following, profiles
from core.models.parts import OneComponent
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog

if TYPE_CHECKING:
    from core.models.growing import Newcomers


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
    side of the average (a negative cosine) have 0. What an event says in the place of an item, a search, is read like
    an item of that text.
    """

    name: ClassVar[str] = "content"

    def __init__(
        self,
        settings: ContentSettings | None = None,
        vectors: NDArray[np.float32] | None = None,
        texts: NDArray[np.float32] | None = None,
    ) -> None:
        self.settings = settings or ContentSettings()
        self.vectors = vectors
        self.texts = texts
        self._axes: NDArray[np.float32] | None = None
        self._said: NDArray[np.float32] = np.zeros((0, 0), dtype=np.float32)

    def fit(self, log: EventLog, catalogue: Catalogue, progress: Progress) -> None:
        """Prepare the vectors; nothing is learned from the events.

        Raises:
            SeqlensError: no item has a vector.
        """
        del log, catalogue
        progress.step(0, 1, "Comparing the texts of items")
        if self.vectors is None or not self.vectors.any():
            raise SeqlensError("No item has a title or another text that could be compared. Choose another model.")
        self._axes, self._said = prepared(self.vectors, self.settings.dimensions, self.texts)
        progress.step(1, 1, "Comparing the texts of items")

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        """Scores of every item for each history, float32 [users, items]; all equal where the history is empty."""
        axes = self._fitted()
        profile = profiles(histories, fading(histories, self.settings.history_decay, self.settings.history)) @ axes
        said = self._saying(histories)
        if len(said):
            weights = np.float32(self.settings.history_decay) ** following(histories)[said].astype(np.float32)
            np.add.at(profile, histories.user[said], weights[:, None] * self._said[histories.text[said]])
        scores = (profile * _reach(profile)[:, None]) @ axes.T
        np.maximum(scores, 0.0, out=scores)
        scores *= scores
        return cast("NDArray[np.float32]", scores)

    def likeness(self, others: NDArray[np.int32], item: int) -> NDArray[np.float32]:
        """Cosines of the texts of `others` (int32 [n]) and of `item`, relative to the average item; float32 [n]."""
        axes = self._fitted()
        return cast("NDArray[np.float32]", axes[others] @ axes[item])

    def event_shares(self, history: EventLog, items: NDArray[np.int32]) -> Shares:
        """The square of a sum over events.

        Its scale stays as at the full history: the length of the whole profile, and which items have 0 at all.
        """
        axes = self._fitted()
        weights = fading(history, self.settings.history_decay, self.settings.history)
        liked, said = np.flatnonzero(weights), self._saying(history)
        used = np.concatenate((liked, said))
        weights[said] = np.float32(self.settings.history_decay) ** following(history)[said].astype(np.float32)
        read = np.concatenate((axes[history.item[liked]], self._said[history.text[said]].reshape(-1, axes.shape[1])))
        profile = weights[used] @ read
        terms = np.zeros((len(items), history.events))
        terms[:, used] = (axes[items] @ read.T) * (weights[used] * _reach(profile[None])[0])
        terms[terms.sum(1) <= 0] = 0.0
        return squared(terms)

    def grown(self, newcomers: Newcomers) -> Content:
        """The same with the texts of all items, relative to the average item that there was."""
        model = Content(self.settings, newcomers.vectors, newcomers.texts)
        known = newcomers.known
        later = np.concatenate((newcomers.vectors[known:], newcomers.texts))
        own, others = prepared(newcomers.vectors[:known], self.settings.dimensions, later)
        model._axes = np.concatenate((own, others[: len(newcomers.vectors) - known]))
        model._said = others[len(newcomers.vectors) - known :]
        return model

    def state(self) -> tuple[Tensors, Settings]:
        return {"axes": self._fitted(), "said": self._said}, asdict(self.settings)

    @classmethod
    def from_state(cls, tensors: Tensors, settings: Settings) -> Self:
        try:
            model = cls(ContentSettings(**settings))  # type: ignore[arg-type]
            model._axes = cast("NDArray[np.float32]", tensors["axes"])
            model._said = cast("NDArray[np.float32]", tensors["said"])
        except (KeyError, TypeError) as error:
            raise SeqlensError("This model cannot be read. It is damaged or of a newer Seqlens.") from error
        return model

    def _saying(self, histories: EventLog) -> NDArray[np.int64]:
        """Which events speak by a text that was there when the model was fitted; int64 [n]."""
        told = (histories.item < 0) & (histories.text >= 0) & (histories.text < len(self._said)) & ~histories.negative
        return np.flatnonzero(told & (following(histories) < self.settings.history))

    def _fitted(self) -> NDArray[np.float32]:
        if self._axes is None:
            raise SeqlensError("The texts of items have not been compared yet.")
        return self._axes


def prepared(
    vectors: NDArray[np.float32], dimensions: int, texts: NDArray[np.float32] | None = None
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Vectors relative to the mean of the items', on their first principal axes, of length one; zero rows stay zero.

    Args:
        vectors: float32 [items, d].
        dimensions: of the result, at most; 0 for d.
        texts: float32 [texts, d], what is laid on the same axes.

    Returns:
        Those of the items, float32 [items, dimensions], and of the texts.
    """
    mean = vectors[np.any(vectors != 0, axis=1)].mean(0)
    both = vectors if texts is None else np.concatenate((vectors, texts))
    centred = np.where(np.any(both != 0, axis=1)[:, None], both - mean, np.float32(0.0))
    if 0 < dimensions < vectors.shape[1]:
        own = centred[: len(vectors)]
        _, axes = np.linalg.eigh(own.T.astype(np.float64) @ own)
        centred = centred @ axes[:, ::-1][:, :dimensions].astype(np.float32)
    laid = np.ascontiguousarray(centred * _reach(centred)[:, None])
    return laid[: len(vectors)], laid[len(vectors) :]


def _reach(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """What brings each row to length one; 0 for a row of zeros. float32 [n]."""
    length = np.linalg.norm(rows, axis=1)
    return np.where(length > 1e-6, 1.0 / np.maximum(length, 1e-6), 0.0).astype(np.float32)
