"""Groups of points that are alike, the largest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.analysis import apart
from core.analysis.projection import drawn

if TYPE_CHECKING:
    from core.progress import Progress

MANY = 10_000  # points beyond which k-means looks at batches of them
GROUPED = 20_000  # points that HDBSCAN looks at; of more, each of the rest joins the nearest of these

Floats = NDArray[np.float32]
Labels = NDArray[np.int32]


def kmeans(axes: Floats, count: int, progress: Progress) -> Labels:
    """The group of each point by k-means (k-means++ starts, Arthur & Vassilvitskii 2007), int32 [n], 0 the largest.

    Args:
        axes: float32 [n, k], the points' vectors on their principal axes.
        count: of groups, at most.
    """
    from sklearn.cluster import KMeans, MiniBatchKMeans

    progress.step(0, 1, "Finding groups by k-means")
    count = min(count, len(axes))
    if count < 2:
        return np.zeros(len(axes), dtype=np.int32)
    if len(axes) > MANY:
        model = MiniBatchKMeans(count, batch_size=4096, n_init=3, random_state=0)
    else:
        model = KMeans(count, n_init=4, random_state=0)
    return by_size(np.asarray(model.fit_predict(axes)))


def hdbscan(places: Floats, smallest: int, progress: Progress) -> Labels:
    """The group of each point by HDBSCAN (Campello et al. 2013), int32 [n], 0 the largest, -1 for points in none.

    It looks at where the points stand on the map: so many dimensions as vectors have leave no dense places to find.

    Args:
        places: float32 [n, 2].
        smallest: points of a group, at least.

    Raises:
        Cancelled: the analyst pressed stop; that takes effect at once.
    """
    from scipy.spatial import KDTree

    some = drawn(np.arange(len(places)), GROUPED)
    smallest = max(2, round(smallest * len(some) / max(len(places), 1)))
    if len(some) <= smallest:
        return np.full(len(places), -1, dtype=np.int32)

    def tell(done: float, total: float) -> None:
        progress.step(done, total, "Finding groups of {points} points by HDBSCAN", points=len(some))

    labels = apart.run("hdbscan", {"places": places[some]}, {"smallest": smallest}, progress, tell)["labels"]
    if len(some) < len(places):
        _, nearest = KDTree(places[some]).query(places)
        labels = labels[nearest]
    return by_size(labels)


def by_size(labels: NDArray[np.integer]) -> Labels:
    """The labels numbered anew, the largest group first; -1 stays."""
    found, place = np.unique(labels[labels >= 0], return_inverse=True)
    order = np.argsort(-np.bincount(place, minlength=len(found)), kind="stable")
    number = np.empty(len(found), dtype=np.int32)
    number[order] = np.arange(len(found), dtype=np.int32)
    anew = np.full(len(labels), -1, dtype=np.int32)
    anew[labels >= 0] = number[place]
    return anew


def sizes(labels: Labels) -> NDArray[np.int64]:
    """Points of each group, int64 [groups]."""
    return np.bincount(labels[labels >= 0])
