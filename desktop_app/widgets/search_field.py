"""A field that offers what it finds while one types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget


class SearchField(QLineEdit):
    """Type a part of a name, choose one of those found, or press Enter for the first of them.

    What comes near by its meaning stands below, marked as such; Enter alone takes nothing of it that was not seen.

    Attributes:
        asked: text to search for; the answer comes by `offer`, and what is near by `offer_near`.
        chosen: code of what was chosen.
    """

    asked = Signal(str)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: list[tuple[str, int]] = []
        self._near: list[tuple[str, int]] = []
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
        self._shown, self._found, self._near, self._enter = name, [], [], False
        self.setText(name)
        self.setCursorPosition(0)

    def offer(self, found: Sequence[tuple[str, int]]) -> None:
        """Name and code of what was found for the last `asked` text."""
        self._found = list(found)
        entered, self._enter = self._enter, False
        if entered and found:
            self._take(0)
        else:
            self._show_found()

    def offer_near(self, asked: str, found: Sequence[tuple[str, int]]) -> None:
        """Name and code of what comes near to the text `asked`; dropped where another one was typed since."""
        if asked == self.text().strip():
            self._near = list(found)
            self._show_found()

    def _show_found(self) -> None:
        near = [self.tr("≈ {0}  (near in meaning)").format(name) for name, _ in self._near]
        self._names.setStringList([*(name for name, _ in self._found), *near])
        if self.hasFocus() and (self._found or self._near):
            self._completer.complete()

    def _ask(self, text: str) -> None:
        self._found, self._near = [], []
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
        offered = [*self._found, *self._near]
        if 0 <= row < len(offered):
            self._completer.popup().hide()
            self.chosen.emit(offered[row][1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # it was for the search: a dialog around it would press its default button, too

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self._completer.popup().isVisible():
            self.setText(self._shown)
