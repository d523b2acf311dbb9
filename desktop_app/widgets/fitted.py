"""Columns as wide as their names and texts, measured when these change and at no other time.

Qt's own `ResizeToContents` asks for all looks of a thousand rows, and again with each change of the table's size: half
a second for a list of a thousand items.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nlargest

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QHeaderView, QTableView
from shiboken6 import isValid

LOOKED_AT = 100  # rows, the first ones
MEASURED = 3  # of these, whose texts have the most letters
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
        view.installEventFilter(self)

    def fit(self) -> None:
        """Measure the columns."""
        if not isValid(self._view):
            return  # it goes, and its model tells that it is empty
        self._soon.stop()
        self._stale = not self._view.isVisible()
        if not self._stale:
            for column in self._columns:
                if not self._view.isColumnHidden(column):
                    self._header.resizeSection(column, self._width(column))

    def _width(self, column: int) -> int:
        model = self._view.model()
        cells = [model.index(row, column) for row in range(min(LOOKED_AT, model.rowCount()))]
        longest = nlargest(MEASURED, cells, key=lambda cell: len(str(cell.data() or "")))
        grid = int(self._view.showGrid())
        widths = [self._view.sizeHintForIndex(cell).width() + grid for cell in longest]
        return max(self._header.sectionSizeHint(column), *widths, 0)

    def _came(self, column: int, before: int, now: int) -> None:
        if before == 0 < now and column in self._columns:  # it was hidden, and may never have been measured
            self._soon.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in LOOKS or (event.type() == QEvent.Type.Show and self._stale):
            self._soon.start() if event.type() in LOOKS else self.fit()
        return super().eventFilter(watched, event)
