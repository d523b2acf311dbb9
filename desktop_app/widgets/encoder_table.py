"""The table of text encoders: what each is, and what was measured of it here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from desktop_app.widgets import readable
from desktop_app.widgets.tables import set_up_rows

if TYPE_CHECKING:
    from core.language.cards import Card
    from core.trying import Tried

_NONE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
NGRAMS = "\0"  # in the place of a model: what stands in for one that cannot read the texts
NAME, SIZE, LANGUAGES, DIMENSIONS, TOKENS, SPEED, NDCG = range(7)


@dataclass(frozen=True)
class Encoder:
    """A row.

    Attributes:
        model: as it was added; empty for the bundled one, `NGRAMS` for what stands in.
        card: what its files tell; None where it is not there.
        problem: why it cannot be used.
        chosen: whether the next training reads with it.
        reads: share of the open texts' tokens that it knows, or None.
        speed: texts a second, or None.
        tried: what it reached on the open data, or None.
    """

    model: str
    card: Card | None = None
    problem: str = ""
    chosen: bool = False
    reads: float | None = None
    speed: float | None = None
    tried: Tried | None = None


class EncoderModel(QAbstractTableModel):
    """Encoders as rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Encoder] = []

    def show_rows(self, rows: Sequence[Encoder]) -> None:
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
        return 0 if parent.isValid() else NDCG + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        names = (
            (self.tr("Text encoder"), ""),
            (self.tr("Size"), self.tr("Of its files on this machine")),
            (self.tr("Languages"), self.tr("As its model card says")),
            (self.tr("Dimensions"), self.tr("Length of a vector")),
            (self.tr("Tokens"), self.tr("Of a text that it can read at most")),
            (self.tr("Texts/s"), self.tr("Texts of the open data that it read in a second on this machine")),
            ("NDCG@10", self.tr("Of its vectors alone, on validation events of a sample of the open data")),
        )
        if role == Qt.ItemDataRole.DisplayRole:
            return names[section][0]
        if role == Qt.ItemDataRole.ToolTipRole:
            return names[section][1] or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.FontRole and row.chosen:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def name(self, row: Encoder) -> str:
        """What to call a row."""
        if row.model == NGRAMS:
            return self.tr("Character n-grams")
        return row.card.name if row.card is not None else row.model

    def _text(self, row: Encoder, column: int) -> str:
        card = row.card
        if column == NAME:
            return f"✓ {self.name(row)}" if row.chosen else self.name(row)
        if column == SPEED:
            return "" if row.speed is None else readable.count(row.speed)
        if column == NDCG:
            if row.tried is None:
                return ""
            told = readable.decimal(row.tried.ndcg, 4)
            stood_in = row.tried.stand_in and row.model != NGRAMS
            return self.tr("{0} (n-grams)").format(told) if stood_in else told
        if card is None:
            return self.tr("not here") if column == SIZE and row.model != NGRAMS else ""
        if column == SIZE:
            return f"{readable.decimal(card.bytes / 1e6, 0)} MB"
        if column == LANGUAGES:
            return _languages(card.languages)
        return readable.count(card.dimensions if column == DIMENSIONS else card.tokens)

    def _tip(self, row: Encoder, column: int) -> str:
        if row.problem:
            return row.problem
        if column == NDCG and row.tried is not None:
            tried = row.tried
            text = self.tr("95 %: {0} to {1}; a list in random order: {2}. {3} users, {4} items.")
            low, high, chance = (readable.decimal(one, 4) for one in (tried.low, tried.high, tried.chance))
            told = text.format(low, high, chance, readable.count(tried.users), readable.count(tried.items))
            if tried.stand_in and row.model != NGRAMS:
                told += " " + self.tr("It cannot read these texts: character n-grams stood in.")
            return told
        if row.model == NGRAMS:
            return self.tr("Stand in where a model cannot read the texts. They need no model and read any script.")
        if column == NAME and row.card is not None:
            known = (
                ""
                if row.reads is None
                else self.tr("It knows {0} of the tokens of the open data.").format(readable.percent(row.reads))
            )
            return " ".join(filter(None, (self.tr("The next training reads with it.") if row.chosen else "", known)))
        return self._text(row, column)


class EncoderTable(QTableView):
    """Shows encoders; one of them is selected.

    Attributes:
        selected: with the model of the row.
    """

    selected = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("encoders")
        self.setAccessibleName(self.tr("Text encoders"))
        self.rows = EncoderModel(self)
        self.setModel(self.rows)
        set_up_rows(self)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(56)
        self.selectionModel().selectionChanged.connect(lambda *_: self._tell())

    @property
    def current(self) -> Encoder | None:
        """The selected row."""
        rows = self.selectionModel().selectedRows()
        return self.rows.rows[rows[0].row()] if rows else None

    def show_rows(self, rows: Sequence[Encoder]) -> None:
        """Show these rows; the selected model stays selected, or else the chosen one becomes it."""
        before = self.current
        same = [row.model for row in rows] == [row.model for row in self.rows.rows]
        self.rows.show_rows(rows)
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
