"""What matters to a training over all users: shares of its scores, what it needs, and rules that stand for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core import workflow
from core.errors import SeqlensError
from desktop_app.translation import error_text, translate_core
from desktop_app.turns import take_turn
from desktop_app.widgets import overview_words, readable
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.figure_table import FigureTable, Table
from desktop_app.widgets.runs_table import model_name

if TYPE_CHECKING:
    from core.analysis.importance import Importance
    from core.analysis.surrogate import Node, Surrogate
    from core.runs import Run
    from core.workflow import Overview
    from core.workspace import Workspace
    from desktop_app.background import Background, Job

PAIRS, LISTED = 1, 2  # columns of the tree beside its words


class RunOverview(QDialog):
    """Shows what was measured before, or measures it in the long lane; closing it stops the work."""

    def __init__(self, workspace: Workspace, run: Run, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._run, self._background = workspace, run, background
        self._job: Job | None = None
        self._closed = False
        self._shown: Overview | None = None
        self.setObjectName("run_overview")
        self.setWindowTitle(self.tr("What matters to “{0}”").format(run.name))
        self.resize(980, 720)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 16, 16, 16)
        self._layout.setSpacing(12)
        note = QLabel(
            self.tr("Over a sample of users, by the evaluation fit and on its validation events, not on the test.")
        )
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        self._layout.addWidget(note)
        self._working = self._progress()
        self._layout.addWidget(self._working)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("overview_tabs")
        self.tabs.setAccessibleName(self.tr("What matters"))
        self.tabs.hide()
        self._layout.addWidget(self.tabs, 1)
        self._layout.addStretch(0)
        self.measured = _note("")
        self.measured.setObjectName("overview_measured")
        self.again_action = make_action(self, "overview.again", self.tr("Measure again"), self._measure)
        self.again_action.setToolTip(self.tr("Takes as long as the first time, and takes the place of these figures"))
        again = action_button(self.again_action)
        again.setAutoDefault(False)
        self._kept = QWidget()
        line = QHBoxLayout(self._kept)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.measured, 1)
        line.addWidget(again)
        self._kept.hide()
        self._layout.addWidget(self._kept)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        self._layout.addWidget(buttons)
        self.finished.connect(self._let_go)
        background.ask(
            "kept overview", workflow.kept_overview, workspace, run.id, done=self._show_kept, failed=self._failed
        )

    def _progress(self) -> QWidget:
        area = QWidget()
        column = QVBoxLayout(area)
        column.setContentsMargins(0, 0, 0, 0)
        self.message = QLabel()
        self.message.setObjectName("overview_message")
        self.message.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setObjectName("overview_stop")
        self.stop.clicked.connect(self._stop)
        line = QHBoxLayout()
        line.addWidget(self.bar, 1)
        line.addWidget(self.stop)
        column.addWidget(self.message)
        column.addLayout(line)
        column.addStretch(1)
        return area

    # ---------------------------------------------------------------- the work

    def _show_kept(self, found: Overview | None) -> None:
        if self._closed:
            return
        if found is None:
            self._measure()
        else:
            self.show_overview(found)

    def _measure(self) -> None:
        self._kept.hide()
        self.tabs.hide()
        self._working.show()
        self.bar.show()
        self.bar.setValue(0)
        self.stop.show()
        self.stop.setEnabled(True)
        self.message.clear()
        try:
            job = self._background.start(
                workflow.overview, self._workspace, self._run.id, title=self.tr("What matters"), failed=self._failed
            )
        except SeqlensError as busy:
            self._failed(busy)
            return
        job.progressed.connect(self._advance)
        job.finished.connect(self.show_overview)
        job.cancelled.connect(self._stopped)
        self._job = job

    def _advance(self, fraction: float, message: str, figures: dict[str, float | int | str]) -> None:
        self.bar.setValue(round(1000 * fraction))
        self.message.setText(translate_core(message, figures))

    def _stop(self) -> None:
        if self._job is not None:
            self.stop.setEnabled(False)
            self.message.setText(self.tr("Stopping…"))
            self._job.cancel()

    def _stopped(self) -> None:
        self._over(self.tr("Stopped. Nothing was measured."))

    def _failed(self, error: Exception) -> None:
        self._over(error_text(error))

    def _over(self, message: str) -> None:
        self._job = None
        if self._closed:
            return
        self.message.setText(message)
        self.bar.hide()
        self.stop.hide()
        kept = self.tabs.count() > 0  # what was measured before is still there
        self.tabs.setVisible(kept)
        self._kept.setVisible(kept)

    def _let_go(self) -> None:
        """Nobody waits for the answer any more."""
        self._closed = True
        if self._job is not None:
            job, self._job = self._job, None
            job.progressed.disconnect(self._advance)
            job.finished.disconnect(self.show_overview)
            job.cancelled.disconnect(self._stopped)
            job.cancel()

    # ---------------------------------------------------------------- what is shown

    def show_overview(self, found: Overview) -> None:
        """Show what was measured."""
        self._job = None
        self._working.hide()
        while self.tabs.count():
            former = self.tabs.widget(0)
            self.tabs.removeTab(0)
            former.deleteLater()
        self.measured.setText(
            self.tr("Measured on {0}, and kept with the training.").format(readable.started(found.at))
        )
        self._kept.show()
        self._shown = found
        tabs = [
            (self.tr("What scores are made of"), partial(self._shares, found.importance)),
            (self.tr("What the model needs"), partial(self._needs, found.importance)),
            (self.tr("In rules"), partial(self._rules, found.surrogate, found.timed)),
        ]
        self._add_tabs(found, tabs)
        self.tabs.show()
        self.tabs.setFocus()

    def _add_tabs(self, found: Overview, tabs: Sequence[tuple[str, Callable[[], QWidget]]]) -> None:
        """Add the first of these, and the others a little later: all at once is more than a beat's work."""
        if found is self._shown and tabs:
            title, make = tabs[0]
            self.tabs.addTab(make(), title)
            take_turn(self, partial(self._add_tabs, found, tabs[1:]), alone=True)

    def _shares(self, found: Importance) -> QWidget:
        self.components = FigureTable(self.tr("Shares of the components"))
        self.components.setObjectName("overview_components")
        shares = [each.share for each in found.components]
        self.components.show_table(
            _barred(
                (self.tr("Component"), self.tr("Share of the scores")),
                [[model_name(each.name), readable.percent(each.share)] for each in found.components],
                np.array(shares).reshape(-1, 1),
            )
        )
        self.behaviours = FigureTable(self.tr("Shares of the behaviours"))
        self.behaviours.setObjectName("overview_behaviours")
        figures = [(each.share, each.events) for each in found.behaviours]
        self.behaviours.show_table(
            _barred(
                (self.tr("Behaviour"), self.tr("Share of what events gave"), self.tr("Share of the events")),
                [[each.name, *map(readable.percent, (each.share, each.events))] for each in found.behaviours],
                np.array(figures).reshape(-1, 2),
            )
        )
        behaviours = self.tr(
            "How much the events of each behaviour gave to the score of the first item, for {0} users. A behaviour "
            "whose share is larger than its share of the events counts more than others, event by event."
        ).format(readable.count(found.explained))
        if not found.behaviours:
            behaviours = self.tr("Nothing that a user did moves these scores.")
        components = self.tr(
            "How much each component gave to the scores of the ten listed items of {0} users; what takes away counts "
            "like what gives."
        ).format(readable.count(found.users))
        return _column(
            (_heading(self.tr("Components")), 0),
            (_note(components), 0),
            (self.components, 1),
            (_heading(self.tr("Behaviours")), 0),
            (_note(behaviours), 0),
            (self.behaviours, 1),
        )

    def _needs(self, found: Importance) -> QWidget:
        self.needs = FigureTable(self.tr("What the model needs"))
        self.needs.setObjectName("overview_needs")
        drops = np.array([each.drop for each in found.needs])
        largest = max(float(drops.max(initial=0.0)), 1e-12)
        texts = [
            [
                overview_words.need(each),
                readable.signed(-each.drop, 4),
                self.tr("{0} to {1}").format(readable.signed(-each.high, 4), readable.signed(-each.low, 4)),
            ]
            for each in found.needs
        ]
        columns = (self.tr("Without"), self.tr("Change of NDCG@10"), self.tr("95 % interval"))
        bars = np.full((len(texts), 3), np.nan)
        bars[:, 1] = np.maximum(drops, 0.0) / largest
        figures = np.full((len(texts), 3), np.nan)
        figures[:, 1] = -drops
        self.needs.show_table(Table(columns, texts, bars=bars, figures=figures, left=(0,)))
        note = self.tr(
            "NDCG@10 is {0} on {1} validation events. Each line tells how it changes when one input is shuffled or "
            "taken away and the model stays as it is. Where the interval holds 0, the model may do as well without. "
            "Inputs that tell the same can stand in for each other, so that each looks less needed than both."
        ).format(readable.decimal(found.ndcg, 4), readable.count(found.asked))
        return _column((_note(note), 0), (self.needs, 1))

    def _rules(self, found: Surrogate | None, timed: bool) -> QWidget:
        if found is None:
            return _column((_note(self.tr("There are too few users to fit rules to.")), 0))
        note = self.tr(
            "A tree and a few rules, fitted to what the model lists among the first ten and to as many items that it "
            "does not list. On {0} pairs of {1} other users the tree agrees with the model in {2} and the rules in "
            "{3}; always saying the same would in {4}. The rest of what the model does, they do not tell."
        ).format(
            readable.count(found.pairs),
            readable.count(found.users),
            *map(readable.percent, (found.tree_fidelity, found.rules_fidelity, found.majority)),
        )
        self.fidelity = _note(note)
        self.rules = FigureTable(self.tr("Rules"))
        self.rules.setObjectName("overview_rules")
        texts = [
            [
                overview_words.conditions(rule.conditions, timed),
                overview_words.verdict(rule.listed),
                readable.percent(rule.pairs),
                readable.percent(rule.right) or "–",
            ]
            for rule in found.rules
        ]
        columns = (self.tr("An item is"), self.tr("The rule says"), self.tr("Pairs"), self.tr("Right in"))
        self.rules.show_table(Table(columns, texts, tip=lambda row, column: texts[row][column], left=(0, 1)))
        return _column(
            (self.fidelity, 0),
            (_heading(self.tr("Rules, the first that fits counts")), 0),
            (self.rules, 2),
            (_heading(self.tr("Tree")), 0),
            (self._tree(found.tree, timed), 3),
        )

    def _tree(self, root: Node, timed: bool) -> QTreeWidget:
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.tr("Tree"))
        self.tree.setHeaderLabels([self.tr("An item is"), self.tr("Pairs"), self.tr("Listed by the model")])
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (PAIRS, LISTED):
            self.tree.headerItem().setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.tree.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.addTopLevelItems([self._line(node, timed) for node in root.below or (root,)])
        self.tree.expandAll()
        return self.tree

    def _line(self, node: Node, timed: bool) -> QTreeWidgetItem:
        words = overview_words.conditions(() if node.condition is None else (node.condition,), timed)
        words = words if node.below else self.tr("{0}: {1}").format(words, overview_words.verdict(node.says))
        line = QTreeWidgetItem([words, readable.percent(node.pairs), readable.percent(node.listed) or "–"])
        line.setToolTip(0, words)
        line.setSizeHint(0, QSize(0, self.fontMetrics().height() + 10))
        for column in (PAIRS, LISTED):
            line.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addChildren([self._line(below, timed) for below in node.below])
        return line


def _barred(columns: tuple[str, ...], texts: list[list[str]], shares: np.ndarray) -> Table:
    """A table whose first column names what has these shares, float64 [rows, columns - 1]."""
    figures = np.concatenate((np.full((len(texts), 1), np.nan), shares), axis=1)
    return Table(columns, texts, bars=figures, figures=figures, left=(0,))


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label


def _note(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setProperty("role", "muted")
    return label


def _column(*parts: tuple[QWidget, int]) -> QWidget:
    area = QWidget()
    column = QVBoxLayout(area)
    column.setContentsMargins(12, 12, 12, 12)
    column.setSpacing(8)
    for widget, stretch in parts:
        column.addWidget(widget, stretch)
    if not any(stretch for _, stretch in parts):
        column.addStretch(1)
    return area
