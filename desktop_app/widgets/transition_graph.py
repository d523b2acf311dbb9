"""Transitions as a picture: states on a ring, arrows between them whose width grows with the root of their counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app import theme
from desktop_app.widgets import readable

if TYPE_CHECKING:
    from core.analysis.flows import Transitions

MOST = 12  # states, the most frequent; more could not be read
THICKEST, THINNEST = 9.0, 1.0  # pixels of an arrow
LARGEST, SMALLEST = 22.0, 9.0  # pixels of a state's radius
LABELLED = 10  # arrows, the widest, that tell their share
LONGEST = 16  # letters of a name in the picture
FAINT = 40  # of 255, what is not of the chosen state


@dataclass(frozen=True)
class Arrow:
    """From one state to another: its count, and its share of all that follows the first."""

    source: int
    target: int
    count: int
    share: float


def strongest(found: Transitions, states: Sequence[int], most: int, repeats: bool = True) -> list[Arrow]:
    """The arrows of the largest counts between these states, the largest first; `repeats` are those to itself."""
    counts = found.counts[np.ix_(states, states)]
    if not repeats:
        np.fill_diagonal(counts, 0)  # a copy
    order = np.argsort(-counts, axis=None, kind="stable")[:most]
    shares = found.shares
    return [
        Arrow(int(row), int(column), int(counts[row, column]), float(shares[states[row], states[column]]))
        for row, column in zip(*np.unravel_index(order, counts.shape), strict=True)
        if counts[row, column] > 0
    ]


class TransitionGraph(QWidget):
    """A click or the arrow keys choose a state, whose arrows stand out; Escape lets go of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.arrows: list[Arrow] = []
        self.names: list[str] = []
        self.chosen = -1
        self._sizes: list[float] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(300, 260)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Transitions"))
        self.setToolTip(self.tr("Choose a state by a click or the arrow keys to see its own arrows alone"))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(480, 440)

    def show_transitions(self, found: Transitions, names: Sequence[str], most: int, repeats: bool = True) -> None:
        """Show the most frequent states and `most` arrows between them, with or without those to itself.

        The states are the first ones of `found`, as many as there are names.
        """
        weight = (found.counts.sum(axis=1) + found.ends)[: len(names)]
        states = [int(state) for state in np.argsort(-weight, kind="stable")[:MOST] if weight[state] > 0]
        self.names = [names[state] for state in states]
        self.arrows = strongest(found, states, most, repeats)
        largest = max((int(weight[state]) for state in states), default=1)
        self._sizes = [SMALLEST + (LARGEST - SMALLEST) * math.sqrt(weight[state] / largest) for state in states]
        self.choose(-1)

    def choose(self, state: int) -> None:
        """Let the arrows of one state stand out; -1 for all of them."""
        self.chosen = state
        arrows = [arrow for arrow in self.arrows if state < 0 or state in (arrow.source, arrow.target)]
        self.setAccessibleDescription(". ".join(self.sentence(arrow) for arrow in arrows[:LABELLED]))
        self.update()

    def sentence(self, arrow: Arrow) -> str:
        """An arrow in words."""
        share = readable.decimal(100 * arrow.share, 1)
        return self.tr("{0} → {1}: {2}, {3} % of what follows {0}").format(
            self.names[arrow.source], self.names[arrow.target], readable.count(arrow.count), share
        )

    # ---------------------------------------------------------------- places

    def _places(self) -> list[QPointF]:
        """The middles of the states, clockwise from the top."""
        metrics = QFontMetricsF(self.font())
        beside = min(metrics.horizontalAdvance("m" * 5), self.width() / 4)
        wide = max(20.0, self.width() / 2 - beside - LARGEST)
        high = max(20.0, self.height() / 2 - 2 * LARGEST - 2 * metrics.height())
        middle = QPointF(self.width() / 2, self.height() / 2 + LARGEST / 2)
        if len(self.names) == 1:
            return [middle]
        angles = [2 * math.pi * place / len(self.names) - math.pi / 2 for place in range(len(self.names))]
        return [middle + QPointF(wide * math.cos(angle), high * math.sin(angle)) for angle in angles]

    def state_at(self, point: QPointF) -> int:
        """The state under a point; -1 for none."""
        for state, place in enumerate(self._places()):
            if math.hypot(point.x() - place.x(), point.y() - place.y()) <= self._sizes[state] + 4:
                return state
        return -1

    # ---------------------------------------------------------------- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent" if self.hasFocus() else "border"), 1))
        painter.setBrush(theme.colour("panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
        if not self.names:
            painter.setPen(theme.colour("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Nothing follows anything here."))
            return
        places = self._places()
        largest = max((arrow.count for arrow in self.arrows), default=1)
        labels: list[tuple[QPointF, str]] = []
        for number, arrow in reversed(list(enumerate(self.arrows))):  # the widest on top
            own = self.chosen in (-1, arrow.source, arrow.target)
            width = THINNEST + (THICKEST - THINNEST) * math.sqrt(arrow.count / largest)
            tip = self._paint_arrow(painter, places, arrow, width, own)
            if own and (self.chosen >= 0 or number < LABELLED):
                labels.append((tip, self.tr("{0} %").format(readable.decimal(100 * arrow.share, 0))))
        for state, place in enumerate(places):
            self._paint_state(painter, state, place)
        for point, text in labels:
            self._paint_label(painter, point, text)

    def _paint_arrow(self, painter: QPainter, places: list[QPointF], arrow: Arrow, width: float, own: bool) -> QPointF:
        """The point where its label stands."""
        colour = theme.categorical(0)
        colour.setAlpha(150 if own else FAINT)
        begin, size = places[arrow.source], self._sizes[arrow.source]
        path = QPainterPath()
        if arrow.source == arrow.target:
            return self._paint_loop(painter, begin, size, width, colour)
        end = places[arrow.target]
        along = end - begin
        length = max(1.0, math.hypot(along.x(), along.y()))
        one = along / length
        aside = QPointF(-one.y(), one.x())  # each way has a side of its own
        bend = (begin + end) / 2 + aside * min(40.0, length * 0.16)
        head = 5 + 1.4 * width
        start = begin + _towards(begin, bend) * size
        goal = end + _towards(end, bend) * (self._sizes[arrow.target] + 2)
        neck = goal + _towards(goal, bend) * head
        path.moveTo(start)
        path.quadTo(bend, neck)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawPath(path)
        self._paint_head(painter, neck, goal, head, colour)
        return path.pointAtPercent(0.5)

    def _paint_loop(self, painter: QPainter, place: QPointF, size: float, width: float, colour: QColor) -> QPointF:
        """From a state to itself: a loop on its outer side."""
        middle = QPointF(self.width() / 2, self.height() / 2 + LARGEST / 2)
        out = _towards(middle, place) if len(self.names) > 1 else QPointF(0, -1)
        aside = QPointF(-out.y(), out.x())
        start, goal = place + (out * 0.7 - aside * 0.7) * size, place + (out * 0.7 + aside * 0.7) * (size + 2)
        far = size + 34
        one, two = place + out * far - aside * 26, place + out * far + aside * 26
        head = 5 + 1.4 * width
        neck = goal + _towards(goal, two) * head
        path = QPainterPath(start)
        path.cubicTo(one, two, neck)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawPath(path)
        self._paint_head(painter, neck, goal, head, colour)
        return path.pointAtPercent(0.5)

    @staticmethod
    def _paint_head(painter: QPainter, neck: QPointF, tip: QPointF, size: float, colour: QColor) -> None:
        one = _towards(neck, tip)
        aside = QPointF(-one.y(), one.x()) * size * 0.5
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([neck + aside, tip, neck - aside]))

    def _paint_state(self, painter: QPainter, state: int, place: QPointF) -> None:
        linked = self.chosen in (-1, state) or any(
            {arrow.source, arrow.target} == {self.chosen, state} for arrow in self.arrows
        )
        size = self._sizes[state]
        painter.setPen(QPen(theme.colour("text" if state == self.chosen else "panel"), 2))
        fill = theme.colour("accent")
        fill.setAlpha(255 if linked else 110)
        painter.setBrush(fill)
        painter.drawEllipse(place, size, size)
        font = painter.font()
        font.setBold(state == self.chosen)
        painter.setFont(font)
        name = self.names[state]
        name = name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
        metrics = QFontMetricsF(font)
        width = metrics.horizontalAdvance(name)
        left = min(max(4.0, place.x() - width / 2), self.width() - width - 4)
        # Towards the middle: outside is the arrow to itself.
        above = place.y() > self.height() * 0.6
        base = place.y() - size - metrics.descent() - 3 if above else place.y() + size + metrics.ascent() + 2
        self._paint_text(painter, QPointF(left, base), name, "text")
        font.setBold(False)
        painter.setFont(font)

    def _paint_label(self, painter: QPainter, point: QPointF, text: str) -> None:
        metrics = QFontMetricsF(painter.font())
        at = point + QPointF(-metrics.horizontalAdvance(text) / 2, metrics.capHeight() / 2)
        self._paint_text(painter, at, text, "text")

    def _paint_text(self, painter: QPainter, at: QPointF, text: str, colour: str) -> None:
        """Letters on a ground of their own, so that lines below them do not cross them out."""
        path = QPainterPath()
        path.addText(at, painter.font(), text)
        ground = theme.colour("panel")
        ground.setAlpha(225)
        painter.strokePath(path, QPen(ground, 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.fillPath(path, theme.colour(colour))

    # ---------------------------------------------------------------- choosing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        state = self.state_at(event.position())
        self.choose(-1 if state == self.chosen else state)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        if event.key() in steps and self.names:
            self.choose((max(self.chosen, -1 if steps[event.key()] > 0 else 0) + steps[event.key()]) % len(self.names))
        elif event.key() == Qt.Key.Key_Escape and self.chosen >= 0:
            self.choose(-1)
        else:
            super().keyPressEvent(event)


def _towards(begin: QPointF, end: QPointF) -> QPointF:
    """The direction from one point to another, of length one."""
    along = end - begin
    return along / max(1e-6, math.hypot(along.x(), along.y()))
