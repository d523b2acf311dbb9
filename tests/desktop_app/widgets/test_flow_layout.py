"""Widgets that fill lines as words fill a page."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.widgets.flow_layout import FlowLayout


def laid_out(qtbot: QtBot, width: int, *sizes: tuple[int, int]) -> tuple[QWidget, list[QWidget]]:
    """A flow of this width, and widgets of these sizes in it."""
    place = QWidget()
    qtbot.addWidget(place)
    flow = FlowLayout(place, spacing=10)
    widgets = []
    for wide, high in sizes:
        widget = QWidget(place)
        widget.setFixedSize(wide, high)
        flow.addWidget(widget)
        widgets.append(widget)
    place.setMinimumWidth(1)
    place.resize(width, flow.heightForWidth(width))
    place.show()
    return place, widgets


def test_a_line_that_is_full_is_followed_by_another(qtbot: QtBot) -> None:
    place, widgets = laid_out(qtbot, 200, (90, 20), (90, 20), (90, 20))
    assert [(one.x(), one.y()) for one in widgets] == [(0, 0), (100, 0), (0, 30)]
    assert place.height() == 50


def test_lower_ones_stand_in_the_middle_of_their_line(qtbot: QtBot) -> None:
    _place, widgets = laid_out(qtbot, 300, (90, 40), (90, 20), (290, 20))
    assert [one.y() for one in widgets] == [0, 10, 50]


def test_what_is_hidden_takes_no_room(qtbot: QtBot) -> None:
    _place, widgets = laid_out(qtbot, 300, (90, 20), (90, 20), (90, 20))
    widgets[1].hide()
    qtbot.waitUntil(lambda: widgets[2].x() == 100)


def test_nothing_takes_no_height(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    assert FlowLayout(place).heightForWidth(100) == 0
