"""One user's events on a time axis: zoom, pan, hover, choose."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from desktop_app import theme
from desktop_app.widgets import counted, readable
from desktop_app.widgets.timeline_lanes import Lanes
from desktop_app.widgets.timeline_picture import Hit, TimelinePicture
from desktop_app.widgets.timeline_scale import View, show_duration, show_time

if TYPE_CHECKING:
    from core.sequences.store import UserEvents


class Timeline(QWidget):
    """Shows a user's events; a lane for each behaviour, sessions shaded.

    Wheel: zoom at the pointer; with Shift, or sideways: pan. Drag: pan. Click: choose an event. Double click: zoom in,
    or fill the view with a session. Keys: left and right choose the event before and after, Ctrl with them or Page Up
    and Down the session, + and - zoom, Home shows everything.

    Signals:
        event_chosen(int): the analyst chose an event, by its index in the sequence.
        view_changed(): another part of the axis is in view.
    """

    event_chosen = Signal(int)
    view_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Timeline"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.events: UserEvents | None = None
        self.lanes: Lanes | None = None
        self.selected = -1
        self._message = ""
        self._hit: Hit | None = None
        self._view = View(0, 1)
        self._picture: TimelinePicture | None = None
        self._layer: QPixmap | None = None
        self._pressed: QPointF | None = None
        self._drag_start: View | None = None
        theme.changed.connect(self._redraw)

    # What is shown

    def set_events(self, events: UserEvents | None, message: str = "") -> None:
        """Show these events, all in view; where there are none, the message."""
        self.events = events if events is not None and events.events else None
        self.lanes = Lanes(self.events) if self.events is not None else None
        self.selected = -1
        self._message = message
        self._hit = None
        height = TimelinePicture.least_height(self.lanes, self.font()) if self.lanes is not None else 0
        self.setMinimumHeight(max(120, round(height)))
        self._describe()
        self.fit()

    def select(self, event: int) -> None:
        """Highlight an event and bring it into view; -1 for none. Emits nothing."""
        self.selected = event if self.events is not None and 0 <= event < self.events.events else -1
        if self.selected >= 0 and self.lanes is not None:
            self.set_view(self._view.showing(float(self.lanes.time[self.selected])))
        self._describe()
        self.update()

    @property
    def view(self) -> View:
        """The part of the axis in view."""
        return self._view

    def set_view(self, view: View) -> None:
        """Show a part of the axis, kept within the sequence."""
        if self.lanes is None:
            return
        view = view.within(self.lanes.bounds, min(self.lanes.least, self.lanes.bounds.span))
        if view != self._view:
            self._view = view
            self._redraw()
            self.view_changed.emit()

    def fit(self) -> None:
        """Show the whole sequence."""
        self._view = self.lanes.bounds if self.lanes is not None else View(0, 1)
        self._redraw()
        self.view_changed.emit()

    def zoom(self, factor: float) -> None:
        """Magnify around the chosen event if it is in view, else around the middle."""
        at = self._view.start + self._view.span / 2
        if self.lanes is not None and self.selected >= 0:
            chosen = float(self.lanes.time[self.selected])
            at = chosen if self._view.start <= chosen <= self._view.end else at
        self.set_view(self._view.zoomed(factor, at))

    def step_event(self, by: int) -> None:
        """Choose the event `by` places further; the first in view where none is chosen."""
        if self.lanes is None:
            return
        if self.selected < 0:
            first = int(self.lanes.time.searchsorted(self._view.start))
            self._choose(min(first, self.lanes.events - 1))
        else:
            self._choose(min(max(self.selected + by, 0), self.lanes.events - 1))

    @property
    def session(self) -> int:
        """The session that the view or else the chosen event is about; -1 without events."""
        if self.lanes is None:
            return -1
        if self.selected >= 0 and self._view.start <= self.lanes.time[self.selected] <= self._view.end:
            return self.lanes.session(self.selected)
        middle = int(self.lanes.time.searchsorted(self._view.start + self._view.span / 2))
        return self.lanes.session(min(middle, self.lanes.events - 1))

    def step_session(self, by: int) -> None:
        """Show the session `by` places further, and choose its first event."""
        if self.lanes is not None:
            whole = self._view.span >= self.lanes.bounds.span and self.selected < 0
            self.show_session(0 if whole and by > 0 else self.session + by)

    def show_session(self, session: int) -> None:
        """Fill the view with a session, and choose its first event."""
        if self.lanes is not None and len(self.lanes.sessions):
            session = min(max(session, 0), len(self.lanes.sessions) - 1)
            self.set_view(self.lanes.session_view(session))
            self._choose(self.lanes.session_events(session)[0])

    def tooltip(self, event: int) -> list[str]:
        """What is said of an event, line by line; the first line is its title."""
        events, lanes = self.events, self.lanes
        if events is None or lanes is None:
            return []
        behaviour = events.behaviours[int(events.behaviour[event])].name
        lines = [events.label(event) or self.tr("(no title)")]
        when = show_time(int(events.time[event]), True) if events.timed else self.tr("Step {0}").format(event + 1)
        lines.append(f"{behaviour} · {when}")
        category, price = events.categories[event].as_py(), readable.price(float(events.price[event]))
        if category:
            lines.append(self.tr("Category: {0}").format(category))
        if price:
            lines.append(self.tr("Price: {0}").format(price))
        value = readable.value(float(events.value[event]))
        if value:
            lines.append(self.tr("Value: {0}").format(value))
        if events.timed and event > 0:
            gap = int(events.time[event] - events.time[event - 1])
            text = self.tr("{0} after the event before") if gap else self.tr("At the same time as the event before")
            lines.append(text.format(show_duration(gap)))
        return lines

    def session_tooltip(self, first: int, last: int) -> list[str]:
        """What is said of the sessions `first` to `last`, line by line."""
        lanes = self.lanes
        if lanes is None:
            return []
        (start, _), (_, end) = lanes.session_events(first), lanes.session_events(last)
        number, other = readable.count(first + 1), readable.count(last + 1)
        one = first == last
        title = self.tr("Session {0}").format(number) if one else self.tr("Sessions {0}").format(f"{number}–{other}")
        begun, ended = int(lanes.time[start]), int(lanes.time[end - 1])
        return [
            title,
            f"{show_time(begun, True)} – {show_time(ended, True)}",
            f"{counted.events(end - start)} · {show_duration(ended - begun)}",
        ]

    # Painting

    def sizeHint(self) -> QSize:
        return QSize(720, 300)

    def picture(self) -> TimelinePicture | None:
        """What is shown, as it stands on the screen now."""
        if self._picture is None and self.events is not None and self.lanes is not None:
            self._picture = TimelinePicture(self.events, self.lanes, self._view, QSizeF(self.size()), self.font())
        return self._picture

    def _redraw(self) -> None:
        self._picture = self._layer = None
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        picture = self.picture()
        if picture is None:
            painter.fillRect(self.rect(), theme.colour("panel"))
            painter.setPen(theme.colour("muted"))
            area = self.rect().adjusted(24, 24, -24, -24)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._message)
            return
        ratio = self.devicePixelRatioF()
        if self._layer is None:
            self._layer = QPixmap(self.size() * ratio)
            self._layer.setDevicePixelRatio(ratio)
            layer = QPainter(self._layer)
            picture.paint(layer, ratio=ratio)
            layer.end()
        painter.drawPixmap(0, 0, self._layer)
        painter.setClipRect(QRectF(picture.left, 0, picture.width, self.height()))
        if self._hit is not None and self._hit.event != self.selected:
            picture.paint_event(painter, self._hit.event, selected=False)
        if self.selected >= 0:
            picture.paint_event(painter, self.selected, selected=True)
        painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self._redraw()

    # Pointer and keys

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
        band = picture.session_at(QPointF(event.pos())) if picture is not None else None
        lines: list[str] = []
        if self._hit is not None:
            lines = self.tooltip(self._hit.event)
            if self._hit.shared > 1:
                lines.append(self.tr("Event {0} of {1} at this place").format(self._hit.number, self._hit.shared))
        elif band is not None:
            lines = self.session_tooltip(*band)
        if not lines:
            QToolTip.hideText()
            return
        title, *rest = (html.escape(line) for line in lines)
        QToolTip.showText(event.globalPos(), f"<b>{title}</b><br>{'<br>'.join(rest)}", self)

    def _zoom_at(self, x: float, factor: float) -> None:
        picture = self.picture()
        if picture is not None:
            self.set_view(self._view.zoomed(factor, picture.time(max(x, picture.left))))
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
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._drag_start = event.position(), self._view

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        picture = self.picture()
        if picture is None:
            return
        if self._pressed is None or self._drag_start is None:
            self._hover(picture.hit(event.position()))
            return
        by = event.position().x() - self._pressed.x()
        if abs(by) >= QApplication.startDragDistance() or self._view != self._drag_start:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.set_view(self._drag_start.moved(-by / picture.width * self._drag_start.span))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, start, picture = self._pressed, self._drag_start, self.picture()
        self._pressed = self._drag_start = None
        self.unsetCursor()
        if pressed is None or picture is None or self._view != start or event.button() != Qt.MouseButton.LeftButton:
            return
        hit = picture.hit(event.position())
        if hit is not None:
            self._choose(hit.event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        picture = self.picture()
        if picture is None:
            return
        band = picture.session_at(event.position())
        if band is None:
            self._zoom_at(event.position().x(), 3)
        elif band[0] == band[1]:
            self.show_session(band[0])
        elif self.lanes is not None:
            first, last = self.lanes.session_view(band[0]), self.lanes.session_view(band[1])
            self.set_view(View(first.start, last.end - first.start))

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
        else:
            super().keyPressEvent(event)

    def _choose(self, event: int) -> None:
        self.select(event)
        self.event_chosen.emit(self.selected)

    def _describe(self) -> None:
        """Tell screen readers what is chosen."""
        self.setAccessibleDescription(", ".join(self.tooltip(self.selected)) if self.selected >= 0 else self._message)
