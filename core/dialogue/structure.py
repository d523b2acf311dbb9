"""What a request asks for, part by part: each part is one thing that can be shown, taken back and kept as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, TypeVar, cast

from core.errors import SeqlensError

HOW = ("only", "no", "more", "less")
LIKINGS = ("like", "dislike", "ban")
LEANS = ("price", "year", "popularity", "variety", "novelty")
EDITS = ("remove", "add", "only", "until", "since", "latest", "latest days")


@dataclass(frozen=True)
class Category:
    """A category (or one tag of categories that name several): "only", "no", "more" or "less" of it."""

    kind: ClassVar[str] = "category"
    name: str
    how: str


@dataclass(frozen=True)
class Brand:
    """A brand, maker, author or other source of items: "only", "no", "more" or "less" of it, where `within` names a
    category of this alone."""

    kind: ClassVar[str] = "brand"
    name: str
    how: str
    within: str = ""


@dataclass(frozen=True)
class Item:
    """An item by its id: more "like" it, away from it ("dislike"), or never listed ("ban")."""

    kind: ClassVar[str] = "item"
    id: str
    title: str
    how: str


@dataclass(frozen=True)
class Price:
    """The range of prices, both included; None for no bound."""

    kind: ClassVar[str] = "price"
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Years:
    """The years that items are of, both included; `out` where these are left out instead."""

    kind: ClassVar[str] = "years"
    low: int | None = None
    high: int | None = None
    out: bool = False


@dataclass(frozen=True)
class Count:
    """The length of the list."""

    kind: ClassVar[str] = "count"
    number: int


@dataclass(frozen=True)
class Most:
    """At most so many items of one "category" or "brand"."""

    kind: ClassVar[str] = "most"
    number: int
    by: str = "category"


@dataclass(frozen=True)
class Seen:
    """Whether items that the user has are left out."""

    kind: ClassVar[str] = "seen"
    hide: bool


@dataclass(frozen=True)
class Target:
    """The behaviour that the list is to bring about."""

    kind: ClassVar[str] = "target"
    behaviour: str


@dataclass(frozen=True)
class Lean:
    """1 or -1: dear or cheap, new or old, popular or rare; 1: varied, unlike what the user knows."""

    kind: ClassVar[str] = "lean"
    what: str
    direction: int


@dataclass(frozen=True)
class Wish:
    """Words in the language space, and how much they pull (above 0) or push away (below)."""

    kind: ClassVar[str] = "wish"
    text: str
    weight: float


@dataclass(frozen=True)
class Edit:
    """A change of the user's history: "remove" or "add" what is named, "only" a behaviour, "until" or "since" a day
    (ISO, included), the "latest" `number` events or "latest days".

    What is named is an item (`item` its id, `name` its title), a category, a brand (with a category: both), or `words`
    of titles; with `behaviour` it is only the events of that behaviour, and alone all of those.
    """

    kind: ClassVar[str] = "history"
    do: str
    item: str = ""
    category: str = ""
    brand: str = ""
    words: str = ""
    behaviour: str = ""
    day: str = ""
    number: int = 0
    name: str = ""


@dataclass(frozen=True)
class Command:
    """Something that is said to the conversation itself: "undo" or "reset"."""

    kind: ClassVar[str] = "command"
    name: str


Part = Category | Brand | Item | Price | Years | Count | Most | Seen | Target | Lean | Wish | Edit | Command
PARTS: dict[str, type[Part]] = {
    each.kind: each
    for each in (Category, Brand, Item, Price, Years, Count, Most, Seen, Target, Lean, Wish, Edit, Command)
}
_CHOICES: dict[str, tuple[str, Sequence[object]]] = {
    "category": ("how", HOW),
    "brand": ("how", HOW),
    "item": ("how", LIKINGS),
    "lean": ("what", LEANS),
    "most": ("by", ("category", "brand")),
    "history": ("do", EDITS),
    "command": ("name", ("undo", "reset")),
}


def to_json(parts: Sequence[Part]) -> list[dict[str, object]]:
    """Parts as JSON values; `from_json` reads them."""
    return [{"kind": part.kind, **asdict(part)} for part in parts]


def from_json(body: object) -> tuple[Part, ...]:
    """The inverse of `to_json`.

    Raises:
        SeqlensError: something in it is not a part of a request.
    """
    try:
        return tuple(_part(cast("Mapping[str, object]", each)) for each in cast("Sequence[object]", body))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SeqlensError("What was asked for cannot be read. It is of a newer Seqlens, or damaged.") from error


def _part(body: Mapping[str, object]) -> Part:
    kind = PARTS[str(body["kind"])]
    values = {entry.name: body[entry.name] for entry in fields(kind) if entry.name in body}
    name, choices = _CHOICES.get(kind.kind, ("", ()))
    if name and values[name] not in choices:
        raise ValueError(name)
    return kind(**cast("dict[str, Any]", values))


@dataclass(frozen=True)
class Understood:
    """A request as it was understood.

    Attributes:
        text: what was written.
        parts: what it asks for.
        missed: where in the text stands what was not understood, as (start, end).
    """

    text: str
    parts: tuple[Part, ...]
    missed: tuple[tuple[int, int], ...] = ()

    @property
    def not_understood(self) -> list[str]:
        """The pieces of the text that nothing was made of."""
        return [self.text[start:end].strip() for start, end in self.missed]


Kind = TypeVar("Kind")


def of(kind: type[Kind], parts: Sequence[Part], keep: Callable[[Kind], bool] = lambda _: True) -> list[Kind]:
    """Those of `parts` that are of a kind and that `keep` wants."""
    return [part for part in parts if isinstance(part, kind) and keep(part)]


def joined(earlier: Sequence[Part], later: Sequence[Part]) -> tuple[Part, ...]:
    """What holds when `later` is asked for after `earlier`: it takes the place of what it contradicts."""
    kept = [part for part in earlier if not any(_replaces(new, part) for new in later)]
    prices = of(Price, later)
    for old in of(Price, earlier) if prices else []:
        new = prices[-1]  # "over 20" after "under 50" is both
        low, high = (new.low, new.high)
        if low is None and old.low is not None and high is not None and old.low <= high:
            low = old.low
        elif high is None and old.high is not None and low is not None and low <= old.high:
            high = old.high
        later = [Price(low, high) if part == new else part for part in later]
    return (*kept, *(part for part in later if part not in kept))


def _replaces(new: Part, old: Part) -> bool:
    match new, old:
        case (Price(), Price()) | (Count(), Count()) | (Seen(), Seen()) | (Target(), Target()):
            return True
        case (Years(), Years()):
            return new.out == old.out
        case (Most(), Most()):
            return new.by == old.by
        case (Lean(), Lean()):
            return new.what == old.what
        case (Category(), Category()):
            return new.name == old.name or (new.how == old.how == "only")
        case (Brand(), Brand()):
            same = new.name == old.name or (new.how == old.how == "only")
            return same and new.within == old.within
        case (Item(), Item()):
            return new.id == old.id
        case (Wish(), Wish()):
            return new.text == old.text
        case (Edit(), Edit()):
            return new == old
    return False
