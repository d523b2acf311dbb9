"""What may be said of one user in words, as figures: what is liked, in which stage, when, how, at which prices.

Nothing is said that the figures do not bear: a category is liked only where its share clearly exceeds that of all
other users, a part of the day is named only where most events are in it, and a stage follows from the user's own
rhythm and not from a fixed number of days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from core.analysis.daytimes import DAYTIMES, WEEKEND, Daytime, hour_of, weekday_of
from core.analysis.naming import log_odds
from core.analysis.rhythms import DAY
from core.sequences.sessions import session_starts

if TYPE_CHECKING:
    from core.sequences.store import UserEvents

Stage = Literal["new", "regular", "slowing", "quiet", "few"]
Doubles = NDArray[np.float64]

CLEAR = 2.6  # standard errors from which a category is liked more than by others: few of twenty are so by chance
SHARE = 0.05  # of the user's events that a liked category is in, at least
LIKED = 3  # categories that are told
ENOUGH = 10  # events below which no share is told
MOST = 0.5  # share of events from which "mostly" is said
DAYS = 3  # days with events below which no rhythm is told
RECENT = 0.1  # of the time that the data span: who came in it is new
PATIENCE = 3.0  # times the longest usual pause after which a user has gone quiet
USUAL = 0.9  # share of the pauses that are usual
FALLEN = 2.0  # standard errors by which a later half has fewer days with events, for slowing


@dataclass(frozen=True)
class Share:
    """A name with its share of the user's events, and of those of all others (NaN where that is not compared)."""

    name: str
    share: float
    others: float = float("nan")


@dataclass(frozen=True)
class Habit:
    """Where in time a user stands.

    Attributes:
        stage: "few" where there are too few days with events to say.
        first, last: days of the first and the last event, microseconds since 1970 UTC.
        quiet: days from the last event to the end of the data.
        pause: days, the longest usual pause between days with events; NaN with fewer than two.
        days: days with events.
        earlier, later: days with events in the first and in the second half of the time since the first event.
    """

    stage: Stage
    first: int
    last: int
    quiet: float
    pause: float
    days: int
    earlier: int
    later: int


@dataclass(frozen=True)
class Profile:
    """The figures of one user.

    Attributes:
        events, sessions: how many; 0 sessions where events have no times.
        liked: categories that this user's events have more often than those of others, the clearest first.
        frequent: the most frequent categories where none is liked more than by others.
        habit: None where events have no times, or there are none.
        daytime: the part of the day that has most of the events; None where none has, or on too few days to say.
        weekend: the share of events on Saturdays and Sundays, where it is most of them; None otherwise.
        behaviours: shares of the events, the most frequent first; empty where there is one behaviour alone.
        prices: first quartile, median and third quartile of the prices of what the events are about; None for few.
        repeated: what the user came back to most, and the number of its events; None where nothing stands out.
        offset: hours ahead of UTC, in which `daytime` and `weekend` are told.
    """

    events: int
    sessions: int
    liked: tuple[Share, ...] = ()
    frequent: tuple[Share, ...] = ()
    habit: Habit | None = None
    daytime: tuple[Daytime, float] | None = None
    weekend: float | None = None
    behaviours: tuple[Share, ...] = ()
    prices: tuple[float, float, float] | None = None
    repeated: tuple[str, int] | None = None
    offset: int = 0


@dataclass(frozen=True)
class Everybody:
    """What a user is compared with.

    Attributes:
        tags: names of the categories' tags, t of them.
        had: float64 [t], events of all users that have each.
        events: of all users that have an item and speak for it.
        start, end: times of the first and the last event of all.
    """

    tags: tuple[str, ...]
    had: Doubles
    events: int
    start: int
    end: int


def profile(events: UserEvents, had: Doubles, everybody: Everybody, offset: int = 0) -> Profile:
    """What may be said of one user.

    Args:
        had: float64 [t], the user's events that have an item, speak for it and have each of the tags.
        offset: hours ahead of UTC, of the times of the day and of the week.
    """
    told = positive(events)
    timed = events.timed and events.events > 0
    liked, frequent = _likes(had, int(told.sum()), everybody)
    often = timed and len(np.unique(events.time // DAY)) >= DAYS and events.events >= ENOUGH
    kinds = np.bincount(events.behaviour, minlength=len(events.behaviours))
    order = [int(code) for code in np.argsort(-kinds, kind="stable") if kinds[code]]
    price = events.price[told & np.isfinite(events.price)]
    return Profile(
        events=events.events,
        sessions=len(session_starts(events.time)) if timed else 0,
        liked=liked,
        frequent=frequent,
        habit=_habit(events.time, everybody) if timed else None,
        daytime=_daytime(events.time, offset) if often else None,
        weekend=_weekend(events.time, offset) if often else None,
        behaviours=tuple(Share(events.behaviours[code].name, float(kinds[code] / kinds.sum())) for code in order)
        if len(order) > 1
        else (),
        prices=_quartiles(price) if len(price) >= ENOUGH else None,
        repeated=_repeated(events),
        offset=offset,
    )


def positive(events: UserEvents) -> NDArray[np.bool_]:
    """bool [events], which of a user's events have an item and speak for it."""
    speaks = np.array([not behaviour.negative for behaviour in events.behaviours] or [True])
    told: NDArray[np.bool_] = (events.item >= 0) & speaks[events.behaviour]
    return told


def _likes(had: Doubles, events: int, everybody: Everybody) -> tuple[tuple[Share, ...], tuple[Share, ...]]:
    """Categories that are liked more than by others; where there is none, those that are most frequent."""
    if events < ENOUGH or not had.any():
        return (), ()
    votes = np.array([events, max(everybody.events - events, 0)], dtype=np.float64)
    surprise, inside, outside = log_odds(np.stack((had, everybody.had - had)), votes)
    if votes[1]:
        clear = np.flatnonzero((surprise[0] >= CLEAR) & (inside[0] >= SHARE))
        clear = clear[np.argsort(-surprise[0, clear], kind="stable")][:LIKED]
        if len(clear):
            return tuple(Share(everybody.tags[n], float(inside[0, n]), float(outside[0, n])) for n in clear), ()
    most = [n for n in np.argsort(-inside[0], kind="stable")[:LIKED] if inside[0, n] >= SHARE]
    return (), tuple(Share(everybody.tags[n], float(inside[0, n]), float(outside[0, n])) for n in most)


def _habit(time: NDArray[np.int64], everybody: Everybody) -> Habit:
    first, last = int(time[0]), int(time[-1])
    days = np.unique(time // DAY)
    pauses = np.diff(days)
    pause = float(np.quantile(pauses, USUAL, method="higher")) if len(pauses) else float("nan")
    quiet = (everybody.end - last) / DAY
    middle = (first + everybody.end) // 2
    earlier = int((days * DAY + DAY // 2 < middle).sum())
    later = len(days) - earlier
    window = RECENT * (everybody.end - everybody.start) / DAY
    if len(days) < DAYS:
        stage: Stage = "new" if (everybody.end - first) / DAY <= window else "few"
    elif quiet > max(PATIENCE * pause, window, 1.0):
        stage = "quiet"
    elif (everybody.end - first) / DAY <= window:
        stage = "new"
    elif earlier - later > FALLEN * np.sqrt(len(days)):  # halves of equal chance differ by the root of the number
        stage = "slowing"
    else:
        stage = "regular"
    return Habit(stage, first, last, quiet, pause, len(days), earlier, later)


def _daytime(time: NDArray[np.int64], offset: int) -> tuple[Daytime, float] | None:
    hour = hour_of(time, offset)
    for name, (low, high) in DAYTIMES.items():
        share = float(((hour >= low) & (hour < high)).mean())
        if share >= MOST:
            return name, share
    return None


def _weekend(time: NDArray[np.int64], offset: int) -> float | None:
    share = float(np.isin(weekday_of(time, offset), WEEKEND).mean())
    return share if share >= MOST else None


def _quartiles(price: NDArray[np.float32]) -> tuple[float, float, float]:
    low, middle, high = np.quantile(price, (0.25, 0.5, 0.75), method="nearest").tolist()
    return low, middle, high


def _repeated(events: UserEvents) -> tuple[str, int] | None:
    """The item with most events, where it has at least three, a tenth of all, and more than any other."""
    about = np.flatnonzero(events.item >= 0)
    if not len(about):
        return None
    items, first, counts = np.unique(events.item[about], return_index=True, return_counts=True)
    best = int(counts.argmax())
    most = int(counts[best])
    if most < max(3, 0.1 * events.events) or int((counts == most).sum()) > 1 or len(items) < 2:
        return None
    return events.label(int(about[first[best]])), most
