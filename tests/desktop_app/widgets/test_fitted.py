"""Columns are as wide as Qt would make them, and measured when their texts change and at no other time."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QTableWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop_app.widgets.fitted import Fitted

FEW = [["a lamp", "1", "of some width"], ["b", "22.50", ""]]


class Model(QAbstractTableModel):
    """Texts, and how often a table asked for anything of them."""

    def __init__(self) -> None:
        super().__init__()
        self.texts, self.asked = FEW, 0

    def rowCount(self, parent: Any = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.texts)

    def columnCount(self, parent: Any = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        self.asked += 1
        return self.texts[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    def show_texts(self, texts: list[list[str]]) -> None:
        self.beginResetModel()
        self.texts = texts
        self.endResetModel()


def table(qtbot: QtBot, fitted: bool = True) -> tuple[QTableView, Model]:
    view, model = QTableView(), Model()
    model.setParent(view)
    view.setModel(model)
    if fitted:
        Fitted(view, (0, 1, 2))
    else:
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    qtbot.addWidget(view)
    view.resize(500, 200)
    return view, model


def widths(view: QTableView) -> list[int]:
    return [view.columnWidth(column) for column in range(3)]


@pytest.mark.parametrize("style", ["", "QTableView::item { padding: 0 20px; } QTableView { font-size: 22pt; }"])
@pytest.mark.parametrize("texts", [FEW, [["a name that is longer than all others", "-0.000001", ""]] * 40, []])
def test_they_are_as_wide_as_qt_would_make_them(qtbot: QtBot, texts: list[list[str]], style: str) -> None:
    ours, qts = table(qtbot), table(qtbot, fitted=False)
    for view, model in (ours, qts):
        view.show()
        view.setStyleSheet(style)
        model.show_texts(texts)
    qtbot.waitUntil(lambda: widths(ours[0]) == widths(qts[0]), timeout=5000)


def test_one_that_is_shown_later_or_comes_back_is_measured_then(qtbot: QtBot) -> None:
    view, model = table(qtbot)
    view.setColumnHidden(2, True)
    model.show_texts([["x" * 30, "1", "y" * 20]])
    view.show()
    assert view.columnWidth(0) > view.fontMetrics().horizontalAdvance("x" * 30)
    view.setColumnHidden(2, False)
    qtbot.waitUntil(lambda: view.columnWidth(2) > view.fontMetrics().horizontalAdvance("y" * 20), timeout=5000)


def test_a_cell_that_changes_is_measured(qtbot: QtBot) -> None:
    view, model = table(qtbot)
    view.show()
    model.texts = [["z" * 40, "1", ""], FEW[1]]
    model.dataChanged.emit(model.index(0, 0), model.index(0, 0))
    qtbot.waitUntil(lambda: view.columnWidth(0) > view.fontMetrics().horizontalAdvance("z" * 40), timeout=5000)


def test_a_table_with_cells_of_its_own_goes_in_good_order(qtbot: QtBot) -> None:
    view = QTableWidget(2, 3)
    Fitted(view, (0, 1, 2))
    view.show()
    with qtbot.captureExceptions() as failed:
        view.deleteLater()
        qtbot.waitUntil(lambda: not isValid(view), timeout=5000)
    assert not failed


def test_another_size_of_the_table_asks_for_no_text(qtbot: QtBot) -> None:
    view, model = table(qtbot)
    view.show()
    model.show_texts(FEW * 500)
    qtbot.wait(50)
    model.asked = 0
    view.resize(400, 200)
    assert not model.asked
