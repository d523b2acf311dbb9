"""Writing the features of users from the menu: rows and file are asked for, a job writes it, the status bar tells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core import workflow
from core.errors import SeqlensError
from core.privacy.groups import LEAST
from desktop_app.widgets import readable
from desktop_app.widgets.fields import Fields

if TYPE_CHECKING:
    from core.progress import Progress
    from core.workspace import Workspace
    from desktop_app.background import Background

COMPONENTS = 10  # principal components that are written beside the features
KINDS = {"CSV (*.csv)": ".csv", "Excel (*.xlsx)": ".xlsx", "Parquet (*.parquet)": ".parquet", "JSON (*.json)": ".json"}


class FeaturesDialog(QDialog):
    """Asks whether each user gets a row, or each group of users who are alike.

    Signals:
        chosen: with how many users a group has at least; 0 for a row for each user.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("features")
        self.setWindowTitle(self.tr("Export user features"))
        self.setMinimumWidth(460)
        self.each = QRadioButton(self.tr("A row for each &user, with the id"))
        self.groups = QRadioButton(self.tr("A row for each &group of users who are alike, without ids"))
        self.groups.setObjectName("features.groups")
        self.least = QSpinBox()
        self.least.setObjectName("features.least")
        self.least.setRange(2, 1_000_000)
        self.least.setValue(LEAST)
        self.least.setEnabled(False)
        why = QLabel(
            self.tr(
                "Groups hold the means of their users, so that nobody can be recognised. The more users a group has, "
                "the less it tells of each."
            )
        )
        why.setWordWrap(True)
        why.setProperty("role", "muted")
        form = Fields()
        form.add(self.tr("Users of a group, at &least"), self.least)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        go_on = buttons.addButton(self.tr("Choose the file…"), QDialogButtonBox.ButtonRole.AcceptRole)
        go_on.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(10)
        for widget in (self.each, self.groups):
            layout.addWidget(widget)
        layout.addLayout(form)
        layout.addWidget(why)
        layout.addSpacing(6)
        layout.addWidget(buttons)
        self.groups.toggled.connect(self.least.setEnabled)
        self.each.setChecked(True)

    def accept(self) -> None:
        super().accept()
        self.chosen.emit(self.least.value() if self.groups.isChecked() else 0)


def ask_file(parent: QWidget, folder: Path) -> Path | None:
    """The file that the analyst chose, with a suffix that names its format; None for no file."""
    title = QCoreApplication.translate("features", "Export user features")
    name = QCoreApplication.translate("features", "user features")
    chosen, kind = QFileDialog.getSaveFileName(parent, title, str(folder / f"{name}.csv"), ";;".join(KINDS))
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.lower() in KINDS.values() else path.with_name(path.name + KINDS.get(kind, ".csv"))


def export(
    workspace: Workspace,
    path: Path,
    together: int,
    background: Background,
    tell: Callable[[str], object],
    complain: Callable[[Exception], object],
) -> None:
    """Write the features in the background; `tell` hears how it ended, `complain` what went wrong."""

    def work(progress: Progress) -> workflow.Described:
        return workflow.features(workspace, path, progress, 0 if together else COMPONENTS, together)

    def done(written: workflow.Described) -> None:
        text = QCoreApplication.translate("features", "{0} users with {1} features written to {2}")
        if together:
            text = QCoreApplication.translate("features", "{0} groups of users with {1} features written to {2}")
        tell(text.format(readable.count(written.rows), readable.count(len(written.names)), path))

    try:
        title = QCoreApplication.translate("features", "Export of user features")
        background.start(work, done=done, failed=complain, title=title)
    except SeqlensError as busy:
        complain(busy)
