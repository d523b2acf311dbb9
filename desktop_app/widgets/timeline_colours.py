"""What the colours of marks tell: the behaviour, the category of the item, or the session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.sequences.store import UserEvents
    from desktop_app.widgets.timeline_lanes import Lanes

By = Literal["behaviour", "category", "session"]
OTHER = 7  # the grey of the palette: rare categories, and events without one
NAMED = OTHER  # categories with a colour of their own


@dataclass(frozen=True)
class Colours:
    """The colour of each event.

    Attributes:
        codes: uint8 [events], a number of `theme.categorical` for each.
        names: what the first colours stand for; empty where a list of them would tell nothing.
        plain: whether each behaviour has the colour of its own mark.
    """

    codes: NDArray[np.uint8]
    names: tuple[str, ...]
    plain: bool


def frequent_categories(sequences: Iterable[UserEvents]) -> tuple[str, ...]:
    """The categories that get a colour: the most frequent ones of all these sequences together."""
    import pyarrow.compute as pc

    counts: Counter[str] = Counter()
    for events in sequences:
        for entry in pc.value_counts(events.categories.drop_null()).to_pylist():
            counts[entry["values"]] += entry["counts"]
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    return tuple(name for name in ranked if name)[:NAMED]


def colours_of(by: By, events: UserEvents, lanes: Lanes, categories: tuple[str, ...]) -> Colours:
    """The colours of a sequence; `categories` are those with a colour, in the order of their colours."""
    if by == "category":
        import pyarrow as pa
        import pyarrow.compute as pc

        found = pc.index_in(events.categories, value_set=pa.array(categories, pa.string()))
        codes = np.from_dlpack(pc.fill_null(found, OTHER).cast(pa.uint8()))
        return Colours(codes, categories, plain=False)
    if by == "session":
        lengths = np.diff(lanes.sessions, append=events.events)
        return Colours(np.repeat(np.arange(len(lengths)) % OTHER, lengths).astype(np.uint8), (), plain=False)
    return Colours(events.behaviour % 8, (), plain=True)
