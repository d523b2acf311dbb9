"""Dates of a search: those with a year, and months and days of the latest year that the data have of them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from core.dialogue.dates import MONTH, MONTHS, Period, periods
from core.dialogue.numerals import chinese
from core.dialogue.patterns import late

_BARE = late(
    rf"(?<![a-z])(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?)?(?P<name>{MONTH})(?![a-z])"
    r"|(?<![年个\d])(?P<number>\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:份|底|末"
    r"|初)?(?:(?P<dayz>\d{1,2})[日号])?"
)
_MODAL = late(r"(?:in|since|before|after|until|till|by|of|from|during|and|to|last|this|between|\d(?:st|nd|rd|th)?)\s+$")
# Of two days in one month the first is often said alone: "between 1 and 15 June 2024".
_DAY_BEFORE = late(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\s*(?:and|to|-|–|到|至)\s*(?:the )?$")


def dated(text: str, end: date) -> Iterator[Period]:
    """The days, months and years in a text (lower case), from left to right.

    Args:
        end: the last day of the data. A month without a year is the latest one that begins before it.
    """
    found = sorted([*periods(text), *_bare(text, end)], key=lambda each: (each.start, -each.end))
    at = 0
    for period in found:
        if period.start < at:
            continue
        before = _DAY_BEFORE.search(text, at, period.start)
        if period.fine and before and 1 <= int(before[1]) <= monthrange(period.first.year, period.first.month)[1]:
            day = period.first.replace(day=int(before[1]))
            yield Period(day, day, True, before.start(1), before.end(1))
        yield period
        at = period.end


def _bare(text: str, end: date) -> Iterator[Period]:
    for found in _BARE.finditer(text):
        name = found["name"]
        if name and name.rstrip(".") in ("may", "march", "mar") and not _MODAL.search(text[: found.start()]):
            continue
        if name:
            month = 1 + [each[:3] for each in MONTHS].index(name[:3])
        else:
            digits = found["number"]
            month = int(digits) if digits.isdigit() else int(chinese(digits))
        day = int(found["day"] or found["dayz"] or 0)
        if 1 <= month <= 12:
            year = end.year if (month, max(day, 1)) <= (end.month, end.day) else end.year - 1
            longest = monthrange(year, month)[1]
            if day <= longest:
                first = date(year, month, max(day, 1))
                last = first if day else first + timedelta(longest - 1)
                yield Period(first, last, True, found.start(), found.end())
