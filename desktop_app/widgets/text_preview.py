"""Texts as a language model gets them: what is read, and from where on nothing is."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app import theme
from desktop_app.layout import discard

LONGEST = 400  # characters that are shown of what is read, and as many of what is not


class TextPreview(QWidget):
    """Lines, each a text with its number of tokens; what is cut off is crossed out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("text_preview")
        self._lines: list[tuple[str, str, int]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        theme.changed.connect(self._fill)

    def show_lines(self, lines: list[tuple[str, str, int]]) -> None:
        """Show these: a heading, a text, and how many of its characters are read (all for -1)."""
        self._lines = lines
        self._fill()

    def texts(self) -> list[str]:
        """What is shown, a line each, without its dress."""
        return [f"{heading}: {text}" for heading, text, _ in self._lines]

    def _fill(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                discard(gone)
        for heading, text, kept in self._lines:
            label = QLabel(_dressed(heading, text, kept))
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setAccessibleName(f"{heading}: {text[:kept] if kept >= 0 else text}")
            self._column.addWidget(label)


def _dressed(heading: str, text: str, kept: int) -> str:
    read, rest = (text, "") if kept < 0 else (text[:kept], text[kept:])
    short = read if len(read) <= LONGEST else f"{read[: LONGEST // 2]} … {read[-LONGEST // 2 :]}"
    muted = theme.colour("muted").name()
    told = f'<span style="color:{muted}">{escape(heading)}</span><br>{escape(short)}'
    if rest.strip():
        cut = rest if len(rest) <= LONGEST else f"{rest[:LONGEST]} …"
        told += f'<s style="color:{muted}">{escape(cut)}</s>'
    return told
