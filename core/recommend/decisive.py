"""Which few events a score hangs on: those without which, all together, it would move most.

A share is the mean of what an event adds over all orders in which the events could have come, so that the events with
the largest shares need not be those that are missed most together: of two that need each other, one alone takes away
what both gave. Here groups are masked as groups (Samek et al. 2017 judge explanations so; Fong
and Vedaldi 2017 explain so). All groups of a few candidates are tried: the events of the largest shares and the latest
ones, as no group of all the events could be.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from core.models.base import Breakdown

TOGETHER = 3  # events that are named
SHARES = 7  # candidates by their shares
LATEST = 3  # candidates as they came last


@dataclass(frozen=True)
class Decisive:
    """A group of events.

    Attributes:
        events: their places, in order.
        moves: by how much the score changes when all of them are masked, the others staying at their places; less
            than 0 where they spoke for the item.
    """

    events: tuple[int, ...]
    moves: float


def decisive(found: Breakdown, row: int = 0) -> Decisive | None:
    """The group without which the score of item `row` moves most; None where there are no more events than a group has.

    Args:
        found: a breakdown, or one of its rounds; the surer its shares, the better the candidates.
    """
    shares = found.event_shares[row]
    events = len(shares)
    if events <= TOGETHER:
        return None
    largest = np.argsort(-np.abs(shares), kind="stable")[:SHARES]
    candidates = np.union1d(largest, np.arange(events - LATEST, events))
    groups: NDArray[np.int64] = np.array(list(combinations(candidates.tolist(), TOGETHER)))
    seen = np.ones((1 + len(groups), events), dtype=np.bool_)
    seen[np.arange(1, len(seen))[:, None], groups] = False
    values = found.masked(seen)[:, row]
    moves = values[1:] - values[0]
    most = int(np.abs(moves).argmax())
    return Decisive(tuple(groups[most].tolist()), float(moves[most]))
