"""Names are found in the spelling of either country, and whether they are written as one word or two."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dialogue.grammar import understand
from core.dialogue.names import Names
from core.dialogue.spellings import spellings
from core.dialogue.structure import Brand, Category
from core.sequences.log import Catalogue

ROWS = (
    ("Alpha", "Cooperative", "Tall Pine Games"),
    ("Beta", "Boardgames", "Northgate"),
    ("Gamma", "Wall Paper", "Northgate"),
    ("Delta", "Jewellery", "Two Owls"),
    ("Epsilon", "Theater", "Two Owls"),
    ("Zeta", "Humour", "Tall Pine Games"),
    ("Eta", "Décor", "Two Owls"),
)


@pytest.fixture(scope="module")
def names() -> Names:
    titles, categories, brands = zip(*ROWS, strict=True)
    prices = np.full(len(ROWS), 9.0)
    ids = pa.array([str(place) for place in range(len(ROWS))])
    return Names(Catalogue(ids, pa.array(titles), pa.array(categories), pa.array(brands), prices), ["view"])


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("co-operative only", Category("Cooperative", "only")),
        ("no co operatives", Category("Cooperative", "no")),
        ("only board games", Category("Boardgames", "only")),
        ("board-games only", Category("Boardgames", "only")),
        ("no wallpaper", Category("Wall Paper", "no")),
        ("no jewelry", Category("Jewellery", "no")),
        ("only theatre", Category("Theater", "only")),
        ("no humor please", Category("Humour", "no")),
        ("more decor", Category("Décor", "more")),
        ("nothing from North Gate", Brand("Northgate", "no")),
        ("without Tallpine Games", Brand("Tall Pine Games", "no")),
        ("only TwoOwls", Brand("Two Owls", "only")),
    ],
)
def test_a_name_is_found_however_it_is_spelled(names: Names, said: str, meant: object) -> None:
    assert understand(said, names).parts == (meant,)


def test_words_that_happen_to_stand_together_are_no_name(names: Names) -> None:
    assert not [part for part in understand("up north, gates and fences", names).parts if isinstance(part, Brand)]


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12), min_size=1, max_size=4))
def test_a_spelling_is_another_one(key: list[str]) -> None:
    for spelled in spellings(tuple(key)):
        assert spelled
        assert spelled != tuple(key)
        assert all(spelled)
