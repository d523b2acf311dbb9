"""A field that offers items: those that hold what was typed first, then those that come near."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from desktop_app.widgets.search_field import SearchField


@pytest.fixture
def field(qtbot: QtBot) -> SearchField:
    field = SearchField()
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    return field


def offered(field: SearchField) -> list[str]:
    model = field.completer().completionModel()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_what_is_near_stands_below_and_says_so(field: SearchField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "alien")
    field.offer_near("alien", [("Predator", 7)])
    field.offer([("Aliens", 3)])
    assert offered(field) == ["Aliens", "≈ Predator  (near in meaning)"]
    with qtbot.waitSignal(field.chosen) as chosen:
        field.completer().activated[QModelIndex].emit(field.completer().completionModel().index(1, 0))
    assert chosen.args == [7]


def test_what_is_near_to_an_older_text_is_dropped(field: SearchField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "alien")
    field.offer_near("alie", [("Predator", 7)])
    field.offer([("Aliens", 3)])
    assert offered(field) == ["Aliens"]


def test_enter_takes_only_what_holds_the_text(field: SearchField, qtbot: QtBot) -> None:
    taken: list[int] = []
    field.chosen.connect(taken.append)
    qtbot.keyClicks(field, "monster")
    field.offer([])
    field.offer_near("monster", [("Predator", 7)])
    qtbot.keyClick(field, Qt.Key.Key_Return)
    field.offer([])
    assert taken == []
    qtbot.keyClick(field, Qt.Key.Key_Return)
    field.offer([("Monsters", 5)])
    assert taken == [5]


def test_enter_presses_no_button_of_the_dialog_around_it(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    field, button = SearchField(), QPushButton("Previous")
    layout = QVBoxLayout(dialog)
    layout.addWidget(field)
    layout.addWidget(button)
    pressed: list[bool] = []
    button.clicked.connect(pressed.append)
    dialog.show()
    field.setFocus()
    qtbot.keyClicks(field, "r 17")
    qtbot.keyClick(field, Qt.Key.Key_Return)  # before the answer is there
    chosen: list[int] = []
    field.chosen.connect(chosen.append)
    field.offer([("user 17", 17)])
    assert chosen == [17]
    assert pressed == []
