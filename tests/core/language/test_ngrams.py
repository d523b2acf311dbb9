"""Character n-grams against a plain count, and what holds for any text."""

from __future__ import annotations

import unicodedata
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.language import ngrams
from core.language.ngrams import CharacterNgrams
from core.progress import Cancelled, Progress


def plain_grams(text: str) -> Counter[str]:
    """N-grams of each word with a space at both ends; a space alone is none."""
    found: Counter[str] = Counter()
    for word in unicodedata.normalize("NFKC", text).lower().split():
        padded = f" {word} "
        for length in (1, 2, 3):
            found.update(padded[start : start + length] for start in range(len(padded) - length + 1))
    del found[" "]
    return found


def as_text(gram: int) -> str:
    return "".join(chr(gram >> shift & 0x1FFFFF) for shift in (42, 21, 0) if gram >> shift & 0x1FFFFF)


texts = st.lists(st.text(st.characters(exclude_characters="\0"), max_size=12), min_size=1, max_size=6)


@settings(deadline=None)
@given(texts)
def test_ngrams_are_those_of_a_plain_count(some: list[str]) -> None:
    rows, grams = ngrams._grams(some)
    for row, text in enumerate(some):
        assert Counter(as_text(int(gram)) for gram in grams[rows == row]) == plain_grams(text)


@settings(max_examples=25, deadline=None)
@given(texts)
def test_vectors_have_length_one_or_none(some: list[str]) -> None:
    norms = np.linalg.norm(CharacterNgrams().vectors(some, Progress()), axis=1)
    assert np.all(np.isclose(norms, 1, atol=1e-4) | (norms == 0))


def corpus(count: int) -> list[str]:
    rng = np.random.default_rng(0)
    kinds, colours = ["运动鞋", "茉莉花茶", "台灯", "无线耳机", "咖啡机"], ["红色", "蓝色", "黑色", "白色"]
    return [f"{rng.choice(colours)}{rng.choice(kinds)} {number % 97}号" for number in range(count)]


def test_same_texts_give_the_same_vectors() -> None:
    some = corpus(200)
    assert np.array_equal(CharacterNgrams().vectors(some, Progress()), CharacterNgrams().vectors(some, Progress()))


def test_similarity_keeps_that_of_the_weighted_counts() -> None:
    """With fewer texts than dimensions nothing is lost, so cosines are those of TF-IDF itself."""
    some = corpus(120)
    weighted = ngrams._weigh(ngrams._count(some, Progress()))
    vectors = CharacterNgrams().vectors(some, Progress())
    np.testing.assert_allclose(vectors @ vectors.T, (weighted @ weighted.T).toarray(), atol=1e-3)


def test_weights_are_those_of_scikit_learn() -> None:
    from sklearn.feature_extraction.text import TfidfTransformer

    counts = ngrams._count(corpus(120), Progress())
    logged = counts.copy()
    logged.data = np.log1p(logged.data)
    # Its rarity counts texts, which the logarithm does not change.
    expected = TfidfTransformer(smooth_idf=True).fit_transform(logged)
    np.testing.assert_allclose(ngrams._weigh(counts).toarray(), expected.toarray(), atol=1e-5)


def test_basis_of_some_texts_serves_all(monkeypatch: pytest.MonkeyPatch) -> None:
    some = corpus(600)
    whole = CharacterNgrams().vectors(some, Progress())
    monkeypatch.setattr(ngrams, "FITTED", 200)
    monkeypatch.setattr(ngrams, "BLOCK", 64)
    part = CharacterNgrams().vectors(some, Progress())
    assert len(part) == 600
    assert np.corrcoef((part @ part.T).ravel(), (whole @ whole.T).ravel())[0, 1] > 0.95


def test_stop_is_heard_within_the_decomposition() -> None:
    class Impatient(Progress):
        def report(self, fraction: float, *_: object) -> None:
            if fraction > 0.3:
                self.cancel()

    with pytest.raises(Cancelled):
        CharacterNgrams().vectors(corpus(300), Impatient())
