"""Sentences turned round: "horror is what I could do without", "it's comedies she wants", "她不看的是图书".

What stands beside "is" is what the person does with the names, and words of denial in it turn that round.
"""

from __future__ import annotations

import re

from core.dialogue.lexicon import WORKS
from core.dialogue.meanings import how_of, said_of
from core.dialogue.names import Names
from core.dialogue.patterns import late
from core.dialogue.rules import Rule, apply
from core.dialogue.spotting import E, N, Spotted
from core.dialogue.structure import Part

_WHO = (
    r"(?:i|we|she|he|they|you|people|everyone|(?:the|this|that|our|my) (?:user|customer|client|viewer|shopper"
    r"|reader)s?)"
    r"(?:'d|'m|'s|'re|'ve|'ll)?"
)
_THINGS = rf"(?P<things>(?:the |more |some |another |any |all |an? )?{E}(?:(?:,|,? and|,? or|,? nor)\s+(?:the )?{E})*)"
_KIND = rf"(?: (?:{WORKS}|items?|products?|stuff|things?|titles?|ones))?"
_BE = r"(?:is|are|was|were|'s|'re|will be|would be|remains?)"
_NOT = r"(?:n'?t| not| never)"
_WHAT = (
    rf"(?:(?:precisely|exactly|just|really|simply|definitely|also|both|all) )*(?P<what>something|what(?:ever)?|things?"
    r"|(?:an?|one|some) (?:brand|maker|genre|category|kind|sort|type|thing|label)s?|one(?: of the things)?"
    rf"|(?:the )?(?:only|last|one|{N}"
    r"|very|first|kind of|sort of) (?:thing|genre|kind|sort|brand|category|stuff|type)s?|all|the (?:kind|sort|type"
    r"|genre|brand"
    r"|stuff|thing)s?(?: of (?:thing|stuff))?|among the things|nothing|where)(?: that| which)?"
)
_REST = r"(?P<rest>(?: [a-z']+){1,7}?)"
_END = r"(?=\s*(?:$|[,;.!?:]))"
_CLEFTS = tuple(
    late(pattern)
    for pattern in (
        rf"{_THINGS}{_KIND},? {_BE}(?P<no>{_NOT})? {_WHAT} (?:{_WHO}){_REST}{_END}",
        rf"(?:(?:if there'?s )?{_WHAT}) (?:{_WHO}){_REST},? {_BE}(?P<no>{_NOT})? {_THINGS}{_KIND}{_END}",
        rf"it(?:'s| is| was|'d be)(?P<no>{_NOT})?(?: only| just| really)? {_THINGS}{_KIND} (?:that "
        rf"|which )?(?:{_WHO}){_REST}{_END}",
    )
)
_DENIED = late(r"(?<![a-z])(?:not|never|no longer|hardly|barely|[a-z]+n't|neither|less)(?![a-z])")
_AVOIDED = late(
    r"(?<![a-z])(?:without|skip|avoid|omit|exclude|drop|remove|hide|block|ban|lose|ditch|spare|pass|miss out|dodge"
    r"|shun|refuse"
    r"|leave out|steer clear|stay away|get rid|cut)(?:s|ed|ing|ping|ped)?(?![a-z])"
)
_HATED = late(r"(?<![a-z])(?:hate|dread|loathe|despise|dislike|detest)[sd]?(?![a-z])")
_CANNOT = late(r"(?:can|could)(?:'?t|n'?t|not| not| never) (?:stand|bear|abide|stomach|tolerate|take)(?![a-z])")
_LIKED = late(
    r"(?<![a-z])(?:like|love|enjoy|adore|into|fond of|live for|lives for|prefer|keen on|go for|goes for|crave)(?:s|d"
    r"|ed)?\b"
)
_WANTED = late(
    r"(?<![a-z])(?:want|need|after|looking|look for|see|seeing|watch|watche|buy|get|have|ask|asking|seek|seeking|search"
    r"|interested in|care about|require|stock|stocking|sell|selling|carry|carrying|shop for|shopping for|wish for"
    r"|wear|read|use"
    r"|using|wear|fancy|hoping for|hunting)(?:s|ed|ing)?\b"
)
_MORE = late(r"\bmore(?: of)?\b")
_WHO_CHINESE = "(?:她们?|他们?|我们?|咱们?|用户|客户|顾客|大家|这个?用户|这位|老板)"
_THINGS_CHINESE = rf"(?P<things>{E}[片类]?(?:(?:、|和|与|跟|及|以及|还有){E}[片类]?)*)"
_PREDICATE = (
    r"(?P<rest>(?:最|就|都|一直|从来|平时|现在|暂时|真正|特别|比较|更|根本|完全|绝对){0,4}(?:不|没|别)?(?:太|怎么|大"
    r"|再)?"
    r"(?:想|要|会|能|爱|愿意|打算|希望|需要|喜欢|感兴趣|讨厌|排斥|反感|受不了|看|买|用|吃|玩|听|读|推|找|避开|排除"
    r"|去掉|考虑|推荐"
    r"|看到|见到|缺|关心|在意|偏爱|入手){1,3}(?:到|的?看|买)?)"
)
_CLEFTS_CHINESE = tuple(
    late(pattern)
    for pattern in (
        rf"(?:要说|说到|如果说|若说)?(?:{_WHO_CHINESE})?{_PREDICATE}的(?:东西|类型|片子|电影|商品|品牌|牌子|类别"
        r"|品类|品)?[,，]?"
        rf"(?:那)?(?:就|只|应该|肯定|当然|大概|主要)*(?P<no>不)?是{_THINGS_CHINESE}(?:了|吧|啦|这类|之类)?(?=\s*(?:$"
        r"|[,，。；;！!]))",
        rf"{_THINGS_CHINESE}(?:才|就|都|真的|确实|其实|根本|正|一直)*(?P<no>不|并不)?是(?:{_WHO_CHINESE}){_PREDICATE}的"
        r"(?:东西|类型|片子|商品|品牌|牌子)?(?:了|吧|啦)?(?=\s*(?:$|[,，。；;！!]))",
    )
)
_SPOKEN_NO = late("不|没|别|避开|排除|去掉")


def _how(what: str, rest: str, no: bool) -> str:
    """What a person does with the names, as an operator; "" where it is not known."""
    denied = no != (len(_DENIED.findall(rest)) % 2 == 1)
    if re.search(r"\blast\b|^nothing$", what):
        denied = not denied
    if _CANNOT.search(rest):
        return "" if no else "dislike"
    if _HATED.search(rest):
        return "" if denied else "dislike"
    if _AVOIDED.search(rest):
        return "more" if denied else "no"
    if _MORE.search(rest):
        return "no" if denied else "more"
    only = re.search(r"\b(?:only|all)\b", what)
    if _LIKED.search(rest):
        return "dislike" if denied else "only" if only else "like"
    if _WANTED.search(rest):
        return "no" if denied else "only"
    return ""


def _how_chinese(rest: str, no: bool) -> str:
    denied = no != (_SPOKEN_NO.search(rest) is not None)
    if re.search("讨厌|排斥|反感|受不了", rest):
        return "" if denied else "dislike"
    if re.search("喜欢|爱|感兴趣|偏爱", rest):
        return "dislike" if denied else "like"
    return "no" if denied else "only"


def clefts(line: Spotted, names: Names) -> list[Part]:
    """What is said of names by sentences that are turned round."""

    def rule(chinese: bool) -> Rule:
        def made(found: re.Match[str]) -> list[Part] | None:
            no = bool(found["no"])
            how = (
                _how_chinese(found["rest"], no)
                if chinese
                else _how(found["what"] if "what" in found.re.groupindex else "", found["rest"], no)
            )
            if not how:
                return None
            meant = [line.name(character) for character in re.findall(E, found["things"])]
            parts: list[Part] = [said_of(name.kind, name.value, how_of(name.kind, how), names) for name in meant]
            line.ways.append((*found.span(), how, parts))
            return parts

        return made

    patterns = [(pattern, False) for pattern in _CLEFTS] + [(pattern, True) for pattern in _CLEFTS_CHINESE]
    return [part for pattern, chinese in patterns for part in apply(line, pattern, rule(chinese))]
