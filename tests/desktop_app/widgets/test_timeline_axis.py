"""The axis: places and times are each other's inverse, empty time is shortened, ticks stand where they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QFont

from core.sequences.sessions import GAP
from desktop_app.widgets.timeline_axis import Arrangement
from desktop_app.widgets.timeline_lanes import Lanes
from desktop_app.widgets.timeline_picture import TimelinePicture
from desktop_app.widgets.timeline_scale import DAY, HOUR, MINUTE, View, moment
from tests.filled import sequence

START = 20_000 * DAY
pauses = st.lists(
    st.one_of(st.integers(0, 20 * MINUTE), st.integers(40 * MINUTE, 400 * DAY)), min_size=1, max_size=30
).map(lambda steps: [START + time for time in np.cumsum(steps).tolist()])
arrangements = st.builds(
    Arrangement,
    gap=st.sampled_from([5 * MINUTE, GAP, 2 * HOUR]),
    skip=st.booleans(),
    fold=st.booleans(),
    other=st.frozensets(st.integers(0, 12), max_size=4),
)


@settings(deadline=None, max_examples=50)
@given(pauses, arrangements)
def test_places_ascend_with_times_and_lead_back(times: list[int], arrangement: Arrangement) -> None:
    lanes = Lanes(sequence(times), arrangement)
    assert (np.diff(lanes.at)[np.diff(times) > 0] > 0).all()
    for time, place in zip(times, lanes.at.tolist(), strict=True):
        assert lanes.axis.place(time) == pytest.approx(place, abs=2)
        assert lanes.axis.time(place) == pytest.approx(time, abs=2 + abs(time) * 1e-12)
    for before in (lanes.at[0] - HOUR, lanes.at[-1] + HOUR):  # outside, an hour is an hour
        assert abs(lanes.axis.time(before) - lanes.axis.time(before + HOUR / 2)) == pytest.approx(HOUR / 2, abs=50)


@settings(deadline=None, max_examples=50)
@given(pauses)
def test_skipping_shortens_what_is_empty_and_nothing_else(times: list[int]) -> None:
    lanes = Lanes(sequence(times), Arrangement(skip=True))
    for earlier, later, lasted in zip(lanes.at, lanes.at[1:], np.diff(times).tolist(), strict=False):
        if lasted <= GAP:
            assert later - earlier == pytest.approx(lasted, abs=2)
        else:
            assert later - earlier + 2 >= GAP / 2
            assert later - earlier < min(lasted, 4 * GAP)
    skipped = lanes.skipped(lanes.bounds, 1e6, 0)
    assert [lasted for _, _, lasted in skipped] == [pause for pause in np.diff(times).tolist() if pause > GAP]
    assert Lanes(sequence(times)).skipped(lanes.bounds, 1000, 0) == []


@settings(deadline=None, max_examples=50)
@given(pauses, arrangements, st.floats(0, 1), st.floats(0.001, 1), st.sampled_from([300.0, 900.0]))
@example(
    times=[1728000000000000, 1728000000000001, 1728002400000001],  # a pause that is skipped inside a session's room
    arrangement=Arrangement(gap=1_800_000_000, skip=True, fold=True),
    start=0.0,
    span=1.0,
    width=900.0,
)
def test_ticks_stand_in_view_apart_and_at_the_times_they_name(
    times: list[int], arrangement: Arrangement, start: float, span: float, width: float
) -> None:
    lanes = Lanes(sequence(times), arrangement)
    view = View(lanes.bounds.start + start * lanes.bounds.span, span * lanes.bounds.span)
    view = view.within(lanes.bounds, lanes.least)
    found = lanes.axis.ticks(view, width, True, lanes.session_places[0])
    assert len(found.at) == len(found.labels)
    assert len(found.period) == len(found.period_labels)
    if lanes.axis.even:
        return
    places = np.array(found.at)
    assert ((places >= view.start) & (places <= view.end)).all()
    assert (np.diff(places) >= view.span / width * 80).all()
    for place, label in zip(found.at, found.labels, strict=True):
        if ":" in label:
            near = [moment(lanes.axis.time(place) + by) for by in (-1000, 0, 1000)]
            assert label[:5] in {f"{at:%H:%M}" for at in near}


def test_days_are_counted_from_the_first_event() -> None:
    lanes = Lanes(sequence([START, START + 3 * DAY, START + 90 * DAY]), Arrangement(relative=True))
    assert lanes.at.tolist() == [0, 3 * DAY, 90 * DAY]
    far = lanes.axis.ticks(lanes.bounds, 900, True, lanes.session_places[0])
    assert far.labels[:2] == ["day 0", "day 10"]
    assert far.at[:2] == [0, 10 * DAY]
    near = lanes.axis.ticks(View(3 * DAY, 6 * HOUR), 900, True, lanes.session_places[0])
    assert near.period_labels == ["day 3"]
    assert near.labels[:3] == ["00:00", "01:00", "02:00"]
    assert lanes.axis.time(0) == START


@settings(deadline=None, max_examples=50)
@given(pauses, st.data())
def test_folding_hides_events_and_their_number_stays(times: list[int], data: st.DataObject) -> None:
    kinds = [number % 3 for number in range(len(times))]
    shown = np.array(data.draw(st.lists(st.booleans(), min_size=len(times), max_size=len(times))), np.bool_)
    plain = Lanes(sequence(times, kinds), Arrangement(), shown)
    folded = data.draw(st.frozensets(st.integers(0, len(plain.sessions) - 1)))
    lanes = Lanes(sequence(times, kinds), Arrangement(other=folded), shown)
    for event in range(len(times)):
        visible = bool(shown[event]) and plain.session(event) not in folded
        assert (lanes.place(event) >= 0) == visible
        assert lanes.is_kept(event) == shown[event]
    for session in range(len(lanes.sessions)):
        first, end = lanes.session_events(session)
        for lane in range(3):
            wanted = sum(1 for event in range(first, end) if shown[event] and kinds[event] == lane)
            assert lanes.counts(lane, session, session) == wanted
    assert sum(lanes.sizes) == int(shown.sum())


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12, unique=True).map(sorted), st.integers(-3, 12))
def test_stepping_goes_through_what_is_shown(kept: list[int], event: int) -> None:
    assume(0 <= event < 10)
    shown = np.zeros(10, np.bool_)
    shown[kept] = True
    lanes = Lanes(sequence(list(range(10))), None, shown)
    after = [number for number in kept if number > event] or kept[-1:]
    before = [number for number in kept if number < event] or kept[:1]
    assert lanes.step(event, 1) == after[0]
    assert lanes.step(event, -1) == before[-1]
    assert lanes.step(event, 0) == ([number for number in kept if number >= event] or kept[-1:])[0]
    assert Lanes(sequence([1, 2]), None, np.zeros(2, np.bool_)).step(0, 1) == -1


@given(st.lists(st.integers(-1, 4), max_size=14), st.data())
def test_repeats_are_the_next_visit_of_each_item(items: list[int], data: st.DataObject) -> None:
    events = sequence(list(range(len(items))))
    events.item[:] = items
    shown = [data.draw(st.booleans()) for _ in items]
    pairs = []
    for first, item in enumerate(items):
        later = [second for second in range(first + 1, len(items)) if shown[second] and items[second] == item]
        if shown[first] and item >= 0 and later:
            pairs.append((first, later[0]))
    found = Lanes(events, None, np.array(shown, np.bool_)).repeats.tolist()
    assert sorted(map(tuple, found)) == sorted(pairs)


def test_a_sequence_without_times_has_neither_sessions_nor_pauses() -> None:
    events = sequence([0, 1, 2], timed=False)
    lanes = Lanes(events, Arrangement(skip=True, fold=True, relative=True))
    assert lanes.at.tolist() == [0, 1, 2]
    assert not lanes.folded.any()
    assert lanes.bands(lanes.bounds, 500, 8) == []


@pytest.mark.usefixtures("qapp")
def test_an_event_in_a_block_is_shown_where_the_block_is() -> None:
    times = [START, START + MINUTE, START + 2 * MINUTE, START + 5 * HOUR]
    lanes = Lanes(sequence(times), Arrangement(other=frozenset({0})))
    picture = TimelinePicture(sequence(times), lanes, lanes.bounds, QSizeF(800, 300), QFont())
    at = picture.position(1)
    assert at is not None
    left, right, first, last = picture.bands()[0]
    assert (first, last) == (0, 0)
    assert left <= at.x() - picture.left <= right
    assert picture.fold_at(at) == (0, 0)
    assert picture.position(3) != at
