"""What is counted over all events, some users' events at a time: while they are written, or in a log in memory."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SECOND = 1_000_000
DAY = 86_400 * SECOND
FAR = 4_000_000
"""Days before or after 1970, eleven thousand years, beyond which each day is kept by itself: a single wrong time would
take a number for each day up to it."""
# Upper ends, in microseconds, of the bars of the times between neighbouring events; the last bar is open.
GAP_ENDS = tuple(
    SECOND * seconds
    for seconds in (1, 10, 60, 300, 1800, 3600, 6 * 3600, 86400, 3 * 86400, 7 * 86400, 30 * 86400, 90 * 86400)
)


class Counts:
    """Counts of users' events.

    Attributes:
        timed: whether the events have times; without, neither days nor gaps are counted.
        item_events: int64 [items].
        behaviour_events: int64 [behaviours].
        behaviour_users: int64 [behaviours], users with such an event.
        behaviour_items: bool [items, behaviours], whether an item has such an event.
        first_day: days since 1970 of the first of `day_events`.
        day_events: int64 [days], of those that are not `FAR`.
        far_days, far_events: int64 [far], the others, ascending, and the events of each.
        gaps_within: int64 [len(GAP_ENDS) + 1], neighbours not farther apart than each end; the last are all.
        pairs: different pairs of a user and an item.
    """

    def __init__(self, items: int, behaviours: int, timed: bool) -> None:
        self.timed = timed
        self.item_events = np.zeros(items, np.int64)
        self.behaviour_events, self.behaviour_users = np.zeros((2, behaviours), np.int64)
        self.behaviour_items = np.zeros((items, behaviours), np.bool_)
        self.first_day, self.day_events = 0, np.zeros(0, np.int64)
        self.far_days, self.far_events = np.zeros((2, 0), np.int64)
        self.gaps_within = np.zeros(len(GAP_ENDS) + 1, np.int64)
        self.pairs = 0

    def take(
        self, user: NDArray[np.int32], time: NDArray[np.int64], item: NDArray[np.int32], behaviour: NDArray[np.uint8]
    ) -> None:
        """Count all events of some users, by user and time.

        Args:
            user: int32 [n], ascending, of users who were not counted before.
            time: int64 [n], microseconds since 1970 UTC where they are timed.
            item: int32 [n], -1 for none.
            behaviour: uint8 [n].
        """
        if not len(user):
            return
        first, kinds = int(user[0]), len(self.behaviour_events)
        row = user.astype(np.int64) - first
        many = int(row[-1]) + 1
        self.behaviour_events += np.bincount(behaviour, minlength=kinds)
        did = np.zeros(many * kinds, np.bool_)
        did[row * kinds + behaviour] = True
        self.behaviour_users += did.reshape(-1, kinds).sum(0)
        if self.timed:
            self._take_times(time, user)
        there = item >= 0
        if not there.all():
            item, behaviour, row = item[there], behaviour[there], row[there]
        items = len(self.item_events)
        self.item_events += np.bincount(item, minlength=items)
        self.behaviour_items[item, behaviour] = True
        pair = row * items + item
        if many * items < 2**31:  # they are sorted in half of the time
            pair = pair.astype(np.int32)
        pair.sort()
        self.pairs += int(np.count_nonzero(pair[1:] != pair[:-1])) + bool(len(pair))

    def add(self, other: Counts) -> None:
        """Add what was counted of other users."""
        self.item_events += other.item_events
        self.behaviour_events += other.behaviour_events
        self.behaviour_users += other.behaviour_users
        self.behaviour_items |= other.behaviour_items
        self.gaps_within += other.gaps_within
        self.pairs += other.pairs
        self._add_days(other.first_day, other.day_events)
        self._add_far(other.far_days, other.far_events)

    def days(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Days since 1970 on which something happened, ascending, and the events of each, int64 [days] both."""
        near = np.flatnonzero(self.day_events)
        middle = np.searchsorted(self.far_days, 0)
        days = np.insert(self.far_days, middle, near + self.first_day)
        return days, np.insert(self.far_events, middle, self.day_events[near])

    def _take_times(self, time: NDArray[np.int64], user: NDArray[np.int32]) -> None:
        day = time // DAY
        if day.min() < -FAR or day.max() > FAR:
            far = np.abs(day) > FAR
            self._add_far(day[far], np.ones(np.count_nonzero(far), np.int64))
            day = day[~far]
        if len(day):
            first = int(day.min())
            self._add_days(first, np.bincount(day - first))
        gap = np.diff(time)[user[1:] == user[:-1]]
        # Comparing with each end takes a third of the time of looking each gap up.
        within = [int(np.count_nonzero(gap <= most)) for most in GAP_ENDS]
        self.gaps_within += np.array([*within, len(gap)])

    def _add_days(self, first: int, events: NDArray[np.int64]) -> None:
        if not len(self.day_events):
            self.first_day, self.day_events = first, events.copy()
            return
        if not len(events):
            return
        start = min(first, self.first_day)
        end = max(first + len(events), self.first_day + len(self.day_events))
        if end - start > len(self.day_events):
            before = self.first_day - start
            self.day_events = np.pad(self.day_events, (before, end - start - before - len(self.day_events)))
            self.first_day = start
        self.day_events[first - start : first - start + len(events)] += events

    def _add_far(self, days: NDArray[np.int64], events: NDArray[np.int64]) -> None:
        if len(days):
            self.far_days, place = np.unique(np.concatenate((self.far_days, days)), return_inverse=True)
            self.far_events = np.bincount(place, np.concatenate((self.far_events, events))).astype(np.int64)
