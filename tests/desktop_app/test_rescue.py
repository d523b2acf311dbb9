"""A damaged workspace is rescued in the window, and the place of the window outlives its process."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from core.data.database import Damaged
from core.errors import SeqlensError
from core.progress import Progress
from core.rescue import rescue
from core.workspace import Workspace
from desktop_app.app import Desk
from desktop_app.preferences import Preferences
from tests.shop import open_shop

BLOCK = 1 << 18


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A workspace with a garbled block, which does not open and of which all events can be read."""
    path = tmp_path / "shop.seqlens"
    open_shop(path).close()
    whole = path.read_bytes()
    for place in range(3 * 4096 + 100, len(whole), BLOCK):
        path.write_bytes(
            whole[:place] + bytes(byte ^ 255 for byte in whole[place : place + 300]) + whole[place + 300 :]
        )
        try:
            Workspace.open(path).close()
        except Damaged:
            try:
                if rescue(path, tmp_path / "trial.seqlens", Progress()).rows["events"] == 720:
                    return path
            except SeqlensError:
                continue
            finally:
                (tmp_path / "trial.seqlens").unlink(missing_ok=True)
    raise AssertionError("no block can be garbled so")


def test_a_damaged_workspace_is_rescued_with_one_click(desk: Desk, qtbot: QtBot, damaged: Path) -> None:
    before = damaged.read_bytes()
    desk.open_workspace(damaged)
    qtbot.waitUntil(lambda: desk.window.findChild(QMessageBox, "damaged") is not None, timeout=60_000)
    box = desk.window.findChild(QMessageBox, "damaged")
    assert "is damaged" in box.text()
    box.findChild(QPushButton, "damaged.rescue").click()
    qtbot.waitUntil(lambda: desk.window.findChild(QMessageBox, "rescued") is not None, timeout=60_000)
    told = desk.window.findChild(QMessageBox, "rescued").text()
    assert "720 events of 60 users" in told
    assert desk.state.workspace is not None
    assert desk.state.workspace.path == damaged.with_name("shop rescued.seqlens")
    assert str(desk.state.workspace.path) in told
    assert damaged.read_bytes() == before
    desk.window.findChild(QMessageBox, "rescued").close()


def test_the_open_workspace_is_closed_while_it_is_rescued(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "shop.seqlens"
    open_shop(path).close()
    (tmp_path / "shop rescued.seqlens").write_text("something else")
    desk.open_workspace(path)
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=60_000)
    desk.rescue(path)
    assert desk.state.workspace is None
    qtbot.waitUntil(lambda: desk.window.findChild(QMessageBox, "rescued") is not None, timeout=60_000)
    assert desk.state.workspace is not None
    assert desk.state.workspace.path.name == "shop rescued 2.seqlens"
    desk.window.findChild(QMessageBox, "rescued").close()


def test_where_the_window_is_is_kept_before_it_is_closed(desk: Desk, qtbot: QtBot) -> None:
    desk.show()
    qtbot.waitExposed(desk.window)
    desk.window.resize(1111, 777)
    qtbot.waitUntil(lambda: Preferences().geometry == desk.window.saveGeometry(), timeout=60_000)
