"""Long imports in other threads stand back while the window makes a page.

Both hold the interpreter's lock in turn, and each of the thousands of calls into Qt that make a page may have to wait
for it. Python has no way to give a thread precedence, but every import asks its finders: one of them can wait.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.abc import MetaPathFinder

SHOWN = 0.04  # seconds in which a page that was made is laid out and painted
LONGEST = 0.3  # seconds that imports wait for one page; should the window itself need what is imported, they go on then

_until = 0.0  # when imports go on, by the monotonic clock: a time, as a signal could be lost


class _Courtesy(MetaPathFinder):
    """Finds nothing; has every thread but the window's wait while a page is made."""

    def find_spec(self, name: str, path: object, target: object = None) -> None:
        del name, path, target
        if threading.current_thread() is not threading.main_thread():
            while (left := _until - time.monotonic()) > 0:
                time.sleep(min(left, SHOWN / 4))


_courtesy = _Courtesy()


@contextmanager
def making_page() -> Iterator[None]:
    """Have imports of other threads wait, until the page that is made in this block has been shown too."""
    global _until
    if _courtesy not in sys.meta_path:
        sys.meta_path.insert(0, _courtesy)
    _until = time.monotonic() + LONGEST
    try:
        yield
    finally:
        _until = time.monotonic() + SHOWN
