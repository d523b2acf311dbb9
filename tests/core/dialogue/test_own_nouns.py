"""What a shop calls all its things is no wish, and names no kind; its kinds are called by the rest of their names."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from core.dialogue.grammar import understand
from core.dialogue.names import Names
from core.dialogue.own_nouns import goods, nouns, short_forms
from core.dialogue.structure import Brand, Category, Count, Part, Price, Wish, Years
from core.sequences.log import Catalogue

_BEERS = [
    ("Alder Brook Nine", "Dark Beer", "Alder Brook"),
    ("Alder Brook Hazel", "Wheat Beer", "Alder Brook"),
    ("Tarn Night", "Dark Beer", "Tarn"),
    ("Tarn Meadow", "Amber Beer", "Tarn"),
    ("Tarn Tap", "Bar Tools", "Tarn"),
    ("Alder Brook Spark", "Sour", "Alder Brook"),
]
_BOOTS = [
    ("Fell One", "Hiking", "Fell"),
    ("Fell Two", "Winter", "Fell"),
    ("Corrie Low", "Hiking", "Corrie"),
    ("Corrie Wax", "Shoe Care", "Corrie"),
]
_DRESSES = [("Linn Red Gown", "Dresses", "Linn"), ("Linn Coat", "Coats", "Linn"), ("Moor Red Scarf", "Scarves", "Moor")]
_SERIES = [("雾中来客", "喜剧", "南湾电视台"), ("白石", "悬疑", "青帆影业"), ("归途", "悬疑", "南湾电视台")]


def _names(things: list[tuple[str, str, str]]) -> Names:
    def column(values: list[str]) -> pa.StringArray:
        return pa.array(values, pa.string())

    prices = np.arange(10, 10 + len(things), dtype=np.float32)
    catalogue = Catalogue(
        column([f"p{place}" for place in range(len(things))]),
        column([title for title, _, _ in things]),
        column([kind for _, kind, _ in things]),
        column([f"{2010 + place}, {brand}" for place, (_, _, brand) in enumerate(things)]),
        prices,
    )
    return Names(catalogue, ("view", "purchase"))


def _parts(said: str, things: list[tuple[str, str, str]]) -> set[Part]:
    return set(understand(said, _names(things)).parts)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("more darks, fewer ambers", {Category("Dark Beer", "more"), Category("Amber Beer", "less")}),
        ("Dark, under 15", {Category("Dark Beer", "only"), Price(None, 15)}),
        ("a strong dark, under 15", {Category("Dark Beer", "only"), Price(None, 15), Wish("strong", 1)}),
        ("an amber from Tarn", {Category("Amber Beer", "only"), Brand("Tarn", "only")}),
        ("no sour beers", {Category("Sour", "no")}),
        ("dark beer, three bottles", {Category("Dark Beer", "only"), Count(3)}),
        ("sour, under 14 a bottle", {Category("Sour", "only"), Price(None, 14)}),
        ("beers from Tarn", {Brand("Tarn", "only")}),
        ("vintages 2011 to 2013", {Years(2011, 2013)}),
    ],
)
def test_a_kind_is_called_by_the_rest_of_its_name(said: str, meant: set[Part]) -> None:
    assert _parts(said, _BEERS) == meant


@pytest.mark.parametrize("said", ["something with dark chocolate", "for the dark", "brewed in amber glass"])
def test_an_adjective_of_another_noun_names_no_kind(said: str) -> None:
    assert not [part for part in _parts(said, _BEERS) if isinstance(part, Category)]


def test_a_colour_is_no_category_where_no_category_has_it() -> None:
    assert _parts("red, under 15", _DRESSES) == {Wish("red", 1), Price(None, 15)}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Hiking shoes from Fell", {Category("Hiking", "only"), Brand("Fell", "only")}),
        ("no winter shoes", {Category("Winter", "no")}),
        ("hiking shoes under 13", {Category("Hiking", "only"), Price(None, 13)}),
        ("shoe care under 20", {Category("Shoe Care", "only"), Price(None, 20)}),
    ],
)
def test_the_shops_goods_behind_a_category_are_no_wish(said: str, meant: set[Part]) -> None:
    assert _parts(said, _BOOTS) == meant


@pytest.mark.parametrize(
    "said", ["不要南湾电视台拍的", "不要南湾电视台制作的", "不要南湾电视台出品的", "不要南湾电视台发行的"]
)
def test_what_makers_do_is_no_wish(said: str) -> None:
    assert _parts(said, _SERIES) == {Brand("南湾电视台", "no")}


def test_the_words_of_a_shop() -> None:
    keys = [("dark", "beer"), ("wheat", "beer"), ("shoe", "care"), ("sour",)]
    assert nouns(keys, [("fine", "mug"), ("tall", "mug"), ("jar",)]) == {"beer", "mug"}
    assert short_forms(keys) == {("dark",): 0}  # "wheat" is a noun of its own
    assert goods(keys, set()) == {"shoe"}
    assert not goods(keys, {"shoe"})
