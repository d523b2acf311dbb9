"""The part of the recommendations page that lets a generator read requests and word what the list has become."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from core import answering
from desktop_app.parts.speaking import Speaking
from desktop_app.translation import error_text

if TYPE_CHECKING:
    from core.answering import Line
    from core.dialogue.structure import Understood
    from core.progress import Progress
    from core.workspace import Workspace


class Generating(Speaking):
    """Asks the generator that was chosen on the page of language models; does nothing where none was."""

    @property
    def reads(self) -> str:
        """Which requests it reads: "all", the "rest" that the grammar leaves, or none ("")."""
        return self._preferences.generator_reads if self._preferences.generator else ""

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
