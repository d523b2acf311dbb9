"""What the tabs of flows have in common: choices above, figures below, and a word where there are none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.widgets.fields import inset
from desktop_app.widgets.figure_table import FigureTable, Table
from desktop_app.widgets.who_bar import Behind


class FlowTab(QWidget):
    """A tab that asks a question and shows its answer; it computes nothing. It is empty until `fill`.

    Attributes:
        filled: whether its choices and figures are made.
        flow: name of what it asks for.
        uses_states: whether the answer depends on what the states are.
        pooled: whether the last of the states is the pool of the rarer ones.
        changed: the analyst made another choice, so there is another question.
        pointed: another figure is chosen, or none.
    """

    flow = ""
    uses_states = True
    pooled = False
    changed = Signal()
    pointed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filled = False

    def fill(self) -> None:
        """Make the choices and what shows the answer."""
        self.filled = True
        self._pile = QStackedWidget(self)
        self.table = self._make_table(self._pile)
        self.table.setObjectName(f"flow_{self.flow}")
        self.table.selectionModel().currentChanged.connect(lambda *_: self.pointed.emit())
        self.table.model().modelReset.connect(self.pointed)
        self.note = QLabel(self._pile)
        self.note.setObjectName("flow_note")
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choices = QHBoxLayout()
        self.choices.setSpacing(8)
        self._of_behaviours: list[tuple[str, QLabel, QComboBox]] = []
        self.hint = QLabel()
        self.hint.setProperty("role", "muted")
        self.hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        column.addLayout(self.choices)
        self.build()  # before the figures, so that Tab comes to the choices first
        self.choices.addStretch(1)
        column.addWidget(self._pile, 1)
        self._pile.addWidget(self.note)
        self._pile.addWidget(self.body)
        column.addWidget(self.hint)

    @property
    def body(self) -> QWidget:
        """What shows the answer."""
        return self.table

    def _make_table(self, place: QWidget) -> FigureTable:
        return FigureTable(self.tr("Figures"), place, copies=False)  # the page asks before it copies

    def build(self) -> None:
        """Make the choices."""

    def settings(self) -> dict[str, Any]:
        """What is asked for beside the users and the states."""
        return {}

    def offer(self, behaviours: Sequence[str]) -> bool:
        """Offer the behaviours of the data to the choices that are about one; whether another one is chosen now."""
        before = self.settings()
        for name, label, box in self._of_behaviours:
            chosen, known = box.currentData(), [None, *behaviours]
            if [box.itemData(place) for place in range(box.count())] != known:
                box.clear()
                for each in known:
                    box.addItem(name if each is None else each, each)
                box.setCurrentIndex(max(0, box.findData(chosen)))
            for widget in (label, box):
                widget.setVisible(len(behaviours) > 1)
        return self.settings() != before

    def show_found(self, found: Any, names: Sequence[str], users: int) -> None:
        """Show an answer; `names` are those of the states as the screen says them."""
        raise NotImplementedError

    @property
    def behind(self) -> list[Behind]:
        """Whom the chosen figure counts, in one way or several; nobody where none is chosen."""
        index = self.table.currentIndex()
        return self.users_of(index.row(), index.column()) if index.isValid() and self.shows_figures else []

    def users_of(self, row: int, column: int) -> list[Behind]:
        """Whom a cell of the table counts."""
        raise NotImplementedError

    def show_table(self, table: Table) -> None:
        """Show figures in place of a note."""
        self.table.show_table(table)
        self._pile.setCurrentIndex(1)

    def show_note(self, text: str) -> None:
        """Say why there are no figures."""
        self.note.setText(text)
        self._pile.setCurrentIndex(0)
        self.pointed.emit()

    @property
    def shows_figures(self) -> bool:
        return self._pile.currentIndex() == 1

    def add_choice(self, name: str, choices: Sequence[tuple[str, Any]]) -> QComboBox:
        """A choice of one of several (what the screen says, what it means)."""
        box = QComboBox()
        for text, value in choices:
            box.addItem(text, value)
        box.activated.connect(self.changed)
        self.add_field(name, box)
        return box

    def add_behaviour(self, name: str, any_of_them: str) -> QComboBox:
        """A choice of a behaviour, or of any, which is None; not in view where there are no two."""
        box = self.add_choice(name, [(any_of_them, None)])
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setMaximumWidth(200)
        label = next(each for each in self.findChildren(QLabel) if each.buddy() is box)
        self._of_behaviours.append((any_of_them, label, box))
        return box

    def add_number(self, name: str, low: int, high: int, value: int) -> QSpinBox:
        """A choice of a number."""
        field = inset(QSpinBox())
        field.setRange(low, high)
        field.setValue(value)
        field.setKeyboardTracking(False)
        field.valueChanged.connect(self.changed)
        self.add_field(name, field)
        return field

    def add_field(self, name: str, field: QWidget) -> None:
        """A field with its name before it."""
        label = QLabel(name)
        label.setBuddy(field)
        field.setAccessibleName(name)
        self.choices.addWidget(label)
        self.choices.addWidget(field)
        self.choices.addSpacing(8)
