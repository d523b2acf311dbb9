"""Undo, cut, copy and paste in whatever has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QMenu, QPlainTextEdit, QTextEdit, QWidget

Key = QKeySequence.StandardKey
TEXTS = (QLineEdit, QPlainTextEdit, QTextEdit)


class EditMenu(QMenu):
    """Its actions press the keys that text fields and tables understand; these keys work without the menu too.

    Attributes:
        by_key: the action of each of the keys.
    """

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self._target: QWidget | None = None
        self.by_key: dict[QKeySequence.StandardKey, QAction] = {}
        self._add(Key.Undo, "edit-undo", self.tr("&Undo"))
        self._add(Key.Redo, "edit-redo", self.tr("&Redo"))
        self.addSeparator()
        self._add(Key.Cut, "edit-cut", self.tr("Cu&t"))
        self._add(Key.Copy, "edit-copy", self.tr("&Copy"))
        self._add(Key.Paste, "edit-paste", self.tr("&Paste"))
        self.addSeparator()
        self._add(Key.SelectAll, "edit-select-all", self.tr("Select &all"))
        self.aboutToShow.connect(self.refresh)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_changed)

    def _add(self, key: QKeySequence.StandardKey, name: str, text: str) -> None:
        action = QAction(text, self)
        action.setObjectName(name)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # shown here; the field itself takes the key
        action.triggered.connect(lambda: self._press(key))
        self.addAction(action)
        self.by_key[key] = action

    def _focus_changed(self, _former: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, (*TEXTS, QAbstractItemView)) and now.window() is self.parentWidget():
            self._target = now

    def refresh(self) -> None:
        """Offer what makes sense where the focus is."""
        target = self._target
        for key, action in self.by_key.items():
            action.setEnabled(target is not None and _makes_sense(target, key))

    def _press(self, key: QKeySequence.StandardKey) -> None:
        if self._target is not None:
            combination = QKeySequence(key)[0]
            self._target.setFocus()
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                press = QKeyEvent(kind, combination.key(), combination.keyboardModifiers())
                QApplication.sendEvent(self._target, press)


def _makes_sense(target: QWidget, key: QKeySequence.StandardKey) -> bool:
    if isinstance(target, QAbstractItemView):
        return key in (Key.Copy, Key.SelectAll) and target.model() is not None
    if isinstance(target, QLineEdit):
        writable = not target.isReadOnly()
        possible = {
            Key.Undo: target.isUndoAvailable(),
            Key.Redo: target.isRedoAvailable(),
            Key.Cut: writable and target.hasSelectedText(),
            Key.Copy: target.hasSelectedText(),
            Key.Paste: writable,
            Key.SelectAll: bool(target.text()),
        }
        return possible[key]
    return key in (Key.Copy, Key.SelectAll)  # the log and the help, which are read and not written
