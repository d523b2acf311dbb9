"""The strip of ranks: higher and brighter where the rank is better, hatched where the model was trained on the step."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.recommend.replay import Part
from desktop_app import theme
from desktop_app.widgets import rank_strip
from desktop_app.widgets.rank_strip import NO_TARGET, WAITING, Ranks, RankStrip, strength
from desktop_app.widgets.timeline_lanes import Lanes
from desktop_app.widgets.timeline_scale import View
from tests.filled import sequence

RANKS = [1, 1000, 5, 0, WAITING, NO_TARGET, 7, 2]
PARTS = [0, 0, 0, 0, 0, 3, 1, 2]


def strip_of(ranks: list[int], parts: list[int], qtbot: QtBot) -> RankStrip:
    widget = RankStrip()
    qtbot.addWidget(widget)
    widget.resize(600, 96)
    lanes = Lanes(sequence([100 * number for number in range(len(ranks))]))
    widget.show_ranks(lanes, Ranks(np.array(ranks), np.array(parts, np.uint8), 1000))
    widget.show_view(View(-50, 100 * len(ranks)), 100, -1)
    widget.show()
    return widget


@pytest.fixture
def strip(qtbot: QtBot) -> RankStrip:
    theme.choose("light")
    return strip_of(RANKS, PARTS, qtbot)


def middle(step: int, steps: int = 8) -> int:
    return round(100 + (step + 0.5) / steps * 500)


@given(st.integers(2, 10**7), st.lists(st.integers(1, 10**7), min_size=2, max_size=20))
def test_strength_falls_with_the_rank_between_one_and_nothing(items: int, ranks: list[int]) -> None:
    found = strength(np.minimum(np.sort(ranks), items), items)
    assert (np.diff(found) <= 0).all()
    assert found.max() <= 1
    assert found.min() >= -1e-12
    assert strength(np.array([1, items, 0]), items) == pytest.approx([1, 0, 0])


def height(image: QImage, x: int) -> int:
    """Pixels from the floor up to the top of a bar; 0 where there is none."""
    colours = {QColor(name).rgba() for name in rank_strip.LIGHT}
    rows = [y for y in range(15, 91) if any(image.pixel(x + by, y) in colours for by in (-2, -1, 0, 1, 2))]
    return 91 - min(rows) if rows else 0


def test_bars_are_as_high_as_ranks_are_good_and_hatched_where_trained(strip: RankStrip, qtbot: QtBot) -> None:
    image = strip.grab().toImage()
    heights = [height(image, middle(step)) for step in range(8)]
    assert heights[0] > 60
    assert heights[1] < 6
    assert heights[0] > heights[7] > heights[2] > heights[6] > heights[1]
    assert heights[4] == heights[5] == 0

    def filled(widget: RankStrip) -> int:
        picture, x = widget.grab().toImage(), middle(0, 1)
        ground = picture.pixel(x + 40, 60)
        return sum(1 for y in range(30, 85) for by in (-1, 0) if picture.pixel(x + by, y) != ground)

    trained, held_out = strip_of([1], [Part.TRAINED], qtbot), strip_of([1], [Part.UNSEEN], qtbot)
    assert filled(trained) < 0.8 * filled(held_out)


def test_held_out_steps_have_signs_above(strip: RankStrip) -> None:
    image, ground = strip.grab().toImage(), theme.colour("panel").rgba()
    signs = [any(image.pixel(middle(step) + by, 8) != ground for by in (-3, 0, 3)) for step in range(8)]
    assert signs == [False] * 6 + [True, True]


def test_each_step_is_described(strip: RankStrip) -> None:
    assert strip.describe(0) == ["Step 1", "What followed was at rank 1", "The model was trained on this step"]
    assert strip.describe(1)[1] == "What followed was at rank 1,000"
    assert "a miss" in strip.describe(3)[1]
    assert strip.describe(4)[1] == "Not ranked yet"
    assert strip.describe(5)[1:] == ["Nothing that can be predicted", "Not seen in the training"]
    assert strip.describe(6)[2] == "Held out: validation"
    assert strip.describe(7)[2] == "Held out: test"
    assert strip.describe(-1) == strip.describe(8) == []
    parts = (rank_strip.TRAINED, rank_strip.VALIDATION, rank_strip.TEST, rank_strip.UNSEEN)
    assert parts == (Part.TRAINED, Part.VALIDATION, Part.TEST, Part.UNSEEN)


def test_a_click_chooses_the_step_near_it(strip: RankStrip, qtbot: QtBot) -> None:
    for step in (0, 4, 7):
        with qtbot.waitSignal(strip.event_chosen) as chosen:
            QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(middle(step) + 2, 50))
        assert chosen.args == [step]
    with qtbot.assertNotEmitted(strip.event_chosen):
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(middle(5), 50))  # not a target
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(20, 50))


def test_steps_that_share_a_bar_show_their_mean_on_the_scale(qtbot: QtBot) -> None:
    strip = strip_of([4, 4, 500], [3, 3, 3], qtbot)
    strip.show_view(View(-20_000, 120_000), 100, -1)
    image = strip.grab().toImage()
    colours = [QColor(name).rgba() for name in rank_strip.LIGHT]
    wide = [y for y in range(15, 91) if sum(image.pixel(x, y) in colours for x in range(175, 195)) >= 3]
    mean = height(strip_of([20], [0], qtbot).grab().toImage(), middle(0, 1))  # the cube root of 4 · 4 · 500
    assert 91 - min(wide) == pytest.approx(mean, abs=3)
    best = height(strip_of([4], [0], qtbot).grab().toImage(), middle(0, 1))
    assert max(height(image, x) for x in range(178, 190)) == pytest.approx(best, abs=3)


def test_nothing_known_is_an_empty_scale(strip: RankStrip) -> None:
    strip.show_ranks(None, None)
    assert height(strip.grab().toImage(), middle(0)) == 0
    assert strip.event_at(middle(0)) == -1
