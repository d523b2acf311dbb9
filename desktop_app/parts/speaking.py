"""What a generator writes is shown in a box as it comes, and can be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop_app.preferences import Preferences
from desktop_app.translation import error_text

if TYPE_CHECKING:
    from desktop_app.background import Background, Request
    from desktop_app.state import AppState
    from desktop_app.widgets.answer_box import AnswerBox

LOOK_MS = 100  # between two looks at what was said meanwhile


class Speaking(QObject):
    """One question at a time to the generator that was chosen on the page of language models, and its box.

    What it says is shown a sentence at a time, each checked before (`core.dialogue.answers`).
    """

    def __init__(self, parent: QObject, state: AppState, background: Background) -> None:
        super().__init__(parent)
        self._state, self._background = state, background
        self._preferences = Preferences()
        self._box: AnswerBox | None = None
        self._asked: Request | None = None
        self._said: list[str] = []  # by the worker; lists take one more item at once
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._show)
        state.workspace_changed.connect(self.stop)
        state.user_changed.connect(self.stop)

    @property
    def busy(self) -> bool:
        """Whether it is at work."""
        return self._asked is not None

    def show_in(self, box: AnswerBox) -> None:
        """Where it is to be seen."""
        self._box = box
        box.stopped.connect(self.stop)

    def stop(self, *_: object) -> None:
        """Ask for no more of it; what was said stays."""
        self._end()

    def forget(self) -> None:
        """Show nothing of it any more."""
        self.stop()
        if self._box is not None:
            self._box.clear()

    def _begin(self, state: str) -> None:
        assert self._box is not None
        self._said = []
        self._box.say("")
        self._box.work(state)
        self._look.start()

    def _end(self, why: str = "") -> None:
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        if self._look.isActive():
            self._look.stop()
            self._show()
            if self._box is not None:
                self._box.rest(why)

    def _told(self, withheld: bool) -> None:
        self._end(self.tr("Something that it said does not hold, and is not shown.") if withheld else "")

    def _failed(self, error: Exception) -> None:
        self._end(error_text(error))

    def _show(self) -> None:
        if self._box is not None and self._said:
            self._box.say(" ".join(self._said))
