"""The frame: navigation, menus, status bar, and the pages that are built when they are first shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QMouseEvent,
    QMoveEvent,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QMenu,
    QMessageBox,
    QStackedWidget,
    QWidget,
)

from core.data.tables import SUFFIX
from desktop_app import layout, theme
from desktop_app.background import GOING
from desktop_app.courtesy import making_page
from desktop_app.icons import icon
from desktop_app.translation import FOLDER as TRANSLATIONS
from desktop_app.translation import LANGUAGES, error_text
from desktop_app.widgets import readable
from desktop_app.widgets.actions import make_action
from desktop_app.widgets.edit_menu import EditMenu
from desktop_app.widgets.job_status import JobStatus
from desktop_app.widgets.passing import open_once
from desktop_app.widgets.start_note import StartNote

if TYPE_CHECKING:
    from core.progress import Progress
    from desktop_app.app import Desk
    from desktop_app.dialogs.palette import PaletteDialog
    from desktop_app.tour import Tour
    from desktop_app.widgets.commands import Command

# The pages in their order, each with the module and the class that it is built from when it is first shown. A page
# takes the state and the background, and may ask for another one by a signal `navigated(str)`.
PAGES = {
    "data": ("desktop_app.pages.data", "DataPage"),
    "timeline": ("desktop_app.pages.timeline", "TimelinePage"),
    "segments": ("desktop_app.pages.segments", "SegmentsPage"),
    "flows": ("desktop_app.pages.flows", "FlowsPage"),
    "map": ("desktop_app.pages.map", "MapPage"),
    "language": ("desktop_app.pages.language", "LanguagePage"),
    "training": ("desktop_app.pages.training", "TrainingPage"),
    "recommendations": ("desktop_app.pages.recommendations", "RecommendationsPage"),
    "feedback": ("desktop_app.pages.feedback", "FeedbackPage"),
    "privacy": ("desktop_app.pages.privacy", "PrivacyPage"),
}
PLACED_MS = 1000  # after the window was moved until that is remembered
HEARING_MS = 400  # in which a page that was just made hears what is open
DATA_FILES = "*.csv *.tsv *.txt *.parquet *.inter *.item *.gz"


class Window(QMainWindow):
    """The one main window.

    Attributes:
        actions_by_name: every action by its object name; menus, shortcuts and tests use the same ones.
        tour: the tour, once it was begun.
        painted: emitted once, after the window was drawn for the first time.
    """

    painted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._state, self._background = desk, desk.state, desk.background
        self._seen = False
        self._pages: dict[str, QWidget] = {}
        self.actions_by_name: dict[str, QAction] = {}
        self.tour: Tour | None = None
        self._placed = QTimer(self, singleShot=True, interval=PLACED_MS)
        self._placed.timeout.connect(self._keep_place)
        self.setObjectName("window")
        self.setWindowTitle("Seqlens")
        self.setWindowIcon(icon("seqlens", "accent"))
        self.setMinimumSize(960, 600)
        self.resize(1280, 800)
        self.setAcceptDrops(True)
        self._make_actions()
        self._make_menus()
        self._make_body()
        self._make_status_bar()
        self._state.workspace_changed.connect(self._workspace_changed)
        self._state.data_changed.connect(self._count)
        self._state.runs_changed.connect(self._keep_trail)
        desk.trail.page_wanted.connect(self.show_page)
        desk.trail.changed.connect(self._show_trail)
        self._background.job_started.connect(self._job_started)
        self._background.job_ended.connect(self._job_ended)
        desk.watched.changed.connect(self._show_watched)
        theme.changed.connect(self._dress)
        self._show_watched()
        self._workspace_changed()
        job = self._background.job
        if job is not None and job.objectName() in PAGES:
            self._page(job.objectName())  # whose page in the window before began it; this one will tell how it ends

    # ------------------------------------------------------------------------------------------- actions

    def action(
        self,
        name: str,
        text: str,
        run: Callable[[], object],
        shortcut: QKeySequence | QKeySequence.StandardKey | str = "",
        picture: str = "",
        tip: str = "",
    ) -> QAction:
        """A new named action; what it does is in `run`."""
        action = make_action(self, name, text, run, shortcut, tip, Qt.ShortcutContext.WindowShortcut)
        if picture:
            action.setIcon(icon(picture))
            action.setProperty("picture", picture)
        self.actions_by_name[name] = action
        return action

    def _make_actions(self) -> None:
        key = QKeySequence.StandardKey
        desk = self._desk
        tip = self.tr("Import files of events and catalogues into a new workspace")
        self.action("open-files", self.tr("&Open files…"), self.open_files, key.Open, "open", tip)
        tip = self.tr("Import a Parquet data set, such as one with a folder a day, into a new workspace")
        self.action("open-folder", self.tr("Open fol&der…"), self.open_folder, "Ctrl+Alt+D", tip=tip)
        tip = self.tr("Look around in the data of a made-up shop")
        self.action("open-sample", self.tr("Open the &sample"), desk.open_sample, "Ctrl+Shift+O", "sample", tip)
        tip = self.tr("Open work that was saved before")
        self.action("open-workspace", self.tr("Open &workspace…"), self.open_workspace, "Ctrl+Alt+O", "workspace", tip)
        self.action("import-more", self.tr("&Import more files…"), self.import_more, "Ctrl+I")
        tip = self.tr("Add what is new in a Parquet data set; files that were imported before are not read again")
        self.action("import-folder", self.tr("Import &more of a folder…"), self.import_folder, "Ctrl+Alt+I", tip=tip)
        tip = self.tr("Import files into the open workspace as they arrive in a folder, until it is closed")
        self.action("watch-folder", self.tr("Watc&h a folder…"), self.watch_folder, tip=tip).setCheckable(True)
        self.action("save-as", self.tr("Save &as…"), self.save_as, key.SaveAs)
        tip = self.tr("Write what can be read of a damaged workspace into a new one; the damaged file stays as it is")
        self.action("rescue", self.tr("Resc&ue a workspace…"), self.rescue, tip=tip)
        self.action("export", self.tr("&Export recommendations…"), self.export, "Ctrl+E", "export")
        tip = self.tr("Write a table of what each user is like: counts, recency, sessions, interests")
        self.action("export-features", self.tr("Export user &features…"), self.export_features, "Ctrl+Shift+E", tip=tip)
        for kind, text, keys in (
            ("page", self.tr("Report of this &page…"), key.Print),
            ("user", self.tr("Report of the &user…"), "Ctrl+Shift+P"),
            ("run", self.tr("Report of the &training…"), ""),
        ):
            tip = self.tr("Save pictures, tables, settings and the fingerprint of the data as HTML or PDF")
            self.action(f"report-{kind}", text, lambda kind=kind: self.report(kind), keys, tip=tip)
        tip = self.tr("Find anything that can be done by a few letters")
        self.action("palette", self.tr("&Commands…"), self.open_palette, "Ctrl+K", tip=tip)
        self.action("go-to-user", self.tr("Go to &user…"), self.go_to_user, "Ctrl+G")
        tip = self.tr("Describe users in English or Chinese, and keep those who are found as a segment")
        self.action("find-users", self.tr("&Find users in words…"), self.find_users, "Ctrl+Shift+F", tip=tip)
        self.action("back", self.tr("&Back"), desk.trail.back, "Ctrl+[", tip=self.tr("Where you were before"))
        tip = self.tr("Where you were before you went back")
        self.action("forward", self.tr("&Forward"), desk.trail.forward, "Ctrl+]", tip=tip)
        self.action("settings", self.tr("Se&ttings…"), self.show_settings, "Ctrl+,", "settings")
        self.action("quit", self.tr("&Quit"), self.close, key.Quit)
        self.action("help", self.tr("Seqlens &help"), self.show_help, key.HelpContents, "help")
        tip = self.tr("Five steps through the sample")
        self.action("tour", self.tr("Take the &tour"), desk.take_tour, tip=tip)
        self.action("about", self.tr("&About Seqlens"), self.show_about)
        for number, (name, title) in enumerate(self._page_titles().items(), 1):
            keys = f"Ctrl+{number}" if number < 10 else ""  # Ctrl+0 shows all of a picture
            self.action(f"page-{name}", title, lambda name=name: self.show_page(name), keys, name)

    def _page_titles(self) -> dict[str, str]:
        return {
            "data": self.tr("Data"),
            "timeline": self.tr("Timeline"),
            "segments": self.tr("Segments"),
            "flows": self.tr("Flows"),
            "map": self.tr("Map"),
            "language": self.tr("Language models"),
            "training": self.tr("Training"),
            "recommendations": self.tr("Recommendations"),
            "feedback": self.tr("Feedback"),
            "privacy": self.tr("Privacy"),
        }

    def _make_menus(self) -> None:
        named = self.actions_by_name
        file = self.menuBar().addMenu(self.tr("&File"))
        file.addActions([named[name] for name in ("open-files", "open-folder", "open-sample", "open-workspace")])
        self._recent = file.addMenu(self.tr("&Recent"))
        self._recent.aboutToShow.connect(self._list_recent)
        file.addSeparator()
        file.addActions(
            [named["import-more"], named["import-folder"], named["watch-folder"], named["save-as"], named["rescue"]]
        )
        file.addActions([named["export"], named["export-features"]])
        file.addMenu(self.tr("&Report")).addActions([named[f"report-{kind}"] for kind in ("page", "user", "run")])
        file.addSeparator()
        file.addActions([named["settings"], named["quit"]])
        self.edit = EditMenu(self.tr("&Edit"), self)
        self.menuBar().addMenu(self.edit)
        view = self.menuBar().addMenu(self.tr("&View"))
        view.addActions([named[name] for name in ("palette", "go-to-user", "find-users", "back", "forward")])
        view.addSeparator()
        view.addActions([named[f"page-{name}"] for name in PAGES])
        view.addSeparator()
        schemes = {"system": self.tr("Like the system"), "light": self.tr("Light"), "dark": self.tr("Dark")}
        self._choices(view, self.tr("&Theme"), "theme", schemes, theme.scheme(), self._desk.choose_scheme)
        languages = {"system": self.tr("Like the system"), **LANGUAGES}
        chosen = self._desk.preferences.language
        self._choices(view, self.tr("&Language"), "language", languages, chosen, self._desk.choose_language)
        assist = self.menuBar().addMenu(self.tr("&Help"))
        assist.addActions([named["help"], named["tour"], named["about"]])

    def _choices(
        self, menu: QMenu, title: str, kind: str, choices: dict[str, str], chosen: str, run: Callable[[str], object]
    ) -> None:
        inner = menu.addMenu(title)
        group = QActionGroup(self)
        for value, text in choices.items():
            action = self.action(f"{kind}-{value}", text, lambda value=value: run(value))
            action.setCheckable(True)
            action.setChecked(value == chosen)
            group.addAction(action)
            inner.addAction(action)

    def _list_recent(self) -> None:
        self._recent.clear()
        for path in self._desk.preferences.recent:
            entry = self._recent.addAction(f"{path.stem}  –  {path.parent}")
            entry.triggered.connect(lambda _=False, path=path: self._desk.open_workspace(path))
        self._recent.addSeparator()
        for paths in self._desk.preferences.recent_files:
            names = ", ".join(path.name for path in paths)
            entry = self._recent.addAction(self.tr("Import {0}  –  {1}").format(names, paths[0].parent))
            entry.triggered.connect(lambda _=False, paths=paths: self._desk.open_files(paths, new=True))
        if not (self._desk.preferences.recent or self._desk.preferences.recent_files):
            self._recent.addAction(self.tr("Nothing yet")).setEnabled(False)

    # ------------------------------------------------------------------------------------------- body

    def _make_body(self) -> None:
        self.navigation = QListWidget()
        self.navigation.setObjectName("navigation")
        self.navigation.setAccessibleName(self.tr("Pages"))
        self.navigation.setIconSize(QSize(20, 20))
        for name, title in self._page_titles().items():
            entry = QListWidgetItem(icon(name), title)
            entry.setData(Qt.ItemDataRole.UserRole, name)
            entry.setToolTip(f"{title} ({self.actions_by_name[f'page-{name}'].shortcut().toString()})")
            self.navigation.addItem(entry)
        width = self.navigation.sizeHintForColumn(0) + 40
        self.navigation.setFixedWidth(max(180, width))
        self.navigation.currentRowChanged.connect(lambda row: self.show_page(tuple(PAGES)[row]))
        self.stack = QStackedWidget()
        self._start: QWidget | None = None
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(self.stack, 1)
        self.setCentralWidget(body)

    def show_page(self, name: str) -> None:
        """Show the page of this name, which is built the first time."""
        row = tuple(PAGES).index(name)
        if self.property(GOING):
            return  # another window shows it
        if self.navigation.currentRow() != row:
            self.navigation.setCurrentRow(row)  # comes back here
            return
        self._desk.preferences.page = name
        self._desk.trail.show_page(name)
        if self._state.workspace is None:
            self._show_start()
            return
        self.stack.setCurrentWidget(self._page(name))

    def _page(self, name: str) -> QWidget:
        page = self._pages.get(name)
        if page is None:
            with making_page():
                page = self._pages[name] = self._build(name)
                if name != "timeline":  # which keeps its layout in the workspace
                    layout.remember(page, name)
                self.stack.addWidget(page)
        return page

    def _build(self, name: str) -> QWidget:
        """Make a page.

        Qt styles a widget that is put into another one anew, with all that is in it. So pages put the areas that hold
        much in their places before they fill them, which takes half the time.
        """
        module, kind = PAGES[name]
        page: QWidget = getattr(import_module(module), kind)(self._state, self._background)
        for signal, answer in (("navigated", self.show_page), ("import_asked", self.import_more)):
            if hasattr(page, signal):
                getattr(page, signal).connect(answer)
        return page

    def _show_start(self) -> None:
        if self._start is not None:
            self.stack.removeWidget(self._start)
            self._start.deleteLater()
        ways = [self.actions_by_name[name] for name in ("open-files", "open-sample", "open-workspace")]
        start = StartNote(ways, self._desk.preferences.recent)
        start.recent_chosen.connect(self._desk.open_workspace)
        self._start = start
        self.stack.addWidget(start)
        self.stack.setCurrentWidget(start)

    def _workspace_changed(self) -> None:
        opened = self._state.workspace is not None
        for name in (
            *("import-more", "import-folder", "watch-folder", "save-as", "export", "export-features"),
            *("report-page", "report-user", "report-run", "go-to-user", "find-users"),
        ):
            self.actions_by_name[name].setEnabled(opened)
        name = self._desk.preferences.page
        name = name if name in PAGES else next(iter(PAGES))
        workspace = self._state.workspace
        self.setWindowTitle("Seqlens" if workspace is None else f"{workspace.path.stem} – Seqlens")
        row = tuple(PAGES).index(name)
        if self.navigation.currentRow() == row:
            self.show_page(name)
        else:
            self.navigation.setCurrentRow(row)
        self._count()
        self._keep_trail()

    def take_over(self, former: Window) -> None:
        """Take the place of another window, whose pages go one by one: all at once they would be in the way."""
        self.show()
        former.hide()
        former.take_apart()

    def take_apart(self) -> None:
        """Delete this window and its pages, each in a beat of its own."""
        if self.stack.count():
            page = self.stack.widget(0)
            self.stack.removeWidget(page)
            page.deleteLater()
            QTimer.singleShot(0, self, self.take_apart)
        else:
            self.deleteLater()

    # ------------------------------------------------------------------------------------------- back and forward

    def _keep_trail(self) -> None:
        """Let the trail lead to no place of a run that was removed."""
        workspace = self._state.workspace
        if workspace is not None:

            def ids(progress: object) -> list[str]:
                del progress
                return [run.id for run in workspace.runs.all()]

            self._background.ask("trail", ids, done=self._desk.trail.keep_runs)
        self._show_trail()

    def _show_trail(self) -> None:
        trail = self._desk.trail
        self.actions_by_name["back"].setEnabled(trail.can_go_back)
        self.actions_by_name["forward"].setEnabled(trail.can_go_forward)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.windowHandle().installEventFilter(self)  # before any control takes the buttons of the mouse

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            names = {Qt.MouseButton.BackButton: "back", Qt.MouseButton.ForwardButton: "forward"}
            if name := names.get(event.button()):
                self.actions_by_name[name].trigger()
                return True
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------------------------------------- status bar

    def _make_status_bar(self) -> None:
        self.counts = QLabel()
        self.counts.setContentsMargins(theme.SPACING, 0, 0, 0)
        self.job = JobStatus()
        self.statusBar().addWidget(self.counts)
        self.statusBar().addPermanentWidget(self.job)
        if self._background.job is not None:
            self.job.follow(self._background.job)

    def _count(self) -> None:
        workspace = self._state.workspace
        if workspace is None:
            self.counts.setText(self.tr("Nothing is open"))
            return

        def count(progress: object) -> object:
            del progress
            return workspace.counts()

        self._background.ask("counts", count, done=self._show_counts)

    def _show_counts(self, counts: object) -> None:
        figures = (readable.count(getattr(counts, name)) for name in ("users", "items", "events"))
        self.counts.setText(self.tr("{0} users · {1} items · {2} events").format(*figures))

    def _job_started(self, job: object) -> None:
        self.job.follow(job)  # type: ignore[arg-type]

    def _job_ended(self, job: object) -> None:
        if self._background.job is None or self._background.job is job:
            self.job.end()

    # ------------------------------------------------------------------------------------------- what actions do

    def open_files(self) -> None:
        """Ask for files, then how to read them, into a new workspace."""
        self._ask_files(new=True)

    def import_more(self) -> None:
        """Ask for files to add to the open workspace."""
        self._ask_files(new=self._state.workspace is None)

    def _ask_files(self, new: bool) -> None:
        kinds = f"{self.tr('Data files')} ({DATA_FILES});;{self.tr('All files')} (*)"
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Open files of user behaviour"), "", kinds)
        if names:
            self._desk.open_files([Path(name) for name in names], new)

    def open_folder(self) -> None:
        """Ask for a folder of Parquet files, then how to read them, into a new workspace."""
        self._ask_folder(new=True)

    def import_folder(self) -> None:
        """Ask for a folder of Parquet files to add to the open workspace."""
        self._ask_folder(new=self._state.workspace is None)

    def _ask_folder(self, new: bool) -> None:
        if name := QFileDialog.getExistingDirectory(self, self.tr("Open a folder of Parquet files")):
            self._desk.open_files([Path(name)], new)

    def watch_folder(self) -> None:
        """Ask for a folder whose files are imported as they arrive, or stop to watch the one that is watched."""
        watched = self._desk.watched
        if watched.folder is not None:
            watched.stop()
        elif name := QFileDialog.getExistingDirectory(self, self.tr("Folder to watch")):
            watched.start(Path(name))
        self._show_watched()

    def _show_watched(self) -> None:
        self.actions_by_name["watch-folder"].setChecked(self._desk.watched.folder is not None)

    def open_workspace(self) -> None:
        """Ask for a workspace and open it."""
        kinds = f"{self.tr('Seqlens workspaces')} (*{SUFFIX})"
        folder = str(self._desk.folder())
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open workspace"), folder, kinds)
        if name:
            self._desk.open_workspace(Path(name))

    def rescue(self) -> None:
        """Ask for a damaged workspace and rescue what can be read of it."""
        kinds = f"{self.tr('Seqlens workspaces')} (*{SUFFIX}*)"  # backups too, whose names go on behind it
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Rescue a workspace"), str(self._desk.folder()), kinds)
        if name:
            self._desk.rescue(Path(name))

    def save_as(self) -> None:
        """Ask for a name and go on in a copy of the open workspace."""
        kinds = f"{self.tr('Seqlens workspaces')} (*{SUFFIX})"
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save as"), str(self._desk.folder()), kinds)
        if name:
            self._desk.save_as(Path(name if name.endswith(SUFFIX) else name + SUFFIX))

    def export(self) -> None:
        """Ask which lists to write, and where."""
        workspace = self._state.workspace
        if workspace is None:
            return

        def active(progress: object) -> object:
            del progress
            return workspace.active_run()

        self._background.ask("export run", active, done=self._export)

    def _export(self, run: object) -> None:
        from core.runs import Run
        from desktop_app.dialogs.export import ExportDialog

        if isinstance(run, Run):
            open_once(ExportDialog(self._state, self._background, run, parent=self))
        else:
            self.show_page("training")
            self.tell(self.tr("Train a model first: lists are made by a trained model."))

    def export_features(self) -> None:
        """Ask for the rows and a file, and write what each user, or group of users, is like into it."""
        from desktop_app.dialogs.features import FeaturesDialog

        dialog = FeaturesDialog(self)
        dialog.chosen.connect(self._export_features)
        open_once(dialog)

    def _export_features(self, together: int) -> None:
        from desktop_app.dialogs.features import ask_file, export

        workspace = self._state.workspace
        if workspace is not None and (path := ask_file(self, self._desk.folder())) is not None:
            export(workspace, path, together, self._background, self.tell, self.complain)

    def report(self, kind: str) -> None:
        """Ask for a file and write a report of the "page", the "user" or the "run" into it."""
        from desktop_app.dialogs.report import save

        shown = self._page_titles()[tuple(PAGES)[self.navigation.currentRow()]], self.stack.currentWidget()
        save(kind, shown, self._state, self._background, self, self._desk.folder(), self.tell, self.complain)

    def go_to_user(self) -> None:
        """Ask for a part of a user's id, and select the one that is chosen."""
        self.open_palette().ask_for_user()

    def find_users(self) -> None:
        """Ask for users in words, and show who is found."""
        from desktop_app.dialogs.find_users import FindUsers

        if self._state.workspace is not None:
            dialog = FindUsers(self._state, self._background, self)
            dialog.timeline_asked.connect(lambda: self.show_page("timeline"))
            open_once(dialog)

    def open_palette(self) -> PaletteDialog:
        """Everything that can be done now, to be found by a few letters."""
        from desktop_app.dialogs.palette import PaletteDialog

        preferences, opened = self._desk.preferences, self._state.workspace is not None
        search = self._find_users if opened else None
        dialog = PaletteDialog(
            self._commands(),
            preferences.recent_commands,
            search,
            self._state.select_user,
            preferences.remember_command,
            self,
        )
        self._background.ask("other words", _other_words, done=dialog.show_other_words)
        open_once(dialog)
        if opened:
            self._background.ask("page modules", _import_pages, done=lambda _: self._complete(dialog))
        return dialog

    def _complete(self, dialog: PaletteDialog) -> None:
        """Have the palette find what pages do that were not shown yet: one is made in each beat, as long as it is open.

        Their modules are imported by then. The last ones hear a little later what they can do with the data.
        """
        missing = [name for name in PAGES if name not in self._pages]
        if missing:
            self._page(missing[0])
            QTimer.singleShot(0, dialog, lambda: self._complete(dialog))
        else:
            QTimer.singleShot(HEARING_MS, dialog, lambda: dialog.show_commands(self._commands()))
        dialog.show_commands(self._commands())

    def _commands(self) -> list[Command]:
        from desktop_app.widgets import commands

        self.edit.refresh()
        named = [action for name, action in self.actions_by_name.items() if name != "palette"]
        found, elsewhere, titles = [], [], self._page_titles()
        for name, page in self._pages.items():
            if page is self.stack.currentWidget():
                found += commands.of_page(page, titles[name])
            else:
                elsewhere += commands.of_page(page, titles[name], partial(self.show_page, name))
        return [*found, *commands.of_window([*named, *self.edit.actions()]), *elsewhere]

    def _find_users(self, text: str, done: Callable[[Sequence[tuple[str, int]]], object]) -> None:
        from desktop_app.parts.recommendation_work import find_users

        self._background.ask("palette users", find_users, self._state.workspace, None, text, done=done)

    def show_settings(self) -> None:
        """Language, theme and where workspaces are kept."""
        from desktop_app.dialogs.settings import SettingsDialog

        open_once(SettingsDialog(self._desk, self))

    def show_help(self) -> None:
        """The documentation."""
        from desktop_app.dialogs.help import HelpDialog

        HelpDialog(self).show()

    def start_tour(self) -> None:
        """Lead through the first steps, until the analyst has seen enough."""
        from desktop_app.tour import Tour

        if self.tour is None:
            self.tour = Tour(self)
            self.tour.page_wanted.connect(self.show_page)
            self.tour.ended.connect(self._desk.tour_ended)
        self.tour.start()

    def show_about(self) -> None:
        """Versions, licence, and where to read more."""
        from desktop_app.dialogs.about import AboutDialog

        open_once(AboutDialog(self))

    def tell(self, text: str) -> None:
        """Say something for a while without asking for a click."""
        self.statusBar().showMessage(text, 8000)

    def complain(self, error: Exception, report: str = "") -> None:
        """Show an error with what to do about it; a report of one that should not be can be copied."""
        box = QMessageBox(QMessageBox.Icon.Warning, "Seqlens", error_text(error), parent=self)
        box.setObjectName("error")
        if report:
            box.setInformativeText(
                self.tr("This should not have happened. The details help to mend it, and hold nothing of your data.")
            )
            copy = box.addButton(self.tr("Copy details"), QMessageBox.ButtonRole.ActionRole)
            copy.clicked.connect(lambda: self._desk.copy(report))
        box.addButton(QMessageBox.StandardButton.Ok)
        open_once(box)

    # ------------------------------------------------------------------------------------------- events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.open_dropped(event.mimeData().urls())
        event.acceptProposedAction()

    def open_dropped(self, urls: Sequence[QUrl]) -> None:
        """A workspace is opened, other files are imported into a new one."""
        self._desk.open_paths([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._placed.start()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._placed.start()

    def _keep_place(self) -> None:
        """Remember where the window is, so that it is there again even after its process was killed."""
        if self.isVisible():
            self._desk.preferences.geometry = self.saveGeometry()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._background.job is not None and not self._desk.leaving:
            question = self.tr("{0} is still running. Stop it and quit? What it has so far is kept.")
            text = question.format(self._background.job.title)
            stop = QMessageBox.question(self, "Seqlens", text) == QMessageBox.StandardButton.Yes
            if not (stop or self._desk.leaving):  # nobody answers where the system ends the session meanwhile
                event.ignore()
                return
        self._placed.stop()
        self._keep_place()
        self._desk.window_closed(self)
        event.accept()

    def _dress(self) -> None:
        for name, action in self.actions_by_name.items():
            picture = action.property("picture")
            if picture:
                action.setIcon(icon(str(picture)))
            if name == f"theme-{theme.scheme()}":
                action.setChecked(True)
        for row, name in enumerate(PAGES):
            self.navigation.item(row).setIcon(icon(name))


def _import_pages(progress: Progress) -> None:
    """Import the pages, which takes seconds the first time, with all that they need."""
    for module, _ in PAGES.values():
        progress.check()
        import_module(module)


def _other_words(progress: object) -> dict[str, tuple[str, ...]]:
    """What the texts of the screen are in the other language; commands are found by those as well."""
    from desktop_app.widgets.commands import other_words

    del progress
    return other_words(TRANSLATIONS / "seqlens_zh_CN.ts")
