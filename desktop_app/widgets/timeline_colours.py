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
        sign: int64 [events], a place in `signs` for each: what stands on its mark, for whoever sees no colours.
        signs: letters of categories, or numbers of sessions; none where the shape of the mark says the same.
    """

    codes: NDArray[np.uint8]
    names: tuple[str, ...]
    plain: bool
    sign: NDArray[np.int64] | None = None
    signs: tuple[str, ...] = ()

    def sign_of(self, event: int) -> str:
        """What stands on the mark of an event; nothing on those without one."""
        return "" if self.sign is None else self.signs[int(self.sign[event])]


def letter(colour: int) -> str:
    """The sign of a category's colour; nothing for the grey."""
    return "ABCDEFG"[colour] if colour < OTHER else ""


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
        letters = tuple(letter(colour) for colour in range(OTHER + 1))
        return Colours(codes, categories, False, codes.astype(np.int64), letters)
    if by == "session":
        lengths = np.diff(lanes.sessions, append=events.events)
        session = np.repeat(np.arange(len(lengths)), lengths)
        numbers = tuple(str(number) if number < 100 else f"{number % 100:02d}" for number in range(1, len(lengths) + 1))
        return Colours((session % OTHER).astype(np.uint8), (), False, session, numbers)
    return Colours(events.behaviour % 8, (), plain=True)
