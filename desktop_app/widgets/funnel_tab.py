"""The tab of the funnel: the analyst chooses steps, and sees how many users get from each to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QToolButton, QWidget

from desktop_app.layout import discard
from desktop_app.widgets import readable
from desktop_app.widgets.fields import inset
from desktop_app.widgets.figure_table import Table
from desktop_app.widgets.flow_tab import FlowTab
from desktop_app.widgets.flow_tabs import percent
from desktop_app.widgets.timeline_scale import show_duration
from desktop_app.widgets.who_bar import Behind

if TYPE_CHECKING:
    from core.analysis.funnels import Funnel

HOUR = 3_600_000_000  # microseconds
MOST = 8  # steps
FIRST = 3  # steps that it begins with


class FunnelTab(FlowTab):
    """The states' own names come with the first answer; from then on the analyst chooses among them."""

    flow = "funnel"

    def build(self) -> None:
        self._states: tuple[str, ...] = ()
        self.steps: list[QComboBox] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        self.choices.addLayout(self._row)
        self.less = self._button("−", self.tr("Remove the last step"), self._remove)
        self.more = self._button("+", self.tr("Add a step"), self._add)
        self.within = inset(QSpinBox())
        self.within.setObjectName("funnel_within")
        self.within.setRange(0, 9999)
        self.within.setSpecialValueText(self.tr("any time"))
        self.within.setKeyboardTracking(False)
        self.within.valueChanged.connect(self.changed)
        self.add_field(self.tr("within"), self.within)
        self.unit = QComboBox()
        self.unit.setAccessibleName(self.tr("Unit of time"))
        for text, hours in ((self.tr("hours"), 1), (self.tr("days"), 24)):
            self.unit.addItem(text, hours)
        self.unit.setCurrentIndex(1)
        self.unit.activated.connect(self.changed)
        self.choices.addWidget(self.unit)
        self.hint.setText(
            self.tr(
                "Users who did the steps in this order, with anything in between, the last within the time after the "
                "first. Times are medians along each user's farthest way that arrives first."
            )
        )

    def _button(self, sign: str, tip: str, act: Any) -> QToolButton:
        button = QToolButton()
        button.setText(sign)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(act)
        self.choices.addWidget(button)
        return button

    def settings(self) -> dict[str, Any]:
        steps = tuple(str(box.currentData()) for box in self.steps)
        hours = self.within.value() * self.unit.currentData()
        return {"steps": steps, "window": hours * HOUR if hours else None}

    def set_states(self, states: tuple[str, ...], names: Sequence[str]) -> bool:
        """Offer other states; whether there are others than before, so that there is another question."""
        if states == self._states:
            return False
        self._states, self._names = states, tuple(names)
        while self.steps:
            self._drop()
        for place in range(min(FIRST, len(states))):
            self._append(place)
        self._enable()
        return True

    def _append(self, place: int) -> None:
        box = QComboBox()
        box.setObjectName(f"step_{len(self.steps)}")
        box.setAccessibleName(self.tr("Step {0}").format(len(self.steps) + 1))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(9)
        box.setMaxVisibleItems(24)
        for state, name in zip(self._states, self._names, strict=True):
            box.addItem(name, state)
            box.setItemData(box.count() - 1, name, Qt.ItemDataRole.ToolTipRole)
        box.setCurrentIndex(place)
        box.activated.connect(self.changed)
        if self.steps:
            self._row.addWidget(QLabel("→"))
        self._row.addWidget(box)
        self.setTabOrder(self.steps[-1] if self.steps else self, box)
        self.steps.append(box)

    def _drop(self) -> None:
        self.steps.pop()
        for _ in range(2 if self.steps else 1):  # the arrow before it, too
            item = self._row.takeAt(self._row.count() - 1)
            widget: QWidget | None = None if item is None else item.widget()
            if widget is not None:
                discard(widget)

    def _add(self) -> None:
        self._append(min(len(self.steps), len(self._states) - 1))
        self._enable()
        self.changed.emit()

    def _remove(self) -> None:
        self._drop()
        self._enable()
        self.changed.emit()

    def _enable(self) -> None:
        self.more.setEnabled(bool(self._states) and len(self.steps) < MOST)
        self.less.setEnabled(len(self.steps) > 1)

    def show_found(self, found: tuple[list[int], Funnel | None], names: Sequence[str], users: int) -> None:
        steps, funnel = found
        if funnel is None or not users:
            self.show_note(self.tr("There are no users with events here."))
            return
        got = funnel.users.astype(np.float64)
        of_first = got / max(1.0, got[0])
        of_last = got / np.maximum(np.concatenate((got[:1], got[:-1])), 1)
        nothing = np.full(len(got), np.nan)
        columns = (
            self.tr("Step"),
            self.tr("Users"),
            self.tr("Of the first step"),
            self.tr("Of the step before"),
            self.tr("Median since the step before"),
            self.tr("Median since the first"),
        )
        texts = [
            [
                f"{place + 1}.  {names[state]}",
                readable.count(got[place]),
                percent(of_first[place]),
                percent(of_last[place]) if place else "",
                _time(funnel.since_last[place]) if place else "",
                _time(funnel.since_start[place]) if place else "",
            ]
            for place, state in enumerate(steps)
        ]
        bars = np.column_stack((nothing, nothing, of_first, of_last, nothing, nothing))
        bars[0, 3] = np.nan
        # In files: shares, and medians in seconds.
        seconds = [funnel.since_last / 1e6, funnel.since_start / 1e6]
        figures = np.column_stack((nothing, got, of_first, of_last, *seconds))
        figures[0, 3:] = np.nan
        self.show_table(Table(columns, texts, bars=bars, figures=figures, left=(0,)))

    def users_of(self, row: int, column: int) -> list[Behind]:
        """Those who got to the step, and those who left before it."""
        del column  # each tells of the same step
        texts = self.table.table.texts
        found = [Behind(self.tr("Got to {0}").format(texts[row][0]), (row, 0))]
        if row:
            found.append(Behind(self.tr("Left after {0}").format(texts[row - 1][0]), (row, 1)))
        return found


def _time(microseconds: float) -> str:
    return "–" if microseconds != microseconds else show_duration(round(microseconds))
