"""What was taken out of a layout comes up nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import desktop_app
from desktop_app.layout import discard
from desktop_app.widgets.legend import Legend


def test_what_is_discarded_before_it_was_seen_is_no_window(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    page.show()
    qtbot.waitExposed(page)
    line = QLabel("of a question that was asked anew")
    column.addWidget(line)  # Qt shows it in the next beat
    column.takeAt(0)
    discard(line)
    QApplication.sendPostedEvents()
    assert not line.isVisible()
    with qtbot.waitSignal(line.destroyed, timeout=5000):
        pass


def test_a_legend_that_changes_twice_at_once_leaves_no_windows(qtbot: QtBot) -> None:
    legend = Legend()
    qtbot.addWidget(legend)
    legend.show()
    qtbot.waitExposed(legend)
    windows = {window for window in QApplication.topLevelWidgets() if window.isVisible()}
    legend.show_components(["popularity", "transitions"], base=True)
    legend.show_components(["popularity"], base=False)
    QApplication.sendPostedEvents()
    assert {window for window in QApplication.topLevelWidgets() if window.isVisible()} == windows


def test_nothing_is_taken_out_of_its_parent_otherwise() -> None:
    source = Path(desktop_app.__file__).parent
    found = [path.name for path in source.rglob("*.py") if re.search(r"setParent\(None\)", path.read_text("utf-8"))]
    assert found == []
