"""Rules of a request about when things were made."""

from __future__ import annotations

import re

from core.dialogue.carrying import ANYTHING, UNWANTED, UNWANTED_BEHIND, UNWANTED_CHINESE, carried, left_out
from core.dialogue.names import Names
from core.dialogue.patterns import late
from core.dialogue.rules import TO, Rule, apply
from core.dialogue.spotting import N, Spotted, T, Y
from core.dialogue.structure import Part, Years

_NOT_OF = (
    rf"(?:(?:{UNWANTED}|less|fewer|except(?: for)?|(?:anything|everything|all|any) (?:but|except))\s+"
    rf"|{UNWANTED_CHINESE}\s*)"
)
_ANY = ANYTHING
_THE = r"\s*(?:the\s+)?"
_LONG = 60  # years that a span with a short end may be long
_NEVER = rf"(?P<never>{UNWANTED_CHINESE})"
_DATED = (
    "(?:上映|出版|发行|开[业张放播]?|建成?|创办|成立|推出|采摘?|出|拍|片子?|电影|老片|作品|东西|商品|的)*"
    rf"(?P<no>{UNWANTED_BEHIND})?"
)
_WORK_UNITS = r"(?:items?|products?|results?|films?|movies?|dollars?|euros?|bucks|yuan|percent|%)"
_FIELD = r"(?:(?:the )?(?:release )?(?:years?|dates?|released?|年份|年代|上映年份)\s*)?"
_YEAR_RELATIONS = tuple(
    (way, late(pattern))
    for way, pattern in (
        ("since", rf"(?P<no>{_NOT_OF})?{_FIELD}(?:>=|=>|≥)\s*(?P<y>{Y})"),
        ("until", rf"(?P<no>{_NOT_OF})?{_FIELD}(?:<=|=<|≤)\s*(?P<y>{Y})"),
        ("after", rf"(?P<no>{_NOT_OF})?{_FIELD}>\s*(?P<y>{Y})"),
        ("before", rf"(?P<no>{_NOT_OF})?{_FIELD}<\s*(?P<y>{Y})"),
        (
            "after",
            rf"(?P<no>{_NOT_OF})?{_ANY}(?:after|newer than|later than|post[- ]?|past|beyond|more recent than"
            rf"|younger than){_THE}(?P<y>{Y})",
        ),
        (
            "since",
            rf"(?P<no>{_NOT_OF})?{_ANY}(?:since|starting(?: from| in| with)?|at least(?: from)?){_THE}(?P<y>{Y})",
        ),
        (
            "since",
            rf"(?P<no>{_NOT_OF})?{_ANY}(?P<y>{Y})\s*(?:to|until|till|through|-|–|up to)\s*(?:the )?(?:present|now"
            r"|today|date|this day)(?: day)?(?![a-z])",
        ),
        ("since", rf"{_NEVER}?(?:不早于|不老于|最早){_THE}(?P<y>{Y}){_DATED}"),
        ("until", rf"{_NEVER}?(?:不晚于|不新于|最晚){_THE}(?P<y>{Y}){_DATED}"),
        ("after", rf"{_NEVER}?(?:晚于|新于){_THE}(?P<y>{Y}){_DATED}"),
        ("before", rf"{_NEVER}?(?:早于|老于|比)(?P<y>{Y})(?:更?[老早]|还[老早])?{_DATED}"),
        (
            "since",
            rf"(?P<no>{_NOT_OF})?{_ANY}(?:(?:from|in)\s+)?(?:the\s+)?(?P<y>{Y})\s*(?:(?:and |or )?on(?:wards?)?\b"
            r"|(?:or|and) (?:later|newer|after|up)|\+)",
        ),
        (
            "before",
            rf"(?P<no>{_NOT_OF})?{_ANY}(?:before|older than|earlier than|prior to|predating|preceding"
            rf"|pre[- ]?){_THE}(?P<y>{Y})",
        ),
        (
            "until",
            rf"(?P<no>{_NOT_OF})?{_ANY}(?:(?:up )?until|till|up to|through|by|no later than|at the latest(?: from)?"
            rf"|latest){_THE}(?P<y>{Y})",
        ),
        ("since", rf"(?P<y>{Y}) at (?:the )?(?:very )?(?:earliest|oldest)(?P<no>(?!))?"),
        ("until", rf"(?P<y>{Y}) at (?:the )?(?:very )?(?:latest|newest)(?P<no>(?!))?"),
        ("until", rf"(?P<no>{_NOT_OF})?{_ANY}(?:the\s+)?(?P<y>{Y})\s*(?:or|and) (?:earlier|older|before)"),
        ("until", rf"{_NEVER}?(?:截止?到?|到)?(?P<y>{Y})(?:及|或者?|和|以及)(?:以前|之前|更早|更老){_DATED}"),
        ("until", rf"{_NEVER}?(?:截止?到?|到)?(?P<y>{Y})为止{_DATED}"),
        ("before", rf"{_NEVER}?(?:在)?(?P<y>{Y})(?:以前|之前|前(?!后)){_DATED}"),
        (
            "since",
            rf"{_NEVER}?(?:从|自)?(?P<y>{Y})(?:及|或者?|以及)?(?:更晚|以后|之后|后|以来|起|开始|至今|到现在|到今天|往后"
            rf"|更新){_DATED}",
        ),
    )
)
_YEAR_RANGE = late(
    rf"(?P<no>{_NOT_OF})?{_ANY}(?:between|from|in|在"
    rf"|从)?\s*(?:the\s+)?(?P<low>{Y}){TO}(?:the\s+)?(?P<high>{Y})(?:之间|年间|期间)?(?:上映|出版|发行"
    r"|的)*(?P<later>(?:都)?(?:不要|去掉|排除|不看))?"
)
_SHORT_RANGE = late(
    rf"(?:从|在)?(?P<low>{N})年?{TO}(?P<high>{Y})(?:之间|年间|期间)?(?:上映|出版|发行|的)*"
)  # "70到99年"
_SHORT_END = late(
    rf"(?P<no>{_NOT_OF})?{_ANY}(?:between|from|in|在|从)?\s*(?:the\s+)?(?P<low>{Y}){TO}'?(?P<high>{N})年?(?:之间"
    r"|年间|期间)?"
    rf"(?:上映|出版|发行|的)*(?!\s*(?:[元块个部条款本件]|{_WORK_UNITS}))"
)  # "1990-99", "98年到05年"
_YEAR = late(
    rf"(?P<no>{_NOT_OF})?{_ANY}(?:(?:from|in|of|out|during|within)\s+)?(?:the\s+)?(?P<ys>{Y}(?:\s*(?:,|、|and|or|和"
    rf"|或者?|以及)\s*(?:the\s+)?{Y})*)(?:上映|出版|发行|拍|出|产|那个|时期|片子?|电影|的)*(?P<later>(?:都|就|一律"
    r"|统统|全)*(?:不要|去掉|排除|不看|别推荐?|免了|算了))?"
)
_NOT_OLDER = late(
    r"(?:not|no|nothing|don'?t want (?:anything|any)|不要|别)\s*(?P<way>older|earlier|newer"
    rf"|later) than\s*(?:the\s+)?(?P<y>{Y})"
)


_THAN_ITEM = late(
    rf"(?P<no>{_NOT_OF})?{_ANY}(?:(?P<later>newer|more recent|later|younger|more modern)|older|earlier"
    rf"|less recent) than (?:the )?(?P<item>{T})"
    rf"|比(?P<other>{T})(?:更|还|要|再)*(?:(?P<new>新|晚)|老|旧|早)(?:一?[点些])?的?"
)


def years(line: Spotted, names: Names) -> list[Part]:
    """The years that items are of."""

    def than(found: re.Match[str]) -> list[Part] | None:
        year = int(names.years[int(line.name(found["item"] or found["other"]).value)])
        if not year:
            return None
        later = bool(found["later"] or found["new"])
        place = found.start("item") if found["item"] else found.start("other")
        if found["no"] or carried(line, place):  # "nothing older than Titanic"
            return [Years(None, year) if later else Years(year, None)]
        return [Years(year + 1, None) if later else Years(None, year - 1)]

    def relation(way: str) -> Rule:
        def rule(found: re.Match[str]) -> list[Part]:
            period = line.period(found["y"])
            first, last = period.first.year, period.last.year
            low = {"after": last + 1, "since": first}.get(way)
            high = {"before": first - 1, "until": last}.get(way)
            said = found.groupdict()
            turned = bool(said.get("no") or left_out(line, found.end())) != bool(said.get("never"))
            if turned or (not said.get("no") and carried(line, found.start("y"))):  # not before is from then on
                low, high = (None, low - 1) if low is not None else ((high or 0) + 1, None)
            return [Years(low, high)]

        return rule

    def not_older(found: re.Match[str]) -> list[Part]:
        period = line.period(found["y"])
        if found["way"] in ("older", "earlier"):
            return [Years(period.first.year, None)]
        return [Years(None, period.last.year)]

    def unwanted(found: re.Match[str], group: str) -> bool:
        behind = left_out(line, found.end())
        return bool(found["no"] or found["later"] or behind) or carried(line, found.start(group))

    def span(found: re.Match[str]) -> list[Part]:
        first, last = line.period(found["low"]), line.period(found["high"])
        low, high = sorted((first, last), key=lambda period: period.first)
        return [Years(low.first.year, high.last.year, out=unwanted(found, "low"))]

    def bare(found: re.Match[str]) -> list[Part]:
        spans = [line.period(character) for character in re.findall(Y, found["ys"])]
        low, high = min(span.first.year for span in spans), max(span.last.year for span in spans)
        return [Years(low, high, out=unwanted(found, "ys"))]

    def short(found: re.Match[str]) -> list[Part] | None:
        first, last = line.number(found["low"]).value, line.period(found["high"]).last.year
        century = last - last % 100
        return [Years(century + int(first), last)] if 20 <= first <= last % 100 and first == int(first) else None

    def short_end(found: re.Match[str]) -> list[Part] | None:
        number, first = line.number(found["high"]), line.period(found["low"]).first.year
        last = first - first % 100 + int(number.value)
        last += 100 if last < first else 0
        if number.end - number.start != 2 or number.money or last - first > _LONG:
            return None
        return [Years(first, last, out=bool(found["no"]))]

    parts = apply(line, _SHORT_RANGE, short) + apply(line, _SHORT_END, short_end)
    parts += apply(line, _THAN_ITEM, than) + apply(line, _NOT_OLDER, not_older) + apply(line, _YEAR_RANGE, span)
    for way, pattern in _YEAR_RELATIONS:
        parts += apply(line, pattern, relation(way))
    parts += apply(line, _YEAR, bare)
    return _together(parts)


def _together(parts: list[Part]) -> list[Part]:
    """One span of the bounds that were said apart: "after 1980, before 1990"."""
    spans = [part for part in parts if isinstance(part, Years) and not part.out]
    spans = spans[-1:] if _apart(spans) else spans
    low = max((span.low for span in spans if span.low is not None), default=None)
    high = min((span.high for span in spans if span.high is not None), default=None)
    kept = [part for part in parts if isinstance(part, Years) and part.out]
    return [*([Years(low, high)] if spans else []), *kept]


def _apart(spans: list[Years]) -> bool:
    """Whether no year is in all of them."""
    lows, highs = [span.low for span in spans if span.low], [span.high for span in spans if span.high]
    return bool(lows and highs) and max(lows) > min(highs)
