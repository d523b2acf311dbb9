"""Taking over a file of feedback: what its columns are is asked for where their names do not tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QMessageBox,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core import workflow
from core.errors import SeqlensError
from core.recommend.feedback_columns import NEEDED, ROLES, FeedbackLook, look
from desktop_app.dialogs.feedback_report import FeedbackReport
from desktop_app.translation import error_text
from desktop_app.widgets import tables
from desktop_app.widgets.fields import Fields
from desktop_app.widgets.passing import open_once
from desktop_app.widgets.role_table import RowsModel

if TYPE_CHECKING:
    from core.data.report import ImportReport
    from core.progress import Progress
    from core.workspace import Workspace
    from desktop_app.background import Background
    from desktop_app.state import AppState


def first_rows(path: Path, progress: Progress) -> FeedbackLook:
    """The beginning of a file."""
    progress.check()
    return look(path)


def read(workspace: Workspace, path: Path, roles: Mapping[str, str] | None, progress: Progress) -> ImportReport:
    """Take over a file."""
    return workflow.import_feedback(workspace, path, progress, roles)


class FeedbackColumns(QDialog):
    """The first rows of a file, and above them a box for each role with the columns to choose from.

    Signals:
        chosen: the column of each role that has one, by the role.
    """

    chosen = Signal(dict)

    def __init__(self, name: str, seen: FeedbackLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("feedback_columns")
        self.setWindowTitle(self.tr("Columns of “{0}”").format(name))
        self.resize(760, 520)
        words = {
            "user": self.tr("User"),
            "item": self.tr("Item"),
            "verdict": self.tr("Verdict (up, down, not now)"),
            "time": self.tr("Time"),
            "note": self.tr("Note"),
        }
        told = QLabel(self.tr("The names of the columns do not tell all that is needed. Which column is what?"))
        told.setWordWrap(True)
        form = Fields()
        self.boxes: dict[str, QComboBox] = {}
        for role in ROLES:
            box = self.boxes[role] = QComboBox()
            box.setObjectName(f"feedback_columns.{role}")
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(16)
            box.addItem(self.tr("Choose…") if role in NEEDED else self.tr("none"), "")
            for column in seen.columns:
                box.addItem(column, column)
            box.setCurrentIndex(max(0, box.findData(seen.roles.get(role, ""))))
            box.currentIndexChanged.connect(partial(self._take, role))
            form.add(words[role], box)
        self.table = QTableView()
        self.table.setAccessibleName(self.tr("First rows of the file"))
        self.rows = RowsModel(seen.columns, seen.rows)
        self.rows.setParent(self)
        self.table.setModel(self.rows)
        tables.set_up_rows(self.table, 8)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.take = buttons.addButton(self.tr("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setProperty("primary", True)
        self.take.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(told)
        layout.addLayout(form)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        self._check()

    @property
    def roles(self) -> dict[str, str]:
        """What was chosen."""
        return {role: str(box.currentData()) for role, box in self.boxes.items() if box.currentData()}

    def _take(self, role: str, place: int) -> None:
        """A column has one role: another one that had it is left without."""
        column = self.boxes[role].itemData(place)
        for other, box in self.boxes.items():
            if other != role and column and box.currentData() == column:
                box.setCurrentIndex(0)
        self._check()

    def _check(self) -> None:
        self.take.setEnabled(all(role in self.roles for role in NEEDED))
        used = set(self.roles.values())
        self.rows.set_unused({place for place, column in enumerate(self.rows.columns) if column not in used})

    def accept(self) -> None:
        roles = self.roles
        super().accept()
        self.chosen.emit(roles)


class FeedbackFiles(QObject):
    """Takes files over into the open workspace, and shows what became of their rows.

    Signals:
        taken: feedback came in.
    """

    taken = Signal()

    def __init__(
        self,
        state: AppState,
        background: Background,
        owner: QWidget,
        complain: Callable[[Exception], object] | None = None,
    ) -> None:
        """`complain` hears what went wrong; a box says it where there is none."""
        super().__init__(owner)
        self._state, self._background, self._owner = state, background, owner
        self._complain = complain or self._warn

    def take(self, path: Path) -> None:
        """Take a file over; where its columns are not known by their names, they are asked for."""
        seen = partial(self._seen, self._state.workspace, path)
        self._background.ask("feedback file", first_rows, path, done=seen, failed=self._complain)

    def _seen(self, workspace: object, path: Path, seen: FeedbackLook) -> None:
        if workspace is not self._state.workspace:
            return
        if not seen.missing or len(seen.columns) < len(NEEDED):  # then there is nothing to choose, and it is told why
            self._begin(path, None)
            return
        dialog = FeedbackColumns(path.name, seen, self._owner)
        dialog.chosen.connect(partial(self._begin, path))
        self._state.workspace_changed.connect(dialog.reject)
        open_once(dialog)

    def _begin(self, path: Path, roles: dict[str, str] | None) -> None:
        workspace = self._state.workspace
        if workspace is None:
            return
        title = self.tr("Import of feedback")
        try:
            self._background.start(
                *(read, workspace, path, roles), done=self._show_report, failed=self._complain, title=title
            )
        except SeqlensError as busy:
            self._complain(busy)

    def _warn(self, error: Exception) -> None:
        title = self.tr("Import of feedback")
        box = QMessageBox(QMessageBox.Icon.Warning, title, error_text(error), parent=self._owner)
        open_once(box)

    def _show_report(self, report: ImportReport) -> None:
        self.taken.emit()
        self._state.feedback_changed.emit()
        open_once(FeedbackReport(report, self._owner))


class AsFeedback(QMessageBox):
    """Asks what a file with verdicts is: more likely feedback on the workspace that is open than events of their own.

    As feedback it is taken over and the dialog that was to import it is closed; `events` is called for events.
    """

    def __init__(
        self, path: Path, state: AppState, background: Background, dialog: QDialog, events: Callable[[], object]
    ) -> None:
        super().__init__(QMessageBox.Icon.Question, dialog.windowTitle(), "", parent=dialog)
        assert state.workspace is not None
        self._path, self._state, self._background = path, state, background
        self._dialog, self._as_events = dialog, events
        text = self.tr("“{0}” has a column of verdicts. Take it over as feedback on “{1}”?")
        self.setText(text.format(path.name, state.workspace.path.stem))
        self.setObjectName("as_feedback")
        self.feedback = self.addButton(self.tr("As feedback"), QMessageBox.ButtonRole.AcceptRole)
        self.events = self.addButton(self.tr("As events"), QMessageBox.ButtonRole.DestructiveRole)
        self.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(self.feedback)
        self.finished.connect(self._follow)

    def _follow(self) -> None:
        clicked = self.clickedButton()
        if clicked is self.events:
            self._as_events()
            return
        self._dialog.reject()
        if clicked is self.feedback:
            owner = self._dialog.parentWidget() or self._dialog
            FeedbackFiles(self._state, self._background, owner).take(self._path)
