"""How a picture of the timeline is painted: on the screen, into an image and into an SVG file alike."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from desktop_app import theme
from desktop_app.widgets import counted, marks, readable, timeline_overlay
from desktop_app.widgets.timeline_colours import OTHER
from desktop_app.widgets.timeline_overlay import mixed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from desktop_app.widgets.timeline_picture import TimelinePicture

COLUMN = marks.SIZE + 1  # pixels from one mark to the next, across and up
LABEL_ROOM = 56.0  # a mark gets its title beside it where at least this much is free
ARROW = 14.0  # width of the sign that folds a session
SIGNED = 40.0  # a session at least so wide has the sign
FOLDED, OPEN = "▸ ", "▾ "
GUTTERS = 8  # that are kept: of four users under each other, and as many more

_gutters: dict[Hashable, QPixmap] = {}


def paint_picture(painter: QPainter, picture: TimelinePicture, vector: bool, ratio: float) -> None:
    """Paint all but what is selected. `vector` for a file that should hold shapes instead of small pictures."""
    painter.setFont(picture.font)
    painter.fillRect(QRectF(QPointF(), picture.size), theme.colour("panel"))
    painter.save()
    painter.setClipRect(QRectF(picture.left, 0, picture.width, picture.size.height()))
    timeline_overlay.paint_pauses(painter, picture, vector, ratio)
    _paint_sessions(painter, picture)
    _paint_grid(painter, picture)
    timeline_overlay.paint_blocks(painter, picture)
    if picture.dress.arcs:
        timeline_overlay.paint_arcs(painter, picture)
    for lane in range(len(picture.stacks)):
        if picture.colours is None:
            _paint_lane(painter, picture, lane, vector, ratio)
        else:
            _paint_mixed_lane(painter, picture, lane, vector, ratio)
        painter.setPen(theme.colour("text"))
        painter.setFont(picture.small)
        _paint_titles(painter, picture, lane)
        _paint_numbers(painter, picture, lane)
    if picture.dress.notes:
        timeline_overlay.paint_notes(painter, picture)
    if picture.dress.turns:
        timeline_overlay.paint_turns(painter, picture)
    if picture.dress.brush is not None:
        timeline_overlay.paint_brush(painter, picture, picture.dress.brush)
    painter.restore()
    if picture.lanes.merged:  # another user stands above
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.drawLine(QPointF(picture.left, 0.5), QPointF(picture.size.width(), 0.5))
    if vector:
        _paint_gutter(painter, picture)
    else:
        painter.drawPixmap(QPointF(), _gutter(picture, ratio))


def _gutter(picture: TimelinePicture, ratio: float) -> QPixmap:
    """What stands before the lanes, which is the same in frame after frame."""
    lanes, dress = picture.lanes, picture.dress
    names = tuple(picture.lane_name(lane) for lane in range(len(lanes.lanes)))
    tops = (picture.lane_height, picture.strip, picture.axis_top, picture.notes_top, picture.turns_top)
    shown = (bool(dress.notes), bool(dress.turns), dress.axis, picture.colours is None)
    of = (lanes.merged, lanes.timed, lanes.axis.relative, tuple(map(int, lanes.lanes)), tuple(map(int, lanes.sizes)))
    looks = (picture.font.toString(), theme.is_dark(), QLocale().name(), picture.sessions_text(), ratio)
    key = (names, of, tops, shown, looks, picture.left, picture.size.height())
    if key not in _gutters:
        if len(_gutters) >= GUTTERS:
            del _gutters[next(iter(_gutters))]
        _gutters[key] = QPixmap(round(picture.left * ratio), round(picture.size.height() * ratio))
        _gutters[key].setDevicePixelRatio(ratio)
        _gutters[key].fill(theme.colour("panel"))
        painter = QPainter(_gutters[key])
        _paint_gutter(painter, picture)
        painter.end()
    return _gutters[key]


def _paint_sessions(painter: QPainter, picture: TimelinePicture) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    bands = picture.bands()
    tints = (mixed("panel", "accent", 0.16), mixed("panel", "accent", 0.10))  # neighbours differ
    top = mixed("panel", "accent", 0.85)
    for left, right, first, _ in bands:
        area = QRectF(picture.left + left, 0, right - left, picture.axis_top)
        painter.fillRect(area, tints[first % 2])
        painter.fillRect(QRectF(area.left(), 0, area.width(), 2), top)
    painter.setPen(theme.colour("text"))
    painter.setFont(picture.small)
    for left, right, first, last in bands:
        low, high = max(left, 0.0), min(right, picture.width)
        text = _session_label(picture, first, last, high - low - 10)
        area = QRectF(picture.left + low + 5, 2, high - low - 10, picture.strip - 2)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def _session_label(picture: TimelinePicture, first: int, last: int, room: float) -> str:
    """The longest name of a band that fits into `room` pixels."""
    if first != last:
        both = f"{readable.count(first + 1)}–{readable.count(last + 1)}"
        choices = [QCoreApplication.translate("timeline", "Sessions {0}").format(both), both]
    else:
        start, end = picture.lanes.session_events(first)
        number = readable.count(first + 1)
        name = QCoreApplication.translate("timeline", "Session {0}").format(number)
        choices = [f"{name} · {counted.events(end - start)}", name, number]
    sign = FOLDED if picture.lanes.folded[first] else OPEN
    if room + 10 >= SIGNED:
        choices = [sign + text for text in choices] + [sign]
    return next((text for text in choices if picture.text_width(text) <= room), "")


def _paint_grid(painter: QPainter, picture: TimelinePicture) -> None:
    pen = QPen(theme.colour("border"), 1)
    painter.setPen(pen)
    for lane in range(len(picture.lanes.lanes) + 1):
        y = round(picture.lane_top(lane)) + 0.5
        painter.drawLine(QPointF(picture.left, y), QPointF(picture.size.width(), y))
    faint = QColor(theme.colour("border"))
    faint.setAlphaF(0.5)  # what lies below, tinted or not, shines through
    painter.setPen(QPen(faint, 1))
    for at in picture.ticks.at:
        x = round(picture.x(at)) + 0.5
        painter.drawLine(QPointF(x, picture.strip), QPointF(x, picture.axis_top))
    painter.setPen(pen)
    for at in picture.ticks.period:
        x = round(picture.x(at)) + 0.5
        painter.drawLine(QPointF(x, picture.strip), QPointF(x, picture.axis_top + picture.axis_height))
    if picture.dress.axis:
        _paint_axis(painter, picture)


def _paint_axis(painter: QPainter, picture: TimelinePicture) -> None:
    painter.setFont(picture.small)
    painter.setPen(theme.colour("muted"))
    for at, text in zip(picture.ticks.at, picture.ticks.labels, strict=True):
        x, half = picture.x(at), picture.text_width(text) / 2 + 1
        if picture.left <= x - half and x + half <= picture.size.width():
            area = QRectF(x - half, picture.axis_top + 3, 2 * half, picture.row)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
    painter.setPen(theme.colour("text"))
    edges = [*(max(picture.x(at), picture.left) for at in picture.ticks.period), picture.size.width()]
    for (start, end), text in zip(pairwise(edges), picture.ticks.period_labels, strict=True):
        if end - start >= picture.text_width(text) + 12:
            area = QRectF(start + 6, picture.axis_top + 3 + picture.row, end - start - 8, picture.row)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def _paint_lane(painter: QPainter, picture: TimelinePicture, lane: int, vector: bool, ratio: float) -> None:
    stacks, behaviour, floor = picture.stacks[lane], picture.lanes.lanes[lane], picture.floor(lane)
    bars: list[QRectF] = []
    towers: dict[tuple[int, float], QPixmap] = {}  # hundreds of columns are of a few kinds
    rows = zip(
        (stacks.columns.x + picture.left).tolist(),
        stacks.columns.count.tolist(),
        stacks.height.tolist(),
        stacks.pitch.tolist(),
        stacks.bar.tolist(),
        strict=True,
    )
    for x, count, height, pitch, bar in rows:
        if bar:
            bars.append(QRectF(x - marks.SIZE / 2, floor - height, marks.SIZE, height))
            continue
        if vector:
            for level in range(count):
                marks.draw(painter, behaviour, QPointF(x, floor - COLUMN / 2 - level * pitch))
        else:
            top = floor - COLUMN / 2 - (count - 0.5) * pitch
            tower = towers.get((count, pitch))
            if tower is None:
                tower = towers[count, pitch] = marks.tower(behaviour, count, pitch, ratio)
            painter.drawPixmap(QPointF(x - pitch / 2, top), tower)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.categorical(behaviour))
    painter.drawRects(bars)


def _paint_mixed_lane(painter: QPainter, picture: TimelinePicture, lane: int, vector: bool, ratio: float) -> None:
    """A lane in which each event has a colour of its own."""
    columns = picture.stacks[lane].columns
    if not len(columns.count) or picture.colours is None:
        return
    start, end = int(columns.first[0]), int(columns.first[-1] + columns.count[-1])
    drawn = picture.lanes.in_lane(lane)[start:end]
    column = np.repeat(np.arange(len(columns.count)), columns.count)
    codes = picture.colours[drawn]
    _paint_mixed_bars(painter, picture, lane, column * 8 + codes, vector, ratio)
    marked = np.flatnonzero(~picture.stacks[lane].bar[column])
    column = column[marked]
    level = marked + start - columns.first[column]
    x, y = picture.left + columns.x[column], picture.levels(lane, column, level)
    pictures: dict[tuple[int, int, str], QPixmap] = {}
    behaviours, signs = picture.events.behaviour[drawn[marked]], map(picture.sign, drawn[marked].tolist())
    for behaviour, code, sign, across, down in zip(
        behaviours.tolist(), codes[marked].tolist(), signs, x.tolist(), y.tolist(), strict=True
    ):
        if vector:
            marks.draw(painter, behaviour, QPointF(across, down), colour=code, sign=sign)
            continue
        if (behaviour, code, sign) not in pictures:
            pictures[behaviour, code, sign] = marks.tower(behaviour, 1, COLUMN, ratio, code, sign)
        painter.drawPixmap(QPointF(across - COLUMN / 2, down - COLUMN / 2), pictures[behaviour, code, sign])


def _paint_mixed_bars(
    painter: QPainter, picture: TimelinePicture, lane: int, cells: NDArray[np.int64], vector: bool, ratio: float
) -> None:
    """Bars in pieces; `cells` is eight times the column plus the colour of each event, int64 [events in view]."""
    stacks, floor = picture.stacks[lane], picture.floor(lane)
    rows = np.flatnonzero(stacks.bar)
    if not len(rows):
        return
    counts = np.bincount(cells, minlength=8 * len(stacks.bar)).reshape(-1, 8)[rows]
    ends = np.cumsum(counts, axis=1) / stacks.columns.count[rows, None] * stacks.height[rows, None]  # up from the floor
    left = stacks.columns.x[rows] - marks.SIZE / 2
    if not vector:
        image = _bar_image(left, ends, picture.width, ratio)
        painter.drawImage(QPointF(picture.left, floor - image.height() / ratio), image)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    for code in range(8):
        lower = ends[:, code - 1] if code else np.zeros(len(rows))
        painter.setBrush(theme.categorical(code))
        for x, low, high in zip((left + picture.left).tolist(), lower.tolist(), ends[:, code].tolist(), strict=True):
            if high > low:
                painter.drawRect(QRectF(x, floor - high, marks.SIZE, high - low))


def _bar_image(left: NDArray[np.float64], ends: NDArray[np.float64], width: float, ratio: float) -> QImage:
    """Bars of eight colours as one image: their left edges [n] and, up from its floor, the ends of their pieces [n, 8].

    To draw the pieces one by one took ten times as long.
    """
    palette = np.array([QColor(theme.categorical(code)).rgba() for code in range(8)] + [0], np.uint32)
    tall = max(1, round(float(ends[:, -1].max()) * ratio))
    up = (np.arange(tall)[::-1] + 0.5) / ratio
    grid = np.zeros((tall, len(left) + 1), np.uint32)  # the last column is for what lies between bars
    grid[:, :-1] = palette[(up[:, None, None] >= ends[None]).sum(axis=2)]
    across = (np.arange(max(1, round(width * ratio))) + 0.5) / ratio
    column = np.searchsorted(left, across, side="right") - 1
    column[(column < 0) | (across - left[column] >= marks.SIZE)] = len(left)
    pixels = np.ascontiguousarray(grid[:, column])
    image = QImage(pixels.data, pixels.shape[1], tall, 4 * pixels.shape[1], QImage.Format.Format_ARGB32).copy()
    image.setDevicePixelRatio(ratio)
    return image


def _paint_titles(painter: QPainter, picture: TimelinePicture, lane: int) -> None:
    """Titles beside the marks that have room for them."""
    stacks, floor = picture.stacks[lane], picture.floor(lane)
    columns = stacks.columns
    ends = np.append(columns.x[1:] - COLUMN, picture.width)
    for column in np.flatnonzero(stacks.labelled & (columns.x >= 0)).tolist():
        left = float(columns.x[column]) + COLUMN + 2
        width, count = float(ends[column]) - left, int(columns.count[column])
        if width < LABEL_ROOM / 2:  # cut by the edge of the view
            continue
        pitch = float(stacks.pitch[column])
        for level in range(count):
            text = picture.events.label(picture.lanes.event(lane, int(columns.first[column]) + level))
            text = picture.elided(text, min(width, 260.0))
            area = QRectF(picture.left + left, floor - COLUMN / 2 - (level + 0.5) * pitch, width, pitch)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def _paint_numbers(painter: QPainter, picture: TimelinePicture, lane: int) -> None:
    """Counts on single bars among marks, which say no more than that they are full."""
    stacks = picture.stacks[lane]
    columns = stacks.columns
    top, taken = picture.floor(lane) - picture.capacity * COLUMN - picture.row, 0.0
    if columns.dense or top < picture.lane_top(lane):
        return
    for column in np.flatnonzero(stacks.bar).tolist():
        text = readable.count(int(columns.count[column]))
        width = picture.text_width(text) + 4
        area = QRectF(picture.left + float(columns.x[column]) - width / 2, top, width, picture.row)
        if area.left() < taken:
            continue
        taken = area.right()
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


def _paint_gutter(painter: QPainter, picture: TimelinePicture) -> None:
    painter.setPen(QPen(theme.colour("border"), 1))
    painter.drawLine(QPointF(picture.left - 0.5, 0), QPointF(picture.left - 0.5, picture.axis_top))
    if picture.lanes.merged:
        painter.drawLine(QPointF(0, 0.5), QPointF(picture.left, 0.5))
    for lane, (behaviour, size) in enumerate(zip(picture.lanes.lanes, picture.lanes.sizes, strict=True)):
        top, middle = picture.lane_top(lane), picture.lane_top(lane) + picture.lane_height / 2
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.drawLine(QPointF(0, round(top) + 0.5), QPointF(picture.left, round(top) + 0.5))
        both = picture.lane_height >= picture.metrics.height() + picture.row
        line = middle - picture.row * 0.45 if both else middle
        start = 10.0 if picture.lanes.merged else 28.0
        if not picture.lanes.merged:
            grey = None if picture.colours is None else OTHER  # the colours speak of something else
            marks.draw(painter, behaviour, QPointF(16, line), colour=grey)
        name = picture.lane_name(lane)
        room = picture.left - start - 6
        painter.setFont(picture.font)
        painter.setPen(theme.colour("text" if size else "muted"))
        name = picture.metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        height = picture.metrics.height()
        painter.drawText(QRectF(start, line - height / 2, room, height), Qt.AlignmentFlag.AlignVCenter, name)
        if both:
            painter.setFont(picture.small)
            painter.setPen(theme.colour("muted"))
            area = QRectF(start, line + height / 2, room, picture.row)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, readable.count(size))
    painter.setFont(picture.small)
    painter.setPen(theme.colour("muted"))
    right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
    axis = "UTC" if picture.lanes.timed else QCoreApplication.translate("timeline", "Step")
    axis = QCoreApplication.translate("timeline", "Since first") if picture.lanes.axis.relative else axis
    if picture.dress.notes:
        area = QRectF(0, picture.notes_top, picture.left - 10, picture.notes_height)
        painter.drawText(area, right, QCoreApplication.translate("timeline", "Notes"))
    if picture.dress.turns:
        area = QRectF(0, picture.turns_top, picture.left - 10, picture.turns_height)
        painter.drawText(area, right, QCoreApplication.translate("timeline", "Turns"))
    if picture.dress.axis:
        painter.drawText(QRectF(0, picture.axis_top + 3, picture.left - 10, picture.row), right, axis)
    if picture.lanes.timed:
        painter.drawText(QRectF(0, 2, picture.left - 10, picture.strip - 2), right, picture.sessions_text())


def paint_event(painter: QPainter, picture: TimelinePicture, event: int, selected: bool) -> None:
    """Mark one event: a ring, and for the chosen one a line across all lanes and its title."""
    at = picture.position(event)
    if at is None:
        return
    ring = QColor(theme.colour("accent" if selected else "muted"))
    if selected:
        painter.setPen(QPen(ring, 1))
        painter.drawLine(QPointF(at.x(), picture.strip), QPointF(at.x(), picture.axis_top))
    stacks = picture.stacks[picture.lanes.lane(event)]
    drawn = picture.lanes.place(event) >= 0  # else it is in a block
    column = stacks.columns.at(at.x() - picture.left, 1) if drawn else -1
    if drawn and stacks.bar[column]:  # its own slice of the bar
        painter.fillRect(QRectF(at.x() - COLUMN, at.y() - 1, COLUMN * 2, 2), ring)
    else:
        colour = None if picture.colours is None else int(picture.colours[event])
        marks.highlight(painter, int(picture.events.behaviour[event]), at, ring, colour, picture.sign(event))
    if selected and not (drawn and stacks.labelled[column]):
        _paint_chip(painter, picture, event, at)


def _paint_chip(painter: QPainter, picture: TimelinePicture, event: int, at: QPointF) -> None:
    """The title of the chosen event in a box at the top of its lane."""
    text = picture.events.label(event)
    if not text:
        return
    text = picture.elided(text, min(260.0, picture.width / 2))
    width = picture.text_width(text) + 12
    left = at.x() if at.x() + width <= picture.size.width() - 2 else at.x() - width
    top = picture.lane_top(picture.lanes.lane(event)) + 3
    area = QRectF(round(left) + 0.5, round(top) + 0.5, width, picture.row + 2)
    painter.setPen(QPen(theme.colour("accent"), 1))
    painter.setBrush(theme.colour("panel"))
    painter.drawRect(area)
    painter.setPen(theme.colour("text"))
    painter.setFont(picture.small)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
