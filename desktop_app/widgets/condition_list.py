"""Conditions below each other, and groups of which a user must meet at least one, or none."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from core.analysis.conditions import AnyOf, Condition, NoneOf
from desktop_app.layout import discard
from desktop_app.turns import take_turn
from desktop_app.widgets.condition_rows import ConditionRow, Offer, new_conditions, remove_button, title_of

MARGIN = 12  # of a group around its conditions


class ConditionList(QWidget):
    """Cards for some conditions, with the word that joins them between them, and a button that adds one.

    Attributes:
        rows: the cards, from above.
        add_button: opens the menu of what can be added.

    Signals:
        changed: there are other conditions now.
        added(QWidget): the analyst added one; its card.
        came: another card of what is to be shown is there, or there is nothing to be shown.
    """

    changed = Signal()
    added = Signal(object)
    came = Signal()

    def __init__(self, tip: str, nested: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer, self._nested = Offer(), nested
        self.rows: list[ConditionRow | ConditionGroup] = []
        self._coming: list[Condition] = []  # whose cards are still to be made
        self._joints: list[QLabel] = []  # the word before each card; not shown before the first
        self._menu = QMenu(self)
        self.add_button = QToolButton()
        self.add_button.setText(self.tr("Add condition"))
        self.add_button.setObjectName("add_condition")
        self.add_button.setToolTip(tip)
        self.add_button.setMenu(self._menu)
        self.add_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._cards = QVBoxLayout(self)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(6)
        self._cards.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """As they are on the screen, or will be in a moment."""
        return (*(row.condition for row in self.rows), *self._coming)

    def set_offer(self, offer: Offer) -> None:
        """Offer what the data have to the conditions that are added from now on."""
        self._offer = offer
        self._menu.clear()
        kinds = new_conditions(offer)
        for condition in kinds:
            self._offer_kind(condition)
        if not self._nested:
            self._menu.addSeparator()
            for group in (AnyOf(), NoneOf()):
                self._offer_kind(group)

    def _offer_kind(self, condition: Condition) -> None:
        action = self._menu.addAction(title_of(type(condition)))
        action.setObjectName(f"add_{type(condition).__name__}")
        action.triggered.connect(partial(self._add_new, condition))

    def show_conditions(self, conditions: Sequence[Condition]) -> None:
        """Show these in the place of those before: some at once, the others in beats that have time for them."""
        for row in list(self.rows):
            for widget in self._take_out(row):
                discard(widget)
        self._coming = list(conditions)
        if self._coming:
            self._come()
        else:
            self.came.emit()

    def _come(self) -> None:
        """Make the next card."""
        if self._coming:
            self._add(self._coming.pop(0))
            self.came.emit()
            take_turn(self, self._come)

    def fit(self, room: int) -> int:
        """Set fields below each other where they have no room side by side; the least width that all cards need."""
        return max((row.fit(room) for row in self.rows), default=0)

    @property
    def fields(self) -> list[QWidget]:
        """All that has the keys, in the order in which one reads it."""
        return [*(field for row in self.rows for field in row.fields), self.add_button]

    def order_tabs(self, after: QWidget) -> None:
        """Let Tab go through the cards as one reads them, from what stands before them on."""
        for one, other in itertools.pairwise([after, *self.fields]):
            QWidget.setTabOrder(one, other)

    def _add_new(self, condition: Condition, *_: object) -> None:
        while self._coming:
            self._add(self._coming.pop(0))
        row = self._add(condition)
        self.changed.emit()
        row.first_field.setFocus()
        self.added.emit(row)

    def _add(self, condition: Condition) -> ConditionRow | ConditionGroup:
        row: ConditionRow | ConditionGroup
        if isinstance(condition, AnyOf | NoneOf):
            row = ConditionGroup(condition, self._offer)
            row.added.connect(self.added)
            row.came.connect(self.came)
        else:
            row = ConditionRow(condition, self._offer)
        row.changed.connect(self.changed)
        row.removed.connect(lambda: self._remove(row))
        joint = QLabel(self.tr("or") if self._nested else self.tr("and"))
        joint.setProperty("role", "muted")
        joint.setContentsMargins(12, 0, 0, 0)
        for widget in (joint, row):
            self._cards.insertWidget(self._cards.count() - 1, widget)
        self.rows.append(row)
        self._joints.append(joint)
        self._follow()
        return row

    def _remove(self, row: ConditionRow | ConditionGroup) -> None:
        self.add_button.setFocus()
        for widget in self._take_out(row):
            widget.hide()
            widget.deleteLater()  # not at once: it was the click on its own cross
        self.changed.emit()

    def _take_out(self, row: ConditionRow | ConditionGroup) -> tuple[QWidget, QWidget]:
        """Forget a card and the word before it, which are to go."""
        joint = self._joints.pop(self.rows.index(row))
        self.rows.remove(row)
        self._follow()
        return joint, row

    def _follow(self) -> None:
        for place, joint in enumerate(self._joints):
            joint.setVisible(place > 0)


class ConditionGroup(QFrame):
    """A card with a choice, at least one or none, and the conditions that it is about.

    Attributes:
        changed: the analyst changed the choice or a condition.
        removed: the analyst took the whole group away.
        added(QWidget): the analyst added a condition to it.
        came: another card of its conditions is there.
    """

    changed = Signal()
    removed = Signal()
    added = Signal(object)
    came = Signal()

    def __init__(self, condition: AnyOf | NoneOf, offer: Offer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.rule = QComboBox()
        self.rule.setObjectName("group_rule")
        self.rule.setAccessibleName(self.tr("What of the group a user must meet"))
        for kind in (AnyOf, NoneOf):
            self.rule.addItem(title_of(kind), kind)
        self.rule.setCurrentIndex(isinstance(condition, NoneOf))
        self.rule.activated.connect(self._changed)
        self.remove = remove_button(self.tr("Remove this group"))
        self.remove.clicked.connect(self.removed)
        head = QHBoxLayout()
        head.addWidget(self.rule)
        head.addStretch(1)
        head.addWidget(self.remove)
        self.empty = QLabel(self.tr("There is no condition in this group yet, so it asks for nothing."))
        self.empty.setProperty("role", "muted")
        self.empty.setWordWrap(True)
        self.list = ConditionList(self.tr("Add a condition to this group"), nested=True)
        self.list.set_offer(offer)
        self.list.show_conditions(condition.conditions)
        self.list.changed.connect(self._changed)
        self.list.added.connect(self.added)
        self.list.came.connect(self.came)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 8, 8, MARGIN)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.empty)
        column.addWidget(self.list)
        self.empty.setVisible(not self.list.conditions)

    @property
    def condition(self) -> AnyOf | NoneOf:
        """As it is on the screen."""
        kind: type[AnyOf | NoneOf] = self.rule.currentData()
        return kind(self.list.conditions)

    @property
    def fields(self) -> list[QWidget]:
        """All that has the keys, in the order in which one reads it."""
        return [self.rule, self.remove, *self.list.fields]

    @property
    def first_field(self) -> QWidget:
        """Where one goes on after the group was added."""
        return self.list.add_button

    def fit(self, room: int) -> int:
        """Set fields below each other where they have no room side by side; the least width that the card needs."""
        edges = MARGIN + 8 + 2 * self.frameWidth()
        return max(self.list.fit(room - edges) + edges, self.minimumSizeHint().width())

    def _changed(self) -> None:
        self.empty.setVisible(not self.list.conditions)
        self.changed.emit()
