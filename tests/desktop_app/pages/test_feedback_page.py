"""Reading, searching, changing, importing and exporting feedback as an analyst does, on a small real shop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from core import listing, workflow
from core.fitting import TrainSettings
from core.listing import ListRequest
from core.progress import Progress
from core.recommend.feedback import Entry
from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.dialogs.feedback_file import FeedbackColumns
from desktop_app.dialogs.feedback_report import FeedbackReport
from desktop_app.pages.feedback import FeedbackPage
from desktop_app.state import AppState
from desktop_app.widgets.feedback_table import NOTE, USER, VERDICT
from tests.shop import START, open_shop

SOON = 20_000


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        run = workflow.train(workspace, TrainSettings(model="transitions"), Progress())
        made = [listing.recommend(workspace, user, Progress(), ListRequest(k=24, hide_seen=False)) for user in range(8)]
        ids = workspace.users().ids.to_pylist()
        workspace.feedback.put(
            [
                Entry(ids[user], f"i{found.items[place]}", verdict, note, START + user, None, run.id, place + 1, 0.5)
                for user, found in enumerate(made)
                for place, verdict, note in ((0, "up", "很好"), (20, "down", ""))
            ]
        )
        yield workspace


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace) -> Iterator[FeedbackPage]:
    background, state = Background(), AppState()
    page = FeedbackPage(state, background)
    state.setParent(page)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    state.open(workspace)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 16, timeout=SOON)
    yield page
    background.close()


def test_without_feedback_it_leads_to_the_lists(qtbot: QtBot, tmp_path: Path) -> None:
    background, state = Background(), AppState()
    page = FeedbackPage(state, background)
    qtbot.addWidget(page)
    page.show()
    with open_shop(tmp_path / "empty.seqlens") as workspace:
        state.open(workspace)
        assert page._pages.currentIndex() == 0
        qtbot.waitUntil(page.import_action.isEnabled, timeout=SOON)
        assert not page.export_action.isEnabled()
        with qtbot.waitSignal(page.navigated) as asked:
            qtbot.mouseClick(page._nothing.button, Qt.MouseButton.LeftButton)
        assert asked.args == ["recommendations"]
        background.close()


def test_the_table_filters_and_leads_to_the_user(qtbot: QtBot, page: FeedbackPage) -> None:
    assert page.count.text().startswith("16")
    qtbot.keyClicks(page.search, "user 03")
    assert page.table.rows.rowCount() == 2
    page.verdict.setCurrentIndex(page.verdict.findData("down"))
    page.verdict.activated.emit(page.verdict.currentIndex())
    assert page.table.rows.rowCount() == 1
    assert page.count.text() == "1 of 16 shown"
    assert page.table.rows.index(0, VERDICT).data() == "Thumb down"
    page.search.clear()
    page.search.insert("很好")  # QTest types ASCII alone
    assert page.table.rows.rowCount() == 0  # those are up
    page.verdict.setCurrentIndex(0)
    page.verdict.activated.emit(0)
    assert page.table.rows.rowCount() == 8
    assert page.run.count() == 2
    index = page.table.rows.index(0, USER)
    name = index.data()
    with qtbot.waitSignal(page.navigated, timeout=SOON) as asked:
        page.table.setCurrentIndex(index)
        page.table.setFocus()
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert asked.args == ["recommendations"]
    assert page._state.workspace is not None
    assert page._state.workspace.users().ids[page._state.user].as_py() == name


def test_it_tells_how_far_the_model_agrees(qtbot: QtBot, page: FeedbackPage) -> None:
    qtbot.waitUntil(lambda: len(page.agreement.table.texts) == 1, timeout=SOON)
    name, above, auc, thumbs = page.agreement.table.texts[0]
    assert (name, above, thumbs) == ("transitions 1", "100 %", "16")
    assert auc.startswith("1.00")
    assert "agrees best" in page.verdict_of_models.text()


def test_notes_are_written_and_changes_taken_back(qtbot: QtBot, page: FeedbackPage, workspace: Workspace) -> None:
    index = page.table.rows.index(0, NOTE)
    user = page.table.rows.index(0, USER).data()
    page.table.setCurrentIndex(index)
    page.table.edit(index)
    editor = page.table.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, "seen")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(one.note == "seen" for one in workspace.feedback.of(user).values()), timeout=SOON)
    qtbot.waitUntil(lambda: page.undo_action.isEnabled(), timeout=SOON)
    page.table.setCurrentIndex(page.table.rows.index(0, USER))
    page.remove_action.trigger()
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 15, timeout=SOON)
    page.undo_action.trigger()
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 16, timeout=SOON)
    assert any(one.note == "seen" for one in workspace.feedback.of(user).values())


def test_files_come_in_and_go_out(qtbot: QtBot, page: FeedbackPage, workspace: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "said.csv"
    page.export_file(out)
    qtbot.waitUntil(lambda: page.told.isVisible(), timeout=SOON)
    assert "16 rows written" in page.told.text()
    file = tmp_path / "more.csv"
    file.write_text("user,item,verdict\nuser 20,i3,up\nuser 21,i99,down\n", encoding="utf-8")
    page.import_file(file)
    qtbot.waitUntil(lambda: page.findChild(FeedbackReport) is not None, timeout=SOON)
    dialog = page.findChild(FeedbackReport)
    assert dialog is not None
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 17, timeout=SOON)
    dialog.reject()
    assert workspace.feedback.of("user 20")["i3"].source == "more.csv"
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n", encoding="utf-8")
    page.import_file(wrong)
    qtbot.waitUntil(lambda: "no column for the user" in page.told.text(), timeout=SOON)
    assert page.told.mapTo(page, QPoint(0, 0)).y() < 100


def test_columns_of_other_names_are_asked_for(
    qtbot: QtBot, page: FeedbackPage, workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("who,what,said,remark\nuser 20,i3,up,fine\nuser 21,i4,down,\n", encoding="utf-8")
    page.import_file(file)
    qtbot.waitUntil(lambda: page.findChild(FeedbackColumns) is not None, timeout=SOON)
    dialog = page.findChild(FeedbackColumns)
    assert dialog is not None
    assert dialog.roles == {"note": "remark"}
    assert not dialog.take.isEnabled()
    assert dialog.rows.rowCount() == 2
    for role, column in (("user", "what"), ("item", "what"), ("user", "who"), ("verdict", "said")):
        dialog.boxes[role].setCurrentIndex(dialog.boxes[role].findData(column))
    assert dialog.roles == {"user": "who", "item": "what", "verdict": "said", "note": "remark"}
    assert dialog.take.isEnabled()
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.findChild(FeedbackReport) is not None, timeout=SOON)
    assert workspace.feedback.of("user 20")["i3"].note == "fine"
    assert workspace.feedback.of("user 21")["i4"].verdict == "down"


def test_what_was_exported_as_json_comes_back(
    qtbot: QtBot, page: FeedbackPage, workspace: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "said.json"
    page.export_file(out)
    qtbot.waitUntil(lambda: "16 rows written" in page.told.text(), timeout=SOON)
    before = {(one.user, one.item): (one.verdict, one.note) for one in workspace.feedback.all()}
    while workspace.feedback.undo():
        pass
    assert workspace.feedback.all() == []
    page.import_file(out)
    qtbot.waitUntil(lambda: page.findChild(FeedbackReport) is not None, timeout=SOON)
    assert {(one.user, one.item): (one.verdict, one.note) for one in workspace.feedback.all()} == before
