"""All notes over all users as a table, each of which leads to what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QLabel, QLineEdit, QPushButton, QTableView, QVBoxLayout

from core.sequences.annotations import KIND, Annotation, read
from desktop_app.translation import error_text
from desktop_app.widgets import counted, tables
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.timeline_scale import show_time

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.progress import Progress
    from core.workspace import Workspace
    from desktop_app.background import Background
    from desktop_app.state import AppState

USER, TIME, ABOUT, TEXT = range(4)
WHOLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


@dataclass(frozen=True)
class NotedRow:
    """A note, the code of its user, and the title of its item (empty for a moment)."""

    note: Annotation
    user: int
    title: str
    timed: bool


def all_notes(workspace: Workspace, progress: Progress) -> list[NotedRow]:
    """The notes on users who are there, in the order of their times."""
    import pyarrow as pa
    import pyarrow.compute as pc

    notes = read(workspace.saved.all(KIND).values())
    if not notes:
        return []
    progress.check()
    users, catalogue = workspace.users(), workspace.catalogue()
    codes = pc.index_in(pa.array([note.user for note in notes], pa.string()), users.ids).to_pylist()
    places = pc.index_in(pa.array([note.item for note in notes], pa.string()), catalogue.ids)
    titles = pc.coalesce(catalogue.titles, catalogue.ids).take(places).to_pylist()
    return [
        NotedRow(note, user, title or note.item or note.behaviour, users.timed)
        for note, user, title in zip(notes, codes, titles, strict=True)
        if user is not None
    ]


class NotedModel(QAbstractTableModel):
    """A row for each note."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[NotedRow] = []

    def show_rows(self, rows: list[NotedRow]) -> None:
        """Show these in the place of the others."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("User"), self.tr("Time"), self.tr("On"), self.tr("Note"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if role == WHOLE:  # what is sorted by
            return row.note.time if column == TIME else self._text(row, column).lower()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        return row.note.text if role == Qt.ItemDataRole.ToolTipRole and column == TEXT else None

    def _text(self, row: NotedRow, column: int) -> str:
        if column == USER:
            return row.note.user
        if column == TIME:
            return show_time(row.note.time, row.timed)
        if column == ABOUT:
            return row.title or self.tr("a moment")
        return " ".join(row.note.text.split())


class AllNotes(QDialog):
    """A field for words above the table; Enter on a row leads to its event.

    Signals:
        chosen: the note that the analyst wants to see, and the code of its user.
    """

    chosen = Signal(object, int)

    def __init__(self, state: AppState, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("all_notes")
        self.setWindowTitle(self.tr("All notes"))
        self._state, self._workspace = state, state.workspace
        self.model = NotedModel(self)
        self.found = QSortFilterProxyModel(self)
        self.found.setSourceModel(self.model)
        self.found.setSortRole(WHOLE)
        self.found.setFilterKeyColumn(-1)
        self.found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._build()
        state.workspace_changed.connect(self.reject)
        failed = lambda error: self.note.setText(error_text(error))  # noqa: E731
        done = partial(self._show, self._workspace)
        background.ask("all notes", all_notes, self._workspace, done=done, failed=failed)
        self.resize(760, 520)

    def _build(self) -> None:
        self.entry = QLineEdit()
        self.entry.setObjectName("all_notes_entry")
        self.entry.setAccessibleName(self.tr("Words in the note, the user or the title"))
        self.entry.setPlaceholderText(self.entry.accessibleName())
        self.entry.setClearButtonEnabled(True)
        self.entry.textChanged.connect(self._narrow)
        self.table = QTableView()
        self.table.setObjectName("all_notes_table")
        self.table.setAccessibleName(self.tr("Notes over all users"))
        self.table.setModel(self.found)
        tables.set_up_rows(self.table)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(TIME, Qt.SortOrder.DescendingOrder)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        for column, wide in ((USER, 120), (TIME, 160), (ABOUT, 200)):
            header.resizeSection(column, wide)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._enable())
        self.table.activated.connect(lambda _: self._go())
        self.note = QLabel(self.tr("Reading …"))
        self.note.setObjectName("all_notes_note")
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.go_action = make_action(self, "all_notes.go", self.tr("Show on the timeline"), self._go)
        self.go_action.setEnabled(False)
        go = action_button(self.go_action)
        go.setProperty("primary", True)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.note, 1)
        buttons.addWidget(go)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(self.entry)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)
        for button in (go, close):  # Enter in the field or the table goes to the note
            button.setAutoDefault(False)
        self.entry.returnPressed.connect(self._go)

    def _show(self, workspace: object, rows: list[NotedRow]) -> None:
        if workspace is self._state.workspace:
            self.model.show_rows(rows)
            self._narrow()

    def _narrow(self) -> None:
        """Show the notes with the words that are typed, the first of them chosen."""
        self.found.setFilterFixedString(self.entry.text().strip())
        if self.found.rowCount():
            rows = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.table.selectionModel().setCurrentIndex(self.found.index(0, USER), rows)
        nothing = self.tr("Nothing is noted yet: Notes on the timeline writes on an event or a moment.")
        self.note.setText(counted.notes(self.found.rowCount()) if self.model.rows else nothing)
        self._enable()

    def _enable(self) -> None:
        self.go_action.setEnabled(self.table.currentIndex().isValid())

    def _go(self) -> None:
        index = self.found.mapToSource(self.table.currentIndex())
        if index.isValid():
            row = self.model.rows[index.row()]
            self.accept()
            self.chosen.emit(row.note, row.user)
