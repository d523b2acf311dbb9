"""Items that a model has learned nothing of: what they are lent, and that their scores still add up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from core.evaluation.evaluate import evaluate
from core.evaluation.newcomers import leave_items_out
from core.evaluation.split import leave_one_out
from core.models.available import create
from core.models.base import Recommender
from core.models.content import Content
from core.models.foretold import NEAREST, REGRESSION
from core.models.growing import GAINS, Newcomers, Way, best_way, grown, without_events
from core.models.hybrid import Hybrid
from core.models.popularity import Popularity
from core.progress import Progress
from core.sequences.log import EventLog
from tests.checkpoints import MemoryCheckpoint
from tests.logs import NO_CATALOGUE, log_of, titled

THEMES, EACH = 6, 10
ITEMS = THEMES * EACH
SMALL: dict[str, dict[str, object]] = {"transformer": {"epochs": 3, "width": 16, "blocks": 1, "members": 1}}


def shop(seed: int = 0) -> tuple[EventLog, NDArray[np.float32]]:
    """Users who stay within one of six themes, and vectors of items that tell the theme."""
    rng = np.random.default_rng(seed)
    users = [[int(item) for item in rng.permutation(EACH)[:7] + EACH * (user % THEMES)] for user in range(240)]
    centres = rng.normal(size=(THEMES, 16))
    vectors = centres[np.arange(ITEMS) // EACH] + 0.3 * rng.normal(size=(ITEMS, 16))
    return log_of(users, ITEMS), (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


WRITTEN = pa.array([f"theme {item // EACH} part {item % EACH}" for item in range(ITEMS)], pa.string())
TITLES = titled(WRITTEN.to_pylist())


def newcomers(vectors: NDArray[np.float32], known: int, fresh: NDArray[np.bool_], gain: float = 1.5) -> Newcomers:
    return Newcomers(known, fresh, vectors, np.zeros((0, vectors.shape[1]), dtype=np.float32), gain)


@pytest.fixture(scope="module")
def trained() -> tuple[Hybrid, EventLog, NDArray[np.float32]]:
    """A hybrid that was fitted before the items of the last theme came."""
    log, vectors = shop()
    kept = log.take(log.item < ITEMS - EACH)
    kept = kept.known(ITEMS - EACH, 2)
    model = create("hybrid", vectors[: ITEMS - EACH], options=SMALL, device="cpu")
    model.fit(kept, titled(TITLES.titles.to_pylist()[: ITEMS - EACH]), Progress())
    assert isinstance(model, Hybrid)
    return model, log, vectors


def test_what_is_lent_is_the_gained_mean_of_the_nearest() -> None:
    _, vectors = shop()
    fresh = np.arange(ITEMS) % EACH == 0
    new = newcomers(vectors, ITEMS, fresh, gain=2.0)
    mixed = new.parts(np.arange(ITEMS, dtype=np.int32))
    np.testing.assert_array_equal(mixed[~fresh], np.eye(ITEMS)[~fresh])
    np.testing.assert_allclose(mixed[fresh].sum(1), 1.0, atol=1e-5)
    values = np.random.default_rng(1).normal(size=(ITEMS, 3)).astype(np.float32)
    np.testing.assert_allclose(new.lend(values), mixed[fresh] @ values, atol=1e-4)
    theme = np.eye(THEMES, dtype=np.float32)[np.arange(ITEMS) // EACH]
    np.testing.assert_array_equal(new.lend(theme).argmax(1), np.arange(THEMES))


def test_an_item_without_a_text_is_nameless() -> None:
    _, vectors = shop()
    vectors[5] = 0.0
    fresh = np.arange(ITEMS) < 8
    new = newcomers(vectors, ITEMS, fresh)
    assert np.flatnonzero(new.nameless).tolist() == [5]
    mean = new.lend(np.arange(ITEMS, dtype=np.float32)[:, None])[5]
    assert mean == pytest.approx((1 - new.gain) * np.arange(ITEMS).mean(), abs=1e-3)


def test_scores_of_known_items_stay_and_those_of_new_ones_add_up(
    trained: tuple[Hybrid, EventLog, NDArray[np.float32]],
) -> None:
    model, log, vectors = trained
    known = ITEMS - EACH
    fresh = np.arange(ITEMS) >= known
    larger = grown(model, newcomers(vectors, known, fresh))
    assert larger is not None
    for name, part in model.models.items():
        before = part.score(log.block(0, 4).known(known, 2))
        after = larger.models[name].score(log.block(0, 4))  # type: ignore[attr-defined]
        np.testing.assert_allclose(after[:, :known], before, atol=2e-3, err_msg=name)
    history = log.block(5, 6)  # a user of the last theme, all of whose items came later
    items = np.array([2, known, ITEMS - 1], dtype=np.int32)
    found = larger.explain(history, items)
    scores = larger.score(history)[0, items]
    np.testing.assert_allclose(found.scores, scores, atol=1e-4)
    np.testing.assert_allclose(found.component_base + found.component_shares.sum(1), scores, atol=1e-4)
    np.testing.assert_allclose(found.event_base + found.event_shares.sum(1), scores, atol=2e-4)


def test_a_model_that_cannot_take_them_says_so() -> None:
    log, vectors = shop()
    regression: Recommender = create("language-regression", vectors)
    assert grown(regression, newcomers(vectors, ITEMS, np.zeros(ITEMS, dtype=np.bool_))) is None
    assert not without_events(log).any()


def test_items_left_out_are_found_by_their_texts() -> None:
    log, vectors = shop(3)
    out = leave_items_out(leave_one_out(log), 0.1)
    assert out.items.sum() == out.twins.sum() == ITEMS // 10
    assert not (out.items & out.twins).any()
    assert not out.items[out.train.item].any()
    for cases, truths in ((out.new, out.items), (out.rare, out.twins)):
        assert truths[cases.truth].all()
        assert not out.items[cases.histories.item].any()
    model = create("hybrid", vectors, options=SMALL, device="cpu")
    assert isinstance(model, Hybrid)
    model.fit_validated(out.train, TITLES, out.validation, True, Progress(), MemoryCheckpoint())
    assert model.settings.gain in GAINS
    assert model.settings.new_by in (NEAREST, REGRESSION)
    larger = grown(model, newcomers(vectors, ITEMS, out.items))
    assert larger is not None
    plain = evaluate(model, out.new, True, 10, Progress()).metrics["ndcg@10"]
    better = evaluate(larger, out.new, True, 10, Progress()).metrics["ndcg@10"]
    assert better > plain
    assert Hybrid.from_state(*model.state()).settings == model.settings


def test_the_gain_is_chosen_by_items_that_are_taken_for_new() -> None:
    log, vectors = shop(1)
    split = leave_one_out(log)
    model = Content(vectors=vectors)
    model.fit(split.train, NO_CATALOGUE, Progress())
    asked = split.train, split.validation, True, 0, Progress()
    assert best_way(model, vectors, WRITTEN, *asked) == Way(NEAREST, GAINS[0])  # it reads texts


def test_what_words_tell_is_foretold_where_the_nearest_texts_mislead() -> None:
    """Popular is what is called new; vectors tell the theme, which has nothing to do with it."""
    log, vectors = shop(2)
    rng = np.random.default_rng(0)
    called = rng.random(ITEMS) < 0.5
    popularity = np.where(called, 1.0, 0.0).astype(np.float32)[:, None]
    fresh = np.arange(ITEMS) % 6 == 1
    written = pa.array(["new" if new else "old" for new in called], pa.string())
    near = newcomers(vectors, ITEMS, fresh, gain=1.0)
    told = replace(near, way=REGRESSION, written=written)
    np.testing.assert_array_equal(near.foretell(popularity), near.lend(popularity))
    mislead = np.abs(near.lend(popularity)[:, 0] - called[fresh]).mean()
    assert np.abs(told.foretell(popularity)[:, 0] - called[fresh]).mean() < 0.5 * mislead
    learned = popularity[~fresh].mean()
    farther = replace(told, gain=2.0).foretell(popularity) - learned
    np.testing.assert_allclose(farther, 2.0 * (told.foretell(popularity) - learned), atol=1e-5)
    model = Popularity()
    model.fit(log, NO_CATALOGUE, Progress())
    larger = grown(model, told)
    assert larger is not None
    history, items = log.block(0, 1), np.arange(ITEMS, dtype=np.int32)
    scores = larger.score(history)[0]
    own = model.score(history)[0]
    np.testing.assert_array_equal(scores[~fresh], own[~fresh])
    np.testing.assert_allclose(scores[fresh], told.foretell(own[:, None])[:, 0], atol=1e-6)
    found = larger.explain(history, items)
    np.testing.assert_allclose(found.event_base + found.event_shares.sum(1), scores, atol=1e-5)


def test_a_nameless_item_is_foretold_the_average() -> None:
    _, vectors = shop()
    vectors[5] = 0.0
    fresh = np.arange(ITEMS) < 8
    new = replace(newcomers(vectors, ITEMS, fresh), way=REGRESSION, written=WRITTEN)
    values = np.arange(ITEMS, dtype=np.float32)[:, None]
    assert new.foretell(values)[5, 0] == pytest.approx(values[~fresh].mean(), abs=1e-4)


def test_the_way_is_chosen_in_which_new_and_other_items_are_found_best() -> None:
    """Everybody goes through the things called new; the vectors are noise."""
    rng = np.random.default_rng(4)
    called = np.arange(ITEMS) % 3 == 0
    odds = np.where(called, 10.0, 1.0)
    odds /= odds.sum()
    log = log_of([rng.choice(ITEMS, 8, replace=False, p=odds).tolist() for _ in range(300)], ITEMS)
    vectors = rng.normal(size=(ITEMS, 16)).astype(np.float32)
    written = pa.array(["new" if new else "old" for new in called], pa.string())
    split = leave_one_out(log)
    model = Popularity()
    model.fit(split.train, NO_CATALOGUE, Progress())
    way = best_way(model, vectors, written, split.train, split.validation, True, 0, Progress())
    assert way.name == REGRESSION
