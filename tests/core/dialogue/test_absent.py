"""What the data do not have is said, and never acted on."""

from __future__ import annotations

import pytest

from core.dialogue.grammar import understand
from core.dialogue.names import Names
from core.dialogue.structure import Category, Item, Most, Wish, Years
from tests.benchmarks.requests_bench import shops


@pytest.fixture(scope="module")
def catalogues() -> dict[str, Names]:
    return shops()


@pytest.mark.parametrize(
    ("shop", "text", "missed"),
    [
        ("films", "less horror, no more of brand Zorba", ["brand Zorba"]),
        ("shop", "less kitchen, no brand Zorba", ["brand Zorba"]),
        ("shop_zh", "多点零食，不要再给我Zorba牌", ["我Zorba牌"]),
        ("shop_zh", "不要佐巴牌的", ["佐巴牌的"]),
        ("shop", "from the nineties", ["from the nineties"]),
        ("shop_zh", "90年代的", ["90年代的"]),
        ("shop_zh", "如果她没买热气球会买什么", ["如果她没买热气球"]),
        ("films", "what if he had never watched Frozen", ["watched Frozen"]),
        ("shop", "explain", ["explain"]),
        ("shop", "what did you understand?", ["what did you understand"]),
        ("shop", "size 42", ["size 42"]),
    ],
)
def test_it_is_said(catalogues: dict[str, Names], shop: str, text: str, missed: list[str]) -> None:
    found = understand(text, catalogues[shop])
    assert [text[start:end] for start, end in found.missed] == missed
    assert not any(isinstance(part, Wish) for part in found.parts)


@pytest.mark.parametrize(("shop", "text"), [("shop_zh", "母婴类，要大品牌"), ("shop_zh", "大牌的护肤品")])
def test_well_known_brands_are_a_wish(catalogues: dict[str, Names], shop: str, text: str) -> None:
    found = understand(text, catalogues[shop])
    assert any(isinstance(part, Wish) for part in found.parts)
    assert not found.missed


@pytest.mark.parametrize(
    ("text", "missed"),
    [
        ("comedies under 30 yuan", "under 30 yuan"),
        ("comedies, nothing above $20", "nothing above $20"),
        ("三十元以下的 comedies", "三十元以下"),
        ("comedies, cheaper", "cheaper"),
    ],
)
def test_prices_ask_for_nothing_where_nothing_has_one(
    catalogues: dict[str, Names], monkeypatch: pytest.MonkeyPatch, text: str, missed: str
) -> None:
    monkeypatch.setattr(Names, "priced", property(lambda _: False))
    found = understand(text, catalogues["films"])
    assert [text[start:end] for start, end in found.missed] == [missed]
    assert [part.name for part in found.parts if isinstance(part, Category)] == ["Comedy"]
    assert len(found.parts) == 1


def test_what_the_issue_asks_for_is_understood_or_said(catalogues: dict[str, Names]) -> None:
    text = (
        "Less horror, something like Alien but funny, from the nineties, under 30 yuan, no more of brand X, two of "
        "each category, what would she buy if she had not bought the phone?"
    )
    found = understand(text, catalogues["films"])
    assert [text[start:end] for start, end in found.missed] == ["brand X", "bought the phone"]
    assert {Category("Horror", "less"), Years(1990, 1999), Most(2, "category"), Wish("funny", 1.0)} <= set(found.parts)
    assert any(isinstance(part, Item) and part.title == "Alien" and part.how == "like" for part in found.parts)
