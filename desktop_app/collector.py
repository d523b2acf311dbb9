"""Garbage is collected in the window's thread alone.

Python collects cycles in whichever thread happens to allocate. A widget or timer of Qt that is found there would be
destroyed in a worker thread, and Qt crashes. So the automatic collection is off while the window lives, and a timer
does it, by the thresholds that Python itself would use. Not while a library is imported, though, in whichever thread:
what it makes by the hundred thousand would be gone through again and again, and nearly all of it stays. So what it made
is left out of later collections. And not at once where a worker has just made very much, which would take long to be
gone through, and most of which soon goes by itself.
"""

from __future__ import annotations

import gc
import sys

from PySide6.QtCore import QObject, QTimer

INTERVAL = 200  # milliseconds
LIBRARY = 50  # modules; fewer are a page, which makes too little to be left out
MANY = 20_000  # objects made since the last collection; to go through more takes 10 ms and above
LOOKS = 50  # at most, that are waited for many to become fewer: ten seconds


class Collector(QObject):
    """Collects from now on until `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._seen = self._left_out = len(sys.modules)  # at the last look, and when what they made was left out last
        self._put_off = 0  # looks
        self._timer = QTimer(self, interval=INTERVAL)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is due, and the younger ones with it."""
        before, self._seen = self._seen, len(sys.modules)
        if self._seen - self._left_out > LIBRARY:
            if self._seen == before:  # it is whole
                self._left_out = self._seen
                gc.freeze()
            return
        if gc.get_count()[0] > MANY and self._put_off < LOOKS:
            self._put_off += 1
            return
        self._put_off = 0
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Leave it to Python again, once no worker is left."""
        self._timer.stop()
        gc.enable()
