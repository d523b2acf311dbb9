"""The overview: its window shows the view, and dragging, clicks and keys ask for another one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.widgets.minimap import MiniMap
from desktop_app.widgets.timeline_lanes import Lanes
from desktop_app.widgets.timeline_scale import HOUR, View
from tests.filled import sequence

BOUNDS = View(0, 100 * HOUR)


@pytest.fixture
def minimap(qtbot: QtBot) -> MiniMap:
    widget = MiniMap()
    qtbot.addWidget(widget)
    widget.resize(600, 36)
    widget.show_lanes(Lanes(sequence([HOUR, 30 * HOUR, 30 * HOUR, 90 * HOUR])), BOUNDS, [30 * HOUR], None)
    widget.show_view(View(40 * HOUR, 20 * HOUR), 100, 600)
    widget.view_asked.connect(lambda view: widget.show_view(view, 100, 600))  # as the timeline answers
    widget.show()
    return widget


def drag(widget: MiniMap, start: int, end: int) -> None:
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=QPoint(start, 18))
    QTest.mouseMove(widget, QPoint((start + end) // 2, 18))
    QTest.mouseMove(widget, QPoint(end, 18))
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=QPoint(end, 18))


def asked(widget: MiniMap, start: int, end: int) -> View:
    views: list[View] = []
    widget.view_asked.connect(views.append)
    drag(widget, start, end)
    return views[-1]


def test_the_window_stands_where_the_view_is(minimap: MiniMap) -> None:
    window = minimap.window_rect()
    assert (window.left(), window.right()) == (300, 400)
    minimap.show_view(View(50 * HOUR, 1), 100, 600)
    assert minimap.window_rect().width() >= 6


def test_dragging_the_middle_moves_the_view(minimap: MiniMap) -> None:
    view = asked(minimap, 350, 450)
    assert view.start == pytest.approx(60 * HOUR)
    assert view.span == 20 * HOUR


def test_dragging_an_edge_changes_its_width(minimap: MiniMap) -> None:
    view = asked(minimap, 300, 200)
    assert (view.start, view.end) == (pytest.approx(20 * HOUR), pytest.approx(60 * HOUR))
    view = asked(minimap, 400, 500)
    assert (view.start, view.end) == (pytest.approx(20 * HOUR), pytest.approx(80 * HOUR))
    view = asked(minimap, 500, 900)
    assert view.end == pytest.approx(100 * HOUR)


def test_a_click_beside_the_window_brings_it_there(minimap: MiniMap) -> None:
    assert asked(minimap, 150, 150).start == pytest.approx(0)
    QTest.mouseMove(minimap, QPoint(200, 18))


def test_keys_move_and_widen_the_view(minimap: MiniMap) -> None:
    views: list[View] = []
    minimap.view_asked.connect(views.append)
    for key, wanted in (
        (Qt.Key.Key_Right, View(45 * HOUR, 20 * HOUR)),
        (Qt.Key.Key_Left, View(40 * HOUR, 20 * HOUR)),
        (Qt.Key.Key_Minus, View(35 * HOUR, 30 * HOUR)),
        (Qt.Key.Key_Plus, View(40 * HOUR, 20 * HOUR)),
        (Qt.Key.Key_Home, BOUNDS),
    ):
        QTest.keyClick(minimap, key)
        assert (views[-1].start, views[-1].span) == (pytest.approx(wanted.start), pytest.approx(wanted.span))


def test_density_is_drawn_where_events_are(minimap: MiniMap) -> None:
    minimap.show_view(BOUNDS, 100, 600)
    image = minimap.grab().toImage()
    ratio = minimap.devicePixelRatioF()
    column = [image.pixel(round(248.5 * ratio), y) for y in range(4, image.height() - 4)]  # 30 hours
    empty = [image.pixel(round(400.5 * ratio), y) for y in range(4, image.height() - 4)]
    assert set(column).isdisjoint(empty)
    assert len(set(empty)) == 1


def test_without_a_sequence_nothing_is_asked(minimap: MiniMap, qtbot: QtBot) -> None:
    minimap.show_lanes(None, View(0, 1), [], None)
    with qtbot.assertNotEmitted(minimap.view_asked):
        drag(minimap, 200, 300)
        QTest.keyClick(minimap, Qt.Key.Key_Right)
