"""An import in another thread waits while a page is made, and goes on when it was shown."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.progress import Cancelled, Progress
from desktop_app import courtesy
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


def test_it_is_waited_for_a_rest_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courtesy, "REST", 0.2)
    monkeypatch.setattr(courtesy, "PATIENCE", 0.6)

    def waited(uses: int) -> float:
        """How long is waited by who waits while the analyst does something every twentieth of a second."""
        begun, ended = time.monotonic(), list[float]()
        courtesy.note_use()
        thread = threading.Thread(target=lambda: (courtesy.wait_for_rest(Progress()), ended.append(time.monotonic())))
        thread.start()
        for _ in range(uses):
            time.sleep(0.05)
            courtesy.note_use()
        thread.join(10)
        return ended[0] - begun

    assert waited(0) >= 0.2
    assert waited(4) >= 0.4  # of which the last are a rest
    start = time.monotonic()
    assert 0.6 <= waited(40) < time.monotonic() - start - 0.5
    began = time.monotonic()
    time.sleep(0.25)
    courtesy.wait_for_rest(Progress())  # the rest has come already
    assert time.monotonic() - began < 0.45
    progress = Progress()
    progress.cancel()
    courtesy.note_use()
    with pytest.raises(Cancelled):
        courtesy.wait_for_rest(progress)


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
