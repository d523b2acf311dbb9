"""Changing a history on the page of recommendations, as an analyst does, with a really trained model."""

from __future__ import annotations

import csv
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from core import listing, workflow
from core.fitting import TrainSettings
from core.listing import ListRequest
from core.progress import Progress
from core.recommend.policy import Policy
from core.recommend.what_if import ChangedHistory
from core.runs import Run
from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.dialogs.name_taken import NameTaken
from desktop_app.pages.recommendations import RecommendationsPage
from desktop_app.parts.recommendation_work import Choice, ranked
from desktop_app.parts.what_if_work import KIND, export
from desktop_app.state import AppState
from desktop_app.widgets.changed_events import ITEM, SIGN
from desktop_app.widgets.recommendation_table import FORMER
from tests.shop import EVENTS, ITEMS, USERS, open_shop

SOON = 30_000
USER = 7


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Run]]:
    with open_shop(tmp_path_factory.mktemp("shop") / "shop.seqlens") as workspace:
        options: dict[str, dict[str, object]] = {"transformer": {"epochs": 3}}
        yield workspace, workflow.train(workspace, TrainSettings(hide_seen=True, options=options), Progress())


@pytest.fixture
def page(qtbot: QtBot, trained: tuple[Workspace, Run]) -> Iterator[RecommendationsPage]:
    background = Background()
    state = AppState()
    page = RecommendationsPage(state, background)
    state.setParent(page)
    qtbot.addWidget(page)
    page.resize(1280, 760)
    page.show()
    state.open(trained[0])
    qtbot.waitUntil(lambda: page._setting.users == USERS, timeout=SOON)
    state.select_user(USER)
    _press(page, "recommendations.what_if")
    panel = page.what_if.panel
    qtbot.waitUntil(lambda: panel.edits is not None and panel.events.events.rowCount() == EVENTS, timeout=SOON)
    yield page
    background.close()


def _press(page: RecommendationsPage, action: str) -> None:
    button = page.findChild(QPushButton, f"{action}.button")
    assert button is not None
    assert button.isEnabled(), action
    button.click()


def _select(page: RecommendationsPage, place: int) -> None:
    table = page.what_if.panel.events
    table.scrollTo(table.events.index(place, ITEM))
    table.setFocus()
    table.selectRow(place)


def _listed(page: RecommendationsPage) -> list[int]:
    return [row.code for row in page.table.list.rows]


def _follows(qtbot: QtBot, page: RecommendationsPage) -> None:
    """Wait until the list is that of the version that is looked at."""

    def followed() -> bool:
        wanted = page.what_if.history_of(page._state.user, page.choices.chosen_fit)
        return page._listed is not None and page._listed.choice.history is wanted

    qtbot.waitUntil(lambda: not page._background.asking and followed(), timeout=SOON)


def test_the_list_and_its_parts_follow_every_change(
    qtbot: QtBot, page: RecommendationsPage, trained: tuple[Workspace, Run]
) -> None:
    workspace, run = trained
    before = workspace.fingerprint
    _select(page, EVENTS - 1)
    _press(page, "what_if.remove")
    _follows(qtbot, page)
    history = workspace.log().block(USER, USER + 1)
    shorter = history.take(np.arange(EVENTS) < EVENTS - 1)
    made = listing.recommend(workspace, USER, Progress(), ListRequest(run.id, hide_seen=True, history=shorter))
    own = listing.recommend(workspace, USER, Progress(), ListRequest(run.id, hide_seen=True, k=ITEMS)).items.tolist()
    assert _listed(page) == made.items.tolist()
    for place, row in enumerate(page.table.list.rows):
        assert row.base + sum(row.shares) == pytest.approx(row.score, abs=1e-4)
        assert row.former == (own.index(row.code) + 1 if row.code in own else 0)
        said = page.table.list.index(place, FORMER).data()
        sign = "=" if row.former == place + 1 else "▲" if row.former in (0, *range(place + 2, ITEMS + 1)) else "▼"
        assert said.startswith(sign)
    assert page.what_if.panel.summary.text() == "1 removed"
    assert workspace.fingerprint == before
    assert workspace.log().block(USER, USER + 1).events == EVENTS


def test_the_split_over_events_is_that_of_the_changed_history(qtbot: QtBot, page: RecommendationsPage) -> None:
    _select(page, 0)
    _press(page, "what_if.remove")
    _follows(qtbot, page)
    qtbot.waitUntil(lambda: bool(page.breakdown.events.shares.lines), timeout=SOON)
    qtbot.waitUntil(lambda: not page._background.asking, timeout=SOON)
    lines = page.breakdown.events.shares.lines
    chosen = page.table.list.item(page.table.currentIndex().row())
    assert sum(line.share for line in lines) == pytest.approx(chosen.score, abs=1e-3)
    assert {line.event for line in lines} <= {-1, *range(EVENTS - 1)}
    page.breakdown.event_opened.emit(3)
    assert page.what_if.panel.events.places == [3]


def test_add_move_change_and_take_back(qtbot: QtBot, page: RecommendationsPage) -> None:
    _follows(qtbot, page)
    panel, own = page.what_if.panel, _listed(page)
    panel.search.setFocus()
    qtbot.keyClicks(panel.search, "number 17")
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.events.events.rowCount() == EVENTS + 1, timeout=SOON)
    model = panel.events.events
    assert "Lamp number 17" in model.index(EVENTS, ITEM).data()
    assert model.index(EVENTS, SIGN).data() == "+"
    _select(page, 2)
    _press(page, "what_if.up")
    assert model.index(1, SIGN).data() == "↕"
    panel.behaviour.setCurrentIndex(1)
    panel.behaviour.activated.emit(1)
    assert model.index(1, SIGN).data() == "↕ ✎"
    assert panel.summary.text() == "1 added, 1 moved, 1 with another behaviour"
    _follows(qtbot, page)
    assert _listed(page) != own
    for _ in range(3):
        _press(page, "what_if.undo")
    assert not panel.undo_action.isEnabled()
    _follows(qtbot, page)
    assert _listed(page) == own
    assert not any(row.former >= 0 for row in page.table.list.rows)
    _press(page, "what_if.redo")
    assert panel.events.events.rowCount() == EVENTS + 1
    _press(page, "what_if.reset")
    assert "Nothing is changed" in panel.summary.text()
    assert panel.undo_action.isEnabled()


def test_as_of_a_moment(qtbot: QtBot, page: RecommendationsPage, trained: tuple[Workspace, Run]) -> None:
    panel, log = page.what_if.panel, trained[0].log().block(USER, USER + 1)
    panel.moment.setDateTime(panel.moment.dateTime().addSecs(-3 * 3600))
    _press(page, "what_if.until")
    left = int((log.time <= log.time[-1] - 3 * 3600 * 1_000_000).sum())
    assert 0 < left < EVENTS
    assert panel.events.events.rowCount() == left
    _follows(qtbot, page)


def test_another_user_and_back_keeps_what_was_done(qtbot: QtBot, page: RecommendationsPage) -> None:
    panel = page.what_if.panel
    _select(page, 0)
    _press(page, "what_if.remove")
    page._state.select_user(USER + 1)
    qtbot.waitUntil(lambda: panel.events.events.rowCount() == EVENTS, timeout=SOON)
    page._state.select_user(USER)
    qtbot.waitUntil(lambda: panel.events.events.rowCount() == EVENTS - 1, timeout=SOON)


def test_saved_looked_at_again_and_removed(
    qtbot: QtBot, page: RecommendationsPage, trained: tuple[Workspace, Run]
) -> None:
    workspace, panel = trained[0], page.what_if.panel
    _select(page, 4)
    _press(page, "what_if.remove")
    panel.name.setText("Without the fifth")
    _press(page, "what_if.save")
    qtbot.waitUntil(lambda: "Without the fifth" in workspace.saved.all(KIND), timeout=SOON)
    _press(page, "what_if.reset")
    page._state.select_user(USER + 2)
    qtbot.waitUntil(lambda: page.what_if._of == (USER + 2, "serving") and panel.saved.isEnabled(), timeout=SOON)
    panel.opened.emit("Without the fifth")
    qtbot.waitUntil(lambda: page._state.user == USER and panel.summary.text() == "1 removed", timeout=SOON)
    _follows(qtbot, page)
    panel.forgotten.emit("Without the fifth")
    qtbot.waitUntil(lambda: not workspace.saved.all(KIND) and not panel.saved.isEnabled(), timeout=SOON)


def test_what_is_saved_in_another_workspace_is_not_offered(
    qtbot: QtBot, page: RecommendationsPage, trained: tuple[Workspace, Run]
) -> None:
    workspace, panel, go_on = trained[0], page.what_if.panel, threading.Event()
    for name in ("One", "Another"):
        workspace.saved.put(KIND, name, {})
    page._background.write(lambda: go_on.wait(20))
    panel.forgotten.emit("One")
    page._state.open(None)  # before it is removed
    go_on.set()
    qtbot.waitUntil(lambda: "One" not in workspace.saved.all(KIND), timeout=SOON)
    with qtbot.waitCallback() as written:
        page._background.write(int, done=written)
    assert not panel.saved.isEnabled()
    workspace.saved.remove(KIND, "Another")


def test_a_saved_one_is_not_replaced_before_that_is_asked(
    qtbot: QtBot, page: RecommendationsPage, trained: tuple[Workspace, Run]
) -> None:
    workspace, panel = trained[0], page.what_if.panel
    saved = workspace.saved

    def save(name: str) -> None:
        panel.name.setText(name)
        _press(page, "what_if.save")

    def asked() -> NameTaken:
        qtbot.waitUntil(lambda: page.findChild(NameTaken) is not None, timeout=SOON)
        box = page.findChild(NameTaken)
        assert isinstance(box, NameTaken)
        assert box.isVisible()
        return box

    def answer(name: str) -> None:
        button = asked().findChild(QPushButton, name)
        assert button is not None
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: page.findChild(NameTaken) is None, timeout=SOON)

    _select(page, 4)
    _press(page, "what_if.remove")
    save("Mine")
    qtbot.waitUntil(lambda: "Mine" in saved.all(KIND), timeout=SOON)
    first = saved.get(KIND, "Mine")
    save("Mine")  # the same once more
    qtbot.waitUntil(lambda: not page._background.asking, timeout=SOON)
    assert page.findChild(NameTaken) is None

    page._state.select_user(USER + 1)
    qtbot.waitUntil(lambda: page.what_if._of == (USER + 1, "serving") and panel.edits is not None, timeout=SOON)
    qtbot.waitUntil(lambda: panel.events.events.rowCount() == EVENTS, timeout=SOON)
    _select(page, 0)
    _press(page, "what_if.remove")
    save("Mine")
    own = workspace.users().ids[USER].as_py()
    assert f"“Mine” is saved already, for user {own}." in asked().text()
    QTest.keyClick(asked(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.findChild(NameTaken) is None, timeout=SOON)
    assert saved.all(KIND) == {"Mine": first}

    save("Mine")
    answer("name_taken.both")
    qtbot.waitUntil(lambda: set(saved.all(KIND)) == {"Mine", "Mine (2)"}, timeout=SOON)

    def offered() -> list[str]:
        return [entry.text() for entry in panel.saved.menu().actions()]

    qtbot.waitUntil(lambda: offered()[:2] == ["Mine", "Mine (2)"], timeout=SOON)
    assert panel.name.text() == "Mine (2)"
    assert saved.get(KIND, "Mine") == first
    second = saved.get(KIND, "Mine (2)")
    assert second is not None
    assert second["user"] == workspace.users().ids[USER + 1].as_py()

    save("Mine")
    answer("name_taken.replace")
    qtbot.waitUntil(lambda: saved.get(KIND, "Mine") == second, timeout=SOON)
    for name in ("Mine", "Mine (2)"):
        panel.forgotten.emit(name)
    qtbot.waitUntil(lambda: not saved.all(KIND) and not panel.saved.isEnabled(), timeout=SOON)


def test_exported_with_its_list(
    qtbot: QtBot, page: RecommendationsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "what if.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    _select(page, 2)
    _press(page, "what_if.down")
    _follows(qtbot, page)
    _press(page, "what_if.export")
    qtbot.waitUntil(path.exists, timeout=SOON)
    qtbot.waitUntil(lambda: "Saved in" in page.what_if.panel.summary.text(), timeout=SOON)
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    history = [row for row in rows if row["part"] == "history"]
    listed = [row for row in rows if row["part"] == "list"]
    assert [row["change"] for row in history].count("moved") == 1
    assert history[3]["change"] == "moved"
    assert history[0]["time"].endswith("Z")
    assert [row["item_id"] for row in listed] == [row.id for row in page.table.list.rows]
    ranks = [row.former for row in page.table.list.rows]
    assert [int(row["former_rank"] or 0) for row in listed] == ranks
    names, shares = page._listed.components, page.table.list.item(0).shares  # type: ignore[union-attr]
    assert [float(listed[0][name]) for name in names] == pytest.approx(list(shares), abs=1e-4)


def test_the_file_heeds_the_purpose_what_was_said_and_the_weights(
    trained: tuple[Workspace, Run], tmp_path: Path
) -> None:
    workspace, run = trained
    history = ChangedHistory.of(workspace.log().block(USER, USER + 1)).without(np.array([EVENTS - 1]))
    plain = Choice(USER, run.id, "serving", 5, False, None, 1, history.log)
    lists = [[row.id for row in ranked(workspace, plain, Progress()).rows]]
    orders: tuple[dict[str, Any], ...] = (
        {"policy": Policy(banned=(lists[0][0],), pinned=("i3",))},
        {"parts": listing.understand(workspace, "no lamps from 灯具, please", Progress()).parts},
        {"weights": ((min(run.weights, key=run.weights.__getitem__), 1.0),)},
    )
    for order in orders:
        choice, path = replace(plain, **order), tmp_path / f"{next(iter(order))}.csv"
        export(workspace, path, choice, history, Progress())
        rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
        written = [row["item_id"] for row in rows if row["part"] == "list"]
        assert written == [row.id for row in ranked(workspace, choice, Progress()).rows], order
        assert written not in lists, order
        lists.append(written)


def test_without_what_if_the_own_list_is_back(qtbot: QtBot, page: RecommendationsPage) -> None:
    _select(page, EVENTS - 1)
    _press(page, "what_if.remove")
    _follows(qtbot, page)
    _press(page, "recommendations.what_if")
    qtbot.waitUntil(lambda: page._listed is not None and page._listed.choice.history is None, timeout=SOON)
    assert not page.what_if.place.isVisible()
    assert page.held_out.isVisible()
