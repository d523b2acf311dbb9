"""Picture files as arrays, by Qt's own readers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

# What is no more than pixels: the other formats can name files or hold programs.
FORMATS = (b"png", b"jpg", b"jpeg", b"webp", b"gif", b"bmp", b"tiff")
MOST_PIXELS = 200_000_000  # a picture that claims more is made to take memory
MEGABYTES = 1024  # that a picture may take while it is decoded


def decode(path: Path, longest: int) -> NDArray[np.uint8] | None:
    """The picture in a file, uint8 [height, width, 3], upright and on white; None where it cannot be read.

    Args:
        longest: pixels of the longer side, to which a larger picture is reduced.
    """
    QImageReader.setAllocationLimit(MEGABYTES)
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if bytes(reader.format().data()) not in FORMATS or not size.isValid():
        return None
    if size.width() * size.height() > MOST_PIXELS or size.isEmpty():
        return None
    if max(size.width(), size.height()) > longest:
        reduced = size.scaled(QSize(longest, longest), Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(reduced.expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull():
        return None
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
    cells = rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4).astype(np.uint16)
    opaque = cells[..., 3:]
    return ((cells[..., :3] * opaque + 255 * (255 - opaque)) // 255).astype(np.uint8)
