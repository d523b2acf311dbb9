"""What a generator does for the analyst: reads requests, words what a list has become, and says in other words what
Seqlens says by itself."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.dialogue.answers import Facts
    from core.dialogue.structure import Understood
    from core.language.generator import Pace
    from core.progress import Progress
    from core.workspace import Workspace

NAMED = 3  # items whose titles and prices may be said


@dataclass(frozen=True)
class Line:
    """An item of a list: `price` is NaN where it is unknown, `shares` are its score's parts by their names."""

    title: str
    category: str
    price: float
    shares: dict[str, float]


def pace(model: str, progress: Progress) -> Pace:
    """How fast a generator reads and writes on this machine.

    Raises:
        SeqlensError: it cannot be loaded.
        Cancelled: the analyst pressed stop.
    """
    from core.language.generator import opened
    from core.training.devices import torch_threads

    generator = opened(model, progress)
    with torch_threads(leave_one=True):
        return generator.pace(progress)


def heard(workspace: Workspace, text: str, model: str, progress: Progress) -> Understood:
    """A request as a generator (a folder or a GGUF file) understands it.

    Raises:
        SeqlensError: the generator cannot be loaded, or did not come to an end in time.
        Cancelled: the analyst pressed stop.
    """
    from core import talking
    from core.dialogue import asking
    from core.language.generator import opened
    from core.training.devices import torch_threads

    generator = opened(model, progress)
    with torch_threads(leave_one=True):
        return asking.heard(text, talking.names(workspace), generator, progress)


def facts(lines: Sequence[Line], new: int) -> Facts:
    """What may be said of a list, of whose items so many are `new`."""
    from core.dialogue.answers import Facts

    if not lines:
        return Facts({"items": 0})
    first = lines[0]
    figures: dict[str, float] = {"items": len(lines), "new in the list": new}
    for line in lines[:NAMED]:
        if math.isfinite(line.price):
            figures[f"price of {line.title}"] = round(line.price, 2)
    gains = {name: share for name, share in first.shares.items() if share > 0}
    if gains:
        largest = max(gains, key=lambda name: gains[name])
        figures[largest] = round(gains[largest] / sum(gains.values()), 2)
    categories = dict.fromkeys(line.category for line in lines if line.category)
    return Facts(figures, tuple(line.title for line in lines[:NAMED]), tuple(categories))


def told(
    workspace: Workspace, request: str, said: Facts, model: str, say: Callable[[str], object], progress: Progress
) -> bool:
    """Word what a list has become; each sentence that the facts bear is handed to `say` as soon as it is whole.

    Returns:
        Whether it said something that they do not bear, which is withheld.

    Raises:
        SeqlensError: the generator cannot be loaded.
        Cancelled: the analyst pressed stop.
    """
    from core import talking
    from core.dialogue import answers
    from core.language.generator import opened
    from core.training.devices import torch_threads

    generator = opened(model, progress)
    with torch_threads(leave_one=True):
        wrong: list[str] = []
        for sentence in answers.answer(said, request, generator, progress, talking.names(workspace), wrong.extend):
            say(sentence)
    return bool(wrong)


def reworded(workspace: Workspace, source: str, model: str, say: Callable[[str], object], progress: Progress) -> bool:
    """Say a text in other words; each sentence that says no more than it is handed to `say` as soon as it is whole.

    Returns:
        Whether the generator said more, which is withheld.

    Raises:
        SeqlensError: the generator cannot be loaded.
        Cancelled: the analyst pressed stop.
    """
    from core import talking
    from core.dialogue import rewording
    from core.language.generator import opened
    from core.training.devices import torch_threads

    generator = opened(model, progress)
    wrong: list[str] = []
    with torch_threads(leave_one=True):
        for sentence in rewording.reworded(source, generator, progress, talking.names(workspace), wrong.extend):
            say(sentence)
    return bool(wrong)
