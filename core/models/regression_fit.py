"""How language-model regression learns: a linear head over fixed vectors, then, where asked for, the encoder too.

Everything minimises the squared error ½ Σ (y − σ(logit))² by Adam.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.errors import SeqlensError
from core.progress import Progress
from core.sequences.log import EventLog

if TYPE_CHECKING:
    from core.language.encoder import TextEncoder
    from core.language.rendering import Renderer, Tokens

Floats = NDArray[np.float32]
POOL = 16  # batches among which sequences of like length are brought together
HEAD_RATE = 1e-3  # of the head while the encoder learns


@dataclass(frozen=True)
class Steps:
    """How to descend.

    Attributes:
        seed: of the order, of the negatives and of dropout.
        epochs: passes over the questions.
        batch: questions in a step.
        negatives: drawn items for each that followed.
        learning_rate: of Adam at the start; it falls to nothing.
    """

    seed: int
    epochs: int
    batch: int
    negatives: int
    learning_rate: float


@dataclass(frozen=True)
class Questions:
    """What the regression is asked while it learns.

    Attributes:
        histories: n sequences.
        item: int32 [n], the item that followed; its negatives are drawn from the catalogue. Of no use where `label`
            is given.
        label: float32 [n], what is asked of the sequence alone; None in the ranking form.
    """

    histories: EventLog
    item: NDArray[np.int32]
    label: Floats | None

    def select(self, rows: NDArray[np.int64]) -> Questions:
        """Only these."""
        label = None if self.label is None else self.label[rows]
        return Questions(self.histories.select(rows), self.item[rows], label)


class Head(nn.Module):
    """The linear layer: of u alone, or of [u∘v, |u−v|] with the vector v of an item.

    Its inputs are multiplied by what brings those of unit vectors to about 1, so that one learning rate suits all.
    """

    def __init__(self, width: int, ranking: bool) -> None:
        super().__init__()
        self.product = nn.Parameter(torch.zeros(width))
        self.difference = nn.Parameter(torch.zeros(width if ranking else 0))
        self.bias = nn.Parameter(torch.zeros(1))
        self.ranking, self.scale = ranking, width**0.5

    def forward(self, u: Tensor, v: Tensor | None) -> Tensor:
        """Logits [...] of u and v [..., d]."""
        if v is None:
            return cast(Tensor, (u * self.product).sum(-1) * self.scale + self.bias)
        product = ((u * v) * self.product).sum(-1) * self.scale**2
        return cast(Tensor, product + ((u - v).abs() * self.difference).sum(-1) * self.scale + self.bias)

    def weights(self) -> tuple[Floats, Floats, Floats]:
        """Weights of u∘v (or u), of |u−v|, and the bias, with the factors multiplied in."""
        factor = self.scale**2 if self.ranking else self.scale
        with torch.no_grad():
            found = (self.product * factor, self.difference * self.scale, self.bias)
            return cast("tuple[Floats, Floats, Floats]", tuple(part.cpu().numpy().copy() for part in found))


def questions(log: EventLog, strong: NDArray[np.bool_] | None, longest: int, count: int, seed: int) -> Questions:
    """`count` moments of a log, at most, drawn by `seed`: what came before (the last `longest` events) and after.

    Args:
        strong: bool [events], the label of what came after; None for the ranking form, which asks for the item and
            so takes moments before an event that can be predicted.
    """
    asked = (log.position > 0) & (log.positive if strong is None else np.ones(log.events, dtype=np.bool_))
    targets = np.random.default_rng(seed).permutation(np.flatnonzero(asked))[:count]
    start = np.maximum(targets - longest, log.offsets[log.user[targets]])
    lengths = targets - start
    offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    index = np.arange(offsets[-1]) + np.repeat(start - offsets[:-1], lengths)
    columns = {name: getattr(log, name)[index] for name in ("item", "behaviour", "time", "value", "text")}
    label = None if strong is None else strong[targets].astype(np.float32)
    return Questions(replace(log, offsets=offsets, **columns), log.item[targets], label)


def strong_events(log: EventLog) -> NDArray[np.bool_]:
    """Which events count as strong, bool [events]: what the article's form foretells.

    Of several behaviours that speak for an item, all but the most frequent one (purchases among views); of one such
    behaviour beside negative ones, that one; of a single behaviour with values, those of at least the mean (ratings).

    Raises:
        SeqlensError: there is one behaviour and no values that differ.
    """
    counts = np.bincount(log.behaviour[~log.negative & ~log.told], minlength=len(log.behaviours))
    if np.count_nonzero(counts) > 1:
        return np.asarray(~log.negative & (log.behaviour != counts.argmax()), dtype=np.bool_)
    if (log.negative & ~log.told).any() and not log.negative.all():
        return ~log.negative
    known = np.isfinite(log.value)
    if known.any() and np.ptp(log.value[known]) > 0:
        return np.asarray(known & (log.value >= log.value[known].mean()), dtype=np.bool_)
    raise SeqlensError(
        "All events are of one kind and none has a value, so there is no strong event to foretell. "
        "Choose the ranking form."
    )


def read(encoder: TextEncoder, tokens: Tokens, progress: Progress) -> Floats:
    """The vector u of each text, float32 [n, d]."""
    count = len(tokens.offsets) - 1
    found, done = np.zeros((count, encoder.dimensions), dtype=np.float32), 0
    for rows, vectors in encoder.token_batches(tokens.tokens, tokens.offsets, Progress()):
        progress.step(done, count, "Reading sequences as text: {ready} of {texts}", ready=done, texts=count)
        found[rows] = vectors
        done += len(rows)
    return found


def fit_head(
    head: Head,
    vectors: Floats,
    asked: Questions,
    items: Floats,
    settings: Steps,
    progress: Progress,
) -> list[dict[str, float]]:
    """Learn the head over fixed `vectors` u (float32 [n, d]) and `items` v (float32 [items, d]); the curve."""
    rng = np.random.default_rng(settings.seed)
    adam = torch.optim.Adam(head.parameters(), lr=settings.learning_rate)
    u, v = torch.from_numpy(vectors), torch.from_numpy(items)
    curve: list[dict[str, float]] = []
    for epoch in range(1, settings.epochs + 1):
        start, total = time.perf_counter(), 0.0
        told = {"epoch": epoch, "epochs": settings.epochs}
        progress.step(epoch - 1, settings.epochs, "Learning the head, epoch {epoch} of {epochs}", **told)
        adam.param_groups[0]["lr"] = settings.learning_rate * (1.0 - (epoch - 1) / settings.epochs)
        order = rng.permutation(len(vectors))
        for first in range(0, len(order), settings.batch):
            progress.check()
            rows = order[first : first + settings.batch]
            loss = _loss(head, u[torch.from_numpy(rows)], asked, rows, v, settings.negatives, rng)
            adam.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            adam.step()
            total += float(loss.detach()) * len(rows)
        curve.append(_figures(epoch, total, len(order), start))
    return curve


def fine_tune(
    head: Head,
    encoder: TextEncoder,
    renderer: Renderer,
    asked: Questions,
    items: Floats,
    layers: int,
    settings: Steps,
    progress: Progress,
) -> list[dict[str, float]]:
    """Go on with the head and the last `layers` of the encoder (0: all of it and its embeddings); the curve."""
    rng = np.random.default_rng(settings.seed)
    trained = unfreeze(encoder.network, layers)
    groups = [{"params": list(head.parameters()), "lr": HEAD_RATE}, {"params": trained, "lr": settings.learning_rate}]
    adam = torch.optim.Adam(groups)
    rates = [HEAD_RATE, settings.learning_rate]
    tokens, v = renderer.render(asked.histories), torch.from_numpy(items)
    lengths = np.diff(tokens.offsets)
    steps, step = settings.epochs * -(-len(lengths) // settings.batch), 0
    curve: list[dict[str, float]] = []
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(settings.seed)  # of dropout
        encoder.network.train()
        try:
            for epoch in range(1, settings.epochs + 1):
                start, total = time.perf_counter(), 0.0
                told = {"epoch": epoch, "epochs": settings.epochs}
                for rows in _batches(lengths, settings.batch, rng):
                    progress.step(step, steps, "Fine-tuning the language model, epoch {epoch} of {epochs}", **told)
                    u = encoder.pooled(tokens.tokens, tokens.offsets[rows], lengths[rows]).cpu()
                    loss = _loss(head, u, asked, rows, v, settings.negatives, rng)
                    for group, rate in zip(adam.param_groups, rates, strict=True):
                        group["lr"] = rate * (1.0 - step / steps)
                    adam.zero_grad()
                    loss.backward()  # type: ignore[no-untyped-call]
                    adam.step()
                    total, step = total + float(loss.detach()) * len(rows), step + 1
                curve.append(_figures(epoch, total, len(lengths), start))
        finally:
            encoder.network.eval()
    return curve


def unfreeze(network: nn.Module, layers: int) -> list[nn.Parameter]:
    """Let the last `layers` of a transformer learn, or all of it where that is 0; the parameters that now do.

    Raises:
        SeqlensError: it has fewer layers.
    """
    stack = max(
        (part for part in network.modules() if isinstance(part, nn.ModuleList)), key=len, default=nn.ModuleList()
    )
    if layers > len(stack):
        raise SeqlensError(
            "The language model has {count} layers, so its last {layers} cannot be trained.",
            count=len(stack),
            layers=layers,
        )
    network.requires_grad_(layers == 0)
    if layers:
        stack[len(stack) - layers :].requires_grad_(True)
    return [parameter for parameter in network.parameters() if parameter.requires_grad]


def _batches(lengths: NDArray[np.int64], batch: int, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """All rows in a drawn order, those of like length together, so that little of a batch is padding."""
    order = rng.permutation(len(lengths))
    for first in range(0, len(order), batch * POOL):
        pool = order[first : first + batch * POOL]
        pool = pool[np.argsort(lengths[pool], kind="stable")]
        starts = np.arange(0, len(pool), batch)
        for start in rng.permutation(starts):
            yield pool[start : start + batch]


def _loss(
    head: Head,
    u: Tensor,
    asked: Questions,
    rows: NDArray[np.int64],
    items: Tensor,
    negatives: int,
    rng: np.random.Generator,
) -> Tensor:
    """Mean of ½ (y − σ(logit))² over the questions `rows` and their negatives."""
    if asked.label is not None:
        wanted = torch.from_numpy(asked.label[rows])
        return 0.5 * (wanted - torch.sigmoid(head(u, None))).square().mean()
    followed = items[torch.from_numpy(asked.item[rows]).long()]  # (b, d)
    drawn = items[torch.from_numpy(rng.integers(0, len(items), (len(rows), negatives)))]  # (b, k, d)
    right = (1.0 - torch.sigmoid(head(u, followed))).square().sum()
    wrong = torch.sigmoid(head(u[:, None], drawn)).square().sum()
    return 0.5 * (right + wrong) / (len(rows) * (1 + negatives))


def _figures(epoch: int, total: float, count: int, start: float) -> dict[str, float]:
    seconds = time.perf_counter() - start
    figures = {"epoch": float(epoch), "loss": total / max(count, 1), "seconds": seconds}
    return figures | {"events_per_second": count / max(seconds, 1e-9)}
