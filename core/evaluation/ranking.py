"""From scores to ranks and lists: what is hidden, who wins a tie, how much is held at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from core.sequences.log import EventLog

MEMORY = 32 << 20  # bytes of one block of scores: users enough for a network to be busy, few enough for the cache
REPEATS = 0.05  # share of repeated targets below which seen items are hidden
GROUPS = 256  # of columns, whose maxima bound the best of a row
PIECE = 64  # rows whose equals are counted at once
HIDDEN = np.float32(-np.inf)


def hides_seen(log: EventLog) -> bool:
    """Whether users hardly ever come back to an item, so that a list had better leave out what they have.

    Measured from the training events: under 5 % of the targets that have a past repeat an item of it.
    """
    held = np.flatnonzero((log.item >= 0) & ~log.told)
    pairs = log.user[held].astype(np.int64) * max(log.items, 1) + log.item[held]
    repeated = np.ones(log.events, dtype=np.bool_)
    repeated[held[np.unique(pairs, return_index=True)[1]]] = False
    targets = log.target & (log.position > 0)
    return int(np.count_nonzero(repeated & targets)) < REPEATS * max(int(np.count_nonzero(targets)), 1)


def blocks(users: int, items: int, memory: int = MEMORY, most: int | None = None) -> Iterator[tuple[int, int]]:
    """Ranges of users, `most` at a time, whose scores for all items fit in `memory` bytes."""
    size = max(1, min(memory // (4 * max(items, 1)), most or users))
    for start in range(0, users, size):
        yield start, min(start + size, users)


def hide(scores: NDArray[np.float32], histories: EventLog) -> None:
    """Put the items of each history out of the list, in place; feedback alone makes no item one that a user has."""
    held = (histories.item >= 0) & ~histories.told
    scores[histories.user[held], histories.item[held]] = HIDDEN


def truth_ranks(
    scores: NDArray[np.float32], histories: EventLog, truth: NDArray[np.int32], hide_seen: bool
) -> NDArray[np.int64]:
    """Rank of the truth among all items, from 1, ties against the model; 0 where it was hidden as seen.

    Args:
        scores: float32 [n, items]; seen items are hidden in place where `hide_seen` says so.
        histories: of n users.
        truth: int32 [n].

    Returns:
        int64 [n].
    """
    own = scores[np.arange(len(truth)), truth]
    missed = np.zeros(len(truth), dtype=np.bool_)
    if hide_seen:
        hide(scores, histories)
        missed[histories.user[(histories.item == truth[histories.user]) & ~histories.told]] = True
    below = np.count_nonzero(scores < own[:, None], axis=1)  # a score that is no number is below nothing
    return np.where(missed, 0, scores.shape[1] - below)


def top(scores: NDArray[np.float32], k: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The k best items of each row, the best first, equals in the order of their codes.

    Returns:
        Items int32 [n, k] and scores float32 [n, k]; -1 and -inf where fewer than k are not hidden.
    """
    rows, items = scores.shape
    found = np.full((rows, k), -1, dtype=np.int32)
    values = np.full((rows, k), HIDDEN, dtype=np.float32)
    width = min(k, items)
    if rows == 0 or width == 0:
        return found, values
    candidates = _candidates(scores, width)
    row, column = np.divmod(np.flatnonzero(candidates), items)  # much faster than nonzero of two dimensions
    value = scores[row, column]
    order = np.lexsort((-value, row))  # stable: equals stay in the order of their codes
    first = np.concatenate(([0], np.cumsum(np.count_nonzero(candidates, axis=1))))[:-1]
    best = order[first[:, None] + np.arange(width)]
    found[:, :width], values[:, :width] = column[best], value[best]
    found[values == HIDDEN] = -1
    return found, values


def _candidates(scores: NDArray[np.float32], k: int) -> NDArray[np.bool_]:
    """A few items of each row among which the k best are, and which of the equals at the border are the first; bool.

    The k-th best of the maxima of disjoint groups of columns is reached by at least k items. That bound is found by
    vectorised comparisons alone; a selection of each row took ten times as long where thousands are equal.
    """
    bound = _bound(scores, k)
    kept = scores >= bound[:, None]
    crowded = np.flatnonzero(np.count_nonzero(kept, axis=1) > 4 * k + 64)
    for start in range(0, len(crowded), PIECE):
        rows = crowded[start : start + PIECE]
        above = scores[rows] > bound[rows, None]
        room = k - np.count_nonzero(above, axis=1)
        tied = room > 0  # the bound is then the k-th best itself
        rows, above, room = rows[tied], above[tied], room[tied]
        on = kept[rows] & ~above
        kept[rows] = above | (on & (np.cumsum(on, axis=1, dtype=np.int32) <= room[:, None]))
    return kept


def _bound(scores: NDArray[np.float32], k: int) -> NDArray[np.float32]:
    """For each row a score that at least k items reach, and hardly more; float32 [n]."""
    rows, items = scores.shape
    groups = max(k, min(GROUPS, items))
    whole = items - items % groups
    maxima = scores[:, :whole].reshape(rows, -1, groups).max(axis=1)
    np.maximum(maxima[:, : items - whole], scores[:, whole:], out=maxima[:, : items - whole])
    maxima[np.isnan(maxima)] = HIDDEN  # no bound can be told from a group with a score that is no number
    return np.partition(maxima, groups - k, axis=1)[:, groups - k]


def place_truth(
    found: NDArray[np.int32],
    values: NDArray[np.float32],
    truth: NDArray[np.int32],
    own: NDArray[np.float32],
    ranks: NDArray[np.int64],
) -> None:
    """Put the truth at its rank into lists that were made without it, in place: behind all its equals."""
    k = found.shape[1]
    rows = np.flatnonzero((ranks >= 1) & (ranks <= k))
    column = np.arange(k)
    place = (ranks[rows] - 1)[:, None]
    source = np.where(column > place, column - 1, column)
    for array, inserted in ((found, truth), (values, own)):
        array[rows] = np.where(column == place, inserted[rows, None], np.take_along_axis(array[rows], source, 1))
