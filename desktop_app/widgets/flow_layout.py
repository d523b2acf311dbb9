"""A layout that fills lines from left to right, as words fill a page."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Puts each widget beside the one before, and on a new line where there is no room."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}  # by width, and
        self._least: QSize | None = None  # as Qt asks many times before anything has changed
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def invalidate(self) -> None:
        self._heights.clear()
        self._least = None
        super().invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self.invalidate()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._arrange(area, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        if self._least is None:
            self._least = QSize()
            for item in self._items:
                hint = item.sizeHint()
                self._least = self._least.expandedTo(QSize(min(hint.width(), 80), hint.height()))
        return QSize(self._least)

    def _arrange(self, area: QRect, move: bool) -> int:
        """The height that the lines take; with `move`, widgets are put in their places, in the middle of their line."""
        y = area.y() - self.spacing()
        for line in self._lines(area.width()):
            height = max(size.height() for _, _, size in line)
            y += self.spacing()
            for item, x, size in line if move else ():
                item.setGeometry(QRect(QPoint(area.x() + x, y + (height - size.height()) // 2), size))
            y += height
        return max(0, y - area.y())

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, int, QSize]]]:
        """Items with their place from the left and their size, line by line."""
        lines: list[list[tuple[QLayoutItem, int, QSize]]] = []
        x = width
        for item in self._items:
            if item.isEmpty():  # hidden
                continue
            size = item.sizeHint()
            size.setWidth(min(size.width(), width))
            if not lines or x + size.width() > width:
                lines.append([])
                x = 0
            lines[-1].append((item, x, size))
            x += size.width() + self.spacing()
        return lines
