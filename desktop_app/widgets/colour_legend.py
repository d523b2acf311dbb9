"""What the colours of marks and the letters on them stand for, in one line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app import theme
from desktop_app.widgets import marks
from desktop_app.widgets.timeline_colours import OTHER, letter

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
        told = [f"{letter(self._colour(number))}  {name}".strip() for number, name in enumerate(self._names)]
        self.setToolTip("\n".join(told))
        self.setAccessibleName(self.tr("Colours: {0}").format(", ".join(told)))
        self.setVisible(bool(names))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics, x = self.fontMetrics(), 12.0
        room = self._room()
        for number, name in enumerate(self._names):
            colour = self._colour(number)
            painter.fillRect(QRectF(x - 1, self.height() / 2 - 6, 12, 12), theme.categorical(colour))
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(x + 5, self.height() / 2)
            marks.draw_sign(painter, letter(colour), theme.categorical(colour))
            painter.restore()
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
            painter.setPen(theme.colour("text"))
            width = metrics.horizontalAdvance(text)
            painter.drawText(QRectF(x + 16, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            x += width + GAP

    def _colour(self, number: int) -> int:
        return OTHER if number == len(self._names) - 1 else number

    def _room(self) -> int:
        """The pixels that a name may have, so that all fit into the line."""
        widths = [self.fontMetrics().horizontalAdvance(name) for name in self._names]
        free = self.width() - 24 - GAP * len(widths)
        rooms = range(LONGEST, SHORTEST, -4)
        return next((room for room in rooms if sum(min(width, room) for width in widths) <= free), SHORTEST)
