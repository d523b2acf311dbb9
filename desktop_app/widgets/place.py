"""Room for a part of a page that is costly to make and often not looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.painting import paint_in_parts

Part = TypeVar("Part", bound=QWidget)


class Place(QWidget, Generic[Part]):
    """Hidden and empty at first; what belongs here is made at its first use.

    Attributes:
        made: what is here, None so long as nobody used it.
    """

    def __init__(self, make: Callable[[QWidget], Part]) -> None:
        """`make` makes it in the widget that it is given: Qt styles what is put into another one later once more."""
        super().__init__()
        self._make = make
        self.made: Part | None = None
        self._before: QWidget | None = None  # which had the keys when this was shown
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    @property
    def part(self) -> Part:
        """What is here."""
        if self.made is None:
            self.made = self._make(self)
            self.layout().addWidget(self.made)
        return self.made

    def show_part(self, on: bool) -> None:
        """Show what belongs here, or hide it; what was never seen is made only to be shown.

        Keys that went here go where they went before it was shown.
        """
        focus = self.window().focusWidget()
        changes = on == self.isHidden()
        if on:
            self._before = focus
            self.part.show()
        elif focus is not None and self.isAncestorOf(focus) and self._before is not None and isValid(self._before):
            self._before.setFocus()
        self.setVisible(on)
        if changes:
            paint_in_parts(self.parentWidget() or self)  # what stands beside it has another size now
