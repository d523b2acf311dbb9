"""What Seqlens says by itself, said by a generator in other words; a sentence that says more is not handed on.

The sentences that explain a score or describe a user are made of figures by rules (`core.recommend.sentence`,
`core.analysis.profiles`). A generator may only say them again: every number and name of what it writes must stand in
them, and so must each word that makes a statement stronger, denies it or gives a reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from core.dialogue.answers import FIGURE, QUOTED, SECONDS, Facts, sentences, unborne
from core.dialogue.names import Name, Names
from core.dialogue.numerals import numbers
from core.dialogue.patterns import late
from core.dialogue.spotting import spotted

if TYPE_CHECKING:
    from core.language.generator import Generator
    from core.progress import Progress

MOST_TOKENS = 160
SENTENCES = 3
_TASK = (
    "Say this again in plainer words and at most two short sentences, to somebody who is no expert. Add nothing: no"
    " number, name or reason that is not there."
)
_TASK_CHINESE = "把这段话用更通俗的话再说一遍，最多两句，说给外行听。不要添加原文没有的数字、名称或原因。"
_EXAMPLES = (
    (
        "Most of what speaks for it is content (62 %). “The Quiet Shore” gave 41 % of what past events gave.",
        "It is listed mostly for its content (62 %). Of the past events, “The Quiet Shore” counts with 41 %.",
    ),
    (
        "Takes more lamps than others (34 % of the events, 6 % for others). Mostly active in the evening.",
        "Lamps are 34 % of what this user looks at, where others have 6 %. Most of it happens in the evening.",
    ),
)
_EXAMPLES_CHINESE = (
    (
        "支持它的主要是内容（62 %）。“海边的人”占过去事件所给的 41 %。",
        "它上榜主要靠内容（62 %）。过去的事件里，“海边的人”占 41 %。",
    ),
    (
        "比其他人更多选择灯具（占事件的 34 %，其他人 6 %）。多在晚上活动。",
        "灯具占 34 %，而其他人只有 6 %；多在晚上活动。",
    ),
)
# Words that claim more than a figure does, unless they were said before: how sure, how much, why, and denials.
_STRONG = late(
    r"\b(?:always|never|ever|every(?:one|body|thing)?|nobody|none|all|entirely|completely|certainly|definitely"
    r"|clearly|proves?|proof|guarantees?d?|must|because|since|therefore|thus|causes?d?|due to|reasons?|best|worst"
    r"|perfect(?:ly)?|loves?|hates?|adores?|not|no|cannot|\w+n't|without)\b|总是|从不|从来|所有|全部|完全|一定|肯定"
    r"|必然|证明|保证|因为|因此|所以|导致|由于|最好|最差|完美|热爱|讨厌|没有|不(?!同|过|仅)|未|无"
)


def beyond(sentence: str, source: str, known: Names | None = None) -> list[str]:
    """What a sentence says beyond `source`: its numbers and names that do not stand there, and its stronger words.

    Args:
        known: names of the catalogue, each of which is a name however it is written.
    """
    wrong = unborne(sentence, _facts(source, known), known)
    there = set(_STRONG.findall(source.lower()))
    return [*wrong, *(word for word in dict.fromkeys(_STRONG.findall(sentence.lower())) if word not in there)]


def _facts(source: str, known: Names | None) -> Facts:
    """The numbers and names that stand in a text."""
    figures = {found[0]: float(re.sub("[,，]", "", found[0]).rstrip(".")) for found in FIGURE.finditer(source)}
    figures |= {source[found.start : found.end]: found.value for found in numbers(source.lower())}
    quoted = tuple(found[1] for found in QUOTED.finditer(source))
    names = re.findall(r"(?<![\w'’])[A-Z][\w'’-]*", source)
    if known is not None:
        line = spotted(source, known)
        for sign, value in line.values.items():
            if isinstance(value, Name) and sign in line.line:
                start, end = line.places[line.line.index(sign)]
                names.append(source[start:end])
    return Facts(figures, quoted, tuple(names))


def reworded(
    source: str,
    generator: Generator,
    progress: Progress,
    known: Names | None = None,
    withheld: Callable[[list[str]], object] = lambda _: None,
) -> Iterator[str]:
    """`source` in other words and its own language, sentence by sentence, none of which says more than it.

    Args:
        withheld: is told for what a sentence, and what would come after it, is not handed on.

    Raises:
        Cancelled: the analyst pressed stop.
    """
    chinese = re.search(r"[\u3400-\u9fff]", source) is not None
    task = _TASK_CHINESE if chinese else _TASK
    examples: Sequence[tuple[str, str]] = _EXAMPLES_CHINESE if chinese else _EXAMPLES
    written = generator.write(generator.prompt(task, examples, source), progress, SECONDS, MOST_TOKENS)
    for place, sentence in enumerate(sentences(written)):
        if place >= SENTENCES:
            return
        if wrong := beyond(sentence, source, known):
            withheld(wrong)
            return
        yield sentence
