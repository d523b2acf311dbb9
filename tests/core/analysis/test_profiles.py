"""What a profile says follows from the figures, and says no more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analysis.profiles import ENOUGH, MOST, Everybody, Profile, profile
from core.sequences.store import UserEvents
from tests.filled import sequence

HOUR, DAY = 3_600_000_000, 86_400_000_000
START = 19_000 * DAY
NOBODY = Everybody((), np.zeros(0), 0, START, START + 100 * DAY)


def told(events: UserEvents, everybody: Everybody = NOBODY, had: tuple[float, ...] = ()) -> Profile:
    return profile(events, np.array(had), everybody)


def on_days(days: list[float]) -> UserEvents:
    return sequence([START + round(day * DAY) for day in days])


@pytest.mark.parametrize(
    ("days", "stage"),
    [
        ([0.5], "few"),
        ([95.0, 96.0, 98.0], "new"),
        ([97.0], "new"),
        (list(range(0, 98, 3)), "regular"),
        (list(range(40)), "quiet"),
        ([*range(45), 60, 75, 88, 99], "slowing"),
        ([0, 30, 60], "regular"),  # 40 days of quiet are not much to who comes once a month
    ],
)
def test_the_stage_follows_from_the_users_own_rhythm(days: list[float], stage: str) -> None:
    habit = told(on_days(days)).habit
    assert habit is not None
    assert habit.stage == stage
    assert habit.earlier + habit.later == habit.days == len({int(day) for day in days})


def test_likes_are_what_clearly_exceeds_the_others() -> None:
    everybody = Everybody(("Comedy", "Drama", "War"), np.array([3000.0, 5000.0, 400.0]), 10_000, START, START + DAY)
    events = on_days([place / 10 for place in range(60)])
    found = told(events, everybody, (50.0, 5.0, 2.0))
    assert [share.name for share in found.liked] == ["Comedy"]
    assert found.liked[0].share == 50 / 60
    assert found.liked[0].others == 2950 / 9940
    assert found.frequent == ()
    same = told(events, everybody, (18.0, 30.0, 2.0))
    assert same.liked == ()
    assert [share.name for share in same.frequent] == ["Drama", "Comedy"]


def test_chance_makes_few_likes() -> None:
    rng = np.random.default_rng(0)
    chances = rng.dirichlet(np.ones(20))
    names = tuple(f"c{number}" for number in range(20))
    everybody = Everybody(names, 100_000 * chances, 100_000, START, START + DAY)
    liking = 0
    for _ in range(300):
        events = on_days([0.01 * place for place in range(int(rng.integers(ENOUGH, 200)))])
        had = rng.multinomial(events.events, chances)
        liking += bool(told(events, everybody, tuple(had.astype(float))).liked)
    assert liking <= 30


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 99 * 24), min_size=1, max_size=60), st.booleans())
def test_no_share_is_told_that_is_not_there(hours: list[int], timed: bool) -> None:
    times = sorted(START + hour * HOUR for hour in hours)
    events = sequence(times if timed else list(range(len(times))), [hour % 3 for hour in hours], timed=timed)
    found = told(events)
    assert found.events == len(hours)
    assert (found.habit is None) is not timed
    assert sum(share.share for share in found.behaviours) == pytest.approx(1.0) or not found.behaviours
    if found.daytime is not None:
        assert found.daytime[1] >= MOST
        assert len(hours) >= ENOUGH
        assert len({time // DAY for time in times}) > 2
    if found.prices is not None:
        assert found.prices == tuple(sorted(found.prices))
        assert {*found.prices} <= {*events.price.tolist()}
    assert found.repeated is None  # every event is about another item


def test_times_of_the_day_and_the_week_are_those_of_the_place() -> None:
    friday = 18_999 * DAY + 20 * HOUR  # at eight in the evening, and every week again
    events = sequence([friday + 7 * week * DAY + place * HOUR for week in range(8) for place in range(2)])
    for offset, daytime, weekend in ((0, "evening", None), (8, "night", 1.0), (-4, "afternoon", None)):
        found = profile(events, np.zeros(0), NOBODY, offset)
        assert found.daytime == (daytime, 1.0)
        assert found.weekend == weekend
        assert found.offset == offset


def test_what_one_came_back_to_is_told_only_where_it_stands_out() -> None:
    events = sequence(list(range(12)), timed=False)
    item = np.array([0, 1, 2, 3, 3, 3, 3, 4, 5, 6, 7, 8], np.int32)
    found = told(replace(events, item=item))
    assert found.repeated == ("Title 3", 4)
    assert told(replace(events, item=np.array([0, 0, 0, 1, 1, 1, *range(2, 8)], np.int32))).repeated is None
