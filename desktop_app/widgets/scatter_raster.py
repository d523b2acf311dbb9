"""Many points as a picture, computed on columns: a hundred thousand take a few milliseconds.

A point is stamped pixel by pixel: for each pixel of its shape, one assignment writes that pixel of all points. Pixels
at the edge of a shape are mixed with the ground beforehand and written first, so that shapes look smooth and no point
eats into another.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

LEVELS = 4  # of coverage that the edge of a shape has
FINE = 8  # samples of a pixel in each direction
SHAPES = 5  # circle, square, triangle, diamond, triangle on its tip; the order of `desktop_app.widgets.marks`
PLAIN = 0

Indices = NDArray[np.uint8]


@dataclass(frozen=True)
class Window:
    """What part of the plane is seen: the point in the middle, and pixels for one unit; y grows upwards."""

    x: float
    y: float
    scale: float

    def pixels(self, places: NDArray[np.float32], width: float, height: float) -> NDArray[np.float32]:
        """Where places (float32 [n, 2]) are in a picture of this size, float32 [n, 2]."""
        out = np.empty_like(places)
        np.multiply(places[:, 0], np.float32(self.scale), out=out[:, 0])
        out[:, 0] += np.float32(width / 2 - self.x * self.scale)
        np.multiply(places[:, 1], np.float32(-self.scale), out=out[:, 1])
        out[:, 1] += np.float32(height / 2 + self.y * self.scale)
        return out

    def place(self, x: float, y: float, width: float, height: float) -> tuple[float, float]:
        """The place in the plane under a pixel."""
        return self.x + (x - width / 2) / self.scale, self.y - (y - height / 2) / self.scale


@dataclass(frozen=True)
class Palette:
    """Colours by their index, each mixed with the ground in steps: `tables[0]`, uint32 [colours], is the palest."""

    ground: int
    tables: tuple[NDArray[np.uint32], ...]

    @classmethod
    def of(cls, colours: list[QColor], ground: QColor) -> Palette:
        """At most 256 colours on a ground."""
        full = np.array([[c.red(), c.green(), c.blue()] for c in colours], dtype=np.float64).reshape(-1, 3)
        under = np.array([ground.red(), ground.green(), ground.blue()], dtype=np.float64)
        tables = []
        for level in range(1, LEVELS + 1):
            mixed = np.rint(under + (full - under) * level / LEVELS).astype(np.uint32)
            tables.append(np.uint32(0xFF000000) | mixed[:, 0] << 16 | mixed[:, 1] << 8 | mixed[:, 2])
        return cls(ground.rgb(), tuple(tables))


@lru_cache(maxsize=256)
def stamp(shape: int, radius: float) -> tuple[tuple[int, int, int], ...]:
    """Pixels of a shape around 0, 0: down, right, level of coverage; the palest first."""
    reach = int(np.ceil(radius * 1.3))
    fine = (np.arange((2 * reach + 1) * FINE) + 0.5) / FINE - reach - 0.5
    x, y = fine[None, :], fine[:, None]
    if shape == 1:
        inside = np.maximum(abs(x), abs(y)) <= radius * 0.9
    elif shape in (2, 4):
        down = y if shape == 2 else -y
        inside = (down <= radius * 0.75) & (abs(x) * 1.75 - (down + radius * 1.2) <= 0)
    elif shape == 3:
        inside = abs(x) + abs(y) <= radius * 1.25
    else:
        inside = x**2 + y**2 <= radius**2
    size = 2 * reach + 1
    share = inside.reshape(size, FINE, size, FINE).mean((1, 3))
    level = np.rint(share * LEVELS).astype(int)
    rows, columns = np.nonzero(level)
    pixels = zip((rows - reach).tolist(), (columns - reach).tolist(), level[rows, columns].tolist(), strict=True)
    return tuple(sorted(pixels, key=lambda pixel: pixel[2]))


def draw(
    places: NDArray[np.float32],
    indices: Indices,
    shapes: Indices | None,
    palette: Palette,
    window: Window,
    size: tuple[int, int],
    radius: float,
) -> QImage:
    """The picture of the points, later ones over earlier ones.

    Args:
        places: float32 [n, 2].
        indices: [n], of the colours in the palette.
        shapes: [n]; None for circles.
        size: width and height in pixels; `window` speaks of the same pixels.
        radius: of a point in pixels.
    """
    width, height = size
    reach = int(np.ceil(radius * 1.3))
    pad = 2 * reach + 1  # a point that is just outside reaches in, and as far out again
    picture = np.full((height + 2 * pad, width + 2 * pad), palette.ground, dtype=np.uint32)
    at = window.pixels(places, width, height)
    x, y = at[:, 0], at[:, 1]
    seen = np.flatnonzero((x > -reach) & (x < width + reach) & (y > -reach) & (y < height + reach))
    row, column = (np.floor(y[seen]).astype(np.int64) + pad), (np.floor(x[seen]).astype(np.int64) + pad)
    base = row * picture.shape[1] + column
    kinds = np.zeros(1, np.uint8) if shapes is None else np.unique(shapes[seen])
    flat, index = picture.reshape(-1), indices[seen]
    for level in range(1, LEVELS + 1):
        colours = palette.tables[level - 1][index]
        for kind in kinds.tolist():
            some = slice(None) if shapes is None or len(kinds) == 1 else np.flatnonzero(shapes[seen] == kind)
            where, what = base[some], colours[some]
            for down, right, strength in stamp(kind, radius):
                if strength == level:
                    flat[where + (down * picture.shape[1] + right)] = what
    tall, wide = picture.shape
    return QImage(picture.data, wide, tall, 4 * wide, QImage.Format.Format_RGB32).copy(pad, pad, width, height)
