"""Later events of users brought to their places in columns that are in memory."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.data.arrow import room


class Arriving:
    """Where later events belong among those that stand in order, by user and, within a user, by time.

    Equals stay as they came, the later events behind the others.

    Attributes:
        offsets: int64 [users + 1], of all events.
    """

    def __init__(
        self, offsets: NDArray[np.int64], time: NDArray[np.int64], user: NDArray[np.int32], later: NDArray[np.int64]
    ) -> None:
        """Find the places.

        Args:
            offsets: int64 [users + 1], of the events that stand in order; a user of whom there are none yet has two
                equal ones.
            time: int64 [events], of these events.
            user: int32 [later], the users of the others.
            later: int64 [later], their times.
        """
        self._order = np.lexsort((later, user))
        user = user[self._order]
        counts, added = np.diff(offsets), np.bincount(user, minlength=len(offsets) - 1)
        self.offsets = np.concatenate(([0], np.cumsum(counts + added)))
        self._places = offsets[user + 1] + np.arange(len(user))
        self._former = np.ones(len(time) + len(later), np.bool_)
        self._former[self._places] = False
        # Nearly always what arrives is later than all that a user did before. The others are ordered anew.
        both = np.flatnonzero((counts > 0) & (added > 0))
        first = later[self._order[np.cumsum(added)[both] - added[both]]]
        mixed = both[first < time[offsets[both + 1] - 1]]
        lengths = (counts + added)[mixed]
        self._rows = np.arange(lengths.sum()) + np.repeat(self.offsets[mixed] - (np.cumsum(lengths) - lengths), lengths)
        self._sorted = self._rows
        if len(mixed):
            self._sorted = self._rows[np.lexsort((self._put(time, later)[self._rows], np.repeat(mixed, lengths)))]

    def column(self, former: NDArray[Any], later: NDArray[Any]) -> NDArray[Any]:
        """A column of all events, of those that stand in order and the others as they came."""
        found = self._put(former, later)
        if len(self._rows):
            found[self._rows] = found[self._sorted]
        return found

    def _put(self, former: NDArray[Any], later: NDArray[Any]) -> NDArray[Any]:
        found: NDArray[Any] = room(len(self._former), former.dtype)
        found[self._former] = former
        found[self._places] = later[self._order]
        return found
