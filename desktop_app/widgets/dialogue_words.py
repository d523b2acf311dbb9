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
from desktop_app.widgets import readable


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
            return _price(low, high)
        case Years(low, high, out):
            return _years(low, high, out)
        case Count(number):
            return QCoreApplication.translate("Dialogue", "{0} items").format(number)
        case Most(number, by):
            text = (
                QCoreApplication.translate("Dialogue", "At most {0} a brand")
                if by == "brand"
                else QCoreApplication.translate("Dialogue", "At most {0} a category")
            )
            return text.format(number)
        case Seen(hide):
            return (
                QCoreApplication.translate("Dialogue", "Without seen items")
                if hide
                else QCoreApplication.translate("Dialogue", "With seen items")
            )
        case Target(behaviour):
            return QCoreApplication.translate("Dialogue", "Ranked for: {0}").format(behaviour)
        case Lean(what, direction):
            return _lean(what, direction)
        case Wish(text, weight):
            return (
                QCoreApplication.translate("Dialogue", "More like “{0}”")
                if weight > 0
                else QCoreApplication.translate("Dialogue", "Less like “{0}”")
            ).format(text)
        case Edit():
            return _edit(part)
    return ""


def _how(how: str) -> str:
    return {
        "only": QCoreApplication.translate("Dialogue", "Only {0}"),
        "no": QCoreApplication.translate("Dialogue", "No {0}"),
        "more": QCoreApplication.translate("Dialogue", "More {0}"),
        "less": QCoreApplication.translate("Dialogue", "Less {0}"),
    }[how]


def _liking(how: str) -> str:
    return {
        "like": QCoreApplication.translate("Dialogue", "Like “{0}”"),
        "dislike": QCoreApplication.translate("Dialogue", "Unlike “{0}”"),
        "ban": QCoreApplication.translate("Dialogue", "Never “{0}”"),
    }[how]


def _price(low: float | None, high: float | None) -> str:
    least, most = ("" if end is None else readable.value(float(end)) for end in (low, high))
    if low is None:
        return QCoreApplication.translate("Dialogue", "Price at most {0}").format(most)
    if high is None:
        return QCoreApplication.translate("Dialogue", "Price at least {0}").format(least)
    return QCoreApplication.translate("Dialogue", "Price {0} – {1}").format(least, most)


def _years(low: int | None, high: int | None, out: bool) -> str:
    if low is None:
        years = QCoreApplication.translate("Dialogue", "{0} or earlier").format(high)
    elif high is None:
        years = QCoreApplication.translate("Dialogue", "{0} or later").format(low)
    else:
        years = f"{low}" if low == high else f"{low} – {high}"
    text = (
        QCoreApplication.translate("Dialogue", "Not of {0}")
        if out
        else QCoreApplication.translate("Dialogue", "Of {0}")
    )
    return text.format(years)


def _lean(what: str, direction: int) -> str:
    up, down = {
        "price": (
            QCoreApplication.translate("Dialogue", "Rather dear"),
            QCoreApplication.translate("Dialogue", "Rather cheap"),
        ),
        "year": (
            QCoreApplication.translate("Dialogue", "Rather new"),
            QCoreApplication.translate("Dialogue", "Rather old"),
        ),
        "popularity": (
            QCoreApplication.translate("Dialogue", "Rather popular"),
            QCoreApplication.translate("Dialogue", "Rather unknown"),
        ),
        "variety": (
            QCoreApplication.translate("Dialogue", "More varied"),
            QCoreApplication.translate("Dialogue", "Less varied"),
        ),
        "novelty": (
            QCoreApplication.translate("Dialogue", "New to the user"),
            QCoreApplication.translate("Dialogue", "Known to the user"),
        ),
    }[what]
    return up if direction > 0 else down


def _edit(edit: Edit) -> str:
    name = edit.name or edit.words or edit.brand or edit.category
    if edit.do in ("remove", "add", "only"):
        text = {
            "remove": QCoreApplication.translate("Dialogue", "History without {0}"),
            "add": QCoreApplication.translate("Dialogue", "History with {0}"),
            "only": QCoreApplication.translate("Dialogue", "History of {0} alone"),
        }[edit.do]
        done = f"{name} ({edit.behaviour})" if name and edit.behaviour else name or edit.behaviour
        return text.format(done)
    text = {
        "until": QCoreApplication.translate("Dialogue", "History until {0}"),
        "since": QCoreApplication.translate("Dialogue", "History since {0}"),
        "latest": QCoreApplication.translate("Dialogue", "Last {0} events"),
        "latest days": QCoreApplication.translate("Dialogue", "Last {0} days"),
    }[edit.do]
    return text.format(edit.day or edit.number)
