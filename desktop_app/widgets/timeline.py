"""One user's events on a time axis: zoom, pan, hover, choose."""

from __future__ import annotations

import html
from dataclasses import replace
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
from desktop_app.widgets.timeline_axis import Arrangement
from desktop_app.widgets.timeline_lanes import Lanes
from desktop_app.widgets.timeline_overlay import Dress, paint_brush, paint_own_arcs
from desktop_app.widgets.timeline_picture import Hit, TimelinePicture
from desktop_app.widgets.timeline_scale import View
from desktop_app.widgets.timeline_words import event_lines, session_lines

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.sequences.store import UserEvents


class Timeline(QWidget):
    """Shows a user's events; a lane for each behaviour, sessions shaded.

    Wheel: zoom at the pointer; with Shift, or sideways: pan. Drag: pan; on the axis: brush a span of time. Click:
    choose an event, fold or unfold a session, open a note. Double click: zoom in, or fill the view with a session; on
    the axis: all of the time again. Keys: left and right choose the event before and after, Ctrl with them or Page Up and
    Down the session, + and - zoom, Home shows everything, Space folds the session.

    Signals:
        event_chosen(int): the analyst chose an event, by its index in the sequence.
        view_changed(): another part of the axis is in view.
        arranged(): sessions were folded or unfolded, or laid out in another way.
        brushed(object): the analyst brushed a span of the axis, a `View` in times; None for all of it.
        note_opened(int): the analyst chose a note, by its number among those shown.
    """

    event_chosen = Signal(int)
    view_changed = Signal()
    arranged = Signal()
    brushed = Signal(object)
    note_opened = Signal(int)

    def __init__(self, parent: QWidget | None = None, merged: bool = False) -> None:
        super().__init__(parent)
        self._merged = merged
        self.setAccessibleName(self.tr("Timeline"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.events: UserEvents | None = None
        self.lanes: Lanes | None = None
        self.selected = -1
        self.arrangement = Arrangement()
        self.dress = Dress()
        self._shown: NDArray[np.bool_] | None = None
        self._outer: View | None = None
        self._message = ""
        self._hit: Hit | None = None
        self._view = View(0, 1)
        self._picture: TimelinePicture | None = None
        self._layer: QPixmap | None = None
        self._pressed: QPointF | None = None
        self._drag_start: View | None = None
        self._brush: View | None = None  # in places, while it is drawn
        theme.changed.connect(self._redraw)

    # What is shown

    def set_events(self, events: UserEvents | None, message: str = "", shown: NDArray[np.bool_] | None = None) -> None:
        """Show these events (`shown`, bool [events], lets some through), all in view; or, without any, the message."""
        self.events = events if events is not None and events.events else None
        self.arrangement = replace(self.arrangement, other=frozenset())
        self.dress = replace(self.dress, notes=(), colours=None, brush=None)
        self._shown = shown
        self._outer = None
        self._lay_out()
        self.selected = -1
        self._message = message
        height = TimelinePicture.least_height(self.lanes, self.font()) if self.lanes is not None else 0
        self.setMinimumHeight(max(96 if self._merged else 120, round(height)))
        self._describe()
        self.fit()

    def _lay_out(self) -> None:
        self._hit = None
        self.lanes = None
        if self.events is not None:
            self.lanes = Lanes(self.events, self.arrangement, self._shown, self._merged)

    def arrange(self, arrangement: Arrangement) -> None:
        """Lay the events out in another way, with the same moments in view as far as possible."""
        if arrangement == self.arrangement:
            return
        self.arrangement, before = arrangement, self.lanes
        self._lay_out()
        if self.lanes is not None and before is not None:
            whole = self._view == self._bounds(before)
            start, end = (before.axis.time(place) for place in (self._view.start, self._view.end))
            low, high = self.lanes.axis.place(start), self.lanes.axis.place(end)
            view = self.bounds if whole or before.axis.relative != self.lanes.axis.relative else View(low, high - low)
            self._view = view.within(self.bounds, min(self.lanes.least, self.bounds.span))
        self._redraw()
        self.view_changed.emit()
        self.arranged.emit()

    def filter(self, shown: NDArray[np.bool_] | None) -> None:
        """Show only some events, bool [events]; None for all."""
        self._shown = shown
        self._lay_out()
        self._redraw()

    def set_dress(self, dress: Dress) -> None:
        """Colours, arcs, notes and the like."""
        self.dress = dress
        self._redraw()

    def set_outer(self, bounds: View | None) -> None:
        """Let the axis reach as far as this, where other users are shown beside; None for the sequence alone."""
        whole = self._view == self.bounds
        self._outer = bounds
        if whole:
            self.fit()

    @property
    def bounds(self) -> View:
        """All that can come into view."""
        return self._bounds(self.lanes)

    def _bounds(self, lanes: Lanes | None) -> View:
        if self._outer is not None:
            return self._outer
        return lanes.bounds if lanes is not None else View(0, 1)

    def select(self, event: int) -> None:
        """Highlight an event and bring it into view; -1 for none. Emits nothing."""
        self.selected = event if self.events is not None and 0 <= event < self.events.events else -1
        if self.selected >= 0 and self.lanes is not None:
            self.set_view(self._view.showing(float(self.lanes.at[self.selected])))
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
        view = view.within(self.bounds, min(self.lanes.least, self.bounds.span))
        if view != self._view:
            self._view = view
            self._redraw()
            self.view_changed.emit()

    def fit(self) -> None:
        """Show the whole sequence."""
        self._view = self.bounds
        self._redraw()
        self.view_changed.emit()

    def zoom(self, factor: float) -> None:
        """Magnify around the chosen event if it is in view, else around the middle."""
        at = self._view.start + self._view.span / 2
        if self.lanes is not None and self.selected >= 0:
            chosen = float(self.lanes.at[self.selected])
            at = chosen if self._view.start <= chosen <= self._view.end else at
        self.set_view(self._view.zoomed(factor, at))

    def step_event(self, by: int) -> None:
        """Choose the event `by` places further among those shown; the first in view where none is chosen."""
        if self.lanes is None:
            return
        start = self.selected
        if start < 0:
            start, by = min(int(self.lanes.at.searchsorted(self._view.start)), self.lanes.events - 1), 0
        event = self.lanes.step(start, by)
        if event >= 0:
            self._choose(event)

    @property
    def session(self) -> int:
        """The session that the view or else the chosen event is about; -1 without events."""
        if self.lanes is None:
            return -1
        if self.selected >= 0 and self._view.start <= self.lanes.at[self.selected] <= self._view.end:
            return self.lanes.session(self.selected)
        middle = int(self.lanes.at.searchsorted(self._view.start + self._view.span / 2))
        return self.lanes.session(min(middle, self.lanes.events - 1))

    def step_session(self, by: int) -> None:
        """Show the session `by` places further, and choose its first event."""
        if self.lanes is not None:
            whole = self._view.span >= self.bounds.span and self.selected < 0
            self.show_session(0 if whole and by > 0 else self.session + by)

    def show_session(self, session: int) -> None:
        """Fill the view with a session, and choose its first event."""
        if self.lanes is not None and len(self.lanes.sessions):
            session = min(max(session, 0), len(self.lanes.sessions) - 1)
            self.set_view(self.lanes.session_view(session))
            self._choose(self.lanes.session_events(session)[0])

    def tooltip(self, event: int) -> list[str]:
        """What is said of an event, line by line; the first line is its title."""
        return event_lines(self.events, event) if self.events is not None else []

    def session_tooltip(self, first: int, last: int) -> list[str]:
        """What is said of the sessions `first` to `last`, line by line."""
        return session_lines(self.lanes, first, last) if self.lanes is not None else []

    def fold(self, first: int, last: int, fold: bool) -> None:
        """Fold the sessions `first` to `last` into blocks, or unfold them."""
        self.arrange(self.arrangement.toggled(first, last, fold))

    def fold_session(self) -> None:
        """Fold or unfold the session that is looked at."""
        session = self.session
        if self.lanes is not None and self.lanes.timed and session >= 0:
            self.fold(session, session, not self.lanes.folded[session])

    # Painting

    def sizeHint(self) -> QSize:
        return QSize(720, 96 if self._merged else 300)

    def picture(self) -> TimelinePicture | None:
        """What is shown, as it stands on the screen now."""
        if self._picture is None and self.events is not None and self.lanes is not None:
            self._picture = TimelinePicture(
                self.events, self.lanes, self._view, QSizeF(self.size()), self.font(), self.dress
            )
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
        if self.selected >= 0 and self.dress.arcs:
            paint_own_arcs(painter, picture, self.selected)
        if self._brush is not None:
            paint_brush(painter, picture, self._brush)
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
        at = QPointF(event.pos())
        band = (picture.session_at(at) or picture.fold_at(at)) if picture is not None else None
        note = picture.note_at(at) if picture is not None else -1
        lines: list[str] = []
        if self._hit is not None:
            lines = self.tooltip(self._hit.event)
            if self._hit.shared > 1:
                lines.append(self.tr("Event {0} of {1} at this place").format(self._hit.number, self._hit.shared))
        elif band is not None:
            lines = self.session_tooltip(*band)
        elif note >= 0:
            lines = self.dress.notes[note][0].text.splitlines()
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
        hit, fold, note = picture.hit(at), picture.fold_at(at), picture.note_at(at)
        if hit is not None:
            self._choose(hit.event)
        elif note >= 0:
            self.note_opened.emit(note)
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

    def _choose(self, event: int) -> None:
        self.select(event)
        self.event_chosen.emit(self.selected)

    def _describe(self) -> None:
        """Tell screen readers what is chosen."""
        self.setAccessibleDescription(", ".join(self.tooltip(self.selected)) if self.selected >= 0 else self._message)
