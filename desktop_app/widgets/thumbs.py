"""Thumbs on the rows of a table: up, down, not now, and a note; each is a picture that can be clicked."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from desktop_app.icons import icon
from desktop_app.widgets.text_cells import paint_ground

Index = QModelIndex | QPersistentModelIndex
SAID_ROLE = Qt.ItemDataRole.UserRole + 7  # a pair: the verdict, empty for none, and the note
SIGNS = ("up", "down", "later", "note")
PICTURES = {"up": "thumb-up", "down": "thumb-down", "later": "later", "note": "note"}
COLOURS = {"up": "positive", "down": "negative", "later": "accent", "note": "accent"}
SIZE, STEP = 18, 25  # pixels of a picture, and from one to the next


class Thumbs(QStyledItemDelegate):
    """Draws the four signs of a row; the ones that hold are filled and coloured.

    `pressed` says which sign of which row: the row, and one of `SIGNS`.
    """

    pressed = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys: dict[str, str] = {}  # what tool tips say of shortcuts

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        paint_ground(painter, option)
        said = index.data(SAID_ROLE)
        if said is None:
            return
        verdict, note = said
        for sign in SIGNS:
            on = bool(note) if sign == "note" else sign == verdict
            picture = f"{PICTURES[sign]}-on" if on else PICTURES[sign]
            icon(picture, COLOURS[sign] if on else "muted").paint(painter, self.place(option.rect, sign))  # type: ignore[attr-defined]

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(STEP * len(SIGNS) + 8, SIZE + 6)

    @staticmethod
    def place(cell: QRect, sign: str) -> QRect:
        """Where a sign stands in its cell."""
        left = cell.left() + 6 + STEP * SIGNS.index(sign)
        return QRect(left, cell.center().y() - SIZE // 2, SIZE, SIZE)

    def editorEvent(
        self, event: QEvent, _model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if not (isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease):
            return False
        if event.button() != Qt.MouseButton.LeftButton or index.data(SAID_ROLE) is None:
            return False
        sign = self._under(option.rect, event.position().toPoint().x())  # type: ignore[attr-defined]
        if sign:
            self.pressed.emit(index.row(), sign)
        return bool(sign)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        said = index.data(SAID_ROLE)
        sign = self._under(option.rect, event.pos().x()) if said is not None else ""  # type: ignore[attr-defined]
        if not sign:
            return super().helpEvent(event, view, option, index)
        text = said[1] if sign == "note" and said[1] else sign_name(sign)
        keys = self.keys.get(sign)
        QToolTip.showText(event.globalPos(), f"{text} ({keys})" if keys else text, view)
        return True

    def _under(self, cell: QRect, x: int) -> str:
        return next(
            (sign for sign in SIGNS if self.place(cell, sign).adjusted(-3, 0, 3, 0).contains(x, cell.center().y())), ""
        )


def sign_name(sign: str) -> str:
    """What a sign says."""
    words = {
        "up": QCoreApplication.translate("feedback", "Thumb up: more like this"),
        "down": QCoreApplication.translate("feedback", "Thumb down: not this, and less like it"),
        "later": QCoreApplication.translate("feedback", "Not now: out of the lists for 14 days"),
        "note": QCoreApplication.translate("feedback", "Write a note"),
    }
    return words[sign]
