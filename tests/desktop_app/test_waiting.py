"""No page says that there is nothing before it knows."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.progress import Progress
from desktop_app.app import Desk
from desktop_app.background import QUESTIONS
from desktop_app.widgets.empty_note import EmptyNote
from desktop_app.widgets.waiting import Waiting
from tests.desktop_app.paging import shown_page
from tests.shop import open_shop


@pytest.mark.parametrize("name", ["timeline", "segments", "flows", "map", "recommendations", "feedback"])
def test_a_page_is_blank_until_its_first_answer(desk: Desk, qtbot: QtBot, tmp_path: Path, name: str) -> None:
    path, answer = tmp_path / "shop.seqlens", threading.Event()
    open_shop(path).close()
    desk.open_workspace(path)
    qtbot.waitUntil(lambda: desk.state.workspace is not None and not desk.background.asking, timeout=10_000)

    def slow(progress: Progress) -> None:
        progress.check()
        answer.wait(20)

    for number in range(QUESTIONS):  # nothing else is answered
        desk.background.ask(f"slow {number}", slow)
    page = shown_page(desk, qtbot, name)
    waiting = page.findChild(Waiting)
    assert waiting.isVisible()
    assert not any(note.isVisible() for note in page.findChildren(EmptyNote))
    qtbot.waitUntil(waiting.findChild(QLabel).isVisible, timeout=5000)
    answer.set()
    qtbot.waitUntil(lambda: not waiting.isVisible(), timeout=20_000)
