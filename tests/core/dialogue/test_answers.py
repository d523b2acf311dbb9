"""What a generator may say of a list: every number and every name must be among the facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dialogue.answers import Facts, answer, sentences, unborne
from core.dialogue.names import Names
from core.language.generator import Generator, Prompt
from core.progress import Progress
from tests.benchmarks.requests_bench import shops

FACTS = Facts(
    {"items": 10, "new in the list": 4, "content": 0.625, "price of Alien": 29.5},
    ("Alien", "Paddington 2", "流浪地球"),
    ("Horror", "content"),
)


@pytest.fixture(scope="module")
def films() -> Names:
    return shops()["films"]


@pytest.mark.parametrize(
    "text",
    [
        "The list has 10 items, and 4 of them are new.",
        "“Alien” stands first and costs 29.50.",
        "Mostly for its content (62 %), or 62.5 %.",
        "There are four new items.",
        "I put “Paddington 2” second.",
        "列表有10个物品，其中四个是新的，第一是《流浪地球》。",
        "Less horror now.",
    ],
)
def test_what_the_facts_say_may_be_said(text: str, films: Names) -> None:
    assert unborne(text, FACTS, films) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The list has 12 items.", "12"),
        ("It costs 29.40.", "29.40"),
        ("There are seven new items.", "seven"),
        ("“Heat” stands first.", "Heat"),
        ("The best one is Blade Runner.", "Blade"),
        ("其中三个是新的。", "三"),
        ("第一是《霸王别姬》。", "霸王别姬"),
        ("It is 63 % content.", "63"),
        ("It is about comedies.", "comedies"),
    ],
)
def test_what_they_do_not_say_is_found(text: str, wrong: str, films: Names) -> None:
    assert any(wrong in found for found in unborne(text, FACTS, films))


@given(st.integers(0, 10_000), st.floats(0, 5_000).map(lambda value: round(value, 2)))
def test_no_other_number_passes(number: int, figure: float) -> None:
    facts = Facts({"a": figure})
    near = {round(figure), round(100 * figure) if figure <= 1 else round(figure)}
    assert (unborne(f"there are {number} of them", facts) == []) is (number in near)


def test_sentences_come_one_by_one_and_never_half() -> None:
    pieces = iter(["The list has", " 3.5 of it. And", " so on! 这是", "一句。还有", " rest without an end"])
    assert list(sentences(pieces)) == ["The list has 3.5 of it.", "And so on!", "这是一句。"]


class Told:
    """In the place of a generator: says what it was told to."""

    def __init__(self, text: str) -> None:
        self.text, self.asked = text, ""

    def prompt(self, task: str, shown: object, request: str) -> Prompt:
        self.asked = request
        return Prompt(task + str(shown), request)

    def write(self, *_: object) -> Iterator[str]:
        yield from self.text


def test_nothing_is_shown_from_the_first_wrong_sentence_on(films: Names) -> None:
    told = Told("The list has 10 items. It is full of Casablanca. 4 are new.")
    wrong: list[str] = []
    shown = list(answer(FACTS, "less horror", cast(Generator, told), Progress(), films, wrong.extend))
    assert "Casablanca" in wrong
    assert shown == ["The list has 10 items."]
    assert told.asked.startswith("less horror | items 10; new in the list 4;")
    assert "titles “Alien”, “Paddington 2”" in told.asked
