"""Understanding a request with no generator: rules over a line in which names, numbers and dates are found.

The rules of `moments`, `what_ifs`, `doings`, `aims`, `prices`, `years`, `counts`, `leanings`, `clefts` and `frames` go
first and use up what they understand. What is left is read clause by clause: words such as "no", "more of", "like" or
"不要" say what is to be done with the names and the free words after them (`operators`) or behind them (`predicates`).
Free words become wishes; a clause that has figures, tells a story, or says of a name what no rule knows (`strange`) is
reported as not understood.
"""

from __future__ import annotations

import re
from dataclasses import replace

from core.dialogue import absent, aims, counts, years
from core.dialogue.behaviours import behaved, spelled_out
from core.dialogue.clauses import Clauses
from core.dialogue.clefts import clefts
from core.dialogue.commands import command
from core.dialogue.comparing import compared
from core.dialogue.corrections import corrected
from core.dialogue.courtesy import polite
from core.dialogue.doings import doings
from core.dialogue.frames import marked, shortened
from core.dialogue.item_events import item_events
from core.dialogue.leanings import leanings
from core.dialogue.meanings import how_of, said_of
from core.dialogue.moments import moments
from core.dialogue.names import Names
from core.dialogue.operators import (
    CLAUSE,
    COLON,
    HEADINGS,
    LIMIT_OF_ONE,
    TOLD,
)
from core.dialogue.own_words import unsaid
from core.dialogue.patterns import late
from core.dialogue.referring import referred
from core.dialogue.respelling import respelled
from core.dialogue.rules import apply
from core.dialogue.spotting import E, Spotted, spotted
from core.dialogue.structure import Brand, Category, Item, Part, Understood
from core.dialogue.verdicts import verdicts
from core.dialogue.what_ifs import what_ifs
from core.dialogue.wholes import aiming, counting, listing

LONGEST = 1200  # characters that are read at once, as patterns take the longer the more there is behind each place
_CUTS = tuple(late(pattern) for pattern in (r"[.;!?](?!\d)|[。；！？\n]", r"[,，、](?!\d)", r"\s"))


def understand(text: str, names: Names) -> Understood:
    """What a request asks for. Never fails: what it does not understand, it says, as it does of what stands behind the
    first `LONGEST` characters."""
    if len(text) > LONGEST:
        cut = _cut(text)
        begun = understand(text[:cut], names)
        return Understood(text, begun.parts, (*begun.missed, (cut, len(text))))
    line = spotted(text, names)
    behaved(line, names.behaviours)
    respelled(line, names.title_words)
    corrected(line)
    polite(line)
    line.line = line.line.replace("!=", "≠ ")
    for found in reversed(list(COLON.finditer(line.line))):
        colon = found.end() - 1
        kept = "" if line.line.startswith(" ", found.end()) else " "
        line.line = line.line[:colon] + kept + line.line[found.end() :]
        if not kept:
            del line.places[colon]
    _headed(line)
    said = command(text)
    if said is not None:
        return Understood(text, (said,))
    events, unclear = referred(line, names)
    told = _told(line, names) + unclear + absent.eras(line, names)
    parts: list[Part] = [
        *events,
        *compared(line, names),
        *item_events(line, names),
        *moments(line, names),
        *what_ifs(line, names),
        *doings(line, names),
        *counting(line, names),
        *aims.target(line, names),
        *aiming(line, names),
        *aims.seen(line),
        *listing(line, names),
        *counts.most(line),
    ]
    spelled_out(line)
    tastes = clefts(line, names) + verdicts(line, names)
    costs, unpriced = absent.costs(line, names)
    dated = years.years(line, names) if names.dated else []
    limits = told + unpriced + [line.span(*found.span()) for found in LIMIT_OF_ONE.finditer(line.line)]
    apply(line, LIMIT_OF_ONE, lambda _: [])
    parts += [*costs, *dated, *counts.count(line), *leanings(line, names)]
    shortened(line)
    unsaid(line, names)
    rest = Clauses(line, names, tastes + marked(line, names))
    spans = tuple(sorted([*limits, *line.missed, *rest.missed]))
    made = _once([*parts, *rest.parts])
    if not made and not spans and text.strip():
        spans = ((0, len(text)),)  # nothing is passed over in silence
    return Understood(text, made, spans)


def _cut(text: str) -> int:
    """Where to cut what is too long: behind a sentence, or else a clause, or else a word."""
    for pattern in _CUTS:
        ends = [found.end() for found in pattern.finditer(text, LONGEST // 2, LONGEST)]
        if ends:
            return ends[-1]
    return LONGEST


def _headed(line: Spotted) -> None:
    """Write what headings such as "not wanted:" mean in their places."""
    for operator, pattern in HEADINGS:
        while (found := pattern.search(line.line)) is not None:
            line.line = line.line[: found.start()] + operator.ljust(len(found[0])) + line.line[found.end() :]


def _once(parts: list[Part]) -> tuple[Part, ...]:
    """Each part once; of what is left out, it is not said besides that there is to be less of it."""
    weaker: set[Part] = set()
    for part in parts:
        if isinstance(part, Category | Brand) and part.how == "no":
            weaker.add(replace(part, how="less"))
        elif isinstance(part, Item) and part.how == "ban":
            weaker.add(replace(part, how="dislike"))
    return tuple(part for part in dict.fromkeys(parts) if part not in weaker)


def _told(line: Spotted, names: Names) -> list[tuple[int, int]]:
    """Clauses that tell what the user did already and ask for nothing."""
    spans, at = [], 0
    for cut in [*CLAUSE.finditer(line.line), None]:
        end = cut.start() if cut is not None else len(line.line)
        if TOLD.match(line.line[at:end]):
            spans.append(line.span(at, end))
            named = [line.name(character) for character in re.findall(E, line.line[at:end])]
            spoken: list[Part] = [said_of(name.kind, name.value, how_of(name.kind, ""), names) for name in named]
            line.ways.append((at, end, "", spoken))  # which a later clause may speak of: "leave those out"
            line.use(at, end)
        at = cut.end() if cut is not None else end
    return spans
