"""Turns of a sequence: found where they were planted, not found in random order, and told by what differs."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analysis.naming import vocabulary_of
from core.analysis.turns import LEAST, PIECE, PIECES, pieces, split_points, turns
from core.progress import Progress

HOUR = 3_600_000_000


def themed(rng: np.random.Generator, themes: list[int], spread: float = 1.0) -> np.ndarray:
    """Vectors of length one, of each event around the direction of its theme."""
    centre = np.eye(24)[themes]
    found = centre + spread * rng.standard_normal(centre.shape) / np.sqrt(24)
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def found(vectors: np.ndarray, time: np.ndarray) -> list[int]:
    return [place for place, _ in split_points(vectors, pieces(time, True), Progress())]


def test_planted_turns_are_found_near_their_places() -> None:
    rng = np.random.default_rng(1)
    hits, near = 0, 0
    for _ in range(20):
        sizes = rng.integers(15, 40, 3)
        vectors = themed(rng, np.repeat([0, 1, 2], sizes).tolist())
        places = found(vectors, np.arange(len(vectors)) * 2 * HOUR)
        hits += len(places) == 2
        near += sum(min((abs(place - true) for place in places), default=99) <= 2 for true in np.cumsum(sizes)[:2])
    assert hits >= 18
    assert near >= 38  # of 40


def test_random_order_has_few_turns() -> None:
    rng = np.random.default_rng(2)
    alarms = 0
    for _ in range(100):
        count = int(rng.integers(2 * LEAST, 80))
        vectors = themed(rng, rng.integers(0, 4, count).tolist())
        alarms += bool(found(vectors, np.arange(count) * 2 * HOUR))
    assert alarms <= 5  # one is expected; more than 5 come once in two thousand such tests


def test_visits_of_one_theme_each_are_no_turns() -> None:
    rng = np.random.default_rng(3)
    alarms = 0
    for _ in range(100):
        themes = np.repeat(rng.integers(0, 4, 20), 4)
        time = np.repeat(np.arange(20) * 24 * HOUR, 4) + np.tile(np.arange(4), 20) * 60_000_000
        alarms += bool(found(themed(rng, themes.tolist()), time))
    assert alarms <= 5


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 300), st.integers(0, 2**32 - 1), st.booleans())
def test_turns_cut_the_sequence_into_long_enough_parts(count: int, seed: int, timed: bool) -> None:
    rng = np.random.default_rng(seed)
    time = np.sort(rng.integers(0, 40 * HOUR, count)) if timed else np.arange(count)
    item = rng.integers(-1, 12, count)
    vectors = themed(rng, list(range(12)))
    terms = vocabulary_of([f"title {number}" for number in range(12)], [[f"c{number % 3}"] for number in range(12)])
    told = turns(time, timed, item, vectors, terms, Progress())
    assert told == turns(time, timed, item, vectors, terms, Progress())
    for turn in told:
        assert item[turn.event] >= 0
        assert turn.time == time[turn.event]
        assert turn.before.end <= turn.event == turn.after.start
        for side in (turn.before, turn.after):
            assert (item[side.start : side.end] >= 0).sum() >= LEAST
            assert side.start <= side.example < side.end
    assert [turn.event for turn in told] == sorted({turn.event for turn in told})


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5000), st.booleans(), st.integers(0, 2**32 - 1))
def test_pieces_are_whole_and_few(count: int, timed: bool, seed: int) -> None:
    time = np.sort(np.random.default_rng(seed).integers(0, 400 * HOUR, count))
    piece = pieces(time, timed)
    assert piece[0] == 0
    assert set(np.diff(piece).tolist()) <= {0, 1}
    assert piece[-1] < PIECES
    if count <= PIECE * PIECES and not timed:
        assert np.bincount(piece).max() <= PIECE


def test_a_turn_says_what_it_went_from_and_to() -> None:
    rng = np.random.default_rng(4)
    titles = [f"Night of the comet {number}" for number in range(10)] + [
        f"Garden walks {number}" for number in range(10)
    ]
    terms = vocabulary_of(titles, [["Horror"]] * 10 + [["Nature", "Calm"]] * 10)
    item = np.concatenate((rng.integers(0, 10, 20), rng.integers(10, 20, 25)))
    vectors = themed(rng, [0] * 10 + [1] * 10, 0.5)
    (turn,) = turns(np.arange(45) * HOUR, True, item, vectors, terms, Progress())
    assert turn.event == 20
    assert (turn.before.start, turn.before.end, turn.after.start, turn.after.end) == (0, 20, 20, 45)
    assert {term.text for term in turn.before.terms} <= {"Horror", "night", "comet"}
    assert {term.text for term in turn.after.terms} <= {"Nature", "Calm", "garden", "walks"}
    assert turn.before.terms
    assert (turn.before.terms[0].inside, turn.before.terms[0].outside) == (1.0, 0.0)
    assert item[turn.before.example] < 10 <= item[turn.after.example]


def test_nothing_is_told_of_short_or_wordless_sequences() -> None:
    terms = vocabulary_of(["a b"], [[]])
    time = np.arange(50)
    none = np.zeros(50, np.int64)
    assert turns(time, False, none, np.zeros((1, 4), np.float32), terms, Progress()) == []
    assert turns(time[:4], False, none[:4], np.ones((1, 4), np.float32) / 2, terms, Progress()) == []
    assert turns(time, False, none, np.ones((1, 4), np.float32) / 2, terms, Progress()) == []
