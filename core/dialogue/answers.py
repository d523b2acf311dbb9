"""What a generator says of a list, sentence by sentence; a sentence that its figures do not bear is not handed on.

A small model makes things up. So it is given figures and titles, and each number and each name in what it writes must
be one of them; a sentence with any other is dropped, and so is what it would say after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.dialogue.names import Name, Names
from core.dialogue.numerals import numbers
from core.dialogue.patterns import late
from core.dialogue.spotting import spotted

if TYPE_CHECKING:
    from core.language.generator import Generator
    from core.progress import Progress

SECONDS = 45.0  # that an answer may take
MOST_TOKENS = 120
SENTENCES = 4
HELD = "\u2423"  # in the place of what may be said
FIGURE = late(r"\d[\d,，]*(?:\.\d+)?")
QUOTED = late(r"[“\"「『《‘]([^”\"」』》’]+)[”\"」』》’]")
_CAPITAL = late(r"(?<![.!?:]\s)(?<!^)(?<![\w'’])[A-Z][\w'’-]*")
_END = late(r"(?<=[.!?])\s+|(?<=[。！？])|\n")
_TASK = (
    "Say in one or two short sentences what the list is like now. Use only the facts. Write no number and no title "
    "that is not in the facts."
)
_TASK_CHINESE = "用一两句话说明列表现在的样子。只用给出的事实，不要写事实中没有的数字和标题。"


@dataclass(frozen=True)
class Facts:
    """What may be said.

    Attributes:
        figures: numbers by what they are of, such as "items" or "price of Alien"; a share is written in per cent.
        titles: of items that may be named.
        names: categories, brands, parts of a score and other names that may be said.
    """

    figures: dict[str, float]
    titles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def told(self) -> str:
        """The facts on one line, as a generator is given them."""
        figures = [f"{name} {value:g}" for name, value in self.figures.items()]
        titles = [f"“{title}”" for title in self.titles]
        return "; ".join([*figures, *(["titles " + ", ".join(titles)] if titles else []), *self.names])


def unborne(text: str, facts: Facts, known: Names | None = None) -> list[str]:
    """The numbers and names of a text that the facts do not bear, as they stand in it.

    Args:
        known: names of the catalogue, none of which may be said that is not among the facts.
    """
    rest = text
    for name in sorted((*facts.titles, *facts.names, *facts.figures), key=len, reverse=True):
        if name:
            rest = re.sub(re.escape(name), HELD, rest, flags=re.IGNORECASE)
    wrong = [found[0] for found in FIGURE.finditer(rest) if not _figure(found[0], facts)]
    wrong += [
        rest[found.start : found.end]
        for found in numbers(rest.lower())
        if not FIGURE.search(rest[found.start : found.end]) and not _value(found.value, 0, facts)
    ]
    wrong += [found[1] for found in QUOTED.finditer(rest) if found[1].strip(f"{HELD} .,。，") != ""]
    wrong += [found[0] for found in _CAPITAL.finditer(rest) if found[0] not in ("I", "I'm", "NDCG")]
    if known is not None:
        line = spotted(rest, known)
        for sign, value in line.values.items():
            if isinstance(value, Name) and not value.weak and sign in line.line:
                start, end = line.places[line.line.index(sign)]
                wrong.append(rest[start:end])
    return list(dict.fromkeys(wrong))


def _figure(written: str, facts: Facts) -> bool:
    plain = written.replace(",", "").replace("，", "").rstrip(".")
    return _value(float(plain), len(plain.partition(".")[2]), facts)


def _value(number: float, digits: int, facts: Facts) -> bool:
    """Whether a number is one of the figures, rounded to as many digits; a share may be in per cent."""
    for figure in facts.figures.values():
        for value in (figure, 100 * figure) if 0 <= abs(figure) <= 1 else (figure,):
            if abs(round(value, digits) - number) < 1e-9:
                return True
    return False


def sentences(pieces: Iterator[str]) -> Iterator[str]:
    """Whole sentences, as soon as each has come to its end."""
    held = ""
    for piece in pieces:
        held += piece
        *whole, held = _END.split(held)
        yield from (each.strip() for each in whole if each.strip())
    if held.strip() and held.strip()[-1] in ".!?。！？":
        yield held.strip()  # one that was cut short says who knows what


def answer(
    facts: Facts,
    request: str,
    generator: Generator,
    progress: Progress,
    known: Names | None = None,
    withheld: Callable[[list[str]], object] = lambda _: None,
) -> Iterator[str]:
    """Sentences about a list in the language of the request, each of which the facts bear.

    Args:
        withheld: is told the numbers and names for which a sentence, and what would come after it, is not handed on.

    Raises:
        Cancelled: the analyst pressed stop.
    """
    chinese = re.search(r"[\u3400-\u9fff]", request) is not None
    prompt = generator.prompt(_TASK_CHINESE if chinese else _TASK, _examples(chinese), f"{request} | {facts.told()}")
    written = generator.write(prompt, progress, SECONDS, MOST_TOKENS)
    for place, sentence in enumerate(sentences(written)):
        if place >= SENTENCES:
            return
        if wrong := unborne(sentence, facts, known):
            withheld(wrong)
            return
        yield sentence


def _examples(chinese: bool) -> Sequence[tuple[str, str]]:
    if chinese:
        return (
            (
                "不要恐怖片 | items 10; new in the list 4; titles “海边的人”; content 0.62",
                "列表有10个物品，其中4个是新的。排在第一的是“海边的人”。",
            ),
            (
                "便宜一点 | items 5; new in the list 5; price of 竹灯 39; titles “竹灯”; 灯具",
                "5个物品都是新的。排在最前的是“竹灯”，价格39。",
            ),
        )
    return (
        (
            "no horror | items 10; new in the list 4; titles “The Quiet Shore”; content 0.62",
            "The list has 10 items, and 4 are new. “The Quiet Shore” stands first, mostly for its content (62 %).",
        ),
        (
            "cheaper | items 5; new in the list 5; price of Bamboo lamp 39; titles “Bamboo lamp”; lamps",
            "All 5 items are new. “Bamboo lamp” comes first and costs 39.",
        ),
    )
