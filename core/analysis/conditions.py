"""What the users of a segment have in common, as plain data that a workspace keeps."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Literal, TypeAlias

from core.analysis.daytimes import DAYS, DAYTIMES
from core.errors import SeqlensError

Column = Literal["value", "price"]
Figure = Literal["sum", "mean"]
LONGEST = 36_500  # days, a century


@dataclass(frozen=True, kw_only=True)
class Within:
    """Of all events only those of a span of time; of any time where nothing is set.

    Attributes:
        last: of the last so many days before the last event of all users, from 1 to `LONGEST`.
        start, end: from and until these days (ISO 8601, UTC), both included.
    """

    last: int | None = None
    start: str | None = None
    end: str | None = None

    @property
    def timed(self) -> bool:
        """Whether it asks when the events were."""
        return (self.last, self.start, self.end) != (None, None, None)


@dataclass(frozen=True)
class EventCount(Within):
    """So many events, both ends included.

    Attributes:
        behaviour: name of the behaviour that is counted; None for any.
        category: of the items that the events are about; None for any, and for events without an item.
        low, high: None where there is no limit. `high` 0 is for users who never did it.
        tag: whether the category is one of those that an item's category names, as "Comedy" of "Comedy, Romance".
    """

    behaviour: str | None = None
    category: str | None = None
    low: int | None = 1
    high: int | None = None
    tag: bool = False


@dataclass(frozen=True)
class CategoryShare:
    """A share of the events that have an item and speak for it is about a category, both ends included.

    Attributes:
        category: of the items, or one of those that their category names, as "Comedy" of "Comedy, Romance".
        low, high: from 0 to 1; None where there is no limit.
    """

    category: str
    low: float | None = 0.25
    high: float | None = None


@dataclass(frozen=True)
class ActiveWhen:
    """A share of the events is at a time of the day and of the week (the workspace says where), both ends included.

    Attributes:
        hours: "night", "morning", "afternoon" or "evening" (`core.analysis.daytimes`); None for any.
        days: "weekend", "workdays" or a day of the week, "0" for Monday; None for any.
        low, high: from 0 to 1; None where there is no limit.
    """

    hours: str | None = "evening"
    days: str | None = None
    low: float | None = 0.5
    high: float | None = None


@dataclass(frozen=True)
class Amount(Within):
    """The sum or the mean of the events' values, or of the prices of their items, both ends included.

    A user without such an event has the sum 0 and no mean.
    """

    column: Column = "value"
    figure: Figure = "sum"
    behaviour: str | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class LastSeen:
    """The last event was so many days before the last event of all users, both ends included."""

    low: float | None = None
    high: float | None = 30.0


@dataclass(frozen=True)
class FirstSeen:
    """The first event was on one of these days (ISO 8601, UTC), both included."""

    low: str | None = None
    high: str | None = None


@dataclass(frozen=True)
class LastOn:
    """The last event was on one of these days (ISO 8601, UTC), both included."""

    low: str | None = None
    high: str | None = None


@dataclass(frozen=True)
class InCluster:
    """One of the groups that the analyst found on the map and saved there.

    Attributes:
        clusters: name of the saved document.
        label: of the group in it.
    """

    clusters: str
    label: str


@dataclass(frozen=True)
class UserIds:
    """These users, by the ids of the analyst's own files; unknown ones are nobody."""

    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chosen:
    """These users, by their codes in the workspace, which stay as they are."""

    codes: tuple[int, ...] = ()


@dataclass(frozen=True)
class AnyOf:
    """At least one of these; nothing is asked where there is none."""

    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class NoneOf:
    """Not a single one of these."""

    conditions: tuple[Condition, ...] = ()


Simple: TypeAlias = (
    EventCount | CategoryShare | ActiveWhen | Amount | LastSeen | LastOn | FirstSeen | InCluster | UserIds | Chosen
)
Condition: TypeAlias = Simple | AnyOf | NoneOf

DEEPEST = 8  # groups within groups that are read
KINDS: dict[str, type[Condition]] = {
    "events": EventCount,
    "share": CategoryShare,
    "when": ActiveWhen,
    "amount": Amount,
    "last_seen": LastSeen,
    "last_on": LastOn,
    "first_seen": FirstSeen,
    "cluster": InCluster,
    "ids": UserIds,
    "chosen": Chosen,
    "any": AnyOf,
    "none": NoneOf,
}
WINDOW = ("last", "start", "end")  # fields of `Within`
_NAMES = {kind: name for name, kind in KINDS.items()}


@dataclass(frozen=True)
class Segment:
    """The users who meet every one of the conditions; all users where there is none."""

    conditions: tuple[Condition, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Ready for JSON."""
        return {"conditions": [_stored(one) for one in self.conditions]}

    @classmethod
    def from_dict(cls, body: Mapping[str, object]) -> Segment:
        """What `to_dict` gave.

        Raises:
            SeqlensError: it was made by a newer version, or damaged.
        """
        stored = body.get("conditions")
        if not isinstance(stored, list):
            raise _unreadable()
        return cls(tuple(_condition(one) for one in stored))

    @property
    def needs_times(self) -> bool:
        """Whether it can be told only of events that have times."""
        return any(
            isinstance(one, LastSeen | LastOn | FirstSeen | ActiveWhen) or (isinstance(one, Within) and one.timed)
            for one in simple(self.conditions)
        )


def simple(conditions: Iterable[Condition]) -> Iterator[Simple]:
    """The conditions that are no groups, those within groups as well, in their order."""
    for one in conditions:
        if isinstance(one, AnyOf | NoneOf):
            yield from simple(one.conditions)
        else:
            yield one


def _stored(condition: Condition) -> dict[str, object]:
    kind: dict[str, object] = {"kind": _NAMES[type(condition)]}
    if isinstance(condition, AnyOf | NoneOf):
        return kind | {"conditions": [_stored(one) for one in condition.conditions]}
    unset = {name for name in WINDOW if getattr(condition, name, None) is None}  # as before there were windows
    return kind | {name: value for name, value in asdict(condition).items() if name not in unset}


def _condition(stored: object, depth: int = 0) -> Condition:
    kind = KINDS.get(str(stored.get("kind"))) if isinstance(stored, dict) else None
    if kind is None or not isinstance(stored, dict):
        raise _unreadable()
    if kind in (AnyOf, NoneOf):
        inner = stored.get("conditions")
        if stored.keys() != {"kind", "conditions"} or not isinstance(inner, list) or depth == DEEPEST:
            raise _unreadable()
        return kind(tuple(_condition(one, depth + 1) for one in inner))
    known = {field.name for field in fields(kind)}
    values: dict[str, Any] = {name: value for name, value in stored.items() if name != "kind"}
    if not values.keys() <= known or not all(_agrees(kind, name, value) for name, value in values.items()):
        raise _unreadable()
    values |= {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    try:
        return kind(**values)
    except TypeError:
        raise _unreadable() from None


def _agrees(kind: type[Condition], name: str, value: object) -> bool:
    """Whether a stored value may stand in a field of this name."""
    if name in ("ids", "codes"):
        of = str if name == "ids" else int
        return isinstance(value, list) and all(isinstance(one, of) for one in value)
    if name in ("low", "high"):
        dated = kind in (FirstSeen, LastOn)
        fits = _is_day(value) if dated else isinstance(value, int | float) and math.isfinite(value)
        return value is None or fits
    if name in ("hours", "days"):
        return value is None or value in (DAYTIMES if name == "hours" else DAYS)
    if name == "last":
        return value is None or (isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LONGEST)
    if name in ("start", "end"):
        return value is None or _is_day(value)
    if name == "tag":
        return isinstance(value, bool)
    if name in ("column", "figure"):
        return value in (("value", "price") if name == "column" else ("sum", "mean"))
    return isinstance(value, str) or (value is None and name in ("behaviour", "category"))


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _unreadable() -> SeqlensError:
    return SeqlensError("This segment was made by a newer Seqlens. Update Seqlens, or make the segment again.")
