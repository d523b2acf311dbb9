"""The lengths of a breakdown bar tell the truth about the score."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from desktop_app import theme
from desktop_app.widgets.breakdown_bar import BASE, Parts, paint_bar, scale, segments

share = st.floats(-50, 50, allow_nan=False, width=32)


@given(share, st.lists(share, max_size=8))
def test_right_less_left_is_the_score(base: float, shares: list[float]) -> None:
    parts = Parts(base, tuple(shares), 0.0, 1.0)
    right = sum(end - start for _, start, end in segments(parts) if start >= 0)
    left = sum(end - start for _, start, end in segments(parts) if end <= 0)
    assert right - left == pytest.approx(parts.score, abs=1e-6)


@given(st.lists(st.tuples(share, st.lists(share, min_size=3, max_size=3)), min_size=1, max_size=20))
def test_every_bar_of_a_list_lies_on_its_scale(rows: list[tuple[float, list[float]]]) -> None:
    base = np.array([row[0] for row in rows], np.float32)
    shares = np.array([row[1] for row in rows], np.float32)
    low, high = scale(base, shares)
    assert low <= 0.0 <= high
    assert low < high
    for first, rest in rows:
        for _, start, end in segments(Parts(first, tuple(rest), low, high)):
            assert low - 1e-3 <= start <= end <= high + 1e-3


def test_segments_do_not_overlap_and_keep_the_order_of_components() -> None:
    found = segments(Parts(0.5, (1.0, -2.0, 0.0, 3.0), -2.0, 4.5))
    assert found == [(BASE, 0.0, 0.5), (0, 0.5, 1.5), (1, -2.0, 0.0), (3, 1.5, 4.5)]


@pytest.mark.usefixtures("qapp")
def test_a_negative_part_is_painted_left_of_zero() -> None:
    image = QImage(200, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_bar(painter, QRectF(0, 5, 200, 10), Parts(0.0, (3.0, -1.0), -1.0, 3.0))
    painter.end()
    assert image.pixelColor(100, 10) == QColor(theme.categorical(0))  # the first component is not patterned
    left = [image.pixelColor(x, y) for x in range(5, 40) for y in range(6, 14)]
    assert QColor(theme.categorical(1)) in left
    assert QColor(theme.categorical(0)) not in left
