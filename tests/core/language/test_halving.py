"""Where a device is short of memory, texts, pictures and histories are read by fewer at a time, to the same end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.language.encoder import TextEncoder
from core.language.halving import in_halves
from core.language.pictures import Picture, PictureEncoder
from core.progress import Progress
from tests.core.language.models import small_model
from tests.core.language.vision import save_model

TEXTS = [f"tea {number} {'of the road ' * (number % 7)}" for number in range(60)]


class Device:
    """Has the memory for `most` rows at once.

    Attributes:
        asked: rows of each try.
    """

    def __init__(self, most: int) -> None:
        self.most, self.asked = most, list[int]()

    def take(self, rows: int) -> None:
        self.asked.append(rows)
        if rows > self.most:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")


@given(rows=st.integers(0, 70), most=st.integers(1, 70))
def test_all_rows_are_done_once_and_in_their_order(rows: int, most: int) -> None:
    device = Device(most)

    def work(some: NDArray[np.int64]) -> NDArray[np.int64]:
        device.take(len(some))
        return some * 2

    np.testing.assert_array_equal(np.concatenate(in_halves(work, np.arange(rows))), np.arange(rows) * 2)
    done = [asked for asked in device.asked if asked <= most]
    assert sum(done) == rows
    assert rows <= most or min(done) * 4 > most  # not smaller than there is need for, but for what is left over


def test_what_does_not_fit_alone_is_told_and_other_failures_pass() -> None:
    with pytest.raises(SeqlensError, match="too little memory") as told:
        in_halves(lambda some: Device(0).take(len(some)), np.arange(5))
    assert isinstance(told.value.__cause__, torch.OutOfMemoryError)
    with pytest.raises(ZeroDivisionError):
        in_halves(lambda some: len(some) / 0, np.arange(5))


def short_of_memory(monkeypatch: pytest.MonkeyPatch, encoder: TextEncoder, most: int) -> Device:
    device, pooled = Device(most), encoder.pooled

    def short(tokens: Any, starts: NDArray[np.int64], lengths: Any) -> torch.Tensor:
        device.take(len(starts))
        return pooled(tokens, starts, lengths)

    monkeypatch.setattr(encoder, "pooled", short)
    return device


def test_texts_are_encoded_by_fewer_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = TextEncoder.open(str(small_model(tmp_path / "small")), device="cpu")
    whole = encoder.encode(TEXTS, Progress())
    device = short_of_memory(monkeypatch, encoder, most=3)
    np.testing.assert_allclose(encoder.encode(TEXTS, Progress()), whole, atol=1e-5)
    assert sum(asked for asked in device.asked if asked <= 3) == len(TEXTS)
    first = next(place for place, asked in enumerate(device.asked) if asked <= 3)
    assert max(device.asked[first:]) < max(device.asked[:first])  # what failed is not tried over and over


def test_a_text_that_does_not_fit_alone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = TextEncoder.open(str(small_model(tmp_path / "small")), device="cpu")
    short_of_memory(monkeypatch, encoder, most=0)
    with pytest.raises(SeqlensError, match="too little memory"):
        encoder.encode(TEXTS, Progress())


@pytest.mark.parametrize("kind", ["clip", "siglip_vision_model"])
def test_pictures_are_encoded_by_fewer_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    encoder = PictureEncoder.open(save_model(tmp_path / "model", kind))
    rng = np.random.default_rng(0)
    pictures: list[Picture] = [rng.integers(0, 255, (40, 50, 3), dtype=np.uint8) for _ in range(11)]
    whole = encoder.encode(pictures)
    name = "get_image_features" if hasattr(encoder._network, "get_image_features") else "forward"
    features = getattr(encoder._network, name)
    device = Device(most=2)

    def short(pixel_values: torch.Tensor, **rest: Any) -> Any:
        device.take(len(pixel_values))
        return features(pixel_values=pixel_values, **rest)

    monkeypatch.setattr(encoder._network, name, short)
    np.testing.assert_allclose(encoder.encode(pictures), whole, atol=1e-5)
    assert device.asked[0] == len(pictures)
    device.most = 0
    with pytest.raises(SeqlensError, match="too little memory"):
        encoder.encode(pictures)
