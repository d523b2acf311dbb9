"""Behaviours of any name are known by the forms of their own verbs, in English and Chinese."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.dialogue.behaviours import behaved, spelled_out
from core.dialogue.grammar import understand
from core.dialogue.lexicon import behaviour_of
from core.dialogue.names import Names
from core.dialogue.spotting import spotted
from core.sequences.log import Catalogue
from tests.benchmarks.requests_bench import meaning

ENGLISH = (
    ("Knots for Sailors", "Sailing", "Harbour School, 2018"),
    ("Bread at Home", "Cooking", "Mill Street, 2020"),
    ("Cello for Beginners", "Music", "Mill Street, 2015"),
)
CHINESE = (("山路十八弯", "历史", "远山, 2018"), ("一勺糖", "甜品", "小满, 2020"), ("月下荷塘", "国画", "听雨轩, 2015"))


def _names(rows: tuple[tuple[str, str, str], ...], *behaviours: str) -> Names:
    titles, categories, descriptions = zip(*rows, strict=True)
    catalogue = Catalogue(
        pa.array([str(place) for place in range(len(rows))]),
        pa.array(titles),
        pa.array(categories),
        pa.array(descriptions),
        np.full(len(rows), 20.0),
    )
    return Names(catalogue, behaviours)


LENDING = _names(CHINESE, "借阅", "预约", "收藏")
DRIVING = _names(CHINESE, "试驾", "打卡", "听课")
SCHOOL = _names(ENGLISH, "enrol", "attend", "complete")
RENTAL = _names(ENGLISH, "view", "rent", "save_to_shelf")
TRAILS = _names(ENGLISH, "view", "hike")  # which is also what is done to prices
PODCASTS = _names(ENGLISH, "play", "subscribe")


def _removed(item: str, behaviour: str) -> dict[str, object]:
    return {"do": "remove", "item": item, "behaviour": behaviour}


CASES: tuple[tuple[Names, dict[str, object], str], ...] = (
    (LENDING, {"seen": "hide"}, "借过的不要再推荐|已经借阅过的别推|他借过的都藏起来|没借过的|预约过的就别列了"),
    (LENDING, {"history": [{"do": "only", "behaviour": "借阅"}]}, "只算借阅|只看借阅记录|仅统计借阅"),
    (LENDING, {"history": [{"do": "remove", "behaviour": "预约"}]}, "忽略预约记录|预约不算|别算预约"),
    (
        LENDING,
        {"history": [_removed("一勺糖", "借阅")], "target": "预约"},
        "如果他没借过《一勺糖》，会预约什么|要是她没借《一勺糖》，接下来会预约哪些|假如没借阅过一勺糖，他会预约什么"
        "|她没借过《一勺糖》的话，会预约什么",
    ),
    (
        LENDING,
        {"history": [{"do": "remove", "category": "历史", "behaviour": "借阅"}]},
        "假如他没借过历史书|如果她没借过历史类的|要是没有借阅过历史书",
    ),
    (LENDING, {"history": [{"do": "add", "item": "一勺糖", "behaviour": "收藏"}]}, "就当她收藏过《一勺糖》"),
    (
        LENDING,
        {"history": [{"do": "since", "date": "2023-03-01", "behaviour": "借阅"}]},
        "2023年3月之前借的都不算|2023年3月之前的借阅不作数",
    ),
    (DRIVING, {"seen": "hide"}, "试驾过的别推|打过卡的不要再出现|听过课的都去掉"),
    (DRIVING, {"history": [_removed("山路十八弯", "打卡")]}, "假如没打过卡《山路十八弯》|如果他没打卡过《山路十八弯》"),
    (DRIVING, {"target": "试驾"}, "她接下来会试驾什么|目标改成试驾|按试驾概率排序"),
    (
        SCHOOL,
        {"history": [_removed("Bread at Home", "enrol")], "target": "attend"},
        "if she had not enrolled in Bread at Home, what would she attend next"
        "|had he never enrolled in Bread at Home, what would he attend",
    ),
    (SCHOOL, {"seen": "hide"}, "hide what she has already attended|skip everything he's already enrolled in"),
    (SCHOOL, {"history": [{"do": "only", "behaviour": "complete"}]}, "only count completions|only her completions"),
    (SCHOOL, {"history": [{"do": "remove", "behaviour": "enrol"}]}, "ignore enrolments|don't count enrolments"),
    (
        RENTAL,
        {"history": [{"do": "since", "date": "2024-05-01", "behaviour": "rent"}]},
        "ignore everything he rented before May 2024|drop all she rented before May 2024",
    ),
    (RENTAL, {"target": "rent"}, "what would she rent next|rank by likelihood to rent"),
    (
        RENTAL,
        {"history": [{"do": "add", "item": "Cello for Beginners", "behaviour": "save_to_shelf"}]},
        "pretend he had put Cello for Beginners on his shelf|suppose she had added Cello for Beginners to her shelf"
        "|what if Cello for Beginners were on her shelf",
    ),
    (TRAILS, {"history": [_removed("Bread at Home", "hike")]}, "if he'd never hiked Bread at Home"),
    (TRAILS, {"seen": "hide"}, "hide everything he has already hiked|skip what she has hiked"),
    (TRAILS, {"target": "hike"}, "what would she hike next|rank them by how likely she is to hike"),
    (PODCASTS, {"seen": "hide"}, "skip everything she has already heard|hide what he's heard|nothing she has heard"),
    (PODCASTS, {"target": "play"}, "what would she hear next|which ones will he listen to next"),
)


@pytest.mark.parametrize(
    ("names", "means", "said"), [(names, means, said) for names, means, ways in CASES for said in ways.split("|")]
)
def test_a_behaviour_is_known_by_the_forms_of_its_name(names: Names, means: dict[str, object], said: str) -> None:
    found = understand(said, names)
    assert meaning(found.parts) == means
    assert not found.not_understood


@pytest.mark.parametrize("said", ["大约两百块的", "不用预约的餐厅", "一本借鉴古人的书", "I reserve judgement"])
def test_a_word_that_only_looks_like_a_behaviour_changes_no_history(said: str) -> None:
    assert "history" not in meaning(understand(said, LENDING).parts)


def test_a_behaviour_that_is_a_word_of_the_grammar_too_is_meant_where_somebody_does_it() -> None:
    assert "history" not in meaning(understand("hike the sailing up", TRAILS).parts)


def test_a_form_that_two_behaviours_share_is_of_neither() -> None:
    names = _names(CHINESE, "借阅", "借出")
    assert "history" not in meaning(understand("假如他没借过《一勺糖》", names).parts)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["借", "过", "阅", "预约", "了", "收藏", " enrolled", " attend", "的", "《一勺糖》"])))
def test_what_is_written_as_one_character_is_spelled_out_again(pieces: list[str]) -> None:
    text = "".join(pieces)
    for names in (LENDING, SCHOOL):
        line = spotted(text, names)
        before = line.words(0, len(line.line))
        behaved(line, names.behaviours)
        assert line.words(0, len(line.line)) == before
        spelled_out(line)
        assert line.words(0, len(line.line)) == before
        assert len(line.line) == len(line.places)


@pytest.mark.parametrize(
    ("said", "names", "meant"),
    [
        ("order", ("cancel_order", "order", "view"), "order"),
        ("click", ("ad_click", "click"), "click"),
        ("view", ("page_view", "purchase"), "page_view"),
        ("in the cart", ("remove_from_cart", "add_to_cart"), "add_to_cart"),
        ("wishlist", ("remove_from_wishlist", "view"), ""),
        ("like", ("un-like", "view"), ""),
        ("interested", ("not interested", "view"), ""),
    ],
)
def test_a_behaviour_of_this_very_name_comes_first_and_its_contrary_never(
    said: str, names: tuple[str, ...], meant: str
) -> None:
    assert behaviour_of(said, names) == meant


@pytest.mark.parametrize(
    "said",
    [
        "the likes of Bread at Home don't count",
        "ignore that she liked Bread at Home",
        "her likes of Bread at Home don't count",
    ],
)
def test_of_an_item_only_the_events_that_are_named_go(said: str) -> None:
    names = _names(ENGLISH, "like", "view")
    assert meaning(understand(said, names).parts) == {"history": [_removed("Bread at Home", "like")]}
