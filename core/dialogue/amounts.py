"""Rules of a request about numbers: prices, years, how many, and at most how many of each."""

from __future__ import annotations

import re
from collections.abc import Callable

from core.dialogue.names import Names
from core.dialogue.spotting import DONE, C, N, Spotted, T, Y
from core.dialogue.structure import Count, Most, Part, Price, Years

AROUND = 0.2  # to either side of a price that is said to be about so much
_FEW = 20  # a bare number up to this is a length of the list, above it a price

_TO = r"\s*(?:-|–|—|~|to|and|through|到|至|和)\s*"
_PRICE = (
    r"(?:(?:with |at |in )?(?:an? |the )?(?:price[sd]?|pricing|cost(?:s|ing)?|budget|价格|价位|价钱|单价|售价"
    r"|预算|定价)(?: range)?\s*(?:is|of|are|at|:|：|在|是|为|大概)?\s*)"
)
_UNIT = (
    r"(?!\s*(?:items?\b|of\b|per\b|from\b|film|movie|product|recommend|result|thing|%|percent|day|week"
    r"|month|minute|hour|star"
    r"|event|action|times?\b|in total|个|条|部|款|本|件|样|天|次|星|名|位|种|首|gb|tb|ml|kg|mah|inch"
    r"|pieces?|persons?|people|players?))"
)
_GROUPS = {
    "category": r"categor(?:y|ies)|genres?|types?|kinds?|class(?:es)?|topics?|departments?|sections?|类别|类目|品类"
    r"|类型|分类|题材|种类|种|类",
    "brand": r"brands?|makers?|manufacturers?|labels?|authors?|studios?|directors?|vendors?|companies|company"
    r"|publishers?|品牌|牌子|厂家|厂商|作者|导演|出版社|公司|牌",
}
_GROUP = "|".join(f"(?P<{name}>{words})" for name, words in _GROUPS.items())
_LIMIT = (
    r"(?:(?:with )?(?:the )?(?:top|first|best|at most|at the most|no more than|not more than"
    r"|max(?:imum)?(?: of)?\.?|up to|only|just|limit(?:ed)?(?: of| to)?|cap(?: of| at)?|keep(?: it)? to)\s*)"
)
_LIMIT_CHINESE = (
    r"(?:最多|至多|只推荐|不超过|不要超过|别超过|不多于|不能超过|只要|只推|只出|只来|限|顶多|控制在|推|出|来|取|给"
    r"|推荐|要|保留)"
)

_MOST = (
    re.compile(
        rf"{_LIMIT}?(?P<n>{N})\s*(?:items?|of them|products?|films?|movies?|results?|picks?|max\.?|maximum"
        rf"|titles?)?\s*"
        rf"(?:(?:of|per|from|for|in|by|under|a)\s+(?:each|every|any(?: one)?|a|the same|one|single"
        rf"|any single|per)?|each|per)\s*"
        rf"(?:{_GROUP})(?![a-z])(?:\s*(?:max\.?|maximum|at most|tops|only))?"
    ),
    re.compile(
        rf"(?P<n>{N})\s*(?:items? |of them )?each(?: of)?(?![a-z])|各(?:来|要|推荐?|给|取|出"
        rf"|选)?(?P<m>{N})\s*(?:个|条|部|款|本|件|样|种|首)?"
    ),
    re.compile(
        rf"(?:limit |cap |restrict )?(?:each|every|per|any(?: one)?"
        rf"|a single)\s+(?:{_GROUP})(?![a-z])[:,]?\s*(?:to |at |gets |has |have |should have "
        rf"|may have )?{_LIMIT}?(?P<n>{N})(?:\s*(?:items?|max|products?|films?|movies?))?"
    ),
    re.compile(
        rf"(?:每|同|各|单|任意?|{N}(?=个|种|类|家))(?:一)?(?:个|种|类|家)??(?:商品|电影)?(?:{_GROUP})(?:的"
        rf"|里面?|下面?|中|内)?(?:商品|电影|片子|东西)?(?:都|各)?"
        rf"(?:{_LIMIT_CHINESE})*(?P<n>{N})\s*(?:个|条|部|款|本|件|样|种|首)?(?:商品|电影|就够了|就行|即可)?"
    ),
)

_LOWER = (
    r"(?:(?:costs?\s+)?(?:over|above|more than|at least|min(?:imum)?(?: price)?(?: of| is|:)?\.?"
    r"|starting (?:at|from)|upwards of|from"
    r"|not (?:less|below|under|cheaper)(?: than)?|no(?:thing)? (?:less|cheaper)(?: than)?|nothing (?:under|below)"
    r"|more expensive than|higher than|exceeding|>=?|≥|高于|大于|超过|不(?:要|能|可)?(?:低于|少于|小于)"
    r"|至少|起码|最低|最少|多于|贵于))\s*"
)
_UPPER = (
    r"(?:(?:costs?\s+)?(?:(?<!nothing )(?<!not )(?<!no )(?:under|below|less than|cheaper than|lower than)"
    r"|up to|at most|at the most"
    r"|no more than|not more than"
    r"|not over|not above|not exceeding|max(?:imum)?(?: price)?(?: of| is|:)?\.?|(?:price )?(?:limit|cap"
    r"|ceiling)(?: of| is|:)?|within|no higher than|nothing (?:above|over|beyond)"
    r"|nothing more (?:expensive )?than|for (?:less|under) than|for under|maximal|tops|<=?|≤|budget(?: of"
    r"| is|:)?|beneath"
    r"|(?:不要|不能|不可|别|不)(?:超过|高于|多于|大于)|(?<!不)(?<!不要)(?<!不能)(?:低于|小于|少于)|最多"
    r"|至多|控制在|顶多|最高|上限|不到|便宜于|预算))\s*"
)
_ABOUT = r"(?:around|about|roughly|approximately|approx\.?|circa|some|~|大概|大约|差不多|约)\s*"
_UPPER_AFTER = (
    r"\s*(?:以内|以下|之内|之下|内|封顶|为上限|以里|及以下|or less|or under|or below|and under|and below"
    r"|max(?:imum)?|tops|at most|at the most|or cheaper)"
)
_LOWER_AFTER = r"\s*(?:以上|起步|起|往上|朝上|及以上|or more|and up|and above|or above|\+|upwards?|or over|plus)"
_ABOUT_AFTER = r"\s*(?:左右|上下|or so|ish\b|-ish\b|前后)"

_RANGE = re.compile(
    rf"(?P<price>{_PRICE})?(?:between|from|在|从)?\s*(?P<low>{N}){_TO}(?P<high>{N})(?:之间|范围内?"
    rf"|区间)?{_UNIT}"
)
_BOTH = re.compile(
    rf"(?P<price>{_PRICE})?{_LOWER}(?P<low>{N})\s*(?:but|and|,|，|但|而"
    rf"|且)?\s*(?:also )?{_UPPER}(?P<high>{N}){_UNIT}"
)
_BOUNDS = tuple(
    (side, re.compile(f"(?P<price>{_PRICE})?{pattern}"))
    for side, pattern in (
        ("low", rf"(?:不要|别要?|不看)(?P<n>{N})(?:以下|以内|之下|之内)的?"),
        ("high", rf"(?:不要|别要?|不看)(?P<n>{N})(?:以上|往上|起)的?"),
        ("about", rf"预算(?:在|是|为|大概|大约)?(?P<n>{N}){_ABOUT_AFTER}"),
        ("high", rf"(?:最贵|单价)?{_UPPER}(?P<n>{N})(?:以内|以下|之内|之间)?{_UNIT}"),
        ("high", rf"(?P<n>{N}){_UPPER_AFTER}"),
        ("low", rf"{_LOWER}(?P<n>{N}){_UNIT}"),
        ("low", rf"(?P<n>{N}){_LOWER_AFTER}"),
        ("about", rf"{_ABOUT}(?P<n>{N}){_UNIT}"),
        ("about", rf"(?:for )?(?P<n>{N}){_ABOUT_AFTER}"),
        ("about", rf"(?:for |at |costing )?(?P<n>{N}){_UNIT}"),
    )
)
_THAN_ITEM = (
    (
        "high",
        re.compile(
            rf"(?:cheaper|less expensive|less) than (?:the )?(?P<item>{T})|比(?P<other>{T})(?:更|还"
            rf"|要)?便宜(?:一?点|些)?的?"
        ),
    ),
    ("low", re.compile(rf"more expensive than (?:the )?(?P<item>{T})|比(?P<other>{T})(?:更|还|要)?贵(?:一?点|些)?的?")),
)

_THAN_WORDS = re.compile(
    r"(?:cheaper|(?:more|less) expensive) than (?:the |an? )?(?P<words>[a-z][^,;.!?]*)"
    r"|(?:要)?比(?P<said>[^,，。；]+?)(?:更|还|要)?(?:便宜|贵)(?:一?[点些])?的?"
)
_NOT_OF = (
    r"(?:(?:nothing|none(?: of them)?|no|not|less|fewer|skip|exclude|excluding|without|avoid|drop|remove"
    r"|don'?t (?:show|want)|leave out|except(?: for)?|不要|别要?|去掉|排除|不看|不想看)\s*)"
)
_ANY = (
    r"(?:(?:me|anything|everything|any|all|films?|movies?|titles?|ones?|stuff|things?|items?|that (?:is|are"
    r"|were|was)|which (?:is|are)|made|released|dating|published|produced|from|of|in|the)\s+)*"
)
_THE = r"\s*(?:the\s+)?"
_DATED = r"(?:上映|出版|发行|出|拍|的)*(?P<no>(?:都)?(?:不要|去掉|排除|不看|别要|不想看))?"
_YEAR_RELATIONS = tuple(
    (way, re.compile(pattern))
    for way, pattern in (
        (
            "after",
            rf"(?P<no>{_NOT_OF})?{_ANY}(?:after|newer than|later than|post[- ]?"
            rf"|more recent than){_THE}(?P<y>{Y})",
        ),
        ("since", rf"(?P<no>{_NOT_OF})?{_ANY}(?:since|starting(?: from| in| with)?){_THE}(?P<y>{Y})"),
        (
            "since",
            rf"(?P<no>{_NOT_OF})?{_ANY}(?:(?:from|in)\s+)?(?:the\s+)?(?P<y>{Y})\s*"
            r"(?:(?:and |or )?on(?:wards?)?\b|(?:or|and) (?:later|newer|after|up)|\+)",
        ),
        ("before", rf"(?P<no>{_NOT_OF})?{_ANY}(?:before|older than|earlier than|prior to|pre[- ]?){_THE}(?P<y>{Y})"),
        (
            "until",
            rf"(?P<no>{_NOT_OF})?{_ANY}(?:until|till|up to|no later than|at the latest(?: from)?"
            rf"|latest){_THE}(?P<y>{Y})",
        ),
        ("until", rf"(?P<no>{_NOT_OF})?{_ANY}(?:the\s+)?(?P<y>{Y})\s*(?:or|and) (?:earlier|older|before)"),
        ("until", rf"(?:截止?到?|到)?(?P<y>{Y})(?:及|或|和)(?:以前|之前|更早){_DATED}"),
        ("before", rf"(?:在)?(?P<y>{Y})(?:以前|之前|前){_DATED}"),
        ("since", rf"(?:从|自)?(?P<y>{Y})(?:及)?(?:以后|之后|后|以来|起|开始|至今|往后){_DATED}"),
    )
)
_YEAR_RANGE = re.compile(
    rf"(?P<no>{_NOT_OF})?{_ANY}(?:between|from|in|在"
    rf"|从)?\s*(?:the\s+)?(?P<low>{Y}){_TO}(?:the\s+)?(?P<high>{Y})(?:之间|年间|期间)?(?:上映|出版|发行"
    rf"|的)*(?P<later>(?:都)?(?:不要|去掉|排除|不看))?"
)
_YEAR = re.compile(
    rf"(?P<no>{_NOT_OF})?{_ANY}(?:(?:from|in|of|out|during|within)\s+)?(?:the\s+)?(?P<ys>{Y}(?:\s*(?:,|、"
    rf"|and|or|和|或者?|以及)\s*(?:the\s+)?{Y})*)"
    r"(?:上映|出版|发行|拍|出|产|那个|时期|的)*(?P<later>(?:都)?(?:不要|去掉|排除|不看))?"
)
_NOT_OLDER = re.compile(
    rf"(?:not|no|nothing|don'?t want (?:anything|any)|不要|别)\s*(?P<way>older|earlier|newer"
    rf"|later) than\s*(?:the\s+)?(?P<y>{Y})"
)

_COUNTED = (
    r"(?:recommendations?|results?|items?|suggestions?|titles?|picks?|products?|films?|movies?|options?"
    r"|entries|rows|things|ones|of them|in total|total|in all|altogether)"
)
_COUNT = (
    re.compile(
        rf"(?:limit|cut|shorten|reduce|keep|trim)(?: the list| it| them| this"
        rf"| the number)*(?: down)? to\s*(?P<n>{N})(?:\s*{_COUNTED}\b)*"
    ),
    re.compile(rf"(?P<n>{N})\s*(?:is|are) (?:enough|plenty|fine|sufficient)"),
    re.compile(
        rf"(?:(?:the )?(?:top|first|best|max(?:imum)?(?: of)?\.?|total(?: of)?:?|list of|exactly|only|just"
        rf"|at most|no more than|up to)\s*)+(?P<n>{N})(?:\s*(?:best |good |more "
        rf"|new )?{_COUNTED}\b)*(?!\s*(?:%|percent|days?|weeks?|stars?))"
    ),
    re.compile(
        rf"(?:give me|show(?: me)?|recommend(?: me)?|need|want|keep|list|return|let me see|i'd like)\s*(?:the "
        rf"|just |only )?(?P<n>{N})(?:\s*(?:best |good |more |new |different )?{_COUNTED}\b)*"
    ),
    re.compile(rf"(?P<n>{N})\s*(?:best |good |more |new |different )?{_COUNTED}\b(?:\s*(?:max|please|in total))?"),
    re.compile(
        rf"(?:(?:一共|总共|共|只要|只|推荐|给我|给她|给他|来|要|列出?|显示|展示|最多|至多|不要超过|不超过|别超过|给"
        rf"|推)+)\s*(?P<n>{N})\s*(?:个|条|部|款|本|件|样|首|名|项|位)?(?:商品|推荐|结果|电影|就够了?|就行"
        rf"|即可)*"
    ),
    re.compile(rf"(?P<n>{N})\s+(?:\w+ )?(?={C})"),
    re.compile(rf"(?:^|(?<=[,;.] ))(?P<n>{N})\s+(?=(?!days|weeks|months|years|hours|minutes|stars|times)[a-z]+s\b)"),
    re.compile(rf"(?:推荐|列表)?(?:数量|个数|条数|长度)(?:改成?|设为|设成|调到|调成|变成|是|为)?\s*(?P<n>{N})"),
    re.compile(rf"(?:前|头)\s*(?P<n>{N})\s*(?:个|条|部|款|本|件|样|首|名|项|位)?(?:商品|推荐|结果|电影)*"),
    re.compile(rf"(?P<n>{N})\s*(?:个|条|部|款|本|件|样|首|名|项|位)(?:商品|推荐|结果|电影|就够了?|就行|即可)*"),
)

_AT_LEAST = re.compile(r"(?:at least|no fewer than|not less than|至少|起码|不少于)(?:要|来|有)?\s*$")
_OF_ONE = re.compile(rf"\s*(?:\w+ )?{C}")
_BOUND = re.compile(r"(?:at most|no more than|up to|max(?:imum)?(?: of)?|only|just|最多|至多|不超过|别超过)\s*$")

Rule = Callable[[re.Match[str]], list[Part] | None]


def apply(line: Spotted, pattern: re.Pattern[str], rule: Rule) -> list[Part]:
    """The parts that a rule makes of each match that it takes; what it takes is used up."""
    parts: list[Part] = []
    at = 0
    while (found := pattern.search(line.line, at)) is not None:
        if found.end() == found.start() or _inside(line.line, found.start()):  # of a word
            at = found.start() + 1
            continue
        made = None if _inside(line.line, found.end()) else rule(found)
        at = max(found.end(), found.start() + 1)
        if made is not None:
            parts += made
            line.use(found.start(), found.end())
    return parts


def _inside(text: str, place: int) -> bool:
    """Whether a cut at `place` would go through a word of Latin letters."""
    return 0 < place < len(text) and text[place - 1 : place + 1].isascii() and text[place - 1 : place + 1].isalpha()


def most(line: Spotted) -> list[Part]:
    """At most so many of each category or brand."""

    def rule(found: re.Match[str]) -> list[Part] | None:
        said = found.groupdict()
        number = line.number(said.get("n") or said["m"])
        return None if number.money else [Most(int(number.value), "brand" if said.get("brand") else "category")]

    return [part for pattern in _MOST for part in apply(line, pattern, rule)]


def price(line: Spotted, names: Names) -> list[Part]:
    """What items cost."""
    low: float | None = None
    high: float | None = None

    def span(found: re.Match[str]) -> list[Part] | None:
        nonlocal low, high
        first, last = line.number(found["low"]), line.number(found["high"])
        start, end = first.value, last.value
        if start > end:
            start *= 1000 if end >= 1000 else 100 if end >= 100 else 1  # "三到五千"
        elif start < 10 <= end / 100 and line.text[last.start : last.end].strip("元块钱")[-1:] in ("千", "万", "k"):
            start *= 10000 if "万" in line.text[last.start : last.end] else 1000
        if start > end:
            return None
        low, high = start, end
        return []

    def bound(side: str) -> Rule:
        def rule(found: re.Match[str]) -> list[Part] | None:
            nonlocal low, high
            number = line.number(found["n"])
            spoken = number.money or bool(found["price"]) or re.search("budget|预算|expensive|cheaper|cost", found[0])
            fits = spoken or (found[0] != found["n"] and number.value > _FEW) or _costs(found[0], side)
            if not fits or (side == "about" and not spoken and found[0].strip() == found["n"]):
                return None
            if side == "about":
                low, high = _rounded(number.value * (1 - AROUND)), _rounded(number.value * (1 + AROUND))
            elif side == "low":
                low = number.value
            else:
                high = number.value
            return []

        return rule

    def than(side: str) -> Rule:
        def rule(found: re.Match[str]) -> list[Part] | None:
            nonlocal low, high
            cost = float(names.prices[int(line.name(found["item"] or found["other"]).value)])
            if cost != cost:
                return None
            low, high = (low, cost) if side == "high" else (cost, high)
            return []

        return rule

    def than_words(found: re.Match[str]) -> list[Part] | None:
        nonlocal low, high
        group = "words" if found["words"] else "said"
        codes = names.items_called(line.words(*found.span(group)))
        cost = float(names.prices[codes[0]]) if len(codes) == 1 else float("nan")
        if cost != cost:
            return None
        dear = re.search("expensive|贵", found[0]) is not None and "less" not in found[0]
        low, high = (cost, high) if dear else (low, cost)
        return []

    for side, pattern in _THAN_ITEM:
        apply(line, pattern, than(side))
    apply(line, _THAN_WORDS, than_words)
    apply(line, _BOTH, span)
    apply(line, _RANGE, span)
    for side, pattern in _BOUNDS:
        apply(line, pattern, bound(side))
    return [] if low is None and high is None else [Price(low, high)]


def _costs(words: str, side: str) -> bool:
    """Whether a small bare number is a price: "under 5" is, "no more than 5" is how many."""
    if side == "high":
        return (
            re.search(r"under|below|less than|低于|小于|以内|以下|之内|之下|便宜|<|≤|above|over|以上|往上", words)
            is not None
        )
    return (
        side == "low"
        and re.search(r"above|over|高于|大于|以上|>|≥|以下|以内|cheaper|less|under|below", words) is not None
    )


def _rounded(value: float) -> float:
    return round(value, 2)


def years(line: Spotted) -> list[Part]:
    """The years that items are of."""

    def relation(way: str) -> Rule:
        def rule(found: re.Match[str]) -> list[Part]:
            period = line.period(found["y"])
            first, last = period.first.year, period.last.year
            low = {"after": last + 1, "since": first}.get(way)
            high = {"before": first - 1, "until": last}.get(way)
            if found["no"]:  # not before is from then on
                low, high = (None, low - 1) if low is not None else ((high or 0) + 1, None)
            return [Years(low, high)]

        return rule

    def not_older(found: re.Match[str]) -> list[Part]:
        period = line.period(found["y"])
        if found["way"] in ("older", "earlier"):
            return [Years(period.first.year, None)]
        return [Years(None, period.last.year)]

    def span(found: re.Match[str]) -> list[Part]:
        first, last = line.period(found["low"]), line.period(found["high"])
        low, high = sorted((first, last), key=lambda period: period.first)
        return [Years(low.first.year, high.last.year, out=bool(found["no"] or found["later"]))]

    def bare(found: re.Match[str]) -> list[Part]:
        spans = [line.period(character) for character in re.findall(Y, found["ys"])]
        low, high = min(span.first.year for span in spans), max(span.last.year for span in spans)
        return [Years(low, high, out=bool(found["no"] or found["later"]))]

    parts = apply(line, _NOT_OLDER, not_older) + apply(line, _YEAR_RANGE, span)
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


def count(line: Spotted) -> list[Part]:
    """How long the list is to be."""

    def rule(found: re.Match[str]) -> list[Part] | None:
        number = line.number(found["n"])
        if number.money or not 1 <= number.value <= 1000 or number.value != int(number.value):
            return None
        limited = _BOUND.search(line.line[: found.start("n")]) is not None
        if limited and _OF_ONE.match(line.line, found.end("n")):
            return None  # a limit of one category is not one of the list
        if DONE in found[0] or _AT_LEAST.search(line.line[: found.start()]):
            return None
        return [Count(int(number.value))]

    return [part for pattern in _COUNT for part in apply(line, pattern, rule)][:1]
