"""What speaks for an item beside its score: similar past items, users alike, attention, the cells of a matrix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.models.base import Recommender
from core.models.bilinear import Bilinear, Cell
from core.models.content import Content
from core.models.growing import Lent
from core.models.hybrid import Hybrid
from core.models.relations import Path, Relations
from core.models.transitions import Transitions
from core.sequences.log import EventLog

if TYPE_CHECKING:
    from core.models.ensemble import TransformerEnsemble
    from core.models.network import Head

Floats = NDArray[np.float32]

SIMILAR, PEERS, CELLS, PATHS = 5, 3, 8, 5  # how many of each are shown


@dataclass(frozen=True)
class SimilarItem:
    """An item of the history beside the explained one; NaN where the model has nothing that could tell.

    Attributes:
        item: its code.
        event: the last event of the history that is about it.
        together: how often users have one near the other, as a share of what is nearest to the explained item.
        language: cosine of the language vectors of their texts, relative to the average item.
        model: cosine of the vectors that the sequence model learned.
    """

    item: int
    event: int
    together: float
    language: float
    model: float


@dataclass(frozen=True)
class Peer:
    """A user who took the explained item: code, and how many items of the history that user has too."""

    user: int
    shared: int


@dataclass(frozen=True)
class Peers:
    """Users who took the explained item.

    Attributes:
        took: how many did, the explained user left out.
        alike: how many of them have an item of the history too.
        nearest: those who are most like it (cosine of what they have), the most alike first.
    """

    took: int
    alike: int
    nearest: tuple[Peer, ...]


@dataclass(frozen=True)
class Why:
    """All of it.

    Attributes:
        history: whose events the heads look at.
        numbers: int64 [events], of each of them in the user's own sequence, of which the model may not know all events;
            -1 for a thumb, which is no event of it.
        attends: whether the sequence model has layers of attention; None without a sequence model.
        heads: where its layers of attention look from the end of the history.
        cells: of the bilinear model's matrix, those that mattered most.
        paths: through the relations of items, those that carried most.
    """

    history: EventLog
    numbers: NDArray[np.int64]
    similar: tuple[SimilarItem, ...]
    peers: Peers
    attends: bool | None
    heads: tuple[Head, ...]
    cells: tuple[Cell, ...]
    paths: tuple[Path, ...] = ()


def why(model: Recommender, history: EventLog, numbers: NDArray[np.int64], log: EventLog, user: int, item: int) -> Why:
    """What speaks for `item`.

    Args:
        history: of one user, as the model reads it.
        numbers: as in `Why`.
        log: all events, for the users who took the item.
        user: who is left out of them; -1 for nobody.
    """
    sequence = _sequence(model)
    heads = () if sequence is None else tuple(sequence.attention(history))
    cells = next((part.cells(history, item, CELLS) for part in parts(model) if isinstance(part, Bilinear)), ())
    return Why(
        history=history,
        numbers=numbers,
        similar=similar(model, history, item),
        peers=peers(log, history, user, item),
        attends=None if sequence is None else sequence.attends,
        heads=heads,
        cells=tuple(cells),
        paths=paths(model, history, item),
    )


def paths(model: Recommender, history: EventLog, item: int, most: int = PATHS) -> tuple[Path, ...]:
    """The paths through the relations of items that carried most to `item`.

    There are none for an item that the relations do not know, and where a hybrid gives them no weight.
    """
    inner = getattr(model, "model", model)
    counts = not isinstance(inner, Hybrid) or inner.weights.get(Relations.name, 0.0) > 0
    for part in parts(model):
        origin = part.model if isinstance(part, Lent) else part
        if isinstance(origin, Relations) and item < origin.items and counts:
            return origin.paths(history.known(origin.items, len(history.behaviours)), item, most)
    return ()


def parts(model: Recommender) -> Iterator[Recommender]:
    """The models that one is made of, itself where it is one alone."""
    inner = getattr(model, "model", model)  # of one that heeds feedback
    yield from inner.models.values() if isinstance(inner, Hybrid) else (inner,)


def _sequence(model: Recommender) -> TransformerEnsemble | None:
    # Not imported for models that have none: torch takes seconds.
    from core.models.ensemble import TransformerEnsemble

    return next((part for part in parts(model) if isinstance(part, TransformerEnsemble)), None)


def similar(model: Recommender, history: EventLog, item: int, most: int = SIMILAR) -> tuple[SimilarItem, ...]:
    """The past items most similar to `item`, the most similar first: each kind counts by its largest value."""
    liked = np.flatnonzero(history.positive & (history.item != item))
    past, last = np.unique(history.item[liked][::-1], return_index=True)
    events = liked[::-1][last] if len(liked) else liked
    found = np.full((3, len(past)), np.nan, dtype=np.float32)
    for part in parts(model):
        origin = part.model if isinstance(part, Lent) else part
        if isinstance(origin, Transitions):
            found[0] = _nearness(origin, past, item)
        elif isinstance(part, Content) and part.name == Content.name:
            found[1] = part.likeness(past, item)
    sequence = _sequence(model)
    if sequence is not None:
        vectors = sequence.item_vectors()
        found[2] = _cosines(vectors[past], vectors[item])
    largest = np.nanmax(found, axis=1, initial=1e-6)[:, None]
    order = np.argsort(-np.nansum(np.maximum(found, 0.0) / largest, axis=0), kind="stable")[:most]
    return tuple(
        SimilarItem(int(past[place]), int(events[place]), *(float(value) for value in found[:, place]))
        for place in order
    )


def _nearness(model: Transitions, past: NDArray[np.int32], item: int) -> Floats:
    """How near past items lead to `item`; NaN where one of the two came in after the training."""
    found = np.full(len(past), np.nan, dtype=np.float32)
    if item < model.items:
        inside = past < model.items
        found[inside] = model.nearness(past[inside], item)
    return found


def _cosines(rows: Floats, one: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(one)
    return np.asarray(rows @ one / np.maximum(lengths, 1e-9), dtype=np.float32)


def peers(log: EventLog, history: EventLog, user: int, item: int, most: int = PEERS) -> Peers:
    """Who took `item`, and who of them is like the user of `history`."""
    own = np.unique(history.item[history.positive])
    own = own[own != item]
    told = log.positive
    takers = np.unique(log.user[told & (log.item == item)])
    takers = takers[takers != user]
    if not len(takers):
        return Peers(0, 0, ())
    theirs = log.select(takers)
    theirs = theirs.take(theirs.positive & (theirs.item != item))
    pairs = np.unique(theirs.user.astype(np.int64) * max(log.items, 1) + theirs.item)
    who, what = np.divmod(pairs, max(log.items, 1))
    held = np.bincount(who, minlength=len(takers))
    shared = np.bincount(who[np.isin(what, own)], minlength=len(takers))
    alike = shared / np.sqrt(np.maximum(held * max(len(own), 1), 1))
    order = [place for place in np.argsort(-alike, kind="stable")[:most] if shared[place]]
    nearest = tuple(Peer(int(takers[place]), int(shared[place])) for place in order)
    return Peers(len(takers), int(np.count_nonzero(shared)), nearest)
