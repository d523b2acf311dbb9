"""Every action of the window and of its pages, in words that can be searched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

MNEMONIC = re.compile(r"\(&\w\)")  # as Chinese texts end with: "打开文件(&O)"


@dataclass(frozen=True)
class Command:
    """What can be run.

    Attributes:
        name: the object name of its action, the same in every language.
        text: what it does, in the language of the screen.
        place: the menu or the page that it belongs to.
        keys: its shortcut as the system writes it, or nothing.
        first: shows the page that the action is of, where that is out of sight.
    """

    name: str
    text: str
    place: str
    keys: str
    action: QAction
    first: Callable[[], object] | None = None

    def run(self) -> None:
        """Do it."""
        if self.first is not None:
            self.first()
        self.action.trigger()

    @property
    def possible(self) -> bool:
        return self.action.isEnabled()


def plain(text: str) -> str:
    """The text of an action or menu without the mark of its letter."""
    return MNEMONIC.sub("", text).replace("&&", "\0").replace("&", "").replace("\0", "&")


def other_words(path: Path) -> dict[str, tuple[str, ...]]:
    """What each text of the window is in the other languages of a translation file (Qt's `.ts`), without marks."""
    words: dict[str, set[str]] = {}
    for message in ElementTree.parse(path).iter("message"):
        source, translation = (plain(message.findtext(tag) or "").strip() for tag in ("source", "translation"))
        if source and translation:
            words.setdefault(source, set()).add(translation)
            words.setdefault(translation, set()).add(source)
    return {text: tuple(sorted(others)) for text, others in words.items()}


def of_window(named: Iterable[QAction]) -> Iterator[Command]:
    """Commands of actions that stand in the window's menus."""
    for action in named:
        yield from _command(action, "")


def of_page(page: QWidget, title: str, first: Callable[[], object] | None = None) -> Iterator[Command]:
    """Commands of a page: of what is in view on it, and of its menus; `first` shows the page."""
    for action in page.findChildren(QAction):
        name = action.objectName()
        if name and not name.startswith(("_q_", "qt_")) and _in_view(action, page):
            owner = action.parent()
            table = owner.accessibleName() if isinstance(owner, QAbstractItemView) else ""
            yield from _command(action, f"{title} › {table}" if table else title, first)


def _command(action: QAction, page: str, first: Callable[[], object] | None = None) -> Iterator[Command]:
    if not action.isVisible() or action.isSeparator():
        return
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    text = plain(action.text())
    if not any(letter.isalnum() for letter in text):  # a sign on a small button
        text = action.toolTip().removesuffix(f" ({keys})")
    if text:
        yield Command(action.objectName(), text, _place(action, page), keys, action, first)


def _place(action: QAction, page: str) -> str:
    menus = [one for one in action.associatedObjects() if isinstance(one, QMenu) and one.title()]
    titles = [page] if page else []
    titles += [plain(menus[0].title())] if menus else []
    return " › ".join(titles)


def _in_view(action: QAction, page: QWidget) -> bool:
    owner = action.parent()
    while owner is not None and (isinstance(owner, QMenu) or not isinstance(owner, QWidget)):
        owner = owner.parent()
    return isinstance(owner, QWidget) and (owner is page or owner.isVisibleTo(page))
