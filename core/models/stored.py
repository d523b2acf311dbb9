"""A stored model is looked at before memory is taken for it: it may be damaged, or come from a stranger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.models.base import Settings, Tensors

ROOM = 1 << 20  # numbers that a small model may have besides those that were stored
DEPTH = 20


def plausible(tensors: Tensors, settings: Settings) -> bool:
    """Whether the sizes that the settings speak of fit the numbers that are there.

    A network is built by its settings before its weights are put in; a width of a billion would take all memory then.
    """
    room = 16 * sum(array.size for array in tensors.values()) + ROOM
    for facts in _all_facts(settings, DEPTH):
        sizes = {name: value for name, value in facts.items() if isinstance(value, int)}
        width = sizes.get("width", 1)
        each = [sizes.get(name, 1) for name in ("items", "behaviours", "longest")]
        if width < 0 or any(size < 0 or size > room or size * min(width, 64) > room for size in each):
            return False
        if width * width * max(1, min(sizes.get("blocks", 1), room)) > room:
            return False
    return True


def _all_facts(settings: object, depth: int) -> Iterator[Mapping[str, object]]:
    if depth == 0:
        return
    if isinstance(settings, dict):
        yield settings
        for value in settings.values():
            yield from _all_facts(value, depth - 1)
    elif isinstance(settings, list | tuple):
        for value in settings:
            yield from _all_facts(value, depth - 1)
