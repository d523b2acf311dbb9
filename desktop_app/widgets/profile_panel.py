"""A user in words, beside the timeline."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget


class ProfilePanel(QFrame):
    """A few sentences, which can be selected with the mouse or the keyboard and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("profile")
        self.text = QLabel(self)
        self.text.setObjectName("profile.text")
        self.text.setAccessibleName(self.tr("The user in words"))
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.addWidget(self.text)

    def show_sentences(self, sentences: list[str]) -> None:
        """Show what is told of a user."""
        self.text.setText(" ".join(sentences))
