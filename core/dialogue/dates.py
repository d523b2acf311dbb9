"""Days, months, years and decades as people write them in English and Chinese."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from core.dialogue.numerals import chinese, spelled
from core.dialogue.patterns import late

_MONTH_NAMES = "january february march april may june july august september october november december"
MONTHS = _MONTH_NAMES.split()
MONTH = "|".join(f"{name}|{name[:3]}\\.?" if len(name) > 3 else name for name in MONTHS) + "|sept\\.?"
_DECADE_NAMES = "twenties thirties forties fifties sixties seventies eighties nineties"
_DECADES = _DECADE_NAMES.split()
_TENS = dict(zip("一二三四五六七八九", range(10, 100, 10), strict=True))
_THIRDS = {"初": "early", "前期": "early", "早期": "early", "中期": "mid", "末": "late", "后期": "late", "晚期": "late"}
_THIRDS |= {
    f"{half}半{part}": f"{way} half of"
    for half, way in zip("前上后下", ("first",) * 2 + ("second",) * 2, strict=True)
    for part in ("", "段")
}
_NUMERALS = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True))

_YEAR = r"(?:1[89]|20)\d\d"
_DAY = late(
    rf"(?P<y1>{_YEAR})[-/.](?P<m1>\d{{1,2}})(?:[-/.](?P<d1>\d{{1,2}}))?(?![\d-])"
    rf"|(?P<y2>{_YEAR})\s*年\s*(?P<m2>\d{{1,2}})\s*月(?:份|底|末)?(?:\s*(?P<d2>\d{{1,2}})\s*[日号])?"
    rf"|(?:(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?<![a-z])(?P<m3>{MONTH})\s*,?\s+(?P<y3>{_YEAR})(?!\d)"
    rf"|(?<![a-z])(?P<m4>{MONTH})\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<y4>{_YEAR})(?!\d)"
)
_SAME_YEAR = late(r"(?:到|至|-|~|—)\s*(\d{1,2})\s*月(?:份|底|末)?(?:(\d{1,2})\s*[日号])?")  # "2024年1月到3月"
_PERIOD = late(
    r"(?<![a-z0-9])(?:(?P<part>early|mid|late|first half of|second half of)[ -]?)?(?:the\s+)?(?P<decade>(?:(?:1[89]"
    r"|20)?\d0'?s|'\d0s)"
    rf"|(?:{'|'.join(_DECADES)}))(?![a-z])"
    r"|(?:(?P<century>20|二十|上个?)世纪)?(?P<chinese>(?:1[89]|20)?\d0|[二三四五六七八九]{1,2}十"
    r"|[零〇五六七八九][零〇0])年代(?P<third>初"
    r"|中期|末|后期|[前上后下]半段?|前期|早期|晚期)?"
    r"|(?P<ninety>[六七八九])几年|(?P<whole>21|二十一)世纪"
    rf"|(?P<year>(?<![\d.$€£¥￥])(?<!\d,){_YEAR}(?![\d,.]*\d|[-/]\d\d?[-/]\d)(?!\s*[元块条个件])|两千(?=年)"
    rf"|[一二][〇零一二三四五六七八九]{{3}}(?=年))(?:\s*年)?"
    r"|(?P<past>(?:the )?(?:last|previous|20th|twentieth) century|上个?世纪(?![二三四五六七八九]))"
    r"|(?<!\d)(?P<short>[5-9]\d)年(?!代)"
    r"|(?<![〇零一二三四五六七八九十百千万\d])(?P<read>[五六七八九][〇零一二三四五六七八九])年"
    r"(?!代|[之以]?内)|(?<![\d])'(?P<tick>[5-9]\d)(?!\d|s)"
)


@dataclass(frozen=True)
class Period:
    """From the day `first` to the day `last`, both included, as `text[start:end]` says.

    Attributes:
        fine: whether it names a day or a month, and not only years.
    """

    first: date
    last: date
    fine: bool
    start: int
    end: int


def periods(text: str) -> Iterator[Period]:
    """The days, months, years and decades in a text (lower case), from left to right."""
    taken = 0
    text = _spelled_out(_in_figures(text))
    found = sorted([*_days(text), *_years(text)], key=lambda period: (period.start, -period.end))
    for period in found:
        if period.start >= taken:
            taken = period.end
            while text[taken : taken + 1] == _GAP:
                taken += 1
            yield replace(period, end=taken)


_SPOKEN = late(
    "(?P<year>[一二两][〇零一二三四五六七八九千十]{3,4})(?=年)"
    "|(?<=[年月])(?P<part>[一二三四五六七八九十]{1,3})(?=[月日号])"
)


_FIRSTS = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth twentieth
"""
_GAP = "\x1f"  # white space that nobody types
_ORDINALS = {word: place + 1 for place, word in enumerate(_FIRSTS.split())} | {
    "thirtieth": 30,
    "thirty-first": 31,
    "thirty first": 31,
}
_ORDINALS |= {f"twenty{gap}{word}": 20 + _ORDINALS[word] for word in list(_ORDINALS)[:9] for gap in "- "}
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_TEN = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS_WORDS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONE = "one|two|three|four|five|six|seven|eight|nine"
_SPELLED_YEAR = late(
    rf"(?<![a-z-])(?:(?P<century>eighteen|nineteen|twenty)[ -](?:oh[ -](?P<small>{_ONE})|(?P<late>{_TEN}"
    rf"|(?:{_TENS_WORDS})(?:[ -](?:{_ONE}))?))"
    rf"|two thousand(?: and)? (?P<after>{_ONE}|{_TEN}|twenty(?:[ -](?:{_ONE}))?))(?![a-z-])"
)
_SPELLED_DAY = late(
    rf"(?<![a-z])(?:the )?(?P<before>{_ORDINAL})(?=(?: of)? (?:{MONTH})(?![a-z]))"
    rf"|(?<![a-z])(?P<month>{MONTH}) (?:the )?(?P<behind>{_ORDINAL})(?![a-z])"
)


def _spelled_out(text: str) -> str:
    """Years and days that are read out in English in figures, as long as before."""

    def year(found: re.Match[str]) -> str:
        hundreds = {"eighteen": 1800, "nineteen": 1900, "twenty": 2000, None: 2000}[found["century"]]
        rest = spelled(found["small"] or found["late"] or found["after"])
        return str(hundreds + int(rest or 0)).ljust(len(found[0]), _GAP)

    def day(found: re.Match[str]) -> str:
        if found["before"]:
            return str(_ORDINALS[found["before"]]).ljust(len(found[0]), _GAP)
        return f"{found['month']} {_ORDINALS[found['behind']]}".ljust(len(found[0]), _GAP)

    return _SPELLED_YEAR.sub(year, _SPELLED_DAY.sub(day, text))


def _in_figures(text: str) -> str:
    """Years, months and days that are read out in Chinese numerals in figures, as long as before."""

    def figures(found: re.Match[str]) -> str:
        value = int(chinese(found[0]))
        return str(value).ljust(len(found[0]), _GAP) if found["part"] or 1800 <= value <= 2100 else found[0]

    return _SPOKEN.sub(figures, text)


def _days(text: str) -> Iterator[Period]:
    for found in _DAY.finditer(text):
        group = next(number for number in "1234" if found[f"y{number}"])
        year, month, day = int(found[f"y{group}"]), found[f"m{group}"], found[f"d{group}"]
        number = int(month) if month.isdigit() else 1 + [name[:3] for name in MONTHS].index(month[:3])
        if not 1 <= number <= 12:
            continue
        longest = monthrange(year, number)[1]
        if day is not None and not 1 <= int(day) <= longest:
            continue
        first, last = (1, longest) if day is None else (int(day), int(day))
        yield Period(date(year, number, first), date(year, number, last), True, found.start(), found.end())
        further = _SAME_YEAR.match(text, found.end()) if group == "2" else None
        if further and 1 <= int(further[1]) <= 12:
            month_end = monthrange(year, int(further[1]))[1]
            end = min(int(further[2]), month_end) if further[2] else month_end
            start = end if further[2] else 1
            first_day, last_day = date(year, int(further[1]), start), date(year, int(further[1]), end)
            yield Period(first_day, last_day, True, further.start(1), further.end())


def _years(text: str) -> Iterator[Period]:
    for found in _PERIOD.finditer(text):
        read = found["read"]
        if read and _NUMERALS[read[1]] != "0" and int(_NUMERALS[read[1]]) == int(_NUMERALS[read[0]]) + 1:
            continue  # "七八年" is seven or eight years
        low, high = _span(found)
        yield Period(date(low, 1, 1), date(high, 12, 31), False, found.start(), found.end())


def _span(found: re.Match[str]) -> tuple[int, int]:
    """The first and the last year."""
    if found["year"]:
        word = found["year"]
        year = 2000 if word == "两千" else int("".join(_NUMERALS.get(char, char) for char in word))
        return year, year
    if found["past"]:
        return 1900, 1999
    if found["short"] or found["tick"] or found["read"]:
        read = "".join(_NUMERALS[char] for char in found["read"] or "")
        year = 1900 + int(found["short"] or found["tick"] or read)
        return year, year
    if found["whole"]:
        return 2001, 2100
    if found["ninety"]:
        low = 1900 + _TENS[found["ninety"]]
        return low, low + 9
    if found["chinese"]:
        word = found["chinese"]
        if len(word) == 4:  # "1990年代"
            return _third(int(word), _THIRDS.get(found["third"] or "", ""))
        tens = int(word) if word.isdigit() else _TENS.get(word[0], 0)  # "零零", "九零"
        if len(word) == 3:  # "八九十年代"
            return _century(tens), _century(_TENS[word[1]]) + 9
        low = _century(tens)
        return _third(low, _THIRDS.get(found["third"] or "", ""))
    word = found["decade"]
    if word in _DECADES:
        low = _century(20 + 10 * _DECADES.index(word))
    else:
        digits = re.sub(r"\D", "", word)
        low = int(digits) if len(digits) == 4 else _century(int(digits))
    return _third(low, found["part"] or "")


def _century(tens: int) -> int:
    """The decade of the last hundred years or so that "the eighties" or "the tens" means."""
    return (2000 if tens < 30 else 1900) + tens


def _third(low: int, part: str) -> tuple[int, int]:
    first, last = {
        "first half of": (0, 4),
        "second half of": (5, 9),
        "early": (0, 3),
        "mid": (4, 6),
        "late": (6, 9),
    }.get(part, (0, 9))
    return low + first, low + last
