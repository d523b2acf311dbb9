"""Items that a search in words found, the best first, each with why."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop_app.widgets import readable

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.seeking import RankedItems
    from core.sequences.log import Catalogue

ITEM, CATEGORY, PRICE, NEAR, WHY = range(5)
FIGURES = (PRICE, NEAR)
_NONE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class FoundItems(QAbstractTableModel):
    """Text is made for the rows that are shown only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalogue: Catalogue | None = None
        self._found: RankedItems | None = None

    def show_items(self, catalogue: Catalogue | None, found: RankedItems | None) -> None:
        """Show these items of a catalogue in this order."""
        self.beginResetModel()
        self._catalogue, self._found = catalogue, found
        self.endResetModel()

    def code(self, row: int) -> int:
        """The code of the item in a row; -1 where there is none."""
        return int(self._found.codes[row]) if self._found is not None and 0 <= row < self.rowCount() else -1

    def name(self, row: int) -> str:
        """The title of the item in a row, or its id."""
        assert self._catalogue is not None
        item = self.code(row)
        return str(self._catalogue.titles[item].as_py() or self._catalogue.ids[item].as_py())

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() or self._found is None else len(self._found.codes)

    def columnCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else WHY + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            names = self.tr("Item"), self.tr("Category"), self.tr("Price"), self.tr("Nearness"), self.tr("Why")
            return names[section]
        if role == Qt.ItemDataRole.ToolTipRole and section == NEAR:
            return self.tr(
                "Cosine of its text to what was typed: in the language space where a model reads both, else by the "
                "letters that they share. 1 is the same"
            )
        return _side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._found is None:
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._near(row) if column == NEAR else self._text(row, column)
        return _side(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _text(self, row: int, column: int) -> str:
        assert self._catalogue is not None
        assert self._found is not None
        item = self.code(row)
        if column == ITEM:
            return self.name(row)
        if column == CATEGORY:
            return str(self._catalogue.categories[item].as_py() or "")
        if column == PRICE:
            return readable.price(float(self._catalogue.prices[item]))
        if column == NEAR:
            meaning, letters = float(self._found.meaning[row]), float(self._found.letters[row])
            return readable.decimal(letters if math.isnan(meaning) else meaning, 2)
        return self._why(row)

    def _near(self, row: int) -> str:
        """Both nearnesses, where there are."""
        assert self._found is not None
        told = (
            (self.tr("by meaning: {0}"), float(self._found.meaning[row])),
            (self.tr("by letters: {0}"), float(self._found.letters[row])),
        )
        return ", ".join(text.format(readable.decimal(cosine, 2)) for text, cosine in told if not math.isnan(cosine))

    def _why(self, row: int) -> str:
        """What was asked for and holds of it, and words that stand in its text; else what it comes near by."""
        assert self._found is not None
        words, groups = self._found.words[row], self._found.groups[row]
        parts = [self.tr("is of {0}").format(readable.listed(list(groups)))] if groups else []
        parts += [self.tr("has {0}").format(readable.listed([f"“{word}”" for word in words]))] if words else []
        return "; ".join(parts) or self._near(row)


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in FIGURES else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
