"""What comes into view as a whole is painted part by part.

To paint a page takes longer than to show it, and Qt paints all that is new in one beat.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from shiboken6 import isValid

from desktop_app.turns import something_was_done, take_turn

PARTS = 24  # at least, where there are as many; they share beats where they take little time


def paint_in_parts(whole: QWidget, then: Callable[[], object] | None = None) -> None:
    """Paint a widget that was just shown, or whose looks have changed, in as many beats as it needs."""
    parts = _parts(whole)
    for part in parts:
        part.setUpdatesEnabled(False)
    for part in parts:
        take_turn(part, partial(_paint, part), later=True)
    if then is not None:
        take_turn(whole, then, later=True)


class PaintsApart(QObject):
    """Has a window painted in a beat of its own where something was done in the one before.

    What answers a click changes what is in view, and Qt paints that before anything else is heard: both together are
    one pause.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._waits = window, False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.UpdateRequest or not something_was_done():
            return super().eventFilter(watched, event)
        if not self._waits:
            self._waits = True
            take_turn(self, self._paint, later=True)
        return True

    def _paint(self) -> None:
        self._waits = False
        QApplication.sendEvent(self._window, QEvent(QEvent.Type.UpdateRequest))


def finish_painting(whole: QWidget) -> None:
    """Have what is still to be painted of a widget painted with the rest of it, as for a picture."""
    for part in [whole, *whole.findChildren(QWidget)]:
        if part.testAttribute(Qt.WidgetAttribute.WA_ForceUpdatesDisabled):
            part.setUpdatesEnabled(True)


def _paint(part: QWidget) -> None:
    if not part.updatesEnabled():
        part.setUpdatesEnabled(True)
        part.repaint()  # now, so that it counts as of this beat


def _parts(whole: QWidget) -> list[QWidget]:
    """Widgets in view that together are all of this one. Those whose turn will come already are left out."""
    found: list[QWidget] = []
    within = deque([whole])
    while within and len(found) + len(within) < PARTS:
        widget = within.popleft()
        inner = [] if isinstance(widget, QAbstractItemView) else _inner(widget)
        (within if inner else found).extend(inner or [widget])
    return [part for part in (*found, *within) if part.updatesEnabled()]


def _inner(widget: QWidget) -> list[QWidget]:
    """The widgets within one that are in view, and no other kind of object: for the first of a kind that it does not
    know, such as what shows the text of a label, PySide makes all of Qt's classes, which takes 40 ms."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    found = widget.findChildren(QWidget, options=direct)
    return [one for one in found if isValid(one) and one.isVisible() and not one.isWindow()]
