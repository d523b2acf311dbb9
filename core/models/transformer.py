"""The sequence transformer: what comes next, from all that came before and in which order.

Each event becomes a vector (item + behaviour + time since the event before + value). Causal self-attention mixes the
events so far into what the model says of the moment after each of them. The scores of all items are the dot products
of that with the items' vectors, which are also what the events are read by.

Kang & McAuley 2018 (SASRec) is the ancestor. Pre-norm and SwiGLU as in today's language models, rotary positions
(Su et al. 2021), softmax over the whole catalogue or with sampled negatives (Klenitskiy & Vasilev 2023), an item
vector that is a learned one plus a projection of the language vector of the item's text.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, ClassVar, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from core.errors import SeqlensError
from core.models.attribution import Shares, breakdown, shapley
from core.models.base import Breakdown, Settings, Tensors
from core.models.parts import OneComponent
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog
from core.training.batches import (
    GAP_BUCKETS,
    Block,
    Events,
    by_length,
    last_windows,
    scoring_block,
    training_blocks,
    training_windows,
)
from core.training.devices import choose
from core.training.loop import LoopSettings, Outcome, Validate, train
from core.training.loss import full_softmax, sampled_softmax

if TYPE_CHECKING:
    from core.evaluation.split import Cases
    from core.training.checkpoints import CheckpointStore

FULL_SOFTMAX_ITEMS = 4000  # up to here the whole catalogue is not much dearer than a sample of negatives
UPDATES = 1800  # of 1,024 events, after which validation hardly rises on a log of 150,000 events
STEPS_PER_EPOCH = 150
VALIDATED_USERS = 10_000
RANKED_USERS = 512  # users whose scores for all items are held at once
SCORING_CELLS = 16_384  # events that are encoded at once when nothing is trained


@dataclass(frozen=True)
class TransformerSettings:
    """Settings of the sequence transformer; None is chosen from the shape of the data (`suited`).

    Attributes:
        seed: of first weights, order of batches, dropout and negatives.
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
        masking: share of training sequences in which events are hidden at random, so that the model knows how to
            score a history of which only a part is shown.
    """

    seed: int = 0
    width: int = 64
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
    masking: float = 0.1

    def __post_init__(self) -> None:
        if self.width % self.heads or self.width // self.heads % 2:
            raise SeqlensError(
                "A width of {width} cannot be divided among {heads} heads in even parts.",
                width=self.width,
                heads=self.heads,
            )

    def suited(self, log: EventLog) -> TransformerSettings:
        """These settings with every None replaced by what suits the data."""
        events = max(log.events, 1)
        typical = float(np.average(log.lengths, weights=log.lengths)) if log.events else 1.0  # of an event's sequence
        epochs = self.epochs or int(np.clip(UPDATES * 1024 / events, 4, 20))
        return replace(
            self,
            dropout=0.3 if self.dropout is None else self.dropout,
            longest=self.longest or int(np.clip(2 ** math.ceil(math.log2(typical)), 32, 256)),
            epochs=epochs,
            last_epoch=self.last_epoch or epochs,
            batch=self.batch or int(np.clip(2 ** round(math.log2(events / STEPS_PER_EPOCH)), 1024, 8192)),
            negatives=(0 if log.items <= FULL_SOFTMAX_ITEMS else 1024) if self.negatives is None else self.negatives,
        )


class Attention(nn.Module):
    """Each event looks at those before it and at itself; positions enter as rotations of queries and keys."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)

    def forward(self, x: Tensor, rotation: tuple[Tensor, Tensor], mask: Tensor | None, at: Tensor | None) -> Tensor:
        rows, columns, width = x.shape
        q, k, v = self.qkv(x).view(rows, columns, 3, self.heads, -1).permute(2, 0, 3, 1, 4)  # 3 × (B, H, T, d/H)
        q, k = rotate(q, rotation), rotate(k, rotation)
        if at is not None:
            q = q[torch.arange(rows, device=x.device), :, at, None]  # (B, H, 1, d/H)
        dropout = self.dropout if self.training else 0.0
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=dropout, is_causal=mask is None)
        y = y.transpose(1, 2).reshape(rows, -1, width)  # (B, T or 1, d)
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
    """Attention, then the gated layer, each on normalised input and added to what was there."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.attention_norm, self.attention = nn.LayerNorm(width), Attention(width, heads, dropout)
        self.gated_norm, self.gated = nn.LayerNorm(width), SwiGLU(width)
        self.dropout = nn.Dropout(dropout)

    def forward(
        self, x: Tensor, rotation: tuple[Tensor, Tensor], mask: Tensor | None, at: Tensor | None = None
    ) -> Tensor:
        """All columns, or, in the last layer of a model that is asked for one moment a row, only the column `at`."""
        y = self.attention(self.attention_norm(x), rotation, mask, at)  # (B, T or 1, d)
        if at is not None:
            x = x[torch.arange(len(x), device=x.device), at, None]  # (B, 1, d)
        x = x + self.dropout(y)
        return cast(Tensor, x + self.dropout(self.gated(self.gated_norm(x))))  # (B, T or 1, d)


def rotate(x: Tensor, rotation: tuple[Tensor, Tensor]) -> Tensor:
    """Turn the pairs of values of each position by an angle that grows with the position."""
    cosine, sine = rotation  # (T, d/2H)
    left, right = x.chunk(2, dim=-1)  # 2 × (B, H, T, d/2H)
    return torch.cat((left * cosine - right * sine, left * sine + right * cosine), dim=-1)


class Transformer(nn.Module):
    """From blocks of sequences to what comes next.

    Attributes:
        item: the learned part of each item's vector.
        language: float [items, k], language vectors; empty where there are none.
        popular: int32 [n], the targets of the training, from which half of the sampled negatives are drawn.
    """

    language: Tensor
    popular: Tensor
    log_expected: Tensor

    def __init__(
        self, settings: TransformerSettings, items: int, behaviours: int, language: NDArray[np.float32] | None
    ) -> None:
        super().__init__()
        self.settings, self.items = settings, items
        width = settings.width
        known = np.zeros((items, 0), dtype=np.float32) if language is None else language
        self.item = nn.Embedding(items, width)
        self.project = nn.Parameter(torch.zeros(known.shape[1], width))
        self.start = nn.Parameter(torch.zeros(width))
        self.behaviour = nn.Embedding(behaviours, width)
        self.gap = nn.Embedding(GAP_BUCKETS, width)
        self.value = nn.Parameter(torch.zeros(width))
        self.input_dropout = nn.Dropout(settings.dropout or 0.0)
        self.layers = nn.ModuleList(
            Layer(width, settings.heads, settings.dropout or 0.0) for _ in range(settings.blocks)
        )
        self.norm = nn.LayerNorm(width)
        self.register_buffer("language", torch.from_numpy(known), persistent=False)
        self.register_buffer("popular", torch.zeros(0, dtype=torch.int32), persistent=False)
        self.register_buffer("log_expected", torch.zeros(0), persistent=False)
        self._first_weights(known)

    def _first_weights(self, language: NDArray[np.float32]) -> None:
        for name, value in self.named_parameters():
            if value.dim() > 1:
                nn.init.normal_(value, std=0.02)
            if name.endswith(("out.weight", "down.weight")):
                nn.init.normal_(value, std=0.02 / math.sqrt(2 * len(self.layers)))
        if language.shape[1]:
            with torch.no_grad():
                self.item.weight.copy_(torch.from_numpy(principal_components(language, self.settings.width)))

    def item_vectors(self, items: Tensor | None = None) -> Tensor:
        """Vectors of all items, float [items, d], or of some, [..., d]."""
        if items is None:
            return self.item.weight + self.language @ self.project
        return cast(Tensor, self.item(items) + self.language[items] @ self.project)

    def forward(
        self,
        block: Block,
        vectors: Tensor,
        places: Tensor | None = None,
        shown: Tensor | None = None,
        one_a_row: bool = False,
    ) -> Tensor:
        """What the model says at the moments that the block asks for, float [targets, d].

        Args:
            vectors: float [n, d], `item_vectors()`, or those of the items at `places` alone.
            places: int64 [rows, columns], the row of `vectors` of each item of the block; None: its code is its row.
            shown: bool [rows, columns], false for events to be hidden; None where all are shown.
            one_a_row: whether the block asks for exactly one moment of each row, which saves most of the last layer.
        """
        device = self.start.device
        item, behaviour, gap, value, known = (
            torch.from_numpy(array).to(device)
            for array in (block.item, block.behaviour, block.gap, block.value, block.known)
        )  # (B, T)
        seen = known if shown is None else known & shown
        x = F.embedding(item.clamp(min=0) if places is None else places, vectors)  # (B, T, d)
        x = torch.where((item >= 0)[..., None], x, 0.0)
        x = x + self.behaviour(behaviour) + self.gap(gap) + value[..., None] * self.value
        x = self.input_dropout(torch.where(seen[..., None], x, self.start))  # the hidden looks like the start
        rows, columns, width = x.shape
        mask = None if shown is None else attention_mask(seen)
        rotation = rotations(columns, width // self.settings.heads, device)
        asked = torch.from_numpy(block.asked).to(device)
        *layers, last = self.layers
        for layer in layers:
            x = layer(x, rotation, mask)  # (B, T, d)
        if not one_a_row:
            x = last(x, rotation, mask).reshape(-1, width).index_select(0, asked)  # (N, d)
        else:
            at = asked - torch.arange(rows, device=device) * columns  # (B,)
            past = torch.arange(columns, device=device) <= at[:, None]  # (B, T)
            keys = past[:, None, None] if mask is None else mask[torch.arange(rows, device=device), :, at, None]
            x = last(x, rotation, keys, at)[:, 0]  # (B, d)
        return cast(Tensor, self.norm(x))

    def loss(self, block: Block, check: Callable[[], None]) -> Tensor:
        """Mean cross entropy of the next items (`core.training.loop.Trainable`)."""
        device = self.start.device
        item, target = (torch.from_numpy(array).to(device) for array in (block.item, block.target))  # (B, T), (N,)
        shown = self._random_mask(block)
        if not self.settings.negatives:
            vectors = self.item_vectors()  # (V, d)
            hidden = self(block, vectors, None, shown)  # (N, d)
            return full_softmax(hidden, vectors, F.embedding(target, vectors), check)
        sampled = self._negatives(self.settings.negatives)  # (K,)
        every = torch.cat((item.flatten().clamp(min=0), target, sampled))
        used, places = torch.unique(every, return_inverse=True)
        shown_at, next_at, sampled_at = places.split((item.numel(), len(target), len(sampled)))
        vectors = self.item_vectors(used)  # (n, d), only those that this step needs
        hidden = self(block, vectors, shown_at.view_as(item), shown)  # (N, d)
        own, negatives = F.embedding(next_at, vectors), F.embedding(sampled_at, vectors)  # (N, d), (K, d)
        hits = (next_at[:, None] == sampled_at).nonzero()
        return sampled_softmax(hidden, own, negatives, hits, self.log_expected[sampled])

    def _negatives(self, number: int) -> Tensor:
        """Items, half drawn evenly from the catalogue, half from what came next anywhere in the training."""
        device = self.start.device
        evenly = torch.randint(self.items, (number - number // 2,), device=device)
        return torch.cat((evenly, self.popular[torch.randint(len(self.popular), (number // 2,), device=device)]))

    def _random_mask(self, block: Block) -> Tensor | None:
        """Hide from some sequences a share of their events, each sequence another share."""
        if self.settings.masking <= 0:
            return None
        rows, columns = block.item.shape
        device = self.start.device
        share = torch.rand(rows, 1, device=device) * (torch.rand(rows, 1, device=device) < self.settings.masking)
        return torch.rand(rows, columns, device=device) >= share

    def sample_from(self, targets: NDArray[np.int32]) -> None:
        """Draw sampled negatives half evenly from the catalogue and half from `targets`, as often as they occur."""
        device = self.start.device
        share = 0.5 / self.items + 0.5 * np.bincount(targets, minlength=self.items) / max(len(targets), 1)
        expected = np.log(share * max(self.settings.negatives or 0, 1)).astype(np.float32)
        self.popular = torch.from_numpy(targets).to(device)
        self.log_expected = torch.from_numpy(expected).to(device)


def attention_mask(seen: Tensor) -> Tensor:
    """Who may look at whom, bool [rows, 1, columns, columns]: at the start and at what was seen before or now."""
    keys = seen.clone()
    keys[:, 0] = True
    columns = seen.shape[1]
    causal = torch.ones(columns, columns, dtype=torch.bool, device=seen.device).tril()
    return (causal & keys[:, None, :])[:, None]


def rotations(columns: int, width: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """Cosines and sines of the angles of each position, float [columns, width / 2] each."""
    speed = 1000.0 ** (-torch.arange(width // 2, device=device) / (width // 2))
    angle = torch.arange(columns, device=device)[:, None] * speed
    return angle.cos(), angle.sin()


def principal_components(vectors: NDArray[np.float32], width: int, scale: float = 0.1) -> NDArray[np.float32]:
    """The vectors on their first `width` axes, scaled to a mean square of `scale`²; float32 [items, width]."""
    centred = vectors - vectors.mean(0)
    _, axes = np.linalg.eigh(centred.T.astype(np.float64) @ centred)
    found = centred @ axes[:, ::-1][:, :width].astype(np.float32)
    out = np.zeros((len(vectors), width), dtype=np.float32)
    out[:, : found.shape[1]] = found * (scale / max(float(np.sqrt(np.mean(found**2))), 1e-12))
    return out


class SequenceTransformer(OneComponent):
    """The recommender (`core.models.base.Recommender`) around the module above.

    Attributes:
        settings: as asked; `chosen` has them as the fit completed them.
        curve: figures of each epoch of the last fit: epoch, loss, ndcg, events_per_second, memory_mb, seconds.
        outcome: what the last fit came to.
    """

    name: ClassVar[str] = "transformer"

    def __init__(
        self,
        settings: TransformerSettings | None = None,
        vectors: NDArray[np.float32] | None = None,
        device: str = "auto",
    ) -> None:
        self.settings = settings or TransformerSettings()
        self.vectors = None if vectors is None else vectors.astype(np.float16)
        self.device = choose(device)
        self.outcome = Outcome()
        self._value_scale = (0.0, 1.0)
        self._module: Transformer | None = None
        self._items: Tensor | None = None

    @property
    def curve(self) -> list[dict[str, float]]:
        return self.outcome.curve

    def fit(self, log: EventLog, catalogue: Catalogue, progress: Progress) -> None:
        """Train on all of `log`, without validation, as many epochs as the settings say."""
        del catalogue  # its texts came in as vectors
        self._train(log, progress)

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
        """Train on `log` and keep the epoch that ranks the truths of `cases` best (`core.models.base.Validated`)."""
        del catalogue
        self._train(log, progress, self._validation(cases, hide_seen), checkpoints, finish)

    def unfitted(self) -> SequenceTransformer:
        """The same with the epochs that validation chose, to be fitted on all events."""
        chosen = replace(self.settings, last_epoch=self.outcome.best_epoch or self.settings.last_epoch)
        vectors = None if self.vectors is None else self.vectors.astype(np.float32)
        return SequenceTransformer(chosen, vectors, str(self.device))

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        """Scores of every item for each history, float32 [users, items]."""
        module = self._fitted()
        with torch.inference_mode():
            scores = self._encode(module, histories) @ self._item_vectors().T  # (users, V)
        return cast("NDArray[np.float32]", scores.cpu().numpy())

    def masked_scores(
        self, history: EventLog, coalitions: NDArray[np.bool_], items: NDArray[np.int32]
    ) -> NDArray[np.float32]:
        """Scores of a few items when only some events of a history are seen; the others keep their places.

        Args:
            history: of exactly one user.
            coalitions: bool [c, events], true for the events that are seen.
            items: int32 [m].

        Returns:
            float32 [c, m].
        """
        module = self._fitted()
        events, windows = self._read(history), last_windows(history.offsets, self._longest)
        shown = np.concatenate((np.ones((len(coalitions), 1), dtype=np.bool_), coalitions[:, windows.start[0] :]), 1)
        rows = max(1, SCORING_CELLS // shown.shape[1])
        found = []
        with torch.inference_mode():
            wanted = self._item_vectors()[torch.from_numpy(items).to(self.device).long()]  # (m, d)
            for start in range(0, len(shown), rows):
                piece = torch.from_numpy(shown[start : start + rows]).to(self.device)  # (c, T)
                block = scoring_block(events, windows.select(np.zeros(len(piece), dtype=np.int64)))
                hidden = module(block, self._item_vectors(), None, piece, one_a_row=True)  # (c, d)
                found.append(hidden @ wanted.T)  # (c, m)
        return cast("NDArray[np.float32]", torch.cat(found).cpu().numpy())

    def explain(self, history: EventLog, items: NDArray[np.int32]) -> Breakdown:
        """Scores of `items` for one user, split over the events of the history (`core.models.base.Recommender`)."""
        scores = self.score(history)[0][items]
        older = max(0, history.events - self._longest)  # events too far back to be looked at
        found = shapley(
            lambda some: self.masked_scores(history, np.pad(some, ((0, 0), (older, 0))), items), history.events - older
        )
        wide = ((0, 0), (older, 0))
        shares = Shares(found.base, np.pad(found.shares, wide), np.pad(found.errors, wide))
        return breakdown(items, scores, self.name, found.base, shares)

    def state(self) -> tuple[Tensors, Settings]:
        module = self._fitted()
        tensors: Tensors = {f"weights/{name}": value.cpu().numpy() for name, value in module.state_dict().items()}
        if self.vectors is not None:
            tensors["vectors"] = self.vectors
        mean, scale = self._value_scale
        facts: Settings = {
            "settings": asdict(module.settings),
            "items": module.items,
            "behaviours": module.behaviour.num_embeddings,
            "value_mean": mean,
            "value_scale": scale,
            "best_epoch": self.outcome.best_epoch,
            "curve": list(self.outcome.curve),
        }
        return tensors, facts

    @classmethod
    def from_state(cls, tensors: Tensors, settings: Settings, device: str = "auto") -> SequenceTransformer:
        try:
            facts = cast("dict[str, object]", settings["settings"])
            known = {entry.name for entry in fields(TransformerSettings)}
            chosen = TransformerSettings(**{name: value for name, value in facts.items() if name in known})  # type: ignore[arg-type]
            vectors = tensors.get("vectors")
            model = cls(chosen, None if vectors is None else vectors.astype(np.float32), device)
            model._value_scale = float(cast(float, settings["value_mean"])), float(cast(float, settings["value_scale"]))
            model._build(chosen, int(cast(int, settings["items"])), int(cast(int, settings["behaviours"])))
            weights = {name[8:]: torch.from_numpy(np.array(v)) for name, v in tensors.items() if name[:8] == "weights/"}
            model._fitted().load_state_dict(weights)
            model.outcome.best_epoch = int(cast(int, settings["best_epoch"]))
            model.outcome.curve[:] = cast("list[dict[str, float]]", settings["curve"])
        except (KeyError, TypeError, ValueError, RuntimeError) as error:
            raise SeqlensError("This transformer cannot be read. It is damaged or of a newer Seqlens.") from error
        return model

    def _train(
        self,
        log: EventLog,
        progress: Progress,
        validate: Validate | None = None,
        checkpoints: CheckpointStore | None = None,
        finish: bool = False,
    ) -> None:
        progress.step(0, 1, "Preparing the sequences")
        settings = self.settings.suited(log)
        given = log.value[np.isfinite(log.value)]
        self._value_scale = (float(given.mean()), float(given.std()) or 1.0) if len(given) else (0.0, 1.0)
        module = self._build(settings, log.items, len(log.behaviours))
        events, longest, batch = self._read(log), self._longest, settings.batch or 1
        module.sample_from(events.target[events.target >= 0])
        steps = len(by_length(training_windows(events.offsets, longest, np.random.default_rng(0)).lengths, batch))
        self.outcome = train(
            module,
            lambda rng: training_blocks(events, longest, batch, rng),
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
        )

    def _build(self, settings: TransformerSettings, items: int, behaviours: int) -> Transformer:
        """A new module, its first weights drawn from the seed."""
        language = None if self.vectors is None else self.vectors.astype(np.float32)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(settings.seed)
            module = Transformer(settings, items, behaviours, language)
        self._module, self._items = module.to(self.device).eval(), None
        return module

    def _validation(self, cases: Cases, hide_seen: bool) -> Validate:
        """NDCG@10 of the truths among all items; ties count against the model, a hidden truth is a miss.

        Of more than `VALIDATED_USERS` cases, that many are asked: enough to tell one epoch from another.
        """
        some = np.unique(np.linspace(0, max(len(cases.truth) - 1, 0), VALIDATED_USERS, dtype=np.int64))
        truths = cases.truth[some] if len(cases.truth) else cases.truth
        histories = cases.histories.select(some[: len(truths)])

        def validate(module: nn.Module, progress: Progress) -> float:
            hidden = self._encode(cast(Transformer, module), histories, progress)
            vectors = cast(Transformer, module).item_vectors()
            gain = 0.0
            for start in range(0, len(truths), RANKED_USERS):
                end = min(start + RANKED_USERS, len(truths))
                progress.step(start, len(truths), "Ranking for validation")
                scores = hidden[start:end] @ vectors.T  # (B, V)
                truth = torch.from_numpy(truths[start:end]).to(self.device).long()[:, None]  # (B, 1)
                if hide_seen:
                    seen = histories.block(start, end)
                    held = seen.item >= 0
                    rows, items = (torch.from_numpy(c[held]).to(self.device).long() for c in (seen.user, seen.item))
                    scores[rows, items] = float("-inf")
                found = scores.gather(1, truth)  # (B, 1)
                rank = (scores >= found).sum(1).masked_fill(found[:, 0].isinf(), scores.shape[1] + 11)  # (B,), from 1
                gain += float(torch.where(rank <= 10, 1.0 / torch.log2(rank + 1.0), 0.0).sum())
            return gain / max(len(truths), 1)

        return torch.inference_mode()(validate)

    def _encode(self, module: Transformer, histories: EventLog, progress: Progress | None = None) -> Tensor:
        """What the model says of the moment after each history, float [users, d]; can be stopped by `progress`."""
        events, windows = self._read(histories), last_windows(histories.offsets, self._longest)
        vectors = module.item_vectors()
        hidden = torch.empty(histories.users, module.settings.width, device=self.device)
        for rows in by_length(windows.lengths, SCORING_CELLS):
            if progress:
                progress.check()
            hidden[torch.from_numpy(rows).to(self.device)] = module(
                scoring_block(events, windows.select(rows)), vectors
            )
        return hidden

    def _read(self, log: EventLog) -> Events:
        return Events.of(log, *self._value_scale)

    @property
    def _longest(self) -> int:
        return self._fitted().settings.longest or 1

    def _item_vectors(self) -> Tensor:
        if self._items is None:
            self._items = self._fitted().item_vectors().detach()
        return self._items

    def _fitted(self) -> Transformer:
        if self._module is None:
            raise SeqlensError("This transformer has not been trained yet.")
        return self._module
