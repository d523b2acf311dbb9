"""The hybrid weighs its components by what they foretell, and its scores can be taken apart."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.evaluation.evaluate import evaluate
from core.evaluation.split import Split, leave_one_out
from core.models.attribution import Shares, shapley
from core.models.available import again, create, rebuild
from core.models.hybrid import Hybrid, HybridSettings, fit_weights, spread
from core.models.parts import OneComponent
from core.models.transitions import Transitions
from core.progress import Cancelled, Progress
from core.sequences.log import EventLog
from tests.checkpoints import MemoryCheckpoint
from tests.logs import NO_CATALOGUE, log_of, logs, one, random_log, titled

ITEMS = 50
VECTORS = np.random.default_rng(1).normal(size=(ITEMS, 8)).astype(np.float32)
COUNTS = {"hybrid": {"components": ["popularity", "transitions", "content"]}}


class Curved(OneComponent):
    """A model that is neither linear nor square in events, known by its scores of masked histories alone."""

    name: ClassVar[str] = "curved"

    def fit(self, log: EventLog, catalogue: object, progress: Progress) -> None:
        """Nothing to learn."""

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        every = np.arange(histories.items, dtype=np.int32)
        rows = [
            self.masked_scores(history, np.ones((1, history.events), np.bool_), every)[0]
            for history in (one(histories, user) for user in range(histories.users))
        ]
        return np.stack(rows)

    def masked_scores(
        self, history: EventLog, coalitions: NDArray[np.bool_], items: NDArray[np.int32]
    ) -> NDArray[np.float32]:
        liked = history.positive.astype(np.float32)
        near = np.cos(history.item[:, None] * 0.7 + items) * liked[:, None]
        return np.tanh(1.5 * (coalitions @ near)).astype(np.float32)

    def event_shares(self, history: EventLog, items: NDArray[np.int32]) -> Shares:
        return shapley(lambda coalitions: self.masked_scores(history, coalitions, items), history.events)


@pytest.fixture(scope="module")
def split() -> Split:
    return leave_one_out(random_log(400, ITEMS))


@pytest.fixture(scope="module")
def hybrid(split: Split) -> Hybrid:
    model = create("hybrid", VECTORS, options=COUNTS)
    assert isinstance(model, Hybrid)
    model.fit_validated(split.train, NO_CATALOGUE, split.validation, True, Progress(), MemoryCheckpoint())
    return model


def test_words_are_left_out_where_titles_are_signs_alone(split: Split) -> None:
    model = create("hybrid", VECTORS, options={"hybrid": {"components": ["transitions", "words"]}})
    assert isinstance(model, Hybrid)
    signs = titled(["★", "♥ ♥"] * (ITEMS // 2) + [None] * (ITEMS % 2))
    model.fit_validated(split.train, signs, split.validation, True, Progress(), MemoryCheckpoint())
    assert list(model.models) == ["transitions"]


def test_weight_goes_to_what_foretells(hybrid: Hybrid) -> None:
    assert sum(hybrid.weights.values()) == pytest.approx(1)
    assert hybrid.weights["transitions"] > 0.6, "the walks follow a ring"
    assert hybrid.weights["content"] < 0.15, "the vectors are noise"


def test_each_weight_has_an_interval_that_more_cases_make_narrower(hybrid: Hybrid, split: Split) -> None:
    for name, (low, high) in hybrid.weight_intervals.items():
        assert 0 <= low <= hybrid.weights[name] <= high <= 1
    few = fit_weights(hybrid.models, split.validation, True, HybridSettings(cases=60), Progress())
    widths = [np.ptp(each["transitions"]) for each in (few.intervals, hybrid.weight_intervals)]
    assert widths[0] > 1.5 * widths[1] > 0


def test_the_interval_is_that_of_fitting_again(hybrid: Hybrid, split: Split) -> None:
    rng = np.random.default_rng(5)
    found = []
    for _ in range(40):
        some = rng.integers(0, len(split.validation.users), len(split.validation.users))
        cases = replace(
            split.validation,
            users=split.validation.users[some],
            histories=split.validation.histories.select(some),
            truth=split.validation.truth[some],
        )
        found.append(fit_weights(hybrid.models, cases, True, HybridSettings(), Progress()).values["transitions"])
    low, high = hybrid.weight_intervals["transitions"]
    assert (high - low) / (4 * np.std(found)) == pytest.approx(1, abs=0.5)


def test_the_sum_is_no_worse_than_its_best_part(hybrid: Hybrid, split: Split) -> None:
    def figure(model: object) -> float:
        return evaluate(model, split.validation, True, 10, Progress()).metrics["ndcg@10"]  # type: ignore[arg-type]

    assert figure(hybrid) >= max(map(figure, hybrid.models.values())) - 0.005, (
        "the weights maximise a likelihood, which is not NDCG itself"
    )


def test_weights_do_not_depend_on_the_scale_of_a_component(hybrid: Hybrid, split: Split) -> None:
    class Louder(Transitions):
        def score(self, histories: EventLog) -> NDArray[np.float32]:
            return super().score(histories) * 1000 + 7

    loud = Louder(hybrid.models["transitions"].settings)  # type: ignore[attr-defined]
    loud.fit(split.train, NO_CATALOGUE, Progress())
    models = {**hybrid.models, "transitions": loud}
    found = fit_weights(models, split.validation, True, HybridSettings(), Progress()).values
    assert found == pytest.approx(hybrid.weights, abs=0.01)


@settings(max_examples=40, deadline=None)
@given(histories=logs(items=ITEMS, users=3, longest=14))
def test_both_splits_sum_to_the_score(hybrid: Hybrid, histories: EventLog) -> None:
    model = Hybrid([*hybrid.models.values(), Curved()], HybridSettings(weights={**hybrid.weights, "curved": 0.5}))
    scores = model.score(histories)
    assert scores.shape == (histories.users, ITEMS)
    wanted = np.array([3, 41, 0], dtype=np.int32)
    names, base, shares = model.parts(histories, np.tile(wanted, (histories.users, 1)))
    assert names == ("popularity", "transitions", "content", "curved")
    assert base + shares.sum(2) == pytest.approx(scores[:, wanted], abs=1e-4)
    for user in range(histories.users):
        found = model.explain(one(histories, user), wanted)
        assert found.scores == pytest.approx(scores[user, wanted], abs=1e-4)
        assert found.component_base + found.component_shares.sum(1) == pytest.approx(found.scores, abs=1e-4)
        assert found.event_base + found.event_shares.sum(1) == pytest.approx(found.scores, abs=1e-4)
        assert bool(found.event_errors.any()) <= (histories.lengths[user] > 10), "up to 10 events nothing is sampled"


def test_who_liked_nothing_yet_gets_what_is_popular(hybrid: Hybrid) -> None:
    scores = hybrid.score(log_of([[], [(3, 1)], [3]], ITEMS))
    popular = hybrid.models["popularity"].score(log_of([[]], ITEMS))[0]
    assert (np.argsort(-scores[0], kind="stable") == np.argsort(-popular, kind="stable")).all()
    assert (scores[0] == scores[1]).all(), "a dislike alone is no history"
    assert (scores[0] != scores[2]).any()


def test_a_state_is_all_of_the_hybrid(hybrid: Hybrid, split: Split) -> None:
    tensors, facts = hybrid.state()
    back = rebuild("hybrid", {name: array.copy() for name, array in tensors.items()}, facts)
    assert isinstance(back, Hybrid)
    assert back.weights == hybrid.weights
    assert (back.score(split.test.histories) == hybrid.score(split.test.histories)).all()
    with pytest.raises(SeqlensError, match="damaged"):
        rebuild("hybrid", tensors, {"settings": {}})


def test_the_serving_fit_has_the_same_weights_and_other_events(hybrid: Hybrid, split: Split) -> None:
    serving = again(hybrid)
    assert isinstance(serving, Hybrid)
    serving.fit(random_log(400, ITEMS), NO_CATALOGUE, Progress())
    assert serving.weights == hybrid.weights
    history = split.test.histories
    assert (serving.score(history) != hybrid.score(history)).any()


def test_without_validation_the_weights_are_even() -> None:
    log = log_of([[0, 1], [1, 2]], ITEMS)
    model = create("hybrid", None, options=COUNTS)
    assert isinstance(model, Hybrid)
    cases = leave_one_out(log).validation
    model.fit_validated(log, NO_CATALOGUE, cases, True, Progress(), MemoryCheckpoint())
    assert model.weights == {"popularity": 0.5, "transitions": 0.5}, "there are no texts, so there is no content"


def test_weights_that_cannot_be_are_told() -> None:
    for weights in ({"transitions": -1.0}, {"transitions": 0.0}, {}):
        with pytest.raises(SeqlensError, match="0 or more"):
            create("hybrid", None, options={"hybrid": {"components": ["transitions"], "weights": weights}})
    with pytest.raises(SeqlensError, match="no component magic"):
        create("hybrid", None, options={"hybrid": {"components": ["transitions"], "weights": {"magic": 1.0}}})
    with pytest.raises(SeqlensError, match="at least one component"):
        create("hybrid", None, options={"hybrid": {"components": []}})


def test_a_part_that_tells_no_items_apart_has_no_weight(split: Split) -> None:
    model = create("hybrid", VECTORS, options={"hybrid": {"components": ["popularity", "transitions", "words"]}})
    assert isinstance(model, Hybrid)
    catalogue = titled([f"title{item}" for item in range(split.train.items)])  # no two share a word
    model.fit_validated(split.train, catalogue, split.validation, True, Progress(), MemoryCheckpoint())
    assert model.weights["words"] == 0.0
    assert model.weights["transitions"] > 0


def test_weighing_can_be_stopped(hybrid: Hybrid, split: Split) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        fit_weights(hybrid.models, split.validation, True, HybridSettings(), progress)


def test_the_transformer_is_a_part_like_any_other(split: Split) -> None:
    options = {"transformer": {"width": 16, "epochs": 2}}
    model = create("hybrid", VECTORS, device="cpu", options=options)
    assert isinstance(model, Hybrid)
    catalogue = titled([f"kind {item % 3}" for item in range(split.train.items)])
    model.fit_validated(split.train, catalogue, split.validation, True, Progress(), MemoryCheckpoint())
    assert list(model.weights) == ["popularity", "trend", "eras", "transitions", "words", "content", "transformer"]
    assert len(model.curve) == 2
    tensors, facts = model.state()
    back = rebuild("hybrid", tensors, facts)
    history, items = one(split.test.histories, 3), np.array([5, 9], dtype=np.int32)
    found, same = model.explain(history, items), back.explain(history, items)
    assert same.scores == pytest.approx(found.scores, abs=1e-5)
    assert found.event_base + found.event_shares.sum(1) == pytest.approx(found.scores, abs=1e-4)


@given(st.floats(-100, 100), st.floats(0.01, 100))
def test_spread_is_undone_by_scale_and_shift(shift: float, scale: float) -> None:
    row = np.array([[0, 1, 2, 5]], dtype=np.float32) * np.float32(scale) + np.float32(shift)
    mean, factor = spread(row)
    z = (row[0] - mean[0]) * factor[0]
    assert (z.mean(), z.std()) == (pytest.approx(0, abs=1e-2), pytest.approx(1, abs=1e-3))
    assert spread(np.full((1, 4), shift, np.float32))[1].tolist() == [0.0]
