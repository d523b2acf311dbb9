"""What a page shows becomes parts of a report: its attention as a whole map and a table of what is looked at most."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app import theme, translation
from desktop_app.widgets import report_parts
from desktop_app.widgets.attention_map import WIDEST, Attention, AttentionMap
from desktop_app.widgets.figure_table import heat_colour
from desktop_app.widgets.report_parts import MOST_LOOKED_AT, SHARPNESS, page_parts, whole

EVENTS = 20


def shown() -> Attention:
    weights = np.full((3, EVENTS), 0.01, dtype=np.float32)
    weights[1, 4], weights[2, 4], weights[0, 7] = 0.8, 0.2, 0.5
    heads = ((1, 1, 1), (1, 1, 2), (1, 2, 1))
    return Attention(heads, tuple(f"event {event}" for event in range(EVENTS)), weights, tuple(range(EVENTS)))


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """A page on which there is little room for the map."""
    page = QWidget()
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(AttentionMap(shown()))
    page.resize(180, 200)
    page.show()
    qtbot.waitExposed(page)
    return page


def test_the_events_that_get_most_are_named_with_the_head_that_looks_hardest(page: QWidget) -> None:
    part = next(part for part in whole(page_parts(page)) if part.heading == "Where the attention looks")
    assert part.columns == ("Past event", "Share of all heads' looks", "Most by one head")
    assert len(part.rows) == MOST_LOOKED_AT
    assert part.rows[0] == ("event 4", "34 %", "80 % (L1 H2)")
    assert part.rows[1] == ("event 7", "17 %", "50 % (L1 H1)")
    assert "Network 1, layer 1, head 2 gives 80 % of what it looks at to event 4" in part.note


def test_pictures_are_packed_by_who_writes_the_report(page: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    packed: list[int] = []

    def pack(image: QImage) -> bytes:
        packed.append(image.width())
        return b"packed"

    monkeypatch.setattr(report_parts, "png", pack)
    parts = tuple(page_parts(page))  # in the window's thread, which a large picture would hold up for a second
    assert not packed
    assert [part.picture for part in whole(parts) if part.picture] == [b"packed"] * 2  # the page and its map
    assert packed[0] == page.width()


def test_the_map_is_whole_and_its_colours_are_those_of_the_shares(page: QWidget) -> None:
    grid = page.findChild(AttentionMap).grid  # type: ignore[union-attr]
    QTest.keyClick(grid, Qt.Key.Key_Home)
    part = next(part for part in whole(page_parts(page)) if part.heading == "Where the attention looks")
    image = QImage.fromData(part.picture, "PNG")
    assert part.width > WIDEST * EVENTS > grid.width()
    assert image.width() == part.width * SHARPNESS
    left = part.width - 2 - WIDEST * EVENTS

    def colour(head: int, event: int) -> str:
        x, y = left + (event + 0.5) * WIDEST - 1, head * 16 + 8
        return image.pixelColor(round(x * SHARPNESS), round(y * SHARPNESS)).name()

    assert colour(1, 4) == heat_colour(1.0).name()
    assert colour(0, 7) == heat_colour(0.5 / 0.8).name()
    assert colour(2, 19) == heat_colour(0.01 / 0.8).name()
    assert grid.chosen == (0, 0) or grid.chosen == (1, 0)  # what the analyst reads stays as it is


def test_nothing_is_told_of_a_map_that_is_not_in_view(page: QWidget) -> None:
    page.findChild(AttentionMap).hide()  # type: ignore[union-attr]
    assert not [part for part in whole(page_parts(page)) if part.heading == "Where the attention looks"]


def test_in_chinese_and_in_the_dark(page: QWidget) -> None:
    try:
        translation.choose("zh_CN")
        theme.choose("dark")
        part = next(part for part in whole(page_parts(page)) if part.heading == "注意力看向哪里")
        corner = QImage.fromData(part.picture, "PNG").pixelColor(1, 1)
        assert corner == theme.colour("panel")
    finally:
        translation.choose("en")
        theme.choose("light")
    assert part.note.startswith("最后的事件在最右；颜色越浓，占比越大。")
