"""A field for a user's id."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.widgets.search_field import SearchField


class UserSearch(SearchField):
    """Finds users by a part of their id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("user_search")
        self.setPlaceholderText(self.tr("User id"))
        self.setAccessibleName(self.tr("User id"))
        self.setToolTip(self.tr("Type a part of a user's id"))
        self.setMinimumWidth(180)
        self.setMaximumWidth(260)
