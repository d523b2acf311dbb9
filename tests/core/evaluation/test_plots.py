"""Charts are well-formed, tell every figure, and their scales hold what they show."""

from __future__ import annotations

import itertools
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evaluation import plots

FINITE = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 6))


@given(FINITE, FINITE, st.booleans())
def test_ticks_enclose_and_are_even(one: float, other: float, whole: bool) -> None:
    low, high = sorted((one, other))
    found = plots.ticks(low, high, whole)
    tolerance = 1e-6 * max(1.0, abs(low), abs(high))
    assert found[0] <= low + tolerance
    assert found[-1] >= high - tolerance
    assert 2 <= len(found) <= 12
    steps = [after - before for before, after in itertools.pairwise(found)]
    assert max(steps) - min(steps) <= tolerance
    assert min(steps) > 0
    assert not whole or all(step == int(step) for step in found)


def parsed(svg: str) -> Xml.Element:
    root = Xml.fromstring(svg)
    assert root.tag == "svg"
    return root


@pytest.mark.parametrize("bars", [True, False])
def test_ranges_tell_figures_and_escape_texts(bars: bool) -> None:
    rows = [
        plots.Row("<b>a & b", (plots.Value(0, 0.25, 0.2, 0.3),)),
        plots.Row("very long name " * 5, (plots.Value(9, -0.5),)),
    ]
    root = parsed(plots.ranges(rows, 'a "title" <', 500, bars=bars))
    assert root.get("aria-label") == 'a "title" <'
    told = [each.text or "" for each in root.iter("title")]
    assert "<b>a & b: 0.250 (0.200 – 0.300)" in told
    assert "very long name " * 5 in told, "a name that is cut is told whole"
    kinds = [each.get("class") for each in root.iter()]
    assert kinds.count("whisker") == 1
    assert (kinds.count("bar"), kinds.count("mark")) == ((2, 0) if bars else (0, 2))
    assert {"s0", "s1"} <= set(kinds), "the tenth series looks like the second"
    width = float((root.get("viewBox") or "").split()[2])
    for rect in root.iter("rect"):
        left, across = float(rect.get("x", -1)), float(rect.get("width", -1))
        assert left >= 0
        assert 0 <= across <= width - left


@given(st.lists(st.tuples(st.integers(1, 60), st.floats(-10, 10)), min_size=1, max_size=40), st.booleans())
def test_lines_stay_inside(points: list[tuple[int, float]], even: bool) -> None:
    ordered = tuple(sorted({float(x): y for x, y in points}.items()))
    root = parsed(plots.lines([plots.Line(0, "a<b", ordered)], "t", "epoch", even=even))
    _, _, width, height = map(float, (root.get("viewBox") or "").split())
    (path,) = root.iter("polyline")
    for pair in (path.get("points") or "").split():
        x, y = map(float, pair.split(","))
        assert 0 <= x <= width
        assert 0 <= y <= height
    marks = [each for each in root.iter() if each.get("class") == "mark"]
    assert len(marks) == (len(ordered) if len(ordered) <= 30 else 1)


def test_texts_that_are_too_long_are_cut() -> None:
    assert plots.shortened("short", 10) == "short"
    assert plots.shortened("abcdefghijk", 10) == "abcdefghi…"
    assert plots.shortened("序列推荐模型", 10) == "序列推荐…"
    assert plots.shortened("", 3) == ""


def test_a_key_is_of_no_meaning_to_a_screen_reader() -> None:
    root = parsed(plots.key(3))
    assert root.get("aria-hidden") == "true"
    assert root.get("role") is None


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1f", "\ufffe"])
def test_signs_that_xml_has_not_are_left_out(sign: str) -> None:
    svg = plots.lines([plots.Line(0, f"no{sign}on", ((1.0, 0.1), (2.0, 0.2)))], f"t{sign}i", "epoch")
    assert "noon" in svg
    assert "ti" in plots.plain(svg, "Sans")
