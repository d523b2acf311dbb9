"""Vectors of texts without a language model: character n-grams, weighted and reduced."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.progress import Progress

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

LENGTHS = (1, 2, 3)
DIMENSIONS = 384
# Texts that the basis is fitted on at most; the others are laid on it.
FITTED = 50_000
BLOCK = 2048
ITERATIONS = 4
OVERSAMPLING = 16
SEED = 0

MESSAGE = "Comparing item texts by their characters"


class CharacterNgrams:
    """TF-IDF of character n-grams (1 to 3, within words) on the first singular vectors of the corpus.

    It needs no words and so reads any script. `log(1 + count)` times `log((1 + n) / (1 + documents)) + 1`, rows of
    length one, then a truncated singular value decomposition by randomised subspace iteration (Halko, Martinsson and
    Tropp 2011), cut into blocks so that it can be stopped. Counting is done on arrays of code points: scikit-learn's
    vectoriser is a Python loop that would hold up the window's thread.

    Attributes:
        name: the word for it in an identifier.
    """

    name = "character n-grams"

    def vectors(self, texts: Sequence[str], progress: Progress) -> NDArray[np.float32]:
        """Vectors of length one, float32 [texts, d] with d at most 384; a zero row where a text has no n-gram.

        The same texts give the same vectors.

        Raises:
            Cancelled: the analyst pressed stop.
        """
        counts = _count(texts, progress)
        weighted = _weigh(counts)
        step = max(1, -(-len(texts) // FITTED))
        basis = _singular_vectors(weighted[::step], progress)
        out = np.zeros((len(texts), basis.shape[1]), dtype=np.float32)
        for start in range(0, len(texts), BLOCK):
            progress.step(len(texts) + start, 2 * len(texts), MESSAGE)
            out[start : start + BLOCK] = weighted[start : start + BLOCK] @ basis
        norms = np.linalg.norm(out, axis=1, keepdims=True)
        return np.asarray(out / np.where(norms > 1e-6, norms, np.inf), dtype=np.float32)


class CharacterMatch:
    """How near texts are to words by the n-grams that they share: what can be asked of a corpus at once.

    Args:
        texts: of the corpus.

    Raises:
        Cancelled: the analyst pressed stop.
    """

    def __init__(self, texts: Sequence[str], progress: Progress) -> None:
        row, gram = _grams(texts) if len(texts) else (np.zeros(0, np.int64), np.zeros(0, np.uint64))
        from scipy.sparse import csr_matrix

        progress.check()
        self._keys, columns = np.unique(gram, return_inverse=True)
        counts = csr_matrix((np.ones(len(row), np.float32), (row, columns)), shape=(len(texts), len(self._keys)))
        counts.sum_duplicates()
        documents = np.bincount(counts.indices, minlength=len(self._keys))
        self._rarity = (np.log((1 + len(texts)) / (1 + documents))).astype(np.float32)
        self._weighted = _weigh(counts) if len(texts) else counts

    def likeness(self, words: str) -> NDArray[np.float32]:
        """Cosines of the TF-IDF of each text and of `words`, float32 [texts]; all 0 where they share no n-gram."""
        _, gram = _grams([words])
        keys, counts = np.unique(gram, return_counts=True)
        place = np.minimum(np.searchsorted(self._keys, keys), max(len(self._keys) - 1, 0))
        known = self._keys[place] == keys if len(self._keys) else np.zeros(len(keys), dtype=np.bool_)
        asked = np.zeros(len(self._keys), dtype=np.float32)
        asked[place[known]] = np.log1p(counts[known]) * self._rarity[place[known]]
        length = float(np.linalg.norm(asked))
        return np.asarray(self._weighted @ (asked / length if length else asked), dtype=np.float32)


def _count(texts: Sequence[str], progress: Progress) -> csr_matrix:
    """How often each n-gram that two texts share stands in each text, float32 [texts, n-grams]."""
    from scipy.sparse import csr_matrix

    rows, grams = [], []
    for start in range(0, len(texts), BLOCK):
        progress.step(start, 2 * len(texts), MESSAGE)
        row, gram = _grams(texts[start : start + BLOCK])
        rows.append(row + start)
        grams.append(gram)
    keys, columns = np.unique(np.concatenate(grams), return_inverse=True)
    row = np.concatenate(rows)
    shape = (len(texts), len(keys))
    counts = csr_matrix((np.ones(len(row), dtype=np.float32), (row, columns)), shape=shape)
    documents = np.bincount(counts.indices, minlength=len(keys))
    return csr_matrix(counts[:, documents >= min(2, len(texts))])


def _grams(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Text and n-gram, as a number, of every n-gram of each text: int64 [grams] and uint64 [grams].

    An n-gram is three code points of 21 bits, those of a shorter one being zero; a space stands at both ends of a word.
    """
    words = [" ".join(("", *unicodedata.normalize("NFKC", text).lower().split(), "")) for text in texts]
    points = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    owner = np.repeat(np.arange(len(words)), np.fromiter(map(len, words), dtype=np.int64, count=len(words)))
    space = points == ord(" ")
    rows, grams = [], []
    for length in LENGTHS:
        count = max(0, len(points) - length + 1)
        gram = np.zeros(count, dtype=np.uint64)
        inside = owner[:count] == owner[length - 1 : length - 1 + count]
        for place in range(length):
            gram = (gram << np.uint64(21)) | points[place : place + count]
            if 0 < place < length - 1 or length == 1:
                inside = inside & ~space[place : place + count]  # an n-gram does not reach over two words
        if length == 2:
            inside = inside & ~(space[:count] & space[1 : 1 + count])
        rows.append(owner[:count][inside])
        grams.append(gram[inside])
    return np.concatenate(rows).astype(np.int64), np.concatenate(grams)


def _weigh(counts: csr_matrix) -> csr_matrix:
    """TF-IDF with rows of length one."""
    documents = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log((1 + counts.shape[0]) / (1 + documents)) + 1
    weighted = counts.copy()
    weighted.data = np.log1p(weighted.data) * rarity[weighted.indices].astype(np.float32)
    owner = np.repeat(np.arange(counts.shape[0]), np.diff(weighted.indptr))
    weighted.data /= np.sqrt(np.bincount(owner, weights=weighted.data**2, minlength=counts.shape[0]))[owner]
    return weighted


def _singular_vectors(matrix: csr_matrix, progress: Progress) -> NDArray[np.float32]:
    """The first right singular vectors, float32 [columns, d]."""
    width = min(DIMENSIONS, *matrix.shape)
    if width == 0:
        return np.zeros((matrix.shape[1], 0), dtype=np.float32)
    blocks = [matrix[start : start + BLOCK] for start in range(0, matrix.shape[0], BLOCK)]
    probe = min(width + OVERSAMPLING, *matrix.shape)
    basis = np.random.default_rng(SEED).standard_normal((matrix.shape[1], probe), dtype=np.float32)  # (columns, p)
    for iteration in range(ITERATIONS):
        product = np.zeros_like(basis)
        for block in blocks:
            progress.step(iteration, 2 * ITERATIONS, MESSAGE)
            product += block.T @ (block @ basis)
        basis = np.linalg.qr(product)[0]
    seen = np.concatenate([block @ basis for block in blocks])  # (texts, p)
    _, _, turn = np.linalg.svd(seen.T @ seen)
    return np.asarray(basis @ turn[:width].T, dtype=np.float32)
