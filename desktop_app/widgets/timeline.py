"""One user's events on a time axis: zoom, pan, hover, choose, brush."""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from desktop_app.widgets.timeline_picture import Hit, TimelinePicture
from desktop_app.widgets.timeline_scale import View
from desktop_app.widgets.timeline_view import TimelineView


class Timeline(TimelineView):
    """Shows a user's events; a lane for each behaviour, sessions shaded.

    Wheel: zoom at the pointer; with Shift, or sideways: pan. Drag: pan; on the axis: brush a span of time. Click:
    choose an event, fold or unfold a session, open a note, go to a turn. Double click: zoom in, or fill the view with
    a session; on the axis: all of the time again. Keys: left and right choose the event before and after, Ctrl with
    them or Page Up and Down the session, + and - zoom, Home shows everything, Space folds the session.

    Signals:
        brushed(object): the analyst brushed a span of the axis, a `View` in times; None for all of it.
        note_opened(int): the analyst chose a note, by its number among those shown.
        menu_asked(object, float): what can be done at a point of the screen is asked for, and at which time that is.
    """

    brushed = Signal(object)
    note_opened = Signal(int)
    menu_asked = Signal(object, float)

    def __init__(self, parent: QWidget | None = None, merged: bool = False) -> None:
        super().__init__(parent, merged)
        self.setObjectName("timeline")
        self.setAccessibleName(self.tr("Timeline"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._pressed: QPointF | None = None
        self._drag_start: View | None = None

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tooltip(event)
            return True
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom_at(event.position().x(), 1 + event.value())
            return True
        return super().event(event)

    def _show_tooltip(self, event: QHelpEvent) -> None:
        picture = self.picture()
        at = QPointF(event.pos())
        band = (picture.session_at(at) or picture.fold_at(at)) if picture is not None else None
        note = picture.note_at(at) if picture is not None else -1
        turn = picture.turn_at(at) if picture is not None else -1
        lines: list[str] = []
        if self._hit is not None:
            lines = self.tooltip(self._hit.event)
            if self._hit.shared > 1:
                lines.append(self.tr("Event {0} of {1} at this place").format(self._hit.number, self._hit.shared))
        elif band is not None:
            lines = self.session_tooltip(*band)
        elif note >= 0:
            lines = self.dress.notes[note][0].text.splitlines()
        elif turn >= 0:
            lines = self.turn_tooltip(turn)
        if not lines:
            QToolTip.hideText()
            return
        title, *rest = (html.escape(line) for line in lines)
        QToolTip.showText(event.globalPos(), f"<b>{title}</b><br>{'<br>'.join(rest)}", self)

    def _zoom_at(self, x: float, factor: float) -> None:
        picture = self.picture()
        if picture is not None:
            self.set_view(self._view.zoomed(factor, picture.place(max(x, picture.left))))
            self._hover(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.lanes is None:
            event.ignore()
            return
        turn = event.angleDelta()
        sideways = turn.x() or (turn.y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0)
        if sideways:
            self.set_view(self._view.moved(-sideways / 120 * self._view.span * 0.1))
        else:
            self._zoom_at(event.position().x(), 1.2 ** (turn.y() / 120))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        picture = self.picture()
        if event.button() == Qt.MouseButton.LeftButton and picture is not None:
            self._pressed, self._drag_start = event.position(), self._view
            if event.position().y() >= picture.axis_top and event.position().x() >= picture.left:
                self._brush = View(picture.place(event.position().x()), 0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        picture = self.picture()
        if picture is None:
            return
        if self._pressed is None or self._drag_start is None:
            self._hover(picture.hit(event.position()))
            return
        if self._brush is not None:
            ends = sorted(picture.place(x) for x in (self._pressed.x(), max(event.position().x(), picture.left)))
            self._brush = View(ends[0], ends[1] - ends[0])
            self.update()
            return
        by = event.position().x() - self._pressed.x()
        if abs(by) >= QApplication.startDragDistance() or self._view != self._drag_start:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.set_view(self._drag_start.moved(-by / picture.width * self._drag_start.span))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, start, picture, brush = self._pressed, self._drag_start, self.picture(), self._brush
        self._pressed = self._drag_start = self._brush = None
        self.unsetCursor()
        if pressed is None or picture is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if brush is not None:
            if brush.span * picture.width / picture.view.span >= QApplication.startDragDistance():
                self.brushed.emit(picture.lanes.axis.times(brush))
            self.update()
        elif self._view == start:
            self._click(picture, event.position())

    def _click(self, picture: TimelinePicture, at: QPointF) -> None:
        hit, fold, note, turn = picture.hit(at), picture.fold_at(at), picture.note_at(at), picture.turn_at(at)
        if hit is not None:
            self._choose(hit.event)
        elif note >= 0:
            self.note_opened.emit(note)
        elif turn >= 0:
            self._choose(self.dress.turns[turn][0])
        elif fold is not None:
            self.fold(*fold, not picture.lanes.folded[fold[0]])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        picture = self.picture()
        if picture is None or picture.fold_at(event.position()) is not None:
            return
        band = picture.session_at(event.position())
        if event.position().y() >= picture.axis_top:
            self.brushed.emit(None)
        elif band is None:
            self._zoom_at(event.position().x(), 3)
        elif band[0] == band[1]:
            self.show_session(band[0])
        elif self.lanes is not None:
            first, last = self.lanes.session_view(band[0]), self.lanes.session_view(band[1])
            self.set_view(View(first.start, last.end - first.start))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        picture = self.picture()
        if picture is None:
            return
        at, place = QPointF(event.pos()), self._view.start + self._view.span / 2
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            hit, place = picture.hit(at), picture.place(max(at.x(), picture.left))
            if hit is not None:
                self._choose(hit.event)
        self.menu_asked.emit(event.globalPos(), picture.lanes.axis.time(place))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        picture = self.picture()
        self._hover(picture.hit(event.position()) if picture is not None else None)

    def _hover(self, hit: Hit | None) -> None:
        if hit != self._hit:
            self._hit = hit
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            by = 1 if key == Qt.Key.Key_Right else -1
            if control:
                self.step_session(by)
            elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.set_view(self._view.moved(by * self._view.span * 0.1))
            else:
                self.step_event(by)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.step_session(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1.5)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / 1.5)
        elif key == Qt.Key.Key_Home:
            self.fit()
        elif key == Qt.Key.Key_Space:
            self.fold_session()
        else:
            super().keyPressEvent(event)
