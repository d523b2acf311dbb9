"""Buttons of actions."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton


def action_button(action: QAction, sign: str = "") -> QPushButton:
    """A button that does what the action does and is enabled with it; a `sign` stands on it in place of the words."""
    button = QPushButton(sign or action.text())
    button.setObjectName(f"{action.objectName()}.button")
    button.setAccessibleName(action.text())
    button.setToolTip(action.toolTip())
    button.setEnabled(action.isEnabled())
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    return button
