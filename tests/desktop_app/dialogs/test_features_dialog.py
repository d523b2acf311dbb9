"""Features of users written from the menu."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.app import Desk
from desktop_app.dialogs.features import FeaturesDialog
from tests.shop import open_shop, read_before


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the analyst names in the dialog of the system: a file without a suffix."""
    path = tmp_path / "特征"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), "CSV (*.csv)"))
    return path


def test_the_menu_writes_a_table_of_all_users(desk: Desk, qtbot: QtBot, tmp_path: Path, chosen: Path) -> None:
    action = desk.window.actions_by_name["export-features"]
    assert not action.isEnabled()
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        read_before(workspace)
        desk.state.open(workspace)
        action.trigger()
        desk.window.findChild(FeaturesDialog).accept()
        qtbot.waitUntil(lambda: chosen.with_suffix(".csv").exists(), timeout=60_000)
        qtbot.waitUntil(lambda: "60 users" in desk.window.statusBar().currentMessage(), timeout=5000)
        desk.state.open(None)
    with chosen.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 60
    assert {row["purchase: events"] for row in rows} == {"1"}
    assert {"view: days since", "view: language 1", "component 10"} <= set(rows[0])


def test_groups_are_written_in_the_place_of_users(desk: Desk, qtbot: QtBot, tmp_path: Path, chosen: Path) -> None:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        read_before(workspace)
        desk.state.open(workspace)
        desk.window.export_features()
        dialog = desk.window.findChild(FeaturesDialog)
        assert not dialog.least.isEnabled()
        dialog.groups.click()
        dialog.least.setValue(7)
        dialog.accept()
        qtbot.waitUntil(lambda: "8 groups of users" in desk.window.statusBar().currentMessage(), timeout=60_000)
        desk.state.open(None)
    with chosen.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(int(row["users"]) for row in rows) == 60
    assert min(int(row["users"]) for row in rows) == 7
    assert not any("user 0" in cell for row in rows for cell in row.values())


def test_a_file_that_cannot_be_written_is_told(desk: Desk, qtbot: QtBot, tmp_path: Path, chosen: Path) -> None:
    chosen.with_suffix(".csv").mkdir()
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        read_before(workspace)
        desk.state.open(workspace)
        desk.window.export_features()
        desk.window.findChild(FeaturesDialog).accept()
        qtbot.waitUntil(lambda: desk.window.findChild(QMessageBox, "error") is not None, timeout=60_000)
        assert "cannot be written" in desk.window.findChild(QMessageBox, "error").text()
        desk.window.findChild(QMessageBox, "error").close()
        desk.state.open(None)


def test_groups_of_too_few_are_warned_of_and_a_table_says_whence_it_is(
    desk: Desk, qtbot: QtBot, tmp_path: Path, chosen: Path
) -> None:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        read_before(workspace)
        desk.state.open(workspace)
        desk.window.export_features()
        dialog = desk.window.findChild(FeaturesDialog)
        assert not dialog.warning.isVisible()
        dialog.groups.click()
        assert not dialog.warning.isVisible()
        dialog.least.setValue(3)
        assert dialog.warning.isVisible()
        assert not dialog.go_on.isEnabled()
        dialog.accept()
        assert dialog.isVisible()
        dialog.all_the_same.click()
        dialog.watermark.setChecked(True)
        dialog.accept()
        qtbot.waitUntil(lambda: "20 groups of users" in desk.window.statusBar().currentMessage(), timeout=60_000)
        desk.state.open(None)
    assert desk.preferences.marks_features
    with chosen.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as file:
        *rows, last = list(csv.DictReader(file))
    assert len(rows) == 20
    assert {row["source"] for row in rows} == {""}
    assert last["source"].startswith("Seqlens ")
    assert last["users"] == ""
