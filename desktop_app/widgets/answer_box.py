"""What a generator says beside a conversation, while it says it, and the button that stops it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class AnswerBox(QFrame):
    """Hidden while there is nothing to show.

    Attributes:
        stopped: the analyst wants no more of it.
    """

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answer_box")
        self.setProperty("role", "card")
        self.text = QLabel()
        self.text.setObjectName("answer_text")
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.state = QLabel()
        self.state.setObjectName("answer_state")
        self.state.setProperty("role", "muted")
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setObjectName("answer_stop")
        self.stop.setAccessibleName(self.tr("Stop the generator"))
        self.stop.clicked.connect(self.stopped)
        line = QHBoxLayout()
        line.addWidget(self.state, 1)
        line.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        column.addWidget(self.text)
        column.addLayout(line)
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self.text.clear()
        self.hide()

    def work(self, state: str) -> None:
        """Tell what the generator is at."""
        self.state.setText(state)
        self.state.show()
        self.stop.show()
        self.text.setVisible(bool(self.text.text()))
        self.show()

    def say(self, text: str) -> None:
        """Show all that was said so far."""
        self.text.setText(text)
        self.text.setVisible(bool(text))

    def rest(self, state: str = "") -> None:
        """The generator is at its end; `state` says why, where it is not plain."""
        self.stop.hide()
        self.state.setText(state)
        self.state.setVisible(bool(state))
        self.setVisible(bool(self.text.text() or state))
