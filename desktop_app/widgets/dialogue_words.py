"""What a conversation has understood, in words for its chips."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from core.dialogue.structure import (
    Brand,
    Category,
    Count,
    Edit,
    Item,
    Lean,
    Most,
    Part,
    Price,
    Seen,
    Target,
    Wish,
    Years,
)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dialogue", text)


def words(part: Part) -> str:
    """One part of a request, short enough for a chip."""
    match part:
        case Category(name, how) | Brand(name, how, ""):
            return _how(how).format(name)
        case Brand(name, how, within):
            return _how(how).format(f"{name} · {within}")
        case Item(_, title, how):
            return _liking(how).format(title)
        case Price(low, high):
            return _tr("Price {0}").format(_range(low, high))
        case Years(low, high, out):
            years = _range(low, high)
            return (_tr("Not of the years {0}") if out else _tr("Years {0}")).format(years)
        case Count(number):
            return _tr("{0} items").format(number)
        case Most(number, by):
            text = _tr("At most {0} a brand") if by == "brand" else _tr("At most {0} a category")
            return text.format(number)
        case Seen(hide):
            return _tr("Without seen items") if hide else _tr("With seen items")
        case Target(behaviour):
            return _tr("Ranked for: {0}").format(behaviour)
        case Lean(what, direction):
            return _lean(what, direction)
        case Wish(text, weight):
            return (_tr("More like “{0}”") if weight > 0 else _tr("Less like “{0}”")).format(text)
        case Edit():
            return _edit(part)
    return ""


def _how(how: str) -> str:
    return {
        "only": _tr("Only {0}"),
        "no": _tr("No {0}"),
        "more": _tr("More {0}"),
        "less": _tr("Less {0}"),
    }[how]


def _liking(how: str) -> str:
    return {
        "like": _tr("Like “{0}”"),
        "dislike": _tr("Unlike “{0}”"),
        "ban": _tr("Never “{0}”"),
    }[how]


def _range(low: float | None, high: float | None) -> str:
    if low is None:
        return _tr("to {0:g}").format(high)
    return _tr("from {0:g}").format(low) if high is None else f"{low:g} – {high:g}"


def _lean(what: str, direction: int) -> str:
    up, down = {
        "price": (_tr("Rather dear"), _tr("Rather cheap")),
        "year": (_tr("Rather new"), _tr("Rather old")),
        "popularity": (_tr("Rather popular"), _tr("Rather unknown")),
        "variety": (_tr("More varied"), _tr("Less varied")),
        "novelty": (_tr("New to the user"), _tr("Known to the user")),
    }[what]
    return up if direction > 0 else down


def _edit(edit: Edit) -> str:
    name = edit.name or edit.words or edit.brand or edit.category
    if edit.do in ("remove", "add", "only"):
        text = {
            "remove": _tr("History without {0}"),
            "add": _tr("History with {0}"),
            "only": _tr("History of {0} alone"),
        }[edit.do]
        done = f"{name} ({edit.behaviour})" if name and edit.behaviour else name or edit.behaviour
        return text.format(done)
    text = {
        "until": _tr("History until {0}"),
        "since": _tr("History since {0}"),
        "latest": _tr("Last {0} events"),
        "latest days": _tr("Last {0} days"),
    }[edit.do]
    return text.format(edit.day or edit.number)
