"""The axis: views that keep their point, and ticks at round values with room for their labels."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from desktop_app.widgets.timeline_scale import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    View,
    moment,
    show_duration,
    show_time,
    ticks,
)

starts = st.integers(-60 * 365 * DAY, 60 * 365 * DAY).map(float)
spans = st.floats(0, 13).map(lambda power: 10.0**power * 1000)  # a millisecond to 300 years


def at(text: str) -> float:
    return (datetime.fromisoformat(text) - datetime(1970, 1, 1)).total_seconds() * SECOND


@settings(deadline=None)
@given(starts, spans, st.floats(0.1, 10), st.floats(0, 1))
def test_zoom_keeps_the_point_under_the_pointer(start: float, span: float, factor: float, share: float) -> None:
    view = View(start, span)
    point = start + share * span
    zoomed = view.zoomed(factor, point)
    assert zoomed.span == pytest.approx(span / factor)
    assert (point - zoomed.start) / zoomed.span == pytest.approx(share, abs=max(1e-6, 2 / zoomed.span))


@settings(deadline=None)
@given(starts, spans, starts, spans)
def test_a_view_stays_within_its_bounds(start: float, span: float, other: float, width: float) -> None:
    bounds = View(start, span)
    view = View(other, width).within(bounds, min(1000, span))
    assert view.start >= bounds.start - 1  # a microsecond
    assert view.end <= bounds.end + 1
    assert min(1000, span) <= view.span <= span


def test_a_point_outside_comes_well_inside_and_one_inside_moves_nothing() -> None:
    view = View(100, 50)
    assert view.showing(101) == view.showing(149) == view
    assert view.showing(99) == View(95, 50)
    assert view.showing(200) == View(154, 50)


@settings(deadline=None)
@given(starts, spans, st.integers(200, 4000))
def test_ticks_stand_in_view_in_order_and_apart(start: float, span: float, width: int) -> None:
    view = View(start, span)
    found = ticks(view, width, timed=True)
    assert len(found.at) == len(found.labels)
    assert len(found.period) == len(found.period_labels)
    assert all(view.start <= value <= view.end for value in found.at)
    pixels = [(value - view.start) / view.span * width for value in found.at]
    # February makes a month narrower than the average by which steps are chosen
    assert all(right - left >= 84 * 0.9 for left, right in pairwise(pixels))
    assert all(moment(value).microsecond == 0 for value in found.period)
    if found.period:
        assert found.period[0] <= view.start + span


@settings(deadline=None)
@given(st.integers(0, 10**6), st.integers(4, 10**6), st.integers(200, 4000))
def test_steps_are_counted_from_one_at_round_numbers(start: int, span: int, width: int) -> None:
    found = ticks(View(start, span), width, timed=False)
    numbers = [int(value) + 1 for value in found.at]
    assert found.labels == [QLocale().toString(number) for number in numbers]
    step = (numbers[2] - numbers[1]) if len(numbers) > 2 else 1
    assert all(number == 1 or number % step == 0 for number in numbers)


def labels(start: str, span: float, width: int = 800) -> tuple[list[str], list[str]]:
    found = ticks(View(at(start), span), width, timed=True)
    return found.labels, found.period_labels


def test_labels_fit_what_is_in_view() -> None:
    assert labels("2017-02-01", 20 * 365 * DAY)[0][:3] == ["2020", "2025", "2030"]
    fine, coarse = labels("2017-11-20", 300 * DAY)
    assert fine[:3] == ["Jan", "Mar", "May"]
    assert coarse == ["2017", "2018"]
    fine, coarse = labels("2017-11-25", 9 * DAY)
    assert fine[:3] == ["25 Nov", "26 Nov", "27 Nov"]
    assert coarse == ["November 2017", "December 2017"]
    fine, coarse = labels("2017-11-25T22:10", 4 * HOUR)
    assert fine[:2] == ["22:30", "23:00"]
    assert coarse == ["Sat 25 November 2017", "Sun 26 November 2017"]
    assert labels("2017-11-25T22:10:03", 40 * SECOND)[0][0] == "22:10:05"
    assert labels("2017-11-25T22:10:03", SECOND)[0][1] == "22:10:03.200"


@pytest.mark.parametrize(
    ("microseconds", "text"),
    [
        (0, "0 s"),
        (1500, "2 ms"),
        (SECOND, "1 s"),
        (90 * SECOND, "1 min 30 s"),
        (2 * HOUR, "2 h"),
        (3 * DAY + 4 * HOUR + 5 * MINUTE, "3 d 4 h"),
        (3 * DAY + 20 * SECOND, "3 d"),
    ],
)
def test_durations_are_told_in_two_units(microseconds: int, text: str) -> None:
    assert show_duration(microseconds) == text


def test_one_unit_and_times() -> None:
    assert show_duration(3 * DAY + 4 * HOUR, units=1) == "3 d"
    assert show_time(int(at("2017-11-25T22:10:03")), timed=True) == "2017-11-25 22:10:03"
    assert show_time(4, timed=False) == "5"
    assert moment(10**30).year == 9999
