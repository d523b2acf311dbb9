"""The page of feedback: what was said of recommendations, and whether the models agree."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.errors import SeqlensError
from desktop_app.dialogs.feedback_file import FeedbackFiles
from desktop_app.dialogs.save_file import ask_where
from desktop_app.page import Page
from desktop_app.parts import feedback_work as work
from desktop_app.translation import error_text
from desktop_app.widgets import readable
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.empty_note import EmptyNote
from desktop_app.widgets.feedback_rows import SaidRows
from desktop_app.widgets.feedback_table import FeedbackTable, verdict_name
from desktop_app.widgets.figure_table import FigureTable, Table
from desktop_app.widgets.waiting import wait_in

if TYPE_CHECKING:
    from core.recommend.feedback import Entry
    from core.serving import Judged

FORMATS = (".csv", ".xlsx", ".json", ".parquet")
READ = "*.csv *.tsv *.txt *.json *.parquet *.gz"


class FeedbackPage(Page):
    """The table of all feedback, and below it the models' agreement with it.

    Attributes:
        navigated: name of the page that the analyst asks for ("recommendations").
    """

    icon = "feedback"
    navigated = Signal(str)

    def _make(self) -> Iterator[None]:
        state, background = self._state, self._background
        self._judging = False
        self.files = FeedbackFiles(state, background, self, self._complain)
        yield from self._build()
        yield
        self.files.taken.connect(self.told.hide)
        for signal in (state.workspace_changed, state.data_changed, state.runs_changed, state.feedback_changed):
            signal.connect(self._reload)
        self._reload()

    def title(self) -> str:
        return self.tr("Feedback")

    # ---------------------------------------------------------------- building

    def _build(self) -> Iterator[None]:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        body = self._body()
        yield
        column.addLayout(self._tools())
        self.told = QLabel()
        self.told.setObjectName("feedback_told")
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.hide()
        column.addWidget(self.told)
        yield
        self._nothing = EmptyNote(
            self.tr("No feedback yet"),
            self.tr(
                "Say of recommendations what is good, bad or not now, or import a file with user, item and verdict."
            ),
            self.tr("Go to the recommendations"),
        )
        self._nothing.asked.connect(lambda: self.navigated.emit("recommendations"))
        self._pages = QStackedWidget()
        self._pages.setObjectName("feedback_pages")
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(body)
        wait_in(self._pages)
        column.addWidget(self._pages, 1)

    def _tools(self) -> QHBoxLayout:
        self.search = QLineEdit()
        self.search.setObjectName("feedback_search")
        self.search.setPlaceholderText(self.tr("Search users, items and notes"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(220)
        self.search.textChanged.connect(self._filter)
        self.verdict = self._choice("feedback_verdict", self.tr("Verdict"))
        self.verdict.addItem(self.tr("All verdicts"), "")
        for name in ("up", "down", "later", "note"):
            self.verdict.addItem(verdict_name(name), name)
        self.run = self._choice("feedback_run", self.tr("Run"))
        self.count = QLabel()
        self.count.setObjectName("feedback_count")
        self.count.setProperty("role", "muted")
        tip = self.tr("Take back the last thing that was said, or the last file")
        self.undo_action = make_action(self, "feedback.undo", self.tr("Undo"), self._undo, "Ctrl+Z", tip)
        tip = self.tr("Take back what was said in the chosen row")
        self.remove_action = make_action(self, "feedback.remove", self.tr("Remove"), self._remove, "Del", tip)
        tip = self.tr("Take over a file with the columns user, item, verdict and, where known, time and note")
        self.import_action = make_action(self, "feedback.import", self.tr("Import…"), self._ask_import, tip=tip)
        self.export_action = make_action(self, "feedback.export", self.tr("Export…"), self._ask_export)
        line = QHBoxLayout()
        line.setSpacing(8)
        for field in (self.search, self.verdict, self.run):
            line.addWidget(field)
        line.addWidget(self.count, 1)
        for action in (self.undo_action, self.remove_action, self.import_action, self.export_action):
            line.addWidget(action_button(action))
        return line

    def _choice(self, name: str, words: str) -> QComboBox:
        choice = QComboBox()
        choice.setObjectName(name)
        choice.setAccessibleName(words)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumContentsLength(12)
        choice.activated.connect(self._filter)
        return choice

    def _body(self) -> QWidget:
        self.table = FeedbackTable()
        self.table.rows.noted.connect(self._note)
        self.table.opened.connect(self._open)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._allow())
        heading = QLabel(self.tr("Do the models agree?"))
        heading.setProperty("role", "heading")
        self.verdict_of_models = QLabel()
        self.verdict_of_models.setObjectName("agreement_sentence")
        self.verdict_of_models.setWordWrap(True)
        self.agreement = FigureTable(self.tr("Agreement of the runs with the feedback"))
        self.agreement.setObjectName("agreement")
        explained = QLabel(
            self.tr(
                "Above: of all pairs of a thumb up and a thumb down of one user, the share that the run ranks as they "
                "were told. AUC: the same over all users; 0.5 is chance, and the interval is of 95 %. A run is held "
                "only against thumbs that it did not learn from, and reads histories without feedback."
            )
        )
        explained.setProperty("role", "muted")
        explained.setWordWrap(True)
        card = QFrame()
        card.setProperty("role", "card")
        words = QVBoxLayout()
        words.setSpacing(8)
        for widget in (heading, self.verdict_of_models, explained):
            words.addWidget(widget)
        words.addStretch(1)
        side = QHBoxLayout(card)
        side.setContentsMargins(14, 12, 14, 12)
        side.setSpacing(16)
        side.addLayout(words, 2)
        side.addWidget(self.agreement, 3)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setObjectName("feedback_panels")
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(card)
        splitter.setSizes([480, 190])
        splitter.setStretchFactor(0, 1)
        return splitter

    # ---------------------------------------------------------------- what is shown

    def _ask(
        self, kind: str, question: Callable[..., object], *arguments: object, done: Callable[[Any], object]
    ) -> None:
        workspace = self._state.workspace

        def still_open(value: Any) -> None:
            if self._state.workspace is workspace:
                done(value)

        if workspace is not None:
            self._background.ask(kind, question, workspace, *arguments, done=still_open, failed=self._complain)

    def _reload(self, *_: object) -> None:
        if self._state.workspace is None:
            self._show_rows(SaidRows())
        else:
            self._ask("feedback", work.rows, done=self._show_rows)

    def _show_rows(self, said: SaidRows) -> None:
        self.table.rows.show_rows(said)
        self._pages.setCurrentIndex(1 if said.rows else 0)
        for field in (self.search, self.verdict, self.run):
            field.setEnabled(bool(said.rows))
        self._offer_runs(said)
        self._filter()
        if said.rows:
            self.verdict_of_models.setText(self.tr("Asking the models …"))
            self._ask("agreement", work.agreements, done=self._show_agreement)

    def _offer_runs(self, said: SaidRows) -> None:
        chosen = self.run.currentData()
        self.run.clear()
        self.run.addItem(self.tr("All runs"), "")
        for name, run in said.runs:
            self.run.addItem(name, run)
        self.run.setCurrentIndex(max(0, self.run.findData(chosen)))

    def _filter(self, *_: object) -> None:
        self.table.rows.choose(
            self.search.text(), str(self.verdict.currentData() or ""), str(self.run.currentData() or "")
        )
        shown, whole = self.table.rows.rowCount(), self.table.rows.whole
        if whole == 0:
            self.count.clear()
        elif shown == whole:
            self.count.setText(self.tr("%Ln verdict(s)", "", whole))
        else:
            self.count.setText(self.tr("{0} of {1} shown").format(readable.count(shown), readable.count(whole)))
        self._allow()

    def _allow(self) -> None:
        workspace = self._state.workspace
        self.undo_action.setEnabled(workspace is not None and workspace.feedback.undoable)
        self.remove_action.setEnabled(self.table.chosen() is not None)
        self.import_action.setEnabled(workspace is not None)
        self.export_action.setEnabled(self.table.rows.whole > 0)

    def _show_agreement(self, found: list[Judged]) -> None:
        columns = (self.tr("Run"), self.tr("Above"), self.tr("AUC"), self.tr("Thumbs"))
        self.agreement.show_table(
            Table(
                columns,
                [self._line(one) for one in found],
                bars=np.array([[math.nan, one.agreement.above, math.nan, math.nan] for one in found]).reshape(-1, 4),
                tip=lambda row, _: self._hint(found[row]),
                left=(0,),
            )
        )
        self.verdict_of_models.setText(self._sentence(found))

    def _line(self, one: Judged) -> list[str]:
        made = one.agreement
        auc = readable.decimal(made.auc, 2)
        if math.isfinite(made.low):
            auc = self.tr("{0} ({1}–{2})").format(auc, readable.decimal(made.low, 2), readable.decimal(made.high, 2))
        share = "–" if math.isnan(made.above) else self.tr("{0} %").format(readable.count(100 * made.above))
        return [one.run.name, share, auc, readable.count(made.up + made.down)]

    def _hint(self, one: Judged) -> str:
        made = one.agreement
        text = self.tr("{0} up, {1} down; {2} pairs of one user. It learned from {3} thumbs, which are left out.")
        return text.format(*(readable.count(number) for number in (made.up, made.down, made.pairs, one.learned)))

    def _sentence(self, found: list[Judged]) -> str:
        if not found:
            return self.tr("Nothing is trained yet, so there is no model to ask.")
        known = [one for one in found if math.isfinite(one.agreement.auc)]
        if not known:
            return self.tr("A figure needs thumbs up and thumbs down that a run did not learn from.")
        best = max(known, key=lambda one: one.agreement.auc)
        if best.agreement.low > 0.5:
            text = self.tr("“{0}” agrees best: the interval of its AUC lies above chance.")
        elif best.agreement.high < 0.5:
            text = self.tr("No run agrees; “{0}” comes nearest, and the interval of its AUC lies below chance.")
        else:
            text = self.tr("“{0}” agrees best, but the interval of its AUC holds chance: more thumbs would tell.")
        return text.format(best.run.name)

    # ---------------------------------------------------------------- what is changed

    def _write(self, change: Callable[..., object], *arguments: object) -> None:
        self._background.write(
            change, self._state.workspace, *arguments, done=lambda _: self._changed(), failed=self._complain
        )

    def _changed(self) -> None:
        self.told.hide()
        self._state.feedback_changed.emit()

    def _note(self, entry: Entry, text: str) -> None:
        self._write(work.note, entry, text)

    def _remove(self) -> None:
        row = self.table.chosen()
        if row is not None:
            self._write(work.remove, row.entry)

    def _undo(self) -> None:
        self._write(work.undo)

    def _open(self, user: str) -> None:
        self._ask("feedback user", work.user_code, user, done=self._go_to)

    def _go_to(self, user: int) -> None:
        self._state.select_user(user)
        self.navigated.emit("recommendations")

    def _ask_import(self) -> None:
        some, everything = self.tr("Feedback files"), self.tr("All files")
        kinds = f"{some} ({READ});;{everything} (*)"
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import feedback"), _documents(), kinds)
        if name:
            self.import_file(Path(name))

    def import_file(self, path: Path) -> None:
        """Take over a file of feedback, and show what became of its rows."""
        self.files.take(path)

    def _ask_export(self) -> None:
        start = str(Path(_documents()) / (self.tr("feedback") + ".csv"))
        path = ask_where(self, self.tr("Export feedback"), start, FORMATS)
        if path is not None:
            self.export_file(path)

    def export_file(self, path: Path) -> None:
        """Write all feedback to a file."""

        def tell(rows: int) -> None:
            self._tell(self.tr("{0} rows written to {1}").format(readable.count(rows), path))

        self._start(work.write, path, done=tell, title=self.tr("Export of feedback"))

    def _start(self, job: Callable[..., object], *arguments: object, done: Callable[..., object], title: str) -> None:
        try:
            self._background.start(
                job, self._state.workspace, *arguments, done=done, failed=self._complain, title=title
            )
        except SeqlensError as busy:
            self._complain(busy)

    def _tell(self, text: str, role: str = "muted") -> None:
        self.told.setProperty("role", role)
        self.told.style().polish(self.told)
        self.told.setText(text)
        self.told.show()

    def _complain(self, error: Exception) -> None:
        self._tell(error_text(error), "error")


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
