"""What matters to a model over many users: shares of its scores, and what it ranks worse without.

Shares say what the scores of the lists are made of: how much of them each component gave, and how much the events of
each behaviour, without regard to sign. Permutation importance (Breiman 2001) says what the model needs to be right:
how far NDCG@10 on the validation events falls when an input is shuffled or taken away. A component may give much of
every score and change no order, so that the two need not agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from core.evaluation import intervals, metrics, ranking
from core.evaluation.split import Cases
from core.models.available import rebuild
from core.models.base import Recommender
from core.progress import Progress
from core.sequences.log import EventLog

Kind = Literal["behaviour", "times", "order", "values", "searches", "texts"]

LISTED = 10  # items of a list
USERS, EXPLAINED, ASKED = 2000, 100, 2000  # users at most: whose lists, whose first items, whose truths are looked at
# What a model keeps of the texts of items, one a row.
TEXT_ARRAYS = {"words": "place", "content": "axes", "transformer": "vectors"}


@dataclass(frozen=True)
class ComponentShare:
    """How much of the scores of listed items a component gave, as a share of what all gave, without their signs."""

    name: str
    share: float


@dataclass(frozen=True)
class BehaviourShare:
    """A behaviour: its share of what events gave to scores, without signs, and of the events of the same users."""

    name: str
    share: float
    events: float


@dataclass(frozen=True)
class Need:
    """What an input is worth to the model.

    Attributes:
        kind: which input is spoiled.
        behaviour: whose events are taken away; empty for the other kinds.
        drop: by how much NDCG@10 falls without it; below 0 where it rises.
        low, high: 95 % interval of that over users.
    """

    kind: Kind
    behaviour: str
    drop: float
    low: float
    high: float


@dataclass(frozen=True)
class Importance:
    """What matters to a model.

    Attributes:
        components: the largest share first.
        behaviours: the largest share first; empty where no event moves a score.
        ndcg: NDCG@10 on the validation events that `needs` were measured on.
        needs: the largest drop first.
        users, explained, asked: how many users the three were measured on.
    """

    components: tuple[ComponentShare, ...]
    behaviours: tuple[BehaviourShare, ...]
    ndcg: float
    needs: tuple[Need, ...]
    users: int
    explained: int
    asked: int


def importance(
    model: Recommender, name: str, cases: Cases, hide_seen: bool, progress: Progress, seed: int = 0
) -> Importance:
    """What matters to a fitted model.

    Args:
        name: the model's word (`core.models.available`).
        cases: the validation events; their histories are what lists are made from.
        seed: of the choice of users and of every shuffle.

    Raises:
        Cancelled: the analyst pressed stop.
    """
    rng = np.random.default_rng(seed)
    drawn = rng.permutation(len(cases.users))
    listed, explained, asked = (np.sort(drawn[:most]) for most in (USERS, EXPLAINED, ASKED))
    histories = cases.histories
    ndcg, needs = _needs(model, name, cases, asked, hide_seen, progress.part(0.4, 1.0), rng)
    return Importance(
        components=component_shares(model, histories.select(listed), hide_seen, progress.part(0.0, 0.1)),
        behaviours=behaviour_shares(model, histories.select(explained), hide_seen, progress.part(0.1, 0.4)),
        ndcg=ndcg,
        needs=needs,
        users=len(listed),
        explained=len(explained),
        asked=len(asked),
    )


def listed_items(
    model: Recommender, histories: EventLog, hide_seen: bool, k: int = LISTED
) -> tuple[NDArray[np.int32], NDArray[np.float32], tuple[str, ...]]:
    """The lists of some users with the components of each score: items int32 [users, k], shares [users, k, c], names.

    Where fewer than `k` items are left, an item is -1 and its shares are those of some item.
    """
    found = model.scored(histories)
    scores = found.scores.copy()
    if hide_seen:
        ranking.hide(scores, histories)
    items = ranking.top(scores, k)[0]
    names, _, shares = found.parts(np.maximum(items, 0))
    return items, shares, names


def component_shares(
    model: Recommender, histories: EventLog, hide_seen: bool, progress: Progress
) -> tuple[ComponentShare, ...]:
    """How much each component gave to the scores of listed items, the largest share first."""
    sums: NDArray[np.float64] | None = None
    names: tuple[str, ...] = ()
    for start, end in _blocks(model, histories):
        progress.step(start, histories.users, "Looking at what the scores of the lists are made of")
        items, shares, names = listed_items(model, histories.block(start, end), hide_seen)
        own = np.abs(shares[items >= 0]).sum(0, dtype=np.float64)
        sums = own if sums is None else sums + own
    if sums is None or not sums.sum():
        return ()
    order = np.argsort(-sums, kind="stable")
    return tuple(ComponentShare(names[place], float(sums[place] / sums.sum())) for place in order)


def behaviour_shares(
    model: Recommender, histories: EventLog, hide_seen: bool, progress: Progress
) -> tuple[BehaviourShare, ...]:
    """How much the events of each behaviour gave to the scores of first items, the largest share first.

    A user counts by the shares of the events of one item; each user counts the same.
    """
    kinds = len(histories.behaviours)
    gave, had = np.zeros((2, kinds))
    moved = 0
    for user in range(histories.users):
        progress.step(user, histories.users, "Looking at which events give the scores")
        history = histories.block(user, user + 1)
        item = listed_items(model, history, hide_seen, 1)[0][0]
        if item[0] < 0:
            continue
        found = next(model.refine(history, item, progress.check))
        parts = np.bincount(history.behaviour, np.abs(found.event_shares[0].astype(np.float64)), minlength=kinds)
        if parts.sum() > 0:
            moved += 1
            gave += parts / parts.sum()
            had += np.bincount(history.behaviour, minlength=kinds) / history.events
    order = np.argsort(-gave, kind="stable")
    return tuple(
        BehaviourShare(histories.behaviours[place].name, float(gave[place] / moved), float(had[place] / moved))
        for place in order
        if moved and had[place]
    )


def _needs(
    model: Recommender,
    name: str,
    cases: Cases,
    asked: NDArray[np.int64],
    hide_seen: bool,
    progress: Progress,
    rng: np.random.Generator,
) -> tuple[float, tuple[Need, ...]]:
    """NDCG@10 as it is, and what each input is worth."""
    histories, truth, users = cases.histories.select(asked), cases.truth[asked], cases.users[asked]
    spoiled = list(_spoiled(histories, rng))
    without = _without_texts(model, name, histories.items, rng)
    count = 1 + len(spoiled) + (without is not None)
    turns = iter(progress.part(turn / count, (turn + 1) / count) for turn in range(count))

    def gains(scorer: Recommender, read: EventLog) -> NDArray[np.float64]:
        each = _ranks(scorer, read, histories, truth, hide_seen, next(turns))
        return intervals.of_users(metrics.gains(each, LISTED), users)

    whole = gains(model, histories)

    def need(kind: Kind, behaviour: str, scorer: Recommender, read: EventLog) -> Need:
        change = intervals.paired(gains(scorer, read), whole)
        return Need(kind, behaviour, change.difference, change.low, change.high)

    found = [need(kind, behaviour, model, read) for kind, behaviour, read in spoiled]
    if without is not None:
        found.append(need("texts", "", without, histories))
    found.sort(key=lambda each: -each.drop)
    return float(whole.mean()) if len(whole) else 0.0, tuple(found)


def _ranks(
    model: Recommender, read: EventLog, own: EventLog, truth: NDArray[np.int32], hide_seen: bool, progress: Progress
) -> NDArray[np.int64]:
    """Ranks of the truths when the model reads `read`; what is hidden as seen is what the users' own histories have."""
    ranks = np.zeros(len(truth), dtype=np.int64)
    for start, end in _blocks(model, read):
        progress.step(start, len(truth), "Measuring what is lost without an input")
        scores = model.score(read.block(start, end))
        ranks[start:end] = ranking.truth_ranks(scores, own.block(start, end), truth[start:end], hide_seen)
    return ranks


def _blocks(model: Recommender, histories: EventLog) -> Iterator[tuple[int, int]]:
    most = min(256, getattr(model, "at_once", None) or 256)  # few enough to be stopped within a second
    return ranking.blocks(histories.users, histories.items, most=most)


def _spoiled(histories: EventLog, rng: np.random.Generator) -> Iterator[tuple[Kind, str, EventLog]]:
    """The histories without each input that they have: what was done to them, the behaviour, the histories."""
    present = np.unique(histories.behaviour)
    for code in present.tolist():
        yield "behaviour", histories.behaviours[code].name, histories.take(histories.behaviour != code)
    if histories.timed:
        yield "times", "", replace(histories, time=shuffled_gaps(histories, rng))
    order = shuffled(histories, rng)
    columns = {name: getattr(histories, name)[order] for name in ("item", "behaviour", "value", "text")}
    yield "order", "", replace(histories, **columns)
    if np.isfinite(histories.value).any():
        yield "values", "", replace(histories, value=rng.permutation(histories.value))
    said = (histories.item < 0) & (histories.text >= 0)
    if said.any():
        yield "searches", "", replace(histories, text=np.where(said, np.int32(-1), histories.text))


def shuffled(log: EventLog, rng: np.random.Generator) -> NDArray[np.int64]:
    """int64 [events], an order in which the events of each user change places among themselves."""
    return np.lexsort((rng.random(log.events), log.user))


def shuffled_gaps(log: EventLog, rng: np.random.Generator) -> NDArray[np.int64]:
    """Times, int64 [events], with each user's first and last as they are and the gaps between in another order."""
    gaps = np.diff(log.time, prepend=0)
    inner = log.position > 0
    within = np.flatnonzero(inner)
    gaps[within] = gaps[within[np.lexsort((rng.random(len(within)), log.user[within]))]]
    passed = np.cumsum(np.where(inner, gaps, 0))
    start = np.repeat(log.offsets[:-1], log.lengths)
    return np.asarray(log.time[start] + passed - passed[start])


def _without_texts(model: Recommender, name: str, items: int, rng: np.random.Generator) -> Recommender | None:
    """The model with the texts of items dealt out among them anew; None where it keeps none of them."""
    inner = cast(Recommender, getattr(model, "model", model))  # of one that heeds feedback
    tensors, settings = inner.state()
    order = rng.permutation(items)
    kept = {key: array for key, array in tensors.items() if _of_texts(key.split("/"), name, len(array) == items)}
    if not kept or not any(array.any() for array in kept.values()):
        return None
    return rebuild(name, {**tensors, **{key: array[order] for key, array in kept.items()}}, settings)


def _of_texts(path: Sequence[str], name: str, whole: bool) -> bool:
    """Whether an array of a state, named by `path`, is what its model keeps of the texts of all items."""
    owner = path[-2] if len(path) > 1 else name
    return whole and TEXT_ARRAYS.get(owner) == path[-1]
