"""What an import did: rows read, kept and rejected, each rule with its count, each rejection with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core.data.report import RULES, ImportReport, Rejection
from desktop_app.translation import translate_core
from desktop_app.widgets import readable, tables

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
NUMBERS = (1, 2)  # the columns of figures
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RejectionsModel(QAbstractTableModel):
    """Rejected rows; a row of the table is made only when it is shown."""

    def __init__(self, rejections: Sequence[Rejection]) -> None:
        super().__init__()
        self._rejections = rejections
        self._titles = (
            self.tr("File"),
            self.tr("Line"),
            self.tr("Record"),
            self.tr("Column"),
            self.tr("Value"),
            self.tr("Reason"),
        )

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rejections)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return RIGHT if role == Qt.ItemDataRole.TextAlignmentRole and section in NUMBERS else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in NUMBERS:
            return RIGHT
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self._rejections[index.row()]
        name = row.file.replace("\\", "/").rsplit("/", 1)[-1]
        cells = (name, row.line, row.record, row.column, row.value, translate_core(row.reason))
        cell = cells[index.column()]
        if cell is None:
            return "–" if role == Qt.ItemDataRole.DisplayRole else None
        if isinstance(cell, int):
            return readable.count(cell)
        return cell if role == Qt.ItemDataRole.DisplayRole else cell[:2000]


class ImportReportView(QWidget):
    """A report as a page: figures, rules, notes, and the table of rejections."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._content = QWidget()
        self._column.addWidget(self._content)

    def show_report(self, report: ImportReport) -> None:
        """Show `report` in place of what was shown."""
        self._content.deleteLater()
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._figures(report))
        lines = self._lines(report)
        if lines:
            column.addWidget(_lines_card(lines))
        if report.rejections:
            column.addWidget(self._rejections(report), 1)
        else:
            column.addStretch(1)
        self._column.addWidget(self._content)

    def _figures(self, report: ImportReport) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        for name, title, number in (
            ("read", self.tr("rows read"), report.read),
            ("kept", self.tr("kept"), report.kept),
            ("rejected", self.tr("rejected"), report.rejected),
            ("users", self.tr("users"), report.users),
            ("items", self.tr("items"), report.items),
        ):
            card = QFrame()
            card.setProperty("role", "card")
            column = QVBoxLayout(card)
            column.setContentsMargins(14, 10, 14, 10)
            column.setSpacing(0)
            figure = QLabel(readable.count(number))
            figure.setObjectName(f"report.{name}")
            figure.setProperty("role", "figure")
            words = QLabel(title)
            words.setProperty("role", "muted")
            column.addWidget(figure)
            column.addWidget(words)
            row.addWidget(card, 1)
        return row

    def _lines(self, report: ImportReport) -> list[tuple[str, str]]:
        """(count, sentence) of each rule, each filled value and each note."""
        lines = [(readable.count(count), translate_core(RULES[rule])) for rule, count in report.rules.items()]
        for file in report.files:
            if file.kind == "items" and file.rejected:
                lines.append((readable.count(sum(file.rejected.values())), self.tr("rows of the catalogue rejected")))
        for count in report.filled.values():
            lines.append((readable.count(count), self.tr("missing values filled")))
        if report.unchanged:
            lines.append(("", self.tr("These files had been imported before, so nothing was added.")))
        return lines + [("", translate_core(note.template, note.values)) for note in report.notes]

    def _rejections(self, report: ImportReport) -> QTableView:
        table = QTableView()
        table.setObjectName("rejections")
        table.setAccessibleName(self.tr("Rejected rows"))
        table.setModel(RejectionsModel(report.rejections))
        table.model().setParent(table)
        tables.set_up_rows(table, 12)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate((160, 80, 80, 120, 160)):
            table.setColumnWidth(column, width)
        table.horizontalHeader().setSectionResizeMode(5, QHeaderView.ResizeMode.Stretch)
        return table


def _lines_card(lines: list[tuple[str, str]]) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    grid = QGridLayout(card)
    grid.setContentsMargins(14, 10, 14, 10)
    grid.setHorizontalSpacing(12)
    for row, (count, sentence) in enumerate(lines):
        number = QLabel(count)
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        words = QLabel(sentence)
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(number, row, 0)
        grid.addWidget(words, row, 1)
    grid.setColumnStretch(1, 1)
    return card
