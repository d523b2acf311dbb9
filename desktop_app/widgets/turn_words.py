"""What is said of a turn: what the sequence went from and to, with the shares on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop_app.widgets import counted, readable
from desktop_app.widgets.timeline_scale import DAY, moment

if TYPE_CHECKING:
    from core.analysis.turns import Side, Turn
    from core.sequences.store import UserEvents

NAMED = 2  # terms of a side on its marker
LONGEST = 40  # letters of a title that stands for a side


def turn_name(turn: Turn, events: UserEvents) -> str:
    """The turn on its marker: "Horror, night → Comedy"."""
    return f"{side_name(turn.before, events)} → {side_name(turn.after, events)}"


def side_name(side: Side, events: UserEvents) -> str:
    """What a side has more of than the other; the title that is most typical of it where no word tells."""
    if side.terms:
        return readable.listed([term.text for term in side.terms[:NAMED]])
    title = events.label(side.example)
    short = title if len(title) <= LONGEST else title[: LONGEST - 1] + "…"
    return QCoreApplication.translate("turns", "such as “{0}”").format(short)


def turn_place(turn: Turn, events: UserEvents) -> str:
    """When it is: a day, in a short sequence with the time, or the number of a step."""
    if events.timed:
        short = int(events.time[-1] - events.time[0]) < 3 * DAY
        return f"{moment(turn.time):%Y-%m-%d %H:%M}" if short else f"{moment(turn.time):%Y-%m-%d}"
    return QCoreApplication.translate("turns", "step {0}").format(readable.count(turn.event + 1))


def turn_lines(turn: Turn, source: str, events: UserEvents) -> list[str]:
    """All that is known of a turn; the first line is its title."""
    translate = QCoreApplication.translate
    sources = {
        "language": translate("turns", "Found in the language of the items' texts"),
        "characters": translate("turns", "Found in the characters of the items' texts"),
        "categories": translate("turns", "Found in the items' categories, as there are no titles"),
    }
    chance = translate("turns", "In random order, about {0} of such sequences turn as clearly")
    return [
        translate("turns", "Interest turns here ({0})").format(turn_place(turn, events)),
        translate("turns", "Before: {0}").format(_side(turn.before, events)),
        translate("turns", "After: {0}").format(_side(turn.after, events)),
        chance.format(readable.percent(turn.chance)),
        sources[source],
    ]


def _side(side: Side, events: UserEvents) -> str:
    count = counted.events(side.end - side.start)
    if not side.terms:
        return f"{side_name(side, events)} ({count})"
    share = QCoreApplication.translate("turns", "{0} {1} (else {2})")
    told = [
        share.format(term.text, readable.percent(term.inside), readable.percent(max(term.outside, 0.0)))
        for term in side.terms
    ]
    return f"{readable.listed(told)} · {count}"
