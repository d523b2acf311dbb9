"""The table of trainings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop_app import theme
from desktop_app.widgets import privacy_words, readable, tables
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.fitted import Fitted

if TYPE_CHECKING:
    from core.runs import Run

METRICS = ("ndcg", "hit", "mrr", "coverage")
NAME, STATUS, DURATION = 0, 1, 2 + len(METRICS)  # the figures stand between status and duration
EITHER_WAY = " ± "  # between a figure and half of its 95 % interval
Index = QModelIndex | QPersistentModelIndex


def metric_name(metric: str) -> str:
    """The field's word for a stored metric: "ndcg@10" is NDCG@10."""
    name, _, k = metric.partition("@")
    words = {"ndcg": "NDCG", "mrr": "MRR", "f1": "F1"}
    words |= {
        "hit": QCoreApplication.translate("metric", "Hit rate"),
        "recall": QCoreApplication.translate("metric", "Recall"),
        "precision": QCoreApplication.translate("metric", "Precision"),
        "coverage": QCoreApplication.translate("metric", "Coverage"),
    }
    return f"{words.get(name, name)}@{k}" if k else words.get(name, name)


def model_name(model: str) -> str:
    """The name of a recommender, or of a part of its scores, as a person says it."""
    words = {
        "popularity": QCoreApplication.translate("model", "Popularity"),
        "trend": QCoreApplication.translate("model", "Trend"),
        "eras": QCoreApplication.translate("model", "Eras"),
        "conversation": QCoreApplication.translate("model", "Conversation"),
        "transitions": QCoreApplication.translate("model", "Item transitions"),
        "ease": QCoreApplication.translate("model", "EASE"),
        "repeats": QCoreApplication.translate("model", "Repeat consumption"),
        "words": QCoreApplication.translate("model", "Words in common"),
        "content": QCoreApplication.translate("model", "Content"),
        "transformer": QCoreApplication.translate("model", "Sequence model"),
        "hybrid": QCoreApplication.translate("model", "Hybrid"),
        "bilinear": QCoreApplication.translate("model", "Bilinear"),
        "language-regression": QCoreApplication.translate("model", "Language-model regression"),
        "vectors": QCoreApplication.translate("model", "Outside vectors"),
        "relations": QCoreApplication.translate("model", "Relations"),
        "pictures": QCoreApplication.translate("model", "Pictures"),
        "product": QCoreApplication.translate("model", "What both texts share"),  # the regression's parts of a score
        "difference": QCoreApplication.translate("model", "Where both texts differ"),
        "feedback": QCoreApplication.translate("model", "Feedback"),
        "sequence": QCoreApplication.translate("model", "The text of the sequence"),
    }
    return words.get(model, model)


def status_name(status: str) -> str:
    """The status of a run in the words of the screen."""
    words = {
        "running": QCoreApplication.translate("run", "Training"),
        "stopped": QCoreApplication.translate("run", "Stopped"),
        "failed": QCoreApplication.translate("run", "Failed"),
        "done": QCoreApplication.translate("run", "Done"),
    }
    return words.get(status, status)


def protocol_name(run: Run) -> str:
    """How a run's events were split."""
    if run.protocol == "time":
        cut = "" if run.cut is None else readable.moment(run.cut)
        return QCoreApplication.translate("run", "Split at {0}").format(cut)
    if run.protocol == "leave-last-n":
        return QCoreApplication.translate("run", "Leave the last {0} out").format(run.parts["last"])
    if run.protocol == "users":
        text = QCoreApplication.translate("run", "Users, part {0} of {1}")
        return text.format(run.parts["fold"] + 1, run.parts["folds"])
    return QCoreApplication.translate("run", "Leave one out")


def seconds(run: Run) -> float:
    """How long the whole training took."""
    return sum(run.seconds.values())


class RunsModel(QAbstractTableModel):
    """Runs as rows, the newest first. The name can be edited in place; `renamed` says so."""

    renamed = Signal(str, str)  # run id, new name

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: list[Run] = []
        self._active = ""
        self.best = ""  # which figure the runs are sorted by, the best first; none for the newest first

    def show_runs(self, runs: Sequence[Run], active: str) -> None:
        """Show these runs; `active` is the id of the one that makes the lists."""
        if self.best:
            runs = sorted(runs, key=lambda run: -run.metrics.get(f"{self.best}@{run.k}", -1.0))
        if [run.id for run in runs] == [run.id for run in self._runs]:  # selection, place and open editor stay
            self._runs, self._active = list(runs), active
            if runs:
                self.dataChanged.emit(self.index(0, 0), self.index(len(runs) - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self._runs, self._active = list(runs), active
        self.endResetModel()

    def run(self, row: int) -> Run:
        return self._runs[row]

    def row(self, run: str) -> int:
        """The row of the run with this id, -1 if it is not here."""
        return next((row for row, each in enumerate(self._runs) if each.id == run), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._runs)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._titles())

    def _titles(self) -> list[str]:
        # The lists of all runs are of one length nearly always; where not, each cell says its own.
        lengths = {run.k for run in self._runs} or {10}
        k = lengths.pop() if len(lengths) == 1 else 0
        metrics = [metric_name(f"{metric}@{k}" if k else metric) for metric in METRICS]
        if self.best:
            metrics[METRICS.index(self.best)] += " ▾"
        return [
            self.tr("Name"),
            self.tr("Status"),
            *metrics,
            self.tr("Duration"),
            self.tr("Model"),
            self.tr("Started"),
            self.tr("Split"),
        ]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        run, column = self._runs[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(run, column)
        if role == Qt.ItemDataRole.EditRole and column == NAME:
            return run.name
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == Qt.ItemDataRole.FontRole and run.id == self._active and column == NAME:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ForegroundRole and column == STATUS and run.status == "failed":
            return theme.colour("negative")
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._hint(run, column)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == NAME and run.id == self._active:
            return self.tr("{0}, makes the lists").format(run.name)
        return None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        numeric = STATUS < column <= DURATION
        return tables.AT_RIGHT if numeric else tables.AT_LEFT

    def _text(self, run: Run, column: int) -> str:
        if column == NAME:
            return f"✓ {run.name}" if run.id == self._active else run.name
        if column == STATUS:
            return status_name(run.status)
        if column < DURATION:
            name = f"{METRICS[column - STATUS - 1]}@{run.k}"
            value = run.metrics.get(name)
            text = "–" if value is None else readable.decimal(value, 4)
            if name in run.intervals:
                low, high = run.intervals[name]
                text += f"{EITHER_WAY}{readable.decimal((high - low) / 2, 4)}"
            return text
        duration = readable.duration(seconds(run)) if run.seconds else "–"
        model = f"{model_name(run.model)}, {privacy_words.budget(run)}" if run.private else model_name(run.model)
        rest = (duration, model, readable.started(run.created), protocol_name(run))
        return rest[column - DURATION]

    def _hint(self, run: Run, column: int) -> str:
        if column == STATUS and run.error:
            return run.error
        if column == STATUS and run.status == "stopped":
            return self.tr("Stopped before the end. Resume it, or finish it with the best so far.")
        if column == NAME and run.id == self._active:
            return self.tr("{0} makes the lists").format(run.name)
        ends = run.intervals.get(f"{METRICS[column - STATUS - 1]}@{run.k}") if STATUS < column < DURATION else None
        if ends is not None:
            text = self.tr("95 % interval over users: {0} … {1}")
            return text.format(*(readable.decimal(end, 4) for end in ends))
        return self._text(run, column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == NAME else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        name = str(value).strip()
        run = self._runs[index.row()]
        if role != Qt.ItemDataRole.EditRole or not name or name == run.name:
            return False
        self.renamed.emit(run.id, name)
        return True


class FigureDelegate(QStyledItemDelegate):
    """Writes how sure a figure is small behind it, so that the columns stay narrow."""

    GAP, SMALL, EDGE = 5, 0.82, 5  # pixels between both, the size of the letters, pixels to the edge of the cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        figure, sign, half = str(index.data()).partition(EITHER_WAY)
        if not sign:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        view, area = option.widget, QRect(option.rect)  # type: ignore[attr-defined]
        option.text = ""  # type: ignore[attr-defined]
        view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, view)
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        area.adjust(self.EDGE, 0, -self.EDGE, 0)
        painter.save()
        painter.setFont(self._small(option))
        painter.setPen(theme.colour("muted"))
        painter.drawText(area, side, f"±{half}")
        area.adjust(0, 0, -self._wide(option, half), 0)
        painter.setFont(option.font)  # type: ignore[attr-defined]
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))  # type: ignore[attr-defined]
        painter.drawText(area, side, figure)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        option = QStyleOptionViewItem(option)
        self.initStyleOption(option, index)  # or what is bold would be cut
        figure, sign, half = str(index.data()).partition(EITHER_WAY)
        if sign:
            plain = option.fontMetrics.horizontalAdvance(figure)  # type: ignore[attr-defined]
            size.setWidth(plain + self._wide(option, half) + 2 * self.EDGE + 2)
        return size

    def _small(self, option: QStyleOptionViewItem) -> QFont:
        font = QFont(option.font)  # type: ignore[attr-defined]
        font.setPointSizeF(font.pointSizeF() * self.SMALL)
        return font

    def _wide(self, option: QStyleOptionViewItem, half: str) -> int:
        return self.GAP + QFontMetrics(self._small(option)).horizontalAdvance(f"±{half}")


class RunsTable(QTableView):
    """The runs with selection of whole rows. A click on the name of a figure puts the run that is best by it first.

    Signals:
        picked(list): the selected runs, in the order of the table.
        ranked(str): the figure that they are sorted by now, empty for the newest first.
    """

    picked = Signal(list)
    ranked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._later: tuple[Sequence[Run], str, Sequence[str]] | None = None  # what came while a name was edited
        self._shown: tuple[Sequence[Run], str] = ((), "")
        self.runs = RunsModel(self)
        self.setModel(self.runs)
        self.setObjectName("runs")
        self.setAccessibleName(self.tr("Trainings"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(64)
        Fitted(self, (column for column in range(header.count()) if column != NAME))
        header.setStretchLastSection(True)
        self.setColumnWidth(NAME, 140)
        for column in range(STATUS + 1, DURATION):
            self.setItemDelegateForColumn(column, FigureDelegate(self))
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._rank_by)
        Columns(self)
        self.selectionModel().selectionChanged.connect(self._tell)

    def rank(self, best: str) -> None:
        """Put the run first that is best by a figure ("ndcg", "hit" ...); by none, the newest."""
        self.runs.best = best
        self.runs.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.runs.columnCount() - 1)
        self.show_runs(*self._shown)
        self.ranked.emit(best)

    def _rank_by(self, column: int) -> None:
        if STATUS < column < DURATION:
            best = METRICS[column - STATUS - 1]
            self.rank("" if self.runs.best == best else best)

    def show_runs(self, runs: Sequence[Run], active: str, selected: Sequence[str] = ()) -> None:
        """Show these runs, given the newest first, and keep (or, with `selected`, make) the selection."""
        if self.state() == QAbstractItemView.State.EditingState:
            self._later = (runs, active, selected)
            return
        self._shown = runs, active
        wanted = list(selected) or [run.id for run in self.selected()]
        self.selectionModel().blockSignals(True)
        self.runs.show_runs(runs, active)
        rows = [row for row in map(self.runs.row, wanted) if row >= 0] or ([0] if runs else [])
        choice = QItemSelection()
        for row in rows:
            choice.select(self.runs.index(row, 0), self.runs.index(row, self.runs.columnCount() - 1))
        self.selectionModel().select(choice, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows:
            self.selectionModel().setCurrentIndex(
                self.runs.index(rows[0], 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        self.selectionModel().blockSignals(False)
        self._tell()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if self._later is not None:
            later, self._later = self._later, None
            self.show_runs(*later)

    def selected(self) -> list[Run]:
        """The selected runs, from the top."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.runs.run(row) for row in rows if row < self.runs.rowCount()]

    def _tell(self) -> None:
        self.viewport().update()
        self.picked.emit(self.selected())
