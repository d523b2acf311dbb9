"""Giving feedback on a list as an analyst does: clicks on thumbs, keys, the menu, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from core import workflow
from core.fitting import TrainSettings
from core.progress import Progress
from core.recommend.feedback import DAY
from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.pages.recommendations import RecommendationsPage
from desktop_app.state import AppState
from desktop_app.widgets.recommendation_table import SAID
from tests.desktop_app.menus import open_menu
from tests.shop import open_shop

SOON = 20_000


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> Iterator[RecommendationsPage]:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        workflow.train(workspace, TrainSettings(model="transitions", hide_seen=False), Progress())
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


def _codes(page: RecommendationsPage) -> list[int]:
    return [row.code for row in page.table.list.rows]


def _click(qtbot: QtBot, page: RecommendationsPage, row: int, sign: str) -> None:
    cell = page.table.visualRect(page.table.list.index(row, SAID))
    place = page.table.thumbs.place(cell, sign).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def _verdicts(page: RecommendationsPage) -> dict[str, str]:
    return {entry.item: entry.verdict for entry in _workspace(page).feedback.of("user 00").values()}


def test_a_thumb_down_takes_the_item_out_and_can_be_taken_back(qtbot: QtBot, page: RecommendationsPage) -> None:
    before = _codes(page)
    first = page.table.list.rows[0]
    _click(qtbot, page, 0, "down")
    qtbot.waitUntil(lambda: first.code not in _codes(page), timeout=SOON)
    entry = _workspace(page).feedback.of("user 00")[first.id]
    assert (entry.verdict, entry.rank) == ("down", 1)
    assert entry.run == page._setting.run.id  # type: ignore[union-attr]
    assert entry.score == pytest.approx(first.score)
    assert page.feedback.bar.isVisible()
    assert "feedback" in page._listed.components  # type: ignore[union-attr]
    qtbot.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: _codes(page) == before, timeout=SOON)
    assert not page.feedback.bar.isVisible()
    assert _verdicts(page) == {}


def test_a_thumb_up_stays_and_is_taken_back_by_a_second_click(qtbot: QtBot, page: RecommendationsPage) -> None:
    page.choices.k.setValue(24)  # all items
    qtbot.waitUntil(lambda: len(page.table.list.rows) == 24, timeout=SOON)
    item = page.table.list.rows[4]
    _click(qtbot, page, 4, "up")
    qtbot.waitUntil(lambda: any(row.verdict == "up" for row in page.table.list.rows), timeout=SOON)
    assert _verdicts(page) == {item.id: "up"}
    place = next(place for place, row in enumerate(page.table.list.rows) if row.verdict == "up")
    page.table.scrollTo(page.table.list.index(place, SAID))
    assert page.table.list.index(place, SAID).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Thumb up")
    _click(qtbot, page, place, "up")
    qtbot.waitUntil(lambda: _verdicts(page) == {}, timeout=SOON)


def test_keys_menu_and_notes(qtbot: QtBot, page: RecommendationsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    item = page.table.list.rows[2]
    page.table.selectRow(2)
    page.table.setFocus()
    monkeypatch.setattr(QInputDialog, "getMultiLineText", lambda *_: ("has one", True))
    page.feedback.actions["note"].trigger()
    qtbot.waitUntil(lambda: _verdicts(page).get(item.id) == "note", timeout=SOON)
    qtbot.waitUntil(lambda: any(row.note == "has one" for row in page.table.list.rows), timeout=SOON)
    place = next(place for place, row in enumerate(page.table.list.rows) if row.note)
    menu = open_menu(page.table, place)
    inner = next(action.menu() for action in menu.actions() if action.menu() is not None)
    inner.actions()[0].trigger()  # type: ignore[attr-defined]
    menu.close()
    qtbot.waitUntil(lambda: item.code not in _codes(page), timeout=SOON)
    entry = _workspace(page).feedback.of("user 00")[item.id]
    assert (entry.verdict, entry.note) == ("later", "has one")
    assert entry.until == entry.time + DAY
    assert page.feedback.bar.isVisible()
