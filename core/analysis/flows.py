"""What follows what: states of events, their transitions, steps and paths, over many users at once.

Everything is counted on the columns of an `EventLog`; users without events in it are nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from core.language.item_features import shared_tags
from core.sequences.log import EventLog

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.progress import Progress
    from core.sequences.log import Catalogue

By = Literal["behaviour", "category"]
PATH = re.compile("[>/]")  # parts the steps of a category that is a path, as "Home > Kitchen"
MOST = 24  # states that are told apart; the rest are one


@dataclass(frozen=True)
class Named:
    """A log whose events are in named states: behaviours, or categories of items.

    Attributes:
        log: the events that have a state; those of no item, or of an item without a category, have none.
        state: int64 [log.events], index into `names`.
        names: of the states, the most frequent first; the pooled one is the last and has the empty name.
        pooled: how many rarer states are pooled; 0 where there is no such state.
    """

    log: EventLog
    state: NDArray[np.int64]
    names: tuple[str, ...]
    pooled: int

    @property
    def states(self) -> int:
        return len(self.names)

    def among(self, users: NDArray[np.int32]) -> Named:
        """The events of only these users (codes); the others have none, and the states stay as they are."""
        chosen = events_of(self.log, users)
        return Named(self.log.take(chosen), self.state[chosen], self.names, self.pooled)


def events_of(log: EventLog, users: NDArray[np.int32]) -> NDArray[np.bool_]:
    """bool [events], whether an event is of one of these users (codes)."""
    chosen = np.zeros(log.users, dtype=np.bool_)
    chosen[users] = True
    return np.repeat(chosen, log.lengths)


def named(log: EventLog, catalogue: Catalogue, by: By, most: int = MOST) -> Named:
    """The events with their behaviours, or with the categories of their items.

    Where tags make up the categories, as genres do, an event counts for the first tag of its item's category.
    """
    if by == "behaviour":
        names, code = [behaviour.name for behaviour in log.behaviours], log.behaviour.astype(np.int64)
    else:
        names, of_item = _categories(catalogue)
        known = log.item >= 0
        code = np.full(log.events, -1, dtype=np.int64)
        code[known] = of_item[log.item[known]]
    counts = np.bincount(code + 1, minlength=len(names) + 1)[1:]
    order = np.argsort(-counts, kind="stable")
    order = order[counts[order] > 0]
    pooled = len(order) - most if len(order) > most + 1 else 0  # a pool of one would be no pool
    shown = order[:most] if pooled else order
    place = np.full(len(names) + 1, len(shown) if pooled else -1, dtype=np.int64)
    place[shown] = np.arange(len(shown))
    place[-1] = -1  # where the code is -1
    state = place[code]
    kept = state >= 0
    told = tuple(names[int(one)] for one in shown) + (("",) if pooled else ())
    if kept.all():
        return Named(log, state, told, pooled)
    return Named(log.take(kept), state[kept], told, pooled)


def _categories(catalogue: Catalogue) -> tuple[list[str], NDArray[np.int64]]:
    """The names of all categories, or of their first tags, and for each item the place of its own; -1 for none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    column = pc.if_else(pc.equal(catalogue.categories, ""), pa.scalar(None, pa.string()), catalogue.categories)
    coded = column.dictionary_encode()
    codes = np.from_dlpack(pc.fill_null(coded.indices, -1)).astype(np.int64)
    whole = [str(name) for name in coded.dictionary.to_pylist()]
    # The first part of a path is what all of them share; only its whole tells one from another.
    first = [name if PATH.search(name) else tags[0] for name, tags in zip(whole, shared_tags(whole), strict=True)]
    names = {name: place for place, name in enumerate(dict.fromkeys(first))}
    place = np.array([*(names[name] for name in first), -1], dtype=np.int64)  # the last one is that of the code -1
    return list(names), place[codes]


@dataclass(frozen=True)
class Transitions:
    """How often one state follows another within a user's sequence.

    Attributes:
        counts: int64 [states, states], from the row's state to the column's.
        starts: int64 [states], users whose sequence begins in the state.
        ends: int64 [states], users whose sequence ends in it.
    """

    counts: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    @property
    def shares(self) -> NDArray[np.float64]:
        """float64 [states, states], of all that follows the row's state; 0 where nothing does."""
        sums = self.counts.sum(axis=1, keepdims=True)
        shares: NDArray[np.float64] = self.counts / np.maximum(sums, 1)
        return shares


def transitions(events: Named) -> Transitions:
    """Count each pair of neighbouring events."""
    log, state, count = events.log, events.state, events.states
    first, last = _ends(log)
    follows = np.ones(log.events, dtype=np.bool_)
    follows[first] = False
    after = np.flatnonzero(follows)
    pairs = state[after - 1] * count + state[after]
    return Transitions(
        np.bincount(pairs, minlength=count * count).reshape(count, count),
        np.bincount(state[first], minlength=count),
        np.bincount(state[last], minlength=count),
    )


def _ends(log: EventLog) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the sequences of users with events begin and end."""
    filled = log.lengths > 0
    return log.offsets[:-1][filled], log.offsets[1:][filled] - 1


def step_matrix(events: Named, steps: int) -> NDArray[np.int64]:
    """Users in each state at their 1st, 2nd ... event, int64 [states + 1, steps].

    The last row counts the users whose sequence has ended by then; each column sums to the users with events
    (Retentioneering's step matrix).
    """
    log, count = events.log, events.states
    early = log.position < steps
    place = events.state[early] * steps + log.position[early]
    matrix = np.bincount(place, minlength=count * steps).reshape(count, steps)
    users = int(np.count_nonzero(log.lengths))
    return np.vstack((matrix, users - matrix.sum(axis=0)))


@dataclass(frozen=True)
class Paths:
    """The commonest paths of one length, the one that most users took first.

    Attributes:
        states: int64 [paths, length].
        users: int64 [paths], who took it at least once.
        times: int64 [paths], how often it was taken, overlaps included.
        everyone: users with events.
    """

    states: NDArray[np.int64]
    users: NDArray[np.int64]
    times: NDArray[np.int64]
    everyone: int


def paths(events: Named, length: int, most: int, progress: Progress, collapse: bool = False) -> Paths:
    """Runs of `length` neighbouring events of one user, counted by the states they go through.

    With `collapse`, an event in the state of the one before it is passed over: view, view, cart is view, cart.
    """
    everyone = int(np.count_nonzero(events.log.lengths))
    log, state = collapsed(events) if collapse else (events.log, events.state)
    count, width = events.states, max(1, log.events - length + 1)
    if log.events < length:
        nothing = np.zeros(0, dtype=np.int64)
        return Paths(np.zeros((0, length), dtype=np.int64), nothing, nothing, everyone)
    code = np.zeros(width, dtype=np.int64)
    for step in range(length):
        code = code * count + state[step : step + width]
    whole = log.position[length - 1 :] >= length - 1  # ends in the sequence of the user it began in
    progress.check()
    code, base = code[whole], count**length
    names = None
    if log.users * base >= 2**62:  # then by the places of those paths that there are
        names, code = np.unique(code, return_inverse=True)
        base = len(names)
    progress.check()
    found, times = runs(np.sort(code))
    progress.check()
    taken, _ = runs(np.sort(log.user[:width][whole] * np.int64(base) + code))  # each user once for each path
    _, users = runs(np.sort(taken % base))
    found = found if names is None else names[found]
    best = np.lexsort((found, -times, -users))[:most]
    powers = np.int64(count) ** np.arange(length - 1, -1, -1)
    return Paths(found[best, None] // powers % count, users[best], times[best], everyone)


def collapsed(events: Named) -> tuple[EventLog, NDArray[np.int64]]:
    """Without the events that are in the state of the event before."""
    log, state = events.log, events.state
    new = np.ones(log.events, dtype=np.bool_)
    new[1:] = state[1:] != state[:-1]
    new[_ends(log)[0]] = True
    return log.take(new), state[new]


def runs(ordered: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The distinct values of a sorted array and how often each is there, both int64 [distinct].

    Sorting and this take a tenth of the time of `np.unique`, which hashes.
    """
    new = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    starts = np.flatnonzero(new)
    return ordered[starts], np.diff(np.append(starts, len(ordered)))
