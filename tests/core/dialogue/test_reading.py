"""Numbers, dates and names as people write them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.dialogue.dates import periods
from core.dialogue.names import Names, stem, tokens
from core.dialogue.numerals import chinese, numbers
from core.dialogue.script import PLAINER, SIMPLER
from tests.benchmarks.requests_bench import shops


@pytest.fixture(scope="module")
def shop() -> dict[str, Names]:
    return shops()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("under 1,299.50 dollars", [(1299.5, True)]),
        ("$10-$25", [(10.0, True), (25.0, True)]),
        ("2k到4k", [(2000.0, False), (4000.0, False)]),
        ("a hundred bucks", [(100.0, True)]),
        ("two hundred and fifty", [(250.0, False)]),
        ("twenty-five euros", [(25.0, True)]),
        ("三千五", [(3500.0, False)]),
        ("一百五以内", [(150.0, False)]),
        ("一千零五十元", [(1050.0, True)]),
        ("1.5万", [(15000.0, False)]),
        ("同一个牌子别超过两个", [(2.0, False)]),
        ("一点也不一样", []),
        ("model x2 is none", []),
    ],
)
def test_numbers(text: str, found: list[tuple[float, bool]]) -> None:
    assert [(number.value, number.money) for number in numbers(text)] == found


@given(st.integers(min_value=1, max_value=9999))
def test_every_chinese_numeral_is_its_number(value: int) -> None:
    digits, word, gap = "零一二三四五六七八九", "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            word += ("零" if gap and word else "") + digits[digit] + unit
            gap = False
        else:
            gap = bool(word)
    assert chinese(word) == value


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("15 march 1998", "1998-03-15", "1998-03-15"),
        ("march 15, 1998", "1998-03-15", "1998-03-15"),
        ("since may 2024", "2024-05-01", "2024-05-31"),
        ("2024年2月", "2024-02-01", "2024-02-29"),
        ("the late nineties", "1996-01-01", "1999-12-31"),
        ("80s", "1980-01-01", "1989-12-31"),
        ("九十年代", "1990-01-01", "1999-12-31"),
        ("八九十年代", "1980-01-01", "1999-12-31"),
        ("98年", "1998-01-01", "1998-12-31"),
        ("in the 2010s", "2010-01-01", "2019-12-31"),
    ],
)
def test_periods(text: str, first: str, last: str) -> None:
    (period,) = periods(text)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)


def test_a_range_of_months_has_the_year_of_its_first() -> None:
    assert [period.last.isoformat() for period in periods("2024年1月到3月")] == ["2024-01-31", "2024-03-31"]


def test_what_is_no_date_is_none() -> None:
    assert list(periods("2024-13-45 and 30 apples")) == []


def test_items_are_found_by_pieces_and_near_spellings_of_their_titles(shop: dict[str, Names]) -> None:
    names = shop["shop"]
    assert [names.titles[code] for code in names.items_called("the yoga mat")] == ["Apex Nine yoga mat cork"]
    assert len(names.items_called("running shoes")) == 2
    near = names.items_called("Lindholm floor lmap")
    assert [names.titles[code] for code in near] == ["Lindholm floor lamp"]
    assert names.items_called("the") == names.items_called("zeppelin airship") == []
    chinese_shop = shop["shop_zh"]
    assert [chinese_shop.titles[code] for code in chinese_shop.items_called("蓝牙音箱")] == ["漫步者 蓝牙音箱 小型"]


def test_categories_with_several_tags_are_found_by_each(shop: dict[str, Names]) -> None:
    names = shop["films"]
    assert "Horror" in names.categories
    assert set(names.categories_with("Sci-Fi")) >= {"Horror, Sci-Fi", "Action, Sci-Fi"}
    assert names.in_category("Western").sum() == 2
    assert names.dated
    assert names.years[names.titles.index("Alien")] == 1979
    assert not shop["shop"].dated


def test_brands_come_from_short_descriptions(shop: dict[str, Names]) -> None:
    names = shop["shop"]
    assert "Fjord & Pan" in names.brands
    assert names.of_brand("Halden").sum() == 3


@given(st.text(max_size=40))
@example("嘅唔來")
def test_tokens_stand_where_they_say(text: str) -> None:
    lower = text.lower().translate(SIMPLER).translate(PLAINER)
    for word, start, end in tokens(text):
        assert lower[start:end].replace("’", "'") == word
        assert stem(word)
