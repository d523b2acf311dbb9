"""Training in the window, driven by real clicks on a small real shop."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from core import listing, workflow
from core.fitting import TrainSettings
from core.listing import ListRequest
from core.progress import Progress
from core.starting import Origin
from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.dialogs.run_matrix import RunMatrix
from desktop_app.pages.training import TrainingPage
from desktop_app.parts import training_origin
from desktop_app.state import AppState
from desktop_app.widgets.run_comparison import RunComparison
from tests.shop import EVENTS, USERS, open_shop, read_before

SOON = 60_000  # milliseconds that a small training may take on a busy machine


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        read_before(workspace)
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
    qtbot.waitUntil(page.start_button.isEnabled)
    return page


def _press(qtbot: QtBot, page: TrainingPage, name: str) -> None:
    qtbot.mouseClick(page.findChild(type(page.start_button), f"{name}.button"), Qt.MouseButton.LeftButton)


def _train(qtbot: QtBot, page: TrainingPage, workspace: Workspace, model: str) -> str:
    """Train by clicks and give the id of the new run."""
    before = {run.id for run in workspace.runs.all()}
    page.form.findChild(object, f"model.{model}").click()
    _press(qtbot, page, "training.start")
    qtbot.waitUntil(lambda: page.table.runs.rowCount() > len(before) and page.start_button.isEnabled(), timeout=SOON)
    qtbot.waitUntil(lambda: page.table.selected()[0].status == "done", timeout=SOON)
    return next(run.id for run in workspace.runs.all() if run.id not in before)


def _epochs(page: TrainingPage, epochs: int) -> None:
    page.form.findChild(object, "model.transformer").click()
    page.form.findChild(QSpinBox, "transformer.epochs").setValue(epochs)
    page.form.findChild(QSpinBox, "transformer.patience").setValue(100)


def test_without_events_it_says_what_to_do(qtbot: QtBot, background: Background) -> None:
    page = TrainingPage(AppState(), background)
    qtbot.addWidget(page)
    page.show()
    assert not page.start_button.isEnabled()
    assert page.note.text() == "There are no events to learn from yet. Open files first."


def test_start_trains_and_shows_the_run(qtbot: QtBot, page: TrainingPage, workspace: Workspace) -> None:
    page.form.name.setText("First try")
    run = workspace.runs.get(_train(qtbot, page, workspace, "transitions"))
    assert run.name == "First try"
    assert run.status == "done"
    assert page.table.selected()[0].id == run.id
    assert page.monitor.title.text() == "First try"
    assert f"NDCG@10 {run.metrics['ndcg@10']:.4f}" in page.monitor.message.text()
    shown = page.monitor.log.toPlainText().splitlines()
    assert [line[6:] for line in shown] == [str(line)[9:] for line in run.log]
    assert page.table.runs.index(0, 0).data() == "✓ First try"


def test_the_devices_of_this_machine_are_offered(qtbot: QtBot, page: TrainingPage) -> None:
    qtbot.waitUntil(lambda: page.form.device.count() > 1, timeout=SOON)
    assert page.form.device.itemData(page.form.device.count() - 1) == "cpu"
    qtbot.waitUntil(lambda: page.form.findChild(QSpinBox, "transformer.epochs") is not None, timeout=SOON)


def test_curves_and_figures_come_while_it_trains(qtbot: QtBot, page: TrainingPage, workspace: Workspace) -> None:
    qtbot.waitUntil(lambda: page.form.device.count() > 1, timeout=SOON)
    _epochs(page, 5)
    _press(qtbot, page, "training.start")
    assert page.stop_action.isEnabled()
    assert not page.start_action.isEnabled()
    qtbot.waitUntil(lambda: len(page.monitor.ndcg.points) >= 2, timeout=SOON)
    assert page.monitor._values["events_per_second"].text() != "–"
    assert page.monitor._values["memory_mb"].text() != "–"
    qtbot.waitUntil(page.start_action.isEnabled, timeout=SOON)
    qtbot.waitUntil(lambda: bool(page.table.selected()) and page.table.selected()[0].status == "done", timeout=SOON)
    run = workspace.runs.all()[0]
    assert [point["epoch"] for point in run.curve] == [1, 2, 3, 4, 5]
    assert page.monitor.ndcg.points == [(point["epoch"], point["ndcg"]) for point in run.curve]


def test_a_window_that_is_built_again_takes_the_training_over(
    qtbot: QtBot, page: TrainingPage, background: Background
) -> None:
    qtbot.waitUntil(lambda: page.form.device.count() > 1, timeout=SOON)
    _epochs(page, 1000)
    _press(qtbot, page, "training.start")
    qtbot.waitUntil(lambda: len(page.monitor.ndcg.points) >= 1, timeout=SOON)
    second = TrainingPage(page._state, background)
    qtbot.addWidget(second)
    second.show()
    qtbot.waitUntil(lambda: len(second.monitor.ndcg.points) >= 2, timeout=SOON)
    assert second.stop_action.isEnabled()
    qtbot.waitUntil(lambda: second.monitor.title.text() == "transformer 1")
    second.stop_action.trigger()
    qtbot.waitUntil(
        lambda: bool(second.table.selected()) and second.table.selected()[0].status == "stopped", timeout=SOON
    )
    assert second.start_action.isEnabled()


def test_stop_takes_less_than_a_second_and_the_run_goes_on(
    qtbot: QtBot, page: TrainingPage, workspace: Workspace
) -> None:
    qtbot.waitUntil(lambda: page.form.device.count() > 1, timeout=SOON)
    _epochs(page, 1000)
    _press(qtbot, page, "training.start")
    qtbot.waitUntil(lambda: len(page.monitor.ndcg.points) >= 2, timeout=SOON)
    began = time.monotonic()
    _press(qtbot, page, "training.stop")
    qtbot.waitUntil(page.start_action.isEnabled)
    assert time.monotonic() - began < 1.0
    qtbot.waitUntil(lambda: bool(page.table.selected()) and page.table.selected()[0].status == "stopped", timeout=SOON)
    assert page.resume_action.isEnabled()
    page.finish_action.trigger()
    qtbot.waitUntil(lambda: page.table.selected()[0].status == "done", timeout=SOON)
    run = workspace.runs.all()[0]
    assert run.metrics["ndcg@10"] > 0
    assert len(workspace.runs.all()) == 1


def test_a_training_that_is_stopped_at_once_is_shown(
    qtbot: QtBot, page: TrainingPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "_show_log", lambda _: None)  # it has not come yet
    _train(qtbot, page, workspace, "popularity")
    qtbot.waitUntil(lambda: [run.model for run in page.table.selected()] == ["popularity"], timeout=SOON)
    page.form.findChild(object, "model.transformer").click()
    qtbot.waitUntil(page.start_button.isEnabled, timeout=SOON)
    page.start_action.trigger()
    qtbot.waitUntil(lambda: len(workspace.runs.all()) == 2, timeout=SOON)
    page.stop_action.trigger()
    qtbot.waitUntil(lambda: [run.status for run in page.table.selected()] == ["stopped"], timeout=SOON)
    assert "Stopped before the end" in page.monitor.message.text()


def test_a_stopped_run_is_resumed(qtbot: QtBot, page: TrainingPage, workspace: Workspace) -> None:
    qtbot.waitUntil(lambda: page.form.device.count() > 1, timeout=SOON)
    _epochs(page, 12)
    _press(qtbot, page, "training.start")
    qtbot.waitUntil(lambda: len(page.monitor.ndcg.points) >= 1, timeout=SOON)
    page.stop_action.trigger()
    qtbot.waitUntil(lambda: bool(page.table.selected()) and page.table.selected()[0].status == "stopped", timeout=SOON)
    page.resume_action.trigger()
    qtbot.waitUntil(lambda: page.table.selected()[0].status == "done", timeout=SOON)
    (run,) = workspace.runs.all()
    assert [point["epoch"] for point in run.curve] == list(range(1, 13))


def test_what_cannot_be_trained_is_told_beside_the_button(
    qtbot: QtBot, page: TrainingPage, workspace: Workspace
) -> None:
    with workspace.cursor() as cursor:  # two events a user are too few to hold one out
        cursor.execute(f"DELETE FROM events WHERE record % {EVENTS} > 1")
        cursor.execute("UPDATE data_facts SET value = '\"fewer\"' WHERE name = 'fingerprint'")
    page.form.findChild(object, "model.popularity").click()
    _press(qtbot, page, "training.start")
    qtbot.waitUntil(lambda: "needs 3 events" in page.note.text(), timeout=SOON)
    qtbot.waitUntil(lambda: bool(page.table.selected()) and page.table.selected()[0].status == "failed", timeout=SOON)


def _gain(workspace: Workspace, user: int, run: str) -> float:
    """NDCG@10 of the user's one test event."""
    held = listing.held_out(workspace, user, Progress(), run)
    assert held is not None
    return 1 / float(np.log2(held.rank + 1)) if 0 < held.rank <= 10 else 0.0


def test_runs_are_renamed_compared_chosen_and_deleted(qtbot: QtBot, page: TrainingPage, workspace: Workspace) -> None:
    first = _train(qtbot, page, workspace, "popularity")
    second = _train(qtbot, page, workspace, "transitions")
    qtbot.waitUntil(lambda: page._state.run == second)
    qtbot.waitUntil(lambda: page.table.runs.rowCount() == 2)

    page.table.selectRow(page.table.runs.row(first))
    with qtbot.waitSignal(page._state.run_changed) as chosen:
        page.use_action.trigger()
    assert chosen.args == [first]
    active = workspace.active_run()
    assert active is not None
    assert active.id == first

    page.rename_action.trigger()
    editor = page.table.viewport().focusWidget()
    editor.selectAll()
    qtbot.keyClicks(editor, "Yardstick")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: workspace.runs.get(first).name == "Yardstick")
    qtbot.waitUntil(lambda: page.table.runs.index(page.table.runs.row(first), 0).data() == "✓ Yardstick")

    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    page.table.selectionModel().select(page.table.runs.index(page.table.runs.row(second), 0), flags)
    page.compare_action.trigger()
    comparison = page.findChild(RunComparison)
    assert comparison.isVisible()
    assert comparison.table.columnCount() == 4
    qtbot.waitUntil(comparison.report_action.isEnabled, timeout=SOON)
    assert comparison.table.item(2, 2).text().count("0.") == 2
    better, worse = comparison.table.item(3, 3).text().split(" / ")
    entries = comparison.keep.menu().actions()
    assert [entry.text().split("  ")[-1] for entry in entries] == [f"({better})", f"({worse})"]
    way = 0 if int(better) else 1
    entries[way].trigger()
    name = entries[way].text().split("  ")[0]
    qtbot.waitUntil(lambda: workspace.saved.names("segment") == [name], timeout=SOON)
    qtbot.waitUntil(lambda: name in comparison.findChild(QLabel, "comparison_note").text(), timeout=SOON)
    gains = [[_gain(workspace, user, run.id) for user in range(USERS)] for run in page.table.selected()]
    served = np.flatnonzero(np.subtract(gains[1], gains[0]) * (1, -1)[way] > 0)
    assert workspace.segment(name).tolist() == served.tolist()
    comparison.tabs.setCurrentWidget(comparison.user)
    lists = comparison.user
    qtbot.waitUntil(lambda: lists.title.text() == "user 00", timeout=SOON)
    qtbot.mouseClick(lists.findChild(QPushButton, "run_user.previous.button"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: lists.title.text() == f"user {USERS - 1:02d}", timeout=SOON)
    made = [
        listing.recommend(workspace, USERS - 1, Progress(), ListRequest(run.id)).items for run in page.table.selected()
    ]
    assert lists.table.rowCount() == len(set(np.concatenate(made).tolist()))
    assert lists.search.text() == f"user {USERS - 1:02d}"
    lists.search.setFocus()
    lists.search.selectAll()
    qtbot.keyClicks(lists.search, "r 17")
    qtbot.keyClick(lists.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: lists.title.text() == "user 17", timeout=SOON)
    report = workspace.path.with_name("report.html")
    comparison.report_action.trigger()
    comparison.findChild(QFileDialog, "report_file").fileSelected.emit(str(report))
    qtbot.waitUntil(lambda: str(report) in comparison.findChild(QLabel, "comparison_note").text(), timeout=SOON)
    assert "Yardstick" in report.read_text("utf-8")
    comparison.reject()

    page.table.selectRow(page.table.runs.row(first))
    page.delete_action.trigger()
    question = page.findChild(QMessageBox, "delete_question")
    assert "Yardstick" in question.text()
    delete = next(button for button in question.buttons() if button.text() == "Delete")
    qtbot.mouseClick(delete, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [run.id for run in workspace.runs.all()] == [second])
    qtbot.waitUntil(lambda: page.table.runs.index(0, 0).data().startswith("✓ "))


def test_delete_can_be_declined(qtbot: QtBot, page: TrainingPage, workspace: Workspace) -> None:
    run = _train(qtbot, page, workspace, "popularity")
    page.delete_action.trigger()
    question = page.findChild(QMessageBox, "delete_question")
    question.reject()
    qtbot.wait(50)
    assert [each.id for each in workspace.runs.all()] == [run]


def test_the_matrix_of_a_bilinear_training_is_shown(qtbot: QtBot, page: TrainingPage, workspace: Workspace) -> None:
    assert not page.matrix_action.isEnabled()
    qtbot.waitUntil(lambda: page.form.device.count() > 1, timeout=SOON)
    page.form.findChild(object, "model.bilinear").click()
    page.form.findChild(QSpinBox, "bilinear.language").setValue(8)
    run = workspace.runs.get(_train(qtbot, page, workspace, "bilinear"))
    assert run.settings["options"] == {"bilinear": {"language": 8}}
    assert page.matrix_action.isEnabled()
    page.matrix_action.trigger()
    qtbot.waitUntil(lambda: page.findChild(RunMatrix) is not None, timeout=SOON)
    dialog = page.findChild(RunMatrix)
    model = dialog.table.model()
    columns = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    assert columns == ["Furniture", "灯具", *(f"language {number}" for number in range(1, 9)), "popularity"]
    assert model.headerData(0, Qt.Orientation.Vertical) == "any user"
    dialog.reject()


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with other data, whose active run counts, and which has two that can be carried over."""
    path = tmp_path_factory.mktemp("other") / "other.seqlens"
    small: dict[str, dict[str, object]] = {"transformer": {"width": 8, "epochs": 1, "members": 1}}
    with open_shop(path) as there:
        read_before(there)
        with there.cursor() as cursor:
            cursor.execute("UPDATE data_facts SET value = '\"another\"' WHERE name = 'fingerprint'")
        for name in ("Older", "Newer"):
            workflow.train(there, TrainSettings(model="transformer", options=small, name=name), Progress())
        workflow.train(there, TrainSettings(model="popularity", name="Counts"), Progress())
    return path


def test_a_training_starts_from_another_workspace(
    qtbot: QtBot, page: TrainingPage, workspace: Workspace, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.form.findChild(object, "model.popularity").click()
    page.form.advanced_switch.setChecked(True)
    start = page.form.start_from
    assert start.isHidden()
    page.form.findChild(object, "model.transformer").click()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
    qtbot.mouseClick(start.browse, Qt.MouseButton.LeftButton)
    assert start.as_it_is.isVisible()
    qtbot.waitUntil(lambda: start.run.count() == 2, timeout=SOON)
    names = [start.run.itemText(row).split(":")[0] for row in range(2)]
    assert names == ["Newer", "Older"]  # what has no network is not offered
    qtbot.keyClick(start.run, Qt.Key.Key_Down)
    start.as_it_is.click()
    run = workspace.runs.get(_train(qtbot, page, workspace, "transformer"))
    with Workspace.open(other) as there:
        older = next(each for each in there.runs.all() if each.name == "Older")
    assert run.settings["start_from"] == f"{other}:{older.id}"
    assert run.settings["zero_shot"] is True
    assert run.curve == ()
    assert any("It starts from" in line for line in page.monitor.log.toPlainText().splitlines())
    start.path.setText(f"{other}:{older.id}")  # as it is written on the command line
    qtbot.waitUntil(lambda: start.run.count() == 2 and start.run.currentText().startswith("Older"), timeout=SOON)
    start.run.setCurrentIndex(0)
    assert start.path.text() == str(other)
    assert start.named.startswith(f"{other}:")
    assert older.id not in start.named


def test_runs_of_a_workspace_that_is_named_no_more_are_not_offered(
    qtbot: QtBot, page: TrainingPage, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, look = threading.Event(), training_origin.look

    def slow(*asked: Any) -> tuple[Origin, ...]:
        assert go_on.wait(20)
        return look(*asked)

    monkeypatch.setattr(training_origin, "look", slow)
    page.form.advanced_switch.setChecked(True)
    start = page.form.start_from
    qtbot.keyClicks(start.path, f"{other}x")  # it is there before the last key, and looked at
    go_on.set()
    qtbot.waitUntil(lambda: not page._background.asking, timeout=SOON)
    assert start.run.count() == 0
    assert start.run.isHidden()
    assert start.named == f"{other}x"


def test_the_run_to_start_from_stays_chosen_where_other_data_come_in(
    qtbot: QtBot, page: TrainingPage, other: Path
) -> None:
    page.form.advanced_switch.setChecked(True)
    start = page.form.start_from
    start.path.setText(str(other))
    qtbot.waitUntil(lambda: start.run.count() == 2, timeout=SOON)
    start.run.setCurrentIndex(1)
    chosen = start.named
    for _ in range(2):
        page._state.data_changed.emit()
    qtbot.waitUntil(lambda: start.run.count() == 2, timeout=SOON)
    assert start.named == chosen


def test_why_nothing_can_be_started_from_is_told(
    qtbot: QtBot, page: TrainingPage, workspace: Workspace, tmp_path: Path
) -> None:
    page.form.advanced_switch.setChecked(True)
    start = page.form.start_from
    start.path.setText(str(workspace.path))
    qtbot.waitUntil(start.problem.isVisible, timeout=SOON)
    assert "has the same data" in start.problem.text()
    with open_shop(tmp_path / "bare.seqlens") as bare, bare.cursor() as cursor:
        cursor.execute("UPDATE data_facts SET value = '\"another\"' WHERE name = 'fingerprint'")
    start.path.setText(str(tmp_path / "bare.seqlens"))
    assert start.problem.isHidden()
    qtbot.waitUntil(start.problem.isVisible, timeout=SOON)
    assert "no finished run with a sequence model" in start.problem.text()
    start.path.clear()
    assert start.problem.isHidden()
