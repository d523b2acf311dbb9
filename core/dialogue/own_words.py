"""What speaks of a shop's things as such, and is no wish: "wines" in a shop of wine, "20 a bottle", "北岸拍的"."""

from __future__ import annotations

import re

from core.dialogue.lexicon import content
from core.dialogue.names import Names
from core.dialogue.patterns import late
from core.dialogue.spotting import DONE, B, E, Spotted

# What prices and counts are of: "20 a bottle", "six pairs".
_UNITS = r"(?:bottle|pair|pack|packet|box|boxe|jar|tin|bag|tube|case|piece|unit|copy|copie|volume|roll|set|litre)s?"
_ENDS = r"(?=\s*(?:$|[,;.:!?–—-]|(?:and|or|but|of|for|from|with|at|in|by|please|max|only|no|not)\b))"
_OWN = tuple(
    late(pattern)
    for pattern in (
        rf"(?<={DONE}) ?(?:(?:a|an|per|each|the|every) )?{_UNITS}{_ENDS}",
        rf"(?<![a-z])vintages(?=\s?{DONE})|(?<={DONE}) vintages(?![a-z])",
        rf"(?<={B})(?:拍摄?|摄制|出品|制作|发行|推出|生产|酿造?|出版)(?=的(?![照相视]))",
    )
)
_CLAUSE = late(r"[^,;.!?，。；！？]+")
_TOLD = late(f"{E}|{DONE}")
_WORD = late("[a-z]+")


def unsaid(line: Spotted, names: Names) -> None:
    """Use up what speaks of the shop's things, once all of a line is read but for names and wishes."""
    for pattern in _OWN:
        for found in pattern.finditer(line.line):
            line.use(*found.span())
    if not _TOLD.search(line.line):
        return  # nothing else is asked for
    for clause in _CLAUSE.finditer(line.line):
        said = content(_TOLD.sub(" ", clause[0]))
        if said and all(map(names.is_own_noun, said)):
            for word in _WORD.finditer(clause[0]):
                if re.fullmatch("|".join(said), word[0]):
                    line.use(clause.start() + word.start(), clause.start() + word.end())
