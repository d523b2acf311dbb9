"""The preview whose columns get their roles."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.widgets.role_table import RoleTable

CHOICES = [("", "Not used"), ("user", "User"), ("item", "Item"), ("description", "Description")]
COLUMNS = ["用户ID", "b", "c", "a name that is much longer than any column is wide, as real files have"]
ROWS = [("007", None, "x", "1" * 400)] * 200


@pytest.fixture
def table(qtbot: QtBot) -> RoleTable:
    table = RoleTable()
    qtbot.addWidget(table)
    table.resize(420, 300)
    table.show_rows(COLUMNS, ROWS, CHOICES, {"用户ID": "user", "b": "item"}, ("description",))
    table.show()
    return table


def choose(qtbot: QtBot, table: RoleTable, place: int, words: str) -> None:
    """As a person at the keyboard does."""
    box = table.header.boxes[place]
    box.setFocus()
    box.showPopup()
    view = box.view()
    view.setCurrentIndex(box.model().index(box.findText(words), 0))
    qtbot.keyClick(view, Qt.Key.Key_Return)


def test_it_shows_the_rows_and_the_guess(table: RoleTable) -> None:
    assert table.roles() == {"用户ID": "user", "b": "item"}
    assert table.model().rowCount() == 200
    assert table.model().index(0, 0).data() == "007"
    assert table.model().index(0, 1).data() == "–"
    assert len(table.model().index(0, 3).data(Qt.ItemDataRole.ToolTipRole)) == 400


def test_of_a_long_text_the_beginning_alone_is_drawn(qtbot: QtBot) -> None:
    table = RoleTable()
    qtbot.addWidget(table)
    table.show_rows(["text"], [("a\nb" * 100_000,)], CHOICES, {}, ())
    seen = table.model().index(0, 0).data()
    assert seen.startswith("a ba b")
    assert seen.endswith("…")
    assert len(seen) < 1000


def test_a_role_that_moves_leaves_its_former_column(qtbot: QtBot, table: RoleTable) -> None:
    with qtbot.waitSignal(table.roles_changed):
        choose(qtbot, table, 2, "User")
    assert table.roles() == {"b": "item", "c": "user"}


def test_several_columns_can_describe(qtbot: QtBot, table: RoleTable) -> None:
    for place in (2, 3):
        choose(qtbot, table, place, "Description")
    assert set(table.roles().values()) == {"user", "item", "description"}
    assert list(table.roles().values()).count("description") == 2


def test_the_boxes_stay_above_their_columns(table: RoleTable) -> None:
    bar = table.horizontalScrollBar()
    assert bar.maximum() > 0
    for value in (0, 40, bar.maximum()):
        bar.setValue(value)
        for place, box in table.header.boxes.items():
            assert box.x() == table.columnViewportPosition(place) + 4
            assert box.width() == table.columnWidth(place) - 8
            assert box.geometry().bottom() < table.header.height()


def test_a_turn_of_the_wheel_in_passing_changes_nothing(table: RoleTable) -> None:
    assert all(box.focusPolicy() == Qt.FocusPolicy.StrongFocus for box in table.header.boxes.values())
    assert [table.header.boxes[place].accessibleName() for place in range(2)] == [
        "What column 用户ID is",
        "What column b is",
    ]


def test_of_ten_thousand_columns_those_in_view_alone_get_boxes(qtbot: QtBot) -> None:
    table = RoleTable()
    qtbot.addWidget(table)
    table.resize(420, 300)
    columns = [f"c{place}" for place in range(10_000)]
    table.show_rows(columns, [["x"] * 10_000] * 3, CHOICES, {"c9998": "user"}, ("description",))
    table.show()
    assert len(table.header.boxes) < 10
    assert table.roles() == {"c9998": "user"}
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    assert table.header.boxes[9998].currentText() == "User"
    assert len(table.header.boxes) < 20
    table.horizontalScrollBar().setValue(0)
    choose(qtbot, table, 1, "User")  # and the other, far out of view, is user no more
    assert table.roles() == {"c1": "user"}
    assert table.header.boxes[9998].currentText() == "Not used"


def test_tab_goes_from_box_to_box_and_takes_the_view_along(qtbot: QtBot) -> None:
    table = RoleTable()
    qtbot.addWidget(table)
    table.resize(420, 300)
    columns = [f"c{place}" for place in range(30)]
    table.show_rows(columns, [["x"] * 30] * 3, CHOICES, {}, ())
    table.show()
    qtbot.waitExposed(table)
    table.activateWindow()
    table.header.boxes[0].setFocus()
    for place in range(1, 20):
        qtbot.keyClick(table.header.boxes[place - 1], Qt.Key.Key_Tab)
        box = table.header.boxes[place]
        qtbot.waitUntil(box.hasFocus)
        assert box.x() >= 0
        assert box.geometry().right() <= table.viewport().width()
    qtbot.keyClick(table.header.boxes[19], Qt.Key.Key_Backtab)
    qtbot.waitUntil(table.header.boxes[18].hasFocus)
