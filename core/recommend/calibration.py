"""Lists that keep a user's mix of categories (Steck 2018, "Calibrated recommendations").

An item i of several categories g has each with an equal share p(g|i). The mix p of a user is the mean of these shares
over the events that speak for an item; that of a list of k items, q, is their mean over its items. The divergence is
KL(p || q~) with q~ = (1 - α) q + α p, which is finite where the list lacks a category. Greedy picking counts q over the
whole length k from the first pick on, so that the divergence falls by a step that gets smaller with each pick of the
same categories. Such a fall is submodular: the greedy list reaches at least 1 - 1/e of the best one's. Where each item
has one category it is the best of all lists for the sum of values and divergence, and no list of a higher λ has a
higher divergence.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.recommend.kinds import Kinds, shares
from core.sequences.log import EventLog

ALPHA = 0.01

Floats = NDArray[np.float64]


def mixes(histories: EventLog, kinds: Kinds) -> Floats:
    """The share p(g|u) of each category in each history, float64 [users, kinds]; zeros where nothing is liked."""
    liked = histories.positive
    count = _summed(histories.user[liked], kinds.of(histories.item[liked]), histories.users, kinds.count)
    return np.asarray(count / np.maximum(count.sum(axis=1, keepdims=True), 1.0), dtype=np.float64)


def steps(wanted: Floats, shown: Floats, share: Floats, length: int) -> Floats:
    """By how much the divergence falls with one more item, float64 [..., c].

    Args:
        wanted: float64 [..., c, t], the user's shares p of the categories of each of c items; 0 for none.
        shown: float64 [..., c, t], the sum of the shares of these categories in the items picked so far.
        share: float64 [..., c, t], the shares of these categories in the item.
        length: of the whole list.
    """
    before = (1 - ALPHA) * shown / length + ALPHA * wanted
    with np.errstate(divide="ignore", invalid="ignore"):
        fall = wanted * np.log1p((1 - ALPHA) * share / length / before)
    return np.asarray(np.where(wanted > 0, fall, 0.0).sum(axis=-1), dtype=np.float64)


def divergence(wanted: Floats, lists: NDArray[np.int32], kinds: Kinds) -> Floats:
    """KL(p || q~) of each list, float64 [n]; 0 for a user without a mix.

    Args:
        wanted: float64 [n, g].
        lists: int32 [n, k]; -1 fills places that are empty.
    """
    rows, places = np.nonzero(lists >= 0)
    count = _summed(rows, kinds.of(lists[rows, places]), len(lists), kinds.count)
    shown = count / np.maximum(count.sum(axis=1, keepdims=True), 1)
    mixed = (1 - ALPHA) * shown + ALPHA * wanted
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = wanted * np.log(wanted / mixed)
    return np.asarray(np.where(wanted > 0, parts, 0.0).sum(axis=1), dtype=np.float64)


def _summed(rows: NDArray[np.integer], categories: NDArray[np.int32], users: int, kinds: int) -> Floats:
    """The sum of the shares of each category in the items of each row, float64 [users, kinds].

    Args:
        rows: int [m], whose item each is.
        categories: int32 [m, t].
    """
    there = categories >= 0
    cell = (rows.astype(np.int64)[:, None] * kinds + categories)[there]
    count = np.bincount(cell, shares(categories)[there], minlength=users * kinds)
    return np.asarray(count.reshape(users, kinds), dtype=np.float64)
