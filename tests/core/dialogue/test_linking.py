"""Words that mean a category without its name are linked to it by the language model, where it is clear which one."""

from __future__ import annotations

import pytest

from core.dialogue.grammar import understand
from core.dialogue.names import Names
from core.dialogue.structure import Category, Wish
from core.language.encoder import TextEncoder
from core.language.reading import Reading
from core.progress import Progress
from tests.benchmarks.requests_bench import shops


@pytest.fixture(scope="module")
def catalogues() -> dict[str, Names]:
    encoder = TextEncoder.open(Reading())
    return shops(lambda texts: encoder.encode(list(texts), Progress(), asked=True))


@pytest.mark.parametrize(
    ("shop", "text", "meant"),
    [
        ("films", "no scary movies", Category("Horror", "no")),
        ("films", "nothing frightening", Category("Horror", "no")),
        ("films", "only suspense", Category("Thriller", "only")),
        ("shop", "only gardening", Category("Garden", "only")),
    ],
)
def test_what_is_meant_is_linked(catalogues: dict[str, Names], shop: str, text: str, meant: Category) -> None:
    assert understand(text, catalogues[shop]).parts == (meant,)


@pytest.mark.parametrize(
    ("shop", "text"), [("films", "nothing slow"), ("shop", "no plastic"), ("films", "nothing sad")]
)
def test_what_means_none_stays_a_wish(catalogues: dict[str, Names], shop: str, text: str) -> None:
    (part,) = understand(text, catalogues[shop]).parts
    assert isinstance(part, Wish)
    assert part.weight < 0


def test_without_a_model_it_stays_a_wish() -> None:
    names = shops()["films"]
    assert not names.reads
    assert isinstance(understand("no scary movies", names).parts[0], Wish)
