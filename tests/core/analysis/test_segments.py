"""Who is in a segment, against a plain reading of its conditions."""

from __future__ import annotations

import functools
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis import segments
from core.analysis.conditions import (
    ActiveWhen,
    Amount,
    AnyOf,
    CategoryShare,
    Chosen,
    Condition,
    EventCount,
    FirstSeen,
    InCluster,
    LastOn,
    LastSeen,
    NoneOf,
    Segment,
    UserIds,
    Within,
)
from core.analysis.daytimes import DAYS, DAYTIMES
from core.errors import SeqlensError
from tests.filled import Event, fill

DAY = segments.DAY
USERS = 40
BEHAVIOURS = ("view", "it's bought", "dislike")
CATEGORIES = ("Kitchen, 厨房", "厨房", "O'Neill; DROP TABLE events", None)
ITEMS = [(f"i{item}", None, CATEGORIES[item % 4], None, None if item % 5 == 0 else item * 1.5) for item in range(12)]


def some_events() -> list[Event]:
    """Up to eight events of each user but every tenth, in half of them without a value, a few without an item."""
    rng = np.random.default_rng(4)
    return [
        (
            user,
            int(rng.integers(100 * DAY)),
            None if rng.random() < 0.1 else int(rng.integers(12)),
            int(rng.integers(3)),
            None if rng.random() < 0.5 else float(rng.integers(-3, 9)),
            None,
        )
        for user in range(USERS)
        for _ in range(0 if user % 10 == 0 else rng.integers(1, 9))
    ]


EVENTS = some_events()


@pytest.fixture(scope="module")
def cursor() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        users = [f"user '{user}'" for user in range(USERS)]
        fill(connection, users, ITEMS, [(name, name == "dislike") for name in BEHAVIOURS], EVENTS)
        yield connection


def meets(user: int, condition: Condition) -> bool:
    """The condition as one would check it by hand."""
    if isinstance(condition, AnyOf):
        return not condition.conditions or any(meets(user, one) for one in condition.conditions)
    if isinstance(condition, NoneOf):
        return not any(meets(user, one) for one in condition.conditions)
    mine = [event for event in EVENTS if event[0] == user]
    if isinstance(condition, UserIds):
        return f"user '{user}'" in condition.ids
    if isinstance(condition, Chosen):
        return user in condition.codes
    if isinstance(condition, LastSeen):
        if not mine:
            return False
        days = (max(event[1] for event in EVENTS) - max(event[1] for event in mine)) / DAY
        return within(days, condition.low, condition.high)
    if isinstance(condition, FirstSeen):
        if not mine:
            return False
        day = datetime.fromtimestamp(min(event[1] for event in mine) / 1e6, UTC).date().isoformat()
        return (condition.low is None or day >= condition.low) and (condition.high is None or day <= condition.high)
    if isinstance(condition, LastOn):
        if not mine:
            return False
        day = datetime.fromtimestamp(max(event[1] for event in mine) / 1e6, UTC).date().isoformat()
        return (condition.low is None or day >= condition.low) and (condition.high is None or day <= condition.high)
    if isinstance(condition, CategoryShare | ActiveWhen):
        return within(share(mine, condition), condition.low, condition.high)
    assert isinstance(condition, EventCount | Amount)
    mine = [event for event in mine if during(event, condition)]
    if condition.behaviour is not None:
        mine = [event for event in mine if BEHAVIOURS[event[3]] == condition.behaviour]
    if isinstance(condition, EventCount):
        count = sum(
            condition.category is None or (event[2] is not None and about(event[2], condition.category, condition.tag))
            for event in mine
        )
        return within(count, condition.low, condition.high)
    if condition.column == "value":
        amounts = [event[4] for event in mine if event[4] is not None]
    else:
        amounts = [price for event in mine if event[2] is not None and (price := ITEMS[event[2]][4]) is not None]
    if condition.figure == "sum":
        return within(sum(amounts), condition.low, condition.high)
    return bool(amounts) and within(sum(amounts) / len(amounts), condition.low, condition.high)


def during(event: Event, window: Within) -> bool:
    day = datetime.fromtimestamp(event[1] / 1e6, UTC).date().isoformat()
    ago = (max(event[1] for event in EVENTS) - event[1]) / DAY
    late = window.last is None or ago <= window.last
    return late and (window.start is None or day >= window.start) and (window.end is None or day <= window.end)


def about(item: int, category: str, tag: bool) -> bool:
    whole = ITEMS[item][2]
    named = re.split("[;,] ", whole) if whole is not None and tag else []
    return category in (whole, *named)


def share(mine: list[Event], condition: CategoryShare | ActiveWhen) -> float:
    if isinstance(condition, CategoryShare):
        told = [event[2] for event in mine if event[2] is not None and BEHAVIOURS[event[3]] != "dislike"]
        return sum(about(item, condition.category, True) for item in told) / max(len(told), 1)
    low, high = DAYTIMES[condition.hours] if condition.hours is not None else (0, 24)  # type: ignore[index]
    days = DAYS[condition.days] if condition.days is not None else tuple(range(7))
    when = [datetime.fromtimestamp(event[1] / 1e6, UTC) for event in mine]
    return sum(low <= each.hour < high and each.weekday() in days for each in when) / max(len(when), 1)


def within(figure: float, low: float | None, high: float | None) -> bool:
    return (low is None or figure >= low) and (high is None or figure <= high)


limits = st.none() | st.integers(0, 6)
decimals = st.none() | st.integers(-10, 60).map(lambda number: number / 4)
shares = st.none() | st.sampled_from([0.0, 0.2, 0.25, 0.5, 1.0])
days = st.none() | st.dates(datetime(1970, 1, 1).date(), datetime(1970, 4, 15).date()).map(lambda day: day.isoformat())
behaviours = st.sampled_from([None, *BEHAVIOURS, "unknown"])
window = {"last": st.none() | st.integers(1, 90), "start": st.none() | days, "end": st.none() | days}
single: st.SearchStrategy[Condition] = st.one_of(
    st.builds(
        *(EventCount, behaviours, st.sampled_from([*CATEGORIES, "Kitchen", "unknown"]), limits, limits, st.booleans()),
        **window,
    ),
    st.builds(
        CategoryShare, st.sampled_from(["Kitchen", "厨房", "Kitchen, 厨房", "O'Neill", "unknown"]), shares, shares
    ),
    st.builds(
        ActiveWhen, st.none() | st.sampled_from(list(DAYTIMES)), st.none() | st.sampled_from(list(DAYS)), shares, shares
    ),
    st.builds(LastOn, days, days),
    st.builds(
        *(
            Amount,
            st.sampled_from(["value", "price"]),
            st.sampled_from(["sum", "mean"]),
            behaviours,
            decimals,
            decimals,
        ),
        **window,
    ),
    st.builds(LastSeen, decimals, decimals),
    st.builds(FirstSeen, days, days),
    st.builds(UserIds, st.lists(st.integers(0, USERS).map(lambda user: f"user '{user}'"), max_size=9).map(tuple)),
    st.builds(Chosen, st.lists(st.integers(0, USERS), max_size=30).map(tuple)),
)


def grouped(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(inner, max_size=3).map(tuple)
    return st.builds(AnyOf, several) | st.builds(NoneOf, several)


conditions: st.SearchStrategy[Condition] = st.recursive(single, grouped, max_leaves=4)


@given(st.lists(conditions, max_size=3).map(tuple))
def test_members_are_those_who_meet_every_condition(
    cursor: duckdb.DuckDBPyConnection, chosen: tuple[Condition, ...]
) -> None:
    found = segments.members(cursor, Segment(chosen))
    assert found.dtype == np.int32
    assert found.tolist() == [user for user in range(USERS) if all(meets(user, one) for one in chosen)]


@given(st.lists(conditions, max_size=4).map(tuple))
def test_a_segment_survives_json(chosen: tuple[Condition, ...]) -> None:
    segment = Segment((*chosen, InCluster("a", "b")))
    assert Segment.from_dict(json.loads(json.dumps(segment.to_dict()))) == segment


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"conditions": "x"},
        {"conditions": ["x"]},
        {"conditions": [{"kind": "dream"}]},
        {"conditions": [{"kind": "cluster"}]},
        {"conditions": [{"kind": "events", "low": "1); DROP TABLE users"}]},
        {"conditions": [{"kind": "events", "low": "2020-01-01"}]},
        {"conditions": [{"kind": "events", "behaviour": 3}]},
        {"conditions": [{"kind": "events", "more": 1}]},
        {"conditions": [{"kind": "amount", "column": "sum"}]},
        {"conditions": [{"kind": "first_seen", "low": "yesterday"}]},
        {"conditions": [{"kind": "last_on", "high": 3}]},
        {"conditions": [{"kind": "share", "low": 0.5}]},
        {"conditions": [{"kind": "when", "hours": "noon"}]},
        {"conditions": [{"kind": "when", "days": "7"}]},
        {"conditions": [{"kind": "events", "tag": "yes"}]},
        {"conditions": [{"kind": "events", "last": 0}]},
        {"conditions": [{"kind": "events", "last": True}]},
        {"conditions": [{"kind": "events", "last": 10**30}]},
        {"conditions": [{"kind": "events", "start": "yesterday"}]},
        {"conditions": [{"kind": "amount", "end": 3}]},
        {"conditions": [{"kind": "last_seen", "last": 3}]},
        {"conditions": [{"kind": "last_seen", "high": float("inf")}]},
        {"conditions": [{"kind": "ids", "ids": [1]}]},
        {"conditions": [{"kind": "chosen", "codes": ["1"]}]},
        {"conditions": [{"kind": "any"}]},
        {"conditions": [{"kind": "any", "conditions": "x"}]},
        {"conditions": [{"kind": "none", "conditions": [{"kind": "dream"}]}]},
        {"conditions": [{"kind": "any", "conditions": [], "low": 1}]},
        {"conditions": [functools.reduce(lambda one, _: {"kind": "any", "conditions": [one]}, range(2000), {})]},
    ],
)
def test_what_no_segment_says_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(SeqlensError, match="newer Seqlens"):
        Segment.from_dict(body)


def test_segments_from_before_there_were_windows_are_the_same() -> None:
    stored = {"kind": "events", "behaviour": "view", "category": None, "low": 3, "high": None, "tag": False}
    segment = Segment.from_dict({"conditions": [stored]})
    assert segment == Segment((EventCount("view", low=3),))
    assert not segment.needs_times
    assert segment.to_dict() == {"conditions": [stored]}  # which an older Seqlens reads
    recent = Segment((EventCount("view", low=3, last=30),))
    assert recent.needs_times
    assert recent.to_dict() == {"conditions": [stored | {"last": 30}]}


def test_groups_of_conditions_read_as_they_are_written(cursor: duckdb.DuckDBPyConnection) -> None:
    lamps, buyers, late = EventCount(None, "厨房"), EventCount("it's bought", low=2), LastSeen(high=10.0)
    one = {each: set(segments.members(cursor, Segment((each,))).tolist()) for each in (lamps, buyers, late)}
    everyone = set(range(USERS))
    found = segments.members(cursor, Segment((AnyOf((lamps, buyers)), NoneOf((late,)))))
    assert set(found.tolist()) == (one[lamps] | one[buyers]) - one[late]
    found = segments.members(cursor, Segment((NoneOf((lamps, AnyOf((buyers, late)))),)))
    assert set(found.tolist()) == everyone - (one[lamps] | one[buyers] | one[late])
    assert set(segments.members(cursor, Segment((AnyOf(), NoneOf()))).tolist()) == everyone


def test_clusters_are_read_where_they_are_saved(cursor: duckdb.DuckDBPyConnection) -> None:
    cursor.execute("CREATE TABLE saved (kind VARCHAR, name VARCHAR, body VARCHAR, changed TIMESTAMP)")
    body = json.dumps({"views": [3, 1], "it's": [2]})
    name = "k-means '5'".replace("'", "''")
    cursor.execute(f"INSERT INTO saved VALUES ('clusters', '{name}', '{body.replace(chr(39), chr(39) * 2)}', now())")
    assert segments.groups(cursor) == [("k-means '5'", "views", 2), ("k-means '5'", "it's", 1)]
    assert segments.members(cursor, Segment((InCluster("k-means '5'", "views"),))).tolist() == [1, 3]
    for gone in (InCluster("k-means '5'", "x"), InCluster("other", "views")):
        with pytest.raises(SeqlensError, match="not saved any more"):
            segments.members(cursor, Segment((gone,)))


def test_without_times_nobody_is_found_by_them() -> None:
    with duckdb.connect() as connection:
        fill(connection, ["ann", "bob"], ITEMS, [("view", False)], [(0, 0, 1, 0, None, None)], timed=False)
        with pytest.raises(SeqlensError, match="no times"):
            segments.members(connection, Segment((LastSeen(),)))
        with pytest.raises(SeqlensError, match="no times"):
            segments.members(connection, Segment((NoneOf((EventCount(last=30),)),)))
        assert segments.members(connection, Segment((EventCount(),))).tolist() == [0]


def test_members_are_found_without_pandas() -> None:
    code = (
        "import duckdb, sys; from core.analysis import segments; from core.analysis.conditions import *; "
        "from core.data.tables import create_statements; connection = duckdb.connect(); "
        "[connection.execute(one) for one in create_statements()]; "
        "segments.members(connection, Segment((EventCount('a', 'b'), Amount(), UserIds(('x',))))); "
        "print('pandas' in sys.modules)"
    )
    root = Path(__file__).parents[3]
    told = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


@given(
    st.sampled_from([*DAYTIMES, None]),
    st.sampled_from([*DAYS, None]),
    st.integers(-12, 14),
    st.sampled_from([0.2, 0.5]),
)
def test_hours_and_days_are_those_of_the_place(
    cursor: duckdb.DuckDBPyConnection, hours: str | None, days: str | None, offset: int, low: float
) -> None:
    condition = ActiveWhen(hours, days, low)
    shifted = [(user, time + offset * segments.HOUR, *rest) for user, time, *rest in EVENTS]
    expected = [share([event for event in shifted if event[0] == user], condition) for user in range(USERS)]  # type: ignore[misc]
    found = segments.members(cursor, Segment((condition,)), offset)
    assert found.tolist() == [user for user in range(USERS) if expected[user] >= low]
    assert np.allclose(segments.figures(cursor, (condition,), offset)[condition], expected)


def test_figures_are_the_shares_that_conditions_speak_of(cursor: duckdb.DuckDBPyConnection) -> None:
    asked = (CategoryShare("厨房"), ActiveWhen("night", "weekend"), EventCount())
    found = segments.figures(cursor, asked)
    assert set(found) == set(asked[:2])
    for one in asked[:2]:
        assert isinstance(one, CategoryShare | ActiveWhen)
        wanted = [share([event for event in EVENTS if event[0] == user], one) for user in range(USERS)]
        assert np.allclose(found[one], wanted)
    assert segments.figures(cursor, (EventCount(),)) == {}
