"""Files that arrive in a folder are imported into the open workspace."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from core import workflow
from core.data.settings import ImportSettings
from core.data.watching import Watch
from core.errors import SeqlensError
from core.privacy import pseudonyms
from core.progress import Progress
from core.workspace import Workspace
from desktop_app.app import Desk
from desktop_app.parts import watched_folder
from desktop_app.parts.watched_folder import Look
from tests.shop import START, open_shop

EVENTS = "user_id,item_id,behavior,timestamp\nsomebody,i1,view,{0}\nsomebody,i2,view,{1}\n"


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched_folder, "EVERY", 50)


def test_files_are_imported_as_they_arrive_until_it_is_ended(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "arriving"
    folder.mkdir()
    open_shop(tmp_path / "shop.seqlens").close()
    desk.open_workspace(tmp_path / "shop.seqlens")
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=10_000)
    workspace = desk.state.workspace
    assert workspace is not None
    desk.watched._timer.setInterval(50)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    action = desk.window.actions_by_name["watch-folder"]
    action.trigger()
    assert action.isChecked()
    before = workspace.counts().events
    told: list[str] = []
    desk.watched.told.connect(told.append)
    (folder / "broken.csv").write_bytes(b"\x89PNG" + bytes(range(256)) * 40)
    second = START // 1_000_000
    (folder / "day.csv").write_text(EVENTS.format(second, second + 60), "utf-8")
    with qtbot.waitSignal(desk.state.data_changed, timeout=20_000):
        pass
    qtbot.waitUntil(lambda: any("binary" in text for text in told), timeout=20_000)
    assert any(text.startswith("2 events arrived") for text in told)
    assert workspace.counts().events == before + 2
    qtbot.waitUntil(lambda: desk.background.job is None, timeout=10_000)
    action.trigger()
    assert not action.isChecked()
    assert desk.watched.folder is None


def test_files_that_a_slow_look_finds_are_imported_though_it_is_time_for_the_next(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "arriving"
    folder.mkdir()
    open_shop(tmp_path / "shop.seqlens").close()
    desk.open_workspace(tmp_path / "shop.seqlens")
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=10_000)
    second = START // 1_000_000
    (folder / "day.csv").write_text(EVENTS.format(second, second + 60), "utf-8")
    look, found = Watch.arrived, []

    def slow(watch: Watch) -> list[Path]:
        paths = look(watch)
        found.extend(paths)
        time.sleep(0.3)
        return paths

    monkeypatch.setattr(Watch, "arrived", slow)
    desk.watched._timer.setInterval(50)
    with qtbot.waitSignal(desk.state.data_changed, timeout=20_000):
        desk.watched.start(folder)
    assert found == [folder / "day.csv"]
    desk.watched.stop()


def test_a_folder_that_goes_is_told_and_no_longer_watched(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "arriving"
    folder.mkdir()
    with qtbot.waitSignal(desk.watched.told):
        desk.watched.start(folder)
    desk.watched._timer.setInterval(50)
    folder.rmdir()
    with qtbot.waitSignal(desk.watched.told, timeout=10_000) as told:
        pass
    assert "is gone" in told.args[0]
    assert desk.watched.folder is None


def test_files_that_go_together_are_imported_together(tmp_path: Path) -> None:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        second = START // 1_000_000
        day, items = tmp_path / "day.csv", tmp_path / "items.csv"
        day.write_text(EVENTS.format(second, second + 60), "utf-8")
        items.write_text("item_id,title\ni1,Another name\n", "utf-8")
        taken = watched_folder.take_in(workspace, [items, day], Progress())
        assert (taken.events, taken.failed) == (2, ())
        assert "Another name" in workspace.catalogue().titles.to_pylist()


HEADER = "buyer,client,article,deed,comment,day\n"
COLUMNS = {"buyer": "user", "article": "item", "deed": "behaviour", "day": "time"}


def arrive(folder: Path, name: str, user: str, header: str = HEADER) -> Path:
    path = folder / f"{name}.csv"
    path.write_text(f"{header}{user},shop,a,buy,a secret,2024-01-01 {len(name):02d}:00\n", "utf-8")
    return path


def mapped(folder: Path, key: bytes | None = None) -> Workspace:
    """A workspace whose columns were named by hand, and otherwise than they are guessed."""
    workspace = Workspace.create(folder / "w.seqlens")
    settings = ImportSettings(files=(arrive(folder, "first", "ann"),), columns=COLUMNS, pseudonym_key=key)
    workflow.import_files(workspace, settings, Progress())
    return workspace


def test_files_are_read_as_the_analyst_named_their_columns(tmp_path: Path) -> None:
    with mapped(tmp_path) as workspace:
        taken = watched_folder.take_in(workspace, [arrive(tmp_path, "second", "bob")], Progress())
        assert (taken.events, taken.failed) == (1, ())
        assert workspace.users().ids.to_pylist() == ["ann", "bob"]
        assert [one.name for one in workspace.log().behaviours] == ["buy"]
        assert workspace.event_texts() == []


def test_a_file_with_other_columns_is_told_and_not_imported(tmp_path: Path) -> None:
    with mapped(tmp_path) as workspace:
        other = arrive(tmp_path, "other", "bob", HEADER.replace("comment", "remark"))
        taken = watched_folder.take_in(workspace, [arrive(tmp_path, "second", "bob"), other], Progress())
        assert taken.events == 1  # those with the same columns came in
        (error,) = taken.failed
        assert "other.csv" in str(error)
        assert "columns" in str(error)


def test_pseudonyms_are_made_with_the_key_that_the_system_keeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = bytes(range(32))
    kept_keys = [key]

    def kept(*_: object, **__: object) -> bytes:
        if not kept_keys:
            raise SeqlensError("The system's keyring has no key named {name}.", name="default")
        return kept_keys[0]

    monkeypatch.setattr(pseudonyms, "keyring_key", kept)
    with mapped(tmp_path, key) as workspace:
        taken = watched_folder.take_in(workspace, [arrive(tmp_path, "second", "bob")], Progress())
        assert (taken.events, taken.failed) == (1, ())
        assert sorted(workspace.users().ids.to_pylist()) == sorted(pseudonyms.of(["ann", "bob"], key))
        for kept_keys[:] in ([], [bytes(32)]):
            taken = watched_folder.take_in(workspace, [arrive(tmp_path, "third", "cay")], Progress())
            assert taken.events == 0
            assert ["does not keep the key" in str(error) for error in taken.failed] == [True]


def test_files_wait_for_the_key_of_the_pseudonyms(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, asked, lost = bytes(range(32)), list[float](), SeqlensError("The system's keyring is locked.")

    def locked(*_: object, **__: object) -> bytes:
        asked.append(time.monotonic())
        raise lost

    mapped(tmp_path, key).close()
    folder = tmp_path / "arriving"
    folder.mkdir()
    desk.open_workspace(tmp_path / "w.seqlens")
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=10_000)
    workspace = desk.state.workspace
    assert workspace is not None
    told, jobs = list[str](), list[str]()
    desk.watched.told.connect(told.append)
    start = desk.background.start
    monkeypatch.setattr(desk.background, "start", lambda *a, **k: (jobs.append(k["title"]), start(*a, **k)))
    monkeypatch.setattr(pseudonyms, "keyring_key", locked)
    desk.watched._timer.setInterval(30)
    arrive(folder, "second", "bob")
    desk.watched.start(folder)
    desk.watched._timer.setInterval(30)
    qtbot.waitUntil(lambda: len(asked) >= 4, timeout=20_000)
    third = arrive(folder, "third", "cay")  # meanwhile another one comes
    qtbot.waitUntil(lambda: third in desk.watched._waiting, timeout=20_000)
    assert [text for text in told if "does not keep the key" in text] == told[1:]
    assert (len(told), len(jobs)) == (2, 1)  # it is told once, and no other work is kept waiting by asking again
    assert desk.watched._to_skip >= 8  # and asked ever less often, since a system may ask the analyst each time
    assert workspace.counts().events == 1
    monkeypatch.setattr(pseudonyms, "keyring_key", lambda *_, **__: key)
    with qtbot.waitSignal(desk.state.data_changed, timeout=20_000):
        pass
    qtbot.waitUntil(lambda: not desk.watched._waiting and desk.background.job is None, timeout=20_000)
    assert sorted(workspace.users().ids.to_pylist()) == sorted(pseudonyms.of(["ann", "bob", "cay"], key))
    assert told[2:] == ["2 events arrived"]
    assert desk.watched._to_skip == 0


def test_a_look_from_before_the_key_was_missed_asks_for_it_no_second_time(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, looking, missed = watched_folder._looked, threading.Event(), threading.Event()

    def slow(watch: Watch, *rest: Any, **more: Any) -> Look:
        if jobs:  # while files are imported
            looking.set()
            assert missed.wait(20)
        return looked(watch, *rest, **more)

    def locked(*_: object, **__: object) -> bytes:
        assert looking.wait(20)
        raise SeqlensError("The system's keyring is locked.")

    mapped(tmp_path, bytes(range(32))).close()
    monkeypatch.setattr(pseudonyms, "keyring_key", locked)
    monkeypatch.setattr(watched_folder, "_looked", slow)
    desk.open_workspace(tmp_path / "w.seqlens")
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=10_000)
    jobs = list[object]()
    desk.background.job_started.connect(jobs.append)
    folder = tmp_path / "arriving"
    folder.mkdir()
    arrive(folder, "second", "bob")
    desk.watched.start(folder)
    desk.watched._timer.setInterval(30)
    qtbot.waitUntil(lambda: desk.watched._to_skip > 0, timeout=20_000)
    desk.watched._timer.stop()
    missed.set()
    qtbot.waitUntil(lambda: not desk.background.asking, timeout=20_000)
    assert len(jobs) == 1
    assert desk.watched._waiting


def test_files_that_wait_for_a_key_do_not_go_into_another_workspace(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> bytes:
        raise SeqlensError("The system's keyring is locked.")

    mapped(tmp_path, bytes(range(32))).close()
    open_shop(tmp_path / "shop.seqlens").close()
    monkeypatch.setattr(pseudonyms, "keyring_key", locked)
    desk.open_workspace(tmp_path / "w.seqlens")
    qtbot.waitUntil(lambda: desk.state.workspace is not None, timeout=10_000)
    folder, empty = tmp_path / "arriving", tmp_path / "empty"
    for place in (folder, empty):
        place.mkdir()
    arrive(folder, "second", "bob")
    desk.watched.start(folder)
    desk.watched._timer.setInterval(30)
    qtbot.waitUntil(lambda: desk.watched._to_skip > 0, timeout=20_000)
    desk.open_workspace(tmp_path / "shop.seqlens")
    qtbot.waitUntil(lambda: desk.watched.folder is None, timeout=10_000)
    desk.watched.start(empty)
    assert (desk.watched._waiting, desk.watched._to_skip) == ([], 0)


def test_a_job_does_not_rest_while_a_slow_folder_is_looked_at(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "arriving"
    folder.mkdir()
    open_shop(tmp_path / "shop.seqlens").close()
    desk.open_workspace(tmp_path / "shop.seqlens")
    qtbot.waitUntil(lambda: desk.state.workspace is not None and not desk.background.asking, timeout=10_000)
    looking, go_on, checks = threading.Event(), threading.Event(), list[float]()

    def slow(_watch: Watch) -> list[Path]:
        looking.set()
        assert go_on.wait(20)
        return []

    def work(progress: Progress) -> None:
        while not go_on.is_set():
            progress.check()
            checks.append(time.monotonic())
            time.sleep(0.005)

    monkeypatch.setattr(Watch, "arrived", slow)
    desk.watched.start(folder)
    qtbot.waitUntil(looking.is_set, timeout=10_000)
    desk.background.start(work, title="Training")
    qtbot.wait(500)
    worked = len(checks)
    go_on.set()
    desk.watched.stop()
    qtbot.waitUntil(lambda: desk.background.job is None, timeout=10_000)
    assert worked > 20
