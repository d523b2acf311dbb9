"""What a sample of a column's texts looks like: numbers, times and how they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache

NUMBER = re.compile(r"[-+]?(\d[\d,.' ]*|\.\d+)([eE][-+]?\d+)?")
OFFSET = re.compile(r":\d\d(\.\d+)?[-+]\d\d(:?\d\d)?$")
"""The end of an ISO time that says how far it is from UTC."""
CURRENCY = "¥￥$€£元 \t"

# Formats that are tried where a time is neither a number nor ISO. Where days and months cannot be told apart, the
# first that fits every value wins; times with seconds are tried before times without.
_DATES = (
    *("%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%d-%m-%Y", "%m-%d-%Y"),
    *("%m %d, %Y", "%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d/%b/%Y"),
    *("%m/%d/%y", "%d/%m/%y", "%d.%m.%y"),
)
_CLOCKS = (" %H:%M:%S.%f", " %H:%M:%S", " %H:%M", ":%H:%M:%S", "T%H:%M:%S", "%H%M%S", " %I:%M:%S %p", " %I:%M %p", "")
_MORE = ("%Y年%m月%d日 %H时%M分%S秒", "%Y年%m月%d日%H时%M分%S秒", "%Y年%m月%d日 %H时%M分", "%Y年%m月%d日%H:%M:%S")
_MORE_ZONED = ("%a %b %d %H:%M:%S %Y", "%a, %d %b %Y %H:%M:%S", "%d/%b/%Y:%H:%M:%S %z", "%a, %d %b %Y %H:%M:%S %z")
STRPTIME_FORMATS = tuple(date + clock for date in _DATES for clock in _CLOCKS) + _MORE + _MORE_ZONED

_NAMED = re.compile(r"%[abBpz]")  # what is written with letters, or with a sign before the offset
_WITH_LETTERS = [format_ for format_ in STRPTIME_FORMATS if _NAMED.search(format_)]
_OF_FIGURES = [
    (re.sub(r"%\w|\w|\s", "", format_), format_) for format_ in STRPTIME_FORMATS if not _NAMED.search(format_)
]
"""Formats of figures alone, each with the signs that stand between the figures."""

# What any of these formats reads, and few other texts are: to try all formats takes milliseconds.
_LIKE_TIME = re.compile(
    r"(?=.{6,40}$)(?=(.*?\d){4})([\d\s/.\-:,+年月日时分秒]|[ap]m\b|上午|下午|[tz]|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|"
    r"dec|mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})*",
    re.IGNORECASE,
)

# A number is a time if it lies between 1973 and 2100, in these units.
_EPOCHS = (("seconds", 1.0), ("milliseconds", 1e3), ("microseconds", 1e6))
_EARLIEST, _LATEST = 1e8, 4.2e9


def number(text: str) -> float | None:
    """The text as a number, with either decimal sign and with a currency; None if it is none."""
    text = text.strip(CURRENCY)
    if not NUMBER.fullmatch(text):
        return None
    if "," in text and "." not in text and not re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+", text):
        text = text.replace(",", ".")
    try:
        return float(re.sub(r"[,' ]", "", text))
    except ValueError:
        return None


def numeric_share(values: Sequence[str]) -> float:
    """The share of texts that are numbers."""
    return _share(values, lambda value: number(value) is not None)


def decimal_comma(values: Sequence[str], delimiter: str) -> bool:
    """Whether a comma in these numbers divides the whole from the fraction, and not thousands.

    "1,5" and "1.234,5" say so; "1,234" alone does not tell, and then a semicolon between the cells does.
    """
    signed = [value.strip(CURRENCY) for value in values if "," in value]
    if any(re.fullmatch(r"[-+]?\d{1,3}(,\d{3})*\.\d+", value) for value in signed):
        return False
    if any(re.fullmatch(r"[-+]?[\d.]*\d,(\d{1,2}|\d{4,})", value) for value in signed):
        return True
    return bool(signed) and delimiter == ";"


def short_words(values: Sequence[str]) -> bool:
    """Whether these are few different words, as names of behaviours are: at most twenty, without digits."""
    different = set(values)
    return (
        len(different) <= min(20, max(1, len(values) // 2))
        and all(len(value) <= 40 for value in different)
        and not any(character.isdigit() for value in different for character in value)
    )


def time_share(values: Sequence[str]) -> float:
    """The share of texts that are times in the format that fits most of them."""
    return max((share for _, share in _fits(values)), default=0.0)


def guess_time_format(values: Sequence[str]) -> str | None:
    """The format that reads most of these texts, as `ImportSettings.time_format` has it; None if none reads any."""
    best, share = None, 0.0
    for name, fit in _fits(values):
        if fit > share:
            best, share = name, fit
    return best


def ambiguous_days(values: Sequence[str], chosen: str) -> str | None:
    """Another format that reads all these times too, with day and month the other way round; None if there is none."""
    other = chosen.replace("%d", "%?").replace("%m", "%d").replace("%?", "%m")
    if other == chosen or not chosen.startswith(("%d", "%m")):
        return None
    return other if _share(values, _reader(other)) == 1.0 and _share(values, _reader(chosen)) == 1.0 else None


def _fits(values: Sequence[str]) -> list[tuple[str, float]]:
    values = [text for value in values if (text := value.strip())][:500]
    if not values:
        return []
    fits = [(name, _share(values, _epoch(scale))) for name, scale in _EPOCHS]
    fits.append(("iso", _share(values, _is_iso)))
    if max(share for _, share in fits) < 1.0:
        # Most formats fail at once: only those that read one of the first values are tried on all.
        trial = [text for text in dict.fromkeys(values[:5]) if _LIKE_TIME.fullmatch(text)]
        reading = {format_ for text in trial for format_ in _reading(text)}
        fits += [(format_, _share(values, _reader(format_))) for format_ in STRPTIME_FORMATS if format_ in reading]
    return fits


@lru_cache(maxsize=4096)
def _reading(text: str) -> list[str]:
    """The formats that read a text."""
    return [format_ for format_ in _possible(text) if _reader(format_)(text)]


def _possible(text: str) -> list[str]:
    """Formats that may read a text, going by its signs and letters: to try one takes a tenth of a millisecond."""
    signs = re.sub(r"\w|\s", "", text)
    possible = [format_ for between, format_ in _OF_FIGURES if between == signs]
    return [*possible, *_WITH_LETTERS] if re.search(r"[^\W\d_TZ]", text) else possible


def _epoch(scale: float) -> Callable[[str], bool]:
    def reads(text: str) -> bool:
        try:
            return _EARLIEST <= float(text) / scale <= _LATEST
        except ValueError:
            return False

    return reads


def _is_iso(text: str) -> bool:
    if len(text) < 8 or text.isdigit():
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return (
            re.fullmatch(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)? ?(UTC|Z|[-+]\d\d(:?\d\d)?)?", text) is not None
        )
    return "-" in text


def _reader(format_: str) -> Callable[[str], bool]:
    def reads(text: str) -> bool:
        try:
            return 1900 < datetime.strptime(text, format_).year < 2200
        except ValueError:
            return False

    return reads


def _share(values: Sequence[str], check: Callable[[str], bool]) -> float:
    return sum(map(check, values)) / len(values) if values else 0.0
