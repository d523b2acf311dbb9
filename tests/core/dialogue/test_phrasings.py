"""The many ways in which people say one thing; none of these is in the bench."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from core.dialogue.grammar import understand
from core.dialogue.names import Names
from core.sequences.log import Catalogue
from tests.benchmarks.requests_bench import meaning, shops


@pytest.fixture(scope="module")
def shop() -> dict[str, Names]:
    return shops()


FILMS: tuple[tuple[dict[str, object], str], ...] = (
    (
        {"no": ["Horror"]},
        "ditch the horror|leave horror out|horror is out|take horror off the list|get rid of all the horror"
        "|quit recommending horror|I'd rather not see any horror|spare her the horror|can we do without horror"
        "|horror? no.|anything except horror|恐怖片免谈|恐怖片就不用了|砍掉恐怖片|别碰恐怖片|恐怖片一部都不要"
        "|剔除恐怖类",
    ),
    (
        {"no": ["Horror", "War"]},
        "weed out horror and war|horror and war are all out|horror is out, so is war|恐怖、战争一律排除",
    ),
    (
        {"less": ["Drama"]},
        "dial back the drama|ease off on drama|tone the dramas down|way too much drama|as little drama as possible"
        "|剧情片降降温|剧情片压一压|剧情片的比重调低|少来剧情片",
    ),
    (
        {"more": ["Comedy"]},
        "bump up comedy|plenty of comedies please|go heavier on comedy|add comedy|turn comedy up a bit"
        "|as many comedies as possible|喜剧再加点|喜剧的权重调高|多来几部喜剧|喜剧往上提一提",
    ),
    ({"only": ["Comedy"]}, "strictly comedies|nothing except comedies|line up some comedies|只留喜剧|只给我喜剧片"),
    ({"no": ["Horror"], "more": ["Comedy"]}, "trade horror for comedy|not horror but comedy|用喜剧代替恐怖片"),
    (
        {"like": ["Titanic"]},
        "same vibe as Titanic|in the Titanic mould|that reminds me of Titanic|跟Titanic一个风格的|Titanic那种感觉的",
    ),
    (
        {"dislike": ["Titanic"]},
        "she couldn't stand Titanic|Titanic bored her|he was disappointed by Titanic|he finds Titanic dull"
        "|他烦Titanic|Titanic觉得很难看",
    ),
    (
        {"years": [1980, None]},
        "nothing made before 1980|1980 to present|no older than 1980|at least from 1980|不要1980年以前的|不早于1980年",
    ),
    ({"years": [None, 1989]}, "nothing from after 1989|1990年以后的都不要|早于1990年的|不晚于1989年"),
    ({"years": [1990, 1999]}, "released between 1990 and 1999|1990年代|上世纪九十年代"),
    ({"history": [{"do": "remove", "item": "Titanic"}]}, "take Titanic out of his history|把Titanic从历史里拿掉"),
    ({"history": [{"do": "add", "item": "Titanic"}]}, "add Titanic to her history|把Titanic加进她的历史"),
    (
        {"history": [{"do": "until", "date": "1998-01-01"}]},
        "pretend today is 1 January 1998|rewind to 1 January 1998|假设今天是1998年1月1日",
    ),
    (
        {"command": "undo"},
        "scrap that|take the last one back|undo the last change|撤销刚才那条|把刚加的条件去掉|回退一步",
    ),
    (
        {"command": "reset"},
        "clear all filters|forget all that, start over|back to the original list|清空所有条件重新来|恢复默认",
    ),
)
SHOP: tuple[tuple[dict[str, object], str], ...] = (
    (
        {"price": [None, 60.0]},
        "nothing that costs more than 60|don't show anything above $60|60 is the ceiling|skip items over 60|sub-$60"
        "|去掉60元以上的|60块封顶|最贵不过60|60以上的不要",
    ),
    ({"price": [20.0, None]}, "skip anything under $20|nothing that costs under 20|20元以下的都去掉"),
    ({"price": [20.0, 40.0]}, "in the 20 to 40 range|more than 20 but less than 40 dollars|价格卡在20到40"),
    ({"price": [300.0, 400.0]}, "三四百块的"),
    ({"price": [None, 50.0]}, "less than 50 each|what can she get for 50 dollars|五十块能买什么"),
    ({"count": 6}, "half a dozen will do|keep it at six|a shortlist of six|缩短到六个|挑六个|列表加长到6个"),
    (
        {"history": [{"do": "only", "behaviour": "purchase"}]},
        "only purchases|look only at purchases|nothing but purchases|仅购买",
    ),
    ({"count": 24}, "two dozen suggestions"),
    (
        {"most": {"brand": 2}},
        "no brand more than twice|each brand may appear at most twice|no three from the same brand"
        "|同一个牌子最多出现两次",
    ),
    ({"most": {"brand": 1}}, "no two from the same brand|each from a different brand|品牌不要重复"),
    (
        {"seen": "hide"},
        "only things that are new to her|skip stuff she's already bought|things he hasn't bought yet|不看她买过的"
        "|exclude past purchases|不要重复推荐|去掉买过的",
    ),
    (
        {"seen": "show"},
        "items she has seen may come up again|don't filter out what he already bought|重复的也行|把她买过的也算上"
        "|it's fine to repeat purchases|允许出现看过的",
    ),
    (
        {"target": "purchase"},
        "predict what he'd buy|target: purchase|most likely next purchase|set the target to purchase|预测下一次购买"
        "|which ones is he going to buy?|按购买概率从高到低排|目标改成购买",
    ),
    (
        {"target": "cart"},
        "rank by what is most likely to end up in the cart|what would end up in her cart|看看哪些最容易被她加购",
    ),
    (
        {"history": [{"do": "remove", "behaviour": "view"}]},
        "views shouldn't count|leave views out of the picture|take no notice of views|what if there were no views"
        "|浏览记录都不要|不计浏览|浏览都不算数",
    ),
    (
        {"history": [{"do": "only", "behaviour": "purchase"}, {"do": "latest days", "n": 14}]},
        "only purchases from the last two weeks|只看最近14天的购买记录"
        "|only count what she purchased in the last 14 days",
    ),
    ({"no_brands": ["Ardente", "Oakridge"]}, "no kitchenware from Ardente or Oakridge"),
    ({"lean": {"price": -1}}, "cheapest first|not so pricey|sort by price, low to high|easier on the wallet"),
    ({"lean": {"variety": 1}}, "a wider mix please|mix it up"),
)
CHINESE_SHOP: tuple[tuple[dict[str, object], str], ...] = (
    ({"no_brands": ["华为"]}, "no Huawei|Huawei的不要|别推华为的"),
    ({"no": ["零食"], "count": 20}, "零食就算了，其他的给我二十个"),
    ({"most": {"brand": 2}, "only_brands": ["小米", "华为"]}, "小米、华为各推荐两款"),
)


@pytest.mark.parametrize(("domain", "families"), [("films", FILMS), ("shop", SHOP), ("shop_zh", CHINESE_SHOP)])
def test_ways_of_saying_one_thing(
    shop: dict[str, Names], domain: str, families: tuple[tuple[dict[str, object], str], ...]
) -> None:
    wrong = [
        (said, got)
        for meant, ways in families
        for said in ways.split("|")
        if (got := meaning(understand(said, shop[domain]).parts)) != meant
    ]
    assert not wrong, "\n".join(map(str, wrong))


def test_strays_among_years_are_no_brands() -> None:
    column = [f"{1950 + number % 50}" for number in range(60)] + ["V"]
    titles = [f"Film of {number}" for number in range(61)]
    none = [None] * 61
    catalogue = Catalogue(
        *(pa.array(values, pa.string()) for values in (titles, titles, none, column)), np.full(61, np.nan, np.float32)
    )
    names = Names(catalogue, ["view"])
    assert names.brands == ()
    assert names.dated


def _named(rows: list[tuple[str, str, str, float]], behaviours: list[str]) -> Names:
    titles, categories, brands, prices = zip(*rows, strict=True)
    columns = [[f"x{place}" for place in range(len(rows))], titles, categories, brands]
    catalogue = Catalogue(*(pa.array(values, pa.string()) for values in columns), np.array(prices, np.float32))
    return Names(catalogue, behaviours)


SHELVES = [
    (f"{brand} {title}", category, brand, price)
    for brand in ("Berghof", "Casa Verde")
    for title, category, price in (
        ("Apples", "Fruit & Vegetables", 2.9),
        ("Butter", "Dairy", 2.4),
        ("Rye Bread", "Bakery", 3.1),
        ("Crisps", "Snacks", 1.9),
        ("Lager", "Wine & Beer", 1.4),
    )
]
RECORDS = [
    ("Blue Morning", "Jazz", "Ella Stone", np.nan),
    ("Night Train", "Jazz", "Ella Stone", np.nan),
    ("Electric Eye", "Rock", "The Falcons", np.nan),
    ("Country Roads", "Country", "Joe Dale", np.nan),
]
BOOKS = [
    ("三体", "科幻小说", "重庆出版社", 48.0),
    ("围城", "文学小说", "人民文学出版社", 36.0),
    ("万历十五年", "历史", "中华书局", 42.0),
    ("算法导论", "计算机", "机械工业出版社", 128.0),
    ("家常菜", "烹饪", "中国轻工业", 45.0),
]


@pytest.mark.parametrize(
    ("rows", "behaviours", "said", "meant"),
    [
        (SHELVES, ["view", "order"], "more veg and fewer snacks", {"more": ["Fruit & Vegetables"], "less": ["Snacks"]}),
        (SHELVES, ["view", "order"], "what will she order next?", {"target": "order"}),
        (SHELVES, ["view", "order"], "no beer, below 3 euros", {"no": ["Wine & Beer"], "price": [None, 3.0]}),
        (RECORDS, ["listen", "skip"], "twenty tracks, one per artist", {"count": 20, "most": {"brand": 1}}),
        (RECORDS, ["listen", "skip"], "skips don't count", {"history": [{"do": "remove", "behaviour": "skip"}]}),
        (RECORDS, ["listen", "skip"], "her last 50 listens only", {"history": [{"do": "latest", "n": 50}]}),
        (RECORDS, ["listen", "skip"], "hide songs she has heard or listened to", {"seen": "hide"}),
        (BOOKS, ["浏览", "购买"], "五十块以内的历史书", {"price": [None, 50.0], "only": ["历史"]}),
        (BOOKS, ["浏览", "购买"], "买过的书别再推荐", {"seen": "hide"}),
        (BOOKS, ["浏览", "购买"], "no cookbooks", {"no": ["烹饪"]}),
        (BOOKS, ["浏览", "购买"], "每个出版社最多两本", {"most": {"brand": 2}}),
    ],
)
def test_other_trades_are_understood(
    rows: list[tuple[str, str, str, float]], behaviours: list[str], said: str, meant: dict[str, object]
) -> None:
    got = meaning(understand(said, _named(rows, behaviours)).parts)
    assert {name: value for name, value in got.items() if name != "wish"} == meant


@pytest.mark.parametrize(
    ("domain", "said", "meant"),
    [
        ("shop_zh", "麻烦推荐几个手机", {"only": ["手机"]}),
        ("shop_zh", "差不多五百块的手机", {"price": [400.0, 600.0], "only": ["手机"]}),
        ("shop_zh", "来点别的", {}),
        ("shop_zh", "补水面膜", {}),
        ("shop", "a rubbish bin for the kitchen", {"only": ["Kitchen"]}),
        ("shop", "something low on energy use", {}),
        ("shop", "push-up bars", {}),
        ("films", "films about a serial killer", {}),
        ("films", "how to lose weight", {}),
        ("shop", "around 100 dollars and less popular", {"price": [80.0, 120.0], "lean": {"popularity": -1}}),
        ("shop", "top 7 and at most three of each category", {"count": 7, "most": {"category": 3}}),
        ("shop", "ignore views, skip toys", {"history": [{"do": "remove", "behaviour": "view"}], "no": ["Toys"]}),
    ],
)
def test_words_within_others_say_nothing(
    shop: dict[str, Names], domain: str, said: str, meant: dict[str, object]
) -> None:
    got = meaning(understand(said, shop[domain]).parts)
    assert {name: value for name, value in got.items() if name != "wish"} == meant


def test_a_title_is_that_item_and_not_its_sequel() -> None:
    films = [("Young Guns II (1990)", "Western", "", np.nan), ("Young Guns (1988)", "Western", "", np.nan)]
    assert meaning(understand("like Young Guns", _named(films, ["view"])).parts) == {"like": ["Young Guns (1988)"]}
