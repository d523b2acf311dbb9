"""A box that offers names, however many they are: its rows are made as they come into view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtWidgets import QComboBox, QListView, QMenu, QWidget

from desktop_app.widgets.name_list import NameList

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
FEW = 24  # names that need no search


class _Rows(QAbstractListModel):
    """Texts in rows; what a row stands for is its text, or None in the row `every`, which is the first, if any."""

    def __init__(self, every: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._every = every
        self.names: tuple[str, ...] = ()
        self.rows: tuple[str, ...] = (every,) if every else ()

    def offer(self, names: tuple[str, ...]) -> None:
        self.beginResetModel()
        self.names = names
        self.rows = (self._every, *names) if self._every else names
        self.endResetModel()

    def place(self, name: str | None) -> int:
        """The row of a name; -1 where it is not offered."""
        return self.names.index(name) + bool(self._every) if name in self.names else -1

    def name(self, row: int) -> str | None:
        return self.rows[row] if bool(self._every) <= row < len(self.rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if role in (Role.DisplayRole, Role.EditRole, Role.ToolTipRole):
            return self.rows[index.row()]
        return self.name(index.row()) if role == Role.UserRole else None


class NameBox(QComboBox):
    """Chooses one of many names, or with `every` as the text of a first row, none of them.

    Many names open with a search above them. (To open its own list, QComboBox asks for every row.)
    """

    def __init__(self, title: str, every: str = "", letters: int = 10, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._rows = _Rows(every, self)
        self.setModel(self._rows)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(letters)
        self.setMaxVisibleItems(FEW)
        rows = self.view()
        assert isinstance(rows, QListView)
        rows.setUniformItemSizes(True)  # a style sheet has it lay out every row, though many names are not shown there
        rows.setLayoutMode(QListView.LayoutMode.Batched)
        self.many: NameList | None = None
        self._menu: QMenu | None = None
        self.choose(None)

    def offer(self, names: Sequence[str]) -> None:
        """Offer these names; the chosen one stays where it is among them. The same names again cost nothing."""
        if (wanted := tuple(names)) != self._rows.names:
            chosen = self.chosen
            self._rows.offer(wanted)
            self.choose(chosen)

    def choose(self, name: str | None) -> None:
        """Choose a name; the first row where it is not offered. Emits no `activated`."""
        self.setCurrentIndex(max(0, self._rows.place(name)))

    @property
    def chosen(self) -> str | None:
        """The chosen name; None for the row of `every`, or where there are no names."""
        return self._rows.name(self.currentIndex())

    def showPopup(self) -> None:
        """Open the names."""
        if len(self._rows.names) <= FEW:
            super().showPopup()
            return
        if self.many is None or self._menu is None:
            self.many = NameList(self.accessibleName())
            self.many.taken.connect(self._take)
            self._menu = self.many.in_menu(self)
        if self._rows.rows != self.many.found.names:
            self.many.found.offer(self._rows.rows)
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        current = self.many.found.index(self.currentIndex())
        self.many.list.setCurrentIndex(current)
        self.many.list.scrollTo(current)

    def hidePopup(self) -> None:
        if self._menu is not None:
            self._menu.close()
        super().hidePopup()

    def _take(self, place: int) -> None:
        self.hidePopup()
        self.setCurrentIndex(place)
        self.activated.emit(place)
