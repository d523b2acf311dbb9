"""Some items of the catalogue by their ids: how many they are, a field that finds more of them, a way to forget all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop_app.widgets.actions import action_button
from desktop_app.widgets.search_field import SearchField


class ListedItems(QWidget):
    """One line. `search` finds items by a part of their title or id, `clear` forgets all that are listed.

    Args:
        name: object name of the line's parts, "pinned".
        title: what the items are, for those who hear the screen.
        tip: what becomes of an item that is chosen.
    """

    def __init__(self, name: str, title: str, tip: str, clear: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clear = clear
        self.words = QLabel()
        self.words.setObjectName(f"{name}_words")
        self.search = SearchField()
        self.search.setObjectName(f"{name}_search")
        self.search.setPlaceholderText(self.tr("Title or id"))
        self.search.setAccessibleName(title)
        self.search.setToolTip(tip)
        self.search.setMinimumWidth(60)
        self.search.chosen.connect(lambda _: self.search.show_chosen(""))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.words)
        line.addWidget(self.search, 1)
        line.addWidget(action_button(clear, "×"))
        self.setFocusProxy(self.search)
        self.show_items(())

    def show_items(self, items: Sequence[str]) -> None:
        """Show these ids."""
        self.words.setText(self.tr("%Ln item(s)", "", len(items)) if items else self.tr("none"))
        self.words.setToolTip("\n".join(items) or self.tr("Right-click an item of the list, or search for one"))
        self._clear.setEnabled(bool(items))
