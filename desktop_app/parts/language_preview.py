"""The part of the page of language models that shows real rows as the selected model gets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.parts import language_work as work
from desktop_app.translation import error_text
from desktop_app.widgets import readable
from desktop_app.widgets.text_preview import TextPreview

if TYPE_CHECKING:
    from core.language.reading import Reading
    from desktop_app.background import Background
    from desktop_app.state import AppState


class ReadingPreview(QWidget):
    """Items, and the sequence of the selected user or of the first one who did something.

    Attributes:
        lines: the texts.
        note: why there are none.
    """

    def __init__(self, state: AppState, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._background = state, background
        self.lines = TextPreview()
        self.note = QLabel()
        self.note.setObjectName("preview_note")
        self.note.setProperty("role", "muted")
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.note)
        layout.addWidget(self.lines)

    def ask(self, reading: Reading | None) -> None:
        """Show rows of the open workspace as they are read so; nothing where no model is there to read."""
        workspace = self._state.workspace
        if workspace is None or reading is None:
            self.lines.show_lines([])
            self.note.setText(self.tr("Open data to see their texts as the model gets them."))
            self.note.setVisible(workspace is None)
            return
        user = self._state.user
        self._background.ask(
            "language preview", work.preview, workspace, reading, user, done=self._show, failed=self._failed
        )

    def _failed(self, error: Exception) -> None:
        self.lines.show_lines([])
        self.note.setText(error_text(error))
        self.note.show()

    def _show(self, found: work.Preview) -> None:
        self.note.setVisible(not found.items)
        self.note.setText(self.tr("No item of the open data has a text."))
        lines = []
        for shown in found.items:
            text = (
                self.tr("Item, {0} tokens")
                if shown.tokens <= found.longest
                else self.tr("Item, {0} tokens, of which {1} are read")
            )
            heading = text.format(readable.count(shown.tokens), readable.count(found.longest))
            lines.append((heading, shown.text, shown.kept))
        if found.sequence is not None:
            text = self.tr("Sequence of {0}, {1} tokens: the last {2} of {3} events")
            figures = map(readable.count, (found.sequence.tokens, found.shown, found.events))
            lines.append((text.format(found.user, *figures), found.sequence.text, found.sequence.kept))
        self.lines.show_lines(lines)
