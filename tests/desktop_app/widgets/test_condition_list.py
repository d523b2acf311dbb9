"""Cards of conditions come one after the other, and what is said of the conditions holds from the first moment on."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from core.analysis.conditions import AnyOf, Condition, EventCount, LastSeen, UserIds
from desktop_app.turns import counted
from desktop_app.widgets.condition_list import ConditionGroup, ConditionList
from desktop_app.widgets.condition_rows import Offer
from tests.desktop_app.test_turns import work

MANY: tuple[Condition, ...] = (
    *(EventCount("view", low=number) for number in range(1, 6)),
    AnyOf((LastSeen(high=30.0), UserIds(("a", "b")))),
    UserIds(("c",)),
)


@pytest.fixture
def cards(qtbot: QtBot) -> ConditionList:
    cards = ConditionList("tip")
    cards.set_offer(Offer(("view", "cart")))
    qtbot.addWidget(cards)
    cards.show()
    return cards


def test_all_are_told_at_once_and_shown_in_their_order(qtbot: QtBot, cards: ConditionList) -> None:
    with counted():
        work(0.1)  # the beat has no time for cards
    cards.show_conditions(MANY)
    assert cards.conditions == MANY
    assert len(cards.rows) < len(MANY)
    qtbot.waitUntil(lambda: len(cards.rows) == len(MANY), timeout=5000)
    group = cards.rows[5]
    assert isinstance(group, ConditionGroup)
    qtbot.waitUntil(lambda: len(group.list.rows) == 2, timeout=5000)
    assert cards.conditions == MANY
    assert tuple(row.condition for row in cards.rows) == MANY


def test_one_that_is_added_meanwhile_comes_last(qtbot: QtBot, cards: ConditionList) -> None:
    with counted():
        work(0.1)
    cards.show_conditions(MANY)
    cards._add_new(EventCount("cart"))
    assert cards.conditions == (*MANY, EventCount("cart"))
    qtbot.wait(50)
    assert cards.conditions == (*MANY, EventCount("cart"))
    assert len(cards.rows) == len(MANY) + 1


def test_others_that_are_shown_meanwhile_take_their_place(qtbot: QtBot, cards: ConditionList) -> None:
    with counted():
        work(0.1)
    cards.show_conditions(MANY)
    cards.show_conditions(MANY[:2])
    qtbot.wait(50)
    assert cards.conditions == MANY[:2]
    assert len(cards.rows) == 2
    cards.show_conditions(())
    assert cards.conditions == ()
    assert not cards.rows
