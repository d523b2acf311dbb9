"""Texts as the words that they share, each by how rare it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

UNSPACED = r"([\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])"  # a word of its own each
BETWEEN = r"[^\p{L}\p{M}\p{N}']+"
LEAST = 2  # texts that have a term; one that no other text has cannot be shared
COMMON = 0.1  # share of the texts from which on a term tells none of them from the others
FEW = 50  # texts in which a term may be whatever their share


def weighted_terms(texts: pa.StringArray) -> csr_array:
    """TF-IDF of the words of texts and of each two that stand beside each other; float32 [texts, terms].

    `1 + log(count)` times `log((1 + n) / (1 + texts with it)) + 1`, rows of length one; a row of zeros where a text
    shares no term with another. Scripts that put no space between words are read by their characters, so that two of
    them beside each other are most words of Chinese. All is done on columns, without a loop over texts.
    """
    from scipy.sparse import csr_array

    row, word = _words(texts)
    beside = np.flatnonzero(row[1:] == row[:-1])
    pair = (word[beside] + 1) << 32 | word[beside + 1]  # above all single words
    row, term = np.concatenate((row, row[beside])), np.unique(np.concatenate((word, pair)), return_inverse=True)[1]
    counts = csr_array((np.ones(len(row), np.float32), (row, term)), shape=(len(texts), int(term.max(initial=-1)) + 1))
    counts.sum_duplicates()
    found = np.bincount(counts.indices, minlength=counts.shape[1])
    telling = (found >= LEAST) & (found <= max(FEW, COMMON * len(texts)))
    return _weighed(counts[:, np.flatnonzero(telling)], found[telling])


def common_words(texts: pa.StringArray, most: int, least: int) -> csr_array:
    """Which of the words that are in the most texts each has: 1 where it has one, float32 [texts, words].

    The `most` commonest, of those that at least `least` texts have.
    """
    from scipy.sparse import csr_array

    row, word = _words(texts)
    word = np.unique(word, return_inverse=True)[1]
    has = csr_array((np.ones(len(row), np.float32), (row, word)), shape=(len(texts), int(word.max(initial=-1)) + 1))
    has.sum_duplicates()
    has.data[:] = 1.0
    found = np.bincount(has.indices, minlength=has.shape[1])
    commonest = np.argsort(-found, kind="stable")[:most]
    return has[:, np.sort(commonest[found[commonest] >= least])]


def _words(texts: pa.StringArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The words of all texts in their order: the text that each stands in, and a code for it; int64 [words] each."""
    plain = pc.utf8_lower(pc.utf8_normalize(pc.fill_null(texts, ""), "NFKC"))
    lists = pc.split_pattern_regex(pc.replace_substring_regex(plain, UNSPACED, r" \1 "), BETWEEN)
    words = lists.flatten()
    written = np.asarray(pc.greater(pc.binary_length(words), 0).to_numpy(zero_copy_only=False), dtype=np.bool_)
    row = np.asarray(pc.list_parent_indices(lists).to_numpy(zero_copy_only=False), dtype=np.int64)[written]
    word = np.asarray(words.dictionary_encode().indices.to_numpy(zero_copy_only=False), dtype=np.int64)[written]
    return row, word


def _weighed(counts: csr_array, found: NDArray[np.int64]) -> csr_array:
    rarity = np.log((1 + counts.shape[0]) / (1 + found)) + 1
    counts.data = ((1 + np.log(counts.data)) * rarity[counts.indices]).astype(np.float32)
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    length = np.sqrt(np.bincount(rows, counts.data.astype(np.float64) ** 2, minlength=counts.shape[0]))
    counts.data /= length[rows].astype(np.float32)
    return counts
