"""A user in words, beside the timeline."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.widgets import readable
from desktop_app.widgets.other_words import OtherWords

LINES = 6  # that are shown at most; beyond and where there is no room, they are scrolled


class _Text(QPlainTextEdit):
    """Text that can be read, selected and copied, as high as it is where there is room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setStyleSheet("QPlainTextEdit { background: transparent; border: none; padding: 0; }")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.document().setDocumentMargin(0)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def sizeHint(self) -> QSize:
        room, metrics = max(self.viewport().width(), 100), self.fontMetrics()
        wrap = Qt.TextFlag.TextWordWrap
        height = metrics.boundingRect(0, 0, room, 10_000, wrap, self.toPlainText()).height()
        return QSize(400, min(height, LINES * metrics.lineSpacing()) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, self.fontMetrics().lineSpacing() + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        line = self.fontMetrics().lineSpacing()
        self.setViewportMargins(0, 0, 0, self.height() % line if self.height() > line else 0)  # no half lines
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class ProfilePanel(QFrame):
    """A few sentences, which can be selected with the mouse or the keyboard and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("profile")
        self.text = _Text(self)
        self.text.setObjectName("profile.text")
        self.text.setAccessibleName(self.tr("The user in words"))
        self.other_words = OtherWords(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 6)
        column.addWidget(self.text)
        column.addWidget(self.other_words)

    def show_sentences(self, sentences: list[str]) -> None:
        """Show what is told of a user."""
        self.text.setPlainText(readable.sentences(sentences))
        self.text.updateGeometry()
