"""From scores to ranks and lists: what is hidden, who wins a tie, how much is held at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from core.sequences.log import EventLog

MEMORY = 64 << 20  # bytes of one block of scores
REPEATS = 0.05  # share of repeated targets below which seen items are hidden
HIDDEN = np.float32(-np.inf)


def hides_seen(log: EventLog) -> bool:
    """Whether users hardly ever come back to an item, so that a list had better leave out what they have.

    Measured from the training events: under 5 % of the targets that have a past repeat an item of it.
    """
    held = np.flatnonzero(log.item >= 0)
    pairs = log.user[held].astype(np.int64) * max(log.items, 1) + log.item[held]
    repeated = np.ones(log.events, dtype=np.bool_)
    repeated[held[np.unique(pairs, return_index=True)[1]]] = False
    targets = log.positive & (log.position > 0)
    return bool(np.count_nonzero(repeated & targets) < REPEATS * max(np.count_nonzero(targets), 1))


def blocks(users: int, items: int, memory: int = MEMORY) -> Iterator[tuple[int, int]]:
    """Ranges of users whose scores for all items fit in `memory` bytes."""
    size = max(1, memory // (4 * max(items, 1)))
    for start in range(0, users, size):
        yield start, min(start + size, users)


def hide(scores: NDArray[np.float32], histories: EventLog) -> None:
    """Put the items of each history out of the list, in place."""
    held = histories.item >= 0
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
        missed[histories.user[histories.item == truth[histories.user]]] = True
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
    if rows and width:
        chosen = _best(scores, width)
        best = np.take_along_axis(scores, chosen, 1)
        order = np.lexsort((chosen, -best), axis=1)
        found[:, :width] = np.take_along_axis(chosen, order, 1)
        values[:, :width] = np.take_along_axis(best, order, 1)
        found[values == HIDDEN] = -1
    return found, values


def _best(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Any order of the k best columns of each row, where equals at the border enter in the order of their codes."""
    if k == scores.shape[1]:
        return np.broadcast_to(np.arange(k), scores.shape).copy()
    chosen = np.argpartition(scores, scores.shape[1] - k, axis=1)[:, -k:]
    border = np.take_along_axis(scores, chosen, 1).min(1)
    torn = np.flatnonzero(np.count_nonzero(scores >= border[:, None], axis=1) > k)
    for start in range(0, len(torn), 64):
        rows = torn[start : start + 64]
        chosen[rows] = _settled(scores[rows], border[rows], k)
    return chosen


def _settled(scores: NDArray[np.float32], border: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """The k best columns of rows where more than k reach the border: all above it, then the lowest codes on it."""
    above = scores > border[:, None]
    on = scores == border[:, None]
    room = k - np.count_nonzero(above, axis=1)
    kept = above | (on & (np.cumsum(on, axis=1, dtype=np.int32) <= room[:, None]))
    return np.nonzero(kept)[1].reshape(len(scores), k)


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
