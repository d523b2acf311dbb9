"""Cells that are drawn without the style look as the style would have them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QTableView
from pytestqt.qtbot import QtBot

from desktop_app import theme
from desktop_app.widgets import tables
from desktop_app.widgets.text_cells import TextCells

LONG = "A title that is far too long for the room that its column has, 很长的标题"
TEXTS = ("short", "12,345", LONG, "中文", "", "many letters, which just fit", "two\nlines")
LEFT, RIGHT, COLOURED, PICTURED, FONTS = range(5)


@pytest.fixture(params=["light", "dark"], autouse=True)
def _scheme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    del qapp
    theme.choose(request.param)
    yield
    theme.choose("light")


def cell(text: str, column: int) -> QStandardItem:
    item = QStandardItem(text)
    item.setData(tables.AT_RIGHT if column == RIGHT else tables.AT_LEFT, Qt.ItemDataRole.TextAlignmentRole)
    if column == COLOURED:
        item.setData(QColor("#d03020"), Qt.ItemDataRole.ForegroundRole)
    elif column == PICTURED:
        picture = QPixmap(16, 16)
        picture.fill(QColor("#20a040"))
        item.setIcon(picture)
    elif column == FONTS:
        font = QFont()
        font.setBold(True)
        item.setFont(font)
    return item


def table(qtbot: QtBot) -> QTableView:
    view = QTableView()
    qtbot.addWidget(view)
    model = QStandardItemModel(view)
    for text in TEXTS:
        model.appendRow([cell(text, column) for column in range(5)])
    view.setModel(model)
    tables.set_up_rows(view)
    for column in range(5):
        view.setColumnWidth(column, 170)
    view.resize(900, 400)
    view.show()
    qtbot.waitExposed(view)
    return view


def draw(view: QTableView) -> None:
    TextCells(view, coloured=(COLOURED,), pictured=(PICTURED,), fonts=(FONTS,))


def pixels(view: QTableView, index: QModelIndex) -> NDArray[np.int64]:
    """The colours of a cell, int [height, width, 3]."""
    image = view.viewport().grab(view.visualRect(index)).toImage().convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return flat[:, : image.width(), :3].astype(np.int64)


def ink(view: QTableView, index: QModelIndex) -> QRect:
    """What is drawn in a cell on its ground."""
    colours = pixels(view, index)
    rows, columns = np.nonzero(np.abs(colours - colours[-1, -1]).sum(axis=2) > 60)
    if not len(rows):
        return QRect()
    return QRect(int(columns.min()), int(rows.min()), int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1)


def all_cells(view: QTableView) -> list[QModelIndex]:
    model = view.model()
    return [model.index(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]


def test_texts_stand_where_the_style_puts_them(qtbot: QtBot) -> None:
    view = table(qtbot)
    view.setItemDelegate(QStyledItemDelegate(view))
    styled = [ink(view, index) for index in all_cells(view)]
    draw(view)
    for index, expected in zip(all_cells(view), styled, strict=True):
        found = ink(view, index)
        edges = ((found.left(), expected.left()), (found.right(), expected.right()))
        edges += ((found.top(), expected.top()), (found.bottom(), expected.bottom()))
        assert all(abs(ours - its) <= 2 for ours, its in edges), (index.row(), index.column(), found, expected)
        assert found.isEmpty() == (not index.data() and index.column() != PICTURED)


def test_a_text_that_is_too_long_stays_in_its_cell(qtbot: QtBot) -> None:
    view = table(qtbot)
    draw(view)
    for column in range(5):
        index = view.model().index(TEXTS.index(LONG), column)
        assert ink(view, index).right() <= 170 - 3
        assert ink(view, index).width() > 120


def test_colours_and_fonts_of_their_own_are_kept(qtbot: QtBot) -> None:
    view = table(qtbot)
    draw(view)
    model = view.model()

    def redness(column: int) -> int:
        colours = pixels(view, model.index(0, column))
        return int((colours[..., 2] - colours[..., 0]).max())

    assert redness(COLOURED) > redness(LEFT) + 60
    assert ink(view, model.index(0, FONTS)).width() > ink(view, model.index(0, LEFT)).width()


def test_the_chosen_row_is_seen_and_can_be_read(qtbot: QtBot) -> None:
    view = table(qtbot)
    draw(view)
    view.selectRow(0)
    ground = theme.colour("selection")
    for column in range(5):
        colours = pixels(view, view.model().index(0, column))
        assert colours[-1, -1].tolist() == [ground.blue(), ground.green(), ground.red()]
        assert not ink(view, view.model().index(0, column)).isEmpty()
    assert pixels(view, view.model().index(1, LEFT))[-1, -1].tolist() != [ground.blue(), ground.green(), ground.red()]


def test_the_side_of_a_column_is_that_of_its_model(qtbot: QtBot) -> None:
    view = table(qtbot)
    draw(view)
    assert ink(view, view.model().index(0, LEFT)).left() < 10
    assert ink(view, view.model().index(0, RIGHT)).right() > 160
