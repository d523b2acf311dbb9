"""How well a scorer answers the questions of a split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.evaluation import beyond, intervals, metrics, ranking
from core.evaluation.split import Cases
from core.progress import Progress
from core.sequences.log import EventLog


class Scorer(Protocol):
    """Something that scores every item for each history."""

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        """float32 [histories.users, items], higher is better."""


@dataclass(frozen=True)
class Evaluation:
    """What came out for n cases.

    Attributes:
        k: length of the lists that `metrics` speak of.
        metrics: figure by name, such as "ndcg@10".
        ranks: int64 [n], rank of each truth among all items that were not hidden, from 1; 0 where it was hidden.
        items: int32 [n, k or more], the lists, among equal scores the truth last; -1 where there are fewer items.
        scores: float32 [n, k or more].
    """

    k: int
    metrics: dict[str, float]
    ranks: NDArray[np.int64]
    items: NDArray[np.int32]
    scores: NDArray[np.float32]

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Bootstrap interval of NDCG@k over the cases."""
        return intervals.bootstrap(metrics.gains(self.ranks, self.k), level=level)


def evaluate(scorer: Scorer, cases: Cases, hide_seen: bool, k: int, progress: Progress, depth: int = 0) -> Evaluation:
    """Rank all items for each case and compare with the truth; ties count against the scorer.

    Args:
        depth: length of the lists that are kept, where it is more than `k`.

    Raises:
        Cancelled: the analyst pressed stop.
    """
    count, catalogue, length = len(cases.users), cases.histories.items, max(k, depth)
    ranks = np.zeros(count, dtype=np.int64)
    items = np.full((count, length), -1, dtype=np.int32)
    values = np.full((count, length), ranking.HIDDEN, dtype=np.float32)
    for start, end in ranking.blocks(count, catalogue, most=getattr(scorer, "at_once", None)):
        progress.step(start, count, "Ranking items for the evaluation")
        histories, truth = cases.histories.block(start, end), cases.truth[start:end]
        scores = scorer.score(histories)
        place = np.arange(len(truth)), truth
        own = scores[place]
        ranks[start:end] = ranking.truth_ranks(scores, histories, truth, hide_seen)
        scores[place] = ranking.HIDDEN
        found, best = ranking.top(scores, length)
        ranking.place_truth(found, best, truth, own, ranks[start:end])
        items[start:end], values[start:end] = found, best
    progress.step(1, 1, "Ranking items for the evaluation")
    return Evaluation(k, metrics.summary(ranks, items, catalogue, k), ranks, items, values)


def sure(evaluation: Evaluation, cases: Cases) -> dict[str, tuple[float, float]]:
    """95 % bootstrap intervals over users of NDCG, hit rate and MRR at `evaluation.k`, by names such as "ndcg@10"."""
    k = evaluation.k
    each = {
        f"ndcg@{k}": metrics.gains(evaluation.ranks, k),
        f"hit@{k}": metrics.hits(evaluation.ranks, k),
        f"mrr@{k}": metrics.reciprocals(evaluation.ranks, k),
    }
    return {name: intervals.bootstrap(intervals.of_users(one, cases.users)) for name, one in each.items()}


def figures(evaluation: Evaluation, cases: Cases, reference: beyond.Reference) -> dict[str, float]:
    """Everything that is told of an evaluation, by names such as "ndcg@10".

    First what `evaluation.metrics` has, then accuracy and coverage at the other `metrics.DEPTHS` that its lists are
    long enough for, then what the lists are like beyond being right, at `evaluation.k`.
    """
    told = dict(evaluation.metrics)
    for depth in metrics.DEPTHS:
        if depth <= evaluation.items.shape[1]:
            told |= metrics.summary(evaluation.ranks, evaluation.items, cases.histories.items, depth)
    return told | beyond.summary(evaluation.items, cases.histories, reference, evaluation.k)
