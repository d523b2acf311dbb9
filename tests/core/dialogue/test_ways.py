"""More families of ways to say one thing: prices, courtesies, commands, figures read out, slips, the history."""

from __future__ import annotations

import random
import time

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.dialogue.dates import periods
from core.dialogue.grammar import LONGEST, understand
from core.dialogue.names import Names
from core.dialogue.numerals import numbers
from core.dialogue.structure import Category, Count, Price
from core.sequences.log import Catalogue
from tests.benchmarks.requests_bench import meaning, shops

_SHOPS: dict[str, Names] = {}


def _shop(domain: str) -> Names:
    if not _SHOPS:
        _SHOPS.update(shops())
    return _SHOPS[domain]


FAMILIES: tuple[tuple[str, dict[str, object], str], ...] = (
    (
        "shop",
        {"price": [None, 80.0]},
        "must not exceed 80 dollars|cap the price at 80|not a penny over 80|she has 80 to spend|80 budget"
        "|max 80 per item"
        "|no greater than 80|stay under 80|price <= 80|keep it within 80 dollars",
    ),
    (
        "shop",
        {"price": [None, 289.0]},
        "nothing dearer than the Oakridge stand mixer red|cheaper than the Oakridge stand mixer red"
        "|drop anything more expensive than the Oakridge stand mixer red",
    ),
    ("shop", {"price": [69.0, None]}, "nothing cheaper than the yoga mat|pricier than the yoga mat"),
    ("shop", {"price": [None, 69.0]}, "nothing more expensive than the yoga mat|less expensive than the yoga mat"),
    ("shop", {"price": [80.0, None]}, "80 minimum|80 and up|upwards of 80|no lower than 80|price >= 80"),
    ("shop", {"price": [None, 10.0]}, "under a tenner|10 dollars or less"),
    (
        "shop_zh",
        {"price": [None, 800.0]},
        "八百顶天|顶天八百|撑死八百|别高过八百|贵不过八百|八百往下|比八百便宜的|价格≤800|单价别超过八百",
    ),
    ("shop_zh", {"price": [500.0, None]}, "五百打底|五百起步|起价五百|五百开外|不便宜于五百"),
    ("shop_zh", {"price": [200.0, 300.0]}, "两三百的|二三百块|两百到三百|200~300元"),
    ("shop_zh", {"price": [None, 15000.0]}, "1w5以内|1万5以下|一万五封顶"),
    ("shop_zh", {"price": [None, 9.9]}, "九块九以内|9块9以下|9.9元以内"),
    ("shop_zh", {"price": [100.0, 200.0]}, "一百多块的"),
    ("shop", {"most": {"brand": 2}}, "max 2/brand|2 / brand|brand max 2|at most 2 of each brand"),
    ("shop_zh", {"most": {"category": 2}}, "一类最多俩|每类目≤2|每样来两个|每类只留两个|每个类目最多俩"),
    ("shop_zh", {"most": {"brand": 1}}, "每家最多一件|同品牌最多上一个|每品牌≤1|不要同一个牌子的两件"),
    ("shop_zh", {"count": 3}, "来仨|数量：3|top3"),
    ("films", {"count": 15}, "k=15|n = 15|top-15|make it a round fifteen|shrink the list to 15|fifteen at most"),
    (
        "films",
        {"command": "undo"},
        "make it back|not that|go back to how it was|strike that|wait, undo that last change",
    ),
    ("films", {"command": "undo"}, "刚才那步撤了|上一条不要了|刚才的要求我说错了，请帮我撤回|回到之前|还原"),
    (
        "films",
        {"command": "reset"},
        "全部清掉重来|所有条件都去掉|一切归零|请把所有的设置都恢复成最初的样子|reset the whole thing",
    ),
    (
        "films",
        {"only": ["Comedy"]},
        "sorry to bother you, comedies please|if possible, only comedies, thanks in advance"
        "|would you be so kind as to show me comedies|I was wondering if you could find comedies"
        "|不好意思，麻烦您找一些喜剧片，谢谢|如果方便的话，只要喜剧片|请问有没有喜剧片|不知道能不能推荐喜剧片，辛苦了",
    ),
    ("films", {"no": ["Horror"]}, "exlude horror|wihtout horror|no horor|dont show horror|exclude: horror"),
    (
        "films",
        {"more": ["Comedy"]},
        "moar comedy|where are the comedies?|I don't see any comedies|comedies are missing",
    ),
    ("films", {"less": ["Horror"]}, "les horror|half the horror|the list is full of horror|it's all horror"),
    ("films", {"like": ["Alien"]}, "simular to alien|somthing like alien|smth like alien"),
    ("films", {"years": [1980, 1989]}, "from nineteen eighty to nineteen eighty nine|八零年代|一九八零年到一九八九年"),
    ("films", {"years": [2010, None]}, "from twenty ten onwards|year >= 2010|two thousand and ten or later"),
    (
        "shop",
        {"history": [{"do": "until", "date": "2024-03-01"}]},
        "as of the first of march twenty twenty four|pretend it's 1 March 2024",
    ),
    (
        "shop_zh",
        {"history": [{"do": "until", "date": "2023-12-01"}]},
        "二零二三年十二月一号之后的不要算|截至2023年12月1日",
    ),
    (
        "shop_zh",
        {"history": [{"do": "until", "date": "2023-11-30"}]},
        "只用2023年12月1日之前的行为|只依据她在2023年11月30日以前（含当天）的记录来推荐",
    ),
    (
        "shop",
        {"history": [{"do": "remove", "item": "Casa Brava espresso machine", "behaviour": "purchase"}]},
        "ignore the espresso machine she bought|what if we hadn't sold her the espresso machine"
        "|suppose the espresso machine had not been bought",
    ),
    (
        "shop",
        {"history": [{"do": "remove", "item": "Casa Brava espresso machine"}]},
        "history w/o espresso machine|if the espresso machine weren't in her history"
        "|drop the espresso machine from her history",
    ),
    ("shop_zh", {"history": [{"do": "remove", "category": "零食"}]}, "假设历史里没有零食|历史里去掉零食"),
    (
        "shop",
        {"history": [{"do": "only", "behaviour": "purchase"}]},
        "base it on her purchases only|count only what she bought|use nothing but her purchases|look just at purchases",
    ),
    (
        "shop_zh",
        {"history": [{"do": "only", "behaviour": "buy"}]},
        "光看成交数据|只参考她购买的商品|只看她买过的那些行为",
    ),
    (
        "shop",
        {"target": "purchase"},
        "rank these by likelihood of purchase|get her to buy|push for purchases|what she would buy"
        "|predict next purchase"
        "|next best item to buy|purchase probability|which items will end up being purchased",
    ),
    ("shop_zh", {"target": "cart"}, "加购概率高的排前头|想让她加购|更看重加购|目标：加购|加购优先|最有可能加购的"),
    ("shop_zh", {"no": ["零食"]}, "唔要零食|不要零食|filter掉零食|把零食刪掉|第一，不要零食|exclude零食"),
    ("shop_zh", {"price": [None, 500.0], "only": ["手机"]}, "500塊以內的手機|需求：手机；预算：500|手機，價格≤500"),
    ("shop_zh", {"no_brands": ["华为"]}, "brand不要Huawei|不要華為|华为以外的都行"),
    # Leaving out ends where a clause has a word of its own, and goes on to a bound that is joined to its names.
    (
        "films",
        {"no": ["Horror"], "only": ["Comedy"]},
        "hide horror, comedies are great|skip horror, comedies only|skip horror, comedies are fine"
        "|no horror, comedies instead",
    ),
    (
        "shop_zh",
        {"no_brands": ["小米", "红米"], "only": ["手机"]},
        "除了小米和红米，手机都可以|不要小米和红米，手机都行",
    ),
    (
        "films",
        {"no": ["War"], "years": [1980, None]},
        "drop war movies and anything older than 1980|no war or films before 1980|不要战争片和1980年以前的",
    ),
    ("films", {"no": ["War"], "no_years": [1980, 1989]}, "skip war and anything from the 80s"),
    ("films", {"no": ["War"], "years": [1991, None]}, "no war and films after 1990|drop war, anything after 1990"),
    ("shop_zh", {"no": ["零食"], "price": [None, 50.0]}, "不要零食和超过50元的|别超50，不要零食"),
    (
        "films",
        {"history": [{"do": "remove", "item": "Jaws"}, {"do": "remove", "item": "Alien"}]},
        "rank again with Jaws and Alien taken out of his history|Jaws and Alien should be deleted from her records"
        "|ignore all her activity on Jaws and Alien|forget everything he did with Jaws and Alien",
    ),
    (
        "shop_zh",
        {"history": [{"do": "remove", "item": "皇家 猫粮 2公斤", "behaviour": "buy"}]},
        "把她买猫粮的记录删掉|删除她购买猫粮的记录|她退了皇家猫粮，就当那次购买没发生过",
    ),
    ("shop_zh", {"history": [{"do": "remove", "category": "女装"}]}, "忽略她对女装的所有行为|把她对女装的操作都删掉"),
    (
        "shop_zh",
        {"history": [{"do": "remove", "category": "女装", "behaviour": "pv"}]},
        "把女装的浏览记录都删掉|把她看女装的记录去掉|不算她对女装的浏览",
    ),
    (
        "shop",
        {"history": [{"do": "remove", "item": "Apex Nine yoga mat cork", "behaviour": "purchase"}]},
        "she returned the yoga mat, so pretend that purchase never happened"
        "|She bought the yoga mat. Ignore that purchase",
    ),
    ("shop", {"history": [{"do": "remove", "behaviour": "purchase"}]}, "pretend the purchases never happened"),
    ("shop_zh", {"history": [{"do": "remove", "behaviour": "pv"}]}, "删除所有浏览记录|清除她的浏览记录"),
    ("shop_zh", {"no": ["零食"], "only": ["手机"], "only_brands": ["小米"]}, "不要零食，手机就要小米"),
    ("shop", {"most": {"brand": 2}}, "max two from any one brand|at most two of any brand|two from any single brand"),
    ("films", {"no_brands": ["Disney"]}, "none of Disney's|not Disney's films|none by Disney"),
    (
        "shop",
        {"like": ["Norvik phone case clear"]},
        "something like Norvik's clear case|like the Norvik case|similar to that Norvik phone case",
    ),
    ("shop", {"seen": "hide"}, "hide seen|take away what she has already|hide what's in her cart|no repeat purchases"),
)


@pytest.mark.parametrize(("domain", "meant", "ways"), FAMILIES, ids=lambda value: str(value)[:40])
def test_ways_of_saying_one_thing(domain: str, meant: dict[str, object], ways: str) -> None:
    got = [(said, meaning(understand(said, _shop(domain)).parts)) for said in ways.split("|")]
    assert [each for each in got if each[1] != meant] == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1w5", [15000.0]),
        ("九块九", [9.9]),
        ("五毛钱", [0.5]),
        ("三块五", [3.5]),
        ("zero horror", []),
        ("几十块", []),
        ("来两三个", [3.0]),
        ("千篇一律", []),
        ("top10", [10.0]),
        ("a fiver", [5.0]),
    ],
)
def test_colloquial_numbers(text: str, values: list[float]) -> None:
    assert [number.value for number in numbers(text)] == values


@given(st.integers(min_value=1901, max_value=2099))
def test_years_read_out_digit_by_digit(year: int) -> None:
    spoken = "".join("零一二三四五六七八九"[int(digit)] for digit in str(year)) + "年"
    assert [period.first.year for period in periods(spoken)] == [year]


@pytest.mark.parametrize(
    ("domain", "said"),
    [
        ("films", "no films except comedies or so, at least half of them dramas"),
        ("films", "at least 3 comedies"),
        ("films", "not only comedies"),
        ("films", "something else"),
        ("films", "price doesn't matter"),
        ("shop", "no phones except Halden"),
        ("shop", "we're out of stock"),
        ("shop", "pretend that purchase never happened"),
        ("shop", "she returned the shoes, so pretend that purchase never happened"),
        ("shop_zh", "这个星期的数据"),
        ("shop_zh", "刚买过手机"),
    ],
)
def test_what_cannot_be_done_is_said(domain: str, said: str) -> None:
    assert understand(said, _shop(domain)).missed


WORDS = [
    "please",
    "more",
    "less",
    "no",
    "horror",
    "comedy",
    "Fargo",
    "under",
    "20",
    "not",
    "and",
    ",",
    "she",
    "hates",
    "以内",
]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=10).map(" ".join))
def test_nothing_is_passed_over_in_silence(said: str) -> None:
    found = understand(said, _shop("films"))
    assert found.parts or found.missed
    assert all(0 <= start <= end <= len(said) for start, end in found.missed)


REPEATED = [
    "had ",
    "she has had ",
    "so very ",
    "not not ",
    "the all ",
    "多",
    "不要",
    "再",
    "的",
    "要",
    "请",
    "很",
    "买过",
    "ah ",
    "刚",
    "全都",
    "就够了",
    "如果刚刚",
    "her list ",
    "order the most ",
]


@pytest.mark.parametrize("blanks", [" " * 500, "\n \n" * 160, "\t\u00a0" * 250], ids=["spaces", "lines", "others"])
def test_no_run_of_blanks_takes_long(blanks: str) -> None:
    names, began = _shop("films"), time.process_time()
    found = understand(f"no comedy{blanks}more drama", names)
    assert time.process_time() - began < 1.0
    assert found.parts == understand("no comedy, more drama" if "\n" in blanks else "no comedy more drama", names).parts


@pytest.mark.parametrize("word", REPEATED)
def test_no_repetition_takes_long(word: str) -> None:
    """Patterns that try each way of splitting a run of words would take hours."""
    names, began = _shop("shop_zh" if word >= "\u3400" else "films"), time.process_time()
    understand(word * 40, names)
    assert time.process_time() - began < 1.0


HOSTILE = (
    *(
        "看",
        "的",
        "只",
        "the ",
        "of the ",
        "all the ",
        "her ",
        "买了",
        "她的",
        "Alien, ",
        "horror or ",
        "1,",
        "if ",
        "(a",
    ),
    *("she had not seen ", "sorry, ", "不对，", "no horror nor ", "如果没看过", "borrowed "),
)
MIXED = (
    ("the ", "all ", "any ", "of ", "her ", "those ", "my "),
    ("she ", "has ", "had ", "not ", "never ", "bought ", "seen "),
    ("if ", "had ", "she ", "the ", "Alien ", "and ", "not ", "watched "),
    ("看", "的", "来", "点", "她", "都", "只", "就"),
    ("如果", "没", "看过", "她", "买", "了", "，", "Alien", "会"),
    ("(", "a ", "(b, ", ") ", "no "),
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_long_line_takes_long(piece: str) -> None:
    names, began = _shop("films"), time.process_time()
    understand((piece * 2000)[:2000], names)
    assert time.process_time() - began < 1.5


@pytest.mark.parametrize("pieces", MIXED)
def test_no_long_mixture_takes_long(pieces: tuple[str, ...]) -> None:
    order = random.Random(7)
    text = "".join(order.choice(pieces) for _ in range(2000))[:2000]
    names, began = _shop("films"), time.process_time()
    understand(text, names)
    assert time.process_time() - began < 1.5


def test_what_stands_behind_the_longest_line_is_said_to_be_not_understood() -> None:
    text = f"no horror, {'something slow and quiet, ' * 60}only comedies"
    found = understand(text, _shop("films"))
    assert Category("Horror", "no") in found.parts
    assert Category("Comedy", "only") not in found.parts
    (start, end) = found.missed[-1]
    assert end == len(text)
    assert start <= LONGEST
    assert text[:start].endswith(",")


def test_what_is_said_many_times_means_what_it_says_once() -> None:
    assert understand(f"{'no ' * 40}horror", _shop("films")).parts == (Category("Horror", "no"),)
    assert understand(f"{'不要' * 30}恐怖片", _shop("films")).parts == (Category("Horror", "no"),)


@pytest.mark.parametrize("digit", ["9", "九"])
def test_a_number_that_no_figure_holds_is_no_amount(digit: str) -> None:
    understood = understand(f"under {digit * 400}", _shop("shop"))
    assert not [part for part in understood.parts if isinstance(part, Price | Count)]


@pytest.mark.parametrize("said", ["under 30 dollars, no,", "hide horror, nope, ", "no horror, nah,  "])
def test_a_line_may_end_where_it_begins_to_take_something_back(said: str) -> None:
    found = understand(said, _shop("films"))
    assert all(0 <= start < end <= len(said) for start, end in found.missed)


@pytest.mark.parametrize("said", ["400以下，说错了，降到300，f", "在400，说错了，300以下，f"])
def test_what_is_missed_of_a_corrected_line_stands_in_the_text(said: str) -> None:
    catalogue = Catalogue(*(pa.array([text]) for text in ("1", "一勺糖", "甜品", "小满, 2020")), np.array([np.nan]))
    found = understand(said, Names(catalogue, ()))  # where nothing has a price
    assert found.missed
    assert all(0 <= start < end <= len(said) for start, end in found.missed)
