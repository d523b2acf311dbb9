"""Charts of a report (`core.evaluation.plots`) as one picture that Qt can print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QImage, QPainter

from core.evaluation.plots import PRINTED, plain
from desktop_app.widgets.report_parts import png

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

    from core.evaluation.report import Chart

WIDTH = 940.0  # of two charts beside each other; two such rows with their heading fit on a page
GAP, PADDING, HEAD = 16.0, 14.0, 30.0  # between charts, inside them, of a chart's name
TITLE = 40.0  # of the heading above all
KEY = 14.0  # of the mark of a series
SHARPNESS = 2


def draw(heading: str, charts: Sequence[Chart], legend: Sequence[tuple[str, str]]) -> list[tuple[bytes, int]]:
    """Charts two by two, the first two under a heading and the marks and names of their series.

    Each row of charts is a picture of its own, so that a page can end between them: the bytes of a PNG and its width.
    """
    font = QFont(QGuiApplication.font())
    font.setPixelSize(13)
    found = []
    for first in range(0, len(charts), 2):
        read = [(chart.heading, _renderer(str(chart.svg), font)) for chart in charts[first : first + 2]]
        found.append(_draw_row(read, heading if not first else "", legend if not first else (), font))
    return found


def _draw_row(
    charts: Sequence[tuple[str, QSvgRenderer]], heading: str, legend: Sequence[tuple[str, str]], font: QFont
) -> tuple[bytes, int]:
    width = charts[0][1].viewBoxF().width() + 2 * PADDING if len(charts) == 1 else (WIDTH - GAP) / 2
    inner = width - 2 * PADDING
    tall = max(HEAD + one.viewBoxF().height() * inner / one.viewBoxF().width() + 2 * PADDING for _, one in charts)
    start = TITLE if heading else 0.0
    marks = _places(legend, font, WIDTH, start)
    top = marks[-1].y() + 2 * KEY if marks else start
    image = QImage(round(WIDTH * SHARPNESS), round((top + tall) * SHARPNESS), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARPNESS)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if heading:
        _write(painter, QRectF(0, 0, WIDTH, TITLE - 8), heading, font, 17)
    painter.setFont(font)
    for (key, name), at in zip(legend, marks, strict=True):
        _renderer(key, font).render(painter, QRectF(at.x(), at.y(), KEY, KEY))
        painter.setPen(QColor(PRINTED["text"]))
        room = QRectF(at.x() + KEY + 6, at.y() - KEY / 2, WIDTH, 2 * KEY)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
    for place, (name, one) in enumerate(charts):
        _draw_one(painter, QRectF(place * (width + GAP), top, width, tall), name, one, font)
    painter.end()
    return png(image), round(WIDTH)


def _write(painter: QPainter, area: QRectF, text: str, font: QFont, size: int) -> None:
    bold = QFont(font)
    bold.setBold(True)
    bold.setPixelSize(size)
    painter.setFont(bold)
    painter.setPen(QColor(PRINTED["text"]))
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, text)
    painter.setFont(font)  # a chart is drawn with the painter's


def _draw_one(painter: QPainter, area: QRectF, heading: str, chart: QSvgRenderer, font: QFont) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(PRINTED["panel"]))
    painter.drawRoundedRect(area, 8, 8)
    inner = area.adjusted(PADDING, PADDING, -PADDING, -PADDING)
    _write(painter, QRectF(inner.left(), inner.top(), inner.width(), HEAD - 8), heading, font, font.pixelSize())
    box = chart.viewBoxF()
    height = box.height() * inner.width() / box.width()
    chart.render(painter, QRectF(inner.left(), inner.top() + HEAD, inner.width(), height))


def _renderer(svg: str, font: QFont) -> QSvgRenderer:
    from PySide6.QtSvg import QSvgRenderer

    return QSvgRenderer(QByteArray(plain(svg, font.family()).encode()))


def _places(legend: Sequence[tuple[str, str]], font: QFont, width: float, top: float) -> list[QPointF]:
    """Where the marks of the series stand, from `top` on, in lines that are no wider than `width`."""
    metrics, at, found = QFontMetricsF(font), QPointF(0, top + KEY / 2), []
    for _, name in legend:
        wide = KEY + 6 + metrics.horizontalAdvance(name)
        if at.x() > 0 and at.x() + wide > width:
            at = QPointF(0, at.y() + 2 * KEY)
        found.append(QPointF(at))
        at = QPointF(at.x() + wide + 2 * GAP, at.y())
    return found
