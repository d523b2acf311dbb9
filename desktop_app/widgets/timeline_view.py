"""One user's events on a time axis: what is in view, and what is chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

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


class TimelineView(QWidget):
    """A user's events as they are shown, and which of them is chosen; `Timeline` adds the pointer and the keys.

    Signals:
        event_chosen(int): the analyst chose an event, by its index in the sequence.
        view_changed(): another part of the axis is in view.
        arranged(): sessions were folded or unfolded, or laid out in another way.
    """

    event_chosen = Signal(int)
    view_changed = Signal()
    arranged = Signal()

    def __init__(self, parent: QWidget | None = None, merged: bool = False) -> None:
        super().__init__(parent)
        self._merged = merged
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.events: UserEvents | None = None
        self.lanes: Lanes | None = None
        self.selected = -1
        self.arrangement = Arrangement()
        self.dress = Dress()
        self.turn_words: tuple[list[str], ...] = ()  # what is said of each turn that is marked, line by line
        self._shown: NDArray[np.bool_] | None = None
        self._outer: View | None = None
        self._message = ""
        self._hit: Hit | None = None
        self._view = View(0, 1)
        self._picture: TimelinePicture | None = None
        self._layer: QPixmap | None = None
        self._brush: View | None = None  # in places, while it is drawn
        theme.changed.connect(self._redraw)

    # What is shown

    def set_events(self, events: UserEvents | None, message: str = "", shown: NDArray[np.bool_] | None = None) -> None:
        """Show these events (`shown`, bool [events], lets some through), all in view; or, without any, the message."""
        self.events = events if events is not None and events.events else None
        self.arrangement = replace(self.arrangement, other=frozenset())
        self.dress = replace(self.dress, notes=(), turns=(), colours=None, brush=None)
        self.turn_words = ()
        self._shown = shown
        self._outer = None
        self._lay_out()
        self.selected = -1
        self._message = message
        height = TimelinePicture.least_height(self.lanes, self.font()) if self.lanes is not None else 0
        self.setMinimumHeight(0 if self._merged else max(120, round(height)))
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
        if self.events is None:
            return []
        own = [lines for (first, _), lines in zip(self.dress.turns, self.turn_words, strict=False) if first == event]
        return [*event_lines(self.events, event), *(line for lines in own for line in lines)]

    def turn_tooltip(self, turn: int) -> list[str]:
        """What is said of a turn that is marked, line by line."""
        return self.turn_words[turn] if turn < len(self.turn_words) else []

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
        return QSize(720, 300)

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
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.colour("accent"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._redraw()
        self.view_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self._redraw()

    def _choose(self, event: int) -> None:
        self.select(event)
        self.event_chosen.emit(self.selected)

    def _describe(self) -> None:
        """Tell screen readers what is chosen."""
        self.setAccessibleDescription(", ".join(self.tooltip(self.selected)) if self.selected >= 0 else self._message)
