"""Small vision models of random weights, saved as transformers saves them, and picture files."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage

SIDE, PATCH = 32, 8
VISION = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
VISION |= {"image_size": SIDE, "patch_size": PATCH}
TEXT = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
TEXT |= {"vocab_size": 50, "max_position_embeddings": 10, "bos_token_id": 1, "eos_token_id": 2}
PREPARED = {
    "clip": {"size": {"shortest_edge": SIDE}, "crop_size": {"height": SIDE, "width": SIDE}, "do_center_crop": True},
    "siglip": {"size": {"height": SIDE, "width": SIDE}, "resample": 2},
}


def save_model(folder: Path, kind: str, seed: int = 0) -> Path:
    """A model of the kind "clip", "siglip", "clip_vision_model" or "siglip_vision_model"."""
    import torch
    from transformers import (
        CLIPConfig,
        CLIPModel,
        CLIPVisionConfig,
        CLIPVisionModel,
        SiglipConfig,
        SiglipModel,
        SiglipVisionConfig,
        SiglipVisionModel,
    )

    torch.manual_seed(seed)
    if kind == "clip":
        model = CLIPModel(CLIPConfig(text_config=TEXT, vision_config=VISION, projection_dim=12))
    elif kind == "siglip":
        model = SiglipModel(SiglipConfig(text_config=TEXT, vision_config=VISION))
    elif kind == "clip_vision_model":
        model = CLIPVisionModel(CLIPVisionConfig(**VISION))
    else:
        model = SiglipVisionModel(SiglipVisionConfig(**VISION))
    model.save_pretrained(folder)
    facts = {**PREPARED[kind.split("_")[0]], "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}
    (folder / "preprocessor_config.json").write_text(json.dumps(facts))
    return folder


def save_picture(path: Path, colour: tuple[int, int, int], width: int = 60, height: int = 40, seed: int = 0) -> Path:
    """A picture of one colour with a little noise."""
    noise = np.random.default_rng(seed).integers(-20, 21, (height, width, 3))
    cells = np.clip(np.array(colour) + noise, 0, 255).astype(np.uint8)
    assert QImage(cells.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).save(str(path))
    return path
