"""Garbage is collected in the window's thread alone.

Python collects cycles in whichever thread happens to allocate. A widget or timer of Qt that is found there would be
destroyed in a worker thread, and Qt crashes. So the automatic collection is off while the window lives, and a timer
does it, by the thresholds that Python itself would use.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL = 200  # milliseconds


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
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Leave it to Python again, once no worker is left."""
        self._timer.stop()
        gc.enable()
