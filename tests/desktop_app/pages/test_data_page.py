"""The data page shows what is in the workspace, follows it, and saves the import report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QTableWidget
from pytestqt.qtbot import QtBot

from core import workflow
from core.data.settings import ImportSettings
from core.progress import Progress
from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.pages.data import DataPage
from desktop_app.state import AppState
from tests.shop import open_shop

ROWS = """user_id,item_id,behavior,timestamp
ann,7,view,1700000000
ann,8,buy,1700003600
bob,7,view,1700090000
,9,view,1700090001
bob,8,-1,1700090002
"""


@pytest.fixture
def state() -> AppState:
    return AppState()


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Three events of two users, imported from a file with two rows that cannot be kept."""
    (tmp_path / "log.csv").write_text(ROWS)
    with Workspace.create(tmp_path / "log.seqlens") as workspace:
        workflow.import_files(workspace, ImportSettings(files=(tmp_path / "log.csv",)), Progress())
        yield workspace


@pytest.fixture
def page(qtbot: QtBot, state: AppState, background: Background, workspace: Workspace) -> DataPage:
    page = DataPage(state, background)
    qtbot.addWidget(page)
    page.resize(1076, 740)
    page.show()
    state.open(workspace)
    qtbot.waitUntil(lambda: figure(page, "users") == "2", timeout=10_000)
    return page


def figure(page: DataPage, name: str) -> str:
    return page._figures[name][0].text()


def cells(table: QTableWidget) -> list[list[str]]:
    found = []
    for row in range(table.rowCount()):
        items = [table.item(row, column) for column in range(table.columnCount())]
        found.append([item.text().strip() for item in items if item is not None])
    return found


def test_counts_are_those_of_the_file(page: DataPage) -> None:
    assert page.name.text() == "log"
    assert {name: figure(page, name) for name in ("users", "items", "events", "length")} == {
        "users": "2",
        "items": "2",
        "events": "3",
        "length": "1.5",
    }
    assert figure(page, "sparsity") == "25.00 %"  # three of the four pairs of user and item have an event
    assert page._figures["span"][1].text() == "2023-11-14 to 2023-11-15"
    assert cells(page.behaviours) == [["view", "2", "66.7 %", "2", "1"], ["buy", "1", "33.3 %", "1", "1"]]


def test_cleaning_names_each_rule_with_its_count(page: DataPage) -> None:
    rows = cells(page.imports)
    assert rows[:3] == [["log.csv", ""], ["read", "5"], ["kept", "3"]]
    assert sorted(count for _, count in rows[3:] if count != "0") == ["1", "1"]


def test_the_page_follows_the_data(
    page: DataPage, qtbot: QtBot, state: AppState, workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "more.csv").write_text("user_id,item_id,behavior,timestamp\ncid,7,view,1700200000\n")
    workflow.import_files(workspace, ImportSettings(files=(tmp_path / "more.csv",)), Progress())
    state.data_changed.emit()
    qtbot.waitUntil(lambda: figure(page, "users") == "3", timeout=10_000)
    assert [row for row in cells(page.imports) if row == ["more.csv", ""]]


def test_another_workspace_takes_its_place(page: DataPage, qtbot: QtBot, state: AppState, tmp_path: Path) -> None:
    with open_shop(tmp_path / "shop.seqlens") as shop:
        state.open(shop)
        qtbot.waitUntil(lambda: figure(page, "events") == "720", timeout=10_000)
        assert page.name.text() == "shop"
        assert not page.save.isEnabled()  # it was not imported from a file


def test_the_report_is_saved(page: DataPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report 报告.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.save.click()
    qtbot.waitUntil(target.exists, timeout=10_000)
    (report,) = json.loads(target.read_text("utf-8"))
    assert (report["read"], report["kept"]) == (5, 3)


def test_import_more_is_asked_of_the_window(page: DataPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.import_asked, timeout=1000):
        page.more.click()


def test_an_empty_workspace_says_what_to_do(page: DataPage, qtbot: QtBot, state: AppState, tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "empty.seqlens") as empty:
        state.open(empty)
        page.show()
        qtbot.waitUntil(page.nothing.isVisible, timeout=10_000)
        with qtbot.waitSignal(page.import_asked, timeout=1000):
            qtbot.mouseClick(page.nothing.button, Qt.MouseButton.LeftButton)
        state.open(None)
