"""What is counted a few users at a time is what is counted of all at once, in whichever order they come."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.counts import DAY, FAR, GAP_ENDS, Counts

ITEMS, KINDS = 5, 3
EVENTS = st.lists(
    st.tuples(
        st.integers(0, 8), st.integers(-3 * DAY, 40 * DAY), st.integers(-1, ITEMS - 1), st.integers(0, KINDS - 1)
    ),
    max_size=60,
)


def taken(events: list[tuple[int, int, int, int]], counts: Counts) -> None:
    user, time, item, behaviour = np.array(events, np.int64).reshape(-1, 4).T
    counts.take(user.astype(np.int32), time, item.astype(np.int32), behaviour.astype(np.uint8))


@settings(deadline=None)
@given(events=EVENTS, blocks=st.permutations(range(3)), apart=st.booleans())
def test_in_blocks_as_at_once(events: list[tuple[int, int, int, int]], blocks: list[int], apart: bool) -> None:
    events.sort(key=lambda event: event[:2])
    whole = Counts(ITEMS, KINDS, timed=True)
    taken(events, whole)
    found = Counts(ITEMS, KINDS, timed=True)
    for block in blocks:
        own = Counts(ITEMS, KINDS, timed=True) if apart else found
        taken([event for event in events if event[0] // 3 == block], own)
        if apart:
            found.add(own)
    for name, value in vars(whole).items():
        np.testing.assert_array_equal(getattr(found, name), value, err_msg=name)
    assert whole.pairs == len({(user, item) for user, _, item, _ in events if item >= 0})
    days = [time // DAY for _, time, _, _ in events]
    assert whole.day_events.tolist() == [
        days.count(day) for day in range(min(days, default=0), max(days, default=-1) + 1)
    ]
    gaps = [late[1] - early[1] for early, late in pairwise(events) if early[0] == late[0]]
    assert whole.gaps_within.tolist() == [sum(gap <= end for gap in gaps) for end in GAP_ENDS] + [len(gaps)]
    for kind in range(KINDS):
        own_events = [event for event in events if event[3] == kind]
        assert whole.behaviour_events[kind] == len(own_events)
        assert whole.behaviour_users[kind] == len({event[0] for event in own_events})
        assert set(np.flatnonzero(whole.behaviour_items[:, kind])) == {event[2] for event in own_events} - {-1}


@settings(deadline=None)
@given(
    days=st.lists(
        st.one_of(st.integers(-20, 20), st.sampled_from([-FAR - 1, -FAR, FAR, FAR + 1, 10**8, -(10**8)])), max_size=12
    ),
    cut=st.integers(0, 12),
)
def test_days_that_are_far_away_take_no_room(days: list[int], cut: int) -> None:
    found, other = Counts(ITEMS, KINDS, timed=True), Counts(ITEMS, KINDS, timed=True)
    taken([(0, day * DAY + 5, 0, 0) for day in sorted(days[:cut])], found)
    taken([(1, day * DAY + 5, 0, 0) for day in sorted(days[cut:])], other)
    found.add(other)
    told = Counter(days)
    assert [column.tolist() for column in found.days()] == [sorted(told), [told[day] for day in sorted(told)]]
    assert all(column.dtype == np.int64 for column in found.days())
    assert len(found.day_events) <= 2 * FAR + 1


def test_without_times_no_days_and_no_gaps() -> None:
    counts = Counts(ITEMS, KINDS, timed=False)
    taken([(3, 0, 1, 0), (3, 1, -1, 2)], counts)
    assert (len(counts.day_events), counts.gaps_within.any(), counts.pairs) == (0, False, 1)
    assert counts.item_events.tolist() == [0, 1, 0, 0, 0]
