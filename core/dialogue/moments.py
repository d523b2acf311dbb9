"""Rules of a request about which time of the history counts."""

from __future__ import annotations

import re
from datetime import timedelta

from core.dialogue import verbs
from core.dialogue.carrying import LEFT_OUT, carried
from core.dialogue.lexicon import OWN, VERB, WORKS, behaviour_of
from core.dialogue.names import Names
from core.dialogue.patterns import late
from core.dialogue.people import DATA_CHINESE, EVENTS, IF, LIST_OF, USING_CHINESE, WHO, WHO_CHINESE
from core.dialogue.rules import apply
from core.dialogue.spotting import DONE, D, N, Spotted, Y, kind_of
from core.dialogue.structure import Edit, Part

_USING = (
    r"(?:(?:please |only |just |use |using |look(?:ing)? at |consider(?:ing)? |take |based on |count |keep |from "
    rf"|within |in |since |during |over |{WHO} (?:did|has done) |what |events |the |her |his |their |user'?s )*)"
)
_ONLY_AFTER = (  # what may follow: "...就行", "...作为依据"
    r"(?:\s*(?:only|alone|就够了?|就行|就好|即可|来算|来看|来推|的话|那些|(?:给我)?(?:算|计|考虑|统计)(?:进去|进来"
    r"|在内|入|上)|为准"
    r"|作为?参考|当参考))*"
)
_DAYS = {
    "d": 1,
    "w": 7,
    "wk": 7,
    "m": 30,
    "mo": 30,
    "q": 91,
    "y": 365,
    "yr": 365,
    "day": 1,
    "week": 7,
    "fortnight": 14,
    "month": 30,
    "quarter": 91,
    "year": 365,
}
_DAYS_CHINESE = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "季度": 91, "年": 365}
_LATEST_DAYS = late(
    r"(?:(?:only|just|use|using|consider|count|keep|look at|based on|take)\s+)*(?:(?:what|whatever|everything"
    rf"|things|items|those)(?: that)? {WHO}(?:'s| has| had| have)? (?=(?:{VERB})(?![a-z])))?(?:the |her |his |their "
    rf"|all )*+(?:(?P<doing>{VERB}){EVENTS}?\s+)?{_USING}(?:last|past|latest|recent"
    rf"|most recent|previous)\s*(?P<n>{N})?\s*(?P<unit>day|week|fortnight|month|quarter|year|d|wk|w|mo|m|q|yr|y)s?(?:'"
    rf"|'s)?(?:\s*of (?:activity|events|data|history|behaviou?r))?{_ONLY_AFTER}(?![a-z])|{USING_CHINESE}(?:最近|过去"
    rf"|近|前|上)(?:的)?(?:这|那)?(?:(?P<m>{N})|(?P<half>半)"
    r"|这?一)?\s*个?(?P<unit2>天|日|周|星期|礼拜|月|季度|年)(?:之内|以内|内|里面?|以来"
    rf"|之间)?(?:的)?(?:(?P<doing2>{LIST_OF})(?:过|了)?(?=的?(?:行为|记录|事件|数据|历史|操作|来?推)|的?\s*(?:$"
    rf"|[,，。;；])))?{DATA_CHINESE}{_ONLY_AFTER}|(?:(?P<many>{N})"
    r"|(?P<half2>半))个?(?P<unit3>天|日|周|星期|月|年)(?:以内|之内|内)的?(?:行为|记录|事件|数据|历史|操作)"
)
_LATEST = late(
    rf"{_USING}(?P<first>{N})\s*(?:most recent|latest|last|newest)\s*(?:events?|actions?|interactions?|clicks?"
    rf"|views?|purchases?|items?|ratings?|{VERB})(?![a-z])|{_USING}(?:last|latest|newest|freshest|final|most recent"
    r"|recent"
    rf"|past)\s*(?P<n>{N})\s*(?:\w+\s)?(?:events?|actions?|interactions?|clicks?|views?|purchases?|items?|steps?"
    rf"|records?|things|behaviou?rs?|activities|ratings?|{WORKS}|{VERB}){_ONLY_AFTER}(?![a-z])|(?:只)?(?:看|用|考虑"
    r"|算|要|取|参考|按|根据)?(?:她的?|他的?|用户的?)?(?:(?:最近|最后|过去|近)(?:的)?|(?:最新|前|后"
    rf"|末)的?(?={N}[次条个笔]的?(?:行为|记录|纪录|事件|操作|交互|互动|数据)))(?P<m>{N})\s*(?:次|条|个|笔"
    rf"|件)(?:的)?(?:行为|记录|事件|操作|数据|历史|互动|{VERB})*{_ONLY_AFTER}"
)
_DONE = (
    r"(?:\b(?:did|does(?! not\b)|(?<!n't )(?<!not )(?<!will )do(?! without)|has done|events?|history|records?|activity"
    r"|behaviou?rs?"
    r"|rat(?:ed|ings?)|bought"
    r"|purchase[sd]?|view(?:ed|s)|watched|click(?:ed|s)|saw|interact\w*|was|were|ignor\w+|disregard|as of|as at"
    r"|as on|happened|data|logs?)\b|[\ue600-\ue6ff]|截至|截止|行为|记录|历史|数据|买过?的|看过的|评分过?|点击|浏览"
    r"|购买|事件|当时"
    r"|那天|的时候)"
)
_ISSUED = (
    r"\b(?:released?|made|shot|filmed|published|produced|c[ao]me out|coming out|dat(?:ed|ing))\b|上映|拍摄|出版|发行"
    r"|制作"
)
_IGNORE = (
    rf"(?:{verbs.ASKED['no']}|{verbs.PHRASES['no']}|ignor(?:e|ing)|forget|disregard|discard|exclud(?:e|ing)|drop"
    r"|remove|skip|leave out|without|don'?t count"
    r"|not counting|delete|cut|throw (?:out|away)|toss(?: out)?|scrap|ditch|omit|strike|cut out|take out|get rid of"
    r"|rule out|filter out|minus|barring|nor (?:does|do|should|is|are|will|would)|nothing|no)"
)
_ABOUT_USER = (
    r"(?:\s*+(?:everything|anything|all|what|whatever|the|her|his|their|that|events?|actions?|records?|history"
    rf"|activity|list|recommendations?|data|use|using|consider|count|keep|take|look at|only|just|{WHO}|did|has|had"
    r"|does|do|done|from|happened|as it was|look(?:s|ed)?)(?![a-z])){0,10}"
)
_IGNORE_CHINESE = (
    rf"{verbs.DROP_CHINESE}|忽略|(?<!有)没有|[不别](?:要|用|参考|计入?|理会?|统计|采用|纳入)|不算|不看|别看|去掉|排除"
    "|剔除|别算|不考虑|别考虑|不管"
    "|别管|抛开|撇开|撇去|无视|忽视|不用|删掉|删除|扔掉|丢掉|清除|清掉|抹掉|抹去|略过|刨除|刨去|不要"
)
_NOT_COUNTED = (
    "(?:都|全部?|就|一律|一概|统统|通通|请|先|也|再|可以|应该|必须|给我|一并)*(?:不要[算计]入?|不用[算计看管]?"
    "|不能[算用]|不作数|不算数?|不要|别要|忽略"
    "|去掉|别[算用计看管]入?|不[看管计]入?|别考虑|不(?:予)?考虑|不参考|别参考|不纳入|不统计|不采用|剔除|排除"
    "|删[掉除了]|作废|无视|免了|算了|略过|舍弃|丢掉"
    f"|丢弃|扔掉|{verbs.GONE_CHINESE})"
)
_WINDOW = late(
    r"(?:(?:use|with|over|take|apply|an?|the|only|just|look at|consider|go|going|based on"
    r"|set) )*(?P<n>{N})[- ]?(?P<unit>day|week|month|quarter|year)s?(?:'|'s)?[- ]?(?:look-?back|window"
    r"|horizon|period(?: back)?|back(?: only)?(?=\s*(?:$|[,;.]))|of (?:history|data|activity|events?|behaviou?r"
    r"|records?)(?: only)?)(?: window| period)?(?![a-z])"
    r"|(?:(?:nothing|no (?:events?|data|activity|history|records?|actions?)|(?:{ignore})(?: (?:her|his|their|the|all"
    r"|any|everything|anything|events?|data|activity|records?|that is|that's|what is|what's|which is))+)"
    r" (?:older than|from (?:more than|over)|more than|over|beyond|past|that happened more than)) (?:the (?:last"
    r"|past) )?(?P<n2>{N}) (?P<unit2>day|week|month|quarter|year)s?(?: (?:ago|old|back))?"
    r"|(?:(?:超过|早于|超出)(?P<n3>{N})个?(?P<unit3>天|周|星期|月|年)(?:以?前)?的?|(?P<n4>{N})个?(?P<unit4>天|周|星期"
    r"|月|年)(?:以前|之前|前)的)(?:行为|记录|数据|事件|历史|操作|那些)*(?:都|就|全|一律)*(?:{out})"
    r"|(?:回看|回溯|往回看|往前看|窗口(?:期)?(?:为|是|取|设为)?)(?P<n5>{N})个?(?P<unit5>天|周|星期|月|年)"
    r"|(?P<n6>{N})个?(?P<unit6>天|周|星期|月|年)的?(?:窗口期?|时间窗口?|回看期)".replace("{N}", N)
    .replace("{ignore}", _IGNORE)
    .replace("{out}", _NOT_COUNTED)
)
_DROPPED = (
    r"(?:(?:is|are|was|were|get|gets|goes|has to|have to|should|must|shall|can|be|being)\s+)*(?:dropped|ignored"
    r"|removed|left out"
    r"|excluded|disregarded|deleted|discarded|cut|not counted|skipped|gone|goes|out|to go|off)(?![a-z])"
)
# What stands before a time and may turn it, in words that no rule knows: better not understood than guessed.
_MAY_TURN = late(
    r"(?<![a-z])(?:aside|away|off|out|mind|never|not|\w+n't|no longer|rid|down|without)(?: [a-z]+){0,3}\s*$"
    r"|[不别没除弃][\u3400-\u9fff]{0,2}$"
)
# The same behind it: "3月之前借的都不算", where a rule ends before the denial.
_MAY_TURN_BEHIND = late(
    rf"(?:(?![,，。；;！!？?、]|再|来|推)[\u3400-\u9fff{OWN[1:-1]}]){{0,6}}?(?:不(?:能|可以?|必)?[要算看计管用作]|别"
    rf"|去掉|忽略|除外|作废|没用|无效)"
)
_INCLUDED = r"\s*[(（]?(?:含|包括|包含)(?:当天|当日|本日|那天|该日|这天|当月)[)）]?"
_WHEN = rf"(?P<when>{D}|{Y})"
_SHIFTS = tuple(
    (way, late(pattern))
    for way, pattern in (
        (
            "between",
            r"(?:(?:use|only|just|restrict|limit|confine|keep|narrow|set|trim|clip|window|period|range|take|look|to"
            r"|at|on|the|her|his|data|history"
            rf"|events?|records?|it|everything|of|:|from|between) )+{_WHEN}\s*(?:and|to|until|till|through|up to|-"
            rf"|–)\s*(?P<last>{D})(?: only)?",
        ),
        (
            "between",
            rf"(?P<no>{_IGNORE})?{_ABOUT_USER}\s*+(?:only )?(?:between|from)\s*{_WHEN}\s*(?:and|to|until|till|-"
            rf"|–)\s*(?P<last>{D}|{Y})",
        ),
        (
            "between",
            rf"(?:只)?(?:看|算|用|考虑)?(?:从|在)?{_WHEN}(?:到|至|—|-|~){{1,2}}(?P<last>{D}|{Y})(?:之间"
            rf"|期间)?(?:的)?(?:行为|记录|数据|事件|历史)*(?P<no>{_NOT_COUNTED})?",
        ),
        (
            "within",
            r"(?:(?:时间|时段|数据|历史|范围|区间|行为|记录)(?:的)?)*(?:[只仅就光单]|限定?|限制|锁定)(?:要|需)?(?:看"
            r"|算|用|考虑|取|保留|留|统计|定|制)?(?:在|为|于|是|从)?"
            rf"(?:{WHO_CHINESE}的?)?(?:在)?{_WHEN}份?(?:这一?整?个?[月年天])?(?:期间|里面?|内|之内|当[月年天]"
            r"|全[月年])*(?:的|所有|全部)*"
            r"(?:行为|记录|纪录|数据|资料|历史|事件|操作|日志)*(?=\s*(?:$|[,，。；;！!]|来|的))",
        ),
        (
            "within",
            rf"{_WHEN}份?(?:这一?整?个?[月年天])?(?:期间|里面?|内|之内|当[月年天]|全[月年])*(?:的|所有|全部)*"
            r"(?:行为|记录|纪录|数据|资料|历史|事件|操作|日志)+(?:才(?:算数?|有效|作数|行|计入)|为准|就够了?|就行"
            r"|即可)",
        ),
        (
            "within",
            r"(?:only|just) (?:(?:look at|use|consider|count|keep|take|show|regard|base it on|the|her|his|events?"
            r"|data|activity|actions?|history"
            rf"|records?|month|year|day|from|of|in|for|on|during) )*{_WHEN}(?: (?:only|events?|data|activity"
            r"|history))*(?=\s*(?:$|[,;.]))",
        ),
        (
            "within",
            rf"(?P<no>{_IGNORE})?{_ABOUT_USER}\s*+(?:only )?(?:in|during|within)\s*{_WHEN}(?!\s*(?:on|onwards?"
            r"|and later))",
        ),
        (
            "after",
            rf"{_ABOUT_USER}\s*+(?P<verb>{VERB})?\s*+(?:from )?(?:after|later than|past"
            rf"|following)\s*{_WHEN}\s*(?P<no>{_DROPPED})",
        ),
        (
            "before",
            rf"{_ABOUT_USER}\s*+(?P<verb>{VERB})?\s*+(?:from )?(?:before|prior to|earlier than|older than"
            rf"|preceding)\s*{_WHEN}\s*(?P<no>{_DROPPED})",
        ),
        (
            "before",
            rf"(?P<no>{_IGNORE})?{_ABOUT_USER}\s*+(?P<verb>{VERB})?\s*+(?:only )?(?:from )?(?:before|prior to"
            rf"|earlier than|older than|preceding)\s*{_WHEN}",
        ),
        (
            "since",
            rf"(?P<no>{_IGNORE})?(?:only |just )?{_ABOUT_USER}\s*+(?P<verb>{VERB})?\s*+(?:only )?(?:since"
            rf"|starting(?: from| in| on)?|from)\s*{_WHEN}(?:\s*(?:on(?:wards?)?|and later|or later))?",
        ),
        (
            "after",
            rf"(?P<no>{_IGNORE})?(?:only |just )?{_ABOUT_USER}\s*+(?P<verb>{VERB})?\s*+(?:only )?(?:from )?(?:after"
            rf"|later than|newer than|past|following)\s*{_WHEN}",
        ),
        (
            "since",
            rf"(?P<no>{_IGNORE})?(?:only |just )?{_ABOUT_USER}\s*+{_WHEN}\s*(?:onwards?|and (?:later|after)"
            r"|or later)(?: into account)?",
        ),
        (
            "since",
            r"(?:(?:please|only|just|let|have|the|her|his|their|our|data|history|records?|clock|events?|log|it|should"
            r"|must|to)\s+)*"
            r"(?:start|begin|open)(?:s|ed|ing|ning)?(?: (?:her|his|their|the|history|data|records?|it|off|everything"
            r"|clock|counting|window))*"
            rf" (?:on|at|from|with|in|as of|=|:)\s*{_WHEN}",
        ),
        (
            "until",
            r"(?:(?:treat|take|use|set|make|keep|consider|regard|with|have|put|place|fix|the|a|an|her|his|their|our"
            r"|as|at|to|on"
            r"|of|data|history|date|day|clock|time|is|be|will|should|=|:|snapshot|cut-?off|cut off|freez\w*+"
            r"|frozen|end(?:s|ed|ing)?"
            r"|stop(?:s|ped|ping)?|truncat\w++|limit\w*+|clip\w*+|close[sd]?|up|in|including|inclusive|let|and"
            r"|go(?:es)?"
            r"|no further than"
            r"|records?|events?|log|view|state|point|reference|now|today|moment|pin|anchor|recommend)(?:(?<=[=:])"
            r"|(?![a-z]))\s*)*"
            r"(?<![a-z])(?:cut-?off|cut off|cutoff|freez\w*+|frozen|end(?:s|ed|ing)?|stop(?:s|ped|ping)?|truncat\w++"
            r"|clip\w*+|snapshot"
            r"|clock|reference (?:date|day|point)|up to and including|no further than|anchor|cut)"
            r"(?:\s*(?:date|day|point|the|her|history|data|off|it|is|are|be|will|should|at|on|of|to|as|by|with|=|:"
            rf"|in|for|from|state))*\s*{_WHEN}"
            rf"(?:\s*(?:inclusive|included))?",
        ),
        (
            "until",
            rf"(?:treat|take|use|set|make|consider|regard|with|have|put) {_WHEN} (?:(?:as|to be|for|is) )?(?:(?:the|a"
            r"|our|her) )*(?:cut-?off|cut off"
            r"|cutoff|end|last day|reference|snapshot|now|today|current day|final day|stopping point|end point"
            r"|horizon)(?: (?:date|day|point|of the (?:data|history)))*",
        ),
        (
            "until",
            r"(?:以|把|将|按照?|拿)?(?:(?:数据|历史|时间|记录|行为|时间点|日期|节点)(?:的)?)*(?:只|就)?(?:截止?日期?"
            r"|截至|截止|截断|截|切|停|定格|冻结|卡|站|封|断)"
            rf"(?:日|点|时间)?(?:在|到|于|至|是|为|[:：=])*{_WHEN}(?:底|末)?(?:这天|那天|当天|(?:这"
            r"|那)?个?(?:时间)?(?:节)?点|的?时候|为止|来看|的角度|的?时点"
            r"|止)*",
        ),
        (
            "until",
            rf"(?:以|把|将|按照?|拿){_WHEN}(?:作为|当作?|为|做)?(?:的)?(?:截止|截至|终点|基准|节点|切点|时点|时间点"
            r"|分界|快照|状态|截断)(?:日期?|点|时间)?(?:来)?",
        ),
        (
            "until",
            rf"(?:(?:数据|历史|时间|记录|行为)(?:的)?)+(?:只|就)?(?:算|用|看|取|保留|留)?到{_WHEN}(?:为止|止)?",
        ),
        (
            "until",
            rf"(?:{IF}\s*(?:it(?:'s| (?:was|were|is))(?: now| today| still)?|(?:today|now|the date|the day)(?:'s"
            r"| (?:was|were|is))|we(?:'re| were| are) (?:in|on|at))|as of|as at|as on"
            r"|as it was (?:on|in)|until|till|up to|through|by(?: the end of)?|on|at|as it stood (?:on|in)"
            r"|back (?:on|in|to)|(?:rewind|wind back|turn back|go back|roll back|return|reset|travel back"
            rf"|turn the clock back)(?: the clock)?(?: everything| things)? to)\s*{_WHEN}",
        ),
        (
            "until",
            rf"(?:截至|截止|截止到|截至到|到|直到|停在|回到|倒回到?|退回到?|拨回到?)(?:了)?{_WHEN}(?:为止|的时候"
            r"|那天|时|当天)?(?:的话|(?:她|他|用户)?(?:的)?(?:行为|记录|数据|历史|事件)*(?:的话)?)",
        ),
        (
            "before",
            rf"(?P<ignore>{_IGNORE_CHINESE})?(?:掉)?{USING_CHINESE}(?:在)?{_WHEN}(?:以前|之前"
            rf"|前)(?P<incl>{_INCLUDED})?(?:的)?(?:所有)?(?:(?P<verb>{VERB})(?!过))?{DATA_CHINESE}(?P<no>{_NOT_COUNTED})?",
        ),
        (
            "since",
            rf"(?P<ignore>{_IGNORE_CHINESE})?(?:掉)?{USING_CHINESE}(?:从|自)?{_WHEN}(?:以后|之后|后|以来"
            rf"|起|开始|至今)(?:的)?(?:所有)?(?:(?P<verb>{VERB})(?!过))?{DATA_CHINESE}(?P<no>{_NOT_COUNTED})?",
        ),
        (
            "until",
            r"(?:假设|假如|如果|假装|就当|设想|当作)?(?:今天|今日|现在|当前|眼下)(?:的)?(?:日期|时间)?(?:是|为|停在"
            rf"|回到|定在){_WHEN}(?:的话)?",
        ),
        ("until", rf"{_WHEN}(?:为止|当时|那天|的时候|时|当天)"),
    )
)


_SUPPOSED = late(r"(?:如果|假设|要是|假如|若|当|\bif|suppos|pretend|assum|imagin)[^,，。;；.]*$")

_TELLING = late(  # "we did The Godfather last month" tells of it, and cuts nothing
    r"(?:^|[,;.!?]\s*)(?:we|i|she|he|they|(?:my|our|her|his) [a-z]+)(?:'ve| have| has)? (?:did|had|saw|watched|bought"
    r"|read|got|gave|went"
    r"|made|tried|finished|played|visited|returned|ran|showed|sold)\b[^,;.!?]*$"
)


def moments(line: Spotted, names: Names) -> list[Part]:
    """Which time of the history counts."""
    parts: list[Part] = []

    def latest_days(found: re.Match[str]) -> list[Part] | None:
        if (
            re.match(rf"\s*(?:上映|发行|出版|新片)|\s*(?:releases?|{WORKS})\b", line.line[found.end() :])
            and names.dated
        ):
            return None
        if _SUPPOSED.search(line.line[: found.start()]) or _TELLING.search(line.line[: found.start()]):
            return None  # when it would have happened
        if re.search(
            rf"(?:{_IGNORE}|except|not|{_IGNORE_CHINESE})\s*(?:the |her |his |their )*$",
            line.line[: found.start()] + (re.match(r"(?:the |her |his |their )*", found[0]) or [""])[0],
        ):
            return None  # how long before the end is not known
        if re.search(r"(?:截至|截止|直到|到)\s*$", line.line[: found.start()]):
            return None  # "up to the end of last month" is no last month
        number = found["n"] or found["m"] or found["many"]
        times = line.number(number).value if number else 0.5 if found["half"] or found["half2"] else 1.0
        days = _DAYS[found["unit"]] if found["unit"] else _DAYS_CHINESE[found["unit2"] or found["unit3"]]
        latest = Edit("latest days", number=max(1, round(times * days)))
        said = re.split(r",|\band\b|\bor\b|&|和|或者?|与|跟|及|、|还有", found["doing"] or found["doing2"] or "")
        doings = [behaviour_of(words.strip(), names.behaviours) for words in said if words.strip()]
        return [*(Edit("only", behaviour=doing) for doing in doings if doing), latest]

    def latest(found: re.Match[str]) -> list[Part]:
        return [Edit("latest", number=int(line.number(found["n"] or found["m"] or found["first"]).value))]

    def window(found: re.Match[str]) -> list[Part] | None:
        said = {name: value for name, value in found.groupdict().items() if value}
        number = next(value for name, value in said.items() if name[0] == "n")
        unit = next(value for name, value in said.items() if name[0] == "u")
        days = _DAYS.get(unit) or _DAYS_CHINESE[unit]
        return [Edit("latest days", number=round(line.number(number).value * days))]

    parts += apply(line, _WINDOW, window)
    parts += apply(line, _LATEST_DAYS, latest_days) + apply(line, _LATEST, latest)
    for way, pattern in _SHIFTS:

        def rule(found: re.Match[str], way: str = way) -> list[Part] | None:
            dropped = LEFT_OUT.match(line.line, found.end())
            made = _shift(way, found, line, names, dropped is not None)
            if made is not None and dropped is not None:
                line.use(*dropped.span())
            return made

        parts += apply(line, pattern, rule)
    return parts


def _shift(way: str, found: re.Match[str], line: Spotted, names: Names, dropped: bool) -> list[Part] | None:
    said = found.groupdict()
    if DONE in found[0]:
        return None
    if kind_of(said["when"]) == "year" and names.dated:
        clause = (
            re.split(r"[;.。；!！，]", line.line[: found.start()])[-1]
            + found[0]
            + re.split(r"[,;.。，；]", line.line[found.end() :])[0]
        )
        if not re.search(_DONE, clause) or re.search(_ISSUED, clause):
            return None
    flipped = bool(said.get("no") or said.get("ignore")) or dropped or carried(line, found.start("when"))
    if not flipped and _MAY_TURN_BEHIND.match(line.line, found.end()):
        return None
    if not flipped and _MAY_TURN.search(
        re.split(rf"[,;.!?，。；！？{DONE}]|\\b(?:and|but)\\b", line.line[: found.start()])[-1]
    ):
        return None
    first = line.period(said["when"]).first
    last = line.period(said.get("last") or said["when"]).last
    day = timedelta(days=1)
    doing = behaviour_of(said.get("verb") or "", names.behaviours) if said.get("verb") else ""
    if way in ("between", "within"):
        return None if flipped else [Edit("since", day=first.isoformat()), Edit("until", day=last.isoformat())]
    since = {"since": first, "after": last + day}.get(way)
    until = {"before": last if said.get("incl") else first - day, "until": last}.get(way)
    if flipped and way == "since" and "后" in found[0] and first == last:
        since, until = None, first  # "12月1日之后的不算"
    elif flipped:
        since, until = (until + day, None) if until is not None else (None, since - day if since is not None else None)
    if since is not None and doing and not flipped and re.search(r"only|just|只", found[0]):
        return [Edit("only", behaviour=doing), Edit("since", day=since.isoformat())]
    if since is not None:
        return [Edit("since", day=since.isoformat(), behaviour=doing)]
    return None if until is None else [Edit("until", day=until.isoformat(), behaviour=doing)]
