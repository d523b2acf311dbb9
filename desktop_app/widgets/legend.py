"""What the colours and patterns of a list's bars mean."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop_app.layout import discard
from desktop_app.widgets import runs_table
from desktop_app.widgets.breakdown_bar import BASE, Swatch
from desktop_app.widgets.flow_layout import FlowLayout


class Legend(QWidget):
    """A swatch and a name for each component, in as many lines as they need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = FlowLayout(self, spacing=4)
        self._shown: tuple[tuple[str, ...], bool] = ((), False)

    def show_components(self, components: Sequence[str], base: bool) -> None:
        """Name these components, and, with `base`, the part that belongs to none."""
        wanted = (tuple(components), base)
        if wanted == self._shown:
            return
        self._shown = wanted
        while (child := self._layout.takeAt(0)) is not None:
            if (widget := child.widget()) is not None:
                discard(widget)
        for place, name in enumerate(components):
            self._add(place, runs_table.model_name(name))
        if base:
            self._add(BASE, self.tr("Base"))
        self.updateGeometry()

    def _add(self, component: int, name: str) -> None:
        entry = QWidget()
        line = QHBoxLayout(entry)
        line.setContentsMargins(0, 0, 12, 0)
        line.setSpacing(6)
        line.addWidget(Swatch(component))
        line.addWidget(QLabel(name))
        self._layout.addWidget(entry)
