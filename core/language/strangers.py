"""The folder of a language model is looked at before memory is taken for it: it may come from a stranger.

What reads its texts is tried before it is relied on, as its parts may only disagree when they are used.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from core.errors import SeqlensError

LARGEST_TEXT = 64 << 20  # bytes of a JSON file
LARGEST_HEADER = 32 << 20  # bytes of a safetensors file
# Bytes of a number of each kind that the safetensors format has, but for those of less than one.
WIDTHS = {
    **dict.fromkeys(("BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3", "F8_E8M0"), 1),
    **dict.fromkeys(("I16", "U16", "F16", "BF16"), 2),
    **dict.fromkeys(("I32", "U32", "F32"), 4),
    **dict.fromkeys(("I64", "U64", "F64", "C64"), 8),
}


def check_folder(folder: Path) -> None:
    """Whether the weights are as many as their headers and the configuration say; nothing of it is run.

    Raises:
        SeqlensError: a file is damaged, or made to take more memory than it has numbers.
    """
    elements = sum(check_weights(path) for path in sorted(folder.glob("*.safetensors")))
    for path in sorted(folder.glob("*.json")):
        if path.stat().st_size > LARGEST_TEXT:
            raise _refused(path, "is far too large")
    config = folder / "config.json"
    if not config.is_file():
        raise _refused(config, "is missing")
    facts = _read(config, config.read_bytes())
    for part in (facts, *(part for part in facts.values() if isinstance(part, dict))):  # of text, of pictures
        if _needed(part) > 2 * elements:
            raise _refused(config, "speaks of more numbers than the weights have")


def tried(tokenizer: Any) -> Any:
    """A tokenizer that has read something.

    Raises:
        ValueError: it cannot.
    """
    with panics_raised():
        tokenizer(["a b", ""])
        tokenizer("a", add_special_tokens=False)
    return tokenizer


@contextmanager
def panics_raised() -> Iterator[None]:
    """Raise as a ValueError what the tokenizers, which are made in Rust, raise as no Exception at all."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise ValueError(str(error)) from error


def _needed(facts: dict[str, Any]) -> int:
    """How many weights a configuration asks for, at least; too many where a size lies below 0."""
    sizes = {name: value for name, value in facts.items() if isinstance(value, int) and not isinstance(value, bool)}
    width = sizes.get("hidden_size", sizes.get("d_model", sizes.get("dim", 1)))
    rows = [sizes.get(name, 0) for name in ("vocab_size", "max_position_embeddings", "type_vocab_size")]
    layers = sizes.get("num_hidden_layers", sizes.get("n_layers", sizes.get("num_layers", 1)))
    inner = sizes.get("intermediate_size", sizes.get("d_ff", 0))
    side, patch = sizes.get("image_size", 0), sizes.get("patch_size", 1)
    if min([width, layers, inner, side, *rows]) < 0 or patch < 1:
        return sys.maxsize
    return width * (sum(rows) + (side // patch) ** 2 + layers * (width + inner))


def check_weights(path: Path) -> int:
    """How many numbers a safetensors file holds; its header is read, and no number.

    Raises:
        SeqlensError: its header does not agree with its size.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if size < 8 or length > min(size - 8, LARGEST_HEADER):
            raise _refused(path, "has a header that is longer than it may be")
        header = _read(path, file.read(length))
    elements, spans = 0, []
    for name, tensor in header.items():
        if name == "__metadata__":
            if not isinstance(tensor, dict) or not all(isinstance(value, str) for value in tensor.values()):
                raise _refused(path, "says of itself what cannot be")
            continue
        try:
            shape, (start, end), kind = tensor["shape"], tensor["data_offsets"], tensor["dtype"]
            count = 1
            for number in (start, end, *shape):
                if type(number) is not int:  # true is a number too, but none of these
                    raise ValueError(number)
            for length_of_axis in shape:
                if not 0 <= length_of_axis <= size:
                    raise ValueError(length_of_axis)
                count *= length_of_axis
            if not 0 <= start <= end or end - start != count * WIDTHS[kind]:
                raise ValueError(start)
        except (KeyError, TypeError, ValueError) as error:
            raise _refused(path, "says of a tensor what cannot be") from error
        elements += count
        spans.append((start, end))
    spans.sort()
    if any(start != end for start, end in zip([s for s, _ in spans], [0, *(e for _, e in spans)], strict=False)):
        raise _refused(path, "has tensors that overlap or leave holes")
    if spans and spans[-1][1] != size - 8 - length:
        raise _refused(path, "is not as long as its header says")
    return elements


def check_gguf(path: Path) -> None:
    """Whether a file begins as a GGUF file does and can hold as many tensors and facts as it says.

    Raises:
        SeqlensError: it does not.
    """
    with path.open("rb") as file:
        head = file.read(24)
    size = path.stat().st_size
    version, *counts = (int.from_bytes(head[a:b], "little") for a, b in ((4, 8), (8, 16), (16, 24)))
    if len(head) < 24 or head[:4] != b"GGUF" or version not in (2, 3):
        raise _refused(path, "is no GGUF file")
    if min(counts) == 0 or sum(counts) * 16 > size:
        raise _refused(path, "says more than it holds")


def _read(path: Path, data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _refused(path, "is no JSON") from error
    if not isinstance(found, dict):
        raise _refused(path, "is not what it should be")
    return found


def _refused(path: Path, why: str) -> SeqlensError:
    return SeqlensError(
        "The language model is not loaded: {file} {why}. It is damaged, or made to do harm. Choose another model.",
        file=path.name,
        why=why,
    )
