"""Lanes, columns and sessions against plain counting."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.widgets.timeline_lanes import Lanes
from desktop_app.widgets.timeline_scale import HOUR, MINUTE, View
from tests.filled import sequence

WIDTH, COLUMN, CAPACITY = 500.0, 11.0, 4
events = st.lists(st.tuples(st.integers(0, 50 * HOUR), st.integers(0, 2)), min_size=1, max_size=40).map(sorted)


def lanes_of(pairs: list[tuple[int, int]]) -> Lanes:
    return Lanes(sequence([time for time, _ in pairs], [behaviour for _, behaviour in pairs]))


@settings(deadline=None)
@given(events, st.floats(0, 1), st.floats(0.01, 1))
def test_columns_hold_every_event_in_view_once(pairs: list[tuple[int, int]], start: float, span: float) -> None:
    lanes = lanes_of(pairs)
    whole = lanes.bounds
    view = View(whole.start + start * whole.span, span * whole.span).within(whole, 1)
    for lane in range(3):
        columns = lanes.columns(lane, view, WIDTH, COLUMN, CAPACITY)
        found = [
            lanes.event(lane, int(first) + number)
            for first, count in zip(columns.first, columns.count, strict=True)
            for number in range(count)
        ]
        assert found == sorted(set(found))
        inside = {
            number for number, (time, kind) in enumerate(pairs) if kind == lane and view.start <= time <= view.end
        }
        assert inside <= set(found)
        assert all(lanes.lane(event) == lane for event in found)
        assert (np.diff(columns.x) >= COLUMN * 0.99).all()  # marks never cover each other


@settings(deadline=None)
@given(events)
def test_every_event_has_its_place(pairs: list[tuple[int, int]]) -> None:
    lanes = lanes_of(pairs)
    assert sum(lanes.sizes) == len(pairs)
    for event in range(len(pairs)):
        assert lanes.event(lanes.lane(event), lanes.place(event)) == event


@settings(deadline=None)
@given(events, st.floats(-0.2, 0.2))
def test_panning_keeps_the_stacks(pairs: list[tuple[int, int]], by: float) -> None:
    lanes = lanes_of(pairs)
    view = View(-60 * HOUR, 170 * HOUR)  # with room for the panning
    before = lanes.columns(0, view, WIDTH, COLUMN, CAPACITY)
    after = lanes.columns(0, view.moved(by * view.span), WIDTH, COLUMN, CAPACITY)
    assert before.count.tolist() == after.count.tolist()
    np.testing.assert_allclose(before.x - by * WIDTH, after.x, atol=1e-3)


def test_steps_stand_in_the_middle_of_their_columns() -> None:
    lanes = Lanes(sequence(list(range(100)), timed=False))
    columns = lanes.columns(0, lanes.bounds, 1000.0, COLUMN, CAPACITY)
    assert set(columns.count.tolist()) == {2}  # 9.6 pixels a step: two to a column
    near = lanes.columns(0, View(10, 20), 1000.0, COLUMN, CAPACITY)
    assert set(near.count.tolist()) == {1}
    assert 500.0 in near.x.tolist()


def test_full_columns_make_a_lane_dense() -> None:
    lanes = Lanes(sequence([number * MINUTE for number in range(5000)]))
    assert lanes.columns(0, lanes.bounds, WIDTH, COLUMN, CAPACITY).dense
    assert not lanes.columns(0, View(0, 20 * MINUTE), WIDTH, COLUMN, CAPACITY).dense


def test_many_behaviours_show_only_lanes_with_events() -> None:
    names = [f"b{number}" for number in range(12)]
    lanes = Lanes(sequence([1, 2, 3], [11, 2, 11], names=names))
    assert lanes.lanes == [2, 11]
    assert [lanes.lane(event) for event in range(3)] == [1, 0, 1]
    assert Lanes(sequence([1], [0])).lanes == [0, 1, 2]


def test_sessions_become_bands_that_join_where_they_touch() -> None:
    lanes = Lanes(sequence([0, MINUTE, 2 * HOUR, 100 * HOUR, 100 * HOUR + MINUTE]))
    assert lanes.sessions.tolist() == [0, 2, 3]
    assert [lanes.session(event) for event in range(5)] == [0, 0, 1, 2, 2]
    assert lanes.session_events(0) == (0, 2)
    assert lanes.session_events(2) == (3, 5)
    far = lanes.bands(lanes.bounds, 500, margin=8)
    assert [band[2:] for band in far] == [(0, 1), (2, 2)]
    near = lanes.bands(View(-MINUTE, 3 * HOUR), 500, margin=8)
    assert [band[2:] for band in near] == [(0, 0), (1, 1)]
    view = lanes.session_view(2)
    assert view.start < 100 * HOUR < 100 * HOUR + MINUTE < view.end
    assert lanes.bands(View(10 * HOUR, HOUR), 500, margin=8) == []
    assert Lanes(sequence([0, 1], timed=False)).bands(View(0, 2), 500, 8) == []
