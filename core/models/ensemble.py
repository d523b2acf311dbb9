"""Several sequence transformers, trained from other seeds, whose scores are averaged: the model called "transformer".

What one network learned by chance the others did not, so their mean ranks better than any of them (Hansen & Salamon
1990; Lakshminarayanan et al. 2017 for today's networks). How many there are, and for how many epochs each is trained,
follows from the time that the analyst grants; it is fixed before training and kept, so that a seed gives the same run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, ClassVar, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.models.attribution import Shares
from core.models.base import Settings, Tensors
from core.models.distilled import small
from core.models.network import Head, TransformerSettings, floats
from core.models.parts import OneComponent
from core.models.transformer import SequenceTransformer, event_rounds
from core.progress import Part, Progress
from core.sequences.log import Catalogue, EventLog

if TYPE_CHECKING:
    from core.evaluation.split import Cases
    from core.models.growing import Newcomers
    from core.models.transfer import Begin
    from core.training.checkpoints import CheckpointStore

SECONDS = {"quick": 15.0, "standard": 390.0, "thorough": 1500.0}  # for one fit; a run makes two
MEMBERS = {"quick": 1, "standard": 3, "thorough": 10}
SHARE_TRAINED = 0.8  # of the time of an epoch; the rest goes to validation
TEACHING = 0.7  # share of the time in which the teachers of a small network are trained
PREFIX = "member/"
SHARED = ("vectors", "texts")


class TransformerEnsemble(OneComponent):
    """A `core.models.base.Recommender`, and `Validated`, of one or more networks.

    Attributes:
        settings: as asked; what time and data decide is in those of the members.
        vectors: float16 [items, k], language vectors of the items; None where there are none.
        texts: float16 [texts, k], those of texts that events have in the place of an item; None where there are none.
        members: the trained networks, or the small one that they taught.
        begins: where each of them begins that was trained on other data; empty: their first weights are drawn.
    """

    name: ClassVar[str] = "transformer"

    def __init__(
        self,
        settings: TransformerSettings | None = None,
        vectors: NDArray[np.float32] | None = None,
        device: str = "auto",
        texts: NDArray[np.float32] | None = None,
        begins: tuple[Begin, ...] = (),
    ) -> None:
        self.settings = _shaped(settings or TransformerSettings(), begins)
        self.vectors = None if vectors is None else vectors.astype(np.float16)
        self.texts = None if vectors is None or texts is None or not len(texts) else texts.astype(np.float16)
        self.members: list[SequenceTransformer] = []
        self.begins = begins
        if begins and (vectors is None or vectors.shape[1] != len(begins[0].projection)):
            raise SeqlensError("No item has a text that the other run could be carried over by. Train from nothing.")
        self._device = device
        self._taught: TransformerSettings | None = None  # the teachers' settings, once they have taught
        self._joined: tuple[tuple[SequenceTransformer, ...], NDArray[np.float32]] | None = None  # see `score`

    @property
    def curve(self) -> list[dict[str, float]]:
        """Figures of each epoch of each network, one after the other."""
        return _joined(self.members)

    def fit(self, log: EventLog, catalogue: Catalogue, progress: Progress) -> None:
        """Train on all of `log`, without validation, as many networks and epochs as the settings say."""
        plan, teaching = self._planned(log, progress), self._teaching(progress)
        self.members = []
        for number in range(plan.members or 1):
            member = self._member(plan, number)
            member.fit(log, catalogue, _Turn(teaching, plan, self.members))
            self.members.append(member)
        self._distil(log, progress)

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
        """Train on `log`, each network until the epoch that ranks the truths of `cases` best.

        With `finish`, the network under way takes its best state and no other one is begun.
        """
        kept = _Kept(checkpoints)
        plan, teaching = kept.plan or self._planned(log, progress), self._teaching(progress)
        self.members = [self._rebuilt(*state) for state in kept.finished]
        for number in range(len(self.members), plan.members or 1):
            member = self._member(plan, number)
            place = kept.place(plan, self.members)
            ended = finish and self.members and place.load() is None
            if ended:
                break
            member.fit_validated(log, catalogue, cases, hide_seen, _Turn(teaching, plan, self.members), place, finish)
            self.members.append(member)
        self._distil(log, progress)

    def unfitted(self) -> TransformerEnsemble:
        """As many networks, trained as long as validation found best in the mean, to be fitted on all events."""
        given = floats(self.vectors), self._device, floats(self.texts), self.begins
        return TransformerEnsemble(self._again(), *given)

    def _again(self) -> TransformerSettings:
        """The settings with what data, time and validation decided."""
        if self._taught is not None or not self.members:
            return self._taught or self.settings
        epochs = round(float(np.mean([member.outcome.best_epoch for member in self.members])))
        chosen = self.members[0].unfitted().settings
        return replace(chosen, seed=self.settings.seed, members=len(self.members), last_epoch=epochs or None)

    def _teaching(self, progress: Progress) -> Progress:
        """The part of the progress in which the networks are trained."""
        return progress.part(0.0, TEACHING) if self.settings.distil else progress

    def _distil(self, log: EventLog, progress: Progress) -> None:
        """Let the networks teach a small one, where that is asked for, and keep it alone."""
        if self.settings.distil:
            self._taught = self._again()
            shape = replace(small(self._taught, self.settings.distil), known_by="both")  # it reads no texts
            pupil = SequenceTransformer(shape, None, self._device)
            pupil.learn_from(self.members, log, progress.part(TEACHING, 1.0))
            pupil.round()
            pupil.outcome.curve[:0] = self.curve
            self.members = [pupil]

    def grown(self, newcomers: Newcomers) -> TransformerEnsemble:
        """The same networks, each with a vector for each fresh item."""
        model = TransformerEnsemble(self.settings, None, self._device)
        model.members = [member.grown(newcomers) for member in self._fitted()]
        return model

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        """Scores of every item for each history, float32 [users, items]."""
        members = tuple(self._fitted())
        if self._joined is None or self._joined[0] != members:
            self._joined = members, self.item_vectors() / np.float32(len(members))
        return self.user_vectors(histories, Progress()) @ self._joined[1].T

    def item_vectors(self) -> NDArray[np.float32]:
        """Vectors of all items by each network, side by side, float32 [items, d]."""
        return np.concatenate([member.item_vectors() for member in self._fitted()], axis=1)

    def user_vectors(self, histories: EventLog, progress: Progress) -> NDArray[np.float32]:
        """What the networks say of the moment after each history, side by side, float32 [users, d].

        Its dot product with an item's vector is the score, as many times as there are networks.
        """
        members = self._fitted()
        parts = [progress.part(n / len(members), (n + 1) / len(members)) for n in range(len(members))]
        found = [member.user_vectors(histories, part) for member, part in zip(members, parts, strict=True)]
        return np.concatenate(found, axis=1)

    @property
    def attends(self) -> bool:
        """Whether the networks have layers of attention."""
        return any(member.attends for member in self._fitted())

    def attention(self, history: EventLog) -> list[Head]:
        """Where each head of each network looks from the end of one user's history."""
        members = self._fitted()
        return [
            replace(head, network=number) for number, member in enumerate(members) for head in member.attention(history)
        ]

    def event_rounds(self, history: EventLog, items: NDArray[np.int32], check: Callable[[], None]) -> Iterator[Shares]:
        return event_rounds(self._fitted(), history, items, check)

    def state(self) -> tuple[Tensors, Settings]:
        tensors = self._shared()
        facts: list[Settings] = []
        for number, member in enumerate(self._fitted()):
            arrays, own = _own_state(member)
            tensors |= {f"{PREFIX}{number}/{name}": array for name, array in arrays.items()}
            facts.append(own)
        return tensors, {"settings": asdict(self.settings), "members": facts}

    @classmethod
    def from_state(cls, tensors: Tensors, settings: Settings, device: str = "auto") -> TransformerEnsemble:
        try:
            chosen = TransformerSettings(**cast("dict[str, object]", settings["settings"]))  # type: ignore[arg-type]
            model = cls(chosen, floats(tensors.get("vectors")), device, floats(tensors.get("texts")))
            for number, facts in enumerate(cast("list[Settings]", settings["members"])):
                model.members.append(model._rebuilt(_part(tensors, f"{PREFIX}{number}/"), facts))
        except (KeyError, TypeError, AttributeError) as error:
            raise SeqlensError("This transformer cannot be read. It is damaged or of a newer Seqlens.") from error
        return model

    def _planned(self, log: EventLog, progress: Progress) -> TransformerSettings:
        """The settings with every number filled in: what the data suggest, cut down to what the time allows."""
        settings = self.settings.suited(log)
        if settings.known_by == "text" and self.vectors is None:
            raise SeqlensError("No item has a text that it could be known by. Let items have vectors of their own.")
        if self.begins and not self.begins[0].learn:
            return replace(settings, members=len(self.begins), epochs=1, last_epoch=1)
        if self.settings.epochs or self.settings.members:
            return replace(settings, members=self.settings.members or 1)
        members, epochs = MEMBERS[settings.effort], settings.epochs or 1
        progress.step(0, 1, "Measuring how fast this machine trains")
        speed = self._member(settings, 0).speed(log, progress)  # events a second
        passes = SECONDS[settings.effort] * SHARE_TRAINED * speed / max(log.events, 1)
        members = int(np.clip(passes // epochs, 1, members))
        epochs = int(np.clip(passes, 1, epochs))
        return replace(settings, members=members, epochs=epochs, last_epoch=epochs)

    def _member(self, plan: TransformerSettings, number: int) -> SequenceTransformer:
        own = replace(plan, seed=plan.seed + 1000 * number)
        begin = self.begins[number % len(self.begins)] if self.begins else None
        return SequenceTransformer(own, floats(self.vectors), self._device, floats(self.texts), begin)

    def _rebuilt(self, tensors: Tensors, facts: Settings) -> SequenceTransformer:
        return SequenceTransformer.from_state({**tensors, **self._shared()}, facts, self._device)

    def _shared(self) -> Tensors:
        """What all networks read, kept once."""
        if self.settings.distil and self.members:
            return {}  # what the small network needs is in its own weights
        given = {"vectors": self.vectors, "texts": self.texts}
        return {name: array for name, array in given.items() if array is not None}

    def _fitted(self) -> list[SequenceTransformer]:
        if not self.members:
            raise SeqlensError("This transformer has not been trained yet.")
        return self.members


def _shaped(settings: TransformerSettings, begins: tuple[Begin, ...]) -> TransformerSettings:
    """The settings with the shape of the networks that are begun with."""
    if not begins:
        return settings
    other = begins[0].settings
    return replace(settings, encoder=other.encoder, width=other.width, blocks=other.blocks, heads=other.heads)


class _Kept:
    """What a checkpoint holds of a training of several networks: the plan, and those that are finished."""

    def __init__(self, store: CheckpointStore) -> None:
        self._store = store
        self.plan: TransformerSettings | None = None
        self.finished: list[tuple[Tensors, Settings]] = []
        kept = store.load()
        if kept is not None:
            tensors, facts = kept
            try:
                self.plan = TransformerSettings(**cast("dict[str, object]", facts["plan"]))  # type: ignore[arg-type]
                for number, own in enumerate(cast("list[Settings]", facts["finished"])):
                    self.finished.append((_part(tensors, f"{PREFIX}{number}/"), own))
            except (KeyError, TypeError) as error:
                raise SeqlensError("The checkpoint belongs to another model. Start a new training.") from error

    def place(self, plan: TransformerSettings, finished: list[SequenceTransformer]) -> _Place:
        return _Place(self._store, plan, finished)


class _Place:
    """Where one network keeps its state; what the finished ones learned is kept with it."""

    def __init__(self, store: CheckpointStore, plan: TransformerSettings, finished: list[SequenceTransformer]) -> None:
        self._store, self._plan = store, plan
        self._tensors: Tensors = {}
        self._facts: list[Settings] = []
        self._curve = _joined(finished)
        for number, member in enumerate(finished):
            arrays, facts = _own_state(member)
            self._tensors |= {f"{PREFIX}{number}/{name}": array for name, array in arrays.items()}
            self._facts.append(facts)

    def save(self, tensors: Tensors, info: Settings) -> None:
        own = cast("list[dict[str, float]]", info["curve"])
        curve = [*self._curve, *_numbered(own, len(self._curve))]
        facts = {**info, "curve": curve, "plan": asdict(self._plan), "finished": self._facts}
        self._store.save({**self._tensors, **tensors}, facts)

    def load(self) -> tuple[Tensors, Settings] | None:
        kept = self._store.load()
        if kept is None or len(cast("list[Settings]", kept[1].get("finished", []))) != len(self._facts):
            return None
        tensors, facts = kept
        own = {name: array for name, array in tensors.items() if not name.startswith(PREFIX)}
        before = len(self._curve)
        curve = _numbered(cast("list[dict[str, float]]", facts["curve"])[before:], -before)
        return own, {**facts, "curve": curve}


def _own_state(member: SequenceTransformer) -> tuple[Tensors, Settings]:
    """The state of one network without what all share."""
    tensors, facts = member.state()
    return {name: array for name, array in tensors.items() if name not in SHARED}, facts


def _part(tensors: Tensors, prefix: str) -> Tensors:
    return {name[len(prefix) :]: array for name, array in tensors.items() if name.startswith(prefix)}


def _joined(members: list[SequenceTransformer]) -> list[dict[str, float]]:
    """Figures of all epochs, numbered as if they were those of one training."""
    every = [figures for member in members for figures in member.curve]
    return [{**figures, "epoch": float(epoch)} for epoch, figures in enumerate(every, 1)]


def _numbered(curve: list[dict[str, float]], shift: int) -> list[dict[str, float]]:
    return [{**figures, "epoch": figures["epoch"] + shift} for figures in curve]


class _Turn(Part):
    """The part of one network; it counts epochs on from those of the networks before it."""

    def __init__(self, progress: Progress, plan: TransformerSettings, finished: list[SequenceTransformer]) -> None:
        members, number = plan.members or 1, len(finished)
        super().__init__(progress, number / members, (number + 1) / members)
        self._before = sum(len(member.curve) for member in finished)
        self._all = self._before + (members - number) * (plan.last_epoch or 1)

    def report(self, fraction: float, message: str, figures: dict[str, float | int | str]) -> None:
        if "epoch" in figures:
            figures = {**figures, "epoch": int(figures["epoch"]) + self._before, "epochs": self._all}
        super().report(fraction, message, figures)
