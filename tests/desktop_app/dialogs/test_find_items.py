"""Items found in words, as an analyst asks for them: what was understood, why, and where one leads."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core import workflow
from core.analysis.conditions import Chosen, Segment
from core.fitting import TrainSettings
from core.progress import Progress
from core.workspace import Workspace
from desktop_app.app import Desk
from desktop_app.dialogs.find_items import FindItems
from desktop_app.dialogs.new_user import NewUser
from desktop_app.pages.timeline import TimelinePage
from desktop_app.widgets.found_items import CATEGORY, ITEM, NEAR, WHY
from tests.desktop_app.children import children
from tests.shop import open_shop

SOON = 20_000


@pytest.fixture
def shop(desk: Desk, tmp_path: Path, qtbot: QtBot) -> Workspace:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        workflow.train(workspace, TrainSettings(model="transitions"), Progress())
    desk.open_workspace(tmp_path / "shop.seqlens")
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=SOON)
    workspace = desk.state.workspace
    assert workspace is not None
    return workspace


@pytest.fixture
def dialog(desk: Desk, shop: Workspace) -> FindItems:
    assert shop.timed
    desk.window.actions_by_name["find-items"].trigger()
    found = desk.window.findChild(FindItems)
    assert isinstance(found, FindItems)
    return found


def ask(qtbot: QtBot, dialog: FindItems, text: str) -> None:
    dialog.entry.clear()
    dialog.entry.setText(text)  # keys cannot be typed in Chinese
    qtbot.keyClick(dialog.entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "item" in dialog.note.text(), timeout=SOON)


def press(qtbot: QtBot, dialog: FindItems, name: str) -> None:
    button = dialog.findChild(QPushButton, f"find_items.{name}.button")
    qtbot.waitUntil(button.isEnabled, timeout=SOON)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def chips(dialog: FindItems) -> list[QPushButton]:
    return children(dialog.chips, QPushButton)


def cell(dialog: FindItems, row: int, column: int) -> str:
    return str(dialog.model.index(row, column).data())


def test_english_and_chinese_words_find_items_and_say_why(qtbot: QtBot, dialog: FindItems) -> None:
    ask(qtbot, dialog, "lamp number 17")
    assert cell(dialog, 0, ITEM) == "第 17 号 Lamp number 17"
    assert "“lamp”" in cell(dialog, 0, WHY)
    assert "“17”" in cell(dialog, 0, WHY)
    assert 0 < float(cell(dialog, 0, NEAR)) <= 1
    ask(qtbot, dialog, "灯具，20 元以下")
    assert [chip.text() for chip in chips(dialog)] == ["Price at most 20  ✕", "Only 灯具  ✕"]
    assert dialog.note.text() == "5 items"  # those of 10.5 to 18.5
    assert {cell(dialog, row, CATEGORY) for row in range(dialog.model.rowCount())} == {"灯具"}
    assert "is of 灯具" in cell(dialog, 0, WHY)
    qtbot.mouseClick(chips(dialog)[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.note.text() == "12 items", timeout=SOON)
    assert len(chips(dialog)) == 1


def test_what_is_not_understood_or_says_nothing_of_items_is_told(qtbot: QtBot, dialog: FindItems) -> None:
    ask(qtbot, dialog, "xyzzy")
    assert dialog.missed.text() == "Not understood: “xyzzy”"
    assert dialog.missed.isVisible()
    assert dialog.model.rowCount() == 0
    assert not dialog.filter_action.isEnabled()
    ask(qtbot, dialog, "furniture, nothing seen, at most 5")
    assert "Says nothing of items" in dialog.missed.text()
    assert dialog.model.rowCount() == 12


def test_an_item_leads_to_its_users_and_they_to_the_timeline(
    qtbot: QtBot, desk: Desk, shop: Workspace, dialog: FindItems
) -> None:
    ask(qtbot, dialog, "i3")
    assert cell(dialog, 0, ITEM) == "第 3 号 Lamp number 3"
    qtbot.waitUntil(lambda: dialog.who.rowCount() > 0, timeout=SOON)
    log = shop.log()
    having = set(log.user[log.item == 3].tolist())
    assert set(dialog.who.codes.tolist()) == having
    assert dialog.who_note.text() == f"{len(having)} users with events of “第 3 号 Lamp number 3”"
    dialog.users.selectRow(2)
    assert desk.state.user == int(dialog.who.codes[2])
    press(qtbot, dialog, "timeline")
    qtbot.waitUntil(lambda: isinstance(desk.window.stack.currentWidget(), TimelinePage), timeout=SOON)
    press(qtbot, dialog, "filter")
    page = desk.window.stack.page("timeline")
    assert isinstance(page, TimelinePage)
    qtbot.waitUntil(lambda: page.filter.found.text().startswith("1 of 12"), timeout=SOON)
    assert page.filter.isVisible()
    press(qtbot, dialog, "save")
    name = "第 3 号 Lamp number 3"
    qtbot.waitUntil(lambda: name in shop.saved.names("segment"), timeout=SOON)
    body = shop.saved.get("segment", name)
    assert body is not None
    assert Segment.from_dict(body) == Segment((Chosen(tuple(sorted(having))),))


def test_an_item_becomes_the_first_like_of_somebody_new(qtbot: QtBot, dialog: FindItems) -> None:
    ask(qtbot, dialog, "furniture number 4")
    press(qtbot, dialog, "like")
    new = dialog.findChild(NewUser)
    assert isinstance(new, NewUser)
    assert new.chosen == (4,)
    assert new.likes.item(0).text() == "第 4 号 Lamp number 4"
    qtbot.waitUntil(lambda: "serving fit" in new.note.text(), timeout=SOON)
    assert new.table.model().rowCount() > 0


def test_it_is_reached_from_the_keyboard_and_closes_with_the_workspace(
    qtbot: QtBot, desk: Desk, dialog: FindItems
) -> None:
    assert desk.window.actions_by_name["find-items"].isEnabled()
    assert dialog.entry.hasFocus() or dialog.focusWidget() is dialog.entry
    ask(qtbot, dialog, "lamp number 5")
    qtbot.waitUntil(lambda: dialog.who.rowCount() > 0, timeout=SOON)
    dialog.users.selectRow(0)
    dialog.users.setFocus()
    with qtbot.waitSignal(dialog.timeline_asked, timeout=SOON):
        qtbot.keyClick(dialog.users, Qt.Key.Key_Return)
    with qtbot.waitSignal(dialog.rejected, timeout=SOON):
        desk.state.open(None)
    assert not desk.window.actions_by_name["find-items"].isEnabled()
