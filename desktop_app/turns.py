"""Pieces of work for the window's own thread, of which only few fall into one beat.

Answers of several questions and the parts of a page often come at the same moment. Each alone is short; done one after
the other without a return to the event loop, they would hold up what the analyst does. So they take turns.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from PySide6.QtCore import QAbstractEventDispatcher, QObject, QTimer
from shiboken6 import isValid

LITTLE = 0.002  # seconds that a piece that is to be alone, or painting, may share a beat with
PATIENCE = 3  # beats that pieces wait at most while something else, such as painting, takes them
BUDGET = 0.012  # seconds of processor time in one beat, after which the next piece has to wait
PAUSE_MS = 1  # not 0: a timer of 0 comes only when the desktop has no event left, which is never while a mouse moves


class _Turns(QObject):
    """Does what is given at once where this beat has time for it, else in a later one, in the order given."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[tuple[QObject, Callable[[], object], bool]] = deque()
        self._spent = 0.0  # in this beat
        self._woke = 0.0  # processor time of this thread when the beat began, in which there may be much to paint
        self._woke_before = 0.0  # and when the one before it began
        self._waited = 0  # beats
        self._busy = False  # within a piece
        self._next = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._next.timeout.connect(self._begin)
        self._watches = False

    def _watch(self) -> None:
        """Hear when beats begin, once there is an application that has some."""
        dispatcher = QAbstractEventDispatcher.instance()
        if dispatcher is not None and not self._watches:
            self._watches = True
            dispatcher.awake.connect(self._wake)

    def _wake(self) -> None:
        self._woke_before, self._woke = self._woke, time.thread_time()

    @property
    def did_something(self) -> bool:
        self._watch()
        return self._watches and not self._busy and time.thread_time() - self._woke_before > LITTLE

    def take(self, owner: QObject, do: Callable[[], object], alone: bool, later: bool) -> None:
        self._watch()
        self._waiting.append((owner, do, alone))
        if not self._busy and not later:
            self._go_on()
        elif not self._next.isActive():
            self._next.start()

    @contextmanager
    def count(self) -> Iterator[None]:
        began = time.thread_time()
        try:
            yield
        finally:
            if not self._busy:  # or it is counted with the piece that it is a part of
                self._spent += time.thread_time() - began
                self._next.start()

    def _begin(self) -> None:
        self._spent = time.thread_time() - self._woke if self._waiting and self._watches else 0.0
        self._waited = self._waited + 1 if self._held() else 0
        if self._waited > PATIENCE:
            self._spent, self._waited = 0.0, 0
        self._go_on()  # also within a piece that waits for a dialog, or nothing would be heard there

    def _held(self) -> bool:
        """Whether this beat has no time any more for the piece whose turn it is."""
        return bool(self._waiting) and (self._spent >= BUDGET or (self._waiting[0][2] and self._spent > LITTLE))

    def _go_on(self) -> None:
        while self._waiting:
            self._next.start()  # before the piece, which may raise or wait for a dialog
            if self._held():
                return
            owner, do, alone = self._waiting.popleft()
            if isValid(owner):
                self._do(do, alone)

    def _do(self, do: Callable[[], object], alone: bool) -> None:
        began, self._busy = time.thread_time(), True
        try:
            do()
        finally:
            self._busy = False
            self._spent += BUDGET if alone else time.thread_time() - began
            self._next.start()  # from now on, or the next piece would come before what became due during this one


_turns = _Turns()


def take_turn(owner: QObject, do: Callable[[], object], alone: bool = False, later: bool = False) -> None:
    """Do something soon, unless its owner is deleted before.

    Args:
        alone: it is to share a beat with nothing else that takes turns.
        later: not in this beat, of whose time something else has taken much.
    """
    _turns.take(owner, do, alone, later)


def something_was_done() -> bool:
    """Whether something was done in this beat, or in the one before it, so that what can wait a moment should.

    Not within a piece that has its turn: what it does is its own.
    """
    return _turns.did_something


def counted() -> AbstractContextManager[None]:
    """A block that cannot wait, as it answers a click; if it takes long, pieces have to wait for another beat."""
    return _turns.count()
