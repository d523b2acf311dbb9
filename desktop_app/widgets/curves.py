"""A small line plot for the curves of a training, painted without a plotting library so that it opens at once."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app import theme
from desktop_app.widgets import readable


def ticks(low: float, high: float, most: int) -> list[float]:
    """At most `most` round numbers (steps of 1, 2 or 5 times a power of ten) from `low` to `high`."""
    if not high > low or most < 1:
        return []
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    step = next(power * part for part in (1, 2, 5, 10) if (high - low) / (power * part) <= most)
    first = math.ceil(low / step - 1e-9)
    return [number * step for number in range(first, math.floor(high / step + 1e-9) + 1)]


def decimals(values: Sequence[float]) -> int:
    """How many decimals tell neighbouring `values` apart."""
    if len(values) < 2:
        return 3
    step = min(abs(b - a) for a, b in itertools.pairwise(values))
    return max(0, -math.floor(math.log10(step) + 1e-9))


class CurvePlot(QWidget):
    """One curve over epochs: a title, two axes, the line, and the figures under the pointer.

    The best point is marked with a ring where `best` says what is best. Without points it says that they will come.
    """

    def __init__(
        self,
        title: str,
        colour: int,
        best: Callable[[Sequence[float]], float] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title, self._colour, self._best = title, colour, best
        self._points: list[tuple[float, float]] = []
        self._hover: int | None = None
        self._waiting = ""
        self._frame = QRectF()  # where the curve was painted last
        self.setMouseTracking(True)
        self.setMinimumSize(180, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_points([])

    def sizeHint(self) -> QSize:
        return QSize(320, 170)

    def set_title(self, title: str) -> None:
        """Say what the curve is of."""
        self._title = title
        self.setAccessibleName(title)
        self.update()

    def set_waiting(self, text: str) -> None:
        """What stands in the plot while there are no points."""
        self._waiting = text
        self.update()

    def set_points(self, points: Sequence[tuple[float, float]]) -> None:
        """Show these (epoch, value) points, in order of epoch; values that are not finite are left out."""
        self._points = [(x, y) for x, y in points if math.isfinite(x) and math.isfinite(y)]
        self._hover = None
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(self._summary())
        self.update()

    @property
    def points(self) -> list[tuple[float, float]]:
        return list(self._points)

    def _summary(self) -> str:
        if not self._points:
            return self.tr("No points yet")
        epoch, value = self._points[-1]
        return self.tr("Epoch {0}: {1}").format(readable.count(epoch), readable.decimal(value, 4))

    def _area(self, metrics: QFontMetricsF, labels: Sequence[str]) -> QRectF:
        left = 12 + max([metrics.horizontalAdvance(label) for label in labels] or [20.0])
        return QRectF(self.rect()).adjusted(left, metrics.height() + 14, -10, -2 * metrics.height() - 10)

    def _range(self) -> tuple[float, float, float, float]:
        xs, ys = [x for x, _ in self._points], [y for _, y in self._points]
        low, high = min(ys), max(ys)
        margin = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
        return min(xs), max(max(xs), min(xs) + 1), low - margin, high + margin

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(painter.font())
        painter.setPen(theme.colour("text"))
        painter.drawText(QPointF(4, metrics.ascent() + 2), self._title)
        if not self._points:
            painter.setPen(theme.colour("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._waiting)
            return
        x_low, x_high, y_low, y_high = self._range()
        y_ticks = ticks(y_low, y_high, max(2, self.height() // 45))
        digits = decimals(y_ticks)
        labels = [readable.decimal(tick, digits) for tick in y_ticks]
        area = self._frame = self._area(metrics, labels)

        def place(x: float, y: float) -> QPointF:
            return QPointF(
                area.left() + (x - x_low) / (x_high - x_low) * area.width(),
                area.bottom() - (y - y_low) / (y_high - y_low) * area.height(),
            )

        for tick, label in zip(y_ticks, labels, strict=True):
            y = place(x_low, tick).y()
            painter.setPen(QPen(theme.colour("border"), 1))
            painter.drawLine(QPointF(area.left(), round(y) + 0.5), QPointF(area.right(), round(y) + 0.5))
            painter.setPen(theme.colour("muted"))
            box = QRectF(0, y - metrics.height() / 2, area.left() - 6, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, label)
        for tick in ticks(x_low, x_high, max(2, int(area.width() // 60))):
            if tick == round(tick):
                box = QRectF(place(tick, y_low).x() - 40, area.bottom() + 3, 80, metrics.height())
                painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, readable.count(tick))
        name = self.tr("Epoch")
        left = area.center().x() - metrics.horizontalAdvance(name) / 2
        painter.drawText(QPointF(left, area.bottom() + metrics.height() + 5 + metrics.ascent()), name)
        self._paint_line(painter, metrics, [place(x, y) for x, y in self._points])

    def _paint_line(self, painter: QPainter, metrics: QFontMetricsF, line: list[QPointF]) -> None:
        colour = theme.categorical(self._colour)
        painter.setPen(QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(QPolygonF(line))
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        if len(line) <= 40:
            for point in line:
                painter.drawEllipse(point, 2.5, 2.5)
        values = [y for _, y in self._points]
        marked = self._hover
        if self._best is not None:
            best = values.index(self._best(values))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("text"), 1.5))
            painter.drawEllipse(line[best], 5, 5)
            marked = best if marked is None else marked
        marked = len(line) - 1 if marked is None else marked
        if self._hover is not None:
            painter.setBrush(QColor(theme.colour("panel")))
            painter.setPen(QPen(colour, 2))
            painter.drawEllipse(line[marked], 4, 4)
        epoch, value = self._points[marked]
        words = self.tr("best {1}") if self._best and self._hover is None else self.tr("epoch {0}: {1}")
        painter.setPen(theme.colour("muted"))
        text = words.format(readable.count(epoch), readable.decimal(value, 4))
        room = self.width() - 20 - metrics.horizontalAdvance(self._title)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        # At a point and not in a box, which would cut Chinese letters: they are taller than the font's own.
        left = self.width() - 6 - metrics.horizontalAdvance(text)
        painter.drawText(QPointF(left, metrics.ascent() + 2), text)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._points:
            x_low, x_high, _, _ = self._range()
            share = (event.position().x() - self._frame.left()) / max(self._frame.width(), 1.0)
            epoch = x_low + share * (x_high - x_low)
            self._hover = min(range(len(self._points)), key=lambda i: abs(self._points[i][0] - epoch))
            self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover = None
        self.update()
