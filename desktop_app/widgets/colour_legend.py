"""What the colours of marks stand for, in one line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app import theme
from desktop_app.widgets.timeline_colours import OTHER

LONGEST, SHORTEST = 180, 28  # pixels of a name
GAP = 28  # pixels from the end of a name to the end of the next one's square


class ColourLegend(QWidget):
    """Hidden while the colours need no words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._names: tuple[str, ...] = ()
        theme.changed.connect(self.update)
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(300, self.fontMetrics().height() + 8)

    def show_names(self, names: tuple[str, ...]) -> None:
        """Name the first colours; the grey is for all that has none of these names."""
        self._names = (*names, self.tr("Other or none")) if names else ()
        self.setToolTip("\n".join(self._names))
        self.setAccessibleName(self.tr("Colours: {0}").format(", ".join(self._names)))
        self.setVisible(bool(names))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics, x = self.fontMetrics(), 12.0
        room = self._room()
        for number, name in enumerate(self._names):
            colour = OTHER if number == len(self._names) - 1 else number
            painter.fillRect(QRectF(x, self.height() / 2 - 5, 10, 10), theme.categorical(colour))
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
            painter.setPen(theme.colour("text"))
            width = metrics.horizontalAdvance(text)
            painter.drawText(QRectF(x + 16, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            x += width + GAP

    def _room(self) -> int:
        """The pixels that a name may have, so that all fit into the line."""
        widths = [self.fontMetrics().horizontalAdvance(name) for name in self._names]
        free = self.width() - 24 - GAP * len(widths)
        rooms = range(LONGEST, SHORTEST, -4)
        return next((room for room in rooms if sum(min(width, room) for width in widths) <= free), SHORTEST)
