"""The simple models: what they count, that their parts sum, that their state is all of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.models.attribution import shapley
from core.models.available import MODELS, again, create, rebuild, uses_vectors
from core.models.base import Recommender
from core.models.content import Content, ContentSettings, prepared
from core.models.histories import fading
from core.models.popularity import Popularity, PopularitySettings
from core.models.transitions import Transitions, TransitionsSettings
from core.progress import Cancelled, Progress
from core.sequences.log import EventLog
from tests.logs import DISLIKE, NO_CATALOGUE, log_of, logs, one, random_log, titled

ITEMS = 6
VECTORS = np.random.default_rng(0).normal(size=(ITEMS, 5)).astype(np.float32)
VECTORS[4] = 0  # an item without a text
CATALOGUE = titled(["red lamp", "Red Lamp, tall", "blue chair", "blue chair tall", None, "tall 红灯"])
SIMPLE = ("popularity", "trend", "eras", "transitions", "ease", "repeats", "words", "content")


def fitted(name: str, log: EventLog) -> Recommender:
    model = create(name, VECTORS)
    model.fit(log, CATALOGUE, Progress())
    return model


@pytest.mark.parametrize("name", SIMPLE)
@settings(max_examples=30, deadline=None)
@given(log=logs(items=ITEMS), histories=logs(items=ITEMS, users=3))
def test_the_parts_sum_to_the_score(name: str, log: EventLog, histories: EventLog) -> None:
    model = fitted(name, log)
    scores = model.score(histories)
    assert scores.shape == (histories.users, ITEMS)
    assert scores.dtype == np.float32
    assert np.isfinite(scores).all()
    items = np.tile(np.array([3, 0, 4], dtype=np.int32), (histories.users, 1))
    names, base, shares = model.parts(histories, items)
    assert names == (name,)
    assert base + shares.sum(2) == pytest.approx(scores[:, [3, 0, 4]], abs=1e-4)
    for user in range(histories.users):
        history = one(histories, user)
        found = model.explain(history, items[0])
        assert found.scores == pytest.approx(scores[user, [3, 0, 4]], abs=1e-5)
        assert found.component_base + found.component_shares.sum(1) == pytest.approx(found.scores, abs=1e-4)
        assert found.event_base + found.event_shares.sum(1) == pytest.approx(found.scores, abs=1e-4)
        silent = history.negative | (history.item < 0)
        assert not found.event_shares[:, silent].any(), "what is disliked or no item speaks for nothing"


@pytest.mark.parametrize("name", SIMPLE)
def test_a_state_is_all_of_a_model(name: str) -> None:
    log = random_log(60, ITEMS)
    model = fitted(name, log)
    tensors, facts = model.state()
    back = rebuild(name, {key: array.copy() for key, array in tensors.items()}, facts)
    assert (back.score(log) == model.score(log)).all()
    refit = again(model)
    refit.fit(log, CATALOGUE, Progress())
    assert (refit.score(log) == model.score(log)).all()


@pytest.mark.parametrize("name", SIMPLE)
def test_a_damaged_state_is_refused(name: str) -> None:
    tensors, facts = fitted(name, random_log(20, ITEMS)).state()
    with pytest.raises(SeqlensError, match="damaged"):
        rebuild(name, {}, facts)
    with pytest.raises(SeqlensError, match="damaged"):
        rebuild(name, tensors, {"from the future": 1})


@pytest.mark.parametrize("terms", [10**12, float("inf")])
def test_words_that_no_text_has_take_no_memory(terms: float) -> None:
    tensors, facts = fitted("words", random_log(20, ITEMS)).state()
    with pytest.raises(SeqlensError, match="damaged"):
        rebuild("words", tensors, {**facts, "terms": terms})


@pytest.mark.parametrize("name", ["popularity", "transitions"])
def test_an_empty_history_is_ranked_by_popularity(name: str) -> None:
    log = log_of([[0, 1, 2], [1, 2], [2, 3], [2, (5, DISLIKE), (5, DISLIKE), (5, DISLIKE), (5, DISLIKE)]], ITEMS)
    order = np.argsort(-fitted(name, log).score(log_of([[]], ITEMS))[0], kind="stable")
    assert order.tolist() == [2, 1, 0, 3, 4, 5], "dislikes do not make popular"


def test_recent_events_count_for_more() -> None:
    times = [[0, 1, 2, 100], [0, 1, 99, 100]]
    log = log_of([[0, 0, 0, 1], [0, 0, 1, 1]], 3, times)
    old = Popularity(PopularitySettings(0.0))
    new = Popularity(PopularitySettings(0.1))
    for model in (old, new):
        model.fit(log, NO_CATALOGUE, Progress())
    history = log_of([[]], 3)
    assert old.score(history).argmax() == 0
    assert new.score(history).argmax() == 1
    assert new.score(history)[0, 2] == 0


def test_the_half_life_that_foretells_the_end_is_chosen() -> None:
    rng = np.random.default_rng(0)
    times = np.arange(3000)
    drifting = np.clip(times // 300 + rng.integers(0, 2, 3000), 0, 9)
    steady = rng.integers(0, 10, 3000)
    model = Popularity()
    scores = []
    for items in (drifting, steady):
        model.fit(log_of([items.tolist()], 10, [times.tolist()]), NO_CATALOGUE, Progress())
        scores.append(model.score(log_of([[]], 10))[0])
    assert scores[0].argmax() == 9
    assert scores[0][0] < 0.05, "what was popular long ago has faded"
    assert scores[1].min() > 0.9, "where nothing drifts nothing fades"


def test_transitions_count_pairs_by_distance_and_direction() -> None:
    plain = TransitionsSettings(window=2, decay=0.5, reverse=0.25, source_power=0, target_power=0, history_decay=0.5)
    model = Transitions(plain)
    model.fit(log_of([[0, 1, (5, DISLIKE), -1, 2], [2, 3]], ITEMS), NO_CATALOGUE, Progress())
    after_two = model.score(log_of([[2]], ITEMS))[0]
    assert after_two == pytest.approx([0.125, 0.25, 0, 1, 0, 0], abs=1e-5), "users are not joined, dislikes passed over"
    both = model.score(log_of([[0, 2]], ITEMS))[0]
    assert both == pytest.approx([0.125, 0.25 + 0.5, 0.25, 1, 0, 0], abs=1e-5)


def test_transitions_in_pieces_count_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    log = random_log(50, 20)
    whole = Transitions()
    whole.fit(log, NO_CATALOGUE, Progress())
    monkeypatch.setattr("core.models.transitions.PIECE", 37)
    monkeypatch.setattr("core.models.transitions.PART", 41)
    pieces = Transitions()
    pieces.fit(log, NO_CATALOGUE, Progress())
    assert pieces.score(log) == pytest.approx(whole.score(log), rel=1e-5)


def test_content_ranks_what_reads_alike_and_no_item_without_text() -> None:
    vectors = np.array([[1, 0, 0], [0.9, 0.1, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]], dtype=np.float32)
    model = Content(ContentSettings(), vectors)
    model.fit(log_of([[]], 5), NO_CATALOGUE, Progress())
    scores = model.score(log_of([[2, 0]], 5))[0]
    assert scores[:2].min() > scores[2:].max()


def test_words_rank_what_shares_them_and_an_item_says_nothing_of_itself() -> None:
    scores = fitted("words", random_log(5, ITEMS)).score(log_of([[0], [2, 0], [4], []], ITEMS))
    assert scores[0].argsort()[::-1][:1].tolist() == [1]
    assert scores[0, [0, 2, 4]] == pytest.approx(0, abs=1e-6)
    assert scores[1, 1] == pytest.approx(scores[0, 1])
    assert 0 < scores[1, 3] < scores[1, 1], "what was long ago has faded"
    assert not scores[2:].any()


def test_what_comes_late_in_sequences_is_on_the_rise() -> None:
    log = log_of([[0, 0, 1], [0, 2, 1], [0, (1, DISLIKE), 2, 1, (0, DISLIKE)]], 4)
    scores = fitted("trend", log).score(log_of([[]], 4))[0]
    assert scores[1] > scores[3] > scores[0], "an item without events is neither late nor early"
    assert scores[1] > scores[2] > scores[0]


@given(st.integers(1, 8), st.integers(0, 8))
def test_vectors_keep_their_angles_where_nothing_is_cut(width: int, dimensions: int) -> None:
    vectors = np.random.default_rng(width).normal(size=(12, width)).astype(np.float32)
    found, _ = prepared(vectors, dimensions)
    assert found.shape == (12, min(width, dimensions) if dimensions else width)
    if dimensions >= width:
        whole, _ = prepared(vectors, 0)
        assert found @ found.T == pytest.approx(whole @ whole.T, abs=1e-4)


@given(logs(items=ITEMS, users=1, longest=6))
def test_content_shares_are_those_of_the_game(history: EventLog) -> None:
    model = Content(ContentSettings(history_decay=0.5), VECTORS)
    model.fit(history, NO_CATALOGUE, Progress())
    axes, weights = prepared(VECTORS, 0)[0], fading(history, 0.5, 50)
    profile = weights @ axes[history.item]
    length = np.linalg.norm(profile) or 1.0  # of the whole history, whatever part of it is shown

    near = weights @ axes[history.item] @ axes.T > 1e-9  # the others have 0 whatever part of the history is shown

    def value(shown: NDArray[np.bool_]) -> NDArray[np.float32]:
        return (near * ((shown * weights) @ axes[history.item] @ axes.T / length) ** 2).astype(np.float32)

    items = np.arange(ITEMS, dtype=np.int32)
    game, found = shapley(value, history.events), model.event_shares(history, items)
    assert found.shares == pytest.approx(game.shares, abs=1e-4)
    assert found.base == pytest.approx(game.base, abs=1e-4)


def test_no_text_at_all_is_told() -> None:
    for name in ("words", "content"):
        model = create(name, np.zeros((ITEMS, 0), dtype=np.float32))
        with pytest.raises(SeqlensError, match="No item has a title"):
            model.fit(random_log(5, ITEMS), titled([None, "", "-"]), Progress())


@pytest.mark.parametrize("name", SIMPLE)
def test_a_model_that_is_not_fitted_says_so(name: str) -> None:
    with pytest.raises(SeqlensError, match="not been"):
        create(name, VECTORS).score(log_of([[0]], ITEMS))


def test_counting_can_be_stopped() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        Transitions().fit(random_log(5), NO_CATALOGUE, progress)


def test_every_model_can_be_made_and_says_when_to_choose_it() -> None:
    for name, sentence in MODELS.items():
        assert create(name, VECTORS, device="cpu").name == name
        assert sentence.endswith(".")
    assert not uses_vectors("transitions")
    assert uses_vectors("hybrid")
    with pytest.raises(SeqlensError, match="Choose one of"):
        create("magic")
    with pytest.raises(SeqlensError, match="no setting speed"):
        create("transitions", options={"transitions": {"speed": 9}})
    with pytest.raises(SeqlensError, match="window"):
        create("transitions", options={"transitions": {"window": 0}})
    with pytest.raises(SeqlensError, match="half-life"):
        replace(PopularitySettings(), half_life=-1.0)
