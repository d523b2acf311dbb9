"""What is said of a name: the part of a request that an operator makes of a category, a brand or an item."""

from __future__ import annotations

from core.dialogue.names import Names
from core.dialogue.structure import Brand, Category, Item

_HOW_ITEM = {"no": "ban", "ban": "ban", "not like": "dislike", "less": "dislike", "dislike": "dislike"}
_HOW = {"no": "no", "ban": "no", "not like": "no", "less": "less", "dislike": "less", "more": "more", "like": "more"}


def how_of(kind: str, operator: str) -> str:
    """What an operator says of a name of a kind: one of `structure.HOW`, of an item one of `structure.LIKINGS`."""
    if kind == "item":
        return _HOW_ITEM.get(operator, "like")
    return _HOW.get(operator, "only")


def said_of(kind: str, value: str, how: str, names: Names) -> Category | Brand | Item:
    """The part that says `how` of a name (`names.Name`)."""
    if kind == "item":
        code = int(value)
        return Item(names.ids[code], names.titles[code], how)
    return Category(value, how) if kind == "category" else Brand(value, how)


def value_of(part: Category | Brand | Item, names: Names) -> str:
    """What `said_of` makes the part of again."""
    return str(names.ids.index(part.id)) if isinstance(part, Item) else part.name
