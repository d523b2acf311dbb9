"""What matters to a training, asked for by clicks on the page of trainings."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from core import workflow
from core.evaluation.sheet import html
from core.fitting import TrainSettings
from core.progress import Progress
from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.dialogs.report_work import run_sheet
from desktop_app.dialogs.run_overview import RunOverview
from desktop_app.pages.training import TrainingPage
from desktop_app.state import AppState
from tests.shop import open_shop

SOON = 60_000  # milliseconds


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        parts: dict[str, dict[str, object]] = {"hybrid": {"components": ["popularity", "transitions"]}}
        workflow.train(workspace, TrainSettings(model="hybrid", options=parts, name="Both"), Progress())
        yield workspace


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, background: Background) -> TrainingPage:
    state = AppState()
    page = TrainingPage(state, background)
    state.setParent(page)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    state.open(workspace)
    qtbot.waitUntil(lambda: page.table.runs.rowCount() == 1)
    page.table.selectRow(0)
    return page


def wait_for_figures(qtbot: QtBot, dialog: RunOverview) -> None:
    qtbot.waitUntil(lambda: dialog.tabs.isVisible() and dialog.tabs.count() == 3, timeout=SOON)


def ask(qtbot: QtBot, page: TrainingPage) -> RunOverview:
    assert page.overview_action.isEnabled()
    button = page.overview_action.associatedObjects()
    shown: QObject = next(each for each in button if each.metaObject().className() == "QToolButton")
    qtbot.mouseClick(shown, Qt.MouseButton.LeftButton)
    dialog = page.findChild(RunOverview)
    assert dialog is not None
    return dialog


def test_it_is_measured_and_shown(qtbot: QtBot, page: TrainingPage, background: Background) -> None:
    dialog = ask(qtbot, page)
    assert dialog.windowTitle() == "What matters to “Both”"
    qtbot.waitUntil(lambda: background.job is not None)
    assert not page.overview_action.isEnabled()  # one long job at a time
    wait_for_figures(qtbot, dialog)
    assert [dialog.tabs.tabText(place) for place in range(3)] == [
        "What scores are made of",
        "What the model needs",
        "In rules",
    ]
    components = {row[0]: row[1] for row in dialog.components.table.texts}
    assert set(components) == {"Popularity", "Item transitions"}
    assert [row[0] for row in dialog.behaviours.table.texts] == ["view"]  # purchases are held out
    needed = {row[0]: row[1] for row in dialog.needs.table.texts}
    assert needed["Times between events, shuffled"] == "0.0000"  # neither of the two reads times
    assert needed["Order of events, shuffled"].startswith("−")
    assert "pairs of" in dialog.fidelity.text()
    assert dialog.rules.table.texts[-1][0] == "everything else"
    assert dialog.tree.topLevelItemCount() > 0
    assert page.overview_action.isEnabled()
    qtbot.mouseClick(
        dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Close), Qt.MouseButton.LeftButton
    )
    qtbot.waitUntil(lambda: page.findChild(RunOverview) is None)


def test_what_was_measured_is_there_at_once_the_next_time(
    qtbot: QtBot, page: TrainingPage, workspace: Workspace, background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = ask(qtbot, page)
    wait_for_figures(qtbot, dialog)
    shown = [dialog.components.table.texts, dialog.needs.table.texts, dialog.rules.table.texts]
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.findChild(RunOverview) is None)

    asked: list[str] = []
    measure = workflow.overview

    def counted(workspace: Workspace, run: str, progress: Progress) -> Any:
        asked.append(run)
        return measure(workspace, run, progress)

    monkeypatch.setattr(workflow, "overview", counted)
    again = ask(qtbot, page)
    wait_for_figures(qtbot, again)
    assert [again.components.table.texts, again.needs.table.texts, again.rules.table.texts] == shown
    assert again.measured.text().startswith("Measured on 20")
    assert background.job is None
    assert not asked
    again.again_action.trigger()
    assert background.job is not None
    assert not again.tabs.isVisible()
    wait_for_figures(qtbot, again)
    assert asked == [page.table.selected()[0].id]
    assert [again.components.table.texts, again.needs.table.texts, again.rules.table.texts] == shown

    report = html(run_sheet(workspace, asked[0], Progress()))
    for texts in shown[:2]:
        for row in texts:
            assert all(f">{escape(text)}<" in report for text in row), row
    assert "<h2>In rules</h2>" in report


def test_a_measurement_that_is_stopped_leaves_the_former_one(
    qtbot: QtBot, page: TrainingPage, workspace: Workspace, request: pytest.FixtureRequest
) -> None:
    workflow.overview(workspace, page.table.selected()[0].id, Progress())
    request.getfixturevalue("slow")
    dialog = ask(qtbot, page)
    wait_for_figures(qtbot, dialog)
    dialog.again_action.trigger()
    qtbot.waitUntil(lambda: dialog.message.text() == "Reading the model")
    qtbot.mouseClick(dialog.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.message.text() == "Stopped. Nothing was measured.")
    assert dialog.tabs.isVisible()
    assert dialog.tabs.count() == 3


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """The measurement takes until it is stopped; the event tells that it was."""
    ended = threading.Event()

    def endless(*about: object, progress: Progress) -> Any:
        assert about
        try:
            while True:
                progress.step(1, 2, "Reading the model")
                ended.wait(0.01)
        finally:
            ended.set()

    monkeypatch.setattr(workflow, "overview", endless)
    return ended


def test_stop_ends_it_and_says_so(qtbot: QtBot, page: TrainingPage, slow: threading.Event) -> None:
    dialog = ask(qtbot, page)
    qtbot.waitUntil(lambda: dialog.message.text() == "Reading the model")
    qtbot.mouseClick(dialog.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.message.text() == "Stopped. Nothing was measured.")
    assert slow.is_set()
    assert not dialog.tabs.isVisible()
    assert not dialog.stop.isVisible()


def test_closing_stops_it_too(qtbot: QtBot, page: TrainingPage, background: Background, slow: threading.Event) -> None:
    dialog = ask(qtbot, page)
    qtbot.waitUntil(lambda: dialog.message.text() == "Reading the model")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: background.job is None)
    assert slow.is_set()
    qtbot.waitUntil(page.overview_action.isEnabled)


def test_what_fails_is_said(qtbot: QtBot, page: TrainingPage, workspace: Workspace) -> None:
    workspace.runs.delete(page.table.selected()[0].id)
    dialog = ask(qtbot, page)
    qtbot.waitUntil(lambda: dialog.message.text().startswith("There is no"), timeout=SOON)
    assert not dialog.stop.isVisible()
