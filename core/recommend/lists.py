"""Ranked lists: for one user at once, for all users as a stream of blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.evaluation import ranking
from core.models.base import Recommender
from core.progress import Progress
from core.sequences.log import EventLog

if TYPE_CHECKING:
    from core.recommend.rerank import Ranker

Pairs = tuple[NDArray[np.int32], NDArray[np.int32]]  # users and items, codes


@dataclass(frozen=True)
class Lists:
    """Lists of n users, the best item first.

    Attributes:
        users: int32 [n], codes.
        items: int32 [n, k]; -1 where fewer than k items are left.
        scores: float32 [n, k].
        components: names of the model's parts, c of them; none where they were not asked for.
        base: float32 [n, k]; `base + shares.sum(2)` is `scores`.
        shares: float32 [n, k, c].
        probability: float64 [n, k], how likely the item is next, with the behaviour that a policy aims at; NaN where
            that was not asked, None without a policy.
    """

    users: NDArray[np.int32]
    items: NDArray[np.int32]
    scores: NDArray[np.float32]
    components: tuple[str, ...]
    base: NDArray[np.float32]
    shares: NDArray[np.float32]
    probability: NDArray[np.float64] | None = None


def best_items(
    model: Recommender, history: EventLog, k: int, hide_seen: bool, allowed: NDArray[np.bool_] | None = None
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The best items for the one user of `history`: items int32 [<= k] and their scores float32.

    Args:
        hide_seen: leave out the items of the history.
        allowed: bool [items], the items that may be listed; None for all.
    """
    items, scores, _ = _best(model.score(history), history, k, _hidden(history, hide_seen, allowed), None)
    found = items[0] >= 0
    return items[0, found], scores[0, found]


def one_list(
    model: Recommender,
    history: EventLog,
    k: int,
    hide_seen: bool,
    allowed: NDArray[np.bool_] | None = None,
    ranker: Ranker | None = None,
) -> Lists:
    """The list of the one user of `history` with the components of its scores, from one pass over the catalogue.

    Args:
        hide_seen: leave out the items of the history.
        allowed: bool [items], the items that may be listed; None for all.
        ranker: of a policy, by which the list is put in order.
    """
    found = model.scored(history)
    items, scores, probability = _best(found.scores, history, k, _hidden(history, hide_seen, allowed), ranker)
    return Lists(np.zeros(1, np.int32), items, scores, *found.parts(np.maximum(items, 0)), probability)


def recommend(
    model: Recommender,
    log: EventLog,
    users: NDArray[np.int32],
    k: int,
    hide_seen: bool,
    progress: Progress,
    components: bool = False,
    out: Pairs | None = None,
    ranker: Ranker | None = None,
    unlisted: NDArray[np.bool_] | None = None,
) -> Iterator[Lists]:
    """Lists for `users` (int32 [n], codes in `log`) in blocks within a memory budget, with `components` or without.

    Args:
        out: users and items that do not belong together.
        ranker: of a policy, by which the lists are put in order.
        unlisted: bool [items], what is in no list.

    Raises:
        Cancelled: the analyst pressed stop.
    """
    for start, end in ranking.blocks(len(users), log.items, most=getattr(model, "at_once", None)):
        progress.step(start, len(users), "Ranking items for users")
        chosen = users[start:end]
        histories = log.select(chosen)
        scored = model.scored(histories) if components else None
        scores = model.score(histories) if scored is None else scored.scores
        hidden = blocked(histories, chosen, hide_seen, out)
        if unlisted is not None:
            hidden |= unlisted
        items, scores, probability = _best(scores, histories, k, hidden, ranker)
        names: tuple[str, ...] = ()
        base, shares = np.zeros_like(scores), np.zeros((*items.shape, 0), dtype=np.float32)
        if scored is not None:
            names, base, shares = scored.parts(np.maximum(items, 0))
        yield Lists(chosen, items, scores, names, base, shares, probability)
    progress.step(1, 1, "Ranking items for users")


def blocked(
    histories: EventLog, users: NDArray[np.int32], hide_seen: bool, out: Pairs | None = None
) -> NDArray[np.bool_]:
    """What each user shall not see, bool [users, items].

    Args:
        users: int32 [n], codes of the users of `histories`.
        hide_seen: leave out what a user has; feedback alone makes no item one that a user has.
        out: users and items that do not belong together.
    """
    hidden = np.zeros((histories.users, histories.items), dtype=np.bool_)
    if hide_seen:
        held = (histories.item >= 0) & ~histories.told
        hidden[histories.user[held], histories.item[held]] = True
    if out is not None and len(out[0]) and len(users):
        order = np.argsort(users, kind="stable")
        place = np.minimum(np.searchsorted(users, out[0], sorter=order), len(users) - 1)
        rows = order[place]
        meant = (users[rows] == out[0]) & (out[1] < histories.items)
        hidden[rows[meant], out[1][meant]] = True
    return hidden


def _hidden(history: EventLog, hide_seen: bool, allowed: NDArray[np.bool_] | None) -> NDArray[np.bool_]:
    hidden = blocked(history, np.zeros(1, dtype=np.int32), hide_seen)
    return hidden if allowed is None else hidden | ~allowed


def _best(
    scores: NDArray[np.float32], histories: EventLog, k: int, hidden: NDArray[np.bool_], ranker: Ranker | None
) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.float64] | None]:
    """Items and scores of the lists, and their probabilities where the policy has a target."""
    if ranker is None:
        return *ranking.top(np.where(hidden, ranking.HIDDEN, scores), k), None
    made = ranker.order(histories, scores, k, hidden)
    return made.items, made.scores, made.probability
