"""The mark of each behaviour: a shape and a colour, the same on the timeline, in tables and in menus."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QApplication

from desktop_app import theme

SIZE = 10.0  # pixels from edge to edge

_CORNERS: tuple[tuple[int, float, float], ...] = (  # corners, turn in degrees, radius where a circle has 1
    (4, 45, 1.25),  # square
    (3, -90, 1.3),  # triangle
    (4, 0, 1.25),  # diamond
    (3, 90, 1.3),  # triangle on its tip
    (6, 0, 1.1),  # hexagon
)


@lru_cache(maxsize=64)
def shape(behaviour: int, size: float = SIZE) -> QPainterPath:
    """The outline of a behaviour's mark around the point 0, 0."""
    path = QPainterPath()
    radius = size / 2
    kind = behaviour % (len(_CORNERS) + 3)
    if kind == 0:
        path.addEllipse(QPointF(), radius, radius)
    elif kind <= len(_CORNERS):
        path.addPolygon(_regular(*_CORNERS[kind - 1], radius))
        path.closeSubpath()
    elif kind == len(_CORNERS) + 1:  # plus
        path.addRect(QRectF(-radius, -radius / 3, size, size / 3))
        path.addRect(QRectF(-radius / 3, -radius, size / 3, size))
        path = path.simplified()
    else:  # star
        points = [QPointF() for _ in range(10)]
        for corner, point in enumerate(points):
            length = radius * (1.2 if corner % 2 == 0 else 0.55)
            angle = math.radians(-90 + 36 * corner)
            point.setX(length * math.cos(angle))
            point.setY(length * math.sin(angle))
        path.addPolygon(QPolygonF(points))
        path.closeSubpath()
    return path


def _regular(corners: int, turn: float, stretch: float, radius: float) -> QPolygonF:
    angles = [math.radians(turn + 360 * corner / corners) for corner in range(corners)]
    points = [QPointF(stretch * radius * math.cos(angle), stretch * radius * math.sin(angle)) for angle in angles]
    drop = -(max(point.y() for point in points) + min(point.y() for point in points)) / 2  # centre it by its height
    return QPolygonF([point + QPointF(0, drop) for point in points])


@lru_cache(maxsize=256)
def _letters(sign: str) -> QPainterPath:
    """A letter or two digits that fit into a mark, around the point 0, 0."""
    font = QFont(QApplication.font())
    font.setPixelSize(8 if len(sign) < 2 else 7)
    font.setBold(True)
    path = QPainterPath()
    path.addText(QPointF(), font, sign)
    return path.translated(-path.boundingRect().center())


def draw_sign(painter: QPainter, sign: str, colour: QColor) -> None:
    """Draw the sign of a colour, for whoever sees no colours, around the painter's point 0, 0 on a mark of it."""
    if sign:
        path = _letters(sign)
        painter.strokePath(path, QPen(colour, 2.5))  # it may be wider than the mark is there
        painter.fillPath(path, theme.colour("panel"))


def draw(
    painter: QPainter, behaviour: int, at: QPointF, size: float = SIZE, colour: int | None = None, sign: str = ""
) -> None:
    """Draw a behaviour's mark with its centre at a point, in its own or another categorical colour with its sign."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(at)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.categorical(behaviour if colour is None else colour))
    painter.drawPath(shape(behaviour, size))
    draw_sign(painter, sign, painter.brush().color())
    painter.restore()


def tower(
    behaviour: int, count: int, pitch: float, ratio: float = 1.0, colour: int | None = None, sign: str = ""
) -> QPixmap:
    """`count` of a behaviour's marks above each other, `pitch` pixels apart, as one picture.

    The picture is `pitch` pixels high for each mark and `pitch` wide, each mark in the middle of its part. To draw such
    pictures takes a tenth of the time that it takes to draw the shapes.
    """
    own = theme.categorical(behaviour if colour is None else colour)
    # The ground shows through the sign, so that each scheme of colours has pictures of its own.
    return _tower(behaviour, QColor(own).rgba(), count, pitch, ratio, sign=sign, dark=bool(sign) and theme.is_dark())


@lru_cache(maxsize=1024)
def _tower(
    behaviour: int,
    colour: int,
    count: int,
    pitch: float,
    ratio: float,
    size: float = SIZE,
    sign: str = "",
    dark: bool = False,
) -> QPixmap:
    del dark  # only tells pictures apart
    picture = QPixmap(QSize(math.ceil(pitch * ratio), math.ceil(pitch * count * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor.fromRgba(colour))
    painter.translate(pitch / 2, pitch / 2)
    for _ in range(count):
        painter.drawPath(shape(behaviour, size))
        draw_sign(painter, sign, painter.brush().color())
        painter.translate(0, pitch)
    painter.end()
    return picture


def icon(behaviour: int) -> QIcon:
    """A behaviour's mark as an icon."""
    result = QIcon()
    for ratio in (1.0, 2.0):
        picture = _tower(behaviour, QColor(theme.categorical(behaviour)).rgba(), 1, 14.0, ratio, 11.0)
        result.addPixmap(picture)
        result.addPixmap(picture, QIcon.Mode.Selected)  # or a selected row would show it mixed with its own colour
    return result


def highlight(
    painter: QPainter, behaviour: int, at: QPointF, ring: QColor, colour: int | None = None, sign: str = ""
) -> None:
    """Draw a mark that stands out from others around it: larger, on a clear ground, in a ring."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(theme.colour("panel"))
    painter.setPen(QPen(ring, 2.0))
    painter.drawEllipse(at, SIZE * 0.95, SIZE * 0.95)
    painter.restore()
    draw(painter, behaviour, at, SIZE * 1.1, colour, sign)
