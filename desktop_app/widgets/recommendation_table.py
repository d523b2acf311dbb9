"""A ranked list: what each item is, its score, and the score as a bar of the model's parts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop_app import theme
from desktop_app.widgets import readable, runs_table, tables
from desktop_app.widgets.breakdown_bar import PARTS_ROLE, BreakdownDelegate, Parts, scale
from desktop_app.widgets.fitted import Fitted
from desktop_app.widgets.text_cells import TextCells
from desktop_app.widgets.thumbs import SAID_ROLE, Thumbs, sign_name

if TYPE_CHECKING:
    from core.sequences.log import Catalogue

Index = QModelIndex | QPersistentModelIndex
NARROW, BROAD = 500, 700  # pixels below which category and price have no room; from which headers are whole
RANK, FORMER, TITLE, CATEGORY, PRICE, SCORE, CHANCE, PARTS, SAID = range(9)


@dataclass(frozen=True)
class RankedItem:
    """One row; what is unknown is empty, an unknown price NaN.

    Attributes:
        former: its rank in the list that this one is compared with, from 1; 0 where it is not in that; -1 where there
            is none.
        chance: probability of what the policy aims at; NaN where it aims at nothing.
        verdict: what was said of it ("up", "down", "later", "note"), empty for nothing.
        note: in the analyst's words.
        fresh: whether the training has learned nothing of it, so that its text alone speaks for it.
    """

    code: int
    id: str
    title: str
    category: str
    price: float
    score: float
    base: float
    shares: tuple[float, ...]
    former: int = -1
    chance: float = math.nan
    verdict: str = ""
    note: str = ""
    fresh: bool = False


def ranked_items(
    catalogue: Catalogue,
    items: NDArray[np.int32],
    scores: NDArray[np.float32],
    base: NDArray[np.float32],
    shares: NDArray[np.float32],
    former: NDArray[np.int32] | None = None,
    fresh: NDArray[np.bool_] | None = None,
) -> list[RankedItem]:
    """The rows of a list of `items` [k] with `scores` and `base` [k], `shares` [k, c], `former` ranks, `fresh` [k]."""
    columns = (catalogue.ids, catalogue.titles, catalogue.categories)
    texts = zip(*(column.take(items).to_pylist() for column in columns), strict=True)
    ranks = np.full(len(items), -1) if former is None else former
    new = np.zeros(len(items), dtype=np.bool_) if fresh is None else fresh
    columns_of_figures = (items, catalogue.prices[items], scores, base, shares, ranks, new)
    figures = zip(*(column.tolist() for column in columns_of_figures), strict=True)
    return [
        RankedItem(code, name, title or "", category or "", price, score, part, tuple(parts), rank, fresh=unknown)
        for (name, title, category), (code, price, score, part, parts, rank, unknown) in zip(
            texts, figures, strict=True
        )
    ]


class RecommendationModel(QAbstractTableModel):
    """The rows of one list, the best first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[RankedItem] = []
        self._components: tuple[str, ...] = ()
        self._scale = (0.0, 1.0)
        self._marked = -1

    def mark(self, item: int) -> None:
        """Mark the item with this code as what really came next; -1 for none."""
        before, self._marked = self._marked, item
        if self._rows and item != before:
            self.dataChanged.emit(self.index(0, TITLE), self.index(len(self._rows) - 1, TITLE))

    def show_list(self, rows: list[RankedItem], components: tuple[str, ...]) -> None:
        self.beginResetModel()
        self._rows, self._components = rows, components
        base = np.array([row.base for row in rows], dtype=np.float32)
        shares = np.array([row.shares for row in rows], dtype=np.float32).reshape(len(rows), len(components))
        self._scale = scale(base, shares)
        self.endResetModel()

    def item(self, row: int) -> RankedItem:
        return self._rows[row]

    @property
    def rows(self) -> list[RankedItem]:
        return list(self._rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else 9

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            words = [self.tr("Was"), self.tr("Item"), self.tr("Category"), self.tr("Price"), self.tr("Score")]
            return ["#", *words, self.tr("Chance"), self.tr("Parts of the score"), self.tr("Feedback")][section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    @staticmethod
    def _alignment(column: int) -> Qt.AlignmentFlag:
        return tables.AT_RIGHT if column in (RANK, FORMER, PRICE, SCORE, CHANCE) else tables.AT_LEFT

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole and column == FORMER:
            return theme.colour(self._direction(index.row(), row)[1])
        if role == PARTS_ROLE and column == PARTS:
            return Parts(row.base, row.shares, *self._scale)
        if role == SAID_ROLE and column == SAID:
            return row.verdict, row.note
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._hint(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole and column in (PARTS, SAID):
            return self._hint(row, column)
        return None

    def _text(self, place: int, row: RankedItem, column: int) -> str:
        if column == TITLE:
            return ("◆ " if row.code == self._marked else "") + self._name(row)
        if column == FORMER:
            return self._former(place, row)
        if column == RANK:
            return readable.count(place + 1)
        if column == SCORE:
            return readable.decimal(row.score)
        if column == PRICE:
            return readable.price(row.price)
        if column == CHANCE:
            return readable.percent(row.chance)
        return row.category if column == CATEGORY else ""

    def _name(self, row: RankedItem) -> str:
        name = row.title or row.id
        return self.tr("{0}  (new)").format(name) if row.fresh else name

    @staticmethod
    def _direction(place: int, row: RankedItem) -> tuple[str, str]:
        """A sign and a colour for where the item came from."""
        if row.former == place + 1:
            return "=", "muted"
        return ("▲", "positive") if row.former < 1 or row.former > place + 1 else ("▼", "negative")

    def _former(self, place: int, row: RankedItem) -> str:
        if row.former < 0:
            return ""
        rank = readable.count(row.former) if row.former else self.tr("new")
        return f"{self._direction(place, row)[0]} {rank}"

    def _former_hint(self, row: RankedItem) -> str:
        if row.former == 0:
            return self.tr("It was not in the list of the unchanged history")
        return self.tr("Rank {0} in the list of the unchanged history").format(readable.count(row.former))

    def _hint(self, row: RankedItem, column: int) -> str:
        if column == FORMER:
            return self._former_hint(row)
        if column == SAID:
            return sign_name(row.verdict) if row.verdict else self.tr("Nothing is said of it")
        if column == CHANCE:
            return self.tr("How likely this is what the user does next, calibrated on the validation events")
        if column == TITLE:
            name = self.tr("{0}\nItem {1}").format(row.title, row.id) if row.title else row.id
            if row.fresh:
                name += "\n" + self.tr("New since training: nothing is learned of it yet, its text speaks for it")
            return self.tr("{0}\n◆ The test held this item out").format(name) if row.code == self._marked else name
        if column in (SCORE, PARTS):
            lines = [
                f"{runs_table.model_name(name)}  {readable.signed(share)}"
                for name, share in zip(self._components, row.shares, strict=True)
            ]
            if row.base:
                lines.append(self.tr("Base  {0}").format(readable.signed(row.base)))
            return "\n".join([*lines, self.tr("Score  {0}").format(readable.decimal(row.score))])
        return self._text(0, row, column) if column else ""


class RecommendationTable(QTableView):
    """The list as a table of whole rows.

    Attributes:
        chosen: the row that the analyst looks at, -1 for none.
        menu_wanted: what can be done with that row is to be offered, at this point of the screen.
    """

    chosen = Signal(int)
    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = RecommendationModel(self)
        self.setModel(self.list)
        self.setObjectName("recommendations")
        self.setAccessibleName(self.tr("Recommended items"))
        TextCells(self, coloured=(FORMER,))
        self.setItemDelegateForColumn(PARTS, BreakdownDelegate(self))
        self.thumbs = Thumbs(self)
        self.setItemDelegateForColumn(SAID, self.thumbs)
        tables.set_up_rows(self)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        Fitted(self, (column for column in range(header.count()) if column not in (TITLE, CATEGORY, PARTS)))
        self.selectionModel().currentRowChanged.connect(lambda current, _: self.chosen.emit(current.row()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The mouse asks for the row under it; the keyboard for the current one, and its place counts the header in."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            row, place = self.indexAt(event.pos()).row(), event.globalPos()
            if row >= 0 and row != self.currentIndex().row():
                self.selectRow(row)
        else:
            row = self.currentIndex().row()
            title = self.list.index(row, TITLE)
            self.scrollTo(title)
            place = self.viewport().mapToGlobal(self.visualRect(title).bottomLeft())
        if row >= 0:
            self.menu_wanted.emit(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setColumnWidth(PARTS, max(110, self.width() // 5))
        self._hide_columns()
        super().resizeEvent(event)

    def _hide_columns(self) -> None:
        """Hide what is empty, and what has no room: the breakdown of the chosen item tells its category and price."""
        rows, width = self.list.rows, self.width()
        asked = any(row.former >= 0 for row in rows)  # what if
        self.setColumnHidden(FORMER, not asked)
        self.setColumnHidden(SAID, asked and width < NARROW)
        aimed = any(row.chance == row.chance for row in rows)
        self.setColumnHidden(CHANCE, not aimed)
        self.setColumnHidden(PARTS, aimed and width < NARROW)  # the breakdown beside the list has them as well
        self.setColumnHidden(CATEGORY, width < NARROW or not any(row.category for row in rows))
        self.setColumnHidden(PRICE, width < NARROW or not any(row.price == row.price for row in rows))

    def show_list(self, rows: list[RankedItem], components: tuple[str, ...], choose: int = -1) -> None:
        """Show a list and choose the item with the code `choose`, or else the first; empty columns are hidden."""
        self.list.show_list(rows, components)
        self._hide_columns()
        # Measured here: Qt has no hint for a column that is hidden until the list has its place.
        words = [row.category or "" for row in rows]
        if self.width() >= BROAD:  # else the titles need the room more than the header does
            words.append(self.list.headerData(CATEGORY, Qt.Orientation.Horizontal))
        widest = max(map(self.fontMetrics().horizontalAdvance, words), default=0)
        self.setColumnWidth(CATEGORY, min(widest + 16, 140))
        if rows:
            self.selectRow(next((place for place, row in enumerate(rows) if row.code == choose), 0))
        else:
            self.chosen.emit(-1)
