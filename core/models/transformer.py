"""The sequence transformer as a recommender: how its network is asked, explained and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, fields, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.errors import SeqlensError
from core.language.halving import in_halves
from core.models.attribution import Asked, Game, Shares, rounds
from core.models.base import Masked, Settings, Tensors
from core.models.coalitions import SharedCoalitions
from core.models.distilled import Pupil, rounded, whole
from core.models.eras import ages
from core.models.network import Head, Transformer, TransformerSettings, centred, floats
from core.models.parts import OneComponent
from core.models.transformer_fit import Untrained, learn, speed, told, validation, value_scale
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog
from core.training import processes
from core.training.batches import Events, by_length, last_windows, partial_block, scoring_block
from core.training.devices import choose, on_each_core
from core.training.loop import Outcome, Validate

if TYPE_CHECKING:
    from core.evaluation.split import Cases
    from core.models.growing import Newcomers
    from core.models.transfer import Begin
    from core.training.checkpoints import CheckpointStore

__all__ = ["SequenceTransformer", "TransformerSettings"]

SCORING_CELLS = 16_384  # events that are encoded at once when nothing is trained
CPU_SCORING_CELLS = 2048  # the same on the CPU: little enough for the cache, and for lengths that are nearly equal


class SequenceTransformer(OneComponent):
    """A `core.models.base.Recommender`, and `Validated`, around the network.

    Attributes:
        settings: as asked; what the data decides is in `TransformerSettings.suited`.
        vectors: float16 [items, k], language vectors of the items; None where there are none.
        texts: float16 [texts, k], those of texts that events have in the place of an item; None where there are none.
        ages: float16 [items, a], when items came up; None until that is read from the events, or where nothing tells.
        curve: figures of each epoch of the last fit: epoch, loss, ndcg, events_per_second, memory_mb, seconds.
        outcome: what the last fit came to.
        begin: where it begins that was trained on other data; None: its first weights are drawn.
    """

    name: ClassVar[str] = "transformer"

    def __init__(
        self,
        settings: TransformerSettings | None = None,
        vectors: NDArray[np.float32] | None = None,
        device: str = "auto",
        texts: NDArray[np.float32] | None = None,
        begin: Begin | None = None,
    ) -> None:
        self.settings = settings or TransformerSettings()
        self.vectors = None if vectors is None else vectors.astype(np.float16)
        self.texts = None if vectors is None or texts is None or not len(texts) else texts.astype(np.float16)
        self.device = choose(device)
        self.outcome = Outcome()
        self.begin = begin
        self.ages: NDArray[np.float16] | None = None
        self._value_scale = (0.0, 1.0)
        self._rounded = False  # whether the weights are those of 8 bits
        self._module: Transformer | None = None
        self._items: Tensor | None = None

    @property
    def curve(self) -> list[dict[str, float]]:
        return self.outcome.curve

    def fit(self, log: EventLog, catalogue: Catalogue, progress: Progress) -> None:
        """Train on all of `log`, without validation, as many epochs as the settings say."""
        self._read_ages(log, catalogue)  # its texts came in as vectors
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
        self._read_ages(log, catalogue)
        self._train(log, progress, validation(cases, hide_seen, self._encode), checkpoints, finish)

    def _read_ages(self, log: EventLog, catalogue: Catalogue) -> None:
        if self.begin is None and self.settings.known_by == "both":  # other data's items are of other times
            found = ages(log, catalogue)
            self.ages = None if found is None else found.astype(np.float16)

    def learn_from(self, teachers: Sequence[SequenceTransformer], log: EventLog, progress: Progress) -> None:
        """Train on what `teachers` rank at the moments of `log` (`core.models.distilled`)."""
        progress.step(0, 1, "Preparing the sequences")
        self._value_scale = teachers[0]._value_scale
        module = self._build(self.settings, log.items, len(log.behaviours))
        pupil = Pupil(module, [each._fitted() for each in teachers], [each._item_vectors() for each in teachers])
        self.outcome = learn(pupil, self._read(log), progress)

    def round(self) -> None:
        """Round the weights to 8 bits, in which they are kept from now on."""
        self._rounded, self._items = True, None
        kept = {name: torch.from_numpy(whole(*pair)) for name, pair in self._kept_weights().items()}
        self._fitted().load_state_dict(kept)

    def unfitted(self) -> SequenceTransformer:
        """The same with what the training events and validation decided, to be fitted on all events."""
        settings = self.settings
        if self._module is not None:
            settings = replace(self._module.settings, last_epoch=self.outcome.best_epoch or None)
        return SequenceTransformer(settings, floats(self.vectors), str(self.device), floats(self.texts), self.begin)

    def parameters(self) -> Tensors:
        """All that it learned, by the names of the network's parameters."""
        return {name: value.cpu().numpy() for name, value in self._fitted().state_dict().items()}

    @property
    def network_settings(self) -> TransformerSettings:
        """The settings of the network, with what the data decided."""
        return self._fitted().settings

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        """Scores of every item for each history, float32 [users, items]."""
        module = self._fitted()
        with torch.inference_mode():
            vectors = self._item_vectors()
            hidden = self._encode(module, vectors, histories)
            parts = in_halves(lambda rows: (hidden[rows] @ vectors.T).cpu().numpy(), np.arange(len(hidden)))
        return parts[0] if len(parts) == 1 else np.concatenate(parts)  # (users, V)

    def grown(self, newcomers: Newcomers) -> SequenceTransformer:
        """The same network with a vector for each fresh item, as its text foretells it from those of the others."""
        old, vectors = self._fitted(), self.item_vectors()
        every = np.zeros((len(newcomers.fresh), vectors.shape[1]), dtype=np.float32)
        every[: newcomers.known] = vectors
        every[newcomers.codes] = newcomers.foretell(vectors)
        if self.ages is not None:  # of a fresh item it may be known when it came up, whatever came up near its lenders
            aged = self.ages.astype(np.float32) @ old.project[-self.ages.shape[1] :].detach().cpu().numpy()
            own = newcomers.codes[newcomers.codes < newcomers.known]
            own = own[self.ages[own].any(1)]
            every[own] += aged[own] - newcomers.foretell(aged)[np.searchsorted(newcomers.codes, own)]
        language, texts = None, floats(self.texts)
        if len(old.project):  # what texts in the place of an item are read by; no item has one any more
            language = np.zeros((len(every), len(old.project)), dtype=np.float32)
            if texts is not None and self.vectors is not None and old.settings.known_by == "text":
                texts = centred(texts, self.vectors.astype(np.float32))
            if texts is not None:
                texts = np.pad(texts, ((0, 0), (0, len(old.project) - texts.shape[1])))
        model = SequenceTransformer(old.settings, language, str(self.device), texts)
        model._value_scale, model.outcome, model._rounded = self._value_scale, self.outcome, self._rounded
        module = model._build(old.settings, len(every), old.behaviour.num_embeddings)
        module.load_state_dict({**old.state_dict(), "item.weight": torch.from_numpy(every)})
        return model

    def item_vectors(self) -> NDArray[np.float32]:
        """Vectors of all items, float32 [items, d]; a score is the dot product of one with a user's vector."""
        with torch.inference_mode():
            return cast("NDArray[np.float32]", self._item_vectors().cpu().numpy())

    def user_vectors(self, histories: EventLog, progress: Progress) -> NDArray[np.float32]:
        """What the network says of the moment after each history, float32 [users, d]."""
        with torch.inference_mode():
            found = self._encode(self._fitted(), self._item_vectors(), histories, progress)
        return cast("NDArray[np.float32]", found.cpu().numpy())

    @property
    def attends(self) -> bool:
        """Whether the network has layers of attention."""
        return self._fitted().attends

    def attention(self, history: EventLog) -> list[Head]:
        """Where each head looks from the end of one user's history; none for a recurrent network."""
        events, windows = self._read(history), last_windows(history.offsets, self.longest)
        with torch.inference_mode():
            found = self._fitted().attention(scoring_block(events, windows), self._item_vectors())
        older = np.zeros(history.events - int(windows.lengths[0]), dtype=np.float32)  # too far back to be looked at
        return [replace(head, weights=np.concatenate((older, head.weights))) for head in found]

    def masked_scores(
        self,
        history: EventLog,
        coalitions: NDArray[np.bool_],
        items: NDArray[np.int32],
        check: Callable[[], None] = lambda: None,
    ) -> NDArray[np.float32]:
        """Scores of a few items when only some events of a history are seen.

        They keep their positions and times. Seen or not, nothing needs to be learned for this: a history with gaps is
        a history, and one of which nothing is seen is scored like an empty one.

        Args:
            history: of exactly one user.
            coalitions: bool [c, events], true for the events that are seen.
            items: int32 [m].
            check: raises where the work is to stop.

        Returns:
            float32 [c, m].
        """
        module = self._fitted()
        events, start = self._read(history), max(0, history.events - self.longest)
        seen = coalitions[:, start:]
        scores = torch.empty(len(seen), len(items), device=self.device)
        with torch.inference_mode():
            vectors = self._item_vectors()
            wanted = vectors[torch.from_numpy(items).to(self.device).long()]  # (m, d)

            def fill(rows: NDArray[np.int64]) -> None:
                check()
                block = partial_block(events, start, seen[rows])
                hidden = module(block, vectors, one_a_row=True)
                scores[torch.from_numpy(rows).to(self.device)] = hidden @ wanted.T  # (c, m)

            for rows in by_length(seen.sum(1), SCORING_CELLS):
                in_halves(fill, rows)
        return cast("NDArray[np.float32]", scores.cpu().numpy())

    def event_rounds(self, history: EventLog, items: NDArray[np.int32], check: Callable[[], None]) -> Iterator[Shares]:
        return event_rounds([self], history, items, check)

    def game(self, history: EventLog, items: NDArray[np.int32], check: Callable[[], None]) -> Game:
        """The scores of `items` for one user as a game of the events that are looked at, the last `longest` ones."""
        module, first = self._fitted(), max(0, history.events - self.longest)
        if SharedCoalitions.possible(module):
            with torch.inference_mode():
                vectors = self._item_vectors()
                block = scoring_block(self._read(history), last_windows(history.offsets, self.longest))
                shown = module.read(block, vectors)[0]  # (1 + events, d)
                wanted = vectors[torch.from_numpy(items).to(self.device).long()]  # (m, d)
                return SharedCoalitions(module, shown, wanted, check)

        def value(some: NDArray[np.bool_]) -> NDArray[np.float32]:
            return self.masked_scores(history, np.pad(some, ((0, 0), (first, 0))), items, check)

        return Asked(value, history.events - first)

    def state(self) -> tuple[Tensors, Settings]:
        module = self._fitted()
        tensors: Tensors = {}
        for name, (values, steps) in self._kept_weights().items():
            tensors[f"weights/{name}"] = values
            if steps is not None:
                tensors[f"scale/{name}"] = steps
        if self.vectors is not None:
            tensors["vectors"] = self.vectors
        if self.texts is not None:
            tensors["texts"] = self.texts
        if self.ages is not None:
            tensors["ages"] = self.ages
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
            model = cls(chosen, floats(tensors.get("vectors")), device, floats(tensors.get("texts")))
            model.ages = cast("NDArray[np.float16] | None", tensors.get("ages"))
            model._value_scale = float(cast(float, settings["value_mean"])), float(cast(float, settings["value_scale"]))
            model._build(chosen, int(cast(int, settings["items"])), int(cast(int, settings["behaviours"])))
            names = [name[8:] for name in tensors if name.startswith("weights/")]
            model._rounded = any(name.startswith("scale/") for name in tensors)
            kept = {name: whole(tensors[f"weights/{name}"], tensors.get(f"scale/{name}")) for name in names}
            model._fitted().load_state_dict({name: torch.from_numpy(values) for name, values in kept.items()})
            model.outcome.best_epoch = int(cast(int, settings["best_epoch"]))
            model.outcome.curve[:] = cast("list[dict[str, float]]", settings["curve"])
        except (KeyError, TypeError, ValueError, RuntimeError) as error:
            raise SeqlensError("This transformer cannot be read. It is damaged or of a newer Seqlens.") from error
        return model

    def speed(self, log: EventLog, progress: Progress) -> float:
        """Events a second that this machine trains on (`core.models.transformer_fit.speed`)."""
        network = self._untrained(self.settings.suited(log), log.items, len(log.behaviours)).network(self.device)
        return speed(network, self._read(log), progress)

    def _train(
        self,
        log: EventLog,
        progress: Progress,
        validate: Validate | None = None,
        checkpoints: CheckpointStore | None = None,
        finish: bool = False,
    ) -> None:
        progress.step(0, 1, "Preparing the sequences")
        self._value_scale = value_scale(log)
        events, untrained = self._read(log), self._untrained(self.settings.suited(log), log.items, len(log.behaviours))
        if self.begin is not None and self.vectors is not None:
            names = [each.name for each in log.behaviours]
            first = self.begin.first_weights(self.vectors, names, self.settings.known_by == "both")
            untrained = replace(untrained, first=first)
            if not self.begin.learn:
                self._take(untrained)
                return
        group = None if finish else processes.group()
        with told(group, untrained, events, validate is not None, checkpoints):
            self.outcome = learn(self._take(untrained), events, progress, validate, checkpoints, finish, group)

    def _untrained(self, settings: TransformerSettings, items: int, behaviours: int) -> Untrained:
        return Untrained(settings, items, behaviours, self.vectors, self.texts, self.ages)

    def _build(self, settings: TransformerSettings, items: int, behaviours: int) -> Transformer:
        """A new network, its first weights drawn from the seed."""
        return self._take(self._untrained(settings, items, behaviours))

    def _take(self, untrained: Untrained) -> Transformer:
        self._module, self._items = untrained.network(self.device), None
        return self._module

    def _encode(
        self, module: Transformer, vectors: Tensor, histories: EventLog, progress: Progress | None = None
    ) -> Tensor:
        """What the model says of the moment after each history, float [users, d]; can be stopped by `progress`."""
        events, windows = self._read(histories), last_windows(histories.offsets, self.longest)
        hidden = torch.empty(histories.users, module.settings.width, device=self.device)

        def encode(rows: NDArray[np.int64]) -> None:
            if progress:
                progress.check()
            with torch.inference_mode():  # which each thread enters by itself
                found = module(scoring_block(events, windows.select(rows)), vectors, one_a_row=True)
                hidden[torch.from_numpy(rows).to(self.device)] = found

        if self.device.type == "cpu":
            on_each_core(partial(in_halves, encode), by_length(windows.lengths, CPU_SCORING_CELLS))
        else:
            for rows in by_length(windows.lengths, SCORING_CELLS):
                in_halves(encode, rows)
        return hidden

    def _kept_weights(self) -> dict[str, tuple[NDArray[np.generic], NDArray[np.float32] | None]]:
        """The weights by name, each as it is kept: in 8 bits with a scale for each row, or as it is without."""
        arrays = {name: value.cpu().numpy() for name, value in self._fitted().state_dict().items()}
        return {name: rounded(a) if self._rounded and a.ndim == 2 else (a, None) for name, a in arrays.items()}

    def _read(self, log: EventLog) -> Events:
        return Events.of(log, *self._value_scale)

    @property
    def longest(self) -> int:
        """Events of a history that are looked at, the last ones."""
        return self._fitted().settings.longest or 1

    def _item_vectors(self) -> Tensor:
        if self._items is None:
            self._items = self._fitted().item_vectors().detach()
        return self._items

    def _fitted(self) -> Transformer:
        if self._module is None:
            raise SeqlensError("This transformer has not been trained yet.")
        return self._module


def event_rounds(
    networks: Sequence[SequenceTransformer], history: EventLog, items: NDArray[np.int32], check: Callable[[], None]
) -> Iterator[Shares]:
    """Shares of the events in the mean score of networks of one length, surer with every round."""
    older = max(0, history.events - networks[0].longest)  # events too far back to be looked at: they have no share
    wide = ((0, 0), (older, 0))
    for found in rounds([network.game(history, items, check) for network in networks]):
        shares, errors = np.pad(found.shares, wide), np.pad(found.errors, wide)
        yield Shares(found.base, shares, errors, _of_newer(found.masked, older))


def _of_newer(masked: Masked, older: int) -> Masked:
    """The same for all events, of which the first `older` change nothing."""
    return lambda seen: masked(seen[:, older:])
