"""Pages are made in parts, between which the window lives, and shown when they are whole."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from core.workspace import Workspace
from desktop_app.background import Background
from desktop_app.page_stack import PageStack
from desktop_app.pages import PAGES
from desktop_app.state import AppState
from tests.shop import open_shop

SOON = 10_000  # milliseconds


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        yield workspace


@pytest.fixture
def stack(qtbot: QtBot, workspace: Workspace, background: Background) -> PageStack:
    """The pages of a workspace that is open, while none is shown yet."""
    for module, _ in PAGES.values():
        import_module(module)
    state = AppState()
    state.open(workspace)
    stack = PageStack(state, background)
    state.setParent(stack)
    qtbot.addWidget(stack)
    stack.resize(1000, 700)
    stack.show_note(QLabel("Where to begin"))
    stack.show()
    return stack


@pytest.mark.parametrize("name", PAGES)
def test_the_window_lives_while_a_page_is_made(
    stack: PageStack, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    begun: list[int] = []  # after which beats a part was begun
    beats: list[None] = []
    step = stack.step

    def note(name: str) -> None:
        begun.append(len(beats))
        step(name)

    monkeypatch.setattr(stack, "step", note)
    heart = QTimer(stack, interval=0)
    heart.timeout.connect(lambda: beats.append(None))
    heart.start()
    stack.show_page(name)
    assert isinstance(stack.currentWidget(), QLabel)
    qtbot.waitUntil(lambda: stack.currentWidget() is stack.made.get(name) is not None, timeout=SOON)
    assert len(set(begun)) > 3  # others had their turn between the parts
    assert stack.made[name].title()
    assert stack.made[name].isVisible()


def test_a_page_that_is_whole_is_shown_at_once(stack: PageStack) -> None:
    for name in ("segments", "flows", "segments"):
        page = stack.page(name)
        assert stack.currentWidget() is not page
        stack.show_page(name)
        assert stack.currentWidget() is page
    assert list(stack.made) == ["segments", "flows"]


def test_who_goes_on_meanwhile_sees_the_other_page(stack: PageStack, qtbot: QtBot) -> None:
    stack.show_page("timeline")
    stack.show_page("segments")
    done: list[object] = []
    stack.when_shown(done.append)
    qtbot.waitUntil(lambda: stack.currentWidget() is stack.made.get("segments") is not None, timeout=SOON)
    qtbot.wait(50)
    assert list(stack.made) == ["segments"]
    assert done == [stack.made["segments"]]
    stack.show_page("timeline")  # goes on where it was left
    stack.when_shown(done.append)
    qtbot.waitUntil(lambda: stack.currentWidget() is stack.made.get("timeline") is not None, timeout=SOON)
    assert done[1:] == [stack.made["timeline"]]
    stack.when_shown(done.append)
    assert done[2:] == [stack.made["timeline"]]


def test_keys_for_the_page_to_come_do_nothing_to_the_one_before(stack: PageStack, qtbot: QtBot) -> None:
    field = QLineEdit()
    stack.show_note(field)
    qtbot.waitExposed(stack)
    field.setFocus()
    qtbot.keyClicks(_focus(), "a")
    stack.show_page("segments")
    qtbot.keyClicks(_focus(), "b")
    stack.show_page("timeline")
    qtbot.keyClicks(_focus(), "c")
    assert field.text() == "a"
    qtbot.waitUntil(lambda: stack.currentWidget() is stack.made.get("timeline") is not None, timeout=SOON)
    page = stack.made["timeline"]
    assert page is _focus() or page.isAncestorOf(_focus())
    at = _focus()
    stack.show_page("segments")
    assert _focus() is stack
    stack.show_page("timeline")  # whose keys are where they were
    assert _focus() is at


def _focus() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def test_what_waits_for_a_page_that_is_whole_before_it_is_shown_waits_too(stack: PageStack, qtbot: QtBot) -> None:
    done: list[bool] = []
    stack.show_page("segments")
    page = stack.page("segments")  # as when another part of the window needs it at once
    assert stack.currentWidget() is not page
    stack.when_shown(lambda shown: done.append(shown is page and page.isVisible()))
    assert done == []
    qtbot.waitUntil(lambda: done == [True], timeout=SOON)


def test_what_waits_for_a_page_is_dropped_with_it(stack: PageStack, qtbot: QtBot) -> None:
    done: list[object] = []
    stack.show_page("timeline")
    stack.when_shown(done.append)
    stack.show_note(QLabel("Nothing is open"))
    qtbot.wait(100)
    assert done == []
    assert isinstance(stack.currentWidget(), QLabel)


def test_a_note_takes_the_place_of_the_one_before(stack: PageStack) -> None:
    first, second = QLabel("first"), QLabel("second")
    stack.show_note(first)
    page = stack.page("segments")
    stack.show_page("segments")
    assert stack.indexOf(first) >= 0
    stack.show_note(second)
    assert stack.indexOf(first) < 0
    assert stack.currentWidget() is second
    assert stack.indexOf(page) >= 0


@pytest.mark.parametrize("name", PAGES)
def test_nothing_of_a_page_is_seen_before_it_is_whole(
    workspace: Workspace, background: Background, qtbot: QtBot, name: str
) -> None:
    """A window that another language was chosen for comes into view while its page is made."""
    state = AppState()
    state.open(workspace)
    stack = PageStack(state, background)
    state.setParent(stack)
    qtbot.addWidget(stack)
    stack.resize(1000, 700)
    stack.show_page(name)
    assert not stack.made
    stack.show()
    while name not in stack.made:
        assert [type(part) for part in stack.children() if isinstance(part, QWidget) and part.isVisible()] == [QWidget]
        qtbot.wait(1)
    qtbot.waitUntil(lambda: stack.currentWidget() is stack.made[name], timeout=SOON)
    assert stack.made[name].isVisible()


def test_a_page_that_nobody_asked_for_is_not_shown(workspace: Workspace, background: Background, qtbot: QtBot) -> None:
    state = AppState()
    state.open(workspace)
    stack = PageStack(state, background)
    state.setParent(stack)
    qtbot.addWidget(stack)
    stack.show()
    page = stack.page("segments")  # as for the palette, before the first page of the window is whole
    assert stack.currentWidget() is not page
    assert not page.isVisible()


def test_no_page_is_made_any_more_when_all_ends(
    stack: PageStack, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stack.show_page("data")
    steps: list[str] = []
    monkeypatch.setattr(stack, "step", steps.append)
    delete(stack._state)  # as the application goes, whose window may go later
    qtbot.wait(100)
    assert not steps


def test_a_page_that_could_not_be_made_is_begun_anew(
    stack: PageStack, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, kind = PAGES["segments"]
    page = getattr(import_module(module), kind)
    make = page._make

    def fails(_page: QWidget) -> Iterator[None]:
        yield
        raise OSError("the disk is gone")

    monkeypatch.setattr(page, "_make", fails)
    with pytest.raises(OSError, match="the disk is gone"):
        stack.page("segments")
    left = stack.findChild(page)
    with qtbot.waitSignal(left.destroyed, timeout=SOON):
        pass
    monkeypatch.setattr(page, "_make", make)
    assert stack.page("segments").title() == "Segments"


def test_it_is_taken_apart_piece_by_piece(stack: PageStack, qtbot: QtBot) -> None:
    stack.page("segments")
    stack.page("flows")
    stack.show_page("timeline")
    assert [stack.take_apart() for _ in range(4)] == [True, True, True, False]
    qtbot.wait(100)
    assert stack.count() == 0
