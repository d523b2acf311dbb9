"""Columns as wide as their names and texts, measured when these change and at no other time.

Qt's own `ResizeToContents` asks for all looks of a thousand rows, and again with each change of the table's size: half
a second for a list of a thousand items.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from heapq import nlargest

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHeaderView, QTableView
from shiboken6 import isValid

LOOKED_AT = 40  # rows, the first ones, with those in view; the last one, as ranks are the longest there; others later
MEASURED = 3  # of these, whose texts are the longest
LOOKS = {QEvent.Type.FontChange, QEvent.Type.StyleChange}


class Fitted(QObject):
    """Keeps some columns of a table as wide as they need to be; the table has its model by then.

    A table that is not to be seen is measured when it is.
    """

    def __init__(self, view: QTableView, columns: Iterable[int]) -> None:
        super().__init__(view)
        self._view, self._header, self._columns = view, view.horizontalHeader(), tuple(columns)
        self._stale = True
        self._soon = QTimer(self, singleShot=True, interval=0)  # cells of a table may come one by one
        self._soon.timeout.connect(self.fit)
        for column in self._columns:
            self._header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        model = view.model()
        model.modelReset.connect(self.fit)
        for signal in (model.dataChanged, model.headerDataChanged, model.rowsInserted, model.rowsRemoved):
            signal.connect(lambda *_: self._soon.start())
        self._header.sectionResized.connect(self._came)
        self._scrolled = QTimer(self, singleShot=True, interval=0)
        self._scrolled.timeout.connect(self._widen)
        view.verticalScrollBar().valueChanged.connect(lambda _: self._scrolled.start())
        view.installEventFilter(self)

    def fit(self) -> None:
        """Measure the columns."""
        if not isValid(self._view):
            return  # it goes, and its model tells that it is empty
        self._soon.stop()
        self._stale = not self._view.isVisible()
        if not self._stale:
            count = self._view.model().rowCount()
            rows = {*range(min(LOOKED_AT, count)), *range(count)[-1:], *self._in_view()}
            for column in self._columns:
                if not self._view.isColumnHidden(column):
                    least = self._header.sectionSizeHint(column)
                    self._header.resizeSection(column, max(least, self._width(column, rows)))

    def _widen(self) -> None:
        """Give texts that come into view the room that they need; no column gets narrower under the eyes."""
        rows = [row for row in self._in_view() if row >= LOOKED_AT] if self._view.isVisible() else []
        for column in self._columns if rows else ():
            if not self._view.isColumnHidden(column):
                self._header.resizeSection(column, max(self._header.sectionSize(column), self._width(column, rows)))

    def _in_view(self) -> range:
        """The rows in view, which are of one height."""
        first = self._view.rowAt(0)
        most = self._view.viewport().height() // self._view.verticalHeader().defaultSectionSize() + 2
        return range(first, min(first + most, self._view.model().rowCount())) if first >= 0 else range(0)

    def _width(self, column: int, rows: Iterable[int]) -> int:
        model, font = self._view.model(), self._view.font()
        cells = [model.index(row, column) for row in rows]
        longest = nlargest(MEASURED, cells, key=partial(_length, font, QFontMetrics(font)))
        grid = int(self._view.showGrid())
        return max((self._view.sizeHintForIndex(cell).width() + grid for cell in longest), default=0)

    def _came(self, column: int, before: int, now: int) -> None:
        if before == 0 < now and column in self._columns:  # it was hidden, and may never have been measured
            self._soon.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in LOOKS or (event.type() == QEvent.Type.Show and self._stale):
            self._soon.start() if event.type() in LOOKS else self.fit()
        return super().eventFilter(watched, event)


def _length(font: QFont, metrics: QFontMetrics, cell: QModelIndex) -> int:
    """The pixels of the text of a cell, of which bold ones have more; to ask for all of its look takes far longer."""
    own = cell.data(Qt.ItemDataRole.FontRole)
    return (metrics if own is None else QFontMetrics(own.resolve(font))).horizontalAdvance(str(cell.data() or ""))
