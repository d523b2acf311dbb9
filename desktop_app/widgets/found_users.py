"""Users that a search in words found, the best first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView

from desktop_app.widgets import readable, tables
from desktop_app.widgets.timeline_scale import moment

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtWidgets import QWidget

    from core.sequences.store import UserTable

USER, FIT, EVENTS, LAST = range(4)
_NONE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class FoundUsers(QAbstractTableModel):
    """Text is made for the rows that are shown only."""

    def __init__(self, parent: QWidget | None = None, counts: tuple[str, str] | None = None) -> None:
        """`counts` is what the column of the fit is called, and its tip, where it has counts in the place of shares."""
        super().__init__(parent)
        fit = self.tr("Fit"), self.tr("The mean of the shares that the conditions and the words speak of")
        self._fit, self._counts = counts or fit, counts is not None
        self._table: UserTable | None = None
        self.codes: NDArray[np.int32] = np.empty(0, np.int32)
        self.fit: NDArray[Any] = np.empty(0, np.float32)

    def show_users(self, table: UserTable | None, codes: NDArray[np.int32], fit: NDArray[Any]) -> None:
        """Show these users in this order, with how well each fits (NaN where that is no matter of degree)."""
        self.beginResetModel()
        self._table, self.codes, self.fit = table, codes, fit
        self.endResetModel()

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.codes)

    def columnCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("User"), self._fit[0], self.tr("Events"), self.tr("Last active"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        if role == Qt.ItemDataRole.ToolTipRole and section == FIT:
            return self._fit[1]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._table is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole or (role == Qt.ItemDataRole.ToolTipRole and index.column() == USER):
            return self._text(self._table, index.row(), index.column())
        return _side(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _text(self, table: UserTable, row: int, column: int) -> str:
        user = int(self.codes[row])
        if column == USER:
            return str(table.ids[user].as_py())
        if column == FIT and self._counts:
            return readable.count(int(self.fit[row]))
        if column == FIT:
            return readable.percent(float(self.fit[row])) or "–"
        if column == EVENTS:
            return readable.count(int(table.events[user]))
        return f"{moment(int(table.last[user])):%Y-%m-%d}" if table.timed and table.events[user] else ""


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column == USER else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


def found_users_table(model: FoundUsers, name: str, told: str) -> QTableView:
    """A table of such users; `told` is its name for those who cannot see it."""
    table = QTableView()
    table.setObjectName(name)
    table.setAccessibleName(told)
    table.setModel(model)
    tables.set_up_rows(table)
    table.horizontalHeader().setSectionResizeMode(USER, QHeaderView.ResizeMode.Stretch)
    return table
