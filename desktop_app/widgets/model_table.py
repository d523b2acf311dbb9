"""What tables of language models have in common: their rows, and the columns that any model has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QTableView, QWidget

from desktop_app.widgets import readable
from desktop_app.widgets.fitted import Fitted
from desktop_app.widgets.tables import set_up_rows

if TYPE_CHECKING:
    from core.language.cards import Card

_NONE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
NAME, SIZE, LANGUAGES = range(3)  # the first columns
GAP = 16  # pixels between the longest name and the languages, which begin where it ends


@dataclass(frozen=True)
class Model:
    """A row.

    Attributes:
        model: as it was added; what stands for none, or in for one, has a name of its own.
        card: what its files tell; None where it is not there.
        problem: why it cannot be used.
        chosen: whether it is the one in use.
    """

    model: str
    card: Card | None = None
    problem: str = ""
    chosen: bool = False


Row = TypeVar("Row", bound=Model)


class ModelRows(QAbstractTableModel, Generic[Row]):
    """Language models as rows; what they are and what was measured of them is told by the kind of table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def headers(self) -> Sequence[tuple[str, str]]:
        """Names and tips of the columns behind the first three, and of the first."""
        raise NotImplementedError

    @cached_property
    def _names(self) -> Sequence[tuple[str, str]]:
        """Names and tips of all columns, which a table asks for some hundred times."""
        first, *others = self.headers()
        return first, *_common(), *others

    def figure(self, row: Row, card: Card | None, column: int) -> str:
        """What stands in a column behind the first three."""
        raise NotImplementedError

    def explained(self, row: Row, column: int) -> str:
        """More about a cell; empty where it says all."""
        raise NotImplementedError

    def without_files(self, row: Row) -> str:
        """What to call a row that is no model; empty for a model."""
        raise NotImplementedError

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these; where they are the same models, the chosen row stays."""
        if [row.model for row in rows] == [row.model for row in self.rows]:
            self.rows = list(rows)
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._names)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._names[section][0]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._names[section][1] or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.problem or self.explained(row, index.column()) or self._text(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.FontRole and row.chosen:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def name(self, row: Row) -> str:
        """What to call a row."""
        return self.without_files(row) or (row.card.name if row.card is not None else row.model)

    def _text(self, row: Row, column: int) -> str:
        card = row.card
        if column == NAME:
            return f"✓ {self.name(row)}" if row.chosen else self.name(row)
        if column > LANGUAGES:
            return self.figure(row, card, column)
        if card is None:
            missing = column == SIZE and not self.without_files(row)
            return QCoreApplication.translate("ModelRows", "not here") if missing else ""
        return f"{readable.decimal(card.bytes / 1e6, 0)} MB" if column == SIZE else _languages(card.languages)


class ModelTable(QTableView, Generic[Row]):
    """Shows language models; one of them is selected.

    Attributes:
        selected: with the model of the row.
    """

    selected = Signal(str)

    def __init__(
        self, rows: ModelRows[Row], name: str, title: str, measured: Sequence[int], parent: QWidget | None = None
    ) -> None:
        """The columns that were `measured` here stand in front, where a narrow window shows them."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.rows = rows
        rows.setParent(self)
        self.setModel(rows)
        header = self.horizontalHeader()
        for place, column in enumerate((NAME, LANGUAGES, *measured)):
            header.moveSection(header.visualIndex(column), place)
        header.moveSection(header.visualIndex(SIZE), header.count() - 1)
        set_up_rows(self)  # from here on, what is moved is the analyst's order, and kept
        header.setMinimumSectionSize(56)
        Fitted(self, (column for column in range(header.count()) if column != NAME))
        header.setStretchLastSection(True)
        self.selectionModel().selectionChanged.connect(lambda *_: self._tell())

    @property
    def current(self) -> Row | None:
        """The selected row."""
        rows = self.selectionModel().selectedRows()
        return self.rows.rows[rows[0].row()] if rows else None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the selected model stays selected, or else the chosen one becomes it."""
        before = self.current
        same = [row.model for row in rows] == [row.model for row in self.rows.rows]
        self.rows.show_rows(rows)
        self.setColumnWidth(NAME, self.sizeHintForColumn(NAME) + GAP)
        if same and before is not None:
            return
        models = [row.model for row in rows]
        chosen = next((row.model for row in rows if row.chosen), models[0] if models else "")
        wanted = before.model if before is not None and before.model in models else chosen
        self.select_model(wanted)

    def select_model(self, model: str) -> None:
        """Select the row of a model, where there is one."""
        models = [row.model for row in self.rows.rows]
        if model in models:
            self.selectRow(models.index(model))

    def _tell(self) -> None:
        row = self.current
        if row is not None:
            self.selected.emit(row.model)


def _common() -> Sequence[tuple[str, str]]:
    """Names and tips of the columns that every such table has behind its first."""
    return (
        (
            QCoreApplication.translate("ModelRows", "Size"),
            QCoreApplication.translate("ModelRows", "Of its files on this machine"),
        ),
        (
            QCoreApplication.translate("ModelRows", "Languages"),
            QCoreApplication.translate("ModelRows", "As its model card says"),
        ),
    )


def _alignment(column: int) -> Qt.AlignmentFlag:
    left = column in (NAME, LANGUAGES)
    side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


def _languages(codes: Sequence[str], most: int = 3) -> str:
    """Names of languages; many are counted."""
    if len(codes) > most:
        return readable.count(len(codes))
    return ", ".join(map(_language, codes))


def _language(code: str) -> str:
    words = {
        "en": QCoreApplication.translate("languages", "English"),
        "zh": QCoreApplication.translate("languages", "Chinese"),
        "multilingual": QCoreApplication.translate("languages", "many"),
    }
    locale = QLocale(code)
    known = locale.language() != QLocale.Language.C
    return words.get(code) or (QLocale.languageToString(locale.language()) if known else code)
