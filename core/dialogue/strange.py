"""Clauses that say something of a name in words that no rule knows: these are better not understood than guessed.

A name alone, or with words that tell its kind ("wireless headphones"), is asked for. A name with a predicate that is
not known ("obfuscate the horror", "horror ran in the family") is not: what is said of it may be the opposite.
"""

from __future__ import annotations

import re

from core.dialogue.lexicon import STOP, WORKS, content, wished
from core.dialogue.patterns import late
from core.dialogue.spotting import DONE, B, E
from core.dialogue.verbs import FINITE

_KIND = rf"(?: (?:{WORKS}|items?|products?|stuff|things?|titles?|ones|brands?|genres?))?"
_SUBJECT = (
    r"(?:she|he|they|i|we|you|it|people|everyone|nobody|(?:her|his|their|my|our|the) (?:[a-z]+ )?(?:user|customer"
    r"|client"
    r"|shopper|viewer|reader|kids?|children|son|daughter|wife|husband|partner|mother|mum|mom|father|dad|family|boss"
    r"|team"
    r"|friends?|boyfriend|girlfriend|parents|doctor|dog|cat|baby))"
)
_WITH_OBJECT = late(
    r"(?P<verb>[a-z][a-z'-]+)(?: (?:out|off|up|down|away|in|on|over|back))?(?P<things>(?: "
    rf"(?:all|any|every|each|both|the|this|that|those|these|of|my|her|his|their))+ {E})"
)
_BRAND_THEN = late(rf"\s*{B}(?:(?:、|和|与|跟){B})*(?P<said>[\u3400-\u9fff]{{2,}})(?<!的)\s*$")  # "宜家晒了晒"
_DOING_BRAND = late(rf"\s*(?:[a-z]+ ){{0,2}}[a-z]{{2,}}ing {B}")  # a verb that no rule knows
_SUBJECT_FIRST = late(rf"\s*{_SUBJECT}(?:'s|'ve|'d|'re|'m|'ll)?\b(?P<said>[^{E[1:-1]}]*){E}")
_PREDICATE = late(rf"{E}{_KIND},? {FINITE}(?![a-z])(?P<said>[^{E[1:-1]}]*)")
# "Ardente knives were a hit": what is said of some things of a brand is not said of all.
_OF_SOME = late(rf"{B}(?: [a-z-]+){{1,3}}? (?:was|were|is|are|isn't|wasn't|aren't|weren't|had|did|broke|kept)(?![a-z])")
_TO_PERSON = late(
    rf"{E}{_KIND} (?!that|which|who|for|with|to|in|on|at|of|from|by|as|so|like|and|or|but|under|over|please|she|he"
    r"|they)"
    r"(?P<said>[a-z'-]+(?: [a-z'-]+){0,2}) (?:her|him|them|me|us)(?![a-z])"
)
_REFUSED = late(
    r"\b(?:nah|nope|no|not|never|ugh|yuck|bah|meh|nay|none|hardly|barely|scarcely|without|against|anti|stop|quit|sick"
    r"|tired|bored"
    r"|hates?|awful|terrible|[a-z]+n't)\b"
)
_CHINESE = late(
    rf"[把将让被对给]\s*{E}[^{E[1:-1]}]*?(?P<said>[\u3400-\u9fff]+)"
    r"|(?:[不没别勿莫甭拒厌腻弃戒怕恨嫌]|(?<![麻劳])烦)(?![少多知管论同仅只但错贵"
    r"过太]|锈|粘|沾|插|带|含)(?P<denied>[\u3400-\u9fff]?)"
)
# What is told of a kind by what it is not: "不油腻的护肤品".
LACKING = late(
    r"(?:又|且|而且|也|还|但|并)?不(?:太|会|那么|怎么|是很)?(?![要想看买推给用需来爱喜感再能可许准含带])(?!锈钢|粘)"
    rf"(?P<lacked>[\u3400-\u9fff]{{1,3}})的\s*(?={E})"
)
_STAYS = late(rf"{E}(?P<said>[^{E[1:-1]}的]{{1,6}}[了过着吧掉走开])(?=\s*(?:$|[,，。；;!！?？]))")


def wished_left(said: str) -> str:
    """What particles leave of a Chinese predicate."""
    return "".join(content(said))


def strange(body: str) -> bool:
    """Whether a clause, with `DONE` for what was understood of it and names in their places, says of a name what is not
    understood."""
    if not re.search(E, body):
        return False
    first = re.sub(
        r"^[\s,.;]*(?:(?:please|kindly|just|also|then|and|or|but|now|so|well|ok|okay|maybe|can you"
        r"|could you)\b[\s,.;]*)*",
        "",
        re.sub(r"\s+", " ", body.replace(DONE, " ")),
    )
    if _DOING_BRAND.match(first) or _OF_SOME.search(first):
        return True
    told_brand = _BRAND_THEN.match(first)
    if told_brand and len(wished_left(told_brand["said"])) > 1:
        return True
    told = _WITH_OBJECT.match(first)
    if told and told["verb"] not in STOP and not told["verb"].endswith(("ing", "like")):
        return True
    if any(
        found and wished(found["said"])
        for found in (_SUBJECT_FIRST.match(first), _PREDICATE.search(first), _TO_PERSON.search(first))
    ):
        return True
    first = re.sub("([\u3400-\u9fff])[不没]\\1", " ", first)  # "有没有" asks
    first = LACKING.sub(" ", first)
    free = re.sub(E, " ", first)
    if _REFUSED.search(free):
        return True
    chinese = _CHINESE.search(first)
    if chinese and (chinese["said"] is None or wished(chinese["said"])):
        return True
    stays = _STAYS.search(first)
    return stays is not None and bool(wished(stays["said"]))
