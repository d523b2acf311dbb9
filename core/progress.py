"""How long work tells how far it is, and how it is stopped."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple


class Cancelled(Exception):
    """Raised inside long work after the analyst pressed stop."""


class Stood(NamedTuple):
    """How long work has stood still.

    Attributes:
        seconds: that have passed.
        processor: seconds that the threads of this process have worked meanwhile, together.
    """

    seconds: float = 0.0
    processor: float = 0.0


class Progress:
    """Handed to every long function, which calls `step` often (at least every 100 ms of work).

    This class shows nothing; the window and the command line override `report`. All methods are safe to call from
    any thread.

    Attributes:
        fraction: the last reported share of the work done, 0 to 1.
    """

    def __init__(self) -> None:
        self.fraction = 0.0
        self._stop = threading.Event()
        self._interrupts: list[Callable[[], object]] = []
        self._lock = threading.Lock()

    @property
    def cancelled(self) -> bool:
        """Whether the work was asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop: the next `step` raises, and what `interrupting` registered is called at once."""
        self._stop.set()
        with self._lock:
            interrupts = list(self._interrupts)
        for interrupt in interrupts:
            with contextlib.suppress(Exception):  # the work ended, or its connection was closed, at this very moment
                interrupt()

    @property
    def stood(self) -> Stood:
        """How long the work has stood still in `check` until now: whoever measures how fast it is leaves that out."""
        return Stood()

    def clock(self) -> float:
        """Seconds that pass while the work does not stand still, for differences."""
        return time.perf_counter() - self.stood.seconds

    def check(self) -> None:
        """Raise `Cancelled` if the work was asked to stop."""
        if self.cancelled:
            raise Cancelled

    def step(self, done: float, total: float, message: str, **figures: float | int | str) -> None:
        """Report `done` of `total` and raise `Cancelled` if the work was asked to stop.

        `message` is a constant English sentence (the window translates it); what changes goes into `figures`, as
        `progress.step(3, 20, "Training epoch {epoch} of {epochs}", epoch=3, epochs=20, loss=2.31)`.
        """
        self.check()
        self.fraction = min(1.0, done / total) if total > 0 else 0.0
        self.report(self.fraction, message, figures)

    def report(self, fraction: float, message: str, figures: dict[str, float | int | str]) -> None:
        """Show the state of the work; the base class shows nothing."""

    def part(self, start: float, end: float) -> Progress:
        """A progress for one part of the work, whose 0 to 1 is `start` to `end` of this one."""
        return Part(self, start, end)

    @contextlib.contextmanager
    def interrupting(self, interrupt: Callable[[], object]) -> Iterator[None]:
        """While inside, `cancel` also calls `interrupt` (such as a DuckDB connection's); see that as `Cancelled`."""
        with self._lock:
            self._interrupts.append(interrupt)
        try:
            self.check()  # only now: a stop that came just before has not seen this interrupt
            yield
        except Exception as error:
            if self.cancelled:
                raise Cancelled from error
            raise
        finally:
            with self._lock:
                self._interrupts.remove(interrupt)


class Part(Progress):
    """A part of longer work, which it reports itself to and is stopped with; made by `Progress.part`."""

    def __init__(self, whole: Progress, start: float, end: float) -> None:
        super().__init__()
        self._whole, self._start, self._end = whole, start, end

    @property
    def cancelled(self) -> bool:
        return self._whole.cancelled

    def cancel(self) -> None:
        self._whole.cancel()

    @property
    def stood(self) -> Stood:
        return self._whole.stood

    def check(self) -> None:
        self._whole.check()

    def report(self, fraction: float, message: str, figures: dict[str, float | int | str]) -> None:
        self._whole.step(self._start + (self._end - self._start) * fraction, 1.0, message, **figures)

    @contextlib.contextmanager
    def interrupting(self, interrupt: Callable[[], object]) -> Iterator[None]:
        with self._whole.interrupting(interrupt):
            yield
