"""A list for somebody who is not in the data: choose a few items that they like, and see it at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core import listing
from desktop_app.translation import error_text
from desktop_app.widgets.actions import action_button, make_action
from desktop_app.widgets.finding import find_items, find_near
from desktop_app.widgets.legend import Legend
from desktop_app.widgets.recommendation_table import SAID, RankedItem, RecommendationTable, ranked_items
from desktop_app.widgets.search_field import SearchField

if TYPE_CHECKING:
    from core.progress import Progress
    from core.workspace import Workspace
    from desktop_app.background import Background

LENGTH = 20  # of the list
CODE = Qt.ItemDataRole.UserRole


def listed(
    workspace: Workspace, run: str, likes: tuple[int, ...], progress: Progress
) -> tuple[list[RankedItem], tuple[str, ...]]:
    """The rows of the list, and the components of its scores."""
    import numpy as np

    made = listing.recommend_new(workspace, np.array(likes, dtype=np.int32), progress, run, LENGTH)
    rows = ranked_items(workspace.catalogue(), made.items, made.scores, made.base, made.shares, fresh=made.fresh)
    return rows, made.components


class NewUser(QDialog):
    """A search field, the likes, and the list that follows from them."""

    def __init__(
        self,
        workspace: Workspace,
        run: str,
        name: str,
        background: Background,
        parent: QWidget | None = None,
        liked: tuple[str, int] | None = None,
    ) -> None:
        """`liked` is a first like, its name and code."""
        super().__init__(parent)
        self.setObjectName("new_user")
        self.setWindowTitle(self.tr("List for a new user"))
        self._workspace, self._run, self._background = workspace, run, background
        self._offered: dict[int, str] = {}
        self.search = SearchField()
        self.search.setObjectName("like_search")
        self.search.setPlaceholderText(self.tr("What do they like? Type a part of a title or id"))
        self.search.setAccessibleName(self.tr("Add an item that they like"))
        self.search.asked.connect(self._search)
        self.search.chosen.connect(self.add)
        self.likes = QListWidget()
        self.likes.setObjectName("likes")
        self.likes.setAccessibleName(self.tr("Items that they like"))
        self.likes.setMaximumHeight(120)
        self.remove_action = make_action(self, "new_user.remove", self.tr("Remove"), self._remove, "Del")
        self.likes.currentRowChanged.connect(lambda row: self.remove_action.setEnabled(row >= 0))
        self.remove_action.setEnabled(False)
        self.note = QLabel()
        self.note.setObjectName("new_user_note")
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setProperty("role", "muted")
        self._made_by = self.tr("Made by “{0}”, serving fit. What they like is left out.").format(name)
        self.table = RecommendationTable()
        self.table.setColumnHidden(SAID, True)  # there is nobody yet to keep it for
        self.legend = Legend()
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.likes)
        remove = action_button(self.remove_action)
        layout.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.note)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.legend)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(self.tr("Close"))
        for button in (remove, close):  # Enter takes what is found and does nothing else
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.resize(820, 640)
        if liked is None:
            self._refresh()
        else:
            self._offered[liked[1]] = liked[0]
            self.add(liked[1])

    @property
    def chosen(self) -> tuple[int, ...]:
        """Codes of the likes, in the order in which they were chosen."""
        return tuple(self.likes.item(row).data(CODE) for row in range(self.likes.count()))

    def add(self, item: int) -> None:
        """One like more; none twice."""
        if item not in self.chosen:
            entry = QListWidgetItem(self._offered.get(item, str(item)))
            entry.setData(CODE, item)
            self.likes.addItem(entry)
            self.likes.setCurrentItem(entry)
        self.search.show_chosen("")
        self._refresh()

    def _remove(self) -> None:
        self.likes.takeItem(self.likes.currentRow())
        self._refresh()

    def _search(self, text: str) -> None:
        self._background.ask("new user search", find_items, self._workspace, text, done=self._offer)
        near = partial(self._offer_near, text)
        self._background.ask("new user near", find_near, self._workspace, text, done=near)

    def _offer(self, found: list[tuple[str, int]]) -> None:
        self._offered |= {code: name for name, code in found}
        self.search.offer(found)

    def _offer_near(self, text: str, found: list[tuple[str, int]]) -> None:
        self._offered |= {code: name for name, code in found}
        self.search.offer_near(text, found)

    def _refresh(self) -> None:
        if not self.chosen:
            self.note.setText(
                self.tr("Three likes are a good start. Until there is one, this is what most users choose.")
            )
        self._background.ask(
            "new user",
            listed,
            self._workspace,
            self._run,
            self.chosen,
            done=self._show,
            failed=lambda error: self.note.setText(error_text(error)),
        )

    def _show(self, found: tuple[list[RankedItem], tuple[str, ...]]) -> None:
        rows, components = found
        self.table.show_list(rows, components)
        self.legend.show_components(components, base=any(row.base for row in rows))
        if self.chosen:
            self.note.setText(self._made_by)
