"""The list of users: what it asks for, what it shows, what it tells."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.sequences.store import UserTable
from desktop_app.widgets.timeline_scale import DAY, HOUR
from desktop_app.widgets.user_list import EVENTS, ID, LAST, SPAN, UserList

NAMES = ["ann", "Bob", "Cleo", "bo", "dan"]


def table_of(names: list[str], timed: bool = True) -> UserTable:
    count = len(names)
    rank = np.empty(count, np.int32)
    rank[np.argsort(names)] = np.arange(count)
    return UserTable(
        ids=pa.array(names),
        rank=rank,
        events=np.arange(count, dtype=np.int32),
        first=np.zeros(count, np.int64),
        last=np.array([0, 3 * HOUR, 2 * DAY, DAY, 400 * DAY], np.int64)[:count],
        timed=timed,
    )


@pytest.fixture
def users(qtbot: QtBot) -> UserList:
    widget = UserList()
    qtbot.addWidget(widget)
    table = table_of(NAMES)
    widget.wanted.connect(lambda *wanted: widget.show_users(table, table.arrange(*wanted)))
    widget.resize(360, 400)
    widget.show()
    widget.ask()
    return widget


def shown(users: UserList, column: int = ID) -> list[str]:
    return [users.model.data(users.model.index(row, column)) for row in range(users.model.rowCount())]


def test_the_busiest_come_first_with_their_figures(users: UserList) -> None:
    assert shown(users) == ["dan", "bo", "Cleo", "Bob", "ann"]
    assert shown(users, EVENTS) == ["4", "3", "2", "1", "0"]
    assert shown(users, LAST)[:2] == ["1971-02-05", "1970-01-02"]
    assert shown(users, SPAN) == ["400 d", "1 d", "2 d", "3 h", ""]
    assert users.count.text().startswith("5 ")


def test_search_waits_for_a_pause_and_finds_in_either_case(users: UserList, qtbot: QtBot) -> None:
    asked = []
    users.wanted.connect(lambda *wanted: asked.append(wanted))
    QTest.keyClicks(users.search, "BO")
    assert asked == []
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert asked == [("BO", "events", True)]
    assert shown(users) == ["bo", "Bob"]
    assert "2" in users.count.text()
    assert "5" in users.count.text()
    QTest.keyClick(users.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: users.model.rowCount() == 5)


def test_order_by_header_and_by_action(users: UserList) -> None:
    header = users.view.horizontalHeader()
    at = header.sectionViewportPosition(ID) + 20
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 8))
    assert shown(users) == ["Bob", "Cleo", "ann", "bo", "dan"]
    for name, first in (("sort_users_by_span", "dan"), ("sort_users_by_last", "dan"), ("sort_users_by_id", "Bob")):
        action = users.findChild(QAction, name)
        assert isinstance(action, QAction)
        action.trigger()
        assert shown(users)[0] == first
        assert action.isChecked()
    action = users.findChild(QAction, "sort_users_descending")
    assert isinstance(action, QAction)
    action.trigger()
    assert shown(users)[0] == "dan"


def test_the_chosen_user_stays_chosen_through_search_and_sort(users: UserList, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(users.user_chosen):
        users.select(3)
        users.set_order("id", False)
        assert users.view.currentIndex().data() == "bo"
        users.search.setText("zzz")
        users.ask()
        assert not users.view.currentIndex().isValid()
        users.search.clear()
        users.ask()
    assert users.view.currentIndex().data() == "bo"


def test_choosing_by_mouse_keys_and_step(users: UserList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(users.user_chosen) as chosen:
        area = users.view.visualRect(users.model.index(1, ID))
        QTest.mouseClick(users.view.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    assert chosen.args == [3]
    with qtbot.waitSignal(users.user_chosen) as chosen:
        QTest.keyClick(users.view, Qt.Key.Key_Down)
    assert chosen.args == [2]
    with qtbot.waitSignal(users.user_chosen) as chosen:
        users.step(-2)
    assert chosen.args == [4]
    with qtbot.assertNotEmitted(users.user_chosen):
        users.step(-1)


def test_enter_in_the_search_box_goes_to_the_first_found(users: UserList, qtbot: QtBot) -> None:
    users.search.setText("cle")
    users.ask()
    with qtbot.waitSignal(users.user_chosen) as chosen:
        QTest.keyClick(users.search, Qt.Key.Key_Return)
    assert chosen.args == [2]


def test_without_times_there_are_no_times(users: UserList) -> None:
    table = table_of(NAMES, timed=False)
    users.show_users(table, table.arrange())
    assert users.view.isColumnHidden(LAST)
    assert users.view.isColumnHidden(SPAN)


def test_a_million_users_build_no_row_that_is_not_shown(users: UserList) -> None:
    count = 1_000_000
    table = UserTable(
        ids=pa.array(np.arange(count)).cast(pa.string()),
        rank=np.arange(count, dtype=np.int32),
        events=np.ones(count, np.int32),
        first=np.zeros(count, np.int64),
        last=np.zeros(count, np.int64),
        timed=True,
    )
    calls = 0
    real = users.model._text

    def counted(*parts: object) -> str:
        nonlocal calls
        calls += 1
        return real(*parts)  # type: ignore[arg-type]

    users.model._text = counted  # type: ignore[method-assign]
    users.show_users(table, table.arrange("99", "events", True))
    users.grab()
    assert users.model.rowCount() > 20_000
    assert 0 < calls < 500


def test_the_chosen_user_is_in_view_as_soon_as_the_list_comes(users: UserList) -> None:
    count = 2000
    table = UserTable(
        ids=pa.array([f"u{number:04d}" for number in range(count)]),
        rank=np.arange(count, dtype=np.int32),
        events=np.ones(count, np.int32),
        first=np.zeros(count, np.int64),
        last=np.zeros(count, np.int64),
        timed=True,
    )
    users.select(1500)
    users.show_users(table, np.arange(count, dtype=np.int32))
    place = users.view.visualRect(users.view.currentIndex())
    assert users.view.viewport().rect().contains(place.center())
    assert users.count.text() == "2,000 users"
