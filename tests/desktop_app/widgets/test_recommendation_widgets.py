"""The ranked list, its legend, the breakdown of one item, and the search for a user."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.sequences.log import Catalogue
from desktop_app.widgets.breakdown_bar import PARTS_ROLE, Parts
from desktop_app.widgets.breakdown_panel import BreakdownPanel
from desktop_app.widgets.event_shares import EventShare
from desktop_app.widgets.legend import Legend
from desktop_app.widgets.recommendation_table import (
    CATEGORY,
    PARTS,
    PRICE,
    RANK,
    SCORE,
    TITLE,
    RankedItem,
    RecommendationTable,
    ranked_items,
)
from desktop_app.widgets.user_search import UserSearch
from tests.desktop_app.children import children

COMPONENTS = ("transitions", "content")
ROWS = [
    RankedItem(4, "i4", "VIVOX100 Pro 128GB 蓝色", "电子产品", 6329.2, 2.0, 0.0, (1.5, 0.5)),
    RankedItem(1, "i1", "", "", math.nan, 1.0, 0.25, (1.25, -0.5)),
]


@pytest.fixture
def table(qtbot: QtBot) -> RecommendationTable:
    table = RecommendationTable()
    qtbot.addWidget(table)
    table.resize(800, 300)
    table.show()
    table.show_list(ROWS, COMPONENTS)
    return table


def _texts(table: RecommendationTable, row: int) -> list[str]:
    return [table.list.index(row, column).data() for column in (RANK, TITLE, CATEGORY, PRICE, SCORE)]


def test_a_row_says_what_the_item_is(table: RecommendationTable) -> None:
    assert _texts(table, 0) == ["1", "VIVOX100 Pro 128GB 蓝色", "电子产品", "6,329.20", "2.000"]
    assert _texts(table, 1) == ["2", "i1", "", "", "1.000"]


def test_all_bars_share_one_scale_and_read_aloud(table: RecommendationTable) -> None:
    first, second = (table.list.index(row, PARTS).data(PARTS_ROLE) for row in (0, 1))
    assert first == Parts(0.0, (1.5, 0.5), -0.5, 2.0)
    assert (second.low, second.high, second.score) == (-0.5, 2.0, 1.0)
    aloud = table.list.index(1, PARTS).data(Qt.ItemDataRole.AccessibleTextRole)
    assert aloud == "Item transitions  +1.250\nContent  −0.500\nBase  +0.250\nScore  1.000"


def test_the_first_item_is_chosen_and_the_keyboard_moves_on(qtbot: QtBot, table: RecommendationTable) -> None:
    assert table.currentIndex().row() == 0
    with qtbot.waitSignal(table.chosen) as chosen:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert chosen.args == [1]


def test_columns_without_content_are_hidden(table: RecommendationTable) -> None:
    assert not table.isColumnHidden(CATEGORY)
    table.show_list([ROWS[1]], COMPONENTS)
    assert table.isColumnHidden(CATEGORY)
    assert table.isColumnHidden(PRICE)


def test_the_held_out_item_is_marked(table: RecommendationTable) -> None:
    table.list.mark(1)
    assert _texts(table, 1)[1] == "◆ i1"
    assert "held this item out" in table.list.index(1, TITLE).data(Qt.ItemDataRole.ToolTipRole)
    table.list.mark(-1)
    assert _texts(table, 1)[1] == "i1"


def test_rows_are_taken_from_the_catalogue() -> None:
    catalogue = Catalogue(
        pa.array(["a", "b"]), pa.array([None, "B"]), pa.array(["x", None]), pa.array([None, None], pa.string()),
        np.array([1.5, math.nan], np.float32),
    )  # fmt: skip
    rows = ranked_items(
        catalogue,
        np.array([1, 0], np.int32),
        np.array([2, 1], np.float32),
        np.zeros(2, np.float32),
        np.array([[2, 0], [0, 1]], np.float32),
    )
    assert (rows[0].id, rows[0].title, rows[0].category, rows[0].shares) == ("b", "B", "", (2.0, 0.0))
    assert (rows[1].id, rows[1].title, rows[1].category, rows[1].price) == ("a", "", "x", 1.5)


def test_the_breakdown_shows_figures_that_sum_to_the_score(qtbot: QtBot) -> None:
    panel = BreakdownPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_item(ROWS[1], COMPONENTS)
    assert panel.components.figures == {
        "Item transitions": "+1.250",
        "Content": "−0.500",
        "Base, whatever the user did": "+0.250",
        "Score": "1.000",
    }
    lines = [EventShare(3, "Alien", "view", "2026-01-01 10:00", 1.0, 0.0)]
    panel.show_events(lines)
    assert panel.note.text() == "The parts and the base sum to the score."
    with qtbot.waitSignal(panel.event_opened) as opened:
        panel.events.setCurrentIndex(panel.events.shares.index(0, 0))
        qtbot.keyClick(panel.events, Qt.Key.Key_Return)
    assert opened.args == [3]
    panel.show_events([EventShare(3, "Alien", "view", "", 1.0, 0.1)])
    assert "standard error" in panel.note.text()
    panel.show_events([EventShare(-1, "Base", "", "", 1.0, 0.0)])
    assert panel.note.text() == "No past event changes this score."


def test_the_legend_names_every_component(qtbot: QtBot) -> None:
    legend = Legend()
    qtbot.addWidget(legend)
    legend.show_components(("transitions", "content"), True)
    assert [label.text() for label in children(legend, QLabel)] == ["Item transitions", "Content", "Base"]


@pytest.fixture
def search(qtbot: QtBot) -> UserSearch:
    search = UserSearch()
    qtbot.addWidget(search)
    search.show_chosen("u1")
    search.show()
    return search


def test_enter_takes_the_first_user_found(qtbot: QtBot, search: UserSearch) -> None:
    search.selectAll()
    with qtbot.waitSignal(search.asked) as asked:
        qtbot.keyClicks(search, "7")
    assert asked.args == ["7"]
    search.offer([("u7", 6), ("u77", 76)])
    with qtbot.waitSignal(search.chosen) as chosen:
        qtbot.keyClick(search, Qt.Key.Key_Return)
    assert chosen.args == [6]


def test_enter_before_the_answer_waits_for_it(qtbot: QtBot, search: UserSearch) -> None:
    search.selectAll()
    qtbot.keyClicks(search, "7")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    with qtbot.waitSignal(search.chosen) as chosen:
        search.offer([("u7", 6)])
    assert chosen.args == [6]
