"""A matrix with named rows and columns as a picture: blue is above zero, orange below, as strong as the figure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app import theme
from desktop_app.widgets import readable

Index = QModelIndex | QPersistentModelIndex
SHARE = 0.99  # of the figures lie within the ends of the colour bar, so that one giant does not pale the rest
LONGEST = 24  # characters of a name beside the picture; the line below and the table tell it whole
DIGITS = 4


class NameAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis that names rows or columns, as many of them as there is room for."""

    def __init__(self, orientation: str, names: Sequence[str]) -> None:
        super().__init__(orientation)
        self._names = [name if len(name) <= LONGEST else name[: LONGEST - 1] + "…" for name in names]

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """The middles of those rows or columns that are named."""
        low, high = sorted((low, high))  # they come the other way round from an axis that is turned over
        first, last = max(0, math.floor(low)), min(len(self._names), math.ceil(high))
        metrics = QFontMetricsF(self.style["tickFont"] or self.font())
        room = metrics.height() + 2
        if self.orientation == "bottom":
            room = 12 + max((metrics.horizontalAdvance(name) for name in self._names[first:last]), default=1.0)
        step = max(1, math.ceil(room * (high - low) / max(size, 1.0)))
        return [(float(step), [place + 0.5 for place in range(first, last, step)])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        del scale, spacing
        return [self._names[int(value)] for value in values]


class HeatMap(QWidget):
    """The picture with a colour bar; the line below tells the cell under the pointer. `pointed` has its text."""

    pointed = Signal(str)

    def __init__(
        self,
        rows: Sequence[str],
        columns: Sequence[str],
        values: NDArray[np.float32],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows, self._columns, self._values = tuple(rows), tuple(columns), values
        self.limit = float(np.quantile(np.abs(values), SHARE)) if values.size else 0.0
        self.limit = self.limit or float(np.abs(values).max(initial=0.0)) or 1.0
        self.view = pg.GraphicsLayoutWidget()
        self.view.setAccessibleName(self.tr("Heat map"))
        self.view.setAccessibleDescription(self.tr("The table beside it holds the same figures."))
        axes = {"left": NameAxis("left", rows), "bottom": NameAxis("bottom", columns)}
        for axis in axes.values():
            axis.setStyle(tickFont=self.font())
        self.plot = self.view.addPlot(axisItems=axes)
        self.plot.invertY(True)  # the first row is at the top
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self.image = pg.ImageItem(np.asarray(values), axisOrder="row-major")
        self.plot.addItem(self.image)
        height, width = values.shape
        self.plot.setLimits(xMin=0, xMax=max(width, 1), yMin=0, yMax=max(height, 1))
        self.plot.setRange(xRange=(0, max(width, 1)), yRange=(0, max(height, 1)), padding=0)
        self.bar = pg.ColorBarItem(values=(-self.limit, self.limit), width=14, interactive=False)
        self.bar.setImageItem(self.image, insert_in=self.plot)
        self.line = QLabel(self.tr("Point at a cell to read it. The wheel zooms, dragging moves."))
        self.line.setTextFormat(Qt.TextFormat.PlainText)
        self.line.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.line)
        self.plot.scene().sigMouseMoved.connect(self._point)
        self.pointed.connect(self.line.setText)
        theme.changed.connect(self._dress)
        self._dress()

    def cell_text(self, row: int, column: int) -> str:
        """What is told of a cell."""
        figure = readable.signed(float(self._values[row, column]), DIGITS)
        return self.tr("{0}  ×  {1}:  {2}").format(self._rows[row], self._columns[column], figure)

    def _point(self, place: QPointF) -> None:
        where = self.plot.vb.mapSceneToView(place)
        row, column = math.floor(where.y()), math.floor(where.x())
        inside = 0 <= row < len(self._rows) and 0 <= column < len(self._columns)
        if inside and self.plot.sceneBoundingRect().contains(place):
            self.pointed.emit(self.cell_text(row, column))

    def _dress(self) -> None:
        self.view.setBackground(theme.colour("surface"))
        colours = [theme.categorical(1), theme.colour("panel"), theme.categorical(0)]
        self.bar.setColorMap(pg.ColorMap([0.0, 0.5, 1.0], [QColor(colour) for colour in colours]))
        for axis in (self.plot.getAxis("left"), self.plot.getAxis("bottom"), self.bar.axis):
            axis.setPen(theme.colour("border"))
            axis.setTextPen(theme.colour("text"))


class MatrixModel(QAbstractTableModel):
    """The same figures for a table, which keys and screen readers can walk through."""

    def __init__(self, rows: Sequence[str], columns: Sequence[str], values: NDArray[np.float32]) -> None:
        super().__init__()
        self._rows, self._columns, self._values = tuple(rows), tuple(columns), values

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return readable.signed(float(self._values[index.row(), index.column()]), DIGITS)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return (self._columns if orientation == Qt.Orientation.Horizontal else self._rows)[section]
        return None
