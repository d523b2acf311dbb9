"""A statement of why an item is recommended (`core.recommend.sentence`), in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop_app.widgets import readable, runs_table

if TYPE_CHECKING:
    from core.recommend.sentence import Statement


def told_words(told: Statement, events: Sequence[str]) -> str:
    """What is told; `events` names the events of the statement."""
    said = []
    names = [(runs_table.model_name(each.name), whole_percent(each.share)) for each in told.first]
    if told.most:
        words = QCoreApplication.translate("Sentence", "Most of what speaks for it is {0} ({1}).")
        said.append(words.format(*names[0]))
    elif len(names) > 1:
        words = QCoreApplication.translate("Sentence", "What speaks for it most is {0} ({1}) and {2} ({3}).")
        said.append(words.format(*names[0], *names[1]))
    elif names:
        said.append(QCoreApplication.translate("Sentence", "What speaks for it most is {0} ({1}).").format(*names[0]))
    if told.against is not None:
        against = runs_table.model_name(told.against.name)
        said.append(QCoreApplication.translate("Sentence", "{0} speaks against it.").format(against))
    share = whole_percent(told.events_share)
    if len(events) > 1:
        words = QCoreApplication.translate("Sentence", "“{0}” and “{1}” gave {2} of what past events gave.")
        said.append(words.format(*events[:2], share))
    elif events:
        words = QCoreApplication.translate("Sentence", "“{0}” gave {1} of what past events gave.")
        said.append(words.format(events[0], share))
    elif not told.history_counts:
        said.append(QCoreApplication.translate("Sentence", "No past event clearly changes the score."))
    return readable.sentences(said)


def hanging_words(events: Sequence[str], score: float, without: float) -> str:
    """What the score would be without three events, by what these were about."""
    times = Counter(events)
    once = QCoreApplication.translate("Sentence", "“{0}”")
    often = QCoreApplication.translate("Sentence", "“{0}” ({1} times)")
    named = [once.format(name) if count == 1 else often.format(name, count) for name, count in times.items()]
    words = {
        1: QCoreApplication.translate("Sentence", "Without {0} the score would be {1} instead of {2}."),
        2: QCoreApplication.translate(
            "Sentence", "Without {0} and {1} together the score would be {2} instead of {3}."
        ),
        3: QCoreApplication.translate(
            "Sentence", "Without {0}, {1} and {2} together the score would be {3} instead of {4}."
        ),
    }
    figures = readable.decimal(without, 2), readable.decimal(score, 2)
    return words[len(named)].format(*named, *figures)


def whole_percent(share: float) -> str:
    """A share in whole per cent."""
    return f"{round(100 * share)}\u00a0%"
