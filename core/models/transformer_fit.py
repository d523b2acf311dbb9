"""How the network of the sequence transformer is trained: from its first weights, by one process or several.

The first of several processes hands the others what a network is before its training, and they do each step with it
(`core.training.processes`).
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.models.base import Settings, Tensors
from core.models.distilled import Pupil
from core.models.network import Transformer, TransformerSettings, floats
from core.progress import Progress
from core.training import processes
from core.training.batches import by_length, training_blocks, training_windows
from core.training.devices import choose
from core.training.loop import LoopSettings, Outcome, Validate, train

if TYPE_CHECKING:
    from core.evaluation.split import Cases
    from core.sequences.log import EventLog
    from core.training.batches import Events
    from core.training.checkpoints import CheckpointStore
    from core.training.processes import Group

KEPT = "kept/"  # before the names of a checkpoint's arrays where they are handed to other processes
FIRST = "first/"  # before those of the weights to begin with
VALIDATED_USERS = 5_000
WARM_UP_STEPS, TIMED_STEPS = 3, 6  # of the measurement of speed
RANKED_USERS = 512  # users whose scores for all items are held at once

Encode = Callable[[Transformer, Tensor, "EventLog", Progress], Tensor]


@dataclass(frozen=True, eq=False)
class Untrained:
    """What a network is before its training; the same one has the same weights in every process.

    Attributes:
        settings: with what the data decides.
        items: how many there are.
        behaviours: how many there are.
        vectors: float16 [items, k], language vectors of the items; None where there are none.
        texts: float16 [texts, k], those of texts that events have in the place of an item; None where there are none.
        ages: float16 [items, a], when items came up (`core.models.eras.ages`); None where nothing tells.
        first: weights to begin with, by the names of the parameters; empty: they are drawn from the seed.
    """

    settings: TransformerSettings
    items: int
    behaviours: int
    vectors: NDArray[np.float16] | None = None
    texts: NDArray[np.float16] | None = None
    ages: NDArray[np.float16] | None = None
    first: Tensors = field(default_factory=dict)

    def network(self, device: torch.device) -> Transformer:
        """A new network."""
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self.settings.seed)
            known = floats(self.vectors), floats(self.texts), floats(self.ages)
            network = Transformer(self.settings, self.items, self.behaviours, *known)
        if self.first:
            network.load_state_dict({name: torch.from_numpy(array.copy()) for name, array in self.first.items()})
        return network.to(device).eval()

    def state(self) -> tuple[Tensors, Settings]:
        """Its arrays, and the rest, which JSON can hold."""
        given = {"vectors": self.vectors, "texts": self.texts, "ages": self.ages}
        tensors: Tensors = {name: array for name, array in given.items() if array is not None}
        tensors |= {f"{FIRST}{name}": array for name, array in self.first.items()}
        return tensors, {"settings": asdict(self.settings), "shape": [self.items, self.behaviours]}

    @classmethod
    def from_state(cls, tensors: Tensors, facts: Settings) -> Untrained:
        settings = TransformerSettings(**cast("dict[str, object]", facts["settings"]))  # type: ignore[arg-type]
        items, behaviours = cast("list[int]", facts["shape"])
        kept = cast("dict[str, NDArray[np.float16]]", tensors)
        known = kept.get("vectors"), kept.get("texts"), kept.get("ages")
        return cls(settings, items, behaviours, *known, _within(tensors, FIRST))


def value_scale(log: EventLog) -> tuple[float, float]:
    """Mean and standard deviation of the values that events have."""
    given = log.value[np.isfinite(log.value)]
    return (float(given.mean()), float(given.std()) or 1.0) if len(given) else (0.0, 1.0)


def learn(
    module: Transformer | Pupil,
    events: Events,
    progress: Progress,
    validate: Validate | None = None,
    checkpoints: CheckpointStore | None = None,
    finish: bool = False,
    group: Group | None = None,
) -> Outcome:
    """Train a new network, or what it learns by, on `events`; the arguments are those of `core.training.loop.train`."""
    network = module.network if isinstance(module, Pupil) else module
    settings, longest, batch = network.settings, network.settings.longest or 1, network.settings.batch or 1
    network.sample_from(events.target[events.target >= 0])
    steps = len(by_length(training_windows(events.offsets, longest, np.random.default_rng(0)).lengths, batch))
    return train(
        module,
        lambda rng: training_blocks(events, longest, batch, rng, group.rows if group else None),
        steps,
        LoopSettings(
            epochs=settings.epochs or 1,
            last_epoch=settings.last_epoch or 1,
            patience=settings.patience,
            learning_rate=settings.learning_rate,
            weight_decay=settings.weight_decay,
            seed=settings.seed,
        ),
        progress,
        validate,
        checkpoints,
        finish,
        group,
    )


def validation(cases: Cases, hide_seen: bool, encode: Encode) -> Validate:
    """NDCG@10 of the truths among all items; ties count against the model, a hidden truth is a miss.

    Of more than `VALIDATED_USERS` cases, that many are asked: enough to tell one epoch from another.

    Args:
        encode: from a network, the vectors of its items and histories to float [users, d], the moments after these.
    """
    some = np.unique(np.linspace(0, max(len(cases.truth) - 1, 0), VALIDATED_USERS, dtype=np.int64))
    truths = cases.truth[some] if len(cases.truth) else cases.truth
    histories = cases.histories.select(some[: len(truths)])

    def validate(module: nn.Module, progress: Progress) -> float:
        network = cast(Transformer, module)
        vectors = network.item_vectors()
        hidden = encode(network, vectors, histories, progress)
        gain = 0.0
        for start in range(0, len(truths), RANKED_USERS):
            end = min(start + RANKED_USERS, len(truths))
            progress.step(start, len(truths), "Ranking for validation")
            scores = hidden[start:end] @ vectors.T  # (B, V)
            truth = torch.from_numpy(truths[start:end]).to(vectors.device).long()[:, None]  # (B, 1)
            if hide_seen:
                seen = histories.block(start, end)
                held = seen.item >= 0
                rows, items = (torch.from_numpy(c[held]).to(vectors.device).long() for c in (seen.user, seen.item))
                scores[rows, items] = float("-inf")
            found = scores.gather(1, truth)  # (B, 1)
            below = (scores < found).sum(1)  # a score that is no number is below nothing, so it never wins
            rank = (scores.shape[1] - below).masked_fill(found[:, 0].isinf(), scores.shape[1] + 11)  # (B,), from 1
            gain += float(torch.where(rank <= 10, 1.0 / torch.log2(rank + 1.0), 0.0).sum())
        return gain / max(len(truths), 1)

    return torch.inference_mode()(validate)


def speed(network: Transformer, events: Events, progress: Progress) -> float:
    """Events a second that this machine trains on, from a few steps of a network that is of no use afterwards.

    On the CPU by processor time: what other programs take for a moment must not decide how much is learned.
    """
    settings, device = network.settings, network.start.device
    optimiser = torch.optim.AdamW(network.parameters(), lr=0.0, fused=True)
    network.sample_from(events.target[events.target >= 0])
    network.train()
    began, trained = _clock(device, progress), 0
    rng = np.random.default_rng(settings.seed)
    with torch.random.fork_rng(devices=[device] if device.type == "cuda" else []):
        blocks = training_blocks(events, settings.longest or 1, settings.batch or 1, rng)
        for step, block in enumerate(islice(blocks, WARM_UP_STEPS + TIMED_STEPS)):
            progress.check()
            if step == WARM_UP_STEPS:
                began, trained = _clock(device, progress), 0
            network.loss(block, progress.check).backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            trained += len(block.target)
    return trained / max(_clock(device, progress) - began, 1e-9)


def _clock(device: torch.device, progress: Progress) -> float:
    """Seconds that pass while nothing else runs on the device and the work does not stand still."""
    if device.type == "cpu":
        return (time.process_time() - progress.stood.processor) / torch.get_num_threads()
    return progress.clock()


@contextlib.contextmanager
def told(
    group: Group | None, untrained: Untrained, events: Events, validated: bool, checkpoints: CheckpointStore | None
) -> Iterator[None]:
    """Let the other processes, where there are some, train along (`assist`) while inside."""
    if group is None:
        yield
        return
    kept = checkpoints.load() if checkpoints else None
    tensors, facts = untrained.state()
    if kept is not None:
        tensors |= {f"{KEPT}{name}": array for name, array in kept[0].items()}
    with processes.handed_out(events, tensors) as folder:
        group.tell({**facts, "folder": folder, "validated": validated, "kept": None if kept is None else kept[1]})
        yield


def assist(group: Group, device: str) -> None:
    """Train along with the first process of `group`, one network after the other, until it has no more."""
    while (job := group.hear()) is not None:
        events, extra = processes.taken(cast(str, job["folder"]))
        network = Untrained.from_state(extra, job).network(choose(device))
        kept = None if job["kept"] is None else _HandedOut(_within(extra, KEPT), cast(Settings, job["kept"]))
        validate = (lambda *_: 0.0) if job["validated"] else None  # the first process's figure takes its place
        learn(network, events, Progress(), validate, kept, False, group)


class _HandedOut:
    """A checkpoint that another process loaded; it is not this one's to keep."""

    def __init__(self, tensors: Tensors, facts: Settings) -> None:
        self._state = tensors, facts

    def save(self, tensors: Tensors, info: Settings) -> None:
        pass

    def load(self) -> tuple[Tensors, Settings]:
        return self._state


def _within(tensors: Tensors, prefix: str) -> Tensors:
    return {name.removeprefix(prefix): array for name, array in tensors.items() if name.startswith(prefix)}
