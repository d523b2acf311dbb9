"""A button that opens names to tick."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QWidget

from desktop_app.widgets.name_list import NameList


class NameTicks(QToolButton):
    """Those who use it say by `choose` which names are ticked.

    Attributes:
        ticked: this name is to be ticked, or no more.
        names: what the button opens.
    """

    ticked = Signal(str, bool)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.names = NameList(title)
        self.names.taken.connect(self._turn)
        self.setMenu(self.names.in_menu(self))
        self._offered: tuple[str, ...] = ()
        self._known: frozenset[str] = frozenset()
        self.setEnabled(False)
        self.choose(())

    def offer(self, names: Sequence[str]) -> None:
        """Offer these names. The same names again cost nothing."""
        if (wanted := tuple(names)) != self._offered:
            self._offered, self._known = wanted, frozenset(wanted)
            self.choose(self.names.found.ticked or ())

    def choose(self, names: Collection[str]) -> None:
        """Tick these names, and no others; what is not offered any more can still be left. Emits nothing."""
        everything = (*self._offered, *sorted(name for name in names if name not in self._known))
        if everything != self.names.found.names:
            self.names.found.offer(everything)
        self.names.found.tick(names)
        self.setEnabled(bool(everything))

    def _turn(self, place: int) -> None:
        found = self.names.found
        name = found.names[place]
        self.ticked.emit(name, name not in (found.ticked or ()))
