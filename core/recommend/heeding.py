"""A model that heeds feedback at once, without a training.

- A thumb up is an event that speaks for its item at the time when it was given; to a model that was trained before
  there was feedback, it looks like one of the most frequent behaviour that speaks for an item.
- A thumb down takes `PUSH` standard deviations of the user's scores from its own item, and from any other that part of
  it which their similarity is: the larger of the squared cosine of their language vectors (relative to the average
  item, as in `core.models.content`) and the cosine of who has them (Sarwar et al. 2001). Two downs push twice.

The push is a component of each score, and of the event that caused it; breakdowns sum as before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from core.models.base import Breakdown, Masked, Recommender, Scored
from core.models.content import prepared
from core.models.hybrid import spread
from core.recommend.feedback import Said, joined
from core.sequences.log import EventLog

if TYPE_CHECKING:
    from scipy.sparse import csc_array

PUSH = 2.0
COMPONENT = "feedback"


class Similarity:
    """How alike items are, for lists that lead away from one.

    Args:
        log: events that tell who has what; their own feedback is left out.
        vectors: float32 [items, d], language vectors of the items, or None.
    """

    def __init__(self, log: EventLog, vectors: NDArray[np.float32] | None) -> None:
        self._log = log
        self._vectors = vectors

    @cached_property
    def _axes(self) -> NDArray[np.float32] | None:
        known = self._vectors is not None and bool(self._vectors.any())
        return prepared(self._vectors, 0)[0] if known and self._vectors is not None else None

    @cached_property
    def _held(self) -> tuple[csc_array, NDArray[np.float32]]:
        """Who has what, a matrix of ones [users, items], and 1 / the square root of each item's users."""
        from scipy.sparse import csc_array

        held = self._log.target
        pairs = np.unique(self._log.user[held].astype(np.int64) * self._log.items + self._log.item[held])
        rows, columns = np.divmod(pairs, max(self._log.items, 1))
        shape = (self._log.users, self._log.items)
        matrix = csc_array((np.ones(len(pairs), dtype=np.float32), (rows, columns)), shape=shape)
        count = np.diff(matrix.indptr)
        return matrix, np.where(count > 0, 1.0 / np.sqrt(np.maximum(count, 1)), 0.0).astype(np.float32)

    def rows(self, items: NDArray[np.int32]) -> NDArray[np.float32]:
        """How alike each of `items` (int32 [n]) is to every item, float32 [n, items], from 0 to 1 (itself)."""
        held, scale = self._held
        together = np.asarray((held[:, items].T @ held).todense(), dtype=np.float32)
        alike = together * scale[items, None] * scale
        if self._axes is not None:
            axes = self._axes
            np.maximum(alike, np.maximum(axes[items] @ axes.T, 0.0) ** 2, out=alike)
        alike[np.arange(len(items)), items] = 1.0
        np.minimum(alike, np.float32(1.0), out=alike)
        return alike


class Heeding:
    """A recommender whose histories may hold feedback (`core.recommend.feedback.joined`).

    Args:
        model: what scores.
        similarity: of the items that it knows.
        trained: whether the model was trained with feedback, so that it knows those behaviours.
        liked: code of the behaviour that a thumb up counts as where it was not.
    """

    name: ClassVar[str] = "heeding"

    def __init__(self, model: Recommender, similarity: Similarity, trained: bool, liked: int) -> None:
        self.model, self._similarity = model, similarity
        self._trained, self._liked = trained, liked
        self.at_once = getattr(model, "at_once", None)

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        """Scores of every item for each history, float32 [users, items]."""
        return self.scored(histories).scores

    def scored(self, histories: EventLog) -> Scored:
        """Scores with their parts; the last component is what was pushed away."""
        found = self.model.scored(self._understood(histories))
        downs, pushes = self._pushes(histories, found.scores)
        rows = histories.user[downs]
        scores = found.scores
        if len(downs):
            scores = scores.copy()
            np.add.at(scores, rows, pushes)

        def parts(items: NDArray[np.int32]) -> tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.float32]]:
            names, base, shares = found.parts(items)
            pushed = np.zeros(items.shape, dtype=np.float32)
            np.add.at(pushed, rows, np.take_along_axis(pushes, items[rows], axis=1))
            return (*names, COMPONENT), base, np.concatenate((shares, pushed[:, :, None]), axis=2)

        return Scored(scores, parts)

    def parts(
        self, histories: EventLog, items: NDArray[np.int32]
    ) -> tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.float32]]:
        """Names, base (float32 [users, m]) and shares ([users, m, c]) of `items`, int32 [users, m]."""
        return self.scored(histories).parts(items)

    def components(
        self, history: EventLog, items: NDArray[np.int32]
    ) -> tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.float32]]:
        """`parts` of `items` (int32 [m]) for a log of exactly one user: base float32 [m], shares float32 [m, c]."""
        names, base, shares = self.parts(history, items[None])
        return names, base[0], shares[0]

    def explain(self, history: EventLog, items: NDArray[np.int32]) -> Breakdown:
        """The first answer of `refine`."""
        return next(self.refine(history, items, lambda: None))

    def refine(self, history: EventLog, items: NDArray[np.int32], check: Callable[[], None]) -> Iterator[Breakdown]:
        """Take apart the scores of `items` for one user; what a thumb down pushed away is its event's share."""
        understood, kept = self._understood(history), self._kept(history)
        downs, pushes = self._pushes(history, self.model.score(understood))
        pushed = pushes[:, items].T
        for found in self.model.refine(understood, items, check):
            shares = np.zeros((len(items), history.events), dtype=np.float32)
            errors = np.zeros_like(shares)
            shares[:, kept], errors[:, kept] = found.event_shares, found.event_errors
            shares[:, downs] += pushed
            total = pushed.sum(1)
            yield replace(
                found,
                scores=found.scores + total,
                components=(*found.components, COMPONENT),
                component_shares=np.concatenate((found.component_shares, total[:, None]), axis=1),
                event_shares=shares,
                event_errors=errors,
                masked=self._masked(found.masked, kept, downs, pushed),
            )

    @staticmethod
    def _masked(
        inner: Masked, kept: NDArray[np.bool_], downs: NDArray[np.int64], pushed: NDArray[np.float32]
    ) -> Masked:
        return lambda seen: inner(seen[:, kept]) + seen[:, downs] @ pushed.T

    def _kept(self, histories: EventLog) -> NDArray[np.bool_]:
        """bool [events], the events that the model itself reads."""
        return np.ones(histories.events, dtype=np.bool_) if self._trained else ~(histories.told & histories.negative)

    def _understood(self, histories: EventLog) -> EventLog:
        """The histories in behaviours that the model knows."""
        if self._trained:
            return histories
        own = len(histories.behaviours) - 2
        kept = histories.take(self._kept(histories))
        behaviour = np.where(kept.told, np.uint8(self._liked), kept.behaviour)
        return replace(kept, behaviour=behaviour, behaviours=histories.behaviours[:own])

    def _pushes(
        self, histories: EventLog, scores: NDArray[np.float32]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The events that push, int64 [n], and what each takes from every item, float32 [n, items]."""
        downs = _downs(histories)
        if len(downs) == 0:
            return downs, np.zeros((0, histories.items), dtype=np.float32)
        inverse = spread(scores)[1][histories.user[downs]]
        strength = np.where(inverse > 0, -PUSH / np.where(inverse > 0, inverse, 1.0), 0.0)
        return downs, self._similarity.rows(histories.item[downs]) * strength[:, None].astype(np.float32)


class ToldLast:
    """A recommender that is handed the user's own events and heeds feedback besides.

    The columns of a breakdown's events are first those of the own events and then those of the feedback.

    Args:
        model: what scores histories with feedback among their events.
        said: the feedback of the one user, whose code there is 0; None where the history has it already.
    """

    name: ClassVar[str] = "told last"

    def __init__(self, model: Recommender, said: Said | None = None) -> None:
        self._model, self._said = model, said

    def read(self, history: EventLog) -> EventLog:
        """The history with the feedback at its place."""
        return history if self._said is None else joined(history, self._said)

    def score(self, history: EventLog) -> NDArray[np.float32]:
        """Scores of every item, float32 [1, items]."""
        return self._model.score(self.read(history))

    def scored(self, history: EventLog) -> Scored:
        """Scores with their parts."""
        return self._model.scored(self.read(history))

    def refine(self, history: EventLog, items: NDArray[np.int32], check: Callable[[], None]) -> Iterator[Breakdown]:
        """Take apart the scores of `items`."""
        read = self.read(history)
        order = np.argsort(read.told, kind="stable")
        back = np.argsort(order)
        for found in self._model.refine(read, items, check):
            shares, errors = found.event_shares[:, order], found.event_errors[:, order]
            yield replace(found, event_shares=shares, event_errors=errors, masked=_reordered(found.masked, back))


def _reordered(masked: Masked, order: NDArray[np.int64]) -> Masked:
    return lambda seen: masked(seen[:, order])


def _downs(histories: EventLog) -> NDArray[np.int64]:
    return np.flatnonzero(histories.told & histories.negative & (histories.item >= 0))


def most_liked(log: EventLog) -> int:
    """The most frequent behaviour that speaks for an item, which a thumb up counts as for a model of former times."""
    counts = np.bincount(log.behaviour[log.target], minlength=max(len(log.behaviours), 1))
    return int(counts.argmax())
