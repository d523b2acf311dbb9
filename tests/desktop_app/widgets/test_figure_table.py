"""Tables of figures: what is copied, and whether every cell can be read on its colour."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import theme
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
    assert model.index(0, 2).data(Qt.ItemDataRole.BackgroundRole) is None
    assert not table.verticalHeader().isHidden()
    assert table.rowHeight(0) > table.fontMetrics().height() + 12  # there is room


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
