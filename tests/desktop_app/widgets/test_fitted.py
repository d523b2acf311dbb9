"""Columns are as wide as Qt would make them, and measured when their texts change and at no other time."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHeaderView, QTableView, QTableWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop_app.widgets.fitted import Fitted

FEW = [["a lamp", "1", "of some width"], ["b", "22.50", ""]]


class Model(QAbstractTableModel):
    """Texts, and how often a table asked for anything of them."""

    def __init__(self) -> None:
        super().__init__()
        self.texts, self.asked, self.bold = FEW, 0, -1

    def rowCount(self, parent: Any = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.texts)

    def columnCount(self, parent: Any = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        self.asked += 1
        if role == Qt.ItemDataRole.FontRole and index.row() == self.bold:
            font = QFont()
            font.setBold(True)
            return font
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


def test_wide_letters_and_bold_ones_count_for_more(qtbot: QtBot) -> None:
    ours, qts = table(qtbot), table(qtbot, fitted=False)
    for view, model in (ours, qts):
        model.bold = 4
        view.show()
        model.show_texts([["illicit little lilies", "-10.512", "English"]] * 9 + [["WWWMWWMWWMWW", "", "中文、英文"]])
    qtbot.waitUntil(lambda: widths(ours[0]) == widths(qts[0]), timeout=5000)


def test_texts_further_down_have_their_room(qtbot: QtBot) -> None:
    view, model = table(qtbot)
    view.show()
    model.show_texts(
        [["a", "9", "c"]] * 300 + [["a" * 20, "9", "c"]] + [["a", "9", "c"]] * 300 + [["a", "1,000,000", "c"]]
    )
    before = widths(view)
    assert before[1] > view.fontMetrics().horizontalAdvance("1,000,000")  # ranks are the longest at the end
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 300, timeout=5000)
    view.scrollTo(model.index(300, 0))
    qtbot.waitUntil(lambda: view.columnWidth(0) > view.fontMetrics().horizontalAdvance("a" * 20), timeout=5000)
    grown = widths(view)
    view.scrollToBottom()
    qtbot.wait(20)
    assert widths(view) == grown  # what had room keeps it
    assert grown[1:] == before[1:]


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
