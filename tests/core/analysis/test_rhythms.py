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
    return log_of([[0] * len(user) for user in times], 1, times)


def moment(time: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=time)


@given(logs(), st.integers(-12, 14))
def test_hours_are_those_of_the_calendar(log: EventLog, offset: int) -> None:
    expected = np.zeros((7, 24), dtype=np.int64)
    for time in log.time.tolist():
        when = moment(time) + timedelta(hours=offset)
        expected[when.weekday(), when.hour] += 1
    assert np.array_equal(rhythms.hours(log, offset), expected)


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
