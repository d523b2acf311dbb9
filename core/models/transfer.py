"""What sequence networks learned on one catalogue, carried to another by what is written of the items.

A network that knows items by their texts alone (`TransformerSettings.known_by`) has a map from language vectors to
those of items, which gives a vector to any item with a text, of any catalogue (as UniSRec does, Hou et al. 2022).
Other networks learn a vector of each item for itself. What the language vectors foretell of those is found by ridge
regression (the penalty by generalised cross-validation, Golub, Heath & Wahba 1979): it carries less. Each catalogue's
language vectors are taken relative to their own mean: what all texts of a shop have in common says nothing of what
follows what. All else that a network learned (how events are mixed, times, behaviours by their names) goes along.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.models.base import Tensors
from core.models.network import TransformerSettings

if TYPE_CHECKING:
    from core.models.ensemble import TransformerEnsemble

PENALTIES = tuple(10.0 ** (power / 2) for power in range(-8, 9))  # times the mean square of the texts' axes
OF_CATALOGUE = ("item.weight", "project", "behaviour.weight")  # parameters that belong to one set of data

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Begin:
    """Where a network begins that was trained on other data.

    Attributes:
        settings: of the network that was trained.
        weights: its parameters by name, without those of items and behaviours.
        behaviours: float32 [d] of each behaviour, by its name in small letters.
        projection: float32 [k, d], from language vectors to those of items.
        mean: float32 [d], the average item's vector.
        learn: whether it is to be trained further; otherwise it is used as it is.
    """

    settings: TransformerSettings
    weights: Tensors
    behaviours: dict[str, Floats]
    projection: Floats
    mean: Floats
    learn: bool

    def first_weights(self, vectors: NDArray[np.floating], behaviours: Sequence[str], own_vectors: bool) -> Tensors:
        """All parameters of a network for other items (language vectors float [items, k]) and behaviours.

        An item without a text has the vector of the average item; a behaviour of another name that of the average one.

        Args:
            own_vectors: whether the network has a vector of each item besides what its text says.
        """
        read = vectors.astype(np.float32)
        told = read.any(1)
        centre = read[told].mean(0) if told.any() else np.zeros(read.shape[1], dtype=np.float32)
        items = np.tile(self.mean if own_vectors else np.zeros_like(self.mean), (len(read), 1))
        if own_vectors:
            items[told] -= centre @ self.projection
        average: Floats = np.mean(list(self.behaviours.values()), axis=0)
        names = [name.lower() for name in behaviours]
        done = [self.behaviours.get(name, average) for name in names]
        own: Tensors = {"item.weight": items, "project": self.projection}
        return {**self.weights, **own, "behaviour.weight": np.stack(done).astype(np.float32)}


def begins(model: TransformerEnsemble, behaviours: Sequence[str], learn: bool) -> tuple[Begin, ...]:
    """Where the networks of a trained model lead others to begin.

    Args:
        behaviours: names of the behaviours of the data that it was trained on.

    Raises:
        SeqlensError: it was trained without texts, or kept as a small network alone.
    """
    if model.vectors is None or not len(model.vectors) or model.settings.distil:
        raise SeqlensError(
            "This model keeps nothing of the texts of its items, so that it cannot be carried to others. Train it "
            "without a small network on items with titles."
        )
    texts = model.vectors.astype(np.float32)
    return tuple(
        _begin(member.parameters(), member.item_vectors(), texts, behaviours, member.network_settings, learn)
        for member in model.members
    )


def _begin(
    weights: Tensors,
    items: Floats,
    texts: Floats,
    behaviours: Sequence[str],
    settings: TransformerSettings,
    learn: bool,
) -> Begin:
    told = texts.any(1)
    if settings.known_by == "text":
        projection, mean = cast("Floats", weights["project"]), np.zeros(settings.width, dtype=np.float32)
    else:
        projection, mean = ridge(texts[told], items[told]), items[told].mean(0)
    own = cast("Floats", weights["behaviour.weight"])
    rows = {name.lower(): own[row] for row, name in enumerate(behaviours) if row < len(own)}
    rest = {name: value for name, value in weights.items() if name not in OF_CATALOGUE}
    return Begin(settings, rest, rows or {"": own.mean(0)}, projection, mean, learn)


def ridge(sources: Floats, targets: Floats) -> Floats:
    """The matrix, float32 [k, d], that leads best from centred sources [n, k] to centred targets [n, d]."""
    x = sources.astype(np.float64) - sources.mean(0, dtype=np.float64)
    y = targets.astype(np.float64) - targets.mean(0, dtype=np.float64)
    squares, axes = np.linalg.eigh(x.T @ x)
    squares = np.maximum(squares, 0.0)
    turned = axes.T @ (x.T @ y)  # [k, d]
    told = (turned**2).sum(1) / np.maximum(squares, 1e-9)  # what each axis can explain
    whole, count = float((y**2).sum()), len(x)

    def error(penalty: float) -> float:
        kept = squares / (squares + penalty)
        left = whole - float(((1 - (1 - kept) ** 2) * told)[squares > 1e-9].sum())
        return max(left, 0.0) / max(count - float(kept.sum()), 1e-9) ** 2

    scale = max(float(squares.mean()), 1e-9)
    penalty = min((scale * each for each in PENALTIES), key=error)
    return cast("Floats", (axes @ (turned / (squares + penalty)[:, None])).astype(np.float32))
