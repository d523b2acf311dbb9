"""Objects of Qt that hang in a cycle are destroyed in the window's thread, whoever allocates."""

from __future__ import annotations

import gc
import sys
import threading
import types

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.collector import LIBRARY, LOOKS, MANY, Collector


def test_a_cycle_is_collected_in_the_windows_thread(qtbot: QtBot) -> None:
    QApplication.processEvents()  # what earlier windows left to be destroyed
    collector = Collector()
    try:
        threads: list[threading.Thread] = []

        class Tells:
            def __del__(self) -> None:
                threads.append(threading.current_thread())

        part = QObject()
        part.cycle = part  # type: ignore[attr-defined]
        part.tells = Tells()  # type: ignore[attr-defined]
        del part

        def allocate() -> None:
            kept = [[number] for number in range(200_000)]
            assert len(kept) == 200_000

        worker = threading.Thread(target=allocate)
        worker.start()
        worker.join()
        assert threads == []
        keep = [[number] for number in range(MANY // 2)]  # so that a collection is due, whatever is destroyed meanwhile
        qtbot.waitUntil(lambda: bool(threads), timeout=5000)
        assert threads == [threading.main_thread()]
        assert len(keep) == MANY // 2
    finally:
        collector.stop()
    assert gc.isenabled()


@pytest.mark.usefixtures("qtbot")
def test_what_a_library_makes_is_not_gone_through_and_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    collector = Collector()
    before = gc.get_freeze_count()
    try:
        for number in range(LIBRARY + 1):  # another thread imports it
            monkeypatch.setitem(sys.modules, f"a_library.part_{number}", types.ModuleType("part"))
        keep = [[number] for number in range(1000)]
        collector.look()
        assert gc.get_count()[0] > 900  # still due
        assert gc.get_freeze_count() == before
        collector.look()  # nothing was imported since the last look
        assert gc.get_freeze_count() - before > 900
        assert len(keep) == 1000
        keep = [[number] for number in range(1000)]
        collector.look()
        assert gc.get_count()[0] < 900
        monkeypatch.setitem(sys.modules, "a_page", types.ModuleType("a_page"))
        keep = [[number] for number in range(1000)]
        collector.look()
        assert gc.get_count()[0] < 900
    finally:
        collector.stop()
        gc.unfreeze()


@pytest.mark.usefixtures("qtbot")
def test_very_many_that_a_worker_makes_are_gone_through_only_if_they_stay() -> None:
    collector = Collector()
    collector._timer.stop()  # it looks when it is told to
    try:
        gc.collect()
        keep = [[number] for number in range(MANY + 1000)]
        for _ in range(LOOKS // 2):
            collector.look()
            assert gc.get_count()[0] > MANY
        keep.clear()  # and each that goes is counted off
        assert gc.get_count()[0] < MANY
        keep += [[number] for number in range(1000)]
        collector.look()
        assert gc.get_count()[0] < 900
        keep += [[number] for number in range(MANY + 1000)]
        for _ in range(LOOKS):
            collector.look()
            assert gc.get_count()[0] > MANY
        collector.look()
        assert gc.get_count()[0] < 900
        assert len(keep) == MANY + 2000
    finally:
        collector.stop()
