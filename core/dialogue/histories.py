"""Rules of a request about what the user did: changes of the history."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from core.dialogue.lexicon import VERB, WORKS, behaviour_of
from core.dialogue.names import Names
from core.dialogue.rules import apply
from core.dialogue.spotting import DONE, D, E, N, Spotted, Y, kind_of
from core.dialogue.structure import Edit, Part

WHO = (
    r"(?:she|he|they|(?:the|this|that|our) (?:user|customer|client|shopper|viewer|person|reader|member|guy|woman|man"
    r"|lady)|someone)"
)
WHO_CHINESE = r"(?:她们?|他们?|ta|这个?(?:用户|客户|顾客|人)|该?(?:用户|客户|顾客)|此人)"
_IN_LIST = rf"(?:,\s*(?=(?:and |or )?(?:the )?{E}))"
_REST = rf"(?:[^,;.?!，。；？！\n]|{_IN_LIST})+"
_ARTICLE = r"(?:(?:the|an?|that|this|those|these|any|her|his|their|one|some)\s+)?"

_THAT_CHINESE = r"(?:[那这某]?(?:一)?[台件款双部本瓶盒条张支只把套个盏辆袋包块])"

# ---------------------------------------------------------------------------------------------- what if

_IF = (
    r"(?:(?:and |but |so )?(?:what if|if|suppos(?:e|ing)|assum(?:e|ing)|pretend(?:ing)?|imagin(?:e|ing)"
    r"|let'?s (?:say|pretend|assume|suppose|imagine)|say|as if|as though|had|forget(?:ting)?(?= (?:that|how) )"
    r"|disregard(?:ing)?(?= that )|ignore(?= that )|leave aside(?= that ))(?: that| how| the fact that)?)"
)
_DID_NOT = (
    r"(?:(?:had|have|has|did|were|was|would|do|does)(?:\s*not|n'?t)(?: have)?|(?:had|has|have|would have)?\s*never"
    r"|not|'d (?:not|never))"
)
_DID = r"(?:had|have|has|did|were|was|'d|would have)"
_IF_ENGLISH = re.compile(
    rf"(?:what (?:else )?(?:would|will|might|could) happen )?{_IF}\s*(?:{WHO}|we|i|you|nobody)?\s*(?:(?P<no>{_DID_NOT})"
    rf"|{_DID})?\s*(?:also |ever |already |really |just |instead |once "
    rf"|only )*(?P<verb>{VERB})(?![a-z])\s*(?P<what>{_REST})"
)
_IF_PASSIVE = re.compile(
    rf"{_IF}\s+(?!{WHO} |i |we |you )(?:the |that )?(?P<what>[^,;.?!]*?{E}|[^,;.?!]+?)\s+(?:had|was|were|has|have"
    rf"|'d)(?P<no>\s*not|n'?t| never)?(?: also| ever| already)*(?: been)? (?P<verb>{VERB})(?![a-z])"
)
_IF_CART = re.compile(
    rf"{_IF}\s*{WHO}?\s*(?:(?P<no>{_DID_NOT})|{_DID})?\s*(?:also |ever |already )*(?:put|add(?:ed)?"
    r"|place[d]?)\s+(?P<what>.+?)\s+(?P<verb>(?:in|into|to) (?:the |her |his |their )?(?:cart|basket|bag))"
)
_IF_CHINESE = re.compile(
    r"(?:如果|要是|假如|假设|假使|假装|倘若|若是?|设想|想象|万一|就当|权当|当作|当成|当(?=[她他]|用户|ta)|忘掉|忘记"
    rf"|假定|如果说)(?:说)?{WHO_CHINESE}?(?:当初|之前|以前|当时)?(?P<no>没有|没|未曾|未|从没有?|从来没有?|从未"
    rf"|并没有?|不)?(?:曾经?|还|也|再|又|已经?|把|有|去|先|另外)*(?P<verb>{VERB})(?:过|了)?(?:[也又还]?(?:没有?"
    rf"|未)(?P<second>{VERB})过?)?(?P<what>[^,，。；;？?！!\n]*?)(?=的话|呢|,|，|。|；|;|？|\?|！|!|\n|会"
    r"|$)(?:的话)?呢?"
)
_IF_TAKEN = re.compile(  # "把Jaws当作没看过"
    r"(?:把|将)(?P<what>[^,，。；;？?！!\n]+?)(?:当作|当成|视为|算作|当)(?P<no>没有?|未"
    rf"|从未)(?P<verb>{VERB})过?(?:的)?"
)
_IF_GIVEN = re.compile(  # the verb behind its object: "没给Titanic打过分"
    rf"(?:如果|要是|假如|假设|假使|假装|倘若|若是?|就当|权当|当(?=[她他]|用户))(?:说)?{WHO_CHINESE}?(?:当初|之前"
    r"|以前|当时|那时)?(?P<no>没有|没|未曾|未|从没有?|从未|并没有?)?(?:也|还|曾经?)?(?:给|对|把"
    r"|将)(?P<what>[^,，。；;？?！!\n]+?)(?P<verb>打过?分|评过?[分价]|点过?赞|加过?购|放进购物车|加入购物车"
    rf"|{VERB})(?:过|了)?(?:的话|呢)?"
)
_WITHOUT_DOING = re.compile(  # "without her rating of Jaws"
    r"(?:without|minus|ignor(?:e|ing)|forget(?: about)?|disregard|remove|drop|delete) (?:the |her |his "
    rf"|their )(?P<verb>{VERB})s? (?:of|for|from) (?P<what>{_REST})"
)
_PUT = re.compile(
    r"(?:add|put|insert|append|include)\s+(?P<what>.+?)\s+(?:to|in|into) (?:the |her |his |their )?(?:user'?s "
    r"|customer'?s )?(?:history|sequence|records?|past|log|profile)|(?:把|将)?(?P<put>[^,，。；;？?！!\n]+?)(?:加|放"
    r"|补|添)(?:到|进|入)(?:去)?(?:她的?|他的?|用户的?)?(?:历史记录|历史|记录|序列|行为)(?:里面?|中)?"
)
_FORGET_DONE = re.compile(  # "忽略她买的苹果产品"
    rf"(?:忽略|不算|别算|不考虑|去掉|抛开|忘掉|剔除|删掉){WHO_CHINESE}(?:曾经?|之前|以前)?(?P<verb>{VERB})(?:过"
    r"|了)?的(?P<what>[^,，。；;？?！!\n]+)"
)
_FORGET = re.compile(
    r"(?:forget(?: about)?|disregard|take(?: out)?|remove|delete|drop|ignore|without|exclude|skip|erase|strip|cut"
    r"|wipe|pull|scrub|leave(?: out)?)\s+(?P<what>.+?)\s+(?:from|in|out of) (?:the |her |his |their )?(?:user'?s "
    r"|customer'?s )?(?:history|sequence|records?|past|events|log|profile)|(?:forget(?: about)?|disregard"
    r"|(?:if it (?:weren'?t|wasn'?t|were not|was not|hadn'?t been|had not been)|were it not|had it not been"
    rf"|but) for|leaving aside)\s+(?P<also>{_REST})|(?:把|将)(?P<put>[^,，。；;？?！!\n]+?)从(?:她的?|他的?"
    r"|用户的?)?(?:历史记录|历史|记录|序列|行为)(?:里面?|中)?(?:删|去|移|拿|剔)(?:除|掉|走|去)?|(?:去掉|删掉|删除"
    r"|移除|忽略|去除|剔除)(?:她的?|他的?|用户的?)?(?:历史记录|历史|记录|序列)(?:里面?"
    r"|中)?的?(?P<gone>[^,，。；;？?！!\n]+)|从(?:她的?|他的?|用户的?)?(?:历史记录|历史|记录|序列|行为)(?:里面?"
    r"|中)?(?:删|去|移|拿|剔)(?:除|掉|走|去)?(?P<out>[^,，。；;？?！!\n]+)"
)


def what_ifs(line: Spotted, names: Names) -> list[Part]:
    """Events that the history is to be without, or with."""

    def rule(found: re.Match[str]) -> list[Part] | None:
        said = found.groupdict()
        verbs = [words for words in (said.get("verb"), said.get("second")) if words]
        doings = list(dict.fromkeys(behaviour_of(_plain(_cart(words)), names.behaviours) for words in verbs))
        start, end = found.span("what")
        swapped = re.search(r"\s(?:instead of|rather than|(?:and|but) not)\s|而不是|而没有?", found["what"])
        if swapped and not said.get("no"):
            added = named(line, names, start, start + swapped.start())
            gone = named(line, names, start + swapped.end(), end)
            pairs = [("add", thing) for thing in added] + [("remove", thing) for thing in gone]
            return [Edit(do, behaviour=doings[0], **thing) for do, thing in pairs]  # type: ignore[arg-type]
        things = list(named(line, names, start, end))
        do = (
            "remove"
            if said.get("no") or re.match(r"forget|disregard|ignore|leave aside|忘", found[0].strip())
            else "add"
        )
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

    def rule_gone(found: re.Match[str]) -> list[Part] | None:
        doing = behaviour_of(_plain(found["verb"]), names.behaviours)
        things = named(line, names, *found.span("what"))
        return [Edit("remove", behaviour=doing, **thing) for thing in things] or None  # type: ignore[arg-type]

    def put(found: re.Match[str]) -> list[Part] | None:
        group = "what" if found["what"] else "put"
        things = [thing for thing in named(line, names, *found.span(group)) if "item" in thing]
        return [Edit("add", **thing) for thing in things] or None  # type: ignore[arg-type]

    return [
        *apply(line, _PUT, put),
        *apply(line, _IF_TAKEN, rule),
        *apply(line, _IF_GIVEN, rule),
        *apply(line, _IF_CART, rule),
        *apply(line, _IF_PASSIVE, rule),
        *apply(line, _IF_ENGLISH, rule),
        *apply(line, _IF_CHINESE, rule),
        *apply(line, _FORGET_DONE, rule_gone),
        *apply(line, _WITHOUT_DOING, rule_gone),
        *apply(line, _FORGET, forget),
    ]


def _cart(words: str) -> str:
    return "cart" if re.search(r"(?:cart|basket|bag)$", words) else words


def _plain(words: str) -> str:
    """A Chinese verb without the mark of the past within it: "打过分" is "打分"."""
    return re.sub(r"(?<=[打评点加])过(?=.)", "", words)


def _doing(words: str, names: Names) -> str:
    """The behaviour that words like "the things in her cart" or "views" speak of."""
    plain = re.sub(
        r"^(?:all |the |her |his |their |any |things |items |events |of |what |she |he |they |in |everything |has "
        r"|had )+",
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
    bare = re.sub(rf"{_ARTICLE}|{_THAT_CHINESE}|[\s的了过呢]|anything|things?|products?", "", re.sub(E, "", whole))
    if not found or (len(found) == 1 and kind_of(line.line[found[0]]) != "item" and bare):
        written = re.sub(
            rf"^\s*{_ARTICLE}|^\s*{_THAT_CHINESE}|\s+(?:yet|already|before|ever|at all|instead|then"
            r"|yesterday)$",
            "",
            line.words(start, end),
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
_EVENTS_CHINESE = r"(?:的|过的?|了的)?(?:(?:历史)?(?:行为|记录|纪录|事件|数据|资料|操作|动作|日志)|历史)"
_LIST_OF = rf"(?:{VERB})(?:\s*(?:,|and|or|&|和|或者?|与|跟|及|、|还有)\s*(?!skip )(?:{VERB}))*"
_ENDING = r"(?=\s*(?:$|[,;.?!，。；？！、]|for (?:this|now)|please|的?$))"
_COUNTING = (
    r"(?:count(?:ed|ing)?|us(?:e|ed|ing)|consider(?:ed|ing)?|look(?:ed|ing)? at|keep|kept|took|tak(?:e|ing)"
    r"|includ(?:e|ing)|regard"
    r"|bas(?:e|ed|ing) (?:(?:it|this|that|them|the list|things|everything|(?:the |your )?recommendations?"
    r"|suggestions) )*(?:up)?on"
    r"|rely(?:ing)? on|go(?:ing)? (?:by|on|off|with)|work(?:ing)? (?:with|from|off)|build(?:ing)? on|focus(?:ing)? on"
    r"|stick(?:ing)? to"
    r"|draw(?:ing)? on|learn(?:ing)? from|judg(?:e|ing) (?:by|on|from)|weigh(?:ing)?|concentrat(?:e|ing) on"
    r"|(?:restrict|limit|confine)"
    r"(?: (?:it|this|yourself|things|the history|the data))? to|start(?:ing)? from|listen(?:ing)? to|trust(?:ing)?"
    r"|analy[sz]e)"
)
_SOLELY = r"(?:only|just|exclusively|solely|purely|merely|strictly)"
_WHOSE = r"(?:(?:all|the|of|her|his|their|this|that|user's|customer's|actual|real|past|previous)\s+)*"
_ONLY_DOING = re.compile(
    rf"{_SOLELY} {_COUNTING} {_WHOSE}(?P<o1>{_LIST_OF}){_EVENTS}?{_ENDING}|{_COUNTING} (?:{_SOLELY} |nothing but "
    r"|nothing except )+"
    rf"(?:(?:on|at|by|from|to|with) )?{_WHOSE}(?P<o2>{_LIST_OF}){_EVENTS}?{_ENDING}"
    rf"|{_COUNTING} {_WHOSE}(?P<o3>{_LIST_OF}){_EVENTS}?"
    rf"(?:,? (?:only|alone|exclusively|solely|and nothing else|nothing else|and that's (?:it|all)))+"
    rf"|(?:{_IF} (?:we |you |i |one )?)?(?:only|just|exclusively)\s*(?:count(?:ed)?|used?|consider(?:ed)?"
    r"|look(?:ed)? at|keep|kept|took|take|include|regard|based on|rely on)\s*(?:the |her |his "
    rf"|their )?(?P<a>{_LIST_OF}){_EVENTS}?(?![a-z])|(?:based|rely|relying) (?:only |solely |just )?on (?:the |her "
    rf"|his |their )?(?P<b>{_LIST_OF}){_EVENTS}?(?: only| alone)?(?![a-z])|(?:only|just) (?P<c>{_LIST_OF}){_EVENTS}"
    r"|(?:only|just|nothing but|nothing except) (?:at |on )?(?:the |her |his "
    rf"|their )?(?P<k>(?:{VERB})(?<=s)){_ENDING}|(?:look|rely|count|focus)(?:ing)? (?:only|just) (?:at|on) (?:the "
    rf"|her |his |their )?(?P<l>{_LIST_OF}){_EVENTS}?{_ENDING}|(?:only|just) (?:the |her |his "
    rf"|their )(?P<m>{_LIST_OF}){_EVENTS}? (?:count|matter)s?(?![a-z])|(?:use|take|consider|count|keep) (?:the |her "
    rf"|his |their )?(?P<n>{_LIST_OF}){_EVENTS} (?:only|alone)(?![a-z])|(?:count|use|consider|keep) only (?:the "
    rf"|her |his |their )?(?P<d>{_LIST_OF}){_EVENTS}?(?![a-z])|(?:only |just )?tak(?:e|ing) (?:only |just )?(?:the "
    rf"|her |his |their )?(?P<h>{_LIST_OF}){_EVENTS}? into (?:account|consideration)|tak(?:e|ing) into (?:account"
    rf"|consideration) (?:only |just )(?:the |her |his |their )?(?P<i>{_LIST_OF}){_EVENTS}?(?![a-z])|(?:consider"
    r"|count|use|look at|keep|go by|regard) nothing but (?:the |her |his "
    rf"|their )?(?P<j>{_LIST_OF}){_EVENTS}?(?![a-z])|(?P<e>{_LIST_OF}) (?:only|alone|exclusively){_ENDING}"
    rf"|only (?P<f>{_LIST_OF}) (?:count|matter)s?|(?:只|仅|就|光|单|单单|仅仅|光光|纯)(?:要)?(?:算|用|考虑|计算?|统计"
    r"|按|根据|保留|看|要|基于"
    rf"|依据|参考|盯|认)?(?:{WHO_CHINESE}的?)?(?P<g>{_LIST_OF})(?:{_EVENTS_CHINESE}|{_ENDING})"
)
_NOT_DOING = re.compile(
    r"(?:ignor(?:e|ing)|disregard|discard|don'?t count|do not count|not counting|leave out|forget(?: about)?"
    rf"|discount)\s+(?:all |the |any |her |his |their |of )*(?P<a>{_LIST_OF}){_EVENTS}?(?![a-z])|(?:without|exclude"
    r"|excluding|remove|drop|skip|no|delete|leave out|ignore)\s+(?:all |the |any |her |his |their "
    rf"|of )*(?P<b>{_LIST_OF}|[\w -]+?){_EVENTS}(?![a-z])|(?:remove|delete|drop|ignore|exclude) (?:all |the "
    r"|any )*(?:things|items|products|everything|what) (?:\w+ )?(?:in|from) (?:the |her |his |their )(?P<c>cart"
    rf"|basket|wish-?list|favou?rites)(?: from (?:the |her |his )?history)?|(?P<h>{_LIST_OF}){_EVENTS}? (?:don'?t"
    r"|do not|does not|doesn'?t|shouldn'?t|should not|mustn'?t|must not|needn'?t|need not|won'?t) (?:count|matter"
    r"|be (?:counted|considered|used|included))(?![a-z])|(?:not counting|without (?:counting|considering|using)"
    r"|regardless of|irrespective of|setting aside|leaving aside|disregarding) (?:the |her |his "
    rf"|all )*(?P<i>{_LIST_OF}){_EVENTS}?(?![a-z])|(?:without|minus|excluding|ignoring|leaving out|leave out|exclude"
    rf"|remove|drop) (?:all )?(?:of )?(?:her|his|their) (?P<n>{_LIST_OF}){_ENDING}|(?:without|minus|excluding"
    r"|ignoring|ignore|disregard|discount|discard|remove|drop|delete|exclude|(?:don'?t|do not|never|not) bas(?:e"
    r"|ing)(?: it| this| that| the list)? on|(?:take|took|taking) no notice of|pay no attention to"
    rf"|(?:what )?if there (?:were|are|was|had been) no) (?:the |all |any )*(?P<o>(?:{VERB})(?<=s)){_ENDING}"
    rf"|(?P<j>{_LIST_OF}){_EVENTS}? aside(?![a-z])|(?:don'?t|do not|not) tak(?:e|ing) (?:the |her |his |their "
    rf"|any )?(?P<k>{_LIST_OF}){_EVENTS}? into (?:account|consideration)|(?:leave|keep|take|filter) (?:the |her "
    rf"|his |their |all )*(?P<l>{_LIST_OF}){_EVENTS}? out(?: of (?:the picture|account|it|consideration"
    rf"|the history))(?![a-z])|(?:{_IF} )?(?:(?:all|the|her|his|their) )*(?P<m>{_LIST_OF}){_EVENTS}? (?:are|is|were"
    r"|was|had been|should be|must be|to be) (?:ignored|gone|not counted|left out|excluded|dropped|disregarded"
    r"|discounted|removed)(?![a-z])|(?:if|pretend|suppose|assume|imagine|as if)(?: that)?(?: the| her| his| all"
    rf"| there were no)* (?P<f>{_LIST_OF})(?:{_EVENTS})?(?: had)?(?: never|n'?t| not| did not"
    r"| didn'?t) happen(?:ed)?|(?:如果|要是|假如|假设|倘若)?没有(?:这些|那些"
    rf"|任何)?(?P<g>{_LIST_OF}){_EVENTS_CHINESE}(?:的话)?|(?:忽略|不算|别算|不计|不考虑|别考虑|排除|去掉|剔除|不要算"
    r"|不统计|别统计|除去|删掉|不看|别看|忽视|无视|抛开|撇开|不管|别管)(?:掉)?(?:所有|她的?|他的?"
    rf"|全部)?(?P<d>{_LIST_OF})(?:{_EVENTS_CHINESE}|{_ENDING})|(?:把|将)?(?:她的?|他的?"
    rf"|用户的?)?(?P<e>{_LIST_OF})(?:{_EVENTS_CHINESE})?(?:都|全|就|一律)*(?:不算数?|别算|不计(?:入)?|忽略|去掉"
    rf"|不考虑|别考虑|不管|别管|剔除|排除|不要)(?:掉|了)*(?:{_ENDING}|(?=再|然后|之后|来推荐|，|。))"
)


def doings(line: Spotted, names: Names) -> list[Part]:
    """Which behaviours of the history count."""

    def of(do: str, found: re.Match[str]) -> list[Part] | None:
        if (
            re.match("(?:[不别]看|去掉|删掉|排除|剔除|除去).*过$", found[0])
            and line.line[found.end() : found.end() + 1] == "的"
        ):
            return None  # what the user has, and no kind of events
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
    r"(?:(?:please |only |just |use |using |look(?:ing)? at |consider(?:ing)? |take |based on |count |keep |from "
    rf"|within |in |since |during |over |{WHO} (?:did|has done) |what |events |the |her |his |their |user'?s )*)"
)
_ONLY_AFTER = (
    r"(?:\s*(?:only|alone|就够了?|就行|就好|即可|的话|那些|(?:给我)?(?:算|计|考虑|统计)(?:进去|进来|在内|入|上)|为准"
    r"|作为?参考|当参考))*"
)
_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "quarter": 91, "year": 365}
_DAYS_CHINESE = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "季度": 91, "年": 365}
_LATEST_DAYS = re.compile(
    r"(?:(?:only|just|use|using|consider|count|keep|look at|based on|take)\s+)*(?:(?:what|whatever|everything"
    rf"|things|items|those)(?: that)? {WHO}(?:'s| has| had| have)? (?=(?:{VERB})(?![a-z])))?(?:the |her |his |their "
    rf"|all )*(?:(?P<doing>{VERB}){_EVENTS}?\s+)?{_USING}(?:the |her |his |their )*(?:last|past|latest|recent"
    rf"|most recent|previous)\s*(?P<n>{N})?\s*(?P<unit>day|week|fortnight|month|quarter|year)s?(?:'"
    rf"|'s)?(?:\s*of (?:activity|events|data|history|behaviou?r))?{_ONLY_AFTER}(?![a-z])|(?:只)?(?:看|用|考虑|算|要"
    rf"|取|参考|按|根据)?(?:她的?|他的?|用户的?)?(?:最近|过去|近|前|上)(?:的)?(?:这|那)?(?:(?P<m>{N})|(?P<half>半)"
    r"|这?一)?\s*个?(?P<unit2>天|日|周|星期|礼拜|月|季度|年)(?:之内|以内|内|里面?|以来"
    rf"|之间)?(?:的)?(?:(?P<doing2>{_LIST_OF})(?:过|了)?(?=的?(?:行为|记录|事件|数据|历史|操作)|的?\s*(?:$"
    rf"|[,，。;；])))?(?:的)?(?:行为|记录|事件|数据|历史|操作)*{_ONLY_AFTER}|(?:(?P<many>{N})"
    r"|(?P<half2>半))个?(?P<unit3>天|日|周|星期|月|年)(?:以内|之内|内)的?(?:行为|记录|事件|数据|历史|操作)"
)
_LATEST = re.compile(
    rf"{_USING}(?P<first>{N})\s*(?:most recent|latest|last|newest)\s*(?:events?|actions?|interactions?|clicks?"
    rf"|views?|purchases?|items?|ratings?|{VERB})(?![a-z])|{_USING}(?:last|latest|most recent|recent"
    rf"|past)\s*(?P<n>{N})\s*(?:\w+\s)?(?:events?|actions?|interactions?|clicks?|views?|purchases?|items?|steps?"
    rf"|records?|things|behaviou?rs?|activities|ratings?|{WORKS}|{VERB}){_ONLY_AFTER}(?![a-z])|(?:只)?(?:看|用|考虑"
    rf"|算|要|取|参考|按|根据)?(?:她的?|他的?|用户的?)?(?:最近|最后|过去|近)(?:的)?(?P<m>{N})\s*(?:次|条|个"
    rf"|件)(?:的)?(?:行为|记录|事件|操作|点击|浏览|购买|数据|历史|互动)*{_ONLY_AFTER}"
)
_DONE = (
    r"(?:\b(?:did|does|do|has done|events?|history|records?|activity|behaviou?rs?|rat(?:ed|ings?)|bought"
    r"|purchase[sd]?|view(?:ed|s)|watched|click(?:ed|s)|saw|interact\w*|was|were|ignor\w+|disregard|as of|as at"
    r"|as on|happened|data|logs?)\b|截至|截止|行为|记录|历史|数据|买过?的|看过的|评分过?|点击|浏览|购买|事件|当时"
    r"|那天|的时候)"
)
_ISSUED = (
    r"\b(?:released?|made|shot|filmed|published|produced|c[ao]me out|coming out|dat(?:ed|ing))\b|上映|拍摄|出版|发行"
    r"|制作"
)
_IGNORE = (
    r"(?:ignor(?:e|ing)|forget|disregard|discard|exclud(?:e|ing)|drop|remove|skip|leave out|without|don'?t count"
    r"|not counting|delete|cut|throw (?:out|away)|toss(?: out)?|scrap|ditch|omit|strike|cut out|take out|get rid of"
    r"|rule out|filter out|nothing|no)"
)
_ABOUT_USER = (
    r"(?:\s*(?:everything|anything|all|what|whatever|the|her|his|their|that|events?|actions?|records?|history"
    rf"|activity|list|recommendations?|data|use|using|consider|count|keep|take|look at|only|just|{WHO}|did|has|had"
    r"|does|do|done|from|happened|as it was|look(?:s|ed)?)(?![a-z]))*"
)
_IGNORE_CHINESE = (
    "忽略|(?<!有)没有|不算|不看|别看|去掉|排除|剔除|别算|不考虑|别考虑|不管|别管|抛开|撇开|无视|不用|删掉|删除|扔掉"
    "|不要"
)
_NOT_COUNTED = (
    "(?:都|全|就|一律|统统)*(?:不算数?|不要|别要|忽略|去掉|别算|不看|别看|不管|别管|不考虑|剔除|排除|删掉|不计)"
)
_DROPPED = (
    r"(?:(?:is|are|was|were|get|gets|should|must|shall|can|be|being)\s+)*(?:dropped|ignored|removed|left out"
    r"|excluded|disregarded|deleted|discarded|cut|not counted|skipped)"
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
            rf"|期间)?(?:的)?(?:行为|记录|数据|事件|历史)*(?P<no>{_NOT_COUNTED})?",
        ),
        (
            "within",
            rf"(?P<no>{_IGNORE})?{_ABOUT_USER}\s*(?:only )?(?:in|during|within)\s*{_WHEN}(?!\s*(?:on|onwards?"
            r"|and later))",
        ),
        (
            "after",
            rf"{_ABOUT_USER}\s*(?P<verb>{VERB})?\s*(?:from )?(?:after|later than|past"
            rf"|following)\s*{_WHEN}\s*(?P<no>{_DROPPED})",
        ),
        (
            "before",
            rf"{_ABOUT_USER}\s*(?P<verb>{VERB})?\s*(?:from )?(?:before|prior to|earlier than|older than"
            rf"|preceding)\s*{_WHEN}\s*(?P<no>{_DROPPED})",
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
            rf"(?P<no>{_IGNORE})?(?:only |just )?{_ABOUT_USER}\s*(?P<verb>{VERB})?\s*(?:only )?(?:from )?(?:after"
            rf"|later than|newer than|past|following)\s*{_WHEN}",
        ),
        (
            "until",
            rf"(?:{_IF}\s*(?:it (?:was|were|is)|today (?:was|were|is)|we were (?:in|on|at))|as of|as at|as on"
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
            rf"(?P<ignore>{_IGNORE_CHINESE})?(?:掉)?(?:[只仅就光](?:看|算|用|考虑|要|取|参考|统计|保留"
            rf"|认)?)?(?:在)?{_WHEN}(?:以前|之前"
            rf"|前)(?:的)?(?:所有)?(?:(?P<verb>{VERB})(?!过))?(?:的)?(?:行为|记录|数据|历史|事件"
            rf"|操作)*(?P<no>{_NOT_COUNTED})?",
        ),
        (
            "since",
            rf"(?P<ignore>{_IGNORE_CHINESE})?(?:掉)?(?:只)?(?:看|算|用|考虑)?(?:从|自)?{_WHEN}(?:以后|之后|后|以来"
            rf"|起|开始|至今)(?:的)?(?:所有)?(?:(?P<verb>{VERB})(?!过))?(?:的)?(?:行为|记录|数据|历史|事件"
            rf"|操作)*(?P<no>{_NOT_COUNTED})?",
        ),
        (
            "until",
            r"(?:假设|假如|如果|假装|就当|设想|当作)?(?:今天|今日|现在|当前|眼下)(?:的)?(?:日期|时间)?(?:是|为|停在"
            rf"|回到|定在){_WHEN}(?:的话)?",
        ),
        ("until", rf"{_WHEN}(?:为止|当时|那天|的时候|时|当天)"),
    )
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
        if re.search(
            rf"(?:{_IGNORE}|except|not|{_IGNORE_CHINESE})\s*(?:the |her |his |their )*$",
            line.line[: found.start()] + (re.match(r"(?:the |her |his |their )*", found[0]) or [""])[0],
        ):
            return None  # how long before the end is not known
        number = found["n"] or found["m"] or found["many"]
        times = line.number(number).value if number else 0.5 if found["half"] or found["half2"] else 1.0
        days = _DAYS[found["unit"]] if found["unit"] else _DAYS_CHINESE[found["unit2"] or found["unit3"]]
        latest = Edit("latest days", number=max(1, round(times * days)))
        said = re.split(r",|\band\b|\bor\b|&|和|或者?|与|跟|及|、|还有", found["doing"] or found["doing2"] or "")
        doings = [behaviour_of(words.strip(), names.behaviours) for words in said if words.strip()]
        return [*(Edit("only", behaviour=doing) for doing in doings if doing), latest]

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
            re.split(r"[;.。；!！，]", line.line[: found.start()])[-1]
            + found[0]
            + re.split(r"[,;.。，；]", line.line[found.end() :])[0]
        )
        if not re.search(_DONE, clause) or re.search(_ISSUED, clause):
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
