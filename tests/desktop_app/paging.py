"""Going to a page of a window, as the analyst does."""

from __future__ import annotations

from typing import Any

from pytestqt.qtbot import QtBot

from desktop_app.app import Desk


def shown_page(desk: Desk, qtbot: QtBot, name: str = "") -> Any:
    """Show the page of this name, or wait for the one that was asked for last, and give it."""
    window = desk.window
    if name:
        window.show_page(name)
    wanted = desk.preferences.page
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.stack.made.get(wanted) is not None, timeout=10_000)
    return window.stack.currentWidget()
