"""Folders of models that lie about what they hold are refused before any of it is read."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest

from core.errors import SeqlensError
from core.language.encoder import TextEncoder
from core.language.strangers import check_weights
from core.progress import Progress
from tests.core.language.models import small_model

SOUND = {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}


def written(path: Path, header: object, data: bytes = bytes(24)) -> Path:
    told = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(told)) + told + data)
    return path


def test_sound_weights_are_counted(tmp_path: Path) -> None:
    header = {"__metadata__": {"format": "pt"}, "a": SOUND}
    assert check_weights(written(tmp_path / "a.safetensors", header)) == 6
    small = {"a": {"dtype": "F8_E4M3", "shape": [24], "data_offsets": [0, 24]}}
    assert check_weights(written(tmp_path / "a.safetensors", small)) == 24


@pytest.mark.parametrize(
    "lie",
    [
        {"dtype": None},
        {"dtype": "object"},
        {"dtype": "F8_E4M3"},
        {"dtype": "F64"},
        {"shape": [2**40, 2**40]},
        {"shape": [-2, -3]},
        {"shape": [True, 6]},
        {"shape": [2.0, 3]},
        {"data_offsets": [0, 2**62]},
        {"data_offsets": [False, 24]},
        {"data_offsets": [0]},
    ],
)
def test_lies_are_refused(tmp_path: Path, lie: dict[str, object]) -> None:
    with pytest.raises(SeqlensError, match="made to do harm"):
        check_weights(written(tmp_path / "a.safetensors", {"a": SOUND | lie}))


@pytest.mark.parametrize("metadata", [None, [], {"settings": None}, {"a": {"b": "c"}}])
def test_metadata_that_are_none_are_refused(tmp_path: Path, metadata: object) -> None:
    with pytest.raises(SeqlensError, match="says of itself"):
        check_weights(written(tmp_path / "a.safetensors", {"__metadata__": metadata, "a": SOUND}))


@pytest.mark.parametrize(
    ("file", "name", "value"),
    [
        ("tokenizer_config.json", "model_max_length", "x"),
        ("tokenizer_config.json", "unk_token", "[NONE]"),
        ("tokenizer.json", "model", {"type": "WordPiece"}),
        ("config.json", "num_attention_heads", 0),
    ],
)
def test_files_that_do_not_agree_are_told_at_the_latest_when_they_are_used(
    tmp_path: Path, file: str, name: str, value: object
) -> None:
    folder = small_model(tmp_path / "model")
    (folder / file).write_text(json.dumps(json.loads((folder / file).read_text()) | {name: value}))
    with pytest.raises(SeqlensError, match="Choose another model"):
        TextEncoder.open(str(folder), "cpu").encode(["red shoe", "unknown"], Progress())
