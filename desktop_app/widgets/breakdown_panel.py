"""Why an item has its score: the model's components in figures, and the past events behind them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.layout import discard
from desktop_app.widgets import readable, runs_table
from desktop_app.widgets.breakdown_bar import BASE, BreakdownBar, Parts, Swatch, scale
from desktop_app.widgets.event_shares import EventShare, EventShares
from desktop_app.widgets.other_words import OtherWords
from desktop_app.widgets.recommendation_table import RankedItem
from desktop_app.widgets.why_panel import Sentence, WhyPanel


class ComponentGrid(QWidget):
    """A line for each component (swatch, name, figure), then what belongs to none, then their sum: the score."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self.figures: dict[str, str] = {}

    def show_parts(self, components: Sequence[str], shares: Sequence[float], base: float, score: float) -> None:
        """Show these parts; `base + sum(shares)` is `score`."""
        while (child := self._grid.takeAt(0)) is not None:
            if (widget := child.widget()) is not None:
                discard(widget)
        self.figures = {}
        for place, (name, share) in enumerate(zip(components, shares, strict=True)):
            self._line(place, runs_table.model_name(name), readable.signed(share))
        if base:
            self._line(BASE, self.tr("Base, whatever the user did"), readable.signed(base))
        rule = QFrame()
        rule.setFrameShape(QFrame.Shape.HLine)
        rule.setObjectName("rule")
        self._grid.addWidget(rule, self._grid.rowCount(), 0, 1, 3)
        self._line(None, self.tr("Score"), readable.decimal(score))

    def _line(self, component: int | None, name: str, figure: str) -> None:
        row = self._grid.rowCount()
        if component is not None:
            self._grid.addWidget(Swatch(component), row, 0)
        value = QLabel(figure)
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label = QLabel(name)
        if component is None:
            for each in (label, value):
                font = each.font()
                font.setBold(True)
                each.setFont(font)
        self._grid.addWidget(label, row, 1)
        self._grid.addWidget(value, row, 2)
        self.figures[name] = figure


NARROWEST = 250  # pixels; below, words are torn apart


class BreakdownPanel(QWidget):
    """The breakdown of one chosen item.

    `event_opened` names the past event that the analyst followed, `user_opened` the user (code) who took the item too.
    """

    event_opened = Signal(int)
    user_opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("breakdown")
        self.setMinimumWidth(NARROWEST)
        self._pages = QStackedLayout(self)
        self._empty = QLabel(self.tr("Choose an item of the list to see what gave its score."))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setProperty("role", "muted")
        self._pages.addWidget(self._empty)
        area = QScrollArea(self)
        self._pages.addWidget(area)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget(area)
        area.setWidget(content)
        self._fill(content)

    def _fill(self, content: QWidget) -> None:
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.title = QLabel()
        self.title.setWordWrap(True)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.title.setProperty("role", "heading")
        self.details = QLabel()
        self.details.setProperty("role", "muted")
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = BreakdownBar()
        self.components = ComponentGrid()
        self.events_title = QLabel(self.tr("Past events that gave it most"))
        self.events_title.setProperty("role", "heading")
        self.events = EventShares()
        self.events.opened.connect(self.event_opened)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setProperty("role", "muted")
        self.sentence = Sentence()
        self.other_words = OtherWords()
        self.why = WhyPanel()
        self.why.user_opened.connect(self.user_opened)
        self.why.event_opened.connect(self.event_opened)
        self.events.setMinimumHeight(150)
        for widget in (self.title, self.details, self.sentence, self.other_words, self.bar, self.components):
            layout.addWidget(widget)
        layout.addSpacing(8)
        layout.addWidget(self.events_title)
        layout.addWidget(self.events, 1)
        layout.addWidget(self.note)
        layout.addWidget(self.why)

    def clear(self) -> None:
        self._pages.setCurrentIndex(0)

    def show_item(self, item: RankedItem, components: Sequence[str]) -> None:
        """Show an item and its components at once; its events come later by `show_events`."""
        import numpy as np

        self.title.setText(item.title or item.id)
        price = readable.price(item.price)
        self.details.setText("  ·  ".join(part for part in (item.id, item.category, price) if part))
        low, high = scale(np.array([item.base], np.float32), np.array([item.shares], np.float32))
        self.bar.show_parts(Parts(item.base, item.shares, low, high))
        self.bar.setAccessibleName(self.tr("Parts of the score"))
        self.components.show_parts(components, item.shares, item.base, item.score)
        words = [f"{name} {figure}" for name, figure in self.components.figures.items()]
        self.bar.setAccessibleDescription(", ".join(words))
        self.sentence.clear()
        self.why.clear()
        self.events.show_lines([])
        self.note.setText(self.tr("Working out which past events gave the score …"))
        self._pages.setCurrentIndex(1)

    @property
    def shown(self) -> bool:
        """Whether an item is shown."""
        return self._pages.currentIndex() == 1

    def show_events(self, lines: Sequence[EventShare], growing: bool = False) -> None:
        """Show what the past events gave; `growing` where a surer answer is on its way."""
        self.events.show_lines(lines)
        sampled = any(line.error > 0 for line in lines)
        if not any(line.event >= 0 for line in lines):
            self.note.setText(self.tr("No past event changes this score."))
        elif sampled:
            told = self.tr("The parts and the base sum to the score. They are sampled; ± is the standard error.")
            self.note.setText(self.tr("{0} It is getting smaller …").format(told) if growing else told)
        else:
            self.note.setText(self.tr("The parts and the base sum to the score."))

    def show_problem(self, text: str) -> None:
        """Say why the events could not be worked out."""
        self.events.show_lines([])
        self.note.setText(text)
