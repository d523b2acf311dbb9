"""The tour on the sample: it begins by itself once, and the keyboard leads through it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from pytestqt.qtbot import QtBot

from desktop_app.app import Desk
from desktop_app.tour import Tour

PATIENCE = 60_000  # milliseconds, for the import of the sample on a busy machine
PAGES = ["data", "timeline", "timeline", "training", "recommendations"]


def begun(desk: Desk, qtbot: QtBot) -> Tour:
    qtbot.waitUntil(lambda: desk.window.tour is not None and desk.window.tour.callout.isVisible(), timeout=PATIENCE)
    assert desk.window.tour is not None
    return desk.window.tour


def test_five_steps_by_the_keyboard_and_never_again_by_itself(desk: Desk, qtbot: QtBot) -> None:
    desk.open_sample()
    tour = begun(desk, qtbot)
    desk.window.activateWindow()
    shown, pointed = [], []
    for number in range(5):
        assert tour.callout.count.text() == f"{number + 1} of 5"
        assert tour.callout.next_button.hasFocus()
        shown.append(desk.preferences.page)
        qtbot.waitUntil(tour.callout.ring.isVisible, timeout=PATIENCE)
        pointed.append(tour.callout.ring.geometry())
        assert QRect(desk.window.rect()).contains(tour.callout.geometry())
        qtbot.keyClick(tour.callout.next_button, Qt.Key.Key_Return)
    assert shown == PAGES
    assert len({(area.x(), area.y(), area.width()) for area in pointed}) == 5  # each beside another control
    assert not tour.callout.isVisible()
    assert desk.preferences.toured
    desk.choose_language("en")  # another window around the same work
    assert desk.state.workspace is not None
    desk._opened((desk.state.workspace, 0, None))
    assert desk.window.tour is None


def test_it_can_be_put_away_and_begun_again_from_the_help_menu(desk: Desk, qtbot: QtBot) -> None:
    desk.open_sample()
    tour = begun(desk, qtbot)
    qtbot.keyClick(tour.callout.next_button, Qt.Key.Key_Return)
    qtbot.mouseClick(tour.callout.back_button, Qt.MouseButton.LeftButton)
    assert desk.preferences.page == "data"
    qtbot.keyClick(tour.callout.next_button, Qt.Key.Key_Escape)
    assert not tour.callout.isVisible()
    assert not tour.callout.ring.isVisible()
    desk.window.show_page("flows")
    desk.window.actions_by_name["tour"].trigger()
    assert tour.callout.isVisible()
    assert desk.preferences.page == "data"
    desk.window.resize(1000, 640)
    qtbot.waitUntil(lambda: QRect(desk.window.rect()).contains(tour.callout.geometry()), timeout=5000)
