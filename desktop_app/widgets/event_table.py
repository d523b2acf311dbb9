"""One user's events as a table that is linked with the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget

from desktop_app import theme
from desktop_app.widgets import marks, readable, tables
from desktop_app.widgets.text_cells import TextCells
from desktop_app.widgets.timeline_scale import show_duration, show_time

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.sequences.store import UserEvents

STEP, TIME, BEHAVIOUR, TITLE, CATEGORY, PRICE, VALUE, GAP = range(8)
_RIGHT = (STEP, PRICE, VALUE, GAP)
_ALIGNED = tuple(
    (Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
    for column in range(8)
)
# As numbers: a table asks for all of them, cell by cell, and to compare with Qt's names takes longer than the answer.
_TEXTS = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole))
_ALIGNMENT, _DECORATION, _FOREGROUND = (
    int(role)
    for role in (
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.ForegroundRole,
    )
)
_NONE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class EventModel(QAbstractTableModel):
    """The events in the order of the sequence, or sorted by a column; text is made for what is shown only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.events: UserEvents | None = None
        self._shown: NDArray[np.bool_] | None = None
        self._order: NDArray[np.int64] = np.empty(0, np.int64)
        self._row: NDArray[np.int64] = np.empty(0, np.int64)
        self._sorted = (STEP, Qt.SortOrder.AscendingOrder)

    def set_events(self, events: UserEvents | None, shown: NDArray[np.bool_] | None = None) -> None:
        """Show these events; `shown` (bool [events]) lets some of them through."""
        self.beginResetModel()
        self.events = events
        self._shown = shown
        self._arrange()
        self.endResetModel()

    def event_at(self, row: int) -> int:
        """The event in a row."""
        return int(self._order[row])

    def row_of(self, event: int) -> int:
        """The row of an event; -1 for none, and for one that is not shown."""
        return int(self._row[event]) if 0 <= event < len(self._row) else -1

    def has(self, column: int) -> bool:
        """Whether a column holds anything for these events."""
        events = self.events
        if events is None:
            return True
        if column == STEP:
            return not events.timed
        if column in (TIME, GAP):
            return events.timed
        if column == CATEGORY:
            return bool(events.categories.null_count < events.events)
        if column in (PRICE, VALUE):
            return not np.isnan(events.price if column == PRICE else events.value).all()
        return True

    def text(self, row: int, column: int) -> str:
        """What a cell says."""
        return self._text(self.event_at(row), column)

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else 8

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                names = (
                    self.tr("Step"),
                    self.tr("Time (UTC)"),
                    self.tr("Behaviour"),
                    self.tr("Title"),
                    self.tr("Category"),
                    self.tr("Price"),
                    self.tr("Value"),
                    self.tr("Gap"),
                )
                column, order = self._sorted
                if section not in ((STEP, TIME) if column in (STEP, TIME) else (column,)):
                    return names[section]
                descending = order == Qt.SortOrder.DescendingOrder
                return readable.sorted_header(names[section], descending, at_right=section in _RIGHT)
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _ALIGNED[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        events = self.events
        if events is None or not index.isValid():
            return None
        column = index.column()
        if role == _ALIGNMENT:  # the roles that tables ask for most often come first
            return _ALIGNED[column]
        if role in _TEXTS:
            return self.text(index.row(), column) or None
        if role == _DECORATION and column == BEHAVIOUR:
            return marks.icon(int(events.behaviour[self.event_at(index.row())]))
        if role == _FOREGROUND and column in (STEP, GAP):
            return theme.colour("muted")
        return None

    def _text(self, event: int, column: int) -> str:
        events = self.events
        assert events is not None
        if column == STEP:
            return readable.count(event + 1)
        if column == TIME:
            return show_time(int(events.time[event]), events.timed)
        if column == BEHAVIOUR:
            return events.behaviours[int(events.behaviour[event])].name
        if column == TITLE:
            return events.label(event)
        if column == CATEGORY:
            return events.categories[event].as_py() or ""
        if column == PRICE:
            return readable.price(float(events.price[event]))
        if column == VALUE:
            return readable.value(float(events.value[event]))
        return show_duration(int(events.time[event] - events.time[event - 1])) if event and events.timed else ""

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        chosen = [self.event_at(index.row()) for index in kept]
        self._sorted = (column, order)
        self._arrange()
        moved = [self.index(self.row_of(event), index.column()) for event, index in zip(chosen, kept, strict=True)]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def _arrange(self) -> None:
        events = self.events
        count = events.events if events is not None else 0
        self._order = np.arange(count)
        column, order = self._sorted
        if events is not None and column not in (STEP, TIME):
            self._order = np.argsort(self._key(events, column), kind="stable")
        if self._shown is not None:
            self._order = self._order[self._shown[self._order]]
        if order == Qt.SortOrder.DescendingOrder:
            self._order = self._order[::-1]
        self._row = np.full(count, -1, np.int64)
        self._row[self._order] = np.arange(len(self._order))

    @staticmethod
    def _key(events: UserEvents, column: int) -> NDArray[Any]:
        """What a column is sorted by; what is unknown comes first."""
        if column == BEHAVIOUR:
            return events.behaviour
        if column in (PRICE, VALUE):
            return np.nan_to_num(events.price if column == PRICE else events.value, nan=-np.inf)
        if column == GAP:
            return np.diff(events.time, prepend=events.time[:1])
        import pyarrow.compute as pc

        texts = events.categories if column == CATEGORY else pc.coalesce(events.titles, events.ids, events.texts)
        places = pc.rank(pc.fill_null(texts, ""), sort_keys="ascending", tiebreaker="dense")
        return np.from_dlpack(places)


class EventTable(QTableView):
    """A table of one user's events.

    Signals:
        event_chosen(int): the analyst chose an event, by its index in the sequence.
    """

    event_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("events")
        self.setAccessibleName(self.tr("Events of the user"))
        self.events_model = EventModel(self)
        self.setModel(self.events_model)
        tables.set_up_rows(self, 10)
        TextCells(self, coloured=(STEP, GAP), pictured=(BEHAVIOUR,))
        self.setAlternatingRowColors(True)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        self.setSortingEnabled(True)
        header.setSortIndicatorShown(False)  # it would stand on the right-aligned names; the model has its own
        header.setSortIndicator(STEP, Qt.SortOrder.AscendingOrder)
        self.selectionModel().currentRowChanged.connect(self._chosen)
        self._quiet = False

    def set_events(self, events: UserEvents | None, shown: NDArray[np.bool_] | None = None) -> None:
        """Show these events (`shown`, bool [events], lets some through), none chosen."""
        self._quiet = True
        self.events_model.set_events(events, shown)
        self._quiet = False
        for column in range(self.events_model.columnCount()):
            self.setColumnHidden(column, not self.events_model.has(column))
        self._fit_columns()
        self.scrollToTop()

    def _fit_columns(self) -> None:
        """Make columns as wide as their header and a sample of their texts."""
        model, metrics = self.events_model, self.fontMetrics()
        rows = range(0, model.rowCount(), max(1, model.rowCount() // 12))
        for column in range(model.columnCount()):
            if column != TITLE and not self.isColumnHidden(column):
                texts = [model.text(row, column) for row in rows]
                texts.append(model.headerData(column, Qt.Orientation.Horizontal) + " ▾")
                width = max(metrics.horizontalAdvance(text) for text in texts)
                self.setColumnWidth(column, min(width, 140) + (36 if column == BEHAVIOUR else 14))
        self._stretch_title()

    def _stretch_title(self) -> None:
        """Give the title what the other columns leave, and enough to be read in any case."""
        others = sum(self.columnWidth(c) for c in range(self.events_model.columnCount()) if c != TITLE)
        self.setColumnWidth(TITLE, max(140, self.viewport().width() - others))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch_title()

    def select(self, event: int) -> None:
        """Highlight an event's row and show it; -1 for none. Emits nothing."""
        row = self.events_model.row_of(event)
        self._quiet = True
        if row < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        elif row != self.currentIndex().row():
            column = next(column for column in (STEP, TIME, TITLE) if not self.isColumnHidden(column))
            index = self.events_model.index(row, column)
            self.setCurrentIndex(index)
            self.scrollTo(index)  # which the line above leaves out where the rows came a moment ago
        self._quiet = False

    def _chosen(self, current: QModelIndex) -> None:
        if not self._quiet and current.isValid():
            self.event_chosen.emit(self.events_model.event_at(current.row()))
