"""Lists that keep a user's mix of categories (Steck 2018, "Calibrated recommendations").

The mix p of a user is the share of each category among the events that speak for an item; that of a list of k items is
q. The divergence is KL(p || q~) with q~ = (1 - α) q + α p, which is finite where the list lacks a category. Greedy
picking counts q over the whole length k from the first pick on, so that the divergence falls by a step that depends on
the category's own number alone and gets smaller with each pick. The list is then the best of all lists for the sum of
values and divergence, and no list of a higher λ has a higher divergence.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.sequences.log import EventLog

ALPHA = 0.01

Floats = NDArray[np.float64]


def mixes(histories: EventLog, categories: NDArray[np.int32], kinds: int) -> Floats:
    """The share of each category in each history, float64 [users, kinds]; zeros where nothing is liked.

    Args:
        categories: int32 [items], from 0 to `kinds` - 1.
    """
    liked = histories.positive
    place = histories.user[liked].astype(np.int64) * kinds + categories[histories.item[liked]]
    count = np.bincount(place, minlength=histories.users * kinds).reshape(histories.users, kinds).astype(np.float64)
    return np.asarray(count / np.maximum(count.sum(axis=1, keepdims=True), 1.0), dtype=np.float64)


def steps(wanted: Floats, count: NDArray[np.int64], length: int) -> Floats:
    """By how much the divergence falls with one more item of each category, float64 [n, g].

    Args:
        wanted: float64 [n, g], the mix p.
        count: int64 [n, g], items picked so far.
        length: of the whole list.
    """
    before = (1 - ALPHA) * count / length + ALPHA * wanted
    with np.errstate(divide="ignore", invalid="ignore"):
        fall = wanted * np.log1p((1 - ALPHA) / length / before)
    return np.where(wanted > 0, fall, 0.0)


def divergence(wanted: Floats, lists: NDArray[np.int32], categories: NDArray[np.int32]) -> Floats:
    """KL(p || q~) of each list, float64 [n]; 0 for a user without a mix.

    Args:
        wanted: float64 [n, g].
        lists: int32 [n, k]; -1 fills places that are empty.
    """
    rows, places = np.nonzero(lists >= 0)
    kinds = wanted.shape[1]
    cell = rows.astype(np.int64) * kinds + categories[lists[rows, places]]
    count = np.bincount(cell, minlength=wanted.size).reshape(wanted.shape)
    shown = count / np.maximum(count.sum(axis=1, keepdims=True), 1)
    mixed = (1 - ALPHA) * shown + ALPHA * wanted
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = wanted * np.log(wanted / mixed)
    return np.asarray(np.where(wanted > 0, parts, 0.0).sum(axis=1), dtype=np.float64)
