"""The columns that everything else computes on: the event log and the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Behaviour:
    """One kind of event, such as a view or a purchase.

    Attributes:
        name: what it is called.
        negative: whether it speaks against the item.
        told: whether it was said of an item instead of being done with it: the analyst's feedback.
    """

    name: str
    negative: bool = False
    told: bool = False


@dataclass(frozen=True)
class EventLog:
    """Events of many users as columns, sorted by user and, within a user, by order of happening.

    User `u` has the events `offsets[u]:offsets[u + 1]`. A batch of histories to be scored is an `EventLog` as well:
    its users are then the rows of the batch.

    Attributes:
        item: int32 [events], row in the catalogue; -1 for an event with a text and no item.
        behaviour: uint8 [events], index into `behaviours`.
        time: int64 [events], microseconds since 1970 UTC, or, if not `timed`, the number of the event in its sequence.
        value: float32 [events], rating, price or dwell time; NaN where there is none.
        text: int32 [events], code of the event's own text (a search); -1 where there is none.
        offsets: int64 [users + 1].
        behaviours: what the behaviour codes mean.
        items: number of items in the catalogue.
        timed: whether `time` is a time.
    """

    item: NDArray[np.int32]
    behaviour: NDArray[np.uint8]
    time: NDArray[np.int64]
    value: NDArray[np.float32]
    text: NDArray[np.int32]
    offsets: NDArray[np.int64]
    behaviours: tuple[Behaviour, ...]
    items: int
    timed: bool

    @property
    def users(self) -> int:
        return len(self.offsets) - 1

    @property
    def events(self) -> int:
        return len(self.item)

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """int64 [users], the number of events of each user."""
        return np.diff(self.offsets)

    @cached_property
    def user(self) -> NDArray[np.int32]:
        """int32 [events], the user of each event."""
        return np.repeat(np.arange(self.users, dtype=np.int32), self.lengths)

    @cached_property
    def position(self) -> NDArray[np.int64]:
        """int64 [events], the number of each event within its user's sequence, from 0."""
        return np.arange(self.events, dtype=np.int64) - np.repeat(self.offsets[:-1], self.lengths)

    @cached_property
    def negative(self) -> NDArray[np.bool_]:
        """bool [events], whether the event speaks against its item."""
        flags = np.array([behaviour.negative for behaviour in self.behaviours] or [False], dtype=np.bool_)
        return flags[self.behaviour]

    @cached_property
    def told(self) -> NDArray[np.bool_]:
        """bool [events], whether the event is feedback, which is learned from and is never what a test holds out."""
        flags = np.array([behaviour.told for behaviour in self.behaviours] or [False], dtype=np.bool_)
        return flags[self.behaviour]

    @cached_property
    def positive(self) -> NDArray[np.bool_]:
        """bool [events], whether the event has an item and speaks for it: only such an event can be predicted."""
        return (self.item >= 0) & ~self.negative

    @cached_property
    def target(self) -> NDArray[np.bool_]:
        """bool [events], whether the event can be held out: it speaks for an item, and was done and not only told."""
        return self.positive & ~self.told

    def take(self, events: NDArray[np.bool_]) -> EventLog:
        """The log with only the events where `events` (bool [events]) is true; users keep their places."""
        kept = np.concatenate(([0], np.cumsum(events)))
        return self._columns(events, kept[self.offsets].astype(np.int64))

    def select(self, users: NDArray[np.integer]) -> EventLog:
        """The log of only `users`, in the order given (repeats allowed)."""
        users = np.asarray(users, dtype=np.int64)
        return self.heads(users, self.lengths[users])

    def heads(self, users: NDArray[np.integer], lengths: NDArray[np.integer]) -> EventLog:
        """The log of `users` (repeats allowed), of each only as many of the first events as `lengths` says."""
        users = np.asarray(users, dtype=np.int64)
        offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        index = np.arange(offsets[-1]) + np.repeat(self.offsets[users] - offsets[:-1], lengths)
        return self._columns(index, offsets)

    def known(self, items: int, behaviours: int) -> EventLog:
        """The log as it looks to a model that knows only the first `items` and `behaviours`: without other events."""
        if self.items == items and len(self.behaviours) == behaviours:
            return self
        kept = self.take(self.knows(items, behaviours))
        return replace(kept, items=items, behaviours=self.behaviours[:behaviours])

    def knows(self, items: int, behaviours: int) -> NDArray[np.bool_]:
        """bool [events], whether a model of the first `items` and `behaviours` knows what the event is about."""
        return (self.item < items) & (self.behaviour < behaviours)

    def block(self, start: int, end: int) -> EventLog:
        """The log of the users `start:end`, sharing memory with this one."""
        first, last = self.offsets[start], self.offsets[end]
        return self._columns(slice(first, last), self.offsets[start : end + 1] - first)

    def _columns(self, index: NDArray[np.bool_] | NDArray[np.int64] | slice, offsets: NDArray[np.int64]) -> EventLog:
        return replace(
            self,
            item=self.item[index],
            behaviour=self.behaviour[index],
            time=self.time[index],
            value=self.value[index],
            text=self.text[index],
            offsets=offsets,
        )


@dataclass(frozen=True)
class Catalogue:
    """The items: row `i` of every column is the item with the code `i`.

    Attributes:
        ids: the analyst's own item ids, text.
        titles: titles, null where unknown.
        categories: category names, null where unknown.
        descriptions: longer texts, null where unknown.
        prices: float32 [items], NaN where unknown.
    """

    ids: pa.StringArray
    titles: pa.StringArray
    categories: pa.StringArray
    descriptions: pa.StringArray
    prices: NDArray[np.float32]

    @property
    def items(self) -> int:
        return len(self.prices)

    @cached_property
    def texts(self) -> list[str]:
        """One text an item for a language model: title, category and description, the id's empty string if none."""
        columns = zip(self.titles.to_pylist(), self.categories.to_pylist(), self.descriptions.to_pylist(), strict=True)
        return [". ".join(part for part in row if part) for row in columns]
