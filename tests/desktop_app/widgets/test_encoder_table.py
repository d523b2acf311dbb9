"""The table of text encoders shows what was measured where a narrow window has room for it, and whole."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from pytestqt.qtbot import QtBot

from core.language.cards import Card
from core.language.reading import Reading
from core.trying import Tried
from desktop_app.widgets.columns import Columns, shown_columns
from desktop_app.widgets.encoder_table import NDCG, NGRAMS, SPEED, Encoder, EncoderTable
from desktop_app.widgets.model_table import GAP, LANGUAGES, NAME, SIZE

CARD = Card("", "all-MiniLM-L6-v2", 92_000_000, ("en",), 384, 512, False, Reading())
TRIED = Tried("made", False, 0.0487, 0.0307, 0.0693, 0.0023, 349, 2000)


@pytest.fixture
def table(qtbot: QtBot) -> EncoderTable:
    table = EncoderTable()
    qtbot.addWidget(table)
    table.resize(400, 200)
    table.show()
    table.show_rows([Encoder("", CARD, chosen=True, speed=74, tried=TRIED), Encoder(NGRAMS, tried=TRIED)])
    return table


def test_what_was_measured_stands_in_front(table: EncoderTable) -> None:
    header = table.horizontalHeader()
    order = [header.logicalIndex(place) for place in range(header.count())]
    assert order[:4] == [NAME, LANGUAGES, NDCG, SPEED]
    assert order[-1] == SIZE
    assert table.columnViewportPosition(NDCG) + table.columnWidth(NDCG) <= table.viewport().width()
    assert table.columnWidth(NAME) >= table.sizeHintForColumn(NAME) + GAP


def test_how_sure_a_figure_is_stands_behind_it_and_neither_is_cut(table: EncoderTable) -> None:
    assert table.rows.index(0, NDCG).data() == "0.0487 ± 0.0193"
    bold = QFont(table.font())
    bold.setBold(True)
    small = QFont(bold)
    small.setPointSizeF(bold.pointSizeF() * 0.82)
    wanted = QFontMetrics(bold).horizontalAdvance("0.0487") + QFontMetrics(small).horizontalAdvance("±0.0193")
    assert table.columnWidth(NDCG) >= wanted + 10


def test_the_analyst_s_order_of_columns_is_found_again(qtbot: QtBot, table: EncoderTable) -> None:
    made = shown_columns(table)
    qtbot.wait(10)  # until what was kept is asked for
    columns = table.findChild(Columns)
    assert isinstance(columns, Columns)
    columns.move(SPEED, -2)
    again = EncoderTable()
    qtbot.addWidget(again)
    moved = [NAME, SPEED, LANGUAGES, NDCG]
    qtbot.waitUntil(lambda: shown_columns(again)[:4] == moved, timeout=5000)
    kept = again.findChild(Columns)
    assert isinstance(kept, Columns)
    kept.reset()
    assert shown_columns(again) == made
