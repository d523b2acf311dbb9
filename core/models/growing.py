"""Items of which a fitted model has learned nothing, scored by what is written of them.

They came in after the training, or nobody has touched them. Each has `LENDERS`: the items with events whose texts are
nearest to its own. What a model learns of items by their codes alone, it is lent from them: the mean of their scores,
where a lender's part grows with its nearness. What is learned once for all users, the vectors of a network and how
popular an item is, may be foretold by a regression over all items instead (`core.models.foretold`). The nearest know
best where the next bottle of a line has a name like the last one's, the regression where kinds and years say more than
titles, as of films. Models that read texts read a newcomer's own besides.

What is lent or foretold lies nearer to the average item than what is learned, and what lies there is in no list; so its
distance from the average item is made larger by a gain. One that is too small hides newcomers, one that is too large
fills the lists with them. `best_way` chooses both on the validation events, by items that are taken for new though they
were trained: of each way the smallest gain with which these are found `WANTED` as well as others that are as rare and
stay as they are. Really new items are found better than that: where an item was trained, what leads to it leads to no
neighbour of it. (With the nearest and a gain of 1.6 on Amazon Beauty items taken for new had 0.60 of the others'
NDCG@10, those really left out 0.85; with the regression and 1.8 on ML-100K 0.60 and 1.31.)

All this is linear in what is known of the others, so that breakdowns sum as before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from core.evaluation.evaluate import evaluate
from core.evaluation.newcomers import twins_of
from core.models.attribution import Shares, linear
from core.models.base import Masked, Recommender
from core.models.content import prepared
from core.models.counting import Met
from core.models.foretold import NEAREST, WAYS, Foretelling
from core.models.parts import OneComponent
from core.progress import Progress
from core.sequences.log import EventLog

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from core.evaluation.split import Cases

LENDERS = 5
SHARPNESS = 0.1  # difference of cosines at which one lender has 1 / e of another's part
GAIN = 1.5  # of the distance from the average item, where nothing chose it
GAINS = tuple(1 + number / 10 for number in range(15))  # that are tried
WANTED = 0.7  # NDCG of items that are taken for new, as a share of that of equally rare ones in the same lists
PRETENDED = 0.1  # share of the items that are taken for new
TRIALS = 3  # with other items that are: which they are moves the figures more than chance among the cases
CASES = 200  # validation cases about either in a trial, at most
DIMENSIONS = 128  # in which texts are compared
LENGTH = 10  # of the lists by which the gain is chosen
BLOCK = 1024  # newcomers whose lenders are looked for at once


@dataclass(frozen=True)
class Newcomers:
    """The items of a catalogue, and which of them a model has learned nothing of.

    Attributes:
        known: number of items that the model was fitted on; they are the first ones.
        fresh: bool [items], those that it has learned nothing of: all from `known` on, and maybe some before.
        vectors: float32 [items, d], language vectors; zeros where an item has no text.
        texts: float32 [texts, d], those of what events say in the place of an item.
        gain: how much farther than it is told a fresh item is from the average item.
        way: how that is told which is the same for all users: by the "nearest" or by a "regression".
        written: the texts of the items, whose words the regression reads; None: it reads their vectors alone.
    """

    known: int
    fresh: NDArray[np.bool_]
    vectors: NDArray[np.float32]
    texts: NDArray[np.float32]
    gain: float = GAIN
    way: str = NEAREST
    written: pa.StringArray | None = None

    def met_by(self, model: Recommender) -> Newcomers:
        """For one that has counted events of items that came after the training: what it has not met is fresh to it."""
        if not isinstance(model, Met) or len(model.met) <= self.known:
            return self
        return replace(self, known=len(model.met), fresh=self.fresh & ~model.met)

    @cached_property
    def codes(self) -> NDArray[np.int64]:
        """int64 [n], the fresh items."""
        return np.flatnonzero(self.fresh)

    @cached_property
    def nameless(self) -> NDArray[np.bool_]:
        """bool [items], the fresh items of which nothing can be said, as they have no text or nobody lends to them."""
        silent = np.zeros(len(self.fresh), dtype=np.bool_)
        silent[self.codes] = np.diff(self._lenders.indptr) == 0
        return silent

    def lend(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """What fresh items have of something that the items `known` to the model have, float32 [n, k] of [known, k]."""
        mean = values.mean(axis=0, keepdims=True)
        return cast("NDArray[np.float32]", mean + np.float32(self.gain) * (self._lenders @ values - mean))

    def foretell(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """`lend` for something that is the same for all users, in the way that was chosen."""
        if self.way == NEAREST or not len(self._foretelling.able):
            return self.lend(values)
        mean = values[self._foretelling.able].mean(axis=0, keepdims=True)
        told = self._foretelling.told(values, self.codes)
        told[self.nameless[self.codes]] = 0.0
        return cast("NDArray[np.float32]", mean + np.float32(self.gain) * told)

    def parts(self, items: NDArray[np.int32]) -> NDArray[np.float64]:
        """What each of `items` (int32 [m]) has of each known item, float64 [m, known]: `lend` as a matrix."""
        place = np.cumsum(self.fresh) - 1
        fresh = self.fresh[items]
        mixed = np.zeros((len(items), self.known))
        mixed[~fresh, items[~fresh]] = 1.0
        lent = self._lenders[place[items[fresh]]].toarray()
        mixed[fresh] = self.gain * lent.astype(np.float64) + (1 - self.gain) / max(self.known, 1)
        return mixed

    @cached_property
    def _axes(self) -> NDArray[np.float32]:
        """float32 [items, d], in which texts are compared; zeros where there is none."""
        return prepared(self.vectors, DIMENSIONS)[0]

    @cached_property
    def _foretelling(self) -> Foretelling:
        return Foretelling.of(self._axes, self.written, np.flatnonzero(~self.fresh & self._axes.any(1)))

    @cached_property
    def _lenders(self) -> csr_array:
        """Parts of the lenders of each fresh item, float32 [n, known], which sum to 1; none where it has no text."""
        from scipy.sparse import csr_array

        axes = self._axes
        able = np.flatnonzero(~self.fresh & axes.any(1))
        read = np.flatnonzero(axes[self.codes].any(1))  # rows of fresh items that have a text
        count = min(LENDERS, len(able))
        rows = np.zeros(len(self.codes) + 1, dtype=np.int64)
        rows[read + 1] = count
        found, weights = np.zeros((2, len(read), count))
        for start in range(0, len(read) if count else 0, BLOCK):
            block = slice(start, start + BLOCK)
            near = axes[self.codes[read[block]]] @ axes[able].T
            nearest = np.argpartition(near, -count, axis=1)[:, -count:]
            cosines = np.take_along_axis(near, nearest, axis=1)
            found[block] = able[nearest]
            weights[block] = np.exp((cosines - cosines.max(1, keepdims=True)) / SHARPNESS)
            weights[block] /= weights[block].sum(1, keepdims=True)
        entries = weights.ravel().astype(np.float32), found.ravel().astype(np.int64), np.cumsum(rows)
        return csr_array(entries, shape=(len(self.codes), self.known))


@runtime_checkable
class Growing(Protocol):
    """A recommender that has a way of its own to score items of which it has learned nothing."""

    def grown(self, newcomers: Newcomers) -> Recommender | None:
        """The fitted model with all items of `newcomers`, or None where it cannot be had."""


def grown(model: Recommender, newcomers: Newcomers) -> Recommender | None:
    """A fitted model that scores fresh items too; None for one that neither reads texts nor has one component."""
    if isinstance(model, Growing):
        return model.grown(newcomers)
    if not isinstance(model, OneComponent):
        return None
    newcomers = newcomers.met_by(cast(Recommender, model))
    return cast(Recommender, Lent(model, newcomers)) if newcomers.fresh.any() else model


class Lent(OneComponent):
    """A model of one component whose scores of fresh items are lent from those of others, or foretold by them.

    Events with an item that the model does not know are left out of the histories that it reads.
    """

    def __init__(self, model: OneComponent, newcomers: Newcomers) -> None:
        self.model, self._new = model, newcomers
        self.name = model.name  # type: ignore[misc]  # it stands in its model's place
        self.impersonal = model.impersonal  # type: ignore[misc]
        self._row: NDArray[np.float32] | None = None  # see `_alike`

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        """Scores of every item for each history, float32 [users, items]."""
        if self.impersonal and histories.users:
            return np.tile(self._alike(histories), (histories.users, 1))
        own = self.model.score(self._read(histories))
        scores = np.zeros((len(own), len(self._new.fresh)), dtype=np.float32)
        scores[:, : self._new.known] = own
        scores[:, self._new.codes] = self._new.lend(own.T).T
        return scores

    def _alike(self, histories: EventLog) -> NDArray[np.float32]:
        """The scores of a model that gives all users the same, float32 [items]."""
        if self._row is None:
            own = self.model.score(self._read(histories.block(0, 1)))[0]
            row = np.zeros(len(self._new.fresh), dtype=np.float32)
            row[: self._new.known] = own
            row[self._new.codes] = self._new.foretell(own[:, None])[:, 0]
            self._row = row
        return self._row

    def event_rounds(self, history: EventLog, items: NDArray[np.int32], check: Callable[[], None]) -> Iterator[Shares]:
        """Each item's shares are its lenders' shares; standard errors are added up, which is the most they can be."""
        if self.impersonal:
            yield linear(self._alike(history)[items].astype(np.float64), np.zeros((len(items), history.events)))
            return
        knows = history.knows(self._new.known, len(history.behaviours))
        mixed = self._new.parts(items)
        asked = np.flatnonzero(mixed.any(0)).astype(np.int32)
        mixed = mixed[:, asked]
        for found in self.model.event_rounds(self._read(history), asked, check):
            shares, errors = np.zeros((2, len(items), history.events))
            shares[:, knows], errors[:, knows] = mixed @ found.shares, np.abs(mixed) @ found.errors
            yield Shares(mixed @ found.base, shares, errors, self._masked(found.masked, mixed, knows))

    @staticmethod
    def _masked(inner: Masked, mixed: NDArray[np.float64], knows: NDArray[np.bool_]) -> Masked:
        return lambda seen: inner(seen[:, knows]) @ mixed.T

    def constant(self, items: NDArray[np.int32]) -> NDArray[np.floating]:
        own = self.model.constant(np.arange(self._new.known, dtype=np.int32)).astype(np.float32)
        every = np.zeros(len(self._new.fresh), dtype=np.float32)
        every[: self._new.known] = own
        every[self._new.codes] = self._new.lend(own[:, None])[:, 0]
        return every[items]

    def _read(self, histories: EventLog) -> EventLog:
        return histories.known(self._new.known, len(histories.behaviours))


def without_events(log: EventLog) -> NDArray[np.bool_]:
    """bool [items], the items that no event speaks for."""
    silent: NDArray[np.bool_] = np.bincount(log.item[log.positive], minlength=log.items) == 0
    return silent


@dataclass(frozen=True)
class Way:
    """How fresh items are scored: see `Newcomers`."""

    name: str = NEAREST
    gain: float = GAIN


def best_way(
    model: Recommender,
    vectors: NDArray[np.float32],
    written: pa.StringArray,
    log: EventLog,
    cases: Cases,
    hide_seen: bool,
    seed: int,
    progress: Progress,
) -> Way:
    """The way in which items that are taken for new and equally rare ones that are not are found best together.

    Of each way the smallest gain is taken with which the former are found `WANTED` as well as the latter.

    Args:
        model: fitted on `log`.
        vectors: float32 [items, d], language vectors.
        written: the texts of the items.
        cases: validation cases.

    Raises:
        Cancelled: the analyst pressed stop.
    """
    trials = list(_trials(vectors, written, log, cases, seed))
    if not trials or grown(model, trials[0].newcomers) is None:
        return Way()
    found: dict[Way, tuple[float, float]] = {}  # NDCG of items taken for new and of the others, in the mean

    def enough(name: str, gain: float) -> bool:
        each = []
        for trial in trials:
            progress.step(0, 1, "Weighing what is said of items against what is known of them")
            each.append(trial.found(model, Way(name, gain), hide_seen))
        news, others = np.mean(each, axis=0).tolist()
        found[Way(name, gain)] = news, others
        return bool(news >= WANTED * others)

    best = []
    for name in WAYS:  # the larger the gain, the more are found
        place = bisect_left(GAINS[:-1], True, key=partial(enough, name))
        best.append(Way(name, GAINS[place]))
        if best[-1] not in found:
            enough(name, GAINS[place])
    return max(best, key=lambda way: sum(found[way]))  # the nearest, where both are as good


@dataclass(frozen=True)
class _Trial:
    """Items that are taken for new, with validation cases about them and about others that are as rare."""

    newcomers: Newcomers
    news: Cases
    others: Cases

    def found(self, model: Recommender, way: Way, hide_seen: bool) -> tuple[float, float]:
        """NDCG of both kinds of cases in the same lists."""
        larger = cast(Recommender, grown(model, replace(self.newcomers, way=way.name, gain=way.gain)))
        key = f"ndcg@{LENGTH}"
        every = [evaluate(larger, cases, hide_seen, LENGTH, Progress()) for cases in (self.news, self.others)]
        return every[0].metrics[key], every[1].metrics[key]


def _trials(
    vectors: NDArray[np.float32], written: pa.StringArray, log: EventLog, cases: Cases, seed: int
) -> Iterator[_Trial]:
    """Those in which there is something to ask."""
    counts = np.bincount(log.item[log.positive], minlength=log.items)
    nothing = np.zeros((0, vectors.shape[1]), dtype=np.float32)
    for number in range(TRIALS):
        fresh, twins = twins_of(counts, PRETENDED, seed + number)
        news, others = (_some(cases, kind, seed) for kind in (fresh, twins))
        if len(news.truth) and len(others.truth):
            yield _Trial(Newcomers(log.items, fresh, vectors, nothing, written=written), news, others)


def _some(cases: Cases, truths: NDArray[np.bool_], seed: int) -> Cases:
    """At most `CASES` of the cases whose truth is one of `truths`, drawn by `seed`."""
    rows = np.random.default_rng(seed).permutation(np.flatnonzero(truths[cases.truth]))[:CASES]
    rows.sort()
    return replace(
        cases, users=cases.users[rows], histories=cases.histories.select(rows), truth=cases.truth[rows], behaviour=None
    )
