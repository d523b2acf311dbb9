"""Figures as people read them: durations, sizes, shares of a score."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QTimeZone

MINUS = "−"  # as wide as a plus, so that columns of signed figures stand in line


def duration(seconds: float) -> str:
    """`seconds` as "0.4 s", "37 s", "4 min 05 s" or "2 h 07 min"."""
    if seconds < 10:
        return QCoreApplication.translate("readable", "{0} s").format(QLocale().toString(seconds, "f", 1))
    whole = round(seconds)
    if whole < 60:
        return QCoreApplication.translate("readable", "{0} s").format(whole)
    if whole < 3600:
        return QCoreApplication.translate("readable", "{0} min {1} s").format(whole // 60, f"{whole % 60:02d}")
    return QCoreApplication.translate("readable", "{0} h {1} min").format(whole // 3600, f"{whole % 3600 // 60:02d}")


def count(number: float) -> str:
    """A whole number with its thousands apart."""
    return QLocale().toString(round(number))


def decimal(number: float, digits: int = 3) -> str:
    """A number with `digits` decimals, a true minus sign; a dash where there is none."""
    if not math.isfinite(number):
        return "–"
    text = QLocale().toString(abs(number), "f", digits)
    zero = QLocale().toString(0.0, "f", digits)
    return MINUS + text if number < 0 and text != zero else text


def signed(number: float, digits: int = 3) -> str:
    """As `decimal`, with a plus before what is above zero."""
    text = decimal(number, digits)
    zero = QLocale().toString(0.0, "f", digits)
    return "+" + text if number > 0 and text != zero else text


def percent(share: float) -> str:
    """A probability or a share in per cent, small ones with the digits that they need; nothing where there is none."""
    if not math.isfinite(share):
        return ""
    digits = 0 if share >= 0.1 else 1 if share >= 0.01 else 2
    return QCoreApplication.translate("readable", "{0} %").format(QLocale().toString(100 * share, "f", digits))


def price(amount: float) -> str:
    """A price with two decimals, or nothing where it is unknown."""
    return QLocale().toString(amount, "f", 2) if math.isfinite(amount) else ""


def value(amount: float) -> str:
    """A rating, a dwell time or the like: up to two decimals, as many as it needs; nothing where there is none."""
    if not math.isfinite(amount):
        return ""
    digits = next(digits for digits in (0, 1, 2) if digits == 2 or math.isclose(round(amount, digits), amount))
    return QLocale().toString(amount, "f", digits)


def listed(words: list[str]) -> str:
    """Words one after the other as the language does it: "a, b, and c"."""
    return QLocale().createSeparatedList(words)


def moment(microseconds: int) -> str:
    """A time of the data (microseconds since 1970 UTC), to the minute, in UTC as everywhere in the window."""
    when = QDateTime.fromMSecsSinceEpoch(microseconds // 1000, QTimeZone.utc())
    return when.toString("yyyy-MM-dd HH:mm")


def zone(hours: int) -> str:
    """A time zone by its hours ahead of UTC."""
    return "UTC" if not hours else f"UTC+{hours}" if hours > 0 else f"UTC{MINUS}{-hours}"


def sorted_header(name: str, descending: bool, at_right: bool) -> str:
    """The header of the column that a table is sorted by; the arrow keeps away from the edge that figures stand at."""
    arrow = "▾" if descending else "▴"
    return f"{arrow} {name}" if at_right else f"{name} {arrow}"


def started(iso: str) -> str:
    """The start of a run (ISO 8601), in the time of this machine."""
    when = datetime.fromisoformat(iso[:19]).replace(tzinfo=UTC)
    return when.astimezone().strftime("%Y-%m-%d %H:%M")  # Qt would read all time zones of the machine at first


def sentences(parts: Iterable[str]) -> str:
    """Sentences one after the other, apart by a space where the script has one between them."""
    text = ""
    for part in parts:
        text += part if not text or text.endswith("。") else f" {part}"
    return text
