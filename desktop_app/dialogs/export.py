"""The dialog that writes lists to a file: for whom, how long, in which format, with or without the breakdown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core.errors import SeqlensError
from core.files import there, typed_file
from core.privacy.groups import is_small
from core.recommend.policy import KIND, Policy
from desktop_app.dialogs import export_work
from desktop_app.dialogs.save_file import may_replace
from desktop_app.translation import error_text, translate_core
from desktop_app.widgets import readable
from desktop_app.widgets.fields import Fields, inset
from desktop_app.widgets.passing import open_once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.listing import ListRequest
    from core.runs import Run
    from desktop_app.background import Background, Job
    from desktop_app.state import AppState

FORMATS = (".csv", ".xlsx", ".json", ".parquet")


class ExportDialog(QDialog):
    """Asks, then writes in the background while it shows how far it is, then offers the folder."""

    def __init__(
        self,
        state: AppState,
        background: Background,
        run: Run,
        selected: Sequence[str] = (),
        policy: Policy | str = "",
        page: ListRequest | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Ask about the lists of a run.

        Args:
            selected: ids of the users that are offered.
            policy: what the lists are to be put in order by at first: the name of a saved policy, empty for none, or
                one that is saved nowhere.
            page: the list that is shown; what it asks for in words, its category and its weights can be kept for one
                user.
        """
        super().__init__(parent)
        self._state, self._background, self._run = state, background, run
        self._selected = list(selected)  # ids
        self._page = page
        self._agreed: Path | None = None  # the file that may be replaced
        self._job: Job | None = None
        self._sizes: export_work.Sizes | None = None  # None until they are counted
        self._written = Path()
        self.setObjectName("export")
        self.setWindowTitle(self.tr("Export recommendations"))
        self.setMinimumWidth(520)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        intro = QLabel(self.tr("Lists by “{0}”, serving fit: trained on all events.").format(run.name))
        intro.setProperty("role", "muted")
        intro.setWordWrap(True)
        layout.addWidget(intro)
        self._fields = QWidget()
        self._fields.setLayout(self._form(policy))
        layout.addWidget(self._fields)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the export"))
        self.bar.hide()
        self.message = QLabel()
        self.message.setObjectName("export_message")
        self.message.setWordWrap(True)
        layout.addWidget(self.bar)
        layout.addWidget(self.message)
        layout.addLayout(self._buttons())
        self.selected_users.toggled.connect(self._follow)
        self.of_segment.toggled.connect(self._follow)
        self.all_users.toggled.connect(self._follow)
        self.segment.currentIndexChanged.connect(self._follow)
        self.all_the_same.toggled.connect(self._follow)
        self.ids.textChanged.connect(self._follow)
        self.path.textChanged.connect(self._follow)
        self._follow()
        if state.workspace is not None:
            background.ask("export sizes", export_work.sizes, state.workspace, done=self._counted)

    # ---------------------------------------------------------------- building

    def _form(self, policy: Policy | str) -> Fields:
        form = Fields()
        self.k = inset(QSpinBox())
        self.k.setObjectName("export_k")
        self.k.setRange(1, 1000)
        self.k.setValue(10)
        self.hide_seen = QCheckBox(self.tr("Hide what the user already has"))
        self.hide_seen.setObjectName("export_hide_seen")
        self.hide_seen.setChecked(self._run.hide_seen)
        self.breakdown = QCheckBox(self.tr("With the parts of each score, a column for each component"))
        self.breakdown.setObjectName("export_breakdown")
        self.watermark = QCheckBox(self.tr("With a last row that says of which data and run this is"))
        self.watermark.setObjectName("export_watermark")
        self.policy = self._policies(policy)
        self.format = QComboBox()
        self.format.setObjectName("export_format")
        for suffix, text in zip(
            FORMATS, (self.tr("CSV"), self.tr("Excel (XLSX)"), self.tr("JSON"), self.tr("Parquet")), strict=True
        ):
            self.format.addItem(text, suffix)
        self.format.currentIndexChanged.connect(self._follow_format)
        form.add(self.tr("Users"), self._scope(), top=True)
        form.add("", self._few())
        form.add(self.tr("Items for each"), self.k)
        form.add("", self.hide_seen)
        self.as_shown = QCheckBox(self.tr("With the category, the words and the learned weights of the page"))
        self.as_shown.setObjectName("export_as_shown")
        self.as_shown.setChecked(self._page is not None)
        self.as_shown.setVisible(self._page is not None)
        if self._page is not None:
            form.add("", self.as_shown)
        form.add("", self.breakdown)
        form.add("", self.watermark)
        if self.policy.count() > 1:
            form.add(self.tr("Policy"), self.policy)
        form.add(self.tr("Format"), self.format)
        form.add(self.tr("File"), self._path())
        return form

    def _policies(self, chosen: Policy | str) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName("export_policy")
        box.setToolTip(self.tr("Policies are saved on the page of recommendations, under Purpose"))
        box.addItem(self.tr("None: the model's own order"), "")
        if isinstance(chosen, Policy):
            box.addItem(self.tr("As on the page, not saved"), chosen)
        for name in [] if self._state.workspace is None else self._state.workspace.saved.names(KIND):
            box.addItem(name, name)
        box.setVisible(box.count() > 1)
        box.setCurrentIndex(1 if isinstance(chosen, Policy) else max(0, box.findData(chosen)))
        return box

    def _scope(self) -> QWidget:
        self.this_user = QRadioButton(self.tr("This user"))
        self.this_user.setObjectName("export_this")
        self.selected_users = QRadioButton(self.tr("These users"))
        self.selected_users.setObjectName("export_selected")
        self.of_segment = QRadioButton(self.tr("The segment"))
        self.of_segment.setObjectName("export_segment")
        self.all_users = QRadioButton(self.tr("All users"))
        self.all_users.setObjectName("export_all")
        area = QWidget()
        column = QVBoxLayout(area)
        column.setContentsMargins(0, 0, 0, 0)
        group = QButtonGroup(area)
        for button in (self.this_user, self.selected_users, self.of_segment, self.all_users):
            group.addButton(button)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.segment = QComboBox()
        self.segment.setObjectName("export_segment_name")
        self.segment.setAccessibleName(self.tr("The segment"))
        self.segment.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.segment.setMinimumContentsLength(24)
        names = [] if self._state.workspace is None else self._state.workspace.saved.names("segment")
        self.segment.addItems(names)
        self.segment.setCurrentIndex(max(0, self.segment.findText(self._state.segment or "")))
        column.insertWidget(3, self.segment, 0, Qt.AlignmentFlag.AlignLeft)
        self.of_segment.setVisible(bool(names))
        self.ids = QPlainTextEdit("\n".join(self._selected))
        self.ids.setObjectName("export_ids")
        self.ids.setAccessibleName(self.tr("Ids of the users"))
        self.ids.setPlaceholderText(self.tr("User ids, one a line"))
        self.ids.setFixedHeight(5 * self.ids.fontMetrics().lineSpacing())
        self.ids.setTabChangesFocus(True)
        column.insertWidget(2, self.ids)
        self.this_user.setEnabled(self._state.user >= 0)
        one = self.this_user if self._state.user >= 0 else self.all_users
        one = self.of_segment if self._state.segment in names else one
        (self.selected_users if self._selected else one).setChecked(True)
        return area

    def _few(self) -> QWidget:
        """Says, before anything is written, that the users are so few that each can be recognised."""
        self.warning = QLabel()
        self.warning.setObjectName("export_warning")
        self.warning.setProperty("role", "error")
        self.warning.setWordWrap(True)
        self.all_the_same = QCheckBox(self.tr("Write it all the same"))
        self.all_the_same.setObjectName("export_all_the_same")
        self.few = QWidget()
        column = QVBoxLayout(self.few)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.warning)
        column.addWidget(self.all_the_same)
        return self.few

    def _path(self) -> QWidget:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = self.tr("recommendations") + FORMATS[0]
        self.path = QLineEdit(str(Path(folder or Path.home()) / name))
        self.path.setObjectName("export_path")
        self.path.setAccessibleName(self.tr("File"))
        browse = QPushButton(self.tr("Browse…"))
        browse.clicked.connect(self._browse)
        area = QWidget()
        line = QHBoxLayout(area)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.path, 1)
        line.addWidget(browse)
        return area

    def _buttons(self) -> QHBoxLayout:
        self.folder_button = QPushButton(self.tr("Open folder"))
        self.folder_button.setObjectName("open_folder")
        self.folder_button.clicked.connect(self._open_folder)
        self.folder_button.hide()
        self.export_button = QPushButton(self.tr("Export"))
        self.export_button.setObjectName("export_start")
        self.export_button.setProperty("primary", True)
        self.export_button.setDefault(True)
        self.export_button.clicked.connect(self._start)
        self.close_button = QPushButton(self.tr("Cancel"))
        self.close_button.setObjectName("export_close")
        self.close_button.clicked.connect(self.reject)
        line = QHBoxLayout()
        line.addWidget(self.folder_button)
        line.addStretch(1)
        line.addWidget(self.close_button)
        line.addWidget(self.export_button)
        return line

    # ---------------------------------------------------------------- the choices

    def _follow_format(self) -> None:
        text = self.path.text().strip()
        if text:
            path = Path(text)
            known = path.suffix.lower() in FORMATS
            self.path.setText(str(path.with_suffix("") if known else path) + self.format.currentData())

    def _follow(self) -> None:
        self.ids.setVisible(self.selected_users.isChecked())
        self.as_shown.setEnabled(self.this_user.isChecked())
        self.segment.setVisible(self.of_segment.isChecked())
        users = self._many()
        few = users is not None and is_small(users)
        self.few.setVisible(few)
        self.warning.setText(
            self.tr(
                "The list would be of %n user(s): each can be recognised. Give such a file to nobody.", "", users or 0
            )
        )
        ready = (
            users != 0 and (users is not None or self._sizes is not None) and (self.all_the_same.isChecked() or not few)
        )
        self.export_button.setEnabled(ready and bool(self.path.text().strip()) and self._job is None)
        self.export_button.setToolTip(
            "" if ready or not few else self.tr("First say that it is to be written all the same")
        )

    def _counted(self, sizes: export_work.Sizes) -> None:
        self._sizes = sizes
        self._follow()

    def _many(self) -> int | None:
        """How many users the list would be of; None where that is not known, yet or at all."""
        if self.selected_users.isChecked():
            return len(self._ids())
        if self.this_user.isChecked():
            return 1
        if self._sizes is None:
            return None
        return self._sizes.all if self.all_users.isChecked() else self._sizes.segments.get(self.segment.currentText())

    def _browse(self) -> None:
        suffix = self.format.currentData()
        dialog = QFileDialog(self, self.tr("Export to"), self.path.text(), f"{self.format.currentText()} (*{suffix})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, False)
        dialog.setDefaultSuffix(suffix.lstrip("."))
        dialog.fileSelected.connect(self._choose)
        open_once(dialog)

    def _choose(self, path: str) -> None:
        self.path.setText(path)
        self._agreed = Path(path)  # the system's dialog has asked whether it is to be replaced

    def _file(self) -> Path:
        """Where to write: what was typed, with the format's suffix where it has none."""
        path = typed_file(self.path.text())
        known = path.suffix.lower() in FORMATS
        return path if known else path.with_name(path.name + self.format.currentData())

    def _ids(self) -> list[str]:
        """The ids that were typed, each once, in their order."""
        return list(dict.fromkeys(line.strip() for line in self.ids.toPlainText().splitlines() if line.strip()))

    def _users(self) -> export_work.Users:
        if self.all_users.isChecked():
            return None
        if self.of_segment.isChecked():
            return export_work.OfSegment(self.segment.currentText())
        return self._ids() if self.selected_users.isChecked() else self._state.user

    # ---------------------------------------------------------------- the work

    def _start(self) -> None:
        workspace = self._state.workspace
        if workspace is None:
            return
        try:
            path = self._file()
        except SeqlensError as error:
            self.message.setText(error_text(error))
            return
        if there(path) and path != self._agreed and not may_replace(self, self.tr("Export"), path):
            return
        hide, parts = self.hide_seen.isChecked(), self.breakdown.isChecked()
        marked, policy = self.watermark.isChecked(), self.policy.currentData()
        page = self._page if self.as_shown.isChecked() else None
        asked = self._run.id, self._users(), self.k.value(), hide, parts, path, policy, marked, page
        wanted = export_work.Wanted(*asked)
        title = self.tr("Export")
        try:
            job = self._background.start(
                export_work.export, workspace, wanted, done=self._done, failed=self._failed, title=title
            )
        except SeqlensError as busy:
            self.message.setText(error_text(busy))
            return
        self._job, self._written = job, path
        job.progressed.connect(self._advance)
        job.cancelled.connect(self._stopped)
        self._work(True)
        self.message.setText(self.tr("Getting ready …"))

    def _work(self, working: bool) -> None:
        self._fields.setEnabled(not working)
        self.bar.setVisible(working)
        self.bar.setValue(0)
        self.folder_button.hide()
        self.close_button.setText(self.tr("Stop") if working else self.tr("Close"))
        self._follow()

    def _advance(self, fraction: float, message: str, figures: dict[str, float | int | str]) -> None:
        self.bar.setValue(round(fraction * 1000))
        self.message.setText(translate_core(message, figures))

    def _done(self, rows: int) -> None:
        self._job = self._agreed = None  # another list is not to take its place unasked
        self._work(False)
        self.folder_button.show()
        self.message.setText(self.tr("{0} rows written to {1}").format(readable.count(rows), self._written))

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._work(False)
        self.message.setText(error_text(error))

    def _stopped(self) -> None:
        self._job = None
        self._work(False)
        self.message.setText(self.tr("Stopped. No file was written."))

    def reject(self) -> None:
        """Cancel, Escape and the window's cross: stop a running export first."""
        if self._job is None:
            super().reject()
        else:
            self._job.cancel()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))
