"""The events of a history that the analyst changes, as a table whose rows can be dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop_app import theme
from desktop_app.widgets import readable, tables
from desktop_app.widgets.fitted import Fitted

if TYPE_CHECKING:
    from core.recommend.what_if import ChangedHistory
    from core.sequences.log import Catalogue

Index = QModelIndex | QPersistentModelIndex
STEP, SIGN, ITEM, BEHAVIOUR, WHEN = range(5)


class ChangedEventsModel(QAbstractTableModel):
    """One version of a history, in its order; a sign tells what the analyst did to an event."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.history: ChangedHistory | None = None
        self._catalogue: Catalogue | None = None
        self._texts: list[str] = []

    def show_words(self, catalogue: Catalogue, texts: list[str]) -> None:
        """What items and the events' own texts are called."""
        self._catalogue, self._texts = catalogue, texts

    def show_history(self, history: ChangedHistory | None) -> None:
        self.beginResetModel()
        self.history = history
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() or self.history is None else self.history.events

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else 5

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled  # between rows alone
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return ["#", "", self.tr("Event"), self.tr("Behaviour"), self.tr("When")][section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    @staticmethod
    def _alignment(column: int) -> Qt.AlignmentFlag:
        return tables.AT_RIGHT if column == STEP else tables.AT_LEFT

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        history = self.history
        if history is None:
            return None
        place, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(history, place, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole and column in (STEP, WHEN):
            return theme.colour("muted")
        if role == Qt.ItemDataRole.ForegroundRole and column == SIGN:
            return theme.colour("accent")
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            if column == SIGN:
                return self._done(history, place)[1]
            if column == WHEN:
                return readable.moment(int(history.log.time[place])) if history.log.timed else ""
            return self._text(history, place, column) if role == Qt.ItemDataRole.ToolTipRole else None
        return None

    def _text(self, history: ChangedHistory, place: int, column: int) -> str:
        log = history.log
        if column == STEP:
            return readable.count(place + 1)
        if column == SIGN:
            return self._done(history, place)[0]
        if column == ITEM:
            return self.label(place)
        if column == BEHAVIOUR:
            return log.behaviours[int(log.behaviour[place])].name
        return readable.moment(int(log.time[place]))[:10] if log.timed else ""

    def label(self, place: int) -> str:
        """What the event at a place is about."""
        history, catalogue = self.history, self._catalogue
        assert history is not None
        item, text = int(history.log.item[place]), int(history.log.text[place])
        if item < 0 or catalogue is None:
            return self._texts[text] if 0 <= text < len(self._texts) else ""
        return str(catalogue.titles[item].as_py() or catalogue.ids[item].as_py())

    def _done(self, history: ChangedHistory, place: int) -> tuple[str, str]:
        """What the analyst did to an event: as a sign and in words."""
        if history.origin[place] < 0:
            return "+", self.tr("Added")
        moved, changed = bool(history.moved[place]), bool(history.changed[place])
        if moved and changed:
            return "↕ ✎", self.tr("Moved, and another behaviour")
        if moved:
            return "↕", self.tr("Moved")
        return ("✎", self.tr("Another behaviour")) if changed else ("", "")


class ChangedEvents(QTableView):
    """The table. Rows are dragged to another place, or moved and removed by keys.

    Attributes:
        moved: place of an event, and the place that it is to have.
        removed: Delete was pressed.
    """

    moved = Signal(int, int)
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.events = ChangedEventsModel(self)
        self.setModel(self.events)
        self.setObjectName("changed_events")
        self.setAccessibleName(self.tr("Events of the changed history"))
        tables.set_up_rows(self, 10)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(True)
        header = self.horizontalHeader()
        header.setSectionResizeMode(ITEM, QHeaderView.ResizeMode.Stretch)
        Fitted(self, (column for column in range(header.count()) if column != ITEM))

    def show_history(self, history: ChangedHistory | None) -> None:
        """Show a version; what does not tell events apart has no column."""
        self.events.show_history(history)
        log = None if history is None else history.log
        self.setColumnHidden(WHEN, log is None or not log.timed)
        self.setColumnHidden(BEHAVIOUR, log is None or len(log.behaviours) < 2)
        self.setColumnHidden(SIGN, history is None or not history.changes)

    @property
    def places(self) -> list[int]:
        """The selected places in their order."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def choose(self, place: int) -> None:
        """Select one event and bring it into view."""
        if 0 <= place < self.events.rowCount():
            self.selectRow(place)
            self.scrollTo(self.events.index(place, ITEM))

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt would remove and insert rows by itself; here the history says what becomes of them."""
        start = self.currentIndex().row()
        row = self.indexAt(event.position().toPoint()).row()
        if row < 0:
            row = self.events.rowCount()
        elif self.dropIndicatorPosition() == QAbstractItemView.DropIndicatorPosition.BelowItem:
            row += 1
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if start >= 0:
            self.moved.emit(start, row - 1 if row > start else row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)
