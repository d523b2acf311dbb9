"""A bar chart in the colours of the theme, painted without a plotting library so that it opens at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app import theme
from desktop_app.widgets import readable
from desktop_app.widgets.curves import ticks

MARGIN = 12


class BarPlot(QWidget):
    """Bars side by side under a title, with figures at the left, words below, and a sentence under the pointer.

    `across` and `up` say what the two axes measure.
    """

    def __init__(self, title: str, across: str, up: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._across, self._up = title, across, up
        self._heights: NDArray[np.float64] = np.zeros(0)
        self._labels: Sequence[str] = ()
        self._say: Callable[[int], str] = str
        self._show: Callable[[float], str] = readable.count
        self._empty = ""
        self._hover = -1
        self.setMouseTracking(True)
        self.setMinimumSize(240, 206)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(title)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(420, 236)

    def set_bars(
        self,
        heights: NDArray[np.number],
        labels: Sequence[str],
        say: Callable[[int], str],
        show: Callable[[float], str] = readable.count,
        empty: str = "",
    ) -> None:
        """Show these bars.

        Args:
            heights: [n].
            labels: a word for each bar; as many as fit are shown.
            say: the sentence about a bar by its number, for the pointer and for screen readers.
            show: how a height is written on the axis.
            empty: what stands there when there are no bars.
        """
        self._heights, self._labels, self._say = np.asarray(heights, dtype=np.float64), labels, say
        self._show, self._empty, self._hover = show, empty, -1
        if len(self._heights):
            self.setAccessibleDescription(say(int(np.argmax(self._heights))))
        self.update()

    def _frame(self) -> QRectF:
        metrics = QFontMetricsF(self.font())
        top = MARGIN + metrics.height() + 10
        widest = max((metrics.horizontalAdvance(self._show(value)) for value in self._marks()), default=0)
        bottom = self.height() - MARGIN - 2 * metrics.height() - 6
        left = MARGIN + metrics.height() + widest + 10
        return QRectF(left, top, max(1, self.width() - left - MARGIN), max(1, bottom - top))

    def _marks(self) -> list[float]:
        """Round heights above zero at one distance, whole numbers, the last at or above the highest bar."""
        high = float(self._heights.max()) if len(self._heights) else 0.0
        if high <= 0:
            return []
        step = max(1.0, ticks(0, high, 5)[1])
        return [step * number for number in range(1, math.ceil(high / step - 1e-9) + 1)]

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.setBrush(theme.colour("panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
        metrics = QFontMetricsF(self.font())
        bold = self.font()
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(theme.colour("text"))
        title = QRectF(MARGIN, MARGIN - 2, self.width() - 2 * MARGIN, metrics.height() + 4)
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, self._title)
        painter.setFont(self.font())
        frame = self._frame()
        if not len(self._heights) or self._heights.max() <= 0:
            painter.setPen(theme.colour("muted"))
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)
            return
        self._paint_axis(painter, frame, metrics)
        self._paint_bars(painter, frame)
        self._paint_labels(painter, frame, metrics)
        self._paint_names(painter, frame, metrics)

    def _paint_axis(self, painter: QPainter, frame: QRectF, metrics: QFontMetricsF) -> None:
        marks = self._marks()
        for value in marks:
            y = frame.bottom() - frame.height() * value / marks[-1]
            painter.setPen(QPen(theme.colour("border"), 1))
            painter.drawLine(frame.left(), y, frame.right(), y)
            painter.setPen(theme.colour("muted"))
            text = self._show(value)
            left = frame.left() - 8 - metrics.horizontalAdvance(text)
            painter.drawText(QPointF(left, y + metrics.capHeight() / 2), text)

    def _paint_bars(self, painter: QPainter, frame: QRectF) -> None:
        count, high = len(self._heights), self._marks()[-1]
        step = frame.width() / count
        gap = min(4.0, step * 0.2) if step > 3 else 0.0
        painter.setPen(Qt.PenStyle.NoPen)
        for number, value in enumerate(self._heights):  # at most a few hundred bars, never data
            height = max(frame.height() * value / high, 1.0 if value > 0 else 0.0)
            colour = theme.colour("accent")
            painter.setBrush(colour if number != self._hover else QColor(theme.colour("text")))
            painter.drawRect(
                QRectF(frame.left() + number * step + gap / 2, frame.bottom() - height, max(step - gap, 1.0), height)
            )

    def _paint_labels(self, painter: QPainter, frame: QRectF, metrics: QFontMetricsF) -> None:
        """As many labels as have room, at one distance. (At points: boxes would cut the taller Chinese letters.)"""
        painter.setPen(theme.colour("muted"))
        step = frame.width() / len(self._heights)
        every = [(number, label) for number, label in enumerate(self._labels) if label]
        between = step * (every[1][0] - every[0][0]) if len(every) > 1 else frame.width()
        stride = next(
            stride
            for stride in range(1, len(every) + 2)
            if max((metrics.horizontalAdvance(label) for _, label in every[::stride]), default=0) + 16
            <= between * stride
            or stride > len(every)
        )
        end = -math.inf
        for number, label in every[::stride]:
            width = metrics.horizontalAdvance(label)
            left = min(frame.left() + (number + 0.5) * step - width / 2, self.width() - MARGIN / 2 - width)
            if left > end + 8:  # the last one may have been moved to the left to stay whole
                painter.drawText(QPointF(left, frame.bottom() + 4 + metrics.ascent()), label)
                end = left + width

    def _paint_names(self, painter: QPainter, frame: QRectF, metrics: QFontMetricsF) -> None:
        painter.setPen(theme.colour("muted"))
        across = frame.center().x() - metrics.horizontalAdvance(self._across) / 2
        painter.drawText(QPointF(across, frame.bottom() + 6 + metrics.height() + metrics.ascent()), self._across)
        painter.save()
        painter.translate(MARGIN + metrics.ascent(), frame.center().y() + metrics.horizontalAdvance(self._up) / 2)
        painter.rotate(-90)
        painter.drawText(QPointF(0, 0), self._up)
        painter.restore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        frame = self._frame()
        place = event.position().x() - frame.left()
        count = len(self._heights)
        hover = int(place / frame.width() * count) if count and 0 <= place < frame.width() else -1
        if hover != self._hover:
            self._hover = hover
            self.update()
        if hover >= 0:
            QToolTip.showText(event.globalPosition().toPoint() + QPoint(12, 12), self._say(hover), self)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover = -1
        self.update()
