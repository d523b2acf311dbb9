"""When users are there: hours of the week, and who comes back in later weeks or months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from core.analysis.flows import runs
from core.errors import SeqlensError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.sequences.log import EventLog

Period = Literal["day", "week", "month"]
HOUR, DAY = 3_600_000_000, 86_400_000_000  # microseconds
MONDAY = 3  # 1970-01-01 was a Thursday
MOST = 120  # periods that are told apart


def hours(log: EventLog, offset: int = 0, behaviour: int | None = None) -> NDArray[np.int64]:
    """Events by day of the week (Monday first) and hour, int64 [7, 24], `offset` hours east of UTC.

    Only those with a `behaviour` (its code), where one is given.

    Raises:
        SeqlensError: the events have no times.
    """
    hour = hours_of(log, offset)
    hour = hour if behaviour is None else hour[log.behaviour == behaviour]
    return np.bincount(hour, minlength=168).reshape(7, 24)


def hours_of(log: EventLog, offset: int = 0) -> NDArray[np.int64]:
    """The hour of the week of each event, int64 [events], from 0 at the start of Monday.

    Raises:
        SeqlensError: the events have no times.
    """
    _need_times(log)
    hour = log.time // HOUR + offset
    return (hour // 24 + MONDAY) % 7 * 24 + hour % 24


@dataclass(frozen=True)
class Retention:
    """Who of those that came first in a period is there again so many periods later.

    Attributes:
        starts: datetime64[D] [cohorts], first day of each period in which somebody came first.
        users: int64 [cohorts], who came first in it.
        active: int64 [cohorts, periods], who of them has an event 0, 1, 2 ... periods later; -1 where the period begins
            after the last event of the data.
    """

    starts: NDArray[np.datetime64]
    users: NDArray[np.int64]
    active: NDArray[np.int64]

    @property
    def shares(self) -> NDArray[np.float64]:
        """float64 [cohorts, periods], NaN where it is not known yet."""
        shares: NDArray[np.float64] = self.active / np.maximum(self.users, 1)[:, None]
        shares[self.active < 0] = np.nan
        return shares

    @property
    def overall(self) -> NDArray[np.float64]:
        """float64 [periods], of all users who could be there again by then."""
        known = self.active >= 0
        could = (known * self.users[:, None]).sum(axis=0)
        shares: NDArray[np.float64] = np.where(known, self.active, 0).sum(axis=0) / np.maximum(could, 1)
        return shares


def retention(log: EventLog, period: Period, first: int | None = None, again: int | None = None) -> Retention:
    """Cohorts by the period of their first event: days, weeks from Monday, or calendar months (UTC).

    Args:
        first: the behaviour (its code) whose first event puts a user into a cohort; None for any.
        again: the behaviour that counts as being there again, from that event on; None for any. Where it is another one
            than `first`, those who are there "0 periods later" did it in the same period, later or at the same time.

    Raises:
        SeqlensError: the events have no times, or they span more periods than can be shown.
    """
    found = cohorts(log, period, first, again)
    width, begin = found.width, found.begin
    if not width:
        return Retention(np.zeros(0, "datetime64[D]"), np.zeros(0, np.int64), np.zeros((0, 0), np.int64))
    visits, _ = runs(found.user.astype(np.int64) * width + found.number)  # each user once in each period
    user, when = visits // width, visits % width
    cohort = begin[user]
    active = np.bincount(cohort * width + (when - cohort), minlength=width * width).reshape(width, width)
    later = np.arange(width)[:, None] + np.arange(width)[None, :]
    active[later >= width] = -1
    users = np.bincount(begin[begin >= 0], minlength=width)
    some = users > 0
    return Retention(_days(np.arange(found.low, found.low + width), period)[some], users[some], active[some])


@dataclass(frozen=True)
class Cohorts:
    """Users by the period of their first event, and when they were there from then on.

    Attributes:
        begin: int64 [users], the period of the first event, from that of the first event of all; -1 without one.
        user: int32 [n], of each event that counts as being there.
        number: int64 [n], its period, counted in the same way.
        width: how many periods the data span.
        low: the first of them, as `_days` counts.
    """

    begin: NDArray[np.int64]
    user: NDArray[np.int32]
    number: NDArray[np.int64]
    width: int
    low: int = 0


def cohorts(log: EventLog, period: Period, first: int | None = None, again: int | None = None) -> Cohorts:
    """Who came first when, and was there when from then on; as `retention` counts.

    Raises:
        SeqlensError: the events have no times, or they span more periods than can be shown.
    """
    _need_times(log)
    begin = np.full(log.users, -1, dtype=np.int64)
    if log.events == 0:
        return Cohorts(begin, np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64), 0)
    number = _periods(log.time, period)
    low = int(number.min())
    number -= low
    width = int(number.max()) + 1
    if width > MOST:
        raise SeqlensError("The data span {periods} periods, too many to show. Choose longer ones.", periods=width)
    if first is None:
        start = log.offsets[:-1][log.lengths > 0]
    else:
        start = np.flatnonzero(log.behaviour == first)
        start = start[np.append(True, np.diff(log.user[start]) != 0)[: len(start)]]  # the first one of each user
    begin[log.user[start]] = number[start]
    if first is None and again is None:
        return Cohorts(begin, log.user, number, width, low)
    since = np.zeros(log.users, dtype=np.int64)
    since[log.user[start]] = log.time[start]
    later = begin[log.user] >= 0
    later &= log.time >= since[log.user]
    if again is not None:
        later &= log.behaviour == again
    return Cohorts(begin, log.user[later], number[later], width, low)


def _need_times(log: EventLog) -> None:
    if not log.timed:
        raise SeqlensError("The events have no times, only an order. Import files with a column of times to see this.")


def _periods(time: NDArray[np.int64], period: Period) -> NDArray[np.int64]:
    """The number of each time's period, counted from any fixed one."""
    day = time // DAY
    if period == "month":
        return day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return day if period == "day" else (day + MONDAY) // 7


def _days(number: NDArray[np.int64], period: Period) -> NDArray[np.datetime64]:
    """The first day of each period."""
    if period == "month":
        return number.astype("datetime64[M]").astype("datetime64[D]")
    return (number if period == "day" else number * 7 - MONDAY).astype("datetime64[D]")
