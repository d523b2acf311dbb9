"""Models from strangers: stored ones and folders of language models, with headers, shapes and settings that lie."""

from __future__ import annotations

import json
import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from core.runs import pack, unpack
from tests.fuzz.inputs import mutated

os.environ["TOKENIZERS_PARALLELISM"] = "false"  # processes are forked
Read = Callable[[bytes], str]
HUGE = (2**31, 2**40, 2**63 - 1, -1, 10**30, 1.5, None, "x", [], True)


def _stored() -> dict[str, bytes]:
    """Small models that were really fitted, as a workspace keeps them, by their names."""
    from core.models.available import create
    from core.models.beside import Beside, Graph
    from core.progress import Progress
    from core.workspace import Workspace
    from tests.shop import open_shop

    found = {}
    options = {"transformer": {"width": 8, "blocks": 1, "epochs": 1, "members": 1, "batch": 64}}
    with tempfile.TemporaryDirectory() as folder, open_shop(Path(folder, "w.seqlens")) as workspace:
        log, catalogue = workspace.log(), workspace.catalogue()
        assert isinstance(workspace, Workspace)
        known = np.arange(log.items, dtype=np.int32)
        graph = Graph(log.items, known, known % 2, (known + 1) % log.items, ("maker",), ("near", "like"))
        beside = Beside(vectors=np.eye(log.items, 4, dtype=np.float32), relations=graph)
        for name in ("popularity", "transitions", "ease", "repeats", "transformer", "vectors", "relations"):
            model = create(name, None, 0, "cpu", options, beside=beside)
            model.fit(log, catalogue, Progress())
            found[name] = pack(*model.state())
    return found


def _reads_stored(name: str) -> Read:
    def read(data: bytes) -> str:
        from core.errors import SeqlensError
        from core.models.available import rebuild

        try:
            rebuild(name, *unpack(data))
        except SeqlensError:
            return "refused"
        return "read"

    return read


def _reads_folder(config: bytes) -> Read:
    def read(data: bytes) -> str:
        from safetensors import safe_open

        from core.errors import SeqlensError
        from core.language.strangers import check_folder

        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "config.json").write_bytes(config)
            (folder / "model.safetensors").write_bytes(data)
            try:
                check_folder(folder)
            except SeqlensError:
                return "refused"
            with safe_open(folder / "model.safetensors", "numpy") as tensors:  # what was let through must be readable
                for key in tensors.keys():  # noqa: SIM118
                    tensors.get_slice(key).get_shape()
        return "read"

    return read


def _reads_language(folder: Path, file: str) -> Read:
    """What reads texts with a language model of which one file holds other bytes."""

    def read(data: bytes) -> str:
        from core.errors import SeqlensError
        from core.language.encoder import TextEncoder
        from core.progress import Progress

        with tempfile.TemporaryDirectory() as name:
            place = Path(name, folder.name)
            shutil.copytree(folder, place)
            (place / file).write_bytes(data)
            try:
                TextEncoder.open(str(place), "cpu").encode(["red shoe", "blue tea pot, " * 40, "喵"], Progress())
            except SeqlensError:
                return "refused"
        return "read"

    return read


def _language_models(folder: Path) -> list[tuple[str, bytes, Read]]:
    """The settings and vocabularies of two small language models, by their names."""
    from transformers.utils import logging

    from tests.core.language.models import small_decoder, small_model

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    found = []
    for model in (small_model(folder / "bert"), small_decoder(folder / "llama")):
        files = sorted(path for path in model.iterdir() if path.suffix in (".json", ".txt"))
        found += [(f"{model.name} {path.name}", path.read_bytes(), _reads_language(model, path.name)) for path in files]
    return found


def _other(value: Any, rng: random.Random) -> Any:
    """A JSON value in which one part is another, or is missing."""
    if isinstance(value, dict) and value and rng.random() < 0.85:
        key = rng.choice(list(value))
        rest = {name: part for name, part in value.items() if name != key}
        return rest if rng.random() < 0.1 else {**rest, key: _other(value[key], rng)}
    if isinstance(value, list) and value and rng.random() < 0.85:
        place = rng.randrange(len(value))
        return [*value[:place], _other(value[place], rng), *value[place + 1 :]]
    return rng.choice((*HUGE, {}, "", "{{", ["a"] * 5, {"type": "x"}, "../../etc/passwd", "(a+)+$", 1e308))


def _lying(data: bytes, rng: random.Random) -> bytes:
    """A safetensors file whose header says something else of one tensor, or whose settings have another size."""
    length = int.from_bytes(data[:8], "little")
    header: dict[str, Any] = json.loads(data[8 : 8 + length])
    if rng.random() < 0.5 and "__metadata__" in header:
        settings = json.loads(header["__metadata__"]["settings"])
        place = settings
        while isinstance(place, dict) and place:
            key = rng.choice(list(place))
            if not isinstance(place[key], dict) or rng.random() < 0.3:
                place[key] = rng.choice(HUGE)
                break
            place = place[key]
        header["__metadata__"]["settings"] = json.dumps(settings)
    else:
        name = rng.choice([name for name in header if name != "__metadata__"])
        what = rng.choice(("shape", "data_offsets", "dtype"))
        header[name][what] = rng.choice(
            ([rng.choice(HUGE[:5])], [2**32, 2**32], [0, 2**62], "F8_E4M3", "object", [], None, [-1, 4])
        )
    told = json.dumps(header).encode()
    return len(told).to_bytes(8, "little") + told + data[8 + length :]


def hostile_models(rng: random.Random) -> Iterator[tuple[str, bytes, Read]]:
    """Sound models first, then lies and damage for ever: name, bytes, and what reads them."""
    stored = _stored()
    config = {"model_type": "bert", "hidden_size": 8, "vocab_size": 40, "max_position_embeddings": 16}
    config |= {"num_hidden_layers": 1, "intermediate_size": 16}
    weights = pack({"embeddings": np.ones((40, 8), np.float32), "layer": np.ones((64, 8), np.float32)}, {})
    kinds: list[tuple[str, bytes, Read]] = [(name, data, _reads_stored(name)) for name, data in stored.items()]
    kinds.append(("folder", weights, _reads_folder(json.dumps(config).encode())))
    yield from kinds
    with tempfile.TemporaryDirectory(prefix="seqlens-fuzz-") as folder:
        language = _language_models(Path(folder))
        yield from language
        name, data, read = next(one for one in language if one[0] == "llama tokenizer.json")
        told = json.loads(data)
        told["post_processor"]["special_tokens"] = {}  # which its own template uses
        yield f"{name} without signs", json.dumps(told).encode(), read
        yield "deep", len(b"[" * 100_000).to_bytes(8, "little") + b"[" * 100_000, _reads_stored("popularity")
        yield "deep folder", weights, _reads_folder(b'{"a":' * 50_000)
        while True:
            if rng.random() < 0.1:
                name, data, read = rng.choice(language)
                spoken = name.endswith(".json") and rng.random() < 0.7
                yield (
                    f"{name} changed",
                    json.dumps(_other(json.loads(data), rng)).encode() if spoken else mutated(data, rng),
                    read,
                )
                continue
            name, data, read = rng.choice(kinds)
            if name == "folder" and rng.random() < 0.5:
                lie = {**config, rng.choice(list(config)): rng.choice(HUGE)}
                yield "folder that lies", data, _reads_folder(json.dumps(lie).encode())
            elif rng.random() < 0.6:
                yield f"{name} that lies", _lying(data, rng), read
            else:
                yield f"{name} damaged", mutated(data, rng), read
