"""What is asked for before something is opened or saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from core.workspace import Workspace
from desktop_app.app import Desk
from tests.shop import open_shop

SOON = 20_000


def test_a_name_that_is_taken_once_it_has_its_ending_is_refused(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.seqlens"
    Workspace.create(other).close()
    before = other.read_bytes()
    desk.open_workspace(_shop(tmp_path))
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=SOON)
    opened = desk.state.workspace

    def choose(path: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        desk.window.actions_by_name["save-as"].trigger()

    choose(tmp_path / "other")  # the dialog asks only about what is called so
    box = desk.window.findChild(QMessageBox, "error")
    assert box is not None
    assert "other.seqlens exists already" in box.text()
    assert desk.background.job is None
    assert other.read_bytes() == before
    choose(tmp_path / "free")
    qtbot.waitUntil(lambda: desk.state.workspace not in (None, opened), timeout=SOON)
    assert desk.state.workspace is not None
    assert desk.state.workspace.path == tmp_path / "free.seqlens"
    choose(other)  # the dialog has asked whether to write over it
    qtbot.waitUntil(lambda: desk.state.workspace is not None and desk.state.workspace.path == other, timeout=SOON)
    assert desk.state.workspace.counts().users == 60


def _shop(folder: Path) -> Path:
    path = folder / "shop.seqlens"
    open_shop(path).close()
    return path
