"""What the analyst writes on an event or a moment of a user's sequence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from core.sequences.store import UserEvents

KIND = "annotation"  # of the documents in `core.saved.SavedStore`


@dataclass(frozen=True)
class Annotation:
    """A note, bound to what it is about rather than to a number, so that it stays when events are added before it.

    Attributes:
        user: the analyst's own id of the user.
        time: microseconds since 1970 UTC, or, without times, the number of the event.
        item: the analyst's own id of the event's item; empty for a moment, or an event without an item.
        behaviour: name of the event's behaviour; empty for a moment.
        text: what was written.
    """

    user: str
    time: int
    item: str
    behaviour: str
    text: str

    @classmethod
    def on_event(cls, events: UserEvents, event: int, text: str) -> Annotation:
        """A note on an event of a user."""
        behaviour = events.behaviours[int(events.behaviour[event])].name
        return cls(events.user_id, int(events.time[event]), events.ids[event].as_py() or "", behaviour, text)

    @property
    def name(self) -> str:
        """What it is kept under: one note for an event or a moment."""
        return json.dumps([self.user, self.time, self.item, self.behaviour], ensure_ascii=False)

    def body(self) -> dict[str, object]:
        """The document that is kept; `read` reads it."""
        place = {"user": self.user, "time": self.time, "item": self.item, "behaviour": self.behaviour}
        return {**place, "text": self.text}

    def event(self, events: UserEvents) -> int:
        """The number of the event that it is on; -1 for a moment, or where there is no such event any more."""
        if not self.behaviour:
            return -1
        for event in np.flatnonzero(events.time == self.time).tolist():
            same = events.behaviours[int(events.behaviour[event])].name == self.behaviour
            if same and (events.ids[event].as_py() or "") == self.item:
                return int(event)
        return -1


def read(documents: Iterable[Mapping[str, object]], user: str | None = None) -> list[Annotation]:
    """The notes on one user, or on all of them, in the order of their times; what is no note is left out."""
    found = []
    for body in documents:
        time, texts = body.get("time"), [body.get(name) for name in ("user", "item", "behaviour", "text")]
        if isinstance(time, int) and all(isinstance(text, str) for text in texts) and user in (None, texts[0]):
            found.append(Annotation(str(texts[0]), time, str(texts[1]), str(texts[2]), str(texts[3])))
    return sorted(found, key=lambda note: note.time)
