"""The article's bilinear model: how well an item's features I suit what a user did, X, by a matrix W between them.

X fuses, for each behaviour, the features of the items of a user's events, added up with weights that decay with every
later event; where asked for, principal components take its place. The similarity is XᵀWI + b, and W is learned by
gradient descent on the squared error ½ Σ (y − ŷ)², in which y is 1 for the item that followed and 0 for items drawn
from the catalogue. Without those negatives the constant 1 would be the best answer.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import ClassVar, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.language.features import behaviour_profiles, fading, reduced
from core.language.item_features import item_features
from core.models.attribution import Shares, linear
from core.models.base import Settings, Tensors
from core.models.bilinear_fit import Descent, Prefixes, descend
from core.models.parts import OneComponent
from core.models.popularity import log_share
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog

Floats = NDArray[np.float32]

ALWAYS = "any user"  # the entry of X that is 1 for everybody
POPULARITY = "popularity"  # the entry of I that tells how often the item was chosen
SAMPLED = 20_000  # histories from which the scale and the principal components of X are taken


@dataclass(frozen=True)
class BilinearSettings:
    """Settings of the bilinear model.

    Attributes:
        seed: of the order of events and of the negatives.
        decay: what each later event leaves of an event's weight in X.
        history: events that X looks at, the last ones.
        tags: most frequent tags of categories that are entries of X and I; 0 for none.
        language: principal components of language vectors that are entries of X and I; 0 for none.
        dimensions: principal components to which X is reduced; 0 for X itself.
        negatives: how many negatives weigh against one event that happened.
        shared: drawn items that the events of a step share as their negatives.
        epochs: passes over the events.
        events: events that an epoch looks at, at most; it draws others each time.
        batch: events in a step.
        learning_rate: of Adam at the start; it falls to nothing.
        weight_decay: pull of W to zero.
    """

    seed: int = 0
    decay: float = 0.8
    history: int = 50
    tags: int = 64
    language: int = 128
    dimensions: int = 0
    negatives: float = 50.0
    shared: int = 256
    epochs: int = 10
    events: int = 200_000
    batch: int = 1024
    learning_rate: float = 0.005
    weight_decay: float = 1e-6

    def __post_init__(self) -> None:
        counts = (self.history, self.shared, self.epochs, self.events, self.batch)
        if not (0 < self.decay <= 1 and min(counts) >= 1 and min(self.tags, self.language, self.dimensions) >= 0):
            raise SeqlensError("A decay lies above 0 and at most at 1, and the history has at least one event.")
        if self.learning_rate <= 0 or self.negatives <= 0 or self.weight_decay < 0:
            raise SeqlensError("The learning rate and the negatives must be above 0, the weight decay not below.")


def similarity(x: Floats, weights: Floats, items: Floats, bias: Floats) -> Floats:
    """XᵀWI + b of each user and item, float32 [n, m].

    Args:
        x: float32 [n, p], what users did.
        weights: W, float32 [p, q].
        items: I, float32 [m, q].
        bias: b, whose entries are summed.
    """
    return cast("Floats", x @ weights @ items.T + bias.sum())


@dataclass(frozen=True)
class NamedMatrix:
    """A matrix whose rows and columns have names: `values` is float32 [rows, columns]."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: Floats


@dataclass(frozen=True)
class Cell:
    """A cell of W: the entries of X and I that it joins, its weight, and what it gave to one score."""

    row: str
    column: str
    weight: float
    given: float


class Bilinear(OneComponent):
    """A `core.models.base.Recommender` whose score is linear in the events of a history.

    Attributes:
        settings: as asked.
        vectors: float32 [items, d], language vectors of the items; None where there are none.
        curve: epoch and loss of each epoch of the last fit.
    """

    name: ClassVar[str] = "bilinear"

    def __init__(self, settings: BilinearSettings | None = None, vectors: Floats | None = None) -> None:
        self.settings = settings or BilinearSettings()
        self.vectors = vectors
        self.curve: list[dict[str, float]] = []
        self._rows: tuple[str, ...] = ()
        self._columns: tuple[str, ...] = ()
        self._items: Floats | None = None  # I of every item, the popularity last
        self._weights = _none(0, 0)  # W, whose first row is of any user
        self._bias = _none(1)
        self._mean, self._scale, self._axes = _none(0), _none(0), _none(0, 0)  # from sums over events to X (`_read`)
        self._folded = _none(0, 0)  # W as it reads 1 and the sums over events

    def fit(self, log: EventLog, catalogue: Catalogue, progress: Progress) -> None:
        """Learn W from all events that speak for an item.

        Raises:
            SeqlensError: no item has a category or a text.
        """
        progress.step(0, 1, "Preparing the features of items")
        settings = self.settings
        found = item_features(catalogue.categories, self.vectors, settings.tags, settings.language)
        if not found.names:
            raise SeqlensError(
                "No item has a category or a text, so the bilinear model has no features. Choose another model."
            )
        counts = np.bincount(log.item[log.positive], minlength=log.items).astype(np.float64)
        self._items = np.concatenate((found.values, log_share(counts)[:, None]), axis=1)
        self._columns = (*found.names, POPULARITY)
        prefixes = Prefixes(log, found.values, settings.decay, settings.history)
        self._scale_to(prefixes, [f"{each.name}: {name}" for each in log.behaviours for name in found.names])
        self._weights, bias, self.curve = descend(
            prefixes, self._read, self._items, _descent(settings), progress.part(0.05, 1.0)
        )
        self._bias = np.array([bias], dtype=np.float32)
        self._folded = self._fold()

    def score(self, histories: EventLog) -> Floats:
        """Scores of every item for each history, float32 [users, items]; two products of matrices."""
        items = self._fitted()
        profile = behaviour_profiles(histories, self._fading(histories), items[:, :-1])
        return similarity(_with_one(profile), self._folded, items, self._bias)

    def constant(self, items: NDArray[np.int32]) -> NDArray[np.float64]:
        """What the score is for a user who did nothing."""
        return self._impersonal()[items]

    def event_shares(self, history: EventLog, items: NDArray[np.int32]) -> Shares:
        """Exact, as the score is linear in events."""
        features, weights = self._fitted(), self._fading(history)
        used = np.flatnonzero(weights)
        width = features.shape[1] - 1
        effect = self._folded[1:].astype(np.float64).reshape(-1, width, width + 1)  # of each behaviour's events
        own = features[history.item[used], :-1] * weights[used, None]  # (e, p)
        asked = features[items].astype(np.float64)  # (m, q)
        suited = np.einsum("ep,epq->eq", own, effect[history.behaviour[used]])
        terms = np.zeros((len(items), history.events))
        terms[:, used] = asked @ suited.T
        return linear(self._impersonal()[items], terms)

    def cells(self, history: EventLog, item: int, most: int) -> list[Cell]:
        """The cells of W that gave the score of `item` most for one user's history, the largest (either sign) first.

        A score is the sum of all cells, each times its entries of X and I, and of b.
        """
        items = self._fitted()
        x = self._read(behaviour_profiles(history, self._fading(history), items[:, :-1]))[0]
        given = x[:, None] * self._weights * items[item]
        found = np.argsort(-np.abs(given), axis=None, kind="stable")[:most]
        places = [(int(row), int(column)) for row, column in zip(*np.unravel_index(found, given.shape), strict=True)]
        return [
            Cell(self._rows[row], self._columns[column], float(self._weights[row, column]), float(given[row, column]))
            for row, column in places
            if given[row, column] != 0
        ]

    def matrix(self) -> NamedMatrix:
        """W: a row for each entry of X, a column for each entry of I.

        Entries of X are divided by their usual size before W, so that its rows can be compared.
        """
        self._fitted()
        return NamedMatrix(self._rows, self._columns, self._weights)

    def state(self) -> tuple[Tensors, Settings]:
        tensors: Tensors = {
            "items": self._fitted(),
            "weights": self._weights,
            "bias": self._bias,
            "mean": self._mean,
            "scale": self._scale,
            "axes": self._axes,
        }
        names: Settings = {"rows": list(self._rows), "columns": list(self._columns), "curve": self.curve}
        return tensors, {"settings": asdict(self.settings)} | names

    @classmethod
    def from_state(cls, tensors: Tensors, settings: Settings) -> Bilinear:
        try:
            model = cls(BilinearSettings(**cast("dict[str, object]", settings["settings"])))  # type: ignore[arg-type]
            model._rows = tuple(cast("list[str]", settings["rows"]))
            model._columns = tuple(cast("list[str]", settings["columns"]))
            model.curve = list(cast("list[dict[str, float]]", settings["curve"]))
            kept = cast("dict[str, Floats]", tensors)
            model._items, model._weights, model._bias = kept["items"], kept["weights"], kept["bias"]
            model._mean, model._scale, model._axes = kept["mean"], kept["scale"], kept["axes"]
            model._folded = model._fold()
            rows, columns = model._weights.shape
            if (rows, columns) != (len(model._rows), len(model._columns)) or kept["items"].shape[1] != columns:
                raise ValueError("the parts are of different models")
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise SeqlensError("This model cannot be read. It is damaged or of a newer Seqlens.") from error
        return model

    def _scale_to(self, prefixes: Prefixes, names: list[str]) -> None:
        """Find the usual size of each entry of X, or its principal components, from some of the histories."""
        rng = np.random.default_rng(self.settings.seed)
        some = np.sort(rng.permutation(len(prefixes.targets))[:SAMPLED])
        profiles = prefixes.profiles(prefixes.targets[some])
        if self.settings.dimensions:
            found = reduced(profiles, self.settings.dimensions)
            self._mean, self._scale, self._axes = found.mean, found.scale, found.axes
            self._rows = (ALWAYS, *(_component(number, axis, names) for number, axis in enumerate(found.axes, 1)))
            return
        size = np.sqrt(np.square(profiles, dtype=np.float64).mean(0)) if len(some) else np.ones(profiles.shape[1])
        self._mean = np.zeros(len(size), dtype=np.float32)
        self._scale = np.where(size > 1e-6, size, 1.0).astype(np.float32)
        self._axes = _none(0, 0)
        self._rows = (ALWAYS, *names)

    def _read(self, profiles: Floats) -> Floats:
        """X of sums over events: 1, and their standardised entries or the principal components of these."""
        x = (profiles - self._mean) / self._scale
        return _with_one(cast("Floats", x @ self._axes.T if self.settings.dimensions else x))

    def _fold(self) -> Floats:
        """The matrix that does to 1 and the sums over events, float32 [1 + P, q], what W does to X."""
        inner = self._weights[1:].astype(np.float64)
        raw = (self._axes.T @ inner if self.settings.dimensions else inner) / self._scale[:, None]
        return np.concatenate(((self._weights[0] - self._mean @ raw)[None], raw)).astype(np.float32)

    def _impersonal(self) -> NDArray[np.float64]:
        """Score of every item for a user who did nothing, float64 [items]."""
        always = self._fitted().astype(np.float64) @ self._folded[0] + self._bias.sum()
        return cast("NDArray[np.float64]", always)

    def _fading(self, histories: EventLog) -> Floats:
        return fading(histories, self.settings.decay, self.settings.history)

    def _fitted(self) -> Floats:
        if self._items is None:
            raise SeqlensError("The bilinear model has not been trained yet.")
        return self._items


def _descent(settings: BilinearSettings) -> Descent:
    return Descent(**{entry.name: getattr(settings, entry.name) for entry in fields(Descent)})


def _component(number: int, axis: Floats, names: list[str]) -> str:
    """A principal component, called by the two entries of X that count most in it."""
    most = np.argsort(-np.abs(axis), kind="stable")[:2]
    return f"component {number} ({', '.join(('−' if axis[place] < 0 else '+') + names[place] for place in most)})"


def _with_one(x: Floats) -> Floats:
    return np.concatenate((np.ones((len(x), 1), dtype=np.float32), x), axis=1)


def _none(*shape: int) -> Floats:
    return np.zeros(shape, dtype=np.float32)
