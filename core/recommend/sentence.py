"""What may be said in words of why an item is recommended, as clauses with figures; the window words them.

Nothing is said that the figures do not bear: a part is named only where it is a real share of what speaks for the
item, an event only where its share is clearly more than its standard error, and the base where hardly an event counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LARGE = 0.5  # share of what speaks for an item from which a component is "most" of it
REAL = 0.15  # share below which nothing is named
CLEAR = 2.0  # standard errors that an event's share must be away from nothing
NAMED = 2  # events that are named at most


@dataclass(frozen=True)
class Component:
    """A component of the score: its name and its share of all that speaks for the item (or, `against`, of all that
    speaks against it, relative to what speaks for it)."""

    name: str
    share: float


@dataclass(frozen=True)
class Statement:
    """What can be said.

    Attributes:
        first: the components that speak most for the item, the largest first; one where it is most of it.
        most: whether the first component is more than half of what speaks for the item.
        against: a component that takes away a real part of that; None where none does.
        events: places of events that clearly gave a real part, the largest first.
        events_share: their share of all that events gave in favour of the item; 0 where none is named.
        history_counts: whether the events clearly changed the score at all.
    """

    first: tuple[Component, ...]
    most: bool
    against: Component | None
    events: tuple[int, ...]
    events_share: float
    history_counts: bool


def statement(
    components: Sequence[str],
    shares: NDArray[np.floating],
    event_shares: NDArray[np.floating],
    event_errors: NDArray[np.floating],
) -> Statement:
    """What the figures of one item bear.

    Args:
        components: names, c of them.
        shares: float [c].
        event_shares: float [events].
        event_errors: float [events], standard errors; 0 where exact.
    """
    speaks = float(np.maximum(shares, 0.0).sum())
    order = np.argsort(-np.asarray(shares), kind="stable")
    named = [place for place in order if shares[place] > 0 and shares[place] >= REAL * speaks]
    most = bool(named) and float(shares[named[0]]) > LARGE * speaks
    first = tuple(Component(components[place], float(shares[place]) / speaks) for place in named[: 1 if most else 2])
    worst = int(order[-1]) if len(order) else -1
    against = None
    if worst >= 0 and shares[worst] < 0 and -float(shares[worst]) >= REAL * max(speaks, 1e-12):
        against = Component(components[worst], -float(shares[worst]) / max(speaks, 1e-12))
    clear = np.abs(event_shares) > CLEAR * np.asarray(event_errors)
    gave = float(np.maximum(event_shares, 0.0).sum())
    ranked = np.argsort(-np.asarray(event_shares), kind="stable")[:NAMED]
    events = tuple(
        int(event)
        for event in ranked
        if clear[event] and event_shares[event] > 0 and event_shares[event] >= REAL * gave
    )
    given = float(sum(event_shares[event] for event in events))
    return Statement(
        first=first,
        most=most,
        against=against,
        events=events,
        events_share=given / gave if events else 0.0,
        history_counts=bool(clear.any()),
    )
