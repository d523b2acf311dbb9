"""Families of wordings that mean one thing, kept in `wordings.jsonl` beside this file; none is in the bench."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.dialogue.grammar import understand
from core.dialogue.names import Names
from core.dialogue.structure import Edit, Wish
from tests.benchmarks.requests_bench import Meaning, Request, judged, shops

_SHOPS: dict[str, Names] = {}
FAMILIES = [json.loads(line) for line in (Path(__file__).parent / "wordings.jsonl").read_text("utf-8").splitlines()]


def _shop(domain: str) -> Names:
    if not _SHOPS:
        _SHOPS.update(shops())
    return _SHOPS[domain]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: str(family["ways"][0])[:40])
def test_every_wording_of_a_family_means_the_same(family: dict[str, object]) -> None:
    domain, means, ways = str(family["domain"]), family["means"], family["ways"]
    assert isinstance(means, dict)
    assert isinstance(ways, list)
    wrong = [(said, got) for said in ways if (got := _got(domain, said, means)) is not None]
    assert not wrong


def _got(domain: str, said: str, means: Meaning) -> Meaning | None:
    """What was understood where it is not what is meant."""
    answer = judged(Request("", domain, said, means, ()), understand(said, _shop(domain)))
    return None if answer.exact else answer.got


@pytest.mark.parametrize("said", ["not the first one", "more like the second one"])
def test_a_place_in_the_list_is_said_to_be_not_understood(said: str) -> None:
    found = understand(said, _shop("shop"))
    assert not found.parts
    assert found.missed


def test_what_cannot_be_supposed_is_said() -> None:
    found = understand("what if she had not bought the phone but had bought a laptop", _shop("shop"))
    assert [(part.do, part.category) for part in found.parts if isinstance(part, Edit)] == [("remove", "Phones")]
    assert found.not_understood == ["but had bought a laptop"]


@pytest.mark.parametrize(
    ("domain", "said"),
    [
        ("films", "westerns I can take or leave"),
        ("shop", "toys broke last time"),
        ("shop", "Ardente knives were a hit"),
        ("shop_zh", "买了三个了都"),
        ("shop_zh", "面霜她有了"),
        ("shop_zh", "截至上个月底的数据"),
        ("films", "他还会给Gravity打分吗"),
        ("shop", "15 inch screen protectors for my 3 kids"),
        ("shop_zh", "给两个孩子用的"),
    ],
)
def test_what_is_told_asks_for_nothing(domain: str, said: str) -> None:
    found = understand(said, _shop(domain))
    assert not [part for part in found.parts if not isinstance(part, Wish)]
