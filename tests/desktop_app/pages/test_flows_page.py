"""Flows as an analyst reads them, on the real page over a real workspace."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from core.analysis.conditions import ActiveWhen, Chosen, Segment
from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.pages.flows import FlowsPage
from desktop_app.parts.flows_export import FewBox, Takeaway
from desktop_app.state import AppState
from desktop_app.widgets import counted
from desktop_app.widgets.figure_table import Table
from desktop_app.widgets.flow_tab import FlowTab
from tests.filled import Event, fill
from tests.shop import DAY, EVENTS, START, USERS, open_shop

SOON = 20_000


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        yield workspace


@pytest.fixture
def state(workspace: Workspace) -> AppState:
    state = AppState()
    state.open(workspace)
    return state


@pytest.fixture
def page(qtbot: QtBot, state: AppState) -> Iterator[FlowsPage]:
    background = Background()
    page = FlowsPage(state, background)
    qtbot.addWidget(page)
    page.resize(1080, 720)
    page.show()
    qtbot.waitUntil(lambda: page.transitions.shows_figures, timeout=SOON)
    yield page
    background.close()


def show(page: FlowsPage, tab: FlowTab, qtbot: QtBot) -> list[list[str]]:
    """The figures of a tab, once they are there."""
    page.tabs.setCurrentWidget(tab)
    qtbot.waitUntil(lambda: tab in page._answered and not page._background.asking, timeout=SOON)
    return tab.table.table.as_rows()


def trigger(page: FlowsPage, name: str) -> None:
    action = page.findChild(QAction, name)
    assert isinstance(action, QAction), name
    action.trigger()


def test_transitions_as_matrix_and_graph(page: FlowsPage, qtbot: QtBot) -> None:
    rows = show(page, page.transitions, qtbot)
    assert rows[0] == ["", "view", "purchase"]
    assert rows[1][0] == "view"
    assert [float(cell or 0) for cell in rows[1][1:]] == pytest.approx([10 / 11, 1 / 11], abs=1e-5)  # 12 events each
    assert rows[2] == ["purchase", "0", "0"]
    assert page.summary.text() == f"{counted.users(USERS)}  ·  {counted.events(USERS * EVENTS)}"
    graph = page.transitions.graph
    assert [(arrow.source, arrow.target, arrow.count) for arrow in graph.arrows] == [(0, 0, 600), (0, 1, 60)]
    page.transitions.repeats.click()
    assert [(arrow.source, arrow.target) for arrow in graph.arrows] == [(0, 1)]
    page.transitions.kind.setCurrentIndex(1)
    page.transitions.kind.activated.emit(1)
    assert page.transitions.table.table.as_rows()[1] == ["view", "600", "60"]


def test_a_state_is_chosen_by_click_and_by_key(page: FlowsPage, qtbot: QtBot) -> None:
    show(page, page.transitions, qtbot)
    graph = page.transitions.graph
    QTest.mouseClick(graph, Qt.MouseButton.LeftButton, pos=graph._places()[1].toPoint())
    assert graph.chosen == 1
    assert graph.accessibleDescription() == "view → purchase: 60, 9.1 % of what follows view"
    QTest.keyClick(graph, Qt.Key.Key_Right)
    assert graph.chosen == 0
    QTest.keyClick(graph, Qt.Key.Key_Left)
    assert graph.chosen == 1
    QTest.keyClick(graph, Qt.Key.Key_Escape)
    assert graph.chosen == -1


def test_a_funnel_of_chosen_steps(page: FlowsPage, qtbot: QtBot) -> None:
    rows = show(page, page.funnel, qtbot)
    assert [row[:2] for row in rows[1:]] == [["1.  view", str(USERS)], ["2.  purchase", str(USERS)]]
    assert rows[2][4:] == ["3600", "3600"]  # seconds; the view an hour before is the latest
    page.funnel.less.click()
    page.funnel.more.click()
    page.funnel.more.click()
    assert [box.currentData() for box in page.funnel.steps] == ["view", "purchase", "purchase"]
    qtbot.waitUntil(lambda: len(page.funnel.table.table.texts) == 3, timeout=SOON)
    assert page.funnel.table.table.texts[2][1] == "0"
    page.by.setCurrentIndex(1)
    page.by.activated.emit(1)
    qtbot.waitUntil(lambda: page.funnel.table.table.texts[0][0] in ("1.  Furniture", "1.  灯具"), timeout=SOON)
    assert len(page.funnel.steps) == 2


def test_the_window_of_a_funnel_is_asked_for(page: FlowsPage, qtbot: QtBot) -> None:
    show(page, page.funnel, qtbot)
    page.funnel.unit.setCurrentIndex(0)
    page.funnel.within.setValue(1)
    page.funnel.steps[0].setCurrentIndex(1)
    page.funnel.steps[0].activated.emit(1)
    qtbot.waitUntil(lambda: page.funnel.table.table.texts[0][0] == "1.  purchase", timeout=SOON)
    assert page.funnel.settings() == {"steps": ("purchase", "purchase"), "window": 3_600_000_000}
    assert page.funnel.table.table.texts[1][1] == "0"


def test_steps_paths_hours_and_cohorts(page: FlowsPage, qtbot: QtBot) -> None:
    rows = show(page, page.steps, qtbot)
    assert rows[0] == ["", *(str(step) for step in range(1, 13))]
    assert [row[-1] for row in rows[1:]] == ["0", "1", "0"]  # the twelfth event is the purchase
    rows = show(page, page.paths, qtbot)
    assert rows[1] == ["view  →  view  →  view", str(USERS), "1", str(9 * USERS)]
    page.paths.collapse.click()
    page.paths.length.setValue(2)
    qtbot.waitUntil(lambda: len(page.paths.table.table.texts) == 1, timeout=SOON)
    assert page.paths.table.table.as_rows()[1] == ["view  →  purchase", str(USERS), "1", str(USERS)]
    rows = show(page, page.hours, qtbot)
    figures = np.array([[float(cell) for cell in row[1:]] for row in rows[1:]])
    assert figures.sum() == USERS * EVENTS
    page.hours.offset.setValue(1)
    qtbot.waitUntil(
        lambda: np.array_equal(page.hours.table.table.figures, np.roll(figures.ravel(), 1).reshape(7, 24)), timeout=SOON
    )
    rows = show(page, page.retention, qtbot)
    assert rows[0][:3] == ["", "Users", "0"]
    assert rows[1][:3] == ["All", str(USERS), "1"]
    assert sum(int(row[1]) for row in rows[2:]) == USERS
    assert not page.by.isVisible()


def test_the_day_of_the_users_is_one_for_hours_and_segments(
    page: FlowsPage, state: AppState, workspace: Workspace, qtbot: QtBot
) -> None:
    night = Segment((ActiveWhen("night", None, 0.9),))  # 12 events, an hour apart
    workspace.saved.put("segment", "night", night.to_dict())
    at_night = [user for user in range(USERS) if all(in_night(user, place, 0) for place in range(EVENTS))]
    assert workspace.segment("night").tolist() == at_night
    show(page, page.hours, qtbot)
    with qtbot.waitSignal(state.offset_changed):
        page.hours.offset.setValue(9)
    low = [user for user in range(USERS) if sum(in_night(user, place, 9) for place in range(EVENTS)) >= 0.5 * EVENTS]
    workspace.saved.put("segment", "half", Segment((ActiveWhen("night", None, 0.5),)).to_dict())
    assert workspace.segment("half").tolist() == low
    qtbot.waitUntil(lambda: workspace.setting("utc_offset", 0) == 9, timeout=SOON)
    state.open(None)
    assert page.hours.offset.value() == 0
    state.open(workspace)
    assert page.hours.offset.value() == 9


def in_night(user: int, place: int, offset: int) -> bool:
    hour = (START + user * DAY // 7 + place * DAY // 24) // (DAY // 24) + offset
    return hour % 24 < 6


def choose(box: QComboBox, place: int) -> None:
    box.setCurrentIndex(place)
    box.activated.emit(place)


def test_hours_and_cohorts_of_chosen_behaviours(page: FlowsPage, qtbot: QtBot) -> None:
    show(page, page.hours, qtbot)
    choose(page.hours.behaviour, page.hours.behaviour.findText("purchase"))
    qtbot.waitUntil(lambda: page.hours.table.table.figures.sum() == USERS, timeout=SOON)  # one of each user
    row, column = (int(place) for place in np.argwhere(page.hours.table.table.figures > 0)[0])
    pick(page, row, column, qtbot)
    assert "purchase, " in page.who.told.text()
    show(page, page.retention, qtbot)
    choose(page.retention.again, page.retention.again.findText("purchase"))
    choose(page.retention.period, 2)
    qtbot.waitUntil(lambda: len(page.retention.table.table.texts) > 6 and not page._background.asking, timeout=SOON)
    figures = page.retention.table.table.figures
    starts = np.arange(USERS) * DAY // 7  # the purchase is 11 hours after the first event
    same = (starts % DAY + 11 * DAY // 24 < DAY).sum()
    assert figures[0, 1] == pytest.approx(same / USERS)
    assert figures[0, 2] == pytest.approx(1 - same / USERS, abs=0.03)  # the last day has no next one
    pick(page, 1, 2, qtbot)
    assert "purchase after 1" in page.who.told.text() or "purchase after 1" in page.who.which.currentText()
    choose(page.retention.first, page.retention.first.findText("purchase"))
    qtbot.waitUntil(lambda: page.retention.table.table.figures[0, 1] == 1, timeout=SOON)
    pick(page, 0, 0, qtbot)
    assert page.who.told.text() == f"{counted.users(USERS)}:  All with purchase"


def test_it_is_of_the_chosen_segment(page: FlowsPage, state: AppState, workspace: Workspace, qtbot: QtBot) -> None:
    workspace.saved.put("segment", "three", Segment((Chosen((3, 5, 8)),)).to_dict())
    state.segments_changed.emit()
    qtbot.waitUntil(lambda: page.segment.count() == 2, timeout=SOON)
    page.segment.setCurrentIndex(1)
    page.segment.activated.emit(1)
    qtbot.waitUntil(lambda: page.summary.text().startswith(counted.users(3)), timeout=SOON)
    assert state.segment == "three"
    assert show(page, page.paths, qtbot)[1][1] == "3"
    workspace.saved.put("segment", "three", Segment((Chosen((3,)),)).to_dict())
    state.select_segment("three", anew=True)
    qtbot.waitUntil(lambda: page.paths.table.table.texts[0][1] == "1", timeout=SOON)
    workspace.saved.remove("segment", "three")
    state.select_segment("three", anew=True)
    qtbot.waitUntil(lambda: not page.paths.shows_figures, timeout=SOON)
    assert page.paths.note.text() == "There is no segment three in this workspace."
    assert not page.findChild(QAction, "flows.copy").isEnabled()


def pick(page: FlowsPage, row: int, column: int, qtbot: QtBot) -> None:
    """Click a cell of the shown tab, and wait until its users are counted."""
    table = page.tab.table
    at = table.visualRect(table.model().index(row, column)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(page.who.save_action.isEnabled, timeout=SOON)


def test_users_behind_a_figure_become_a_segment(page: FlowsPage, workspace: Workspace, qtbot: QtBot) -> None:
    log = workspace.log()
    show(page, page.hours, qtbot)
    assert "Choose a figure" in page.who.told.text()
    assert not page.who.save_action.isEnabled()
    table = page.hours.table.table
    figures = table.figures
    assert figures is not None
    day, hour = (int(place) for place in np.argwhere(figures > 0)[0])
    pick(page, day, hour, qtbot)
    there = np.unique(log.user[(log.time // 3_600_000_000 % 24 == hour) & ((log.time // DAY + 3) % 7 == day)])
    assert page.who.told.text() == f"{counted.users(len(there))}:  {table.rows[day]} {hour:02d}:00–{hour:02d}:59"
    QTest.keyClick(page.who.name, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(page.who.name, "early birds")
    QTest.keyClick(page.who.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.segment.findData("early birds") > 0, timeout=SOON)
    assert workspace.segment("early birds").tolist() == there.tolist()
    assert "as the segment “early birds”" in page.who.told.text()
    QTest.keyClick(page.who.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.who.told.text() == "early birds is taken. Choose another name.", timeout=SOON)

    # Within that segment: who left the funnel after its first step, and who came back after three days.
    page.segment.setCurrentIndex(1)
    page.segment.activated.emit(1)
    page.tabs.setCurrentWidget(page.funnel)
    page.funnel.within.setValue(1)
    show(page, page.funnel, qtbot)
    page.funnel.within.setValue(0)
    qtbot.waitUntil(lambda: page.summary.text().startswith(counted.users(len(there))), timeout=SOON)
    show(page, page.funnel, qtbot)
    pick(page, 1, 1, qtbot)
    assert [page.who.which.itemText(place) for place in range(2)] == ["Got to 2.  purchase", "Left after 1.  view"]
    assert page.who.told.text() == counted.users(len(there))
    page.who.which.setFocus()
    QTest.keyClick(page.who.which, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.who.told.text() == counted.users(0), timeout=SOON)  # everybody bought in the end
    assert not page.who.save_action.isEnabled()


def test_every_figure_counts_as_many_users_as_it_says(page: FlowsPage, qtbot: QtBot) -> None:
    show(page, page.transitions, qtbot)
    pick(page, 0, 1, qtbot)
    assert page.who.told.text() == f"{counted.users(USERS)}:  view → purchase"
    show(page, page.steps, qtbot)
    pick(page, 1, EVENTS - 1, qtbot)
    assert page.who.told.text() == f"{counted.users(USERS)}:  Step {EVENTS}: purchase"
    show(page, page.paths, qtbot)
    pick(page, 0, 0, qtbot)
    assert page.who.told.text() == f"{counted.users(USERS)}:  view  →  view  →  view"
    rows = show(page, page.retention, qtbot)
    pick(page, 1, 0, qtbot)
    assert page.who.told.text() == f"{counted.users(int(rows[2][1]))}:  First in {rows[2][0]}"
    page.retention.period.setCurrentIndex(2)
    page.retention.period.activated.emit(2)
    assert "Choose a figure" in page.who.told.text() or page.who.behind is not None
    qtbot.waitUntil(lambda: page.who.behind is None, timeout=SOON)  # other figures, none of them chosen


def test_figures_are_copied_and_saved(
    page: FlowsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = show(page, page.transitions, qtbot)
    trigger(page, "flows.copy")
    assert QGuiApplication.clipboard().text() == "\n".join("\t".join(row) for row in rows)
    table, picture = tmp_path / "表 t.csv", tmp_path / "p.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(table), ""))
    trigger(page, "flows.save_rows")
    qtbot.waitUntil(table.exists, timeout=SOON)
    with table.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == rows
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(picture), ""))
    trigger(page, "flows.save_picture")
    qtbot.waitUntil(picture.exists, timeout=SOON)
    assert QImage(str(picture)).width() == 2 * page.transitions.width()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "t.csv"), ""))
    trigger(page, "flows.save_rows")
    qtbot.waitUntil(lambda: page.findChild(QMessageBox) is not None, timeout=SOON)


def test_columns_are_taken_away_as_they_stand(
    page: FlowsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = show(page, page.transitions, qtbot)
    table = page.transitions.table
    page.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus, timeout=SOON)
    table.setCurrentIndex(table.model().index(0, 0))
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(table, Qt.Key.Key_H, keys)
    entries = {entry.text(): entry for entry in table.columns.menu.actions()}
    assert entries["Copy the table"] is page.findChild(QAction, "flows.copy")
    entries["Move “view” right"].trigger()
    table.columns.menu.close()
    qtbot.keyClick(table, Qt.Key.Key_C, keys)
    assert QGuiApplication.clipboard().text() == "\n".join("\t".join((name, b, a)) for name, a, b in rows)
    table.columns.hide(0)
    path = tmp_path / "t.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    trigger(page, "flows.save_rows")
    qtbot.waitUntil(path.exists, timeout=SOON)
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [[name, purchase] for name, _, purchase in rows]


def test_of_hidden_columns_nobody_has_to_be_told_unless_the_rows_name_their_users() -> None:
    texts = [["view  →  cart", "7", "70 %"], ["cart  →  buy", "4", "40 %"]]
    table = Table(("Path", "Users", "Share"), texts, left=(0,))
    crowd = np.array([[7, 7, 7], [7, 4, 7]])
    assert not Takeaway(table, crowd, 10, columns=(2, 0)).few.any()
    assert Takeaway(table, crowd, 10, columns=(2, 0)).rows() == [["Share", "Path"], *(row[2::-2] for row in texts)]
    named = Takeaway(table, np.array([[7], [4]]), 10, named=True, columns=(0,))
    assert named.few.any()
    assert named.rows(leave_out=True) == [["Path"], ["view  →  cart"]]


def test_without_times_it_says_what_is_missing(qtbot: QtBot, tmp_path: Path) -> None:
    state, background = AppState(), Background()
    events: list[Event] = [(0, 0, 0, 0, None, None), (0, 1, 0, 1, None, None)]
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        with workspace.cursor() as cursor:
            items = [("=i", None, "=1+1", None, None)]
            fill(cursor, ["ann"], items, [("view", False), ("cart", False)], events, timed=False, create=False)
        page = FlowsPage(state, background)
        qtbot.addWidget(page)
        page.show()
        state.open(workspace)
        qtbot.waitUntil(lambda: page.transitions.shows_figures, timeout=SOON)
        for tab in (page.hours, page.retention):
            show(page, tab, qtbot)
            assert "no times" in tab.note.text()
        rows = show(page, page.funnel, qtbot)
        assert rows[2][1:] == ["1", "1", "1", "–", "–"]
        state.open(None)
        assert page._pile.currentIndex() == 0
    background.close()


def test_a_single_behaviour_gives_way_to_categories_and_rare_ones_are_pooled(qtbot: QtBot, tmp_path: Path) -> None:
    state, background = AppState(), Background()
    items = [(f"i{item}", None, f"c{item:02d}", None, None) for item in range(30)]
    events: list[Event] = [(0, time, item, 0, None, None) for time, item in enumerate([*range(30), 0, 1, 0])]
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        with workspace.cursor() as cursor:
            fill(cursor, ["ann"], items, [("rating", False)], events, create=False)
        page = FlowsPage(state, background)
        qtbot.addWidget(page)
        page.show()
        state.open(workspace)
        qtbot.waitUntil(lambda: page.transitions.shows_figures, timeout=SOON)
        assert page.by.currentData() == "category"
        rows = show(page, page.transitions, qtbot)
        assert rows[0][1:3] == ["c00", "c01"]
        assert rows[0][-1] == "Other (6)"
        assert len(rows) == 26
        assert "Other (6)" not in page.transitions.graph.names
        page.by.setCurrentIndex(0)
        page.by.activated.emit(0)
        qtbot.waitUntil(lambda: page.transitions.table.table.columns == ("rating",), timeout=SOON)
        state.open(None)
    background.close()


def few_box(page: FlowsPage, qtbot: QtBot) -> FewBox:
    qtbot.waitUntil(lambda: page.findChild(FewBox) is not None, timeout=SOON)
    box = page.findChild(FewBox)
    assert box is not None
    return box


def closed(page: FlowsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.findChild(FewBox) is None, timeout=SOON)


def test_figures_of_too_few_users_are_told_before_they_are_taken_away(
    page: FlowsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.tabs.setCurrentWidget(page.retention)
    period = page.retention.period
    period.setCurrentIndex(period.findData("day"))  # some 7 users come first a day
    period.activated.emit(period.currentIndex())
    qtbot.waitUntil(lambda: not page._background.asking, timeout=SOON)
    rows = show(page, page.retention, qtbot)
    sizes = [int(row[1]) for row in rows[2:]]
    assert min(sizes) < 5 <= max(sizes)
    page.mark_action.setChecked(True)
    QGuiApplication.clipboard().setText("as before")
    trigger(page, "flows.copy")
    box = few_box(page, qtbot)
    assert "fewer than 5 users" in box.text()
    assert QGuiApplication.clipboard().text() == "as before"
    assert box.less is not None
    box.less.click()
    *copied, mark = (line.split("\t") for line in QGuiApplication.clipboard().text().split("\n"))
    assert mark[0].startswith("Seqlens ")
    assert "data " in mark[0]
    assert len(copied) == len(rows)
    for full, row in zip(rows[2:], copied[2:], strict=True):
        users = int(full[1])
        assert row[0] == full[0]
        assert row[1] == ("<5" if users < 5 else full[1])
        for share, cell in zip(full[2:], row[2:], strict=True):
            there = round(float(share or 0) * users)
            assert cell == ("<5" if 0 < there < 5 else share)
    closed(page, qtbot)
    table = tmp_path / "t.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(table), ""))
    page.mark_action.setChecked(False)
    trigger(page, "flows.save_rows")
    few_box(page, qtbot).whole.click()
    qtbot.waitUntil(table.exists, timeout=SOON)
    with table.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == rows


def test_what_names_its_users_is_left_out_whole() -> None:
    """A path tells what its users did, though no figure stands beside it; the step of a funnel was chosen."""
    texts = [["view  →  cart", "7", "70 %"], ["cart  →  buy", "4", "40 %"], ["buy  →  buy", "0", "0 %"]]
    table = Table(("Path", "Users", "Share"), texts, left=(0,))
    crowd = np.array([[7], [4], [0]])
    assert Takeaway(table, crowd, 10, named=True).rows(leave_out=True) == [list(table.columns), texts[0], texts[2]]
    assert Takeaway(table, crowd, 10).rows(leave_out=True)[2] == ["cart  →  buy", "<5", "<5"]
    assert Takeaway(table, crowd, 10, mark="whence").rows() == [list(table.columns), *texts, ["whence"]]


def test_figures_of_a_small_segment_are_taken_whole_or_not(
    page: FlowsPage, state: AppState, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.saved.put("segment", "three", Segment((Chosen((3, 5, 8)),)).to_dict())
    state.select_segment("three")
    qtbot.waitUntil(lambda: page.summary.text().startswith(counted.users(3)), timeout=SOON)
    trigger(page, "flows.save_rows")
    box = few_box(page, qtbot)
    assert "of 3 user" in box.text()
    assert box.less is None
    box.reject()


def test_figures_are_taken_away_only_while_they_are_those_that_are_asked_for(
    qtbot: QtBot, page: FlowsPage, state: AppState
) -> None:
    copy = page.findChild(QAction, "flows.copy")
    assert isinstance(copy, QAction)
    qtbot.waitUntil(copy.isEnabled, timeout=SOON)
    page.tabs.setCurrentWidget(page.hours)
    assert not copy.isEnabled()  # there is nothing yet
    qtbot.waitUntil(copy.isEnabled, timeout=SOON)
    page.hide()
    state.data_changed.emit()
    assert not copy.isEnabled()  # the figures are of data that changed
    page.show()
    qtbot.waitUntil(copy.isEnabled, timeout=SOON)
    state.open(None)
    assert not copy.isEnabled()


def test_nothing_can_be_taken_from_a_page_that_was_not_seen_yet(
    qtbot: QtBot, state: AppState, background: Background
) -> None:
    page = FlowsPage(state, background)
    qtbot.addWidget(page)
    for name in ("flows.copy", "flows.save_rows", "flows.save_picture"):
        action = page.findChild(QAction, name)
        assert isinstance(action, QAction)
        assert not action.isEnabled(), name
