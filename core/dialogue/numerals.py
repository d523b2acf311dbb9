"""Numbers as people write them in English and Chinese: "1,299", "2k", "twenty", "三千五", "两百", "1.5万"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.dialogue.patterns import late

_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: value for value, word in enumerate(_ONES.split())} | {
    word: 10 * (place + 2) for place, word in enumerate(_TENS.split())
}
_WORDS |= {"couple": 2, "fiver": 5, "tenner": 10}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "grand": 1000}
_DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True)) | {"两": 2, "俩": 2, "仨": 3, "〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}

_MONEY_BEFORE = r"(?:us\$|rmb|usd|eur|cny|[$€£¥￥])"
_MONEY_AFTER = (
    r"(?:dollars?|bucks?|euros?|yuan|rmb|usd|eur|cny|pounds?|quid|kuai|[$€£¥￥]|(?:元"
    r"|块钱?)(?:(?=[一1][个件本条部款样台双])..)?"
    r"|人民币|美元|美金|欧元|圆)"
)
NUMBER_WORDS = "|".join([*_WORDS, *_SCALES])  # as a part of patterns
_SMALL = "|".join(sorted(_WORDS, key=len, reverse=True))
_SPELLED = rf"(?:half a dozen|(?:a|{_SMALL}|dozen)(?:[ -](?:dozen|hundred|thousand|grand|{_SMALL})|(?<=hundred) and)*)"
_FIGURE = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHINESE = "[零一二三四五六七八九两俩仨〇十百千万]+"
_NOT_COUNTED = r"(?![\d十百千万个件款本种样部条折])"
_NUMBER = late(
    rf"(?P<before>{_MONEY_BEFORE}\s*)?"
    rf"(?:(?<![\w.])(?P<spelled>{_SPELLED})(?![a-z])"
    rf"|(?:(?<![a-z0-9.])|(?<=top))(?P<figure>{_FIGURE})(?:(?P<scale>\s?(?:k|w|千|万"
    r"|百)(?![a-z]))(?:(?P<rest>\d)(?!\d))?)?"
    rf"|(?P<chinese>{_CHINESE}))"
    rf"(?P<more>多(?=\s*(?:{_MONEY_AFTER}|的|$|[,，。；]|以[上下内])))?"
    rf"(?:(?P<dimes>\s*[毛角]钱?)|(?P<after>(?:-(?=[a-z])|\s*|来(?:个)?){_MONEY_AFTER}(?![a-z0-9](?<!\d)))"
    rf"(?:(?<=[块元])(?P<coins>\d{{1,2}}|[一二三四五六七八九])[毛角]?{_NOT_COUNTED})?)?"
)
_SPAN = late("([一二三四五六七八两])([两二三四五六七八九])([十百千万])")
_TWO = late("([一二三四五六七八两])([两二三四五六七八九])")
_MOST = 1e15  # what is longer is no amount, and beyond a float's range would be infinite
# After these a single Chinese numeral is a number; elsewhere it is a piece of a word ("一点", "一起", "第一").
MEASURES = "个条部件款本名天周月年次项样种类双台只位首篇家门季集元块圆"


@dataclass(frozen=True)
class Number:
    """A number in a text, `text[start:end]` with its currency; `money` says whether it has one, `low` where a span
    begins that two numerals name ("三四百" is 300 to 400)."""

    value: float
    money: bool
    start: int
    end: int
    low: float | None = None


def numbers(text: str) -> Iterator[Number]:
    """The numbers in a text (lower case), from left to right."""
    for found in _NUMBER.finditer(text):
        value = _value(found, text)
        if value is None or value > _MOST:
            continue
        money = bool(
            found["before"] or found["after"] or found["dimes"] or re.search("[nv]er$", found["spelled"] or "")
        )
        low = _low(found["chinese"] or "")
        if found["more"]:  # "一百多块" is 100 to 200
            low, value = value, value + 10 ** (len(str(int(value))) - len(str(int(value)).rstrip("0")))
        elif found["dimes"]:
            value /= 10
        elif found["coins"]:  # "九块九"
            digits = "".join(str(_DIGITS.get(char, char)) for char in found["coins"])
            value = round(value + int(digits) / 10 ** len(digits), 2)
        yield Number(value, money, found.start(), found.end(), low)


def _low(word: str) -> float | None:
    """Where the span begins that two numerals name: "三四百", "两三"."""
    span = _SPAN.fullmatch(word) or _TWO.fullmatch(word)
    if span is None or _DIGITS[span[1]] + 1 < _DIGITS[span[2]] - 1 or _DIGITS[span[1]] >= _DIGITS[span[2]]:
        return None
    return chinese(span[1] + (span[3] if len(word) == 3 else ""))


def _value(found: re.Match[str], text: str) -> float | None:
    if found["figure"]:
        scale = {"k": 1000, "w": 10000, "千": 1000, "万": 10000, "百": 100, "": 1}[(found["scale"] or "").strip()]
        whole = float(found["figure"].replace(",", "").replace("，", "")) * scale
        return whole + int(found["rest"] or 0) * scale / 10  # "1w5"
    if found["spelled"]:
        return spelled(found["spelled"]) or None  # "zero horror" counts nothing
    return _value_chinese(found, text)


def _value_chinese(found: re.Match[str], text: str) -> float | None:
    word, before = found["chinese"], text[: found.start("chinese")]
    following = text[found.end("chinese") : found.end("chinese") + 1]
    if following and following in "来多几":  # "十来个"
        following = text[found.end("chinese") + 1 : found.end("chinese") + 2]
    if before.endswith(("几", "数")):
        return None  # nobody knows how many tens "几十" are
    if _TWO.fullmatch(word) and _low(word) is not None:  # "两三个"
        return float(_DIGITS[word[1]]) if following and following in MEASURES else None
    if len(word) > 1:
        return chinese(word)
    money = bool(found["after"] or found["dimes"])
    if word in "百千万":  # "千元以内", but not "千篇一律"
        return chinese(word) if money else None
    first = before.endswith("前") and not following.isalpha()  # "推荐前五"
    alone = word in "俩仨" and not before.endswith(tuple("咱他她它们你我"))  # "来仨"
    if not (money or first or alone or (following and following in MEASURES)) or (word == "一" and following == "样"):
        return None
    if before.endswith(tuple("同第每某另哪下上")):
        return chinese(word) if re.search("(?:[最至顶]多|只|别超过|再)[上下]$", before) else None  # "最多上一个"
    return chinese(word)


def spelled(words: str) -> float | None:
    """The value of English number words, None for what is none ("a" alone)."""
    if words == "half a dozen":
        return 6.0
    parts = [part for part in re.split(r"[ -]+", words) if part != "and"]
    total, current = 0.0, None
    for part in parts:
        if part in _WORDS:
            current = (current or 0.0) + _WORDS[part]
        elif part in _SCALES:
            current = (1.0 if current is None else current) * _SCALES[part]
            if _SCALES[part] == 1000:
                total, current = total + current, 0.0
    return None if current is None else total + current


def chinese(word: str) -> float:
    """The value of Chinese numerals: 三千五百, 三千五 (3500), 一百五 (150), 二〇二四."""
    if not any(char in _UNITS for char in word):
        return float("".join(str(_DIGITS[char]) for char in word))
    total, section, digit, unit = 0.0, 0.0, None, 1
    for char in word:
        if char in _DIGITS:
            digit = _DIGITS[char]
            if char in "零〇":
                unit = 10  # what follows stands for itself
        elif char == "万":
            total, section, digit, unit = (total + section + (digit or 0)) * 10000, 0.0, None, 10000
        else:
            section += (1 if digit is None else digit) * _UNITS[char]
            digit, unit = None, _UNITS[char]
    if digit is not None:
        section += digit * (unit // 10 if unit >= 100 else 1)
    return total + section
