"""The command palette, as an analyst uses it: by the keyboard alone."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.progress import Progress
from desktop_app import palette as opening
from desktop_app import theme
from desktop_app.app import Desk
from desktop_app.dialogs.palette import ENTRY, Entry, PaletteDialog
from desktop_app.pages import PAGES
from desktop_app.pages.segments import SegmentsPage
from desktop_app.pages.timeline import TimelinePage
from tests.desktop_app.paging import shown_page
from tests.shop import open_shop

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(desk: Desk, qtbot: QtBot, tmp_path: Path) -> Desk:
    """A window on the timeline of the test shop."""
    path = tmp_path / "shop.seqlens"
    open_shop(path).close()
    desk.window.show_page("timeline")
    desk.open_workspace(path)
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=10_000)
    shown_page(desk, qtbot)
    qtbot.waitUntil(lambda: desk.state.user >= 0 and not desk.background.asking, timeout=10_000)
    desk.window.activateWindow()
    return desk


def palette(desk: Desk, qtbot: QtBot, key: Qt.Key = Qt.Key.Key_K) -> PaletteDialog:
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow, timeout=2000)
    qtbot.keyClick(desk.window, key, CONTROL)
    found = desk.window.findChild(PaletteDialog)
    assert isinstance(found, PaletteDialog)
    return found


def entries(dialog: PaletteDialog) -> list[Entry]:
    model = dialog.list.model()
    return [model.index(row, 0).data(ENTRY) for row in range(model.rowCount())]


def enter(dialog: PaletteDialog, qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(dialog.field, text)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.wait(20)


def test_every_action_of_the_window_and_the_page_is_there(opened: Desk, qtbot: QtBot) -> None:
    dialog = palette(opened, qtbot)
    texts = {(entry.text, entry.place) for entry in entries(dialog)}
    assert ("Export recommendations…", "File") in texts
    assert ("Dark", "Theme") in texts
    assert ("Zoom in", "Timeline") in texts
    assert ("Category", "Timeline › Colour by") in texts
    assert ("Undo", "Edit") in texts
    assert not any("&" in text for text, _ in texts)
    keys = {entry.text: entry.keys for entry in entries(dialog)}
    assert keys["Zoom in"] == "Ctrl++"
    dialog.reject()


def test_what_other_pages_do_is_found_too_and_shows_the_page(opened: Desk, qtbot: QtBot) -> None:
    dialog = palette(opened, qtbot)
    qtbot.waitUntil(lambda: any(entry.place == "Training" for entry in entries(dialog)), timeout=10_000)
    assert all(name in opened.window.stack.made for name in ("segments", "map", "training"))
    assert opened.window.stack.currentWidget() is opened.window.stack.made["timeline"]
    dialog.field.setText("new segment")
    (entry,) = (one for one in entries(dialog) if one.text == "New segment")
    assert entry.place == "Segments"
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    page = opened.window.stack.made["segments"]
    qtbot.waitUntil(lambda: opened.window.stack.currentWidget() is page, timeout=5000)
    assert isinstance(page, SegmentsPage)
    assert page.editor.isEnabled()


def test_no_page_is_made_before_its_modules_are_imported_beside_the_window(
    opened: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the first seconds of a process that takes as long, and the window would stand still."""
    imported, threads = threading.Event(), []

    def wait(progress: Progress) -> None:
        threads.append(threading.current_thread())
        assert imported.wait(20)
        import_pages(progress)

    import_pages = opening._import_pages
    monkeypatch.setattr(opening, "_import_pages", wait)
    before = set(opened.window.stack.made)
    dialog = palette(opened, qtbot)
    qtbot.waitUntil(lambda: bool(threads), timeout=5000)
    qtbot.keyClicks(dialog.field, "new")
    qtbot.wait(50)
    assert set(opened.window.stack.made) == before
    imported.set()
    qtbot.waitUntil(lambda: set(opened.window.stack.made) == set(PAGES), timeout=10_000)
    assert threading.main_thread() not in threads


def test_a_few_letters_and_enter_run_an_action(opened: Desk, qtbot: QtBot) -> None:
    enter(palette(opened, qtbot), qtbot, "dark")
    assert theme.is_dark()
    qtbot.waitUntil(lambda: opened.window.findChild(PaletteDialog) is None)
    page = opened.window.stack.currentWidget()
    assert isinstance(page, TimelinePage)
    before = page.timeline.view.span
    enter(palette(opened, qtbot), qtbot, "zoom in")
    assert page.timeline.view.span < before


def test_what_was_run_lately_stands_first(opened: Desk, qtbot: QtBot) -> None:
    enter(palette(opened, qtbot), qtbot, "segments")
    enter(palette(opened, qtbot), qtbot, "light")
    dialog = palette(opened, qtbot)
    assert [entry.text for entry in entries(dialog)[:2]] == ["Light", "Segments"]
    dialog.reject()


def test_what_was_run_lately_on_another_page_is_run_again_by_enter_alone(opened: Desk, qtbot: QtBot) -> None:
    shown_page(opened, qtbot, "segments")
    enter(palette(opened, qtbot), qtbot, "new segment")
    shown_page(opened, qtbot, "timeline")
    dialog = palette(opened, qtbot)
    qtbot.waitUntil(lambda: entries(dialog)[0].text == "New segment", timeout=5000)
    assert dialog.list.currentIndex().row() == 0
    qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    chosen = dialog.list.currentIndex().data(ENTRY)
    dialog.show_commands(opening._commands(opened.window), at_once=True)
    assert dialog.list.currentIndex().data(ENTRY).text == chosen.text  # the analyst was faster
    dialog.reject()


def test_chinese_finds_english_and_english_finds_chinese(opened: Desk, qtbot: QtBot) -> None:
    dialog = palette(opened, qtbot)
    dialog.field.setText("导出 推荐")
    qtbot.waitUntil(lambda: any(one.text == "Export recommendations…" for one in entries(dialog)), timeout=5000)
    dialog.reject()
    opened.choose_language("zh_CN")
    qtbot.waitExposed(opened.window)
    dialog = palette(opened, qtbot)
    dialog.field.setText("export recomm")
    qtbot.waitUntil(lambda: any(one.text == "导出推荐…" for one in entries(dialog)), timeout=5000)
    dialog.reject()


def test_what_is_not_possible_is_last_and_does_nothing(opened: Desk, qtbot: QtBot) -> None:
    dialog = palette(opened, qtbot)
    possible = [entry.run is not None for entry in entries(dialog)]
    assert possible == sorted(possible, reverse=True)
    assert not all(possible)
    dialog.field.setText("undo")
    assert [entry.run for entry in entries(dialog) if entry.text == "Undo"] == [None]
    dialog.field.setText("no such thing at all")
    assert dialog.hint.text() == "Nothing is called that."
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_arrows_move_the_choice_while_one_types(opened: Desk, qtbot: QtBot) -> None:
    dialog = palette(opened, qtbot)
    dialog.field.setText("theme")
    rows = dialog.list.model().rowCount()
    assert rows >= 3
    qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    assert dialog.list.currentIndex().row() == 1
    qtbot.keyClick(dialog.field, Qt.Key.Key_Up)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Up)  # from the first to the last that is possible
    assert dialog.list.currentIndex().row() == max(
        row for row, entry in enumerate(entries(dialog)) if entry.run is not None
    )
    dialog.reject()


def test_a_user_is_found_and_chosen(opened: Desk, qtbot: QtBot) -> None:
    assert opened.state.workspace is not None
    wanted = opened.state.workspace.users().ids[17].as_py()
    dialog = palette(opened, qtbot, Qt.Key.Key_G)
    assert dialog.field.text() == "@"
    qtbot.keyClicks(dialog.field, wanted)
    qtbot.waitUntil(lambda: [entry.text for entry in entries(dialog)] == [wanted], timeout=5000)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.state.user == 17, timeout=2000)


def test_a_click_elsewhere_closes_it(opened: Desk, qtbot: QtBot) -> None:
    dialog = palette(opened, qtbot)
    qtbot.waitExposed(dialog)
    opened.window.activateWindow()
    qtbot.waitUntil(lambda: opened.window.findChild(PaletteDialog) is None, timeout=2000)
