"""The loop learns, stops when asked, and goes on from its checkpoint with the same bits."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from core.errors import SeqlensError
from core.models.network import Transformer, TransformerSettings
from core.progress import Cancelled, Progress
from core.runs import pack, unpack
from core.training.batches import Block, Events, training_blocks
from core.training.checkpoints import Settings, Tensors
from core.training.loop import LoopSettings, train
from tests.checkpoints import MemoryCheckpoint
from tests.logs import random_log


class Line(nn.Module):
    """The least that can be trained: a logistic regression with dropout on the targets of a block."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.weight = nn.Parameter(torch.randn(4, 3) * 0.1)
        self.dropout = nn.Dropout(0.2)

    def loss(self, block: Block, check: Callable[[], None]) -> Tensor:
        check()
        inputs = nn.functional.one_hot(torch.from_numpy(block.asked), 4).float()
        return nn.functional.cross_entropy(self.dropout(inputs) @ self.weight, torch.from_numpy(block.target))


def blocks(rng: np.random.Generator) -> Iterator[Block]:
    for _ in range(6):
        asked = rng.integers(0, 4, 32)
        empty = np.zeros((1, 4), dtype=np.int64)
        yield Block(empty, empty, empty, empty, empty.astype(np.float32), empty > 0, empty, asked, asked % 3)


def settings(epochs: int = 8, patience: int = 99) -> LoopSettings:
    return LoopSettings(epochs=epochs, last_epoch=epochs, patience=patience, learning_rate=0.1, seed=3)


def agreement(module: nn.Module, _: Progress) -> float:
    return float((module.weight.argmax(1) == torch.arange(4) % 3).float().mean())


class Packed(MemoryCheckpoint):
    """Keeps the state as the bytes that the workspace would keep."""

    def save(self, tensors: Tensors, info: Settings) -> None:
        super().save(*unpack(pack(tensors, info)))


class StopsAt(Progress):
    def __init__(self, epoch: int) -> None:
        super().__init__()
        self.epoch = epoch

    def report(self, _: float, message: str, figures: dict[str, float | int | str]) -> None:
        if message.startswith("Trained") and figures["epoch"] == self.epoch:
            self.cancel()


def test_learns_and_tells_its_figures() -> None:
    module = Line()
    outcome = train(module, blocks, 6, settings(), Progress(), agreement)
    assert agreement(module, Progress()) == 1.0
    assert outcome.best == 1.0
    assert [row["epoch"] for row in outcome.curve] == list(range(1, 9))
    assert outcome.curve[-1]["loss"] < outcome.curve[0]["loss"]
    assert all(row["events_per_second"] > 0 for row in outcome.curve)


@pytest.mark.parametrize("stop", [1, 4, 7])
def test_resumed_training_ends_with_the_same_bits(stop: int) -> None:
    whole, stopped = Line(), Line()
    expected = train(whole, blocks, 6, settings(), Progress(), agreement)
    place = Packed()
    with pytest.raises(Cancelled):
        train(stopped, blocks, 6, settings(), StopsAt(stop), agreement, place)
    torch.rand(5)  # whatever else used the generator meanwhile
    resumed = Line()
    outcome = train(resumed, blocks, 6, settings(), Progress(), agreement, place)
    assert torch.equal(resumed.weight, whole.weight)
    assert outcome.best_epoch == expected.best_epoch
    assert [row["loss"] for row in outcome.curve] == [row["loss"] for row in expected.curve]


def test_the_caller_keeps_its_random_numbers() -> None:
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    module = copy.deepcopy(MODULE)
    train(module, blocks, 6, settings(2), Progress())
    assert torch.equal(torch.rand(3), expected)


MODULE = Line()


def test_stops_early_and_keeps_the_best_epoch() -> None:
    figures = iter([0.1, 0.5, 0.4, 0.3, 0.2, 0.9])
    weights: list[Tensor] = []

    def validate(module: nn.Module, _: Progress) -> float:
        weights.append(module.weight.detach().clone())
        return next(figures)

    module = Line()
    outcome = train(module, blocks, 6, settings(patience=3), Progress(), validate)
    assert (outcome.best_epoch, outcome.best, len(outcome.curve)) == (2, 0.5, 5)
    assert torch.equal(module.weight, weights[1])


def test_finish_takes_the_best_of_the_checkpoint() -> None:
    place = MemoryCheckpoint()
    with pytest.raises(Cancelled):
        train(Line(), blocks, 6, settings(), StopsAt(3), agreement, place)
    finished = Line()
    outcome = train(finished, blocks, 6, settings(), Progress(), agreement, place, finish=True)
    assert len(outcome.curve) == 3
    kept = place.load()
    assert kept is not None
    assert np.array_equal(kept[0]["best/weight"], finished.weight.detach().numpy())
    with pytest.raises(SeqlensError, match="before it had learned"):
        train(Line(), blocks, 6, settings(), Progress(), agreement, MemoryCheckpoint(), finish=True)


def test_a_checkpoint_of_another_model_is_refused() -> None:
    place = MemoryCheckpoint()
    train(Line(), blocks, 6, settings(1), Progress(), None, place)

    class Wider(Line):
        def __init__(self) -> None:
            super().__init__()
            self.weight = nn.Parameter(torch.zeros(4, 5))

    with pytest.raises(SeqlensError, match="another model"):
        train(Wider(), blocks, 6, settings(1), Progress(), None, place)


def test_a_loss_that_is_no_number_is_told() -> None:
    class Broken(Line):
        def loss(self, block: Block, check: Callable[[], None]) -> Tensor:
            return super().loss(block, check) * float("nan")

    with pytest.raises(SeqlensError, match="learning rate"):
        train(Broken(), blocks, 6, settings(1), Progress())


class Short(nn.Module):
    """A network on a device with the memory for only so many sequences at once."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most, self.asked = most, 0
        settings = TransformerSettings(encoder="attention", width=8, dropout=0.0, negatives=0)
        with torch.random.fork_rng():
            torch.manual_seed(0)
            self.network = Transformer(settings, 50, 2, None)

    def loss(self, block: Block, check: Callable[[], None]) -> Tensor:
        self.asked += 1
        if len(block.item) > self.most:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")
        return self.network.loss(block, check)


def trained_short(most: int) -> tuple[Short, list[dict[str, float]]]:
    module, events = Short(most), Events.of(random_log(users=60))
    outcome = train(module, lambda rng: training_blocks(events, 16, 256, rng), 3, settings(3), Progress())
    return module, outcome.curve


def test_where_memory_is_short_a_step_is_done_in_parts_and_learns_the_same() -> None:
    whole, plain = trained_short(1000)
    parted, curve = trained_short(7)
    assert "parts" not in plain[-1]
    assert curve[-1]["parts"] == 4
    assert curve[-1]["loss"] == pytest.approx(plain[-1]["loss"], abs=1e-3)
    scores = [each.network.item_vectors().detach() for each in (whole, parted)]
    torch.testing.assert_close(*scores, atol=2e-3, rtol=0)


def test_a_device_without_memory_for_one_sequence_is_told() -> None:
    with pytest.raises(SeqlensError, match="too little memory"):
        trained_short(0)


class Layers(Line):
    """Two layers before the logits."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(4, 8), nn.Linear(8, 3))

    def loss(self, block: Block, check: Callable[[], None]) -> Tensor:
        check()
        inputs = nn.functional.one_hot(torch.from_numpy(block.asked), 4).float()
        return nn.functional.cross_entropy(
            self.layers(self.dropout(inputs)) + inputs @ self.weight, torch.from_numpy(block.target)
        )


class Checked(Progress):
    """Counts how often it is asked whether to stop, and says so at the last of `allowed` times."""

    def __init__(self, allowed: int) -> None:
        super().__init__()
        self.left = allowed

    def check(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def test_it_can_be_stopped_between_the_layers_and_between_their_gradients() -> None:
    asked = Checked(1_000_000)
    train(Layers(), blocks, 6, settings(epochs=1), asked)
    checks = 1_000_000 - asked.left
    # In each step: before it, in the loss, behind dropout, both layers and what holds them, and on the way back.
    assert checks >= 6 * (2 + 4 + 3)
    module = Layers()
    for allowed in range(8, 20):  # somewhere within the first or the second step, each time elsewhere
        with pytest.raises(Cancelled):
            train(module, blocks, 6, settings(epochs=1), Checked(allowed))
        assert not any(layer._forward_hooks for layer in module.modules())  # none is left behind
