"""Rules of a request about what the user did: changes of the history."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from core.dialogue.amounts import apply
from core.dialogue.lexicon import VERB, behaviour_of
from core.dialogue.names import Names
from core.dialogue.spotting import DONE, D, E, N, Spotted, Y, kind_of
from core.dialogue.structure import Edit, Part

WHO = (
    r"(?:she|he|they|(?:the|this|that|our) (?:user|customer|client|shopper|viewer|person|reader|member|guy"
    r"|woman|man|lady)|someone)"
)
WHO_CHINESE = r"(?:她们?|他们?|ta|这个?(?:用户|客户|顾客|人)|该?(?:用户|客户|顾客)|此人)"
_IN_LIST = rf"(?:,\s*(?=(?:and |or )?(?:the )?{E}))"
_REST = rf"(?:[^,;.?!，。；？！\n]|{_IN_LIST})+"
_ARTICLE = r"(?:(?:the|an?|that|this|those|these|any|her|his|their|one|some)\s+)?"

# ---------------------------------------------------------------------------------------------- what if

_IF = (
    r"(?:(?:and |but |so )?(?:what if|if|suppos(?:e|ing)|assum(?:e|ing)|pretend(?:ing)?|imagin(?:e|ing)"
    r"|let'?s say|say|as if|as though|had)(?: that)?)"
)
_DID_NOT = (
    r"(?:(?:had|have|has|did|were|was|would|do|does)(?:\s*not|n'?t)(?: have)?|(?:had|has|have"
    r"|would have)?\s*never|not|'d (?:not|never))"
)
_DID = r"(?:had|have|has|did|were|was|'d|would have)"
_IF_ENGLISH = re.compile(
    rf"(?:what (?:else )?(?:would|will|might|could) happen )?{_IF}\s*{WHO}?\s*(?:(?P<no>{_DID_NOT})|{_DID})?\s*"
    rf"(?:also |ever |already |really |just |instead |once |only )*(?P<verb>{VERB})(?![a-z])\s*(?P<what>{_REST})"
)
_IF_PASSIVE = re.compile(
    rf"{_IF}\s+(?!{WHO} |i |we |you )(?:the |that )?(?P<what>[^,;.?!]*?{E}|[^,;.?!]+?)\s+(?:had|was|were|has|have"
    rf"|'d)(?P<no>\s*not|n'?t| never)?"
    rf"(?: also| ever| already)*(?: been)? (?P<verb>{VERB})(?![a-z])"
)
_IF_CART = re.compile(
    rf"{_IF}\s*{WHO}?\s*(?:(?P<no>{_DID_NOT})|{_DID})?\s*(?:also |ever |already )*(?:put|add(?:ed)?|place[d]?)\s+"
    rf"(?P<what>.+?)\s+(?P<verb>(?:in|into|to) (?:the |her |his |their )?(?:cart|basket|bag))"
)
_IF_CHINESE = re.compile(
    rf"(?:如果|要是|假如|假设|假使|倘若|若是?|设想|万一|就当|当作|假定"
    rf"|如果说)(?:说)?{WHO_CHINESE}?(?:当初|之前|以前|当时)?"
    r"(?P<no>没有|没|未曾|未|从没有?|从来没有?|从未|并没有?|不)?(?:曾经?|还|也|再|又|已经?|把)*"
    rf"(?P<verb>{VERB})(?:过|了)?(?:[也又还]?(?:没有?|未)(?P<second>{VERB})过?)?(?P<what>[^,，。；;？?！!\n]*?)"
    r"(?=的话|呢|,|，|。|；|;|？|\?|！|!|\n|会|$)(?:的话)?呢?"
)
_FORGET = re.compile(
    rf"(?:forget(?: about)?|disregard|take out|remove|delete|drop|ignore|without|exclude|skip"
    rf"|leave out)\s+(?P<what>.+?)\s+(?:from|in|out of) (?:the |her |his |their )?"
    r"(?:user'?s |customer'?s )?(?:history|sequence|record|past|events|log|profile)"
    rf"|(?:forget(?: about)?|disregard)\s+(?P<also>{_REST})"
    r"|(?:把|将)(?P<put>[^,，。；;？?！!\n]+?)从(?:她的?|他的?|用户的?)?(?:历史记录|历史|记录|序列"
    r"|行为)(?:里面?|中)?(?:删|去|移|拿|剔)(?:除|掉|走|去)?"
    r"|(?:去掉|删掉|删除|移除|忽略|去除|剔除)(?:她的?|他的?|用户的?)?(?:历史记录|历史|记录|序列)(?:里面?"
    r"|中)?的?(?P<gone>[^,，。；;？?！!\n]+)"
    r"|从(?:她的?|他的?|用户的?)?(?:历史记录|历史|记录|序列|行为)(?:里面?|中)?(?:删|去|移|拿|剔)(?:除|掉"
    r"|走|去)?(?P<out>[^,，。；;？?！!\n]+)"
)


def what_ifs(line: Spotted, names: Names) -> list[Part]:
    """Events that the history is to be without, or with."""

    def rule(found: re.Match[str]) -> list[Part] | None:
        said = found.groupdict()
        verbs = [words for words in (said.get("verb"), said.get("second")) if words]
        doings = list(dict.fromkeys(behaviour_of(_cart(words), names.behaviours) for words in verbs))
        start, end = found.span("what")
        swapped = re.search(r"\s(?:instead of|rather than)\s", found["what"])
        if swapped and not said.get("no"):
            added = named(line, names, start, start + swapped.start())
            gone = named(line, names, start + swapped.end(), end)
            pairs = [("add", thing) for thing in added] + [("remove", thing) for thing in gone]
            return [Edit(do, behaviour=doings[0], **thing) for do, thing in pairs]  # type: ignore[arg-type]
        things = list(named(line, names, start, end))
        do = "remove" if said.get("no") else "add"
        if not things or (do == "add" and not all("item" in thing for thing in things)):
            return None
        return [Edit(do, behaviour=doing, **thing) for thing in things for doing in doings]  # type: ignore[arg-type]

    def forget(found: re.Match[str]) -> list[Part] | None:
        group = next(group for group in ("what", "also", "put", "gone", "out") if found[group])
        words = found[group]
        doing = _doing(words, names)
        if doing:
            return [Edit("remove", behaviour=doing)]
        things = list(named(line, names, *found.span(group)))
        return [Edit("remove", **thing) for thing in things] or None  # type: ignore[arg-type]

    return [
        *apply(line, _IF_CART, rule),
        *apply(line, _IF_PASSIVE, rule),
        *apply(line, _IF_ENGLISH, rule),
        *apply(line, _IF_CHINESE, rule),
        *apply(line, _FORGET, forget),
    ]


def _cart(words: str) -> str:
    return "cart" if re.search(r"(?:cart|basket|bag)$", words) else words


def _doing(words: str, names: Names) -> str:
    """The behaviour that words like "the things in her cart" or "views" speak of."""
    plain = re.sub(
        r"^(?:all |the |her |his |their |any |things |items |events |of |what |she |he |they |in |everything "
        r"|has |had )+",
        "",
        words.strip(),
    )
    plain = re.sub(
        r"\s*(?:events?|actions?|behaviou?rs?|interactions?|data|的?行为|的?记录|的?事件|的?数据)$", "", plain
    )
    return behaviour_of(plain, names.behaviours)


def named(line: Spotted, names: Names, start: int, end: int) -> Iterator[dict[str, str]]:
    """What `line[start:end]` names, as fields of an `Edit`: items, categories, brands, or words of titles."""
    whole = line.line[start:end]
    found = [place for place in range(start, end) if re.match(E, line.line[place])]
    bare = re.sub(rf"{_ARTICLE}|[\s的了过呢]|anything|things?|products?", "", re.sub(E, "", whole))
    if not found or (len(found) == 1 and kind_of(line.line[found[0]]) != "item" and bare):
        written = re.sub(
            rf"^\s*{_ARTICLE}|\s+(?:yet|already|before|ever|at all|instead|then|yesterday)$", "", line.words(start, end)
        ).strip(" 的了过")
        codes = names.items_called(written)
        if codes:
            yield _item(names, codes[0]) if len(codes) == 1 else {"words": written.lower(), "name": written}
            return
    for number, place in enumerate(found):
        name = line.name(line.line[place])
        after = line.name(line.line[found[number + 1]]) if number + 1 < len(found) else None
        if (
            name.kind == "brand"
            and after
            and after.kind == "category"
            and not line.line[place + 1 : found[number + 1]].strip(" 的")
        ):
            yield {"brand": name.value, "category": after.value, "name": f"{name.value} {after.value}"}
            return
        yield _item(names, int(name.value)) if name.kind == "item" else {name.kind: name.value, "name": name.value}


def _item(names: Names, code: int) -> dict[str, str]:
    return {"item": names.ids[code], "name": names.titles[code]}


# ---------------------------------------------------------------------------------------------- kinds of events

_EVENTS = r"(?:\s*(?:events?|actions?|behaviou?rs?|interactions?|signals?|history|data|records?))"
_EVENTS_CHINESE = r"(?:的)?(?:行为|记录|事件|数据|操作)"
_LIST_OF = rf"(?:{VERB})(?:\s*(?:,|and|or|&|和|或者?|与|跟|及|、|还有)\s*(?:{VERB}))*"
_ENDING = r"(?=\s*(?:$|[,;.?!，。；？！]|for (?:this|now)|please|的?$))"
_ONLY_DOING = re.compile(
    rf"(?:only|just|exclusively)\s*(?:count|use|consider|look at|keep|take|include|regard|based on"
    rf"|rely on)\s*(?:the |her |his |their )?(?P<a>{_LIST_OF}){_EVENTS}?(?![a-z])"
    rf"|(?:based|rely|relying) (?:only |solely |just )?on (?:the |her |his "
    rf"|their )?(?P<b>{_LIST_OF}){_EVENTS}?(?: only| alone)?(?![a-z])"
    rf"|(?:only|just) (?P<c>{_LIST_OF}){_EVENTS}"
    rf"|(?:count|use|consider|keep) only (?:the |her |his |their )?(?P<d>{_LIST_OF}){_EVENTS}?(?![a-z])"
    rf"|(?P<e>{_LIST_OF}) only{_ENDING}|only (?P<f>{_LIST_OF}) (?:count|matter)s?"
    rf"|(?:只|仅|就)(?:算|用|考虑|计算?|统计|按|根据|保留|看|要|基于"
    rf"|依据)(?P<g>{_LIST_OF})(?:{_EVENTS_CHINESE}|{_ENDING})"
)
_NOT_DOING = re.compile(
    rf"(?:ignor(?:e|ing)|disregard|discard|don'?t count|do not count|not counting|leave out"
    rf"|forget(?: about)?|discount)\s+(?:all |the |any |her |his |their "
    rf"|of )*(?P<a>{_LIST_OF}){_EVENTS}?(?![a-z])"
    rf"|(?:without|exclude|excluding|remove|drop|skip|no|delete|leave out|ignore)\s+(?:all |the |any |her "
    rf"|his |their |of )*(?P<b>{_LIST_OF}|[\w -]+?){_EVENTS}(?![a-z])"
    rf"|(?:remove|delete|drop|ignore|exclude) (?:all |the |any )*(?:things|items|products|everything"
    rf"|what) (?:\w+ )?(?:in|from) (?:the |her |his |their )(?P<c>cart|basket|wish-?list"
    rf"|favou?rites)(?: from (?:the |her |his )?history)?"
    rf"|(?:if|pretend|suppose|assume|imagine|as if)(?: that)?(?: the| her| his| all"
    rf"| there were no)* (?P<f>{_LIST_OF})(?:{_EVENTS})?(?: had)?(?: never|n'?t| not| did not"
    rf"| didn'?t) happen(?:ed)?"
    rf"|(?:如果|要是|假如|假设|倘若)?没有(?:这些|那些|任何)?(?P<g>{_LIST_OF}){_EVENTS_CHINESE}(?:的话)?"
    rf"|(?:忽略|不算|别算|不计|不考虑|排除|去掉|剔除|不要算|不统计|除去|删掉|不看|忽视|无视)(?:所有|她的?"
    rf"|他的?|全部)?(?P<d>{_LIST_OF})(?:{_EVENTS_CHINESE}|{_ENDING})"
    rf"|(?P<e>{_LIST_OF})(?:{_EVENTS_CHINESE})?(?:都)?(?:不算|别算|不计|忽略|去掉|不考虑){_ENDING}"
)


def doings(line: Spotted, names: Names) -> list[Part]:
    """Which behaviours of the history count."""

    def of(do: str, found: re.Match[str]) -> list[Part] | None:
        words = next(value for value in found.groupdict().values() if value)
        pieces = (
            [words]
            if behaviour_of(words, names.behaviours)
            else re.split(r",|\band\b|\bor\b|&|和|或者?|与|跟|及|、|还有", words)
        )
        said = [behaviour_of(piece.strip(), names.behaviours) for piece in pieces]
        return [Edit(do, behaviour=name) for name in said] if all(said) else None

    return apply(line, _ONLY_DOING, lambda found: of("only", found)) + apply(
        line, _NOT_DOING, lambda found: of("remove", found)
    )


# ---------------------------------------------------------------------------------------------- when

_USING = (
    rf"(?:(?:please |only |just |use |using |look(?:ing)? at |consider(?:ing)? |take |based on |count |keep "
    rf"|from |within |in |since |during |over |{WHO} (?:did|has done) |what |events |the |her |his |their "
    rf"|user'?s )*)"
)
_ONLY_AFTER = r"(?:\s*(?:only|alone|就够了|就行|即可|的话|那些))?"
_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "quarter": 91, "year": 365}
_DAYS_CHINESE = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "季度": 91, "年": 365}
_LATEST_DAYS = re.compile(
    rf"{_USING}(?:last|past|latest|recent|most recent|previous)\s*(?P<n>{N})?\s*(?P<unit>day|week"
    rf"|fortnight|month|quarter|year)s?(?:'|'s)?(?:\s*of (?:activity|events|data|history"
    rf"|behaviou?r))?{_ONLY_AFTER}(?![a-z])"
    rf"|(?:只)?(?:看|用|考虑|算|要|取|参考|按|根据)?(?:她的?|他的?|用户的?)?(?:最近|过去|近|前"
    rf"|上)(?:的)?(?:(?P<m>{N})|(?P<half>半)|这?一)?\s*个?(?P<unit2>天|日|周|星期|礼拜|月|季度|年)(?:之内"
    rf"|以内|内|里|以来)?(?:的)?(?:行为|记录|事件|数据|历史|操作)*{_ONLY_AFTER}"
    rf"|(?:(?P<many>{N})|(?P<half2>半))个?(?P<unit3>天|日|周|星期|月|年)(?:以内|之内|内)的?(?:行为|记录"
    rf"|事件|数据|历史|操作)"
)
_LATEST = re.compile(
    rf"{_USING}(?P<first>{N})\s*(?:most recent|latest|last|newest)\s*(?:events?|actions?|interactions?|clicks?|views?"
    r"|purchases?|items?|ratings?)(?![a-z])"
    r"|"
    rf"{_USING}(?:last|latest|most recent|recent|past)\s*(?P<n>{N})\s*(?:\w+\s)?(?:events?|actions?"
    rf"|interactions?|clicks?|views?|purchases?|items?|steps?|records?|things|behaviou?rs?|activities"
    rf"|ratings?){_ONLY_AFTER}(?![a-z])"
    rf"|(?:只)?(?:看|用|考虑|算|要|取|参考|按|根据)?(?:她的?|他的?|用户的?)?(?:最近|最后|过去"
    rf"|近)(?:的)?(?P<m>{N})\s*(?:次|条|个|件)(?:的)?(?:行为|记录|事件|操作|点击|浏览|购买|数据|历史"
    rf"|互动)*{_ONLY_AFTER}"
)
_DONE = (
    r"(?:\b(?:did|does|do|has done|events?|history|records?|activity|behaviou?rs?|rat(?:ed|ings?)|bought"
    r"|purchase[sd]?|view(?:ed|s)|watched|click(?:ed|s)|saw|interact\w*|was|were|ignor\w+|disregard|as of"
    r"|as at|as on|happened|data|logs?)\b|截至|截止|行为|记录|历史|数据|买过?的|看过的|评分过?|点击|浏览|购买"
    r"|事件|当时|那天|的时候)"
)
_IGNORE = (
    r"(?:ignor(?:e|ing)|forget|disregard|discard|exclud(?:e|ing)|drop|remove|skip|leave out|without"
    r"|don'?t count|not counting|delete|cut)"
)
_ABOUT_USER = (
    rf"(?:\s*(?:everything|anything|all|what|whatever|the|her|his|their|that|events?|actions?|records?|history"
    rf"|activity|list|recommendations?|data|use|using|consider|count|keep|take|look at|only|just|{WHO}|did"
    rf"|has|had|does|do|done|from|happened|as it was|look(?:s|ed)?)(?![a-z]))*"
)
_WHEN = rf"(?P<when>{D}|{Y})"
_SHIFTS = tuple(
    (way, re.compile(pattern))
    for way, pattern in (
        (
            "between",
            rf"(?P<no>{_IGNORE})?{_ABOUT_USER}\s*(?:only )?(?:between|from)\s*{_WHEN}\s*(?:and|to|until|till|-"
            rf"|–)\s*(?P<last>{D}|{Y})",
        ),
        (
            "between",
            rf"(?:只)?(?:看|算|用|考虑)?(?:从|在)?{_WHEN}(?:到|至|—|-|~){{1,2}}(?P<last>{D}|{Y})(?:之间"
            rf"|期间)?(?:的)?(?:行为|记录|数据|事件|历史)*(?P<no>(?:都)?(?:不算|不要|忽略|去掉))?",
        ),
        (
            "within",
            rf"(?P<no>{_IGNORE})?{_ABOUT_USER}\s*(?:only )?(?:in|during|within)\s*{_WHEN}(?!\s*(?:on"
            rf"|onwards?|and later))",
        ),
        (
            "before",
            rf"(?P<no>{_IGNORE})?{_ABOUT_USER}\s*(?P<verb>{VERB})?\s*(?:only )?(?:from )?(?:before|prior to"
            rf"|earlier than|older than|preceding)\s*{_WHEN}",
        ),
        (
            "since",
            rf"(?P<no>{_IGNORE})?(?:only |just )?{_ABOUT_USER}\s*(?P<verb>{VERB})?\s*(?:only )?(?:since"
            rf"|starting(?: from| in| on)?|from)\s*{_WHEN}(?:\s*(?:on(?:wards?)?|and later|or later))?",
        ),
        (
            "after",
            rf"(?P<no>{_IGNORE})?(?:only "
            rf"|just )?{_ABOUT_USER}\s*(?P<verb>{VERB})?\s*(?:only )?(?:from )?(?:after|later than|newer than"
            rf"|past|following)\s*{_WHEN}",
        ),
        (
            "until",
            rf"(?:{_IF}\s*(?:it (?:was|were|is)|today (?:was|were|is)|we were (?:in|on|at))|as of|as at|as on"
            rf"|as it was (?:on|in)|until|till|up to|through|by the end of|on|at|as it stood (?:on|in)"
            rf"|back (?:on|in|to))\s*{_WHEN}",
        ),
        (
            "until",
            rf"(?:截至|截止|截止到|截至到|到|直到|停在|回到)(?:了)?{_WHEN}(?:为止|的时候|那天|时|当天)?(?:的话"
            rf"|(?:她|他|用户)?(?:的)?(?:行为|记录|数据|历史|事件)*(?:的话)?)",
        ),
        (
            "before",
            rf"(?P<ignore>忽略|不算|不看|去掉|排除|剔除|别算|不考虑|删掉|不要)?(?:掉)?(?:在)?{_WHEN}(?:以前"
            rf"|之前|前)(?:的)?(?:所有)?(?:行为|记录|数据|历史|事件|操作)*(?P<no>(?:都)?(?:不算|不要|忽略|去掉"
            rf"|别算|不看))?",
        ),
        (
            "since",
            rf"(?P<ignore>忽略|不算|不看|去掉|排除|剔除|别算|不考虑|删掉|不要)?(?:掉)?(?:只)?(?:看|算|用"
            rf"|考虑)?(?:从|自)?{_WHEN}(?:以后|之后|后|以来|起|开始|至今)(?:的)?(?:所有)?(?:行为|记录|数据"
            rf"|历史|事件|操作)*(?P<no>(?:都)?(?:不算|不要|忽略|去掉|别算|不看))?",
        ),
        ("until", rf"{_WHEN}(?:为止|当时|那天|的时候|时|当天)"),
    )
)


def moments(line: Spotted, names: Names) -> list[Part]:
    """Which time of the history counts."""
    parts: list[Part] = []

    def latest_days(found: re.Match[str]) -> list[Part] | None:
        if (
            re.match(r"\s*(?:上映|发行|出版|新片)|\s*(?:releases?|films?|movies?)\b", line.line[found.end() :])
            and names.dated
        ):
            return None
        number = found["n"] or found["m"] or found["many"]
        times = line.number(number).value if number else 0.5 if found["half"] or found["half2"] else 1.0
        days = _DAYS[found["unit"]] if found["unit"] else _DAYS_CHINESE[found["unit2"] or found["unit3"]]
        return [Edit("latest days", number=max(1, round(times * days)))]

    def latest(found: re.Match[str]) -> list[Part]:
        return [Edit("latest", number=int(line.number(found["n"] or found["m"] or found["first"]).value))]

    parts += apply(line, _LATEST_DAYS, latest_days) + apply(line, _LATEST, latest)
    for way, pattern in _SHIFTS:

        def rule(found: re.Match[str], way: str = way) -> list[Part] | None:
            return _shift(way, found, line, names)

        parts += apply(line, pattern, rule)
    return parts


def _shift(way: str, found: re.Match[str], line: Spotted, names: Names) -> list[Part] | None:
    said = found.groupdict()
    if DONE in found[0]:
        return None
    if kind_of(said["when"]) == "year" and names.dated:
        clause = (
            re.split(r"[;.。；!！]", line.line[: found.start()])[-1]
            + found[0]
            + re.split(r"[,;.。，；]", line.line[found.end() :])[0]
        )
        if not re.search(_DONE, clause):
            return None
    first = line.period(said["when"]).first
    last = line.period(said.get("last") or said["when"]).last
    day = timedelta(days=1)
    doing = behaviour_of(said.get("verb") or "", names.behaviours) if said.get("verb") else ""
    flipped = bool(said.get("no") or said.get("ignore"))
    if way in ("between", "within"):
        return None if flipped else [Edit("since", day=first.isoformat()), Edit("until", day=last.isoformat())]
    since = {"since": first, "after": last + day}.get(way)
    until = {"before": first - day, "until": last}.get(way)
    if flipped:
        since, until = (until + day, None) if until is not None else (None, since - day if since is not None else None)
    if since is not None and doing and not flipped and re.search(r"only|just|只", found[0]):
        return [Edit("only", behaviour=doing), Edit("since", day=since.isoformat())]
    if since is not None:
        return [Edit("since", day=since.isoformat(), behaviour=doing)]
    return None if until is None else [Edit("until", day=until.isoformat(), behaviour=doing)]
