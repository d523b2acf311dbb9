"""The filter of events against plain conditions, one event at a time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.sequences.filter import EventFilter
from core.sequences.store import UserEvents
from tests.filled import sequence

filters = st.builds(
    EventFilter,
    behaviours=st.none() | st.frozensets(st.sampled_from(["view", "cart", "no such"])),
    categories=st.none() | st.frozensets(st.sampled_from(["Category 0", "Category 1", "no such"])),
    text=st.sampled_from(["", " ", "title 1", "ITEM-2", "nothing"]),
    least=st.none() | st.integers(0, 12).map(float),
    most=st.none() | st.integers(0, 12).map(float),
    start=st.none() | st.integers(0, 100).map(float),
    end=st.none() | st.integers(0, 100).map(float),
)


def passes(events: UserEvents, event: int, wanted: EventFilter) -> bool:
    text, price, time = wanted.text.strip().lower(), float(events.price[event]), int(events.time[event])
    return (
        (wanted.behaviours is None or events.behaviours[events.behaviour[event]].name in wanted.behaviours)
        and (wanted.categories is None or events.categories[event].as_py() in wanted.categories)
        and (text in (events.titles[event].as_py() or "").lower() or text in events.ids[event].as_py().lower())
        and (wanted.least is None or price >= wanted.least)
        and (wanted.most is None or price <= wanted.most)
        and (wanted.start is None or time >= wanted.start)
        and (wanted.end is None or time <= wanted.end)
    )


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 2)), max_size=15).map(sorted), filters)
def test_every_condition_must_hold(pairs: list[tuple[int, int]], wanted: EventFilter) -> None:
    titles = [None if number % 4 == 3 else f"Title {number}" for number in range(len(pairs))]
    events = sequence([time for time, _ in pairs], [kind for _, kind in pairs], titles=titles)
    found = wanted.matches(events).tolist()
    assert found == [passes(events, event, wanted) for event in range(len(pairs))]


def test_what_is_unknown_fails_a_condition_on_it() -> None:
    events = sequence([0, 1])
    events.price[1] = float("nan")
    assert EventFilter(least=-5.0).matches(events).tolist() == [True, False]
    assert EventFilter().matches(events).tolist() == [True, True]
    assert EventFilter(behaviours=frozenset()).matches(events).tolist() == [False, False]


def test_an_empty_filter_knows_it() -> None:
    assert EventFilter().empty
    assert not EventFilter(text="a").empty
    assert EventFilter(text="a").between(1.0, 2.0) == EventFilter(text="a", start=1.0, end=2.0)
    assert EventFilter(start=1.0, end=2.0).between(None, None).empty
