"""Hours of the week and cohorts, against Python's own calendar."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis import rhythms
from core.errors import SeqlensError
from core.sequences.log import EventLog
from tests.logs import log_of

SECOND = 1_000_000


@st.composite
def logs(draw: st.DrawFn) -> EventLog:
    """Events within 70 days around some day of the last century or this one."""
    base = draw(st.integers(-40_000, 25_000)) * rhythms.DAY
    time = st.integers(0, 70 * 86_400 - 1).map(lambda second: base + second * SECOND)
    times = draw(st.lists(st.lists(time, max_size=6).map(sorted), min_size=1, max_size=5))
    behaviour = st.sampled_from((0, 1))
    return log_of([[(0, draw(behaviour)) for _ in user] for user in times], 1, times)


def moment(time: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=time)


some = st.sampled_from((None, 0, 1))


@given(logs(), st.integers(-12, 14), some)
def test_hours_are_those_of_the_calendar(log: EventLog, offset: int, behaviour: int | None) -> None:
    expected = np.zeros((7, 24), dtype=np.int64)
    for time, did in zip(log.time.tolist(), log.behaviour.tolist(), strict=True):
        when = moment(time) + timedelta(hours=offset)
        expected[when.weekday(), when.hour] += behaviour in (None, did)
    assert np.array_equal(rhythms.hours(log, offset, behaviour), expected)


def start_of(day: date, period: str) -> date:
    if period == "month":
        return day.replace(day=1)
    return day if period == "day" else day - timedelta(days=day.weekday())


def later(first: date, day: date, period: str) -> int:
    if period == "month":
        return 12 * (day.year - first.year) + day.month - first.month
    return (day - first).days // (1 if period == "day" else 7)


@given(logs(), st.sampled_from(["day", "week", "month"]))
def test_retention_counts_each_user_once_in_each_period(log: EventLog, period: rhythms.Period) -> None:
    found = rhythms.retention(log, period)
    users = [
        [start_of(moment(time).date(), period) for time in log.time[start:end].tolist()]
        for start, end in itertools.pairwise(log.offsets.tolist())
        if end > start
    ]
    cohorts = sorted({days[0] for days in users})
    assert found.starts.tolist() == cohorts
    last = max((day for days in users for day in days), default=None)
    assert found.users.tolist() == [sum(days[0] == cohort for days in users) for cohort in cohorts]
    for row, cohort in enumerate(cohorts):
        assert last is not None
        for place, active in enumerate(found.active[row].tolist()):
            if place > later(cohort, last, period):
                assert active == -1
                assert np.isnan(found.shares[row, place])
            else:
                there = [days for days in users if days[0] == cohort]
                assert active == sum(any(later(cohort, day, period) == place for day in days) for days in there)
    if cohorts:
        assert np.array_equal(found.active[:, 0], found.users)
        assert found.overall[0] == 1.0


@given(logs(), st.sampled_from(["day", "week", "month"]), some, some)
def test_retention_from_one_behaviour_to_another(
    log: EventLog, period: rhythms.Period, first: int | None, again: int | None
) -> None:
    found = rhythms.retention(log, period, first, again)
    rows: dict[date, list[list[date]]] = {}
    for start, end in itertools.pairwise(log.offsets.tolist()):
        did = list(zip(log.time[start:end].tolist(), log.behaviour[start:end].tolist(), strict=True))
        begun = next((time for time, what in did if first in (None, what)), None)
        if begun is not None:
            visits = [moment(time).date() for time, what in did if time >= begun and again in (None, what)]
            rows.setdefault(start_of(moment(begun).date(), period), []).append(visits)
    assert found.starts.tolist() == sorted(rows)
    last = max((moment(time).date() for time in log.time.tolist()), default=None)
    for row, cohort in enumerate(sorted(rows)):
        assert last is not None
        assert found.users[row] == len(rows[cohort])
        for place, active in enumerate(found.active[row].tolist()):
            known = place <= later(cohort, start_of(last, period), period)
            back = sum(
                any(later(cohort, start_of(day, period), period) == place for day in days) for days in rows[cohort]
            )
            assert active == (back if known else -1)


def test_what_needs_times_says_so() -> None:
    log = log_of([[0, 0]], 1)
    for ask in (lambda: rhythms.hours(log), lambda: rhythms.retention(log, "week")):
        with pytest.raises(SeqlensError, match="no times"):
            ask()


def test_too_many_periods_are_refused() -> None:
    log = log_of([[0, 0]], 1, [[0, 200 * rhythms.DAY]])
    with pytest.raises(SeqlensError, match="201 periods"):
        rhythms.retention(log, "day")
    assert rhythms.retention(log, "month").users.tolist() == [1]
