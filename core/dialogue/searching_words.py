"""How people speak of users in English and Chinese: the patterns of `core.dialogue.searching`.

Names of categories, numbers and dates stand in a line as one character each (C, N, D and Y of `spotting`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.dialogue.lexicon import VERB, VERBS
from core.dialogue.numerals import Number
from core.dialogue.patterns import late
from core.dialogue.spotting import C, D, N, Y

UNITS = {"day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0}
_UNIT = r"(?P<unit>day|week|month|year)s?(?![a-z])"
_UNIT2 = r"(?P<unit2>天|日|周|个?星期|个?礼拜|个?月|年)"
_UNIT_WORDS = {"周": "week", "星": "week", "礼": "week", "月": "month", "年": "year", "天": "day", "日": "day"}
_WHO = (
    r"users?|people|persons?|readers?|viewers?|watchers?|listeners?|customers?|clients?|shoppers?|buyers?|visitors?"
    r"|members?|fans?|subscribers?"
)
_WHO2 = "用户|客户|顾客|观众|读者|买家|会员|听众|访客|粉丝"
_DOING = r"(?:\s+(?:coming|using \w+|visiting|shopping|events?|all \w+|[a-z]+ing))?"
_T = f"[{D[1:-1]}{Y[1:-1]}]"


def unit(said: str) -> str:
    """The unit of time that a word means, a key of `UNITS`."""
    return said if said in UNITS else next((_UNIT_WORDS[char] for char in said if char in _UNIT_WORDS), "day")


def repeats(text: str) -> Iterator[Number]:
    """ "Once" and "twice" as numbers."""
    for found in re.finditer(r"(?<![a-z])(once|twice)(?![a-z])", text):
        yield Number(1.0 if found[1] == "once" else 2.0, False, found.start(), found.end())


def longer(text: str, end: int) -> bool:
    """Whether what ends there only tells the kind of the next word: "phone cases", "手机壳"."""
    return re.match(r"[壳膜套架袋包]|(?: cases?| covers?)(?![a-z])", text[end:]) is not None


# ---------------------------------------------------------------------------------------------------- days

_AWAY = (
    r"(?:(?:(?:have|has|had|were|was|are|is)\s*)?(?:not|n't|never)\s+(?:been\s+)?(?:seen|active|there|around"
    r"|come(?: back)?|visited|returned|back)|inactive|away|gone(?: quiet| silent)?|absent|quiet|silent|dormant|unseen)"
)
_GONE = (
    r"(?:who )?(?:(?:have|has|had|were|was|are|is)\s+)?(?:stopped|quit|left|churned|disappeared|vanished|inactive"
    r"|(?:gone|went|fell|fallen|been) (?:quiet|silent|away|inactive)|last (?:seen|active|there)"
    r"|(?:not|n't|never) (?:been )?(?:seen|active|back|come back|returned))"
)
_GONE2 = (
    "(?:停止|流失|离开|沉默|沉寂|消失|不再(?:来|活跃|出现|购买|观看|阅读)|停用|离去)"
    "(?:活跃|使用|观看|购买|阅读|活动)?了?"
)
_NOT2 = "(?:没有?|未|不)(?:再)?(?:来|活跃|出现|登录|访问|活动|上线|回来)(?:过|了)*"
_BEGUN = (
    r"(?:who )?(?:(?:have|has|had|were|was)\s+)?(?:started|joined|began|begun|signed up|registered|arrived|came"
    r"|first (?:seen|active|came)|new)"
)
_BEGUN2 = "(?:加入|开始使用?|注册|首次出现|第一次(?:来|出现)|首次(?:来|活跃)|新?来)"


def _time(number: int, words: str = "") -> str:
    """When, as English says it after the verb: the groups end with a number, as each pattern has several of them."""
    return (
        rf"\s+(?:(?P<before{number}>before|until|till|prior to)|(?P<after{number}>after|later than)"
        rf"|(?P<since{number}>since)|(?:sometime )?(?:in|on|during|at|by|around|between|from){words})\s+"
        rf"(?:early |late |mid[- ]?|the (?:end|start|beginning|month) of |the )?(?P<t{number}>{_T})"
        rf"(?:\s*(?:and|to|-|–|until)\s*(?P<tt{number}>{_T}))?"
    )


def _time2(number: int, after: str = "after") -> str:
    """When, as Chinese says it before the verb."""
    return (
        rf"(?:在|于|自|从)?(?P<t{number}>{_T})(?:\s*(?:到|至|-|–|~)\s*(?P<tt{number}>{_T}))?(?:之间|期间)?"
        rf"(?:(?P<before{number}>(?:之|以)?前)|(?P<{after}{number}>(?:之|以)?后|以来|起))?(?:里|中|份|内|间)?"
        rf"(?:就|再|都|也|便|已经?|一直|才)*"
    )


_SINCE = r"(?:for|since|in)\s+(?:the\s+)?(?:last\s+|past\s+)?(?:(?:at least|more than|over|about)\s+)?(?:an?\s+)?"
AWAY = late(
    rf"{_AWAY}\s*{_SINCE}(?:(?P<n>{N})\s*)?{_UNIT}"
    rf"|(?:已经?|超过|至少|有)*(?P<m>{N})\s*{_UNIT2}(?:以上|多)?(?:都|一直|以来)*{_NOT2}"
)
ACTIVE = late(
    r"(?:(?:(?:have|has|had|were|was|are|is)\s+)?(?:been\s+)?"
    r"(?:active|seen|there|around|came|visited|online|last seen)\s+)?"
    rf"(?:in|within|during|over)\s+the\s+(?:last|past)\s+(?:(?P<n>{N})\s*)?{_UNIT}"
    rf"|(?:最近|近|过去)的?(?:(?P<m>{N})\s*)?{_UNIT2}(?:里|内|以内|中)?(?:有)?(?:活跃|来|活动|登录|访问|出现|上线)?过?"
)
STOPPED = late(
    rf"{_GONE}{_DOING}{_time(1)}|{_time2(2)}{_GONE2}|{_time2(3, 'since')}{_NOT2}"
    rf"|最后(?:(?:一|{N})次)?(?:活跃|出现|来|登录|活动|事件)(?:的?时间)?(?:是|在|于)*{_time2(4)}"
)
STARTED = late(rf"{_BEGUN}{_DOING}{_time(1)}|{_time2(2)}{_BEGUN2}|{_BEGUN2}(?:时间)?(?:是|在|于)+{_time2(3)}")
BEEN = late(
    r"(?P<still>(?:(?:still|were|are|have been) )*(?:active|around|there|coming|seen)) "
    rf"(?:(?P<after>after)|(?P<since>since)) (?P<t1>{_T})"
    rf"|(?:自|从)?(?P<t2>{_T})(?P<since2>(?:之|以)?后|以来|起)(?P<still2>仍然?|还|依然|一直)+(?:在|有)?(?:活跃|来"
    r"|活动)过?"
)
QUIET = late(
    r"(?:who )?(?:(?:have|has|had|are|were)\s+)?(?:(?:gone|went|fallen) (?:quiet|silent)|inactive|dormant|churned"
    r"|lapsed|lost)(?![a-z])|已?(?:沉默|流失|不活跃|休眠|沉寂)了?"
)
NEW = late(rf"(?<![a-z])(?:brand[- ])?new(?= (?:{_WHO})(?![a-z]))|(?<![a-z])newcomers?(?![a-z])|新(?={_WHO2}|人|客)")

HOURS_SAID = {
    "night": (
        r"(?:late )?(?:at )?(?:the )?night(?:s|ly|[- ]?times?)?(?:[- ]owls?)?(?![a-z])"
        r"|夜间|深夜|凌晨|半夜|夜里|午夜|夜猫子"
    ),
    "morning": r"(?:in the |early )?mornings?(?![a-z])|早上|早晨|清晨|上午",
    "afternoon": r"(?:in the )?afternoons?(?![a-z])|下午|午后",
    "evening": r"(?:in the )?evenings?(?![a-z])|晚上|傍晚|晚间",
}
_DAY_NAMES = {
    "mondays?": "一",
    "tuesdays?": "二",
    "wednesdays?": "三",
    "thursdays?": "四",
    "fridays?": "五",
    "saturdays?": "六",
    "sundays?": "[日天]",
}
DAYS_SAID = {
    "weekend": r"(?:(?:on|at|over) )?(?:the )?week-?ends?(?![a-z])|周末|双休日",
    "workdays": r"(?:on )?(?:weekdays?|work(?:ing)? ?days?)(?![a-z])|工作日|平日",
    **{
        f"d{number}": rf"(?:on |every )?{name}(?![a-z])|(?:每?周|星期|礼拜){chinese}"
        for number, (name, chinese) in enumerate(_DAY_NAMES.items())
    },
}


def _named(table: dict[str, str]) -> re.Pattern[str]:
    return late("(?<![a-z])(?:" + "|".join(f"(?P<{name}>{words})" for name, words in table.items()) + ")")


HOURS, DAYS = _named(HOURS_SAID), _named(DAYS_SAID)

# ---------------------------------------------------------------------------------------------------- numbers

_LIMIT = (
    r"(?:(?:(?P<least>at least|no (?:less|fewer) than|not (?:less|fewer) than|>=|≥|至少|不少于|不低于|不小于|起码)"
    r"|(?P<most>at most|up to|no more than|not more than|<=|≤|不超过|最多|至多|不多于|不高于|顶多)"
    r"|(?P<over>more than|over|above|exceeding|greater than|>|超过|多于|大于|高于)"
    r"|(?P<under>(?:less|fewer|lower|cheaper) than|under|below|<|少于|低于|小于|不到|不足)"
    rf"|exactly|only|just|正好|恰好|刚好|只有?)?\s*+(?P<n>{N})(?!\s*(?:and|to|-|–|到|至)\s*{N})"
    rf"|(?:between|from|介于|在|从)?\s*+(?P<from>{N})\s*(?:and|to|-|–|到|至)\s*(?P<to>{N}))"
)
_AFTER = r"(?:\s*(?:(?P<least2>or more|and more|\+|及?以上|或更多)|(?P<most2>or (?:less|fewer)|及?以下|以内)))?"
MONEY = (
    late(
        r"(?:(?P<spent>sp(?:ends?|ent|ending)|paid)|(?P<spent2>总?(?:消费|花费|花)(?:金额|总额)?了?))"
        r"\s*(?:a total of )?"
        rf"{_LIMIT}{_AFTER}(?:\s*(?:in total|altogether|overall))?"
    ),
    late(
        r"(?:(?:with|at|on) )?(?:an? )?(?:average|mean|typical|平均|均)\s*(?:prices?|单价|价格|价|客单价)\s*"
        rf"(?:paid |of |is |are |在|是|为)*{_LIMIT}{_AFTER}"
    ),
    late(rf"{_LIMIT}{_AFTER}\s*(?:on average|an item|apiece|per item)"),
    late(rf"(?:(?:at|with) )?(?:prices?|priced|costing|单价|价格|价位)\s*(?:of |在|为|是)*{_LIMIT}{_AFTER}"),
)
BUYERS = late(r"(?<![a-z])(?:buyers?|purchas\w+|bought|pa(?:ys?|id))(?![a-z])|买家|购买者")

_ABOUT = r"(?:\s*(?:news|films?|movies?|stories|videos?))?"
_V = rf"(?<![a-z])(?P<verb>{VERB})(?![a-z])"
_STRONG = "|".join(VERBS[kind] for kind in ("purchase", "cart", "favourite", "share", "download", "return")) + "|点赞"
_NOUN = (
    r"(?:\s*(?:times|things?|items?|articles?|stories|products?|films?|movies?|videos?|songs?|posts?|pages?"
    r"|次|个|件|篇|部|本|首|条|样|款|回))?"
)
DOINGS = (
    late(
        r"(?P<never>never|(?:did|do|does|have|has)\s?(?:not|n't)(?: yet| ever)?|without ever|but not"
        r"|从来?都?没有?|从未|从不|没有?|未曾?|不曾)"
        rf"\s*(?:再|有)?\s*(?P<verb>{VERB})(?![a-z])(?:过|了)*\s*(?:(?P<c1>{C})|(?:one|it|them|any|{N})(?![a-z])"
        rf"|(?P<all>anything|a thing|任何东西|东西|商品|什么))?"
    ),
    late(
        rf"(?:正好|恰好|刚好)?{_V}(?:过|了)*\s*+(?P<c1>{C})?{_ABOUT}\s*+{_LIMIT}{_NOUN}{_AFTER}"
        rf"\s*+(?:of |的)?\s*+(?P<c2>{C})?"
    ),
    late(rf"(?:with |having |who have |有)?\s*+{_LIMIT}{_AFTER}\s*+(?:个|次)?(?:events?(?![a-z])|事件)"),
    late(rf"事件数?(?:量)?(?:为|是|有)?{_LIMIT}(?:个|次|条)?{_AFTER}"),
    late(
        rf"(?<![a-z])(?:put|add)(?:s|ed|ing)?\s+(?P<c1>{C})\s+(?:in|into|to)\s+(?:the |their |his |her |a )?"
        rf"(?P<verb>cart|basket)(?![a-z])"
    ),
    late(rf"(?<![a-z])(?P<verb>{_STRONG})(?![a-z])(?:过|了)*\s*(?:an? |some |any )?(?P<c1>{C})"),
)

# ---------------------------------------------------------------------------------------------------- the rest

CLAUSE = late(r"[,;.!?，。；！？、\n()（）]+|(?<![a-z])(?:who|that|which|but)(?![a-z])|但是?|而且|并且|同时")
MOSTLY = late(r"(?<![a-z])(?:mostly|mainly|primarily|almost only|chiefly)(?![a-z])|主要|大多|多半|大部分|基本上?")
UNTOLD = late(
    r"(?<![a-z])(?:live[sd]?|living|born|aged?|years? old|married|wom[ae]n|m[ae]n|(?:fe)?males?|girls?|boys?)(?![a-z])"
    r"|住在|来自|岁|男性|女性|男人|女人|已婚|年龄|性别"
)
_LIKING = (
    r"likes?|lov(?:es?|ers?)|fond of|keen on|interested in|into|enjoys?|prefers?|follows?|care about|enthusiasts?"
    r"|addicts?|buffs?|geeks?|regulars?|of|times|owners?|audience|folks|everyone|everybody|anyone|active|mostly"
    r"|mainly|primarily|about"
    r"|shop(?:s|ped|ping)?|news|articles?|stor(?:y|ies)|posts?|films?|movies?|videos?|content|topics?|users?"
    r"|have been|were|was|who|that|which"
)
_BEFORE2 = "喜欢|喜爱|热爱|爱看|爱买|对|关注|偏好|活跃|主要|大多|经常|常常?|总是|那些|所有|哪些|谁|的"
_BEHIND2 = "过|爱好者?|迷|感兴趣|新闻|文章|频道|内容|题材|类|片|人群|群体|的"
NOTHING_SAID = (
    late(rf"的?(?:{_WHO2})|的人|(?<![\u3400-\u9fff])人"),
    late(rf"(?<![a-z])(?:{_WHO}|{_LIKING}|{VERB})(?![a-z])"),
    late(rf"(?<![\u3400-\u9fff])(?:{_BEFORE2})+|(?:{_BEHIND2})+(?![\u3400-\u9fff])"),
)
