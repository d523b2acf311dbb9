"""Replay, filter, notes, sessions and comparison on the timeline page, as an analyst uses them, with a real model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from core import listing, workflow
from core.fitting import TrainSettings
from core.progress import Progress
from core.recommend.replay import Part
from core.sequences.annotations import KIND
from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.dialogs.all_notes import ABOUT, TEXT, USER, AllNotes
from desktop_app.dialogs.choose_user import ChooseUser
from desktop_app.pages.timeline import TimelinePage
from desktop_app.parts import timeline_replay
from desktop_app.state import AppState
from desktop_app.widgets.note_dialog import NoteDialog
from desktop_app.widgets.rank_strip import WAITING
from desktop_app.widgets.timeline_scale import DAY, MINUTE, View
from tests.shop import EVENTS, open_shop


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shop") / "w.seqlens"
    with open_shop(path) as workspace:
        workflow.train(workspace, TrainSettings(model="transitions"), Progress())
    return path


@pytest.fixture
def state(trained: Path, tmp_path: Path) -> Iterator[AppState]:
    path = tmp_path / "w.seqlens"
    path.write_bytes(trained.read_bytes())
    state = AppState()
    with Workspace.open(path) as workspace:
        state.open(workspace, user=3)
        yield state
        state.open(None)


@pytest.fixture
def page(qtbot: QtBot, state: AppState, background: Background) -> TimelinePage:
    return opened(qtbot, state, background)


def opened(qtbot: QtBot, state: AppState, background: Background) -> TimelinePage:
    page = TimelinePage(state, background)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    qtbot.waitUntil(lambda: page.timeline.events is not None, timeout=10_000)
    return page


def trigger(page: QWidget, name: str) -> None:
    action = page.findChild(QAction, name)
    assert isinstance(action, QAction), name
    action.trigger()


def workspace_of(state: AppState) -> Workspace:
    assert state.workspace is not None
    return state.workspace


# Replay


def ranked(page: TimelinePage) -> bool:
    ranks = page.replay.strip.ranks
    return ranks is not None and not (ranks.ranks == WAITING).any()


def test_the_replay_ranks_every_step_as_the_model_does(page: TimelinePage, state: AppState, qtbot: QtBot) -> None:
    assert not page.replay.strip.isVisible()
    trigger(page, "timeline.replay")
    assert page.replay.strip.isVisible()
    qtbot.waitUntil(lambda: ranked(page), timeout=10_000)
    known = page.replay.strip.ranks
    assert known is not None
    replay = listing.replay(workspace_of(state), 3, Progress())
    assert known.ranks[replay.targets].tolist() == replay.ranks(replay.targets, Progress()).tolist()
    assert known.parts.tolist() == [Part.TRAINED] * (EVENTS - 2) + [Part.VALIDATION, Part.TEST]
    held = listing.held_out(workspace_of(state), 3, Progress())
    assert held is not None
    assert known.ranks[-1] == held.rank
    state.open(None)
    assert page.replay.strip.ranks is None  # of what is no longer open


def test_keys_and_buttons_step_and_the_list_follows(page: TimelinePage, state: AppState, qtbot: QtBot) -> None:
    page.activateWindow()
    page.timeline.setFocus()
    trigger(page, "timeline.replay")
    panel = page.replay.panel
    qtbot.waitUntil(lambda: "Choose an event" in panel.note.text())
    QTest.keyClick(page.timeline, Qt.Key.Key_Period)
    assert state.chosen_event == 0
    QTest.keyClick(page.timeline, Qt.Key.Key_Period)
    QTest.keyClick(page.timeline, Qt.Key.Key_Period)
    QTest.keyClick(page.timeline, Qt.Key.Key_Comma)
    assert state.chosen_event == 1
    button = panel.findChild(QPushButton, "replay.last.button")
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert state.chosen_event == EVENTS - 1
    step = listing.replay(workspace_of(state), 3, Progress()).step(EVENTS - 1, 20, Progress())
    titles = workspace_of(state).catalogue().titles
    qtbot.waitUntil(lambda: bool(panel.list.rows) and f"rank {step.rank} of" in panel.followed.text())
    assert [row.title for row in panel.list.rows][:20] == [titles[int(item)].as_py() for item in step.items]
    marked = [row for row in panel.list.rows if row.followed]
    assert [(row.title, row.rank) for row in marked] == [(titles[step.truth].as_py(), step.rank)]
    assert "Held out: test" in panel.part.text()
    assert "transitions 1" in panel.part.text()
    assert page.events.currentIndex().row() == EVENTS - 1


def test_a_click_on_the_strip_goes_to_the_step(page: TimelinePage, state: AppState, qtbot: QtBot) -> None:
    trigger(page, "timeline.replay")
    qtbot.waitUntil(lambda: ranked(page), timeout=10_000)
    picture = page.timeline.picture()
    assert picture is not None
    x = round(picture.x(float(picture.lanes.at[5])))
    QTest.mouseClick(page.replay.strip, Qt.MouseButton.LeftButton, pos=QPoint(x, 50))
    assert state.chosen_event == 5
    qtbot.waitUntil(lambda: "trained on this step" in page.replay.panel.part.text())


def test_it_plays_and_pauses_at_the_end(page: TimelinePage, state: AppState, qtbot: QtBot) -> None:
    trigger(page, "timeline.replay")
    panel = page.replay.panel
    panel._clock.setInterval(10)
    trigger(page, "replay.play")
    assert panel.playing
    qtbot.waitUntil(lambda: state.chosen_event == EVENTS - 1 and not panel.playing)


def test_ranking_can_be_stopped_and_another_user_takes_its_place(
    page: TimelinePage, state: AppState, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeline_replay, "FIRST_PIECE", 1)
    monkeypatch.setattr(timeline_replay, "PIECE_SECONDS", 0.0)  # one step a piece
    monkeypatch.setattr("core.recommend.replay.Replay.ranks", slow(page))
    trigger(page, "timeline.replay")
    qtbot.waitUntil(lambda: page.replay.panel.progress.isVisible() and page.replay._done >= 2, timeout=10_000)
    QTest.mouseClick(page.replay.panel.stop, Qt.MouseButton.LeftButton)
    done = page.replay._done
    qtbot.wait(200)
    assert page.replay._done == done < EVENTS
    assert not page.replay.panel.progress.isVisible()
    known = page.replay.strip.ranks
    assert known is not None
    assert (known.ranks[-2:] >= 0).all()  # those that were held out came first
    state.select_user(4)
    qtbot.waitUntil(lambda: page.timeline.events is not None and page.timeline.events.user == 4)
    qtbot.waitUntil(lambda: ranked(page), timeout=10_000)


def slow(page: TimelinePage) -> object:
    del page
    from core.recommend.replay import Replay

    own = Replay.ranks

    def ranks(self: Replay, steps: np.ndarray, progress: Progress) -> np.ndarray:
        import time

        time.sleep(0.03)
        return own(self, steps, progress)

    return ranks


def test_without_a_model_the_replay_leads_to_the_training(
    state: AppState, background: Background, qtbot: QtBot
) -> None:
    for run in workspace_of(state).runs.all():
        workspace_of(state).runs.delete(run.id)
    page = opened(qtbot, state, background)
    trigger(page, "timeline.replay")
    qtbot.waitUntil(lambda: "Train a model first" in page.replay.panel.note.text())
    with qtbot.waitSignal(page.navigated) as asked:
        QTest.mouseClick(page.replay.panel.train, Qt.MouseButton.LeftButton)
    assert asked.args == ["training"]


# Filter


def test_the_filter_narrows_timeline_and_table(page: TimelinePage, state: AppState, qtbot: QtBot) -> None:
    trigger(page, "timeline.filter")
    assert page.filter.isVisible()
    events = page.timeline.events
    assert events is not None
    QTest.keyClicks(page.filter.text, events.titles[2].as_py()[-4:])
    qtbot.waitUntil(lambda: page.events.events_model.rowCount() < EVENTS)
    kept = page.filter.filter.matches(events)
    assert page.events.events_model.rowCount() == int(kept.sum()) > 0
    assert page.filter.found.text() == f"{kept.sum()} of {EVENTS}"
    assert page.tools.filter.text() == "Filter •"
    state.select_event(int(np.flatnonzero(~kept)[0]))
    assert not page.events.selectionModel().hasSelection()
    QTest.mouseClick(page.filter.reset, Qt.MouseButton.LeftButton)
    assert page.events.events_model.rowCount() == EVENTS
    assert page.tools.filter.text() == "Filter"


def test_the_view_becomes_the_span_that_is_looked_at(page: TimelinePage) -> None:
    trigger(page, "timeline.filter")
    trigger(page, "session.next")
    QTest.mouseClick(page.filter.time, Qt.MouseButton.LeftButton)
    events, span = page.timeline.events, page.filter.filter
    assert events is not None
    assert span.start is not None
    assert 0 < page.events.events_model.rowCount() < EVENTS
    assert page.timeline.dress.brush is not None
    trigger(page, "timeline.fit")
    assert page.timeline.view == page.timeline.bounds


# Sessions, skipped time, colours


def test_gap_skip_and_colours_are_kept_in_the_workspace(
    page: TimelinePage, state: AppState, background: Background, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    lanes = page.timeline.lanes
    assert lanes is not None
    span, sessions = lanes.bounds.span, page.sessions.rowCount()
    assert sessions > 1
    trigger(page, "timeline.skip")
    assert page.timeline.bounds.span < span / 2
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_: (100 * 24 * 60 // 2, True))
    trigger(page, "gap.other")
    assert page.sessions.rowCount() == 1
    assert page.timeline.arrangement.gap == 50 * DAY
    trigger(page, "colour.category")
    assert page.legend.isVisible()
    trigger(page, "timeline.arcs")

    def kept() -> list[object]:
        layout = workspace_of(state).setting("timeline layout", None)
        return [layout[name] for name in ("gap", "skip", "colour", "arcs")] if isinstance(layout, dict) else []

    qtbot.waitUntil(lambda: kept() == [50 * DAY, True, "category", True])
    again = opened(qtbot, state, background)
    assert again.timeline.arrangement.gap == 50 * DAY
    assert again.tools.skip.isChecked()
    assert again.timeline.dress.arcs
    trigger(again, "gap.30")
    assert again.sessions.rowCount() == sessions


def test_all_sessions_fold_and_unfold(page: TimelinePage) -> None:
    trigger(page, "session.fold_all")
    assert page.timeline.lanes is not None
    assert page.timeline.lanes.folded.all()
    trigger(page, "session.unfold")
    assert not page.timeline.lanes.folded.any()


def test_the_overview_moves_the_view(page: TimelinePage) -> None:
    trigger(page, "timeline.zoom_in")
    window = page.minimap.window_rect()
    start = page.timeline.view.start
    middle = window.center().toPoint()
    QTest.mousePress(page.minimap, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(page.minimap, middle - QPoint(60, 0))
    QTest.mouseRelease(page.minimap, Qt.MouseButton.LeftButton, pos=middle - QPoint(60, 0))
    assert page.timeline.view.start < start
    assert page.minimap.window_rect().left() == pytest.approx(window.left() - 60, abs=2)


# Notes


def write(page: TimelinePage, qtbot: QtBot, text: str) -> None:
    qtbot.waitUntil(lambda: page.findChild(NoteDialog) is not None)
    dialog = page.findChild(NoteDialog)
    assert isinstance(dialog, NoteDialog)
    dialog.text.clear()
    QTest.keyClicks(dialog.text, text)
    QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.findChild(NoteDialog) is None)


def test_notes_stay_and_can_be_changed_and_deleted(
    page: TimelinePage, state: AppState, background: Background, qtbot: QtBot
) -> None:
    state.select_event(4)
    trigger(page, "note.event")
    write(page, qtbot, "Came back for it")
    trigger(page, "note.moment")
    write(page, qtbot, "A quiet month")
    store = workspace_of(state).saved
    qtbot.waitUntil(lambda: len(store.all(KIND)) == 2)
    again = opened(qtbot, state, background)
    assert {(note.text, event) for note, event in again.notes.placed} == {
        ("Came back for it", 4),
        ("A quiet month", -1),
    }
    number = next(number for number, (_, event) in enumerate(again.notes.placed) if event == 4)
    again.notes.go_to(number)
    assert state.chosen_event == 4
    write(again, qtbot, "It was a gift")
    qtbot.waitUntil(lambda: "It was a gift" in {body["text"] for body in store.all(KIND).values()})
    again.notes.open(number)
    qtbot.waitUntil(lambda: again.findChild(NoteDialog) is not None)
    dialog = again.findChild(NoteDialog)
    assert isinstance(dialog, NoteDialog)
    assert dialog.text.toPlainText() == "It was a gift"
    assert dialog.remove is not None
    QTest.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(store.all(KIND)) == 1)
    assert [event for _, event in again.notes.placed] == [-1]
    state.select_user(5)
    qtbot.waitUntil(lambda: again.timeline.events is not None and again.timeline.events.user == 5)
    assert again.notes.placed == ()


def test_a_right_click_offers_a_note_on_what_is_under_the_pointer(
    page: TimelinePage, state: AppState, qtbot: QtBot
) -> None:
    picture = page.timeline.picture()
    assert picture is not None
    at = picture.position(6)
    assert at is not None
    point = at.toPoint()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, page.timeline.mapToGlobal(point))
    QApplication.sendEvent(page.timeline, asked)
    assert state.chosen_event == 6
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions()]
    assert texts == ["Note on the chosen event…", "Note on this moment…"]
    menu.actions()[1].trigger()
    menu.close()
    write(page, qtbot, "here")
    (note, event), *_ = page.notes.placed
    assert event == -1
    assert note.time == pytest.approx(picture.lanes.axis.time(picture.place(point.x())), abs=2)


def test_all_notes_lead_to_their_events(page: TimelinePage, state: AppState, qtbot: QtBot, tmp_path: Path) -> None:
    state.select_event(4)
    trigger(page, "note.event")
    write(page, qtbot, "Came back for it")
    state.select_user(5)
    qtbot.waitUntil(lambda: page.timeline.events is not None and page.timeline.events.user == 5)
    trigger(page, "note.moment")
    write(page, qtbot, "A quiet month")
    store = workspace_of(state).saved
    qtbot.waitUntil(lambda: len(store.all(KIND)) == 2)
    page.files.export_rows(tmp_path / "rows.csv")
    qtbot.waitUntil((tmp_path / "rows.csv").exists)
    assert (tmp_path / "rows.csv").read_text("utf-8-sig").count("A quiet month") == 1

    trigger(page, "note.all")
    dialog = page.findChild(AllNotes)
    assert isinstance(dialog, AllNotes)
    qtbot.waitUntil(lambda: dialog.found.rowCount() == 2)
    events = workspace_of(state).user_events(3)
    noted = {dialog.found.index(row, TEXT).data(): row for row in range(2)}
    row = noted["Came back for it"]
    assert [dialog.found.index(row, column).data() for column in (USER, ABOUT)] == [events.user_id, events.label(4)]
    assert dialog.found.index(noted["A quiet month"], ABOUT).data() == "a moment"
    dialog.entry.setText("BACK")
    assert dialog.found.rowCount() == 1
    QTest.keyClick(dialog.entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.timeline.events is not None and page.timeline.events.user == 3)
    qtbot.waitUntil(lambda: page.timeline.selected == 4)
    assert state.chosen_event == 4

    page.timeline.set_view(View(page.timeline.bounds.start, page.timeline.bounds.span / 50))
    trigger(page, "note.all")
    again = page.findChildren(AllNotes)[-1]
    qtbot.waitUntil(lambda: again.found.rowCount() == 2)
    again.entry.setText("quiet")
    trigger(again, "all_notes.go")
    qtbot.waitUntil(lambda: page.timeline.events is not None and page.timeline.events.user == 5)
    lanes, ((note, _),) = page.timeline.lanes, page.notes.placed
    assert lanes is not None
    assert page.timeline.view.start <= lanes.axis.place(note.time) <= page.timeline.view.start + page.timeline.view.span


# Comparison


def test_four_users_share_one_axis(page: TimelinePage, state: AppState, qtbot: QtBot) -> None:
    for user in (4, 5, 6):
        trigger(page, "compare.add")
        state.select_user(user)
        qtbot.waitUntil(lambda user=user: page.timeline.events is not None and page.timeline.events.user == user)
    rows = page.compare.users
    assert [row.user_events.user for row in rows] == [3, 4, 5]
    trigger(page, "compare.add")
    assert len(page.compare.users) == 3  # and the one above them: four
    assert all(row.view == page.timeline.view for row in rows)
    firsts = [int(row.user_events.time[0]) for row in rows]
    assert page.timeline.bounds.start < min(firsts)
    trigger(page, "timeline.zoom_in")
    assert all(row.view == page.timeline.view for row in rows)
    QTest.keyClick(rows[1], Qt.Key.Key_Minus)
    assert page.timeline.view == rows[1].view == rows[2].view
    trigger(page, "compare.align")
    assert all(row.lanes is not None and row.lanes.at[0] == 0 for row in rows)
    assert page.timeline.lanes is not None
    assert page.timeline.lanes.at[0] == 0
    assert page.timeline.bounds.start < 0
    QTest.mouseClick(rows[0].away, Qt.MouseButton.LeftButton)
    assert [row.user_events.user for row in page.compare.users] == [4, 5]
    trigger(page, "compare.clear")
    assert not page.compare.rows.isVisible()
    trigger(page, "compare.add")
    workspace = state.workspace
    state.open(None)
    assert not page.compare.active  # they belonged to the workspace
    state.open(workspace, user=3)
    qtbot.waitUntil(lambda: page.timeline.events is not None and page.timeline.events.user == 3)
    assert page.timeline.lanes is not None
    trigger(page, "compare.align")
    assert page.timeline.lanes.at[0] == page.timeline.lanes.time[0]
    assert page.timeline.lanes.gap == 30 * MINUTE


def test_a_user_is_found_to_be_compared_with(page: TimelinePage, qtbot: QtBot) -> None:
    def search(text: str) -> ChooseUser:
        trigger(page, "compare.with")
        dialog = page.findChildren(ChooseUser)[-1]
        QTest.keyClicks(dialog.field, text)
        return dialog

    dialog = search("user 0")
    qtbot.waitUntil(lambda: bool(dialog.field.completer().model().rowCount()))
    names = [dialog.field.completer().model().index(row, 0).data() for row in range(9)]
    assert "user 07" in names
    assert "user 03" not in names  # who is looked at
    QTest.keyClicks(dialog.field, "7")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [row.user_events.user for row in page.compare.users] == [7])
    assert page.compare.rows.isVisible()
    assert page.compare.users[0].view == page.timeline.view
    again = search("user 07")
    QTest.keyClick(again.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not isValid(again) or not again.isVisible())
    page.compare.add_user(8)
    qtbot.waitUntil(lambda: len(page.compare.users) == 2)
    assert [row.user_events.user for row in page.compare.users] == [7, 8]  # each once
    page.compare.add_user(9)
    qtbot.waitUntil(lambda: len(page.compare.users) == 3)
    assert not page.compare.another.isEnabled()
