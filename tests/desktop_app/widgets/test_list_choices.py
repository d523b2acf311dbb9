"""The line of choices above a ranked list."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QTableWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.widgets.list_choices import ListChoices


@pytest.mark.parametrize("width", [500, 640, 1100])
def test_no_choice_is_cut_however_narrow_the_window(qtbot: QtBot, width: int) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    choices = ListChoices(page)
    choices.set_categories(("Health & Household", "家居"))
    column.addWidget(choices)
    column.addWidget(QTableWidget(page), 1)
    page.resize(width, 400)
    page.show()
    qtbot.waitExposed(page)
    for field in (choices.k, choices.category, choices.fit, choices.hide_seen):
        corner = field.mapTo(choices, field.rect().bottomRight())
        assert corner.x() < choices.width()
        assert corner.y() < choices.height()
        assert field.width() >= field.minimumSizeHint().width()


def test_a_chosen_category_stays_where_it_is_among_others(qtbot: QtBot) -> None:
    choices = ListChoices()
    qtbot.addWidget(choices)
    assert not choices.category.isEnabled()
    choices.set_categories(("a", "b"))
    choices.category.setCurrentIndex(2)
    choices.set_categories(("b", "c"))
    assert choices.chosen_category == "b"
    choices.set_categories(("c",))
    assert choices.chosen_category is None
