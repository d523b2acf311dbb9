"""A user is looked for by a part of the id."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.widgets.user_search import UserSearch

Found = Sequence[tuple[str, int]]  # id and code of each user


class ChooseUser(QDialog):
    """A field for a part of an id; the first user that is found is taken with Enter.

    Signals:
        chosen: code of the user.
    """

    chosen = Signal(int)

    def __init__(self, title: str, search: Callable[[str, Callable[[Found], object]], object], parent: QWidget) -> None:
        """`search` is asked for the users whose ids hold a text, and hands them to the other function."""
        super().__init__(parent)
        self.setObjectName("choose_user")
        self.setWindowTitle(title)
        told = QLabel(self.tr("Type a part of the user's id; Enter takes the first one that is found."))
        told.setWordWrap(True)
        self.field = UserSearch()
        self.field.setMaximumWidth(16_777_215)
        self.field.asked.connect(lambda text: search(text, self.field.offer))
        self.field.chosen.connect(self._take)
        close = QPushButton(self.tr("Cancel"))
        close.setAutoDefault(False)  # Enter is the field's
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        for widget in (told, self.field, close):
            layout.addWidget(widget)
        self.resize(380, 120)
        self.field.setFocus()

    def _take(self, user: int) -> None:
        self.accept()
        self.chosen.emit(user)
