"""Rules of a request about what things cost."""

from __future__ import annotations

import re

from core.dialogue.carrying import ANYTHING, UNWANTED, UNWANTED_BEHIND, UNWANTED_CHINESE, carried, left_out
from core.dialogue.names import Names
from core.dialogue.numerals import Number
from core.dialogue.patterns import late
from core.dialogue.rules import TO, Rule, apply
from core.dialogue.spotting import DONE, E, N, Spotted, T
from core.dialogue.structure import Part, Price

AROUND = 0.2  # to either side of a price that is said to be about so much
_FEW = 20  # a bare number up to this is a length of the list, above it a price
_PRICE = (
    r"(?:(?:with |at |in )?(?:an? |the )?(?:price(?: tags?|s|d)?|pricing|cost(?:s|ing)?|budget|价格|价位|价钱|单价"
    r"|售价|预算"
    r"|定价)(?: range)?\s*+(?:is|of|are|at|lies?|ranges?|runs?|goes|should be|must be|:|：|在|是|为|大概)?\s*+)"
)
_UNIT = (
    r"(?!\s*(?:items?\b|(?:of|per|from|in|by|for)\s+(?:each|every|any|one|an? (?=categ|genre|brand|maker|type|kind)"
    r"|the same|them|those|these|it|single"
    r"|categ|genre|brand"
    r"|maker|type|kind)\b|per\b(?! (?:item|piece|unit|product|article)\b)|film|movie|product|recommend|result|thing|%"
    r"|percent|day|week|month|minute"
    r"|hour|star|event|action|times?\b|in total|个|条|部|款|本|件|样|天|次|星|名|位|种|首|gb|tb|ml|kg|mah|inch"
    r"|pieces?|persons?|people|players?|long|entries|rows|suggestions?|picks?|titles?))"
)
_LOWER = (
    r"(?:(?:costs?\s+)?(?:over|above|more than|at least|min(?:imum)?(?: price)?(?: of| is|:)?\.?|starting (?:at"
    r"|from)|upwards of|from|not (?:less|below|under|cheaper)(?: than)?|no(?:thing)? (?:less|cheaper)(?: than)?"
    r"|nothing (?:under|below)|(?:no|not) (?:lower|below)(?: than)?|more expensive than|pricier than|dearer than"
    r"|costlier than|higher than|exceeding"
    r"|north of|beyond|past|>=?|≥|高于|大于|超过|不(?:要|能|可)?(?:低于|少于|小于)|至少|起码|(?:价格|价位|价钱|预算"
    r"|单价)?下限(?:是|为|给到|放到|开到|定到|提到|调到|设为|设成|设在|改成|改为|降到|放到|定在|：)?|最低|最少|起价"
    r"|起步价"
    r"|多于|贵于|贵过|高过"
    r"|不便宜于|最便宜(?:也)?(?:要|得)?))\s*"
)
_UPPER = (
    r"(?:(?:costs?\s+)?(?:(?<!nothing )(?<!not )(?<!no )(?:under|below|less than|cheaper than|lower than|south of"
    r"|sub[- ]?)|no (?:pricier|dearer|costlier) than|capped at|caps? out at|tops? out at|up to|at most|at the most"
    r"|no more than|not (?:a (?:penny|cent|dollar|dime|euro|yuan) )?(?:more than|over|above|beyond|past)"
    r"|no greater than|not greater than"
    r"|(?:(?:(?:must|may|should|can|does|do|shall|will|to|is|are)(?:n'?t|not)?|not|never|without"
    r"|won'?t) )*(?:not )?(?:to )?"
    r"(?<=t )exceed(?:s|ing)?|not exceeding|cap(?:ping)?(?: (?:the|it|things|everything|all|price|prices|cost|costs"
    r"|spend|spending|them))* (?:at|to)|max(?:im(?:um|al(?:ly)?))?(?: price)?(?: of"
    r"| is|:)?\.?|(?:price )?(?:limit|cap|ceiling)(?: of| is| at|:)?|within|no higher than|for (?:less|under) than"
    r"|for under|maximal|tops|<=?|≤|budget(?: of| is|'s|:)?|beneath|spend(?:ing)?(?: up to)?|pay(?:ing)?(?: up to)?"
    r"|afford(?: up to)?|(?:不要|不能|不可|别|不)(?:超过|高于|多于|大于)|(?<!不)(?<!不要)(?<!不能)(?:低于|小于|少于)"
    r"|(?:别|不要|不能|不可以?|不得|不许|不)(?:(?:高|贵|多)?过|超过?)|[贵高]不过|最多|至多|控制在|卡在|压在|顶多|顶天"
    r"|顶格"
    r"|撑死|(?:价格|价位|价钱|预算|单价)?上限(?:是|为|给到|放宽到|开到|定到|提高到|降低到|卡在|提到|调到|设为|设成"
    r"|设在|改成|改为|降到|放到|定在|：)?|最高"
    r"|最贵(?:不过|不超过)?|上限(?:是|为)?|不到|(?<!不)便宜于|预算[：:=]?|封顶))\s*"
)
_ABOUT = (
    r"(?:around|about|roughly|approximately|approx\.?|circa|near(?:ly)?|close to|in the region of"
    r"|in the (?:neighbou?rhood|ballpark|vicinity|area|order) of|somewhere (?:around|near)|some|~|大概|大约|差不多|约"
    r"|接近|将近)\s*"
)
_UPPER_AFTER = (
    r"(?:\s*(?:apiece|a ?piece|each|per (?:item|piece|unit|article)|a pop))?\s*(?:以内|以下|之内|之下|内|封顶|顶天"
    r"|顶格|撑死|到顶|为顶|往下|朝下|打住|为上限|以里|及以下|为止"
    r"|at the (?:very|absolute|utter) most|at the outside|and (?:not|no) (?:a (?:cent|penny) )?more|and that's (?:it"
    r"|the limit|my limit)"
    rf"|(?:or|and) (?:lower|cheaper|less|under|below)(?!\s*(?:(?!but\b|and\b)[a-z]|{E}))|max(?:im(?:um|al(?:ly)?))?"
    r"|tops|at most"
    r"|at the most"
    r"|to spend|(?:price )?(?:budget|limit|ceiling|cap)(?![a-z])|is all (?:(?:she|he|they|i|we)(?:'s|'ve)? (?:has"
    r"|have|got|can spend)+))(?:\s*(?:apiece|a ?piece|each|per (?:item|piece|unit|article)))?"
)
_LOWER_AFTER = (
    r"\s*(?:以上|往上走|起步|起价?|打底|开外|往上|朝上|及以上|(?:(?:as|at) (?:a |the )?)?(?:min(?:imum)?"
    r"|least)(?![a-z])"
    rf"|(?:or|and) (?:more|above|over|up|higher|dearer)(?!\s*(?:(?!but\b|and\b)[a-z]|{E}))|\+|upwards?|up(?=\s*(?:$"
    r"|[,;.!?]))|plus)"
)
_ABOUT_AFTER = (
    r"\s*(?:左右|上下|or so|or thereabouts|give or take|-?ish(?: (?:dollars?|bucks|euros?|pounds?|yuan"
    r"|quid))?(?![a-z])|前后|出头)(?:浮动)?"
)
_RANGE = late(
    rf"(?P<price>{_PRICE})?(?:between|from|in the|within|在|从|卡在|控制在)?\s*+(?P<low>{N}){TO}(?P<high>{N})(?:之间"
    rf"|范围内?|区间|(?: price)? (?:range|bracket|band|ballpark|region|mark))?{_UNIT}"
)
_BOTH = late(
    rf"(?P<price>{_PRICE})?{_LOWER}(?P<low>{N})\s*(?:but|and|,|，|但|而|且)?\s*(?:also )?{_UPPER}(?P<high>{N}){_UNIT}"
)
# What is not to be said of prices turns the side: "nothing that costs over 60", "200块以上的不要".
_TURNED = rf"(?P<no>{UNWANTED}\s+{ANYTHING}|{UNWANTED_CHINESE})"
_TURNED_AFTER = rf"(?P<later>的?(?:商品|东西|产品|款|货)?{UNWANTED_BEHIND}(?!\s*{E}))"
_BOUNDS = tuple(
    (side, late(f"{_TURNED}?(?P<price>{_PRICE})?{pattern}{_TURNED_AFTER}?"))
    for side, pattern in (
        ("low", rf"(?P<n>{N})\s*(?:<|≤)=?\s*(?=price|cost|p\b|x\b|价)(?P<spoken>)"),
        ("high", rf"(?P<n>{N})\s*(?:>|≥)=?\s*(?=price|cost|p\b|x\b|价)(?P<spoken>)"),
        ("about", rf"预算(?:在|是|为|大概|大约)?(?P<n>{N}){_ABOUT_AFTER}"),
        ("high", rf"(?:最贵|单价)?{_UPPER}(?P<n>{N})(?:以内|以下|之内|之间)?{_UNIT}"),
        ("high", rf"(?P<n>{N}){_UPPER_AFTER}"),
        (
            "high",
            rf"(?P<n>{N})\s*(?:is|as|being|=)\s*(?:(?:the|her|his|my|our|their|an?|absolute|upper|very|price"
            r"|spending|top)\s+)*(?:ceiling|limit|max(?:im(?:um|al(?:ly)?))?|cap|budget|most|top price)(?P<spoken>)",
        ),
        (
            "high",
            r"(?:can|could|might|to)\s+(?:\w+\s+)?(?:get|buy|afford|have|find)(?:\s+[a-z]+){0,3}?\s+(?:for|with"
            rf"|on)\s+(?P<n>{N})(?P<spoken>)",
        ),
        ("high", rf"(?P<n>{N})(?:能|可以|够|可|足够|可不可以|能不能)买(?:到|些|点)?(?:什么|啥|哪些)?"),
        ("high", rf"比(?P<n>{N})(?:更|还|要|再)*(?:便宜|低)(?:一?[点些])?(?:的)?(?P<spoken>)"),
        ("low", rf"比(?P<n>{N})(?:更|还|要|再)*(?:贵|高)(?:一?[点些])?(?:的)?(?P<spoken>)"),
        ("low", rf"{_LOWER}(?P<n>{N}){_UNIT}"),
        ("low", rf"(?P<n>{N}){_LOWER_AFTER}"),
        ("about", rf"{_ABOUT}(?P<n>{N}){_UNIT}"),
        ("about", rf"(?:for )?(?P<n>{N}){_ABOUT_AFTER}"),
        ("about", rf"(?:for |at |costing )?(?P<n>{N}){_UNIT}"),
    )
)
_MOVED = late(  # "raise the ceiling from 100 to 140"
    r"(?:(?:raise|lift|increase|lower|drop|cut|reduce|move|change|extend|widen|loosen|relax|bump|put|set|take|bring"
    r"|push)(?:ing)? )?(?:(?:the|her|his|my|our) )?(?:(?:price|spending"
    r"|upper|lower) )?(?:ceiling|limit|cap|budget|max(?:imum)?|floor|min(?:imum)?|bound|price)(?: up"
    rf"| down)? from {N} (?:up |down )?to (?P<n>{N})"
    rf"|(?:(?:价格|预算|价位|单价|上限|下限)(?:的)?)+从{N}(?:放宽|提高|降低|涨|提|升|加|调|降|改|压|放|抬"
    rf"|拉)+[高低]?(?:到|至|为|成)(?P<m>{N})"
)
_NOT_THAN = rf"(?P<no>{UNWANTED}\s+{ANYTHING})?"
_THAN_ITEM = (
    (
        "high",
        late(
            rf"{_NOT_THAN}(?:cheaper|less expensive|less) than (?:the )?(?P<item>{T})"
            rf"|比(?P<other>{T})(?:更|还|要)?便宜(?:一?点"
            r"|些)?的?"
        ),
    ),
    (
        "low",
        late(
            rf"{_NOT_THAN}(?:more expensive|dearer|costlier|pricier) than (?:the )?(?P<item>{T})"
            rf"|比(?P<other>{T})(?:更|还|要)?贵(?:一?点|些)?的?"
        ),
    ),
)
_THAN_WORDS = late(
    rf"{_NOT_THAN}(?:cheaper|dearer|costlier|pricier|(?:more|less) (?:expensive|costly|pricey)"
    r"|(?:cost(?:s|ing)?|priced|going for) (?:less|more|lower"
    r"|higher)) than (?:the |an? )?(?P<words>[a-z][^,;.!?]*)"
    r"|(?:(?:商品|东西)?(?:的)?(?:价格|价位|价钱|售价|单价))?(?:要)?比(?P<said>[^,，。；]+?)(?:的?(?:价格|价位|价钱"
    r"|售价))?(?:更|还|要|再)*(?:便宜|贵|低|高)(?:一?[点些])?的?"
)


_DENIAL = late(
    rf"(?<![a-z])(?:nothing|none|nobody|never|(?:do|does|did|wo|would|ca|should|must)n'?t|without)(?![a-z])"
    rf"(?!(?: really)? (?:mind|care|matter))(?:(?!{E}|{DONE}|[,;.!?]|(?<![a-z])(?:but|and|if|unless|with)(?![a-z])).)*$"
)
# What stands for the price of an item: "the price of the mixer", "双立人菜刀的价格".
_PRICE_OF = tuple(
    late(pattern)
    for pattern in (
        rf"(?:the |its )?(?:price|cost)(?: tag)? of (?:the |an? )?(?P<item>{T})",
        rf"(?:the |that )?(?P<item>{T})'s (?:price|cost)(?: tag)?(?![a-z])",
        rf"(?:what(?:ever)? )?(?:the |that )?(?P<item>{T}) (?:costs?|goes for|sells for|is priced at)(?=\s*(?:$"
        r"|[,;.!?]))",
        rf"(?<=at least as )(?:expensive|dear|pricey|costly) as (?:the |that )?(?P<item>{T})",
        rf"(?<=under |below )(?:the |that )?(?P<item>{T})(?= in price)",
        r"(?:(?<=priced )|(?<=costing )|(?<=costs )|(?<=cost )|(?<=price )|(?<=prices ))(?P<keep>(?:under|below"
        r"|less than|above"
        r"|over|more than|at most|no more than|not more than|up to|within|beyond|exceeding|lower than|higher than))"
        rf" (?:the |that )?(?P<item>{T})",
        rf"(?:the |that )?(?P<item>{T})(?= (?:is|as|being) (?:(?:the|her|his|my|our|an?|absolute|upper|price"
        r"|top) )*(?:ceiling|limit|max"
        r"|maximum|cap|budget))",
        rf"(?P<item>{T})的?(?:价格|价钱|价位|售价|单价|定价|价)",
        rf"(?:(?<=低于|高于|贵过|超过|贵于|不过)|(?<=便宜于))(?P<item>{T})(?!的)",
    )
)


def _prices_of(line: Spotted, names: Names) -> None:
    """Put prices in the places of the items that they are said to be of."""
    for pattern in _PRICE_OF:
        while (found := pattern.search(line.line)) is not None:
            cost = _rounded(float(names.prices[int(line.name(found["item"]).value)]))
            start = found.end("keep") + 1 if found.groupdict().get("keep") else found.start()
            if cost != cost:
                return
            before = len(line.values)
            line.put(start, found.end(), "number", Number(cost, True, *line.span(start, found.end())))
            if len(line.values) == before:
                return


def price(line: Spotted, names: Names) -> list[Part]:
    """What items cost."""
    _prices_of(line, names)
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
        if left_out(line, found.end()):  # a gap in the prices is nothing that can be asked for
            line.missed.append(line.span(*found.span()))
            return []
        low, high = start, end
        return []

    def bound(side: str) -> Rule:
        def rule(found: re.Match[str]) -> list[Part] | None:
            nonlocal low, high
            number = line.number(found["n"])
            told = (
                (number.low is not None and number.value > _FEW)  # "三四百的"
                or bool(found["price"])
                or number.value != int(number.value)
                or found.groupdict().get("spoken") is not None
            )
            spoken = (
                number.money
                or told
                or re.search("budget|预算|expensive|cheaper|pricier|cost|pay|spend|afford|最贵", found[0])
            )
            fits = spoken or (found[0] != found["n"] and number.value > _FEW) or _costs(found[0], side)
            if not fits or (side == "about" and not spoken and found[0].strip() == found["n"]):
                return None
            turned = bool(found["no"]) != bool(found["later"] or (side != "about" and left_out(line, found.end())))
            turned = turned or (side != "about" and not found["no"] and carried(line, found.start("n")))
            if side != "about" and not turned and _denied(line, found):
                line.missed.append(line.span(*found.span()))  # "nothing that would set her back over 50"
                return []
            if side == "about":
                if turned:
                    return None  # "nothing around 50" is no range
                below, above = (1 - AROUND) * number.value, (1 + AROUND) * number.value
                low, high = _rounded(below), _rounded(above)
                if number.low is not None:
                    low, high = number.low, number.value  # "三四百块"
            elif (side == "low") != turned:
                low = number.value
            else:
                high = number.value
            return []

        return rule

    def than(side: str) -> Rule:
        def rule(found: re.Match[str]) -> list[Part] | None:
            nonlocal low, high
            cost = _rounded(float(names.prices[int(line.name(found["item"] or found["other"]).value)]))
            if cost != cost:
                return None
            place = found.start("item") if found["item"] else found.start("other")
            turned = bool(found["no"]) or carried(line, place)  # "nothing dearer than the mixer"
            low, high = (low, cost) if (side == "high") != turned else (cost, high)
            return []

        return rule

    def than_words(found: re.Match[str]) -> list[Part] | None:
        nonlocal low, high
        group = "words" if found["words"] else "said"
        words = line.words(*found.span(group))
        codes = names.items_called(words) or names.items_called(words.replace("的", ""))
        cost = _rounded(float(names.prices[codes[0]])) if len(codes) == 1 else float("nan")
        if cost != cost:
            return None
        way = found[0][len(found["no"] or "") : found.start(group) - found.start()] if found["words"] else found[0]
        dear = re.search("more|expensive|higher|dearer|costlier|pricier|贵|高", way) is not None and "less" not in way
        low, high = (cost, high) if dear != bool(found["no"]) else (low, cost)
        return []

    def moved(found: re.Match[str]) -> list[Part] | None:
        nonlocal low, high
        number = line.number(found["n"] or found["m"])
        if re.search("floor|min|下限|最低", found[0]):
            low = number.value
        else:
            high = number.value
        return []

    apply(line, _MOVED, moved)
    for side, pattern in _THAN_ITEM:
        apply(line, pattern, than(side))
    apply(line, _THAN_WORDS, than_words)
    apply(line, _BOTH, span)
    apply(line, _RANGE, span)
    for side, pattern in _BOUNDS:
        apply(line, pattern, bound(side))
    if low is not None and high is not None and low > high:
        low = None  # "no gadgets over 300, phones under 200" are two wishes, and no item fits both
    return [] if low is None and high is None else [Price(low, high)]


def _denied(line: Spotted, found: re.Match[str]) -> bool:
    """Whether what a bound is of is denied in words that no rule knows, so that it may be the other side."""
    return not found["no"] and _DENIAL.search(line.line[max(0, found.start() - 60) : found.start()]) is not None


def _costs(words: str, side: str) -> bool:
    """Whether a small bare number is a price: "under 5" is, "no more than 5" is how many."""
    if side == "high":
        return (
            re.search(
                r"per |apiece|piece|单件|每件|under|below|less|lower|cheaper|spend|budget|exceed|低于|小于"
                r"|[高贵超多]过|顶天|顶格|撑死|往下|朝下"
                r"|以内|以下|之内|之下|便宜|<|≤|above|over|以上|往上|sub|封顶",
                words,
            )
            is not None
        )
    return (
        side == "low"
        and re.search(
            r"above|over|minimum|higher|and up|打底|起价|开外|贵过|高过|高于|大于|以上|>|≥|以下|以内|cheaper|less"
            r"|under|below",
            words,
        )
        is not None
    )


def _rounded(value: float) -> float:
    return round(value, 2)
