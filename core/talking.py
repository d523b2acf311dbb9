"""What a conversation with the recommender needs of a workspace: its names, its language model, its lists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.chosen import reading_of
from core.dialogue.acting import Asked, asked, edited, standard
from core.dialogue.grammar import understand as read
from core.dialogue.names import Encode, Names
from core.dialogue.structure import Edit, Part, Understood, Wish
from core.language.vectors import READABLE
from core.models.content import prepared
from core.progress import Progress
from core.reach import language_vectors
from core.recommend.what_if import ChangedHistory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.language.encoder import TextEncoder
    from core.language.ngrams import CharacterMatch
    from core.runs import Run
    from core.sequences.log import EventLog
    from core.workspace import Workspace

Floats = NDArray[np.float32]
KEPT = 64  # wishes whose likenesses are kept
SAMPLE = 500  # texts by which it is told whether a language model reads the catalogue


class Likeness:
    """How near the items that a run knows are to words and to each other.

    By the language model where it reads both, and by the characters that they share: "waterproof" in a title is near
    to "waterproof" whatever a model makes of it.

    Args:
        texts: of the items.
        vectors: float32 [items, d] of the run's language model, or of what stands in for it; None where there are none.
        encoder: that model; None where it does not read the texts.
    """

    def __init__(
        self, texts: Sequence[str], vectors: Floats | None, encoder: TextEncoder | None, characters: CharacterMatch
    ) -> None:
        self._items, self._characters = len(texts), characters
        self._said: dict[str, Floats] = {}
        self._axes: Floats | None = None
        self._encoder: TextEncoder | None = None
        if vectors is not None and vectors.any():
            self._axes = prepared(vectors, 0)[0]
            self._mean = vectors[np.any(vectors != 0, axis=1)].mean(0)
            self._encoder = encoder if encoder is not None and encoder.dimensions == vectors.shape[1] else None

    def of_words(self, words: str) -> Floats:
        """float32 [items]; all 0 where neither the model nor the characters make anything of the words."""
        if words not in self._said:
            if len(self._said) >= KEPT:
                self._said.clear()
            self._said[words] = self._compared(words)
        return self._said[words]

    def _compared(self, words: str) -> Floats:
        meaning = self.meaning(words)
        letters = standard(self.letters(words))
        return letters if meaning is None else standard(meaning) + letters

    def meaning(self, words: str) -> Floats | None:
        """Cosines in the language space, float32 [items], relative to the average item; None where no model reads."""
        encoder, axes = self._encoder, self._axes
        if encoder is None or axes is None or encoder.reads([words]) < READABLE:
            return None
        said = encoder.encode([words], Progress(), asked=True)[0] - self._mean
        return np.asarray(axes @ (said / max(float(np.linalg.norm(said)), 1e-9)), dtype=np.float32)

    def letters(self, words: str) -> Floats:
        """Cosines of the n-grams that texts share with the words, float32 [items]."""
        return self._characters.likeness(words)

    def of_item(self, item: int) -> Floats:
        """float32 [items], how near each is to one of them."""
        if self._axes is None:
            return np.zeros(self._items, dtype=np.float32)
        return np.asarray(self._axes @ self._axes[item], dtype=np.float32)

    @property
    def encode(self) -> Encode | None:
        """Makes vectors of length one of texts, float32 [n, d]; None where no model reads the items' texts."""
        encoder = self._encoder
        return None if encoder is None else lambda texts: encoder.encode(list(texts), Progress(), asked=True)

    def understands(self, words: str) -> bool:
        """Whether the words say anything of these items."""
        return bool(self.of_words(words).any())


def names(workspace: Workspace) -> Names:
    """What the catalogue calls things; kept until the data change."""

    def make() -> Names:
        return Names(workspace.catalogue(), [each.name for each in workspace.log().behaviours if not each.told])

    return workspace.keep("names", workspace.fingerprint, make)


def likeness(workspace: Workspace, record: Run, progress: Progress) -> Likeness:
    """How near the items of a run are to words; language vectors that are not there yet are computed.

    Raises:
        Cancelled: the analyst pressed stop.
    """
    from core.language.encoder import TextEncoder
    from core.language.ngrams import CharacterMatch

    def make() -> Likeness:
        reading = reading_of(workspace, record)
        texts = reading.texts(workspace.catalogue())[: record.items]
        vectors = language_vectors(workspace, record, progress)
        progress.step(0, 1, "Loading the language model")
        encoder = TextEncoder.open(reading)
        reads = encoder.reads(texts[:SAMPLE]) >= READABLE
        return Likeness(texts, vectors, encoder if reads else None, CharacterMatch(texts, progress))

    return workspace.keep("likeness", f"{workspace.fingerprint} {record.id} {record.items}", make)


def understand(workspace: Workspace, record: Run, text: str, progress: Progress) -> Understood:
    """A request as it is understood; a wish in words that say nothing of any item is reported as not understood.

    Where free words are left and a language model reads the catalogue, words that mean a category without its name
    ("nothing scary") are linked to it.
    """
    known = names(workspace)
    found = read(text, known)
    if not any(isinstance(part, Wish) for part in found.parts):
        return found
    near = likeness(workspace, record, progress)
    if near.encode is not None and not known.reads:
        known.link(near.encode)
        found = read(text, known)
    vain = [part for part in found.parts if isinstance(part, Wish) and not near.understands(part.text)]
    spans = [(text.find(wish.text), wish) for wish in vain]
    missed = [(start, start + len(wish.text)) if start >= 0 else (0, len(text)) for start, wish in spans]
    parts = tuple(part for part in found.parts if part not in vain)
    return replace(found, parts=parts, missed=tuple(sorted({*found.missed, *missed})))


def asked_of(workspace: Workspace, record: Run, parts: Sequence[Part], progress: Progress) -> Asked:
    """What parts of a conversation ask of a run's lists."""

    def near(words: str) -> Floats:
        return likeness(workspace, record, progress).of_words(words)

    def alike(item: int) -> Floats:
        return likeness(workspace, record, progress).of_item(item)

    return asked(parts, names(workspace), record.items, near, alike)


def history_after(workspace: Workspace, history: EventLog, parts: Sequence[Part]) -> ChangedHistory:
    """The history of one user after the edits that are asked for."""
    if not any(isinstance(part, Edit) for part in parts):
        return ChangedHistory.of(history)
    log = workspace.log()
    latest = int(log.time.max()) if log.timed and log.events else None
    return edited(history, parts, names(workspace), latest)
