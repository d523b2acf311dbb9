"""A folder whose files are imported into the open workspace as they arrive."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from core.data.settings import ImportSettings
from core.data.watching import Watch
from core.errors import SeqlensError
from core.privacy.pseudonyms import KeyMissing, kept_for
from desktop_app.dialogs.import_work import into_open, look
from desktop_app.translation import error_text

if TYPE_CHECKING:
    from core.data.remembered import Remembered
    from core.progress import Progress
    from core.workspace import Workspace
    from desktop_app.background import Background
    from desktop_app.state import AppState

EVERY = 10_000  # milliseconds between two looks
MOST_SKIPPED = 32  # looks between two questions for a missing key: a locked keyring may ask the analyst each time


@dataclass(frozen=True)
class TakenIn:
    """What became of files that arrived.

    Attributes:
        workspace: into which they went.
        events: how many it has more.
        failed: why files could not be imported.
        waiting: files that cannot come in before the key of the pseudonyms is there.
    """

    workspace: Workspace
    events: int
    failed: tuple[SeqlensError, ...]
    waiting: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Look:
    """What a look into the folder told.

    Attributes:
        watch: whose look it was.
        arrived: files that have arrived since the last one.
        has_key: whether the key that files waited for is there; True where none did.
    """

    watch: Watch
    arrived: list[Path]
    has_key: bool


class WatchedFolder(QObject):
    """Looks into one folder while one workspace is open; files wait while other long work runs, or a key is missing.

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
        self._skipped = self._to_skip = 0  # looks since it was seen that a key is missing, and until it is asked for
        self._importing: Watch | None = None  # what was watched when the files arrived that are being imported
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
        self._skipped = self._to_skip = 0
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
            self._skipped += 1
            pressing = not self._to_skip or self._skipped >= self._to_skip
            locked = self._state.workspace if self._to_skip and pressing else None
            done = partial(self._take_in, bool(self._to_skip))
            asked = "watched folder", _looked, watch, locked, pressing
            self._background.ask(*asked, done=done, failed=self._gone, awaited=False)  # a job need not rest for it

    def _gone(self, error: Exception) -> None:
        self._looking = None
        self.stop()
        self.told.emit(error_text(error))

    def _take_in(self, waited: bool, look: Look) -> None:
        """Import what arrived; `waited` is whether files waited for the key when it was looked."""
        self._looking = None
        workspace = self._state.workspace
        if look.watch is not self._watch or workspace is None:
            return
        self._waiting = list(dict.fromkeys([*self._waiting, *look.arrived]))
        if not look.has_key:
            if self._skipped >= self._to_skip:
                self._ask_later()
        elif self._waiting and self._background.job is None and waited == bool(self._to_skip):
            files, self._waiting = self._waiting, []
            self._importing = look.watch
            title = self.tr("Importing what arrived")
            self._background.start(take_in, workspace, files, done=self._taken_in, title=title)

    def _ask_later(self) -> None:
        """Ask for the key again after twice as many looks as before."""
        self._skipped, self._to_skip = 0, min(2 * self._to_skip or 1, MOST_SKIPPED)

    def _taken_in(self, taken: TakenIn) -> None:
        if self._importing is self._watch:
            self._waiting = list(dict.fromkeys([*taken.waiting, *self._waiting]))
            if taken.waiting:
                self._ask_later()
            else:
                self._to_skip = 0
        if taken.workspace is self._state.workspace and taken.events:
            self._state.data_changed.emit()
        texts = [error_text(error) for error in taken.failed]
        if taken.events or not texts:
            texts.insert(0, self.tr("%n event(s) arrived", "", taken.events))
        self.told.emit(" · ".join(texts))


def _looked(watch: Watch, locked: Workspace | None, pressing: bool, progress: Progress) -> Look:
    """Look into the folder, and for the key of the workspace `locked`, for which files wait.

    Args:
        pressing: whether files need not wait, if the key is there.
    """
    progress.check()
    return Look(watch, watch.arrived(), pressing and (locked is None or _has_key(locked)))


def _has_key(workspace: Workspace) -> bool:
    try:
        with workspace.cursor() as cursor:
            kept_for(cursor)
    except KeyMissing:
        return False
    return True


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
        except KeyMissing as error:
            return TakenIn(workspace, 0, (error,), tuple(files))
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
