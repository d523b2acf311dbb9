"""What two trainings would show one user, side by side: which items stay, rise, fall, come and go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app import theme
from desktop_app.widgets import readable, tables
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.elided_label import ElidedLabel
from desktop_app.widgets.fitted import Fitted
from desktop_app.widgets.user_search import UserSearch

if TYPE_CHECKING:
    from core.comparing import SideBySide

ITEM, FIRST, SECOND, CHANGE = range(4)


class RunUser(QWidget):
    """The lists of the runs named `names` for one user.

    Attributes:
        stepped: asks for the user so many further.
        search: finds users by a part of their id.
    """

    stepped = Signal(int)

    def __init__(self, names: tuple[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedLabel()
        self.title.setProperty("role", "heading")
        self.note = ElidedLabel()
        self.note.setProperty("role", "muted")
        self.note.set_whole(self.tr("Ranking items for both …"))
        self.table = QTableWidget(0, 4)
        self.table.setObjectName("run_user")
        self.table.setAccessibleName(self.tr("Both lists for one user"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tables.set_up_rows(self.table)
        self.table.setStyleSheet(tables.PADDED)
        self.table.setHorizontalHeaderLabels([self.tr("Item"), *names, self.tr("What changes")])
        self.table.horizontalHeaderItem(0).setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(ITEM, QHeaderView.ResizeMode.Stretch)
        Fitted(self.table, (column for column in range(header.count()) if column != ITEM))
        line = QHBoxLayout()
        for name, sign, text, step in (
            ("run_user.previous", "‹", self.tr("Previous user"), -1),
            ("run_user.next", "›", self.tr("Next user"), 1),
        ):
            keys = "Alt+Left" if step < 0 else "Alt+Right"
            button = action_button(make_action(self, name, text, lambda step=step: self.stepped.emit(step), keys), sign)
            button.setFixedWidth(36)
            line.addWidget(button)
        self.search = UserSearch()
        line.addWidget(self.search)
        line.addWidget(self.title, 1)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self.note)
        column.addWidget(self.table, 1)

    def show_user(self, user: str, found: SideBySide, titles: Sequence[str]) -> None:
        """Show both lists; `titles` are of `found.items`."""
        self.title.set_whole(user)
        self.search.show_chosen(user)
        self.table.setRowCount(len(titles))
        rose = fell = 0
        for row, (title, (first, second)) in enumerate(zip(titles, found.ranks.tolist(), strict=True)):
            both = 0 < first <= found.k and 0 < second <= found.k
            rose, fell = rose + (both and second < first), fell + (both and second > first)
            texts = (
                title,
                self._rank(first, found.k),
                self._rank(second, found.k),
                self._change(first, second, found.k),
            )
            for column, text in enumerate(texts):
                cell = QTableWidgetItem(text)
                cell.setToolTip(text)
                if column in (FIRST, SECOND):
                    cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                    if not 0 < (first, second)[column - FIRST] <= found.k:
                        cell.setForeground(QBrush(theme.colour("muted")))
                self.table.setItem(row, column, cell)
        text = self.tr("{0} of {1} items are in both lists; of these {2} rise and {3} fall")
        self.note.set_whole(text.format(*map(readable.count, (found.overlap, found.k, rose, fell))))

    def show_problem(self, text: str) -> None:
        """Say why there are no lists."""
        self.table.setRowCount(0)
        self.note.set_whole(text)

    def _rank(self, rank: int, k: int) -> str:
        """A place; one that is not in the list stands in brackets."""
        if rank == 0:
            return "–"
        return readable.count(rank) if rank <= k else f"({readable.count(rank)})"

    def _change(self, first: int, second: int, k: int) -> str:
        if not 0 < first <= k:
            return self.tr("+ comes in")
        if not 0 < second <= k:
            return self.tr("− drops out")
        if first == second:
            return self.tr("= stays")
        return f"▲ {readable.count(first - second)}" if second < first else f"▼ {readable.count(second - first)}"
