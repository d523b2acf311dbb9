"""What lies over the lanes of the timeline: folded sessions, skipped time, arcs between repeats, notes, the brush."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap

from desktop_app import theme
from desktop_app.widgets import readable
from desktop_app.widgets.timeline_scale import View, show_duration

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.sequences.annotations import Annotation
    from desktop_app.widgets.timeline_colours import Colours
    from desktop_app.widgets.timeline_picture import TimelinePicture

MOST_ARCS = 200  # more of them would only be a tangle; then those of the chosen item are drawn alone
LEAST_PAUSE = 6.0  # pixels
NARROWEST_TEXT = 16.0  # pixels in which no length of a pause could be written


@dataclass(frozen=True)
class Dress:
    """How a timeline is drawn beyond where its events stand.

    Attributes:
        colours: of the marks; None for those of the behaviours.
        arcs: whether repeat visits of an item are joined.
        notes: what the analyst wrote, each with the time and the number of its event (-1 for a moment).
        turns: where the interest turns: the first event after each turn, and from what to what.
        brush: the part of the axis (in places) that is filtered for; None for all.
        name: whose events these are, where several users are shown.
        left: where the axis begins, in pixels; 0 for where the names of the lanes end.
        axis: whether the axis has its ticks named.
    """

    colours: Colours | None = None
    arcs: bool = False
    notes: tuple[tuple[Annotation, int], ...] = ()
    turns: tuple[tuple[int, str], ...] = ()
    brush: View | None = None
    name: str = ""
    left: float = 0.0
    axis: bool = True


def paint_blocks(painter: QPainter, picture: TimelinePicture) -> None:
    """Folded sessions: a block across all lanes, in each lane with the number of its events."""
    lanes = picture.lanes
    painter.save()
    painter.setFont(picture.small)
    for left, right, first, last in picture.bands():
        if not lanes.folded[first]:
            continue
        low, width = picture.left + left, right - left
        painter.setPen(QPen(theme.colour("accent"), 1))
        painter.setBrush(mixed("panel", "accent", 0.28))
        painter.drawRect(QRectF(low, picture.strip, width, picture.notes_top - picture.strip))
        for lane in range(len(lanes.lanes)):
            count = lanes.counts(lane, first, last)
            text = readable.count(count)
            if count and picture.text_width(text) <= width - 2:
                painter.setPen(theme.colour("text"))
                area = QRectF(low, picture.lane_top(lane), width, picture.lane_height)
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def paint_pauses(painter: QPainter, picture: TimelinePicture, vector: bool, ratio: float) -> None:
    """Time that is skipped: hatched, and, where there is room, with how long it was."""
    pauses = [
        (picture.left + left + 2, picture.left + right - 2, lasted)
        for left, right, lasted in picture.lanes.skipped(picture.view, picture.width, LEAST_PAUSE)
    ]
    if not pauses:
        return
    painter.save()
    painter.setFont(picture.small)
    top, height = picture.strip, picture.notes_top - picture.strip
    ink, ground = mixed("panel", "handle", 0.25), theme.colour("panel")
    if vector:
        for left, right, _ in pauses:
            painter.fillRect(QRectF(left, top, right - left, height), QBrush(ink, Qt.BrushStyle.BDiagPattern))
    else:  # all at once, and what lies between covered again: many small tiled parts take three times as long
        whole = QRectF(pauses[0][0], top, pauses[-1][1] - pauses[0][0], height)
        painter.drawTiledPixmap(whole, _hatch(ground.rgba(), ink.rgba(), ratio))
        for (_, start, _), (end, _, _) in pairwise(pauses):
            painter.fillRect(QRectF(start, top, end - start, height), ground)
    painter.setPen(theme.colour("muted"))
    for left, right, lasted in pauses:
        if right - left >= NARROWEST_TEXT:
            text = show_duration(lasted, 1)
            if picture.text_width(text) + 4 <= right - left:
                painter.drawText(QRectF(left, 2, right - left, top - 2), Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


@lru_cache(maxsize=8)
def _hatch(ground: int, ink: int, ratio: float) -> QPixmap:
    """A tile of slanting lines; to lay tiles takes a tenth of the time of filling with Qt's own pattern."""
    side = 256
    tile = QPixmap(QSize(side, side) * ratio)
    tile.setDevicePixelRatio(ratio)
    tile.fill(QColor.fromRgba(ground))
    painter = QPainter(tile)
    painter.setPen(QPen(QColor.fromRgba(ink), 1))
    for start in range(-side, side, 8):
        painter.drawLine(QPointF(start, side), QPointF(start + side, 0))
    painter.end()
    return tile


def paint_arcs(painter: QPainter, picture: TimelinePicture) -> None:
    """Arcs between repeat visits in view, as long as they are few enough to be followed."""
    near = picture.lanes.repeats_in(picture.view)
    if len(near) <= MOST_ARCS:
        faint = QColor(theme.colour("muted"))
        faint.setAlphaF(0.55)
        _paint_pairs(painter, picture, near, QPen(faint, 1.0))


def paint_own_arcs(painter: QPainter, picture: TimelinePicture, chosen: int) -> None:
    """The arcs between the visits of the chosen event's item."""
    near, item = picture.lanes.repeats_in(picture.view), picture.events.item
    if item[chosen] >= 0:
        own = near[item[near[:, 0]] == item[chosen]]
        _paint_pairs(painter, picture, own[:MOST_ARCS], QPen(theme.colour("accent"), 1.8))


def _paint_pairs(painter: QPainter, picture: TimelinePicture, pairs: NDArray[np.int64], pen: QPen) -> None:
    path = QPainterPath()
    lanes = picture.lanes
    for first, second in pairs.tolist():
        session = lanes.session(first)
        if lanes.folded[session] and lanes.session(second) == session:
            continue  # both are in one block
        _arc(path, picture.point(first), picture.point(second), picture.strip)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawPath(path)
    painter.restore()


def _arc(path: QPainterPath, start: QPointF, end: QPointF, top: float) -> None:
    """An arc over both marks, the higher the farther they are apart, and never above the lanes."""
    rise = min(60.0, 14.0 + abs(end.x() - start.x()) * 0.12)
    crown = max(top - 20, min(start.y(), end.y()) - rise)
    path.moveTo(start)
    path.cubicTo(QPointF(start.x(), crown), QPointF(end.x(), crown), end)


def paint_notes(painter: QPainter, picture: TimelinePicture) -> None:
    """The row of notes: a flag at each, with as much of its text as there is room for."""
    painter.save()
    painter.setFont(picture.small)
    top, places = picture.notes_top, picture.note_places()
    ends = [*places[1:], picture.size.width()]
    for (note, _), x, end in zip(picture.dress.notes, places, ends, strict=True):
        if not picture.left <= x <= picture.size.width():
            continue
        painter.setPen(QPen(theme.colour("accent"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, picture.strip), QPointF(x, top))
        painter.fillRect(QRectF(x - 1, top + 2, 4, picture.row - 2), theme.colour("accent"))
        room = min(end, picture.size.width()) - x - 10
        if room >= 24:
            painter.setPen(theme.colour("text"))
            area = QRectF(x + 6, top, room, picture.row + 2)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, picture.elided(note.text.splitlines()[0], room))
    painter.restore()


def paint_turns(painter: QPainter, picture: TimelinePicture) -> None:
    """The row of turns: a dashed line across all lanes before the first event of each, a diamond, and its words."""
    painter.save()
    painter.setFont(picture.small)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    top, places = picture.turns_top, picture.turn_places()
    middle, half = top + picture.row / 2 + 1, 4.0
    ends = [*places[1:], picture.size.width()]
    for (_, text), x, end in zip(picture.dress.turns, places, ends, strict=True):
        if not picture.left <= x <= picture.size.width():
            continue
        painter.setPen(QPen(theme.colour("text"), 1.4, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, picture.strip), QPointF(x, middle - half))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("text"))
        painter.drawPolygon([QPointF(x + a * half, middle + b * half) for a, b in ((0, -1), (1, 0), (0, 1), (-1, 0))])
        room = min(end, picture.size.width()) - x - 12
        if room >= 24:
            painter.setPen(theme.colour("text"))
            area = QRectF(x + 8, top, room, picture.row + 2)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, picture.elided(text, room))
    painter.restore()


def paint_brush(painter: QPainter, picture: TimelinePicture, brush: View) -> None:
    """Shade what lies outside the brushed part, and mark the part on the axis."""
    left, right = max(picture.x(brush.start), picture.left), min(picture.x(brush.end), picture.size.width())
    veil = QColor(theme.colour("surface"))
    veil.setAlphaF(0.65)
    height = picture.axis_top - picture.strip
    for start, end in ((picture.left, left), (right, picture.size.width())):
        if end > start:
            painter.fillRect(QRectF(start, picture.strip, end - start, height), veil)
    if right >= left:
        painter.fillRect(QRectF(left, picture.axis_top, right - left, 3), theme.colour("accent"))


def mixed(ground: str, over: str, share: float) -> QColor:
    """A token with a share of another over it. Filling with it takes half the time of filling half transparent."""
    return QColor.fromRgba(_mixed(theme.colour(ground).rgba(), theme.colour(over).rgba(), share))


@lru_cache(maxsize=64)
def _mixed(ground: int, over: int, share: float) -> int:
    below, above = QColor.fromRgba(ground).getRgb()[:3], QColor.fromRgba(over).getRgb()[:3]
    return QColor(*(round(a + (b - a) * share) for a, b in zip(below, above, strict=True))).rgba()
