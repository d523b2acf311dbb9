"""The training loop: epochs, averaged weights, early stopping, checkpoints; knows a model only as a module."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Protocol, cast

import numpy as np
import torch
from torch import Tensor, nn

from core.errors import SeqlensError
from core.progress import Progress
from core.training.batches import Block
from core.training.checkpoints import CheckpointStore, Settings, Tensors
from core.training.devices import memory_used, too_little
from core.training.processes import Group

REPORT_EVERY = 0.1  # seconds

Validate = Callable[[nn.Module, Progress], float]


class Trainable(Protocol):
    """The module that is trained, as the loop sees it: an `nn.Module` with a loss."""

    def loss(self, block: Block, check: Callable[[], None]) -> Tensor:
        """Mean loss over the targets of a block; calls `check`, which may raise, between pieces of long work."""


@dataclass(frozen=True)
class LoopSettings:
    """How to train.

    Attributes:
        epochs: the horizon, over which the learning rate falls to nothing.
        last_epoch: stop after this one; the serving fit stops where validation was best, on the same slope.
        patience: epochs without a better validation figure after which to stop.
        learning_rate: of AdamW, at its peak.
        warm_up: share of all steps in which the rate rises to its peak.
        weight_decay: of matrices and embeddings; vectors (norms, biases) have none.
        clip: largest norm of the gradient.
        average: epochs over which weights are averaged (exponentially); 0 for no averaging.
        seed: of the order of batches and of dropout.
    """

    epochs: int
    last_epoch: int
    patience: int
    learning_rate: float
    warm_up: float = 0.05
    weight_decay: float = 0.01
    clip: float = 1.0
    average: float = 1.0
    seed: int = 0


@dataclass
class Outcome:
    """What a training came to.

    Attributes:
        best_epoch: the epoch whose weights the module now has.
        best: the best validation figure; NaN without validation.
        curve: figures of each epoch: epoch, loss, ndcg (with validation), events_per_second, memory_mb, seconds, and
            parts where memory was short: into how many a step had to be divided.
    """

    best_epoch: int = 0
    best: float = math.nan
    curve: list[dict[str, float]] = field(default_factory=list)


@dataclass
class _State:
    """All that changes while training; `tensors` and `restore` are each other's inverse."""

    module: nn.Module
    averaged: nn.Module
    optimiser: torch.optim.AdamW
    best: dict[str, Tensor]
    outcome: Outcome
    epoch: int = 0
    steps: int = 0
    parts: int = 1  # in which a step is done, more where memory is short

    def tensors(self) -> Tensors:
        kept = {f"weights/{name}": value for name, value in self.module.state_dict().items()}
        kept |= {f"average/{name}": value for name, value in self.averaged.state_dict().items()}
        kept |= {f"best/{name}": value for name, value in self.best.items()}
        for index, moments in self.optimiser.state_dict()["state"].items():
            kept |= {f"optimiser/{index}/{name}": value for name, value in moments.items()}
        return {name: value.detach().cpu().numpy() for name, value in kept.items()}

    def restore(self, tensors: Tensors) -> None:
        def part(prefix: str) -> dict[str, Tensor]:
            found = {name: value for name, value in tensors.items() if name.startswith(prefix)}
            return {name[len(prefix) :]: torch.from_numpy(np.array(value)) for name, value in found.items()}

        self.module.load_state_dict(part("weights/"))
        self.averaged.load_state_dict(part("average/"))
        self.best = part("best/")
        moments: dict[int, dict[str, Tensor]] = {}
        for name, value in part("optimiser/").items():
            index, key = name.split("/")
            one = value.reshape(()) if key == "step" else value  # a store may know no arrays of no dimension
            moments.setdefault(int(index), {})[key] = one
        self.optimiser.load_state_dict({**self.optimiser.state_dict(), "state": moments})


def train(
    module: nn.Module,
    blocks: Callable[[np.random.Generator], Iterable[Block]],
    steps_per_epoch: int,
    settings: LoopSettings,
    progress: Progress,
    validate: Validate | None = None,
    checkpoints: CheckpointStore | None = None,
    finish: bool = False,
    group: Group | None = None,
) -> Outcome:
    """Train `module` (a `Trainable`) in place and leave it with the best averaged weights.

    Everything random in an epoch derives from the seed and the number of the epoch, so that a training that was
    stopped and goes on from its checkpoint ends, on the CPU, with the same bits as one that was never stopped, and no
    state of a random generator needs to be kept.

    Args:
        blocks: one epoch of blocks, in an order drawn from the generator.
        steps_per_epoch: about how many blocks an epoch has.
        validate: the figure to maximise, from the module with averaged weights; without it the last epoch is the best.
        checkpoints: where the state is kept after each epoch, and found again.
        finish: take the best state of the checkpoint and train no further.
        group: processes that train together, each on its own rows of every block; they all call this at once, with
            the same weights, and the first one's validation counts.

    Raises:
        Cancelled: the analyst pressed stop; the checkpoint has the best state so far.
        SeqlensError: the loss is no longer a number, `finish` finds nothing learned, or the checkpoint is of another
            model.
    """
    outcome = Outcome()
    shared = {id(buffer): buffer for buffer in module.buffers()}
    averaged = copy.deepcopy(module, shared).eval()
    optimiser = torch.optim.AdamW(_groups(module, settings.weight_decay), lr=settings.learning_rate, fused=True)
    state = _State(module, averaged, optimiser, {}, outcome)
    _resume(state, checkpoints)
    if finish and state.epoch == 0:
        raise SeqlensError("This training was stopped before it had learned anything. Resume it, or start a new one.")
    total = max(settings.last_epoch, 1)
    while not finish and state.epoch < total and state.epoch - outcome.best_epoch < settings.patience:
        figures = _epoch(state, blocks, steps_per_epoch, settings, progress, group)
        if validate:
            part = progress.part(_done(state.epoch - 0.1, total), _done(state.epoch, total))
            figure = validate(averaged, part)
            figures["ndcg"] = group.first(figure) if group else figure
        outcome.curve.append(figures)
        if not validate or not outcome.best >= figures["ndcg"]:
            outcome.best, outcome.best_epoch = figures.get("ndcg", math.nan), state.epoch
            state.best = {name: value.detach().clone() for name, value in averaged.state_dict().items()}
        if checkpoints:
            checkpoints.save(state.tensors(), _facts(state))
        progress.step(state.epoch, total, "Trained epoch {epoch} of {epochs}", epochs=total, **_shown(figures))
    if state.best:
        module.load_state_dict(state.best)
    module.eval()
    return outcome


def _epoch(
    state: _State,
    blocks: Callable[[np.random.Generator], Iterable[Block]],
    steps_per_epoch: int,
    settings: LoopSettings,
    progress: Progress,
    group: Group | None,
) -> dict[str, float]:
    """Train one epoch and tell its figures."""
    epoch, began, reported = state.epoch + 1, time.perf_counter(), 0.0
    device = next(state.module.parameters()).device
    rng = np.random.default_rng([settings.seed, epoch])
    loss_sum, events, done = 0.0, 0, 0
    figures: dict[str, float] = {"epoch": epoch}
    state.module.train()
    with torch.random.fork_rng(devices=[device] if device.type == "cuda" else []):
        torch.manual_seed(int(rng.integers(2**62)) + (group.rank if group else 0))
        for block in blocks(rng):
            if len(block.target) == 0 and group is None:
                continue
            loss, targets = _step(state, block, settings, steps_per_epoch, progress.check, group)
            loss_sum, events, done = loss_sum + loss * targets, events + targets, done + 1
            now = time.perf_counter()
            if now - reported >= REPORT_EVERY:
                reported = now
                figures |= {"loss": loss_sum / max(events, 1), "events_per_second": events / (now - began)}
                figures["memory_mb"] = memory_used(device)
                figures |= {"parts": state.parts} if state.parts > 1 else {}
                share = _done(epoch - 1 + 0.9 * min(1.0, done / steps_per_epoch), settings.last_epoch)
                message = "Training epoch {epoch} of {epochs}"
                progress.step(share, 1, message, epochs=settings.last_epoch, **_shown(figures))
    state.epoch = epoch
    seconds = time.perf_counter() - began
    figures |= {"loss": loss_sum / max(events, 1), "events_per_second": events / seconds, "seconds": seconds}
    return figures


def _step(
    state: _State,
    block: Block,
    settings: LoopSettings,
    steps_per_epoch: int,
    check: Callable[[], None],
    group: Group | None,
) -> tuple[float, int]:
    """One update of the weights and of their average; gives the loss and the number of targets that it is a mean of."""
    check()
    for parameters in state.optimiser.param_groups:
        slope = _slope(state.steps, settings.epochs * steps_per_epoch, settings.warm_up)
        parameters["lr"] = settings.learning_rate * slope
    state.optimiser.zero_grad(set_to_none=True)
    targets, value = len(block.target), 0.0
    if targets:
        value = _gradients(state, block, check)
    if group:
        total, whole = group.total(value * targets, targets)
        group.average_gradients(state.module, targets, whole)
        value, targets = total / max(whole, 1.0), int(whole)
    if not math.isfinite(value):
        raise SeqlensError("The training left the numbers (loss {loss}). Lower the learning rate.", loss=value)
    nn.utils.clip_grad_norm_(state.module.parameters(), settings.clip)
    state.optimiser.step()
    state.steps += 1
    keep = math.exp(-1.0 / (settings.average * steps_per_epoch)) if settings.average > 0 else 0.0
    keep = min(keep, state.steps / (state.steps + 10))  # so that the first average is not the random start
    with torch.no_grad():
        torch._foreach_lerp_(list(state.averaged.parameters()), list(state.module.parameters()), 1.0 - keep)
    return value, targets


def _gradients(state: _State, block: Block, check: Callable[[], None]) -> float:
    """Let the gradients be those of the mean loss over the block; where memory is short, in ever more parts.

    Raises:
        SeqlensError: there is not the memory for a single sequence.
    """
    while True:
        try:
            return _in_parts(state, block, check)
        except torch.OutOfMemoryError as error:
            if state.parts >= len(block.item):
                raise too_little() from error
        state.optimiser.zero_grad(set_to_none=True)
        state.parts = min(2 * state.parts, len(block.item))
        if torch.cuda.is_available():
            torch.cuda.empty_cache()


def _in_parts(state: _State, block: Block, check: Callable[[], None]) -> float:
    rows, total = len(block.item), 0.0
    edges = np.linspace(0, rows, min(state.parts, rows) + 1).astype(int)
    for start, end in pairwise(edges.tolist()):
        part = block if state.parts == 1 else block.rows(start, end)
        if len(part.target):
            share = len(part.target) / len(block.target)
            with _checking(state.module, check):
                loss = cast(Trainable, state.module).loss(part, check) * share
                loss.backward()  # type: ignore[no-untyped-call]
            total += float(loss.detach())
    return total


@contextmanager
def _checking(module: nn.Module, check: Callable[[], None]) -> Iterator[None]:
    """While inside, call `check` behind each layer too, on the way of the values and on that of the gradients.

    A large batch takes half a second on a slow machine, and who stops a training, or waits for something else that it
    is in the way of, should not wait for that. What is computed stays the same.
    """

    def passed(_layer: nn.Module, _inputs: object, output: object) -> None:
        check()
        if isinstance(output, Tensor) and output.requires_grad:
            output.register_hook(lambda _gradient: check())  # type: ignore[no-untyped-call]

    hooks = [layer.register_forward_hook(passed) for layer in module.modules()]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()


def _slope(step: int, steps: int, warm_up: float) -> float:
    """Share of the peak learning rate: a straight rise, then half a cosine down to a hundredth."""
    rise = max(1, int(warm_up * steps))
    if step < rise:
        return (step + 1) / rise
    along = min(1.0, (step - rise) / max(1, steps - rise))
    return 0.01 + 0.99 * 0.5 * (1.0 + math.cos(math.pi * along))


def _groups(module: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    matrices = [value for value in module.parameters() if value.requires_grad and value.dim() > 1]
    vectors = [value for value in module.parameters() if value.requires_grad and value.dim() <= 1]
    return [{"params": matrices, "weight_decay": weight_decay}, {"params": vectors, "weight_decay": 0.0}]


def _done(epochs: float, total: int) -> float:
    return epochs / max(total, 1)


def _shown(figures: dict[str, float]) -> dict[str, float | int | str]:
    return {name: int(value) if name == "epoch" else value for name, value in figures.items()}


def _facts(state: _State) -> Settings:
    outcome = state.outcome
    best = None if math.isnan(outcome.best) else outcome.best  # JSON has no NaN
    return {
        "epoch": state.epoch,
        "steps": state.steps,
        "best_epoch": outcome.best_epoch,
        "best": best,
        "curve": list(outcome.curve),
    }


def _resume(state: _State, checkpoints: CheckpointStore | None) -> None:
    kept = checkpoints.load() if checkpoints else None
    if kept is None:
        return
    tensors, facts = kept
    try:
        state.restore(tensors)
        state.epoch, state.steps = int(cast(int, facts["epoch"])), int(cast(int, facts["steps"]))
        state.outcome.best_epoch = int(cast(int, facts["best_epoch"]))
        state.outcome.best = math.nan if facts["best"] is None else float(cast(float, facts["best"]))
        state.outcome.curve[:] = cast("list[dict[str, float]]", facts["curve"])
    except (KeyError, ValueError, RuntimeError, TypeError) as error:
        raise SeqlensError("The checkpoint belongs to another model. Start a new training.") from error
