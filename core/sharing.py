"""Locks on what is made once for several threads, by which the one that makes it knows whether others wait for it."""

from __future__ import annotations

import threading
from types import TracebackType

_own = threading.local()  # of each thread: the locks that it holds, the innermost last


class Shared:
    """A lock that the thread that holds it may take again."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._count = threading.Lock()
        self._waiting = 0

    @property
    def awaited(self) -> bool:
        """Whether another thread waits for it."""
        return self._waiting > 0

    def __enter__(self) -> None:
        if not self._lock.acquire(blocking=False):
            self._wait(1)
            try:
                self._lock.acquire()
            finally:
                self._wait(-1)
        _held().append(self)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _held().pop()
        self._lock.release()

    def _wait(self, more: int) -> None:
        with self._count:
            self._waiting += more


def is_awaited() -> bool:
    """Whether another thread waits for what this one makes inside a `Shared`."""
    return any(lock.awaited for lock in _held())


def _held() -> list[Shared]:
    if not hasattr(_own, "held"):
        _own.held = []
    held: list[Shared] = _own.held
    return held
