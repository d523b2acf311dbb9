"""What a request tells of a person's taste with a noun or a mark: fans, favourites, stars."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.dialogue import verbs
from core.dialogue.lexicon import WORKS
from core.dialogue.meanings import how_of, said_of
from core.dialogue.names import Names
from core.dialogue.patterns import late
from core.dialogue.people import WHO_CHINESE
from core.dialogue.rules import apply
from core.dialogue.spotting import E, N, Spotted, T
from core.dialogue.structure import Part

_BIG = (
    r"(?:(?:big|huge|great|real|massive|true|keen|die-?hard|lifelong|serious|proper|total|avid|devoted|fervent|such"
    r"|absolute"
    r"|self-confessed|confirmed|bit of an?|much of an?) )*"
)
_PERSON = (
    r"(?:(?:she|he|they|i|we|(?:the|this|that|our|my) (?:user|customer|client|viewer|reader|shopper|person|guy|woman"
    r"|man|lady"
    r"|one))(?:'s|'re|'m|'d| is| are| am| was| were| has| have|)(?: (?:also|really|clearly|obviously|always|not"
    r"|never))*)"
)
_THINGS = rf"(?P<things>{E}(?:(?:,|,? and|,? or|&)\s+(?:the )?{E})*)"
_KIND = rf"(?: (?:{WORKS}|items?|products?|stuff|things?))?"
_FAN = (
    rf"{_KIND} ?-?(?:fan(?:atic|boy|girl)?|lover|buff|addict|enthusiast|nut|aficionado|devotee|junkie|geek|nerd|type)s?"
)
_FAVOURITE = (
    rf"(?:favou?rites?|number one|top picks?|go-to)(?: (?:{WORKS}|of all time|ever|items?|products?|brands?|genres?"
    r"|one))*"
)
_MOST = r"(?:(?:absolute|all-?time|very|personal|big|great|biggest) )*"
_NOT_A = (
    r"(?:not|isn'?t|aren'?t|wasn'?t|weren'?t|never|no|hardly|anything but)(?: exactly| really| ever| been)*(?: an?"
    r"| the)? ?"
)
_HIT = r"(?:hits?|success(?:es)?|winners?|triumphs?|home runs?|smash(?:es)?|revelations?|delights?)"
_FLOP = r"(?:flops?|failures?|disappointments?|duds?|miss(?:es)?|let-?downs?|mistakes?|disasters?|washouts?|bores?)"
_WITH = r"(?: (?:with|for) (?:her|him|them|me|us|everyone|everybody|the \w+))?"
_VERDICTS = (
    (
        "like",
        rf"{_THINGS} (?:was|were|is|are|proved|became)(?: (?:both|all|really|an?|such|absolute"
        rf"|total))* {_BIG}{_HIT}{_WITH}",
    ),
    (
        "dislike",
        rf"{_THINGS},?(?: (?:was|were|is|are|proved|became))?(?: (?:both|all|really|an?|such|absolute|total"
        rf"|rather))+ {_BIG}{_FLOP}{_WITH}",
    ),
    (
        "like",
        rf"(?:{_PERSON} )?(?:gave |gives |a )?(?:(?:two|big|a|both) )*thumbs[ -]?up (?:for|to|on) (?:the )?{_THINGS}",
    ),
    (
        "dislike",
        rf"(?:{_PERSON} )?(?:gave |gives |a )?(?:(?:two|big|a|both) )*thumbs[ -]?down (?:for|to|on) (?:the )?{_THINGS}",
    ),
    (
        "dislike",
        r"(?<=, )(?:but )?(?:rather )?(?:less so|not so much|not so|less)(?: (?:with|by|for|about|of"
        rf"|on))? (?:the )?(?P<things>{T})(?=\s*(?:$|[,;.!?]))",
    ),
    (
        "dislike",
        rf"(?:the )?(?P<things>{T}),? (?:rather )?(?:less so|not so much|not really|not at all)(?=\s*(?:$|[,;.!?]))",
    ),
    (
        "ban",
        rf"(?:{_PERSON} )?(?:sick|tired|fed up|bored|done|weary)(?: and tired)? (?:of|with) (?:seeing|getting"
        rf"|being shown|having) (?P<things>{T}(?:(?:,|,? and|,? or|&)\s+(?:the )?{T})*)"
        r"(?: (?:recommended|listed|shown|here|there|again|all the time|every time|in (?:the|her|his) (?:list"
        r"|recommendations?)))*",
    ),
    ("like", rf"(?P<things>{T}) meets (?P<other>{T})"),
    (
        "no",
        rf"{_THINGS}{_KIND} (?:is|are|'s|'re) (?:(?:just|simply|now|strictly|definitely|also|always|both"
        r"|all) )*(?:(?:a|an) )?(?:(?:total|complete|big|absolute|real|definite|hard|strict) )*(?:no[- ]?gos?"
        r"|no[- ]?nos?|deal-?breakers?|off the table|out of the question|taboo|not an option|a thing of the past)",
    ),
    ("dislike", rf"(?:{_PERSON} )?{_NOT_A}{_BIG}{_THINGS}{_FAN}"),
    ("like", rf"(?:{_PERSON} )?(?:an? |the )?{_BIG}{_THINGS}{_FAN}"),
    (
        "like",
        rf"(?:{_PERSON} )?(?:(?:counts?|has|lists?|names?|ranks?|rates?) )?{_THINGS}{_KIND} (?:is |are |was |as "
        r"|remains |among )+"
        rf"(?:one of )?(?:her|his|their|my)(?: own)? {_MOST}{_FAVOURITE}",
    ),
    ("like", rf"(?:one of )?(?:her|his|their|my) {_MOST}{_FAVOURITE} (?:is |are |was |were |being |: ?)+{_THINGS}"),
    (
        "dislike",
        rf"(?:{_PERSON} )?(?:walked out of|switched off|turned off|gave up on|couldn'?t finish|did(?:n'?t"
        r"| not) finish|fell asleep"
        rf" (?:during|in|watching)|returned|sent back|slated|trashed|panned) {_THINGS}(?: (?:half ?way(?: through)?"
        r"|early|after \w+ minutes))?",
    ),
    (
        "dislike",
        rf"{_THINGS} (?:was|is|were) (?:a )?(?:waste of (?:her|his|their|my)? ?(?:time|money)|not (?:her|his|their"
        r"|my) (?:thing|cup of tea|taste))",
    ),
    ("dislike", rf"{_THINGS} (?:let|lets|letting) {verbs.PERSON} down"),
)
_VERDICTS_COMPILED = tuple((how, late(rf"(?:{pattern})(?![a-z])")) for how, pattern in _VERDICTS)
_STARS = late(
    rf"(?:{_PERSON} |{verbs.PERSON} )?(?:gave|gives|rated|rates|scored) (?P<things>{T}(?:(?:,|,? and"
    rf"|&)\s+{T})*)(?: with| at)?"
    rf"(?: (?:only|just|a|an|full))* (?P<n>{N})(?: (?:stars?|points?))?(?:(?: out of |/| of ){N}(?: stars?)?)?"
    rf"|(?:{WHO_CHINESE}|用户)?给(?P<rated>{T})(?:只?打|评)?(?:了|过|的是?|只)*(?P<m>{N})\s*(?:颗?星|分)"
)
_HIGH, _LOW = 4, 2  # stars from which on something is liked, and up to which it is disliked


def verdicts(line: Spotted, names: Names) -> list[Part]:
    """What a person is told to be fond of, or not."""

    def stars(found: re.Match[str]) -> list[Part] | None:
        given = line.number(found["n"] or found["m"]).value
        how = "like" if given >= _HIGH else "dislike" if given <= _LOW else ""
        return _said(line, names, how, found["things"] or found["rated"]) if how else None

    parts = apply(line, _STARS, stars)
    for how, pattern in _VERDICTS_COMPILED:

        def rule(found: re.Match[str], how: str = how) -> list[Part]:
            made = _said(line, names, how, "".join(words for words in found.groupdict().values() if words))
            line.ways.append((*found.span(), how, made))
            return made

        parts += apply(line, pattern, rule)
    return parts


def _said(line: Spotted, names: Names, operator: str, things: str) -> list[Part]:
    named: Sequence[str] = re.findall(E, things)
    meant = [line.name(character) for character in named]
    return [said_of(name.kind, name.value, how_of(name.kind, operator), names) for name in meant]
