"""Writing the features of users from the menu: rows and file are asked for, a job writes it, the status bar tells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core import workflow
from core.errors import SeqlensError
from core.privacy.groups import LEAST, is_small
from desktop_app.dialogs.save_file import ask_where
from desktop_app.preferences import Preferences
from desktop_app.widgets import readable
from desktop_app.widgets.fields import Fields

if TYPE_CHECKING:
    from core.progress import Progress
    from core.workspace import Workspace
    from desktop_app.background import Background

COMPONENTS = 10  # principal components that are written beside the features
FORMATS = (".csv", ".xlsx", ".parquet", ".json")


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
        self.warning = QLabel(
            self.tr("A row would be of fewer than {0} users, and each of them can be recognised.").format(LEAST)
        )
        self.warning.setObjectName("features.warning")
        self.warning.setProperty("role", "error")
        self.warning.setWordWrap(True)
        self.all_the_same = QCheckBox(self.tr("Write it all the same"))
        self.all_the_same.setObjectName("features.all_the_same")
        self.watermark = QCheckBox(self.tr("With a last row that says of which data this is"))
        self.watermark.setObjectName("features.watermark")
        self.watermark.setChecked(Preferences().marks_features)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go_on = go_on = buttons.addButton(self.tr("Choose the file…"), QDialogButtonBox.ButtonRole.AcceptRole)
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
        for widget in (self.warning, self.all_the_same, self.watermark):
            layout.addWidget(widget)
        layout.addSpacing(6)
        layout.addWidget(buttons)
        self.groups.toggled.connect(self.least.setEnabled)
        self.each.setChecked(True)
        self.groups.toggled.connect(self._follow)
        self.least.valueChanged.connect(self._follow)
        self.all_the_same.toggled.connect(self._follow)
        self._follow()

    def _follow(self, *_: object) -> None:
        """Warn of groups that are too small; rows of single users with their ids are no surprise."""
        small = self.groups.isChecked() and is_small(self.least.value())
        self.warning.setVisible(small)
        self.all_the_same.setVisible(small)
        self.go_on.setEnabled(not small or self.all_the_same.isChecked())

    def accept(self) -> None:
        if not self.go_on.isEnabled():
            return
        super().accept()
        Preferences().marks_features = self.watermark.isChecked()
        self.chosen.emit(self.least.value() if self.groups.isChecked() else 0)


def ask_file(parent: QWidget, folder: Path) -> Path | None:
    """The file that the analyst chose, with a suffix that names its format; None for no file."""
    title = QCoreApplication.translate("features", "Export user features")
    name = QCoreApplication.translate("features", "user features")
    return ask_where(parent, title, str(folder / f"{name}.csv"), FORMATS)


def export(
    workspace: Workspace,
    path: Path,
    together: int,
    background: Background,
    tell: Callable[[str], object],
    complain: Callable[[Exception], object],
) -> None:
    """Write the features in the background; `tell` hears how it ended, `complain` what went wrong."""

    mark = Preferences().marks_features

    def work(progress: Progress) -> workflow.Described:
        return workflow.features(workspace, path, progress, 0 if together else COMPONENTS, together, mark)

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
