"""The axes and the marks of a training's curves."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.widgets.curves import CurvePlot, decimals, ticks


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6), st.integers(1, 12))
def test_ticks_are_round_few_and_inside(low: float, span: float, most: int) -> None:
    high = low + span
    found = ticks(low, high, most)
    assert len(found) <= most + 1
    margin = span * 1e-6 + abs(low) * 1e-9
    assert all(low - margin <= tick <= high + margin for tick in found)
    if len(found) > 1:
        step = found[1] - found[0]
        assert f"{step:.1e}"[:3] in ("1.0", "2.0", "5.0")


def test_ticks_of_losses() -> None:
    assert ticks(1.9, 7.2, 4) == [2, 4, 6]
    assert decimals([0.02, 0.04]) == 2
    assert decimals([10, 20]) == 0
    assert ticks(3.0, 3.0, 4) == []


def test_values_that_are_no_numbers_are_left_out(qtbot: QtBot) -> None:
    plot = CurvePlot("Loss", 0, min)
    qtbot.addWidget(plot)
    plot.set_points([(1, 2.0), (2, float("nan")), (3, 1.0)])
    assert plot.points == [(1, 2.0), (3, 1.0)]
    assert plot.accessibleDescription() == "Epoch 3: 1.0000"


def test_the_curve_is_painted_and_the_pointer_reads_it(qtbot: QtBot) -> None:
    plot = CurvePlot("Loss", 0, min)
    qtbot.addWidget(plot)
    plot.resize(320, 180)
    plot.set_waiting("Nothing yet")
    plot.show()
    empty = plot.grab().toImage()
    plot.set_points([(epoch, 5.0 / epoch) for epoch in range(1, 10)])
    drawn = plot.grab().toImage()
    assert drawn != empty
    QApplication.processEvents()
    places = itertools.cycle((QPoint(160, 90), QPoint(162, 90)))  # a pointer that rests on its place tells nothing

    def reads() -> bool:
        qtbot.mouseMove(plot, next(places))
        return plot.grab().toImage() != drawn

    qtbot.waitUntil(reads)
    plot.leaveEvent(None)  # type: ignore[arg-type]
    assert plot.grab().toImage() == drawn


@pytest.mark.parametrize("points", [[(1.0, 0.0)], [(1.0, 2.0), (2.0, 2.0)]])
def test_one_point_and_a_flat_line_can_be_painted(qtbot: QtBot, points: list[tuple[float, float]]) -> None:
    plot = CurvePlot("NDCG", 1, max)
    qtbot.addWidget(plot)
    plot.set_points(points)
    assert not plot.grab().isNull()
