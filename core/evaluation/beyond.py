"""What lists are like beyond being right: how much of the catalogue they show, how known, how alike their items are.

Lists are int32 [n, >= k], the best item first; -1 fills places that are empty.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.sequences.log import EventLog

Lists = NDArray[np.int32]
BLOCK = 1024  # lists whose language vectors are gathered at once


@dataclass(frozen=True)
class Reference:
    """What the training events say of each item, for lists to be held against.

    Attributes:
        holders: int64 [items], training users who have the item.
        users: training users with any event.
        vectors: float32 [items, d], language vectors of unit length, rows of zeros where there is no text; or None.
    """

    holders: NDArray[np.int64]
    users: int
    vectors: NDArray[np.float32] | None = None

    @classmethod
    def of(cls, train: EventLog, vectors: NDArray[np.float32] | None = None) -> Reference:
        """Count who has what; what a user disliked is not had."""
        held = train.positive
        pairs = np.unique(train.user[held].astype(np.int64) * max(train.items, 1) + train.item[held])
        holders = np.bincount(pairs % max(train.items, 1), minlength=train.items)
        return cls(holders.astype(np.int64), int(np.count_nonzero(train.lengths)), vectors)

    @property
    def popularity(self) -> NDArray[np.float64]:
        """float64 [items], the share of training users who have the item."""
        return self.holders / max(self.users, 1)


def coverage(lists: Lists, items: int, k: int) -> float:
    """Share of the catalogue that stands in the first k of at least one list (Ge et al. 2010)."""
    shown = _shown(lists, k)
    return len(np.unique(shown)) / items if items else 0.0


def gini(lists: Lists, items: int, k: int) -> float:
    """How unevenly the first k places are shared out among all items (Shani & Gunawardana 2011, section 8.3.3).

    0 where every item stands in equally many lists, towards 1 where one item takes every place.
    """
    counts = np.sort(np.bincount(_shown(lists, k), minlength=items))
    total = counts.sum()
    if total == 0:
        return 0.0
    place = np.arange(1, items + 1)
    return float(((2 * place - items - 1) * counts).sum() / (items * total))


def novelty(lists: Lists, reference: Reference, k: int) -> float:
    """Mean self-information, in bits, of the first k items: -log2 of the share of training users who have it.

    (Zhou et al. 2010.) An item that nobody has counts as if one user had it. Averaged within each list first.
    """
    users = max(reference.users, 1)
    bits = -np.log2(np.maximum(reference.holders, 1) / users)
    return _mean_of_lists(lists, bits, k)


def popularity(lists: Lists, reference: Reference, k: int) -> float:
    """Average recommendation popularity: the mean share of training users who have an item of the list.

    (Yin et al. 2012; as a measure of bias Abdollahpouri et al. 2019.)
    """
    return _mean_of_lists(lists, reference.popularity, k)


def popularity_lift(lists: Lists, histories: EventLog, reference: Reference, k: int) -> float:
    """How much more popular the lists are than what the users chose themselves (Abdollahpouri et al. 2020).

    (popularity of the lists - popularity of the histories) / popularity of the histories, each the mean over users of
    the mean over their items. Above 0 the lists lean to what is popular more than their readers do. Only users with
    a history and a list count.
    """
    popular = reference.popularity
    held = histories.positive
    rows, past = histories.user[held], popular[histories.item[held]]
    count = np.bincount(rows, minlength=histories.users)
    own = np.bincount(rows, weights=past, minlength=histories.users) / np.maximum(count, 1)
    listed, filled = _each(lists, popular, k)
    known = (count > 0) & filled
    before = float(own[known].sum())
    return (float(listed[known].sum()) - before) / before if before > 0 else 0.0


def diversity(lists: Lists, reference: Reference, k: int) -> float | None:
    """Intra-list diversity: 1 - cosine of language vectors, averaged over the pairs of each list, then over lists.

    (Smyth & McClave 2001; Ziegler et al. 2005.) Items without a vector make no pair, lists without a pair do not
    count; None where no list has one.
    """
    vectors = reference.vectors
    if vectors is None or vectors.size == 0:
        return None
    read = np.asarray(vectors.any(axis=1))
    total, count = 0.0, 0
    for start in range(0, len(lists), BLOCK):
        shown = lists[start : start + BLOCK, :k]
        known = (shown >= 0) & read[shown]
        of_list = np.where(known[:, :, None], vectors[shown], np.float32(0)).astype(np.float64)
        n = known.sum(1)
        cosines = (of_list.sum(1) ** 2).sum(1) - (of_list**2).sum((1, 2))  # each pair twice
        several = n > 1
        pairs = (n * (n - 1))[several]
        total += float((1.0 - cosines[several] / pairs).sum())
        count += int(several.sum())
    return total / count if count else None


def summary(lists: Lists, histories: EventLog, reference: Reference, k: int) -> dict[str, float]:
    """The figures of this module at k but coverage, by names such as "gini@10"; no diversity without vectors."""
    figures = {
        f"gini@{k}": gini(lists, histories.items, k),
        f"novelty@{k}": novelty(lists, reference, k),
        f"popularity@{k}": popularity(lists, reference, k),
        f"popularity_lift@{k}": popularity_lift(lists, histories, reference, k),
    }
    alike = diversity(lists, reference, k)
    return figures if alike is None else figures | {f"diversity@{k}": alike}


def _shown(lists: Lists, k: int) -> Lists:
    shown = lists[:, :k]
    return shown[shown >= 0]


def _each(lists: Lists, of_item: NDArray[np.float64], k: int) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """For each list the mean of a figure of its first k items (float64 [n], 0 if it is empty); which are not empty."""
    shown = lists[:, :k]
    filled = shown >= 0
    count = filled.sum(1)
    sums = np.where(filled, of_item[shown] if of_item.size else 0.0, 0.0).sum(1)
    return sums / np.maximum(count, 1), count > 0


def _mean_of_lists(lists: Lists, of_item: NDArray[np.float64], k: int) -> float:
    means, filled = _each(lists, of_item, k)
    return float(means[filled].mean()) if filled.any() else 0.0
