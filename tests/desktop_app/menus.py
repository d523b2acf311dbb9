"""Opening the menu of a table as the mouse or the keyboard does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QTableView


def open_menu(table: QTableView, row: int | None = None) -> QMenu:
    """The menu after a right click on a row, or, with None, after the Menu key.

    Qt sends the event of the key to the table itself, and its place counts in what stands above the rows.
    """
    if row is None:
        place = table.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle).center()
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, table.mapToGlobal(place))
        QApplication.sendEvent(table, asked)
    else:
        place = table.visualRect(table.model().index(row, 2)).center()
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, table.viewport().mapToGlobal(place))
        QApplication.sendEvent(table.viewport(), asked)
    return table.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)[-1]
