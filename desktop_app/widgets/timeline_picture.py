"""The timeline as a picture: where everything stands in one view at one size, and how it is painted.

The same picture is painted on the screen, into an image and into an SVG file.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from desktop_app import theme
from desktop_app.widgets import counted, marks, readable
from desktop_app.widgets.timeline_scale import Ticks, View, ticks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.sequences.store import UserEvents
    from desktop_app.widgets.timeline_lanes import Columns, Lanes

COLUMN = marks.SIZE + 1  # pixels from one mark to the next, across and up
STRIP = 22.0  # height of the row that names the sessions
LANE_PAD = 8.0
LOWEST_LANE = 24.0
LABELLED = 3  # marks above each other that may have titles; with them they stand wider, and a pile would look fuller
LABEL_ROOM = 56.0  # a mark gets its title beside it where at least this much is free


@dataclass(frozen=True)
class Hit:
    """What is under a point: an event, and which one it is (from 1) of how many in its column."""

    event: int
    number: int
    shared: int


class Stacks:
    """How the columns of one lane are drawn. All arrays have the length [columns].

    Attributes:
        columns: what they hold and where they stand.
        bar: bool, whether a column is a bar; else it is a stack of marks.
        labelled: bool, whether the marks have their titles beside them.
        height: float64, pixels up from the floor of the lane to the top of the column.
        pitch: float64, pixels from one event of a column to the next.
    """

    def __init__(self, columns: Columns, room: float, capacity: int, row: float) -> None:
        self.columns = columns
        full = columns.count > capacity
        self.bar: NDArray[np.bool_] = np.ones_like(full) if columns.dense else full
        free = np.diff(columns.x, append=np.inf) - COLUMN * 2
        self.labelled: NDArray[np.bool_] = ~self.bar & (free >= LABEL_ROOM) & (columns.count <= LABELLED)
        self.labelled &= columns.count * row <= room
        if columns.dense:
            self.height: NDArray[np.float64] = np.maximum(3.0, room * np.sqrt(columns.count / columns.count.max()))
        else:
            self.height = COLUMN + (np.minimum(columns.count, capacity) - 1) * np.where(self.labelled, row, COLUMN)
        self.pitch: NDArray[np.float64] = np.where(self.labelled, row, self.height / columns.count)


class TimelinePicture:
    """One view of one user's events at one size.

    Attributes:
        events: the events with all that is shown of them.
        lanes: the same, sorted into lanes.
        view: the part of the axis in view.
        size: width and height in pixels.
        left: where the axis begins; left of it stand the names of the lanes.
        lane_height: height of each lane.
    """

    def __init__(self, events: UserEvents, lanes: Lanes, view: View, size: QSizeF, font: QFont) -> None:
        self.events, self.lanes, self.view, self.size, self.font = events, lanes, view, size, font
        self.small = QFont(font)
        self.small.setPointSizeF(max(7.0, font.pointSizeF() * 0.88))
        self._metrics, self._small_metrics = QFontMetricsF(font), QFontMetricsF(self.small)
        self.row = self._small_metrics.height() + 4
        self.left = self._gutter_width()
        self.width = max(1.0, size.width() - self.left)
        self.strip = STRIP if lanes.timed else 4.0
        self.axis_height = self.row * (2 if lanes.timed else 1) + 6
        room = size.height() - self.strip - self.axis_height
        count = max(1, len(lanes.lanes))
        self.lane_height = max(LOWEST_LANE, room / count)
        # Above the highest stack there is room for a number.
        self.capacity = max(1, int((self.lane_height - LANE_PAD - self.row) // COLUMN))
        self.stacks = [
            Stacks(
                lanes.columns(lane, view, self.width, COLUMN, self.capacity),
                self.lane_height - LANE_PAD,
                self.capacity,
                max(self.row, COLUMN),
            )
            for lane in range(len(lanes.lanes))
        ]
        self.ticks: Ticks = ticks(view, self.width, lanes.timed)

    @staticmethod
    def least_height(lanes: Lanes, font: QFont) -> float:
        """The height at which every lane can still be read."""
        return STRIP + LOWEST_LANE * max(1, len(lanes.lanes)) + (QFontMetricsF(font).height() + 4) * 2 + 6

    def _gutter_width(self) -> float:
        names = [self.events.behaviours[lane].name for lane in self.lanes.lanes]
        widest = max((self._metrics.horizontalAdvance(name) for name in names), default=0.0)
        sessions = self._small_metrics.horizontalAdvance(self._sessions_text())
        return min(max(widest + 34, sessions + 20, 84.0), 190.0, self.size.width() * 0.4)

    def _sessions_text(self) -> str:
        return counted.sessions(len(self.lanes.sessions))

    def lane_top(self, lane: int) -> float:
        return self.strip + lane * self.lane_height

    @property
    def axis_top(self) -> float:
        return self.lane_top(len(self.lanes.lanes))

    def x(self, time: float) -> float:
        """The pixel of a point of the axis."""
        return self.left + (time - self.view.start) / self.view.span * self.width

    def time(self, x: float) -> float:
        """The point of the axis at a pixel."""
        return self.view.start + (x - self.left) / self.width * self.view.span

    def position(self, event: int) -> QPointF | None:
        """The middle of an event's mark; None where it is out of view."""
        lane = self.lanes.lane(event)
        columns = self.stacks[lane].columns
        place = self.lanes.place(event)
        column = int(columns.first.searchsorted(place, side="right")) - 1
        if column < 0 or place >= columns.first[column] + columns.count[column]:
            return None
        x = self.left + float(columns.x[column])
        if not self.left <= x <= self.size.width():
            return None
        return QPointF(x, self._level(lane, column, place - int(columns.first[column])))

    def hit(self, point: QPointF) -> Hit | None:
        """The event under a point."""
        lane = int((point.y() - self.strip) // self.lane_height)
        if point.x() < self.left or point.y() < self.strip or lane >= len(self.lanes.lanes):
            return None
        stacks = self.stacks[lane]
        column = stacks.columns.at(point.x() - self.left, COLUMN * 0.75)
        if column < 0:
            return None
        up = self._floor(lane) - point.y()
        if up > float(stacks.height[column]) + COLUMN:
            return None
        count = int(stacks.columns.count[column])
        level = min(count - 1, max(0, int(up / float(stacks.pitch[column]))))
        return Hit(self.lanes.event(lane, int(stacks.columns.first[column]) + level), level + 1, count)

    def session_at(self, point: QPointF) -> tuple[int, int] | None:
        """The first and the last session whose name is under a point."""
        if point.y() >= self.strip or point.x() < self.left:
            return None
        for left, right, first, last in self.lanes.bands(self.view, self.width, COLUMN * 0.7):
            if left <= point.x() - self.left <= right:
                return first, last
        return None

    def _floor(self, lane: int) -> float:
        return self.lane_top(lane) + self.lane_height - LANE_PAD / 2

    def _level(self, lane: int, column: int, level: int) -> float:
        """The height on the screen of an event of a column, counted from 0 at the bottom."""
        stacks = self.stacks[lane]
        lowest = min(COLUMN, float(stacks.pitch[column])) / 2
        return self._floor(lane) - lowest - level * float(stacks.pitch[column])

    # Painting

    def paint(self, painter: QPainter, vector: bool = False, ratio: float = 1.0) -> None:
        """Paint all but what is selected. `vector` for a file that should hold shapes instead of small pictures."""
        painter.setFont(self.font)
        painter.fillRect(QRectF(QPointF(), self.size), theme.colour("panel"))
        painter.save()
        painter.setClipRect(QRectF(self.left, 0, self.width, self.size.height()))
        self._paint_sessions(painter)
        self._paint_grid(painter)
        for lane in range(len(self.stacks)):
            self._paint_lane(painter, lane, vector, ratio)
        painter.restore()
        self._paint_gutter(painter)

    def _paint_sessions(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        bands = self.lanes.bands(self.view, self.width, COLUMN * 0.7)
        tints = (_mixed("panel", "accent", 0.16), _mixed("panel", "accent", 0.10))  # neighbours differ
        top = _mixed("panel", "accent", 0.85)
        for left, right, first, _ in bands:
            area = QRectF(self.left + left, 0, right - left, self.axis_top)
            painter.fillRect(area, tints[first % 2])
            painter.fillRect(QRectF(area.left(), 0, area.width(), 2), top)
        painter.setPen(theme.colour("text"))
        painter.setFont(self.small)
        for left, right, first, last in bands:
            low, high = max(left, 0.0), min(right, self.width)
            text = self._session_label(first, last, high - low - 10)
            area = QRectF(self.left + low + 5, 2, high - low - 10, self.strip - 2)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _session_label(self, first: int, last: int, room: float) -> str:
        """The longest name of a band that fits into `room` pixels."""
        if first != last:
            both = f"{readable.count(first + 1)}–{readable.count(last + 1)}"
            choices = [QCoreApplication.translate("timeline", "Sessions {0}").format(both), both]
        else:
            start, end = self.lanes.session_events(first)
            number = readable.count(first + 1)
            name = QCoreApplication.translate("timeline", "Session {0}").format(number)
            choices = [f"{name} · {counted.events(end - start)}", name, number]
        return next((text for text in choices if self._small_metrics.horizontalAdvance(text) <= room), "")

    def _paint_grid(self, painter: QPainter) -> None:
        pen = QPen(theme.colour("border"), 1)
        painter.setPen(pen)
        for lane in range(len(self.lanes.lanes) + 1):
            y = round(self.lane_top(lane)) + 0.5
            painter.drawLine(QPointF(self.left, y), QPointF(self.size.width(), y))
        faint = QColor(theme.colour("border"))
        faint.setAlphaF(0.5)  # what lies below, tinted or not, shines through
        painter.setPen(QPen(faint, 1))
        for at in self.ticks.at:
            x = round(self.x(at)) + 0.5
            painter.drawLine(QPointF(x, self.strip), QPointF(x, self.axis_top))
        painter.setPen(pen)
        for at in self.ticks.period:
            x = round(self.x(at)) + 0.5
            painter.drawLine(QPointF(x, self.strip), QPointF(x, self.axis_top + self.axis_height))
        self._paint_axis(painter)

    def _paint_axis(self, painter: QPainter) -> None:
        painter.setFont(self.small)
        painter.setPen(theme.colour("muted"))
        for at, text in zip(self.ticks.at, self.ticks.labels, strict=True):
            x, half = self.x(at), self._small_metrics.horizontalAdvance(text) / 2 + 1
            if self.left <= x - half and x + half <= self.size.width():
                area = QRectF(x - half, self.axis_top + 3, 2 * half, self.row)
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(theme.colour("text"))
        edges = [*(max(self.x(at), self.left) for at in self.ticks.period), self.size.width()]
        for (start, end), text in zip(pairwise(edges), self.ticks.period_labels, strict=True):
            if end - start >= self._small_metrics.horizontalAdvance(text) + 12:
                area = QRectF(start + 6, self.axis_top + 3 + self.row, end - start - 8, self.row)
                painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_lane(self, painter: QPainter, lane: int, vector: bool, ratio: float) -> None:
        stacks, behaviour, floor = self.stacks[lane], self.lanes.lanes[lane], self._floor(lane)
        bars: list[QRectF] = []
        rows = zip(
            (stacks.columns.x + self.left).tolist(),
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
                painter.drawPixmap(QPointF(x - pitch / 2, top), marks.tower(behaviour, count, pitch, ratio))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.categorical(behaviour))
        painter.drawRects(bars)
        painter.setPen(theme.colour("text"))
        painter.setFont(self.small)
        self._paint_titles(painter, lane)
        self._paint_numbers(painter, lane)

    def _paint_titles(self, painter: QPainter, lane: int) -> None:
        """Titles beside the marks that have room for them."""
        stacks, floor = self.stacks[lane], self._floor(lane)
        columns = stacks.columns
        ends = np.append(columns.x[1:] - COLUMN, self.width)
        for column in np.flatnonzero(stacks.labelled & (columns.x >= 0)).tolist():
            left = float(columns.x[column]) + COLUMN + 2
            width, count = float(ends[column]) - left, int(columns.count[column])
            if width < LABEL_ROOM / 2:  # cut by the edge of the view
                continue
            pitch = float(stacks.pitch[column])
            for level in range(count):
                text = self.events.label(self.lanes.event(lane, int(columns.first[column]) + level))
                text = self._small_metrics.elidedText(text, Qt.TextElideMode.ElideRight, min(width, 260.0))
                area = QRectF(self.left + left, floor - COLUMN / 2 - (level + 0.5) * pitch, width, pitch)
                painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_numbers(self, painter: QPainter, lane: int) -> None:
        """Counts on single bars among marks, which say no more than that they are full."""
        stacks = self.stacks[lane]
        columns = stacks.columns
        top, taken = self._floor(lane) - self.capacity * COLUMN - self.row, 0.0
        if columns.dense or top < self.lane_top(lane):
            return
        for column in np.flatnonzero(stacks.bar).tolist():
            text = readable.count(int(columns.count[column]))
            width = self._small_metrics.horizontalAdvance(text) + 4
            area = QRectF(self.left + float(columns.x[column]) - width / 2, top, width, self.row)
            if area.left() < taken:
                continue
            taken = area.right()
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_gutter(self, painter: QPainter) -> None:
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.drawLine(QPointF(self.left - 0.5, 0), QPointF(self.left - 0.5, self.axis_top))
        for lane, (behaviour, size) in enumerate(zip(self.lanes.lanes, self.lanes.sizes, strict=True)):
            top, middle = self.lane_top(lane), self.lane_top(lane) + self.lane_height / 2
            painter.setPen(QPen(theme.colour("border"), 1))
            painter.drawLine(QPointF(0, round(top) + 0.5), QPointF(self.left, round(top) + 0.5))
            both = self.lane_height >= self._metrics.height() + self.row
            line = middle - self.row * 0.45 if both else middle
            marks.draw(painter, behaviour, QPointF(16, line))
            name = self.events.behaviours[behaviour].name
            room = self.left - 34
            painter.setFont(self.font)
            painter.setPen(theme.colour("text" if size else "muted"))
            name = self._metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
            height = self._metrics.height()
            painter.drawText(QRectF(28, line - height / 2, room, height), Qt.AlignmentFlag.AlignVCenter, name)
            if both:
                painter.setFont(self.small)
                painter.setPen(theme.colour("muted"))
                area = QRectF(28, line + height / 2, room, self.row)
                painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, readable.count(size))
        painter.setFont(self.small)
        painter.setPen(theme.colour("muted"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        axis = "UTC" if self.lanes.timed else QCoreApplication.translate("timeline", "Step")
        painter.drawText(QRectF(0, self.axis_top + 3, self.left - 10, self.row), right, axis)
        if self.lanes.timed:
            painter.drawText(QRectF(0, 2, self.left - 10, self.strip - 2), right, self._sessions_text())

    def paint_event(self, painter: QPainter, event: int, selected: bool) -> None:
        """Mark one event: a ring, and for the chosen one a line across all lanes and its title."""
        at = self.position(event)
        if at is None:
            return
        colour = QColor(theme.colour("accent" if selected else "muted"))
        if selected:
            painter.setPen(QPen(colour, 1))
            painter.drawLine(QPointF(at.x(), self.strip), QPointF(at.x(), self.axis_top))
        stacks = self.stacks[self.lanes.lane(event)]
        column = stacks.columns.at(at.x() - self.left, 1)
        if stacks.bar[column]:  # its own slice of the bar
            painter.fillRect(QRectF(at.x() - COLUMN, at.y() - 1, COLUMN * 2, 2), colour)
        else:
            marks.highlight(painter, int(self.lanes.behaviour[event]), at, colour)
        if selected and not stacks.labelled[column]:
            self._paint_chip(painter, event, at)

    def _paint_chip(self, painter: QPainter, event: int, at: QPointF) -> None:
        """The title of the chosen event in a box at the top of its lane."""
        text = self.events.label(event)
        if not text:
            return
        text = self._small_metrics.elidedText(text, Qt.TextElideMode.ElideRight, min(260.0, self.width / 2))
        width = self._small_metrics.horizontalAdvance(text) + 12
        left = at.x() if at.x() + width <= self.size.width() - 2 else at.x() - width
        top = self.lane_top(self.lanes.lane(event)) + 3
        area = QRectF(round(left) + 0.5, round(top) + 0.5, width, self.row + 2)
        painter.setPen(QPen(theme.colour("accent"), 1))
        painter.setBrush(theme.colour("panel"))
        painter.drawRect(area)
        painter.setPen(theme.colour("text"))
        painter.setFont(self.small)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


def _mixed(ground: str, over: str, share: float) -> QColor:
    """A token with a share of another over it. Filling with it takes half the time of filling half transparent."""
    below, above = theme.colour(ground), theme.colour(over)
    mixed = [
        round(a + (b - a) * share)
        for a, b in zip(
            (below.red(), below.green(), below.blue()), (above.red(), above.green(), above.blue()), strict=True
        )
    ]
    return QColor(*mixed)
