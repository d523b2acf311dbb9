"""What matters to a model, in words: its inputs, and the conditions of the rules that stand for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from desktop_app.widgets import readable

if TYPE_CHECKING:
    from core.analysis.importance import Need
    from core.analysis.surrogate import Condition


def need(each: Need) -> str:
    """What is taken away from the model, or shuffled."""
    words = {
        "behaviour": QCoreApplication.translate("overview", "Events “{0}”, taken away"),
        "times": QCoreApplication.translate("overview", "Times between events, shuffled"),
        "order": QCoreApplication.translate("overview", "Order of events, shuffled"),
        "values": QCoreApplication.translate("overview", "Values of events, shuffled"),
        "searches": QCoreApplication.translate("overview", "Words of searches, taken away"),
        "texts": QCoreApplication.translate("overview", "Texts of items, shuffled"),
    }
    return words[each.kind].format(each.behaviour)


def condition(each: Condition, timed: bool) -> str:
    """What an item must be for a rule to speak of it; `timed`: time is counted in days, not in events."""
    below = {
        "popularity": QCoreApplication.translate("overview", "among the most popular {0}"),
        "category": QCoreApplication.translate("overview", "of a category that is new to the user"),
        "price": QCoreApplication.translate("overview", "at most {0} times the user's usual price"),
        "seen": QCoreApplication.translate("overview", "new to the user"),
        "since": QCoreApplication.translate("overview", "category touched in the last {0}")
        if timed
        else QCoreApplication.translate("overview", "category touched in the last {0} events"),
        "together": QCoreApplication.translate("overview", "taken by at most {0} of those with the last item"),
    }
    above = {
        "popularity": QCoreApplication.translate("overview", "not among the most popular {0}"),
        "category": QCoreApplication.translate("overview", "of a category that the user knows"),
        "price": QCoreApplication.translate("overview", "more than {0} times the user's usual price"),
        "seen": QCoreApplication.translate("overview", "seen before by the user"),
        "since": QCoreApplication.translate("overview", "category not touched in the last {0}")
        if timed
        else QCoreApplication.translate("overview", "category not touched in the last {0} events"),
        "together": QCoreApplication.translate("overview", "taken by over {0} of those with the last item"),
    }
    shares = each.feature in ("popularity", "together")
    value = readable.percent(each.value) if shares else QLocale().toString(each.value, "f", _digits(each.value))
    if each.feature == "since" and timed:
        days = QCoreApplication.translate("overview", "{0} days").format(value)
        value = days if each.value >= 2 else readable.duration(each.value * 86_400)
    return (below if each.below else above)[each.feature].format(value)


def _digits(value: float) -> int:
    return 0 if value >= 20 else 1 if value >= 2 else 2


def conditions(each: tuple[Condition, ...], timed: bool) -> str:
    """All of them, or what stands for the rest where there are none."""
    if not each:
        return QCoreApplication.translate("overview", "everything else")
    return QCoreApplication.translate("overview", " and ").join(condition(one, timed) for one in each)


def verdict(listed: bool) -> str:
    """What a rule says of an item."""
    if listed:
        return QCoreApplication.translate("overview", "listed")
    return QCoreApplication.translate("overview", "not listed")
