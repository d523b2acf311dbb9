"""Back and forward through where one has been."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.fitting import TrainSettings
from core.progress import Progress
from core.workflow import train
from core.workspace import Workspace
from desktop_app.app import Desk
from desktop_app.pages.recommendations import RecommendationsPage
from desktop_app.state import AppState
from desktop_app.trail import Trail
from tests.desktop_app.paging import shown_page
from tests.shop import open_shop


class Walk:
    """A trail with a clock that the test turns, and the page that it leads to."""

    def __init__(self, workspace: Workspace) -> None:
        self.now = 0.0
        self.state = AppState()
        self.trail = Trail(self.state, clock=lambda: self.now)
        self.page = ""
        self.trail.page_wanted.connect(self.show)
        self.state.open(workspace)
        self.show("data")
        self.stay()

    def show(self, page: str) -> None:
        self.page = page
        self.trail.show_page(page)

    def stay(self, seconds: float = 10.0) -> None:
        QApplication.processEvents()
        self.now += seconds

    def visit(self, user: int, event: int = -1) -> None:
        self.state.select_user(user)
        self.state.select_event(event)
        self.stay()

    @property
    def here(self) -> tuple[str, int, int]:
        return self.page, self.state.user, self.state.chosen_event


@pytest.fixture
def walk(qapp: QApplication, tmp_path: Path) -> Iterator[Walk]:
    del qapp
    with open_shop(tmp_path / "w.seqlens") as workspace:
        yield Walk(workspace)


def test_back_and_forward_lead_through_pages_users_and_events(walk: Walk) -> None:
    walk.visit(3)
    walk.show("timeline")
    walk.stay()
    walk.visit(3, 2)
    walk.visit(5)
    walk.visit(7)
    seen = []
    while walk.trail.can_go_back:
        walk.trail.back()
        seen.append(walk.here)
        walk.stay(0.1)
    assert seen == [("timeline", 5, -1), ("timeline", 3, 2), ("timeline", 3, -1), ("data", 3, -1)]
    for place in [*seen[-2::-1], ("timeline", 7, -1)]:
        walk.trail.forward()
        assert walk.here == place
    assert not walk.trail.can_go_forward


def test_going_elsewhere_cuts_off_what_lay_ahead(walk: Walk) -> None:
    for user in (1, 2, 3):
        walk.visit(user)
    walk.trail.back()
    walk.visit(9)
    assert not walk.trail.can_go_forward
    walk.trail.back()
    assert walk.here == ("data", 2, -1)


def test_what_is_only_passed_leaves_no_place(walk: Walk) -> None:
    walk.visit(1)
    walk.stay()
    for user in range(2, 30):  # a key is held down
        walk.state.select_user(user)
        walk.stay(0.05)
    walk.stay()
    walk.visit(40)
    walk.trail.back()
    assert walk.here == ("data", 29, -1)
    walk.trail.back()
    assert walk.here == ("data", 1, -1)


def test_a_page_that_lets_go_of_the_event_after_a_step_does_not_cut_the_trail(walk: Walk) -> None:
    walk.visit(1, 4)
    walk.visit(2)
    walk.trail.back()
    walk.state.select_event(-1)
    walk.stay()
    assert walk.trail.can_go_forward
    walk.trail.forward()
    assert walk.here == ("data", 2, -1)


def test_places_of_removed_runs_are_left_out(walk: Walk) -> None:
    for run in ("one", "gone", "two"):
        walk.state.select_run(run)
        walk.stay()
    walk.trail.keep_runs(["one", "two"])
    walk.trail.back()
    assert walk.state.run == "one"


def test_another_workspace_begins_another_trail(walk: Walk) -> None:
    walk.visit(1)
    walk.state.open(walk.state.workspace)
    walk.stay()
    assert not walk.trail.can_go_back


def test_keys_and_buttons_of_the_mouse_lead_back_in_the_window(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "shop.seqlens"
    open_shop(path).close()
    desk.open_workspace(path)
    window, named = desk.window, desk.window.actions_by_name
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=10_000)
    assert not named["back"].isEnabled()
    for page in ("segments", "feedback"):
        shown_page(desk, qtbot, page)
        qtbot.wait(50)
    window.activateWindow()
    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_BracketLeft, Qt.KeyboardModifier.ControlModifier)
    assert desk.preferences.page == "segments"
    assert window.stack.currentWidget() is window.stack.made["segments"]
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.BackButton, pos=QPoint(400, 300))
    assert desk.preferences.page == "data"
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.ForwardButton, pos=QPoint(400, 300))
    qtbot.keyClick(window, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier)
    assert desk.preferences.page == "feedback"
    assert not named["forward"].isEnabled()


def test_back_to_another_run_shows_the_lists_of_that_run(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "shop.seqlens"
    with open_shop(path) as workspace:
        runs = [train(workspace, TrainSettings(model=name), Progress()) for name in ("popularity", "transitions")]
    desk.open_workspace(path)
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=10_000)
    page = shown_page(desk, qtbot, "recommendations")
    assert isinstance(page, RecommendationsPage)
    for step in range(6):
        desk.state.select_run(runs[step % 2].id)
        desk.state.select_user(step)
        qtbot.wait(700)  # longer than what is only passed
    for go in (desk.trail.back,) * 4 + (desk.trail.forward,) * 3:
        go()
        name = next(run.name for run in runs if run.id == desk.state.run)
        qtbot.waitUntil(lambda name=name: f"“{name}”" in page.maker.text(), timeout=10_000)
        qtbot.waitUntil(lambda: not desk.background.asking, timeout=10_000)
        assert f"“{name}”" in page.maker.text()  # and it stays so
