"""Which of a user's events are looked at: by behaviour, category, text, price and time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.sequences.store import UserEvents


@dataclass(frozen=True)
class EventFilter:
    """Every condition that is set must hold; an event whose price or category is unknown fails one on it.

    Attributes:
        behaviours: names of the behaviours that are kept; None for all.
        categories: names of the categories that are kept; None for all.
        text: what the title, the id or the event's own text must contain, in either case; empty for anything.
        least: the lowest price; None for no bound.
        most: the highest price; None for no bound.
        start: the first moment (as in `UserEvents.time`); None for no bound.
        end: the last moment; None for no bound.
    """

    behaviours: frozenset[str] | None = None
    categories: frozenset[str] | None = None
    text: str = ""
    least: float | None = None
    most: float | None = None
    start: float | None = None
    end: float | None = None

    @property
    def empty(self) -> bool:
        """Whether every event passes."""
        return self == EventFilter()

    def between(self, start: float | None, end: float | None) -> EventFilter:
        """The same with another span of time."""
        return replace(self, start=start, end=end)

    def matches(self, events: UserEvents) -> NDArray[np.bool_]:
        """bool [events], which of them pass."""
        kept = np.ones(events.events, np.bool_)
        if self.behaviours is not None:
            known = np.array([behaviour.name in self.behaviours for behaviour in events.behaviours] or [False])
            kept &= known[events.behaviour]
        if self.categories is not None:
            kept &= _is_in(events.categories, self.categories)
        if self.text.strip():
            kept &= _contains(events, self.text.strip().lower())
        if self.least is not None:
            kept &= events.price >= self.least  # false where the price is no number
        if self.most is not None:
            kept &= events.price <= self.most
        if self.start is not None:
            kept &= events.time >= self.start
        if self.end is not None:
            kept &= events.time <= self.end
        return kept


def _is_in(column: object, names: frozenset[str]) -> NDArray[np.bool_]:
    import pyarrow as pa
    import pyarrow.compute as pc

    return _flags(pc.is_in(column, value_set=pa.array(sorted(names), pa.string())))


def _contains(events: UserEvents, text: str) -> NDArray[np.bool_]:
    import pyarrow.compute as pc

    found = np.zeros(events.events, np.bool_)
    for column in (events.titles, events.ids, events.texts):
        found |= _flags(pc.fill_null(pc.match_substring(pc.utf8_lower(column), text), False))
    return found


def _flags(column: object) -> NDArray[np.bool_]:
    """An Arrow column of booleans without nulls as an array; Arrow's own way imports pandas, which takes 0.4 s."""
    import pyarrow.compute as pc

    flags = np.zeros(len(column), np.bool_)  # type: ignore[arg-type]
    flags[np.from_dlpack(pc.indices_nonzero(column))] = True
    return flags
