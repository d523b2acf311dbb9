"""Finding by a few letters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.widgets.fuzzy import match

TEXTS = ("Open the sample", "Open workspace…", "Export recommendations…", "Timeline", "导出推荐列表…", "打开示例")


def best(query: str) -> str:
    found = [(fit.score, text) for text in TEXTS if (fit := match(query, text)) is not None]
    return max(found)[1] if found else ""


def test_parts_of_words_in_any_order() -> None:
    assert best("sample") == "Open the sample"
    assert best("work open") == "Open workspace…"
    assert best("time") == "Timeline"
    assert best("推荐") == "导出推荐列表…"
    assert best("示例 打开") == "打开示例"


def test_letters_may_be_left_out() -> None:
    assert best("ots") == "Open the sample"
    assert best("exrec") == "Export recommendations…"
    assert best("导列") == "导出推荐列表…"
    assert best("zebra") == ""


def test_another_name_counts_for_less() -> None:
    own, other = match("export", "Export"), match("export", "导出", ["Export"])
    assert own is not None
    assert other is not None
    assert own.score > other.score > 0
    assert other.places == ()


def test_a_long_text_without_a_match_is_answered_at_once() -> None:
    assert match("中" * 20 + "x", "中" * 200) is None


@given(st.text(max_size=8), st.text(max_size=30))
def test_places_are_of_the_letters_that_were_typed(query: str, text: str) -> None:
    found = match(query, text)
    if found is not None:
        assert list(found.places) == sorted(set(found.places))
        assert all(0 <= place < len(text) for place in found.places)
        if text.isascii() and query.isascii():
            assert {text[place].casefold() for place in found.places} <= set(query.casefold())
