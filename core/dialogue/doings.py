"""Rules of a request about which behaviours of the history count."""

from __future__ import annotations

import re

from core.dialogue.lexicon import PLURAL, VERB, behaviour_of
from core.dialogue.names import Names
from core.dialogue.patterns import late
from core.dialogue.people import ENDING, EVENTS, EVENTS_CHINESE, IF, LIST_OF, WHO, WHO_CHINESE
from core.dialogue.rules import apply
from core.dialogue.spotting import Spotted
from core.dialogue.structure import Edit, Part

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
_ONLY_DOING = late(
    rf"(?:see |show |me )*{_SOLELY} (?:(?:what|things|items|those|events?|stuff|the ones)(?: that| which)? )+(?:was"
    r"|were|is|are|has been|have been|got"
    rf"|{WHO}(?:'s| has| had| have)?) (?P<o4>{LIST_OF}){ENDING}"
    rf"|{_SOLELY} {_COUNTING} {_WHOSE}(?P<o1>{LIST_OF}){EVENTS}?{ENDING}|{_COUNTING} (?:{_SOLELY} |nothing but "
    r"|nothing except )+"
    rf"(?:(?:on|at|by|from|to|with) )?{_WHOSE}(?P<o2>{LIST_OF}){EVENTS}?{ENDING}"
    rf"|{_COUNTING} {_WHOSE}(?P<o3>{LIST_OF}){EVENTS}?"
    rf"(?:,? (?:only|alone|exclusively|solely|and nothing else|nothing else|and that's (?:it|all)))+"
    rf"|(?:{IF} (?:we |you |i |one )?)?(?:only|just|exclusively)\s*(?:count(?:ed)?|used?|consider(?:ed)?"
    r"|look(?:ed)? at|keep|kept|took|take|include|regard|based on|rely on)\s*(?:the |her |his "
    rf"|their )?(?P<a>{LIST_OF}){EVENTS}?(?![a-z])|(?:based|rely|relying) (?:only |solely |just )?on (?:the |her "
    rf"|his |their )?(?P<b>{LIST_OF}){EVENTS}?(?: only| alone)?(?![a-z])|(?:only|just) (?P<c>{LIST_OF}){EVENTS}"
    r"|(?:only|just|nothing but|nothing except) (?:at |on )?(?:the |her |his "
    rf"|their )?(?P<k>(?:{VERB}){PLURAL}){ENDING}|(?:look|rely|count|focus)(?:ing)? (?:only|just) (?:at|on) (?:the "
    rf"|her |his |their )?(?P<l>{LIST_OF}){EVENTS}?{ENDING}|(?:only|just) (?:the |her |his "
    rf"|their )(?P<m>{LIST_OF}){EVENTS}? (?:count|matter)s?(?![a-z])|(?:use|take|consider|count|keep) (?:the |her "
    rf"|his |their )?(?P<n>{LIST_OF}){EVENTS} (?:only|alone)(?![a-z])|(?:count|use|consider|keep) only (?:the "
    rf"|her |his |their )?(?P<d>{LIST_OF}){EVENTS}?(?![a-z])|(?:only |just )?tak(?:e|ing) (?:only |just )?(?:the "
    rf"|her |his |their )?(?P<h>{LIST_OF}){EVENTS}? into (?:account|consideration)|tak(?:e|ing) into (?:account"
    rf"|consideration) (?:only |just )(?:the |her |his |their )?(?P<i>{LIST_OF}){EVENTS}?(?![a-z])|(?:consider"
    r"|count|use|look at|keep|go by|regard) nothing but (?:the |her |his "
    rf"|their )?(?P<j>{LIST_OF}){EVENTS}?(?![a-z])|(?P<e>{LIST_OF}) (?:only|alone|exclusively){ENDING}"
    rf"|only (?P<f>{LIST_OF}) (?:count|matter)s?|(?:只|仅|就|光|单|单单|仅仅|光光|纯)(?:要)?(?:算|用|考虑|计算?|统计"
    r"|按|根据|保留|看|要|基于"
    rf"|依据|参考|盯|认)?(?:{WHO_CHINESE}的?)?(?P<g>{LIST_OF})(?:{EVENTS_CHINESE}|{ENDING})"
    r"|(?:行为|事件|数据|记录)(?:类型)?(?:只|仅)?(?:限定?|限于|限|要|看|算|用|取|留)(?:为|在|于"
    rf"|成)?(?P<q>{LIST_OF}){ENDING}"
    rf"|[只仅就光单](?:参考|依据|根据|基于|按照?|参照|算|考虑|统计)(?:{WHO_CHINESE}的?)?(?P<p>{LIST_OF})过?的?(?:商品"
    r"|东西|物品|内容|那些|这些)"
)
# What "only" says already.
_OTHERS = late(
    rf"(?:不必|不用|无需|不要|别|不需要)(?:再)?(?:考虑|看|管|算|参考|理会)(?:其他|其它|别的|其余)的?{EVENTS_CHINESE}"
    r"|(?:and )?(?:ignore|disregard|forget|not|nothing of) (?:all |any )*(?:the )?(?:other|others|rest"
    r"|else)(?: (?:events?|actions?|behaviou?rs?|data|activity))?"
)
_NOT_DOING = late(
    r"(?:ignor(?:e|ing)|disregard|discard|don'?t count|do not count|not counting|leave out|forget(?: about)?"
    rf"|discount)\s++(?:all |the |any |her |his |their |of )*(?P<a>{LIST_OF}){EVENTS}?(?![a-z])|(?:without|exclude"
    r"|excluding|remove|drop|skip|no|delete|leave out|ignore)\s++(?:all |the |any |her |his |their "
    rf"|of )*(?P<b>{LIST_OF}|[\w -]+?){EVENTS}(?![a-z])|(?:remove|delete|drop|ignore|exclude) (?:all |the "
    r"|any )*(?:things|items|products|everything|what) (?:\w+ )?(?:in|from) (?:the |her |his |their )(?P<c>cart"
    rf"|basket|wish-?list|favou?rites)(?: from (?:the |her |his )?history)?|(?P<h>{LIST_OF}){EVENTS}? (?:don'?t"
    r"|do not|does not|doesn'?t|shouldn'?t|should not|mustn'?t|must not|needn'?t|need not|won'?t) (?:count|matter"
    r"|be (?:counted|considered|used|included))(?![a-z])|(?:not counting|without (?:counting|considering|using)"
    r"|regardless of|irrespective of|setting aside|leaving aside|disregarding) (?:the |her |his "
    rf"|all )*(?P<i>{LIST_OF}){EVENTS}?(?![a-z])|(?:without|minus|excluding|ignoring|leaving out|leave out|exclude"
    rf"|remove|drop) (?:all )?(?:of )?(?:her|his|their) (?P<n>{LIST_OF}){ENDING}|(?:without|minus|excluding"
    r"|ignoring|ignore|disregard|discount|discard|remove|drop|delete|exclude|(?:don'?t|do not|never|not) bas(?:e"
    r"|ing)(?: it| this| that| the list)? on|(?:take|took|taking) no notice of|pay no attention to"
    rf"|(?:what )?if there (?:were|are|was|had been) no) (?:the |all |any )*(?P<o>(?:{VERB}){PLURAL}){ENDING}"
    rf"|(?P<j>{LIST_OF}){EVENTS}? aside(?![a-z])|(?:don'?t|do not|not) tak(?:e|ing) (?:the |her |his |their "
    rf"|any )?(?P<k>{LIST_OF}){EVENTS}? into (?:account|consideration)|(?:leave|keep|take|filter) (?:the |her "
    rf"|his |their |all )*(?P<l>{LIST_OF}){EVENTS}? out(?: of (?:the picture|account|it|consideration"
    rf"|the history))(?![a-z])|(?:{IF} )?(?:(?:all|the|her|his|their) )*(?P<m>{LIST_OF}){EVENTS}? (?:are|is|were"
    r"|was|had been|should be|must be|to be) (?:ignored|gone|not counted|left out|excluded|dropped|disregarded"
    r"|discounted|removed)(?![a-z])|(?:if|pretend|suppose|assume|imagine|as if)(?: that)?(?: the| her| his| all"
    rf"| there were no)* (?P<f>{LIST_OF})(?:{EVENTS})?(?: had)?(?: never|n'?t| not| did not"
    r"| didn'?t) happen(?:ed)?|(?:如果|要是|假如|假设|倘若)?没有(?:这些|那些"
    rf"|任何)?(?P<g>{LIST_OF}){EVENTS_CHINESE}(?:的话)?|(?:忽略|不算|别算|不计|不考虑|别考虑|排除|去掉|剔除|删除|移除"
    r"|清除|不要算"
    r"|不统计|别统计|除去|删掉|不看|别看|忽视|无视|抛开|撇开|不管|别管)(?:掉)?(?:所有|她的?|他的?"
    rf"|全部|用户|的|那些|这些|一切)*(?P<d>{LIST_OF})(?:{EVENTS_CHINESE}|{ENDING})|(?:把|将)?(?:她的?|他的?"
    rf"|用户的?)?(?P<e>{LIST_OF})(?:{EVENTS_CHINESE})?(?:都|全|就|一律|请|先)*(?:不要[算计]入?|不用[算计]|不作数"
    r"|不必算|不算数?|别算|不计(?:入)?|忽略|去掉"
    rf"|不考虑|别考虑|不管|别管|剔除|排除|不要)(?:掉|了)*(?:{ENDING}|(?=再|然后|之后|来推荐|，|。))"
)


_NOT_SO = late(r"(?:don'?t|do not|not|never|without|no need to|stop|[不别])\s*$")


def doings(line: Spotted, names: Names) -> list[Part]:
    """Which behaviours of the history count."""

    def of(do: str, found: re.Match[str]) -> list[Part] | None:
        if do == "only" and _NOT_SO.search(line.line[: found.start()]):
            return None  # "do not take views into account" is of the other kind
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

    only = apply(line, _ONLY_DOING, lambda found: of("only", found))
    if only:
        apply(line, _OTHERS, lambda _: [])
    return only + apply(line, _NOT_DOING, lambda found: of("remove", found))
