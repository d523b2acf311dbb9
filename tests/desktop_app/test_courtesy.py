"""An import in another thread waits while a page is made, and goes on when it was shown."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

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
