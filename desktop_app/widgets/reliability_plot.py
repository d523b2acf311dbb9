"""How often what was predicted with some probability came true: a reliability diagram."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app import theme
from desktop_app.widgets import readable

if TYPE_CHECKING:
    from core.recommend.purpose import Purpose

Z = 1.96  # of a 95 % interval
LEFT, BOTTOM, TOP, RIGHT = 52, 34, 8, 12


class ReliabilityPlot(QWidget):
    """Predicted probability across, observed share upwards, both logarithmic; the diagonal is where they agree."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._purpose: Purpose | None = None
        self.setObjectName("reliability")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Reliability of the probabilities"))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(260, 170)

    def show_purpose(self, purpose: Purpose | None) -> None:
        """Show how reliable these probabilities are."""
        self._purpose = purpose
        if purpose is not None:
            pairs = zip(purpose.predicted, purpose.observed, strict=True)
            lines = [
                self.tr("predicted {0}, came true {1}").format(readable.percent(said), readable.percent(was))
                for said, was in pairs
            ]
            self.setToolTip("\n".join(lines))
            self.setAccessibleDescription("; ".join(lines))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        purpose = self._purpose
        if purpose is None or not purpose.predicted:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(LEFT, TOP, -RIGHT, -BOTTOM)
        shown = [value for value in (*purpose.predicted, *purpose.observed) if value > 0]
        low, high = math.floor(math.log10(min(shown))), math.ceil(math.log10(max(shown)))
        high = max(high, low + 1)

        def place(value: float) -> float:
            return (math.log10(max(value, 10.0**low)) - low) / (high - low)

        def point(across: float, up: float) -> QPointF:
            return QPointF(area.left() + place(across) * area.width(), area.bottom() - place(up) * area.height())

        painter.setPen(QPen(theme.colour("border"), 1))
        painter.drawRect(area)
        self._ticks(painter, area, low, high)
        painter.setPen(QPen(theme.colour("muted"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(point(10.0**low, 10.0**low), point(10.0**high, 10.0**high))
        colour = theme.categorical(0)
        for said, was, count in zip(purpose.predicted, purpose.observed, purpose.counts, strict=True):
            bottom, top = _wilson(was, count)
            painter.setPen(QPen(colour, 1.5))
            painter.drawLine(point(said, bottom), point(said, min(top, 10.0**high)))
            painter.setBrush(colour)
            painter.setPen(Qt.PenStyle.NoPen)
            if was > 0:
                painter.drawEllipse(point(said, was), 3.5, 3.5)
        painter.end()

    def _ticks(self, painter: QPainter, area: QRectF, low: int, high: int) -> None:
        painter.setPen(theme.colour("muted"))
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 0.85)
        painter.setFont(font)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for power in range(high, low - 1, -2 if high - low > 4 else -1):
            share = (power - low) / (high - low)
            text = self.tr("{0} %").format(QLocale().toString(10.0 ** (power + 2), "g", 3))
            across, up = area.left() + share * area.width(), area.bottom() - share * area.height()
            painter.drawText(QRectF(0, up - 8, LEFT - 6, 16), right, text)
            side = Qt.AlignmentFlag.AlignHCenter if power < high else Qt.AlignmentFlag.AlignRight
            left = across - 30 if power < high else across - 60 + RIGHT
            painter.drawText(QRectF(left, area.bottom() + 2, 60, 14), side, text)
        middle = Qt.AlignmentFlag.AlignHCenter
        painter.drawText(QRectF(area.left(), area.bottom() + 16, area.width(), 16), middle, self.tr("predicted"))
        painter.save()
        painter.translate(8, area.center().y())
        painter.rotate(-90)
        painter.drawText(QRectF(-60, -8, 120, 16), middle, self.tr("came true"))
        painter.restore()


def _wilson(share: float, count: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    if count == 0:
        return 0.0, 1.0
    centre = (share + Z * Z / (2 * count)) / (1 + Z * Z / count)
    half = Z / (1 + Z * Z / count) * math.sqrt(share * (1 - share) / count + Z * Z / (4 * count * count))
    return max(0.0, centre - half), min(1.0, centre + half)
