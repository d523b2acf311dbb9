"""Line icons in the colours of the theme."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop_app import theme

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "icons"


def icon(name: str, token: str = "text") -> QIcon:
    """The icon of this name, drawn in the colour of a token; ask again after the theme has changed."""
    return _icon(name, theme.colour(token).name())


@cache
def _icon(name: str, colour: str) -> QIcon:
    drawing = (FOLDER / f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    result = QIcon()
    for size in (16, 20, 24, 32, 48, 64, 128):
        pixmap = QPixmap(QSize(size, size))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Active, QIcon.Mode.Selected):
            result.addPixmap(pixmap, mode)
    return result
