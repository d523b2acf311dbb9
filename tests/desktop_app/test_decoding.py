"""Picture files become arrays; what is no picture, or is made to do harm, becomes nothing."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from desktop_app.decoding import decode
from tests.core.language.vision import save_picture

RED = (220, 40, 40)


@pytest.mark.parametrize("ending", ["png", "jpg", "bmp", "webp"])
def test_a_picture_of_any_common_format(tmp_path: Path, ending: str) -> None:
    found = decode(save_picture(tmp_path / f"图.{ending}", RED), 1000)
    assert found is not None
    assert found.shape == (40, 60, 3)
    np.testing.assert_allclose(found.mean((0, 1)), RED, atol=8)


def test_a_large_picture_is_reduced_and_the_name_says_nothing(tmp_path: Path) -> None:
    save_picture(tmp_path / "a.png", RED, 300, 200).rename(tmp_path / "a.txt")
    found = decode(tmp_path / "a.txt", 30)
    assert found is not None
    assert found.shape == (20, 30, 3)
    thin = decode(save_picture(tmp_path / "thin.png", RED, 3000, 1), 30)
    assert thin is not None
    assert thin.shape == (1, 30, 3)


def test_what_can_be_seen_through_is_on_white(tmp_path: Path) -> None:
    image = QImage(4, 4, QImage.Format.Format_ARGB32)
    image.fill(0)
    assert image.save(str(tmp_path / "a.png"))
    found = decode(tmp_path / "a.png", 10)
    assert found is not None
    assert found.min() == 255


def bomb(side: int) -> bytes:
    """A PNG that claims to be a square of `side` pixels and has none."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        bomb(60_000),
        bomb(100),
        b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    ],
)
def test_what_is_no_picture_is_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.png").write_bytes(data)
    assert decode(tmp_path / "a.png", 100) is None
