"""A private training keeps its promise: clipped users, noise as accounted, coins for users, a budget that is stated."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.errors import SeqlensError
from core.progress import Cancelled, Progress
from core.training import private
from core.training.private import PrivateSettings, planned, spent, train_privately
from tests.checkpoints import MemoryCheckpoint

pytest.importorskip("opacus")


class Pull:
    """A model of one long parameter, which every user pulls the same way with a strength of their own."""

    def __init__(self, size: int = 5000, strength: float = 100.0) -> None:
        self.learned = [nn.Parameter(torch.zeros(size))]
        self.drawn: list[NDArray[np.int64]] = []
        self._strength = strength

    def of(self, users: NDArray[np.int64], rng: np.random.Generator) -> Iterator[tuple[list[Tensor], Tensor]]:
        del rng
        self.drawn.append(users)
        for some in np.array_split(users, 3):
            if len(some):
                gradients = torch.full((len(some), len(self.learned[0])), -self._strength)
                yield [gradients], torch.ones(len(some))


class StopAt(Progress):
    """Asks for the end at a step."""

    def __init__(self, step: int) -> None:
        super().__init__()
        self._step = step

    def report(self, fraction: float, message: str, figures: dict[str, float | int | str]) -> None:
        del fraction, message
        if figures.get("step") == self._step:
            self.cancel()


def of_integer_orders(noise: float, rate: float, steps: int, delta: float) -> float:
    """The bound of Mironov et al. 2019 ("Rényi differential privacy of the sampled Gaussian mechanism") by itself."""
    best = math.inf
    for order in range(2, 64):
        terms = [
            math.lgamma(order + 1)
            - math.lgamma(k + 1)
            - math.lgamma(order - k + 1)
            + (order - k) * math.log1p(-rate)
            + k * math.log(rate)
            + k * (k - 1) / (2 * noise**2)
            for k in range(order + 1)
        ]
        largest = max(terms)
        total = steps * (largest + math.log(sum(math.exp(term - largest) for term in terms))) / (order - 1)
        best = min(best, total + math.log(1 / delta) / (order - 1))
    return best


@pytest.mark.parametrize("epsilon", [1.0, 8.0])
def test_the_noise_is_the_least_that_keeps_the_budget(epsilon: float) -> None:
    budget = planned(1000, PrivateSettings(epsilon=epsilon, drawn=200, steps=50))
    assert 0.95 * epsilon < budget.epsilon <= epsilon
    assert budget.delta == 1e-5
    assert (budget.rate, budget.users, budget.steps) == (0.2, 1000, 50)
    bound = of_integer_orders(budget.noise, 0.2, 50, budget.delta)
    assert budget.epsilon <= bound < 1.3 * budget.epsilon  # a cruder word on the same noise
    assert spent(budget.noise, 0.2, 25, budget.delta) < budget.epsilon
    assert planned(100_000_000, PrivateSettings(epsilon=epsilon)).delta == 1e-9


def test_without_noise_nothing_is_promised() -> None:
    assert planned(1000, PrivateSettings(epsilon=8.0, noisy=False)).epsilon == math.inf


def test_an_epsilon_that_is_out_of_reach_is_refused() -> None:
    with pytest.raises(SeqlensError, match="Take a larger one"):
        planned(1000, PrivateSettings(epsilon=1e-9))


def test_without_opacus_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SeqlensError, match=r"\.\[private\]"):
        planned(1000, PrivateSettings(epsilon=8.0))


def test_the_sum_has_the_noise_that_was_accounted() -> None:
    settings = PrivateSettings(epsilon=2.0, clip=0.5, drawn=100, steps=20)
    means = []
    for strength in (0.0, 100.0):
        model = Pull(strength=strength)
        state = private._State(model, budget := planned(1000, settings), settings, None)
        state.step(np.random.default_rng(0), Progress())
        grad = model.learned[0].grad
        assert grad is not None
        assert float(grad.std()) * 100 == pytest.approx(budget.noise * 0.5, rel=0.05)
        means.append(float(grad.mean()))
    drawn = np.count_nonzero(np.random.default_rng(0).random(1000) < 0.1)
    pulled = -drawn * 0.5 / math.sqrt(5000) / 100  # each user counts for the clipped length alone
    assert means[1] - means[0] == pytest.approx(pulled, abs=4 * budget.noise * 0.5 / 100 / math.sqrt(5000) * 1.5)


def test_each_user_has_a_coin_of_their_own_and_no_seed_gives_the_noise_again() -> None:
    settings, ends = PrivateSettings(epsilon=4.0, drawn=60, steps=40), []
    for _ in range(2):
        model = Pull(size=20)
        learned = train_privately(model, 600, settings, Progress())
        sizes = [len(users) for users in model.drawn]
        assert len(sizes) == 40
        assert len(set(sizes)) > 5  # of a shuffled order all would be equal
        assert np.mean(sizes) == pytest.approx(60, abs=5 * math.sqrt(54 / 40))
        ends.append(learned.weights[0])
    assert not torch.allclose(ends[0], ends[1])


def test_a_stopped_training_goes_on_or_ends_with_what_it_spent() -> None:
    settings, place = PrivateSettings(epsilon=4.0, drawn=60, steps=40), MemoryCheckpoint()
    other = PrivateSettings(epsilon=8.0, drawn=60, steps=40)
    with pytest.raises(Cancelled):
        train_privately(Pull(size=20), 600, settings, StopAt(21), place)
    ended = train_privately(Pull(size=20), 600, settings, Progress(), place, finish=True)
    assert ended.budget.steps == 20
    assert ended.budget.epsilon < 3.5
    model = Pull(size=20)
    whole = train_privately(model, 600, settings, Progress(), place)
    assert len(model.drawn) == 20
    assert whole.budget.steps == 40
    assert whole.budget.epsilon == pytest.approx(planned(600, settings).epsilon)
    assert [point["epoch"] for point in whole.curve] == list(range(1, 21))
    with pytest.raises(SeqlensError, match="another model"):  # other noise would make the promise untrue
        train_privately(Pull(size=20), 600, other, Progress(), place)


def test_nothing_learned_cannot_be_finished() -> None:
    settings = PrivateSettings(epsilon=4.0, drawn=60, steps=40)
    with pytest.raises(SeqlensError, match="before it had learned"):
        train_privately(Pull(), 600, settings, Progress(), MemoryCheckpoint(), finish=True)
