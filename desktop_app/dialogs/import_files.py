"""The dialog that reads files: what the columns are, how rows are cleaned, then the report of what came in."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.data.settings import ImportSettings
from core.errors import SeqlensError
from core.privacy import passphrase, pseudonyms
from desktop_app.dialogs import import_work
from desktop_app.dialogs.feedback_file import AsFeedback
from desktop_app.dialogs.passphrase import PassphraseDialog
from desktop_app.translation import error_text, translate_core
from desktop_app.widgets import readable
from desktop_app.widgets.file_tabs import FileTabs
from desktop_app.widgets.import_options import ImportOptions
from desktop_app.widgets.import_report import ImportReportView
from desktop_app.widgets.passing import open_once
from desktop_app.widgets.reading_line import ReadingLine

if TYPE_CHECKING:
    from core.data.preview import Preview
    from core.data.report import ImportReport
    from core.progress import Progress
    from core.workspace import Workspace
    from desktop_app.background import Background, Job
    from desktop_app.state import AppState

OPTIONS_HEIGHT = 318  # pixels; more are scrolled to
LOOKING, CHOOSING, REPORTING = range(3)


class ImportDialog(QDialog):
    """Shows the first rows with a guess of what they are, imports in the background, then shows the report.

    Attributes:
        preview: what the files look like; None until it is known.
        report: of the import; None until it is done.

    Signals:
        imported: with the `Workspace` that now holds the files: the open one, or a new one.
    """

    imported = Signal(object)

    def __init__(
        self,
        paths: list[Path],
        state: AppState,
        background: Background,
        parent: QWidget | None = None,
        into: Workspace | None = None,
        folder: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self.preview: Preview | None = None
        self.report: ImportReport | None = None
        self._events = state.workspace is None  # else they may be feedback on what is open
        self._arriving = False  # whether other choices are on their way into view
        self._before = False  # whether the columns are named as in an earlier import
        self._asked = ImportSettings(files=tuple(paths))
        self._state, self._background, self._into = state, background, into
        self._job: Job | None = None
        self.setObjectName("import")
        self.setWindowTitle(self.tr("Import files"))
        self.setAcceptDrops(False)
        self.resize(1120, 760)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        self._pages = QStackedWidget(self)
        layout.addWidget(self._pages, 1)
        self._pages.addWidget(self._looking_page())
        self._choices = QWidget(self._pages)
        self._pages.addWidget(self._choices)
        self._fill_choices()
        self.view = ImportReportView(self._pages)
        self._pages.addWidget(self.view)
        self.message = QLabel()
        self.message.setObjectName("import_message")
        self.message.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the import"))
        self.bar.hide()
        self.path.setText(str(import_work.free_path(folder or Path.home(), paths)))
        layout.addWidget(self.bar)
        layout.addLayout(self._buttons())
        self._look()

    # ---------------------------------------------------------------- building

    def _looking_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        self._looking = QLabel(self.tr("Reading the first rows …"))
        self._looking.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._looking.setWordWrap(True)
        column.addWidget(self._looking)
        return page

    def _fill_choices(self) -> None:
        column = QVBoxLayout(self._choices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._first_line())
        self.files = FileTabs(self._choices)
        self.files.roles_changed.connect(self._roles_changed)
        column.addWidget(self.files, 1)
        scroll = QScrollArea(self._choices)
        column.addWidget(scroll)
        self.options = ImportOptions(scroll)
        self.options.changed.connect(self._check)
        self.options.key_field.save_asked.connect(self._save_key)
        scroll.setWidget(self.options)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedHeight(OPTIONS_HEIGHT)
        column.addWidget(self._target())

    def _first_line(self) -> QHBoxLayout:
        self.reading = ReadingLine()
        self.reading.changed.connect(self._read_again)
        self.catalogue_button = QPushButton(self.tr("Add a catalogue…"))
        self.catalogue_button.setObjectName("add_catalogue")
        self.catalogue_button.setToolTip(self.tr("A file that describes the items: title, category, price"))
        self.catalogue_button.clicked.connect(self._choose_catalogue)
        line = QHBoxLayout()
        line.addWidget(self.reading)
        line.addStretch(1)
        line.addWidget(self.catalogue_button)
        return line

    def _target(self) -> QWidget:
        area = QFrame()
        line = QHBoxLayout(area)
        line.setContentsMargins(0, 0, 0, 0)
        self.path = QLineEdit()
        self.path.setObjectName("workspace_path")
        self.path.setAccessibleName(self.tr("Workspace file"))
        self.path.textEdited.connect(self._check)
        self.encrypt_box = QCheckBox(self.tr("Encrypted"))
        if self._into is not None:
            line.addWidget(QLabel(self.tr("The rows are added to “{0}”.").format(self._into.path.stem)))
            line.addStretch(1)
            return area
        browse = QPushButton(self.tr("Browse…"))
        browse.setObjectName("browse")
        browse.clicked.connect(self._browse)
        line.addWidget(QLabel(self.tr("New workspace")))
        line.addWidget(self.path, 1)
        line.addWidget(browse)
        self.encrypt_box.setObjectName("encrypt")
        self.encrypt_box.setToolTip(self.tr("Nobody reads the file without the passphrase, which is asked for next"))
        self.encrypt_box.setChecked(passphrase.VARIABLE in os.environ)
        line.addWidget(self.encrypt_box)
        return area

    def _buttons(self) -> QHBoxLayout:
        self.save_button = QPushButton(self.tr("Save the report…"))
        self.save_button.setObjectName("save_report")
        self.save_button.clicked.connect(self._choose_report_file)
        self.save_button.hide()
        self.close_button = QPushButton(self.tr("Cancel"))
        self.close_button.setObjectName("import_close")
        self.close_button.clicked.connect(self.reject)
        self.import_button = QPushButton(self.tr("Import"))
        self.import_button.setObjectName("import_start")
        self.import_button.setProperty("primary", True)
        self.import_button.setDefault(True)
        self.import_button.setEnabled(False)
        self.import_button.clicked.connect(self._import)
        line = QHBoxLayout()
        line.addWidget(self.save_button)
        line.addWidget(self.message, 1)
        line.addWidget(self.close_button)
        line.addWidget(self.import_button)
        return line

    # ---------------------------------------------------------------- looking at the files

    def _look(self) -> None:
        self._looking_at = self._background.ask(
            *("import preview", import_work.first_look, self._asked, self._into, self._events),
            done=self._seen,
            failed=self._unseen,
        )

    def _seen(self, look: import_work.FirstLook | None) -> None:
        if look is None:
            open_once(AsFeedback(self._asked.files[0], self._state, self._background, self, self._take_events))
            return
        self._arriving = True
        self.import_button.setEnabled(False)  # until the choices are of these files too
        kept = self.files.show_files(look.preview.files)
        QTimer.singleShot(1, self, lambda: self._show_choices(look, kept))  # many columns are work enough for a beat

    def _take_events(self) -> None:
        """Its verdicts are behaviours."""
        self._events = True
        self._look()

    def _show_choices(self, look: import_work.FirstLook, kept: bool) -> None:
        self._arriving = False
        preview = self.preview = look.preview
        self._before = look.before
        self.reading.show_file(preview.files[0])
        self.options.need_key(look.sealed)
        self.options.show_settings(preview.settings, preview.behaviours, preview.negative)
        self._pages.setCurrentIndex(CHOOSING)
        self._roles_changed(kept)  # what was chosen while they were on their way counts too
        if self.close_button.hasFocus():  # the only button until now; Enter is to import, not to give up
            self.import_button.setFocus()

    def _unseen(self, error: Exception) -> None:
        if self.preview is None:
            self._looking.setText(self.tr("These files cannot be imported."))
            self.close_button.setText(self.tr("Close"))
        self._complain(error_text(error))

    def _read_again(self) -> None:
        self._asked = self.reading.settings(self._asked)
        self._look()

    def _roles_changed(self, kept: bool = False) -> None:
        """Another column of behaviours or times has other values to show; `kept`: chosen before the files were read."""
        if self.preview is None or self._arriving:
            return
        former, chosen = self.preview.settings.columns or {}, self.files.roles("events")
        self._check()
        if any(_columns(former, role) != _columns(chosen, role) for role in ("behaviour", "time")):
            items_columns = self.files.roles("items") or None
            asked = replace(
                self.preview.settings,
                columns=chosen,
                items_columns=items_columns,
                time_format=self._asked.time_format,
            )
            seen = partial(self._seen_again, kept=kept)
            self._looking_at = self._background.ask(
                "import preview", import_work.look, asked, done=seen, failed=self._unseen
            )

    def _seen_again(self, preview: Preview, kept: bool) -> None:
        assert self.preview is not None
        former, self.preview = self.preview.settings, preview
        columns = former.columns or {}, preview.settings.columns or {}
        if _columns(columns[0], "behaviour") != _columns(columns[1], "behaviour"):
            self.options.show_behaviours(preview.settings, preview.behaviours, preview.negative)
        own = kept and self.options.has_own_format
        if _columns(columns[0], "time") != _columns(columns[1], "time") and not own:
            self.options.show_time_format(preview.settings.time_format)
        self._check()

    def _choose_catalogue(self) -> None:
        dialog = QFileDialog(self, self.tr("Add a catalogue"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.add_catalogue)
        open_once(dialog)

    def add_catalogue(self, paths: list[str]) -> None:
        """Read `paths` as descriptions of the items as well."""
        known = self._asked.items_files
        fresh = tuple(path for path in map(Path, paths) if path not in known)
        self._asked = replace(self._asked, items_files=(*known, *fresh))
        self._look()

    # ---------------------------------------------------------------- the choices

    def settings(self) -> ImportSettings:
        """What was chosen.

        Raises:
            SeqlensError: something that was written cannot be read.
        """
        assert self.preview is not None
        base = replace(
            self.preview.settings, columns=self.files.roles("events"), items_columns=self.files.roles("items") or None
        )
        return self.options.settings(base)

    def _save_key(self, path: Path) -> None:
        try:
            key = self.options.key_field.key()
        except SeqlensError as error:
            self._complain(error_text(error))
            return
        self._background.write(
            *(pseudonyms.write_key, path, key),
            done=lambda _: self._tell(self.tr("The key is in {0}. Keep it apart and secret.").format(path)),
            failed=lambda error: self._complain(error_text(error)),
        )

    def _check(self) -> None:
        """Say at once what would keep the import from working."""
        if self.preview is None or self._arriving or self._job is not None:
            return
        roles = set(self.files.roles("events").values())
        self.options.set_roles(roles | set(self.files.roles("items").values()))
        wrong = ""
        if "user" not in roles:
            wrong = self.tr("Which column is the user? Choose “User” above it.")
        elif "item" not in roles and "text" not in roles:
            wrong = self.tr("Which column is the item? Choose “Item” above it.")
        elif self._into is None and not self.path.text().strip():
            wrong = self.tr("Where should the workspace be kept? Choose a file.")
        else:
            try:
                self.settings()
            except SeqlensError as error:
                wrong = error_text(error)
        self.import_button.setEnabled(not wrong)
        if wrong:
            self._complain(wrong)
        else:
            self._tell(self._summary())

    def _summary(self) -> str:
        assert self.preview is not None
        size = sum(file.bytes for file in self.preview.files)
        notes = [translate_core(note.template, note.values) for file in self.preview.files for note in file.notes]
        if self._before:
            notes.insert(0, self.tr("The columns and choices are those of an earlier import of such files."))
        return "\n".join((self.tr("Size of the files: {0}").format(self.locale().formattedDataSize(size)), *notes))

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("New workspace"), self.path.text(), self.tr("Workspaces (*.seqlens)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setDefaultSuffix(import_work.SUFFIX.lstrip("."))
        dialog.fileSelected.connect(self.path.setText)
        dialog.fileSelected.connect(lambda _: self._check())
        open_once(dialog)

    # ---------------------------------------------------------------- the import

    def _import(self) -> None:
        if self.report is not None:
            self.accept()
            return
        try:
            settings = self.settings()
        except SeqlensError as error:
            self._complain(error_text(error))
            return
        if self.encrypt_box.isChecked():
            self._ask_for_words(settings)
        else:
            self._begin(settings)

    def _ask_for_words(self, settings: ImportSettings) -> None:
        told = self.tr("Take several words that you will not forget. Nobody can open the workspace without them.")
        dialog = PassphraseDialog(self.tr("Encrypt the new workspace"), told, new=True, parent=self)
        dialog.given.connect(lambda words: self._begin(settings, words))
        open_once(dialog)

    def _begin(self, settings: ImportSettings, words: str | None = None) -> None:
        work: tuple[Callable[..., object], Path | Workspace, ImportSettings]
        try:
            if self._into is None:
                path = import_work.typed_path(self.path.text())
                work = (partial(import_work.into_new, words=words), path, settings)
            else:
                work = (import_work.into_open, self._into, settings)
            self._start(work)
        except SeqlensError as error:
            self._complain(error_text(error))

    def _start(self, work: tuple[Callable[..., object], Path | Workspace, ImportSettings]) -> None:
        self._job = self._background.start(*work, done=self._done, failed=self._failed, title=self.tr("Import"))
        self._job.progressed.connect(self._progressed)
        self._job.cancelled.connect(self._stopped)
        self._work(True)
        self._tell(self.tr("Reading the files …"))

    def _work(self, working: bool) -> None:
        self._choices.setEnabled(not working)
        self.bar.setValue(0)
        self.bar.setVisible(working)
        self.import_button.setEnabled(not working)
        self.close_button.setEnabled(True)
        self.close_button.setText(self.tr("Stop") if working else self.tr("Cancel"))

    def _progressed(self, fraction: float, message: str, figures: dict[str, object]) -> None:
        self.bar.setValue(round(1000 * fraction))
        self._tell(translate_core(message, figures))

    def _done(self, result: tuple[Workspace, ImportReport]) -> None:
        workspace, self.report = result
        self._job = None
        self._work(False)
        self.view.show_report(self.report)
        self._pages.setCurrentIndex(REPORTING)
        self.setWindowTitle(self.tr("What was imported"))
        self._tell(self.tr("Events added: {0}").format(readable.count(self.report.new_events)))
        self.save_button.show()
        self.close_button.hide()
        self.import_button.setText(self.tr("Continue"))
        self.import_button.setFocus()
        self.imported.emit(workspace)

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._work(False)
        self._complain(error_text(error))

    def _stopped(self) -> None:
        self._job = None
        self._work(False)
        self._tell(self.tr("Stopped. Nothing was imported."))

    def _choose_report_file(self) -> None:
        kinds = ";;".join((self.tr("Whole report (*.json)"), self.tr("Rejected rows (*.csv)")))
        dialog = QFileDialog(self, self.tr("Save the report"), self.tr("import report") + ".json", kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.fileSelected.connect(lambda name: self.save_report(Path(name)))
        open_once(dialog)

    def save_report(self, path: Path) -> None:
        """Write the report to `path`: JSON, or the rejections alone if the name ends in .csv."""
        assert self.report is not None
        report = self.report

        def write(progress: Progress) -> None:
            progress.check()
            import_work.save_report(report, path)

        self._background.ask(
            "import report",
            write,
            done=lambda _: self._tell(self.tr("The report is in {0}.").format(path)),
            failed=lambda error: self._complain(error_text(error)),
        )

    # ---------------------------------------------------------------- words and leaving

    def _tell(self, text: str) -> None:
        self._say(text, "muted")

    def _complain(self, text: str) -> None:
        self._say(text, "error")

    def _say(self, text: str, role: str) -> None:
        self.message.setText(text)
        if self.message.property("role") != role:
            self.message.setProperty("role", role)
            self.message.style().polish(self.message)

    def reject(self) -> None:
        """Cancel, Escape and the window's cross: stop a running import first."""
        if self._job is not None:
            self.close_button.setEnabled(False)
            self._job.cancel()
        elif self.report is not None:
            self.accept()
        else:
            super().reject()

    def done(self, result: int) -> None:
        """The end of the dialog, however it came: nobody waits for an answer any more."""
        self._looking_at.cancel()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._job is not None:
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)


def _columns(roles: Mapping[str, str], role: str) -> set[str]:
    return {column for column, had in roles.items() if had == role}
