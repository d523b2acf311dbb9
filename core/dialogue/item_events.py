"""Events on items that a request has taken out of the history in other words than "if": "cancel the mixer order",
"那单不算", and with a pronoun for the item: "she returned the mixer; act as though she never bought it".
"""

from __future__ import annotations

import re

from core.dialogue.lexicon import VERB, behaviour_of
from core.dialogue.names import Name, Names
from core.dialogue.operators import CLAUSE
from core.dialogue.patterns import late
from core.dialogue.people import IF, WHO, WHO_CHINESE
from core.dialogue.referring import before
from core.dialogue.spotting import E, Spotted, T
from core.dialogue.structure import Edit, Part
from core.dialogue.supposing import DID, DID_NOT, next_event
from core.dialogue.what_ifs import GONE_CHINESE
from core.dialogue.wholes import COUNT, COUNT_CHINESE, LEAVE, LEAVE_CHINESE, PASSED, WHOSE_CHINESE, made_of, only_of

_IT = r"(?:it|that one|this one|that|this|them|those)(?![a-z])"
_OF_IT = late(
    rf"(?:(?:and|so|but|then|please|just|act|behave|proceed|go on|carry on|rank|recommend) )*{IF}\s*(?:{WHO}|we|you"
    rf"|i)\s*(?:(?P<no>{DID_NOT})|{DID})?"
    rf"\s*(?:(?:also|ever|already|really|just|actually) )*(?P<verb>{VERB})\s+{_IT}"
    rf"|(?:treat|consider|regard|count) {_IT} as (?:if )?(?P<never>(?:not|never"
    rf"|un)[ -]?(?:been )?)?(?P<done>{VERB})(?![a-z])"
    rf"|(?:就|请|先)*(?:当作?|权当|假装|假设|视为|算作?|如果|要是)(?:{WHO_CHINESE})?(?:从来|根本|压根|当初"
    rf"|当时)*(?P<not>没有?|未|没)(?P<did>{VERB})过?"
    r"(?:它|这个|那个)?(?:的话)?(?=\s*(?:$|[,，。；;！!]))"
    rf"|(?<=[,，;；。])\s*(?P<nay>{GONE_CHINESE}|别算|不要算)(?:进去|在内|了|吧|啊)*(?=\s*(?:$|[,，。；;！!]))"
)
_FOR_OTHERS = late(
    r"是?(?:[替帮给送为](?:别人|朋友|同事|家人|家里人|父母|爸妈|老公|老婆|孩子|她妈|人)[^,，。]{0,4}的"
    r"|误[^,，。]{1,4}的|刷单)|退[货了掉]"
)
_SUPPOSED = (
    r"(?:if|what|suppose|supposing|assume|assuming|pretend|imagine|though|say|undo|cancel|void|reverse|revoke|retract"
    r"|annul|roll|strike|scrub|erase|fact|part|order|place|past|sequence|profile)(?![a-z])"
)
_UNDONE = late(r"(?<![a-z])(?:undo|cancel|void|reverse|revoke|retract|annul|strike|scrub|erase)(?![a-z])")
_IF_ANY = late(r"(?<![a-z])(?:if|suppose|supposing|assume|assuming|pretend|imagine|though)(?![a-z])")
_NEGATED = late(r"(?<![a-z])(?:not|never|no|without|\w+n't)(?![a-z])")
_LEFT = late(rf"(?<![a-z'])(?:{LEAVE})")
_RECORD = late(
    r"(?<![a-z])(?:histor(?:y|ies)|records?|log|past|sequence|profile|count\w*|account|consideration|events?)(?![a-z])"
)
_VERB = late(rf"(?<![a-z])(?:{VERB})(?![a-z])")
_NOUN = late(r"(?<![a-z])(?:the|her|his|their|all|any|those|these) $")  # before a plural
_TASTE = late("like[sd]?|lov(?:e[sd]?)|enjoy(?:s|ed)?|喜欢|爱")
_CLAUSE_OF = made_of(E, f"(?:{VERB})(?![a-z])", LEAVE, COUNT, PASSED, _SUPPOSED)
# Of a category or brand only what speaks of events: "her book purchases", "the books she bought shouldn't count".
_OF_KIND = late(
    rf"{E}(?:'s)? (?:(?:purchas|view|order|click|rating|buy|listen|read|sale|favou?rit|cart)(?:e|es|s|ing|ings)"
    r"|purchases?|events?|activity"
    rf"|histor(?:y|ies)|records?|interactions?|actions?|data|behaviou?r)(?![a-z])|{E}(?: that| which)? (?:she|he"
    rf"|they) (?:{VERB})(?![a-z]).*(?:count|matter|consider|account)"
    rf"|(?:ignor|forget|disregard|discount).*{E}(?: that| which)? (?:she|he|they) (?:{VERB})(?![a-z])"
)
_SUPPOSED_CHINESE = (
    "那|这|单|次|笔|条|件|事|一|撤销|撤掉|取消|作废|抹掉|抹去|删|如果|要是|假如|假设|假装|没有?|未|当作?|视为|从来"
    "|根本|的话|里|中|从|对|这个|那个"
)
_CLAUSE_OF_CHINESE = made_of(T, VERB, LEAVE_CHINESE, COUNT_CHINESE, WHOSE_CHINESE, _SUPPOSED_CHINESE)
_GONE_SURELY = late(
    "不算|别算|不计|不作数|忽略|无视|不考虑|别考虑|删|撤销|撤掉|取消|作废|抹|去掉|去除|剔除|移除|排除|抛开"
    "|当(?:作)?没|视为没|不认|没有?.*(?:就|话)"
)
_EVENT_CHINESE = late("单|笔|次|记录|纪录|历史|行为|算|这件事")


def item_events(line: Spotted, names: Names) -> list[Part]:
    """Events of the history that are to go, or to come, by what is said of items."""
    parts: list[Part] = []
    at = 0
    while (found := _OF_IT.search(line.line, at)) is not None:
        at = found.end()
        begin, thing = before(line, names, found.start())
        said = {name: value for name, value in found.groupdict().items() if value}
        doing = behaviour_of(said.get("verb") or said.get("done") or said.get("did") or "purchase", names.behaviours)
        known = "nay" not in said or _FOR_OTHERS.search(line.line[: found.start()])
        if thing is not None and known and doing:
            denied = bool({"no", "never", "not", "nay"} & set(said))
            parts.append(Edit("remove" if denied else "add", behaviour=doing, **thing))  # type: ignore[arg-type]
            line.use(begin, found.end())
    return parts + _clauses(line, names)


def _clauses(line: Spotted, names: Names) -> list[Part]:
    """Clauses of items, a behaviour and words of leaving out alone: "the mixer purchase shouldn't count"."""
    parts: list[Part] = []
    at = 0
    for cut in [*CLAUSE.finditer(line.line), None]:
        end = cut.start() if cut is not None else len(line.line)
        said = line.line[at:end]
        named = re.search(T, said) or (re.search(E, said) and _OF_KIND.search(said))
        if named and _gone(said, names) and not _several(line, at, end):
            verbs = _done(said, names)
            doing = next((verb for verb in verbs if verb), "")
            if not doing and re.search("[单笔]", said):
                doing = behaviour_of("purchase", names.behaviours)
            things = [line.name(character) for character in re.findall(E, said)]
            parts += [Edit("remove", behaviour=doing, **_fields(thing, names)) for thing in things]  # type: ignore[arg-type]
            line.use(at, end)
        at = cut.end() if cut is not None else end
    return parts


_JOINED = late(r"\b(?:and|but) (?:what )?if\b|\bif\b.*\b(?:and|but) (?:no|not|hide|drop|skip)\b")


def _several(line: Spotted, start: int, end: int) -> bool:
    """Whether a clause says several things or goes on behind with one, each of which may be denied or not: "no Disney
    and if she had not seen Titanic"."""
    behind = end - line.line[:end].endswith(" ")
    return (
        _JOINED.search(line.line[start:end]) is not None
        or next_event(line.line, start, end) is not None
        or next_event(line.line, behind, len(line.line), at_once=True) is not None
    )


def _fields(thing: Name, names: Names) -> dict[str, str]:
    """What a name names, as fields of an `Edit`."""
    if thing.kind == "item":
        return {"item": names.ids[int(thing.value)], "name": names.titles[int(thing.value)]}
    return {thing.kind: thing.value, "name": thing.value}


def _gone(said: str, names: Names) -> bool:
    """Whether a clause leaves events out and not the items that they were on."""
    done = any(_done(said, names))
    if only_of(_CLAUSE_OF, said):
        undone = _UNDONE.search(said) or (_IF_ANY.search(said) and _NEGATED.search(said))
        return bool((undone or _LEFT.search(said)) and (_RECORD.search(said) or done))
    if only_of(_CLAUSE_OF_CHINESE, said):
        return bool(_GONE_SURELY.search(said) and (_EVENT_CHINESE.search(said) or done))
    return False


def _done(said: str, names: Names) -> list[str]:
    """The behaviours that a clause speaks of; a liking is none, "she doesn't like the lamp" is about her taste, but
    "the likes of the lamp" are events."""
    verbs = [
        re.sub("过$", "", found[0])
        for found in _VERB.finditer(said)
        if not _TASTE.fullmatch(found[0]) or _NOUN.search(said, max(0, found.start() - 8), found.start())
    ]
    return [behaviour_of(word, names.behaviours) for word in verbs]
