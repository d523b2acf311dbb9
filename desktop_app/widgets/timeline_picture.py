"""The timeline as a picture: where everything stands in one view at one size, and how it is painted.

The same picture is painted on the screen, into an image and into an SVG file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from desktop_app.widgets import counted, timeline_paint
from desktop_app.widgets.timeline_overlay import Dress
from desktop_app.widgets.timeline_paint import ARROW, COLUMN, LABEL_ROOM, SIGNED
from desktop_app.widgets.timeline_scale import Ticks, View

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.sequences.store import UserEvents
    from desktop_app.widgets.timeline_lanes import Columns, Lanes

STRIP = 22.0  # height of the row that names the sessions
LANE_PAD = 8.0
LOWEST_LANE = 24.0
LABELLED = 3  # marks above each other that may have titles; with them they stand wider, and a pile would look fuller


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


@lru_cache(maxsize=4096)
def _width(font: str, text: str) -> float:
    """Pixels of a text; frame after frame asks for the same ones."""
    return _metrics(font).horizontalAdvance(text)


@lru_cache(maxsize=4096)
def _elided(font: str, text: str, room: int) -> str:
    return _metrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)


@lru_cache(maxsize=8)
def _metrics(font: str) -> QFontMetricsF:
    made = QFont()
    made.fromString(font)
    return QFontMetricsF(made)


class TimelinePicture:
    """One view of one user's events at one size.

    Attributes:
        events: the events with all that is shown of them.
        lanes: the same, sorted into lanes.
        view: the part of the axis in view.
        size: width and height in pixels.
        dress: colours, arcs, notes and the like.
        colours: uint8 [events], the colour of each mark; None where every lane has its behaviour's.
        left: where the axis begins; left of it stand the names of the lanes.
        lane_height: height of each lane.
    """

    def __init__(
        self, events: UserEvents, lanes: Lanes, view: View, size: QSizeF, font: QFont, dress: Dress | None = None
    ) -> None:
        self.events, self.lanes, self.view, self.size, self.font = events, lanes, view, size, font
        self.dress = dress or Dress()
        self.colours: NDArray[np.uint8] | None = None
        if self.dress.colours is not None and not self.dress.colours.plain:
            self.colours = self.dress.colours.codes
        elif lanes.merged:
            self.colours = events.behaviour % 8
        self.small = QFont(font)
        self.small.setPointSizeF(max(7.0, font.pointSizeF() * 0.88))
        self.metrics, self._small_metrics = QFontMetricsF(font), QFontMetricsF(self.small)
        self._small_name = self.small.toString()
        self.row = self._small_metrics.height() + 4
        self.left = self.dress.left or self._gutter_width()
        self.width = max(1.0, size.width() - self.left)
        self.strip = STRIP if lanes.timed else 4.0
        self.axis_height = self.row * (2 if lanes.timed else 1) + 6 if self.dress.axis else 0.0
        self.notes_height = self.row + 4 if self.dress.notes else 0.0
        self.turns_height = self.row + 4 if self.dress.turns else 0.0
        room = size.height() - self.strip - self.axis_height - self.notes_height - self.turns_height
        count = max(1, len(lanes.lanes))
        self.lane_height = max(LOWEST_LANE, room / count)
        # Above the highest stack there is room for a number.
        self.capacity = max(1, int((self.lane_height - LANE_PAD - self.row) // COLUMN))

    def sign(self, event: int) -> str:
        """What stands on the mark of an event, beside its colour."""
        return "" if self.dress.colours is None else self.dress.colours.sign_of(event)

    @cached_property
    def stacks(self) -> list[Stacks]:
        """The columns of each lane; made when they are first painted or pointed at."""
        return [
            Stacks(
                self.lanes.columns(lane, self.view, self.width, COLUMN, self.capacity),
                self.lane_height - LANE_PAD,
                self.capacity,
                max(self.row, COLUMN),
            )
            for lane in range(len(self.lanes.lanes))
        ]

    @cached_property
    def ticks(self) -> Ticks:
        """The ticks of the axis."""
        return self.lanes.axis.ticks(self.view, self.width, self.lanes.timed, self.lanes.session_places[0])

    @staticmethod
    def least_height(lanes: Lanes, font: QFont) -> float:
        """The height at which every lane can still be read, and a row of notes or of turns."""
        return STRIP + LOWEST_LANE * max(1, len(lanes.lanes)) + (QFontMetricsF(font).height() + 4) * 3 + 6

    def _gutter_width(self) -> float:
        names = [self.lane_name(lane) for lane in range(len(self.lanes.lanes))]
        widest = max((self.metrics.horizontalAdvance(name) for name in names), default=0.0)
        sessions = self._small_metrics.horizontalAdvance(self.sessions_text())
        return min(max(widest + 34, sessions + 20, 84.0), 190.0, self.size.width() * 0.4)

    def sessions_text(self) -> str:
        """How many sessions there are."""
        return counted.sessions(len(self.lanes.sessions))

    def lane_name(self, lane: int) -> str:
        """What is written before a lane."""
        return self.dress.name if self.lanes.merged else self.events.behaviours[self.lanes.lanes[lane]].name

    def text_width(self, text: str) -> float:
        """Pixels of a text in small letters."""
        return _width(self._small_name, text)

    def elided(self, text: str, room: float) -> str:
        """A text in small letters, cut to `room` pixels."""
        return _elided(self._small_name, text, int(room))

    def lane_top(self, lane: int) -> float:
        return self.strip + lane * self.lane_height

    @property
    def notes_top(self) -> float:
        return self.lane_top(len(self.lanes.lanes))

    @property
    def turns_top(self) -> float:
        return self.notes_top + self.notes_height

    @property
    def axis_top(self) -> float:
        return self.turns_top + self.turns_height

    def x(self, place: float) -> float:
        """The pixel of a place on the axis."""
        return self.left + (place - self.view.start) / self.view.span * self.width

    def place(self, x: float) -> float:
        """The place on the axis at a pixel."""
        return self.view.start + (x - self.left) / self.width * self.view.span

    def bands(self) -> list[tuple[float, float, int, int]]:
        """Sessions in view (`Lanes.bands`)."""
        return self._bands

    @cached_property
    def _bands(self) -> list[tuple[float, float, int, int]]:
        return self.lanes.bands(self.view, self.width, COLUMN * 0.7)

    def note_places(self) -> list[float]:
        """The pixel of each note, in their order."""
        at = self.lanes.at
        return [
            self.x(float(at[event]) if event >= 0 else self.lanes.axis.place(note.time))
            for note, event in self.dress.notes
        ]

    def note_at(self, point: QPointF) -> int:
        """The number of the note under a point; -1 for none."""
        if not self.notes_top <= point.y() < self.notes_top + self.notes_height:
            return -1
        places = self.note_places()
        before = [number for number, x in enumerate(places) if x - 4 <= point.x() and x >= self.left - 1]
        return before[-1] if before and point.x() >= self.left else -1

    def turn_places(self) -> list[float]:
        """The pixel of each turn, in their order."""
        return [self.x(float(self.lanes.at[event])) for event, _ in self.dress.turns]

    def turn_at(self, point: QPointF) -> int:
        """The number of the turn under a point; -1 for none."""
        if not self.turns_top <= point.y() < self.turns_top + self.turns_height or point.x() < self.left:
            return -1
        before = [number for number, x in enumerate(self.turn_places()) if self.left - 1 <= x <= point.x() + 5]
        return before[-1] if before else -1

    def point(self, event: int) -> QPointF:
        """Where an event stands or, out of view, would stand."""
        at = self.position(event)
        if at is not None:
            return at
        return QPointF(self.x(float(self.lanes.at[event])), self.floor(self.lanes.lane(event)) - COLUMN / 2)

    def position(self, event: int) -> QPointF | None:
        """The middle of an event's mark; None where it is out of view."""
        lane = self.lanes.lane(event)
        columns = self.stacks[lane].columns
        place = self.lanes.place(event)
        if place < 0:
            return self._in_block(event)
        column = int(columns.first.searchsorted(place, side="right")) - 1
        if column < 0 or place >= columns.first[column] + columns.count[column]:
            return None
        x = self.left + float(columns.x[column])
        if not self.left <= x <= self.size.width():
            return None
        return QPointF(x, self._level(lane, column, place - int(columns.first[column])))

    def _in_block(self, event: int) -> QPointF | None:
        """The middle of the block that an event is folded into, in its lane; None where it is hidden otherwise."""
        lanes, session = self.lanes, self.lanes.session(event)
        if not lanes.folded[session] or not lanes.is_kept(event):
            return None
        starts, ends = lanes.session_places
        x = self.x(float(starts[session] + ends[session]) / 2)
        if not self.left <= x <= self.size.width():
            return None
        return QPointF(x, self.lane_top(lanes.lane(event)) + self.lane_height / 2)

    def hit(self, point: QPointF) -> Hit | None:
        """The event under a point."""
        lane = int((point.y() - self.strip) // self.lane_height)
        if point.x() < self.left or point.y() < self.strip or lane >= len(self.lanes.lanes):
            return None
        stacks = self.stacks[lane]
        column = stacks.columns.at(point.x() - self.left, COLUMN * 0.75)
        if column < 0:
            return None
        up = self.floor(lane) - point.y()
        if up > float(stacks.height[column]) + COLUMN:
            return None
        count = int(stacks.columns.count[column])
        level = min(count - 1, max(0, int(up / float(stacks.pitch[column]))))
        return Hit(self.lanes.event(lane, int(stacks.columns.first[column]) + level), level + 1, count)

    def session_at(self, point: QPointF) -> tuple[int, int] | None:
        """The first and the last session whose name is under a point."""
        if point.y() >= self.strip or point.x() < self.left:
            return None
        for left, right, first, last in self.bands():
            if left <= point.x() - self.left <= right:
                return first, last
        return None

    def fold_at(self, point: QPointF) -> tuple[int, int] | None:
        """The first and the last session whose sign of folding, or whose block, is under a point."""
        if point.x() < self.left or point.y() >= self.notes_top:
            return None
        for left, right, first, last in self.bands():
            across, start = point.x() - self.left, max(left, 0.0)
            signed = point.y() < self.strip and min(right, self.width) - start >= SIGNED
            if left <= across <= right and (self.lanes.folded[first] or (signed and across <= start + 5 + ARROW)):
                return first, last
        return None

    def floor(self, lane: int) -> float:
        return self.lane_top(lane) + self.lane_height - LANE_PAD / 2

    def _level(self, lane: int, column: int, level: int) -> float:
        """The height on the screen of an event of a column, counted from 0 at the bottom."""
        return float(self.levels(lane, np.array([column]), np.array([level]))[0])

    def levels(self, lane: int, column: NDArray[np.int64], level: NDArray[np.int64]) -> NDArray[np.float64]:
        """The heights on the screen of events: the number of the column and in the column of each, int64 [n]."""
        pitch = self.stacks[lane].pitch[column]
        return self.floor(lane) - np.minimum(COLUMN, pitch) / 2 - level * pitch

    def paint(self, painter: QPainter, vector: bool = False, ratio: float = 1.0) -> None:
        """Paint all but what is selected. `vector` for a file that should hold shapes instead of small pictures."""
        timeline_paint.paint_picture(painter, self, vector, ratio)

    def paint_event(self, painter: QPainter, event: int, selected: bool) -> None:
        """Mark one event: a ring, and for the chosen one a line across all lanes and its title."""
        timeline_paint.paint_event(painter, self, event, selected)
