"""Vectors of item texts, each text computed once a model and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from core.language.reading import Model
from core.progress import Progress

if TYPE_CHECKING:
    from core.language.encoder import TextEncoder

# Below this share of known tokens a language model is taken not to read the texts.
READABLE = 0.8
# Texts that are put into the store at a time: what a stopped computation keeps.
KEPT = 1024
NONE = "none"


class VectorStore(Protocol):
    """Where vectors are kept between trainings, by model and content hash of the text (`content_hash`)."""

    def get(self, identifier: str, hashes: list[bytes]) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
        """Which of `hashes` are known (bool [n]) and the vectors of those, float32 [found, d], in their order."""

    def put(self, identifier: str, hashes: list[bytes], vectors: NDArray[np.float32]) -> None:
        """Keep `vectors` (float32 [n, d]) under the hashes of their texts."""


@dataclass(frozen=True)
class ItemVectors:
    """Language vectors of the items of a catalogue.

    Attributes:
        vectors: float32 [items, d], of length one; a zero row for an item without a text. d is 0 where no item has one.
        identifier: what computed them; "none" where no item has a text.
        stand_in: whether the chosen model cannot read the texts and character n-grams were used in its place.
    """

    vectors: NDArray[np.float32]
    identifier: str
    stand_in: bool


def content_hash(text: str) -> bytes:
    """16 bytes of BLAKE2b of the text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def item_vectors(
    texts: Sequence[str], model: Model, store: VectorStore, progress: Progress, device: str = "auto"
) -> ItemVectors:
    """Vectors of `texts` by a language model (`core.language.encoder.TextEncoder.open`; empty for the bundled one).

    What the store has is not computed again, and what is computed is put into it in pieces, so that a stopped
    computation goes on where it was. Where the model's tokenizer cannot read the texts, character n-grams stand in.

    Raises:
        SeqlensError: the model is not there or is damaged.
        Cancelled: the analyst pressed stop.
    """
    distinct = [text for text in dict.fromkeys(texts) if text.strip()]
    if not distinct:
        return ItemVectors(np.zeros((len(texts), 0), dtype=np.float32), NONE, stand_in=False)
    from core.language.encoder import TextEncoder, marked

    progress.step(0, 1, "Looking for the language model")
    hashes = [content_hash(text) for text in distinct]
    identifier = marked(model)
    known, found = store.get(identifier, hashes)
    stand_in = False
    if known.all():
        vectors = found
    else:
        progress.step(0, 1, "Loading the language model")
        encoder = TextEncoder.open(model, device)
        stand_in = encoder.reads(distinct) < READABLE
        if stand_in:
            identifier, vectors = _ngram_vectors(distinct, hashes, store, progress)
        else:
            vectors = _complete(encoder, distinct, hashes, known, found, store, progress)
    return ItemVectors(_spread(texts, distinct, vectors), identifier, stand_in)


def stored_vectors(texts: Sequence[str], model: Model, store: VectorStore) -> NDArray[np.float32] | None:
    """What `item_vectors` gives for `texts`, where a training has left it in the store; None otherwise, at once."""
    from core.language.encoder import marked

    distinct = [text for text in dict.fromkeys(texts) if text.strip()]
    hashes = [content_hash(text) for text in distinct]
    for identifier in (marked(model), _ngram_identifier(hashes)) if distinct else ():
        known, found = store.get(identifier, hashes)
        if known.all():
            return _spread(texts, distinct, found)
    return None


def _spread(texts: Sequence[str], distinct: list[str], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vector of each text, float32 [texts, d], from those of the `distinct` ones; zeros for any other."""
    rows = {text: row for row, text in enumerate(distinct)}
    index = np.fromiter((rows.get(text, -1) for text in texts), dtype=np.int64, count=len(texts))
    spread = np.zeros((len(texts), vectors.shape[1]), dtype=np.float32)
    spread[index >= 0] = vectors[index[index >= 0]]
    return spread


def _complete(
    encoder: TextEncoder,
    texts: list[str],
    hashes: list[bytes],
    known: NDArray[np.bool_],
    found: NDArray[np.float32],
    store: VectorStore,
    progress: Progress,
) -> NDArray[np.float32]:
    """The vectors of all `texts`, float32 [texts, d], of which those that are `known` were `found` in the store."""
    vectors = np.zeros((len(texts), encoder.dimensions), dtype=np.float32)
    if known.any():
        vectors[known] = found
    missing = np.flatnonzero(~known)
    pending: list[NDArray[np.int64]] = []

    def keep() -> None:
        if pending:
            rows = np.concatenate(pending)
            store.put(encoder.identifier, [hashes[row] for row in rows], vectors[rows])
            pending.clear()

    try:
        for place, batch in encoder.batches([texts[row] for row in missing], progress):
            rows = missing[place]
            vectors[rows] = batch
            pending.append(rows)
            if sum(map(len, pending)) >= KEPT:
                keep()
    finally:
        keep()
    return vectors


def _ngram_vectors(
    texts: list[str], hashes: list[bytes], store: VectorStore, progress: Progress
) -> tuple[str, NDArray[np.float32]]:
    """Identifier and vectors, float32 [texts, d], by character n-grams."""
    from core.language.ngrams import CharacterNgrams

    identifier = _ngram_identifier(hashes)
    known, found = store.get(identifier, hashes)
    if known.all():
        return identifier, found
    vectors = CharacterNgrams().vectors(texts, progress)
    if vectors.shape[1]:  # none where no two texts share a character
        store.put(identifier, hashes, vectors)
    return identifier, vectors


def _ngram_identifier(hashes: list[bytes]) -> str:
    """Their vectors depend on all texts, whose hash is therefore in the identifier."""
    from core.language.ngrams import CharacterNgrams

    return f"{CharacterNgrams.name}@{blake2b(b''.join(sorted(hashes)), digest_size=8).hexdigest()}"
