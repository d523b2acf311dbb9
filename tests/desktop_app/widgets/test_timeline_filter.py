"""The line of conditions makes the filter that it shows, by clicks and by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.sequences.filter import EventFilter
from desktop_app.widgets.timeline_filter import FilterBar
from desktop_app.widgets.timeline_scale import View
from tests.filled import sequence


@pytest.fixture
def bar(qtbot: QtBot) -> FilterBar:
    widget = FilterBar()
    qtbot.addWidget(widget)
    widget.offer(sequence([0, 1, 2, 3]))
    widget.show()
    return widget


def test_nothing_set_is_an_empty_filter(bar: FilterBar) -> None:
    assert bar.filter == EventFilter()
    assert bar.behaviours.names.found.names == ("view", "purchase", "cart")
    assert len(bar.categories.names.found.names) == 3


def test_names_are_ticked_by_keys(bar: FilterBar, qtbot: QtBot) -> None:
    names = bar.behaviours.names.list
    names.setCurrentIndex(names.model().index(1, 0))
    with qtbot.waitSignal(bar.changed):
        QTest.keyClick(names, Qt.Key.Key_Space)
    assert bar.filter == EventFilter(behaviours=frozenset({"purchase"}))
    assert bar.behaviours.text() == "Behaviour: purchase"
    QTest.keyClick(names, Qt.Key.Key_Space)
    assert bar.filter.empty


def test_text_and_prices_are_heard_after_the_last_letter(bar: FilterBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.changed):
        QTest.keyClicks(bar.text, "kettle")
        QTest.keyClicks(bar.least, "2.5")
        QTest.keyClicks(bar.most, "9x")
    assert bar.filter == EventFilter(text="kettle", least=2.5, most=9.0)


def test_a_span_of_time_is_asked_for_and_let_go(bar: FilterBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.view_wanted):
        QTest.mouseClick(bar.time, Qt.MouseButton.LeftButton)
    bar.set_span(View(2e15, 1e9))
    assert bar.filter == EventFilter(start=2e15, end=2e15 + 1e9)
    assert bar.time.text() == "All times"
    assert "2033-05-18" in bar.time.toolTip()
    QTest.mouseClick(bar.time, Qt.MouseButton.LeftButton)
    assert bar.filter.empty


def test_another_user_keeps_the_conditions_but_the_time(bar: FilterBar) -> None:
    bar.categories.names.take(1)
    bar.set_span(View(0, 2))
    bar.offer(sequence([0]))  # who has one category alone
    assert bar.filter == EventFilter(categories=frozenset({"Category 1"}))
    QTest.mouseClick(bar.reset, Qt.MouseButton.LeftButton)
    assert bar.filter.empty
    bar.show_found(3, 1200)
    assert bar.found.text() == "3 of 1,200"


def test_categories_are_offered_by_their_tags(bar: FilterBar, qtbot: QtBot) -> None:
    before = bar.categories.names.found.names
    comedy = ("Category 0", "Category 1", "elsewhere")
    bar.set_tags({"Comedy": comedy, "Drama": ("Category 1",), "War": ("elsewhere",)})
    assert before == ("Category 0", "Category 1", "Category 2")
    # The first has no tags, and nothing here is about war.
    assert bar.categories.names.found.names == ("Category 2", "Comedy", "Drama")
    with qtbot.waitSignal(bar.changed):
        bar.categories.names.take(1)
    assert bar.filter == EventFilter(categories=frozenset(comedy))  # of another user as well
    assert bar.filter.matches(sequence([0, 1, 2, 3])).tolist() == [True, True, False, True]
    bar.categories.names.take(0)
    assert bar.filter == EventFilter(categories=frozenset({*comedy, "Category 2"}))
