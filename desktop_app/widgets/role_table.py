"""The first rows of a file, with the role of each column in a box above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import nlargest

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop_app import theme
from desktop_app.widgets.role_header import GAP, RoleHeader

Index = QModelIndex | QPersistentModelIndex

ROOT = QModelIndex()
NARROW, WIDE = 132, 280  # pixels of a column
SEEN = 500  # characters of a text that are drawn: Qt lays all of it out with each look, though a column shows a few
FIRST, MEASURED = 50, 8  # rows whose longest texts give a column its width, and how many of those are measured


def _shown(value: str | None) -> str:
    if value is None:
        return "–"
    return (value if len(value) <= SEEN else value[:SEEN] + "…").replace("\n", " ")


class RowsModel(QAbstractTableModel):
    """Rows of text; a missing value shows as a dash.

    Attributes:
        columns: names.
        unused: places of the columns that are not imported, which are shown faint.
    """

    def __init__(self, columns: Sequence[str], rows: Sequence[Sequence[str | None]]) -> None:
        super().__init__()
        self.columns = list(columns)
        self.unused: set[int] = set()
        self._rows = rows

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        value = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _shown(value)
        if role == Qt.ItemDataRole.ToolTipRole and value is not None and len(value) > 30:
            return value[:2000]
        if role == Qt.ItemDataRole.ForegroundRole and (value is None or index.column() in self.unused):
            return theme.colour("muted")
        return None

    def longest(self, column: int) -> list[str]:
        """The longest of what stands first in a column."""
        values = (row[column] or "" for row in self._rows[:FIRST])
        return [_shown(value) for value in nlargest(MEASURED, values, key=len)]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.columns[section] if orientation == Qt.Orientation.Horizontal else str(section + 1)

    def set_unused(self, places: set[int]) -> None:
        self.unused = places
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))


class RoleTable(QTableView):
    """A preview of a file whose columns get their roles here.

    A role that only one column may have leaves its former column when another takes it.

    Signals:
        roles_changed: the analyst chose another role for a column.
    """

    roles_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = RowsModel([], [])
        self._many: tuple[str, ...] = ()
        self.header = RoleHeader(self)
        self.header.chosen.connect(self._choose)
        self.header.neared.connect(self._widen)
        self.header.reached.connect(self._scroll_to)
        self.setHorizontalHeader(self.header)
        self.horizontalScrollBar().valueChanged.connect(self.header.place_boxes)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.header.setDefaultSectionSize(NARROW)
        self.verticalHeader().setDefaultSectionSize(26)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def show_rows(
        self,
        columns: Sequence[str],
        rows: Sequence[Sequence[str | None]],
        choices: Sequence[tuple[str, str]],
        roles: Mapping[str, str],
        many: tuple[str, ...],
    ) -> None:
        """Show a file: its rows, the (role, words) to choose from, role by column, and the roles of several columns."""
        self.header.clear()
        self._rows, self._many = RowsModel(columns, rows), many
        self.setModel(self._rows)
        self.header.fill(columns, choices, self.tr("What column {0} is"))
        for place, column in enumerate(columns):
            if column in roles:
                self.header.choose(place, roles[column])
        self._mark_unused()

    def _widen(self, place: int) -> None:
        """Make a column as wide as its longest texts; were all measured, Qt would ask for the looks of every cell."""
        widest = max(map(self.fontMetrics().horizontalAdvance, self._rows.longest(place)), default=0)
        self.setColumnWidth(place, min(WIDE, max(NARROW, widest + 3 * GAP)))

    def _scroll_to(self, place: int) -> None:
        """Have a whole column in view."""
        bar, left = self.horizontalScrollBar(), self.header.sectionPosition(place)
        right = left + self.header.sectionSize(place) - self.viewport().width()
        bar.setValue(min(left, max(right, bar.value())))

    def roles(self) -> dict[str, str]:
        """Role by column, for the columns that have one."""
        return {column: role for column, role in zip(self._rows.columns, self.header.roles, strict=True) if role}

    def _choose(self, place: int) -> None:
        role = self.header.roles[place]
        if role and role not in self._many:
            for other, theirs in enumerate(self.header.roles):
                if other != place and theirs == role:
                    self.header.choose(other, "")
        self._mark_unused()
        self.roles_changed.emit()

    def _mark_unused(self) -> None:
        self._rows.set_unused({place for place, role in enumerate(self.header.roles) if not role})
        self.header.viewport().update()
