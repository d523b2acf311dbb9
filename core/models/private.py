"""The sequence transformer trained so that it can tell little of any one user (`core.training.private`).

One network of attention. What an ordinary training takes from the data is fixed here: sizes and steps, which were
chosen on an open data set (ML-100K); no validation, no dropout, no values of events, no texts that users wrote, no
drawing of negatives by popularity. Taken as public are the catalogue with its texts, the names of the behaviours and
the number of users. One network makes the figures and the lists: to train another on the same users would spend the
budget a second time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.func import functional_call, grad_and_value, vmap
from torch.nn import functional as F
from torch.nn.attention import SDPBackend, sdpa_kernel

from core.errors import SeqlensError
from core.models.ensemble import TransformerEnsemble
from core.models.network import FULL_SOFTMAX_ITEMS, Transformer, TransformerSettings, floats, rotations
from core.models.transformer import SequenceTransformer
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog
from core.training import processes
from core.training.batches import Block, Events, Windows, by_length, training_block
from core.training.private import Budget, Learned, PrivateSettings, train_privately

if TYPE_CHECKING:
    from core.evaluation.split import Cases
    from core.training.checkpoints import CheckpointStore

NO_VALUES = (0.0, 1e30)  # mean and scale after which every value of an event is nothing
NEGATIVES = 2048  # drawn evenly, where the catalogue is large
CELLS = 64 * 64  # events that are read at once
GRADIENTS = 256 << 20  # bytes of single users' gradients that are held at once
SUITED = {"width": 32, "blocks": 1, "longest": 32, "learning_rate": 1e-2}  # in the place of what was not asked for
COLUMNS = ("item", "behaviour", "gap", "known", "position")  # of a block, [rows, columns]


class PrivateTransformer(TransformerEnsemble):
    """A `core.models.base.Recommender`, and `Validated`, of one network that was trained privately.

    Attributes:
        budget: what was spent; None before the training.
    """

    def __init__(
        self,
        settings: TransformerSettings,
        vectors: NDArray[np.float32] | None = None,
        device: str = "auto",
    ) -> None:
        super().__init__(settings, vectors, device)
        self.budget: Budget | None = None
        self._noisy = True

    def fit(self, log: EventLog, catalogue: Catalogue, progress: Progress) -> None:
        """Train on `log`, unless the network is the one of another fit already (`unfitted`)."""
        del catalogue  # its texts came in as vectors
        if not self.members:
            self._learn(log, progress)

    def fit_validated(
        self,
        log: EventLog,
        catalogue: Catalogue,
        cases: Cases,
        hide_seen: bool,
        progress: Progress,
        checkpoints: CheckpointStore,
        finish: bool = False,
    ) -> None:
        """Train on `log`; nothing is chosen on `cases`."""
        del catalogue, cases, hide_seen
        self._learn(log, progress, checkpoints, finish)

    def unfitted(self) -> PrivateTransformer:
        """The same network, which `fit` leaves as it is."""
        model = PrivateTransformer.like(self)
        model.members, model.budget = list(self.members), self.budget
        return model

    def afresh(self, noisy: bool = True) -> PrivateTransformer:
        """One of the same settings that has learned nothing; without noise it promises nothing."""
        settings = self.settings if self.budget is None else replace(self.settings, private_steps=self.budget.steps)
        model = PrivateTransformer(settings, floats(self.vectors), self._device)
        model._noisy = noisy
        return model

    @classmethod
    def like(cls, model: TransformerEnsemble) -> PrivateTransformer:
        """One of the settings of a private model that was kept, which has learned nothing."""
        return cls(model.settings, floats(model.vectors), model._device)

    def _learn(
        self, log: EventLog, progress: Progress, checkpoints: CheckpointStore | None = None, finish: bool = False
    ) -> None:
        if processes.group() is not None:
            raise SeqlensError("A private training runs in one process. Start it without torchrun.")
        if self.settings.known_by == "text" and self.vectors is None:
            raise SeqlensError("No item has a text that it could be known by. Let items have vectors of their own.")
        network = PrivateNetwork(suited(self.settings), floats(self.vectors), self._device)
        self.budget = network.learn(log, asked(self.settings, self._noisy), progress, checkpoints, finish)
        self.members = [network]


class PrivateNetwork(SequenceTransformer):
    """A sequence transformer that learns from the clipped and noisy gradients of users."""

    def learn(
        self,
        log: EventLog,
        settings: PrivateSettings,
        progress: Progress,
        checkpoints: CheckpointStore | None,
        finish: bool,
    ) -> Budget:
        """Train on `log`; what was spent."""
        progress.step(0, 1, "Preparing the sequences")
        self._value_scale = NO_VALUES
        module = self._build(self.settings, log.items, len(log.behaviours))
        users = UserGradients(module, self._read(log))
        found = train_privately(users, log.users, settings, progress, checkpoints, finish)
        self._keep(users, found)
        return found.budget

    def _keep(self, users: UserGradients, found: Learned) -> None:
        with torch.no_grad():
            for value, mean in zip(users.learned, found.weights, strict=True):
                value.copy_(mean)
        self._fitted().eval()
        self._items = None
        self.outcome.curve[:] = found.curve
        self.outcome.best_epoch = len(found.curve)


class UserGradients:
    """What each user alone would change in a network (`core.training.private.Gradients`).

    A user is one piece of the sequence, of at most `longest` events, drawn anew each time, and the loss the mean over
    what follows in it. Users stand side by side with nothing between them.

    Attributes:
        learned: the parameters that are trained.
    """

    def __init__(self, module: Transformer, events: Events) -> None:
        self._loss, self._events = _UserLoss(module), events
        module.value.requires_grad_(False)  # nothing reaches it
        module.project.requires_grad_(bool(module.project.numel()))
        every: dict[str, nn.Parameter] = dict(self._loss.named_parameters())
        self._names = [name for name, value in every.items() if value.requires_grad]
        self.learned = [every[name] for name in self._names]
        kept: dict[str, Tensor] = {name: value for name, value in every.items() if not value.requires_grad}
        self._rest = kept | dict(self._loss.named_buffers())
        self._longest = module.settings.longest or 1
        size = 4 * sum(value.numel() for value in self.learned)
        self._users = max(1, GRADIENTS // size)  # at once

    def of(self, users: NDArray[np.int64], rng: np.random.Generator) -> Iterator[tuple[list[Tensor], Tensor]]:
        windows = self._windows(users, rng)
        negatives = self._loss.draw()
        each = vmap(grad_and_value(self._of_one), in_dims=(None, 0, None))
        for group in by_length(windows.lengths, CELLS):
            for start in range(0, len(group), self._users):
                some = windows.select(group[start : start + self._users])
                columns = self._columns(training_block(self._events, some), len(some.start))
                weights = {name: value.detach() for name, value in zip(self._names, self.learned, strict=True)}
                with sdpa_kernel(SDPBackend.MATH):  # the others cannot be taken apart by user
                    found, losses = each(weights, columns, negatives)
                yield [torch.nan_to_num(found[name], 0.0, 0.0, 0.0) for name in self._names], losses.detach()

    def _of_one(self, weights: dict[str, Tensor], columns: dict[str, Tensor], negatives: Tensor | None) -> Tensor:
        return cast(Tensor, functional_call(self._loss, {**weights, **self._rest}, (columns, negatives)))

    def _windows(self, users: NDArray[np.int64], rng: np.random.Generator) -> Windows:
        """A piece of the sequence of each user."""
        offsets = self._events.offsets
        lengths = offsets[users + 1] - offsets[users]
        taken = np.minimum(lengths, self._longest)
        start = offsets[users] + rng.integers(0, lengths - taken + 1)
        return Windows(start, start + taken, start == offsets[users])

    def _columns(self, block: Block, rows: int) -> dict[str, Tensor]:
        """The columns of a block as tensors, with the item that is asked for at each place, -1 where none is."""
        device = self.learned[0].device
        target = np.full(block.item.size, -1, dtype=np.int64)
        target[block.asked] = block.target
        found = {name: torch.from_numpy(getattr(block, name)).to(device) for name in COLUMNS}
        return {**found, "target": torch.from_numpy(target.reshape(rows, -1)).to(device)}


class _UserLoss(nn.Module):
    """The mean cross entropy of what one user did next, over all items or over some that are drawn evenly."""

    def __init__(self, network: Transformer) -> None:
        super().__init__()
        self.network = network

    def draw(self) -> Tensor | None:
        """Items, int64 [negatives], drawn without a look at the data; None where all are the negatives."""
        items = self.network.items
        if items <= FULL_SOFTMAX_ITEMS:
            return None
        return torch.randint(items, (NEGATIVES,), device=self.network.start.device)

    def forward(self, columns: dict[str, Tensor], negatives: Tensor | None) -> Tensor:
        """The loss of one user; every column is [events]."""
        vectors, target = self.network.item_vectors(), columns["target"]
        hidden = self._hidden(columns, vectors)  # (T, d)
        asked_for = target >= 0
        own = (hidden * F.embedding(target.clamp(min=0), vectors)).sum(1)  # (T,)
        if negatives is None:
            mass = torch.logsumexp(hidden @ vectors.T, 1)
        else:
            others = hidden @ vectors[negatives].T + np.log(self.network.items / len(negatives))  # (T, K)
            others = others.masked_fill(negatives == target[:, None], float("-inf"))
            mass = torch.logsumexp(torch.cat((own[:, None], others), 1), 1)
        return torch.where(asked_for, mass - own, 0.0).sum() / asked_for.sum().clamp(min=1)

    def _hidden(self, columns: dict[str, Tensor], vectors: Tensor) -> Tensor:
        """`Transformer.forward` for one user, in which no value and no text is read."""
        network, item = self.network, columns["item"]
        x = F.embedding(item.clamp(min=0), vectors)
        x = torch.where((item >= 0)[:, None], x, 0.0) + network.behaviour(columns["behaviour"])
        x = torch.where(columns["known"][:, None], x + network.gap(columns["gap"]), network.start)[None]  # (1, T, d)
        rotation = rotations(columns["position"][None], x.shape[-1] // network.settings.heads)
        for layer in network.layers:
            x = layer(x, rotation)
        return cast(Tensor, network.norm(x)[0])


def suited(settings: TransformerSettings) -> TransformerSettings:
    """The settings of the network: what nobody asked for as it suits private training, and nothing from the data."""
    default = TransformerSettings()
    own = {name: value for name, value in SUITED.items() if getattr(settings, name) == getattr(default, name)}
    fixed = {"encoder": "attention", "dropout": 0.0, "members": 1, "distil": 0, "epochs": 1, "last_epoch": 1}
    return replace(settings, **{**own, **fixed})  # type: ignore[arg-type]


def asked(settings: TransformerSettings, noisy: bool = True) -> PrivateSettings:
    """How a network of these settings is trained."""
    return PrivateSettings(
        epsilon=settings.private_epsilon,
        delta=settings.private_delta,
        clip=settings.private_clip,
        drawn=settings.private_users,
        steps=settings.private_steps,
        learning_rate=suited(settings).learning_rate,
        noisy=noisy,
    )
