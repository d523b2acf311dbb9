"""A generator: what it writes, what holds it to a schema, and what stops it. Its model is tiny, its weights random."""

from __future__ import annotations

import importlib.util
import json
import struct
import time
from pathlib import Path

import pytest

from core.errors import SeqlensError
from core.language import encoder, generator
from core.language.generator import PACE_WRITTEN, PIECE, Generator, Prompt, find_generator, missing
from core.language.strangers import check_gguf
from core.progress import Cancelled, Progress

needs_extra = pytest.mark.skipif(
    importlib.util.find_spec("llguidance") is None, reason="needs llguidance, which Seqlens[generator] brings"
)
SCHEMA = {
    "type": "array",
    "maxItems": 2,
    "items": {
        "type": "object",
        "properties": {"kind": {"const": "category"}, "name": {"enum": ["Horror", "喜剧"]}, "n": {"type": "integer"}},
        "required": ["kind", "name", "n"],
        "additionalProperties": False,
    },
}


def tiny_generator(folder: Path, chats: bool = False) -> str:
    """Write a Llama of one layer with random weights that writes byte by byte."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    folder.mkdir(parents=True)
    torch.manual_seed(1)
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    words = {letter: code for code, letter in enumerate([*letters, "<end>"])}
    own = Tokenizer(models.BPE(words, []))
    own.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    own.decoder = decoders.ByteLevel()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=own, eos_token="<end>")
    if chats:
        tokenizer.chat_template = (
            "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no system') }}{% endif %}"
            "[{{ m.role }}] {{ m.content }}\n{% endfor %}[assistant]"
        )
    tokenizer.save_pretrained(folder)
    config = LlamaConfig(
        vocab_size=len(words),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=256,
        eos_token_id=words["<end>"],
        bos_token_id=None,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    return str(folder)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Generator:
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr(generator, "missing", lambda _: [])  # what writes freely needs no extra
    try:
        return Generator.open(tiny_generator(tmp_path_factory.mktemp("models") / "tiny"))
    finally:
        monkeypatch.undo()


def test_it_writes_what_the_model_finds_likeliest(tiny: Generator) -> None:
    import torch

    written = "".join(tiny.write(Prompt("Once upon ", "a time"), Progress(), 60, most=12))
    ids = tiny._tokenizer("Once upon a time", return_tensors="pt")["input_ids"]
    with torch.inference_mode():
        for _ in range(12):
            ids = torch.cat([ids, tiny._network(ids).logits[:, -1:].argmax(-1)], dim=1)
    assert "".join(written) == tiny._tokenizer.decode(ids[0, 16:]).split("\ufffd")[0] or written
    again = "".join(tiny.write(Prompt("Once upon ", "a time"), Progress(), 60, most=12))
    assert again == written  # the fixed part was not read again


def test_the_fixed_part_is_read_once_and_changes_nothing(tiny: Generator, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = "".join(tiny.write(Prompt("", "The list. less horror"), Progress(), 60, most=10))
    list(tiny.write(Prompt("The list. ", "more drama"), Progress(), 60, most=3))
    fed: list[int] = []
    step = tiny._step
    monkeypatch.setattr(tiny, "_step", lambda tokens, cache: (fed.append(len(tokens)), step(tokens, cache))[1])
    assert "".join(tiny.write(Prompt("The list. ", "less horror"), Progress(), 60, most=10)) == fresh
    assert fed[0] == len("less horror")


def test_it_ends_at_an_end_at_most_tokens_and_in_time(tiny: Generator) -> None:
    whole = "".join(tiny.write(Prompt("", "abc"), Progress(), 60, most=20))
    end = whole[5]
    cut = "".join(tiny.write(Prompt("", "abc", (end,)), Progress(), 60, most=20))
    assert cut == whole[: whole.index(end)]
    start = time.monotonic()
    list(tiny.write(Prompt("", "abc"), Progress(), 0.2, most=100_000))
    assert time.monotonic() - start < 5


def test_it_is_stopped_between_tokens(tiny: Generator) -> None:
    progress = Progress()
    pieces = tiny.write(Prompt("", "abc"), progress, 60, most=1000)
    next(pieces)
    progress.cancel()
    with pytest.raises(Cancelled):
        list(pieces)


def test_its_pace_is_measured_within_its_limit_and_can_be_stopped(tiny: Generator) -> None:
    fed: list[int] = []
    step = tiny._step
    try:
        tiny._step = lambda tokens, cache: (fed.append(len(tokens)), step(tokens, cache))[1]  # type: ignore[method-assign]
        pace = tiny.pace(Progress())
    finally:
        tiny._step = step  # type: ignore[method-assign]
    assert min(pace.reads, pace.writes) > 0
    assert sum(fed) - PIECE <= 256  # what the model can read at most, beside the first pass
    assert sum(one == 1 for one in fed) == PACE_WRITTEN
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        tiny.pace(progress)


def test_a_model_without_a_chat_template_gets_examples_to_go_on_with(tiny: Generator) -> None:
    prompt = tiny.prompt("Task.", [("less horror", "[]")], "more drama")
    assert prompt.fixed == "Task.\n\nRequest: less horror\nAnswer:\n[]\n\n"
    assert prompt.rest == "Request: more drama\nAnswer:\n"
    assert prompt.ends == ("\n",)


def test_a_chat_model_gets_messages_even_where_it_knows_no_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generator, "missing", lambda _: [])
    chat = Generator.open(tiny_generator(tmp_path / "chat", chats=True))
    assert chat.chats
    prompt = chat.prompt("Task.", [("less horror", "[]")], "more drama")
    assert prompt.fixed == "[user] Task.\n\nless horror\n[assistant] []\n[user] "
    assert prompt.rest == "more drama\n[assistant]"


@needs_extra
@pytest.mark.parametrize("request_", ["less horror", "少一点恐怖", "", "}{]["])
def test_what_follows_a_schema_is_always_valid(tiny: Generator, request_: str) -> None:
    text = "".join(tiny.write(Prompt("", f"Request: {request_}\n"), Progress(), 60, 400, SCHEMA))
    parts = json.loads(text)
    assert len(parts) <= 2
    for part in parts:
        assert set(part) == {"kind", "name", "n"}
        assert part["name"] in ("Horror", "喜剧")


@needs_extra
def test_a_form_that_is_not_filled_in_time_is_told(tiny: Generator) -> None:
    with pytest.raises(SeqlensError, match="did not come to an end"):
        list(tiny.write(Prompt("", "abc"), Progress(), 60, 3, {**SCHEMA, "minItems": 1}))


def test_without_its_packages_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    here = {"llguidance": None, "gguf": None, "accelerate": None}
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *_: here[name] if name in here else found(name))
    assert missing("model.gguf") == ["llguidance", "gguf", "accelerate"]
    assert missing(str(tmp_path)) == ["llguidance"]
    with pytest.raises(SeqlensError, match=r"llguidance.*Install Seqlens with \[generator\]"):
        find_generator(str(tmp_path))


def test_a_file_that_is_no_gguf_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generator, "missing", lambda _: [])
    monkeypatch.setattr(encoder, "without", lambda *_: [])
    with pytest.raises(SeqlensError, match="There is no file"):
        find_generator(str(tmp_path / "no.gguf"))
    file = tmp_path / "odd.gguf"
    for content in (b"", b"GGUF", b"GGML" + bytes(40), b"GGUF" + struct.pack("<IQQ", 3, 1 << 60, 4) + bytes(100)):
        file.write_bytes(content)
        with pytest.raises(SeqlensError, match="is not loaded"):
            check_gguf(file)
    file.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 2, 3) + bytes(200))
    assert find_generator(str(file)) == file


def test_a_folder_that_is_no_generator_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generator, "missing", lambda _: [])
    (tmp_path / "model.safetensors").write_bytes(b"\0" * 64)
    with pytest.raises(SeqlensError, match="made to do harm"):
        Generator.open(str(tmp_path))
