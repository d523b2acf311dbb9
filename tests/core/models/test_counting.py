"""Counts that take in what came after the training are those of a training on everything."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.models import transitions
from core.models.available import create
from core.models.counting import Counting
from core.models.hybrid import Hybrid, HybridSettings
from core.models.popularity import Popularity, PopularitySettings
from core.models.transitions import Transitions, TransitionsSettings
from core.models.trend import Trend
from core.progress import Progress
from core.sequences.log import EventLog
from tests.logs import NO_CATALOGUE, head, logs, random_log

ITEMS = 6
MODELS = {
    "trend": Trend,
    "popularity": lambda: Popularity(PopularitySettings(half_life=0.25)),
    "transitions": lambda: Transitions(TransitionsSettings(window=3, decay=0.8, reverse=0.3)),
}


def tails(log: EventLog, share: float) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """The last events of every user."""
    return log.position >= np.repeat((log.lengths * share).astype(np.int64), log.lengths)


@pytest.mark.parametrize("name", MODELS)
@settings(max_examples=40, deadline=None)
@given(log=logs(items=ITEMS, timed=True), histories=logs(items=ITEMS, users=3), share=st.sampled_from((0.0, 0.4, 0.9)))
def test_what_is_added_is_what_a_fit_on_all_gives(name: str, log: EventLog, histories: EventLog, share: float) -> None:
    new = tails(log, share)
    before, whole = MODELS[name](), MODELS[name]()
    before.fit(log.take(~new), NO_CATALOGUE, Progress())
    whole.fit(log, NO_CATALOGUE, Progress())
    scores = before.score(histories)
    counted = before.counted(log, new, Progress())
    np.testing.assert_allclose(counted.score(histories), whole.score(histories), atol=1e-5)
    np.testing.assert_allclose(
        before.counted(log, None, Progress()).score(histories), whole.score(histories), atol=1e-5
    )
    np.testing.assert_array_equal(before.score(histories), scores)  # the former stays as it was


def with_later_items() -> tuple[EventLog, Transitions, Transitions]:
    """A log, transitions to which its last five items came later, and those that were fitted on all."""
    log = random_log(60, 20)
    order = np.lexsort((log.item >= 15, log.user))  # the events with later items stand behind the others
    log = replace(log, item=log.item[order])
    model, whole = Transitions(), Transitions()
    model.fit(log.known(15, len(log.behaviours)), NO_CATALOGUE, Progress())
    whole.fit(log, NO_CATALOGUE, Progress())
    return log, model.counted(log, log.item >= 15, Progress()), whole


def test_items_that_came_later_are_counted_too() -> None:
    log, counted, whole = with_later_items()
    assert counted.items == 20
    histories = head(log, log.lengths // 2)
    np.testing.assert_allclose(counted.score(histories), whole.score(histories), atol=1e-5)
    assert counted.met[15:].any()


def test_what_was_added_is_explained_and_stored_as_a_fit_on_all_is() -> None:
    log, counted, whole = with_later_items()
    items = np.array([19, 3, 14, 15, 0], np.int32)
    for user in range(0, log.users, 7):
        history = log.block(user, user + 1)
        found, wanted = (model.event_shares(history, items) for model in (counted, whole))
        np.testing.assert_allclose(found.shares, wanted.shares, atol=1e-6)
        np.testing.assert_allclose(found.base, wanted.base, atol=1e-6)
    sources = np.array([1, 18, 7], np.int32)
    for target in (2, 17):
        np.testing.assert_allclose(counted.nearness(sources, target), whole.nearness(sources, target), atol=1e-6)
    again = Transitions.from_state(*counted.state())
    np.testing.assert_allclose(again.score(log), whole.score(log), atol=1e-6)
    twice = np.zeros(log.events, np.bool_)
    np.testing.assert_allclose(counted.counted(log, twice, Progress()).score(log), whole.score(log), atol=1e-6)


def test_nothing_that_was_weighed_is_weighed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    log = random_log(60, 20)
    new = tails(log, 0.9)
    model = Transitions()
    model.fit(log.take(~new), NO_CATALOGUE, Progress())
    monkeypatch.setattr(transitions, "_weighed", None)
    assert model.counted(log, new, Progress()).score(log).shape == (60, 20)


def test_a_stored_model_goes_on_counting_and_scores_as_before() -> None:
    log = random_log(40, ITEMS)
    model = Transitions()
    model.fit(log, NO_CATALOGUE, Progress())
    again = Transitions.from_state(*model.state())
    np.testing.assert_array_equal(again.score(log), model.score(log))
    assert again._forward is not None


def test_a_run_of_an_earlier_version_is_read_and_counted_anew() -> None:
    log = random_log(40, ITEMS)
    model = Transitions()
    model.fit(log, NO_CATALOGUE, Progress())
    model._forward = None  # such a run has the weighed pairs alone
    tensors, told = model.state()
    assert "pairs" in tensors
    again = Transitions.from_state(tensors, told)
    np.testing.assert_array_equal(again.score(log), model.score(log))
    counted = again.counted(log, np.zeros(log.events, np.bool_), Progress())
    np.testing.assert_allclose(counted.score(log), model.score(log), atol=1e-6)


def test_a_sum_counts_its_parts_and_leaves_the_others() -> None:
    log = random_log(40, ITEMS)
    new = tails(log, 0.5)
    parts = [Popularity(), Transitions(), create("ease", None)]
    model = Hybrid(parts, HybridSettings(weights={"popularity": 0.2, "transitions": 0.5, "ease": 0.3}))
    model.fit(log.take(~new), NO_CATALOGUE, Progress())
    assert isinstance(model, Counting)
    counted = model.counted(log, new, Progress())
    whole = Transitions()
    whole.fit(log, NO_CATALOGUE, Progress())
    np.testing.assert_allclose(counted.models["transitions"].score(log), whole.score(log), atol=1e-6)
    assert counted.models["ease"] is model.models["ease"]
    assert counted.weights == model.weights


@pytest.mark.parametrize(("share", "rows"), [(0.0, 100), (0.0, 2), (0.5, 100)])
def test_full_rows_add_up_to_the_same_scores(monkeypatch: pytest.MonkeyPatch, share: float, rows: int) -> None:
    log = random_log(40, ITEMS)
    model = Transitions()
    model.fit(log, NO_CATALOGUE, Progress())
    monkeypatch.setattr(transitions, "FULL", 2.0)
    expected = model.score(log)
    monkeypatch.setattr(transitions, "FULL", share)
    monkeypatch.setattr(transitions, "FULL_BYTES", rows * 4 * ITEMS)
    again = Transitions.from_state(*model.state())
    np.testing.assert_allclose(again.score(log), expected, rtol=1e-5)
    assert again._full is not None
    assert 0 < len(again._full.rows) <= rows
