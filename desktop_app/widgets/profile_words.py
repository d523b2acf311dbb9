"""A user in a few sentences, each made of the figures of a profile and of nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from desktop_app.widgets import counted, readable
from desktop_app.widgets.timeline_scale import DAY, moment, show_duration
from desktop_app.widgets.turn_words import side_name, turn_place

if TYPE_CHECKING:
    from core.analysis.profiles import Habit, Profile, Share
    from core.sequences.store import UserEvents
    from core.telling import Portrait

TURNS = 2  # that are told, the last ones
BEHAVIOURS = 3
LONGEST = 60  # letters of a title


class _Days(QObject):
    """An object only because Qt's translation tool finds plurals in `self.tr` and nowhere else."""

    def days(self, count: int) -> str:
        return self.tr("%Ln day(s)", "", count)


_days = _Days()


def sentences(portrait: Portrait, events: UserEvents) -> list[str]:
    """What may be said of a user, a sentence each: stage, likes and how they changed, times, ways, prices."""
    profile = portrait.profile
    if not profile.events:
        return [QCoreApplication.translate("profile", "This user has no events.")]
    return [
        *([_stage(profile.habit)] if profile.habit is not None else []),
        *_likes(profile),
        *_turns(portrait, events),
        *_times(profile),
        *_ways(profile),
    ]


def _day(time: int) -> str:
    return f"{moment(time):%Y-%m-%d}"


def _stage(habit: Habit) -> str:
    translate = QCoreApplication.translate
    first, last, days = _day(habit.first), _day(habit.last), _days.days(habit.days)
    quiet = show_duration(round(habit.quiet * DAY), 1)
    pause = "" if habit.days < 2 else _days.days(round(habit.pause))
    said = {
        "new": translate(
            "profile", "New: first seen on {0}; events on {1}, the last one {2} before the end of the data."
        ),
        "few": translate("profile", "Too little to see a rhythm: events on {1}, the last one on {3}."),
        "quiet": translate(
            "profile",
            "Gone quiet: the last event was on {3}, {2} before the end of the data; usually pauses are up to {4}.",
        ),
        "slowing": translate(
            "profile",
            "Slowing: events on {5} in the first half of the time since {0}, and on {6} in the second half.",
        ),
        "regular": translate("profile", "Regular: events on {1} since {0}, with pauses of usually up to {4}."),
    }
    return said[habit.stage].format(first, days, quiet, last, pause, _days.days(habit.earlier), _days.days(habit.later))


def _likes(profile: Profile) -> list[str]:
    translate = QCoreApplication.translate
    found = []
    if profile.liked:
        found.append(translate("profile", "More than others: {0}.").format(_compared(profile.liked)))
    elif profile.frequent:
        found.append(translate("profile", "Much as all others: mostly {0}.").format(_compared(profile.frequent)))
    if profile.repeated is not None:
        title, count = profile.repeated
        short = title if len(title) <= LONGEST else title[: LONGEST - 1] + "…"
        found.append(translate("profile", "Came back most to “{0}” ({1}).").format(short, counted.events(count)))
    return found


def _compared(shares: tuple[Share, ...]) -> str:
    text = QCoreApplication.translate("profile", "{0} {1} (others {2})")
    return readable.listed(
        [
            text.format(each.name, readable.percent(each.share), readable.percent(max(each.others, 0.0)))
            for each in shares
        ]
    )


def _turns(portrait: Portrait, events: UserEvents) -> list[str]:
    text = QCoreApplication.translate("profile", "Turned from {1} to {2} ({0}).")
    return [
        text.format(turn_place(turn, events), side_name(turn.before, events), side_name(turn.after, events))
        for turn in portrait.turns.found[-TURNS:]
    ]


def _times(profile: Profile) -> list[str]:
    translate = QCoreApplication.translate
    found = []
    if profile.daytime is not None:
        name, share = profile.daytime
        said = {
            "night": translate("profile", "{0} of the events are at night (0–6 h {1})."),
            "morning": translate("profile", "{0} of the events are in the morning (6–12 h {1})."),
            "afternoon": translate("profile", "{0} of the events are in the afternoon (12–18 h {1})."),
            "evening": translate("profile", "{0} of the events are in the evening (18–24 h {1})."),
        }
        found.append(said[name].format(readable.percent(share), readable.zone(profile.offset)))
    if profile.weekend is not None:
        text = translate("profile", "{0} of the events are on Saturdays and Sundays.")
        found.append(text.format(readable.percent(profile.weekend)))
    return found


def _ways(profile: Profile) -> list[str]:
    translate = QCoreApplication.translate
    found = []
    if profile.behaviours:
        told = [f"{each.name} {readable.percent(each.share)}" for each in profile.behaviours[:BEHAVIOURS]]
        found.append(translate("profile", "Behaviours: {0}.").format(readable.listed(told)))
    if profile.prices is not None:
        low, middle, high = map(readable.price, profile.prices)
        text = translate("profile", "Half of the prices are from {0} to {2}, the middle one is {1}.")
        found.append(text.format(low, middle, high))
    return found
