"""A language model on this machine that writes: freely, or nothing but JSON of a given schema.

Each step takes the likeliest token, so that the same request gets the same answer. With a schema, llguidance says after
every token which ones may follow (Willard and Louf 2023 describe the idea), and tokens that leave no choice, such as
the names of fields, are taken without asking the model for each.
"""

from __future__ import annotations

import copy
import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.language import gguf_files
from core.language.encoder import GGUF, IMPORTING, SAFE, digest, gguf_file, model_folder, without
from core.language.strangers import tried
from core.progress import Progress

PIECE = 64  # tokens of a prompt that are read between two looks whether to stop
LARGE = 4_000_000_000  # bytes of weights from which on 16 bits a number are kept in memory
REQUEST = "\u241e"  # stands for the request while a chat template is filled in
PACE_TEXT = "A shop sells lamps, chairs, tea and books. Its customers come back in the evening. 顾客晚上回来买茶和书。 "
PACE_READ = 4 * PIECE  # tokens of a prompt by which a model is measured
PACE_WRITTEN = 64  # tokens that it writes then at most
PACE_SECONDS = 4.0  # that reading and writing take at most, each


@dataclass(frozen=True)
class Prompt:
    """What a model is given.

    Attributes:
        fixed: what is the same for many requests; it is read once and remembered.
        rest: what comes after it.
        ends: where the answer ends, beside the model's own sign for it.
    """

    fixed: str
    rest: str
    ends: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pace:
    """How fast a generator is on this machine, in tokens a second.

    Attributes:
        writes: one after the other, with a prompt of `PACE_READ` tokens before them.
        reads: of a prompt.
    """

    writes: float
    reads: float


def missing(model: str) -> list[str]:
    """The packages that a generator needs and that are not installed."""
    return without("llguidance", *(["gguf", "accelerate"] if model.endswith(GGUF) else []))


def find_generator(model: str) -> Path:
    """The folder of a Hugging Face model or the GGUF file that `model` names; it is looked at, and nothing is run.

    Raises:
        SeqlensError: it is not there or is damaged, or packages that it needs are missing.
    """
    if absent := missing(model):
        raise SeqlensError(
            "A generator needs packages that are not installed: {packages}. Install Seqlens with [generator].",
            packages=", ".join(absent),
        )
    return gguf_file(model) if model.endswith(GGUF) else model_folder(model)


class Generator:
    """A causal language model with its tokenizer.

    Attributes:
        name: of its folder or file.
        chats: whether it was taught to answer messages; otherwise it goes on with a text, and needs examples.
    """

    def __init__(self, name: str, tokenizer: Any, network: Any) -> None:
        self.name = name
        self.chats = getattr(tokenizer, "chat_template", None) is not None
        self._tokenizer, self._network = tokenizer, network
        self._lock = threading.Lock()
        self._read: tuple[list[int], Any] | None = None  # the last fixed part of a prompt and what was made of it
        self._vocabulary: Any = None  # as llguidance wants it
        ends = getattr(network.generation_config, "eos_token_id", None)
        own = [tokenizer.eos_token_id, *(ends if isinstance(ends, list) else [ends])]
        self._ends = {int(one) for one in own if one is not None}

    @classmethod
    def open(cls, model: str) -> Self:
        """Load a folder or a GGUF file; onto a GPU if there is one.

        Raises:
            SeqlensError: it is not there, is damaged, or is none that transformers can read without running code that
                comes with it.
        """
        place = find_generator(model)
        import torch

        with IMPORTING:
            from transformers import AutoModelForCausalLM, AutoTokenizer
            from transformers.utils import logging
        logging.disable_progress_bar()  # of loading weights, which would write over ours
        size = (
            place.stat().st_size * 4 if place.is_file() else sum(f.stat().st_size for f in place.glob("*.safetensors"))
        )
        short = size > LARGE or torch.cuda.is_available()
        told = {"dtype": torch.bfloat16 if short else torch.float32, **SAFE}
        try:
            if place.is_file():
                tokenizer = tried(gguf_files.load_tokenizer(place, digest([place])))
                network = gguf_files.load_network(AutoModelForCausalLM, place, digest([place]), **told)
            else:
                tokenizer = tried(AutoTokenizer.from_pretrained(str(place), **SAFE))
                network = AutoModelForCausalLM.from_pretrained(str(place), use_safetensors=True, **told)
        except Exception as error:  # a stranger's files, which their readers have many ways to refuse
            raise SeqlensError(
                "The generator {model} could not be loaded: {error}. Choose another one.",
                model=place.name,
                error=(str(error).strip() or type(error).__name__).splitlines()[0],
            ) from error
        target = "cuda" if torch.cuda.is_available() else "cpu"
        loaded: Any = network
        return cls(place.name, tokenizer, loaded.to(target).eval())

    def prompt(self, task: str, examples: Sequence[tuple[str, str]], request: str) -> Prompt:
        """A task with examples of requests and answers, as this model wants to be asked."""
        if not self.chats:
            # The answer has a line of its own: behind a blank, "[" would be another token than those of the examples.
            shown = "".join(f"Request: {asked}\nAnswer:\n{told}\n\n" for asked, told in examples)
            return Prompt(f"{task}\n\n{shown}", f"Request: {request}\nAnswer:\n", ("\n",))
        turns = [
            {"role": role, "content": text}
            for asked, told in examples
            for role, text in (("user", asked), ("assistant", told))
        ]
        turns.append({"role": "user", "content": REQUEST})
        first = {**turns[0], "content": f"{task}\n\n{turns[0]['content']}"}
        options = {"tokenize": False, "add_generation_prompt": True, "enable_thinking": False}
        try:
            whole = self._tokenizer.apply_chat_template([{"role": "system", "content": task}, *turns], **options)
        except Exception:  # of its template's own making: it knows no such role
            whole = self._tokenizer.apply_chat_template([first, *turns[1:]], **options)
        before, _, after = str(whole).rpartition(REQUEST)
        return Prompt(before, request + after)

    def write(
        self,
        prompt: Prompt,
        progress: Progress,
        seconds: float,
        most: int = 256,
        schema: Mapping[str, object] | None = None,
    ) -> Iterator[str]:
        """The answer, piece by piece as it comes.

        Args:
            seconds: after which it ends.
            most: tokens of it.
            schema: JSON schema that the whole answer follows.

        Raises:
            SeqlensError: with a schema, the answer was not whole in time.
            Cancelled: the analyst pressed stop.
        """
        import torch

        until = progress.clock() + seconds
        with self._lock, torch.inference_mode():
            guide = None if schema is None else self._guide(schema)
            logits, cache = self._begun(prompt, progress)
            written: list[int] = []
            told = ""
            while len(written) < most and progress.clock() < until:
                progress.check()
                step = _forced(guide) or [self._likeliest(logits, guide)]
                if step[0] in self._ends:
                    break
                written += step
                if guide is not None:
                    guide.consume_tokens(step)
                text = self._tokenizer.decode(written, skip_special_tokens=True)
                ended = min((at for end in prompt.ends if (at := text.find(end)) >= 0), default=-1)
                whole = text[:ended] if ended >= 0 else text
                if len(whole) > len(told) and not whole.endswith("\ufffd"):
                    yield whole[len(told) :]
                    told = whole
                if ended >= 0 or (guide is not None and guide.is_stopped()):
                    break
                logits, cache = self._step(step, cache)
            if guide is not None and not guide.is_accepting():
                raise SeqlensError("The generator did not come to an end in {seconds} s.", seconds=round(seconds))

    def pace(self, progress: Progress) -> Pace:
        """How fast it reads and writes here, after a first pass; what it writes does not matter, so it ends nowhere.

        Raises:
            Cancelled: the analyst pressed stop.
        """
        import torch

        some = list(self._tokenizer(PACE_TEXT, add_special_tokens=False)["input_ids"]) or [0]
        tokens = (some * (PACE_READ // len(some) + 1))[:PACE_READ]
        limit = getattr(self._network.config, "max_position_embeddings", None) or 2 * PACE_READ
        tokens = tokens[: max(1, int(limit) - PACE_WRITTEN)]
        with self._lock, torch.inference_mode():
            self._step(tokens[:PIECE], None)
            done, cache, logits, start = 0, None, None, progress.clock()
            while done < len(tokens) and (done == 0 or progress.clock() - start < PACE_SECONDS):
                progress.step(0, PACE_WRITTEN, "The generator reads")
                piece = tokens[done : done + PIECE]
                logits, cache = self._step(piece, cache)
                done += len(piece)
            reads = done / (progress.clock() - start)
            written, start = 0, progress.clock()
            while written < PACE_WRITTEN and (written == 0 or progress.clock() - start < PACE_SECONDS):
                progress.step(written, PACE_WRITTEN, "The generator writes")
                logits, cache = self._step([self._likeliest(logits, None)], cache)
                written += 1
            return Pace(written / (progress.clock() - start), reads)

    def _begun(self, prompt: Prompt, progress: Progress) -> tuple[Any, Any]:
        """Read a prompt; what is the same as the last time is not read again."""
        fixed = list(self._tokenizer(prompt.fixed)["input_ids"]) if prompt.fixed else []
        if fixed and fixed[-1] in self._ends:
            fixed.pop()  # what a tokenizer sets behind every text
        rest = list(self._tokenizer(prompt.rest, add_special_tokens=False)["input_ids"])
        if self._read is None or self._read[0] != fixed:
            self._read = None
            cache = self._fed(fixed, None, progress)[1] if fixed else None
            self._read = fixed, cache
        return self._fed(rest, copy.deepcopy(self._read[1]), progress)

    def _fed(self, tokens: list[int], cache: Any, progress: Progress) -> tuple[Any, Any]:
        logits = None
        for start in range(0, len(tokens), PIECE):
            progress.check()
            logits, cache = self._step(tokens[start : start + PIECE], cache)
        return logits, cache

    def _step(self, tokens: list[int], cache: Any) -> tuple[Any, Any]:
        """Logits behind the last token, float [vocabulary], and what is remembered of all so far."""
        import torch

        ids = torch.tensor([tokens], device=self._network.device)
        out = self._network(input_ids=ids, past_key_values=cache, use_cache=True, logits_to_keep=1)
        return out.logits[0, -1], out.past_key_values

    def _likeliest(self, logits: Any, guide: Any) -> int:
        values = logits.float()
        if guide is not None:
            import torch

            allowed = torch.from_numpy(_bits(guide.compute_bitmask(), len(values))).to(values.device)
            values = values.masked_fill(~allowed, -torch.inf)
        return int(values.argmax())

    def _guide(self, schema: Mapping[str, object]) -> Any:
        from llguidance import LLMatcher
        from llguidance.hf import from_tokenizer

        if self._vocabulary is None:
            size = max(int(self._network.config.vocab_size), len(self._tokenizer))  # of a GGUF file it may have more
            self._vocabulary = from_tokenizer(self._tokenizer, n_vocab=size)
        options: Any = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}
        guide = LLMatcher(self._vocabulary, LLMatcher.grammar_from_json_schema(json.dumps(schema), overrides=options))
        if guide.is_error():
            raise SeqlensError("The generator cannot be held to a form: {error}", error=guide.get_error())
        return guide


_opened: tuple[str, Generator] | None = None
_opening = threading.Lock()


def opened(model: str, progress: Progress) -> Generator:
    """The generator, which stays loaded until another one is asked for.

    Raises:
        SeqlensError: it cannot be loaded.
    """
    global _opened
    with _opening:
        if _opened is None or _opened[0] != model:
            progress.step(0, 1, "Loading the generator")
            _opened = None  # or two would be in memory
            _opened = model, Generator.open(model)
        return _opened[1]


def _forced(guide: Any) -> list[int]:
    """Tokens that come next whatever the model thinks."""
    return [] if guide is None else list(guide.compute_ff_tokens())


def _bits(mask: bytes, size: int) -> NDArray[np.bool_]:
    bits = np.unpackbits(np.frombuffer(mask, dtype=np.uint8), bitorder="little")[:size].astype(np.bool_)
    return np.pad(bits, (0, size - len(bits)))
