"""The past events that gave a score most, each a link to its place on the timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop_app import theme
from desktop_app.widgets import readable, tables
from desktop_app.widgets.fitted import Fitted
from desktop_app.widgets.text_cells import TextCells, paint_ground

Index = QModelIndex | QPersistentModelIndex
MOST = 50  # events that get a line of their own; the rest shares one, so that the lines still sum to the score
NARROW = 380  # pixels below which the bars have no room
EVENT, WHEN, SHARE, ERROR, BAR = range(5)
SHARE_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class EventShare:
    """One line: an event of the history, or (`event` -1) a sum that belongs to no single event.

    Attributes:
        event: number of the event in the user's sequence, -1 for a sum.
        label: what the event was about.
        behaviour: what the user did.
        when: when, as text that begins with the date (ten characters), which is what has room in the table.
        share: its part of the score.
        error: standard error of the part, 0 where it is exact.
    """

    event: int
    label: str
    behaviour: str
    when: str
    share: float
    error: float


def order(shares: Sequence[float], most: int = MOST) -> tuple[list[int], float]:
    """The events with the largest parts (either sign), the largest first, and the sum of all the others."""
    values = np.asarray(shares, dtype=np.float64)
    ranked = np.argsort(-np.abs(values), kind="stable")
    shown = [int(event) for event in ranked[:most] if values[event] != 0.0]
    return shown, float(values.sum() - values[shown].sum())


class EventSharesModel(QAbstractTableModel):
    """Lines of events with their parts of one score."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[EventShare] = []

    def show_lines(self, lines: Sequence[EventShare]) -> None:
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    @property
    def lines(self) -> list[EventShare]:
        return list(self._lines)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return [self.tr("Past event"), self.tr("When"), self.tr("Gave"), "±", ""][section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    @staticmethod
    def _alignment(column: int) -> Qt.AlignmentFlag:
        return tables.AT_RIGHT if column in (SHARE, ERROR) else tables.AT_LEFT

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, column = self._lines[index.row()], index.column()
        link = column == EVENT and line.event >= 0
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole and column in (EVENT, WHEN, ERROR) and not link:
            return theme.colour("muted")
        if role == Qt.ItemDataRole.ForegroundRole and link:
            return theme.colour("accent")
        if role == Qt.ItemDataRole.FontRole and link:
            font = QFont()
            font.setUnderline(True)
            return font
        if role == SHARE_ROLE and column == BAR and line.event >= 0:  # a sum would dwarf the single events
            return line.share, max(abs(each.share) for each in self._lines if each.event >= 0)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._hint(line)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == EVENT:
            return self._hint(line)
        return None

    def _text(self, line: EventShare, column: int) -> str:
        error = readable.decimal(line.error) if line.error > 0 else ""
        behaviour = f"{line.behaviour}: {line.label}" if line.behaviour else line.label
        return (behaviour, line.when[:10], readable.signed(line.share), error, "")[column]

    def _hint(self, line: EventShare) -> str:
        text = "\n".join(part for part in (line.label, line.behaviour, line.when) if part)
        if line.event < 0:
            return text
        return self.tr("{0}\nGave {1} of the score. Press Enter to see it on the timeline.").format(
            text, readable.signed(line.share)
        )


class ShareDelegate(QStyledItemDelegate):
    """Paints a part of the score as a bar from a line in the middle: right of it what adds, left what takes away."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        paint_ground(painter, option)
        value = index.data(SHARE_ROLE)
        if value is None:
            return
        share, largest = value
        area = QRectF(option.rect).adjusted(6, 0, -6, 0)
        middle, length = area.center().x(), area.width() / 2 * abs(share) / (largest or 1.0)
        colour = theme.colour("positive" if share >= 0 else "negative")
        left = middle if share >= 0 else middle - length
        painter.fillRect(QRectF(left, area.center().y() - 4, max(length, 1.0), 8), colour)
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.drawLine(QPointF(middle, area.top() + 4), QPointF(middle, area.bottom() - 4))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, super().sizeHint(option, index).height())


class EventShares(QTableView):
    """The table of events; a click on the name or Enter on the row emits `opened` with the event's number."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shares = EventSharesModel(self)
        self.setModel(self.shares)
        self.setObjectName("event_shares")
        self.setAccessibleName(self.tr("Past events that gave the score"))
        self.setItemDelegateForColumn(BAR, ShareDelegate(self))
        TextCells(self, coloured=(EVENT, WHEN, ERROR), fonts=(EVENT,))
        tables.set_up_rows(self, 12)
        self.setMouseTracking(True)
        header = self.horizontalHeader()
        header.setSectionResizeMode(EVENT, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(BAR, QHeaderView.ResizeMode.Fixed)
        Fitted(self, (WHEN, SHARE, ERROR))

    def show_lines(self, lines: Sequence[EventShare]) -> None:
        self.shares.show_lines(lines)
        self.setColumnHidden(WHEN, not any(line.when for line in lines))
        self.setColumnHidden(ERROR, not any(line.error > 0 for line in lines))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setColumnHidden(BAR, self.width() < NARROW)  # what is said in figures gives way to what they are about
        self.setColumnWidth(BAR, max(48, self.width() // 8))
        super().resizeEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and (event := self.shares.lines[index.row()].event) >= 0:
            self.opened.emit(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.column() == EVENT:
            self._open(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        link = index.column() == EVENT and self.shares.lines[index.row()].event >= 0
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        self.viewport().unsetCursor()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)
