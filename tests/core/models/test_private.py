"""The private transformer: what one user adds is bounded and hangs on that user alone, and it still learns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings

from core.evaluation.evaluate import evaluate
from core.evaluation.split import leave_one_out
from core.models import private as models
from core.models.ensemble import TransformerEnsemble
from core.models.network import TransformerSettings
from core.models.private import NO_VALUES, PrivateTransformer, UserGradients
from core.models.transformer import SequenceTransformer
from core.progress import Progress
from core.sequences.log import EventLog
from core.training.batches import Events, last_windows, training_block
from core.training.private import PrivateSettings, _State, planned
from tests.checkpoints import MemoryCheckpoint
from tests.logs import NO_CATALOGUE, logs, random_log

pytest.importorskip("opacus")

SMALL = TransformerSettings(
    encoder="attention", width=8, blocks=2, heads=2, longest=16, dropout=0.0, private_epsilon=8.0, private_steps=5
)
VECTORS = np.random.default_rng(1).normal(size=(50, 12)).astype(np.float32)


def gradients_of(log: EventLog) -> UserGradients:
    model = SequenceTransformer(SMALL, VECTORS[: log.items], "cpu")
    module = model._build(model.settings.suited(log), log.items, len(log.behaviours))
    with torch.no_grad():  # at first nothing of a text is read
        module.project.normal_(std=0.05, generator=torch.Generator().manual_seed(0))
    return UserGradients(module, Events.of(log, *NO_VALUES))


def rows(users: UserGradients, some: np.ndarray) -> torch.Tensor:
    """The whole gradient of each of some users, float [users, parameters], the shortest sequence first."""
    found = [
        torch.cat([each.flatten(1) for each in gradients], 1)
        for gradients, _ in users.of(some.astype(np.int64), np.random.default_rng(0))
    ]
    return torch.cat(found)


@settings(max_examples=15, deadline=None)
@given(logs(items=12, users=5))
def test_no_user_adds_more_than_the_clipped_length(log: EventLog) -> None:
    users, asked = gradients_of(log), PrivateSettings(epsilon=8.0, clip=0.01, noisy=False)

    def summed(some: np.ndarray) -> torch.Tensor:
        state = _State(users, planned(log.users, asked), asked, None)
        for gradients, _ in users.of(some, np.random.default_rng(0)):
            state._clip(gradients, more=True)
        sums = [value.summed_grad for value in users.learned]  # type: ignore[attr-defined]
        return torch.cat([value.flatten() for value in sums if value is not None])

    every = np.arange(log.users)
    whole = summed(every)
    for user in every[: log.users - 1]:
        without = summed(np.delete(every, user))
        assert float((whole - without).norm()) <= 0.01 * (1 + 1e-3)


def test_the_gradient_of_a_user_hangs_on_nobody_else() -> None:
    log = random_log(users=30, items=50, longest=14)
    users, order = gradients_of(log), np.argsort(log.lengths, kind="stable")
    together = rows(users, np.arange(log.users))
    for place, user in enumerate(order):
        alone = rows(users, np.array([user]))[0]
        torch.testing.assert_close(together[place], alone, atol=1e-6, rtol=1e-4)


def test_it_is_the_gradient_of_the_networks_own_loss() -> None:
    log = random_log(users=4, items=50, longest=14)
    users = gradients_of(log)
    network = users._loss.network
    for user in range(log.users):
        block = training_block(Events.of(log, *NO_VALUES), last_windows(log.offsets, 16).select(np.array([user])))
        network.zero_grad()
        network.loss(block, Progress().check).backward()  # type: ignore[no-untyped-call]
        plain = torch.cat([value.grad.flatten() for value in users.learned if value.grad is not None])
        torch.testing.assert_close(rows(users, np.array([user]))[0], plain, atol=1e-5, rtol=1e-3)


def test_evenly_drawn_negatives_stand_for_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    log = random_log(users=3, items=50, longest=14)
    whole = rows(gradients_of(log), np.arange(3))
    monkeypatch.setattr(models, "FULL_SOFTMAX_ITEMS", 10)
    monkeypatch.setattr(models, "NEGATIVES", 20_000)
    drawn = rows(gradients_of(log), np.arange(3))
    assert torch.nn.functional.cosine_similarity(whole, drawn, dim=1).min() > 0.97


def test_values_and_texts_of_events_are_not_read() -> None:
    log = random_log(users=10, items=50, longest=14)
    other = replace(log, value=np.arange(log.events, dtype=np.float32), text=np.zeros(log.events, dtype=np.int32))
    torch.testing.assert_close(rows(gradients_of(log), np.arange(10)), rows(gradients_of(other), np.arange(10)))


def test_it_learns_states_its_budget_and_serves_the_one_network() -> None:
    split = leave_one_out(random_log(users=600, items=20, longest=15))
    chosen = TransformerSettings(private_epsilon=8.0, private_steps=60, private_users=200, learning_rate=2e-2)
    model = PrivateTransformer(chosen, None, "cpu")
    model.fit_validated(split.train, NO_CATALOGUE, split.validation, False, Progress(), MemoryCheckpoint())
    assert model.budget is not None
    assert 7.5 < model.budget.epsilon <= 8.0
    ndcg = evaluate(model, split.test, False, 10, Progress()).metrics["ndcg@10"]
    assert ndcg > 0.35  # 0.23 by chance
    serving = model.unfitted()
    serving.fit(split.train, NO_CATALOGUE, Progress())
    histories = split.test.histories
    np.testing.assert_array_equal(serving.score(histories), model.score(histories))
    again = TransformerEnsemble.from_state(*model.state(), "cpu")
    np.testing.assert_array_equal(again.score(histories), model.score(histories))
    assert again.settings.private_epsilon == 8.0
    assert len(model.curve) == 20


def test_without_noise_it_learns_more() -> None:
    split = leave_one_out(random_log(users=300, items=20, longest=10))
    chosen = TransformerSettings(private_epsilon=0.5, private_steps=30, private_users=100, learning_rate=2e-2)
    figures = []
    for noisy in (True, False):
        model = PrivateTransformer(chosen, None, "cpu").afresh(noisy)
        model.fit(split.train, NO_CATALOGUE, Progress())
        figures.append(evaluate(model, split.test, False, 10, Progress()).metrics["ndcg@10"])
    assert figures[1] > figures[0] + 0.1
