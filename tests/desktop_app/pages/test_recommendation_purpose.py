"""Ranking for a purpose in the window: target, sliders, rules, saving, cost, and the way into a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from core import workflow
from core.fitting import TrainSettings
from core.progress import Progress
from core.recommend.policy import ANYTHING, KIND, Policy
from desktop_app.background import Background
from desktop_app.dialogs.export import ExportDialog
from desktop_app.pages.recommendations import RecommendationsPage
from desktop_app.state import AppState
from tests.shop import open_shop, read_before

SOON = 20_000


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> Iterator[RecommendationsPage]:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        read_before(workspace)
        workflow.train(workspace, TrainSettings(model="transitions", hide_seen=False), Progress())
        background, state = Background(), AppState()
        page = RecommendationsPage(state, background)
        state.setParent(page)
        qtbot.addWidget(page)
        page.resize(1280, 800)
        page.show()
        state.open(workspace, user=0)
        qtbot.waitUntil(lambda: len(page.table.list.rows) == 10, timeout=SOON)
        page.purposes.action.trigger()
        qtbot.waitUntil(lambda: page.purposes.panel.target.count() == 4, timeout=SOON)
        yield page
        qtbot.wait(50)
        background.close()


def _codes(page: RecommendationsPage) -> list[int]:
    return [row.code for row in page.table.list.rows]


def test_sliders_and_rules_change_the_list(qtbot: QtBot, page: RecommendationsPage) -> None:
    before, panel = _codes(page), page.purposes.panel
    assert panel.isVisible()
    panel.sliders["diversity"].setValue(80)
    qtbot.waitUntil(lambda: _codes(page) != before, timeout=SOON)
    assert "In the order of a policy" in page.maker.text()
    panel.sliders["diversity"].setFocus()
    qtbot.keyClick(panel.sliders["diversity"], Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: _codes(page) == before, timeout=SOON)
    panel.most.setValue(2)
    qtbot.waitUntil(lambda: len(page.table.list.rows) == 4, timeout=SOON)  # two of each of the two categories
    panel.most.setValue(0)
    next(action for action in panel.excluded.menu().actions() if action.text() == "灯具").setChecked(True)
    qtbot.waitUntil(lambda: {row.category for row in page.table.list.rows} == {"Furniture"}, timeout=SOON)
    panel.dearest.setValue(20.0)
    qtbot.waitUntil(lambda: all(row.price <= 20 for row in page.table.list.rows), timeout=SOON)
    assert panel.policy == Policy(excluded=("灯具",), dearest=20.0)
    page.purposes.action.trigger()
    qtbot.waitUntil(lambda: _codes(page) == before, timeout=SOON)
    assert "policy" not in page.maker.text()


def test_pins_and_bans_come_from_the_menu_of_a_row(qtbot: QtBot, page: RecommendationsPage) -> None:
    first, fifth = page.table.list.rows[0], page.table.list.rows[4]
    for row, words in ((4, "Pin"), (1, "Ban")):
        page.table.customContextMenuRequested.emit(page.table.visualRect(page.table.list.index(row, 2)).center())
        menu = page.table.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)[-1]
        next(action for action in menu.actions() if action.text().startswith(words)).trigger()
        menu.close()
        qtbot.waitUntil(lambda: _codes(page)[0] == fifth.code, timeout=SOON)
    qtbot.waitUntil(lambda: first.code not in _codes(page), timeout=SOON)
    assert page.purposes.panel.policy == Policy(pinned=(fifth.id,), banned=(first.id,))
    page.purposes.panel.clear_actions["banned"].trigger()
    qtbot.waitUntil(lambda: first.code in _codes(page), timeout=SOON)


def test_a_target_tells_chances_and_how_reliable_they_are(qtbot: QtBot, page: RecommendationsPage) -> None:
    before, panel = _codes(page), page.purposes.panel
    panel.target.setCurrentIndex(panel.target.findData(ANYTHING))
    panel.target.activated.emit(panel.target.currentIndex())
    qtbot.waitUntil(lambda: bool(np.isfinite([row.chance for row in page.table.list.rows]).all()), timeout=SOON)
    assert _codes(page) == before
    qtbot.waitUntil(panel.plot.isVisible, timeout=SOON)
    assert "Fitted on 60 validation cases" in panel.reliable.text()
    assert "came true" in panel.plot.toolTip()
    assert not panel.plot.grab().isNull()
    panel.target.setCurrentIndex(panel.target.findData("purchase"))
    panel.target.activated.emit(panel.target.currentIndex())
    qtbot.waitUntil(lambda: "at least 10 are needed" in panel.reliable.text(), timeout=SOON)


def test_a_policy_is_saved_measured_exported_and_forgotten(
    qtbot: QtBot, page: RecommendationsPage, tmp_path: Path
) -> None:
    panel, workspace = page.purposes.panel, page._state.workspace
    assert workspace is not None
    before = _codes(page)
    panel.sliders["diversity"].setValue(90)
    qtbot.waitUntil(lambda: _codes(page) != before, timeout=SOON)
    qtbot.keyClicks(panel.name, "spring")
    panel.keep_action.trigger()
    qtbot.waitUntil(lambda: panel.saved.currentData() == "spring", timeout=SOON)
    panel.measure_action.trigger()
    qtbot.waitUntil(panel.cost_table.isVisible, timeout=SOON)
    assert "60 of 60 test cases" in panel.cost_words.text()
    qtbot.waitUntil(lambda: "costs" in (workspace.saved.get(KIND, "spring") or {}), timeout=SOON)
    panel.saved.setCurrentIndex(0)
    panel.saved.activated.emit(0)
    qtbot.waitUntil(lambda: _codes(page) == before, timeout=SOON)
    assert not panel.cost_table.isVisible()
    panel.saved.setCurrentIndex(1)
    panel.saved.activated.emit(1)
    qtbot.waitUntil(panel.cost_table.isVisible, timeout=SOON)  # its cost is kept with it
    qtbot.waitUntil(lambda: _codes(page) != before, timeout=SOON)

    run = page._setting.run
    assert run is not None
    dialog = ExportDialog(page._state, page._background, run, parent=page)
    dialog.choose_policy("spring")
    dialog.path.setText(str(tmp_path / "lists.parquet"))
    dialog.format.setCurrentIndex(dialog.format.findData(".parquet"))
    dialog._start()
    qtbot.waitUntil(lambda: (tmp_path / "lists.parquet").exists(), timeout=SOON)
    rows = pq.read_table(tmp_path / "lists.parquet").to_pylist()
    assert [row["item_id"] for row in rows] == [row.id for row in page.table.list.rows]
    panel.forget_action.trigger()
    qtbot.waitUntil(lambda: workspace.saved.names(KIND) == [], timeout=SOON)


def test_a_list_of_stock_is_read(qtbot: QtBot, page: RecommendationsPage, tmp_path: Path) -> None:
    file = tmp_path / "stock.csv"
    file.write_text("item,number\ni3,4\ni4,1\nother,1\n", encoding="utf-8")
    page.purposes.read_stock(file)
    qtbot.waitUntil(lambda: sorted(row.id for row in page.table.list.rows) == ["i3", "i4"], timeout=SOON)
    file.write_text("nothing\n", encoding="utf-8")
    page.purposes.read_stock(file)
    qtbot.waitUntil(lambda: "holds no id" in page.purposes.panel.cost_words.text(), timeout=SOON)
