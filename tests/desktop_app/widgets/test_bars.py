"""The bar chart's axis."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop_app.widgets.bars import BarPlot


@pytest.mark.parametrize("high", [1, 3, 7, 10, 99, 437, 987, 22_222, 1_000_001])
def test_the_axis_has_whole_round_heights_up_to_the_highest_bar(qtbot: QtBot, high: int) -> None:
    plot = BarPlot("Users", "Events", "Users")
    qtbot.addWidget(plot)
    plot.set_bars(np.array([0, high]), ["a", "b"], str)
    marks = plot._marks()
    assert all(mark == round(mark) for mark in marks)
    assert len(marks) <= 6
    assert marks[-1] >= high > (marks[-2] if len(marks) > 1 else 0)
    plot.grab()  # is drawn


def test_without_bars_there_is_no_axis(qtbot: QtBot) -> None:
    plot = BarPlot("Users", "Events", "Users")
    qtbot.addWidget(plot)
    plot.set_bars(np.zeros(0), [], str, empty="These data have no times")
    assert plot._marks() == []
    plot.grab()
