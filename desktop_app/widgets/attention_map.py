"""Where each head of attention looks: a row for each head, a column for each of the last events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop_app import theme
from desktop_app.widgets import readable
from desktop_app.widgets.figure_table import heat_colour

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROW, GAP = 16, 6  # pixels of a head, and between its name and its cells
WIDEST = 18.0  # pixels of a cell


@dataclass(frozen=True)
class Attention:
    """What is shown.

    Attributes:
        heads: network, layer and head, each from 1.
        events: what the columns are about, the last event at the end.
        weights: float32 [heads, events], how much a head looks at each, in shares of all that it looks at.
        places: the numbers of these events in the user's sequence, -1 where a column is no single event of it.
    """

    heads: tuple[tuple[int, int, int], ...]
    events: tuple[str, ...]
    weights: NDArray[np.float32]
    places: tuple[int, ...]


class AttentionMap(QWidget):
    """The map, with a line below it that tells the cell under the pointer, or the one that the arrow keys chose.

    Signals:
        opened(int): the analyst wants to see the event of this number.
    """

    opened = Signal(int)

    def __init__(self, shown: Attention, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = AttentionGrid(shown)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setProperty("role", "muted")
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.grid.tell = self.told.setText
        self.grid.opened.connect(self.opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.grid)
        column.addWidget(self.told)
        self.grid.choose(*self.grid.strongest)


class AttentionGrid(QWidget):
    """The cells. Arrow keys and the pointer choose one; `chosen` is its head and event.

    Signals:
        opened(int): a cell was clicked, or Enter was pressed on it: the number of its event.
    """

    opened = Signal(int)

    def __init__(self, shown: Attention, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self._largest = float(shown.weights.max()) or 1.0
        self.chosen = (0, 0)
        self.tell = _nobody
        self.setObjectName("attention")
        self.setAccessibleName(self.tr("Attention by head and event"))
        self.setToolTip(
            self.tr("Point at a cell, or walk with the arrow keys, to read it; a click or Enter shows its event")
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(240, ROW * len(self._shown.heads) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    @property
    def shown(self) -> Attention:
        """What is shown."""
        return self._shown

    @property
    def strongest(self) -> tuple[int, int]:
        """The head that looks hardest at one event, and that event."""
        head, event = np.unravel_index(int(self._shown.weights.argmax()), self._shown.weights.shape)
        return int(head), int(event)

    def picture(self, sharpness: int) -> QImage:
        """The whole map, however narrow it is on the screen, with `sharpness` image pixels for one of the screen's.

        The strongest cell stands out, whichever the analyst chose.
        """
        whole = AttentionGrid(self._shown)
        whole.setFont(self.font())
        whole.setPalette(self.palette())
        whole.chosen = whole.strongest
        whole.resize(ceil(whole._left() + WIDEST * len(self._shown.events)) + 2, self.sizeHint().height() + 2)
        image = QImage(whole.size() * sharpness, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(sharpness)
        image.fill(theme.colour("panel"))
        whole.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)  # on the colour of a panel
        return image

    def name(self, head: int) -> str:
        """What a head is called."""
        return self._names()[head]

    def sentence(self, head: int, event: int) -> str:
        """A cell in words."""
        words = self.tr("Network {0}, layer {1}, head {2} gives {3} of what it looks at to {4}")
        share = readable.percent(float(self._shown.weights[head, event]))
        return words.format(*self._shown.heads[head], share, self._shown.events[event])

    def choose(self, head: int, event: int) -> None:
        """Let a cell stand out, and tell it."""
        last = len(self._shown.heads) - 1, len(self._shown.events) - 1
        self.chosen = min(max(head, 0), last[0]), min(max(event, 0), last[1])
        hand = self._shown.places[self.chosen[1]] >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
        sentence = self.sentence(*self.chosen)
        self.setAccessibleDescription(sentence)
        self.tell(sentence)
        self.update()

    # ---------------------------------------------------------------- places

    def _names(self) -> list[str]:
        networks = len({network for network, _, _ in self._shown.heads}) > 1
        words = self.tr("N{0} L{1} H{2}") if networks else self.tr("L{1} H{2}")
        return [words.format(*head) for head in self._shown.heads]

    def _left(self) -> float:
        metrics = QFontMetricsF(self.font())
        return max((metrics.horizontalAdvance(name) for name in self._names()), default=0.0) + GAP

    def _cell(self) -> float:
        """The width of a cell."""
        return min(WIDEST, max(1.0, (self.width() - self._left() - 1) / max(1, len(self._shown.events))))

    def place(self, head: int, event: int) -> QRectF:
        """Where a cell is."""
        width = self._cell()
        return QRectF(self._left() + event * width, head * ROW + 1, width, ROW - 1)

    def _at(self, point: QPointF) -> tuple[int, int] | None:
        head, event = int(point.y() // ROW), int((point.x() - self._left()) // self._cell())
        inside = 0 <= head < len(self._shown.heads) and 0 <= event < len(self._shown.events)
        return (head, event) if inside else None

    # ---------------------------------------------------------------- painting and choosing

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = self._left()
        for head, name in enumerate(self._names()):
            painter.setPen(theme.colour("muted"))
            area = QRectF(0, head * ROW, left - GAP, ROW)
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)
            for event in range(len(self._shown.events)):
                share = float(self._shown.weights[head, event]) / self._largest
                painter.fillRect(self.place(head, event).adjusted(0, 0, -1, 0), heat_colour(share))
        painter.setPen(QPen(theme.colour("accent" if self.hasFocus() else "text"), 1.5))
        painter.drawRect(self.place(*self.chosen).adjusted(-0.5, -0.5, -0.5, 0.5))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if found is not None and found != self.chosen:
            self.choose(*found)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.choose(*found)
            self._open()
        super().mouseReleaseEvent(event)

    def _open(self) -> None:
        place = self._shown.places[self.chosen[1]]
        if place >= 0:
            self.opened.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open()
            return
        steps = {
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Home: (0, -len(self._shown.events)),
            Qt.Key.Key_End: (0, len(self._shown.events)),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.choose(self.chosen[0] + step[0], self.chosen[1] + step[1])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self.update()


def _nobody(_sentence: str) -> None:
    """Who hears what a cell says before there is a line for it."""


def attention(
    heads: Sequence[tuple[int, int, int]],
    events: Sequence[str],
    places: Sequence[int],
    weights: NDArray[np.float32],
    earlier: str,
) -> Attention:
    """What is shown of `weights`, float32 [heads, all events]: `events` names the last of them, `earlier` the others.

    The others are one column, which has what they get together; there is none where they get nothing. `places` are the
    numbers of the last ones.
    """
    shown = len(events)
    before = weights[:, : weights.shape[1] - shown].sum(axis=1, keepdims=True)
    last = weights[:, weights.shape[1] - shown :]
    if not before.any():
        return Attention(tuple(heads), tuple(events), last, tuple(places))
    return Attention(tuple(heads), (earlier, *events), np.concatenate((before, last), axis=1), (-1, *places))
