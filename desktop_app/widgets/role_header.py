"""Column names, each with a box above it that chooses what the column is; boxes are made for what is in view."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter
from PySide6.QtWidgets import QComboBox, QHeaderView, QWidget

from desktop_app import theme

GAP = 4
AHEAD = 300  # pixels beside the view in which boxes are made too, for the keyboard to go on to
KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class RoleHeader(QHeaderView):
    """Column names, with a box above each that chooses the column's role. A file may have ten thousand columns.

    Attributes:
        roles: of each column, "" for none; set by `choose`.
        boxes: those that were made, by the place of their column.

    Signals:
        chosen: with the place of the column whose role the analyst changed.
        neared: with the place of a column that comes into view for the first time.
        reached: with the place of the column whose box the keyboard has come to.
    """

    chosen = Signal(int)
    neared = Signal(int)
    reached = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.roles: list[str] = []
        self.boxes: dict[int, QComboBox] = {}
        self._columns: Sequence[str] = ()
        self._choices: Sequence[tuple[str, str]] = ()
        self._spoken = ""
        self._placing = False
        self.setSectionsMovable(False)
        self.setStretchLastSection(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.sectionResized.connect(lambda *_: self.place_boxes())

    def clear(self) -> None:
        """No columns; before the table gets others."""
        for box in self.boxes.values():
            box.deleteLater()
        self.roles, self.boxes, self._columns = [], {}, ()

    def fill(self, columns: Sequence[str], choices: Sequence[tuple[str, str]], spoken: str) -> None:
        """Offer (role, words) above each column; `spoken` with the column's name is the box's own name."""
        self.clear()
        self._columns, self._choices, self._spoken = columns, choices, spoken
        self.roles = [""] * len(columns)
        self.place_boxes()

    def choose(self, place: int, role: str) -> None:
        """Give a column its role."""
        self.roles[place] = role
        if box := self.boxes.get(place):
            box.setCurrentIndex(max(0, box.findData(role)))

    def sizeHint(self) -> QSize:
        names = super().sizeHint()
        return QSize(names.width(), names.height() + self._box_height() + 2 * GAP)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self.place_boxes()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(rect, theme.colour("raised"))
        text = rect.adjusted(8, self._box_height() + 2 * GAP, -6, 0)
        faint = section < len(self.roles) and not self.roles[section]
        painter.setPen(theme.colour("muted") if faint else theme.colour("text"))
        name = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.setPen(QColor(theme.colour("border")))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() in KEYS:
            place = next((place for place, box in self.boxes.items() if box is watched), -1)
            if place >= 0:
                self.reached.emit(place)
        return super().eventFilter(watched, event)

    def place_boxes(self) -> None:
        """Put a box above each column that is in view, wherever it was scrolled to."""
        if self._placing or not self._columns:
            return
        self._placing = True  # a column that comes near gets its width, which asks for this again
        end = self.viewport().width() + AHEAD
        place = max(0, self.visualIndexAt(-AHEAD))
        while place < len(self._columns) and self.sectionViewportPosition(place) < end:
            if place not in self.boxes:
                self.neared.emit(place)
                self._make_box(place)
            place += 1
        for place, box in self.boxes.items():
            left = self.sectionViewportPosition(place)
            box.setGeometry(left + GAP, GAP, self.sectionSize(place) - 2 * GAP, self._box_height())
        self._placing = False

    def _box_height(self) -> int:
        return next(iter(self.boxes.values())).sizeHint().height() if self.boxes else 0

    def _make_box(self, place: int) -> None:
        box = QComboBox(self.viewport())
        box.setObjectName(f"role.{self._columns[place]}")
        box.setAccessibleName(self._spoken.format(self._columns[place]))
        for role, words in self._choices:
            box.addItem(words, role)
        box.setCurrentIndex(max(0, box.findData(self.roles[place])))
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # a turn of the wheel in passing changes nothing
        box.activated.connect(partial(self._take, place))
        box.installEventFilter(self)
        if before := [other for other in self.boxes if other < place]:
            QWidget.setTabOrder(self.boxes[max(before)], box)
        box.show()
        self.boxes[place] = box

    def _take(self, place: int, _: int) -> None:
        self.roles[place] = self.boxes[place].currentData()
        self.chosen.emit(place)
