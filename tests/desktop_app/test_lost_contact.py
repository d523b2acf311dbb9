"""The window tells that the workspace's folder is gone, and goes on with what it has."""

from __future__ import annotations

from pathlib import Path

import duckdb
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from core.recommend.feedback import Entry
from desktop_app.app import Desk
from desktop_app.translation import error_text
from tests.desktop_app.paging import shown_page
from tests.shop import open_shop


def test_a_folder_that_vanishes_is_told_and_the_window_goes_on(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    place, away = tmp_path / "place", tmp_path / "away"
    place.mkdir()
    open_shop(place / "shop.seqlens").close()
    desk.open_workspace(place / "shop.seqlens")
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=20_000)
    workspace = desk.state.workspace
    assert workspace is not None
    with qtbot.waitCallback() as written:  # what the window keeps at an opening
        desk.background.write(int, done=written)
    place.rename(away)
    desk.background.write(workspace.feedback.put, [Entry("user 01", "i1", "up")])
    qtbot.waitUntil(lambda: desk.window.findChild(QMessageBox, "error") is not None, timeout=20_000)
    box = desk.window.findChild(QMessageBox, "error")
    assert "is not there any more" in box.text()
    box.close()
    for page in ("timeline", "privacy", "data"):  # what only reads goes on
        shown_page(desk, qtbot, page)
        qtbot.waitUntil(lambda: not desk.background.asking, timeout=20_000)
    assert workspace.counts().events == 720
    desk.save_as(tmp_path / "saved.seqlens")
    qtbot.waitUntil(lambda: (tmp_path / "saved.seqlens").exists() and desk.background.job is None, timeout=20_000)
    qtbot.waitUntil(
        lambda: desk.state.workspace is not None and desk.state.workspace.path.name == "saved.seqlens", timeout=20_000
    )
    assert desk.state.workspace is not None
    desk.state.workspace.feedback.put([Entry("user 01", "i1", "up")])
    away.rename(place)


def test_what_the_database_says_of_a_lost_drive_is_put_in_words() -> None:
    assert "connect it again" in error_text(duckdb.IOException("IO Error: Could not write: Input/output error"))
    assert error_text(ValueError("x")) == "ValueError: x"
