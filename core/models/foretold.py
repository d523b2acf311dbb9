"""What items have of something that is learned of items, as far as what is written of them foretells it.

A ridge regression over the items of which it was learned, from their language vectors and from which of the words that
are common in the catalogue their texts have: kinds, genres, years, makers. It sees what all items have taught where
the nearest few texts have but their own, which are poor witnesses where titles are names, as those of films are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from core.language.terms import common_words

if TYPE_CHECKING:
    from scipy.sparse import csr_array

WAYS = NEAREST, REGRESSION = "nearest", "regression"  # to be told what is the same for all users
WORDS = 512  # that are looked at, the commonest
LEAST = 5  # texts that have a word, for it to be learned from
RIDGE = 3.0  # pull of what is learned of each axis and word to nothing

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Foretelling:
    """The regression, before it is told what is to be foretold.

    Attributes:
        axes: float32 [items, d], language vectors on their main axes.
        words: float32 [items, w], 1 for each common word that the text of an item has.
        able: int64 [n], the items that it learns from.
    """

    axes: Floats
    words: csr_array
    able: NDArray[np.int64]

    @classmethod
    def of(cls, axes: Floats, written: pa.StringArray | None, able: NDArray[np.int64]) -> Foretelling:
        """Of the texts of all items; by the axes alone where there are none."""
        texts = pa.array([""] * len(axes), pa.string()) if written is None else written
        return cls(axes, common_words(texts, WORDS, LEAST), able)

    def told(self, values: Floats, items: NDArray[np.int64]) -> Floats:
        """How far `items` (int64 [m]) are foretold to be from the mean of what is learned, float32 [m, k].

        Args:
            values: float32 [items, k], of which only those of `able` are read.
        """
        from scipy.linalg import cho_solve

        own = values[self.able]
        own = own - own.mean(axis=0, keepdims=True)  # so that features need not be centred here
        slopes = cho_solve(self._factor, self._across(own))  # [d + w, k]
        axes = self.axes.shape[1]
        found = self.axes[items] @ slopes[:axes] + self.words[items] @ slopes[axes:]
        return cast(Floats, (found - self._mean @ slopes).astype(np.float32))

    @cached_property
    def _mean(self) -> NDArray[np.float64]:
        """float64 [d + w], the mean of what is read of the items that are learned from."""
        every = (self.axes[self.able].sum(0, dtype=np.float64), self.words[self.able].sum(0, dtype=np.float64))
        return np.concatenate(every) / len(self.able)

    @cached_property
    def _factor(self) -> tuple[NDArray[np.float64], bool]:
        """The Cholesky factor of the normal equations."""
        from scipy.linalg import cho_factor

        axes, words = self.axes[self.able], self.words[self.able]
        mixed = words.T @ axes  # [w, d]
        whole = np.block([[axes.T @ axes, mixed.T], [mixed, (words.T @ words).toarray()]]).astype(np.float64)
        whole -= len(self.able) * np.outer(self._mean, self._mean)
        whole[np.diag_indices_from(whole)] += RIDGE
        return cast("tuple[NDArray[np.float64], bool]", cho_factor(whole, overwrite_a=True))

    def _across(self, values: Floats) -> NDArray[np.float64]:
        """The sum over `able` of what is read of each times its `values`, float64 [d + w, k] of [n, k]."""
        read = (self.axes[self.able].T @ values, self.words[self.able].T @ values)
        return np.concatenate(read).astype(np.float64)
