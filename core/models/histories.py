"""Histories as the models of counts and contents read them: the last things liked, fading."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from core.sequences.log import EventLog

if TYPE_CHECKING:
    from scipy.sparse import csr_array

MANY = 5_000_000  # terms of a product from which on it is worth the second that scikit-learn takes to be imported
AT_ONCE = 4_000_000  # terms that are added up before other threads have their turn, some 5 ms


def following(log: EventLog) -> NDArray[np.int64]:
    """How many events that speak for an item follow each event in its user's sequence, int64 [events]."""
    until = np.concatenate(([0], np.cumsum(log.positive)))
    return np.repeat(until[log.offsets[1:]], log.lengths) - until[1:]


def fading(histories: EventLog, decay: float, longest: int) -> NDArray[np.float32]:
    """Weight of each event as a sign of what is liked now, float32 [events].

    1 for the last event that speaks for an item and `decay` times less for each one before it. 0 for those further
    back than `longest`, for events without an item, and for negative ones: a dislike is no reason for any item.
    """
    age = following(histories)
    weight = np.power(np.float32(decay), np.minimum(age, longest).astype(np.float32))
    return np.where(histories.positive & (age < longest), weight, np.float32(0.0))


def profiles(histories: EventLog, weights: NDArray[np.float32]) -> csr_array:
    """The weights as a sparse matrix, float32 [users, items]; an item that occurs twice has both weights."""
    from scipy.sparse import csr_array

    used = np.flatnonzero(weights)
    rows = np.concatenate(([0], np.cumsum(weights != 0)))[histories.offsets]
    if rows[-1] < 2**31:  # or scipy would widen the indices of whatever large matrix this is multiplied with, each time
        rows = rows.astype(np.int32)
    return csr_array((weights[used], histories.item[used], rows), shape=(histories.users, histories.items))


def summed(weights: csr_array, matrix: csr_array) -> NDArray[np.float32]:
    """`weights` (`profiles`) times a matrix of items, float32 [users, columns], added up in the order of the weights.

    scikit-learn adds up large ones in place, in a fifth of the time in which scipy makes a sparse matrix of them first.
    """
    lengths = np.diff(matrix.indptr)[weights.indices]
    terms = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))[weights.indptr]
    if terms[-1] < MANY:
        return cast("NDArray[np.float32]", (weights @ matrix).toarray())
    from sklearn.utils.sparsefuncs import sparse_matmul_to_dense

    found = np.empty((weights.shape[0], matrix.shape[1]), np.float32)
    start = 0
    while start < len(found):
        end = max(start + 1, int(np.searchsorted(terms, terms[start] + AT_ONCE, "right")) - 1)
        sparse_matmul_to_dense(weights[start:end], matrix, out=found[start:end])
        start = end
    return found
