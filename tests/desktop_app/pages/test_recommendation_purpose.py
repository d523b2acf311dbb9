"""Ranking for a purpose in the window: target, sliders, rules, saving, cost, and the way into a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from core import workflow
from core.fitting import TrainSettings
from core.progress import Progress
from core.recommend.policy import ANYTHING, KIND, Policy
from desktop_app.background import Background
from desktop_app.dialogs.export import ExportDialog
from desktop_app.dialogs.name_taken import NameTaken
from desktop_app.pages.recommendations import RecommendationsPage
from desktop_app.parts import recommendation_purpose, recommendation_work, segments_work
from desktop_app.state import AppState
from desktop_app.widgets.commands import of_page
from tests.desktop_app.menus import open_menu
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
    panel.excluded.names.search.setText("灯")
    qtbot.keyClick(panel.excluded.names.search, Qt.Key.Key_Return)
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
        menu = open_menu(page.table, row)
        next(action for action in menu.actions() if action.text().startswith(words)).trigger()
        menu.close()
        qtbot.waitUntil(lambda: _codes(page)[0] == fifth.code, timeout=SOON)
    qtbot.waitUntil(lambda: first.code not in _codes(page), timeout=SOON)
    assert page.purposes.panel.policy == Policy(pinned=(fifth.id,), banned=(first.id,))
    page.purposes.panel.clear_actions["banned"].trigger()
    qtbot.waitUntil(lambda: first.code in _codes(page), timeout=SOON)


def test_the_menu_key_offers_what_is_of_the_current_row(qtbot: QtBot, page: RecommendationsPage) -> None:
    second = page.table.list.rows[1]
    page.table.selectRow(1)
    menu = open_menu(page.table)
    assert page.table.currentIndex().row() == 1
    next(action for action in menu.actions() if action.text().startswith("Ban")).trigger()
    menu.close()
    qtbot.waitUntil(lambda: second.code not in _codes(page), timeout=SOON)
    assert page.purposes.panel.policy == Policy(banned=(second.id,))


def test_pins_and_bans_are_commands_about_the_current_row(qtbot: QtBot, page: RecommendationsPage) -> None:
    page.purposes.action.trigger()  # a rule shows the panel again
    fourth, pin = page.table.list.rows[3], page.purposes.pin_action
    page.table.selectRow(3)
    commands = {command.name: command for command in of_page(page, "Recommendations")}
    assert commands["recommendations.pin"].text == "Pin on top of every list"
    commands["recommendations.pin"].run()
    assert page.purposes.panel.isVisible()
    qtbot.waitUntil(lambda: _codes(page)[0] == fourth.code, timeout=SOON)
    assert page.table.currentIndex().row() == 0  # the choice stays on the item
    assert pin.text() == "Pin no more"
    pin.trigger()
    qtbot.waitUntil(lambda: _codes(page)[3] == fourth.code, timeout=SOON)
    page.table.selectRow(0)
    first = page.table.list.rows[0]
    commands["recommendations.ban"].run()
    qtbot.waitUntil(lambda: first.code not in _codes(page), timeout=SOON)
    assert page.purposes.panel.policy == Policy(banned=(first.id,))
    page._state.open(None)
    assert not pin.isEnabled()


def test_items_outside_the_list_are_found_and_pinned_and_banned(qtbot: QtBot, page: RecommendationsPage) -> None:
    catalogue, panel = page._state.workspace.catalogue(), page.purposes.panel  # type: ignore[union-attr]
    ids = catalogue.ids.to_pylist()
    # Ids of two letters, which no language model is asked about.
    outside = [name for code, name in enumerate(ids[:10]) if code not in _codes(page)]
    inside = next(row for row in page.table.list.rows if row.code < 10)
    for rule, name in (("pinned", outside[0]), ("banned", inside.id)):
        field = panel.lists[rule].search
        field.setFocus()
        field.setText(name)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda rule=rule, name=name: getattr(panel.policy, rule) == (name,), timeout=SOON)
        assert field.text() == ""
    qtbot.waitUntil(lambda: _codes(page)[0] == ids.index(outside[0]), timeout=SOON)
    qtbot.waitUntil(lambda: inside.code not in _codes(page), timeout=SOON)
    panel.clear_actions["pinned"].trigger()
    qtbot.waitUntil(lambda: ids.index(outside[0]) not in _codes(page), timeout=SOON)


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
    dialog = ExportDialog(page._state, page._background, run, policy="spring", parent=page)
    dialog.path.setText(str(tmp_path / "lists.parquet"))
    dialog.format.setCurrentIndex(dialog.format.findData(".parquet"))
    dialog._start()
    qtbot.waitUntil(lambda: (tmp_path / "lists.parquet").exists(), timeout=SOON)
    rows = pq.read_table(tmp_path / "lists.parquet").to_pylist()
    assert [row["item_id"] for row in rows] == [row.id for row in page.table.list.rows]
    panel.forget_action.trigger()
    qtbot.waitUntil(lambda: workspace.saved.names(KIND) == [], timeout=SOON)


def test_the_list_on_the_page_is_what_is_exported(qtbot: QtBot, page: RecommendationsPage, tmp_path: Path) -> None:
    before = _codes(page)
    page.purposes.panel.sliders["diversity"].setValue(90)
    qtbot.waitUntil(lambda: _codes(page) != before, timeout=SOON)
    page._export()
    dialog = page.findChild(ExportDialog)
    assert dialog is not None
    assert dialog.policy.currentText() == "As on the page, not saved"
    dialog.all_the_same.click()
    dialog.format.setCurrentIndex(dialog.format.findData(".parquet"))
    dialog.path.setText(str(tmp_path / "lists.parquet"))
    qtbot.waitUntil(dialog.export_button.isEnabled, timeout=SOON)
    dialog.export_button.click()
    qtbot.waitUntil((tmp_path / "lists.parquet").exists, timeout=SOON)
    rows = pq.read_table(tmp_path / "lists.parquet").to_pylist()
    assert [row["item_id"] for row in rows] == [row.id for row in page.table.list.rows]
    dialog.close()


def test_a_saved_policy_that_was_changed_is_exported_as_it_is_on_the_page(
    qtbot: QtBot, page: RecommendationsPage
) -> None:
    panel = page.purposes.panel

    def offered() -> str:
        page._export()
        dialog = page.findChild(ExportDialog)
        assert dialog is not None
        text = dialog.policy.currentText()
        dialog.close()
        QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
        return text

    panel.pin("i3")
    assert offered() == "As on the page, not saved"
    qtbot.keyClicks(panel.name, "summer")
    panel.keep_action.trigger()
    qtbot.waitUntil(lambda: panel.saved.currentData() == "summer", timeout=SOON)
    assert offered() == "summer"
    panel.pin("i5")
    assert offered() == "As on the page, not saved"
    panel.unpin("i5")
    assert offered() == "summer"
    panel.pin("i5")
    panel.saved.activated.emit(panel.saved.currentIndex())  # it is taken as it was saved
    qtbot.waitUntil(lambda: offered() == "summer", timeout=SOON)
    panel.forget_action.trigger()
    qtbot.waitUntil(lambda: not panel.saved.currentData(), timeout=SOON)
    assert offered() == "As on the page, not saved"


def test_a_saved_policy_is_not_replaced_before_that_is_asked(qtbot: QtBot, page: RecommendationsPage) -> None:
    panel, workspace = page.purposes.panel, page._state.workspace
    assert workspace is not None
    saved = workspace.saved

    def save(name: str, popularity: int) -> None:
        panel.sliders["popularity"].setValue(popularity)
        panel.name.setText(name)
        panel.keep_action.trigger()

    def strength(name: str) -> object:
        return (saved.get(KIND, name) or {}).get("popularity")

    def answer(name: str) -> None:
        qtbot.waitUntil(lambda: page.findChild(NameTaken) is not None, timeout=SOON)
        box = page.findChild(NameTaken)
        assert isinstance(box, NameTaken)
        assert box.text() == "“spring” is saved already."
        button = box.findChild(QPushButton, name)
        assert button is not None
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: page.findChild(NameTaken) is None, timeout=SOON)

    save("spring", 50)
    qtbot.waitUntil(lambda: panel.saved.currentData() == "spring", timeout=SOON)
    save("spring", 60)  # the one that is being worked on
    qtbot.waitUntil(lambda: strength("spring") == 0.6, timeout=SOON)
    save("summer", 70)
    qtbot.waitUntil(lambda: panel.saved.currentData() == "summer", timeout=SOON)
    save("spring", 80)
    answer("name_taken.both")
    qtbot.waitUntil(lambda: panel.saved.currentData() == "spring (2)", timeout=SOON)
    assert (strength("spring"), strength("spring (2)")) == (0.6, 0.8)
    save("spring", 90)
    answer("name_taken.replace")
    qtbot.waitUntil(lambda: strength("spring") == 0.9, timeout=SOON)
    qtbot.waitUntil(lambda: panel.saved.currentData() == "spring", timeout=SOON)
    assert saved.names(KIND) == ["spring", "spring (2)", "summer"]


def test_what_was_measured_before_a_policy_is_saved_is_kept_with_it(qtbot: QtBot, page: RecommendationsPage) -> None:
    panel, workspace = page.purposes.panel, page._state.workspace
    assert workspace is not None
    panel.sliders["popularity"].setValue(50)
    panel.measure_action.trigger()
    qtbot.waitUntil(panel.cost_table.isVisible, timeout=SOON)
    words = panel.cost_words.text()
    for name in ("spring", "spring again"):
        panel.name.setText(name)
        panel.keep_action.trigger()
        qtbot.waitUntil(lambda name=name: panel.saved.currentData() == name, timeout=SOON)
    panel.sliders["popularity"].setValue(60)  # another policy, which was not measured
    panel.name.setText("summer")
    panel.keep_action.trigger()
    qtbot.waitUntil(lambda: panel.saved.currentData() == "summer", timeout=SOON)
    assert "costs" not in (workspace.saved.get(KIND, "summer") or {})
    for name in ("spring", "spring again"):
        place = panel.saved.findData(name)
        panel.saved.setCurrentIndex(place)
        panel.saved.activated.emit(place)
        qtbot.waitUntil(lambda: panel.cost_words.text() == words, timeout=SOON)
        panel.show_cost(None)


def test_a_list_of_stock_is_read(qtbot: QtBot, page: RecommendationsPage, tmp_path: Path) -> None:
    file = tmp_path / "stock.csv"
    file.write_text("item,number\ni3,4\ni4,1\nother,1\n", encoding="utf-8")
    page.purposes.read_stock(file)
    qtbot.waitUntil(lambda: sorted(row.id for row in page.table.list.rows) == ["i3", "i4"], timeout=SOON)
    told = page.purposes.panel.cost_words.text()
    assert told.startswith("1 id")
    assert "stock.csv" in told
    assert told.endswith("such as other.")
    file.write_text("商品ID\t数量\ni5\t4\n没有\t1\ni6\t2\n", encoding="gbk")
    page.purposes.read_stock(file)
    qtbot.waitUntil(lambda: sorted(row.id for row in page.table.list.rows) == ["i5", "i6"], timeout=SOON)
    assert "没有" in page.purposes.panel.cost_words.text()
    file.write_text("nothing\n", encoding="utf-8")
    page.purposes.read_stock(file)
    qtbot.waitUntil(lambda: "holds no id" in page.purposes.panel.cost_words.text(), timeout=SOON)


def test_boxes_offer_each_of_several_categories_of_an_item(tmp_path: Path) -> None:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        with workspace.cursor() as cursor:
            cursor.execute("UPDATE items SET category = 'Comedy|Romance' WHERE code % 2 = 0")
        tags = ("Comedy", "Romance", "灯具")
        assert recommendation_work.setting(workspace, Progress()).categories == tags
        assert recommendation_purpose._offer(workspace, Progress()).categories == tags
        assert segments_work.read(workspace, Progress()).offer.categories == tags


def test_items_that_a_search_found_are_not_offered_in_another_workspace(
    qtbot: QtBot, page: RecommendationsPage
) -> None:
    field = page.purposes.panel.lists["banned"].search
    qtbot.keyClicks(field, "i5")
    qtbot.waitUntil(lambda: bool(field._found), timeout=SOON)
    page._state.open(None)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == ""
    assert page.purposes.policy is None
