"""Lists by a policy: the best candidates of a model, put in another order.

All that a policy does beyond its rules happens among a user's best `CANDIDATES` items, or `WIDE` where there is a
limit for each category, which could use up fewer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.evaluation import ranking
from core.language.tags import ItemTags
from core.models.content import prepared
from core.models.hybrid import spread
from core.recommend.calibration import mixes
from core.recommend.diversity import Criteria, pick
from core.recommend.kinds import Kinds, shares
from core.recommend.policy import ANYTHING, Policy, Rules, rules
from core.recommend.purpose import Habits, Purpose, facts

if TYPE_CHECKING:
    from core.sequences.log import Catalogue, EventLog

CANDIDATES, WIDE = 200, 1000
DIMENSIONS = 128  # to which language vectors are reduced
AT_ONCE = 32  # users whose candidates' vectors are gathered at once
LATEST = 50  # liked events of a history that an item is new against

Floats = NDArray[np.float64]


class Knowledge:
    """What policies need to know of the items that a model ranks.

    Args:
        log: events that tell how popular an item is and what follows it.
        catalogue: may have more items than the log.
        vectors: float32 [items, d], language vectors of the items, or None.
    """

    def __init__(self, log: EventLog, catalogue: Catalogue, vectors: NDArray[np.float32] | None) -> None:
        self.log, self.catalogue = log, catalogue
        self._vectors = vectors
        self._habits: dict[int, Habits] = {}

    @cached_property
    def axes(self) -> NDArray[np.float32] | None:
        """float32 [items, d], vectors of length one relative to the average item; None where no item has a text."""
        if self._vectors is None or not self._vectors.any():
            return None
        return prepared(self._vectors, DIMENSIONS)[0]

    @cached_property
    def tags(self) -> ItemTags:
        """Of the items of the catalogue."""
        return ItemTags(self.catalogue.categories)

    @cached_property
    def kinds(self) -> Kinds:
        """The categories of the log's items; items without one have a number of their own."""
        return Kinds.of_tags(self.tags, self.log.items)

    def marks(self, items: NDArray[np.int32]) -> NDArray[np.float32]:
        """By what items are alike, float32 [..., d]: their texts, or where there are none, their categories."""
        if self.axes is not None:
            return self.axes[items]
        own = self.kinds.of(items).reshape(-1, self.kinds.table.shape[1])
        row, place = np.nonzero(own >= 0)
        found = np.zeros((len(own), self.kinds.count), dtype=np.float32)
        found[row, own[row, place]] = np.sqrt(shares(own)[row, place])
        return found.reshape(*items.shape, self.kinds.count)

    @cached_property
    def popularity(self) -> Floats:
        """float64 [items] from 0 to 1, the logarithm of how often an item was chosen."""
        count = np.log1p(np.bincount(self.log.item[self.log.target], minlength=self.log.items))
        return np.asarray(count / max(float(count.max(initial=0.0)), 1e-9), dtype=np.float64)

    def habits(self, behaviour: str) -> Habits | None:
        """How often it is this behaviour; None for any."""
        names = [each.name for each in self.log.behaviours]
        if not behaviour or behaviour not in names:
            return None
        code = names.index(behaviour)
        if code not in self._habits:
            self._habits[code] = Habits.of(self.log, code)
        return self._habits[code]


@dataclass(frozen=True)
class Ordered:
    """Lists by a policy: items int32 [n, k] (-1 where none is left), their scores, and the probability, NaN unless
    the policy has a calibrated target."""

    items: NDArray[np.int32]
    scores: NDArray[np.float32]
    probability: Floats


class Ranker:
    """Puts lists in order by one policy.

    Args:
        purpose: the calibration of the model for the policy's target; without one, items stay in the model's order.

    Raises:
        SeqlensError: the policy speaks of an item or a category that there is not.
    """

    def __init__(self, policy: Policy, knowledge: Knowledge, purpose: Purpose | None = None) -> None:
        self.policy, self._knowledge, self._purpose = policy, knowledge, purpose
        self.rules: Rules = rules(policy, knowledge.catalogue, knowledge.tags, knowledge.log.items)
        self._criteria = Criteria(policy.diversity, policy.tastes, policy.most)

    def candidates(self, k: int) -> int:
        """How many of a user's best items are looked at for a list of `k`."""
        if not self.policy.reorders and self._purpose is None:
            return k
        return max(k, WIDE if self.policy.most else CANDIDATES)

    def order(
        self, histories: EventLog, scores: NDArray[np.float32], k: int, blocked: NDArray[np.bool_] | None = None
    ) -> Ordered:
        """The lists of the users of `histories`.

        Args:
            scores: float32 [users, items]; read only.
            blocked: bool [users, items], what a user shall not see, pinned items aside; None for nothing.
        """
        moments = spread(scores)
        own = np.where(self.rules.allowed if blocked is None else self.rules.allowed & ~blocked, scores, ranking.HIDDEN)
        found, values = ranking.top(own.astype(np.float32, copy=False), self.candidates(k))
        pinned = self.rules.pinned[:k]
        picked = self.reorder(histories, found, values, k - len(pinned), moments)
        if len(pinned) == 0:
            return picked
        rows = np.arange(len(scores))[:, None]
        on_top = np.broadcast_to(pinned, (len(scores), len(pinned)))
        return Ordered(
            np.concatenate((on_top, picked.items), axis=1).astype(np.int32),
            np.concatenate((scores[rows, on_top], picked.scores), axis=1),
            np.concatenate((np.full(on_top.shape, np.nan), picked.probability), axis=1),
        )

    def reorder(
        self,
        histories: EventLog,
        found: NDArray[np.int32],
        values: NDArray[np.float32],
        k: int,
        moments: tuple[Floats, Floats],
    ) -> Ordered:
        """The best `k` of candidates (int32 [n, c], the best first; -1 for none) with these scores (float32 [n, c])."""
        probability = np.full(found.shape, np.nan)
        if self._purpose is not None:
            habits = self._knowledge.habits(self._purpose.behaviour)
            probability = self._purpose.probability(facts(values, found, moments, histories, habits))
            probability[found < 0] = np.nan
        if not self.policy.reorders:
            return Ordered(found[:, :k], values[:, :k], probability[:, :k])
        pieces = [
            self._pick(histories.block(start, end), found[start:end], values[start:end], probability[start:end], k)
            for start, end in ranking.blocks(len(found), 1, most=AT_ONCE)
        ]
        place = np.concatenate(pieces) if pieces else np.zeros((0, k), dtype=np.int64)
        taken = np.maximum(place, 0)
        left = place >= 0
        return Ordered(
            np.where(left, np.take_along_axis(found, taken, axis=1), np.int32(-1)),
            np.where(left, np.take_along_axis(values, taken, axis=1), ranking.HIDDEN),
            np.where(left, np.take_along_axis(probability, taken, axis=1), np.nan),
        )

    def _pick(
        self,
        histories: EventLog,
        found: NDArray[np.int32],
        scores: NDArray[np.float32],
        probability: Floats,
        k: int,
    ) -> NDArray[np.int64]:
        knowledge, policy = self._knowledge, self.policy
        items = np.maximum(found, 0)
        worth = scores.astype(np.float64)
        if policy.target not in ("", ANYTHING) and self._purpose is not None:
            with np.errstate(divide="ignore"):
                worth = np.log(probability) - np.log1p(-probability)
        worth = _scaled(np.where(found >= 0, worth, -np.inf))
        if policy.novelty:
            worth = worth + policy.novelty * self._novelty(histories, items)
        if policy.popularity:
            worth = worth + policy.popularity * knowledge.popularity[items]
        if policy.novelty or policy.popularity:
            worth = _scaled(np.where(found >= 0, worth, -np.inf))
        pinned = self.rules.pinned
        return pick(
            worth,
            k,
            self._criteria,
            knowledge.kinds.of(items),
            knowledge.kinds.count,
            knowledge.marks(items) if policy.diversity else None,
            mixes(histories, knowledge.kinds) if policy.tastes else None,
            knowledge.kinds.of(pinned),
            knowledge.marks(pinned),
        )

    def _novelty(self, histories: EventLog, items: NDArray[np.int32]) -> Floats:
        """How unlike the likest of a user's latest liked items each candidate is, float64 [n, c], from 0 to 1.

        Without texts, how little of the user's liked events its categories have.
        """
        knowledge = self._knowledge
        if knowledge.axes is None:
            mix, own = mixes(histories, knowledge.kinds), knowledge.kinds.of(items)
            return np.asarray(1.0 - (mix[np.arange(len(items))[:, None, None], own] * shares(own)).sum(axis=2))
        liked = histories.take(histories.positive)
        age = np.repeat(liked.lengths, liked.lengths) - liked.position  # 1 for the last
        latest = liked.take(age <= LATEST)
        past = np.zeros((len(items), max(1, int(latest.lengths.max(initial=0)))), dtype=np.int64)
        past[latest.user, latest.position] = latest.item
        real = np.zeros(past.shape, dtype=np.bool_)
        real[latest.user, latest.position] = True
        alike = np.matmul(knowledge.axes[items], knowledge.axes[past].transpose(0, 2, 1))
        nearest = np.where(real[:, None, :], alike, 0.0).max(axis=2)
        return np.asarray(1.0 - np.clip(nearest, 0.0, 1.0), dtype=np.float64)


def _scaled(values: Floats) -> Floats:
    """Each row brought to 0 ... 1; -inf stays."""
    there = np.isfinite(values)
    low = np.where(there, values, np.inf).min(axis=1, initial=np.inf, keepdims=True)
    high = np.where(there, values, -np.inf).max(axis=1, initial=-np.inf, keepdims=True)
    width = np.where(high > low, high - low, 1.0)
    return np.where(there, (np.where(there, values, 0.0) - np.where(there, low, 0.0)) / width, -np.inf)
