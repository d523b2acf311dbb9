"""Segments as an analyst makes and uses them, on the real page over a real workspace."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QToolButton
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from core import workflow
from core.analysis import segments
from core.analysis.conditions import (
    ActiveWhen,
    AnyOf,
    Chosen,
    Condition,
    EventCount,
    LastSeen,
    NoneOf,
    Segment,
    UserIds,
)
from core.fitting import TrainSettings
from core.progress import Progress
from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.pages.segments import NO_DATA, NONE_YET, WORK, SegmentsPage
from desktop_app.pages.timeline import TimelinePage
from desktop_app.parts import segments_work as work
from desktop_app.state import AppState
from desktop_app.widgets import counted
from desktop_app.widgets.condition_list import ConditionGroup
from desktop_app.widgets.condition_rows import ConditionRow
from desktop_app.widgets.condition_words import words_of
from desktop_app.widgets.segment_choice import SegmentChoice
from desktop_app.widgets.window_choice import BETWEEN, EVER, LAST, WindowChoice
from tests.shop import EVENTS, USERS, open_shop

SOON = 20_000


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        yield workspace


@pytest.fixture
def background() -> Iterator[Background]:
    background = Background()
    yield background
    background.close()


@pytest.fixture
def state(workspace: Workspace) -> AppState:
    state = AppState()
    state.open(workspace)
    return state


@pytest.fixture
def page(qtbot: QtBot, state: AppState, background: Background) -> SegmentsPage:
    page = SegmentsPage(state, background)
    qtbot.addWidget(page)
    page.resize(1080, 720)
    page.show()
    qtbot.waitUntil(lambda: page._body.currentIndex() == NONE_YET, timeout=SOON)
    return page


def counts(page: SegmentsPage, users: int) -> bool:
    return page.editor.count.text() == counted.users(users)


def names(page: SegmentsPage) -> list[str]:
    return [page.list.item(row, 0).text() for row in range(page.list.rowCount())]


def trigger(page: SegmentsPage, name: str) -> None:
    action = page.findChild(QAction, name)
    assert isinstance(action, QAction), name
    action.trigger()


def rows(page: SegmentsPage) -> list[ConditionRow]:
    return [row for row in page.editor.conditions.rows if isinstance(row, ConditionRow)]


def make_buyers(page: SegmentsPage, qtbot: QtBot) -> None:
    """A first segment: users with a purchase of a lamp, named "buyers"."""
    page._none_yet.button.click()
    qtbot.waitUntil(lambda: counts(page, USERS), timeout=SOON)  # a purchase ends every sequence
    box = rows(page)[0].findChild(QComboBox, "category")
    assert isinstance(box, QComboBox)
    place = box.findText("灯具")
    box.setCurrentIndex(place)
    box.activated.emit(place)
    page.editor.name.selectAll()
    QTest.keyClicks(page.editor.name, "buyers")
    QTest.keyClick(page.editor.name, Qt.Key.Key_Return)


def saved(workspace: Workspace) -> dict[str, Segment]:
    return {name: Segment.from_dict(body) for name, body in workspace.saved.all("segment").items()}


def test_a_segment_is_made_counted_and_kept(page: SegmentsPage, workspace: Workspace, qtbot: QtBot) -> None:
    make_buyers(page, qtbot)
    wanted = {"buyers": Segment((EventCount("purchase", "灯具"),))}
    qtbot.waitUntil(lambda: saved(workspace) == wanted, timeout=SOON)
    bought = len(workspace.segment("buyers"))
    assert 0 < bought < USERS
    qtbot.waitUntil(lambda: counts(page, bought), timeout=SOON)
    qtbot.waitUntil(lambda: page.users.model.rowCount() == bought, timeout=SOON)
    assert sorted(page.users.model.codes.tolist()) == workspace.segment("buyers").tolist()
    assert counted.events(bought * EVENTS) in page.editor.details.text()
    qtbot.waitUntil(lambda: page.list.item(0, 1).text() == str(bought), timeout=SOON)  # an answer of its own


def test_limits_are_typed_and_conditions_added_and_removed(
    page: SegmentsPage, workspace: Workspace, qtbot: QtBot
) -> None:
    make_buyers(page, qtbot)
    trigger(page, "add_LastSeen")
    fields = rows(page)[1].findChildren(QLineEdit)
    fields[1].selectAll()
    QTest.keyClicks(fields[1], "2.5")
    qtbot.waitUntil(lambda: LastSeen(None, 2.5) in saved(workspace).get("buyers", Segment()).conditions, timeout=SOON)
    QTest.keyClicks(fields[1], "x")
    assert "no limit" in fields[1].toolTip()
    qtbot.waitUntil(lambda: LastSeen(None, None) in saved(workspace)["buyers"].conditions, timeout=SOON)
    trigger(page, "add_UserIds")
    ids = rows(page)[2].findChild(QPlainTextEdit, "ids")
    assert isinstance(ids, QPlainTextEdit)
    ids.setPlainText("user 03\n\n user 05 \nunknown\nuser 03")
    qtbot.waitUntil(
        lambda: UserIds(("user 03", "user 05", "unknown")) in saved(workspace)["buyers"].conditions, timeout=SOON
    )
    for _ in range(2):
        button = rows(page)[0].findChild(QToolButton, "remove_condition")
        assert isinstance(button, QToolButton)
        button.click()
    qtbot.waitUntil(lambda: counts(page, 2), timeout=SOON)
    qtbot.waitUntil(lambda: page.users.model.rowCount() == 2, timeout=SOON)


def test_events_are_counted_within_a_window(page: SegmentsPage, workspace: Workspace, qtbot: QtBot) -> None:
    make_buyers(page, qtbot)
    window = rows(page)[0].findChild(WindowChoice)
    assert isinstance(window, WindowChoice)
    assert not window.days.isVisible()

    def choose(kind: int) -> None:
        window.kind.setCurrentIndex(kind)
        window.kind.activated.emit(kind)

    choose(LAST)
    window.days.setValue(3)
    wanted: tuple[Condition, ...] = (EventCount("purchase", "灯具", last=3),)
    qtbot.waitUntil(lambda: saved(workspace).get("buyers", Segment()).conditions == wanted, timeout=SOON)
    recent = len(workspace.segment("buyers"))
    last = workspace.log().time.max() - 3 * segments.DAY
    log = workspace.log()
    lamps = np.array([category == "灯具" for category in workspace.catalogue().categories.to_pylist()])
    bought = (log.behaviour == 1) & lamps[log.item] & (log.time >= last)
    assert set(workspace.segment("buyers").tolist()) == set(log.user[bought].tolist()) < set(range(USERS))
    assert recent > 0
    qtbot.waitUntil(lambda: counts(page, recent), timeout=SOON)
    assert words_of(wanted[0]).startswith("purchase · 灯具: from 1, in the last 3 day")
    choose(BETWEEN)
    QTest.keyClicks(window.between.fields[0], "2024-10-05")
    wanted = (EventCount("purchase", "灯具", start="2024-10-05"),)
    qtbot.waitUntil(lambda: saved(workspace)["buyers"].conditions == wanted, timeout=SOON)
    choose(EVER)
    qtbot.waitUntil(lambda: saved(workspace)["buyers"].conditions == (EventCount("purchase", "灯具"),), timeout=SOON)


def test_cards_tell_of_which_place_the_hours_are(
    page: SegmentsPage, state: AppState, workspace: Workspace, qtbot: QtBot
) -> None:
    make_buyers(page, qtbot)
    trigger(page, "add_ActiveWhen")

    def zone() -> str:
        label = page.findChild(QLabel, "zone")
        return label.text() if isinstance(label, QLabel) else ""

    assert zone() == "UTC"
    wanted = (EventCount("purchase", "灯具"), ActiveWhen())
    qtbot.waitUntil(lambda: saved(workspace).get("buyers", Segment()).conditions == wanted, timeout=SOON)
    state.choose_offset(-3)  # as on the page of flows
    qtbot.waitUntil(lambda: zone() == "UTC−3", timeout=SOON)
    assert words_of(ActiveWhen("night", None), 8) == "from 50 % of the events: at night, 0–6 h (UTC+8)"


def test_conditions_are_joined_by_or_and_by_not(page: SegmentsPage, workspace: Workspace, qtbot: QtBot) -> None:
    make_buyers(page, qtbot)
    bought = EventCount("purchase", "灯具")
    qtbot.waitUntil(lambda: saved(workspace) == {"buyers": Segment((bought,))}, timeout=SOON)
    trigger(page, "add_AnyOf")
    group = page.editor.conditions.rows[1]
    assert isinstance(group, ConditionGroup)
    assert "asks for nothing" in group.empty.text()
    assert not group.empty.isHidden()
    assert page.focusWidget() is group.list.add_button
    for kind in ("LastSeen", "UserIds"):
        action = group.findChild(QAction, f"add_{kind}")
        assert isinstance(action, QAction)
        action.trigger()
    field = group.list.rows[0].findChildren(QLineEdit)[1]
    field.selectAll()
    QTest.keyClicks(field, "2.5")
    ids = group.findChild(QPlainTextEdit, "ids")
    assert isinstance(ids, QPlainTextEdit)
    ids.setPlainText("user 03\nuser 05")
    inner = (LastSeen(None, 2.5), UserIds(("user 03", "user 05")))
    wanted = Segment((bought, AnyOf(inner)))
    qtbot.waitUntil(lambda: saved(workspace) == {"buyers": wanted}, timeout=SOON)
    late = len(workspace.segment("buyers"))
    qtbot.waitUntil(lambda: counts(page, late), timeout=SOON)
    words = [label.text() for label in page.editor.conditions._joints + group.list._joints if label.isVisible()]
    assert words == ["and", "or"]

    QTest.keyClick(group.rule, Qt.Key.Key_Down)  # none of them in the place of at least one
    qtbot.waitUntil(lambda: saved(workspace) == {"buyers": Segment((bought, NoneOf(inner)))}, timeout=SOON)
    everyone = len(segment_of(workspace, bought))
    assert 0 < late < everyone
    qtbot.waitUntil(lambda: counts(page, everyone - late), timeout=SOON)
    page.undo_action.trigger()
    qtbot.waitUntil(lambda: counts(page, late), timeout=SOON)
    group = page.editor.conditions.rows[1]
    assert isinstance(group, ConditionGroup)
    assert group.condition == AnyOf(inner)
    remove = group.findChild(QToolButton, "remove_condition", Qt.FindChildOption.FindDirectChildrenOnly)
    assert isinstance(remove, QToolButton)
    remove.click()
    qtbot.waitUntil(lambda: counts(page, everyone), timeout=SOON)


def segment_of(workspace: Workspace, *conditions: Condition) -> list[int]:
    with workspace.cursor() as cursor:
        return [int(code) for code in segments.members(cursor, Segment(conditions))]


def test_every_change_can_be_taken_back_and_done_again(page: SegmentsPage, workspace: Workspace, qtbot: QtBot) -> None:
    make_buyers(page, qtbot)
    qtbot.waitUntil(lambda: list(saved(workspace)) == ["buyers"], timeout=SOON)
    whole = saved(workspace)
    trigger(page, "segment.remove")
    qtbot.waitUntil(lambda: saved(workspace) == {} and page._body.currentIndex() == NONE_YET, timeout=SOON)
    trigger(page, "segment.undo")
    qtbot.waitUntil(lambda: saved(workspace) == whole and names(page) == ["buyers"], timeout=SOON)
    assert page._body.currentIndex() == WORK
    assert page.editor.segment == whole["buyers"]
    while page.undo_action.isEnabled():
        trigger(page, "segment.undo")
    qtbot.waitUntil(lambda: saved(workspace) == {}, timeout=SOON)
    while page.redo_action.isEnabled():
        trigger(page, "segment.redo")
    qtbot.waitUntil(lambda: page._writing == 0, timeout=SOON)
    assert saved(workspace) == {}  # the removal was done again too
    trigger(page, "segment.undo")
    qtbot.waitUntil(lambda: saved(workspace) == whole, timeout=SOON)


def test_a_name_that_is_taken_is_refused(page: SegmentsPage, workspace: Workspace, qtbot: QtBot) -> None:
    make_buyers(page, qtbot)
    trigger(page, "segment.new")
    qtbot.waitUntil(lambda: names(page) == ["Segment 1", "buyers"], timeout=SOON)
    page.editor.name.setText("buyers")
    QTest.keyClick(page.editor.name, Qt.Key.Key_Return)
    assert "is taken" in page.editor.measured.text()
    assert page.editor.name.text() == "Segment 1"
    page.list.setCurrentCell(1, 0)
    assert page.editor.name.text() == "buyers"
    qtbot.waitUntil(lambda: set(saved(workspace)) == {"Segment 1", "buyers"}, timeout=SOON)


def test_it_filters_the_timeline_and_follows_its_changes(
    page: SegmentsPage, state: AppState, background: Background, workspace: Workspace, qtbot: QtBot
) -> None:
    timeline = TimelinePage(state, background)
    qtbot.addWidget(timeline)
    qtbot.waitUntil(lambda: timeline.users.model.rowCount() == USERS, timeout=SOON)
    make_buyers(page, qtbot)
    page.editor.use.click()
    qtbot.waitUntil(lambda: state.segment == "buyers", timeout=SOON)
    qtbot.waitUntil(lambda: timeline.users.model.rowCount() == len(workspace.segment("buyers")), timeout=SOON)
    choice = timeline.findChild(SegmentChoice)
    assert isinstance(choice, SegmentChoice)
    qtbot.waitUntil(lambda: choice.currentText() == "buyers", timeout=SOON)
    page.editor.name.setText("lamp buyers")
    page.editor.name.editingFinished.emit()
    qtbot.waitUntil(lambda: state.segment == "lamp buyers", timeout=SOON)
    qtbot.waitUntil(lambda: choice.currentText() == "lamp buyers", timeout=SOON)
    assert page.editor.use.isChecked()
    trigger(page, "segment.remove")
    qtbot.waitUntil(lambda: timeline.users.model.rowCount() == USERS and state.segment is None, timeout=SOON)
    assert choice.currentText() == "All users"


def test_a_model_is_measured_on_it(page: SegmentsPage, state: AppState, workspace: Workspace, qtbot: QtBot) -> None:
    make_buyers(page, qtbot)
    assert not page.editor.measure.isEnabled()
    run = workflow.train(workspace, TrainSettings(model="transitions"), Progress())
    state.runs_changed.emit()
    qtbot.waitUntil(page.editor.measure.isEnabled, timeout=SOON)
    page.editor.measure.click()
    qtbot.waitUntil(lambda: "evaluation fit" in page.editor.measured.text(), timeout=SOON)
    found = workflow.measure(workspace, "buyers", run.id, Progress())
    shown = [page.editor._figures.itemAt(place).widget().text() for place in range(page.editor._figures.count())]
    assert f"{found.metrics['ndcg@10']:.4f}" in shown
    assert f"{run.metrics['ndcg@10']:.4f}" in shown


@pytest.mark.parametrize("stop", [False, True])
def test_a_measurement_ends_in_good_order_when_its_page_is_gone(
    state: AppState,
    background: Background,
    workspace: Workspace,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    stop: bool,
) -> None:
    go_on, measure = threading.Event(), work.measure

    def slow(*asked: Any, progress: Progress) -> work.Measured:
        assert go_on.wait(20)
        return measure(*asked, progress=progress)

    monkeypatch.setattr(work, "measure", slow)
    workflow.train(workspace, TrainSettings(model="transitions"), Progress())
    workspace.saved.put("segment", "picked", Segment((Chosen((1, 2)),)).to_dict())
    page = SegmentsPage(state, background)
    page.show()
    qtbot.waitUntil(page.editor.measure.isEnabled, timeout=SOON)
    page.editor.measure.click()
    qtbot.waitUntil(lambda: background.job is not None, timeout=SOON)
    delete(page)  # as where the window is built in another language
    if stop:
        assert background.job is not None
        background.job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: background.job is None, timeout=SOON)


def test_what_it_cannot_tell_is_said(
    state: AppState, background: Background, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.saved.put("segment", "from tomorrow", {"conditions": [{"kind": "dream"}]})
    workspace.saved.put("segment", "picked", Segment((Chosen((1, 2)),)).to_dict())
    page = SegmentsPage(state, background)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: names(page) == ["from tomorrow", "picked"], timeout=SOON)
    assert "newer Seqlens" in page.editor.problem.text()
    qtbot.waitUntil(lambda: page.list.item(1, 1).text() == "2", timeout=SOON)
    assert page.list.item(0, 1).text() == "–"
    trigger(page, "segment.remove")
    qtbot.waitUntil(lambda: names(page) == ["picked"] and counts(page, 2), timeout=SOON)
    trigger(page, "segment.undo")
    qtbot.waitUntil(lambda: "from tomorrow" in workspace.saved.names("segment"), timeout=SOON)
    assert workspace.saved.get("segment", "from tomorrow") == {"conditions": [{"kind": "dream"}]}


def test_without_data_it_leads_to_them(qtbot: QtBot, background: Background) -> None:
    page = SegmentsPage(AppState(), background)
    qtbot.addWidget(page)
    assert page._body.currentIndex() == NO_DATA
    with qtbot.waitSignal(page.navigated) as asked:
        page._no_data.button.click()
    assert asked.args == ["data"]


def test_fields_stand_below_each_other_where_there_is_little_room(page: SegmentsPage, qtbot: QtBot) -> None:
    make_buyers(page, qtbot)
    fields = [rows(page)[0].findChild(QComboBox, "category"), rows(page)[0].findChild(QLineEdit)]

    def below() -> bool:
        places = [field.mapTo(rows(page)[0], field.rect().topLeft()).y() for field in fields]
        return places[1] > places[0] + fields[0].height() // 2

    qtbot.waitUntil(lambda: not below(), timeout=SOON)
    page.resize(760, 600)
    qtbot.waitUntil(below, timeout=SOON)
    card = rows(page)[0]
    scroll = page.editor._scroll
    qtbot.waitUntil(lambda: card.mapTo(scroll, card.rect().topRight()).x() <= scroll.viewport().width(), timeout=SOON)
    page.resize(1100, 700)
    qtbot.waitUntil(lambda: not below(), timeout=SOON)
