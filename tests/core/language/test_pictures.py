"""Pictures are read, prepared and turned into vectors as the folder of a model says; nothing else is done with them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from core.errors import SeqlensError
from core.language.pictures import PictureEncoder, Preparation, identifier_of
from desktop_app.decoding import decode
from tests.core.language.vision import PREPARED, SIDE, VISION, save_model, save_picture

RED, BLUE = (220, 40, 40), (30, 40, 210)


@pytest.mark.parametrize("kind", ["clip", "siglip", "clip_vision_model", "siglip_vision_model"])
def test_like_pictures_have_near_vectors(tmp_path: Path, kind: str) -> None:
    encoder = PictureEncoder.open(save_model(tmp_path / "model", kind))
    assert encoder.identifier == identifier_of(tmp_path / "model")
    pictures = []
    for number, colour in enumerate((RED, RED, BLUE, BLUE)):
        picture = decode(save_picture(tmp_path / f"{number}.png", colour, seed=number), 1024)
        assert picture is not None
        pictures.append(picture)
    vectors = encoder.encode(pictures)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    near = vectors @ vectors.T
    assert min(near[0, 1], near[2, 3]) > max(near[0, 2], near[0, 3], near[1, 2], near[1, 3])
    np.testing.assert_allclose(encoder.encode(pictures[:1]), vectors[:1], atol=1e-5)


def test_a_picture_is_prepared_as_the_model_wants_it() -> None:
    wide = np.zeros((20, 80, 3), dtype=np.uint8)
    wide[:, 30:50] = 255  # the middle, which is all that a cut keeps
    cut = Preparation((10, 10), (10, 10), True, (0.5, 0.5, 0.5), (0.25, 0.25, 0.25)).applied([wide])
    assert cut.shape == (1, 3, 10, 10)
    assert cut[0, :, :, 1:-1].min() > 1.5  # (1 - 0.5) / 0.25, but for the edges
    squeezed = Preparation((10, 10), None, False, (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)).applied([wide])
    assert float(squeezed.mean()) == pytest.approx(0.25, abs=0.02)
    small = Preparation((4, 4), (8, 8), False, (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)).applied([wide[:3, :3]])
    assert small.shape == (1, 3, 8, 8)
    assert torch.isfinite(cut).all()


@pytest.mark.parametrize(
    "wrong",
    [
        {"size": {"height": 10**9, "width": 1}},
        {"size": "large"},
        {"image_mean": [0.5]},
        {"image_std": [0.0, 0.5, 0.5]},
        {"image_mean": None},
    ],
)
def test_a_preparation_that_cannot_be_is_refused(tmp_path: Path, wrong: dict[str, object]) -> None:
    facts = {**PREPARED["clip"], "image_mean": [0.5] * 3, "image_std": [0.5] * 3, **wrong}
    (tmp_path / "preprocessor_config.json").write_text(json.dumps(facts))
    with pytest.raises(SeqlensError, match=r"preprocessor_config\.json is missing or damaged"):
        Preparation.read(tmp_path)


def test_a_folder_without_a_vision_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SeqlensError, match="There is no folder"):
        PictureEncoder.open(tmp_path / "nothing")
    (tmp_path / "empty").mkdir()
    with pytest.raises(SeqlensError, match="no weights"):
        PictureEncoder.open(tmp_path / "empty")
    folder = save_model(tmp_path / "model", "clip")
    config = folder / "config.json"
    facts = json.loads(config.read_text())
    config.write_text(json.dumps({**facts, "model_type": "bert"}))
    with pytest.raises(SeqlensError, match="of the kind bert and reads no pictures"):
        PictureEncoder.open(folder)
    config.write_text(json.dumps({**facts, "vision_config": {**VISION, "hidden_size": 10**7}}))
    with pytest.raises(SeqlensError, match="more numbers than the weights have"):
        PictureEncoder.open(folder)
    config.write_text(json.dumps({**facts, "vision_config": {**VISION, "image_size": 10**6}}))
    with pytest.raises(SeqlensError, match="more numbers than the weights have"):
        PictureEncoder.open(folder)
    config.write_text(json.dumps(facts))
    (folder / "preprocessor_config.json").write_text(
        json.dumps({"size": {"height": 2 * SIDE, "width": SIDE}, "image_mean": [0.5] * 3, "image_std": [0.5] * 3})
    )
    with pytest.raises(SeqlensError, match="could not be loaded"):
        PictureEncoder.open(folder).encode([np.zeros((5, 5, 3), dtype=np.uint8)])
