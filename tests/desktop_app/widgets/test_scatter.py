"""Points in a plane: where they are drawn, how one moves about, what is told of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from desktop_app import theme
from desktop_app.widgets import scatter_raster as raster
from desktop_app.widgets.colour_scale import VIRIDIS, viridis
from desktop_app.widgets.scatter import Label, Scatter
from desktop_app.widgets.scatter_raster import Palette, Window

CROSS = np.array([[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1]], dtype=np.float32)


@pytest.fixture
def scatter(qtbot: QtBot) -> Scatter:
    scatter = Scatter()
    qtbot.addWidget(scatter)
    scatter.resize(400, 300)
    scatter.show()
    scatter.set_points(CROSS, lambda row: f"point {row}")
    return scatter


@pytest.mark.parametrize("shape", range(raster.SHAPES))
@pytest.mark.parametrize("radius", [1.3, 3.2, 9.2])
def test_points_are_drawn_where_they_are(shape: int, radius: float) -> None:
    palette = Palette.of([QColor("#ff0000"), QColor("#0000ff")], QColor("#ffffff"))
    places = np.array([[0, 0], [10, -5], [500, 0]], dtype=np.float32)  # the last one far outside
    shapes = np.full(3, shape, dtype=np.uint8)
    indices = np.array([0, 1, 0], dtype=np.uint8)
    image = raster.draw(places, indices, shapes, palette, Window(0, 0, 4.0), (120, 80), radius)
    assert (image.width(), image.height()) == (120, 80)
    assert image.pixelColor(60, 40) == QColor("#ff0000")
    assert image.pixelColor(100, 60) == QColor("#0000ff")
    assert image.pixelColor(5, 5) == QColor("#ffffff")
    inked = sum(image.pixelColor(x, y) != QColor("#ffffff") for x in range(80) for y in range(80))
    assert 0.5 * np.pi * radius**2 < inked < 2.5 * np.pi * radius**2 + 12


@given(st.floats(-2, 2), st.floats(-2, 2), st.floats(5, 200))
def test_points_at_every_edge_stay_inside_the_picture(x: float, y: float, scale: float) -> None:
    palette = Palette.of([QColor("#000000")], QColor("#ffffff"))
    places = np.array([[x, y]] * 3, dtype=np.float32)
    image = raster.draw(places, np.zeros(3, np.uint8), None, palette, Window(0, 0, scale), (60, 40), 5.0)
    inside = abs(x * scale) < 29 and abs(y * scale) < 19
    column, row = Window(0, 0, scale).pixels(places[:1], 60, 40)[0]
    if inside:
        assert image.pixelColor(int(column), int(row)) == QColor("#000000")


@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(0.1, 900), st.floats(0, 400), st.floats(0, 300))
def test_a_pixel_and_its_place_belong_together(x: float, y: float, scale: float, right: float, down: float) -> None:
    window = Window(x, y, scale)
    place = np.array([window.place(right, down, 400, 300)], dtype=np.float64)
    there = window.pixels(place, 400, 300)[0]  # type: ignore[arg-type]
    assert np.allclose(there, (right, down), atol=1e-2)


def test_zooming_keeps_the_place_under_the_pointer(scatter: Scatter) -> None:
    at = QPointF(310, 90)
    before = scatter.window_shown.place(at.x(), at.y(), 400, 300)
    scatter.zoom(7.0, at)
    assert scatter.window_shown.place(at.x(), at.y(), 400, 300) == pytest.approx(before)
    assert scatter.magnified == pytest.approx(7.0)
    scatter.fit()
    assert scatter.magnified == pytest.approx(1.0)
    scatter.zoom(1e9)
    assert scatter.magnified <= 5000.1


def test_arrow_keys_walk_from_point_to_point(qtbot: QtBot, scatter: Scatter) -> None:
    walked: list[int] = []
    scatter.chosen.connect(walked.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up):
        qtbot.keyClick(scatter, key)
    assert walked == [0, 1, 0, 3]  # first the middle; at the right end there is nobody further
    scatter.zoom(50)
    scatter.pan(5000, 0)
    qtbot.keyClick(scatter, Qt.Key.Key_Down)
    x, y = scatter.window_shown.pixels(scatter.places[scatter.row][None], 400, 300)[0]
    assert 0 <= x <= 400
    assert 0 <= y <= 300
    qtbot.keyClick(scatter, Qt.Key.Key_Home)
    assert scatter.magnified == pytest.approx(1.0)


def test_the_pointer_finds_the_nearest_point_and_nothing_far_away(scatter: Scatter) -> None:
    for row in range(5):
        x, y = scatter.window_shown.pixels(scatter.places[row][None], 400, 300)[0].tolist()
        assert scatter.row_at(QPointF(x + 3, y - 3)) == row
    assert scatter.row_at(QPointF(3, 3)) == -1


def test_marked_points_stay_strong_and_others_fade(scatter: Scatter) -> None:
    scatter.set_colours(np.zeros(5, np.uint8), [QColor("#0000ff")])
    scatter.mark(np.array([True, False, False, False, False]))
    image = scatter.grab().toImage()
    ratio = image.devicePixelRatio()

    def colour(row: int) -> QColor:
        x, y = scatter.window_shown.pixels(scatter.places[row][None], 400, 300)[0] * ratio
        return image.pixelColor(int(x), int(y))

    assert colour(0) == QColor("#0000ff")
    ground = theme.colour("panel")
    assert colour(1) not in (QColor("#0000ff"), ground)


def test_labels_never_cover_each_other(scatter: Scatter) -> None:
    alone = scatter.grab().toImage()
    scatter.set_labels([Label("first", 0.0, 0.5)])
    first = scatter.grab().toImage()
    scatter.set_labels([Label("first", 0.0, 0.5), Label("second", 0.0, 0.5)])
    assert scatter.grab().toImage() == first != alone


def test_viridis_goes_from_dark_to_light() -> None:
    assert viridis(-1.0) == viridis(0.0) == QColor(VIRIDIS[0])
    luminance = [0.2 * c.redF() + 0.7 * c.greenF() + 0.1 * c.blueF() for c in (viridis(s / 20) for s in range(21))]
    assert (np.diff(luminance) > 0).all()
