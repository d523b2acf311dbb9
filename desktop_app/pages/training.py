"""The page that trains: what to train, how it goes, and all trainings until now."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QScrollArea,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core import workflow
from desktop_app.dialogs.report_work import write_comparison
from desktop_app.layout import share
from desktop_app.page import Page
from desktop_app.parts import training_work
from desktop_app.parts.segments_work import save_users
from desktop_app.parts.training_origin import Origins
from desktop_app.translation import error_text, translate_core
from desktop_app.widgets import readable
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.flow_layout import FlowLayout
from desktop_app.widgets.passing import open_once
from desktop_app.widgets.run_comparison import RunComparison
from desktop_app.widgets.runs_table import RunsTable, seconds, status_name
from desktop_app.widgets.training_form import TrainingForm
from desktop_app.widgets.training_monitor import TrainingMonitor

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.evaluation.comparison import Comparison
    from core.models.bilinear import NamedMatrix
    from core.runs import Run
    from desktop_app.background import Job

TRAINING = "training"  # object name of a training among the long jobs
LOOK_AGAIN_MS = 500
LOG_EVERY = 0.7  # seconds between two looks at the log of the training that runs


class TrainingPage(Page):
    """At the left the form; at the right the training that runs (or the chosen run) above the table of runs."""

    icon = "training"

    def _make(self) -> Iterator[None]:
        state, background = self._state, self._background
        self._job: Job | None = None
        self._curve: list[dict[str, float]] = []
        self._running = ""  # id of the run that trains, as soon as it is known
        self._unseen = False  # whether a training ended before its run was seen
        self._looked = 0.0
        self._events = 0
        self._compared_user = 0  # whose lists by two runs are shown
        self._problem = ""  # why the last training that was asked for did not go well
        yield from self._build()
        yield
        self.table.picked.connect(self._pick)
        Origins(self.form.start_from, state, background)
        self.table.runs.renamed.connect(self._rename_to)
        state.workspace_changed.connect(self._reload)
        state.data_changed.connect(self._reload)
        state.runs_changed.connect(self._reload)
        state.run_changed.connect(self._reload)
        background.job_started.connect(self._enable)
        background.job_ended.connect(self._enable)
        if background.job is not None and background.job.objectName() == TRAINING:  # the window was built again
            self.monitor.begin(background.job.title)
            background.job.complain = self._failed
            self._follow(background.job)
        self._reload()
        background.ask("machine", training_work.machine, done=self._show_machine)

    def title(self) -> str:
        return self.tr("Training")

    # ---------------------------------------------------------------- building

    def _build(self) -> Iterator[None]:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        layout.addWidget(splitter)
        splitter.setChildrenCollapsible(False)
        side, right = QWidget(splitter), QSplitter(Qt.Orientation.Vertical, splitter)
        right.setChildrenCollapsible(False)
        upper, lower = QWidget(right), QWidget(right)
        yield from self._fill_side(side)
        yield
        self.monitor = TrainingMonitor(upper)
        _padded(upper).addWidget(self.monitor)
        yield
        self._fill_runs(lower)
        yield
        share(right, 420, 300)
        yield
        share(splitter, 320, 760)
        splitter.setStretchFactor(1, 1)

    def _fill_side(self, side: QWidget) -> Iterator[None]:
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        scroll = QScrollArea(side)
        column.addWidget(scroll, 1)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget(scroll)
        scroll.setWidget(inner)
        self.form = TrainingForm(inner, at_once=False)
        _padded(inner).addWidget(self.form)
        yield from self.form.steps
        yield
        start, stop = self.tr("Start training"), self.tr("Stop")
        tip = self.tr("Stop within a second and keep the best so far")
        self.start_action = make_action(self, "training.start", start, self._start, "Ctrl+Return")
        self.stop_action = make_action(self, "training.stop", stop, self._stop, "Ctrl+.", tip)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 8, 16, 16)
        buttons.setSpacing(8)
        self.start_button = action_button(self.start_action)
        self.start_button.setProperty("primary", True)
        buttons.addWidget(self.start_button, 1)
        buttons.addWidget(action_button(self.stop_action))
        self.note = QLabel(side)
        self.note.setObjectName("training_note")
        self.note.setWordWrap(True)
        self.note.setProperty("role", "muted")
        self.note.setContentsMargins(16, 8, 16, 0)  # apart from the line of the form that is scrolled to its edge
        column.addWidget(self.note)
        column.addLayout(buttons)
        side.setMinimumWidth(270)

    def _fill_runs(self, area: QWidget) -> None:
        bar = QWidget(area)
        self.table = RunsTable(area)
        resume, finish = partial(self._resume, False), partial(self._resume, True)
        self.use_action = make_action(self, "run.use", self.tr("Use for lists"), self._use)
        ranked = self.tr("Best first")
        rank = lambda: self.table.rank("ndcg" if self.rank_action.isChecked() else "")  # noqa: E731
        self.rank_action = make_action(self, "run.rank", ranked, rank)
        self.rank_action.setCheckable(True)
        self.table.ranked.connect(lambda best: self.rank_action.setChecked(bool(best)))
        tip = self.tr("Sort by NDCG or the figure whose name you click, or by start; compare only runs of one split")
        self.rank_action.setToolTip(tip)
        self.compare_action = make_action(self, "run.compare", self.tr("Compare"), self._compare)
        self.resume_action = make_action(self, "run.resume", self.tr("Resume"), resume)
        self.finish_action = make_action(self, "run.finish", self.tr("Finish"), finish)
        self.rename_action = make_action(self, "run.rename", self.tr("Rename"), self._rename)
        self.delete_action = make_action(self, "run.delete", self.tr("Delete"), self._delete, "Del")
        self.matrix_action = make_action(self, "run.matrix", self.tr("Weights …"), self._show_matrix)
        self.matrix_action.setToolTip(self.tr("Show the matrix of a bilinear model: what a past says for which items"))
        self.overview_action = make_action(self, "run.overview", self.tr("What matters …"), self._show_overview)
        self.overview_action.setToolTip(self.tr("Tell which components, behaviours and inputs matter over all users"))
        self.use_action.setToolTip(self.tr("Make the recommendations with the chosen run"))
        self.compare_action.setToolTip(self.tr("Set the chosen runs side by side (choose two or more with Ctrl)"))
        self.finish_action.setToolTip(self.tr("Learn nothing more: make the best state so far the model of this run"))
        bar.setAccessibleName(self.tr("What to do with the chosen trainings"))
        buttons = FlowLayout(bar, spacing=4)
        heading = QLabel(self.tr("Trainings"))
        heading.setProperty("role", "heading")
        heading.setContentsMargins(0, 6, 12, 6)
        buttons.addWidget(heading)
        actions = [self.use_action, self.compare_action, self.overview_action, self.matrix_action]
        actions += [self.resume_action, self.finish_action, self.rename_action, self.delete_action, self.rank_action]
        for action in actions:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            buttons.addWidget(button)
        self.table.addActions(actions)
        self.delete_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.removeAction(self.delete_action)  # the key deletes a run only while the table has the focus
        column = _padded(area)
        column.addWidget(bar)
        column.addWidget(self.table, 1)

    # ---------------------------------------------------------------- what is shown

    def _reload(self, *_: object) -> None:
        if self._state.workspace is None:
            self._show_facts(training_work.Facts(0, None, None, (), ""))
        else:
            self._ask("training facts", self._show_facts)

    def _ask(self, kind: str, done: Callable[[training_work.Facts], object], awaited: bool = True) -> None:
        """Ask for the facts of the open workspace; an answer that comes when another one is open is dropped."""
        workspace = self._state.workspace
        if workspace is not None:
            self._background.ask(
                kind,
                training_work.facts,
                workspace,
                done=lambda facts: done(facts) if self._state.workspace is workspace else None,
                awaited=awaited,
            )

    def _show_facts(self, facts: training_work.Facts) -> None:
        self._events = facts.events
        self.form.set_span(facts.start, facts.end, None)
        unseen = [run.id for run in facts.runs if self._unseen and self.table.runs.row(run.id) < 0]
        self._unseen = self._unseen and not unseen
        self.table.show_runs(facts.runs, facts.active, unseen[:1])
        self._enable()
        if self._job is None and any(run.status == "running" for run in facts.runs):
            QTimer.singleShot(LOOK_AGAIN_MS, self, self._reload)  # a stopped training is still putting its state away

    def _show_machine(self, machine: training_work.Machine) -> None:
        self.form.set_devices(machine.devices)
        self.form.set_defaults(machine.defaults)

    def _enable(self, *_: object) -> None:
        chosen = self.table.selected()
        one = chosen[0] if len(chosen) == 1 else None
        training, busy = self._job is not None, self._background.job is not None
        stopped = one is not None and one.status in ("stopped", "failed")
        self.start_action.setEnabled(self._events > 0 and not busy)
        self.stop_action.setEnabled(training)
        self.use_action.setEnabled(one is not None and one.status == "done")
        self.compare_action.setEnabled(len(chosen) > 1)
        self.overview_action.setEnabled(one is not None and one.status == "done" and not busy)
        self.matrix_action.setEnabled(one is not None and one.status == "done" and one.model == "bilinear")
        self.resume_action.setEnabled(stopped and not busy)
        self.finish_action.setEnabled(stopped and not busy)
        self.rename_action.setEnabled(one is not None)
        self.delete_action.setEnabled(bool(chosen) and all(run.id != self._running for run in chosen))
        nothing = "" if self._events else self.tr("There are no events to learn from yet. Open files first.")
        self.note.setText(self._problem or nothing)
        self.note.setVisible(bool(self.note.text()))

    def _pick(self, runs: Sequence[Run]) -> None:
        self._enable()
        if self._job is not None:
            return
        if not runs:
            self.monitor.show_idle()
        else:
            run = runs[0]
            self.monitor.show_run(run, self._outcome(run), seconds(run))

    def _outcome(self, run: Run) -> str:
        if run.status == "failed":
            return self.tr("Failed: {0}").format(run.error)
        if run.status == "stopped":
            return self.tr("Stopped before the end. Resume it, or finish it with the best so far.")
        if run.status == "done":
            value = run.metrics.get(f"ndcg@{run.k}")
            figure = "–" if value is None else readable.decimal(value, 4)
            text = self.tr("Done: NDCG@{0} {1} on the test, of {2} users")
            return text.format(run.k, figure, readable.count(run.users))
        return status_name(run.status)

    # ---------------------------------------------------------------- training

    def _start(self) -> None:
        workspace = self._state.workspace
        if workspace is not None:
            settings = self.form.settings()
            self._begin(settings.name or self.tr("New training"), [], training_work.train, workspace, settings)

    def _resume(self, finish: bool) -> None:
        workspace, chosen = self._state.workspace, self.table.selected()
        if workspace is not None and len(chosen) == 1:
            run = chosen[0]
            curve = [dict(point) for point in run.curve]
            self._begin(run.name, curve, training_work.resume, workspace, run.id, finish)

    def _begin(self, name: str, curve: list[dict[str, float]], work: Callable[..., Run], *arguments: object) -> None:
        self._curve, self._running, self._looked = curve, "", 0.0
        self._problem, self._unseen = "", False
        self.monitor.begin(name)
        title = self.tr("Training")
        job = self._background.start(work, *arguments, self._curve, failed=self._failed, title=title)
        job.setObjectName(TRAINING)
        self._follow(job)

    def _follow(self, job: Job) -> None:
        self._job = job
        job.progressed.connect(self._advance)
        job.finished.connect(self._finished)
        job.cancelled.connect(self._stopped)
        self._enable()

    def _stop(self) -> None:
        if self._job is not None:
            self.monitor.message.setText(self.tr("Stopping …"))
            self._job.cancel()

    def _advance(self, fraction: float, message: str, figures: dict[str, float | int | str]) -> None:
        left = self._job.seconds_left(fraction) if self._job is not None else None
        self.monitor.advance(fraction, translate_core(message, figures), figures, left)
        if "ndcg" in figures and all(point["epoch"] != figures["epoch"] for point in self._curve):
            self._curve.append({name: float(value) for name, value in figures.items()})  # of a training taken over
        self.monitor.show_curve(list(self._curve))
        if time.monotonic() - self._looked > LOG_EVERY:
            self._looked = time.monotonic()
            self._ask("training log", self._show_log, awaited=False)

    def _show_log(self, facts: training_work.Facts) -> None:
        running = next((run for run in facts.runs if run.status == "running"), None)
        if self._job is None or running is None:
            return
        if running.id != self._running:
            self._running = running.id
            self.monitor.show_name(running.name, running.model)
            self.table.show_runs(facts.runs, facts.active, [running.id])
        self.monitor.show_log(running.log)

    def _finished(self, run: Run) -> None:
        """What was trained last makes the lists, until the analyst chooses another run."""
        self._activate(run.id)
        self._over(run.id)

    def _stopped(self) -> None:
        self._over(self._running)

    def _failed(self, error: Exception) -> None:
        self._problem = error_text(error)
        self._over(self._running)

    def _over(self, run: str) -> None:
        self._job, self._running = None, ""
        row = self.table.runs.row(run)
        self._unseen = row < 0
        if row >= 0:
            self.table.selectRow(row)
        self._state.runs_changed.emit()
        self._enable()

    # ---------------------------------------------------------------- the runs

    def _use(self) -> None:
        chosen = self.table.selected()
        if chosen:
            self._activate(chosen[0].id)

    def _activate(self, run: str) -> None:
        workspace = self._state.workspace
        if workspace is not None:
            workspace.use_run(run)
            self._background.write(workspace.keep_run, run)
            self._state.select_run(run)

    def _compare(self) -> None:
        workspace, runs = self._state.workspace, self.table.selected()
        if workspace is None or len(runs) < 2:
            return
        dialog = RunComparison(runs, self)
        dialog.report_wanted.connect(partial(self._write_report, dialog))
        dialog.segment_wanted.connect(partial(self._keep_users, dialog))
        show = partial(self._compare_for_user, dialog, (runs[0].id, runs[1].id))
        dialog.user_wanted.connect(lambda step: show(self._compared_user + step))
        dialog.user.search.chosen.connect(show)
        dialog.user.search.asked.connect(partial(self._find_compared, dialog))
        open_once(dialog)
        if all(run.status == "done" for run in runs[:2]):
            show(max(self._state.user, 0))
        if dialog.measurable:
            ids = [run.id for run in runs]
            request = self._background.ask(
                "comparison",
                training_work.compare,
                *(workspace, ids, runs[0].k),
                done=dialog.show_measured,
                failed=dialog.show_problem,
            )
            dialog.finished.connect(lambda _: request.cancel())

    def _find_compared(self, dialog: RunComparison, text: str) -> None:
        """Offer users whose lists may be compared."""
        workspace, offer = self._state.workspace, dialog.user.search.offer
        if workspace is not None:
            self._background.ask("comparison search", training_work.find_users, workspace, text, done=offer)

    def _compare_for_user(self, dialog: RunComparison, runs: tuple[str, str], user: int) -> None:
        """Show what both runs list for the user with this code."""
        workspace = self._state.workspace
        if workspace is None:
            return
        self._compared_user = user

        def show(found: training_work.UserLists) -> None:
            self._compared_user = found.lists.user
            dialog.user.show_user(found.name, found.lists, found.titles)

        self._background.ask(
            "comparison user",
            training_work.user_lists,
            *(workspace, runs, self._compared_user),
            done=show,
            failed=lambda error, dialog=dialog: dialog.user.show_problem(error_text(error)),
        )

    def _keep_users(self, dialog: RunComparison, name: str, users: NDArray[np.int32]) -> None:
        """Keep users whom one run serves otherwise than another as a segment."""
        workspace = self._state.workspace
        if workspace is not None:

            def kept(_: object) -> None:
                dialog.show_kept(name)
                self._state.segments_changed.emit()

            self._background.write(save_users, workspace, name, users, done=kept, failed=dialog.show_problem)

    def _write_report(self, dialog: RunComparison, found: Comparison, path: str) -> None:
        self._background.write(
            write_comparison,
            *(found, QLocale().name(), Path(path)),
            done=lambda _, dialog=dialog: dialog.show_saved(path),
            failed=dialog.show_problem,
        )

    def _show_overview(self) -> None:
        workspace, chosen = self._state.workspace, self.table.selected()
        if workspace is not None and len(chosen) == 1:
            from desktop_app.dialogs.run_overview import RunOverview

            open_once(RunOverview(workspace, chosen[0], self._background, self))

    def _show_matrix(self) -> None:
        workspace, chosen = self._state.workspace, self.table.selected()
        if workspace is None or len(chosen) != 1:
            return
        name = chosen[0].name

        def show(matrix: NamedMatrix) -> None:
            from desktop_app.dialogs.run_matrix import RunMatrix

            if self._state.workspace is workspace:
                open_once(RunMatrix(name, matrix, self))

        self._background.ask("matrix", workflow.matrix, workspace, chosen[0].id, done=show)

    def _rename(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.table.setFocus()
            self.table.edit(index.siblingAtColumn(0))

    def _rename_to(self, run: str, name: str) -> None:
        workspace = self._state.workspace
        if workspace is not None:
            self._background.write(workspace.runs.rename, run, name, done=lambda _: self._state.runs_changed.emit())

    def _delete(self) -> None:
        runs = [run for run in self.table.selected() if run.id != self._running]
        if not runs:
            return
        icon = QMessageBox.Icon.Question
        question = QMessageBox(icon, self.tr("Delete trainings"), self._question(runs), parent=self)
        question.setObjectName("delete_question")
        question.setInformativeText(self.tr("The models and figures are removed for good. Your data stay."))
        delete = question.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        keep = question.addButton(self.tr("Keep"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(keep)
        question.setEscapeButton(keep)
        delete.clicked.connect(partial(self._delete_now, [run.id for run in runs]))
        open_once(question)

    def _question(self, runs: Sequence[Run]) -> str:
        if len(runs) == 1:
            return self.tr("Delete the training “{0}”?").format(runs[0].name)
        return self.tr("Delete {0} trainings?").format(readable.count(len(runs)))

    def _delete_now(self, runs: Sequence[str]) -> None:
        workspace = self._state.workspace
        if workspace is not None:
            self._background.write(training_work.delete, workspace, list(runs), done=lambda _: self._deleted(runs))

    def _deleted(self, runs: Sequence[str]) -> None:
        if self._state.run in runs:
            self._state.select_run(None)
        self._state.runs_changed.emit()


def _padded(area: QWidget) -> QVBoxLayout:
    """The column of an area, with room around it."""
    column = QVBoxLayout(area)
    column.setContentsMargins(16, 12, 16, 12)
    return column
