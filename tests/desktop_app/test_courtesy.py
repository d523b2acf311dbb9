"""An import in another thread waits while a page is made, and goes on when it was shown."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from core.progress import Progress
from desktop_app import app, courtesy, warm_up
from desktop_app.app import Desk
from desktop_app.courtesy import making_page


def test_an_import_waits_for_the_page_and_no_longer(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("courtesy_before", "courtesy_meanwhile", "courtesy_own"):
        (tmp_path / f"{name}.py").write_text("", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    before, meanwhile = (
        threading.Thread(target=__import__, args=(f"courtesy_{when}",)) for when in ("before", "meanwhile")
    )
    with making_page():
        pass
    qtbot.wait(100)
    before.start()
    before.join(10)
    assert "courtesy_before" in sys.modules
    with making_page():
        meanwhile.start()
        time.sleep(0.1)
        assert "courtesy_meanwhile" not in sys.modules
        began = time.monotonic()
        __import__("courtesy_own")  # the window's own imports never wait
        own = time.monotonic() - began
        assert "courtesy_meanwhile" not in sys.modules, f"or the machine is too slow for this test: {own} s"
    qtbot.waitUntil(lambda: not meanwhile.is_alive(), timeout=5000)
    assert "courtesy_meanwhile" in sys.modules


def test_what_holds_the_window_up_waits_for_a_rest_but_not_for_ever(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported: list[float] = []
    monkeypatch.setattr(courtesy, "REST", 0.4)
    monkeypatch.setattr(app, "QUIET_MS", 50)
    monkeypatch.setattr(app, "QUIET_TRIES", 20)
    monkeypatch.setattr(warm_up, "warm_up", _nothing)
    monkeypatch.setattr(warm_up, "warm_up_models", lambda **_: imported.append(time.monotonic()))
    monkeypatch.setattr(warm_up, "compile_patterns", _nothing)

    def waited(uses: int) -> tuple[float, float]:
        """Seconds from the first and from the last use to the import, with one use every twentieth of a second."""
        imported.clear()
        begun = last = time.monotonic()
        courtesy.note_use()
        desk._warm_up_when_quiet(20)
        for _ in range(uses):
            qtbot.wait(50)
            last = time.monotonic()
            courtesy.note_use()
        qtbot.waitUntil(lambda: bool(imported), timeout=10_000)
        return imported[0] - begun, imported[0] - last

    for uses in (0, 6):
        assert waited(uses)[1] >= 0.4
    since_first, since_last = waited(50)
    assert since_first >= 0.9
    assert since_last < -0.5
    qtbot.wait(500)
    imported.clear()
    began = time.monotonic()
    desk._warm_up_when_resting(20)  # the rest has come already
    qtbot.waitUntil(lambda: bool(imported), timeout=10_000)
    assert imported[0] - began < 0.35


def test_lanes_are_free_while_a_rest_is_waited_for(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm_up, "warm_up", _nothing)
    monkeypatch.setattr(courtesy, "resting", lambda: False)
    qtbot.waitUntil(lambda: not desk.background.asking, timeout=10_000)
    with qtbot.waitSignal(desk.background._answered, timeout=10_000):
        desk._warm_up_when_quiet(0)
    together = threading.Barrier(2)  # which both lanes reach only if none of them waits for something else
    answers: list[int] = []
    for lane in range(2):
        ask = lambda **_: together.wait(5)  # noqa: E731
        desk.background.ask(f"lane {lane}", ask, done=lambda _: answers.append(1))
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=10_000)


def _nothing(*, progress: Progress) -> bool:
    progress.check()
    return False


def test_the_window_tells_when_it_is_used(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courtesy, "_used", 0.0)
    qtbot.wait(20)
    assert courtesy._used == 0.0
    for use in (
        lambda: QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_Down),
        lambda: QTest.mouseClick(desk.window.windowHandle(), Qt.MouseButton.MiddleButton, pos=QPoint(600, 400)),
    ):
        before = time.monotonic()
        use()
        assert courtesy._used >= before


def test_a_dialog_tells_when_it_is_used(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = QDialog(desk.window)
    QLineEdit(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is dialog.windowHandle(), timeout=5000)
    monkeypatch.setattr(courtesy, "_used", 0.0)
    assert courtesy.resting()
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_A)
    assert not courtesy.resting()
