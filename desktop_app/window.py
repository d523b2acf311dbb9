"""The frame: navigation, menus, status bar, and the pages that are built when they are first shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
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
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QMessageBox,
    QWidget,
)

from desktop_app import theme
from desktop_app.background import GOING
from desktop_app.courtesy import USES
from desktop_app.icons import icon
from desktop_app.menus import make_actions, make_menus, page_titles
from desktop_app.opening import Opening
from desktop_app.page_stack import PageStack
from desktop_app.pages import PAGES
from desktop_app.painting import PaintsApart, paint_in_parts
from desktop_app.palette import open_palette
from desktop_app.translation import error_text
from desktop_app.turns import take_turn
from desktop_app.widgets import readable
from desktop_app.widgets.actions import make_action
from desktop_app.widgets.job_status import JobStatus
from desktop_app.widgets.passing import open_once
from desktop_app.widgets.start_note import StartNote

if TYPE_CHECKING:
    from desktop_app.app import Desk
    from desktop_app.dialogs.palette import PaletteDialog
    from desktop_app.tour import Tour

EXPOSED_MS = 1000  # in which a desktop asks a window that it shows to paint itself, if it does
PLACED_MS = 1000  # after the window was moved until that is remembered


class Window(QMainWindow):
    """The one main window.

    Attributes:
        actions_by_name: every action by its object name; menus, shortcuts and tests use the same ones.
        opening: asks for what is to be opened.
        tour: the tour, once it was begun.
        painted: emitted once, after the window was drawn for the first time.
    """

    painted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._state, self._background = desk, desk.state, desk.background
        self._seen = False
        PaintsApart(self)
        self._formers: list[Window] = []  # in whose place this one is about to be seen
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
        self.opening = Opening(self, desk)
        make_actions(self, desk)
        self.opening.show_watched()
        self.edit, self._recent = make_menus(self, desk)
        self._make_body()
        self._make_status_bar()
        self._state.workspace_changed.connect(self._workspace_changed)
        self._state.data_changed.connect(self._count)
        self._state.runs_changed.connect(self._keep_trail)
        desk.trail.page_wanted.connect(self.show_page)
        desk.trail.changed.connect(self._show_trail)
        self._background.job_started.connect(self._job_started)
        self._background.job_ended.connect(self._job_ended)
        theme.changed.connect(self._dress)
        self._workspace_changed()
        job = self._background.job
        if job is not None and job.objectName() in PAGES:
            self.stack.prepare(job.objectName())  # whose page in the window before began it; this tells how it ends

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

    # ------------------------------------------------------------------------------------------- body

    def _make_body(self) -> None:
        self.navigation = QListWidget()
        self.navigation.setObjectName("navigation")
        self.navigation.setAccessibleName(self.tr("Pages"))
        self.navigation.setIconSize(QSize(20, 20))
        for name, title in page_titles().items():
            entry = QListWidgetItem(icon(name), title)
            entry.setData(Qt.ItemDataRole.UserRole, name)
            entry.setToolTip(f"{title} ({self.actions_by_name[f'page-{name}'].shortcut().toString()})")
            self.navigation.addItem(entry)
        width = self.navigation.sizeHintForColumn(0) + 40
        self.navigation.setFixedWidth(max(180, width))
        self.navigation.currentRowChanged.connect(lambda row: self.show_page(tuple(PAGES)[row]))
        self.stack = PageStack(self._state, self._background)
        self.stack.navigated.connect(self.show_page)
        self.stack.import_asked.connect(self.opening.import_more)
        self.stack.private_training_asked.connect(self._show_private_training)
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
        else:
            self.stack.show_page(name)

    def _show_start(self) -> None:
        ways = [self.actions_by_name[name] for name in ("open-files", "open-sample", "open-workspace")]
        start = StartNote(ways, self._desk.preferences.recent)
        start.recent_chosen.connect(self._desk.open_workspace)
        self.stack.show_note(start)

    def _workspace_changed(self) -> None:
        opened = self._state.workspace is not None
        for name in (
            *("import-more", "import-folder", "watch-folder", "save-as", "export", "export-features"),
            *("report-page", "report-user", "report-run", "go-to-user", "find-users", "find-items"),
        ):
            self.actions_by_name[name].setEnabled(opened)
        name = self._desk.page
        workspace = self._state.workspace
        self.setWindowTitle("Seqlens" if workspace is None else f"{workspace.path.stem} – Seqlens")
        row = tuple(PAGES).index(name)
        if self.navigation.currentRow() == row:
            self.show_page(name)
        else:
            self.navigation.setCurrentRow(row)
        self._count()
        self._keep_trail()

    def stand_back(self) -> None:
        """Do nothing any more of what the analyst asks for but to quit: another window is about to take its place."""
        self.setProperty(GOING, True)
        for action in self.findChildren(QAction):  # whose shortcuts come before any event; looks are to stay
            action.blockSignals(action.objectName() != "quit")

    def take_over(self, formers: list[Window]) -> None:
        """Take the place of others, whose pages go one by one once this one is painted: all at once is in the way."""
        self._formers = formers
        self.show()
        QTimer.singleShot(EXPOSED_MS, self, self._paint_first)

    def _paint_first(self) -> None:
        """Paint what is here for the first time, as the desktop asks for now, and let those before go."""
        formers, self._formers = self._formers, []
        if formers:
            paint_in_parts(self, lambda: [former.go() for former in formers])

    def go(self) -> None:
        """Make room for another window."""
        self.hide()
        take_turn(self, self.take_apart, later=True)

    def take_apart(self) -> None:
        """Delete this window and its pages, each in a beat of its own."""
        if self.stack.take_apart():
            take_turn(self, self.take_apart, alone=True, later=True)
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
        if event.type() == QEvent.Type.Expose:
            self._paint_first()
        if event.type() in USES and self.property(GOING):
            return True  # another window is about to take the place of this one, and would not show what is done here
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

        def show(counts: object) -> None:
            if self._state.workspace is workspace:
                self._show_counts(counts)

        self._background.ask("counts", count, done=show)

    def _show_counts(self, counts: object) -> None:
        figures = (readable.count(getattr(counts, name)) for name in ("users", "items", "events"))
        self.counts.setText(self.tr("{0} users · {1} items · {2} events").format(*figures))

    def _job_started(self, job: object) -> None:
        self.job.follow(job)  # type: ignore[arg-type]

    def _job_ended(self, job: object) -> None:
        if self._background.job is None or self._background.job is job:
            self.job.end()

    # ------------------------------------------------------------------------------------------- what actions do

    def export(self) -> None:
        """Ask which lists to write, and where."""
        workspace = self._state.workspace
        if workspace is None:
            return

        def active(progress: object) -> object:
            del progress
            return workspace.active_run()

        def show(run: object) -> None:
            if self._state.workspace is workspace:
                self._export(run)

        self._background.ask("export run", active, done=show)

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
            export(workspace, path, together, self._background, self._desk.tell, self._desk.complain)

    def report(self, kind: str) -> None:
        """Ask for a file and write a report of the "page", the "user" or the "run" into it."""
        from desktop_app.dialogs.report import save

        title = page_titles()[tuple(PAGES)[self.navigation.currentRow()]]
        desk = self._desk
        rest = self._state, self._background, self, desk.folder(), desk.tell, desk.complain
        self.stack.when_shown(lambda page: save(kind, (title, page), *rest))

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

    def find_items(self) -> None:
        """Ask for items in words, and show which are found."""
        from desktop_app.dialogs.find_items import FindItems

        if self._state.workspace is not None:
            dialog = FindItems(self._state, self._background, self)
            dialog.timeline_asked.connect(self._show_timeline)
            open_once(dialog)

    def _show_timeline(self, text: str) -> None:
        self.show_page("timeline")
        if text:
            self.stack.when_shown(lambda page: page.filter_by(text))

    def _show_private_training(self) -> None:
        self.show_page("training")
        self.stack.when_shown(lambda page: page.form.choose_private())

    def open_palette(self) -> PaletteDialog:
        """Everything that can be done now, to be found by a few letters."""
        return open_palette(self, self._desk)

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
        self.opening.open_dropped(event.mimeData().urls())
        event.acceptProposedAction()

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
        self.actions_by_name[f"theme-{theme.scheme()}"].setChecked(True)
        pictures = [(action, action.property("picture")) for action in self.actions_by_name.values()]
        items = [(self.navigation.item(row), name) for row, name in enumerate(PAGES)]
        for item, name in (*items, *((action, picture) for action, picture in pictures if picture)):
            take_turn(self, lambda item=item, name=name: item.setIcon(icon(str(name))), later=True)  # some are drawn
