"""Where the events that really followed stood in the model's lists, over time, under the timeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app import theme
from desktop_app.widgets import readable
from desktop_app.widgets.timeline_scale import View

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from desktop_app.widgets.timeline_lanes import Lanes

COLUMN = 6  # pixels from one bar to the next
TOP, FLOOR = 16.0, 6.0  # pixels above the best rank, where held-out events have their signs, and below the worst
GOOD = 10  # the rank down to which an event was among the first that a list shows
TRAINED, VALIDATION, TEST, UNSEEN = range(4)  # as in core.recommend.replay.Part
WAITING, NO_TARGET = -1, -2  # in the place of a rank
# From the worst rank to the best: the ends of viridis apart from the ground of each scheme.
LIGHT = ("#440154", "#414487", "#2a788e", "#22a884", "#5cb531")
DARK = ("#7b5fb8", "#5f86c9", "#3fa7b5", "#5ec962", "#fde725")


@dataclass(frozen=True)
class Ranks:
    """What is known of a sequence.

    Attributes:
        ranks: int64 [events], from 1; 0 where the item was left out as seen; WAITING where it is not known yet;
            NO_TARGET where the event cannot be predicted.
        parts: uint8 [events], what the model knew of the event: TRAINED and so on.
        items: how many items the catalogue has.
    """

    ranks: NDArray[np.int64]
    parts: NDArray[np.uint8]
    items: int


def strength(ranks: NDArray[np.int64], items: int) -> NDArray[np.float64]:
    """How good ranks are on a logarithmic scale, float64 [n]: 1 for rank 1, 0 for the last, and for those left out."""
    worst = np.log(max(items, 2))
    return np.where(ranks > 0, 1 - np.log(np.maximum(ranks, 1)) / worst, 0.0)


@dataclass(frozen=True)
class Ranked:
    """The steps that have a rank, in their order, with what every frame needs of them.

    Attributes:
        at: float64 [n], where they stand on the axis.
        strong: float64 [n], how good their ranks are.
        trained: bool [n], whether the model was trained on them.
        missed: bool [n], whether what followed was left out as seen.
    """

    at: NDArray[np.float64]
    strong: NDArray[np.float64]
    trained: NDArray[np.bool_]
    missed: NDArray[np.bool_]

    @classmethod
    def of(cls, lanes: Lanes, known: Ranks) -> Ranked:
        """Those of a sequence."""
        steps = np.flatnonzero(known.ranks >= 0)
        ranks = known.ranks[steps]
        return cls(lanes.at[steps], strength(ranks, known.items), known.parts[steps] == TRAINED, ranks == 0)


class RankStrip(QWidget):
    """A bar for each step, the higher and the brighter the better the rank of what followed.

    Bars of steps that the model was trained on are hatched; a held-out event has a filled sign above (a diamond for the
    test, a ring for the validation). Steps that share a bar show their geometric mean, with a line up to the
    best.

    Attributes:
        ranks: what is shown; None while nothing is known.

    Signals:
        event_chosen(int): the analyst chose a step.
    """

    event_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rank_strip")
        self.setAccessibleName(self.tr("Rank of what followed, over time"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(96)
        self.setMouseTracking(True)
        self._lanes: Lanes | None = None
        self.ranks: Ranks | None = None
        self._view, self._left, self._selected = View(0, 1), 0.0, -1
        self._layer: QPixmap | None = None
        self._scale: QPixmap | None = None  # what stands behind the bars, wherever the view is
        theme.changed.connect(self._rescale)

    def sizeHint(self) -> QSize:
        return QSize(400, 96)

    def show_ranks(self, lanes: Lanes | None, ranks: Ranks | None) -> None:
        """Show what is known by now; None while nothing is."""
        self._lanes, self.ranks = lanes, ranks
        if lanes is not None and ranks is not None:
            self._ranked = Ranked.of(lanes, ranks)
        self._rescale()

    def show_view(self, view: View, left: float, selected: int) -> None:
        """Show the same part of the axis as the timeline above, which begins at `left`, and the chosen event."""
        self.setAccessibleDescription(", ".join(self.describe(selected)))
        moved = (view, left) != (self._view, self._left)
        if left != self._left:
            self._scale = None
        self._view, self._left, self._selected = view, left, selected
        if moved:
            self._redraw()
        self.update()

    def describe(self, event: int) -> list[str]:
        """What is said of a step, line by line."""
        known = self.ranks
        if known is None or not 0 <= event < len(known.ranks):
            return []
        rank, lines = int(known.ranks[event]), [self.tr("Step {0}").format(readable.count(event + 1))]
        if rank > 0:
            lines.append(self.tr("What followed was at rank {0}").format(readable.count(rank)))
        elif rank == 0:
            lines.append(self.tr("What followed was left out as already seen: a miss"))
        elif rank == WAITING:
            lines.append(self.tr("Not ranked yet"))
        else:
            lines.append(self.tr("Nothing that can be predicted"))
        return [*lines, self.words(int(known.parts[event]))]

    def words(self, part: int) -> str:
        """What the model knew of a step, in words."""
        return {
            TRAINED: self.tr("The model was trained on this step"),
            VALIDATION: self.tr("Held out: validation"),
            TEST: self.tr("Held out: test"),
            UNSEEN: self.tr("Not seen in the training"),
        }[part]

    # Painting

    def _rescale(self) -> None:
        self._scale = None
        self._redraw()

    def _redraw(self) -> None:
        self._layer = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rescale()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._layer is None:
            ratio = self.devicePixelRatioF()
            if self._scale is None or self._scale.devicePixelRatio() != ratio:
                self._scale = QPixmap(self.size() * ratio)
                self._scale.setDevicePixelRatio(ratio)
                self._scale.fill(theme.colour("panel"))
                behind = QPainter(self._scale)
                self._paint_scale(behind)
                behind.end()
            self._layer = QPixmap(self._scale)
            layer = QPainter(self._layer)
            if self._lanes is not None and self.ranks is not None:
                layer.setClipRect(QRectF(self._left, 0, self.width() - self._left, self.height()))
                self._paint_bars(layer, self._lanes, self.ranks)
            layer.end()
        painter.drawPixmap(0, 0, self._layer)
        if self._lanes is not None and 0 <= self._selected < self._lanes.events:
            x = self._x(float(self._lanes.at[self._selected]))
            if x >= self._left:
                painter.setPen(QPen(theme.colour("accent"), 1))
                painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))

    def _x(self, place: float) -> float:
        return self._left + (place - self._view.start) / self._view.span * max(1.0, self.width() - self._left)

    def _y(self, strong: float) -> float:
        return self.height() - FLOOR - strong * (self.height() - TOP - FLOOR)

    def _paint_scale(self, painter: QPainter) -> None:
        small = QFont(self.font())
        small.setPointSizeF(max(7.0, self.font().pointSizeF() * 0.88))
        painter.setFont(small)
        metrics = QFontMetricsF(small)
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.drawLine(QPointF(0, 0.5), QPointF(self.width(), 0.5))
        painter.drawLine(QPointF(self._left - 0.5, 0), QPointF(self._left - 0.5, self.height()))
        items = self.ranks.items if self.ranks is not None else 1000
        free = -100.0
        for power in range(8):
            rank = 10**power
            if rank > max(items, 2):
                break
            y = round(self._y(float(strength(np.array([rank]), items)[0]))) + 0.5
            if y - free < metrics.height() - 2:
                continue
            free = y
            painter.setPen(
                QPen(theme.colour("border"), 1, Qt.PenStyle.SolidLine if rank == GOOD else Qt.PenStyle.DotLine)
            )
            painter.drawLine(QPointF(self._left, y), QPointF(self.width(), y))
            painter.setPen(theme.colour("muted"))
            area = QRectF(self._left - 70, y - metrics.height() / 2, 62, metrics.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, readable.count(rank))
        painter.setPen(theme.colour("muted"))
        area = QRectF(10, TOP - metrics.height() / 2, self._left - 50, metrics.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.tr("Rank"))

    def _paint_bars(self, painter: QPainter, lanes: Lanes, known: Ranks) -> None:
        ranked = self._ranked
        low, high = np.searchsorted(ranked.at, (self._view.start, self._view.end))
        at = ranked.at[low:high]
        if not len(at):
            return
        scale = max(1.0, self.width() - self._left) / self._view.span
        column = np.floor(at * (scale / COLUMN))  # fixed to the axis, so that panning changes no bar
        first = np.flatnonzero(np.append(True, np.diff(column) > 0))
        count = np.diff(first, append=len(at))
        strong = ranked.strong[low:high]
        mean = np.add.reduceat(strong, first) / count  # a median would need a sort in every frame
        best = np.maximum.reduceat(strong, first)
        trained = np.logical_and.reduceat(ranked.trained[low:high], first)
        x = self._left + ((at[first] + at[first + count - 1]) / 2 - self._view.start) * scale
        for hatched in (True, False):
            self._paint_columns(painter, x, mean, best, trained == hatched, hatched)
        self._paint_crosses(painter, x[np.logical_and.reduceat(ranked.missed[low:high], first)])
        self._paint_signs(painter, lanes, known)

    def _paint_columns(
        self,
        painter: QPainter,
        x: NDArray[np.float64],
        mean: NDArray[np.float64],
        best: NDArray[np.float64],
        chosen: NDArray[np.bool_],
        hatched: bool,
    ) -> None:
        colours = [QColor(name) for name in (DARK if theme.is_dark() else LIGHT)]
        grade = np.minimum((mean * len(colours)).astype(np.int64), len(colours) - 1)
        floor = self.height() - FLOOR
        tops, bests = floor - np.maximum(1.5, floor - self._tops(mean)), self._tops(best)
        for number, colour in enumerate(colours):
            rows = np.flatnonzero(chosen & (grade == number))
            if not len(rows):
                continue
            bars = [
                QRectF(left - 2, top, COLUMN - 2, floor - top)
                for left, top in zip(x[rows].tolist(), tops[rows].tolist(), strict=True)
            ]
            painter.setPen(QPen(colour, 1) if hatched else Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(colour, Qt.BrushStyle.Dense5Pattern) if hatched else QBrush(colour))
            painter.drawRects(bars)
            painter.setPen(QPen(colour, 1))
            tall = rows[bests[rows] < tops[rows] - 1]
            ends = zip(x[tall].tolist(), bests[tall].tolist(), tops[tall].tolist(), strict=True)
            painter.drawLines([QLineF(left, top, left, end) for left, top, end in ends])

    def _tops(self, strong: NDArray[np.float64]) -> NDArray[np.float64]:
        return self.height() - FLOOR - strong * (self.height() - TOP - FLOOR)

    def _paint_crosses(self, painter: QPainter, x: NDArray[np.float64]) -> None:
        """Where all that followed had been left out as seen."""
        painter.setPen(QPen(theme.colour("negative"), 1.2))
        y = self.height() - FLOOR - 4
        for at in x.tolist():
            painter.drawLine(QPointF(at - 2, y - 2), QPointF(at + 2, y + 2))
            painter.drawLine(QPointF(at - 2, y + 2), QPointF(at + 2, y - 2))

    def _paint_signs(self, painter: QPainter, lanes: Lanes, known: Ranks) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("text"), 1.4))
        for event in np.flatnonzero((known.parts == VALIDATION) | (known.parts == TEST)).tolist():
            at = QPointF(self._x(float(lanes.at[event])), 8)
            if known.parts[event] == TEST:
                painter.setBrush(theme.colour("text"))
                corners = [QPointF(0, -4.5), QPointF(4.5, 0), QPointF(0, 4.5), QPointF(-4.5, 0)]
                painter.drawPolygon(QPolygonF([at + corner for corner in corners]))
            else:
                painter.setBrush(theme.colour("panel"))
                painter.drawEllipse(at, 3.5, 3.5)
        painter.restore()

    # Pointer

    def event_at(self, x: float) -> int:
        """The step nearest to a pixel, among those that have a rank; -1 where none is near."""
        lanes, known = self._lanes, self.ranks
        if lanes is None or known is None or x < self._left:
            return -1
        ranked = np.flatnonzero(known.ranks >= WAITING)
        if not len(ranked):
            return -1
        scale = max(1.0, self.width() - self._left) / self._view.span
        pixels = self._left + (lanes.at[ranked] - self._view.start) * scale
        near = int(np.argmin(np.abs(pixels - x)))
        return int(ranked[near]) if abs(pixels[near] - x) <= 2 * COLUMN else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        step = self.event_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and step >= 0:
            self.event_chosen.emit(step)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), "\n".join(self.describe(self.event_at(event.pos().x()))), self)
            return True
        return super().event(event)
