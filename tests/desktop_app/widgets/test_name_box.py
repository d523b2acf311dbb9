"""Choosing and ticking names, a few and very many."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from core.analysis.conditions import CategoryShare, EventCount
from core.recommend.policy import Policy
from desktop_app import theme
from desktop_app.widgets.condition_rows import ConditionRow, Offer
from desktop_app.widgets.list_choices import ListChoices
from desktop_app.widgets.name_box import FEW, NameBox
from desktop_app.widgets.name_ticks import NameTicks
from desktop_app.widgets.policy_panel import PolicyPanel

MANY = tuple(f"Category {number:04d}" for number in range(9000))
OTHERS = tuple(f"Kategorie {number:04d}" for number in range(9000))
MOST_MS = 15


def milliseconds(work: Callable[[], object]) -> float:
    """The least of some times that the window's thread is busy with it; its collector waits for no garbage either.

    What else the machine does can only add to it.
    """
    taken = []
    gc.disable()
    for _ in range(7):
        start = time.thread_time()
        work()
        taken.append(1000 * (time.thread_time() - start))
    gc.enable()
    return min(taken)


def test_a_box_of_names_keeps_what_is_chosen(qtbot: QtBot) -> None:
    box = NameBox("Category", "All")
    qtbot.addWidget(box)
    assert (box.count(), box.chosen) == (1, None)
    box.offer(("a", "b"))
    assert [box.itemText(row) for row in range(3)] == ["All", "a", "b"]
    assert box.itemData(1, Qt.ItemDataRole.ToolTipRole) == "a"
    box.choose("b")
    box.offer(("b", "All", "c"))
    assert (box.chosen, box.currentIndex()) == ("b", 1)
    box.choose("All")  # a name that is called what the first row is called
    assert (box.chosen, box.currentIndex()) == ("All", 2)
    box.offer(("c",))
    assert (box.chosen, box.currentText()) == (None, "All")
    only = NameBox("Category")
    qtbot.addWidget(only)
    assert only.chosen is None
    only.offer(("a", "b"))
    assert only.chosen == "a"


def test_many_names_are_found_by_a_search(qtbot: QtBot) -> None:
    box = NameBox("Category", "All")
    qtbot.addWidget(box)
    box.offer(MANY)
    box.show()
    box.setFocus()
    for typed, name in (("y 0042", "Category 0042"), ("1234", "Category 1234")):
        with qtbot.waitSignal(box.activated) as chosen:
            qtbot.keyClick(box, Qt.Key.Key_F4)
            assert box.many is not None
            qtbot.waitUntil(box.many.isVisible)
            assert box.many.list.currentIndex().row() == box.currentIndex()
            box.many.search.setText(typed)
            qtbot.keyClick(box.many.search, Qt.Key.Key_Return)
        assert not box.many.isVisible()
        assert (box.chosen, chosen.args) == (name, [box.currentIndex()])
    box.showPopup()
    box.many.search.setText("category 00")
    qtbot.keyClick(box.many.search, Qt.Key.Key_Down)
    qtbot.keyClick(box.many.list, Qt.Key.Key_Down)
    qtbot.keyClick(box.many.list, Qt.Key.Key_Space)
    assert box.chosen == "Category 0001"
    box.offer(MANY[: FEW - 1])
    box.showPopup()
    assert box.view().isVisible()  # few ones stand in the list of any other box
    box.hidePopup()


def test_names_are_ticked_by_click_and_by_key(qtbot: QtBot) -> None:
    button = NameTicks("Left out")
    qtbot.addWidget(button)
    assert not button.isEnabled()
    button.offer(("Comedy", "Drama", "Romance"))
    ticked: set[str] = set()

    def tick(name: str, on: bool) -> None:
        (ticked.add if on else ticked.discard)(name)
        button.choose(ticked)

    button.ticked.connect(tick)
    names = button.names
    button.show()
    button.menu().popup(button.mapToGlobal(QPoint(0, 30)))
    qtbot.waitUntil(names.isVisible)
    names.search.setText("COM")
    assert names.found.rowCount() == 1
    qtbot.keyClick(names.search, Qt.Key.Key_Return)
    assert ticked == {"Comedy"}
    names.search.clear()
    place = names.list.visualRect(names.found.index(2)).center()
    qtbot.mouseClick(names.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert ticked == {"Comedy", "Romance"}
    states = [names.found.index(row).data(Qt.ItemDataRole.CheckStateRole) for row in range(3)]
    assert states == [Qt.CheckState.Checked, Qt.CheckState.Unchecked, Qt.CheckState.Checked]
    names.list.setCurrentIndex(names.found.index(0))
    qtbot.keyClick(names.list, Qt.Key.Key_Space)
    assert ticked == {"Romance"}
    assert names.isVisible()
    button.menu().close()
    button.offer(("Comedy",))
    assert names.found.names == ("Comedy", "Romance")  # what is ticked can be left
    names.take(1)
    assert (ticked, names.found.names) == (set(), ("Comedy",))


def times(names: tuple[str, ...], others: tuple[str, ...]) -> dict[str, float]:
    """The milliseconds of each thing that is done with names."""
    panel, choices = PolicyPanel(), ListChoices()
    panel.show()
    choices.show()
    QApplication.processEvents()
    turns = iter([names, others] * 20)
    offer = Offer(categories=names)
    found = {
        "panel": milliseconds(lambda: panel.offer_categories(next(turns))),
        "policy": milliseconds(lambda: panel.show_policy(Policy(excluded=names[:3]))),
        "choices": milliseconds(lambda: choices.set_categories(next(turns))),
        "share": milliseconds(lambda: ConditionRow(CategoryShare(names[5]), offer)),
        "count": milliseconds(lambda: ConditionRow(EventCount(None, category=names[7]), offer)),
        "gone": milliseconds(lambda: ConditionRow(CategoryShare("Category of old"), offer)),
    }

    def open_choices() -> None:
        choices.category.showPopup()
        QApplication.processEvents()
        choices.category.hidePopup()

    found["open"] = milliseconds(open_choices)
    for widget in (panel, choices):
        widget.close()
        widget.deleteLater()
    return found


@pytest.mark.usefixtures("qtbot")
def test_nine_thousand_categories_hold_the_window_up_for_less_than_a_frame() -> None:
    theme.start("light")  # the style sheet, with which Qt does more
    few = times(MANY[:FEW], OTHERS[:FEW])  # what the machine takes for the controls themselves
    many = times(MANY, OTHERS)
    assert all(many[each] - few[each] < MOST_MS for each in many), (few, many)


def test_a_condition_keeps_a_category_that_the_data_lost(qtbot: QtBot) -> None:
    row = ConditionRow(CategoryShare("of old"), Offer(categories=("a", "b")))
    qtbot.addWidget(row)
    box = row.findChild(QComboBox, "category")
    assert isinstance(box, QComboBox)
    assert box.currentText() == "of old"
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert row.condition == CategoryShare("b")
