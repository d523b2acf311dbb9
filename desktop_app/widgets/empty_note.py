"""What stands on a page that has nothing to show yet: what is missing, and the button that mends it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

WIDTH = 420  # pixels of the sentence


class EmptyNote(QWidget):
    """A title, a sentence and a button in the middle of the page. `asked` says that the button was pressed."""

    asked = Signal()

    def __init__(self, title: str, sentence: str, button: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = QLabel(title)
        heading.setProperty("role", "title")
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text = QLabel(sentence)
        text.setProperty("role", "muted")
        text.setWordWrap(True)
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text.setFixedWidth(WIDTH)
        text.setMinimumHeight(text.heightForWidth(WIDTH))  # which a layout that centres it does not ask for
        self.button = QPushButton(button)
        self.button.setObjectName("empty_note.button")
        self.button.setProperty("primary", True)
        self.button.clicked.connect(self.asked)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(2)
        for widget in (heading, text, self.button):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
