"""Text encoders in one GGUF file: decoders whose last token stands for a text."""

from __future__ import annotations

import json
import os
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.errors import SeqlensError
from core.language import encoder, gguf_files
from core.language.cards import card_of
from core.language.encoder import TextEncoder, digest, find_model, load_tokenizer, marked
from core.language.generator import Generator, Prompt
from core.language.reading import Reading
from core.progress import Progress

gguf = pytest.importorskip("gguf", reason="a GGUF file needs the package gguf")
pytest.importorskip("accelerate")
WIDTH, LETTERS = 32, "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(autouse=True)
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where unpacked models lie."""
    place = tmp_path_factory.mktemp("kept") / "models"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gguf_files, "kept", lambda: place)
        yield place


def write_gguf(path: Path, chats: bool = False, letters: str = LETTERS, tied: bool = False, seed: int = 0) -> str:
    """A Llama of one layer with random weights, whose tokens are letters."""
    rng = np.random.default_rng(seed)
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
    if tied:
        del shapes["output"]
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


def test_it_is_unpacked_once_and_is_the_same_from_then_on(kept: Path, tmp_path: Path) -> None:
    import torch
    from transformers import AutoModel, AutoTokenizer

    file = Path(write_gguf(tmp_path / "tied.gguf", tied=True))
    first = TextEncoder.open(Reading(str(file), "last"), "cpu")
    whole = AutoModel.from_pretrained(str(tmp_path), gguf_file=file.name, dtype=torch.float32)
    for name, numbers in whole.state_dict().items():
        torch.testing.assert_close(first.network.state_dict()[name], numbers, atol=1e-3, rtol=1e-3)
    words = AutoTokenizer.from_pretrained(str(tmp_path), gguf_file=file.name)
    assert load_tokenizer(str(file))("red lamp abba")["input_ids"] == words("red lamp abba")["input_ids"]
    weights = sorted(kept.glob("*/network/*.safetensors"))
    made = [each.stat().st_mtime_ns for each in weights]
    again = TextEncoder.open(Reading(str(file), "last"), "cpu")
    np.testing.assert_array_equal(again.encode(["red lamp"], Progress()), first.encode(["red lamp"], Progress()))
    assert len(weights) == 1
    assert [each.stat().st_mtime_ns for each in weights] == made
    assert digest([file])[:16] in weights[0].parent.parent.name


def test_only_the_models_used_last_are_kept(kept: Path, tmp_path: Path) -> None:
    files = [write_gguf(tmp_path / f"{seed}.gguf", seed=seed) for seed in range(gguf_files.MODELS + 1)]
    for age, file in enumerate(files[:-1]):
        load_tokenizer(file)
        there = next(each for each in kept.iterdir() if digest([Path(file)])[:16] in each.name)
        os.utime(there, (1000 - age, 1000 - age))  # the one that was unpacked first was used last
    load_tokenizer(files[-1])
    names = {each.name[:16] for each in kept.iterdir()}
    assert names == {digest([Path(file)])[:16] for file in [*files[:-2], files[-1]]}


def test_what_a_killed_process_left_half_done_goes(kept: Path, model: str) -> None:
    load_tokenizer(model)
    (whole,) = kept.iterdir()
    old, new = whole / "tmpold", whole / "tmpnew"
    for half in (old, new):
        (half / "network").mkdir(parents=True)
    os.utime(old, (1000, 1000))
    TextEncoder.open(Reading(model, "last"), "cpu")
    assert {each.name for each in whole.iterdir()} == {"tokenizer", "network", "tmpnew"}  # another may be at it


@pytest.mark.parametrize("part", ["tokenizer", "network"])
def test_what_was_emptied_or_cut_is_unpacked_again(kept: Path, model: str, part: str) -> None:
    first = TextEncoder.open(Reading(model, "last"), "cpu").encode(["red lamp"], Progress())
    (folder,) = kept.glob(f"*/{part}")
    large = max(folder.iterdir(), key=lambda each: each.stat().st_size)
    for ruin in (lambda: large.write_bytes(large.read_bytes()[:100]), large.unlink):
        ruin()
        reader = TextEncoder.open(Reading(model, "last"), "cpu")
        np.testing.assert_array_equal(reader.encode(["red lamp"], Progress()), first)
        assert large.stat().st_size > 100
    for each in folder.iterdir():  # as what cleans such places leaves it
        each.unlink()
    assert TextEncoder.open(Reading(model, "last"), "cpu").encode(["red lamp"], Progress()).shape == first.shape


def test_where_nothing_can_be_written_it_is_read(tmp_path: Path, model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(gguf_files, "kept", lambda: tmp_path / "file" / "models")
    reader = TextEncoder.open(Reading(model, "last"), "cpu")
    assert reader.encode(["red lamp"], Progress()).shape == (1, WIDTH)


def test_what_another_process_removes_meanwhile_is_passed_over(
    kept: Path, model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_tokenizer(model)
    (whole,) = kept.iterdir()
    # What is listed and gone when it is looked at.
    monkeypatch.setattr(Path, "glob", lambda self, _pattern: iter([self / "tmpgone"]))
    iterdir = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda self: iter([self / "gone", *iterdir(self)]))
    assert load_tokenizer(model)("red lamp")["input_ids"]
    assert whole.is_dir()


def test_without_room_it_is_read_and_not_kept(kept: Path, model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.mkdir()
    there = shutil.disk_usage(kept)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: there._replace(free=1000))
    reader = TextEncoder.open(Reading(model, "last"), "cpu")
    assert reader.encode(["red lamp"], Progress()).shape == (1, WIDTH)
    assert not list(kept.iterdir())


def test_what_is_read_in_one_go_is_what_the_package_reads(model: str) -> None:
    ours, theirs = gguf_files.read(Path(model)), gguf.GGUFReader(model)
    assert list(ours.fields) == list(theirs.fields)
    for name, field in theirs.fields.items():
        assert ours.fields[name].contents() == field.contents()
        assert ours.fields[name].types == field.types
    for mine, other in zip(ours.tensors, theirs.tensors, strict=True):
        np.testing.assert_array_equal(mine.data, other.data)


@pytest.mark.parametrize("behind", [0, 60, 200])
def test_a_generator_whose_file_is_cut_is_told(tmp_path: Path, model: str, behind: int) -> None:
    data = Path(model).read_bytes()
    (tmp_path / "cut.gguf").write_bytes(data[: data.index(b"tokenizer.ggml.tokens") + behind])
    with pytest.raises(SeqlensError, match="could not be loaded"):
        Generator.open(str(tmp_path / "cut.gguf"))


@pytest.mark.parametrize(("count", "length"), [(2**40, 1), (3, 2**40), (3, 2**63)])
def test_a_list_that_is_longer_than_its_file_is_refused(tmp_path: Path, count: int, length: int) -> None:
    name = b"general.tags"
    body = struct.pack("<4sIQQ", b"GGUF", 3, 1, 1) + struct.pack("<Q", len(name)) + name
    body += struct.pack("<IIQ", 9, 8, count) + struct.pack("<Q", length) + b"abc" * 20
    (tmp_path / "odd.gguf").write_bytes(body)
    with pytest.raises(SeqlensError, match="could not be loaded"):
        card_of(str(tmp_path / "odd.gguf"))
