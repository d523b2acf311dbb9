"""Of which time the events are that a condition speaks of."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from core.analysis.conditions import LONGEST, Within
from desktop_app.widgets import limits
from desktop_app.widgets.fields import inset
from desktop_app.widgets.limits import Limits

EVER, LAST, BETWEEN = range(3)
DAYS = 30  # that one begins with


class WindowChoice(QWidget):
    """All events, those of the last days of the data, or those between two days.

    Attributes:
        changed: the analyst chose another span of time.
    """

    changed = Signal()

    def __init__(self, chosen: Within, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = QComboBox()
        self.kind.setObjectName("window")
        self.kind.setAccessibleName(self.tr("Time of the events"))
        for text in (self.tr("at any time"), self.tr("in the last days"), self.tr("between two days")):
            self.kind.addItem(text)
        self.days = inset(QSpinBox())
        self.days.setObjectName("window_days")
        self.days.setRange(1, LONGEST)
        self.days.setKeyboardTracking(False)
        self.days.setAccessibleName(self.tr("Days before the end of the data"))
        self.days.setValue(DAYS if chosen.last is None else chosen.last)
        self._unit = QLabel(self.tr("days before the end of the data"))
        self.between = Limits(self.tr("Day of the events"), limits.day, str, (chosen.start, chosen.end))
        dated = (chosen.start, chosen.end) != (None, None)
        self.kind.setCurrentIndex(LAST if chosen.last is not None else BETWEEN if dated else EVER)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for widget in (self.kind, self.days, self._unit, self.between):
            line.addWidget(widget)
        line.addStretch(1)
        self._suit()
        self.kind.activated.connect(self._turn)
        self.days.valueChanged.connect(lambda _: self.changed.emit())
        self.between.changed.connect(self.changed)

    @property
    def window_chosen(self) -> Within:
        """As it is on the screen; what is not in view counts as not set."""
        kind = self.kind.currentIndex()
        start, end = self.between.limits if kind == BETWEEN else (None, None)
        return Within(last=self.days.value() if kind == LAST else None, start=start, end=end)

    def _turn(self, *_: object) -> None:
        self._suit()
        self.changed.emit()

    def _suit(self) -> None:
        kind = self.kind.currentIndex()
        self.days.setVisible(kind == LAST)
        self._unit.setVisible(kind == LAST)
        self.between.setVisible(kind == BETWEEN)
