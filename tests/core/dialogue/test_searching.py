"""Searches for users in words: the bench, further ways of saying the same, and what must hold for any text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analysis.conditions import ActiveWhen, CategoryShare, Condition, EventCount, FirstSeen, LastOn, LastSeen
from core.dialogue.searching import understand_search
from tests.benchmarks.search_bench import END, searches, services

NEWS, SHOP, VIDEO, SHOP_ZH = (services()[name] for name in ("news", "shop", "video_zh", "shop_zh"))
GOAL = 0.9


def test_the_bench_is_understood() -> None:
    answers = searches()
    assert len(answers) == 40
    assert sum(answer.exact for answer in answers) >= GOAL * len(answers)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("who reads politics in the morning", {ActiveWhen("morning", None), CategoryShare("Politics")}),
        ("readers that shared sports news twice or more", {EventCount("share", "Sports", 2, None, tag=True)}),
        ("active since August", {LastOn("2024-08-01", None)}),
        ("inactive for 3 months", {LastSeen(90.0, None)}),
        ("joined in December", {FirstSeen("2023-12-01", "2023-12-31")}),
        ("Saturday readers", {ActiveWhen(None, "5")}),
    ],
)
def test_english_ways_of_saying_it(text: str, wanted: set[Condition]) -> None:
    found = understand_search(text, NEWS, END)
    assert (set(found.conditions), found.wishes, found.missed) == (wanted, (), ())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("流失的母婴用户", {LastSeen(30, None), CategoryShare("母婴")}),
        ("买了10件以上零食的用户", {EventCount("buy", "零食", 10, None, tag=True)}),
        ("工作日晚上买东西的新用户", {ActiveWhen("evening", "workdays"), FirstSeen("2024-08-31", None)}),
        ("最近30天来过的人", {LastSeen(None, 30.0)}),
    ],
)
def test_chinese_ways_of_saying_it(text: str, wanted: set[Condition]) -> None:
    found = understand_search(text, SHOP_ZH, END)
    assert set(found.conditions) == wanted
    assert found.missed == ()


def test_without_times_nothing_is_said_of_days() -> None:
    found = understand_search("night readers of science who stopped in May", NEWS, None)
    assert found.conditions == (CategoryShare("Science"),)


def test_a_month_without_a_year_is_the_latest_of_the_data() -> None:
    for end, year in ((date(2024, 5, 1), 2024), (date(2024, 4, 30), 2023)):
        found = understand_search("stopped in May", NEWS, end)
        assert found.conditions == (LastOn(f"{year}-05-01", f"{year}-05-31"),)


WORDS = "night 3 at least who never bought phones since May 2024 weekends new the \ue001 %"
SAID = "观众 买过 科幻 五月 以后 停止 超过 次"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*WORDS.split(), *SAID.split()]), max_size=12).map(" ".join) | st.text(max_size=40))
def test_any_text_is_read_and_what_is_missed_lies_in_it(text: str) -> None:
    for names in (SHOP, VIDEO):
        found = understand_search(text, names, END)
        assert found == understand_search(text, names, END)
        for start, end in found.missed:
            assert 0 <= start < end <= len(text)
        for condition in found.conditions:
            if isinstance(condition, EventCount | CategoryShare) and condition.category is not None:
                assert condition.category in names.categories
