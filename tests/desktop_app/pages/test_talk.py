"""Talking about a user's list in the window, as an analyst does: by keys and clicks, on a really trained model."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core import listing, workflow
from core.dialogue.conversation import KIND
from core.fitting import TrainSettings
from core.progress import Progress
from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.dialogs.export import ExportDialog
from desktop_app.pages.recommendations import RecommendationsPage
from desktop_app.parts import recommendation_talk
from desktop_app.state import AppState
from tests.desktop_app.children import children
from tests.shop import open_shop, read_before

SOON = 60_000


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_shop(tmp_path_factory.mktemp("talk") / "shop.seqlens") as workspace:
        read_before(workspace)
        workflow.train(workspace, TrainSettings(model="transitions", hide_seen=False), Progress())
        yield workspace


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, background: Background) -> RecommendationsPage:
    state = AppState()
    page = RecommendationsPage(state, background)
    state.setParent(page)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    state.open(workspace)
    qtbot.waitUntil(lambda: page._setting.run is not None, timeout=SOON)
    state.select_user(3)
    qtbot.waitUntil(lambda: page._listed is not None and bool(page._listed.rows), timeout=SOON)
    return page


def _say(qtbot: QtBot, page: RecommendationsPage, text: str) -> None:
    panel = page.talk.panel
    turns = panel.conversation.turns
    qtbot.keyClicks(panel.entry, text)
    qtbot.keyClick(panel.entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.conversation.turns != turns, timeout=SOON)
    _listed(qtbot, page)


def _listed(qtbot: QtBot, page: RecommendationsPage) -> None:
    """The list is of what is in force."""
    qtbot.waitUntil(
        lambda: page._listed is not None and page._listed.choice.parts == page.talk.parts,
        timeout=SOON,
    )


def _categories(page: RecommendationsPage) -> set[str]:
    assert page._listed is not None
    return {row.category for row in page._listed.rows}


def _chip(page: RecommendationsPage, text: str) -> QPushButton:
    chips = children(page.talk.panel._chips, QPushButton)
    return next(chip for chip in chips if text in chip.text())


def _told(page: RecommendationsPage) -> str:
    return "\n".join(label.text() for label in children(page.talk.panel._turns, QLabel))


def test_a_list_follows_what_is_said(qtbot: QtBot, page: RecommendationsPage, workspace: Workspace) -> None:
    usual = [row.id for row in page._listed.rows] if page._listed else []
    qtbot.keyClick(page, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    panel = page.talk.panel
    assert panel.isVisible()
    qtbot.waitUntil(panel.entry.hasFocus, timeout=SOON)
    assert not panel.undo_action.isEnabled()

    _say(qtbot, page, "only furniture under 25, give me 5")
    assert page._listed is not None
    assert _categories(page) == {"Furniture"}
    assert len(page._listed.rows) == 5
    prices = workspace.catalogue().prices
    assert all(prices[row.code] <= 25 for row in page._listed.rows)

    qtbot.mouseClick(_chip(page, "Price"), Qt.MouseButton.LeftButton)
    _listed(qtbot, page)
    assert page._listed.choice.parts == page.talk.parts
    assert "to 25" not in "".join(chip.text() for chip in children(panel._chips, QPushButton))
    assert "Removed: Price at most 25" in _told(page)

    page.activateWindow()  # the window of an earlier test that goes takes the keys with it
    panel.entry.setFocus()
    qtbot.waitUntil(panel.entry.hasFocus, timeout=SOON)
    panel.entry.clear()
    panel.entry.insert("不要Furniture")  # an input method commits Chinese at once
    qtbot.keyClick(panel.entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.conversation.turns) == 3, timeout=SOON)
    _listed(qtbot, page)
    assert _categories(page) == {"灯具"}

    qtbot.keyClick(panel.entry, Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)
    _listed(qtbot, page)
    assert _categories(page) == {"Furniture"}

    panel.reset_action.trigger()
    _listed(qtbot, page)
    assert page._listed is not None
    assert [row.id for row in page._listed.rows] == usual


def test_what_is_not_understood_is_said_and_one_turn_is_taken_back(qtbot: QtBot, page: RecommendationsPage) -> None:
    page.talk.action.trigger()
    panel = page.talk.panel
    _say(qtbot, page, "no furniture")
    _say(qtbot, page, "what is the meaning of 42")
    assert "Not understood: “what is the meaning of 42”" in _told(page)
    first = panel.findChild(QPushButton, "dialogue_take_back_0")
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    _listed(qtbot, page)
    assert len(panel.conversation.turns) == 1
    assert page.talk.parts == ()
    panel.reset_action.trigger()


def test_what_is_said_before_the_earlier_conversation_was_read_is_not_lost(
    qtbot: QtBot, page: RecommendationsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = threading.Event()
    opened, understand = recommendation_talk._opened, listing.understand

    def slowly_opened(*arguments: Any, **named: Any) -> object:
        answered.wait(SOON / 1000)
        return opened(*arguments, **named)

    def understood(*arguments: Any, **named: Any) -> object:
        try:
            return understand(*arguments, **named)
        finally:
            threading.Timer(0.5, answered.set).start()  # once the window has had the answer

    monkeypatch.setattr(recommendation_talk, "_opened", slowly_opened)
    monkeypatch.setattr(listing, "understand", understood)
    page.talk.action.trigger()
    _say(qtbot, page, "no furniture")
    qtbot.waitUntil(answered.is_set, timeout=SOON)
    qtbot.wait(200)  # the earlier conversation is there by now
    assert len(page.talk.panel.conversation.turns) == 1
    assert "Furniture" not in _categories(page)
    page.talk.panel.reset_action.trigger()


def test_a_changed_history_is_explained_by_its_own_events(
    qtbot: QtBot, page: RecommendationsPage, workspace: Workspace
) -> None:
    page.talk.action.trigger()
    whole = workspace.log().lengths[3]
    _say(qtbot, page, "use only the last 3 events")
    page.table.setCurrentIndex(page.table.model().index(0, 0))
    qtbot.waitUntil(lambda: bool(page.breakdown.events.shares.lines), timeout=SOON)
    events = {line.event for line in page.breakdown.events.shares.lines if line.event >= 0}
    assert events
    assert events <= {whole - 3, whole - 2, whole - 1}
    page.talk.panel.reset_action.trigger()


def test_a_conversation_stays_with_its_user_and_the_workspace(
    qtbot: QtBot, page: RecommendationsPage, workspace: Workspace, tmp_path: Path
) -> None:
    page.talk.action.trigger()
    panel = page.talk.panel
    _say(qtbot, page, "more furniture")
    name = workspace.users().ids[3].as_py()
    qtbot.waitUntil(lambda: workspace.saved.get(KIND, name) is not None, timeout=SOON)
    page._state.select_user(4)
    _listed(qtbot, page)
    assert panel.conversation.turns == ()
    page._state.select_user(3)
    qtbot.waitUntil(lambda: bool(panel.conversation.turns), timeout=SOON)
    assert _chip(page, "More Furniture")
    workspace.save_as(tmp_path / "copy.seqlens")
    with Workspace.open(tmp_path / "copy.seqlens") as copy:
        assert copy.saved.get(KIND, name) == panel.conversation.to_dict()
    panel.reset_action.trigger()
    qtbot.waitUntil(lambda: workspace.saved.get(KIND, name) is None, timeout=SOON)


def test_one_users_list_is_exported_as_the_page_shows_it(
    qtbot: QtBot, page: RecommendationsPage, tmp_path: Path
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    _say(qtbot, page, "only furniture under 25")
    shown = page._listed
    assert shown is not None
    assert _categories(page) == {"Furniture"}
    page._export()
    dialog = page.findChild(ExportDialog)
    assert dialog is not None
    assert dialog.as_shown.isChecked()
    dialog.watermark.setChecked(True)
    dialog.all_the_same.click()
    for asked, name in ((True, "shown.parquet"), (False, "usual.parquet")):
        dialog.as_shown.setChecked(asked)
        dialog.format.setCurrentIndex(dialog.format.findData(".parquet"))
        dialog.path.setText(str(tmp_path / name))
        qtbot.waitUntil(dialog.export_button.isEnabled, timeout=SOON)
        dialog.export_button.click()
        qtbot.waitUntil((tmp_path / name).exists, timeout=SOON)
        *rows, mark = pq.read_table(tmp_path / name).to_pylist()
        assert ([row["item_id"] for row in rows] == [row.id for row in shown.rows]) == asked
        assert mark["item_id"] is None
    dialog.all_users.click()
    assert not dialog.as_shown.isEnabled()  # what was said was said of one user
    dialog.close()
