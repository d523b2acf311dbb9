"""Starts Qt, shows the window, and does what the window asks for; heavy imports come behind the first paint."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from core.data.tables import SUFFIX
from core.errors import SeqlensError
from desktop_app import courtesy, crash, theme, translation, warm_up
from desktop_app.background import Background, end_process
from desktop_app.collector import Collector
from desktop_app.pages import PAGES
from desktop_app.parts.watched_folder import WatchedFolder
from desktop_app.preferences import Preferences
from desktop_app.state import AppState
from desktop_app.theme import Scheme
from desktop_app.trail import Trail
from desktop_app.translation import error_text
from desktop_app.widgets.passing import open_once
from desktop_app.window import Window

if TYPE_CHECKING:
    from core.progress import Progress
    from core.workspace import Workspace
    from desktop_app.dialogs.rescue_work import Saved

SAMPLE = Path(__file__).resolve().parents[1] / "resources" / "sample"
WARM_UP_AFTER = 1500  # milliseconds
QUIET_MS, QUIET_TRIES = 200, 50  # between looks at whether something is asked or done, and how many at most
COMPILE_AFTER = 150  # milliseconds between two parts
LONGEST_MS = 3000  # until a window whose language was changed goes, though what comes in its place is not whole
BEAT = 5  # milliseconds between two parts of what would make the window wait
SWITCH = 0.0005  # seconds after which a thread with long Python work lets the window in; by default 0.005
SAMPLE_FILES = ("events.csv.gz", "items.csv")


class Desk(QObject):
    """The application around its window: opens and closes workspaces, remembers, and survives a change of language.

    Attributes:
        state: what is open and selected.
        background: where long work runs.
        trail: where one has been.
        watched: imports what arrives in a folder.
        preferences: what is remembered between starts.
        window: the main window; another one after the language has changed.
        leaving: whether the application ends.
    """

    def __init__(self) -> None:
        super().__init__()
        self.preferences = Preferences()
        self.state = AppState(self)
        self.background = Background(self)
        self.trail = Trail(self.state, self)
        self.watched = WatchedFolder(self.state, self.background, self)
        self.watched.told.connect(self.tell)
        self._collector = Collector(self)
        self._uses = courtesy.Uses(self)
        self.leaving = False
        self._formers: list[Window] = []  # that go when another one has something to show in their place
        self.background.failed.connect(self._failed)
        self.state.user_changed.connect(self._keep_selection)
        self.state.run_changed.connect(self._keep_run)
        theme.start(self.preferences.scheme)
        translation.choose(self.preferences.language)
        self.window = Window(self)

    def show(self) -> None:
        """Show the window where it was last."""
        geometry = self.preferences.geometry
        if geometry is not None:
            self.window.restoreGeometry(geometry)
        self.window.show()

    # ------------------------------------------------------------------------------------------- workspaces

    @property
    def page(self) -> str:
        """The page that was shown last, the first one where that is not known."""
        name = self.preferences.page
        return name if name in PAGES else next(iter(PAGES))

    def folder(self) -> Path:
        """Where workspaces are kept unless the analyst chooses another place."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(documents) / "Seqlens"

    def open_workspace(self, path: Path) -> None:
        """Open a workspace in place of the one that is open."""
        if self._has_open(path) or self._busy():
            return

        page = self.page

        def open_it(progress: Progress) -> tuple[Workspace, int, str | None]:
            warm_up.import_page(page, progress)  # it is shown as soon as the workspace is open
            return _open(path)

        self.background.ask("open", open_it, done=self._go_over, failed=lambda error: self._not_opened(path, error))

    def _go_over(self, opened: tuple[Workspace, int, str | None]) -> None:
        """Show what was opened, unless a job has begun meanwhile with the workspace that it would take the place of."""
        if self._busy():
            self.background.write(opened[0].close)
        else:
            self._opened(opened)

    def _not_opened(self, path: Path, error: Exception) -> None:
        """Ask for the passphrase of an encrypted workspace, offer to rescue a damaged one; other reasons are told."""
        from core.data.database import Damaged
        from core.privacy import passphrase
        from desktop_app.dialogs.passphrase import PassphraseDialog

        if isinstance(error, Damaged):
            from desktop_app.dialogs.rescue import RescueOffer

            offer = RescueOffer(error_text(error), self.window)
            offer.chosen.connect(lambda: self.rescue(path))
            open_once(offer)
            return
        if not isinstance(error, passphrase.PassphraseNeeded):
            self.complain(error)
            return
        passphrase.tell(path, None)
        dialog = PassphraseDialog(self.tr("Encrypted workspace"), error_text(error), parent=self.window)

        def try_again(words: str) -> None:
            passphrase.tell(path, words)
            self.open_workspace(path)

        dialog.given.connect(try_again)
        open_once(dialog)

    def rescue(self, path: Path) -> None:
        """Write what can be read of a damaged workspace into a new one, and open that."""
        from desktop_app.dialogs.rescue_work import save

        if self._busy():
            return
        former = self.state.workspace if self._has_open(path) else None
        if former is not None:
            self.state.open(None)
        title = self.tr("Rescuing a workspace")
        self.background.start(save, path, former, done=self._rescued, failed=self.complain, title=title)

    def _rescued(self, saved: Saved) -> None:
        from desktop_app.dialogs.rescue import RescueReport

        self._opened((saved.workspace, -1, None))
        open_once(RescueReport(saved, self.window))

    def open_sample(self) -> None:
        """Open the sample shop; it is imported into a workspace of its own the first time."""
        path = _sample_path()
        if path.exists():
            self.open_workspace(path)
        elif not self._busy():
            self.background.start(
                _import_sample,
                path,
                done=self._opened,
                failed=self.complain,
                title=self.tr("Opening the sample"),
            )

    def take_tour(self) -> None:
        """Begin the tour, on the sample."""
        workspace = self.state.workspace
        if workspace is not None and workspace.path == _sample_path():
            self.window.start_tour()
        else:
            self.preferences.toured = False
            self.open_sample()

    def tour_ended(self) -> None:
        """The tour was taken or put away; it begins no more by itself."""
        self.preferences.toured = True

    def open_files(self, paths: list[Path], new: bool) -> None:
        """Ask how to read these files, and import them into a new workspace or the open one."""
        from desktop_app.dialogs.import_files import ImportDialog

        if self._busy():
            return
        into = None if new else self.state.workspace
        dialog = ImportDialog(paths, self.state, self.background, self.window, into=into, folder=self.folder())
        dialog.imported.connect(self._imported)
        dialog.imported.connect(lambda _: self.preferences.remember_files(paths))
        open_once(dialog)

    def open_paths(self, paths: list[Path]) -> None:
        """Open a workspace, or import other files into a new one."""
        if len(paths) == 1 and paths[0].suffix == SUFFIX:
            self.open_workspace(paths[0])
        elif paths:
            self.open_files(paths, new=True)

    def save_as(self, path: Path) -> None:
        """Copy the open workspace to `path` and go on in the copy."""
        workspace = self.state.workspace
        if workspace is None or self._busy():
            return

        def copy(progress: Progress) -> tuple[Workspace, int, str | None]:
            progress.step(0, 1, "Copying the workspace")
            workspace.save_as(path)
            return _open(path)

        self.background.start(copy, done=self._opened, failed=self.complain, title=self.tr("Saving a copy"))

    def _imported(self, workspace: Workspace) -> None:
        if workspace is self.state.workspace:
            self.state.data_changed.emit()
        else:
            self._opened((workspace, -1, None))

    def _opened(self, opened: tuple[Workspace, int, str | None]) -> None:
        workspace, user, run = opened
        former = self.state.workspace
        self.preferences.remember(workspace.path)
        self.state.open(workspace, user, run)
        if former is not None:
            self.background.write(former.close)
        if workspace.path == _sample_path() and not self.preferences.toured:
            self.window.start_tour()
        elif self.window.tour is not None:
            self.window.tour.end()

    def prepare(self) -> None:
        """Begin to bring in what takes seconds, now that the window is painted."""
        self.background.ask("prepare", warm_up.prepare, self.page, awaited=False)
        self.state.workspace_changed.connect(self._warm_up)

    def _warm_up(self) -> None:
        """Import what the pages need, once the analyst has had time to look at what was opened."""
        self.state.workspace_changed.disconnect(self._warm_up)
        QTimer.singleShot(WARM_UP_AFTER, self, lambda: self._warm_up_when_quiet(QUIET_TRIES))

    def _warm_up_when_quiet(self, tries: int) -> None:
        """Begin when what the analyst asked for is answered, which imports would only hold up; but some day."""
        if self.background.asking and tries:
            QTimer.singleShot(QUIET_MS, self, lambda: self._warm_up_when_quiet(tries - 1))
        else:
            self._prepare(warm_up.warm_up, lambda: self._warm_up_when_resting(QUIET_TRIES))

    def _warm_up_when_resting(self, tries: int) -> None:
        """Go on with what holds the window up, when the analyst does nothing; but some day."""
        if tries and not courtesy.resting():
            QTimer.singleShot(QUIET_MS, self, lambda: self._warm_up_when_resting(tries - 1))
        else:
            self._prepare(warm_up.warm_up_models, self._compile)

    def _compile(self, more: bool = True) -> None:
        """Compile the grammar a little at a time: all at once it would be in the window's way for seconds."""
        if more:
            ask = partial(self.background.ask, "compile", warm_up.compile_patterns, done=self._compile, awaited=False)
            QTimer.singleShot(COMPILE_AFTER, self, lambda: None if self.leaving else ask())

    def _prepare(self, what: Callable[[Progress], None], then: Callable[[], object]) -> None:
        """Do something that nobody waits for, and then another thing, unless the application ends."""
        if not self.leaving:
            self.background.ask("warm up", what, done=lambda _: then(), awaited=False)

    def _has_open(self, path: Path) -> bool:
        """Whether the open workspace is this file, by whichever path."""
        try:
            return self.state.workspace is not None and self.state.workspace.path.samefile(path)
        except OSError:  # one of them is not there any more
            return False

    def _busy(self) -> bool:
        job = self.background.job
        if job is not None:
            self.window.tell(self.tr("{0} is still running. Wait for it or stop it first.").format(job.title))
        return job is not None

    def _keep_selection(self, user: int) -> None:
        if self.state.workspace is not None:
            self.background.write(self.state.workspace.set_setting, "user", user)

    def _keep_run(self, run: str) -> None:
        """Have the run make the lists: in the first place for views, which hear of it after this, then on the disk."""
        if self.state.workspace is not None and run:
            self.state.workspace.use_run(run)
            self.background.write(self.state.workspace.keep_run, run)

    # ------------------------------------------------------------------------------------------- the window

    def choose_scheme(self, scheme: str) -> None:
        """Light, dark, or like the system."""
        chosen: Scheme = "light" if scheme == "light" else "dark" if scheme == "dark" else "system"
        self.preferences.scheme = chosen
        theme.choose(chosen)

    def choose_language(self, language: str) -> None:
        """Speak another language: the window is built again around the same work."""
        self.preferences.language = language
        translation.choose(language)
        former = self.window
        former.stand_back()
        self.preferences.geometry = place = former.saveGeometry()
        self.window = Window(self)
        self.window.restoreGeometry(place)
        # The former one stays in view until there is something to see in this one, or too long has passed.
        self._formers.append(former)
        if self.window.stack.awaits_page:
            self.window.stack.came.connect(self._take_over)
            QTimer.singleShot(LONGEST_MS, self, self._take_over)
        else:
            self._take_over()

    def _take_over(self) -> None:
        """Show the window, which may be yet another one by now, in the place of those before."""
        formers, self._formers = self._formers, []
        if formers:  # in a later beat: to make a window or a page is enough for this one
            QTimer.singleShot(BEAT, self, lambda: self.window.take_over(formers))

    def heed_signals(self) -> None:
        """End in good order on Ctrl+C in the terminal and when the system ends the session: no question is asked.

        Python comes to a signal in the midst of whatever the window does, so the end waits for the event loop.
        """

        def end(*_: object) -> None:
            QTimer.singleShot(0, self, self._end)

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, end)

    def _end(self) -> None:
        if not self.leaving:
            self.leaving = True
            question = QApplication.activeModalWidget()
            if question is not None:
                question.close()  # it may be the window's own, whether to quit
            self.window.close()

    def window_closed(self, window: Window) -> None:
        """End the application once its window is closed, or the one that is in view until that is shown."""
        if window is self.window or window.isVisible():
            self.leaving = True
            self.close()
            QApplication.quit()

    def close(self) -> None:
        """Finish every write and let go of the workspace; what could not be saved is told before the end."""
        unsaved = self.background.close()
        for error in unsaved:
            crash.log.error("A last write failed\n%s", crash.outline(error))
        if unsaved:
            told = dict.fromkeys(map(error_text, unsaved))
            QMessageBox.warning(None, "Seqlens", "\n".join((self.tr("What you did last was not saved."), *told)))
        self._collector.stop()
        if self.state.workspace is not None:
            self.state.workspace.close()
            self.state.workspace = None

    def copy(self, text: str) -> None:
        """Put text on the clipboard."""
        QGuiApplication.clipboard().setText(text)

    def complain(self, error: Exception) -> None:
        """Say it in the window that is there by now, which may not be the one that asked."""
        self.window.complain(error)

    def tell(self, text: str) -> None:
        """Say for a while in the window that is there by now."""
        self.window.tell(text)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, SeqlensError):
            self.window.complain(error)
            return
        crash.log.error("A job failed\n%s", crash.outline(error))
        self.window.complain(error, crash.report(error))

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What `sys.excepthook` does: an error inside the window's own code is shown, and the window goes on."""
        if not isinstance(error, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        crash.log.error("An error in the window\n%s", crash.outline(error))
        self.window.complain(error, crash.report(error))


def make_way() -> None:
    """Leave one core and the interpreter to the window where it needs them; before numpy and torch are imported."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, cores - 1)))
    sys.setswitchinterval(SWITCH)
    courtesy.ask()


def run(words: list[str]) -> int:
    """Open the window; the exit code."""
    arguments = _arguments(words)
    make_way()
    application = QApplication([sys.argv[0]])
    application.setApplicationName("Seqlens")
    application.setOrganizationName("Seqlens")
    application.setDesktopFileName("seqlens")
    application.setQuitOnLastWindowClosed(False)
    desk = Desk()
    desk.heed_signals()
    desk.window.painted.connect(lambda: _painted(desk, arguments))
    desk.show()
    return end_process(application.exec())


def _painted(desk: Desk, arguments: argparse.Namespace) -> None:
    if arguments.time_startup:
        print(f"first paint {_seconds_since_start():.2f} s", flush=True)
        desk.window.close()
        return
    sys.excepthook = desk.caught
    crash.keep_log(_log_folder())
    desk.prepare()
    if arguments.workspace is not None:
        desk.open_workspace(arguments.workspace)
    elif arguments.files:
        desk.open_paths(arguments.files)
    elif arguments.sample or not desk.preferences.recent:
        desk.open_sample()
    else:
        desk.open_workspace(desk.preferences.recent[0])


def _seconds_since_start() -> float:
    """Seconds since the system started this process."""
    if sys.platform == "linux":  # psutil counts from a boot time that is rounded to a second
        started = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")
        return time.clock_gettime(time.CLOCK_BOOTTIME) - started
    import psutil

    return float(time.time() - psutil.Process().create_time())


def _arguments(words: list[str]) -> argparse.Namespace:
    """What to open; a command that is written wrong ends here, since no window was meant."""
    parser = _parser()
    arguments = parser.parse_args(words)
    if bool(arguments.files) + arguments.sample + (arguments.workspace is not None) > 1:
        parser.error("only one of FILE..., --sample and --workspace can be opened")
    for path in arguments.files[:1]:
        if path.name == str(path) and not path.suffix and not path.exists():
            parser.error(f"{path} is neither a command nor a file; main.py --help lists the commands")
    return arguments


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py", description="The window of Seqlens.")
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help="files of events or catalogues to import")
    parser.add_argument("--sample", action="store_true", help="open the sample shop")
    parser.add_argument("--workspace", metavar="W", type=Path, help="open this workspace")
    parser.add_argument("--time-startup", action="store_true", help="print when the window was painted, and end")
    return parser


def _open(path: Path) -> tuple[Workspace, int, str | None]:
    """A workspace with what was selected in it last."""
    from core.workspace import Workspace

    workspace = Workspace.open(path)
    user = workspace.setting("user", -1)
    active = workspace.active_run()
    known = isinstance(user, int) and user < workspace.counts().users
    return workspace, user if isinstance(user, int) and known else -1, None if active is None else active.id


def _sample_path() -> Path:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    return Path(folder) / f"sample{SUFFIX}"


def _import_sample(path: Path, progress: Progress) -> tuple[Workspace, int, str | None]:
    from core.data.settings import ImportSettings
    from desktop_app.dialogs import import_work

    events, items = (SAMPLE / name for name in SAMPLE_FILES)
    workspace, _ = import_work.into_new(path, ImportSettings(files=(events,), items_files=(items,)), progress)
    return workspace, -1, None


def _log_folder() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)) / "logs"
