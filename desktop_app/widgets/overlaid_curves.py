"""The curves of several trainings in one plot, each with a colour and a kind of line of its own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app import theme
from desktop_app.widgets import readable
from desktop_app.widgets.curves import decimals, ticks

STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
SAMPLE = 30  # pixels of a line beside its name


@dataclass(frozen=True)
class Curve:
    """Points (epoch, value) of one training; a sum of models has several pieces, one after the other."""

    name: str
    pieces: tuple[tuple[tuple[float, float], ...], ...]

    @classmethod
    def of(cls, name: str, points: Sequence[tuple[float, float]]) -> Curve:
        """A new piece begins where the epochs begin anew; values that are not finite are left out."""
        pieces: list[list[tuple[float, float]]] = []
        for point in (point for point in points if math.isfinite(point[0]) and math.isfinite(point[1])):
            if not pieces or point[0] <= pieces[-1][-1][0]:
                pieces.append([])
            pieces[-1].append(point)
        return cls(name, tuple(map(tuple, pieces)))


class OverlaidCurves(QWidget):
    """A title, the names with samples of their lines, and the curves on common axes."""

    def __init__(self, title: str, curves: Sequence[Curve], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._curves = title, curves
        self.setMinimumSize(280, 150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(title)
        last = (f"{one.name}: {readable.decimal(one.pieces[-1][-1][1], 4)}" for one in curves if one.pieces)
        self.setAccessibleDescription("; ".join(last))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(560, 220)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(self.font())
        painter.setPen(theme.colour("text"))
        painter.drawText(QPointF(4, metrics.ascent() + 2), self._title)
        points = [point for curve in self._curves for piece in curve.pieces for point in piece]
        if not points:
            painter.setPen(theme.colour("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("None of these trainings has epochs"))
            return
        low, high = min(y for _, y in points), max(y for _, y in points)
        margin = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
        low, high = low - margin, high + margin
        first, last = min(x for x, _ in points), max(x for x, _ in points)
        last = max(last, first + 1)
        marks = ticks(low, high, max(2, self.height() // 45))
        words = [readable.decimal(mark, decimals(marks)) for mark in marks]
        left = 12 + max(map(metrics.horizontalAdvance, words))
        area = QRectF(self.rect()).adjusted(left, 2 * metrics.height() + 16, -10, -2 * metrics.height() - 8)

        def place(x: float, y: float) -> QPointF:
            across, up = (x - first) / (last - first), (y - low) / (high - low)
            return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())

        for mark, word in zip(marks, words, strict=True):
            y = round(place(first, mark).y()) + 0.5
            painter.setPen(QPen(theme.colour("border"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(theme.colour("muted"))
            room = QRectF(0, y - metrics.height() / 2, area.left() - 6, metrics.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, word)
        for mark in ticks(first, last, max(2, int(area.width() // 60))):
            if mark == round(mark):
                room = QRectF(place(mark, low).x() - 40, area.bottom() + 3, 80, metrics.height())
                painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, readable.count(mark))
        room = QRectF(area.left(), area.bottom() + 3 + metrics.height(), area.width(), metrics.height() + 2)
        painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, self.tr("Epoch"))
        self._paint_names(painter, metrics)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for number, curve in enumerate(self._curves):
            for piece in curve.pieces:
                line = [place(x, y) for x, y in piece]
                painter.setPen(_pen(number))
                painter.drawPolyline(QPolygonF(line))
                if len(line) == 1:
                    painter.drawEllipse(line[0], 2.5, 2.5)

    def _paint_names(self, painter: QPainter, metrics: QFontMetricsF) -> None:
        x, y = 4.0, metrics.height() + 8 + metrics.height() / 2
        for number, curve in enumerate(self._curves):
            if not curve.pieces:
                continue
            name = metrics.elidedText(curve.name, Qt.TextElideMode.ElideRight, 160)
            painter.setPen(_pen(number))
            painter.drawLine(QPointF(x, y), QPointF(x + SAMPLE, y))
            painter.setPen(theme.colour("text"))
            painter.drawText(QPointF(x + SAMPLE + 6, y + metrics.ascent() / 2 - 1), name)
            x += SAMPLE + 24 + metrics.horizontalAdvance(name)


def _pen(number: int) -> QPen:
    style = STYLES[number % len(STYLES)]
    return QPen(theme.categorical(number), 2, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
