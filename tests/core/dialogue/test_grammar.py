"""What requests are understood as; none of these is in the bench."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.dialogue.grammar import understand
from core.dialogue.names import Names
from tests.benchmarks.requests_bench import answer, meaning, requests, shops


@pytest.fixture(scope="module")
def shop() -> dict[str, Names]:
    return shops()


def test_the_bench_is_understood(shop: dict[str, Names]) -> None:
    answers = [answer(request, shop[request.domain]) for request in requests()]
    assert len(answers) == 200
    for language in ("en", "zh"):
        own = [found.constraints for found in answers if found.request.id.startswith(language)]
        assert sum(own) / len(own) >= 0.95


FILMS = [
    ("I don't want any horror or thrillers", {"no": ["Horror", "Thriller"]}),
    ("fewer action movies and more drama", {"less": ["Action"], "more": ["Drama"]}),
    ("no films from before 1970", {"years": [1970, None]}),
    ("anything from the eighties or nineties", {"years": [1980, 1999]}),
    ("Seven was great, more of that", {"like": ["Seven"]}),
    ("similar to Seven and Fight Club, not so bleak", {"like": ["Seven", "Fight Club"], "wish": [["bleak", -1]]}),
    ("sience fiction from the 80's", {"years": [1980, 1989], "only": ["Sci-Fi"]}),
    ("Horror: no. Comedy: yes.", {"no": ["Horror"], "only": ["Comedy"]}),
    ("ignore ratings from before 1998", {"history": [{"do": "since", "behaviour": "rating", "date": "1998-01-01"}]}),
    ("what if Titanic had not been watched", {"history": [{"do": "remove", "item": "Titanic", "behaviour": "view"}]}),
    ("assume he never watched any horror", {"history": [{"do": "remove", "category": "Horror", "behaviour": "view"}]}),
    (
        "suppose she had seen Inception instead of Gravity",
        {
            "history": [
                {"do": "add", "item": "Inception", "behaviour": "view"},
                {"do": "remove", "item": "Gravity", "behaviour": "view"},
            ]
        },
    ),
    ("不要恐怖片，多一点喜剧", {"no": ["Horror"], "more": ["Comedy"]}),
    ("八九十年代的", {"years": [1980, 1999]}),
    ("更多喜剧，不要动画", {"more": ["Comedy"], "no": ["Animation"]}),
]
SHOP = [
    ("I'd prefer Arcadia over Kestrel", {"more_brands": ["Arcadia"], "less_brands": ["Kestrel"]}),
    ("swap phones for laptops", {"no": ["Phones"], "more": ["Laptops"]}),
    ("phone cases below 20", {"price": [None, 20.0], "wish": [["phone cases", 1]]}),
    ("cheaper than the Kestrel Pro 15", {"price": [None, 1899.0]}),
    ("hmm, too expensive", {"lean": {"price": -1}}),
    ("limit each category to 2", {"most": {"category": 2}}),
    ("top 3 per category", {"most": {"category": 3}}),
    ("give me the 10 cheapest", {"count": 10, "lean": {"price": -1}}),
    ("halden headphnes", {"only_brands": ["Halden"], "only": ["Headphones"]}),
    (
        "from 2024-01-01 to 2024-03-31 only",
        {"history": [{"do": "since", "date": "2024-01-01"}, {"do": "until", "date": "2024-03-31"}]},
    ),
    ("pretend the purchases never happened", {"history": [{"do": "remove", "behaviour": "purchase"}]}),
    ("exclude what she has bought", {"seen": "hide"}),
    ("no gaming laptops", {"wish": [["gaming laptops", -1]]}),
    ("can you reset?", {"command": "reset"}),
    ("nothing cheaper than 30", {"price": [30.0, None]}),
    ("cheaper than the desk lamp", {"price": [None, 89.0]}),
    ("exclude: books, toys", {"no": ["Books", "Toys"]}),
    ("only her 5 most recent purchases", {"history": [{"do": "latest", "n": 5}]}),
    ("non-Halden headphones", {"no_brands": ["Halden"], "only": ["Headphones"]}),
]
CHINESE_SHOP = [
    ("华为以外的手机", {"no_brands": ["华为"], "only": ["手机"]}),
    ("预算1000到2000", {"price": [1000.0, 2000.0]}),
    ("不低于1000", {"price": [1000.0, None]}),
    ("太贵了", {"lean": {"price": -1}}),
    ("把李宁换成安踏", {"no_brands": ["李宁"], "more_brands": ["安踏"]}),
    ("和华为Mate 60 Pro类似的手机", {"like": ["华为 Mate 60 Pro 512GB 黑色"], "only": ["手机"]}),
    ("女装不要，男装可以多一点", {"no": ["女装"], "more": ["男装"]}),
    ("去掉历史里的手机", {"history": [{"do": "remove", "category": "手机"}]}),
    ("把华为手机从历史记录中删除", {"history": [{"do": "remove", "category": "手机", "brand": "华为"}]}),
    ("图书和零食各来两个", {"most": {"category": 2}, "only": ["图书", "零食"]}),
    ("不要手机壳", {"wish": [["手机壳", -1]]}),
    ("她没买过的", {"seen": "hide"}),
    ("推荐点家用电气", {"only": ["家用电器"]}),
    ("非华为手机", {"no_brands": ["华为"], "only": ["手机"]}),
    ("比拯救者游戏本便宜", {"price": [None, 8499.0]}),
    ("不要100以下的", {"price": [100.0, None]}),
    ("零食类的少放一些", {"less": ["零食"]}),
    ("半年内的行为", {"history": [{"do": "latest days", "n": 182}]}),
    ("不喜欢三只松鼠的牛肉干", {"dislike": ["三只松鼠 牛肉干 麻辣"]}),
]


@pytest.mark.parametrize(
    ("domain", "text", "means"),
    [
        *(("films", *case) for case in FILMS),
        *(("shop", *case) for case in SHOP),
        *(("shop_zh", *case) for case in CHINESE_SHOP),
    ],
)
def test_requests(shop: dict[str, Names], domain: str, text: str, means: dict[str, object]) -> None:
    assert meaning(understand(text, shop[domain]).parts) == means


@pytest.mark.parametrize(
    ("domain", "text", "missed"),
    [
        ("shop", "she just bought a laptop, so no more laptops", ["she just bought a laptop"]),
        ("films", "no more than four dramas", ["no more than four dramas"]),
        ("films", "what is the meaning of 42?", ["what is the meaning of 42"]),
        ("shop_zh", "去年双十一以后的都不算", ["去年双十一以后的都不算"]),
    ],
)
def test_what_is_not_understood_is_said(shop: dict[str, Names], domain: str, text: str, missed: list[str]) -> None:
    assert understand(text, shop[domain]).not_understood == missed


PIECES = [*"abc 不要多少的,.，1290-$元~", "no ", "less ", "horror ", "Alien ", "under ", "1990", "if she had not seen "]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_no_text_is_too_odd(text: str) -> None:
    """Every span lies in the text, and nothing fails."""
    found = understand(text, _films())
    assert all(0 <= start <= end <= len(text) for start, end in found.missed)


_KEPT: list[Names] = []


def _films() -> Names:
    if not _KEPT:
        _KEPT.append(shops()["films"])
    return _KEPT[0]
