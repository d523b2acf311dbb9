"""Long imports in other threads stand back while the window makes a page, and large libraries are linked before them.

Both hold the interpreter's lock in turn, and each of the thousands of calls into Qt that make a page may have to wait
for it. Python has no way to give a thread precedence, but every import asks its finders. A finder holds the lock of all
imports, the window's own too, so it does not wait itself: it has the loader of the module do so.

What torch does in one call when it is imported holds that lock for a tenth of a second or more, and cannot be divided.
So it is imported while the analyst does nothing, unless something needs it before.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QWindow

from desktop_app import linking

SHOWN = 0.04  # seconds in which a page that was made is laid out and painted
LONGEST = 0.3  # seconds that imports wait for one page; should the window itself need what is imported, they go on then

REST = 1.0  # seconds without a key or a move of the mouse, after which nobody notices a short halt
USES = {  # events by which the analyst uses a window
    *(QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel),
    *(QEvent.Type.TouchUpdate, QEvent.Type.DragMove),
}

_used = 0.0  # when the analyst last did something, by the monotonic clock
_until = 0.0  # when imports go on, by the monotonic clock: a time, as a signal could be lost


class _Waits(Loader):
    """Waits while a page is made or a library is linked, and leaves the rest to the loader that was found."""

    def __init__(self, found: Loader) -> None:
        self._found = found

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        while (left := _until - time.monotonic()) > 0:
            time.sleep(min(left, SHOWN / 4))
        linking.before_import(spec.name)
        spec.loader = self._found
        return self._found.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._found.exec_module(module)


class _Courtesy(MetaPathFinder):
    """Finds what the other finders do; has every thread but the window's wait before it is loaded."""

    def find_spec(self, name: str, path: Any, target: ModuleType | None = None) -> ModuleSpec | None:
        if threading.current_thread() is threading.main_thread():
            return None  # which leaves it to the others
        found = (finder.find_spec(name, path, target) for finder in sys.meta_path if finder is not self)
        spec = next((spec for spec in found if spec is not None), None)
        if spec is not None and hasattr(spec.loader, "exec_module") and hasattr(spec.loader, "create_module"):
            spec.loader = _Waits(spec.loader)
        return spec


_courtesy = _Courtesy()


def note_use() -> None:
    """The analyst does something at this moment."""
    global _used
    _used = time.monotonic()


def resting() -> bool:
    """Whether the analyst has done nothing for a while."""
    return time.monotonic() >= _used + REST


class Uses(QObject):
    """Notes whenever one of the application's windows is used, dialogs and menus among them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._watch)

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # Qt keeps it once, however often it is installed

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() in USES:
            note_use()
        return False


def ask() -> None:
    """Have imports stand back from now on."""
    if _courtesy not in sys.meta_path:
        sys.meta_path.insert(0, _courtesy)


@contextmanager
def making_page() -> Iterator[None]:
    """Have imports of other threads wait, until the page that is made in this block has been shown too."""
    global _until
    ask()
    _until = time.monotonic() + LONGEST
    try:
        yield
    finally:
        _until = time.monotonic() + SHOWN
