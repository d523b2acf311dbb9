"""The words that texts share, in scripts with and without spaces."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from core.language.terms import common_words, weighted_terms


def near(*texts: str | None) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    terms = weighted_terms(pa.array(texts, pa.string()))
    return np.asarray((terms @ terms.T).toarray(), dtype=np.float32)


def test_texts_are_near_by_the_words_that_they_share() -> None:
    found = near("OPI nail lacquer", "nail polish, OPI!", "Hair-dryer", "hair dryer", None, "")
    assert found[2, 3] > 0.99, "neither case nor what stands between words counts"
    assert 0 < found[0, 1] <= 1
    assert not found[:2, 2:4].any()
    assert not found[4:].any()


def test_neighbouring_words_count_as_one_too() -> None:
    found = near("red wine glass", "red wine jug", "wine red cloth", "glass jug cloth")
    assert found[0, 1] > found[0, 2]


def test_chinese_is_read_by_pairs_of_characters() -> None:
    found = near("苹果智能手机", "智能手机壳", "手工皂", "智齿")
    assert found[0, 1] > 2 * max(found[0, 2], found[0, 3]) > 0


WRITTEN = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.none() | WRITTEN, min_size=1, max_size=8))
def test_any_text_gives_a_row_of_length_one_or_nothing(texts: list[str | None]) -> None:
    terms = weighted_terms(
        pa.array([None if text is None else text.encode("utf-8", "ignore").decode() for text in texts], pa.string())
    )
    lengths = np.sqrt(terms.power(2).sum(axis=1))
    assert terms.shape[0] == len(texts)
    assert np.all((np.abs(lengths - 1) < 1e-5) | (lengths == 0))


def test_the_commonest_words_are_told_once_a_text() -> None:
    texts = pa.array(["Drama, drama 1995", "comedy 1995", "DRAMA", None, "western"], pa.string())
    np.testing.assert_array_equal(common_words(texts, 9, 2).toarray(), [[1, 1], [0, 1], [1, 0], [0, 0], [0, 0]])
    assert common_words(texts, 1, 2).shape == (5, 1)
    assert common_words(texts, 9, 3).shape == (5, 0)


@given(st.lists(st.none() | WRITTEN, min_size=1, max_size=8), st.integers(1, 3), st.integers(1, 3))
def test_common_words_of_any_text_are_no_more_than_asked_and_common(
    texts: list[str | None], most: int, least: int
) -> None:
    found = common_words(pa.array(texts, pa.string()), most, least).toarray()
    assert found.shape[0] == len(texts)
    assert found.shape[1] <= most
    assert np.isin(found, (0, 1)).all()
    assert (found.sum(0) >= least).all()
