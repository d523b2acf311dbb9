"""Opens the command palette with all that the window and its pages can do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from desktop_app.menus import page_titles
from desktop_app.pages import PAGES
from desktop_app.translation import FOLDER as TRANSLATIONS
from desktop_app.turns import take_turn
from desktop_app.widgets.passing import open_once

if TYPE_CHECKING:
    from core.progress import Progress
    from desktop_app.app import Desk
    from desktop_app.dialogs.palette import PaletteDialog
    from desktop_app.widgets.commands import Command
    from desktop_app.window import Window

HEARING_MS = 400  # in which a page that was just made hears what is open


def open_palette(window: Window, desk: Desk) -> PaletteDialog:
    """Everything that can be done now, to be found by a few letters."""
    from desktop_app.dialogs.palette import PaletteDialog

    preferences, opened = desk.preferences, desk.state.workspace is not None
    search = partial(_find_users, desk) if opened else None
    dialog = PaletteDialog(
        _commands(window, elsewhere=False),
        preferences.recent_commands,
        search,
        desk.state.select_user,
        preferences.remember_command,
        window,
    )
    desk.background.ask("other words", _other_words, done=dialog.show_other_words)
    open_once(dialog)
    if opened:
        take_turn(dialog, lambda: dialog.show_commands(_commands(window), at_once=True), alone=True, later=True)
        desk.background.ask("page modules", _import_pages, done=lambda _: _complete(window, dialog))
    return dialog


def _complete(window: Window, dialog: PaletteDialog) -> None:
    """Have the palette find what pages do that were not shown yet: a part is made in each beat, as long as it is open.

    Their modules are imported by then. The last ones hear a little later what they can do with the data.
    """
    missing = next((name for name in PAGES if name not in window.stack.made), None)
    if missing is None:
        QTimer.singleShot(HEARING_MS, dialog, lambda: dialog.show_commands(_commands(window)))
        return
    window.stack.step(missing)
    if missing in window.stack.made:
        dialog.show_commands(_commands(window))
    QTimer.singleShot(0, dialog, lambda: _complete(window, dialog))


def _commands(window: Window, elsewhere: bool = True) -> list[Command]:
    """What can be run: first what the page in view does, last what others do, where these are wanted too."""
    from desktop_app.widgets import commands

    window.edit.refresh()
    named = [action for name, action in window.actions_by_name.items() if name != "palette"]
    here: list[Command] = []
    others: list[Command] = []
    titles = page_titles()
    for name, page in window.stack.made.items():
        if page is window.stack.currentWidget():
            here += commands.of_page(page, titles[name])
        elif elsewhere:
            others += commands.of_page(page, titles[name], partial(window.show_page, name))
    return [*here, *commands.of_window([*named, *window.edit.actions()]), *others]


def _find_users(desk: Desk, text: str, done: Callable[[Sequence[tuple[str, int]]], object]) -> None:
    from desktop_app.parts.recommendation_work import find_users

    desk.background.ask("palette users", find_users, desk.state.workspace, None, text, done=done)


def _import_pages(progress: Progress) -> None:
    """Import the pages, which takes seconds the first time, with all that they need."""
    for module, _ in PAGES.values():
        progress.check()
        import_module(module)


def _other_words(progress: object) -> dict[str, tuple[str, ...]]:
    """What the texts of the screen are in the other language; commands are found by those as well."""
    from desktop_app.widgets.commands import other_words

    del progress
    return other_words(TRANSLATIONS / "seqlens_zh_CN.ts")
