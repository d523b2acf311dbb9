"""The first rows of several files, a tab each, with the roles of their columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from core.data.preview import FilePreview
from core.data.roles import EVENT_ROLES, ITEM_ROLES, MANY
from desktop_app.translation import translate_core
from desktop_app.widgets.role_table import RoleTable

ROLE_WORDS = {
    "": QT_TRANSLATE_NOOP("FileTabs", "Not used"),
    "user": QT_TRANSLATE_NOOP("FileTabs", "User"),
    "item": QT_TRANSLATE_NOOP("FileTabs", "Item"),
    "behaviour": QT_TRANSLATE_NOOP("FileTabs", "Behaviour"),
    "time": QT_TRANSLATE_NOOP("FileTabs", "Time"),
    "order": QT_TRANSLATE_NOOP("FileTabs", "Step"),
    "value": QT_TRANSLATE_NOOP("FileTabs", "Value"),
    "text": QT_TRANSLATE_NOOP("FileTabs", "Search text"),
    "title": QT_TRANSLATE_NOOP("FileTabs", "Title"),
    "category": QT_TRANSLATE_NOOP("FileTabs", "Category"),
    "description": QT_TRANSLATE_NOOP("FileTabs", "Description"),
    "price": QT_TRANSLATE_NOOP("FileTabs", "Price"),
    "picture": QT_TRANSLATE_NOOP("FileTabs", "Picture"),
}


class FileTabs(QTabWidget):
    """A tab for each file.

    Signals:
        roles_changed: the analyst chose another role for a column.
    """

    roles_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_files")
        self.setDocumentMode(True)
        self._tables: list[tuple[FilePreview, RoleTable]] = []

    def show_files(self, files: Sequence[FilePreview]) -> bool:
        """Show these files in place of others; files of the same columns keep roles that the analyst chose.

        Returns:
            Whether any did.
        """
        own = {_columns(file): roles for file, table in self._tables if (roles := table.roles()) != dict(file.roles)}
        while self.count():
            page = self.widget(0)
            self.removeTab(0)
            page.deleteLater()
        self._tables = []
        for file in files:
            table = RoleTable(self)
            kind = self.tr("events") if file.kind == "events" else self.tr("catalogue")
            self.addTab(table, f"{file.path.name} ({kind})")
            roles = EVENT_ROLES if file.kind == "events" else ITEM_ROLES
            choices = [(role, self.tr(ROLE_WORDS[role])) for role in ("", *roles)]
            table.show_rows(file.columns, file.rows, choices, own.get(_columns(file), file.roles), MANY)
            table.setAccessibleName(self.tr("First rows of {0}").format(file.path.name))
            table.roles_changed.connect(self.roles_changed)
            notes = [translate_core(note.template, note.values) for note in file.notes]
            self.setTabToolTip(self.count() - 1, "\n".join([str(file.path), *notes]))
            self._tables.append((file, table))
        return any(_columns(file) in own for file in files)

    def table(self, place: int) -> RoleTable:
        """The table of the file at this place."""
        return self._tables[place][1]

    def roles(self, kind: str) -> dict[str, str]:
        """Role by column in all files of a kind, "events" or "items"."""
        tables = (table for file, table in self._tables if file.kind == kind)
        return {column: role for table in tables for column, role in table.roles().items()}


def _columns(file: FilePreview) -> tuple[object, ...]:
    """What must be the same of a file that is shown again for roles of its columns to mean the same."""
    return file.path, file.kind, file.columns
