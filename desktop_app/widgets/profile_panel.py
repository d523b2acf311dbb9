"""A user in words, beside the timeline."""

from __future__ import annotations

import itertools
import math

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextLayout
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.widgets import readable
from desktop_app.widgets.other_words import OtherWords

LINES = 6  # that are shown at most; beyond and where there is no room, they are scrolled


class _Text(QPlainTextEdit):
    """Text that can be read, selected and copied, as high as it is where there is room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._laid_out = ("", 0, "")  # text, width and font that the heights are of
        self._heights: list[float] = []
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setProperty("bare", True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.document().setDocumentMargin(0)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def _lines(self) -> list[float]:
        """How high each line is; those with letters of another script are higher than the font says."""
        laid_out = (self.toPlainText(), self.viewport().width(), self.font().key())
        if laid_out != self._laid_out:
            self._laid_out, self._heights = laid_out, []
            layout = QTextLayout(laid_out[0], self.font())
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(max(laid_out[1], 100))
                self._heights.append(line.height())
            layout.endLayout()
        return self._heights

    def sizeHint(self) -> QSize:
        return QSize(400, math.ceil(sum(self._lines()[:LINES])) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, math.ceil(max(self._lines(), default=0.0)) + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
        self.keep_whole()

    def keep_whole(self) -> None:
        """Begin with the first line, and show no half of one."""
        lines = list(itertools.accumulate(self._lines()))
        whole = [height for height in lines if height <= self.height()]
        rest = self.height() - math.ceil(whole[-1]) if 0 < len(whole) < len(lines) else 0
        if rest != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, rest)
        self.verticalScrollBar().setValue(0)


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
        self.text.keep_whole()
