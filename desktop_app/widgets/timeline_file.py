"""The timeline as a picture in a file."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication, QImage, QImageWriter, QPainter

from core.files import draft
from desktop_app import theme
from desktop_app.widgets import counted
from desktop_app.widgets.timeline_picture import TimelinePicture
from desktop_app.widgets.timeline_scale import show_time

if TYPE_CHECKING:
    from core.sequences.store import UserEvents
    from desktop_app.widgets.timeline_lanes import Lanes
    from desktop_app.widgets.timeline_overlay import Dress
    from desktop_app.widgets.timeline_scale import View

SHARPNESS = 2  # image pixels for one on the screen


def paint_picture(
    suffix: str,
    events: UserEvents,
    lanes: Lanes,
    view: View,
    size: QSizeF,
    font: QFont,
    selected: int = -1,
    dress: Dress | None = None,
) -> QImage | bytes:
    """A view of the timeline under a line that names the user: as SVG or, for any other suffix, as an image."""
    title_height = QFontMetricsF(font).height() + 16
    picture = TimelinePicture(events, lanes, view, size, font, dress)
    whole = QSizeF(size.width(), size.height() + title_height)
    if suffix.lower() == ".svg":
        return _vector(picture, whole, title_height, selected)
    image = QImage(QSize(round(whole.width()), round(whole.height())) * SHARPNESS, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARPNESS)
    painter = QPainter(image)
    _paint(painter, picture, title_height, selected, vector=False)
    painter.end()
    return image


def write_picture(path: Path, picture: QImage | bytes) -> None:
    """Write what `paint_picture` gave, an image as PNG; this needs no window's thread. The file is whole or not there.

    Raises:
        SeqlensError: the file cannot be written.
    """
    with draft(path) as beside:
        if isinstance(picture, bytes):
            beside.write_bytes(picture)
        elif not QImageWriter(str(beside), QByteArray(b"PNG")).write(picture):
            beside.open("ab").close()  # Qt does not say why; this may
            raise OSError(errno.EIO, os.strerror(errno.EIO))


def _vector(picture: TimelinePicture, whole: QSizeF, title_height: float, selected: int) -> bytes:
    from PySide6.QtSvg import QSvgGenerator

    buffer = QBuffer()
    drawing = QSvgGenerator()
    drawing.setOutputDevice(buffer)
    drawing.setResolution(round(QGuiApplication.primaryScreen().logicalDotsPerInch()))  # letters as large as on screen
    drawing.setViewBox(QRectF(QPointF(), whole))
    drawing.setSize(whole.toSize())
    drawing.setTitle(_title(picture))
    painter = QPainter(drawing)
    _paint(painter, picture, title_height, selected, vector=True)
    painter.end()
    return bytes(buffer.data().data())


def _paint(painter: QPainter, picture: TimelinePicture, title_height: float, selected: int, vector: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.fillRect(QRectF(0, 0, picture.size.width(), title_height), theme.colour("panel"))
    painter.setPen(theme.colour("text"))
    painter.setFont(picture.font)
    area = QRectF(12, 0, picture.size.width() - 24, title_height)
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, _title(picture))
    painter.translate(0, title_height)
    picture.paint(painter, vector, ratio=SHARPNESS)
    if selected >= 0:
        picture.paint_event(painter, selected, selected=True)


def _title(picture: TimelinePicture) -> str:
    events, view = picture.events, picture.lanes.axis.times(picture.view)
    parts = [QCoreApplication.translate("timeline", "User {0}").format(events.user_id)]
    parts.append(counted.events(events.events))
    if events.timed:
        first = max(int(view.start), int(events.time[0]))
        last = min(int(view.end), int(events.time[-1]))
        parts.append(f"{show_time(first, True)} – {show_time(last, True)} UTC")
    return " · ".join(parts)
