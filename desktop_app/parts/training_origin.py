"""Which runs of another workspace a training can start from: they are looked up as soon as it is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.starting import Origin, origins, parted
from desktop_app.translation import error_text

if TYPE_CHECKING:
    from core.progress import Progress
    from core.workspace import Workspace
    from desktop_app.background import Background
    from desktop_app.state import AppState
    from desktop_app.widgets.start_from import StartFrom


class Origins(QObject):
    """Fills the choice of runs of a `StartFrom`."""

    def __init__(self, field: StartFrom, state: AppState, background: Background) -> None:
        super().__init__(field)
        self._field, self._state, self._background = field, state, background
        field.path.textChanged.connect(self._look)
        state.data_changed.connect(self._look)
        state.workspace_changed.connect(self._look)

    def _look(self, *_: object) -> None:
        workspace, text = self._state.workspace, self._field.path.text().strip()
        self._field.show_runs(())
        if workspace is not None and text and parted(text)[0].is_file():
            self._background.ask("origins", look, workspace, text, done=self._field.show_runs, failed=self._complain)

    def _complain(self, error: Exception) -> None:
        self._field.complain(error_text(error))


def look(workspace: Workspace, text: str, progress: Progress) -> tuple[Origin, ...]:
    """The runs that can be started from."""
    progress.check()
    return origins(workspace, text)
