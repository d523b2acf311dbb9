"""Tells when the host of a virtual machine had the machine stand: `python -m tests.benchmarks.host` until it is ended.

A host can take the mapping of a machine's memory away, to move or to keep it. Then everything that runs there takes ten
to a hundred times as long until its memory was touched once, and the time counts as its own: nothing in the machine is
told. So this process, which does nothing but touch memory of its own ten times a second, notices it as well as a window
does that is measured at the same time. What it prints are the moments of it, by `time.monotonic`, which is the same
clock for all processes of a machine.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections import deque
from types import TracebackType

import numpy as np

PAGES = 10_000  # of memory that are touched at a time; a tenth of a second apart
PAGE = 4096  # bytes
LOOKS = 50  # the last ones, that tell how long it usually takes
TIMES = 12  # as long as usual, to be counted; another process beside it makes it three times at most
COLD = 1.0  # seconds after such a moment in which memory is touched again for the first time


def watch() -> None:
    """Touch memory until the process is ended, and print when that took long."""
    memory = np.ones(PAGES * PAGE, np.uint8)[::PAGE]
    took: deque[float] = deque(maxlen=LOOKS)
    while os.getppid() != 1:  # whoever began it is there
        began = time.thread_time()
        memory += 1
        seconds = time.thread_time() - began
        if len(took) == LOOKS and seconds > TIMES * statistics.median(took):
            print(time.monotonic(), flush=True)
        took.append(seconds)
        time.sleep(0.1)


class Host:
    """Watches the host while a block runs.

    Attributes:
        moments: when it had the machine stand, by `time.monotonic`; known after the block.
    """

    def __init__(self) -> None:
        self.moments: list[float] = []

    def __enter__(self) -> Host:
        command = [sys.executable, "-m", "tests.benchmarks.host"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.terminate()
        self.moments = [float(line) for line in self._process.communicate()[0].split()]

    def disturbed(self, began: float, ended: float) -> bool:
        """Whether the machine stood in this time or shortly before."""
        return any(began - COLD <= moment <= ended + 0.1 for moment in self.moments)


if __name__ == "__main__":
    watch()
