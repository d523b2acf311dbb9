"""Work that stands still whenever it checks whether to stop, while another thread works, as beside the window."""

from __future__ import annotations

import threading
import time

from core.progress import Progress, Stood


class Standing(Progress):
    """Stands still for so many seconds at each check."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds, self._stood = seconds, Stood()

    @property
    def stood(self) -> Stood:
        return self._stood

    def check(self) -> None:
        super().check()
        began, worked = time.perf_counter(), time.process_time()
        other = threading.Thread(target=self._work)
        other.start()
        other.join()
        seconds, processor = self._stood
        self._stood = Stood(seconds + time.perf_counter() - began, processor + time.process_time() - worked)

    def _work(self) -> None:
        end = time.thread_time() + self._seconds
        while time.thread_time() < end:
            pass
