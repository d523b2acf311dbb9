"""A condition on users in a few words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale, Qt

from core.analysis.conditions import (
    ActiveWhen,
    Amount,
    AnyOf,
    CategoryShare,
    Chosen,
    Condition,
    EventCount,
    FirstSeen,
    InCluster,
    LastOn,
    LastSeen,
    NoneOf,
    UserIds,
    Within,
)
from desktop_app.widgets import counted, readable


def hours_choices() -> list[tuple[str, str | None]]:
    """Parts of the day with what they are called."""
    translate = QCoreApplication.translate
    return [
        (translate("condition", "any time of day"), None),
        (translate("condition", "at night, 0–6 h"), "night"),
        (translate("condition", "in the morning, 6–12 h"), "morning"),
        (translate("condition", "in the afternoon, 12–18 h"), "afternoon"),
        (translate("condition", "in the evening, 18–24 h"), "evening"),
    ]


def days_choices() -> list[tuple[str, str | None]]:
    """Days of the week with what they are called."""
    translate = QCoreApplication.translate
    named = [(QLocale().dayName(day.value), str(day.value - 1)) for day in Qt.DayOfWeek]
    return [
        (translate("condition", "any day"), None),
        (translate("condition", "on weekends"), "weekend"),
        (translate("condition", "from Monday to Friday"), "workdays"),
        *named,
    ]


def words_of(condition: Condition, offset: int = 0) -> str:
    """What a condition asks for; times of the day and of the week are `offset` hours ahead of UTC."""
    words = _words(condition, offset)
    return f"{words}, {_window(condition)}" if isinstance(condition, Within) and condition.timed else words


def _window(condition: Within) -> str:
    """Of which time the events are."""
    translate = QCoreApplication.translate
    parts = []
    if condition.last is not None:
        parts.append(translate("condition", "in the last {0}").format(counted.days(condition.last)))
    if (condition.start, condition.end) != (None, None):
        parts.append(_range(condition.start, condition.end, str))
    return ", ".join(parts)


def _words(condition: Condition, offset: int) -> str:
    translate = QCoreApplication.translate
    match condition:
        case EventCount(behaviour, category, low, high):
            what = " · ".join(part for part in (behaviour, category) if part) or translate("condition", "events")
            if high == 0:
                return translate("condition", "never: {0}").format(what)
            return f"{what}: {_range(low, high, readable.count)}"
        case CategoryShare(category, low, high):
            return translate("condition", "{0} of the events: {1}").format(
                _range(low, high, readable.percent), category
            )
        case ActiveWhen(hours, days, low, high):
            when = ", ".join(name for name in (_named(hours_choices(), hours), _named(days_choices(), days)) if name)
            when = f"{when} ({readable.zone(offset)})"
            return translate("condition", "{0} of the events: {1}").format(_range(low, high, readable.percent), when)
        case Amount(column, figure, behaviour, low, high):
            names = {
                ("value", "sum"): translate("condition", "sum of values"),
                ("value", "mean"): translate("condition", "mean value"),
                ("price", "sum"): translate("condition", "sum of prices"),
                ("price", "mean"): translate("condition", "mean price"),
            }
            what = " · ".join(part for part in (names[column, figure], behaviour) if part)
            return f"{what}: {_range(low, high, readable.value)}"
        case LastSeen(low, high):
            span = _range(low, high, readable.value)
            return translate("condition", "last active {0} days before the end").format(span)
        case LastOn(low, high):
            return translate("condition", "last event: {0}").format(_range(low, high, str))
        case FirstSeen(low, high):
            return translate("condition", "first event: {0}").format(_range(low, high, str))
        case InCluster(clusters, label):
            return f"{clusters} · {label}"
        case UserIds(ids):
            return counted.users(len(ids))
        case Chosen(codes):
            return counted.users(len(codes))
        case AnyOf(inner):
            return translate("condition", "at least one of: {0}").format(
                "; ".join(words_of(one, offset) for one in inner)
            )
        case NoneOf(inner):
            return translate("condition", "none of: {0}").format("; ".join(words_of(one, offset) for one in inner))
    raise TypeError(condition)


def _named(choices: list[tuple[str, str | None]], value: str | None) -> str:
    return next((name for name, chosen in choices if chosen == value and value is not None), "")


def _range(low: Any, high: Any, show: Callable[[Any], str]) -> str:
    translate = QCoreApplication.translate
    if low is not None and high is not None:
        return show(low) if low == high else f"{show(low)} – {show(high)}"
    if low is None and high is None:
        return translate("condition", "any")
    words = translate("condition", "from {0}") if high is None else translate("condition", "up to {0}")
    return words.format(show(low if high is None else high))
