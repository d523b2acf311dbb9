"""Everything that was said of recommendations, as a table that can be searched and sorted."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop_app.icons import icon
from desktop_app.widgets import readable, tables
from desktop_app.widgets.feedback_rows import ITEM, NOTE, RANK, RUN, SCORE, TIME, USER, VERDICT, SaidRow, SaidRows
from desktop_app.widgets.text_cells import TextCells

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
NUMBERS = (RANK, SCORE)
PICTURES = {"up": "thumb-up-on", "down": "thumb-down-on", "later": "later-on", "note": "note-on"}
COLOURS = {"up": "positive", "down": "negative", "later": "muted", "note": "muted"}


def verdict_name(verdict: str) -> str:
    """A verdict in the words of the screen."""
    words = {
        "up": QCoreApplication.translate("feedback", "Thumb up"),
        "down": QCoreApplication.translate("feedback", "Thumb down"),
        "later": QCoreApplication.translate("feedback", "Not now"),
        "note": QCoreApplication.translate("feedback", "Note"),
    }
    return words[verdict]


class FeedbackModel(QAbstractTableModel):
    """The rows that are wanted, sorted. `noted` says that the analyst wrote another note: the entry and the text.

    Attributes:
        whole: number of all rows.
    """

    noted = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all = SaidRows()
        self._places = np.zeros(0, dtype=np.int64)  # of the wanted rows among all, in their order
        self._wanted = ("", "", "")
        self._order = (TIME, True)

    @property
    def whole(self) -> int:
        return len(self._all.rows)

    def show_rows(self, rows: SaidRows) -> None:
        """Show these in the place of the others."""
        self._all = rows
        self._arrange()

    def choose(self, words: str, verdict: str, run: str) -> None:
        """Show rows with these words in user, item or note; an empty verdict or run is any."""
        self._wanted = (words.strip(), verdict, run)
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; equals stay as they are, the newest first."""
        self._order = (column, order == Qt.SortOrder.DescendingOrder)
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        self._places = self._all.ordered(self._all.chosen(*self._wanted), *self._order, verdict_name)
        self.endResetModel()

    def row(self, place: int) -> SaidRow:
        return self._all.rows[int(self._places[place])]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else 8

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            names = [self.tr("Time"), self.tr("User"), self.tr("Item"), self.tr("Verdict"), self.tr("Note")]
            return [*names, self.tr("Run"), self.tr("Rank"), self.tr("Score")][section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.row(index.row()), index.column()
        entry = row.entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(column)
        if role == Qt.ItemDataRole.DecorationRole and column == VERDICT:
            return icon(PICTURES[entry.verdict], COLOURS[entry.verdict])
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._hint(row, column)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        editable = Qt.ItemFlag.ItemIsEditable if index.column() == NOTE else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | editable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        entry = self.row(index.row()).entry
        text = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or index.column() != NOTE or text == entry.note:
            return False
        self.noted.emit(entry, text)
        return True

    @staticmethod
    def _side(column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    @staticmethod
    def _text(row: SaidRow, column: int) -> str:
        entry = row.entry
        if column == TIME:
            return readable.moment(entry.time)
        if column == VERDICT:
            return verdict_name(entry.verdict)
        if column == RANK:
            return "" if entry.rank is None else readable.count(entry.rank)
        if column == SCORE:
            return "" if entry.score is None else readable.decimal(entry.score)
        return {USER: entry.user, ITEM: row.title, NOTE: entry.note, RUN: row.run}[column]

    def _hint(self, row: SaidRow, column: int) -> str:
        entry = row.entry
        if column == VERDICT and entry.until is not None:
            return self.tr("Out of the lists until {0}").format(readable.moment(entry.until))
        if column == ITEM:
            return self.tr("{0}\nItem {1}").format(row.title, entry.item)
        if column == NOTE and not entry.note:
            return self.tr("Press F2 to write a note")
        if column == TIME and entry.source:
            return self.tr("From the file {0}").format(entry.source)
        return self._text(row, column)


class FeedbackTable(QTableView):
    """The table; Enter or a double click opens a row's user, F2 writes a note. `opened` names the user's id."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = FeedbackModel(self)
        self.setModel(self.rows)
        self.setObjectName("feedback")
        self.setAccessibleName(self.tr("Feedback"))
        tables.set_up_rows(self)
        TextCells(self, pictured=(VERDICT,))
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.setSortingEnabled(True)
        self.sortByColumn(TIME, Qt.SortOrder.DescendingOrder)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(ITEM, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(NOTE, QHeaderView.ResizeMode.Stretch)
        for column, width in ((TIME, 140), (USER, 110), (VERDICT, 130), (RUN, 110), (RANK, 60), (SCORE, 80)):
            self.setColumnWidth(column, width)
        self.activated.connect(self._open)

    def chosen(self) -> SaidRow | None:
        """The row that is selected."""
        index = self.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None

    def _open(self, index: QModelIndex) -> None:
        if index.column() != NOTE:
            self.opened.emit(self.rows.row(index.row()).entry.user)
