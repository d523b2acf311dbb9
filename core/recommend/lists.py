"""Ranked lists: for one user at once, for all users as a stream of blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.evaluation import ranking
from core.models.base import Recommender
from core.progress import Progress
from core.sequences.log import EventLog


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
    """

    users: NDArray[np.int32]
    items: NDArray[np.int32]
    scores: NDArray[np.float32]
    components: tuple[str, ...]
    base: NDArray[np.float32]
    shares: NDArray[np.float32]


def best_items(
    model: Recommender, history: EventLog, k: int, hide_seen: bool, allowed: NDArray[np.bool_] | None = None
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The best items for the one user of `history`: items int32 [<= k] and their scores float32.

    Args:
        hide_seen: leave out the items of the history.
        allowed: bool [items], the items that may be listed; None for all.
    """
    items, scores = _top(model, history, k, hide_seen, allowed)
    found = items[0] >= 0
    return items[0, found], scores[0, found]


def one_list(
    model: Recommender, history: EventLog, k: int, hide_seen: bool, allowed: NDArray[np.bool_] | None = None
) -> Lists:
    """The list of the one user of `history` with the components of its scores, from one pass over the catalogue.

    Args:
        hide_seen: leave out the items of the history.
        allowed: bool [items], the items that may be listed; None for all.
    """
    found = model.scored(history)
    items, scores = _best(found.scores.copy(), history, k, hide_seen, allowed)
    return Lists(np.zeros(1, np.int32), items, scores, *found.parts(np.maximum(items, 0)))


def recommend(
    model: Recommender,
    log: EventLog,
    users: NDArray[np.int32],
    k: int,
    hide_seen: bool,
    progress: Progress,
    components: bool = False,
) -> Iterator[Lists]:
    """Lists for `users` (int32 [n], codes in `log`) in blocks within a memory budget, with `components` or without.

    Raises:
        Cancelled: the analyst pressed stop.
    """
    for start, end in ranking.blocks(len(users), log.items, most=getattr(model, "at_once", None)):
        progress.step(start, len(users), "Ranking items for users")
        chosen = users[start:end]
        histories = log.select(chosen)
        if components:
            found = model.scored(histories)
            items, scores = _best(found.scores.copy(), histories, k, hide_seen, None)
            yield Lists(chosen, items, scores, *found.parts(np.maximum(items, 0)))
        else:
            items, scores = _top(model, histories, k, hide_seen, None)
            none = np.zeros((*items.shape, 0), dtype=np.float32)
            yield Lists(chosen, items, scores, (), np.zeros_like(scores), none)
    progress.step(1, 1, "Ranking items for users")


def _top(
    model: Recommender, histories: EventLog, k: int, hide_seen: bool, allowed: NDArray[np.bool_] | None
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    return _best(model.score(histories), histories, k, hide_seen, allowed)


def _best(
    scores: NDArray[np.float32], histories: EventLog, k: int, hide_seen: bool, allowed: NDArray[np.bool_] | None
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The best items by these scores, which are written into."""
    if hide_seen:
        ranking.hide(scores, histories)
    if allowed is not None:
        scores[:, ~allowed] = ranking.HIDDEN
    return ranking.top(scores, k)
