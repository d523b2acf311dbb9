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

from core.progress import Progress
from desktop_app import linking

SHOWN = 0.04  # seconds in which a page that was made is laid out and painted
LONGEST = 0.3  # seconds that imports wait for one page; should the window itself need what is imported, they go on then

REST = 1.0  # seconds without a key or a move of the mouse, after which nobody notices a short halt
PATIENCE = 10.0  # seconds that are waited for such a rest

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


def wait_for_rest(progress: Progress) -> None:
    """Wait until the analyst does nothing for a while, but not for ever.

    Raises:
        Cancelled: nobody needs what is waited for any more.
    """
    end = time.monotonic() + PATIENCE
    while time.monotonic() < min(end, _used + REST):
        progress.check()
        time.sleep(REST / 20)


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
