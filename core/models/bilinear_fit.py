"""How the matrix of the bilinear model is learned: pairs of a history and what followed, and steps of Adam."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from core.progress import Progress
from core.sequences.log import EventLog

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Descent:
    """How to descend; the fields are those of `core.models.bilinear.BilinearSettings` of the same names."""

    seed: int
    negatives: float
    shared: int
    epochs: int
    events: int
    batch: int
    learning_rate: float
    weight_decay: float


class Prefixes:
    """What came before each event of a log, as the features of its items, decayed and added up for each behaviour.

    Attributes:
        targets: int64 [n], the events that can be predicted, as places in `log`.
        log: the log without events that have no item.
    """

    def __init__(self, log: EventLog, features: Floats, decay: float, history: int) -> None:
        self.log = log.take(log.item >= 0)
        self.targets = np.flatnonzero(self.log.positive)
        self._features = features
        self._weights = np.power(np.float32(decay), np.arange(history, dtype=np.float32))
        self._kinds = max(len(log.behaviours), 1)

    def profiles(self, targets: NDArray[np.int64]) -> Floats:
        """As `core.language.features.behaviour_profiles` of what came before; float32 [targets, behaviours * p]."""
        from scipy.sparse import coo_array

        log, ages = self.log, np.arange(len(self._weights))
        before = targets[:, None] - 1 - ages  # [n, history]
        inside = before >= log.offsets[log.user[targets]][:, None]
        row, age = np.nonzero(inside)
        event = before[inside]
        place = row * self._kinds + log.behaviour[event]
        shape = (len(targets) * self._kinds, len(self._features))
        found = coo_array((self._weights[age], (place, log.item[event])), shape=shape).tocsr() @ self._features
        return np.asarray(found, dtype=np.float32).reshape(len(targets), self._kinds * self._features.shape[1])


def descend(
    prefixes: Prefixes, read: Callable[[Floats], Floats], items: Floats, settings: Descent, progress: Progress
) -> tuple[Floats, float, list[dict[str, float]]]:
    """Minimise ½ Σ (y − ŷ)² by Adam in mini-batches; the same seed gives the same matrix.

    Args:
        read: from profiles to X, float32 [n, p].
        items: I of every item, float32 [items, q].

    Returns:
        W float32 [p, q], b, and the epoch, loss and speed of each epoch.

    Raises:
        Cancelled: the analyst pressed stop.
    """
    import torch

    rng = np.random.default_rng(settings.seed)
    features = torch.from_numpy(items)
    width = read(prefixes.profiles(prefixes.targets[:1])).shape[1]
    weights = torch.zeros(width, items.shape[1], requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    adam = torch.optim.Adam([weights, bias], lr=settings.learning_rate, weight_decay=settings.weight_decay)
    an_epoch = min(len(prefixes.targets), settings.events)
    steps, step = settings.epochs * -(-an_epoch // settings.batch), 0
    curve: list[dict[str, float]] = []
    for epoch in range(1, settings.epochs + 1):
        start, total = time.perf_counter(), 0.0
        order = rng.permutation(prefixes.targets)[:an_epoch]
        for first in range(0, an_epoch, settings.batch):
            last = curve[-1]["loss"] if curve else float("nan")
            progress.step(step, steps, "Learning what suits whom, epoch {epoch}: loss {loss}", epoch=epoch, loss=last)
            targets = order[first : first + settings.batch]
            x = torch.from_numpy(read(prefixes.profiles(targets)))  # (n, p)
            followed = features[torch.from_numpy(prefixes.log.item[targets]).long()]  # (n, q)
            drawn = features[torch.from_numpy(rng.integers(0, len(items), settings.shared))]  # (s, q)
            suited = x @ weights  # (n, q)
            missing = 1.0 - (suited * followed).sum(1) - bias  # y - ŷ where y is 1
            surplus = suited @ drawn.T + bias  # where y is 0
            loss = 0.5 * (missing.square().sum() + settings.negatives / settings.shared * surplus.square().sum())
            adam.param_groups[0]["lr"] = settings.learning_rate * (1.0 - step / steps)
            adam.zero_grad()
            (loss / len(targets)).backward()  # type: ignore[no-untyped-call]
            adam.step()
            total, step = total + float(loss.detach()), step + 1
        seconds = time.perf_counter() - start
        figures = {"epoch": float(epoch), "loss": total / max(an_epoch, 1), "seconds": seconds}
        curve.append(figures | {"events_per_second": an_epoch / max(seconds, 1e-9)})
    progress.step(
        1, 1, "Learning what suits whom, epoch {epoch}: loss {loss}", epoch=settings.epochs, loss=curve[-1]["loss"]
    )
    return cast("Floats", weights.detach().numpy()), float(bias.detach()), curve
