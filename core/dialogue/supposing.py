"""What a supposition goes on with: "if she had not bought this, but had looked at that", "没看过甲，但买过乙".

Each further event has a verb of its own, and is denied or not by words of its own; where it has none, "and" and "or" go
on as before, and "but" says the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.dialogue.lexicon import OWN_PAST, PLACED, VERB
from core.dialogue.patterns import late
from core.dialogue.people import WHO, WHO_CHINESE

DID_NOT = (
    r"(?:(?:had|have|has|did|were|was|would|do|does)(?:\s*not|n'?t)(?: have)?(?: ever)?|(?:had|has|have|would have"
    r"|were|was)?\s*never|(?:had |has |have |did )?neither|not|'d (?:not|never))"
)
DID = r"(?:had|have|has|did|were|was|'d|would have)"
NOT_CHINESE = "(?:(?:从来|从|并|根本|压根)?(?:没有?|未曾?)|不曾)"
WHEN_CHINESE = "(?:当初|之前|以前|当时|那时|上周|上个?月|昨天|前天|今天|去年|最近|刚|这周|那天|一开始|后来|(?<=时)候)"
_ADVERBS = "(?:also|ever|already|really|just|instead|once|only|actually|then) "
_JOINS = "(?:and|or|nor|but|yet|while|whereas|then|instead)"
_NEXT = late(
    rf"\s*(?P<join>,\s*(?:{_JOINS} ){{0,3}}|\s(?:{_JOINS} ){{1,3}})(?P<that>that )?(?:{WHO}(?=[\s'])\s*)?"
    rf"(?:(?P<no>{DID_NOT})\s+|(?P<did>{DID})\s+)?(?:{_ADVERBS})*"
    rf"(?:(?:put|add(?:ed)?|placed?|saved?)\s+(?P<thing>[^,;.?!]+?)\s+(?P<done>{PLACED})"
    rf"|(?P<verb>{VERB}))(?![a-z])\s*"
)
_NEXT_CHINESE = late(
    r"(?P<join>[,，、]?(?:和|或者?|而且|并且|但是?|可是?|不过|却|也|又|还|更|同时|另外|而是|反而|反倒|只|而|改|然后"
    r"|再|以及){1,4}+"
    rf"|[,，]|(?=没有?|未曾))(?:是)?(?:{WHO_CHINESE})?{WHEN_CHINESE}*(?:也|又|还|再|曾经?|只|就|却|都|去)*"
    rf"(?:(?P<no>{NOT_CHINESE})?(?:给|对|把|将)(?P<thing>[^,，。；;？?！!\n]+?)"
    rf"(?P<done>打[过了]?分|评过?[分价]|点过?赞|收藏|(?:加|放)[了过进到入]*购物车(?:里)?|{VERB})"
    rf"|(?P<nay>{NOT_CHINESE})?"
    rf"(?P<verb>{VERB}))(?P<past>过|了|的是|的)*"
)
_PAST = late(rf"(?:{OWN_PAST}|(?:[a-z]+ed|bought|seen|saw|read|put|paid|sold|got|never|neither|not)\b)")
_PAST_CHINESE = late("[过了]|的是$")
_BUT = late("but|yet|while|whereas|instead")


@dataclass(frozen=True)
class Event:
    """A further event of a supposition.

    Attributes:
        start: where it begins, with the words that join it.
        end: where its verb ends.
        verb: what is done.
        denied: whether it is supposed not to have happened; None where it goes on as the one before.
        thing: where the words stand that say with what, if these come before the verb, as (start, end).
    """

    start: int
    end: int
    verb: str
    denied: bool | None
    thing: tuple[int, int] | None = None


def next_event(line: str, start: int, stop: int, at_once: bool = False) -> Event | None:
    """The first further event in `line[start:stop]`; the one that stands right at `start` if it is to be `at_once`."""
    found = [event for event in (_english(line, start, stop, at_once), _chinese(line, start, stop, at_once)) if event]
    return min(found, key=lambda event: event.start, default=None)


def _english(line: str, start: int, stop: int, at_once: bool) -> Event | None:
    for found in _NEXT.finditer(line, start, stop):
        if at_once and found.start() > start:
            return None
        said = found["no"] or found["did"]
        joined = found["join"].strip(" ,")
        if (said or joined) and (said or found["done"] or re.search("n?or", joined) or _PAST.match(found["verb"])):
            denied = True if found["no"] else False if found["did"] or _BUT.search(joined) else None
            if found["that"] and not said:
                denied = False
            thing = found.span("thing") if found["thing"] else None
            return Event(found.start(), found.end(), found["verb"] or found["done"], denied, thing)
    return None


def _chinese(line: str, start: int, stop: int, at_once: bool) -> Event | None:
    for found in _NEXT_CHINESE.finditer(line, start, stop):
        if at_once and found.start() > start:
            return None
        no = found["no"] or found["nay"]
        if not no and not _PAST_CHINESE.search(found[0]):
            continue
        denied = True if no else None if found["join"].strip(",，、").startswith(("或", "和")) else False
        thing = found.span("thing") if found["thing"] else None
        return Event(found.start(), found.end(), found["verb"] or found["done"], denied, thing)
    return None
