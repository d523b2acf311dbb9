"""A user's history as the analyst changes it to see what would be recommended then; the data stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.sequences.log import Behaviour, EventLog

Places = Sequence[int]


@dataclass(frozen=True)
class Changes:
    """How many events differ from the user's own: no longer there, not there before, elsewhere, or done otherwise."""

    removed: int
    added: int
    moved: int
    changed: int

    def __bool__(self) -> bool:
        return any((self.removed, self.added, self.moved, self.changed))


@dataclass(frozen=True)
class ChangedHistory:
    """One version of a history. Every change gives a new version; places count from 0.

    Attributes:
        log: the events of the one user.
        origin: int32 [events], the number of each event in the user's own sequence; -1 for one that was added.
        moved: bool [events], whether the analyst moved the event.
        own: the user's own history.
    """

    log: EventLog
    origin: NDArray[np.int32]
    moved: NDArray[np.bool_]
    own: EventLog

    @classmethod
    def of(cls, log: EventLog) -> ChangedHistory:
        """The history of `log`, a log of one user, before any change."""
        return cls(log, np.arange(log.events, dtype=np.int32), np.zeros(log.events, dtype=np.bool_), log)

    @property
    def events(self) -> int:
        return self.log.events

    @property
    def changed(self) -> NDArray[np.bool_]:
        """bool [events], whether the event has another behaviour than it had."""
        had = np.append(self.own.behaviour, np.uint8(0))[self.origin]
        return np.asarray((self.origin >= 0) & (self.log.behaviour != had))

    @property
    def changes(self) -> Changes:
        """What differs from the user's own history."""
        added = int(np.count_nonzero(self.origin < 0))
        return Changes(
            removed=self.own.events - (self.events - added),
            added=added,
            moved=int(np.count_nonzero(self.moved)),
            changed=int(np.count_nonzero(self.changed)),
        )

    def without(self, places: Places) -> ChangedHistory:
        """Without the events at `places`; the others keep their times."""
        kept = np.ones(self.events, dtype=np.bool_)
        kept[list(places)] = False
        return self._taken(np.flatnonzero(kept))

    def until(self, moment: int) -> ChangedHistory:
        """As it was at a moment (as in `EventLog.time`): only the events up to then."""
        return self._taken(np.flatnonzero(self.log.time <= moment))

    def move(self, place: int, to: int) -> ChangedHistory:
        """With the event at `place` at the place `to`; the moments stay, events change places in them."""
        order = np.insert(np.delete(np.arange(self.events), place), to, place)
        made = self._taken(order)
        moved = made.moved.copy()
        moved[to] |= place != to and made.origin[to] >= 0
        return replace(made, log=replace(made.log, time=self.log.time), moved=moved)

    def behave(self, places: Places, behaviour: int) -> ChangedHistory:
        """With another behaviour (a code of `log.behaviours`) at `places`."""
        codes = self.log.behaviour.copy()
        codes[list(places)] = behaviour
        return replace(self, log=replace(self.log, behaviour=codes))

    def add(self, place: int, item: int, behaviour: int) -> ChangedHistory:
        """With one more event before the one at `place` (or at the end), midway between its neighbours' times."""
        log = self.log

        def put(column: NDArray[Any], value: object) -> NDArray[Any]:
            return np.insert(column, place, np.asarray(value, dtype=column.dtype))

        made = replace(
            log,
            item=put(log.item, item),
            behaviour=put(log.behaviour, behaviour),
            time=put(log.time, self._moment(place)),
            value=put(log.value, np.nan),
            text=put(log.text, -1),
            offsets=np.array([0, log.events + 1], dtype=np.int64),
        )
        return replace(self, log=_numbered(made), origin=put(self.origin, -1), moved=put(self.moved, False))

    def _moment(self, place: int) -> int:
        """A time for an event before `place`; at either end, a usual gap away from what is there."""
        time = self.log.time
        if not len(time):
            return int(self.own.time[-1]) if self.own.events else 0
        usual = int(np.median(np.diff(time))) if len(time) > 1 else 0
        if place == 0:
            return int(time[0]) - usual
        return int(time[-1]) + usual if place == len(time) else int(time[place - 1] + time[place]) // 2

    def _taken(self, index: NDArray[np.int64]) -> ChangedHistory:
        log = self.log
        made = replace(
            log,
            item=log.item[index],
            behaviour=log.behaviour[index],
            time=log.time[index],
            value=log.value[index],
            text=log.text[index],
            offsets=np.array([0, len(index)], dtype=np.int64),
        )
        return replace(self, log=_numbered(made), origin=self.origin[index], moved=self.moved[index])

    def to_json(self) -> dict[str, object]:
        """As a document that `from_json` reads, with codes of items and texts, which a workspace gives only once."""
        log = self.log
        return {
            "item": log.item.tolist(),
            "behaviour": [log.behaviours[code].name for code in log.behaviour.tolist()],
            "time": log.time.tolist(),
            "value": [None if value != value else value for value in log.value.tolist()],
            "text": log.text.tolist(),
            "origin": self.origin.tolist(),
            "moved": self.moved.tolist(),
        }

    @classmethod
    def from_json(cls, body: dict[str, object], log: EventLog) -> ChangedHistory:
        """The version that `to_json` described, of the user whose own history is `log` now.

        Raises:
            SeqlensError: the document is damaged, or has a behaviour that the data do not have.
        """
        known = {behaviour.name: code for code, behaviour in enumerate(log.behaviours)}
        try:
            columns = {name: cast("list[float]", body[name]) for name in ("item", "time", "text", "origin")}
            moved = np.array(cast("list[bool]", body["moved"]), dtype=np.bool_)
            codes = [known[name] for name in cast("list[str]", body["behaviour"])]
            values = [np.nan if value is None else value for value in cast("list[float | None]", body["value"])]
            made = replace(
                log,
                item=np.array(columns["item"], dtype=np.int32),
                behaviour=np.array(codes, dtype=np.uint8),
                time=np.array(columns["time"], dtype=np.int64),
                value=np.array(values, dtype=np.float32),
                text=np.array(columns["text"], dtype=np.int32),
                offsets=np.array([0, len(codes)], dtype=np.int64),
            )
            origin = np.array(columns["origin"], dtype=np.int32)
            lengths = {len(codes), len(values), len(moved), *map(len, columns.values())}
            if len(lengths) > 1 or made.item.max(initial=-1) >= log.items or origin.max(initial=-1) >= log.events:
                raise ValueError("it speaks of what is not there")
        except (KeyError, TypeError, ValueError) as error:
            raise SeqlensError("This changed history no longer fits the data. Make it again.") from error
        return cls(made, origin, moved, log)


def _numbered(log: EventLog) -> EventLog:
    """Without times an event's time is its number."""
    return log if log.timed else replace(log, time=np.arange(log.events, dtype=np.int64))


def usual_behaviour(log: EventLog, behaviours: Sequence[Behaviour]) -> int:
    """What an added event does unless told: what the user did last that speaks for an item, or else the first such."""
    done = log.behaviour[log.positive]
    if len(done):
        return int(done[-1])
    return next((code for code, behaviour in enumerate(behaviours) if not behaviour.negative), 0)


class Edits:
    """The versions of a history that the analyst made, one after the other."""

    def __init__(self, first: ChangedHistory) -> None:
        self._versions = [first]
        self._place = 0

    @property
    def now(self) -> ChangedHistory:
        """The version that is looked at."""
        return self._versions[self._place]

    @property
    def first(self) -> ChangedHistory:
        """The user's own history."""
        return self._versions[0]

    @property
    def undoable(self) -> bool:
        return self._place > 0

    @property
    def redoable(self) -> bool:
        return self._place < len(self._versions) - 1

    def do(self, version: ChangedHistory) -> None:
        """Take a new version; those that were undone before are gone."""
        self._versions[self._place + 1 :] = [version]
        self._place += 1

    def undo(self) -> None:
        """Go back one version, if there is one."""
        self._place = max(0, self._place - 1)

    def redo(self) -> None:
        """Take back an `undo`."""
        self._place = min(self._place + 1, len(self._versions) - 1)


def liking(log: EventLog, items: NDArray[np.int32]) -> EventLog:
    """The history of somebody new who likes `items` (int32 [n]), as an event each, now and in the given order.

    Args:
        log: all events: the most frequent behaviour that speaks for an item is what likes look like.
    """
    counts = np.bincount(log.behaviour[log.target], minlength=max(len(log.behaviours), 1))
    now = int(log.time.max()) if log.timed and log.events else 0
    return EventLog(
        item=items.astype(np.int32),
        behaviour=np.full(len(items), counts.argmax(), dtype=np.uint8),
        time=now + np.arange(len(items), dtype=np.int64),
        value=np.full(len(items), np.nan, dtype=np.float32),
        text=np.full(len(items), -1, dtype=np.int32),
        offsets=np.array([0, len(items)], dtype=np.int64),
        behaviours=log.behaviours,
        items=log.items,
        timed=log.timed,
    )
