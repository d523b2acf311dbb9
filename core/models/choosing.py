"""Settings that the validation events choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from core.evaluation import metrics, ranking
from core.progress import Progress
from core.sequences.log import EventLog

if TYPE_CHECKING:
    from core.evaluation.split import Cases

USERS = 3000  # validation cases that are asked: enough to tell settings apart that differ by more than chance

T = TypeVar("T")


def best_of(
    candidates: Sequence[T],
    score: Callable[[T, EventLog], NDArray[np.float32]],
    cases: Cases,
    hide_seen: bool,
    progress: Progress,
) -> T:
    """The candidate whose scores (float32 [users, items]) have the best NDCG@10 on `cases`; the first among equals."""
    if len(cases.users) == 0:
        return candidates[0]
    some = np.unique(np.linspace(0, len(cases.users) - 1, USERS, dtype=np.int64))
    histories, truths = cases.histories.select(some), cases.truth[some]
    gains = np.zeros(len(candidates))
    for start, end in ranking.blocks(len(some), histories.items):
        progress.step(start, len(some), "Choosing settings on the validation events")
        block, truth = histories.block(start, end), truths[start:end]
        for number, candidate in enumerate(candidates):
            progress.check()
            ranks = ranking.truth_ranks(score(candidate, block), block, truth, hide_seen)
            gains[number] += metrics.gains(ranks, 10).sum()
    return candidates[int(np.argmax(gains))]
