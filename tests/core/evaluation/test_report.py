"""The page needs nothing else, escapes what comes from the data, and speaks both languages."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest

from core.evaluation.printed import sheet
from core.evaluation.report import MODEL_NAMES, Words, page
from core.evaluation.setting_names import OF_MODELS, OF_READING, OF_TRAINING
from tests.comparisons import comparison, contender

HOSTILE = '<script>alert("1")</script>'


class Tags(HTMLParser):
    """Every tag with its attributes, and every text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())


def test_the_page_needs_nothing_else() -> None:
    text = page(comparison())
    found = Tags(text)
    assert found.open == [], "every element is closed"
    names = {tag for tag, _ in found.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "base"}
    for _, attributes in found.tags:
        assert not any(name.startswith("on") or name in ("src", "href", "xlink:href") for name in attributes)
    assert "url(" not in text
    assert "@import" not in text
    assert "://" not in text


def test_parts_of_the_test_tell_their_differences() -> None:
    gains = np.random.default_rng(0).random(50)
    found = comparison([contender("one", gains), contender("other", gains - 0.1)], against="one")
    text = page(found)
    assert text.count("<small>▼ −0.1000 (−0.1000 … −0.1000)</small>") == len(found.best.slices)
    assert "about one does so by chance" in text
    assert "about one does so by chance" not in page(comparison([contender("one", gains)]))
    printed = [cell for part in sheet(found, "en", lambda *_: []).parts for row in part.rows for cell in row]
    assert sum(cell.endswith(") ▼ −0.1000 (−0.1000 … −0.1000)") for cell in printed) == len(found.best.slices)


def test_what_comes_from_the_data_is_escaped() -> None:
    rng = np.random.default_rng(1)
    parts = {"settings": {"name": HOSTILE, HOSTILE: HOSTILE}, "weights": {HOSTILE: 1.0}, "model": HOSTILE}
    both = [contender(HOSTILE, rng.random(20), **parts), contender("other", rng.random(20))]
    data = {"workspace": HOSTILE, "fingerprint": HOSTILE, "users": 1, "items": 2}
    text = page(comparison(both, data=data, left_out={"content": HOSTILE}))
    found = Tags(text)
    assert "script" not in {tag for tag, _ in found.tags}
    assert "b" not in {tag for tag, _ in found.tags}, "the name of a behaviour is a text as well"
    assert "&lt;script&gt;" in text
    assert any(HOSTILE in shown for shown in found.texts)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"protocol": "time", "cut": 1_700_000_000_000_000},
        {"protocol": "leave-last-n", "parts": {"last": 3}, "hide_seen": False},
        {"protocol": "users", "parts": {"folds": 5, "fold": 1}, "left_out": {"content": "no titles"}},
    ],
)
def test_every_sentence_is_there_in_chinese(changes: dict[str, Any]) -> None:
    words = Words("zh_CN")
    found = Tags(page(comparison(**changes), words=words))
    assert words.missing == set()
    assert ("html", {"lang": "zh-CN"}) in found.tags
    assert "模型比较" in found.texts
    one = Words("zh_CN")
    page(comparison([contender("only", np.ones(3))]), words=one)
    page(comparison([contender("a", np.arange(40.0)), contender("b", np.zeros(40))]), words=one)
    assert one.missing == set()


def test_settings_are_called_by_their_names() -> None:
    asked: dict[str, Any] = {"seed": 7, "folds": 5, "last": 4, "later": "x", "language_model": "m"}
    asked["reading"] = {"model": "m"}
    options = [{"transformer": {"blocks": 1, "later": 2}}, {"hybrid": {"transformer": {"blocks": 3}}}]
    both = [contender(f"r{place}", np.ones(9), settings=asked | {"options": own}) for place, own in enumerate(options)]
    found = comparison(both, protocol="users", parts={"folds": 5, "fold": 1})
    told = {part.heading: part.rows for part in sheet(found, "en", lambda *_: []).parts}
    common = [("Language model", "m"), ("Parts of the users", "5"), ("Seed", "7"), ("later", "x")]
    assert told["Settings: Common to all"] == tuple(common), "what is told twice once, of another split nothing"
    assert told["Settings: r0"] == (("Sequence model: Layers", "1"), ("options.transformer.later", "2"))
    assert told["Settings: r1"] == (("Sequence model: Layers", "3"),)


def test_every_setting_has_a_chinese_name() -> None:
    words = Words("zh_CN")
    for names in (OF_TRAINING, OF_READING, *OF_MODELS.values()):
        assert all(re.search("[\u4e00-\u9fff]", words(name)) for name in names.values())
    assert words.missing == set()


def test_the_verdict_says_what_can_be_told() -> None:
    gains = np.random.default_rng(0).random(300)
    clear = comparison([contender("good", gains), contender("bad", gains * 0.5)])
    assert "its lead over every other is clear" in page(clear)
    close = comparison([contender("good", gains), contender("near", np.roll(gains, 1) * 0.999)])
    assert "its lead over near may be chance" in page(close)
    assert "only reaches an NDCG@10" in page(comparison([contender("only", gains)]))


def test_every_part_is_shown() -> None:
    found = comparison()
    text = page(found)
    for each in found.contenders:
        assert f"{each.figures['ndcg@10']:.4f}" in text
    assert re.search(r"−?\+?0\.\d{4} … ", text.replace("−", "-"))
    for heading in ("By the length of the list", "Parts of the test", "How the training went", "Weights in sum", "f00"):
        assert heading in text
    assert text.count('class="plot"') >= 1 + 4 + 4 + 2 + 1
    assert "Diversity@10" not in text, "nobody has vectors"


def test_an_unknown_language_is_english() -> None:
    assert "Comparison of models" in page(comparison(), "fr")


def test_every_model_has_a_chinese_name() -> None:
    words = Words("zh_CN")
    for name in MODEL_NAMES.values():
        words(name)
    assert words.missing == set()
