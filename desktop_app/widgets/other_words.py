"""A button that asks for other words, and the box in which they come."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.widgets.answer_box import AnswerBox


class OtherWords(QWidget):
    """Hidden while nothing is offered.

    Attributes:
        answer: what comes.

    Signals:
        asked(): other words are wanted.
    """

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QPushButton(self.tr("In other words"))
        self.button.setObjectName("other_words")
        self.button.setToolTip(self.tr("The generator says it again. What goes beyond the figures is not shown."))
        self.button.clicked.connect(self.asked)
        self.answer = AnswerBox()
        line = QHBoxLayout()
        line.addWidget(self.button)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.answer)
        self.hide()
