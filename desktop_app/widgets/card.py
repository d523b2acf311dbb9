"""A frame with a title, a text, and controls in a row below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app import theme


class Card(QFrame):
    """One subject of a page.

    Attributes:
        text: what is told of it.
    """

    def __init__(self, title: str, *controls: QWidget, stretch: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        inner = QVBoxLayout(self)
        inner.setContentsMargins(16, 14, 16, 14)
        inner.setSpacing(theme.SPACING)
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inner.addWidget(heading)
        inner.addWidget(self.text)
        if controls:
            self.add_controls(*controls, stretch=stretch)

    def add_controls(self, *controls: QWidget, stretch: bool = False) -> None:
        """Put controls in a row below the text; with `stretch` the first of them takes what room there is."""
        row = QHBoxLayout()
        for control in controls:
            row.addWidget(control, int(stretch and control is controls[0]))
        if not stretch:
            row.addStretch(1)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addLayout(row)
