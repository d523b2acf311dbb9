"""The part of the recommendations page that lets a generator read requests and word what the list has become."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from core import answering
from desktop_app.preferences import Preferences
from desktop_app.translation import error_text

if TYPE_CHECKING:
    from core.answering import Line
    from core.dialogue.structure import Understood
    from core.progress import Progress
    from core.workspace import Workspace
    from desktop_app.background import Background, Request
    from desktop_app.state import AppState
    from desktop_app.widgets.answer_box import AnswerBox

LOOK_MS = 100  # between two looks at what was said meanwhile


class Generating(QObject):
    """Asks the generator that was chosen on the page of language models; does nothing where none was.

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
    def reads(self) -> str:
        """Which requests it reads: "all", the "rest" that the grammar leaves, or none ("")."""
        return self._preferences.generator_reads if self._preferences.generator else ""

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

    def hear(self, text: str, done: Callable[[Understood], object], failed: Callable[[Exception], object]) -> None:
        """Let it read a request; where it is stopped, `failed` gets no word and `done` none either."""
        workspace = self._state.workspace
        if workspace is None or self._box is None:
            return
        self._begin(self.tr("The generator reads it …"))

        def answer(said: Understood) -> None:
            self._end()
            if self._state.workspace is workspace:
                done(said)

        def fail(error: Exception) -> None:
            self._end(error_text(error))
            failed(error)

        model = self._preferences.generator
        self._asked = self._background.ask(
            "generator", answering.heard, workspace, text, model, done=answer, failed=fail
        )

    def tell(self, request: str, lines: list[Line], new: int) -> None:
        """Let it word what the list has become."""
        workspace, model = self._state.workspace, self._preferences.generator
        if workspace is None or self._box is None or not model or not self._preferences.generator_words or not lines:
            return
        self._begin(self.tr("The generator words it …"))
        work = partial(_tell, workspace, request, lines, new, model, self._said.append)
        self._asked = self._background.ask("generator", work, done=self._told, failed=self._failed)

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


def _tell(
    workspace: Workspace,
    request: str,
    lines: list[Line],
    new: int,
    model: str,
    say: Callable[[str], object],
    progress: Progress,
) -> bool:
    return answering.told(workspace, request, answering.facts(lines, new), model, say, progress)
