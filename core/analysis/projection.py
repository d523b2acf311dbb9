"""Users or items as points in a plane, near each other where their vectors are alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from core.analysis import apart
from core.language.features import fading
from core.sequences.log import EventLog

if TYPE_CHECKING:
    from core.progress import Progress

MOST = 100_000  # points of a map; of more, that many are drawn by lot
LAID_OUT = 20_000  # points that t-SNE lays out; of more, the rest is placed by these
AXES = 50  # principal axes that clusters and t-SNE look at (van der Maaten & Hinton 2008 take 30)
DECAY, HISTORY = 0.9, 100  # of a user's language profile, as in `core.language.features.FeatureSettings`
PLACED_BY = 5  # laid out neighbours that place one of the rest
BLOCK = 1024  # of those that are placed at once

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Space:
    """Vectors of users or items, of length one.

    Attributes:
        codes: int32 [n], the users or items that have a vector, ascending.
        vectors: float32 [n, d].
        axes: float32 [n, <= AXES], the vectors on their principal axes, relative to their mean.
        explained: share of the variance that each of the axes explains.
        without: users or items that have no vector: no event, or no text.
        left_out: those that have one and were not drawn, where there are more than a map shows.
    """

    codes: NDArray[np.int32]
    vectors: Floats
    axes: Floats
    explained: tuple[float, ...]
    without: int
    left_out: int

    @classmethod
    def of(cls, vectors: Floats, progress: Progress, most: int = MOST, codes: NDArray[np.int32] | None = None) -> Space:
        """The space of `vectors` (float32 [users or items, d]), of which zero rows are no vectors.

        `codes` are those of the rows where they are not all users or items.
        """
        from sklearn.decomposition import PCA

        progress.step(0, 2, "Finding the axes of the map")
        long = np.linalg.norm(vectors, axis=1)
        known = np.flatnonzero(long > 0)
        some = drawn(known, most)
        unit = np.divide(vectors[some], long[some, None], dtype=np.float32)
        width = min(AXES, *unit.shape)
        progress.step(1, 2, "Finding the axes of the map")
        turned, explained = np.zeros((len(unit), width), dtype=np.float32), np.zeros(width)
        if (unit != unit[:1]).any():  # of points that are all alike there are no axes
            model = PCA(width, svd_solver="covariance_eigh")
            turned = model.fit_transform(unit).astype(np.float32)
            explained = np.nan_to_num(np.asarray(model.explained_variance_ratio_, dtype=np.float64))
        rows = (some if codes is None else codes[some]).astype(np.int32)
        return cls(rows, unit, turned, tuple(explained.tolist()), len(vectors) - len(known), len(known) - len(some))


def drawn(rows: NDArray[np.int64], most: int, seed: int = 0) -> NDArray[np.int64]:
    """At most `most` of the rows, drawn by lot and in their order."""
    if len(rows) <= most:
        return rows
    return np.sort(np.random.default_rng(seed).choice(rows, most, replace=False))


def profiles(log: EventLog, vectors: Floats) -> Floats:
    """The vectors of what each user chose, added up with weights that fade with every later event.

    Args:
        vectors: float32 [items, d].

    Returns:
        float32 [users, d]; a zero row for a user who chose nothing that has a vector.
    """
    from scipy.sparse import coo_array

    weight = np.where(log.positive, fading(log, DECAY, HISTORY), np.float32(0.0))
    used = np.flatnonzero(weight)
    shape = (log.users, len(vectors))
    chosen = coo_array((weight[used], (log.user[used], log.item[used])), shape=shape).tocsr()
    return cast("Floats", np.asarray(chosen @ vectors, dtype=np.float32))


def pca(space: Space) -> Floats:
    """The places of all points on the first two principal axes, float32 [n, 2], within -1 to 1."""
    return within(space.axes)


def tsne(
    space: Space, progress: Progress, laid_out: int = LAID_OUT, perplexity: float = 30.0, iterations: int = 750
) -> Floats:
    """The places of all points by t-SNE (van der Maaten & Hinton 2008), float32 [n, 2], within -1 to 1.

    Of more than `laid_out` points, that many are laid out, and each of the others stands where its nearest neighbours
    among them do: neighbourhoods stay, and the time does not grow with the population.

    Raises:
        Cancelled: the analyst pressed stop; that takes effect at once.
    """
    if len(space.codes) < 5:
        return pca(space)
    some = drawn(np.arange(len(space.codes)), laid_out)
    settings = {"perplexity": perplexity, "iterations": iterations, "seed": 0}
    part = progress.part(0.0, 0.9)

    def tell(done: float, total: float) -> None:
        part.step(done, total, "Laying out {points} points by t-SNE", points=len(some))

    found = apart.run("tsne", {"vectors": space.axes[some]}, settings, part, tell)["places"]
    return within(_placed(space.axes, some, found, progress.part(0.9, 1.0)))


def within(places: Floats) -> Floats:
    """Places moved and scaled, both directions alike, so that they lie within -1 to 1; a missing direction is 0."""
    plane = np.zeros((len(places), 2), dtype=np.float32)
    plane[:, : places.shape[1]] = places[:, :2]
    if len(plane):
        low, high = plane.min(0), plane.max(0)
        plane = (plane - (low + high) / 2) / max(float((high - low).max()) / 2, 1e-12)
    return plane.astype(np.float32)


def _placed(axes: Floats, some: NDArray[np.int64], places: Floats, progress: Progress) -> Floats:
    """Places of all points, where those of `some` are known: the others stand in the midst of their neighbours."""
    whole = np.zeros((len(axes), 2), dtype=np.float32)
    whole[some] = places
    rest = np.setdiff1d(np.arange(len(axes)), some, assume_unique=True)
    known, length = axes[some], (axes[some] ** 2).sum(1)
    count = min(PLACED_BY, len(some))
    for start in range(0, len(rest), BLOCK):
        progress.step(start, len(rest), "Placing the other points by their neighbours")
        block = axes[rest[start : start + BLOCK]]
        apart_by = (block**2).sum(1)[:, None] + length - 2.0 * (block @ known.T)  # squared distances, (b, n)
        near = np.argpartition(apart_by, count - 1, axis=1)[:, :count]
        closeness = 1.0 / np.maximum(np.take_along_axis(apart_by, near, 1), 1e-6)
        weight = closeness / closeness.sum(1, keepdims=True)
        whole[rest[start : start + BLOCK]] = (weight[:, :, None] * places[near]).sum(1)
    return whole
