"""Understanding a search for users: "night-time readers of science news who stopped in May", "买过至少3次手机的用户".

The names of categories, numbers and dates are found first and stand as one character each (`spotting`). Rules then use
up what they understand and make conditions of segments of it (`core.analysis.conditions`): when users came and left,
at which hours, how often they did what, what they spent, and which categories are a large part of what they read. What
is left and says something is a wish in words, for the language of what users read; with figures in it, or about what
no log tells, it is reported as not understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.analysis.conditions import (
    ActiveWhen,
    Amount,
    CategoryShare,
    Condition,
    EventCount,
    FirstSeen,
    LastOn,
    LastSeen,
)
from core.dialogue import searching_words as words
from core.dialogue.lexicon import behaviour_of, content
from core.dialogue.names import Name, Names, stem, tokens
from core.dialogue.numerals import numbers
from core.dialogue.spotting import DONE, C, D, N, Spotted, Value, Y, encoded, plain
from core.dialogue.spotting_dates import dated

FAN = 0.25  # share of the events from which a category is what one reads
MOSTLY = 0.5
NEW = 30  # days before the end of the data in which new users came
QUIET = 30  # days without an event after which a user has gone quiet, where no number is said
BOUGHT = ("buy", "购买")  # as behaviours are asked for in both languages


@dataclass(frozen=True)
class SoughtUsers:
    """What a search asks for.

    Attributes:
        text: what was written.
        conditions: that users must meet.
        wishes: words for the language of what they read.
        missed: what was not understood, as (start, end) in the text.
    """

    text: str
    conditions: tuple[Condition, ...]
    wishes: tuple[str, ...]
    missed: tuple[tuple[int, int], ...]


def understand_search(text: str, names: Names, end: date | None) -> SoughtUsers:
    """What a search for users asks for. Never fails: what it does not understand, it says.

    Args:
        names: what the catalogue and the log call things.
        end: the last day of the data, from which months without a year are counted; None where events have no times.
    """
    search = _Search(_spotted(text, names, end), names, end)
    found: list[Condition] = [
        *search.presence(),
        *search.times(),
        *search.money(),
        *search.doings(),
        *search.tastes(),
    ]
    wishes, missed = search.rest()
    return SoughtUsers(text, tuple(dict.fromkeys(found)), wishes, missed)


def _spotted(text: str, names: Names, end: date | None) -> Spotted:
    """The search with its categories, dates and numbers found."""
    lower = plain(text)
    found: list[tuple[int, int, str, Value]] = []
    taken = [False] * len(lower)

    def add(start: int, stop: int, kind: str, value: Value) -> None:
        if not any(taken[start:stop]):
            taken[start:stop] = [True] * (stop - start)
            found.append((start, stop, kind, value))

    for start, stop, name in _categories(lower, names):
        add(start, stop, "category", name)
    for period in dated(lower, end) if end is not None else ():
        add(period.start, period.end, "day" if period.fine else "year", period)
    for number in [*numbers(lower), *words.repeats(lower)]:
        add(number.start, number.end, "number", number)
    return encoded(text, lower, sorted(found, key=lambda each: each[0]))


def _categories(lower: str, names: Names) -> list[tuple[int, int, Name]]:
    """Where categories are named, the longest names first; everyday words are taken for them too."""
    said = tokens(lower)
    found = []
    place = 0
    while place < len(said):
        length = 1
        for size in range(min(names.longest, len(said) - place), 0, -1):
            run = tuple(word for word, _, _ in said[place : place + size])
            name = names.found.get(run) or names.found.get(tuple(map(stem, run)))
            if name is not None and name.kind == "category" and not words.longer(lower, said[place + size - 1][2]):
                found.append((said[place][1], said[place + size - 1][2], name))
                length = size
                break
        place += length
    return found


class _Search:
    """A line and what its rules use up."""

    def __init__(self, line: Spotted, names: Names, end: date | None) -> None:
        self._line, self._names, self._end = line, names, end

    def _apply(
        self, pattern: re.Pattern[str], rule: Callable[[re.Match[str]], Sequence[Condition] | None]
    ) -> list[Condition]:
        """The conditions that a rule makes of each match that it takes; what it takes is used up."""
        made: list[Condition] = []
        at = 0
        while (found := pattern.search(self._line.line, at)) is not None:
            conditions = rule(found) if found.end() > found.start() else None
            at = max(found.end(), found.start() + 1)
            if conditions is not None:
                made += conditions
                self._line.use(found.start(), found.end())
        return made

    # ------------------------------------------------------------------------------------------------ days

    def presence(self) -> list[Condition]:
        """When users came, were there and left."""
        if self._end is None:
            return []
        start = (self._end - timedelta(NEW)).isoformat()
        return [
            *self._apply(words.ACTIVE, lambda found: [LastSeen(None, self._days(found))]),
            *self._apply(words.AWAY, lambda found: [LastSeen(self._days(found), None)]),
            *self._apply(words.STOPPED, lambda found: self._span(found, LastOn)),
            *self._apply(words.STARTED, lambda found: self._span(found, FirstSeen)),
            *self._apply(words.BEEN, lambda found: self._span(found, LastOn)),
            *self._apply(words.QUIET, lambda _: [LastSeen(QUIET, None)]),
            *self._apply(words.NEW, lambda _: [FirstSeen(start, None)]),
        ]

    def _days(self, found: re.Match[str]) -> float:
        said = found.groupdict()
        count = self._number(said["n"] or said.get("m")) if said["n"] or said.get("m") else 1.0
        return count * words.UNITS[words.unit(said["unit"] or said.get("unit2") or "")]

    def _span(self, found: re.Match[str], kind: type[LastOn] | type[FirstSeen]) -> list[Condition] | None:
        said = {name: value for name, value in found.groupdict().items() if value}
        times = [value for name, value in sorted(said.items(), key=lambda each: len(each[0])) if name[0] == "t"]
        if not times:
            return None
        first, last = self._line.period(times[0]), self._line.period(times[-1])
        before, after, since = (any(name.startswith(key) for name in said) for key in ("before", "after", "since"))
        low: date | None = first.first
        high: date | None = last.last
        if before:
            low, high = None, first.first - timedelta(1)
        elif since:  # "gone quiet since July": the last event is not after it; "joined since July": the first is in it
            here = kind is FirstSeen or any(name.startswith("still") for name in said)
            low, high = (first.first, None) if here else (None, last.last)
        elif after:
            low, high = last.last + timedelta(1), None
        return [kind(None if low is None else low.isoformat(), None if high is None else high.isoformat())]

    def times(self) -> list[Condition]:
        """The time of day and the days of the week."""
        hours: list[str] = []
        days: list[str] = []

        def take(kept: list[str], table: dict[str, str]) -> Callable[[re.Match[str]], list[Condition] | None]:
            def rule(found: re.Match[str]) -> list[Condition] | None:
                name = next(name for name in table if found[name])
                kept.append(name.removeprefix("d"))
                return []

            return rule

        if self._end is not None:
            self._apply(words.HOURS, take(hours, words.HOURS_SAID))
            self._apply(words.DAYS, take(days, words.DAYS_SAID))
        hours, days = list(dict.fromkeys(hours)), list(dict.fromkeys(days))
        if len(hours) <= 1 and len(days) <= 1 and hours + days:
            return [ActiveWhen(hours[0] if hours else None, days[0] if days else None)]
        return [*(ActiveWhen(each, None) for each in hours), *(ActiveWhen(None, each) for each in days)]

    # ------------------------------------------------------------------------------------------------ numbers

    def _number(self, character: str | None) -> float:
        return self._line.number(character).value if character else 0.0

    def _limits(self, said: dict[str, str | None], whole: bool) -> tuple[float | None, float | None]:
        """Both ends of "at least 3", "more than 3" (4 and more, of whole numbers) and the like."""
        if said["from"]:
            return self._number(said["from"]), self._number(said["to"])
        number = self._number(said["n"])
        step = 1.0 if whole else 0.0
        for name, ends in (
            ("least", (number, None)),
            ("over", (number + step, None)),
            ("under", (None, number - step)),
            ("most", (None, number)),
        ):
            if any(value for key, value in said.items() if key.startswith(name)):
                return ends
        return number, number

    def money(self) -> list[Condition]:
        """What users spent, and the prices that they look at."""
        buys = self._bought() if words.BUYERS.search(self._line.line) else None

        def rule(found: re.Match[str]) -> list[Condition] | None:
            said = found.groupdict()
            low, high = self._limits(said, whole=False)
            if said.get("spent") or said.get("spent2"):
                return [Amount("price", "sum", self._bought(), low, high)]
            return [Amount("price", "mean", buys, low, high)]

        return [made for pattern in words.MONEY for made in self._apply(pattern, rule)] if self._names.priced else []

    def _bought(self) -> str | None:
        return next((name for word in BOUGHT if (name := behaviour_of(word, self._names.behaviours))), None)

    def doings(self) -> list[Condition]:
        """How often users did what."""

        def rule(found: re.Match[str]) -> list[Condition] | None:
            said = found.groupdict()
            verb = next((value for name, value in said.items() if value and name.startswith("verb")), None)
            behaviour = None if verb is None else behaviour_of(verb.strip(), self._names.behaviours)
            category = next((value for name, value in said.items() if value and name.startswith("c")), None)
            if behaviour == "":
                return None
            about = self._line.name(category).value if category else None
            if said.get("never"):
                about = about or (None if said["all"] else self._spoken(found.start()))
                return [EventCount(behaviour, about, None, 0, tag=about is not None)]
            if not said.get("n") and not said.get("from"):
                return [EventCount(behaviour, about, 1, None, about is not None)]
            low, high = self._limits(said, whole=True)
            least, most = (None if each is None else int(each) for each in (low, high))
            return [EventCount(behaviour, about, least, most, tag=about is not None)]

        return [made for pattern in words.DOINGS for made in self._apply(pattern, rule)]

    def _spoken(self, before: int) -> str | None:
        """The category that was spoken of last before a place of the line."""
        texts = self._line.text[: self._line.places[before][0]]
        found = [name for start, _, name in _categories(plain(texts), self._names)]
        return found[-1].value if found else None

    # ------------------------------------------------------------------------------------------------ the rest

    def tastes(self) -> list[Condition]:
        """The categories that are left are what users read; each whole clause can say that it is most of it."""
        made: list[Condition] = []
        for start, stop in _clauses(self._line.line):
            clause = self._line.line[start:stop]
            share = MOSTLY if words.MOSTLY.search(clause) else FAN
            for found in re.finditer(C, clause):
                made.append(CategoryShare(self._line.name(found[0]).value, share))
                self._line.use(start + found.start(), start + found.end())
        return made

    def rest(self) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
        """What is left: wishes in words, and what is not understood."""
        for pattern in words.NOTHING_SAID:
            self._apply(pattern, lambda _: [])
        wishes: list[str] = []
        missed: list[tuple[int, int]] = []
        for start, stop in _clauses(self._line.line):
            clause = self._line.line[start:stop]
            for piece in re.finditer(rf"[^{DONE}]+", clause):
                if not content(re.sub(rf"{N}|{Y}|{D}", " ", piece[0])) and not re.search(rf"{N}|{Y}|{D}", piece[0]):
                    continue
                low, high = start + piece.start(), start + piece.end()
                if re.search(rf"{N}|{Y}|{D}", piece[0]) or words.UNTOLD.search(piece[0]):
                    missed.append(self._line.span(low, high))
                else:
                    wishes.append(self._line.words(low, high).strip(" ,.;:!?，。；：！？、"))
        return tuple(wishes), tuple(missed)


def _clauses(line: str) -> list[tuple[int, int]]:
    """The parts of a line between commas and words such as "who" and "but"."""
    cuts, at = [], 0
    for found in words.CLAUSE.finditer(line):
        cuts.append((at, found.start()))
        at = found.end()
    return [(start, stop) for start, stop in [*cuts, (at, len(line))] if stop > start]
