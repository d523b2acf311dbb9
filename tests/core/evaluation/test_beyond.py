"""What lists are like agrees with the definitions, computed the long way."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.evaluation import beyond
from core.sequences.log import EventLog
from tests.logs import DISLIKE, log_of, logs

ITEMS = 6


@st.composite
def listed(draw: st.DrawFn, rows: int) -> NDArray[np.int32]:
    """Lists of up to four different items, the rest of the places empty."""
    lists = [draw(st.lists(st.integers(0, ITEMS - 1), unique=True, max_size=4)) for _ in range(rows)]
    return np.array([one + [-1] * (4 - len(one)) for one in lists], dtype=np.int32)


def shown(lists: NDArray[np.int32], k: int) -> list[list[int]]:
    return [[int(item) for item in row[:k] if item >= 0] for row in lists]


@given(logs(items=ITEMS), st.data(), st.integers(1, 4))
def test_figures_by_hand(log: EventLog, data: st.DataObject, k: int) -> None:
    lists = data.draw(listed(log.users))
    vectors = np.array(data.draw(st.lists(st.tuples(*[st.integers(-2, 2)] * 2), min_size=ITEMS, max_size=ITEMS)), float)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    reference = beyond.Reference.of(log, vectors.astype(np.float32))
    liked = [set(log.select(np.array([user])).item[log.select(np.array([user])).positive]) for user in range(log.users)]
    users = int(np.count_nonzero(log.lengths))
    holders = [sum(item in one for one in liked) for item in range(ITEMS)]
    rows = shown(lists, k)
    flat = [item for row in rows for item in row]
    filled = [row for row in rows if row]

    counts = [flat.count(item) for item in range(ITEMS)]
    unequal = sum(abs(a - b) for a in counts for b in counts) / (2 * ITEMS * len(flat)) if flat else 0.0
    assert beyond.gini(lists, ITEMS, k) == pytest.approx(unequal)
    assert beyond.coverage(lists, ITEMS, k) == pytest.approx(len(set(flat)) / ITEMS)

    def average(of_item: list[float]) -> float:
        return float(np.mean([np.mean([of_item[item] for item in row]) for row in filled])) if filled else 0.0

    bits = [-math.log2(max(count, 1) / max(users, 1)) for count in holders]
    popular = [count / max(users, 1) for count in holders]
    assert beyond.novelty(lists, reference, k) == pytest.approx(average(bits))
    assert beyond.popularity(lists, reference, k) == pytest.approx(average(popular))

    pairs = [
        [1 - vectors[a] @ vectors[b] for a, b in itertools.combinations([i for i in row if lengths[i]], 2)]
        for row in rows
    ]
    alike = [np.mean(each) for each in pairs if each]
    found = beyond.diversity(lists, reference, k)
    assert found == (pytest.approx(np.mean(alike), abs=1e-6) if alike else None)


def test_lift_is_how_much_more_popular_the_lists_are_than_the_histories() -> None:
    train = log_of([[0], [0], [0, 1], [0, 1, 2, (3, DISLIKE)]], 5)
    reference = beyond.Reference.of(train)
    assert reference.popularity.tolist() == [1.0, 0.5, 0.25, 0.0, 0.0]
    histories = log_of([[1, 1], [2, (0, DISLIKE)], []], 5)
    lists = np.array([[0, 1], [1, -1], [0, 1]], dtype=np.int32)
    # Lists 0.75 and 0.5, histories 0.5 and 0.25; the third user has no history to be compared with.
    assert beyond.popularity_lift(lists, histories, reference, 2) == pytest.approx((1.25 - 0.75) / 0.75)


def test_without_texts_there_is_no_diversity_and_empty_lists_are_no_error() -> None:
    log = log_of([[0, 1]], 3)
    none = np.full((1, 5), -1, dtype=np.int32)
    for vectors in (None, np.zeros((3, 0), np.float32), np.zeros((3, 4), np.float32)):
        reference = beyond.Reference.of(log, vectors)
        assert beyond.diversity(np.array([[0, 1]], np.int32), reference, 2) is None
        assert set(beyond.summary(none, log, reference, 5).values()) <= {0.0, -1.0}
    assert beyond.gini(np.array([[0], [1], [2]], np.int32), 3, 1) == 0.0
    assert beyond.gini(np.array([[0]] * 50, np.int32), 1000, 1) == pytest.approx(0.999)


def test_coverage_counts_each_listed_item_once() -> None:
    lists = np.array([[0, 1, 5], [1, 0, -1]], dtype=np.int32)
    assert beyond.coverage(lists, 4, 2) == 0.5
    assert beyond.coverage(lists, 6, 3) == 0.5
