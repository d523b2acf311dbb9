"""The list of users: search, sort, choose. Made for a million rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.widgets import counted, readable, tables
from desktop_app.widgets.text_cells import TextCells
from desktop_app.widgets.timeline_scale import moment, show_duration

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.sequences.store import UserOrder, UserTable

ORDERS: tuple[UserOrder, ...] = ("id", "events", "last", "span")
ID, EVENTS, LAST, SPAN = range(4)
_NONE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class UserModel(QAbstractTableModel):
    """Users as columns of numbers in the order of `codes`; text is made for the rows that are shown only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table: UserTable | None = None
        self.sorted = (EVENTS, True)
        self.codes: NDArray[np.int32] = np.empty(0, np.int32)

    def set_sorted(self, column: int, descending: bool) -> None:
        """Mark the column by which the users are sorted."""
        self.sorted = column, descending
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def show_users(self, table: UserTable | None, codes: NDArray[np.int32]) -> None:
        """Show the users with these codes, in this order."""
        self.beginResetModel()
        self.table, self.codes = table, codes
        self.endResetModel()

    def row_of(self, user: int) -> int:
        """The row of a user; -1 where the user is not shown."""
        rows = np.flatnonzero(self.codes == user)
        return int(rows[0]) if len(rows) else -1

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.codes)

    def columnCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                name = (self.tr("User"), self.tr("Events"), self.tr("Last active"), self.tr("Span"))[section]
                if section != self.sorted[0]:
                    return name
                return readable.sorted_header(name, self.sorted[1], at_right=section != ID)
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        table = self.table
        if table is None or not index.isValid():
            return None
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole or (role == Qt.ItemDataRole.ToolTipRole and column == ID):
            return self._text(table, int(self.codes[index.row()]), column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        return None

    @staticmethod
    def _alignment(column: int) -> Qt.AlignmentFlag:
        return tables.AT_LEFT if column == ID else tables.AT_RIGHT

    @staticmethod
    def _text(table: UserTable, user: int, column: int) -> str:
        if column == ID:
            return str(table.ids[user].as_py())
        if column == EVENTS:
            return readable.count(int(table.events[user]))
        if not table.events[user]:
            return ""
        if column == LAST:
            return f"{moment(int(table.last[user])):%Y-%m-%d}"
        return show_duration(int(table.last[user] - table.first[user]), units=1)


class UserList(QWidget):
    """A search box, a choice of order, and the users.

    The widget searches and sorts nothing itself: it asks through `wanted` and is answered by `show_users`.

    Signals:
        wanted(str, str, bool): the analyst wants the users with this in their ids, in this order, descending or not.
        user_chosen(int): the analyst chose a user, by code.
    """

    wanted = Signal(str, str, bool)
    user_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("user_list")
        self.sort: UserOrder = "events"
        self.descending = True
        self._user = -1
        self._quiet = False
        self._pause = QTimer(self, singleShot=True, interval=120)  # while the analyst is typing
        self._pause.timeout.connect(self.ask)
        self.search = QLineEdit(self, placeholderText=self.tr("Search user ids"), clearButtonEnabled=True)
        self.search.setAccessibleName(self.tr("Search user ids"))
        self.search.textChanged.connect(lambda: self._pause.start())
        self.search.installEventFilter(self)
        self.model = UserModel(self)
        self.view = self._make_view()
        self.count = QLabel(self)
        self.count.setMargin(6)
        self.count.setProperty("role", "muted")
        top = QHBoxLayout()
        top.setContentsMargins(8, 0, 8, 8)
        top.setSpacing(8)
        top.addWidget(self.search)
        sort = self._make_sort_button()
        top.addWidget(sort)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._above = QVBoxLayout()
        self._above.setContentsMargins(8, 8, 8, 0)
        layout.addLayout(self._above)
        layout.addLayout(top)
        layout.addWidget(self.view)
        layout.addWidget(self.count)
        self.setTabOrder(self.search, sort)
        self.setTabOrder(sort, self.view)
        self._show_order()

    def _make_view(self) -> QTableView:
        view = QTableView(self)
        view.setObjectName("users")
        view.setAccessibleName(self.tr("Users"))
        view.setModel(self.model)
        tables.set_up_rows(view, 10)
        TextCells(view)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = view.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSectionResizeMode(ID, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(40)
        widths = {EVENTS: "000,000", LAST: "0000-00-00", SPAN: "000 min"}
        for column, text in widths.items():
            title = self.model.headerData(column, Qt.Orientation.Horizontal) + " ▾"
            width = max(view.fontMetrics().horizontalAdvance(text), view.fontMetrics().horizontalAdvance(title))
            view.setColumnWidth(column, width + 14)
        header.sectionClicked.connect(self._header_clicked)
        view.selectionModel().currentRowChanged.connect(self._row_changed)
        return view

    def _make_sort_button(self) -> QToolButton:
        menu = QMenu(self)
        names = (self.tr("User id"), self.tr("Number of events"), self.tr("Last active"), self.tr("Span"))
        group = QActionGroup(self)
        self._sort_actions: dict[str, QAction] = {}
        for order, name in zip(ORDERS, names, strict=True):
            action = group.addAction(name)
            action.setObjectName(f"sort_users_by_{order}")
            action.setCheckable(True)
            action.triggered.connect(
                lambda _=False, order=order: self.set_order(order, order in ("events", "last", "span"))
            )
            menu.addAction(action)
            self._sort_actions[order] = action
        menu.addSeparator()
        self._descending_action = QAction(self.tr("Descending"), self, checkable=True)
        self._descending_action.setObjectName("sort_users_descending")
        self._descending_action.triggered.connect(lambda checked: self.set_order(self.sort, checked))
        menu.addAction(self._descending_action)
        button = QToolButton(self)
        button.setText(self.tr("Sort"))
        button.setToolTip(self.tr("Choose the order of the users"))
        button.setAccessibleName(self.tr("Order of the users"))
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def add_above(self, widget: QWidget) -> None:
        """Put a choice above the search box."""
        self._above.addWidget(widget)
        self._above.setContentsMargins(8, 8, 8, 8)
        self.setTabOrder(widget, self.search)

    def ask(self) -> None:
        """Want the users again, as searched and sorted now."""
        self._pause.stop()
        self.wanted.emit(self.search.text(), self.sort, self.descending)

    def set_order(self, order: UserOrder, descending: bool) -> None:
        """Sort by `order` from now on."""
        self.sort, self.descending = order, descending
        self._show_order()
        self.ask()

    def show_users(self, table: UserTable | None, codes: NDArray[np.int32]) -> None:
        """Show what was wanted. The chosen user stays chosen where it is among them."""
        self._quiet = True
        self.model.show_users(table, codes)
        timed = table is None or table.timed
        self.view.setColumnHidden(LAST, not timed)
        self.view.setColumnHidden(SPAN, not timed)
        self._sort_actions["last"].setVisible(timed)
        self._sort_actions["span"].setVisible(timed)
        self._quiet = False
        every = table.users if table is not None else 0
        if len(codes) == every:
            self.count.setText(counted.users(every))
        else:
            shown, total = readable.count(len(codes)), readable.count(every)
            self.count.setText(self.tr("{0} of {1} users").format(shown, total))
        self.select(self._user)

    def select(self, user: int) -> None:
        """Highlight a user, where it is shown, and bring it into view. Emits nothing."""
        self._user = user
        row = self.model.row_of(user)
        self._quiet = True
        if row < 0:
            self.view.clearSelection()
            self.view.setCurrentIndex(QModelIndex())
        elif row != self.view.currentIndex().row():
            index = self.model.index(row, ID)
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)  # which the line above leaves out where the rows came a moment ago
        self._quiet = False

    def step(self, by: int) -> None:
        """Choose the user `by` rows further down; the first where none is chosen."""
        row = self.model.row_of(self._user)
        row = 0 if row < 0 else row + by
        if 0 <= row < self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(row, ID))

    def _row_changed(self, current: QModelIndex) -> None:
        if not self._quiet and current.isValid():
            self._user = int(self.model.codes[current.row()])
            self.user_chosen.emit(self._user)

    def _header_clicked(self, column: int) -> None:
        order = ORDERS[column]
        self.set_order(order, not self.descending if order == self.sort else order != "id")

    def _show_order(self) -> None:
        self._sort_actions[self.sort].setChecked(True)
        self._descending_action.setChecked(self.descending)
        self.model.set_sorted(ORDERS.index(self.sort), self.descending)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Enter in the search box go on to the list; Escape empties the box."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.model.rowCount():
                self.view.setFocus()
                if not self.view.currentIndex().isValid():
                    self.view.setCurrentIndex(self.model.index(0, ID))
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)
