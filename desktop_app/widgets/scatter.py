"""Points in a plane to look around in: wheel and drag, a lasso, arrow keys, labels of groups, hints at the pointer."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app import theme
from desktop_app.widgets import scatter_raster as raster
from desktop_app.widgets.scatter_raster import Palette, Window

NEAR = 9.0  # pixels within which the pointer is at a point
CLICK = 4  # pixels that a press may move and still be a click
FADED = 128  # colours from this index on are the pale ones of the same order
PALE = 0.22
FIT = 0.93  # share of the room that all points take
WIDEST, NEAREST = 0.5, 5000.0  # limits of magnification
LONGEST = 30  # letters of a label
SIZES = ((40_000, 1.3), (4_000, 2.0), (1_200, 3.2), (0, 4.6))  # points in view, radius of each in pixels
SHAPED = 3.0  # radius from which shapes can be told apart


@dataclass(frozen=True)
class Label:
    """A name that stands at a place in the plane."""

    text: str
    x: float
    y: float


class Scatter(QWidget):
    """The points.

    Signals:
        chosen: row of the point that was clicked or walked to; -1 for none.
        lassoed: bool [n], the points inside the line that was drawn or marked one by one; None when it was taken back.
    """

    chosen = Signal(int)
    lassoed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("map")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(280, 220)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Map"))
        self.setAccessibleDescription(
            self.tr("Arrow keys go from a point to the next one in that direction; Space marks it.")
        )
        self._places = np.zeros((0, 2), dtype=np.float32)
        self._indices = np.zeros(0, dtype=np.uint8)
        self._shapes: NDArray[np.uint8] | None = None
        self._colours: list[QColor] = []
        self._low, self._high = np.zeros(2), np.ones(2)  # corners around all points
        self._drawn: tuple[NDArray[np.float32], NDArray[np.uint8], NDArray[np.uint8] | None] | None = None
        self._marked: NDArray[np.bool_] | None = None
        self._labels: Sequence[Label] = ()
        self._near: Sequence[int] = ()
        self._say: Callable[[int], str] = str
        self._empty = ""
        self._window = Window(0.0, 0.0, 1.0)
        self._whole = True  # all points are in view, and stay so when the widget changes its size
        self._picture: QImage | None = None
        self._press: QPointF | None = None
        self._last = QPointF()
        self._line: list[QPointF] = []
        self._outline: NDArray[np.float64] | None = None  # of the lasso, in the plane
        self.row = -1
        self.lasso = False
        theme.changed.connect(self._redraw)

    def sizeHint(self) -> QSize:
        return QSize(700, 560)

    # ---------------------------------------------------------------- what is shown

    @property
    def places(self) -> NDArray[np.float32]:
        return self._places

    @property
    def window_shown(self) -> Window:
        """The part of the plane that is seen, in this widget's pixels."""
        return self._window

    @property
    def labels(self) -> Sequence[Label]:
        return self._labels

    @property
    def marked(self) -> NDArray[np.bool_] | None:
        """bool [n], the points inside the lasso; None without one."""
        return self._marked

    def set_points(self, places: NDArray[np.float32], say: Callable[[int], str], keep: bool = False) -> None:
        """Show points, float32 [n, 2].

        Args:
            say: what is told of a point under the pointer, by its row.
            keep: the points are the ones before in other places: selection, colours and lasso stay.
        """
        self._places, self._say = places, say
        self._outline = None
        if not keep or len(places) != len(self._indices):
            self._indices, self._shapes = np.zeros(len(places), dtype=np.uint8), None
            self._colours, self._labels, self._near, self.row = [theme.categorical(0)], (), (), -1
            self._marked = None
        self._low, self._high = (places.min(0), places.max(0)) if len(places) else (np.zeros(2), np.ones(2))
        self._drawn = None
        self.fit()

    def set_empty(self, text: str) -> None:
        """What stands there while there are no points."""
        self._empty = text
        self.update()

    def set_colours(
        self, indices: NDArray[np.uint8], colours: Sequence[QColor], shapes: NDArray[np.uint8] | None = None
    ) -> None:
        """Colour each point by its index, [n], in at most 128 colours; shapes tell classes apart beside colour."""
        self._indices, self._colours, self._shapes = indices, list(colours), shapes
        self._drawn = None
        self._redraw()

    def set_labels(self, labels: Sequence[Label]) -> None:
        """Name groups on the map; of labels that would cover each other the first stays."""
        self._labels = labels
        self.update()

    def select(self, row: int, near: Sequence[int] = ()) -> None:
        """Ring a point, -1 for none, and its neighbours."""
        self.row, self._near = row, near
        if row >= 0:
            self._bring_into_view(row)
        self.update()

    def mark(self, marked: NDArray[np.bool_] | None) -> None:
        """Let all other points fade, as if a lasso had been drawn around these; None: no point fades."""
        self._marked, self._drawn = marked, None
        if marked is None:
            self._outline = None
        self._redraw()

    # ---------------------------------------------------------------- what is seen of the plane

    def fit(self) -> None:
        """Show all points."""
        self._whole = True
        middle = (self._low + self._high) / 2
        self._window = Window(float(middle[0]), float(middle[1]), self._scale_of_all())
        self._redraw()

    def _scale_of_all(self) -> float:
        span = np.maximum(self._high - self._low, 1e-6)
        return float(min(self.width() / span[0], self.height() / span[1])) * FIT

    @property
    def magnified(self) -> float:
        """How many times larger than when all points are in view."""
        return self._window.scale / max(self._scale_of_all(), 1e-12)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Magnify, the place under `at` (the middle unless told) staying where it is."""
        whole = self._scale_of_all()
        scale = min(max(self._window.scale * factor, whole * WIDEST), whole * NEAREST)
        at = at or QPointF(self.width() / 2, self.height() / 2)
        x, y = self._window.place(at.x(), at.y(), self.width(), self.height())
        left, up = (at.x() - self.width() / 2) / scale, (at.y() - self.height() / 2) / scale
        self._whole, self._window = False, Window(x - left, y + up, scale)
        self._redraw()

    def pan(self, right: float, down: float) -> None:
        """Move what is seen by so many pixels."""
        one = self._window
        self._whole, self._window = False, Window(one.x - right / one.scale, one.y + down / one.scale, one.scale)
        self._redraw()

    def _bring_into_view(self, row: int) -> None:
        x, y = self._window.pixels(self._places[row : row + 1], self.width(), self.height())[0]
        margin = 24
        right = min(0.0, self.width() - margin - x) + max(0.0, margin - x)
        down = min(0.0, self.height() - margin - y) + max(0.0, margin - y)
        if right or down:
            self.pan(float(right), float(down))

    # ---------------------------------------------------------------- drawing

    def _redraw(self) -> None:
        self._picture = None
        self.update()

    def resizeEvent(self, _event: QEvent) -> None:
        if self._whole:
            self.fit()
        self._redraw()

    def _points(self) -> QImage:
        """The points as a picture of device pixels."""
        ratio = self.devicePixelRatioF()
        width, height = max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))
        ground = theme.colour("panel")
        pale = [_mixed(colour, ground) for colour in self._colours]
        gap = [ground] * (FADED - len(self._colours))
        palette = Palette.of([*self._colours, *gap, *pale], ground)
        places, indices, shapes = self._layers()
        radius = self._radius()
        shaped = radius >= SHAPED
        window = Window(self._window.x, self._window.y, self._window.scale * ratio)
        size = (width, height)
        image = raster.draw(places, indices, shapes if shaped else None, palette, window, size, radius * ratio)
        image.setDevicePixelRatio(ratio)
        return image

    def _layers(self) -> tuple[NDArray[np.float32], NDArray[np.uint8], NDArray[np.uint8] | None]:
        """Places, colours and shapes in the order in which they are drawn."""
        if self._drawn is None:
            # Were they drawn in the order of their codes, the newest users would hide all others.
            order, indices = np.random.default_rng(0).permutation(len(self._places)), self._indices
            if self._marked is not None:  # the pale ones lie below
                order = order[np.argsort(self._marked[order], kind="stable")]
                indices = np.where(self._marked, indices, indices + np.uint8(FADED))
            shapes = None if self._shapes is None else self._shapes[order]
            self._drawn = self._places[order], indices[order], shapes
        return self._drawn

    def _radius(self) -> float:
        expected = len(self._places) / max(self.magnified, 1.0) ** 2
        return next(radius for least, radius in SIZES if expected >= least)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not len(self._places):
            painter.fillRect(self.rect(), theme.colour("panel"))
            painter.setPen(theme.colour("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)
            return
        if self._picture is None:
            self._picture = self._points()
        painter.drawImage(QPointF(), self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_lasso(painter)
        self._paint_labels(painter)
        self._paint_rings(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_lasso(self, painter: QPainter) -> None:
        line = self._line
        if not line and self._outline is not None:
            outline = self._window.pixels(self._outline.astype(np.float32), self.width(), self.height())
            line = [QPointF(x, y) for x, y in outline.tolist()]
        if line:
            fill = QColor(theme.colour("accent"))
            fill.setAlpha(24)
            painter.setBrush(fill)
            painter.setPen(QPen(theme.colour("accent"), 1.5, Qt.PenStyle.DashLine))
            painter.drawPolygon(QPolygonF(line))

    def _paint_labels(self, painter: QPainter) -> None:
        metrics, taken = QFontMetricsF(self.font()), list[QRectF]()
        if not self._labels:
            return
        places = np.array([[label.x, label.y] for label in self._labels], dtype=np.float32)
        at = self._window.pixels(places, self.width(), self.height())
        halo = QPen(theme.colour("panel"), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        for label, (x, y) in zip(self._labels, at.tolist(), strict=True):
            text = label.text if len(label.text) <= LONGEST else label.text[: LONGEST - 1] + "…"
            width, height = metrics.horizontalAdvance(text), metrics.height()
            if not (-width < x < self.width() + width and 0 < y < self.height()):
                continue
            left = min(max(x - width / 2, 4.0), self.width() - width - 4.0)
            room = QRectF(left, y - height / 2, width, height).adjusted(-4, -2, 4, 2)
            if any(room.intersects(other) for other in taken):
                continue
            taken.append(room)
            path = QPainterPath()
            path.addText(QPointF(left, y + metrics.ascent() - height / 2), painter.font(), text)
            painter.strokePath(path, halo)
            painter.fillPath(path, theme.colour("text"))

    def _paint_rings(self, painter: QPainter) -> None:
        rows = [row for row in (*self._near, self.row) if row >= 0]
        if not rows:
            return
        at = self._window.pixels(self._places[rows], self.width(), self.height()).tolist()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = self._radius()
        for row, (x, y) in zip(rows, at, strict=True):
            own = row == self.row
            reach = radius + (6.0 if own else 3.0)
            for colour, width in (
                (theme.colour("panel"), 4.5 if own else 3.0),
                (theme.colour("text"), 2.2 if own else 1.2),
            ):
                painter.setPen(QPen(colour, width))
                painter.drawEllipse(QPointF(x, y), reach, reach)

    # ---------------------------------------------------------------- pointer and keys

    def row_at(self, at: QPointF) -> int:
        """The row of the point under a pixel, -1 where there is none."""
        if not len(self._places):
            return -1
        pixels = self._window.pixels(self._places, self.width(), self.height())
        away = (pixels[:, 0] - at.x()) ** 2 + (pixels[:, 1] - at.y()) ** 2
        row = int(away.argmin())
        return row if away[row] <= NEAR**2 else -1

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(math.exp(event.angleDelta().y() / 480), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._press = self._last = event.position()
            if self.lasso or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._line = [event.position()]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._press is None:
            row = self.row_at(at)
            if row >= 0:
                QToolTip.showText(event.globalPosition().toPoint() + QPoint(14, 14), self._say(row), self)
            else:
                QToolTip.hideText()
        elif self._line:
            if (at - self._line[-1]).manhattanLength() >= 3:
                self._line.append(at)
                self.update()
        elif (at - self._press).manhattanLength() > CLICK or self._last != self._press:
            moved, self._last = at - self._last, at
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.pan(moved.x(), moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._press is None:
            return
        click = (event.position() - self._press).manhattanLength() <= CLICK and self._last == self._press
        line, self._line, self._press = self._line, [], None
        self.unsetCursor()
        if len(line) > 2:
            self._close_lasso(line)
        elif click:
            self._choose(self.row_at(event.position()))

    def _close_lasso(self, line: list[QPointF]) -> None:
        """Mark the points inside the line."""
        mask = QImage(self.width(), self.height(), QImage.Format.Format_Grayscale8)
        mask.fill(0)
        painter = QPainter(mask)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawPolygon(QPolygonF(line))
        painter.end()
        rows = np.frombuffer(mask.constBits(), dtype=np.uint8).reshape(mask.height(), mask.bytesPerLine())
        at = np.floor(self._window.pixels(self._places, self.width(), self.height())).astype(np.int64)
        seen = ((at >= 0) & (at < (self.width(), self.height()))).all(1)
        inside = np.zeros(len(self._places), dtype=np.bool_)
        inside[seen] = rows[at[seen, 1], at[seen, 0]] > 127
        size = self.width(), self.height()
        self._outline = np.array([self._window.place(point.x(), point.y(), *size) for point in line])
        self.mark(inside)
        self.lassoed.emit(inside)

    def turn(self, row: int) -> None:
        """Mark a point beside those that are marked, or take the mark from it."""
        marked = self._copied()
        marked[row] = not marked[row]
        self._lasso(marked)

    def add(self, rows: NDArray[np.int64]) -> None:
        """Mark these points beside those that are marked."""
        marked = self._copied()
        marked[rows] = True
        self._lasso(marked)

    def _copied(self) -> NDArray[np.bool_]:
        return np.zeros(len(self._places), dtype=np.bool_) if self._marked is None else self._marked.copy()

    def _lasso(self, marked: NDArray[np.bool_]) -> None:
        """Have these marked, as if a line around just them had been drawn; without any, all are shown again."""
        self._outline = None  # a line that was drawn would be around others
        found = marked if marked.any() else None
        self.mark(found)
        self.lassoed.emit(found)

    def clear_lasso(self) -> None:
        """Take the lasso back."""
        if self._marked is not None:
            self.mark(None)
            self.lassoed.emit(None)

    def _choose(self, row: int) -> None:
        if row != self.row:
            self.select(row)
            self.chosen.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, 1),
            Qt.Key.Key_Down: (0, -1),
        }
        key = Qt.Key(event.key())
        if key in steps and len(self._places):
            self._choose(self._beside(*steps[key]))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1.5)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / 1.5)
        elif key == Qt.Key.Key_Home:
            self.fit()
        elif key == Qt.Key.Key_Escape and (self._line or self._marked is not None):
            self._line, self._press = [], None
            self.clear_lasso()
        else:
            super().keyPressEvent(event)

    def _beside(self, right: int, up: int) -> int:
        """The next point in a direction from the selected one; without one, the point in the middle."""
        if self.row < 0:
            middle = np.array([self._window.x, self._window.y], dtype=np.float32)
            return int(((self._places - middle) ** 2).sum(1).argmin())
        away = self._places - self._places[self.row]
        ahead = away[:, 0] * right + away[:, 1] * up
        aside = np.abs(away[:, 1] * right) + np.abs(away[:, 0] * up)
        cost = np.where((ahead > 0) & (aside <= ahead), ahead + 2 * aside, np.inf)
        row = int(cost.argmin())
        return row if np.isfinite(cost[row]) else self.row


def _mixed(colour: QColor, ground: QColor) -> QColor:
    pairs = ((colour.red(), ground.red()), (colour.green(), ground.green()), (colour.blue(), ground.blue()))
    return QColor(*(round(under + (over - under) * PALE) for over, under in pairs))
