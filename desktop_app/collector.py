"""Garbage is collected in the window's thread alone.

Python collects cycles in whichever thread happens to allocate. A widget or timer of Qt that is found there would be
destroyed in a worker thread, and Qt crashes. So the automatic collection is off while the window lives, and a timer
does it, by the thresholds that Python itself would use. Not while libraries are imported, though: what they make by the
hundred thousand would be gone through again and again, and nearly all of it stays.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer

INTERVAL = 200  # milliseconds

_importing = threading.Event()


@contextmanager
def made_to_stay() -> Iterator[None]:
    """Collect nothing in this block, which may be in any thread, and leave what it made out of later collections."""
    _importing.set()
    try:
        yield
        gc.freeze()
    finally:
        _importing.clear()


class Collector(QObject):
    """Collects from now on until `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=INTERVAL)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is due, and the younger ones with it."""
        if _importing.is_set():
            return
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Leave it to Python again, once no worker is left."""
        self._timer.stop()
        gc.enable()
