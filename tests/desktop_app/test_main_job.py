"""The main job in one sitting: files, import, timeline, training, recommendations, export. Real files, real clicks."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.app import SAMPLE, Desk
from desktop_app.dialogs.export import ExportDialog
from desktop_app.dialogs.import_files import ImportDialog
from desktop_app.pages.recommendations import RecommendationsPage
from desktop_app.pages.timeline import TimelinePage
from desktop_app.pages.training import TrainingPage
from desktop_app.widgets.recommendation_table import TITLE
from tests.desktop_app.paging import shown_page

LEFT = Qt.MouseButton.LeftButton
PATIENCE = 120_000  # milliseconds, on a busy machine


def child(parent: QWidget, kind: type[QWidget], name: str) -> QWidget:
    found = parent.findChild(kind, name)
    assert found is not None, name
    return found


def test_from_file_dialog_to_exported_file(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.window

    # The analyst chooses two files; the guess of the columns is right, so one click imports them.
    chosen = [str(SAMPLE / "events.csv.gz"), str(SAMPLE / "items.csv")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (chosen, ""))
    window.actions_by_name["open-files"].trigger()
    dialog = window.findChild(ImportDialog)
    assert isinstance(dialog, ImportDialog)
    qtbot.waitUntil(lambda: dialog.import_button.isEnabled(), timeout=PATIENCE)
    qtbot.mouseClick(dialog.import_button, LEFT)
    qtbot.waitUntil(lambda: dialog.report is not None, timeout=PATIENCE)
    assert dialog.report is not None
    assert dialog.report.read == dialog.report.kept + dialog.report.rejected
    dialog.close()
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=PATIENCE)
    assert [[str(path) for path in files] for files in desk.preferences.recent_files] == [chosen]
    counts = f"2,000 users · 800 items · {dialog.report.events:,} events"
    qtbot.waitUntil(lambda: window.counts.text() == counts, timeout=PATIENCE)

    # They read a user's sequence and choose an event.
    window.actions_by_name["page-timeline"].trigger()
    timeline = shown_page(desk, qtbot)
    assert isinstance(timeline, TimelinePage)
    rows = timeline.users.view
    qtbot.waitUntil(lambda: rows.model().rowCount() == 2000, timeout=PATIENCE)
    qtbot.mouseClick(rows.viewport(), LEFT, pos=rows.visualRect(rows.model().index(2, 0)).center())
    user = desk.state.user
    assert user >= 0
    events = timeline.events
    qtbot.waitUntil(lambda: events.model().rowCount() > 3, timeout=PATIENCE)
    qtbot.mouseClick(events.viewport(), LEFT, pos=events.visualRect(events.model().index(3, 2)).center())
    assert desk.state.chosen_event == 3

    # They train the hybrid, with few epochs of a small network for the sake of the test.
    window.actions_by_name["page-training"].trigger()
    training = shown_page(desk, qtbot)
    assert isinstance(training, TrainingPage)
    qtbot.waitUntil(training.start_button.isEnabled, timeout=PATIENCE)
    qtbot.waitUntil(lambda: training.findChild(QSpinBox, "transformer.epochs") is not None, timeout=PATIENCE)
    training.form.advanced_switch.click()
    epochs = training.findChild(QSpinBox, "transformer.epochs")
    assert isinstance(epochs, QSpinBox)
    epochs.setValue(2)
    width = training.findChild(QSpinBox, "transformer.width")
    assert isinstance(width, QSpinBox)
    width.setValue(32)
    qtbot.mouseClick(training.start_button, LEFT)
    qtbot.waitUntil(lambda: desk.background.job is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: desk.background.job is None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: desk.state.run is not None, timeout=PATIENCE)
    assert desk.state.workspace is not None
    run = desk.state.workspace.active_run()
    assert run is not None
    assert run.model == "hybrid"
    assert len(run.curve) == 2

    # The list of the chosen user, and why its first item stands there.
    window.actions_by_name["page-recommendations"].trigger()
    lists = shown_page(desk, qtbot)
    assert isinstance(lists, RecommendationsPage)
    table = lists.findChild(QWidget, "recommendations")
    qtbot.waitUntil(lambda: table.model().rowCount() == 10, timeout=PATIENCE)
    first = table.visualRect(table.model().index(0, TITLE)).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=first + QPoint(2, 0))

    # They export the lists of all users.
    window.actions_by_name["export"].trigger()
    qtbot.waitUntil(lambda: window.findChild(ExportDialog) is not None, timeout=PATIENCE)
    export = window.findChild(ExportDialog)
    assert isinstance(export, ExportDialog)
    path = tmp_path / "lists.csv"
    export.all_users.click()
    export.path.setText(str(path))
    start = child(export, QPushButton, "export_start")
    qtbot.waitUntil(start.isEnabled, timeout=PATIENCE)  # the users are counted first
    qtbot.mouseClick(start, LEFT)
    qtbot.waitUntil(path.exists, timeout=PATIENCE)
    qtbot.waitUntil(lambda: desk.background.job is None, timeout=PATIENCE)
    export.close()
    with path.open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.DictReader(file))
    assert len(written) == 2000 * 10
    shown = [table.model().index(row, TITLE).data() for row in range(10)]
    user_id = desk.state.workspace.users().ids[user].as_py()
    own = [row["title"] for row in written if row["user_id"] == user_id]
    assert own == shown
