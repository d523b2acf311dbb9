"""How a rule of a request is tried on a line, and what several kinds of rules share."""

from __future__ import annotations

import re
from collections.abc import Callable

from core.dialogue.spotting import Spotted
from core.dialogue.structure import Part

TO = r"\s*(?:-|–|—|~|up to|to|and|through|到|至|和)\s*"
Rule = Callable[[re.Match[str]], list[Part] | None]


def apply(line: Spotted, pattern: re.Pattern[str], rule: Rule) -> list[Part]:
    """The parts that a rule makes of each match that it takes; what it takes is used up, but for a group "keep" that it
    begins with."""
    parts: list[Part] = []
    at = 0
    while (found := pattern.search(line.line, at)) is not None:
        if found.end() == found.start() or _inside(line.line, found.start()):  # of a word
            at = found.start() + 1
            continue
        made = None if _inside(line.line, found.end()) else rule(found)
        at = max(found.end(), found.start() + 1)
        if made is not None:
            parts += made
            kept = found.span("keep") if "keep" in pattern.groupindex else (-1, -1)
            line.use(max(kept[1], found.start()), found.end())
    return parts


def _inside(text: str, place: int) -> bool:
    """Whether a cut at `place` would go through a word of Latin letters."""
    return 0 < place < len(text) and text[place - 1 : place + 1].isascii() and text[place - 1 : place + 1].isalpha()
