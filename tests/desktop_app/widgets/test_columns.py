"""Columns that are moved, hidden and copied, and are found again as they were left."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QApplication, QTableWidget, QTableWidgetItem
from pytestqt.qtbot import QtBot

from desktop_app.widgets import tables
from desktop_app.widgets.columns import MOST_ROWS, Columns, shown_columns

ROWS = [["lamp", "=1+1", "3"], ["<b>desk</b>", "-4\t5", "6"]]


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path) -> None:
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))


def table(qtbot: QtBot, name: str = "some", rows: list[list[str]] = ROWS) -> QTableWidget:
    view = QTableWidget(len(rows), 3)
    view.setHorizontalHeaderLabels(["Item", "Note ▾", "Events"])
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            view.setItem(row, column, QTableWidgetItem(text))
    tables.set_up_rows(view)
    view.setObjectName(name)
    qtbot.addWidget(view)
    view.resize(500, 200)
    view.show()
    qtbot.waitExposed(view)
    return view


def focus(view: QTableWidget, qtbot: QtBot) -> None:
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus, timeout=5000)


def columns(view: QTableWidget) -> Columns:
    found = view.findChild(Columns)
    assert isinstance(found, Columns)
    return found


def test_a_dragged_column_stays_where_it_was_put(qtbot: QtBot) -> None:
    view = table(qtbot)
    header = view.horizontalHeader()
    start = QPoint(header.sectionViewportPosition(2) + 10, header.height() // 2)
    qtbot.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for x in range(start.x(), 5, -20):
        qtbot.mouseMove(header.viewport(), QPoint(x, start.y()))
    qtbot.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, start.y()))
    assert shown_columns(view) == [2, 0, 1]
    again = table(qtbot)
    qtbot.waitUntil(lambda: shown_columns(again) == [2, 0, 1], timeout=2000)
    other = table(qtbot, "other")
    qtbot.wait(20)
    assert shown_columns(other) == [0, 1, 2]


def test_the_menu_hides_shows_and_moves_but_never_hides_the_last(qtbot: QtBot) -> None:
    view = table(qtbot)
    own = columns(view)

    def choose(text: str, column: int = 0) -> None:
        own._fill(column)
        next(entry for entry in own.menu.actions() if entry.text() == text).trigger()

    focus(view, qtbot)
    view.setCurrentCell(0, 0)
    qtbot.keyClick(view, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert own.menu.isVisible()
    own.menu.close()
    choose("Move “Item” right")
    assert shown_columns(view) == [1, 0, 2]
    choose("Note")
    choose("Events")
    assert shown_columns(view) == [0]
    own._fill(0)
    assert [entry.text() for entry in own.menu.actions() if entry.isCheckable() and not entry.isEnabled()] == ["Item"]
    again = table(qtbot)
    qtbot.waitUntil(lambda: shown_columns(again) == [0], timeout=2000)
    choose("Note")
    assert shown_columns(view) == [1, 0]
    choose("All columns in their own order")
    assert shown_columns(view) == [0, 1, 2]


def test_a_hidden_column_stays_hidden_when_the_table_shows_other_data(qtbot: QtBot) -> None:
    view = table(qtbot)
    columns(view).hide(2)
    view.setColumnHidden(1, True)  # as tables do whose data have nothing there
    for column in (1, 2):
        view.setColumnHidden(column, False)
    assert shown_columns(view) == [0, 1]


def test_what_was_kept_of_another_table_is_not_followed(qtbot: QtBot) -> None:
    for text in ('{"order": [3, 0], "hidden": []}', '{"order": [0, 1, 2], "hidden": [0, 1, 2]}', "nonsense", "[]"):
        QSettings().setValue("columns/some", text)
        view = table(qtbot)
        qtbot.wait(20)
        assert shown_columns(view) == [0, 1, 2]


def test_copying_takes_what_is_in_view_and_disarms_formulas(qtbot: QtBot) -> None:
    view = table(qtbot)
    view.horizontalHeader().moveSection(1, 0)
    columns(view).hide(2)
    focus(view, qtbot)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    data = QApplication.clipboard().mimeData()
    assert data.text() == "Note\tItem\n'=1+1\tlamp\n'-4 5\t<b>desk</b>"
    assert "<td>&lt;b&gt;desk&lt;/b&gt;</td>" in data.html()


def test_only_so_many_rows_are_copied_and_that_is_said(qtbot: QtBot) -> None:
    view = table(qtbot, rows=[["a", "b", "c"]] * (MOST_ROWS + 5))
    QApplication.clipboard().clear()
    columns(view).copy()
    qtbot.waitUntil(lambda: QApplication.clipboard().text() != "", timeout=20_000)
    lines = QApplication.clipboard().text().splitlines()
    assert len(lines) == MOST_ROWS + 2
    assert lines[-1] == "The first 10,000 of 10,005 rows"
