"""What "that purchase" refers to: "She returned the yoga mat, so pretend that purchase never happened"."""

from __future__ import annotations

import re

from core.dialogue.lexicon import VERB, behaviour_of
from core.dialogue.names import Names
from core.dialogue.operators import CLAUSE
from core.dialogue.patterns import late
from core.dialogue.people import WHO, WHO_CHINESE
from core.dialogue.spotting import Spotted, T
from core.dialogue.structure import Edit, Part
from core.dialogue.what_ifs import named

_THAT = late(
    r"(?:and |so |but |then |please |just ){0,4}(?:(?:pretend|suppose|assume|imagine|what if|as if|as though|if|say)"
    rf"(?: that)? (?:that|this|the)(?: one| last| single)? (?P<verb>{VERB})(?<!s)(?: had| has| did)?"
    r"(?: never|n'?t| not)+ (?:been made|happen(?:ed)?|taken? place|occur(?:red)?)"
    r"|(?:ignore|undo|forget(?: about)?|disregard|discount|don'?t count|do not count|take back|erase|delete)"
    rf" (?:that|this)(?: one| last| single)? (?P<gone>{VERB})(?<!s)(?: event| record)?)(?=\s*(?:$|[,;.!?]))"
    r"|(?:所以|那就?|请|就){0,3}(?:(?:当|当作|假装|假设|如果|要是)(?:她的?|他的?)?[那这](?:一)?[次笔单条个]"
    rf"(?P<did>{VERB})(?:行为|记录)?(?:从来|根本|就)*(?:没有?|未曾?|不)(?:发生|存在|有)过?"
    rf"|(?:忽略|不算|别算|删掉|去掉|撤掉)[那这](?:一)?[次笔单条个](?P<other>{VERB})(?:行为|记录)?(?=\s*(?:$"
    r"|[,，。；;！!]))"
    rf"|[那这](?:一)?[次笔单条个](?P<last>{VERB})(?:行为|记录)?(?:就|都|请|也)*(?:别算|不算|不要算|不作数|忽略|删掉"
    r"|去掉)了?)"
)
_BACK = late(
    rf"\s*+(?:(?:ok|okay|so|well|and|since|because|as) )*(?:{WHO}|her|his)(?:'s| has| had| have| just| already| since"
    r"| later)* (?:returned|sent back|gave back"
    rf"|cancelled|canceled|refunded|brought back|{VERB})(?![a-z]) (?P<what>.+)"
    rf"|\s*+{WHO_CHINESE}(?:已经?|刚|后来|把|将|又)*(?:退货?|退掉|退还|取消|{VERB})(?:了|过)?(?P<that>.+?)(?:退了"
    r"|退货了?)?$"
    rf"|\s*+(?:这|那|这个|那个)?(?P<first>[^,，。]{{1,12}}?)(?:{WHO_CHINESE})?(?:已经?|刚|后来|前几天"
    r"|又){0,3}(?:退了?货?了?|退掉了?|给退了|寄回去了|是?(?:[替帮给送为]"
    r"(?:别人|朋友|同事|家人|家里人|父母|爸妈|老公|老婆|孩子|她妈|人)[^,，。]{0,4}的)|是?误[^,，。]{1,4}的|刷单的?)$"
    r"|(?:(?:and|so|ok|okay|well|as for|about|regarding|concerning) )*\s*+(?:the |that |her "
    rf"|his )?(?P<gift>{T})(?: (?:was|is|were) (?:just |only |really |actually )?(?:an? |the |for )?"
    r"[^,;.]*)?$"
)


def referred(line: Spotted, names: Names) -> tuple[list[Part], list[tuple[int, int]]]:
    """Events that "that purchase" speaks of, to be removed, and where it cannot be told which, as (start, end)."""
    parts: list[Part] = []
    missed: list[tuple[int, int]] = []
    while (found := _THAT.search(line.line)) is not None:
        begin, thing = before(line, names, found.start())
        verb = next(value for value in found.groupdict().values() if value)
        doing = behaviour_of(verb, names.behaviours)
        if thing is None or not doing:
            missed.append(line.span(*found.span()))
        else:
            parts.append(Edit("remove", behaviour=doing, **thing))  # type: ignore[arg-type]
        line.use(begin, found.end())
    return parts, missed


def before(line: Spotted, names: Names, end: int) -> tuple[int, dict[str, str] | None]:
    """From where on the words tell what "that" refers to, and the one item that they name, if they do."""
    cuts = [0, *(cut.end() for cut in CLAUSE.finditer(line.line[:end]))]
    for start, stop in reversed(list(zip(cuts, [*cuts[1:], end], strict=True))):
        clause = line.line[start:stop].rstrip(" ,，;；.。!！?？")
        told = _BACK.match(clause)
        if told:
            group = next(group for group in ("what", "that", "first", "gift") if told[group])
            things = list(named(line, names, start + told.start(group), start + told.end(group)))
            single = len(things) == 1 and "item" in things[0]
            return (start, things[0]) if single else (end, None)
        items = re.findall(T, clause)
        if items:
            code = int(line.name(items[0]).value)
            return end, {"item": names.ids[code], "name": names.titles[code]} if len(items) == 1 else None
    return end, None
