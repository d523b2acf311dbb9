"""Exporting lists through the dialog, into real files that are read back."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from core import listing, workflow
from core.analysis.conditions import Chosen, Segment
from core.fitting import TrainSettings
from core.listing import ListRequest
from core.progress import Progress
from core.recommend.export import CsvWriter
from core.runs import Run
from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.dialogs.export import ExportDialog
from desktop_app.state import AppState
from tests.shop import USERS, open_shop

SOON = 30_000


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Run]]:
    with open_shop(tmp_path_factory.mktemp("shop") / "shop.seqlens") as workspace:
        yield workspace, workflow.train(workspace, TrainSettings(model="transitions", hide_seen=True), Progress())


@pytest.fixture
def dialog(qtbot: QtBot, trained: tuple[Workspace, Run], background: Background, tmp_path: Path) -> ExportDialog:
    state = AppState()
    state.open(trained[0], user=7)
    dialog = ExportDialog(state, background, trained[1])
    state.setParent(dialog)
    qtbot.addWidget(dialog)
    dialog.path.setText(str(tmp_path / "lists.csv"))
    dialog.show()
    return dialog


def _start(qtbot: QtBot, dialog: ExportDialog) -> None:
    """Press Export; where the users are few, say first that it is to be written all the same."""
    qtbot.waitUntil(lambda: dialog.export_button.isEnabled() or dialog.few.isVisible(), timeout=SOON)
    if dialog.few.isVisible() and not dialog.all_the_same.isChecked():
        dialog.all_the_same.click()
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)


def _export(qtbot: QtBot, dialog: ExportDialog) -> None:
    _start(qtbot, dialog)
    qtbot.waitUntil(dialog.folder_button.isVisible, timeout=SOON)


def test_this_user_as_csv(qtbot: QtBot, dialog: ExportDialog, trained: tuple[Workspace, Run], tmp_path: Path) -> None:
    dialog.k.setValue(5)
    _export(qtbot, dialog)
    with (tmp_path / "lists.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    made = listing.recommend(trained[0], 7, Progress(), ListRequest(k=5))
    ids = trained[0].catalogue().ids
    assert [row["item_id"] for row in rows] == [ids[int(item)].as_py() for item in made.items]
    assert {row["user_id"] for row in rows} == {"user 07"}
    assert "base" not in rows[0]
    assert dialog.message.text() == f"5 rows written to {tmp_path / 'lists.csv'}"


def test_few_users_are_warned_of_before_anything_is_written(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    qtbot.waitUntil(lambda: dialog.few.isVisible())  # the list would be of one user
    assert "can be recognised" in dialog.warning.text()
    assert not dialog.export_button.isEnabled()
    assert "all the same" in dialog.export_button.toolTip()
    dialog.selected_users.click()
    dialog.ids.setPlainText("\n".join(f"user {number:02}" for number in range(1, 6)))
    assert not dialog.few.isVisible()
    assert dialog.export_button.isEnabled()
    dialog.ids.setPlainText("user 03\nuser 41")
    assert dialog.few.isVisible()
    assert not dialog.export_button.isEnabled()
    dialog.all_users.click()
    qtbot.waitUntil(dialog.export_button.isEnabled, timeout=SOON)  # they are counted by now
    assert not dialog.few.isVisible()
    assert not (tmp_path / "lists.csv").exists()


def test_the_chosen_segment_is_offered_first(
    qtbot: QtBot, trained: tuple[Workspace, Run], background: Background, tmp_path: Path
) -> None:
    workspace, run = trained
    for name, codes in (("few", (3, 5)), ("more", (1, 2, 3))):
        workspace.saved.put("segment", name, Segment((Chosen(codes),)).to_dict())
    state = AppState()
    state.open(workspace, user=7)
    state.select_segment("more")
    dialog = ExportDialog(state, background, run)
    state.setParent(dialog)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.of_segment.isChecked()
    assert dialog.segment.currentText() == "more"
    dialog.segment.setCurrentText("few")
    dialog.path.setText(str(tmp_path / "lists.csv"))
    _export(qtbot, dialog)
    assert {row["user_id"] for row in _read(tmp_path / "lists.csv")} == {"user 03", "user 05"}
    for name in ("few", "more"):
        workspace.saved.remove("segment", name)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json", ".parquet"])
def test_all_users_in_every_format_with_the_parts(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path, suffix: str
) -> None:
    dialog.all_users.click()
    dialog.breakdown.click()
    dialog.k.setValue(3)
    dialog.format.setCurrentIndex(dialog.format.findData(suffix))
    path = tmp_path / f"lists{suffix}"
    assert dialog.path.text() == str(path)
    _export(qtbot, dialog)
    rows = _read(path)
    assert len(rows) == 3 * USERS
    for row in rows[:30]:
        assert float(row["base"]) + float(row["transitions"]) == pytest.approx(float(row["score"]), abs=1e-4)


def _read(path: Path) -> list[dict[str, object]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    if path.suffix == ".json":
        return list(json.loads(path.read_text(encoding="utf-8")))
    if path.suffix == ".parquet":
        return list(pq.read_table(path).to_pylist())
    sheet = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    header = next(sheet)
    return [dict(zip(header, row, strict=True)) for row in sheet]


def test_users_by_their_ids(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.selected_users.click()
    assert not dialog.export_button.isEnabled()
    dialog.ids.insertPlainText("user 03\nuser 41\nuser 03\n")
    dialog.k.setValue(2)
    _export(qtbot, dialog)
    assert [row["user_id"] for row in _read(tmp_path / "lists.csv")] == ["user 03"] * 2 + ["user 41"] * 2


def test_an_unknown_user_is_told(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.selected_users.click()
    qtbot.keyClicks(dialog.ids, "nobody")
    _start(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog.message.text() == "There is no user nobody in this workspace.", timeout=SOON)
    assert not (tmp_path / "lists.csv").exists()
    assert dialog.export_button.isEnabled()


def test_a_folder_that_is_not_there_is_told(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.path.setText(str(tmp_path / "nowhere" / "lists.csv"))
    _start(qtbot, dialog)
    qtbot.waitUntil(lambda: "nowhere" in dialog.message.text() and dialog.export_button.isEnabled(), timeout=SOON)
    assert not dialog.folder_button.isVisible()


def test_a_name_without_a_suffix_gets_that_of_the_format(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.path.setText(str(tmp_path / "for Monday"))
    _export(qtbot, dialog)
    assert (tmp_path / "for Monday.csv").is_file()


def test_a_typed_name_of_an_existing_file_is_asked_about(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lists.csv").write_text("work of days")
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.No)
    _start(qtbot, dialog)
    assert dialog.export_button.isEnabled()
    assert (tmp_path / "lists.csv").read_text() == "work of days"
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    _export(qtbot, dialog)
    assert "item_id" in (tmp_path / "lists.csv").read_text("utf-8-sig")


def test_a_name_that_was_chosen_with_another_ending_is_asked_about(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's dialog asked of "lists.txt", and "lists.txt.csv" is written."""
    (tmp_path / "lists.txt.csv").write_text("work of days")
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.No)
    dialog._browse()
    browser = dialog.findChild(QFileDialog)
    assert isinstance(browser, QFileDialog)
    browser.fileSelected.emit(str(tmp_path / "lists.txt"))
    _start(qtbot, dialog)
    assert dialog.export_button.isEnabled()
    assert (tmp_path / "lists.txt.csv").read_text() == "work of days"
    browser.close()


def test_what_was_agreed_to_holds_for_one_export(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(QMessageBox, "question", lambda *about: asked.append(about) or QMessageBox.StandardButton.No)
    (tmp_path / "lists.csv").write_text("work of days")
    dialog._choose(str(tmp_path / "lists.csv"))
    dialog.k.setValue(3)
    _export(qtbot, dialog)
    assert asked == []
    assert len(_read(tmp_path / "lists.csv")) == 3
    dialog.k.setValue(4)
    _start(qtbot, dialog)
    assert len(asked) == 1
    assert len(_read(tmp_path / "lists.csv")) == 3


@pytest.mark.parametrize("text", ["/", ".", "~nobody-of-this-name/lists.csv", "x" * 300])
def test_what_is_no_file_is_told(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.chdir(tmp_path)
    dialog.path.setText(text)
    _start(qtbot, dialog)
    said = "is a folder" if len(text) == 1 else "cannot be written"
    qtbot.waitUntil(lambda: said in dialog.message.text() and dialog.export_button.isEnabled(), timeout=SOON)
    assert list(tmp_path.iterdir()) == []


def test_while_other_work_runs_it_asks_to_wait(qtbot: QtBot, dialog: ExportDialog, background: Background) -> None:
    release = threading.Event()
    background.start(lambda **_: release.wait(20), title="Import")
    _start(qtbot, dialog)
    assert dialog.message.text().startswith("Import is still running")
    release.set()
    qtbot.waitUntil(lambda: background.job is None, timeout=SOON)
    _export(qtbot, dialog)


def test_stop_leaves_no_file(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_: object, progress: Progress, **__: object) -> int:
        while True:
            progress.step(1, 2, "Listing")
            threading.Event().wait(0.01)

    monkeypatch.setattr("desktop_app.dialogs.export_work.export", slow)
    _start(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog.message.text() == "Listing")
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.message.text() == "Stopped. No file was written.")
    assert not (tmp_path / "lists.csv").exists()
    assert dialog.isVisible()


@pytest.mark.parametrize("page", [None, ListRequest(category="灯具")])
def test_stop_at_the_very_end_leaves_the_file_that_was_there(
    qtbot: QtBot,
    trained: tuple[Workspace, Run],
    background: Background,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    page: ListRequest | None,
) -> None:
    ending, go_on, finish = threading.Event(), threading.Event(), CsvWriter.finish

    def slow(writer: CsvWriter) -> None:
        ending.set()
        assert go_on.wait(20)
        finish(writer)

    monkeypatch.setattr(CsvWriter, "finish", slow)
    state = AppState()
    state.open(trained[0], user=7)
    dialog = ExportDialog(state, background, trained[1], page=page)
    state.setParent(dialog)
    qtbot.addWidget(dialog)
    dialog.show()
    path = tmp_path / "lists.csv"
    path.write_text("work of days")
    dialog._choose(str(path))
    _start(qtbot, dialog)
    qtbot.waitUntil(ending.is_set, timeout=SOON)
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.message.text() == "Stopped. No file was written.")
    go_on.set()
    qtbot.waitUntil(lambda: list(tmp_path.iterdir()) == [path], timeout=SOON)
    assert path.read_text() == "work of days"
