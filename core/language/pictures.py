"""Pictures to vectors by a vision model of the kind of CLIP or SigLIP that lies in a folder on this machine.

Picture files are decoded by whoever asks (core knows no library for that); what is done to a picture before the model
sees it is done here as `preprocessor_config.json` in the folder says.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.language.encoder import IMPORTING, SAFE, find_model, told_of
from core.language.halving import in_halves

if TYPE_CHECKING:
    import torch

KINDS = ("clip", "siglip", "clip_vision_model", "siglip_vision_model")  # as config.json names them
BATCH = 16  # pictures of one forward pass
DECODED = 1024  # pixels of the longer side that a picture is read with, at most
LARGEST_SIDE = 2048  # pixels that a model may want
BICUBIC, BILINEAR = 3, 2  # as preprocessor_config.json numbers the ways to resample

Picture = NDArray[np.uint8]  # [height, width, 3]
Decode = Callable[[Path, int], Picture | None]
"""Gives the picture in a file, reduced where its longer side has more pixels than the number; None where it is none."""


@dataclass(frozen=True)
class Preparation:
    """What is done to a picture before a model sees it.

    Attributes:
        size: height and width that it is brought to; where `crop`, the shorter side is brought to the smaller one.
        crop: height and width of the middle that is cut out; None: the whole is squeezed into `size`.
        bicubic: how it is resampled.
        mean, deviation: of each colour from 0 to 1, by which it is standardised.
    """

    size: tuple[int, int]
    crop: tuple[int, int] | None
    bicubic: bool
    mean: tuple[float, ...]
    deviation: tuple[float, ...]

    @classmethod
    def read(cls, folder: Path) -> Self:
        """As the folder of a model says.

        Raises:
            SeqlensError: it does not say, or says what cannot be.
        """
        file = folder / "preprocessor_config.json"
        try:
            facts = json.loads(file.read_bytes())
            size, cuts = facts["size"], bool(facts.get("do_center_crop", False))
            made = cls(
                size=_sides(size),
                crop=_sides(facts.get("crop_size", size)) if cuts or "shortest_edge" in _named(size) else None,
                bicubic=int(facts.get("resample", BICUBIC)) == BICUBIC,
                mean=tuple(float(each) for each in facts["image_mean"]),
                deviation=tuple(float(each) for each in facts["image_std"]),
            )
            sides = (*made.size, *(made.crop or made.size))
            if not all(1 <= side <= LARGEST_SIDE for side in sides) or len(made.mean) != 3 or len(made.deviation) != 3:
                raise ValueError(sides)
            if min(made.deviation) <= 0:
                raise ValueError(made.deviation)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise SeqlensError(
                "{file} is missing or damaged: it says how pictures are prepared for the model. Choose another model.",
                file=file,
            ) from error
        return made

    def applied(self, pictures: Sequence[Picture]) -> torch.Tensor:
        """What the model is given, float32 [pictures, 3, height, width]."""
        import torch

        mean, deviation = (torch.tensor(values).view(3, 1, 1) for values in (self.mean, self.deviation))
        found = [self._resized(torch.from_numpy(picture).permute(2, 0, 1).float() / 255.0) for picture in pictures]
        return (torch.stack(found) - mean) / deviation

    def _resized(self, picture: torch.Tensor) -> torch.Tensor:
        from torch.nn.functional import interpolate, pad

        height, width = picture.shape[1:]
        size = self.size
        if self.crop is not None:
            scale = min(self.size) / min(height, width)
            size = max(1, round(height * scale)), max(1, round(width * scale))
        way = "bicubic" if self.bicubic else "bilinear"
        resized = interpolate(picture[None], size=size, mode=way, antialias=True, align_corners=False)[0]
        resized = resized.clamp(0.0, 1.0)
        if self.crop is None:
            return resized
        missing = [max(want - have, 0) for want, have in zip(self.crop, resized.shape[1:], strict=True)]
        resized = pad(resized, (0, missing[1], 0, missing[0]))
        top, left = ((have - want) // 2 for want, have in zip(self.crop, resized.shape[1:], strict=True))
        return resized[:, top : top + self.crop[0], left : left + self.crop[1]]


class PictureEncoder:
    """A vision model that turns each picture into one vector of length one.

    Attributes:
        identifier: name and content of the model; equal only for equal vectors.
    """

    def __init__(self, identifier: str, network: Any, preparation: Preparation, device: torch.device) -> None:
        self.identifier, self.preparation = identifier, preparation
        self._network, self._device = network, device

    @classmethod
    def open(cls, folder: Path, device: str = "cpu") -> Self:
        """Load a model from its folder; nothing is fetched, and no code that comes with it is run.

        Raises:
            SeqlensError: the folder is not there, is damaged, or is of a model that reads no pictures.
        """
        if not folder.is_dir():
            raise SeqlensError(
                "There is no folder {folder}. Choose the folder of a CLIP or SigLIP model with config.json, "
                "preprocessor_config.json and weights in the safetensors format.",
                folder=folder,
            )
        files = find_model(str(folder.resolve()))
        kind = json.loads((folder / "config.json").read_bytes()).get("model_type")
        if kind not in KINDS:
            raise SeqlensError(
                "The model in {folder} is of the kind {kind} and reads no pictures. Choose one of: {kinds}.",
                folder=folder,
                kind=kind or "-",
                kinds=", ".join(KINDS),
            )
        preparation = Preparation.read(folder)
        import torch

        with IMPORTING:
            from transformers import AutoModel
        with told_of(str(folder)):
            network = AutoModel.from_pretrained(str(folder), use_safetensors=True, dtype=torch.float32, **SAFE)
        target = torch.device(device)
        return cls(_identifier(files.identifier, preparation), network.eval().to(target), preparation, target)

    def encode(self, pictures: Sequence[Picture]) -> NDArray[np.float32]:
        """Vectors of length one, float32 [pictures, d].

        Raises:
            SeqlensError: the model does not take pictures of the size that its preparation says, or the device has not
                the memory for a single one.
        """
        rows = np.arange(len(pictures))
        return np.concatenate(in_halves(lambda some: self._forward([pictures[row] for row in some]), rows))

    def _forward(self, pictures: Sequence[Picture]) -> NDArray[np.float32]:
        import torch

        with told_of(self.identifier, again=True), torch.inference_mode():
            given = self.preparation.applied(pictures).to(self._device)
            if hasattr(self._network, "get_image_features"):
                found = self._network.get_image_features(pixel_values=given)
            else:
                found = self._network(pixel_values=given)
            vectors = getattr(found, "pooler_output", found)
            if vectors is None or vectors.ndim != 2:
                raise ValueError("it gives no vector of a picture")
            vectors = torch.nn.functional.normalize(vectors.float(), dim=-1)
        return np.asarray(vectors.cpu().numpy(), dtype=np.float32)


def identifier_of(folder: Path) -> str:
    """What `PictureEncoder.open` would be called, without loading the model.

    Raises:
        SeqlensError: the folder has no model.
    """
    return _identifier(find_model(str(folder.resolve())).identifier, Preparation.read(folder))


def _identifier(name: str, preparation: Preparation) -> str:
    return f"{name} {preparation.size} {preparation.crop} {preparation.bicubic} {preparation.mean}"


def _named(size: object) -> Mapping[str, Any]:
    return size if isinstance(size, dict) else {"shortest_edge": size}


def _sides(size: object) -> tuple[int, int]:
    facts = _named(size)
    if "shortest_edge" in facts:
        return int(facts["shortest_edge"]), int(facts["shortest_edge"])
    return int(facts["height"]), int(facts["width"])
