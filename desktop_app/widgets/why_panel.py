"""What speaks for an item beside its score: similar past items, users alike, attention, the cells of a matrix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.evaluation.sheet import Part
from desktop_app.layout import discard
from desktop_app.widgets import readable
from desktop_app.widgets.attention_map import Attention, AttentionMap
from desktop_app.widgets.elided_label import ElidedLabel
from desktop_app.widgets.flow_layout import FlowLayout
from desktop_app.widgets.sentence_words import hanging_words, told_words, whole_percent

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

    Attributes:
        lines: all that is shown as text, but headings.
        parts: the same under its headings, for a report.

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
        self.parts: list[Part] = []

    def clear(self) -> None:
        """Show nothing."""
        self.lines, self.parts = [], []
        while (child := self._layout.takeAt(0)) is not None:
            if (widget := child.widget()) is not None:
                discard(widget)

    def show_evidence(self, found: Evidence) -> None:
        """Show all there is."""
        self.clear()
        if found.similar:
            self._heading(self.tr("Most similar past items"))
            header = ("", self.tr("Taken together"), self.tr("Texts"), self.tr("Model"))
            rows = [(each.title, *map(_cosine, (each.together, each.language, each.model))) for each in found.similar]
            self._table([header, *rows], headed=True)
        if found.paths:
            self._heading(self.tr("Relations that lead to it"))
            for path, share in found.paths:
                self._line(f"{path}  ({whole_percent(share)})")
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
            self._tell(button.text())
        self._layout.addWidget(row)

    def _heading(self, text: str) -> None:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setProperty("role", "heading")
        self._layout.addWidget(label)
        self.parts.append(Part(text))

    def _tell(self, text: str) -> None:
        """A line belongs to the heading above it."""
        self.lines.append(text)
        self.parts[-1] = replace(self.parts[-1], rows=(*self.parts[-1].rows, (text,)))

    def _line(self, text: str) -> None:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setProperty("role", "muted")
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._layout.addWidget(label)
        self._tell(text)

    def _table(self, rows: Sequence[tuple[str, ...]], headed: bool = False) -> None:
        """A table; `headed` where its first row names the columns."""
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
        figures, columns = frozenset(range(1, len(rows[0]))), rows[0] if headed else ()
        self.parts[-1] = replace(self.parts[-1], columns=columns, rows=tuple(rows[headed:]), figures=figures)


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
        self._told = told_words(told, events)
        self._show()

    def say_hanging(self, events: Sequence[str], score: float, without: float) -> None:
        """Say besides what the score would be without three events, by what these were about."""
        self._hangs = hanging_words(events, score, without)
        self._show()

    def _show(self) -> None:
        self.setText(readable.sentences(filter(None, (self._told, self._hangs))))

    def clear(self) -> None:
        self._told = self._hangs = ""
        super().clear()
