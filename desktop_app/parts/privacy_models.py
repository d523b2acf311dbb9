"""The card of the privacy page about what models tell of the people that they learned from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QMessageBox, QWidget

from desktop_app.background import Background
from desktop_app.state import AppState
from desktop_app.translation import error_text
from desktop_app.widgets import privacy_words
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.card import Card
from desktop_app.widgets.passing import open_once

if TYPE_CHECKING:
    from core.evaluation.membership import Membership
    from core.progress import Progress
    from core.runs import Run
    from core.workspace import Workspace

TOLD = 6  # runs that have a line


class ModelsCard(Card):
    """Tells which runs are private and what their audits found, and has a run audited.

    Signals:
        train_asked: the analyst wants to train privately.
    """

    train_asked = Signal()

    def __init__(self, state: AppState, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("What models tell of the people they learned from"), parent=parent)
        self._state, self._background = state, background
        self.runs = QComboBox()
        self.runs.setObjectName("privacy.run")
        self.runs.setAccessibleName(self.tr("Training to audit"))
        self.runs.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.runs.setMinimumContentsLength(24)
        self.audit_action = make_action(self, "privacy.audit", self.tr("Audit this training…"), self._ask)
        self.audit_action.setToolTip(
            self.tr("Train it four times on halves of the users and see how well an attack tells who was in which half")
        )
        self.train_action = make_action(self, "privacy.train", self.tr("Train privately…"), self.train_asked.emit)
        self.train_action.setToolTip(self.tr("Go to the training, with the sequence model and its privacy budget"))
        self.add_controls(self.runs, action_button(self.audit_action), action_button(self.train_action))
        background.job_started.connect(self._enable)
        background.job_ended.connect(self._enable)
        self.show_runs(())

    def show_runs(self, runs: Sequence[Run]) -> None:
        """Show the finished runs, the newest first."""
        chosen = self.runs.currentData()
        self.runs.clear()
        for run in runs:
            self.runs.addItem(run.name, run.id)
        self.runs.setCurrentIndex(max(0, self.runs.findData(chosen)))
        about = self.tr(
            "Who has a model can find out something of the users that it learned from. Models that count, and a "
            "hybrid, which holds such, are never private. A sequence model can be trained privately (Training, "
            "Advanced, Privacy budget): then any one user changes the model so little that it can hardly be told "
            "whether that user was there. The bound holds for the model. It does not hold for this workspace, nor for "
            "the figures of its test; and the catalogue with its texts is taken as public. An audit measures it: at "
            "an AUC of 0.5 an attack does no better than guessing."
        )
        told = [run for run in runs if run.private or run.audit][:TOLD]
        self.text.setText("\n".join([about, *([""] if told else []), *map(privacy_words.sentence, told)]))
        self._enable()

    def _enable(self, _job: object = None) -> None:
        self.audit_action.setEnabled(self.runs.count() > 0 and self._background.job is None)
        self.train_action.setEnabled(self._state.workspace is not None)

    def _ask(self) -> None:
        question = self.tr(
            "Audit “{0}”? It is trained four times on half of the users, each time for about as long as its evaluation "
            "fit took. You can stop it; nothing is kept then."
        ).format(self.runs.currentText())
        box = QMessageBox(QMessageBox.Icon.Question, "Seqlens", question, parent=self.window())
        box.setObjectName("privacy.question")
        box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        run = str(self.runs.currentData())
        box.button(QMessageBox.StandardButton.Yes).clicked.connect(lambda _=False: self._start(run))
        open_once(box)

    def _start(self, run: str) -> None:
        workspace = self._state.workspace
        if workspace is not None and self._background.job is None:
            self._background.start(
                audit, workspace, run, done=self._done, failed=self._complain, title=self.tr("Audit")
            )

    def _done(self, _found: Membership) -> None:
        self._state.runs_changed.emit()

    def _complain(self, error: Exception) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, "Seqlens", error_text(error), parent=self.window())
        box.setObjectName("error")
        open_once(box)


def audit(workspace: Workspace, run: str, *, progress: Progress) -> Membership:
    """Audit a finished run."""
    from core import auditing
    from core.trained import record_of

    return auditing.audit(workspace, record_of(workspace, run), progress)
