"""What the timeline says of an event and of sessions, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop_app.widgets import counted, readable
from desktop_app.widgets.timeline_scale import show_duration, show_time

if TYPE_CHECKING:
    from core.sequences.store import UserEvents
    from desktop_app.widgets.timeline_lanes import Lanes


def event_lines(events: UserEvents, event: int) -> list[str]:
    """What is said of an event; the first line is its title."""
    translate = QCoreApplication.translate
    behaviour = events.behaviours[int(events.behaviour[event])].name
    lines = [events.label(event) or translate("Timeline", "(no title)")]
    step = translate("Timeline", "Step {0}").format(event + 1)
    when = show_time(int(events.time[event]), True) if events.timed else step
    lines.append(f"{behaviour} · {when}")
    category, price = events.categories[event].as_py(), readable.price(float(events.price[event]))
    if category:
        lines.append(translate("Timeline", "Category: {0}").format(category))
    if price:
        lines.append(translate("Timeline", "Price: {0}").format(price))
    value = readable.value(float(events.value[event]))
    if value:
        lines.append(translate("Timeline", "Value: {0}").format(value))
    if events.timed and event > 0:
        gap = int(events.time[event] - events.time[event - 1])
        later = translate("Timeline", "{0} after the event before")
        text = later if gap else translate("Timeline", "At the same time as the event before")
        lines.append(text.format(show_duration(gap)))
    return lines


def session_lines(lanes: Lanes, first: int, last: int) -> list[str]:
    """What is said of the sessions `first` to `last`."""
    translate = QCoreApplication.translate
    (start, _), (_, end) = lanes.session_events(first), lanes.session_events(last)
    number, other = readable.count(first + 1), readable.count(last + 1)
    name = translate("Timeline", "Session {0}").format(number)
    both = translate("Timeline", "Sessions {0}").format(f"{number}–{other}")
    begun, ended = int(lanes.time[start]), int(lanes.time[end - 1])
    return [
        name if first == last else both,
        f"{show_time(begun, True)} – {show_time(ended, True)}",
        f"{counted.events(end - start)} · {show_duration(ended - begun)}",
    ]
