"""A note with an arrow to the control that it speaks of, and a ring around that control."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app import theme

WIDTH = 340  # pixels
ARROW = 10  # length of the arrow, half of its foot
GAP = 4  # between the arrow and the ring
EDGE = 8  # to the edges of the window


class Ring(QWidget):
    """A line around a control; clicks go through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent"), 3))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), theme.RADIUS, theme.RADIUS)


class Callout(QWidget):
    """A title, a text, how far one is, and buttons; Enter goes on, Esc ends.

    Signals:
        moved(int): the analyst wants the next step (1) or the one before (-1).
        ended: they want no more of it.
    """

    moved = Signal(int)
    ended = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("callout")
        self._tip: QPointF | None = None  # of the arrow, in this widget
        self.ring = Ring(parent)
        self.ring.hide()
        self.heading, self.text, self.count = QLabel(), QLabel(), QLabel()
        self.heading.setProperty("role", "heading")
        self.count.setProperty("role", "muted")
        self.text.setWordWrap(True)
        self.end_button, self.back_button = QPushButton(self.tr("End the tour")), QPushButton(self.tr("Back"))
        self.next_button = QPushButton()
        self.next_button.setProperty("primary", True)
        self.end_button.clicked.connect(self.ended)
        self.back_button.clicked.connect(lambda: self.moved.emit(-1))
        self.next_button.clicked.connect(lambda: self.moved.emit(1))
        for button, name in ((self.end_button, "end"), (self.back_button, "back"), (self.next_button, "next")):
            button.setObjectName(f"callout.{name}")
        row = QHBoxLayout()
        row.addWidget(self.count)
        row.addStretch()
        for button in (self.end_button, self.back_button, self.next_button):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(16 + ARROW,) * 4)
        column.setSpacing(theme.SPACING)
        for part in (self.heading, self.text):
            column.addWidget(part)
        column.addSpacing(4)
        column.addLayout(row)

    def say(self, heading: str, text: str, number: int, of: int) -> None:
        """Show one step of several; the button that goes on has the focus."""
        self.heading.setText(heading)
        self.text.setText(text)
        self.count.setText(self.tr("{0} of {1}").format(number, of))
        self.back_button.setEnabled(number > 1)
        self.next_button.setText(self.tr("Next") if number < of else self.tr("Done"))
        self.setAccessibleName(heading)
        self.setAccessibleDescription(text)
        width = max(WIDTH, self.layout().minimumSize().width())
        self.text.setFixedWidth(width - 2 * (16 + ARROW))
        self.text.setFixedHeight(self.text.heightForWidth(self.text.width()))
        self.setFixedSize(width, self.layout().minimumSize().height())
        self.show()
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def point_at(self, target: QWidget | None) -> None:
        """Stand beside `target`, somewhere in the parent; in the lower right corner where that is not in view."""
        room = self.parentWidget().rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        if target is None or not target.isVisible() or target.visibleRegion().isEmpty():
            self._tip = None
            self.ring.hide()
            self.move(room.right() - self.width(), room.bottom() - self.height())
        else:
            seen = target.visibleRegion().boundingRect()
            area = QRect(target.mapTo(self.parentWidget(), seen.topLeft()), seen.size())
            self.ring.setGeometry(area.adjusted(-GAP, -GAP, GAP, GAP) & self.parentWidget().rect())
            self.ring.show()
            self.ring.raise_()
            self._stand_beside(area.adjusted(-GAP, -GAP, GAP, GAP), room)
        self.raise_()
        self.update()

    def _stand_beside(self, area: QRect, room: QRect) -> None:
        """At a side with room for it, below or above what is flat; inside where there is none at all."""
        w, h = self.width(), self.height()
        middle = area.center()
        corners = {
            "right": QPoint(area.right() + GAP, middle.y() - h // 2),
            "below": QPoint(middle.x() - w // 2, area.bottom() + GAP),
            "above": QPoint(middle.x() - w // 2, area.top() - GAP - h),
            "left": QPoint(area.left() - GAP - w, middle.y() - h // 2),
        }
        fits = {
            "right": area.right() + GAP + w <= room.right(),
            "below": area.bottom() + GAP + h <= room.bottom(),
            "above": area.top() - GAP - h >= room.top(),
            "left": area.left() - GAP - w >= room.left(),
        }
        order = ("below", "above", "right", "left") if area.height() < h else ("right", "left", "below", "above")
        side = next((side for side in order if fits[side]), "")
        corner = corners.get(side, QPoint(middle.x() - w // 2, middle.y() - h // 2))
        x = min(max(corner.x(), room.left()), room.right() - w)
        y = min(max(corner.y(), room.top()), room.bottom() - h)
        self.move(x, y)
        along_x = min(max(middle.x() - x, 3 * ARROW), w - 3 * ARROW)
        along_y = min(max(middle.y() - y, 3 * ARROW), h - 3 * ARROW)
        tips = {
            "right": QPointF(0, along_y),
            "left": QPointF(w, along_y),
            "below": QPointF(along_x, 0),
            "above": QPointF(along_x, h),
        }
        self._tip = tips.get(side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(ARROW, ARROW, -ARROW, -ARROW)
        painter.setPen(QPen(theme.colour("accent"), 1.5))
        painter.setBrush(theme.colour("panel"))
        painter.drawRoundedRect(body, theme.RADIUS, theme.RADIUS)
        if self._tip is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawPolygon(self._arrow(self._tip, body))

    @staticmethod
    def _arrow(tip: QPointF, body: QRectF) -> QPolygonF:
        if tip.x() < body.left() or tip.x() > body.right():
            foot = body.left() if tip.x() < body.left() else body.right()
            return QPolygonF([tip, QPointF(foot, tip.y() - ARROW), QPointF(foot, tip.y() + ARROW)])
        foot = body.top() if tip.y() < body.top() else body.bottom()
        return QPolygonF([tip, QPointF(tip.x() - ARROW, foot), QPointF(tip.x() + ARROW, foot)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.ended.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(self.focusWidget(), QPushButton):
            self.focusWidget().click()
        else:
            super().keyPressEvent(event)
