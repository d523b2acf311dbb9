"""Flows against plain counting, user by user and event by event."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis import flows, funnels
from core.analysis.flows import Named
from core.progress import Progress
from core.sequences.log import Behaviour, Catalogue, EventLog
from tests.logs import log_of

BEHAVIOURS = tuple(Behaviour(name) for name in ("view", "cart", "purchase"))
CATEGORIES = ["b", "a", None, "a", "", "c"]


def catalogue() -> Catalogue:
    nothing = pa.nulls(len(CATEGORIES), pa.string())
    prices = np.zeros(len(CATEGORIES), np.float32)
    ids = pa.array([str(item) for item in range(len(CATEGORIES))])
    return Catalogue(ids, nothing, pa.array(CATEGORIES, pa.string()), nothing, prices)


@st.composite
def logs(draw: st.DrawFn) -> EventLog:
    """Few users with up to a dozen events, many of them at the same time."""
    event = st.tuples(st.integers(-1, len(CATEGORIES) - 1), st.integers(0, 2))
    users = draw(st.lists(st.lists(event, max_size=12), min_size=1, max_size=5))
    times = [sorted(draw(st.lists(st.integers(0, 15), min_size=len(user), max_size=len(user)))) for user in users]
    return log_of(users, len(CATEGORIES), times, BEHAVIOURS)


def sequences(events: Named) -> Iterator[list[int]]:
    """The states of each user with events."""
    for start, end in itertools.pairwise(events.log.offsets.tolist()):
        if end > start:
            yield events.state[start:end].tolist()


def by_behaviour(log: EventLog) -> Named:
    return flows.named(log, catalogue(), "behaviour")


@given(logs(), st.integers(1, 3), st.booleans())
def test_states_are_named_by_frequency_and_the_rest_is_pooled(log: EventLog, most: int, behaviours: bool) -> None:
    found = flows.named(log, catalogue(), "behaviour" if behaviours else "category", most)
    told: list[str | None]
    if behaviours:
        told = [BEHAVIOURS[code].name for code in log.behaviour.tolist()]
    else:
        told = [CATEGORIES[item] or None if item >= 0 else None for item in log.item.tolist()]
    counts = Counter(name for name in told if name)
    assert found.log.events == counts.total()
    assert found.pooled != 1
    shown = found.names[:-1] if found.pooled else found.names
    assert len(counts) == len(shown) + found.pooled
    assert [counts[name] for name in shown] == [count for _, count in counts.most_common()][: len(shown)]
    expected = [name if name in shown else "" for name in told if name is not None]
    assert [found.names[state] for state in found.state.tolist()] == expected
    assert found.log.users == log.users


@pytest.mark.parametrize(
    ("categories", "names"),
    [
        (["Comedy|Drama", "Drama", "Comedy", None, "Drama|Comedy", ""], {"Comedy": 2, "Drama": 2}),
        (
            ["Comedy Drama", "Drama War", "Comedy War", "War", "War Drama", "Comedy"],
            {"Comedy": 3, "War": 2, "Drama": 1},
        ),
        (["Shoes, Bags", "Lamps, Lights", None, "", None, None], {"Shoes, Bags": 1, "Lamps, Lights": 1}),
        (["Home > Bath", "Home > Bed", "Home", "Home > Bath", "Bed > Bath", "Bath > Home"], None),
    ],
)
def test_categories_that_tags_make_up_count_for_the_first(
    categories: list[str | None], names: dict[str, int] | None
) -> None:
    nothing = pa.nulls(6, pa.string())
    catalogue = Catalogue(nothing, nothing, pa.array(categories, pa.string()), nothing, np.zeros(6, np.float32))
    found = flows.named(log_of([list(range(6))], 6), catalogue, "category")
    expected = names or dict(Counter(name for name in categories if name))  # the first part of a path tells nothing
    assert {name: int((found.state == place).sum()) for place, name in enumerate(found.names)} == expected


@given(logs(), st.lists(st.integers(0, 4), max_size=4))
def test_a_segment_keeps_the_states(log: EventLog, users: list[int]) -> None:
    whole = flows.named(log, catalogue(), "category")
    codes = np.array([user for user in users if user < log.users], dtype=np.int32)
    found = whole.among(codes)
    assert found.names == whole.names
    for user, (start, end) in enumerate(itertools.pairwise(found.log.offsets.tolist())):
        first, last = whole.log.offsets[user], whole.log.offsets[user + 1] if user in codes else whole.log.offsets[user]
        assert found.state[start:end].tolist() == whole.state[first:last].tolist()
        assert found.log.item[start:end].tolist() == whole.log.item[first:last].tolist()


@given(logs())
def test_transitions_are_all_neighbours(log: EventLog) -> None:
    events = by_behaviour(log)
    found = flows.transitions(events)
    pairs = Counter(pair for states in sequences(events) for pair in itertools.pairwise(states))
    for pair in itertools.product(range(events.states), repeat=2):
        assert found.counts[pair] == pairs[pair]
    assert found.starts.tolist() == [
        sum(states[0] == one for states in sequences(events)) for one in range(events.states)
    ]
    assert found.ends.tolist() == [
        sum(states[-1] == one for states in sequences(events)) for one in range(events.states)
    ]
    sums = found.shares.sum(axis=1)
    assert np.allclose(sums, found.counts.sum(axis=1) > 0)


@given(logs(), st.integers(1, 8))
def test_steps_hold_every_user(log: EventLog, steps: int) -> None:
    events = by_behaviour(log)
    matrix = flows.step_matrix(events, steps)
    assert matrix.shape == (events.states + 1, steps)
    users = list(sequences(events))
    for step in range(steps):
        at = Counter(states[step] if step < len(states) else events.states for states in users)
        assert matrix[:, step].tolist() == [at[state] for state in range(events.states + 1)]


@given(logs(), st.integers(1, 4), st.booleans())
def test_paths_are_counted_by_users_then_by_times(log: EventLog, length: int, collapse: bool) -> None:
    events = by_behaviour(log)
    found = flows.paths(events, length, 100, Progress(), collapse)
    users: Counter[tuple[int, ...]] = Counter()
    times: Counter[tuple[int, ...]] = Counter()
    for states in sequences(events):
        if collapse:
            states = [state for state, _ in itertools.groupby(states)]
        grams = [tuple(states[place : place + length]) for place in range(len(states) - length + 1)]
        times.update(grams)
        users.update(set(grams))
    assert found.everyone == len(list(sequences(events)))
    shown = [tuple(row) for row in found.states.tolist()]
    assert dict(zip(shown, found.users.tolist(), strict=True)) == users
    assert dict(zip(shown, found.times.tolist(), strict=True)) == times
    order = list(zip((-found.users).tolist(), (-found.times).tolist(), shown, strict=True))
    assert order == sorted(order)
    assert len(flows.paths(events, length, 2, Progress(), collapse).users) == min(2, len(users))


def test_paths_of_many_states_do_not_overflow() -> None:
    behaviours = tuple(Behaviour(str(number)) for number in range(250))
    log = log_of([[(0, number) for number in range(249, -1, -1)]] * 2, 1, behaviours=behaviours)
    found = flows.paths(flows.named(log, catalogue(), "behaviour", 250), 6, 3, Progress())
    assert found.states.tolist() == [[5, 4, 3, 2, 1, 0], [6, 5, 4, 3, 2, 1], [7, 6, 5, 4, 3, 2]]
    assert found.users.tolist() == [2, 2, 2]


# ---------------------------------------------------------------- funnels


def ways(states: list[int], times: list[int], steps: list[int], window: int | None) -> Iterator[tuple[int, ...]]:
    """Every way to go through some first steps, as places of events."""

    def further(way: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if way:
            yield way
        if len(way) < len(steps):
            for place in range(way[-1] + 1 if way else 0, len(states)):
                in_time = not way or window is None or times[place] - times[way[0]] <= window
                if states[place] == steps[len(way)] and in_time:
                    yield from further((*way, place))

    return further(())


@given(logs(), st.lists(st.integers(0, 2), min_size=1, max_size=4), st.none() | st.integers(0, 12), st.booleans())
def test_a_funnel_is_the_farthest_way_of_each_user(
    log: EventLog, steps: list[int], window: int | None, timed: bool
) -> None:
    events = by_behaviour(replace(log, timed=timed))
    found = funnels.funnel(events, steps, window, Progress())
    best: list[tuple[list[int], tuple[int, ...]]] = []
    for start, end in itertools.pairwise(log.offsets.tolist()):
        states, times = events.state[start:end].tolist(), log.time[start:end].tolist()
        every = list(ways(states, times, steps, window if timed else None))
        if every:
            # The farthest, which arrives first, starts last, and is closest from its end.
            way = min(every, key=lambda way: (-len(way), way[-1], -way[0], [-place for place in reversed(way)]))
            best.append((times, way))
    assert found.everyone == np.count_nonzero(log.lengths)
    assert found.users.tolist() == [sum(len(way) > step for _, way in best) for step in range(len(steps))]
    for step in range(len(steps)):
        got = [(times, way) for times, way in best if len(way) > step]
        since_start = [times[way[step]] - times[way[0]] for times, way in got]
        since_last = [times[way[step]] - times[way[step - 1]] for times, way in got] if step else []
        for figures, expected in ((found.since_start, since_start), (found.since_last, since_last)):
            if timed and expected:
                assert figures[step] == median(expected)
            else:
                assert np.isnan(figures[step])


def test_nobody_is_no_error() -> None:
    events = by_behaviour(log_of([[], []], len(CATEGORIES), [[], []], BEHAVIOURS))
    assert flows.transitions(events).counts.sum() == 0
    assert flows.step_matrix(events, 3).sum() == 0
    assert flows.paths(events, 2, 5, Progress()).states.shape == (0, 2)
    assert funnels.funnel(events, [0, 1], None, Progress()).users.tolist() == [0, 0]


def test_a_funnel_can_be_stopped() -> None:
    from core.progress import Cancelled

    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        funnels.funnel(by_behaviour(log_of([[(0, 0)]], 6, [[0]], BEHAVIOURS)), [0, 1], None, progress)
