"""Item vectors: what is computed, what is kept, and what stands in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import SeqlensError
from core.language import encoder, vectors
from core.language.encoder import TextEncoder
from core.language.vectors import content_hash, item_vectors
from core.progress import Cancelled, Progress
from core.workspace import Workspace
from tests.core.language.models import MemoryStore, small_model

TEXTS = ["red shoe", "", "tea pot", "red shoe", "  ", "blue lamp, 2"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(small_model(tmp_path_factory.mktemp("models") / "small"))


@pytest.fixture
def unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading a language model fails."""

    def fail(*_: object) -> None:
        raise AssertionError("the language model was loaded")

    monkeypatch.setattr(TextEncoder, "open", fail)


def test_each_item_gets_the_vector_of_its_text(small: str) -> None:
    got = item_vectors(TEXTS, small, MemoryStore(), Progress(), device="cpu")
    plain = TextEncoder.open(small, device="cpu").encode(["red shoe", "tea pot", "blue lamp, 2"], Progress())
    np.testing.assert_allclose(got.vectors[[0, 2, 5]], plain, atol=1e-6)
    assert np.array_equal(got.vectors[3], got.vectors[0])
    assert not got.vectors[[1, 4]].any()
    assert got.vectors.dtype == np.float32
    assert got.identifier.startswith("small@")
    assert not got.stand_in


def test_workspace_keeps_vectors(small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Workspace.create(tmp_path / "shop.seqlens") as workspace:
        first = item_vectors(TEXTS, small, workspace.vectors, Progress())
    monkeypatch.setattr(TextEncoder, "open", None)  # what is kept needs no model
    with Workspace.open(tmp_path / "shop.seqlens") as workspace:
        again = item_vectors(TEXTS[::-1], small, workspace.vectors, Progress())
    assert np.array_equal(again.vectors, first.vectors[::-1])
    assert again.identifier == first.identifier


def test_only_what_is_missing_is_computed(small: str) -> None:
    store = MemoryStore()
    item_vectors(TEXTS, small, store, Progress())
    more = item_vectors([*TEXTS, "tea lamp"], small, store, Progress())
    assert store.puts == [3, 1]
    whole = item_vectors([*TEXTS, "tea lamp"], small, MemoryStore(), Progress())
    np.testing.assert_allclose(more.vectors, whole.vectors, atol=1e-6)


def test_stopped_computation_keeps_what_it_had(small: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "BATCH_TOKENS", 4)
    monkeypatch.setattr(vectors, "KEPT", 5)
    words = ["red", "blue", "tea", "pot", "lamp", "shoe", "2"]
    texts = [f"{first} {second}" for first in words for second in words]
    store = MemoryStore()

    class Impatient(Progress):
        def report(self, _fraction: float, _message: str, figures: dict[str, float | int | str]) -> None:
            if figures.get("ready") == 12:
                self.cancel()

    with pytest.raises(Cancelled):
        item_vectors(texts, small, store, Impatient())
    assert store.puts == [5, 5, 3]
    item_vectors(texts, small, store, Progress())
    assert sum(store.puts) == len(texts)


def test_failing_store_is_not_hidden(small: str) -> None:
    class Full(MemoryStore):
        def put(self, *_: object) -> None:
            raise SeqlensError("The disk is full.")

    with pytest.raises(SeqlensError, match="full"):
        item_vectors(TEXTS, small, Full(), Progress())


@pytest.mark.usefixtures("unopened")
def test_catalogue_without_texts_has_no_vectors() -> None:
    for texts in (["", " "], []):
        got = item_vectors(texts, "", MemoryStore(), Progress())
        assert got.vectors.shape == (len(texts), 0)
        assert got.identifier == "none"


CHINESE = ["红色 运动鞋", "蓝色 运动鞋", "", "茉莉花茶 200克", "茉莉绿茶 100克", "红色 跑步鞋"]


def test_ngrams_stand_in_where_the_bundled_model_cannot_read() -> None:
    store = MemoryStore()
    got = item_vectors(CHINESE, "", store, Progress())
    near = got.vectors @ got.vectors.T
    assert got.stand_in
    assert got.identifier.startswith("character n-grams@")
    assert near[0, 1] > near[0, 3]
    assert near[3, 4] > near[3, 1]
    assert not got.vectors[2].any()
    again = item_vectors(CHINESE[::-1], "", store, Progress())
    assert store.puts == [5]
    assert np.array_equal(again.vectors, got.vectors[::-1])


def test_signs_that_no_two_texts_share_have_no_vectors(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        got = item_vectors(["★", "♥", "", "☂"], "", workspace.vectors, Progress())
    assert got.stand_in
    assert got.vectors.shape == (4, 0)


def test_ngrams_of_another_corpus_are_others() -> None:
    store = MemoryStore()
    first = item_vectors(CHINESE, "", store, Progress())
    more = item_vectors([*CHINESE, "台灯"], "", store, Progress())
    assert more.identifier != first.identifier
    assert store.puts == [5, 6]


def test_content_hash_is_16_bytes_of_the_text() -> None:
    assert len(content_hash("tea")) == 16
    assert content_hash("tea") == content_hash("te" + "a") != content_hash("tea ")
    assert content_hash("\ud800")  # half of a pair, as broken files hold them
