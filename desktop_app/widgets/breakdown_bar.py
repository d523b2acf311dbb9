"""A score as a bar of its parts: what adds stands right of zero, what takes away stands left of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app import theme
from desktop_app.widgets.text_cells import paint_ground

PARTS_ROLE = Qt.ItemDataRole.UserRole + 1  # the delegate asks its model for `Parts` under this role
BASE = -1  # the place of the part that belongs to no component

# A second sign beside the colour: each component's segments carry a pattern of their own.
PATTERNS = (
    Qt.BrushStyle.NoBrush,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.Dense6Pattern,
    Qt.BrushStyle.VerPattern,
    Qt.BrushStyle.FDiagPattern,
    Qt.BrushStyle.HorPattern,
    Qt.BrushStyle.CrossPattern,
    Qt.BrushStyle.DiagCrossPattern,
)


@dataclass(frozen=True)
class Parts:
    """One bar.

    Attributes:
        base: what belongs to no component.
        shares: of each component; `base + sum(shares)` is the score.
        low, high: the ends of the scale that all bars of a list share.
    """

    base: float
    shares: tuple[float, ...]
    low: float
    high: float

    @property
    def score(self) -> float:
        return self.base + sum(self.shares)


def scale(base: NDArray[np.float32], shares: NDArray[np.float32]) -> tuple[float, float]:
    """The ends of one scale for many bars: `base` [m], `shares` [m, c]. Zero always lies on it."""
    parts = np.concatenate((base[:, None], shares), axis=1)
    if not parts.size:
        return 0.0, 1.0
    low = float(np.where(parts < 0, parts, 0).sum(axis=1).min())
    high = float(np.where(parts > 0, parts, 0).sum(axis=1).max())
    return (low, high) if high > low else (0.0, 1.0)


def segments(parts: Parts) -> list[tuple[int, float, float]]:
    """(component, start, end) of each segment on the scale; `BASE` for the part without a component.

    Parts above zero are laid end to end to the right of zero, parts below it to the left, so that the lengths on the
    right less the lengths on the left are the score.
    """
    right = left = 0.0
    found = []
    for component, share in ((BASE, parts.base), *enumerate(parts.shares)):
        if share > 0:
            found.append((component, right, right + share))
            right += share
        elif share < 0:
            found.append((component, left + share, left))
            left += share
    return found


def fill(painter: QPainter, rect: QRectF, component: int) -> None:
    """Paint one piece of a bar, or its swatch in a legend, in the component's colour and pattern."""
    colour = theme.colour("muted") if component == BASE else theme.categorical(component)
    painter.fillRect(rect, colour)
    if component != BASE:
        again = component // len(PATTERNS)  # where colours come round a second time, patterns are the next ones
        pattern = PATTERNS[(component + again) % len(PATTERNS)]
        if pattern != Qt.BrushStyle.NoBrush:
            ink = QColor(theme.colour("panel"))
            ink.setAlphaF(0.55)
            painter.setBrushOrigin(rect.topLeft())
            painter.fillRect(rect, QBrush(ink, pattern))


def paint_bar(painter: QPainter, rect: QRectF, parts: Parts) -> None:
    """Paint a bar into `rect`, with a line at zero and a mark where the score is."""
    span = parts.high - parts.low
    x0, unit = rect.left(), rect.width() / span
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    for component, start, end in segments(parts):
        left, right = x0 + (start - parts.low) * unit, x0 + (end - parts.low) * unit
        fill(painter, QRectF(left, rect.top(), max(right - left - 1.0, 0.5), rect.height()), component)
    zero = x0 - parts.low * unit
    painter.setPen(QPen(theme.colour("border"), 1))
    painter.drawLine(QPointF(zero, rect.top() - 4), QPointF(zero, rect.bottom() + 4))
    if parts.low < 0:  # otherwise the end of the bar is the score
        score = x0 + (parts.score - parts.low) * unit
        painter.setPen(QPen(theme.colour("text"), 2))
        painter.drawLine(QPointF(score, rect.top() - 3), QPointF(score, rect.bottom() + 3))
    painter.restore()


class BreakdownDelegate(QStyledItemDelegate):
    """Paints the `Parts` of a cell as a bar."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        paint_ground(painter, option)
        parts = index.data(PARTS_ROLE)
        if isinstance(parts, Parts):
            height = min(14.0, option.rect.height() - 8.0)
            middle = option.rect.center().y() + 0.5
            area = QRectF(option.rect.left() + 8, middle - height / 2, option.rect.width() - 16, height)
            paint_bar(painter, area, parts)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(160, super().sizeHint(option, index).height())


class BreakdownBar(QWidget):
    """One bar by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: Parts | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Parts | None) -> None:
        self._parts = parts
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, 26)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._parts is not None:
            painter = QPainter(self)
            paint_bar(painter, QRectF(self.rect()).adjusted(1, 6, -1, -6), self._parts)


class Swatch(QWidget):
    """A component's colour and pattern beside its name."""

    def __init__(self, component: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._component = component
        self.setFixedSize(14, 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill(QPainter(self), QRectF(self.rect()).adjusted(0, 1, 0, -1), self._component)
