"""Tables of figures: cells as strong as their figure (a heat map that can be read), or with a bar behind the figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop_app import theme
from desktop_app.widgets.columns import Columns, shown_columns
from desktop_app.widgets.tables import AT_LEFT, AT_RIGHT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NONE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
WIDEST_CELL, HIGHEST_CELL = 76, 44  # pixels of a heat map's cells, unless a figure needs more
GIVES = 5  # pixels of a cell beside its figure that may be spared, so that the last column is in view
WIDEST = 190  # pixels of the names beside the rows; tooltips tell the rest
FAINTEST = 0.06  # of the colour, for any figure above zero


@dataclass(frozen=True)
class Table:
    """What a table shows.

    Attributes:
        columns: names.
        texts: the cells, row by row.
        rows: names of the rows; empty where the first column names them.
        heat: float64 [rows, columns], 0 to 1, how strong each cell is; NaN for a cell of no colour.
        bars: float64 [rows, columns], 0 to 1, how long the bar in each cell is; NaN for none.
        figures: float64 [rows, columns], what files and the clipboard get in place of the text; NaN for the text.
        tip: the sentence about a cell, by row and column.
        left: columns of words, which stand at the left; the first of them takes what room there is.
    """

    columns: tuple[str, ...]
    texts: list[list[str]]
    rows: tuple[str, ...] = ()
    heat: NDArray[np.float64] | None = None
    bars: NDArray[np.float64] | None = None
    figures: NDArray[np.float64] | None = None
    tip: Callable[[int, int], str] | None = None
    left: tuple[int, ...] = ()

    def as_rows(self, columns: Sequence[int] | None = None) -> list[list[str]]:
        """These columns, or all, with names, for the clipboard and files; figures in full, as programs read them."""
        taken = range(len(self.columns)) if columns is None else columns
        names = [self.columns[column] for column in taken]
        cells = [[self.plain(row, column) for column in taken] for row in range(len(self.texts))]
        if not self.rows:
            return [names, *cells]
        return [["", *names], *([name, *row] for name, row in zip(self.rows, cells, strict=True))]

    def plain(self, row: int, column: int) -> str:
        """A cell as `as_rows` gives it."""
        figure = float("nan") if self.figures is None else float(self.figures[row, column])
        if figure != figure:
            return self.texts[row][column]
        return str(int(figure)) if figure == int(figure) else f"{figure:.6g}"


def strength(share: float) -> float:
    """How much of the colour a cell has: small figures are told from none, and large ones from each other."""
    return 0.0 if share <= 0 else FAINTEST + (1 - FAINTEST) * min(share, 1.0) ** 0.7


def heat_colour(share: float) -> QColor:
    """The colour of a cell: from that of the panel to blue."""
    return _shade(theme.colour("panel").rgb(), theme.categorical(0).rgb(), share)[0]


@lru_cache(maxsize=4096)  # a table of a large window has a thousand cells, which are painted again and again
def _shade(panel: int, blue: int, share: float) -> tuple[QColor, QColor]:
    """The colour of a cell, and that of its text."""
    low, high, part = QColor(panel), QColor(blue), strength(share)
    mixed = (round(a + (b - a) * part) for a, b in zip(low.getRgb()[:3], high.getRgb()[:3], strict=True))
    behind = QColor(*mixed)
    return behind, text_colour(behind)


def text_colour(behind: QColor) -> QColor:
    """The one of two colours that can be read on this one."""
    light, dark = QColor("#ffffff"), QColor("#000000")  # with these, one has 4.5:1 on any colour
    return max(light, dark, key=lambda colour: _contrast(colour, behind))


def _contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours as WCAG 2 defines it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class FigureModel(QAbstractTableModel):
    """The cells of a `Table`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = Table((), [])

    def show_table(self, table: Table) -> None:
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.table.texts)

    def columnCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.table.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        names = self.table.columns if across else self.table.rows
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return names[section] if section < len(names) else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section) if across else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column, table = index.row(), index.column(), self.table
        if role == Qt.ItemDataRole.DisplayRole:
            return table.texts[row][column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return table.texts[row][column] if table.tip is None else table.tip(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(column)
        if table.bars is not None and role == Qt.ItemDataRole.UserRole:
            return float(table.bars[row, column])
        return None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        if self.table.heat is not None:
            return Qt.AlignmentFlag.AlignCenter
        return AT_LEFT if column in self.table.left else AT_RIGHT


class BarDelegate(QStyledItemDelegate):
    """Draws the bar of a cell under its text, and a frame around one that is chosen and has a bar to keep."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        share = index.data(Qt.ItemDataRole.UserRole)
        barred = isinstance(share, float) and share == share
        option = QStyleOptionViewItem(option)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen and barred:
            option.state &= ~QStyle.StateFlag.State_Selected
        if barred:
            area = QRectF(option.rect).adjusted(4, 5, -4, -5)
            colour = theme.categorical(0)
            colour.setAlpha(70)
            painter.fillRect(QRectF(area.left(), area.top(), max(1.0, area.width() * share), area.height()), colour)
        super().paint(painter, option, index)
        if chosen and barred:
            _frame(painter, option.rect)


def _frame(painter: QPainter, cell: QRect, pixels: int = 2) -> None:
    painter.setPen(QPen(theme.colour("text"), pixels))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(cell).adjusted(1, 1, -1, -1))


def _meets(area: QRect, across: tuple[int, int]) -> bool:
    return across[0] <= area.right() and across[0] + across[1] > area.left()


class FigureTable(QTableView):
    """Shows a `Table`; Ctrl+C copies the chosen cells, or all in view with their names, as programs read them.

    Args:
        name: for screen readers.
        copies: nothing else around it copies it as it is shown.
    """

    def __init__(self, name: str, parent: QWidget | None = None, copies: bool = True) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._model = FigureModel(self)
        self._widths: list[int] = []
        self.setModel(self._model)
        self.setItemDelegate(BarDelegate(self))
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setMaximumWidth(WIDEST)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        self.horizontalHeader().setHighlightSections(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setTextElideMode(Qt.TextElideMode.ElideRight)
        theme.changed.connect(self.viewport().update)
        self.columns = Columns(self, changing=True, copies=copies)

    @property
    def table(self) -> Table:
        return self._model.table

    def show_table(self, table: Table) -> None:
        """Show these figures; columns of other names are as they were left, or all and in their own order."""
        others = table.columns != self.table.columns
        self._model.show_table(table)
        if others:
            self.columns.renew()
        self.verticalHeader().setVisible(bool(table.rows))
        self.setShowGrid(table.heat is None and bool(table.rows))
        self._fit()
        self.scrollToTop()
        self.resizeEvent(QResizeEvent(self.size(), self.size()))

    def _fit(self) -> None:
        """Columns as wide as their texts; those of a heat map are all alike, a little narrower where that is enough."""
        table, metrics, header = self.table, self.fontMetrics(), self.horizontalHeader()
        cells = [
            max((metrics.horizontalAdvance(row[column]) for row in table.texts), default=0)
            for column in range(len(table.columns))
        ]
        heads = [metrics.horizontalAdvance(name) + 10 for name in table.columns]  # and the margins of a header
        self._widths = cells  # of the texts
        alike = max(30, *cells, min(WIDEST_CELL, max(heads, default=0))) + 8 if cells else 0
        widths = [max(pair) for pair in zip(cells, heads, strict=True)]
        for column, width in enumerate(widths):
            stretches = bool(table.left) and column == table.left[0]
            mode = QHeaderView.ResizeMode.Stretch if stretches else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(column, mode)
            if table.heat is not None:
                enough = self.viewport().width() // max(1, len(shown_columns(self)))
                self.setColumnWidth(column, enough if alike - GIVES <= enough < alike else alike)
            elif not stretches:
                barred = table.bars is not None and bool((table.bars[:, column] >= 0).any())
                self.setColumnWidth(column, max(170 if barred else 70, width + 24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The few rows of a heat map are higher where there is room."""
        super().resizeEvent(event)
        if self.table.heat is not None and event.size().width() != event.oldSize().width():
            self._fit()
        least, rows = self.fontMetrics().height() + 12, max(1, len(self.table.texts))
        room = self.viewport().height() // rows if self.table.heat is not None else 0
        self.verticalHeader().setDefaultSectionSize(max(least, min(HIGHEST_CELL, room)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A heat map's cells in one go: one by one, a delegate takes four times as long for them."""
        if self.table.heat is None:
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        in_view = event.rect()
        columns = [column for column in shown_columns(self) if _meets(in_view, self._across(column))]
        self._paint_cells(painter, self._rows_between(in_view.top(), in_view.bottom()), columns)
        for cell, pixels in self._marked():
            if cell.intersects(in_view):
                _frame(painter, cell, pixels)

    def _paint_cells(self, painter: QPainter, rows: range, columns: list[int]) -> None:
        heat, texts, plain = self.table.heat, self.table.texts, theme.colour("text")
        assert heat is not None
        panel, blue = theme.colour("panel").rgb(), theme.categorical(0).rgb()
        down = [(row, self.rowViewportPosition(row), self.rowHeight(row)) for row in rows]
        for column in columns:
            left, width = self._across(column)
            fits = self._widths[column] <= width
            for row, top, height in down:
                share, text, ink = float(heat[row, column]), texts[row][column], plain
                if share == share:
                    behind, ink = _shade(panel, blue, share)
                    painter.fillRect(left, top, width, height, behind)
                if text:
                    painter.setPen(ink)
                    shown = text if fits else self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
                    painter.drawText(left, top, width, height, Qt.AlignmentFlag.AlignCenter, shown)

    def _across(self, column: int) -> tuple[int, int]:
        """Where a column begins in the viewport, and how wide it is, in pixels."""
        return self.columnViewportPosition(column), self.columnWidth(column)

    def _rows_between(self, top: int, bottom: int) -> range:
        first, last = self.rowAt(top), self.rowAt(bottom)
        return range(first, (len(self.table.texts) if last < 0 else last + 1)) if first >= 0 else range(0)

    def _marked(self) -> list[tuple[QRect, int]]:
        """The cells that have a frame, and its pixels: the chosen ones, and the one that has the keys after a Tab."""
        marked = [(self.visualRect(index), 2) for index in self.selectedIndexes()]
        current = self.currentIndex()
        keys = current.isValid() and self.hasFocus() and not self.selectionModel().isSelected(current)
        return [*marked, (self.visualRect(current), 1)] if keys else marked

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            chosen, shown = self.selectedIndexes(), shown_columns(self)
            if len(chosen) > 1:
                rows, among = sorted({index.row() for index in chosen}), {index.column() for index in chosen}
                columns = [column for column in shown if column in among]
                self.copy([[self.table.plain(row, column) for column in columns] for row in rows])
            else:
                self.copy(self.table.as_rows(shown))
            return
        super().keyPressEvent(event)

    @staticmethod
    def copy(rows: list[list[str]]) -> None:
        """Put rows on the clipboard, as spreadsheets take them."""
        QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows))
