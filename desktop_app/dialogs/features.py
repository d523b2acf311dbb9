"""Writing the features of users from the menu: a file is asked for, a job writes it, and the status bar tells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from core import workflow
from core.errors import SeqlensError
from desktop_app.widgets import readable

if TYPE_CHECKING:
    from core.progress import Progress
    from core.workspace import Workspace
    from desktop_app.background import Background

COMPONENTS = 10  # principal components that are written beside the features
KINDS = {"CSV (*.csv)": ".csv", "Excel (*.xlsx)": ".xlsx", "Parquet (*.parquet)": ".parquet", "JSON (*.json)": ".json"}


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
    background: Background,
    tell: Callable[[str], object],
    complain: Callable[[Exception], object],
) -> None:
    """Write the features in the background; `tell` hears how it ended, `complain` what went wrong."""

    def work(progress: Progress) -> workflow.Described:
        return workflow.features(workspace, path, progress, COMPONENTS)

    def done(written: workflow.Described) -> None:
        text = QCoreApplication.translate("features", "{0} users with {1} features written to {2}")
        tell(text.format(readable.count(written.rows), readable.count(len(written.names)), path))

    try:
        title = QCoreApplication.translate("features", "Export of user features")
        background.start(work, done=done, failed=complain, title=title)
    except SeqlensError as busy:
        complain(busy)
