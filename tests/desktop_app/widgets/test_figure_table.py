"""Tables of figures: what is copied, and whether every cell can be read on its colour."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QSettings, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import theme
from desktop_app.widgets.columns import shown_columns
from desktop_app.widgets.figure_table import GIVES, FigureTable, Table, _contrast, heat_colour, strength, text_colour


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    assert qapp is not None
    theme.choose(request.param)
    yield request.param
    theme.choose("light")


@pytest.mark.usefixtures("scheme")
def test_every_figure_can_be_read_on_its_colour() -> None:
    shares = np.linspace(0, 1, 101)
    contrasts = [_contrast(text_colour(heat_colour(share)), heat_colour(share)) for share in shares]
    assert min(contrasts) >= 4.5
    assert _contrast(QColor("#ffffff"), QColor("#000000")) == pytest.approx(21)


def test_colours_grow_with_the_figures() -> None:
    strengths = [strength(share) for share in (0.0, 1e-6, 0.01, 0.1, 0.5, 1.0, 2.0)]
    assert strengths == sorted(strengths)
    assert strengths[0] == 0
    assert strengths[1] > 0.05
    assert strengths[-1] == strengths[-2] == 1


def heat_map(qtbot: QtBot) -> FigureTable:
    table = FigureTable("Figures")
    qtbot.addWidget(table)
    table.resize(500, 300)
    values = np.array([[0.25, 1.0, np.nan], [0.0, 3.0, 0.5]])
    texts = [["25 %", "1", ""], ["", "3", "50 %"]]
    tip = "{0} and {1}".format
    table.show_table(Table(("a", "b", "c"), texts, ("x", "y"), values / 3, figures=values, tip=tip))
    table.show()
    return table


def test_all_of_it_is_copied_with_its_names(qtbot: QtBot) -> None:
    table = heat_map(qtbot)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "\ta\tb\tc\nx\t0.25\t1\t\ny\t0\t3\t0.5"


def test_the_chosen_cells_alone_are_copied(qtbot: QtBot) -> None:
    table = heat_map(qtbot)
    model = table.model()
    for row, column in ((0, 1), (0, 2), (1, 1), (1, 2)):
        table.selectionModel().select(model.index(row, column), QItemSelectionModel.SelectionFlag.Select)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "1\t\n3\t0.5"
    assert model.index(1, 2).data(Qt.ItemDataRole.ToolTipRole) == "1 and 2"
    assert not table.verticalHeader().isHidden()
    assert table.rowHeight(0) > table.fontMetrics().height() + 12  # there is room


@pytest.mark.usefixtures("scheme")
def test_a_cell_has_the_colour_of_its_figure_and_a_frame_where_it_is_chosen(qtbot: QtBot) -> None:
    table = heat_map(qtbot)
    model = table.model()

    def colour(row: int, column: int, inset: int) -> str:
        corner = table.visualRect(model.index(row, column)).topLeft()
        return table.viewport().grab().toImage().pixelColor(corner + QPoint(inset, inset)).name()

    for row, column, share in ((0, 0, 0.25 / 3), (0, 1, 1 / 3), (1, 0, 0.0), (1, 1, 1.0)):
        assert colour(row, column, 3) == heat_colour(share).name()
    table.selectionModel().select(model.index(1, 1), QItemSelectionModel.SelectionFlag.Select)
    assert colour(1, 1, 1) == theme.colour("text").name()
    assert colour(1, 1, 4) == heat_colour(1.0).name()


def test_the_cell_that_has_the_keys_is_seen_before_it_is_chosen(qtbot: QtBot) -> None:
    table = heat_map(qtbot)
    model, now = table.model(), table.selectionModel().setCurrentIndex
    table.activateWindow()
    table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(table.hasFocus, timeout=5000)

    def picture(column: int) -> QImage:
        return table.viewport().grab(table.visualRect(model.index(0, column))).toImage()

    for column in (0, 2):  # a heat and an empty cell
        now(model.index(1, 1), QItemSelectionModel.SelectionFlag.NoUpdate)
        without = picture(column)
        now(model.index(0, column), QItemSelectionModel.SelectionFlag.NoUpdate)
        assert picture(column) != without
    assert not table.selectedIndexes()


def test_an_empty_cell_of_a_heat_map_has_a_frame_where_it_is_chosen(qtbot: QtBot) -> None:
    table = heat_map(qtbot)
    cell = table.model().index(0, 2)
    before = table.viewport().grab(table.visualRect(cell)).toImage()
    assert before.pixelColor(1, 1).name() == theme.colour("panel").name()
    table.selectionModel().select(cell, QItemSelectionModel.SelectionFlag.Select)
    after = table.viewport().grab(table.visualRect(cell)).toImage()
    assert after.pixelColor(1, 1).name() == theme.colour("text").name()
    assert after.pixelColor(4, 4) == before.pixelColor(4, 4)


def test_cells_of_a_heat_map_are_painted_where_their_columns_and_rows_are(qtbot: QtBot) -> None:
    table = FigureTable("Figures")
    qtbot.addWidget(table)
    table.resize(260, 200)
    shares = np.linspace(0, 1, 30 * 10).reshape(30, 10)
    rows, columns = tuple(map(str, range(30))), tuple(map(str, range(10)))
    table.show_table(Table(columns, [[f"{share:.2f}" for share in row] for row in shares], rows, shares))
    table.show()
    qtbot.waitExposed(table)
    table.columns.move(9, -7)
    table.columns.hide(1)
    table.verticalScrollBar().setValue(11)
    table.horizontalScrollBar().setValue(5)
    qtbot.waitUntil(lambda: table.rowAt(0) == 11, timeout=5000)
    image, seen = table.viewport().grab().toImage(), set()
    for x in range(2, table.viewport().width(), 10):
        for y in range(2, table.viewport().height(), 10):
            row, column = table.rowAt(y), table.columnAt(x)
            cell = table.visualRect(table.model().index(row, column))
            corner = cell.topLeft() + QPoint(1, 1)
            if image.rect().contains(corner):
                assert image.pixelColor(corner).name() == heat_colour(shares[row, column]).name()
                seen.add((row, column))
    assert {column for _, column in seen} >= {2, 9, 3}
    assert len({row for row, _ in seen}) > 3


def test_bars_are_as_long_as_their_share(qtbot: QtBot) -> None:
    table = FigureTable("Figures")
    qtbot.addWidget(table)
    table.resize(500, 200)
    bars = np.array([[np.nan, 1.0], [np.nan, 0.5]])
    table.show_table(Table(("name", "share"), [["one", ""], ["half", ""]], bars=bars, left=(0,)))
    table.show()
    qtbot.waitExposed(table)
    image = table.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)

    def coloured(row: int) -> int:
        y = table.rowViewportPosition(row) + table.rowHeight(row) // 2
        left = table.columnViewportPosition(1)
        ground = image.pixelColor(left + 1, y)
        return sum(image.pixelColor(left + x, y) != ground for x in range(table.columnWidth(1)))

    assert coloured(1) == pytest.approx(coloured(0) / 2, abs=2)
    assert coloured(0) > 100
    assert table.verticalHeader().isHidden()


def test_cells_of_a_heat_map_give_way_where_little_room_is_short(qtbot: QtBot) -> None:
    table = heat_map(qtbot)
    table.show()
    columns, beside = len(table.table.columns), table.width() - table.viewport().width()
    wide = table.columnWidth(0)
    table.resize(beside + columns * (wide - 2), 300)
    assert [table.columnWidth(column) for column in range(columns)] == [wide - 2] * columns
    table.resize(beside + columns * (wide - 2 * GIVES), 300)  # rather than cut figures off it is scrolled
    assert [table.columnWidth(column) for column in range(columns)] == [wide] * columns


def named_table(qtbot: QtBot) -> FigureTable:
    table = FigureTable("Figures")
    table.setObjectName("some_figures")
    qtbot.addWidget(table)
    table.resize(500, 300)
    table.show()
    qtbot.waitExposed(table)
    return table


def press(table: FigureTable, qtbot: QtBot, key: Qt.Key) -> None:
    table.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus, timeout=5000)
    qtbot.keyClick(table, key, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


@pytest.fixture
def _settings(tmp_path: Path) -> None:
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))


@pytest.mark.usefixtures("_settings")
def test_columns_are_dragged_hidden_and_copied_as_they_stand(qtbot: QtBot) -> None:
    table = named_table(qtbot)
    values = np.array([[1.23456, 2.0, 3.0], [4.0, 5.0, 6.0]])
    table.show_table(Table(("a", "b", "c"), [["1.2", "2", "3"], ["4", "5", "6"]], ("x", "y"), figures=values))
    header = table.horizontalHeader()
    start = QPoint(header.sectionViewportPosition(2) + 10, header.height() // 2)
    qtbot.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for x in range(start.x(), 5, -20):
        qtbot.mouseMove(header.viewport(), QPoint(x, start.y()))
    qtbot.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, start.y()))
    assert shown_columns(table) == [2, 0, 1]
    table.setCurrentIndex(table.model().index(0, 1))
    press(table, qtbot, Qt.Key.Key_H)
    menu = table.columns.menu
    assert menu.isVisible()
    next(entry for entry in menu.actions() if entry.text() == "b" and entry.isCheckable()).trigger()
    menu.close()
    assert shown_columns(table) == [2, 0]
    press(table, qtbot, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "\tc\ta\nx\t3\t1.2\ny\t6\t4", timeout=5000)
    assert "<tr><td>x</td><td>3</td><td>1.2</td></tr>" in QGuiApplication.clipboard().mimeData().html()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)  # for programs
    assert QGuiApplication.clipboard().text() == "\tc\ta\nx\t3\t1.23456\ny\t6\t4"
    table.selectAll()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "3\t1.23456\n6\t4"


@pytest.mark.usefixtures("_settings")
def test_columns_of_other_names_have_an_order_of_their_own(qtbot: QtBot) -> None:
    table = named_table(qtbot)
    first, same_count, fewer = (
        Table(names, [[name.upper() for name in names]]) for names in (("a", "b", "c"), ("d", "e", "f"), ("g", "h"))
    )
    table.show_table(first)
    table.columns.move(2, -2)
    table.columns.hide(1)
    table.show_table(Table(("a", "b", "c"), [["1", "2", "3"]]))  # the same with other figures
    assert shown_columns(table) == [2, 0]
    again = named_table(qtbot)
    for other in (same_count, fewer):
        table.show_table(first)
        table.show_table(other)
        assert shown_columns(table) == list(range(len(other.columns)))
        assert not any(table.isColumnHidden(column) for column in range(len(other.columns)))
        table.show_table(first)
        assert shown_columns(table) == [2, 0]
    again.show_table(first)  # as after a start
    assert shown_columns(again) == [2, 0]
    again.show_table(fewer)
    again.columns.move(0, 1)
    table.show_table(fewer)
    assert shown_columns(table) == [1, 0]
    QSettings().setValue("columns/some_figures", '{"order": [1, 0], "hidden": []}')  # that does not say of what
    table.show_table(first)
    table.show_table(fewer)
    assert shown_columns(table) == [0, 1]


def test_columns_of_a_heat_map_share_the_room_of_those_that_are_hidden(qtbot: QtBot) -> None:
    table = heat_map(qtbot)
    wide, beside = table.columnWidth(0), table.width() - table.viewport().width()
    table.columns.hide(1)
    table.resize(beside + 2 * (wide - 2), 300)
    assert [table.columnWidth(column) for column in (0, 2)] == [wide - 2] * 2
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0, timeout=5000)
