"""Cells of a table that are a line of text, in half of the time that the style takes for them.

The style asks a model for seven looks of each cell and lays its text out twice; a list that comes into view has a
hundred and fifty cells, which are painted in one beat.
"""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop_app import theme

Index = QModelIndex | QPersistentModelIndex
MARGIN = 3  # pixels beside a text and beside a picture, as the style has them
SELECTED = QStyle.StateFlag.State_Selected
SIDE, COLOUR = Qt.ItemDataRole.TextAlignmentRole, Qt.ItemDataRole.ForegroundRole
PICTURE, FONT = Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.FontRole


class TextCells(QStyledItemDelegate):
    """Draws the cells of a table; those of one column stand at the same side, left or right.

    Args:
        view: the table, with its model; columns that have a delegate of their own keep it.
        coloured: columns whose texts have colours (`QColor`) of their own.
        pictured: columns with a picture before the text.
        fonts: columns with texts in another font.
    """

    def __init__(
        self,
        view: QTableView,
        coloured: Collection[int] = (),
        pictured: Collection[int] = (),
        fonts: Collection[int] = (),
    ) -> None:
        super().__init__(view)
        self._coloured, self._pictured, self._fonts = frozenset(coloured), frozenset(pictured), frozenset(fonts)
        self._sides: dict[int, bool] = {}  # whether the texts of a column stand at the right
        view.setItemDelegate(self)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        text, column = index.data(), index.column()
        if text is not None and (not isinstance(text, str) or "\n" in text):
            super().paint(painter, option, index)
            return
        chosen = paint_ground(painter, option)
        left, top, width, height = option.rect.getRect()
        if column in self._pictured:
            side = option.decorationSize.width() + 2 * MARGIN
            picture = index.data(PICTURE)
            if picture is not None:
                picture.paint(painter, left, top, side, height)
            left, width = left + side, width - side
        if text:
            font = index.data(FONT) if column in self._fonts else None
            painter.setFont(option.font if font is None else font.resolve(option.font))
            colour = index.data(COLOUR) if column in self._coloured and not chosen else None
            painter.setPen(option.palette.color(QPalette.ColorRole.Text) if colour is None else colour)
            _write(painter, text, (left + MARGIN, top, width - 2 * MARGIN, height), self._at_right(index))

    def _at_right(self, index: Index) -> bool:
        column = index.column()
        if column not in self._sides:
            side = index.data(SIDE)
            self._sides[column] = side is not None and bool(Qt.AlignmentFlag(side) & Qt.AlignmentFlag.AlignRight)
        return self._sides[column]


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> bool:
    """Paint what is behind a cell that draws itself; whether the cell is chosen."""
    chosen = bool(option.state & SELECTED)
    if chosen:
        painter.fillRect(option.rect, theme.colour("selection"))
    return chosen


def _write(painter: QPainter, text: str, place: tuple[int, int, int, int], at_right: bool) -> None:
    left, top, width, height = place
    metrics = painter.fontMetrics()
    line = metrics.height()
    text = text[: max(width, 0)]  # of a note of many pages, more could not be seen
    if at_right or len(text) * line > width:  # else it surely fits: no letter is wider than its line is high
        long = metrics.horizontalAdvance(text)
        if long > width:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        elif at_right:
            left += width - long
    painter.drawText(left, top + (height - line) // 2 + metrics.ascent(), text)
