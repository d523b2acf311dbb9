"""The figures of several trainings for parts of the test: long and short histories, popular and rare items, ..."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from desktop_app import theme
from desktop_app.widgets import readable, tables

if TYPE_CHECKING:
    from core.evaluation.comparison import Contender
    from core.evaluation.intervals import Paired
    from core.evaluation.slices import Slice


def kind_name(kind: str) -> str:
    """What parts of this kind are told apart by."""
    words = {
        "history": QCoreApplication.translate("slice", "By the length of the history (events)"),
        "popularity": QCoreApplication.translate("slice", "By the popularity of what followed"),
        "behaviour": QCoreApplication.translate("slice", "By the behaviour of what followed"),
        "return": QCoreApplication.translate("slice", "By whether the user had the item before"),
        "segment": QCoreApplication.translate("slice", "By segment (a user may be in several)"),
    }
    return words.get(kind, kind)


def part_name(part: Slice) -> str:
    """The name of one part."""
    words = {
        "head": QCoreApplication.translate("slice", "Popular items"),
        "middle": QCoreApplication.translate("slice", "Items between"),
        "tail": QCoreApplication.translate("slice", "Rare items"),
        "first": QCoreApplication.translate("slice", "First time"),
        "returning": QCoreApplication.translate("slice", "Returning"),
    }
    if part.kind in ("popularity", "return"):
        return words.get(part.value, part.value)
    return part.value.replace("-", "–") if part.kind == "history" else part.value


def difference(one: Paired) -> str:
    """A difference with its interval, and a mark where that leaves out 0."""
    sign = ("▲ " if one.low > 0 else "▼ ") if one.clear else ""
    ends = f"{readable.signed(one.low, 4)} … {readable.signed(one.high, 4)}"
    return f"{sign}{readable.signed(one.difference, 4)}  ({ends})"


class RunParts(QTableWidget):
    """A line for each part: its cases, the NDCG of each run with its interval, and the difference to the first run's.

    Differences are between the same users; those whose interval leaves out 0 are marked.
    """

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        heads = [self.tr("Part of the test"), self.tr("Cases"), *names[:1]]
        for name in names[1:]:
            heads += [name, self.tr("Difference")]
        super().__init__(0, len(heads), parent)
        self.setObjectName("run_parts")
        self.setAccessibleName(self.tr("Parts of the test"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tables.set_up_rows(self)
        self.setStyleSheet(tables.PADDED)
        self.setHorizontalHeaderLabels(heads)
        for column in range(1, len(heads)):
            self.horizontalHeaderItem(column).setTextAlignment(
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
        for column in range(4, len(heads), 2):
            self.horizontalHeaderItem(column).setToolTip(self._meaning())
        self.horizontalHeaderItem(0).setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _meaning(self) -> str:
        return self.tr(
            "To the first run, between the same users, with its 95 % interval. ▲ and ▼ mark those whose interval "
            "leaves out 0; of twenty intervals, about one does so by chance."
        )

    def show_parts(self, runs: Sequence[Contender], k: int) -> None:
        """Show the parts; `runs` stand in the order of the columns. The best of each line is marked."""
        parts, name, kind = runs[0].slices, f"ndcg@{k}", ""
        self.setRowCount(0)
        for place, part in enumerate(parts):
            if part.kind != kind:
                kind = part.kind
                self._add([kind_name(kind)], heading=True)
            each = [run.slices[place] for run in runs]
            values = [one.metrics[name] for one in each]
            best = max(values) if len(set(values)) > 1 else None
            texts = []
            for number, (one, value) in enumerate(zip(each, values, strict=True)):
                low, high = one.intervals[name]
                sign = "● " if value == best else ""
                texts.append(f"{sign}{readable.decimal(value, 4)} ± {readable.decimal((high - low) / 2, 4)}")
                if number:
                    texts.append(difference(runs[number].part_differences[place]))
            self._add([part_name(part), readable.count(part.cases), *texts])

    def _add(self, texts: Sequence[str], heading: bool = False) -> None:
        row = self.rowCount()
        self.insertRow(row)
        for column, text in enumerate(texts):
            cell = QTableWidgetItem(text)
            cell.setToolTip(text)
            if column:
                cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setItem(row, column, cell)
        if heading:
            self.setSpan(row, 0, 1, self.columnCount())
            self.item(row, 0).setForeground(QBrush(theme.colour("muted")))
