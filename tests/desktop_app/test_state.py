"""What is open and selected: it tells of changes, and stays a sound Qt object."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from desktop_app.state import AppState
from tests.shop import open_shop


def test_another_user_lets_go_of_the_event(qtbot: QtBot) -> None:
    state = AppState()
    state.select_user(3)
    with qtbot.waitSignal(state.event_changed):
        state.select_event(5)
    with qtbot.assertNotEmitted(state.event_changed):
        state.select_event(5)
        state.select_user(3)
    told: list[int] = []
    state.event_changed.connect(told.append)
    state.select_user(4)
    assert (state.user, state.chosen_event, told) == (4, -1, [-1])


def test_another_day_of_the_users_is_told_and_the_segment_anew(qtbot: QtBot, tmp_path: Path) -> None:
    state = AppState()
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        state.open(workspace)
        assert workspace.utc_offset == 0
        state.select_segment("buyers")
        with qtbot.waitSignals([state.offset_changed, state.segment_changed]):
            state.choose_offset(8)
        assert workspace.utc_offset == 8
        with qtbot.assertNotEmitted(state.offset_changed):
            state.choose_offset(8)
        state.open(None)


def test_a_segment_is_told_once_unless_its_users_changed(qtbot: QtBot) -> None:
    state = AppState()
    told: list[str] = []
    state.segment_changed.connect(told.append)
    state.select_segment("buyers")
    state.select_segment("buyers")
    state.select_segment("buyers", anew=True)
    state.select_segment(None)
    assert told == ["buyers", "buyers", ""]
    state.select_segment("buyers")
    with qtbot.waitSignal(state.workspace_changed):
        state.open(None)
    assert state.segment is None


@pytest.mark.usefixtures("qapp")
def test_qt_can_send_it_events() -> None:
    state = AppState()
    assert QCoreApplication.sendEvent(state, QEvent(QEvent.Type.User))
