"""How well items are ranked that nobody has touched: some are left out of training, and their events are the test."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.evaluation.split import Cases, Split
from core.sequences.log import EventLog


@dataclass(frozen=True)
class ItemsOut:
    """A split some of whose items have no event that a model could learn from.

    The `new` and the `rare` cases are questions about equally many items with equally many events; the model has
    learned from those of the rare ones alone.

    Attributes:
        items: bool [items], which are left out.
        twins: bool [items], which stand beside them: one that is equally rare for each that is left out.
        train: the training events without theirs.
        validation: the validation cases about other items.
        new: the test cases about them.
        rare: the test cases about the twins.
    """

    items: NDArray[np.bool_]
    twins: NDArray[np.bool_]
    train: EventLog
    validation: Cases
    new: Cases
    rare: Cases


def leave_items_out(split: Split, share: float = 0.1, seed: int = 0) -> ItemsOut:
    """Leave out a `share` of the items that have training events, drawn by `seed`, as many rare as frequent ones.

    Items are put in order of their training events and dealt to groups of neighbours; one of each group is left out,
    and another one is its twin. No history has an event of an item that is left out.

    Raises:
        SeqlensError: the share is not between 0 and a half, or there are too few items for it.
    """
    counts = np.bincount(split.train.item[split.train.target], minlength=split.train.items)
    items = int(np.count_nonzero(counts))
    if not 0 < share <= 0.5 or items * share < 1:
        raise SeqlensError(
            "A share of {share} of {items} items cannot be left out. Take more than 0 and at most a half.",
            share=share,
            items=items,
        )
    out, twins = twins_of(counts, share, seed)
    return ItemsOut(
        items=out,
        twins=twins,
        train=_without(split.train, out),
        validation=_about(split.validation, ~out, out),
        new=_about(split.test, out, out),
        rare=_about(split.test, twins, out),
    )


def twins_of(counts: NDArray[np.int64], share: float, seed: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Two sets of items, bool [items] each, that have equally many events (`counts`, int64 [items]), none without any.

    Each is a `share` of the items; both are empty where there are fewer than 1 / share.
    """
    touched = np.flatnonzero(counts)
    rng = np.random.default_rng(seed)
    order = touched[np.lexsort((rng.random(len(touched)), counts[touched]))]
    size = int(1 / share)
    groups = order[: len(order) // size * size].reshape(-1, size)
    drawn = np.take_along_axis(groups, np.argsort(rng.random(groups.shape), axis=1)[:, :2], axis=1)
    first, second = np.zeros((2, len(counts)), dtype=np.bool_)
    first[drawn[:, 0]] = True
    second[drawn[:, 1]] = True
    return first, second


def _about(cases: Cases, truths: NDArray[np.bool_], out: NDArray[np.bool_]) -> Cases:
    """The cases whose truth is one of `truths`; no history has an item of `out`."""
    kept = np.flatnonzero(truths[cases.truth])
    return replace(
        cases,
        users=cases.users[kept],
        histories=_without(cases.histories.select(kept), out),
        truth=cases.truth[kept],
        behaviour=None if cases.behaviour is None else cases.behaviour[kept],
    )


def _without(log: EventLog, out: NDArray[np.bool_]) -> EventLog:
    return log.take((log.item < 0) | ~out[log.item])
