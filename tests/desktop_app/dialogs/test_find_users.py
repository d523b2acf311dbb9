"""Users found in words, as an analyst asks for them: from the menu, the page of segments and the palette."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.analysis.conditions import CategoryShare, Chosen, EventCount, LastSeen, Segment
from core.workspace import Workspace
from desktop_app.app import Desk
from desktop_app.dialogs.find_users import FindUsers
from tests.desktop_app.children import children
from tests.desktop_app.paging import shown_page
from tests.shop import open_shop

SOON = 20_000


@pytest.fixture
def shop(desk: Desk, tmp_path: Path, qtbot: QtBot) -> Workspace:
    open_shop(tmp_path / "shop.seqlens").close()
    desk.open_workspace(tmp_path / "shop.seqlens")
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=SOON)
    workspace = desk.state.workspace
    assert workspace is not None
    return workspace


@pytest.fixture
def dialog(desk: Desk, shop: Workspace) -> FindUsers:
    assert shop.timed
    desk.window.actions_by_name["find-users"].trigger()
    found = desk.window.findChild(FindUsers)
    assert isinstance(found, FindUsers)
    return found


def ask(qtbot: QtBot, dialog: FindUsers, text: str) -> None:
    dialog.entry.setText(text)
    dialog.entry.setFocus()
    qtbot.keyClick(dialog.entry, Qt.Key.Key_Return)
    settled(qtbot, dialog)


def settled(qtbot: QtBot, dialog: FindUsers) -> None:
    qtbot.waitUntil(lambda: "user" in dialog.note.text(), timeout=SOON)


def chips(dialog: FindUsers) -> list[QPushButton]:
    return children(dialog.chips, QPushButton)


def test_what_is_understood_can_be_taken_away_and_the_rest_is_kept_as_a_segment(
    qtbot: QtBot, desk: Desk, shop: Workspace, dialog: FindUsers
) -> None:
    ask(qtbot, dialog, "people who viewed at least 11 things and were not seen for 4 days")
    assert [chip.text() for chip in chips(dialog)] == [
        "last active from 4 days before the end  ✕",
        "view: from 11  ✕",
    ]
    assert not dialog.missed.isVisible()
    few = dialog.model.rowCount()
    assert dialog.note.text() == f"{few} users"
    assert 0 < few < 60
    qtbot.mouseClick(chips(dialog)[0], Qt.MouseButton.LeftButton)
    settled(qtbot, dialog)
    assert len(chips(dialog)) == 1
    assert dialog.model.rowCount() == 60
    ask(qtbot, dialog, "people who viewed at least 11 things and were not seen for 4 days")
    dialog.save_action.trigger()
    name = "people who viewed at least 11 things and were not seen for 4"
    qtbot.waitUntil(lambda: name in shop.saved.names("segment"), timeout=SOON)
    body = shop.saved.get("segment", name)
    assert body is not None
    kept = Segment.from_dict(body)
    assert kept == Segment((LastSeen(4.0, None), EventCount("view", None, 11, None)))
    assert len(shop.segment(name)) == few
    qtbot.waitUntil(lambda: name in dialog.note.text(), timeout=SOON)
    page = shown_page(desk, qtbot, "segments")
    qtbot.waitUntil(lambda: page.list.rowCount() == 1, timeout=SOON)
    assert len(page.editor.segment.conditions) == 2


def test_words_rank_and_the_timeline_follows(qtbot: QtBot, desk: Desk, shop: Workspace, dialog: FindUsers) -> None:
    ask(qtbot, dialog, "lamp fans")  # the catalogue calls them by their Chinese name
    assert [chip.text() for chip in chips(dialog)] == ["from 25 % of the events: 灯具  ✕"]
    ask(qtbot, dialog, "灯具爱好者")
    assert dialog._sought is not None
    assert dialog._sought.conditions == (CategoryShare("灯具"),)
    fits = [dialog.model.index(row, 1).data() for row in range(3)]
    assert all(fit.endswith("%") for fit in fits)
    dialog.table.selectRow(1)
    assert desk.state.user == int(dialog.model.codes[1])
    dialog.go_action.trigger()
    assert shown_page(desk, qtbot).title() == "Timeline"
    assert dialog.model.rowCount() <= shop.users().users


def test_users_near_to_words_are_kept_themselves(qtbot: QtBot, shop: Workspace, dialog: FindUsers) -> None:
    ask(qtbot, dialog, "people interested in lampions")
    assert [chip.text() for chip in chips(dialog)] == ["near to “lampions”: the nearest fifth  ✕"]
    assert 0 < dialog.model.rowCount() <= 12
    dialog.save_action.trigger()
    qtbot.waitUntil(lambda: bool(shop.saved.names("segment")), timeout=SOON)
    name = shop.saved.names("segment")[0]
    body = shop.saved.get("segment", name)
    assert body is not None
    (condition,) = Segment.from_dict(body).conditions
    assert isinstance(condition, Chosen)
    assert sorted(dialog.model.codes.tolist()) == list(condition.codes)


def test_what_is_not_understood_is_said(qtbot: QtBot, dialog: FindUsers) -> None:
    ask(qtbot, dialog, "people over 40 who live in Berlin")
    assert "Berlin" in dialog.missed.text()
    assert dialog.missed.isVisible()
    assert dialog.model.rowCount() == 0
    assert not dialog.save_action.isEnabled()
