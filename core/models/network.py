"""The network of the sequence model: what comes next, from all that came before and in which order.

Each event becomes a vector (item + behaviour + time since the event before + value). A recurrence or causal
self-attention mixes the events so far into what the model says of the moment after each of them. The scores of all
items are the dot products of that with the items' vectors, which are also what the events are read by.

Kang & McAuley 2018 (SASRec) and Hidasi et al. 2016 (GRU4Rec) are the ancestors. Pre-norm residual blocks with SwiGLU
as in today's language models, around either kind of mixing; rotary positions for attention (Su et al. 2021); softmax
over the whole catalogue or with sampled negatives (Klenitskiy & Vasilev 2023); an item vector that is a learned one
plus a projection of the language vector of the item's text. Inside such blocks a GRU ranked better than attention on
validation (width 64; NDCG@10): Amazon Beauty 0.0775 to 0.0749, ML-100K 0.1495 to 0.1355.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import cycle, islice
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from core.errors import SeqlensError
from core.sequences.log import EventLog
from core.training.batches import GAP_BUCKETS, Block
from core.training.loss import full_softmax, sampled_softmax

FULL_SOFTMAX_ITEMS = 4000  # up to here the whole catalogue is not much dearer than a sample of negatives
UPDATES = 1600  # of 1,024 events, after which validation hardly rises on a log of 150,000 events
STEPS_PER_EPOCH = 150
ENCODERS = {"attention": ("attention",), "gru": ("gru",), "mixed": ("gru", "attention")}  # kinds of layers, in turn
EFFORTS = ("quick", "standard", "thorough")
KNOWN_BY = ("both", "text")
ITEM_SCALE = 0.1  # of items' first vectors: with 0.02 the first epochs are lost on growing them


@dataclass(frozen=True)
class TransformerSettings:
    """Settings of the sequence transformer; None is chosen from the shape of the data (`suited`).

    Attributes:
        seed: of first weights, order of batches, dropout and negatives.
        encoder: how events are mixed into what comes next: "attention", which looks at all of them at once; "gru", a
            recurrent network (Hidasi et al. 2016), which reads one after the other; or "mixed", layers of both in turn.
        width: length of an item's vector.
        blocks: attention layers.
        heads: attention heads in a layer.
        dropout: share of values that are dropped while training.
        longest: events of a user that are looked at, the last ones.
        epochs: passes over the data over which the learning rate falls to nothing.
        last_epoch: stop after this one; None: all of `epochs`. What validation chooses.
        patience: stop after so many epochs that did not improve validation.
        learning_rate: of AdamW at its peak.
        weight_decay: pull of all matrices to zero.
        batch: events in a step.
        negatives: sampled items that the targets of a step share; 0: all items are the negatives.
        members: networks that are trained, from other seeds, and whose scores are averaged; None: by the effort.
        distil: length of an item's vector in one small network that the others teach and that alone is kept, rounded to
            8 bits: for slow machines; 0: the networks themselves are kept.
        known_by: "both": an item's vector is a learned one of its own plus what its text says; "text": its text alone,
            so that what is learned can be carried to items of other data (`core.models.transfer`).
        effort: "quick" (a minute for a log of 200,000 events on two cores), "standard" (twelve) or "thorough" (an
            hour); decides the number of networks and, on a slow machine, of epochs, unless either is given.
        private_epsilon: train one network of attention so that it can tell at most this of any user
            (`core.models.private`); 0: an ordinary training.
        private_delta: the chance that this does not hold; None: 1e-5, or a tenth of one in the number of users.
        private_clip: length to which the gradient of each user is cut.
        private_users: users that a step of it draws in the mean.
        private_steps: how many there are.
    """

    seed: int = 0
    encoder: str = "gru"
    width: int = 128
    blocks: int = 2
    heads: int = 2
    dropout: float | None = None
    longest: int | None = None
    epochs: int | None = None
    last_epoch: int | None = None
    patience: int = 5
    learning_rate: float = 2e-3
    weight_decay: float = 0.01
    batch: int | None = None
    negatives: int | None = None
    members: int | None = None
    distil: int = 0
    effort: str = "standard"
    known_by: str = "both"
    private_epsilon: float = 0.0
    private_delta: float | None = None
    private_clip: float = 1.0
    private_users: int = 256
    private_steps: int = 100

    def __post_init__(self) -> None:
        for name in ("width", "blocks", "heads", "patience", "longest", "epochs", "last_epoch", "batch", "members"):
            value = getattr(self, name)
            if value is not None and value < 1:
                raise SeqlensError("The setting {setting} of the transformer must be at least 1.", setting=name)
        if self.width % self.heads or self.width // self.heads % 2:
            raise SeqlensError(
                "A width of {width} cannot be divided among {heads} heads in even parts.",
                width=self.width,
                heads=self.heads,
            )
        if not 0.0 <= (self.dropout or 0.0) < 1.0:
            raise SeqlensError("The dropout of the transformer must be at least 0 and less than 1.")
        if self.learning_rate <= 0 or min(self.weight_decay, self.negatives or 0, self.distil) < 0:
            raise SeqlensError(
                "The learning rate must be above 0; weight decay, negatives and the small network's width not below."
            )
        self._check_private()
        for name, known in (("effort", EFFORTS), ("encoder", tuple(ENCODERS)), ("known_by", KNOWN_BY)):
            if getattr(self, name) not in known:
                raise SeqlensError(
                    "There is no {setting} {value}. Choose one of: {known}.",
                    setting=name,
                    value=getattr(self, name),
                    known=", ".join(known),
                )

    def _check_private(self) -> None:
        delta = self.private_delta
        if self.private_epsilon < 0 or self.private_clip <= 0 or min(self.private_users, self.private_steps) < 1:
            raise SeqlensError("Epsilon must not be below 0; the clipped length, users and steps must be above.")
        if delta is not None and not 0 < delta < 0.01:
            raise SeqlensError("Delta must be above 0 and below 0.01: it is the chance that the promise does not hold.")
        if self.private_epsilon and (self.distil or (self.members or 1) > 1):
            raise SeqlensError("A private training makes one network: take one, and no small network.")

    def suited(self, log: EventLog) -> TransformerSettings:
        """These settings with every None replaced by what suits the data."""
        events = max(log.events, 1)
        typical = float(np.average(log.lengths, weights=log.lengths)) if log.events else 1.0  # of an event's sequence
        epochs = self.epochs or int(np.clip(UPDATES * 1024 / events, 4, 20))
        return replace(
            self,
            dropout=0.4 if self.dropout is None else self.dropout,
            longest=self.longest or int(np.clip(2 ** math.ceil(math.log2(typical)), 32, 256)),
            epochs=epochs,
            last_epoch=self.last_epoch or epochs,
            batch=self.batch or int(np.clip(2 ** round(math.log2(events / STEPS_PER_EPOCH)), 1024, 8192)),
            negatives=(0 if log.items <= FULL_SOFTMAX_ITEMS else 2048) if self.negatives is None else self.negatives,
        )


@dataclass(frozen=True)
class Head:
    """Where one head of attention looks from the end of a history.

    Attributes:
        network: its number among several.
        layer: its number, from 0.
        head: its number in the layer, from 0.
        start: how much it looks at the start of the sequence.
        weights: float32 [events], how much at each event; with `start` they sum to 1.
    """

    network: int
    layer: int
    head: int
    start: float
    weights: NDArray[np.float32]


class Attention(nn.Module):
    """Each event looks at those before it and at itself; positions enter as rotations of queries and keys."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)

    def forward(self, x: Tensor, rotation: Tensor, at: Tensor | None) -> Tensor:
        rows, columns, width = x.shape
        qk, v = self.qkv(x).split((2 * width, width), dim=-1)  # (B, T, 2d), (B, T, d)
        q, k = rotate(qk.unflatten(-1, (2, self.heads, -1)), rotation).permute(2, 0, 3, 1, 4)  # 2 × (B, H, T, d/H)
        v = v.unflatten(-1, (self.heads, -1)).transpose(1, 2)  # (B, H, T, d/H)
        past = None
        if at is not None:
            q = q[torch.arange(rows, device=x.device), :, at, None]  # (B, H, 1, d/H)
            past = (torch.arange(columns, device=x.device) <= at[:, None])[:, None, None]  # (B, 1, 1, T)
        dropout = self.dropout if self.training else 0.0
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=past, dropout_p=dropout, is_causal=past is None)
        y = y.transpose(1, 2).reshape(rows, -1, width)  # (B, T or 1, d)
        return cast(Tensor, self.out(y))

    def weights(self, x: Tensor, rotation: Tensor) -> Tensor:
        """How much the last column looks at each column, float [B, H, T]; each row of a head sums to 1."""
        qk = self.qkv(x)[..., : 2 * x.shape[-1]]
        q, k = rotate(qk.unflatten(-1, (2, self.heads, -1)), rotation).permute(2, 0, 3, 1, 4)  # 2 × (B, H, T, d/H)
        return torch.softmax((k @ q[:, :, -1, :, None])[..., 0] / math.sqrt(q.shape[-1]), dim=-1)


class Recurrence(nn.Module):
    """Each event changes what is remembered of those before it; positions enter by the order alone."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.gru = nn.GRU(width, width, batch_first=True)
        self.out = nn.Linear(width, width, bias=False)

    def forward(self, x: Tensor, rotation: Tensor, at: Tensor | None) -> Tensor:
        del rotation
        y, _ = self.gru(x)  # (B, T, d)
        if at is not None:
            y = y[torch.arange(len(x), device=x.device), at, None]  # (B, 1, d)
        return cast(Tensor, self.out(y))


class SwiGLU(nn.Module):
    """The gated feed-forward layer of Shazeer 2020."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.up = nn.Linear(width, 4 * width, bias=False)
        self.down = nn.Linear(2 * width, width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        gate, value = self.up(x).chunk(2, dim=-1)  # 2 × (B, T, 2d)
        return cast(Tensor, self.down(F.silu(gate) * value))


class Layer(nn.Module):
    """Attention or recurrence, then the gated layer, each on normalised input and added to what was there."""

    def __init__(self, kind: str, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.mixing_norm = nn.LayerNorm(width)
        self.mixing = Attention(width, heads, dropout) if kind == "attention" else Recurrence(width)
        self.gated_norm, self.gated = nn.LayerNorm(width), SwiGLU(width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, rotation: Tensor, at: Tensor | None = None) -> Tensor:
        """All columns, or, in the last layer of a model that is asked for one moment a row, only the column `at`."""
        y = self.mixing(self.mixing_norm(x), rotation, at)  # (B, T or 1, d)
        if at is not None:
            x = x[torch.arange(len(x), device=x.device), at, None]  # (B, 1, d)
        x = x + self.dropout(y)
        return cast(Tensor, x + self.dropout(self.gated(self.gated_norm(x))))  # (B, T or 1, d)


def rotate(x: Tensor, rotation: Tensor) -> Tensor:
    """Turn the pairs of values of each position by angles that grow with the position; float (B, T, ..., d/H)."""
    pairs = torch.view_as_complex(x.view(*x.shape[:-1], -1, 2))  # (B, T, ..., d/2H)
    return torch.view_as_real(pairs * rotation).flatten(-2)  # (B, T, ..., d/H)


class Transformer(nn.Module):
    """From blocks of sequences to what comes next.

    Attributes:
        item: the learned part of each item's vector.
        language: float [items, k], what is known of the items: their language vectors, then when they came up.
        texts: float [texts, k], language vectors of texts that events have in the place of an item.
        popular: int32 [n], the targets of the training, from which half of the sampled negatives are drawn.
    """

    language: Tensor
    texts: Tensor
    popular: Tensor
    log_expected: Tensor

    def __init__(
        self,
        settings: TransformerSettings,
        items: int,
        behaviours: int,
        language: NDArray[np.float32] | None,
        texts: NDArray[np.float32] | None = None,
        ages: NDArray[np.float32] | None = None,
    ) -> None:
        """Args:
        items: number of items.
        behaviours: number of behaviours.
        language: float32 [items, k], language vectors of the items.
        texts: float32 [texts, k], those of what events say in the place of an item.
        ages: float32 [items, a], when items came up (`core.models.eras.ages`).
        """
        super().__init__()
        self.settings, self.items = settings, items
        width = settings.width
        known = np.zeros((items, 0), dtype=np.float32) if language is None else language
        said = np.zeros((0, known.shape[1]), dtype=np.float32) if texts is None else texts
        if settings.known_by == "text":
            known, said = centred(known, known), centred(said, known)
        if ages is not None:
            known, said = np.hstack((known, ages)), np.pad(said, ((0, 0), (0, ages.shape[1])))  # a text has no age
        self.item = nn.Embedding(items, width)
        self.project = nn.Parameter(torch.zeros(known.shape[1], width))
        self.start = nn.Parameter(torch.zeros(width))
        self.behaviour = nn.Embedding(behaviours, width)
        self.gap = nn.Embedding(GAP_BUCKETS, width)
        self.value = nn.Parameter(torch.zeros(width))
        self.input_dropout = nn.Dropout(settings.dropout or 0.0)
        self.layers = nn.ModuleList(
            Layer(kind, width, settings.heads, settings.dropout or 0.0)
            for kind in islice(cycle(ENCODERS[settings.encoder]), settings.blocks)
        )
        self.norm = nn.LayerNorm(width)
        self.register_buffer("language", torch.from_numpy(known), persistent=False)
        self.register_buffer("texts", torch.from_numpy(said), persistent=False)
        self.register_buffer("popular", torch.zeros(0, dtype=torch.int32), persistent=False)
        self.register_buffer("log_expected", torch.zeros(0), persistent=False)
        self._first_weights(known[:, :0] if language is None else known)

    def _first_weights(self, language: NDArray[np.float32]) -> None:
        for name, value in self.named_parameters():
            if value.dim() > 1 and ".gru." not in name:  # which has first weights of its own
                nn.init.normal_(value, std=0.02)
            if name.endswith(("out.weight", "down.weight")):
                nn.init.normal_(value, std=0.02 / math.sqrt(2 * len(self.layers)))
        if self.settings.known_by == "text":
            self.item.weight.requires_grad_(False).zero_()
            with torch.no_grad():
                self.project.copy_(torch.from_numpy(main_axes(language, self.settings.width) * ITEM_SCALE))
            return
        nn.init.normal_(self.item.weight, std=ITEM_SCALE)
        read = np.flatnonzero(language.any(1))  # items that have a text; the others begin at random
        if len(read):
            with torch.no_grad():
                axes = principal_components(language[read], self.settings.width) * ITEM_SCALE
                self.item.weight[torch.from_numpy(read)] = torch.from_numpy(axes)

    def item_vectors(self, items: Tensor | None = None) -> Tensor:
        """Vectors of all items, float [items, d], or of some, [..., d]."""
        if items is None:
            return self.item.weight + self.language @ self.project
        return cast(Tensor, self.item(items) + self.language[items] @ self.project)

    def forward(self, block: Block, vectors: Tensor, places: Tensor | None = None, one_a_row: bool = False) -> Tensor:
        """What the model says at the moments that the block asks for, float [targets, d].

        Args:
            vectors: float [n, d], `item_vectors()`, or those of the items at `places` alone.
            places: int64 [rows, columns], the row of `vectors` of each item of the block; None: its code is its row.
            one_a_row: whether the block asks for exactly one moment of each row, which saves most of the last layer.
        """
        device = self.start.device
        position, asked = (torch.from_numpy(array).to(device) for array in (block.position, block.asked))
        x = self.input_dropout(self.read(block, vectors, places))
        rows, columns, width = x.shape
        rotation = rotations(position, width // self.settings.heads)
        *layers, last = self.layers
        for layer in layers:
            x = layer(x, rotation)  # (B, T, d)
        if one_a_row:
            x = last(x, rotation, asked - torch.arange(rows, device=device) * columns)[:, 0]  # (B, d)
        else:
            x = last(x, rotation).view(-1, width).index_select(0, asked)  # (N, d)
        return cast(Tensor, self.norm(x))

    @property
    def attends(self) -> bool:
        """Whether it has layers of attention."""
        return any(isinstance(cast(Layer, layer).mixing, Attention) for layer in self.layers)

    def attention(self, block: Block, vectors: Tensor) -> list[Head]:
        """Where each head looks from the last column of a block of one whole sequence."""
        x = self.read(block, vectors)
        rotation = rotations(torch.from_numpy(block.position).to(x.device), x.shape[-1] // self.settings.heads)
        found = []
        for number, layer in enumerate(cast("list[Layer]", list(self.layers))):
            if isinstance(layer.mixing, Attention):
                looks = layer.mixing.weights(layer.mixing_norm(x), rotation)[0].cpu().numpy()  # (H, T)
                found += [Head(0, number, head, float(row[0]), row[1:]) for head, row in enumerate(looks)]
            x = layer(x, rotation)
        return found

    def read(self, block: Block, vectors: Tensor, places: Tensor | None = None) -> Tensor:
        """What the layers are given of each column of the block (see `forward`), float [rows, columns, d]."""
        item, behaviour, gap, value, known = (
            torch.from_numpy(array).to(self.start.device)
            for array in (block.item, block.behaviour, block.gap, block.value, block.known)
        )  # (B, T)
        x = F.embedding(item.clamp(min=0) if places is None else places, vectors)  # (B, T, d)
        x = torch.where((item >= 0)[..., None], x, 0.0)
        if len(self.texts) and (block.text >= 0).any():
            x = self._add_texts(x, block)
        x = x + self.behaviour(behaviour) + self.gap(gap) + value[..., None] * self.value
        return torch.where(known[..., None], x, self.start)

    def _add_texts(self, x: Tensor, block: Block) -> Tensor:
        """What events without an item say, as an item of that text would; a text that came later says nothing."""
        said = np.flatnonzero((block.text >= 0) & (block.text < len(self.texts)))
        rows = torch.from_numpy(block.text.ravel()[said]).to(x.device)
        places = torch.from_numpy(said).to(x.device)
        return x.flatten(0, 1).index_add(0, places, self.texts[rows] @ self.project).view_as(x)

    def loss(self, block: Block, check: Callable[[], None]) -> Tensor:
        """Mean cross entropy of the next items (`core.training.loop.Trainable`)."""
        device = self.start.device
        item, target = (torch.from_numpy(array).to(device) for array in (block.item, block.target))  # (B, T), (N,)
        if not self.settings.negatives:
            vectors = self.item_vectors()  # (V, d)
            hidden = self(block, vectors)  # (N, d)
            return full_softmax(hidden, vectors, F.embedding(target, vectors), check)
        sampled = self.sampled(self.settings.negatives)  # (K,)
        every = torch.cat((item.flatten().clamp(min=0), target, sampled))
        used, places = torch.unique(every, return_inverse=True)
        shown_at, next_at, sampled_at = places.split((item.numel(), len(target), len(sampled)))
        vectors = self.item_vectors(used)  # (n, d), only those that this step needs
        hidden = self(block, vectors, shown_at.view_as(item))  # (N, d)
        own, negatives = F.embedding(next_at, vectors), F.embedding(sampled_at, vectors)  # (N, d), (K, d)
        hits = (next_at[:, None] == sampled_at).nonzero()
        return sampled_softmax(hidden, own, negatives, hits, self.log_expected[sampled])

    def sampled(self, number: int) -> Tensor:
        """Items, int64 [number], half drawn evenly from the catalogue, half from what came next in the training."""
        device = self.start.device
        evenly = torch.randint(self.items, (number - number // 2,), device=device)
        return torch.cat((evenly, self.popular[torch.randint(len(self.popular), (number // 2,), device=device)]))

    def sample_from(self, targets: NDArray[np.int32]) -> None:
        """Draw sampled negatives half evenly from the catalogue and half from `targets`, as often as they occur."""
        device = self.start.device
        share = 0.5 / self.items + 0.5 * np.bincount(targets, minlength=self.items) / max(len(targets), 1)
        expected = np.log(share * max(self.settings.negatives or 0, 1)).astype(np.float32)
        self.popular = torch.from_numpy(targets).to(device)
        self.log_expected = torch.from_numpy(expected).to(device)


def rotations(position: Tensor, width: int) -> Tensor:
    """Turns by the angles at each position (B, T), complex [B, T, 1, 1, width / 2]."""
    speed = 1000.0 ** (-torch.arange(width // 2, device=position.device) / (width // 2))
    angle = position[:, :, None, None, None] * speed
    return torch.polar(torch.ones_like(angle), angle)


def floats(vectors: NDArray[np.generic] | None) -> NDArray[np.float32] | None:
    """Vectors that were kept in half the space, as they are computed with."""
    return None if vectors is None else vectors.astype(np.float32)


def centred(vectors: NDArray[np.float32], items: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors, float32 [n, k], relative to the mean of those of `items` (float32 [m, k]) that are not 0; 0 stays 0."""
    told = np.any(items != 0, axis=1)
    mean = items[told].mean(0) if told.any() else np.zeros(items.shape[1], dtype=np.float32)
    return np.where(np.any(vectors != 0, axis=1)[:, None], vectors - mean, np.float32(0.0))


def main_axes(vectors: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """What leads from centred vectors, float32 [n, k], to their main axes of mean square 1; float32 [k, width]."""
    _, axes = np.linalg.eigh(vectors.T.astype(np.float64) @ vectors)
    first = axes[:, ::-1][:, :width]
    found = np.zeros((vectors.shape[1], width), dtype=np.float32)
    found[:, : first.shape[1]] = first / max(float(np.sqrt(np.mean((vectors @ first) ** 2))), 1e-12)
    return found


def principal_components(vectors: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """The vectors on their first `width` axes, scaled together to a mean square of 1; float32 [items, width]."""
    centred = vectors - vectors.mean(0)
    _, axes = np.linalg.eigh(centred.T.astype(np.float64) @ centred)
    found = centred @ axes[:, ::-1][:, :width].astype(np.float32)
    out = np.zeros((len(vectors), width), dtype=np.float32)
    out[:, : found.shape[1]] = found / max(float(np.sqrt(np.mean(found**2))), 1e-12)
    return out
