"""A list for somebody new, and items that came after the training, as an analyst meets them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from core import workflow
from core.fitting import TrainSettings
from core.progress import Progress
from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.dialogs.new_user import NewUser
from desktop_app.pages.recommendations import RecommendationsPage
from desktop_app.state import AppState
from desktop_app.widgets.recommendation_table import TITLE
from tests.shop import open_shop

SOON = 20_000
HYBRID: dict[str, dict[str, object]] = {"hybrid": {"components": ["popularity", "transitions", "content"]}}


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> Iterator[RecommendationsPage]:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        workflow.train(workspace, TrainSettings(model="hybrid", options=HYBRID), Progress())
        background, state = Background(), AppState()
        page = RecommendationsPage(state, background)
        state.setParent(page)
        qtbot.addWidget(page)
        page.resize(1200, 740)
        page.show()
        state.open(workspace, user=0)
        qtbot.waitUntil(lambda: len(page.table.list.rows) == 10, timeout=SOON)
        yield page
        qtbot.wait(50)
        background.close()


def _workspace(page: RecommendationsPage) -> Workspace:
    workspace = page._state.workspace
    assert workspace is not None
    return workspace


def test_a_word_in_no_title_offers_what_is_near_and_says_so(qtbot: QtBot, page: RecommendationsPage) -> None:
    page.new_user_action.trigger()
    dialog = page.findChild(NewUser)
    assert isinstance(dialog, NewUser)
    qtbot.waitUntil(lambda: len(dialog.table.list.rows) > 0, timeout=SOON)
    dialog.search.setFocus()
    qtbot.keyClicks(dialog.search, "furnitures")
    model = dialog.search.completer().completionModel()
    qtbot.waitUntil(lambda: model.rowCount() > 0, timeout=SOON)
    offered = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    assert all(name.startswith("≈ ") and name.endswith("(near in meaning)") for name in offered)
    assert "Lamp number" in offered[0]
    dialog.search.completer().activated[QModelIndex].emit(model.index(0, 0))
    assert dialog.likes.count() == 1
    assert "≈" not in dialog.likes.item(0).text()


def test_three_typed_likes_make_a_list_at_once(qtbot: QtBot, page: RecommendationsPage) -> None:
    page.new_user_action.trigger()
    dialog = page.findChild(NewUser)
    assert isinstance(dialog, NewUser)
    qtbot.waitUntil(lambda: len(dialog.table.list.rows) > 0, timeout=SOON)  # what most users choose
    assert "most users choose" in dialog.note.text()
    for count, name in enumerate(("lamp number 3", "lamp number 4", "i5"), 1):
        dialog.search.setFocus()
        qtbot.keyClicks(dialog.search, name)
        qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda count=count: dialog.likes.count() == count, timeout=SOON)  # type: ignore[misc]
    assert dialog.isVisible()  # Enter took what was found, and closed nothing
    assert dialog.chosen == (3, 4, 5)
    qtbot.waitUntil(lambda: dialog.table.list.rows[0].code == 6, timeout=SOON)
    rows = dialog.table.list.rows
    assert not {3, 4, 5} & {row.code for row in rows}
    for row in rows:
        assert row.base + sum(row.shares) == pytest.approx(row.score, abs=1e-4)
    assert "Made by" in dialog.note.text()
    dialog.likes.setCurrentRow(2)
    dialog.remove_action.trigger()
    assert dialog.chosen == (3, 4)
    qtbot.waitUntil(lambda: 5 in [row.code for row in dialog.table.list.rows], timeout=SOON)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_an_item_that_came_later_is_listed_and_said_to_be_new(qtbot: QtBot, page: RecommendationsPage) -> None:
    workspace = _workspace(page)
    with workspace.cursor() as cursor:
        cursor.execute("INSERT INTO items VALUES (24, 'late', 24, '第 25 号 Lamp number 25', '灯具', NULL, 3)")
        cursor.execute("UPDATE data_facts SET value = '\"grown\"' WHERE name = 'fingerprint'")
    page.choices.k.setValue(25)
    page._state.data_changed.emit()
    qtbot.waitUntil(lambda: any(row.fresh for row in page.table.list.rows), timeout=SOON)
    place = next(place for place, row in enumerate(page.table.list.rows) if row.fresh)
    index = page.table.list.index(place, TITLE)
    assert index.data() == "第 25 号 Lamp number 25  (new)"
    assert "New since training" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert [row.fresh for row in page.table.list.rows].count(True) == 1
    page.table.selectRow(place)
    qtbot.waitUntil(lambda: page.why.wanted is not None and page.why.wanted.item == 24, timeout=SOON)
