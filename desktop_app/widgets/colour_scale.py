"""Colours of figures: viridis, which keeps its order without colour and for the colour-blind, and its legend."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app import theme

# Ten even steps of viridis (van der Walt & Smith 2015).
VIRIDIS = (
    "#440154", "#482878", "#3e4989", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58", "#b5de2b", "#fde725",
)  # fmt: skip
LIGHT_ENDS, DARK_ENDS = (0.0, 0.9), (0.22, 1.0)  # the part of it that stands out from the ground of each scheme
BAR = 12  # pixels


def viridis(share: float) -> QColor:
    """The colour of a figure from 0, the lowest, to 1, as far as it can be seen on the ground of the scheme."""
    low, high = DARK_ENDS if theme.is_dark() else LIGHT_ENDS
    place = (low + (high - low) * min(max(share, 0.0), 1.0)) * (len(VIRIDIS) - 1)
    first = min(int(place), len(VIRIDIS) - 2)
    before, after, part = QColor(VIRIDIS[first]), QColor(VIRIDIS[first + 1]), place - first

    def mixed(a: int, b: int) -> int:
        return round(a + (b - a) * part)

    return QColor(
        mixed(before.red(), after.red()), mixed(before.green(), after.green()), mixed(before.blue(), after.blue())
    )


class ColourScale(QWidget):
    """A bar of the colours with a word at its left end, in its middle and at its right end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: Sequence[str] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(160, BAR + 4 + self.fontMetrics().height())

    def set_words(self, name: str, words: Sequence[str]) -> None:
        """What the colours tell, and the figures at the left, in the middle and at the right."""
        self._words = words
        self.setAccessibleName(name)
        self.setAccessibleDescription(" … ".join(words))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gradient = QLinearGradient(QPointF(0, 0), QPointF(self.width(), 0))
        for step in range(11):
            gradient.setColorAt(step / 10, viridis(step / 10))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawRoundedRect(QRectF(0, 0, self.width(), BAR), 3, 3)
        painter.setPen(theme.colour("muted"))
        metrics = QFontMetricsF(self.font())
        room = QRectF(0, BAR + 3, self.width(), metrics.height())
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
        for side, word in zip(sides, self._words, strict=False):
            painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, word)
