"""A network is trained as its settings say, from the weights that were handed on, until validation is best."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from core.evaluation.evaluate import evaluate
from core.evaluation.split import Cases
from core.models import transformer_fit
from core.models.transformer import SequenceTransformer
from core.models.transformer_fit import Untrained
from core.progress import Cancelled, Progress
from tests.checkpoints import MemoryCheckpoint
from tests.core.models.test_transformer import CATALOGUE, ITEMS, SMALL, held_out, walks

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def vectors() -> NDArray[np.float32]:
    found = np.random.default_rng(1).normal(size=(ITEMS, 24)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


@pytest.mark.parametrize("hide_seen", [True, False])
def test_validation_figure_is_that_of_the_evaluation(vectors: NDArray[np.float32], hide_seen: bool) -> None:
    train, cases = held_out(walks())
    one = SequenceTransformer(replace(SMALL, epochs=2), vectors, "cpu")
    one.fit_validated(train, CATALOGUE, cases, hide_seen, Progress(), MemoryCheckpoint())
    assert one.outcome.best_epoch == 2
    expected = evaluate(one, cases, hide_seen, 10, Progress()).metrics["ndcg@10"]
    assert one.outcome.best == pytest.approx(expected, abs=1e-6)


def test_only_so_many_users_are_validated(vectors: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transformer_fit, "VALIDATED_USERS", 100)
    train, cases = held_out(walks())
    one = SequenceTransformer(replace(SMALL, epochs=1), vectors, "cpu")
    one.fit_validated(train, CATALOGUE, cases, False, Progress(), MemoryCheckpoint())
    users = np.unique(np.linspace(0, 799, 100, dtype=np.int64))
    some = Cases(cases.users[users], cases.histories.select(users), cases.truth[users])
    expected = evaluate(one, some, False, 10, Progress()).metrics["ndcg@10"]
    assert one.outcome.best == pytest.approx(expected, abs=1e-6)


def test_a_truth_that_is_hidden_as_seen_is_a_miss(vectors: NDArray[np.float32]) -> None:
    train, cases = held_out(walks())
    cases = replace(cases, truth=train.item[train.offsets[1:] - 1])
    one = SequenceTransformer(replace(SMALL, epochs=1), vectors, "cpu")
    one.fit_validated(train, CATALOGUE, cases, True, Progress(), MemoryCheckpoint())
    assert one.outcome.best == 0.0


def test_a_network_that_left_the_numbers_is_no_good(vectors: NDArray[np.float32]) -> None:
    train, cases = held_out(walks())
    one = SequenceTransformer(SMALL, vectors, "cpu")
    module = one._build(SMALL.suited(train), ITEMS, 1)
    for weights in module.parameters():
        weights.data.fill_(float("nan"))
    assert transformer_fit.validation(cases, False, one._encode)(module, Progress()) == 0.0


def test_stopped_and_resumed_training_ends_as_one_that_never_stopped(vectors: NDArray[np.float32]) -> None:
    class Stops(Progress):
        def report(self, _: float, message: str, figures: dict[str, float | int | str]) -> None:
            if message.startswith("Training") and figures["epoch"] == 3:
                self.cancel()

    train, cases = held_out(walks())
    settings = replace(SMALL, epochs=5)
    whole, stopped, resumed = (SequenceTransformer(settings, vectors, "cpu") for _ in range(3))
    whole.fit_validated(train, CATALOGUE, cases, False, Progress(), MemoryCheckpoint())
    place = MemoryCheckpoint()
    with pytest.raises(Cancelled):
        stopped.fit_validated(train, CATALOGUE, cases, False, Stops(), place)
    resumed.fit_validated(train, CATALOGUE, cases, False, Progress(), place)
    assert np.array_equal(resumed.score(train), whole.score(train))
    assert resumed.outcome.best == whole.outcome.best


@pytest.mark.parametrize("begun", [True, False])
def test_another_process_builds_the_same_network(vectors: NDArray[np.float32], begun: bool) -> None:
    rng = np.random.default_rng(2)
    texts, ages = rng.normal(size=(7, 24)).astype(np.float16), rng.random((ITEMS, 3)).astype(np.float16)
    here = Untrained(SMALL.suited(walks()), ITEMS, 2, vectors.astype(np.float16), texts, ages)
    if begun:
        drawn = here.network(CPU).state_dict()
        here = replace(here, first={name: value.numpy() + np.float32(1) for name, value in drawn.items()})
    tensors, facts = here.state()
    there = Untrained.from_state(tensors, json.loads(json.dumps(facts))).network(CPU)
    one, other = here.network(CPU).state_dict(), there.state_dict()
    assert one.keys() == other.keys()
    assert all(torch.equal(one[name], other[name]) for name in one)
    assert torch.equal(here.network(CPU).language, there.language)
    assert torch.equal(here.network(CPU).texts, there.texts)
    again = replace(here, settings=replace(here.settings, seed=1)).network(CPU)
    assert torch.equal(again.behaviour.weight, one["behaviour.weight"]) == begun, "drawn from the seed, or handed on"


def test_values_are_told_by_their_mean_and_spread() -> None:
    log = walks(20)
    assert transformer_fit.value_scale(log) == (0.0, 1.0), "no event has one"
    value = np.full_like(log.value, np.nan)
    value[:2] = 1.0, 5.0
    assert transformer_fit.value_scale(replace(log, value=value)) == (3.0, 2.0)
    value[:2] = 4.0
    assert transformer_fit.value_scale(replace(log, value=value)) == (4.0, 1.0), "nothing is divided by zero"
