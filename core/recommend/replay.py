"""One user's sequence step by step: what a model would have recommended, and where the event that followed stood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from core.evaluation import ranking
from core.evaluation.split import Cases, Split
from core.models.base import Recommender
from core.progress import Progress
from core.sequences.log import EventLog

EVENTS = 1 << 20  # of all histories of one block together: a long sequence has long histories


class Part(IntEnum):
    """What a model knows of an event of a sequence: it learnt from it, or the event was held out."""

    TRAINED = 0
    VALIDATION = 1
    TEST = 2
    UNSEEN = 3  # held out like the others, but no question was asked about it


@dataclass(frozen=True)
class Step:
    """The list before one event of a sequence.

    Attributes:
        step: the number of the event that followed.
        items: int32 [<= k], the best first; among equal scores the item that followed stands last.
        scores: float32 [<= k].
        truth: the item that followed; -1 where that event cannot be predicted (it has no item, or is negative).
        rank: of the truth among the candidates, from 1; 0 where it was left out as seen; -1 without a truth.
        score: of the truth; NaN without one.
        candidates: how many items were ranked.
    """

    step: int
    items: NDArray[np.int32]
    scores: NDArray[np.float32]
    truth: int
    rank: int
    score: float
    candidates: int


class Replay:
    """A model and one user's sequence.

    Attributes:
        history: the log of the one user.
        parts: uint8 [events], the `Part` of each event.
        targets: int64 [n], the events that can be predicted, in their order.
        hide_seen: whether items of the history are left out of the lists.
    """

    def __init__(self, model: Recommender, history: EventLog, parts: NDArray[np.uint8], hide_seen: bool) -> None:
        self._model = model
        self.history = history
        self.parts = parts
        self.hide_seen = hide_seen
        self.targets = np.flatnonzero(history.positive)

    def ranks(self, steps: NDArray[np.int64], progress: Progress) -> NDArray[np.int64]:
        """The rank of each event of `steps` (int64 [n], of the `targets`) given all events before it, int64 [n].

        Ranks are those of `core.evaluation.ranking.truth_ranks`: from 1, ties against the model, 0 where the item was
        left out as seen. The histories are scored in blocks that are bounded in their scores and in their events.

        Raises:
            Cancelled: the analyst pressed stop.
        """
        found = np.zeros(len(steps), dtype=np.int64)
        for start, end in self._blocks(steps):
            progress.step(start, len(steps), "Ranking what followed at each step")
            cases = self._cases(steps[start:end])
            scores = self._model.score(cases.histories)
            found[start:end] = ranking.truth_ranks(scores, cases.histories, cases.truth, self.hide_seen)
        progress.step(1, 1, "Ranking what followed at each step")
        return found

    def step(self, step: int, k: int, progress: Progress) -> Step:
        """The k best items before the event `step`, and the rank of the item of that event."""
        cases = self._cases(np.array([step]))
        before = cases.histories
        seen = len(np.unique(before.item[before.item >= 0])) if self.hide_seen else 0
        candidates = before.items - seen
        progress.check()
        scores = self._model.score(before)
        if not self.history.positive[step]:
            if self.hide_seen:
                ranking.hide(scores, before)
            items, values = ranking.top(scores, k)
            there = items[0] >= 0
            return Step(step, items[0, there], values[0, there], -1, -1, float("nan"), candidates)
        place = 0, cases.truth[0]
        own = scores[:, cases.truth[0]].copy()
        ranks = ranking.truth_ranks(scores, before, cases.truth, self.hide_seen)
        scores[place] = ranking.HIDDEN
        items, values = ranking.top(scores, k)
        ranking.place_truth(items, values, cases.truth, own, ranks)
        there = items[0] >= 0
        return Step(
            step, items[0, there], values[0, there], int(cases.truth[0]), int(ranks[0]), float(own[0]), candidates
        )

    def _cases(self, steps: NDArray[np.int64]) -> Cases:
        users = np.zeros(len(steps), dtype=np.int32)
        return Cases(users, self.history.heads(users, steps), self.history.item[steps])

    def _blocks(self, steps: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
        until = np.cumsum(steps)
        for first, last in ranking.blocks(len(steps), self.history.items, most=getattr(self._model, "at_once", None)):
            start = first
            while start < last:
                spent = until[start - 1] if start else 0
                end = int(np.searchsorted(until, spent + EVENTS, side="right"))
                end = min(max(end, start + 1), last)
                yield start, end
                start = end


def parts_of(split: Split, log: EventLog, user: int) -> NDArray[np.uint8]:
    """How `split` used each event of a user of the `log` that was split: a `Part` each, uint8 [events].

    In every protocol a user trains with a first part of the sequence, and a case's history is all before its truth.
    """
    history = log.block(user, user + 1)
    targets = np.flatnonzero(history.positive)
    found = np.full(history.events, Part.UNSEEN, dtype=np.uint8)
    trained = split.train.block(user, user + 1)
    found[: np.count_nonzero(~trained.told)] = Part.TRAINED  # feedback is no step of the sequence
    for part, cases in ((Part.VALIDATION, split.validation), (Part.TEST, split.test)):
        asked = cases.histories.select(np.flatnonzero(cases.users == user))
        before = asked.take(~asked.told).lengths
        found[targets[np.searchsorted(targets, before)]] = part
    return found


def refining(count: int, first: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers 0 to `count` in an order in which any beginning is spread evenly; those of `first` come first.

    Numbers go by the largest power of two that divides them (the van der Corput order): a picture of the first ones is
    a coarse picture of all.
    """
    numbers = np.arange(count, dtype=np.int64)
    coarse = np.where(numbers > 0, numbers & -numbers, np.int64(1) << 62)
    coarse[first] = np.iinfo(np.int64).max
    return numbers[np.argsort(-coarse, kind="stable")]
