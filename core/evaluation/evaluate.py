"""How well a scorer answers the questions of a split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.evaluation import metrics, ranking
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
        k: length of the lists.
        metrics: figure by name, such as "ndcg@10".
        ranks: int64 [n], rank of each truth among all items that were not hidden, from 1; 0 where it was hidden.
        items: int32 [n, k], the lists, among equal scores the truth last; -1 where there are fewer items.
        scores: float32 [n, k].
    """

    k: int
    metrics: dict[str, float]
    ranks: NDArray[np.int64]
    items: NDArray[np.int32]
    scores: NDArray[np.float32]

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Bootstrap interval of NDCG@k over the cases."""
        return metrics.bootstrap(metrics.gains(self.ranks, self.k), level=level)


def evaluate(scorer: Scorer, cases: Cases, hide_seen: bool, k: int, progress: Progress) -> Evaluation:
    """Rank all items for each case and compare with the truth; ties count against the scorer.

    Raises:
        Cancelled: the analyst pressed stop.
    """
    count, catalogue = len(cases.users), cases.histories.items
    ranks = np.zeros(count, dtype=np.int64)
    items = np.full((count, k), -1, dtype=np.int32)
    values = np.full((count, k), ranking.HIDDEN, dtype=np.float32)
    for start, end in ranking.blocks(count, catalogue):
        progress.step(start, count, "Ranking items for the evaluation")
        histories, truth = cases.histories.block(start, end), cases.truth[start:end]
        scores = scorer.score(histories)
        place = np.arange(len(truth)), truth
        own = scores[place]
        ranks[start:end] = ranking.truth_ranks(scores, histories, truth, hide_seen)
        scores[place] = ranking.HIDDEN
        found, best = ranking.top(scores, k)
        ranking.place_truth(found, best, truth, own, ranks[start:end])
        items[start:end], values[start:end] = found, best
    progress.step(1, 1, "Ranking items for the evaluation")
    return Evaluation(k, metrics.summary(ranks, items, catalogue, k), ranks, items, values)
