"""What a request speaks of that the data do not have: it is said, and never acted on.

A limit of prices where nothing has a price would empty the list, the nineties in a shop whose things have no year would
cut the history, and a brand or an event that is not there would pull the list to whatever shares letters with its name.
"""

from __future__ import annotations

import re

from core.dialogue import prices
from core.dialogue.names import Names
from core.dialogue.patterns import late
from core.dialogue.spotting import DONE, Spotted, Y
from core.dialogue.structure import Part

_ERA = late(rf"(?:(?:from|in|of|out of|during|since|before|after|made in|released in)\s+)?(?:the\s+)?{Y}(?:的|s\b)?")
_BRAND = late(
    r"\bbrands? (?:called |named |like )?(?!new\b)[a-z0-9]|\b[a-z0-9'-]+[- ]branded\b"
    r"|[a-z0-9]\s*牌(?:的|(?![\u3400-\u9fff]))|品牌[a-z0-9]|(?<![品大名招车门纸金扑王奖杂老])牌子?的?$",
    re.IGNORECASE,
)
_EVENT = late(
    r"^\s*(?:(?:had|has|having|never|not)\s+)*(?:bought|watched|seen|ordered|purchased|clicked|viewed|owned)\b"
    r"|如果|要是|假如|假设|倘若|若是"
)
_DEAR = late(r"\b(?:cheap(?:er|est)?|(?:in)?expensive|pric(?:ey|ier)|affordable|costly)\b|便宜|贵|实惠|划算")
_QUESTION = late(
    r"^\s*(?:explain\b|why\b|what (?:did|do|does|is|are|was|were)\b|how (?:do|does|did|come)\b|can you explain"
    r"|解释|为什么|为何|你(?:理解|明白|懂|听懂))"
)


def eras(line: Spotted, names: Names) -> list[tuple[int, int]]:
    """Use up decades where nothing has a year; where they stand in the text."""
    spans: list[tuple[int, int]] = []
    for found in [] if names.dated else list(_ERA.finditer(line.line)):
        period = line.period(re.search(Y, found[0])[0])  # type: ignore[index]
        if period.last.year > period.first.year:
            spans.append(line.span(*found.span()))
            line.use(*found.span())
    return spans


def costs(line: Spotted, names: Names) -> tuple[list[Part], list[tuple[int, int]]]:
    """Limits of prices; where nothing has a price, no limits, and where they stand in the text."""
    before = line.line
    found = prices.price(line, names)
    if names.priced or not found:
        return found, []
    used = "".join("x" if old != new and new == DONE else " " for old, new in zip(before, line.line, strict=True))
    return [], [line.span(*each.span()) for each in re.finditer("x+", used)]


def speaks_of_absent(words: str, names: Names) -> bool:
    """Whether free words are no wish: of a brand, an event or prices that are not there, or a question."""
    if not names.priced and _DEAR.search(words):
        return True
    return bool(_BRAND.search(words) or _EVENT.search(words) or _QUESTION.search(words))
