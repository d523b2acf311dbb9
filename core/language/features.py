"""What each user is like in figures: counts, recency, sessions and what was read about, one row a user.

The columns have names, so that a table, a map or a cluster of users can be read, and scikit-learn's principal
components make few columns of many. Every figure is computed on columns of the whole log at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.sequences.log import EventLog
from core.sequences.sessions import sessions

if TYPE_CHECKING:
    import pyarrow as pa

    from core.progress import Progress

DAY = 86_400_000_000  # microseconds
HOUR = 3_600_000_000

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class FeatureSettings:
    """How users are described.

    Attributes:
        decay: what each later event leaves of an event's weight in a language profile.
        history: events that a language profile looks at, the last ones.
        language: principal components of the items' language vectors in a profile.
    """

    decay: float = 0.9
    history: int = 100
    language: int = 16

    def __post_init__(self) -> None:
        if not (0 < self.decay <= 1 and self.history >= 1 and self.language >= 0):
            raise SeqlensError("A decay lies above 0 and at most at 1, and the history has at least one event.")


@dataclass(frozen=True)
class UserFeatures:
    """One row a user, one named column a figure.

    Attributes:
        names: of the columns, c of them.
        values: float32 [users, c]; NaN where there is nothing to tell, as the recency of what was never done.
    """

    names: tuple[str, ...]
    values: Floats


@dataclass(frozen=True)
class Reduced:
    """Principal components of features (`reduced`).

    Attributes:
        values: float32 [rows, k].
        explained: float64 [k], share of the variance of all columns that each component explains.
        axes: float32 [k, c], how much each (standardised) column counts in a component.
        mean, scale: float32 [c]; a column is taken relative to its mean and divided by its scale.
    """

    values: Floats
    explained: NDArray[np.float64]
    axes: Floats
    mean: Floats
    scale: Floats


def user_features(
    log: EventLog, vectors: Floats | None, progress: Progress, settings: FeatureSettings | None = None
) -> UserFeatures:
    """Describe every user of a log by what the user did.

    For each behaviour: number of events; recency, which is days from the last such event to the end of the log, or,
    without times, the user's events since then; the language profile, where items have texts: the principal
    components of their vectors, added up with weights that decay with every later event, so that it tells what the
    user reads about and how much of it. For the whole sequence: events, sessions, their mean length in events, and
    the median pause between sessions in hours.

    Args:
        vectors: float32 [items, d], language vectors; None, or all zero, where no item has a text.
    """
    settings = settings or FeatureSettings()
    progress.step(0, 4, "Describing users by what they did")
    names, columns = _whole(log)
    progress.check()
    counts, recency = _per_behaviour(log)
    for code, behaviour in enumerate(log.behaviours):
        names += [f"{behaviour.name}: events", f"{behaviour.name}: {'days' if log.timed else 'events'} since"]
        columns += [counts[:, code], recency[:, code]]
    values = np.stack(columns, axis=1).astype(np.float32)
    if vectors is not None and vectors.any() and settings.language:
        progress.step(2, 4, "Describing users by what they did")
        axes = principal(vectors, settings.language)
        progress.check()
        profile = behaviour_profiles(log, fading(log, settings.decay, settings.history), axes)
        values = np.concatenate((values, profile), axis=1)
        numbers = range(1, axes.shape[1] + 1)
        names += [f"{behaviour.name}: language {number}" for behaviour in log.behaviours for number in numbers]
    progress.step(4, 4, "Describing users by what they did")
    return UserFeatures(tuple(names), values)


def fading(log: EventLog, decay: float, longest: int) -> Floats:
    """Weight of each event in its user's profile, float32 [events].

    1 for the last event with an item and `decay` times less for each one before it; 0 for those further back than
    `longest` and for events without an item. Negative behaviours have weights too: they have profiles of their own.
    """
    held = log.item >= 0
    until = np.concatenate(([0], np.cumsum(held)))
    age = np.repeat(until[log.offsets[1:]], log.lengths) - until[1:]
    weight = np.power(np.float32(decay), np.minimum(age, longest).astype(np.float32))
    return np.where(held & (age < longest), weight, np.float32(0.0)).astype(np.float32)


def behaviour_profiles(log: EventLog, weights: Floats, features: Floats) -> Floats:
    """The features of the items of each user's events, weighed and added up for each behaviour.

    Args:
        weights: float32 [events], as `fading` gives them.
        features: float32 [items, p].

    Returns:
        float32 [users, behaviours * p], the columns of the first behaviour first.
    """
    from scipy.sparse import coo_array

    used = np.flatnonzero(weights)
    kinds = len(log.behaviours)
    rows = log.user[used].astype(np.int64) * kinds + log.behaviour[used]
    shape = (log.users * kinds, len(features))
    profile = coo_array((weights[used], (rows, log.item[used])), shape=shape).tocsr() @ features
    return cast("Floats", np.asarray(profile, dtype=np.float32).reshape(log.users, kinds * features.shape[1]))


def principal(vectors: Floats, dimensions: int) -> Floats:
    """Vectors relative to their mean on their first principal axes, float32 [n, <= dimensions]; zero rows stay zero.

    All axes have one scale, under which the first has deviation 1, so that each keeps its importance.
    """
    from sklearn.decomposition import PCA

    known = np.flatnonzero(vectors.any(axis=1))
    width = min(dimensions, vectors.shape[1], len(known))
    found = np.zeros((len(vectors), width), dtype=np.float32)
    if width:
        turned = PCA(width, svd_solver="covariance_eigh").fit_transform(vectors[known].astype(np.float64))
        found[known] = turned / max(float(turned[:, 0].std()), 1e-12)
    return found


def reduced(values: Floats, dimensions: int) -> Reduced:
    """Standardise columns and keep their first principal components (scikit-learn's PCA).

    NaN counts as its column's mean.

    Args:
        values: float32 [rows, c].
        dimensions: components to keep, at most.
    """
    from sklearn.decomposition import PCA

    known = np.isfinite(values)
    count = np.maximum(known.sum(0), 1)
    filled = np.where(known, values, np.float32(0.0)).astype(np.float64)
    mean = filled.sum(0) / count
    centred = np.where(known, filled - mean, 0.0)
    deviation = np.sqrt((centred**2).sum(0) / count)
    scale = np.where(deviation > 1e-9, deviation, 1.0)
    width = min(dimensions, *values.shape)
    if width < 1:
        empty = np.zeros((len(values), 0), dtype=np.float32)
        axes = np.zeros((0, values.shape[1]), dtype=np.float32)
        return Reduced(empty, np.zeros(0), axes, mean.astype(np.float32), scale.astype(np.float32))
    model = PCA(width, svd_solver="covariance_eigh")
    turned = model.fit_transform(centred / scale)
    return Reduced(
        turned.astype(np.float32),
        np.nan_to_num(np.asarray(model.explained_variance_ratio_, dtype=np.float64)),
        model.components_.astype(np.float32),
        mean.astype(np.float32),
        scale.astype(np.float32),
    )


def feature_table(features: UserFeatures, user_ids: pa.StringArray, components: Reduced | None = None) -> pa.Table:
    """A table with the id, the features and, where given, the principal components of each user."""
    import pyarrow as pa

    columns = dict(zip(features.names, features.values.T, strict=True))
    if components is not None:
        columns |= {f"component {number}": column for number, column in enumerate(components.values.T, 1)}
    figures = {name: pa.array(column, pa.float32(), mask=~np.isfinite(column)) for name, column in columns.items()}
    return pa.table({"user_id": user_ids, **figures})


def _whole(log: EventLog) -> tuple[list[str], list[NDArray[np.float64]]]:
    """Names and columns, float64 [users] each, of what is told of a whole sequence."""
    number = sessions(log)
    filled = log.lengths > 0
    count = np.zeros(log.users)
    count[filled] = number[log.offsets[1:][filled] - 1] + 1
    mean = np.divide(log.lengths, count, out=np.full(log.users, np.nan), where=filled)
    names, columns = ["events", "sessions", "events a session"], [log.lengths.astype(np.float64), count, mean]
    if log.timed:
        names.append("hours between sessions")
        columns.append(_median_pause(log, number))
    return names, columns


def _median_pause(log: EventLog, session: NDArray[np.int64]) -> NDArray[np.float64]:
    """Hours between the end of a session and the start of the next, the median of each user; NaN for one session."""
    found = np.full(log.users, np.nan)
    starts = np.flatnonzero(np.diff(session) > 0) + 1 if log.events else np.zeros(0, dtype=np.int64)
    starts = starts[log.position[starts] > 0]  # a session's number can grow from one user to the next as well
    pause = (log.time[starts] - log.time[starts - 1]) / HOUR
    user = log.user[starts]
    pause = pause[np.lexsort((pause, user))]
    counts = np.bincount(user, minlength=log.users)
    first = np.cumsum(counts) - counts
    some = counts > 0
    low, high = (first + (counts - 1) // 2)[some], (first + counts // 2)[some]
    found[some] = (pause[low] + pause[high]) / 2
    return found


def _per_behaviour(log: EventLog) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Number of events and recency of each behaviour, float64 [users, behaviours] each; NaN for what was not done."""
    kinds = max(len(log.behaviours), 1)
    shape = (log.users, kinds)
    place = log.user.astype(np.int64) * kinds + log.behaviour
    counts = np.bincount(place, minlength=log.users * kinds).reshape(shape).astype(np.float64)
    latest = np.full(log.users * kinds, -1, dtype=np.int64)
    np.maximum.at(latest, place, np.arange(log.events))
    last = latest.reshape(shape)
    done = last >= 0
    if log.timed:
        end = log.time.max() if log.events else 0
        since = (end - log.time[last[done]]) / DAY
    else:
        ends = np.broadcast_to(log.offsets[1:, None], shape)
        since = (ends[done] - 1 - last[done]).astype(np.float64)
    recency = np.full(shape, np.nan)
    recency[done] = since
    return counts, recency
