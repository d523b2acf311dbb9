"""Named actions, and the buttons of actions and of menus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget


def make_action(
    owner: QWidget,
    name: str,
    text: str,
    run: Callable[[], object],
    shortcut: QKeySequence | QKeySequence.StandardKey | str = "",
    tip: str = "",
    context: Qt.ShortcutContext = Qt.ShortcutContext.WidgetWithChildrenShortcut,
) -> QAction:
    """A new action of `owner`, found by its `name`, that calls `run`; its tool tip tells the shortcut as well."""
    action = QAction(text, owner)
    action.setObjectName(name)
    action.triggered.connect(lambda _checked=False: run())
    if tip:
        action.setToolTip(tip)
    if shortcut:
        action.setShortcut(QKeySequence(shortcut))
        action.setShortcutContext(context)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if keys:  # a standard key is none on some desktops
            action.setToolTip(f"{action.toolTip()} ({keys})")
    owner.addAction(action)
    return action


def action_button(action: QAction, sign: str = "") -> QPushButton:
    """A button that does what the action does and is enabled with it; a `sign` stands on it in place of the words."""
    button = QPushButton(sign or action.text())
    button.setObjectName(f"{action.objectName()}.button")
    button.setAccessibleName(action.text())
    button.setToolTip(action.toolTip())
    button.setEnabled(action.isEnabled())
    if action.isCheckable():
        button.setCheckable(True)
        button.setChecked(action.isChecked())
        action.toggled.connect(button.setChecked)
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    return button


def menu_button(text: str, tip: str, menu: QMenu) -> QToolButton:
    """A button that opens a menu."""
    button = QToolButton()
    button.setText(text)
    button.setAccessibleName(text)
    button.setToolTip(tip)
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return button
