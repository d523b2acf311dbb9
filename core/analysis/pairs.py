"""Readable features of pairs of a user and an item, and which of them a model lists: what surrogates are fitted to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from core.analysis.importance import LISTED, listed_items
from core.evaluation import ranking
from core.models.base import Recommender
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog

Feature = Literal["popularity", "category", "price", "seen", "since", "together"]

DAY = 86_400_000_000  # microseconds
BLOCK = 256  # users that are listed for at once
UNKNOWN_PRICE = 1.0  # a price that is not known is taken for the usual one


@dataclass(frozen=True)
class Pairs:
    """Pairs of a user and an item.

    Attributes:
        user: int32 [pairs], row of the user's history.
        item: int32 [pairs].
        listed: bool [pairs], whether the item is among the first ten of the user's list.
    """

    user: NDArray[np.int32]
    item: NDArray[np.int32]
    listed: NDArray[np.bool_]


def drawn(
    model: Recommender, histories: EventLog, hide_seen: bool, progress: Progress, rng: np.random.Generator
) -> Pairs:
    """The listed items of each user, and as many others, drawn evenly from all that could have been listed."""
    listed, others = [], []
    for start in range(0, histories.users, BLOCK):
        progress.step(start, histories.users, "Making lists that rules are fitted to")
        block = histories.block(start, min(start + BLOCK, histories.users))
        items = listed_items(model, block, hide_seen)[0]
        chance = rng.random((block.users, block.items), dtype=np.float32)
        if hide_seen:
            ranking.hide(chance, block)
        row, column = np.nonzero(items >= 0)
        chance[row, items[row, column]] = ranking.HIDDEN
        listed.append(items)
        others.append(np.where(items >= 0, ranking.top(chance, LISTED)[0], -1))
    both = np.concatenate((*listed, *others))
    user = np.tile(np.repeat(np.arange(histories.users, dtype=np.int32), LISTED), 2)
    item, is_listed = both.ravel(), np.arange(both.size) < both.size // 2
    real = item >= 0
    return Pairs(user[real], item[real], is_listed[real])


def described(
    pairs: Pairs, histories: EventLog, train: EventLog, catalogue: Catalogue
) -> tuple[tuple[Feature, ...], NDArray[np.float32]]:
    """Features of pairs, float32 [pairs, features], with their names; those that are the same for all are left out.

    popularity: share of items that have more events, from 0 for the most popular one.
    category: 1 where the user has had an item of the same category.
    price: price over the median price of the user's past; 1 where either is not known.
    seen: 1 where the user has had the item.
    since: days (without times: events) since the user's last event in the category; as long as the longest span of
        any user where there was none.
    together: share of the users of the last item of the past who have the item too.

    Args:
        histories: of the users that `pairs.user` counts.
        train: the events that popularity and togetherness are counted from.
    """
    has_category, since = _category(pairs, histories, catalogue)
    columns: dict[Feature, NDArray[np.floating]] = {
        "popularity": _more_popular(train)[pairs.item],
        "category": has_category,
        "price": _price(pairs, histories, catalogue),
        "seen": _seen(pairs, histories),
        "since": since,
        "together": _together(pairs, histories, train),
    }
    kept = {name: column for name, column in columns.items() if len(column) and np.ptp(column) > 0}
    table = np.array(list(kept.values()), dtype=np.float32).reshape(len(kept), len(pairs.item))
    return tuple(kept), np.ascontiguousarray(table.T)


def _more_popular(train: EventLog) -> NDArray[np.float64]:
    """Share of all items that have more events than each, float64 [items]."""
    counts = np.bincount(train.item[train.positive], minlength=train.items)
    return (train.items - np.searchsorted(np.sort(counts), counts, side="right")) / max(train.items, 1)


def _category(
    pairs: Pairs, histories: EventLog, catalogue: Catalogue
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Whether the user has had something of the item's category, and how long ago; float64 [pairs] each."""
    named = catalogue.categories.dictionary_encode()
    kinds = len(named.dictionary)
    code = cast("NDArray[np.int64]", named.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64))
    code = code[: histories.items]
    end = np.repeat(histories.time[np.maximum(histories.offsets[1:] - 1, 0)], histories.lengths)
    passed = (end - histories.time) / (DAY if histories.timed else 1)
    longest = float(passed.max(initial=0.0))
    if not kinds:
        return np.zeros(len(pairs.item)), np.full(len(pairs.item), longest)
    had = histories.item >= 0
    had[had] = code[histories.item[had]] >= 0
    keys = histories.user[had].astype(np.int64) * kinds + code[histories.item[had]]
    known, back = np.unique(keys[::-1], return_index=True)  # the last event of each user in each category
    ago = passed[had][::-1][back]
    wanted = pairs.user.astype(np.int64) * kinds + code[pairs.item]
    place = np.minimum(np.searchsorted(known, wanted), max(len(known) - 1, 0))
    found = (known[place] == wanted) & (code[pairs.item] >= 0) if len(known) else np.zeros(len(wanted), dtype=np.bool_)
    return found.astype(np.float64), np.where(found, ago[place] if len(ago) else longest, longest)


def _price(pairs: Pairs, histories: EventLog, catalogue: Catalogue) -> NDArray[np.float64]:
    """Price over the median of the user's past, float64 [pairs]; 1 where it cannot be told."""
    prices = catalogue.prices[: histories.items].astype(np.float64)
    priced = histories.item >= 0
    priced[priced] = prices[histories.item[priced]] > 0
    value, user = prices[histories.item[priced]], histories.user[priced]
    value = value[np.lexsort((value, user))]  # users stay together, each from the cheapest
    count = np.bincount(user, minlength=histories.users)
    last = max(len(value) - 1, 0)
    middle = np.minimum(np.cumsum(count) - count + count // 2, last)
    usual = np.where(count > 0, value[middle] if len(value) else np.nan, np.nan)
    with np.errstate(invalid="ignore"):
        ratio = prices[pairs.item] / usual[pairs.user]
    return np.where(np.isfinite(ratio) & (ratio > 0), ratio, UNKNOWN_PRICE)


def _seen(pairs: Pairs, histories: EventLog) -> NDArray[np.float64]:
    """1 where the item is in the user's past, float64 [pairs]."""
    had = histories.item >= 0
    keys = histories.user[had].astype(np.int64) * histories.items + histories.item[had]
    return np.isin(pairs.user.astype(np.int64) * histories.items + pairs.item, keys).astype(np.float64)


def _together(pairs: Pairs, histories: EventLog, train: EventLog) -> NDArray[np.float64]:
    """Share of those who have the last item of the user's past that have the item too, float64 [pairs]."""
    from scipy.sparse import csr_array

    told = np.flatnonzero(train.positive)
    taken = csr_array(
        (np.ones(len(told), dtype=np.float32), (train.user[told], train.item[told])), (train.users, train.items)
    )
    taken.data[:] = 1.0  # an item that a user has twice counts once
    last = np.full(histories.users, -1, dtype=np.int64)
    liked = np.flatnonzero(histories.positive)
    last[histories.user[liked]] = histories.item[liked]  # the last one of each user stays
    asked, row = np.unique(last[last >= 0], return_inverse=True)
    if not len(asked):
        return np.zeros(len(pairs.item))
    counts = (taken[:, asked].T @ taken).tocsr()  # [asked, items]
    place = np.full(histories.users, -1)
    place[last >= 0] = row
    rows = place[pairs.user]
    both = np.asarray(counts[np.maximum(rows, 0), pairs.item]).ravel()
    owners = np.asarray(taken.sum(0)).ravel()[asked][np.maximum(rows, 0)]
    return np.where(rows >= 0, both / np.maximum(owners, 1.0), 0.0)
