"""A field that finds a point of the map by its name."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.widgets.search_field import SearchField


class PointSearch(SearchField):
    """Finds a user by a part of the id, or an item by a part of its title or id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("map_search")
        self.seek(users=True)

    def seek(self, users: bool) -> None:
        """Say what there is to find: users, or items."""
        name = self.tr("Find a user") if users else self.tr("Find an item")
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setToolTip(self.tr("Type a part of a user's id") if users else self.tr("Type a part of a title or id"))
