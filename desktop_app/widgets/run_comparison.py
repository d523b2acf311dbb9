"""Two or more trainings side by side: figures, settings where they differ, parts of the test, curves, one user."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QLabel,
    QMenu,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app import theme
from desktop_app.translation import error_text
from desktop_app.widgets import privacy_words, readable, runs_table
from desktop_app.widgets.actions import action_button, make_action, menu_button
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.overlaid_curves import Curve, OverlaidCurves
from desktop_app.widgets.passing import open_once
from desktop_app.widgets.run_parts import RunParts
from desktop_app.widgets.run_user import RunUser
from desktop_app.widgets.setting_words import setting_hint, setting_name, setting_value

if TYPE_CHECKING:
    from core.evaluation.comparison import Comparison
    from core.runs import Run


@dataclass(frozen=True)
class Row:
    """One line of the comparison.

    Attributes:
        title: what is compared.
        cells: a text for each run.
        differences: the signed difference to the first run, empty where there is none to tell.
        best: the places of the best runs.
        heading: whether the line only names what follows.
        tip: of the title, where it has more to tell than itself.
    """

    title: str
    cells: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    best: frozenset[int] = frozenset()
    heading: bool = False
    tip: str = ""


def flatten(settings: dict[str, object], before: str = "") -> dict[str, str]:
    """Nested settings as one level, "transformer.layers": "2"."""
    flat: dict[str, str] = {}
    for name, value in settings.items():
        if isinstance(value, dict):
            flat |= flatten(value, f"{before}{name}.")
        else:
            flat[before + name] = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return flat


TOLD = ("name", "model", "protocol")  # settings that the heads of the columns and the first lines tell
WIDEST = 200  # pixels of a column whose texts are long; its tooltips tell the rest


def comparable(runs: Sequence[Run]) -> bool:
    """Whether the figures of these runs were measured on the same events in the same way."""
    first = runs[0] if runs else None
    return all(_test(run) == _test(first) for run in runs if first is not None)


def _test(run: Run) -> tuple[object, ...]:
    return run.fingerprint, run.protocol, run.cut, run.parts, run.hide_seen, run.k, run.users


def _metric(title: str, values: Sequence[float | None]) -> Row:
    first = values[0]
    known = [value for value in values if value is not None]
    differ = len(set(known)) > 1
    best = frozenset(place for place, value in enumerate(values) if differ and value == max(known))
    differences = tuple(
        "" if place == 0 or first is None or value is None else _difference(first, value)
        for place, value in enumerate(values)
    )
    cells = tuple("–" if value is None else readable.decimal(value, 4) for value in values)
    return Row(title, cells, differences, best)


def _difference(first: float, value: float) -> str:
    text = readable.signed(value - first, 4)
    if first > 0 and value != first:
        text += f" ({readable.signed(100 * (value - first) / first, 1)} %)"
    return text


class RunComparison(QDialog):
    """The comparison of the chosen runs.

    Whether a difference is more than chance has to be measured on the test events again, which takes a while: whoever
    opens the dialog of `measurable` runs has that done and calls `show_measured`. Then `report_wanted` may come, with
    the comparison and the path of the file that the analyst chose.
    """

    report_wanted = Signal(object, str)
    user_wanted = Signal(int)  # how many users further; the page knows which one is shown
    segment_wanted = Signal(str, object)  # a name, and the codes of users to be kept under it

    def __init__(self, runs: Sequence[Run], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Compare trainings"))
        self.setObjectName("run_comparison")
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        note = QLabel(self._note(runs))
        note.setWordWrap(True)
        note.setObjectName("comparison_note")
        layout.addWidget(note)
        self._note_label = note
        self._found: Comparison | None = None
        self.measurable = comparable(runs) and all(run.status == "done" for run in runs)
        self._runs, self._lines = runs, [*self._figures(runs), *self._settings(runs)]
        self.table = self._table(runs)
        self.parts = RunParts([run.name for run in runs])
        self.user = RunUser((runs[0].name, runs[1].name))
        self.user.stepped.connect(self.user_wanted)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("comparison_tabs")
        self.tabs.setAccessibleName(self.tr("Parts of the comparison"))
        self.tabs.addTab(self.table, self.tr("Figures and settings"))
        if self.measurable:
            self.tabs.addTab(self.parts, self.tr("Parts of the test"))
        self.tabs.addTab(self._curves(runs), self.tr("Curves"))
        if all(run.status == "done" for run in runs[:2]):
            self.tabs.addTab(self.user, self.tr("One user"))
        layout.addWidget(self.tabs, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.report_action = make_action(self, "comparison.report", self.tr("Save report …"), self._save_report)
        self.report_action.setToolTip(self.tr("Save all figures with charts as one file, HTML or PDF"))
        self.report_action.setEnabled(False)
        buttons.addButton(action_button(self.report_action), QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self._keep_button(), QDialogButtonBox.ButtonRole.ActionRole)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.resize(min(280 + 260 * len(runs), 1240), 640)

    def _keep_button(self) -> QToolButton:
        """A menu of the users whom each run serves better or worse than the first; empty until they are known."""
        tip = self.tr("Keep who is served better or worse, by the NDCG of the test, as a segment")
        self.keep = menu_button(self.tr("Keep users"), tip, QMenu(self))
        self.keep.setObjectName("keep_users")
        self.keep.setEnabled(False)
        return self.keep

    def _offer_users(self, found: Comparison) -> None:
        first = self._runs[0]
        for run in self._runs[1:]:
            ways = ((True, self.tr("“{0}” better than “{1}”")), (False, self.tr("“{0}” worse than “{1}”")))
            for better, words in ways:
                users = found.served(run.id, first.id, better)
                name = words.format(run.name, first.name)
                entry = self.keep.menu().addAction(f"{name}  ({readable.count(len(users))})")
                entry.setEnabled(len(users) > 0)
                entry.triggered.connect(partial(self.segment_wanted.emit, name, users))
        self.keep.setEnabled(True)

    def show_kept(self, name: str) -> None:
        """Say that users became a segment."""
        self._note_label.setText(self.tr("Kept as the segment “{0}”.").format(name))

    def _note(self, runs: Sequence[Run]) -> str:
        if not comparable(runs):
            return self.tr(
                "These runs were not measured on the same events in the same way (data, split, list length or the "
                "hiding of seen items differ), so their figures cannot be set against each other."
            )
        return self.tr("Differences are to the first run. The best figure of each line is bold and marked ●.")

    def _figures(self, runs: Sequence[Run]) -> list[Row]:
        """What came out, and what it took."""
        lines = [Row(self.tr("Figures of the evaluation fit"), heading=True)]
        for name in dict.fromkeys(name for run in runs for name in run.metrics):
            title = runs_table.metric_name(name)
            lines.append(_metric(title, [run.metrics.get(name) for run in runs]))
            if name.startswith("ndcg@") and self.measurable:
                waiting = ("", *["…"] * (len(runs) - 1))
                lines.append(Row(self.tr("{0}, 95 % interval").format(title), ("…",) * len(runs), waiting))
                lines.append(Row(self.tr("Users served better / worse"), (), waiting))
        lines.append(Row(self.tr("Tested users"), tuple(readable.count(run.users) for run in runs)))
        lines.append(Row(self.tr("Work"), heading=True))
        spent = [runs_table.seconds(run) for run in runs]
        lines.append(Row(self.tr("Duration"), tuple(readable.duration(each) if each else "–" for each in spent)))
        epochs = [len(run.curve) for run in runs]
        lines.append(Row(self.tr("Epochs"), tuple(readable.count(each) if each else "–" for each in epochs)))
        if any(run.private or run.audit for run in runs):
            lines.append(Row(self.tr("Privacy"), heading=True))
            lines.append(Row(self.tr("Privacy budget"), tuple(map(privacy_words.budget, runs))))
            lines.append(Row(self.tr("NDCG that it cost"), tuple(map(privacy_words.cost, runs))))
            lines.append(Row(self.tr("Audit"), tuple(map(privacy_words.audit, runs))))
        weights = list(dict.fromkeys(name for run in runs for name in run.weights))
        if weights:
            lines.append(Row(self.tr("Weights in the sum"), heading=True))
        for name in weights:
            cells = [readable.decimal(run.weights[name]) if name in run.weights else "–" for run in runs]
            lines.append(Row(runs_table.model_name(name), tuple(cells)))
        return lines

    def _settings(self, runs: Sequence[Run]) -> list[Row]:
        """What was asked for: the main choices, then every setting in which the runs differ."""
        seen = {True: self.tr("left out"), False: self.tr("may come again")}
        lines = [
            Row(self.tr("Settings"), heading=True),
            Row(self.tr("Model"), tuple(runs_table.model_name(run.model) for run in runs)),
            Row(self.tr("Split"), tuple(runs_table.protocol_name(run) for run in runs)),
            Row(self.tr("Items already seen"), tuple(seen[run.hide_seen] for run in runs)),
        ]
        flat = [flatten(run.settings) for run in runs]
        for name in dict.fromkeys(name for each in flat for name in each):
            told = [each.get(name) for each in flat]
            if len(set(told)) > 1 and name not in TOLD:
                cells = tuple("–" if value is None else setting_value(name, value) for value in told)
                lines.append(Row(setting_name(name) or name, cells, tip=setting_hint(name)))
        return lines

    def _curves(self, runs: Sequence[Run]) -> QWidget:
        """The figures of each epoch of all runs, one plot over the other."""
        area = QWidget()
        column = QVBoxLayout(area)
        for name, title in (("ndcg", self.tr("NDCG on validation")), ("loss", self.tr("Loss"))):
            points = [[(at["epoch"], at[name]) for at in run.curve if "epoch" in at and name in at] for run in runs]
            curves = [Curve.of(run.name, each) for run, each in zip(runs, points, strict=True)]
            column.addWidget(OverlaidCurves(title, curves))
        return area

    def _table(self, runs: Sequence[Run]) -> QTableWidget:
        """A column of names, one of figures for each run, and, after each run but the first, one of differences."""
        table = QTableWidget(len(self._lines), 2 * len(runs))
        table.setAccessibleName(self.tr("Comparison of trainings"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        Columns(table)
        titles = [""]
        for place, run in enumerate(runs):
            titles += [run.name, self.tr("Difference")] if place else [run.name]
        for column, text in enumerate(titles):
            head = QTableWidgetItem(text)
            head.setToolTip(text)
            table.setHorizontalHeaderItem(column, head)
        for number, line in enumerate(self._lines):
            self._fill(table, number, line)
        header = table.horizontalHeader()
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        widest = max(table.sizeHintForColumn(column) for column in range(1, table.columnCount()))
        header.setMinimumSectionSize(min(widest + 8, WIDEST))  # many runs are scrolled rather than cut off
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        return table

    # ---------------------------------------------------------------- what has to be measured

    def show_measured(self, found: Comparison) -> None:
        """Show how sure the NDCGs and their differences to the first run are."""
        self._found = found
        by_run = {each.run: each for each in found.contenders}
        order = [by_run[run.id] for run in self._runs]
        intervals = [each.intervals[f"ndcg@{found.k}"] for each in order]
        changes = [each.difference for each in order]
        cells = tuple(f"{readable.decimal(low, 4)} … {readable.decimal(high, 4)}" for low, high in intervals)
        differences = tuple(f"{readable.signed(one.low, 4)} … {readable.signed(one.high, 4)}" for one in changes)
        users = tuple(f"{readable.count(one.wins)} / {readable.count(one.losses)}" for one in changes)
        self._measured(cells, differences, users)
        self.parts.show_parts(order, found.k)
        self.report_action.setEnabled(True)
        self._offer_users(found)

    def show_problem(self, error: Exception) -> None:
        """Say why nothing more could be measured, or the report not be written."""
        if self._found is None:
            none = ("–",) * len(self._runs)
            self._measured(none, none, none)
        self._note_label.setText(error_text(error))

    def show_saved(self, path: str) -> None:
        """Say where the report is."""
        self._note_label.setText(self.tr("The report is saved in {0}").format(path))

    def _measured(self, cells: tuple[str, ...], differences: tuple[str, ...], users: tuple[str, ...]) -> None:
        place = next(number for number, line in enumerate(self._lines) if "…" in line.cells)
        self._lines[place] = replace(self._lines[place], cells=cells, differences=differences)
        self._lines[place + 1] = replace(self._lines[place + 1], differences=users)
        for number in (place, place + 1):
            self._fill(self.table, number, self._lines[number])

    def _save_report(self) -> None:
        suggested = self.tr("comparison") + ".html"
        dialog = QFileDialog(self, self.tr("Save the report"), suggested, "HTML (*.html);;PDF (*.pdf)")
        dialog.setObjectName("report_file")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("html")
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix("pdf" if "pdf" in kind else "html"))
        dialog.fileSelected.connect(lambda path: self.report_wanted.emit(self._found, path))
        open_once(dialog)

    def _fill(self, table: QTableWidget, number: int, line: Row) -> None:
        title = QTableWidgetItem(line.title)
        title.setToolTip("\n".join(filter(None, (line.title, line.tip))))
        table.setItem(number, 0, title)
        if line.heading:
            table.setSpan(number, 0, 1, table.columnCount())
            title.setForeground(QBrush(theme.colour("muted")))
            _embolden(title)
        for place, text in enumerate(line.cells):
            best = place in line.best
            cell = _figure(f"● {text}" if best else text)
            table.setItem(number, max(1, 2 * place), cell)
            if best:
                _embolden(cell)
        for place, text in enumerate(line.differences):
            if place:
                table.setItem(number, 2 * place + 1, _figure(text))


def _figure(text: str) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    item.setToolTip(text)
    return item


def _embolden(item: QTableWidgetItem) -> None:
    font = QFont(item.font())
    font.setBold(True)
    item.setFont(font)
