"""The frame, as an analyst uses it: start page, navigation, recent work, drop, themes, languages, leaving."""

from __future__ import annotations

import sys
import threading
from importlib.abc import MetaPathFinder
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet as pq
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QSplitter,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from core import workflow
from core.errors import SeqlensError
from core.fitting import TrainSettings
from core.progress import Progress
from core.workspace import Workspace
from desktop_app import app, theme, warm_up
from desktop_app.app import Desk
from desktop_app.background import GOING
from desktop_app.dialogs.export import ExportDialog
from desktop_app.dialogs.import_files import ImportDialog
from desktop_app.pages import PAGES
from desktop_app.widgets.start_note import StartNote
from desktop_app.window import Window
from tests.desktop_app.paging import shown_page
from tests.shop import open_shop


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "小店 shop.seqlens"
    open_shop(path).close()
    return path


def open_it(desk: Desk, qtbot: QtBot, path: Path) -> None:
    desk.open_workspace(path)
    qtbot.waitUntil(lambda: desk.state.workspace is not None and desk.state.workspace.path == path, timeout=10_000)


def test_a_first_start_offers_ways_to_begin(desk: Desk) -> None:
    start = desk.window.stack.currentWidget()
    assert isinstance(start, StartNote)
    offered = {button.defaultAction().objectName() for button in start.findChildren(QToolButton)}
    assert offered == {"open-files", "open-sample", "open-workspace"}
    assert not desk.window.actions_by_name["export"].isEnabled()
    assert desk.window.counts.text() == "Nothing is open"


def test_opening_shows_the_page_that_was_shown_last(desk: Desk, qtbot: QtBot, shop: Path) -> None:
    desk.window.actions_by_name["page-timeline"].trigger()
    open_it(desk, qtbot, shop)
    qtbot.waitUntil(lambda: desk.window.counts.text() == "60 users · 24 items · 720 events", timeout=5000)
    assert desk.window.windowTitle() == "小店 shop – Seqlens"
    shown_page(desk, qtbot)
    assert list(desk.window.stack.made) == ["timeline"]  # the others are built when they are shown
    assert desk.preferences.recent == [shop]


class Importers(MetaPathFinder):
    """Notes which threads import a module."""

    def __init__(self, module: str) -> None:
        self.module = module
        self.threads: list[threading.Thread] = []

    def find_spec(self, name: str, *_: object) -> None:
        if name == self.module:
            self.threads.append(threading.current_thread())


@pytest.mark.parametrize("before", [True, False], ids=["while opened", "while open"])
def test_a_page_is_never_imported_by_the_windows_own_thread(
    desk: Desk, qtbot: QtBot, shop: Path, monkeypatch: pytest.MonkeyPatch, before: bool
) -> None:
    module, _ = PAGES["privacy"]
    imported = sys.modules[module]
    importers = Importers(module)
    monkeypatch.setattr(sys, "meta_path", [importers, *sys.meta_path])
    if before:
        desk.window.actions_by_name["page-privacy"].trigger()
    else:
        open_it(desk, qtbot, shop)
    monkeypatch.delitem(sys.modules, module)
    if before:
        open_it(desk, qtbot, shop)
    else:
        desk.window.actions_by_name["page-privacy"].trigger()
    qtbot.waitUntil(lambda: desk.window.stack.currentWidget() is desk.window.stack.made.get("privacy"), timeout=10_000)
    assert sys.modules[module] is not imported
    assert importers.threads
    assert threading.main_thread() not in importers.threads


def test_what_takes_seconds_is_done_behind_the_first_look(
    desk: Desk, qtbot: QtBot, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(app, "WARM_UP_AFTER", 0)
    monkeypatch.setattr(app, "COMPILE_AFTER", 0)
    monkeypatch.setattr(warm_up, "warm_up", lambda progress: done.append("imports"))  # noqa: ARG005
    monkeypatch.setattr(warm_up, "warm_up_models", lambda progress: done.append("models"))  # noqa: ARG005
    monkeypatch.setattr(warm_up, "compile_patterns", lambda progress: done.append("patterns") or len(done) < 5)  # noqa: ARG005
    desk.prepare()
    open_it(desk, qtbot, shop)
    qtbot.waitUntil(lambda: len(done) == 5 and not desk.background.asking, timeout=10_000)
    qtbot.wait(50)
    assert done == ["imports", "models", "patterns", "patterns", "patterns"]


def test_a_page_that_is_imported_too_late_does_not_take_the_place_of_the_next(
    desk: Desk, qtbot: QtBot, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_it(desk, qtbot, shop)
    monkeypatch.delitem(sys.modules, PAGES["privacy"][0])
    desk.window.actions_by_name["page-privacy"].trigger()
    desk.window.actions_by_name["page-segments"].trigger()
    assert shown_page(desk, qtbot) is desk.window.stack.made["segments"]
    qtbot.waitUntil(lambda: not desk.background.asking, timeout=10_000)
    assert desk.window.stack.currentWidget() is desk.window.stack.made["segments"]
    assert "privacy" not in desk.window.stack.made


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_from_its_action(desk: Desk, qtbot: QtBot, shop: Path, name: str) -> None:
    open_it(desk, qtbot, shop)
    desk.window.actions_by_name[f"page-{name}"].trigger()
    assert shown_page(desk, qtbot) is desk.window.stack.made[name]
    assert desk.window.navigation.currentRow() == list(PAGES).index(name)


def test_selection_comes_back_with_the_workspace(desk: Desk, qtbot: QtBot, shop: Path, tmp_path: Path) -> None:
    open_it(desk, qtbot, shop)
    desk.state.select_user(11)
    other = tmp_path / "other.seqlens"
    open_shop(other).close()
    open_it(desk, qtbot, other)
    assert desk.state.user == -1
    open_it(desk, qtbot, shop)
    assert desk.state.user == 11
    assert desk.preferences.recent == [shop, other]


@pytest.mark.parametrize("name", ["training", "recommendations"])
def test_splitters_stay_where_they_were_put(desk: Desk, qtbot: QtBot, shop: Path, name: str) -> None:
    open_it(desk, qtbot, shop)
    splitter = shown_page(desk, qtbot, name).findChildren(QSplitter)[0]
    splitter.moveSplitter(splitter.sizes()[0] + 60, 1)
    put = splitter.sizes()
    desk.window.show_page("data")
    size = desk.window.size()
    desk.choose_language("zh_CN")  # builds the window and its pages again
    desk.window.resize(size)
    again = shown_page(desk, qtbot, name).findChildren(QSplitter)[0]
    assert again is not splitter
    shares = [[size / sum(sizes) for size in sizes] for sizes in (put, again.sizes())]  # it may not be laid out yet
    assert shares[1] == pytest.approx(shares[0], abs=0.04)  # the navigation is narrower in Chinese


def test_a_folder_of_parquet_files_is_opened_and_imported_from_again(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "events"

    def arrive(day: int) -> None:
        place = folder / f"date=2026-11-{day}"
        place.mkdir(parents=True)
        pq.write_table(pa.table({"user_id": ["a", "b"], "item_id": ["x", "y"]}), place / "part.parquet")

    def bring(action: str) -> int:
        desk.window.actions_by_name[action].trigger()
        dialog = desk.window.findChild(ImportDialog)
        assert isinstance(dialog, ImportDialog)
        qtbot.waitUntil(lambda: dialog.import_button.isEnabled(), timeout=20_000)
        dialog.import_button.click()
        qtbot.waitUntil(lambda: dialog.report is not None, timeout=20_000)
        assert dialog.report is not None
        found = dialog.report.new_events
        dialog.close()
        dialog.deleteLater()
        qtbot.waitUntil(lambda: desk.window.findChild(ImportDialog) is None)
        return found

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    arrive(24)
    assert bring("open-folder") == 2
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=10_000)
    arrive(25)
    assert bring("import-folder") == 2


def test_a_dropped_workspace_is_opened(desk: Desk, qtbot: QtBot, shop: Path) -> None:
    desk.window.opening.open_dropped([QUrl.fromLocalFile(str(shop))])
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=10_000)


def test_what_cannot_be_opened_is_explained(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "x.seqlens"
    path.write_text("no workspace" * 1000)
    desk.open_workspace(path)
    qtbot.waitUntil(lambda: desk.window.findChild(QMessageBox, "error") is not None, timeout=10_000)
    box = desk.window.findChild(QMessageBox, "error")
    assert isinstance(box, QMessageBox)
    assert "not a Seqlens workspace" in box.text()
    box.close()
    assert desk.state.workspace is None


def test_saving_as_goes_on_in_the_copy(desk: Desk, qtbot: QtBot, shop: Path, tmp_path: Path) -> None:
    open_it(desk, qtbot, shop)
    copy = tmp_path / "copy.seqlens"
    desk.save_as(copy)
    qtbot.waitUntil(lambda: desk.state.workspace is not None and desk.state.workspace.path == copy, timeout=10_000)
    with Workspace.open(shop) as former:  # it was let go of
        assert former.counts().events == 720


def test_the_scheme_switches_while_work_is_open(desk: Desk, qtbot: QtBot, shop: Path) -> None:
    open_it(desk, qtbot, shop)
    desk.window.actions_by_name["theme-dark"].trigger()
    assert theme.is_dark()
    assert desk.window.actions_by_name["theme-dark"].isChecked()


def test_a_job_is_shown_in_the_status_bar_and_can_be_stopped(desk: Desk, qtbot: QtBot) -> None:
    def work(progress: Progress) -> None:
        for done in range(10_000):
            progress.step(done, 10_000, "Copying the workspace")
            qtbot_free.wait(0.002)

    import threading

    qtbot_free = threading.Event()
    job = desk.background.start(work, title="A long job")
    qtbot.waitUntil(lambda: desk.window.job.isVisible() and desk.window.job.bar.value() > 0, timeout=5000)
    with qtbot.waitSignal(job.cancelled, timeout=1000):
        desk.window.job.stop.click()
    assert not desk.window.job.isVisible()


def test_an_unexpected_error_is_shown_with_details_to_copy(desk: Desk, qtbot: QtBot) -> None:
    def work(progress: Progress) -> None:
        progress.check()
        raise ZeroDivisionError("person-007@example.org")

    desk.background.start(work)
    qtbot.waitUntil(lambda: desk.window.findChild(QMessageBox, "error") is not None, timeout=5000)
    box = desk.window.findChild(QMessageBox, "error")
    assert isinstance(box, QMessageBox)
    copy = next(button for button in box.buttons() if button.text() == "Copy details")
    copy.click()
    told = QApplication.clipboard().text()
    assert told.startswith("Seqlens ")
    assert "builtins.ZeroDivisionError\n" in told
    assert " in work" in told
    assert "person" not in told
    box.close()


def test_an_expected_error_names_no_details(desk: Desk) -> None:
    desk.window.complain(SeqlensError("{file} is empty.", file="a.csv"))
    box = desk.window.findChild(QMessageBox, "error")
    assert isinstance(box, QMessageBox)
    assert box.text() == "a.csv is empty."
    assert [button.text() for button in box.buttons()] == ["OK"]
    box.close()


@pytest.mark.parametrize(("action", "name"), [("settings", "settings"), ("about", "about"), ("help", "help")])
def test_a_dialog_that_is_closed_is_gone(desk: Desk, qtbot: QtBot, action: str, name: str) -> None:
    desk.window.actions_by_name[action].trigger()
    dialog = desk.window.findChild(QDialog, name)
    assert dialog.isVisible()
    dialog.close()
    qtbot.waitUntil(lambda: desk.window.findChild(QDialog, name) is None)


def test_the_edit_menu_works_on_the_field_that_has_the_focus(desk: Desk, qtbot: QtBot, shop: Path) -> None:
    open_it(desk, qtbot, shop)
    page = shown_page(desk, qtbot, "timeline")
    desk.window.activateWindow()
    field = page.findChildren(QLineEdit)[0]
    field.setFocus()
    qtbot.waitUntil(field.hasFocus, timeout=2000)
    qtbot.keyClicks(field, "user 0")
    keys = QKeySequence.StandardKey
    edit = desk.window.edit
    edit.refresh()
    assert edit.by_key[keys.Undo].isEnabled()
    assert not edit.by_key[keys.Copy].isEnabled()
    edit.by_key[keys.SelectAll].trigger()
    edit.refresh()
    edit.by_key[keys.Copy].trigger()
    assert QApplication.clipboard().text() == "user 0"
    edit.by_key[keys.Undo].trigger()
    assert field.text() == ""


def test_every_action_has_a_name_and_no_shortcut_is_taken_twice(desk: Desk) -> None:
    actions = desk.window.actions_by_name
    shortcuts = [action.shortcut().toString() for action in actions.values() if not action.shortcut().isEmpty()]
    assert len(set(shortcuts)) == len(shortcuts)
    assert all(action.text() for action in actions.values())


def test_recent_files_are_offered_for_another_import(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    events = tmp_path / "事件 1.csv"
    events.write_text("user_id,item_id\n" + "".join(f"u{row % 5},i{row}\n" for row in range(50)), "utf-8")
    desk.preferences.remember_files([events])
    desk.preferences.remember_files([events, tmp_path / "gone.csv"])
    desk.window._recent.aboutToShow.emit()
    texts = [action.text() for action in desk.window._recent.actions() if not action.isSeparator()]
    assert texts == [f"Import 事件 1.csv  –  {tmp_path}"]
    desk.window._recent.actions()[-1].trigger()
    qtbot.waitUntil(lambda: desk.window.findChild(ImportDialog) is not None, timeout=5000)
    dialog = desk.window.findChild(ImportDialog)
    assert isinstance(dialog, ImportDialog)
    qtbot.waitUntil(dialog.import_button.isEnabled, timeout=20_000)
    dialog.close()


def test_another_language_leaves_one_window_and_holds_up_none(desk: Desk, qtbot: QtBot, shop: Path) -> None:
    """The window of before goes page by page, and hears of what is done meanwhile without harm."""
    open_it(desk, qtbot, shop)
    for name in ("data", "segments", "privacy"):
        shown_page(desk, qtbot, name)
        qtbot.waitUntil(lambda: not desk.background.asking, timeout=10_000)
    former, pages = desk.window, list(desk.window.stack.made.values())
    desk.choose_language("zh_CN")
    desk.choose_language("en")  # before the Chinese window has been shown
    last = desk.window
    qtbot.waitUntil(lambda: sum(map(isValid, pages)) < 3)  # in the middle of it
    desk.trail.page_wanted.emit("data")
    desk.state.open(None)
    qtbot.waitUntil(lambda: not isValid(former))
    assert not any(map(isValid, pages))
    qtbot.waitUntil(last.isVisible)
    shown = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Window)]
    assert [widget for widget in shown if isValid(widget) and not widget.property(GOING)] == [last]
    assert last.navigation.item(0).text() == "Data"


def test_the_former_window_stays_until_there_is_something_to_see(desk: Desk, qtbot: QtBot, shop: Path) -> None:
    open_it(desk, qtbot, shop)
    shown_page(desk, qtbot, "segments")
    former = desk.window
    desk.choose_language("zh_CN")
    last, blank = desk.window, list[bool]()
    watch = QTimer(desk, interval=0)
    watch.timeout.connect(lambda: blank.append(last.isVisible() and last.stack.awaits_page))
    watch.start()
    assert former.isVisible()
    assert not last.isVisible()
    before = former.navigation.currentRow()
    QTest.keyClick(former.windowHandle(), Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)  # a page it won't show
    assert (former.navigation.currentRow(), desk.preferences.page) == (before, "segments")
    qtbot.waitUntil(last.isVisible, timeout=10_000)
    qtbot.waitUntil(lambda: not isValid(former) or not former.isVisible(), timeout=10_000)
    assert not any(blank)
    assert last.stack.currentWidget() is last.stack.made["segments"]


def test_no_shortcut_opens_anything_over_a_window_that_goes(
    desk: Desk, qtbot: QtBot, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_it(desk, qtbot, shop)
    shown_page(desk, qtbot, "segments")
    former, asked = desk.window, list[object]()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *about: asked.append(about) or ([], ""))
    monkeypatch.setattr(Desk, "_take_over", lambda _desk: None)  # the former one stays in view
    former.activateWindow()
    qtbot.waitUntil(former.isActiveWindow)

    def press() -> None:
        QTest.keyClick(former.windowHandle(), Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)

    press()
    qtbot.waitUntil(lambda: len(asked) == 1)
    desk.choose_language("zh_CN")
    assert former.isVisible()
    press()
    qtbot.wait(50)
    assert len(asked) == 1
    former.actions_by_name["quit"].trigger()
    assert desk.leaving


def test_who_closes_the_former_window_ends_the_application(desk: Desk, qtbot: QtBot, shop: Path) -> None:
    open_it(desk, qtbot, shop)
    shown_page(desk, qtbot, "segments")
    former = desk.window
    desk.choose_language("zh_CN")
    assert former.isVisible()
    former.close()
    assert desk.leaving


def test_who_closes_it_just_before_the_other_is_shown_ends_the_application(
    desk: Desk, qtbot: QtBot, shop: Path
) -> None:
    open_it(desk, qtbot, shop)
    shown_page(desk, qtbot, "segments")
    former = desk.window
    desk.choose_language("zh_CN")
    desk.window.stack.came.connect(former.close)  # when all is ready, and the other is shown in the next beat
    qtbot.waitUntil(lambda: desk.leaving, timeout=10_000)


def test_a_workspace_does_not_take_the_place_of_one_that_a_job_has_begun_to_work_with(
    desk: Desk, qtbot: QtBot, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_it(desk, qtbot, shop)
    other, go_on, opened = tmp_path / "other.seqlens", threading.Event(), app._open
    open_shop(other).close()

    def slow(path: Path) -> object:
        assert go_on.wait(20)
        return opened(path)

    monkeypatch.setattr(app, "_open", slow)
    desk.open_workspace(other)
    end = threading.Event()
    job = desk.background.start(lambda **_: end.wait(20), title="Training")
    go_on.set()
    qtbot.waitUntil(lambda: not desk.background.asking, timeout=10_000)
    assert desk.state.workspace is not None
    assert desk.state.workspace.path == shop
    assert desk.state.workspace.counts().events > 0  # it is not closed
    assert desk.window.statusBar().currentMessage().startswith("Training is still running")
    end.set()
    qtbot.waitUntil(lambda: job.ended)
    open_it(desk, qtbot, other)  # nothing has kept it open


def test_answers_about_a_workspace_that_is_open_no_more_are_dropped(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        run = workflow.train(workspace, TrainSettings(model="popularity"), Progress())
        desk.state.open(workspace, -1, run.id)
        qtbot.waitUntil(lambda: not desk.background.asking, timeout=10_000)
        go_on = threading.Event()
        for lane in range(2):
            desk.background.ask(f"lane {lane}", lambda **_: go_on.wait(20))
        desk.window.actions_by_name["export"].trigger()
        desk.state.data_changed.emit()  # who is there is counted again
        desk.state.open(None)
        go_on.set()
        qtbot.waitUntil(lambda: not desk.background.asking, timeout=10_000)
        assert desk.window.counts.text() == "Nothing is open"
        assert desk.window.findChild(ExportDialog) is None


class _Windows(QObject):
    """Names of the windows that appear."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(watched.objectName() or type(watched).__name__)
        return False


def test_no_part_of_a_page_flashes_as_a_window_of_its_own(desk: Desk, qtbot: QtBot, shop: Path) -> None:
    open_it(desk, qtbot, shop)
    application = QApplication.instance()
    assert application is not None
    windows = _Windows()
    application.installEventFilter(windows)
    try:
        for name in PAGES:
            shown_page(desk, qtbot, name)
        qtbot.waitUntil(lambda: not desk.background.asking, timeout=20_000)
    finally:
        application.removeEventFilter(windows)
    assert not windows.seen
