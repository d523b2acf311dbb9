"""Models in one GGUF file: what such a file says of itself, and loading it quickly from the second time on.

Its numbers are in few bits, which transformers turns into ordinary ones at every loading; and it has no tokenizer but a
vocabulary, of which one is made, merges and all. Both are therefore done once and kept as an ordinary folder in the
system's place for what can be made again. And the package `gguf` slices each word of the vocabulary out of the file by
itself, and transformers has it do so up to four times: here they are read once, in one go.
"""

from __future__ import annotations

import json
import os
import shutil
import struct
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

LARGEST = 3_000_000_000  # bytes on disk from which on a network is not kept
ROOM = 256 << 20  # bytes that must be free for anything to be kept; tokenizers take some ten million
ABANDONED = 3600.0  # seconds after which nobody is still unpacking, and what lies half done goes
MODELS = 4  # that are kept; those that were used least lately go
SIZES = "sizes.json"  # in an unpacked part: the bytes of each of its files
MOST = 10_000_000  # entries of a list of a file: ten times the words of the largest vocabulary

_unpacking = threading.Lock()


def kept() -> Path:
    """The folder of unpacked models. It can be emptied at any time."""
    from platformdirs import user_cache_path

    return user_cache_path("Seqlens", appauthor=False) / "models"


def read(file: Path) -> Any:
    """The `gguf.GGUFReader` of a file.

    Raises:
        ValueError: a list of it has more than `MOST` entries.
    """
    return _reader()(file)


def load_tokenizer(file: Path, digest: str) -> Any:
    """The tokenizer of a file whose SHA-256 is `digest`."""
    from transformers import AutoTokenizer

    def read_anew() -> Any:
        with _read_once(file):
            return AutoTokenizer.from_pretrained(str(file.parent), gguf_file=file.name, local_files_only=True)

    with _unpacking:
        folder = _made(digest, "tokenizer", lambda folder: read_anew().save_pretrained(folder))
        if folder is None:
            return read_anew()
    return AutoTokenizer.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False)


def load_network(kind: Any, file: Path, digest: str, **options: Any) -> Any:
    """The network of a file whose SHA-256 is `digest`.

    Args:
        kind: `AutoModel` or `AutoModelForCausalLM`, which loads it.
        options: what to tell it beside the place.
    """
    import torch
    from transformers import AutoConfig, AutoModel, AutoModelForCausalLM

    def whole(config: Any) -> Any:
        """It with its head: what only reads texts is a part of it."""
        able = AutoModelForCausalLM if type(config) in AutoModelForCausalLM._model_mapping else AutoModel
        told = {"gguf_file": file.name, "config": config, "dtype": torch.float32, "local_files_only": True}
        return able.from_pretrained(str(file.parent), **told)

    def make(folder: Path) -> None:
        with _read_once(file):
            config = AutoConfig.from_pretrained(str(file.parent), gguf_file=file.name, local_files_only=True)
            made = whole(config)
        for numbers in made.parameters():
            if numbers.dim() > 1:  # 16 bits hold what 8 and fewer say; of the others there are few
                numbers.data = numbers.data.half()
        _save(made, folder)

    with _unpacking:
        folder = _made(digest, "network", make) if _can_be_kept(file) else None
        if folder is None:
            with _read_once(file):
                return kind.from_pretrained(str(file.parent), gguf_file=file.name, **options)
    return kind.from_pretrained(str(folder), use_safetensors=True, **options)


def _save(network: Any, folder: Path) -> None:
    """Save it as an ordinary one, which transformers refuses of what it knows to come from few bits."""
    network.hf_quantizer = None
    if hasattr(network.config, "quantization_config"):
        del network.config.quantization_config
    network.save_pretrained(folder)


def _can_be_kept(file: Path) -> bool:
    """Whether there is room for the network of a file, at four bytes of it for each of a file of 4 bits."""
    size = 4 * file.stat().st_size
    return size < LARGEST and 2 * size < _free()


def _free() -> int:
    """Bytes that are free where unpacked models are kept."""
    place = kept()
    return shutil.disk_usage(next(folder for folder in (place, *place.parents) if folder.is_dir())).free


def _made(digest: str, part: str, make: Callable[[Path], object]) -> Path | None:
    """The folder of a part of an unpacked model; `make` fills it, if it is not there yet or not whole any more.

    None where nothing can be written, or the disk is nearly full.
    """
    import transformers

    whole = kept() / f"{digest[:16]}-{transformers.__version__}"  # another one may unpack otherwise
    folder = whole / part
    if not _is_whole(folder):
        if _free() < ROOM:
            return None
        try:
            whole.mkdir(parents=True, exist_ok=True)
            making = tempfile.TemporaryDirectory(dir=whole, ignore_cleanup_errors=True)
        except OSError:
            return None
        with making as place:
            filling = Path(place) / part
            make(filling)
            sizes = {each.name: each.stat().st_size for each in filling.iterdir() if each.is_file()}
            (filling / SIZES).write_text(json.dumps(sizes), encoding="utf-8")
            if not _is_whole(folder):
                shutil.rmtree(folder, ignore_errors=True)
            try:
                filling.rename(folder)
            except OSError:  # another process was sooner
                if not _is_whole(folder):
                    raise
    _tidy(whole)
    return folder


def _is_whole(folder: Path) -> bool:
    """Whether all of an unpacked part is there; what empties such places may take file by file."""
    try:
        sizes = json.loads((folder / SIZES).read_text(encoding="utf-8"))
        return all((folder / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError):
        return False


def _tidy(whole: Path) -> None:
    """Remove what a killed process left beside the parts of a model, and the models that were used least lately."""
    for half in whole.glob("tmp*"):
        if time.time() - _used(half) > ABANDONED:
            shutil.rmtree(half, ignore_errors=True)
    with suppress(OSError):
        os.utime(whole)
    for old in sorted(kept().iterdir(), key=_used)[:-MODELS]:
        shutil.rmtree(old, ignore_errors=True)


def _used(folder: Path) -> float:
    """When it was used last, in seconds since 1970; never where another process has just removed it."""
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0


@contextmanager
def _read_once(file: Path) -> Iterator[None]:
    """Meanwhile whoever asks the package `gguf` for the file is given what was read of it at first."""
    import gguf

    first, ordinary = read(file), gguf.GGUFReader

    def given(path: Any, *rest: Any, **more: Any) -> Any:
        return first if Path(path) == file and not rest and not more else ordinary(path, *rest, **more)

    module: Any = gguf
    module.GGUFReader = given
    try:
        yield
    finally:
        module.GGUFReader = ordinary


@cache
def _reader() -> Any:
    """The class that reads; the package is asked for late, as it may not be installed."""
    from gguf import GGUFReader, GGUFValueType

    class Reader(GGUFReader):
        """Reads the entries of a list in one go."""

        def _get_field_parts(self, orig_offs: int, raw_type: int) -> Any:
            if raw_type != GGUFValueType.ARRAY or self.byte_order != "I":
                return super()._get_field_parts(orig_offs, raw_type)
            head = [self._get(orig_offs, np.uint32), self._get(orig_offs + 4, np.uint64)]
            kind, count, start = GGUFValueType(int(head[0][0])), int(head[1][0]), orig_offs + 12
            if count > MOST:
                raise ValueError(f"a list of {count} entries")
            if kind == GGUFValueType.STRING:
                entries, end = _strings(self.data.view(np.ndarray), start, count)
                return end - orig_offs, head + entries, list(range(3, 3 + 2 * count, 2)), [GGUFValueType.ARRAY, kind]
            if kind not in self.gguf_scalar_to_np:
                return super()._get_field_parts(orig_offs, raw_type)
            values = self._get(start, self.gguf_scalar_to_np[kind], count).view(np.ndarray)
            entries = list(values.reshape(-1, 1))
            return 12 + values.nbytes, head + entries, list(range(2, 2 + count)), [GGUFValueType.ARRAY, kind]

    return Reader


def _strings(data: Any, start: int, count: int) -> tuple[list[Any], int]:
    """Lengths and bytes of strings, in turn, and where they end."""
    entries: list[Any] = []
    raw, place = memoryview(data), start
    for _ in range(count):
        if place + 8 > len(raw):
            raise ValueError("a list that is longer than the file")
        (length,) = struct.unpack_from("=Q", raw, place)
        if length > len(raw) - place - 8:
            raise ValueError("a word that is longer than the file")
        entries += (data[place : place + 8].view(np.uint64), data[place + 8 : place + 8 + length])
        place += 8 + length
    return entries, place
