"""A list of names with a search above it, however many they are: rows are made as they come into view."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QTableView, QVBoxLayout, QWidget, QWidgetAction

from desktop_app.widgets import tables

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
WIDTH, ROWS = 260, 12


class Names(QAbstractListModel):
    """Those of the names that hold what is searched for, with boxes where some `ticked` may be."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.names: tuple[str, ...] = ()
        self.ticked: frozenset[str] | None = None
        self._folded: list[str] = []
        self._search = ""
        self._shown: Sequence[int] = ()

    def offer(self, names: tuple[str, ...]) -> None:
        """Offer these names."""
        self.names, self._folded = names, [name.casefold() for name in names]
        self.search(self._search)

    def search(self, text: str) -> None:
        """Show the names that hold a text, in small letters or capitals."""
        self.beginResetModel()
        wanted = self._search = text.strip().casefold()
        rows = range(len(self.names))
        self._shown = [row for row in rows if wanted in self._folded[row]] if wanted else rows
        self.endResetModel()

    def tick(self, names: Collection[str]) -> None:
        """Show a box before each name; these are ticked."""
        self.ticked = frozenset(names)
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1), [Role.CheckStateRole])

    def place(self, row: int) -> int:
        """Which of all names a row shows."""
        return self._shown[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        name = self.names[self._shown[index.row()]]
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return name
        if role == Role.CheckStateRole and self.ticked is not None:
            return Qt.CheckState.Checked if name in self.ticked else Qt.CheckState.Unchecked
        return None


class _Search(QLineEdit):
    """Hands on the keys that go to the names: Enter takes the first one, the arrow down goes among them."""

    def __init__(self, names: NameList) -> None:
        super().__init__()
        self._names = names

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._names.take(0)
        elif event.key() == Qt.Key.Key_Down:
            self._names.list.setFocus()
            if not self._names.list.currentIndex().isValid():
                self._names.list.setCurrentIndex(self._names.found.index(0))
        else:
            super().keyPressEvent(event)


class NameList(QWidget):
    """A field and the names that it leaves.

    Attributes:
        taken: a name was clicked, or Enter or Space pressed on it: its place among all that are offered.
    """

    taken = Signal(int)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = Names(self)
        self.list = QTableView()  # which, unlike QListView, looks at the rows in view alone
        self.list.setAccessibleName(title)
        self.list.setModel(self.found)
        tables.set_up_rows(self.list)
        self.list.horizontalHeader().hide()
        self.list.horizontalHeader().setStretchLastSection(True)
        self.list.clicked.connect(lambda index: self.take(index.row()))
        self.list.installEventFilter(self)
        self.search = _Search(self)
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.found.search)
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.search)
        column.addWidget(self.list)

    def take(self, row: int) -> None:
        """The analyst takes the name of a row."""
        if 0 <= row < self.found.rowCount():
            self.taken.emit(self.found.place(row))

    def in_menu(self, owner: QWidget) -> QMenu:
        """A menu of `owner` that is this list, with the keys in its search and nothing searched for yet."""
        menu = QMenu(owner)
        action = QWidgetAction(menu)
        action.setDefaultWidget(self)
        menu.addAction(action)
        menu.aboutToShow.connect(self._open)
        return menu

    def _open(self) -> None:
        self.search.clear()
        rows = min(max(len(self.found.names), 1), ROWS)
        self.list.setFixedHeight(rows * self.list.verticalHeader().defaultSectionSize() + 4)
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Space take the current name; another letter goes on with the search."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
                self.take(self.list.currentIndex().row())
                return True
            if event.text().isprintable() and event.text():
                self.search.setFocus()
                self.search.setText(event.text())
                return True
        return super().eventFilter(watched, event)
