"""The first rows of a file, with the role of each column in a box above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import nlargest

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTableView, QWidget

from desktop_app import theme

Index = QModelIndex | QPersistentModelIndex

ROOT = QModelIndex()
NARROW, WIDE = 132, 280  # pixels of a column
GAP = 4
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


class RoleHeader(QHeaderView):
    """Column names, with a box above each that chooses the column's role.

    Signals:
        chosen: with the place of the column whose role the analyst changed.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.boxes: list[QComboBox] = []
        self.setSectionsMovable(False)
        self.setStretchLastSection(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.sectionResized.connect(lambda *_: self.place_boxes())

    def fill(self, columns: Sequence[str], choices: Sequence[tuple[str, str]], spoken: str) -> None:
        """A box for each column, offering (role, words); `spoken` with the column's name is the box's own name."""
        for box in self.boxes:
            box.deleteLater()
        self.boxes = []
        for place, column in enumerate(columns):
            box = QComboBox(self.viewport())
            box.setObjectName(f"role.{column}")
            box.setAccessibleName(spoken.format(column))
            for role, words in choices:
                box.addItem(words, role)
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # a turn of the wheel in passing changes nothing
            box.activated.connect(lambda _, place=place: self.chosen.emit(place))
            box.show()
            self.boxes.append(box)
        self.place_boxes()

    def sizeHint(self) -> QSize:
        names = super().sizeHint()
        return QSize(names.width(), names.height() + self._box_height() + 2 * GAP)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self.place_boxes()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(rect, theme.colour("raised"))
        text = rect.adjusted(8, self._box_height() + 2 * GAP, -6, 0)
        faint = section < len(self.boxes) and not self.boxes[section].currentData()
        painter.setPen(theme.colour("muted") if faint else theme.colour("text"))
        name = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.setPen(QColor(theme.colour("border")))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _box_height(self) -> int:
        return self.boxes[0].sizeHint().height() if self.boxes else 0

    def place_boxes(self) -> None:
        """Put each box above its column, wherever that was scrolled to."""
        for place, box in enumerate(self.boxes):
            left = self.sectionViewportPosition(place)
            box.setGeometry(left + GAP, GAP, self.sectionSize(place) - 2 * GAP, self._box_height())


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
        self.setHorizontalHeader(self.header)
        self.horizontalScrollBar().valueChanged.connect(self.header.place_boxes)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
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
        self._rows, self._many = RowsModel(columns, rows), many
        self.setModel(self._rows)
        for place in range(len(columns)):  # before there are boxes, all of which are placed when a column gets a width
            self.setColumnWidth(place, min(WIDE, max(NARROW, self._widest(place) + 3 * GAP)))
        self.header.fill(columns, choices, self.tr("What column {0} is"))
        self.set_roles(roles)

    def _widest(self, place: int) -> int:
        """The width of a column's texts. The longest ones alone are measured: Qt would ask for every cell's looks."""
        return max(map(self.fontMetrics().horizontalAdvance, self._rows.longest(place)), default=0)

    def roles(self) -> dict[str, str]:
        """Role by column, for the columns that have one."""
        boxes = zip(self._rows.columns, self.header.boxes, strict=True)
        return {column: box.currentData() for column, box in boxes if box.currentData()}

    def set_roles(self, roles: Mapping[str, str]) -> None:
        for column, box in zip(self._rows.columns, self.header.boxes, strict=True):
            box.setCurrentIndex(max(0, box.findData(roles.get(column, ""))))
        self._mark_unused()

    def _choose(self, place: int) -> None:
        role = self.header.boxes[place].currentData()
        if role and role not in self._many:
            for other, box in enumerate(self.header.boxes):
                if other != place and box.currentData() == role:
                    box.setCurrentIndex(0)
        self._mark_unused()
        self.roles_changed.emit()

    def _mark_unused(self) -> None:
        self._rows.set_unused({place for place, box in enumerate(self.header.boxes) if not box.currentData()})
        self.header.viewport().update()
