"""The heat map: what is under the pointer, which names have room, and the same figures as a table."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from desktop_app import theme
from desktop_app.dialogs.run_matrix import RunMatrix
from desktop_app.widgets.heat_map import HeatMap, NameAxis

ROWS = tuple(f"view: kind {number}" for number in range(40))
COLUMNS = tuple(f"an item of the kind {number}" for number in range(30))
VALUES = np.random.default_rng(0).normal(size=(40, 30)).astype(np.float32)


@pytest.fixture
def heat(qtbot: QtBot) -> HeatMap:
    heat = HeatMap(ROWS, COLUMNS, VALUES)
    qtbot.addWidget(heat)
    heat.resize(900, 600)
    heat.show()
    qtbot.waitExposed(heat)
    return heat


@pytest.mark.parametrize(("row", "column"), [(0, 0), (39, 29), (7, 20)])
def test_the_cell_under_the_pointer_is_told(qtbot: QtBot, heat: HeatMap, row: int, column: int) -> None:
    qtbot.wait(50)
    place = heat.plot.vb.mapViewToScene(QPointF(column + 0.5, row + 0.5))
    heat.plot.scene().sigMouseMoved.emit(place)
    figure = f"{abs(VALUES[row, column]):.4f}"
    assert heat.line.text().startswith(f"view: kind {row}  ×  an item of the kind {column}:  ")
    assert heat.line.text().endswith(figure)
    assert ("−" in heat.line.text()) == (VALUES[row, column] < 0)


def test_the_first_row_is_at_the_top(qtbot: QtBot, heat: HeatMap) -> None:
    qtbot.wait(50)
    first, last = (heat.plot.vb.mapViewToScene(QPointF(0.5, row + 0.5)).y() for row in (0, 39))
    assert first < last


def test_names_are_left_out_where_there_is_no_room(qtbot: QtBot, heat: HeatMap) -> None:
    del qtbot
    axis = heat.plot.getAxis("bottom")
    assert isinstance(axis, NameAxis)
    ((_, wide),) = axis.tickValues(0, 30, 10_000)
    ((_, narrow),) = axis.tickValues(0, 30, 400)
    assert len(wide) == 30
    assert 1 <= len(narrow) < 6
    assert axis.tickStrings([3.5], 1, 1) == [COLUMNS[3]]
    assert axis.tickValues(30, 0, 10_000)[0][1] == wide, "an axis that is turned over"


def test_one_giant_does_not_pale_the_rest(qtbot: QtBot) -> None:
    values = VALUES.copy()
    values[0, 0] = 1e6
    heat = HeatMap(ROWS, COLUMNS, values)
    qtbot.addWidget(heat)
    assert heat.limit < 10
    nothing = HeatMap(ROWS[:1], COLUMNS[:1], np.zeros((1, 1), np.float32))
    qtbot.addWidget(nothing)
    assert nothing.limit == 1


def test_colours_follow_the_theme(qtbot: QtBot, heat: HeatMap) -> None:
    del qtbot
    theme.choose("light")
    light = heat.bar.colorMap().map(0.5)
    theme.choose("dark")
    try:
        assert tuple(heat.bar.colorMap().map(0.5)) != tuple(light)
    finally:
        theme.choose("light")


def test_the_table_has_the_same_figures(qtbot: QtBot) -> None:
    from core.models.bilinear import NamedMatrix

    dialog = RunMatrix("Monday", NamedMatrix(ROWS, COLUMNS, VALUES))
    qtbot.addWidget(dialog)
    model = dialog.table.model()
    assert (model.rowCount(), model.columnCount()) == (40, 30)
    assert model.headerData(3, Qt.Orientation.Vertical) == ROWS[3]
    assert model.headerData(4, Qt.Orientation.Horizontal) == COLUMNS[4]
    assert model.index(3, 4).data().lstrip("+−") == f"{abs(VALUES[3, 4]):.4f}"
    assert dialog.windowTitle() == "Weights of “Monday”"
