"""The timeline page, driven as an analyst does, over a real workspace file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QSplitter
from pytestqt.qtbot import QtBot

from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.pages.timeline import TimelinePage
from desktop_app.state import AppState
from desktop_app.widgets.timeline_scale import HOUR, MINUTE
from tests.filled import Event, fill

ITEMS = [("i0", "Kettle", "Kitchen", None, 19.5), ("i1", "电饭煲", "厨房", None, 299.0)]
EVENTS: list[Event] = [
    (0, 0, 0, 0, None, None),
    (0, MINUTE, 1, 0, None, None),
    (0, 5 * HOUR, 1, 1, None, None),
    (1, HOUR, 0, 0, None, None),
]


@pytest.fixture
def state(tmp_path: Path) -> Iterator[AppState]:
    state = AppState()
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        with workspace.cursor() as cursor:
            users = ["ann", "bob", "nobody"]
            fill(cursor, users, ITEMS, [("view", False), ("purchase", False)], EVENTS, create=False)
        state.open(workspace)
        yield state
        state.open(None)


@pytest.fixture
def page(qtbot: QtBot, state: AppState) -> Iterator[TimelinePage]:
    background = Background()
    page = TimelinePage(state, background)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    qtbot.waitUntil(lambda: page.timeline.events is not None, timeout=10_000)
    yield page
    background.close()


def trigger(page: TimelinePage, name: str) -> None:
    action = page.findChild(QAction, name)
    assert isinstance(action, QAction), name
    action.trigger()


def shown(page: TimelinePage) -> str:
    return page.timeline.events.user_id if page.timeline.events is not None else ""


def test_it_opens_on_the_first_user_of_the_list(page: TimelinePage, state: AppState) -> None:
    assert state.user == 0
    assert shown(page) == "ann"
    assert page.users.view.currentIndex().data() == "ann"
    assert page.events.events_model.rowCount() == 3
    assert page.timeline.selected == -1


def test_next_and_previous_user(page: TimelinePage, state: AppState, qtbot: QtBot) -> None:
    trigger(page, "user.next")
    qtbot.waitUntil(lambda: shown(page) == "bob")
    assert state.user == 1
    trigger(page, "user.next")
    qtbot.waitUntil(lambda: page.timeline.events is None and state.user == 2)
    assert page.timeline.accessibleDescription() == "This user has no events."
    trigger(page, "user.previous")
    trigger(page, "user.previous")
    qtbot.waitUntil(lambda: shown(page) == "ann")


def test_timeline_and_table_choose_the_same_event(page: TimelinePage, state: AppState) -> None:
    picture = page.timeline.picture()
    assert picture is not None
    at = picture.position(2)
    assert at is not None
    QTest.mouseClick(page.timeline, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert state.chosen_event == 2
    assert page.events.currentIndex().row() == 2
    QTest.keyClick(page.events, Qt.Key.Key_Up)
    assert (state.chosen_event, page.timeline.selected) == (1, 1)


def test_another_page_can_choose_user_and_event(page: TimelinePage, state: AppState, qtbot: QtBot) -> None:
    state.select_user(1)
    state.select_event(0)
    qtbot.waitUntil(lambda: shown(page) == "bob")
    assert page.timeline.selected == 0
    assert page.users.view.currentIndex().data() == "bob"
    state.select_user(0)
    state.select_event(2)
    qtbot.waitUntil(lambda: shown(page) == "ann" and page.timeline.selected == 2)
    assert page.events.currentIndex().row() == 2


def test_sessions_by_buttons_and_by_list(page: TimelinePage, state: AppState) -> None:
    trigger(page, "session.next")
    assert state.chosen_event == 0
    trigger(page, "session.next")
    assert state.chosen_event == 2
    assert page.timeline.view.span < HOUR
    page.session_choice.setCurrentIndex(0)
    page.session_choice.activated.emit(0)
    assert state.chosen_event == 0
    trigger(page, "timeline.fit")
    assert page.timeline.lanes is not None
    assert page.timeline.view == page.timeline.lanes.bounds
    trigger(page, "timeline.zoom_in")
    assert page.timeline.view.span < page.timeline.lanes.bounds.span
    trigger(page, "timeline.zoom_out")
    assert page.timeline.view.span == pytest.approx(page.timeline.lanes.bounds.span)


def test_search_narrows_the_list_and_keeps_the_user(page: TimelinePage, state: AppState, qtbot: QtBot) -> None:
    page.users.search.setText("bo")
    qtbot.waitUntil(lambda: page.users.model.rowCount() == 2)
    assert state.user == 0
    QTest.keyClick(page.users.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(page) == "bob")


def test_new_data_are_shown(page: TimelinePage, state: AppState, qtbot: QtBot) -> None:
    assert state.workspace is not None
    with state.workspace.cursor() as cursor:
        cursor.execute("INSERT INTO events VALUES (0, 100, 0, 0, NULL, NULL, 0, 99)")
        cursor.execute('UPDATE user_figures SET events = 4 WHERE "user" = 0')
        cursor.execute("UPDATE data_facts SET value = 'other' WHERE name = 'fingerprint'")
    state.data_changed.emit()
    qtbot.waitUntil(lambda: page.events.events_model.rowCount() == 4)


def test_pictures_and_rows_are_saved(
    page: TimelinePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    for action, name in (
        ("timeline.export_picture", "a.png"),
        ("timeline.export_picture", "a.svg"),
        ("timeline.export_rows", "a.csv"),
    ):
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path: (str(path), ""))
        trigger(page, action)
        qtbot.waitUntil(path.exists)
    assert QImage(str(tmp_path / "a.png")).width() == 2 * page.timeline.width()
    assert len((tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()) == 4


def test_what_cannot_be_saved_is_told(
    page: TimelinePage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "absent" / "a.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    trigger(page, "timeline.export_picture")
    qtbot.waitUntil(lambda: page.findChild(QMessageBox) is not None)
    box = page.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "cannot be written" in box.text()
    box.close()


def test_without_a_workspace_the_page_leads_to_the_data(page: TimelinePage, state: AppState, qtbot: QtBot) -> None:
    workspace = state.workspace
    state.open(None)
    assert not page.timeline.isVisible()
    assert page.nothing.isVisible()
    with qtbot.waitSignal(page.navigated) as asked:
        QTest.mouseClick(page.nothing.button, Qt.MouseButton.LeftButton)
    assert asked.args == ["data"]
    state.open(workspace, user=1)
    qtbot.waitUntil(lambda: page.timeline.isVisible() and shown(page) == "bob")


def test_what_cannot_be_read_is_told_in_place(page: TimelinePage, state: AppState, qtbot: QtBot) -> None:
    assert state.workspace is not None
    with state.workspace.cursor() as cursor:
        cursor.execute("DROP TABLE texts")
    state.select_user(1)
    qtbot.waitUntil(lambda: page.timeline.events is None)
    assert "could not be read" in page.timeline.accessibleDescription()
    assert page.events.events_model.rowCount() == 0


def test_the_layout_is_kept_in_the_workspace(page: TimelinePage, state: AppState, qtbot: QtBot) -> None:
    workspace = state.workspace
    assert workspace is not None
    side = page.users.width()
    splitter = page.users.parentWidget()
    assert isinstance(splitter, QSplitter)
    handle = splitter.handle(1)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton)
    QTest.mouseMove(handle, handle.rect().center() + QPoint(80, 0))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=handle.rect().center() + QPoint(80, 0))
    assert page.users.width() > side + 40

    def kept() -> bool:
        layout = workspace.setting("timeline layout", None)
        return isinstance(layout, dict) and layout["sides"] == splitter.sizes()

    qtbot.waitUntil(kept)
    background = Background()
    again = TimelinePage(state, background)
    qtbot.addWidget(again)
    again.resize(page.size())
    again.show()
    qtbot.waitUntil(lambda: abs(again.users.width() - page.users.width()) <= 2)
    background.close()


def test_tab_reaches_everything_in_reading_order(page: TimelinePage) -> None:
    page.activateWindow()
    page.users.search.setFocus()
    names: list[str] = []
    while not names or (names[-1] != "Events of the user" and len(names) < 40):
        widget = QApplication.focusWidget()
        assert widget is not None
        names.append(widget.accessibleName())
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert all(names)
    assert len(set(names)) == len(names)
    assert names[:4] == ["Search user ids", "Order of the users", "Users", "Previous user"]
    assert names[4:8] == ["Next user", "Notes", "Compare", "Export"]
    assert names[-8:-3] == ["View", "Filter", "Replay", "Profile", "The user in words"]
    assert names[-3:] == ["Overview of the sequence", "Timeline", "Events of the user"]
