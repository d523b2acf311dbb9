"""Requests that a generator reads: the form, what it may name, and what of its answer the request bears."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from core.dialogue import asking
from core.dialogue.asking import borne, candidates, examples, heard, parsed, schema
from core.dialogue.names import Names
from core.dialogue.structure import Category, Count, Edit, Item, Most, Part, Price, Wish, Years
from core.errors import SeqlensError
from core.language import generator
from core.language.generator import Generator, Prompt
from core.progress import Progress
from tests.benchmarks.requests_bench import shops
from tests.core.language.test_generator import needs_extra, tiny_generator


@pytest.fixture(scope="module")
def films() -> Names:
    return shops()["films"]


class Told:
    """In the place of a generator: answers what it was told to, and remembers what it was asked."""

    def __init__(self, answer: object) -> None:
        self.answer = json.dumps(answer)
        self.chats = True
        self.prompts: list[Prompt] = []
        self.schema: Mapping[str, object] | None = None

    def prompt(self, task: str, shown: list[tuple[str, str]], request: str) -> Prompt:
        return Prompt(task + str(shown), request)

    def write(self, prompt: Prompt, *_: object) -> Iterator[str]:
        self.prompts.append(prompt)
        self.schema = cast("Mapping[str, object]", _[-1])
        yield from self.answer


def _heard(text: str, answer: object, names: Names) -> tuple[Part, ...]:
    return heard(text, names, cast(Generator, Told(answer)), Progress()).parts


def _kinds(form: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [kind["properties"] for kind in form["items"]["anyOf"]]


def test_only_names_of_the_catalogue_can_be_written(films: Names) -> None:
    found = candidates("something like Alien but no horrr", films)
    assert "Alien" in found.titles
    assert set(found.categories) >= set(films.categories)
    form = schema(found)
    named = [kind for kind in _kinds(form) if kind["kind"]["const"] == "category"]
    assert set(named[0]["name"]["enum"]) == set(found.categories)
    items = [kind for kind in _kinds(form) if kind["kind"]["const"] == "item"]
    assert set(items[0]["title"]["enum"]) == set(found.titles)


def test_a_model_that_does_not_chat_takes_no_category_that_the_request_does_not_name(films: Names) -> None:
    found = candidates("less horror, and something for my aunt", films, wide=False)
    assert "Horror" in found.categories
    assert len(found.categories) < len(films.categories) / 2
    assert candidates("something for my aunt", films, wide=False).categories == ()


def test_what_the_data_lack_cannot_be_asked_for() -> None:
    kinds = {kind["kind"]["const"] for kind in _kinds(schema(asking.Candidates((), (), {}, ()), False, False))}
    assert kinds == {"count", "most", "seen", "lean", "wish", "command", "history"}


def test_the_examples_are_answers_that_the_form_takes(films: Names) -> None:
    form = schema(candidates("Alien", films))
    for _, answer in examples(films):
        parts = json.loads(answer)
        assert list(parsed(answer, candidates("", films)))
        for part in parts:
            assert any(_fits(part, kind) for kind in _kinds(form)), part


def _fits(part: dict[str, Any], kind: dict[str, Any]) -> bool:
    def takes(value: object, what: dict[str, Any]) -> bool:
        return ("const" not in what or value == what["const"]) and ("enum" not in what or value in what["enum"])

    return list(part) == list(kind) and all(takes(part[name], kind[name]) for name in part)


def test_an_answer_becomes_parts(films: Names) -> None:
    answer = [
        {"kind": "category", "name": "Horror", "how": "less"},
        {"kind": "item", "title": "Alien", "how": "like"},
        {"kind": "price", "low": None, "high": 30},
        {"kind": "wish", "text": "funny", "weight": 1},
        {"kind": "history", "do": "latest", "number": 10},
    ]
    parts = _heard("less horror, like Alien but funny, up to 30, from the last 10 events", answer, films)
    assert parts[0] == Category("Horror", "less")
    assert isinstance(parts[1], Item)
    assert films.titles[films.ids.index(parts[1].id)] == "Alien"
    assert parts[2:] == (Price(None, 30), Wish("funny", 1.0), Edit("latest", number=10))


def test_what_the_request_does_not_say_is_left_out(films: Names) -> None:
    made_up = [
        {"kind": "price", "low": 20, "high": 70},
        {"kind": "count", "number": 12},
        {"kind": "wish", "text": "romantic", "weight": 1},
    ]
    found = heard("something nice", films, cast(Generator, Told(made_up)), Progress())
    assert found.parts == ()
    assert found.not_understood == ["something nice"]


@pytest.mark.parametrize(
    ("part", "text", "expected"),
    [
        (Price(None, 30), "under $30", True),
        (Price(80, 120), "around 100", True),
        (Price(None, None), "cheap", False),
        (Price(None, 1500), "一千五以内", True),
        (Count(5), "five please", True),
        (Most(2), "每类最多两个", True),
        (Years(1990, 1999), "from the nineties", True),
        (Years(1990, 1999), "more comedy", False),
        (Wish("waterproof", 1.0), "a waterproof one", True),
        (Wish("防水", 1.0), "要防水的", True),
        (Wish("cheap", 1.0), "a waterproof one", False),
        (Edit("since", day="2024-05-01"), "since May", False),
        (Edit("latest", number=3), "the last three", True),
    ],
)
def test_figures_and_words_stand_in_the_request(part: Part, text: str, expected: bool) -> None:
    assert borne(part, text) is expected


def test_a_form_that_is_none_is_refused(films: Names) -> None:
    with pytest.raises((SeqlensError, ValueError, KeyError)):
        _heard("x", [{"kind": "colour", "name": "red"}], films)


@needs_extra
def test_whatever_a_model_writes_are_parts(films: Names, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny = Generator.open(tiny_generator(tmp_path / "tiny"))
    monkeypatch.setattr(asking, "examples", lambda _: [])  # its prompts would take a while, byte by byte
    answers: list[str] = []
    parsed_ = asking.parsed
    monkeypatch.setattr(asking, "parsed", lambda answer, names: (answers.append(answer), parsed_(answer, names))[1])
    monkeypatch.setattr(asking, "MOST_TOKENS", 1500)
    for text in ("less horror", "像异形一样但更搞笑"):
        understood = heard(text, films, tiny, Progress())
        assert all(borne(part, text) for part in understood.parts)
    assert all(isinstance(json.loads(answer), list) for answer in answers)
    assert generator.missing("") == []
