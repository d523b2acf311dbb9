"""Which runs of another workspace a training can start from: they are looked up as soon as it is named."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.files import there
from core.starting import Origin, origins, parted
from desktop_app.translation import error_text

if TYPE_CHECKING:
    from core.progress import Progress
    from core.workspace import Workspace
    from desktop_app.background import Background, Request
    from desktop_app.state import AppState
    from desktop_app.widgets.start_from import StartFrom


class Origins(QObject):
    """Fills the choice of runs of a `StartFrom`."""

    def __init__(self, field: StartFrom, state: AppState, background: Background) -> None:
        super().__init__(field)
        self._field, self._state, self._background = field, state, background
        self._asked: Request | None = None
        self._chosen: str | None = None  # id of the run that was chosen last, which stays where other data come in
        field.path.textChanged.connect(self._look)
        state.data_changed.connect(self._look)
        state.workspace_changed.connect(self._look)

    def _look(self, *_: object) -> None:
        workspace, text = self._state.workspace, self._field.path.text().strip()
        self._chosen = self._field.run.currentData() or self._chosen
        self._field.show_runs(())
        if self._asked is not None:
            self._asked.cancel()  # it was of what was named before
        if workspace is not None and text and there(parted(text)[0]):
            show = partial(self._field.show_runs, chosen=self._chosen)
            self._asked = self._background.ask("origins", look, workspace, text, done=show, failed=self._complain)

    def _complain(self, error: Exception) -> None:
        self._field.complain(error_text(error))


def look(workspace: Workspace, text: str, progress: Progress) -> tuple[Origin, ...]:
    """The runs that can be started from."""
    progress.check()
    return origins(workspace, text)
