"""What was done to named documents, so that it can be taken back and done again."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

Document = tuple[str, dict[str, object]]  # the name and what is kept under it
MOST = 200  # steps that can be taken back


@dataclass(frozen=True)
class Step:
    """A document before and after: made where there was none before, removed where there is none after."""

    before: Document | None
    after: Document | None

    @property
    def reversed(self) -> Step:
        return Step(self.after, self.before)


class History(QObject):
    """The steps that can be taken back, and those that were.

    Attributes:
        changed: there is more or less to take back or to do again.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def add(self, step: Step) -> None:
        """A step was taken."""
        self._done = [*self._done, step][-MOST:]
        self._undone = []
        self.changed.emit()

    def undo(self) -> Step | None:
        """The step that takes the last one back, None where there is none."""
        return self._move(self._done, self._undone, back=True)

    def redo(self) -> Step | None:
        """The step that was taken back last, None where there is none."""
        return self._move(self._undone, self._done, back=False)

    def clear(self) -> None:
        """Forget all steps, as with another workspace."""
        self._done, self._undone = [], []
        self.changed.emit()

    def _move(self, source: list[Step], target: list[Step], back: bool) -> Step | None:
        if not source:
            return None
        step = source.pop()
        target.append(step)
        self.changed.emit()
        return step.reversed if back else step
