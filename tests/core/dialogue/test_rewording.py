"""What a generator says again of a score or a user: it may say less, and nothing more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.dialogue.names import Names
from core.dialogue.rewording import beyond, reworded
from core.language.generator import Prompt
from core.progress import Progress
from tests.benchmarks.requests_bench import shops

SOURCE = "Most of what speaks for it is Content (62 %). “Titanic” gave 41 % of what past events gave."
CHINESE = "支持它的主要是内容（62 %）。“Titanic”占过去事件所给的 41 %。"


class Writer:
    """Writes what it was told to."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.asked: list[Prompt] = []

    def prompt(self, task: str, shown: object, request: str) -> Prompt:
        return Prompt(f"{task}{shown}", request)

    def write(self, prompt: Prompt, progress: Progress, seconds: float, most: int) -> Iterator[str]:
        progress.check()
        assert seconds > 0
        assert most
        self.asked.append(prompt)
        yield from self.text


@pytest.fixture(scope="module")
def films() -> Names:
    return shops()["films"]


@pytest.mark.parametrize(
    "said",
    [
        "It is listed mostly for its content (62 %).",
        "Of the past events, “Titanic” counts with 41 %.",
        "Content makes up most of it.",
    ],
)
def test_what_the_figures_bear_may_be_said(said: str, films: Names) -> None:
    assert beyond(said, SOURCE, films) == []


@pytest.mark.parametrize(
    ("said", "too_much"),
    [
        ("Content gave 63 %.", "63"),
        ("“Alien” gave 41 %.", "Alien"),
        ("The user watched Alien too.", "Alien"),
        ("It is listed because of Titanic.", "because"),
        ("The user loves Titanic.", "loves"),
        ("It has always been so.", "always"),
        ("Past events do not count.", "not"),
        ("More horror like Titanic.", "horror"),
        ("It was made by Pixar.", "Pixar"),
    ],
)
def test_what_they_do_not_bear_is_told(said: str, too_much: str, films: Names) -> None:
    assert too_much in beyond(said, SOURCE, films)


def test_chinese_is_held_to_its_figures_too(films: Names) -> None:
    assert beyond("它上榜主要靠内容（62 %）。", CHINESE, films) == []
    assert beyond("用户一定喜欢“Titanic”。", CHINESE, films) == ["一定"]
    assert "63" in beyond("内容占 63 %。", CHINESE, films)


def test_nothing_is_handed_on_from_the_first_sentence_that_says_more(films: Names) -> None:
    writer = Writer("It is mostly for its content (62 %). The user adores it. “Titanic” gave 41 %. ")
    wrong: list[str] = []
    said = list(reworded(SOURCE, writer, Progress(), films, wrong.extend))  # type: ignore[arg-type]
    assert said == ["It is mostly for its content (62 %)."]
    assert wrong == ["adores"]
    assert writer.asked[0].rest == SOURCE
    assert "plainer words" in writer.asked[0].fixed
    list(reworded(CHINESE, writer, Progress(), films))  # type: ignore[arg-type]
    assert "通俗" in writer.asked[1].fixed
