"""A field that offers what it finds while one types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QStringListModel, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget


class SearchField(QLineEdit):
    """Type a part of a name, choose one of those found, or press Enter for the first of them.

    Attributes:
        asked: text to search for; the answer comes by `offer`.
        chosen: code of what was chosen.
    """

    asked = Signal(str)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: list[tuple[str, int]] = []
        self._shown = ""
        self._enter = False
        self._names = QStringListModel(self)
        completer = self._completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(12)
        completer.activated[QModelIndex].connect(lambda index: self._take(index.row()))
        self.setCompleter(completer)
        self.textEdited.connect(self._ask)
        self.returnPressed.connect(self._return)

    def show_chosen(self, name: str) -> None:
        """Show the name of what is chosen."""
        self._shown, self._found, self._enter = name, [], False
        self.setText(name)
        self.setCursorPosition(0)

    def offer(self, found: Sequence[tuple[str, int]]) -> None:
        """Name and code of what was found for the last `asked` text."""
        self._found = list(found)
        self._names.setStringList([name for name, _ in found])
        if self._enter:
            self._enter = False
            self._take(0)
        elif self.hasFocus() and found:
            self._completer.complete()

    def _ask(self, text: str) -> None:
        self._found = []
        if text.strip():
            self.asked.emit(text.strip())

    def _return(self) -> None:
        if self.text() == self._shown or not self.text().strip():
            return
        if self._found:
            self._take(0)
        else:  # the answer is still on its way, or there was none
            self._enter = True
            self.asked.emit(self.text().strip())

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._found):
            self._completer.popup().hide()
            self.chosen.emit(self._found[row][1])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self._completer.popup().isVisible():
            self.setText(self._shown)
