"""The table of a user's events: its texts, its order, its link with what is chosen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.widgets.event_table import BEHAVIOUR, CATEGORY, GAP, PRICE, STEP, TIME, TITLE, VALUE, EventTable
from desktop_app.widgets.timeline_scale import MINUTE
from tests.filled import sequence

TITLES = ["Pear", None, "apple", "Zucchini"]


@pytest.fixture
def table(qtbot: QtBot) -> EventTable:
    widget = EventTable()
    qtbot.addWidget(widget)
    widget.resize(900, 300)
    widget.set_events(sequence([0, MINUTE, MINUTE, 5 * MINUTE], [1, 0, 0, 2], titles=TITLES))
    widget.show()
    return widget


def text(table: EventTable, row: int, column: int) -> object:
    return table.events_model.data(table.events_model.index(row, column))


def order(table: EventTable) -> list[int]:
    return [table.events_model.event_at(row) for row in range(table.events_model.rowCount())]


def test_texts_of_a_row(table: EventTable) -> None:
    row = [text(table, 3, column) for column in (TIME, BEHAVIOUR, TITLE, CATEGORY, PRICE, VALUE, GAP)]
    assert row == ["1970-01-01 00:05:00", "cart", "Zucchini", "Category 0", "3.00", None, "4 min"]
    assert text(table, 1, TITLE) == "item-1"
    assert text(table, 0, GAP) is None


def test_columns_without_content_are_hidden(table: EventTable) -> None:
    assert table.isColumnHidden(VALUE)
    assert table.isColumnHidden(STEP)
    assert not table.isColumnHidden(GAP)
    events = sequence([0, 1], timed=False)
    table.set_events(replace(events, price=np.full(2, np.nan, np.float32), value=np.array([1, 2], np.float32)))
    assert [table.isColumnHidden(column) for column in (STEP, TIME, PRICE, VALUE, GAP)] == [
        False,
        True,
        True,
        False,
        True,
    ]
    assert text(table, 1, STEP) == "2"


def test_sorting_keeps_the_chosen_event(table: EventTable) -> None:
    table.select(2)
    table.sortByColumn(TITLE, Qt.SortOrder.AscendingOrder)
    assert order(table) == [0, 3, 2, 1]
    assert table.events_model.event_at(table.currentIndex().row()) == 2
    table.sortByColumn(PRICE, Qt.SortOrder.DescendingOrder)
    assert order(table) == [3, 2, 1, 0]
    table.sortByColumn(BEHAVIOUR, Qt.SortOrder.AscendingOrder)
    assert order(table) == [1, 2, 0, 3]
    table.sortByColumn(GAP, Qt.SortOrder.DescendingOrder)
    assert order(table)[:2] == [3, 1]
    table.sortByColumn(CATEGORY, Qt.SortOrder.AscendingOrder)
    assert order(table) == [0, 3, 1, 2]
    assert table.events_model.event_at(table.currentIndex().row()) == 2


def test_clicks_on_a_header_sort_and_show_the_direction(table: EventTable) -> None:
    header = table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(TITLE) + 20, 8)
    names = []
    for _ in range(2):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
        names.append(table.events_model.headerData(TITLE, Qt.Orientation.Horizontal))
    assert sorted(names) == ["Title ▴", "Title ▾"]
    assert order(table) == ([0, 3, 2, 1] if names[1] == "Title ▴" else [1, 2, 3, 0])


def test_a_row_chosen_with_mouse_or_keys_is_told_and_one_set_from_outside_is_not(
    table: EventTable, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(table.event_chosen) as chosen:
        area = table.visualRect(table.events_model.index(2, TITLE))
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    assert chosen.args == [2]
    with qtbot.waitSignal(table.event_chosen) as chosen:
        QTest.keyClick(table, Qt.Key.Key_Down)
    assert chosen.args == [3]
    with qtbot.assertNotEmitted(table.event_chosen):
        table.select(0)
        table.select(-1)
        table.set_events(sequence([5, 6]))
    assert not table.currentIndex().isValid()


def test_ten_thousand_events_make_text_only_for_what_is_shown(table: EventTable) -> None:
    calls = 0
    model = table.events_model
    real = model._text

    def counted(event: int, column: int) -> str:
        nonlocal calls
        calls += 1
        return real(event, column)

    model._text = counted  # type: ignore[method-assign]
    table.set_events(sequence(list(range(10_000))))
    table.grab()
    assert 0 < calls < 2000
