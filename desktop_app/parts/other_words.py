"""Lets the generator say again what Seqlens says of a score or of a user."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from core import answering
from desktop_app.parts.speaking import Speaking

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from desktop_app.background import Background
    from desktop_app.state import AppState
    from desktop_app.widgets.other_words import OtherWords


class Rewording(Speaking):
    """Offers other words for a text where a generator was chosen.

    Args:
        name: of its questions, of which a newer one takes the place of an older one.
        source: the text as it stands now.
    """

    def __init__(
        self,
        parent: QObject,
        state: AppState,
        background: Background,
        name: str,
        words: OtherWords,
        source: Callable[[], str],
    ) -> None:
        super().__init__(parent, state, background)
        self._name, self._words, self._source = name, words, source
        self._offered = ""
        self.show_in(words.answer)
        words.asked.connect(self._ask)

    def offer(self) -> None:
        """Look at the text: where another one stands there, what was said of the one before is gone."""
        text = self._source() if self._preferences.generator else ""
        if text != self._offered:
            self._offered = text
            self.forget()
        self._words.setVisible(bool(text))

    def _ask(self) -> None:
        workspace, model, text = self._state.workspace, self._preferences.generator, self._offered
        if workspace is None or not model or not text:
            return
        self.stop()
        self._begin(self.tr("The generator words it …"))
        work = partial(answering.reworded, workspace, text, model, self._said.append)
        self._asked = self._background.ask(self._name, work, done=self._told, failed=self._failed)
