"""What a policy costs and what it buys, measured on a run's test cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self, cast

import numpy as np
from numpy.typing import NDArray

from core.evaluation import beyond, intervals, metrics, ranking
from core.evaluation.evaluate import Scorer
from core.evaluation.split import Split
from core.progress import Progress
from core.recommend.calibration import divergence, mixes
from core.recommend.lists import blocked
from core.recommend.policy import Policy
from core.recommend.rerank import Knowledge, Ranker

CASES = 2000  # test cases at most: enough for an interval of about one hundredth


@dataclass(frozen=True)
class Figures:
    """Means over lists.

    Attributes:
        ndcg: NDCG at k.
        diversity: 1 - cosine of language vectors within a list; NaN without vectors.
        novelty: bits of self-information of the items.
        divergence: KL divergence of the categories of a list from those of the user's history.
    """

    ndcg: float
    diversity: float
    novelty: float
    divergence: float


@dataclass(frozen=True)
class Cost:
    """A policy's lists against the same model's lists without one, for the same cases.

    Attributes:
        run: id of the run.
        k: length of the lists.
        cases: test cases that were ranked; `of` is how many there are.
        plain, policy: figures without and with the policy.
        difference: of NDCG, policy minus plain; `low` and `high` are its 95 % interval over users (paired bootstrap).
    """

    run: str
    k: int
    cases: int
    of: int
    plain: Figures
    policy: Figures
    difference: float
    low: float
    high: float

    def to_dict(self) -> dict[str, object]:
        """Ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, body: Mapping[str, object]) -> Self:
        """The inverse of `to_dict`."""
        values = cast("dict[str, Any]", dict(body))
        return cls(**{**values, "plain": Figures(**values["plain"]), "policy": Figures(**values["policy"])})


def cost(
    model: Scorer,
    split: Split,
    ranker: Ranker,
    knowledge: Knowledge,
    run: str,
    k: int,
    hide_seen: bool,
    progress: Progress,
    seed: int = 0,
) -> Cost:
    """Measure a policy with a model that was fitted on the training events of a split; ties count against the truth.

    Args:
        ranker: made with `knowledge` of the split's training events.

    Raises:
        Cancelled: the analyst pressed stop.
    """
    cases = split.test
    chosen = np.sort(np.random.default_rng(seed).permutation(len(cases.users))[:CASES])
    histories, truth, users = cases.histories.select(chosen), cases.truth[chosen], cases.users[chosen]
    rankers = (Ranker(Policy(), knowledge), ranker)
    lists = [np.full((len(chosen), k), -1, dtype=np.int32) for _ in rankers]
    for start, end in ranking.blocks(len(chosen), histories.items, most=getattr(model, "at_once", None)):
        progress.step(start, len(chosen), "Ranking the test with and without the policy")
        block, place = histories.block(start, end), (np.arange(end - start), truth[start:end])
        scores = model.score(block).copy()
        scores[place] = np.nextafter(scores[place], np.float32(-np.inf))  # behind its equals
        hidden = blocked(block, users[start:end], hide_seen)
        for own, made in zip(lists, rankers, strict=True):
            own[start:end] = made.order(block, scores, k, hidden).items
    progress.step(1, 1, "Ranking the test with and without the policy")
    gains = [_gains(own, truth, users, k) for own in lists]
    wanted = mixes(histories, knowledge.kinds)
    reference = beyond.Reference.of(split.train, knowledge.axes)
    found = [
        Figures(
            ndcg=float(gain.mean()) if len(gain) else 0.0,
            diversity=_number(beyond.diversity(own, reference, k)),
            novelty=beyond.novelty(own, reference, k),
            divergence=float(divergence(wanted, own, knowledge.kinds).mean()) if len(own) else 0.0,
        )
        for own, gain in zip(lists, gains, strict=True)
    ]
    change = intervals.paired(gains[0], gains[1])
    plain, policy = found
    return Cost(run, k, len(chosen), len(cases.users), plain, policy, change.difference, change.low, change.high)


def _gains(lists: NDArray[np.int32], truth: NDArray[np.int32], users: NDArray[np.int32], k: int) -> NDArray[np.float64]:
    """Mean NDCG@k of each user, float64 [distinct users]."""
    hit = lists == truth[:, None]
    ranks = np.where(hit.any(axis=1), hit.argmax(axis=1) + 1, 0).astype(np.int64)
    return intervals.of_users(metrics.gains(ranks, k), users)


def _number(figure: float | None) -> float:
    return float("nan") if figure is None else figure
