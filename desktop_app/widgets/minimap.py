"""The whole sequence in a strip, with the part that the timeline shows as a window that can be dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app import theme
from desktop_app.widgets.timeline_scale import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from desktop_app.widgets.timeline_lanes import Lanes

BAR = 3  # pixels of one bar
EDGE = 5.0  # pixels from an edge of the window at which it can be taken
LEAST = 6.0  # pixels that the window is drawn wide at least


class MiniMap(QWidget):
    """Drag the window to move the view, an edge to change its width; click beside it to bring it there.

    Keys: left and right move the window, + and - change its width, Home shows everything.

    Signals:
        view_asked(object): the `View` that the analyst wants to see.
    """

    view_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("minimap")
        self.setAccessibleName(self.tr("Overview of the sequence"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lanes: Lanes | None = None
        self._bounds = View(0, 1)
        self._view = View(0, 1)
        self._notes: Sequence[float] = ()
        self._brush: View | None = None
        self._left, self._right = 0.0, 400.0
        self._layer: QPixmap | None = None
        self._grip = ""  # which part of the window is held: "left", "right" or "middle"
        self._held: tuple[float, View] = (0.0, View(0, 1))
        theme.changed.connect(self._redraw)

    def sizeHint(self) -> QSize:
        return QSize(400, 36)

    def show_lanes(self, lanes: Lanes | None, bounds: View, notes: Sequence[float], brush: View | None) -> None:
        """Show a sequence from end to end of `bounds`, with notes at these places and a brushed part."""
        self._lanes, self._bounds, self._notes, self._brush = lanes, bounds, notes, brush
        self._redraw()

    def show_view(self, view: View, left: float, right: float) -> None:
        """Show which part is in view; the strip reaches from pixel `left` to `right`, as the timeline's own axis."""
        self._view = view
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self._layer = None
        self.update()

    def window_rect(self) -> QRectF:
        """The window that stands for the view."""
        start, end = self._x(self._view.start), self._x(self._view.end)
        if end - start < LEAST:
            start, end = (start + end - LEAST) / 2, (start + end + LEAST) / 2
        return QRectF(start, 1.5, end - start, self.height() - 3)

    @property
    def _width(self) -> float:
        return max(1.0, self._right - self._left)

    def _x(self, place: float) -> float:
        return self._left + (place - self._bounds.start) / self._bounds.span * self._width

    def _redraw(self) -> None:
        self._layer = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._redraw()

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._layer is None:
            self._layer = self._paint_layer()
        painter.drawPixmap(0, 0, self._layer)
        if self._lanes is None:
            return
        window, veil = self.window_rect(), QColor(theme.colour("surface"))
        veil.setAlphaF(0.6)
        painter.fillRect(QRectF(self._left, 0, window.left() - self._left, self.height()), veil)
        painter.fillRect(QRectF(window.right(), 0, self._right - window.right(), self.height()), veil)
        painter.setPen(QPen(theme.colour("accent"), 2.0 if self.hasFocus() else 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(window, 3, 3)
        painter.setPen(QPen(theme.colour("accent"), 2))
        for x in (window.left(), window.right()):
            middle = self.height() / 2
            painter.drawLine(QPointF(x, middle - 5), QPointF(x, middle + 5))

    def _paint_layer(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        layer = QPixmap(self.size() * ratio)
        layer.setDevicePixelRatio(ratio)
        layer.fill(theme.colour("surface"))
        painter = QPainter(layer)
        painter.fillRect(QRectF(self._left, 0, self._width, self.height()), theme.colour("panel"))
        if self._lanes is not None:
            self._paint_density(painter, self._lanes.at[self._lanes.kept])
            for place in self._notes:
                painter.fillRect(QRectF(self._x(place) - 1, 0, 2, 7), theme.colour("accent"))
            if self._brush is not None:
                left, right = self._x(self._brush.start), self._x(self._brush.end)
                painter.fillRect(QRectF(left, self.height() - 3, max(2.0, right - left), 3), theme.colour("accent"))
        painter.end()
        return layer

    def _paint_density(self, painter: QPainter, at: NDArray[np.float64]) -> None:
        bars = max(1, int(self._width // BAR))
        edges = self._bounds.start + self._bounds.span * np.arange(bars + 1) / bars
        counts = np.diff(np.searchsorted(at, edges))
        filled = np.flatnonzero(counts)
        if not len(filled):
            return
        heights = 3 + (self.height() - 10) * np.sqrt(counts[filled] / counts.max())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("handle"))
        step, floor = self._width / bars, self.height() - 3
        places = (self._left + filled * step).tolist()
        painter.drawRects(
            [
                QRectF(x, floor - high, max(1.0, step - 1), high)
                for x, high in zip(places, heights.tolist(), strict=True)
            ]
        )

    # Pointer and keys

    def _part(self, x: float) -> str:
        window = self.window_rect()
        if abs(x - window.left()) <= EDGE and window.width() > 2 * EDGE:
            return "left"
        if abs(x - window.right()) <= EDGE and window.width() > 2 * EDGE:
            return "right"
        return "middle" if window.left() <= x <= window.right() else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._lanes is None or event.button() != Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        self._grip = self._part(x)
        if not self._grip:  # bring the window here, and hold it
            self._ask(View(self._place(x) - self._view.span / 2, self._view.span))
            self._grip = "middle"
        self._held = (x, self._view)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if not self._grip:
            part = self._part(x) if self._lanes is not None else ""
            shapes = {"left": Qt.CursorShape.SizeHorCursor, "right": Qt.CursorShape.SizeHorCursor}
            self.setCursor(shapes.get(part, Qt.CursorShape.OpenHandCursor if part else Qt.CursorShape.ArrowCursor))
            return
        start, view = self._held
        by = (x - start) / self._width * self._bounds.span
        if self._grip == "middle":
            self._ask(view.moved(by))
        elif self._grip == "left":
            low = min(max(view.start + by, self._bounds.start), view.end - 1)
            self._ask(View(low, view.end - low))
        else:
            self._ask(View(view.start, max(1.0, min(view.span + by, self._bounds.end - view.start))))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        self._grip = ""

    def _place(self, x: float) -> float:
        return self._bounds.start + (x - self._left) / self._width * self._bounds.span

    def _ask(self, view: View) -> None:
        self.view_asked.emit(view)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        view = self._view
        moves = {
            Qt.Key.Key_Left: view.moved(-view.span * 0.25),
            Qt.Key.Key_Right: view.moved(view.span * 0.25),
            Qt.Key.Key_Plus: view.zoomed(1.5, view.start + view.span / 2),
            Qt.Key.Key_Equal: view.zoomed(1.5, view.start + view.span / 2),
            Qt.Key.Key_Minus: view.zoomed(1 / 1.5, view.start + view.span / 2),
            Qt.Key.Key_Home: self._bounds,
        }
        wanted = moves.get(Qt.Key(event.key()))
        if wanted is None or self._lanes is None:
            super().keyPressEvent(event)
        else:
            self._ask(wanted)
