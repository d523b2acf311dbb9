"""Text encoders in one GGUF file: decoders whose last token stands for a text."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from core.errors import SeqlensError
from core.language import encoder
from core.language.cards import card_of
from core.language.encoder import TextEncoder, find_model, marked
from core.language.generator import Generator, Prompt
from core.language.reading import Reading
from core.progress import Progress

gguf = pytest.importorskip("gguf", reason="a GGUF file needs the package gguf")
pytest.importorskip("accelerate")
WIDTH, LETTERS = 32, "abcdefghijklmnopqrstuvwxyz"


def write_gguf(path: Path, chats: bool = False, letters: str = LETTERS) -> str:
    """A Llama of one layer with random weights, whose tokens are letters."""
    rng = np.random.default_rng(0)
    tokens = [*letters, "Ġ", "ab", "<end>"]
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("Tiny")
    writer.add_languages(["en"])
    writer.add_context_length(64)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(64)
    writer.add_head_count(2)
    writer.add_head_count_kv(2)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(10_000.0)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list(tokens)
    writer.add_token_types([1] * (len(tokens) - 1) + [3])
    writer.add_token_merges(["a b"])
    if chats:
        writer.add_chat_template("{% for m in messages %}{{ m.content }}{% endfor %}")
    writer.add_eos_token_id(len(tokens) - 1)
    writer.add_bos_token_id(len(tokens) - 1)
    shapes = {
        "token_embd": (len(tokens), WIDTH),
        "output": (len(tokens), WIDTH),
        "output_norm": (WIDTH,),
        "blk.0.attn_norm": (WIDTH,),
        "blk.0.ffn_norm": (WIDTH,),
        "blk.0.ffn_gate": (64, WIDTH),
        "blk.0.ffn_up": (64, WIDTH),
        "blk.0.ffn_down": (WIDTH, 64),
    } | {f"blk.0.attn_{name}": (WIDTH, WIDTH) for name in ("q", "k", "v", "output")}
    for name, shape in shapes.items():
        writer.add_tensor(f"{name}.weight", rng.standard_normal(shape).astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return str(path)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_gguf(tmp_path_factory.mktemp("gguf") / "tiny.gguf")


def test_its_file_tells_what_it_is(model: str) -> None:
    card = card_of(model)
    assert (card.name, card.dimensions, card.tokens, card.decoder) == ("tiny.gguf", WIDTH, 64, True)
    assert card.languages == ("en",)
    assert card.bytes == Path(model).stat().st_size
    assert card.guess.pooling == "last"
    assert card.guess.query.startswith("Instruct: ")


def test_it_reads_texts_by_their_last_token(model: str) -> None:
    reader = TextEncoder.open(Reading(model, "last"), "cpu")
    vectors = reader.encode(["red lamp", "lamp", "red lamp"], Progress())
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    np.testing.assert_array_equal(vectors[0], vectors[2])
    assert vectors[0] @ vectors[1] < 0.9999
    longer = reader.encode(["blue red lamp"], Progress())[0]
    assert longer @ vectors[0] < 0.9999  # what stands before is seen by the last token
    assert reader.identifier == marked(Reading(model, "last"))
    assert reader.identifier.startswith("tiny.gguf@")


def test_a_generator_of_one_file_writes_freely_and_by_a_schema(tmp_path: Path) -> None:
    """Its tokenizer has a token more than its network, as some of such files have."""
    pytest.importorskip("llguidance")
    generator = Generator.open(write_gguf(tmp_path / "writes.gguf", letters=f'{LETTERS}"'))
    assert not generator.chats
    free = "".join(generator.write(Prompt("", "red lamp"), Progress(), 60, 8))
    assert 0 < len(free) <= 16
    for request in ("red", "lamp"):
        held = "".join(generator.write(Prompt("", request), Progress(), 60, 40, {"enum": ["red", "lamp"]}))
        assert json.loads(held) in ("red", "lamp")


def test_one_that_is_not_there_or_is_damaged_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SeqlensError, match="no file"):
        find_model(str(tmp_path / "no.gguf"))
    (tmp_path / "odd.gguf").write_bytes(b"GGUF and no more")
    with pytest.raises(SeqlensError, match="GGUF"):
        find_model(str(tmp_path / "odd.gguf"))
    monkeypatch.setattr(encoder, "without", lambda *_: ["gguf"])
    with pytest.raises(SeqlensError, match="gguf"):
        find_model(str(tmp_path / "odd.gguf"))
