"""A folder whose files are imported into the open workspace as they arrive."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from core.data.settings import ImportSettings
from core.data.watching import Watch
from core.errors import SeqlensError
from core.privacy.pseudonyms import kept_for
from desktop_app.dialogs.import_work import into_open, look
from desktop_app.translation import error_text

if TYPE_CHECKING:
    from core.data.remembered import Remembered
    from core.progress import Progress
    from core.workspace import Workspace
    from desktop_app.background import Background
    from desktop_app.state import AppState

EVERY = 10_000  # milliseconds between two looks


@dataclass(frozen=True)
class TakenIn:
    """What became of files that arrived.

    Attributes:
        workspace: into which they went.
        events: how many it has more.
        failed: why files could not be imported.
    """

    workspace: Workspace
    events: int
    failed: tuple[SeqlensError, ...]


class WatchedFolder(QObject):
    """Looks into one folder while one workspace is open; files wait while other long work runs.

    Signals:
        changed: it watches, or has stopped to watch.
        told: what came of it, in the words of the screen.
    """

    changed = Signal()
    told = Signal(str)

    def __init__(self, state: AppState, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._background = state, background
        self._watch: Watch | None = None
        self._waiting: list[Path] = []
        self._looking: Watch | None = None  # a look is under way, whose files nobody would hear of if another one began
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)
        state.workspace_changed.connect(self.stop)

    @property
    def folder(self) -> Path | None:
        """The folder that is watched."""
        return None if self._watch is None else self._watch.folder

    def start(self, folder: Path) -> None:
        """Watch a folder; what lies in it already is imported too.

        Raises:
            SeqlensError: there is no such folder.
        """
        self._watch, self._waiting = Watch(folder), []
        self._timer.start()
        self.look()
        self.changed.emit()
        self.told.emit(self.tr("Files that arrive in {0} are imported.").format(folder))

    def stop(self) -> None:
        """Watch no longer."""
        if self._watch is not None:
            self._timer.stop()
            self._watch = None
            self.changed.emit()

    def look(self) -> None:
        """See whether files have arrived, and import them if no other long work runs."""
        watch = self._watch
        if watch is not None and watch is not self._looking:
            self._looking = watch
            self._background.ask("watched folder", _arrived, watch, done=self._take_in, failed=self._gone)

    def _gone(self, error: Exception) -> None:
        self._looking = None
        self.stop()
        self.told.emit(error_text(error))

    def _take_in(self, arrived: tuple[Watch, list[Path]]) -> None:
        watch, files = arrived
        self._looking = None
        workspace = self._state.workspace
        if watch is not self._watch or workspace is None:
            return
        self._waiting = list(dict.fromkeys([*self._waiting, *files]))
        if self._waiting and self._background.job is None:
            files, self._waiting = self._waiting, []
            title = self.tr("Importing what arrived")
            self._background.start(take_in, workspace, files, done=self._taken_in, title=title)

    def _taken_in(self, taken: TakenIn) -> None:
        if taken.workspace is self._state.workspace and taken.events:
            self._state.data_changed.emit()
        texts = [error_text(error) for error in taken.failed]
        if taken.events or not texts:
            texts.insert(0, self.tr("%n event(s) arrived", "", taken.events))
        self.told.emit(" · ".join(texts))


def _arrived(watch: Watch, progress: Progress) -> tuple[Watch, list[Path]]:
    progress.check()
    return watch, watch.arrived()


def take_in(workspace: Workspace, files: list[Path], progress: Progress) -> TakenIn:
    """Import files, each alone where they do not go together, as files with the same columns were imported before.

    Nobody looks at what is guessed here: files with other columns are refused, unless the workspace remembers none.

    Raises:
        Cancelled: the analyst pressed stop.
    """
    from core.data.remembered import remembered

    before = workspace.counts().events
    failed: list[SeqlensError] = []
    with workspace.cursor() as cursor:
        known = remembered(cursor)
        try:
            key = kept_for(cursor)
        except SeqlensError as error:
            return TakenIn(workspace, 0, (error,))
    for group in [files] if len(files) == 1 else [files, *([file] for file in files)]:
        try:
            into_open(workspace, _settings(known, group, key, progress), progress)
        except SeqlensError as error:
            failed += [error] if len(group) == 1 else []
        else:
            if group is files:
                break
    return TakenIn(workspace, workspace.counts().events - before, tuple(failed))


def _settings(known: list[Remembered], files: list[Path], key: bytes | None, progress: Progress) -> ImportSettings:
    from core.data.remembered import as_before, other_columns

    asked = ImportSettings(files=tuple(files), pseudonym_key=key)
    settings = as_before(known, asked, all_known=True)
    if settings is not None:
        return settings
    guessed = look(asked, progress).settings  # tells why, where a file cannot be read
    if known:
        raise other_columns(files)
    return guessed
