"""What all pages have in common: they are made in steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from desktop_app.background import Background
    from desktop_app.state import AppState


class Page(QWidget):
    """A page of the window.

    To make all that is on a page takes longer than a window may stand still, so `_make` yields whenever it has made a
    part of it, and the window goes on with other things before it asks for the next part. Nothing may reach a page
    from outside that is not whole: it follows the state from the last step on.

    Args:
        at_once: whether it is whole when it was constructed; else whoever made it goes through its `steps`.

    Attributes:
        steps: makes the next part each time it is advanced.
    """

    icon = ""

    def __init__(
        self, state: AppState, background: Background, parent: QWidget | None = None, at_once: bool = True
    ) -> None:
        super().__init__(parent)
        self._state, self._background = state, background
        self.steps = self._make()
        if at_once:
            for _ in self.steps:
                pass

    def title(self) -> str:
        """Its name on the screen."""
        raise NotImplementedError

    def _make(self) -> Iterator[None]:
        """Make its parts, one after the other."""
        raise NotImplementedError
