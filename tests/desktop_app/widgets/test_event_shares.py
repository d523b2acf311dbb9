"""The events behind a score: their order, their sum, and the links to the timeline."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.widgets.event_shares import BAR, ERROR, EVENT, SHARE, SHARE_ROLE, EventShare, EventShares, order

LINES = [
    EventShare(7, "Toy Story", "rating", "1997-10-01 10:00", 1.5, 0.0),
    EventShare(2, "Alien", "rating", "1997-09-01 10:00", -0.5, 0.125),
    EventShare(-1, "Base", "", "", 0.25, 0.0),
]


@given(st.lists(st.floats(-10, 10, width=32), max_size=80), st.integers(0, 60))
def test_what_is_shown_and_the_rest_sum_to_all(shares: list[float], most: int) -> None:
    shown, rest = order(shares, most)
    assert len(shown) <= most
    assert sum(shares[event] for event in shown) + rest == pytest.approx(sum(shares), abs=1e-5)
    sizes = [abs(shares[event]) for event in shown]
    assert sizes == sorted(sizes, reverse=True)
    assert all(shares[event] != 0 for event in shown)


@pytest.fixture
def table(qtbot: QtBot) -> EventShares:
    table = EventShares()
    qtbot.addWidget(table)
    table.resize(400, 200)
    table.show_lines(LINES)
    table.show()
    return table


def test_a_click_on_an_event_opens_it(qtbot: QtBot, table: EventShares) -> None:
    at = table.visualRect(table.shares.index(0, EVENT)).center()
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened.args == [7]


def test_enter_opens_the_current_event_but_no_sum(qtbot: QtBot, table: EventShares) -> None:
    table.setCurrentIndex(table.shares.index(1, SHARE))
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [2]
    table.setCurrentIndex(table.shares.index(2, EVENT))
    with qtbot.assertNotEmitted(table.opened):
        qtbot.keyClick(table, Qt.Key.Key_Return)


def test_figures_carry_their_sign_and_error(table: EventShares) -> None:
    texts = [table.shares.index(row, SHARE).data() for row in range(3)]
    assert texts == ["+1.500", "−0.500", "+0.250"]
    assert [table.shares.index(row, ERROR).data() for row in range(3)] == ["", "0.125", ""]
    assert table.shares.index(1, BAR).data(SHARE_ROLE) == (-0.5, 1.5)
    assert table.shares.index(2, BAR).data(SHARE_ROLE) is None
