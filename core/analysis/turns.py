"""Where what a user reads about turns: change points in the sequence of the items' vectors.

A segment of a sequence is as long as its vectors scatter around one mean. A turn is the place that lowers the scatter
most, which is what a kernel change point of the cosine kernel is (Arlot, Celisse & Harchaoui 2019, "A kernel multiple
change-point algorithm via model selection"); segments are split again until no split is surer than chance. Chance is
asked by exchanging the order, as in E-divisive (Matteson & James 2014, "A nonparametric approach for multiple change
point analysis of multivariate data"): events of one visit resemble each other without any turn, so whole pieces of
visits change places and not single events.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.analysis.naming import Term, Vocabulary, distinct, log_odds
from core.sequences.sessions import GAP

if TYPE_CHECKING:
    from core.progress import Progress

Floats = NDArray[np.float32]
Places = NDArray[np.int64]

LEAST = 6  # events on each side of a turn
PIECE = 5  # events of a visit that change places together, at most
PIECES = 400  # of a sequence, at most: longer ones have longer pieces
AXES = 16  # of the sequence's own vectors that are looked at
ORDERS = 399  # in which the pieces are put
SURE = 0.01  # share of orders without a turn that look as if there were one, at most
MOST = 8  # turns that are told
TOLD = 3  # terms of each side
PRIOR = 4.0  # events, whose weight the prior of a term has: one sequence is short
CLEAR = 1.96  # standard errors from which a term is told
SHARE = 0.15  # of the events of a side that a told term is in, at least


@dataclass(frozen=True)
class Side:
    """What lies on one side of a turn, up to the turn before or after.

    Attributes:
        start, end: its events, `start:end` of the sequence.
        terms: categories and words of titles that it has more of than the other side, the clearest first.
        example: the event whose item is nearest to the middle of this side and away from the other's.
    """

    start: int
    end: int
    terms: tuple[Term, ...]
    example: int


@dataclass(frozen=True)
class Turn:
    """A place in a sequence.

    Attributes:
        event: the first event after it.
        time: of that event, as in the log.
        chance: share of sequences in random order that have so clear a turn somewhere.
    """

    event: int
    time: int
    chance: float
    before: Side
    after: Side


def turns(
    time: Places, timed: bool, item: Places, vectors: Floats, terms: Vocabulary, progress: Progress
) -> list[Turn]:
    """The turns of one sequence, in its order; the same sequence has the same turns.

    Args:
        time: int64 [n], microseconds, ascending; without times the numbers of the events.
        item: int64 [n], what each event is about, a row of the next two; -1 for an event that is left out.
        vectors: float32 [items, d], of length one; events about zero rows are left out.
        terms: of the items.

    Raises:
        Cancelled: another user is looked at.
    """
    known = np.append(np.any(vectors != 0, axis=1), False)  # the last one is of events about nothing
    told = np.flatnonzero(known[item])
    if len(told) < 2 * LEAST:
        return []
    about = vectors[item[told]]
    found = split_points(about, pieces(time[told], timed), progress)
    ends = [0, *(place for place, _ in found), len(told)]
    made = []
    for (start, place, end), (_, chance) in zip(zip(ends, ends[1:], ends[2:], strict=False), found, strict=True):
        first, second = _sides(start, place, end, told, item[told], about, terms)
        made.append(Turn(int(told[place]), int(time[told[place]]), chance, first, second))
    return made


def pieces(time: Places, timed: bool) -> Places:
    """The piece of each event, int64 [n] from 0: visits, cut into at most five events (more in very long sequences)."""
    count = len(time)
    fresh = np.ones(count, dtype=np.bool_)
    fresh[1:] = np.diff(time) > GAP if timed else False
    start = np.maximum.accumulate(np.where(fresh, np.arange(count), 0))
    size = max(PIECE, -(-count // PIECES))
    whole = np.cumsum(fresh | ((np.arange(count) - start) % size == 0)) - 1
    most = int(whole[-1]) + 1 if count else 0
    return whole // max(1, -(-most // PIECES))


def split_points(vectors: Floats, piece: Places, progress: Progress) -> list[tuple[int, float]]:
    """The places at which a sequence turns, ascending, each with the chance of so clear a one.

    Args:
        vectors: float32 [n, d], of length one.
        piece: int64 [n], which events change places together, ascending from 0.
    """
    starts = np.flatnonzero(np.diff(piece, prepend=-1))
    counts = np.diff(np.append(starts, len(piece))).astype(np.float64)
    sums = np.add.reduceat(vectors.astype(np.float64), starts, axis=0)
    sums = _on_own_axes(sums - counts[:, None] * vectors.mean(axis=0, dtype=np.float64))
    rng = np.random.default_rng(0)
    open_, found = [(0, len(starts))], list[tuple[int, float]]()
    while open_ and len(found) < MOST:
        progress.check()
        low, high = open_.pop(0)
        split = _split(sums[low:high], counts[low:high], rng)
        if split is not None:
            place, chance = split
            found.append((int(starts[low + place]), chance))
            open_ += [(low, low + place), (low + place, high)]
    return sorted(found)


def _on_own_axes(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows on their first principal axes: any order of the rows has the same ones, so that chance stays what it is."""
    width = min(AXES, *sums.shape)
    if width == sums.shape[1]:
        return sums
    if sums.shape[0] < sums.shape[1]:
        values, axes = np.linalg.eigh(sums @ sums.T)
        return np.asarray(axes[:, -width:] * np.sqrt(np.maximum(values[-width:], 0.0)))
    _, axes = np.linalg.eigh(sums.T @ sums)
    return np.asarray(sums @ axes[:, -width:])


def _split(
    sums: NDArray[np.float64], counts: NDArray[np.float64], rng: np.random.Generator
) -> tuple[int, float] | None:
    """The first piece after the clearest turn, and its chance; None where it is no surer than chance.

    Args:
        sums: float64 [pieces, axes].
        counts: float64 [pieces], events of each.
    """
    if len(counts) < 4 or counts.sum() < 2 * LEAST:
        return None
    gains = _gains(sums[None], counts[None])[0]
    place = int(gains.argmax())
    if not np.isfinite(gains[place]):
        return None
    orders = rng.permuted(np.tile(np.arange(len(counts)), (ORDERS, 1)), axis=1)
    others = _gains(sums[orders], counts[orders]).max(axis=1)
    chance = (1 + int((others >= gains[place]).sum())) / (ORDERS + 1)
    return (place + 1, chance) if chance <= SURE else None


def _gains(sums: NDArray[np.float64], counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much each split lowers the scatter, float64 [orders, pieces - 1]; -inf where a side is too short.

    Args:
        sums: float64 [orders, pieces, axes].
        counts: float64 [orders, pieces].
    """
    left, count = np.cumsum(sums, axis=1), np.cumsum(counts, axis=1)
    whole, events = left[:, -1:], count[:, -1:]
    left, count = left[:, :-1], count[:, :-1]
    right, rest = whole - left, events - count
    gains = (left**2).sum(-1) / count + (right**2).sum(-1) / rest - (whole**2).sum(-1) / events
    place = np.arange(gains.shape[1])
    fits = (count >= LEAST) & (rest >= LEAST) & (place >= 1) & (place < gains.shape[1] - 1)  # two pieces on each side
    return np.where(fits, gains, -np.inf)


def _sides(
    start: int, place: int, end: int, told: Places, item: Places, about: Floats, terms: Vocabulary
) -> tuple[Side, Side]:
    """What lies before and after a turn at `place` of the events that are told."""
    spans = (slice(start, place), slice(place, end))
    counts = np.stack([np.bincount(item[span], minlength=terms.has.shape[0]) @ terms.has for span in spans])
    surprise, inside, outside = log_odds(counts, np.array([place - start, end - place], dtype=np.float64), PRIOR)
    apart = about[spans[0]].mean(axis=0) - about[spans[1]].mean(axis=0)
    made = []
    for side, (span, sign) in enumerate(zip(spans, (1.0, -1.0), strict=True)):
        held = (surprise[side] >= CLEAR) & (inside[side] >= SHARE)
        order = np.argsort(-surprise[side], kind="stable")
        clear = [
            Term(
                terms.kinds[column],
                terms.texts[column],
                *(float(each[side, column]) for each in (inside, outside, surprise)),
            )
            for column in order[held[order]]
        ]
        events = told[span]
        example = int(events[int((about[span] @ apart * sign).argmax())])
        made.append(Side(int(events[0]), int(events[-1]) + 1, tuple(distinct(clear)[:TOLD]), example))
    return made[0], made[1]
