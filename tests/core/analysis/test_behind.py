"""The users behind each figure of the flows are as many as the figure says, and those whom plain reading finds."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis import behind, flows, funnels, rhythms
from core.errors import SeqlensError
from core.progress import Progress
from core.sequences.log import EventLog
from tests.core.analysis import test_flows, test_rhythms
from tests.core.analysis.test_flows import by_behaviour
from tests.logs import log_of


def read(events: flows.Named) -> dict[int, list[int]]:
    """The states of each user with events."""
    offsets = events.log.offsets.tolist()
    whole = {user: events.state[start:end].tolist() for user, (start, end) in enumerate(itertools.pairwise(offsets))}
    return {user: states for user, states in whole.items() if states}


@given(test_flows.logs())
def test_transitions_and_steps(log: EventLog) -> None:
    events = by_behaviour(log)
    users = read(events)
    for source, target in itertools.product(range(events.states), repeat=2):
        wanted = [user for user, states in users.items() if (source, target) in itertools.pairwise(states)]
        assert behind.followed(events, source, target).tolist() == wanted
    matrix = flows.step_matrix(events, 5)
    for state, step in np.ndindex(*matrix.shape):
        found = behind.was_at(events, state, step)
        assert len(found) == matrix[state, step]
        assert found.tolist() == [
            user
            for user, states in users.items()
            if (step >= len(states) if state == events.states else states[step : step + 1] == [state])
        ]


@given(test_flows.logs(), st.integers(2, 4), st.booleans())
def test_paths(log: EventLog, length: int, collapse: bool) -> None:
    events = by_behaviour(log)
    found = flows.paths(events, length, 20, Progress(), collapse)
    for path, users in zip(found.states.tolist(), found.users.tolist(), strict=True):
        assert len(behind.went(events, path, collapse)) == users
    assert not len(behind.went(events, [0] * 200, collapse))


@given(test_flows.logs(), st.lists(st.integers(0, 2), min_size=1, max_size=4), st.none() | st.integers(0, 12))
def test_funnels(log: EventLog, steps: list[int], window: int | None) -> None:
    events = by_behaviour(log)
    found = funnels.funnel(events, steps, window, Progress())
    before = set(np.flatnonzero(log.lengths).tolist())
    for step, users in enumerate(found.users.tolist()):
        got = set(behind.got_to(events, steps, window, step, False, Progress()).tolist())
        left = set(behind.got_to(events, steps, window, step, True, Progress()).tolist())
        assert len(got) == users
        assert got | left == before
        assert not got & left
        before = got


@given(test_rhythms.logs(), st.integers(-12, 14), test_rhythms.some)
def test_hours(log: EventLog, offset: int, behaviour: int | None) -> None:
    counts = log.behaviour >= 0 if behaviour is None else log.behaviour == behaviour
    for day, hour in zip(*np.nonzero(rhythms.hours(log, offset, behaviour)), strict=True):
        found = behind.were_there(log, offset, int(day), int(hour), behaviour)
        there = [
            user
            for user, (start, end) in enumerate(itertools.pairwise(log.offsets.tolist()))
            if any((rhythms.hours_of(log, offset)[start:end] == day * 24 + hour) & counts[start:end])
        ]
        assert found.tolist() == there


@given(test_rhythms.logs(), st.sampled_from(["day", "week", "month"]), test_rhythms.some, test_rhythms.some)
def test_cohorts(log: EventLog, period: rhythms.Period, first: int | None, by: int | None) -> None:
    found = rhythms.retention(log, period, first, by)
    for cohort, later in np.ndindex(*found.active.shape):
        again = behind.came_again(log, period, cohort, later, False, first, by)
        away = behind.came_again(log, period, cohort, later, True, first, by)
        assert len(again) == max(found.active[cohort, later], 0)
        assert len(away) == (found.users[cohort] - len(again) if found.active[cohort, later] >= 0 else 0)
        everyone = behind.came_again(log, period, cohort, -1, False, first, by)
        assert len(everyone) == found.users[cohort]
        assert set(again.tolist()) | set(away.tolist()) <= set(everyone.tolist())
    for later in range(found.active.shape[1]):
        known = found.active[:, later] >= 0
        assert len(behind.came_again(log, period, -1, later, False, first, by)) == found.active[known, later].sum()
    assert (
        behind.came_again(log, period, -1, -1, False, first, by).tolist()
        == (np.unique(log.user[log.behaviour == first]) if first is not None else np.flatnonzero(log.lengths)).tolist()
    )


def test_without_times_there_are_no_hours_to_be_behind() -> None:
    log = log_of([[0, 0]], 1)
    with pytest.raises(SeqlensError, match="no times"):
        behind.were_there(log, 0, 0, 0)
    with pytest.raises(SeqlensError, match="no times"):
        behind.came_again(log, "week", -1, -1, False)
