"""What speaks for an item beside its score: similar past items, users alike, attention, the cells of a matrix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.widgets import readable, runs_table
from desktop_app.widgets.attention_map import Attention, AttentionMap
from desktop_app.widgets.elided_label import ElidedLabel
from desktop_app.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from core.recommend.sentence import Statement


@dataclass(frozen=True)
class SimilarLine:
    """A past item and its three kinds of similarity; NaN where there is none of a kind."""

    title: str
    together: float
    language: float
    model: float


@dataclass(frozen=True)
class Evidence:
    """What is shown.

    Attributes:
        took, alike: users who took the item, and those of them who have an item of the history too.
        nearest: codes and ids of the most alike, and how many items each shares.
        attends: whether the sequence model has layers of attention; None without a sequence model.
        attention: where its heads look; None where it has none.
        cells: of the bilinear model's matrix: row, column, and what the cell gave.
        paths: through the relations of items, in words, and the share of what the relations gave that each carried.
    """

    similar: tuple[SimilarLine, ...]
    took: int
    alike: int
    nearest: tuple[tuple[int, str, int], ...]
    attends: bool | None
    attention: Attention | None
    cells: tuple[tuple[str, str, float], ...]
    paths: tuple[tuple[str, float], ...] = ()


class WhyPanel(QWidget):
    """Tables and lines of the evidence.

    Signals:
        user_opened(int): the analyst wants to see this user (code).
        event_opened(int): or this event of the history.
    """

    user_opened = Signal(int)
    event_opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("why")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self.lines: list[str] = []

    def clear(self) -> None:
        """Show nothing."""
        self.lines = []
        while (child := self._layout.takeAt(0)) is not None:
            if (widget := child.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()

    def show_evidence(self, found: Evidence) -> None:
        """Show all there is."""
        self.clear()
        if found.similar:
            self._heading(self.tr("Most similar past items"))
            header = ("", self.tr("Taken together"), self.tr("Texts"), self.tr("Model"))
            rows = [(each.title, *map(_cosine, (each.together, each.language, each.model))) for each in found.similar]
            self._table([header, *rows])
        if found.paths:
            self._heading(self.tr("Relations that lead to it"))
            for path, share in found.paths:
                self._line(f"{path}  ({_percent(share)})")
        self._heading(self.tr("Users like this who took it"))
        self._line(self._peers(found))
        if found.nearest:
            self._open_peers(found)
        if found.attention is not None:
            self._heading(self.tr("Attention: where each head looks, the last event at the right"))
            shown = AttentionMap(found.attention)
            shown.opened.connect(self.event_opened)
            self._layout.addWidget(shown)
        elif found.attends is False:
            self._line(self.tr("The sequence model is recurrent: it has no attention that could be shown."))
        if found.cells:
            self._heading(self.tr("Cells of the matrix that mattered most"))
            self._table([(row, column, readable.signed(given)) for row, column, given in found.cells])

    def _peers(self, found: Evidence) -> str:
        if found.took == 0:
            return self.tr("No other user took this item.")
        return self.tr("{0} of {1} users who took it share a past item.").format(
            readable.count(found.alike), readable.count(found.took)
        )

    def _open_peers(self, found: Evidence) -> None:
        """A button for each of the most alike."""
        row = QWidget()
        flow = FlowLayout(row)
        for code, name, shared in found.nearest:
            button = QPushButton(self.tr("{0} ({1} shared)").format(name, readable.count(shared)))
            button.setObjectName(f"peer_{code}")
            button.setProperty("chip", True)
            button.setAutoDefault(False)
            button.setToolTip(self.tr("Show {0} on the timeline").format(name))
            button.clicked.connect(partial(self.user_opened.emit, code))
            flow.addWidget(button)
            self.lines.append(button.text())
        self._layout.addWidget(row)

    def _heading(self, text: str) -> None:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setProperty("role", "heading")
        self._layout.addWidget(label)

    def _line(self, text: str) -> None:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setProperty("role", "muted")
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._layout.addWidget(label)
        self.lines.append(text)

    def _table(self, rows: Sequence[tuple[str, ...]]) -> None:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for place, row in enumerate(rows):
            name = ElidedLabel()
            name.set_whole(row[0])
            grid.addWidget(name, place, 0)
            for column, text in enumerate(row[1:], 1):
                label = QLabel(text)
                label.setAlignment(Qt.AlignmentFlag.AlignRight)
                grid.addWidget(label, place, column)
            self.lines.append("  ".join(row))
        self._layout.addWidget(table)


def _cosine(value: float) -> str:
    return readable.decimal(value, 2)


class Sentence(QLabel):
    """A statement (`core.recommend.sentence`) in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = self._hangs = ""
        self.setObjectName("sentence")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def say(self, told: Statement, events: Sequence[str]) -> None:
        """Say it; `events` names the events of the statement."""
        self._told = readable.sentences(self._sentences(told, events))
        self.setText(readable.sentences(filter(None, (self._told, self._hangs))))

    def say_hanging(self, events: Sequence[str], score: float, without: float) -> None:
        """Say besides what the score would be without three events, by what these were about."""
        times = Counter(events)
        once, often = self.tr("“{0}”"), self.tr("“{0}” ({1} times)")
        named = [once.format(name) if count == 1 else often.format(name, count) for name, count in times.items()]
        words = {
            1: self.tr("Without {0} the score would be {1} instead of {2}."),
            2: self.tr("Without {0} and {1} together the score would be {2} instead of {3}."),
            3: self.tr("Without {0}, {1} and {2} together the score would be {3} instead of {4}."),
        }
        figures = readable.decimal(without, 2), readable.decimal(score, 2)
        self._hangs = words[len(named)].format(*named, *figures)
        self.setText(readable.sentences(filter(None, (self._told, self._hangs))))

    def clear(self) -> None:
        self._told = self._hangs = ""
        super().clear()

    def _sentences(self, told: Statement, events: Sequence[str]) -> list[str]:
        said = []
        names = [(runs_table.model_name(each.name), _percent(each.share)) for each in told.first]
        if told.most:
            said.append(self.tr("Most of what speaks for it is {0} ({1}).").format(*names[0]))
        elif len(names) > 1:
            said.append(self.tr("What speaks for it most is {0} ({1}) and {2} ({3}).").format(*names[0], *names[1]))
        elif names:
            said.append(self.tr("What speaks for it most is {0} ({1}).").format(*names[0]))
        if told.against is not None:
            against = runs_table.model_name(told.against.name)
            said.append(self.tr("{0} speaks against it.").format(against))
        share = _percent(told.events_share)
        if len(events) > 1:
            said.append(self.tr("“{0}” and “{1}” gave {2} of what past events gave.").format(*events[:2], share))
        elif events:
            said.append(self.tr("“{0}” gave {1} of what past events gave.").format(events[0], share))
        elif not told.history_counts:
            said.append(self.tr("No past event clearly changes the score."))
        return said


def _percent(share: float) -> str:
    return f"{round(100 * share)}\u00a0%"
