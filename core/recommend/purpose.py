"""How likely an item is to bring about a behaviour: the model's scores made into probabilities.

For each validation case the best candidates are asked: was it this item that followed, and with this behaviour? A
logistic regression (Platt 1999) of the answers on a few facts of each candidate gives the probability:

- how far its score stands above the user's other scores, in standard deviations;
- its rank, as a logarithm;
- for one behaviour, how often it is this one among the events of the item and of the user (log-odds, drawn towards the
  share among all events where there are few).

It is fitted on validation events alone. The reliability is told out of sample: users are halved, and each half is
judged by the regression that the other gave.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.evaluation import ranking
from core.evaluation.evaluate import Scorer
from core.evaluation.split import Split
from core.models.hybrid import spread
from core.progress import Progress
from core.sequences.log import EventLog

KIND = "purpose"  # of the documents that hold calibrations (`core.saved`)
CANDIDATES = 200  # best items of a case that are asked
CASES = 1500  # validation cases at most
FEWEST = 10  # answers "yes" that a regression needs
BINS = 10
PULL = 10.0  # events that the share among all events counts as
FARTHEST = 12.0  # deviations; beyond, a score says no more

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Purpose:
    """The probability of one behaviour, and how well it holds.

    Attributes:
        behaviour: its name; empty for any that speaks for an item.
        weights: intercept and weight of each fact.
        predicted: mean probability in each bin of candidates, ascending; bins hold equally many expected events.
        observed: the share of the candidates of each bin that really followed.
        counts: candidates in each bin.
        error: expected calibration error relative to the base rate: the mean |observed - predicted| over candidates,
            divided by the mean probability.
        cases: validation cases that were asked.
        followed: how many of them were answered by a candidate.
    """

    behaviour: str
    weights: tuple[float, ...]
    predicted: tuple[float, ...]
    observed: tuple[float, ...]
    counts: tuple[int, ...]
    error: float
    cases: int
    followed: int

    def to_dict(self) -> dict[str, object]:
        """Ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, body: Mapping[str, object]) -> Self:
        """The inverse of `to_dict`."""
        known = {entry.name for entry in fields(cls)}
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in body.items()}
        return cls(**cast("dict[str, Any]", {name: value for name, value in values.items() if name in known}))

    def probability(self, facts: Floats) -> Floats:
        """The probability of each candidate, float64 [n, c], from its `facts`, float64 [n, c, f]."""
        weights = np.array(self.weights)
        return _sigmoid(weights[0] + facts @ weights[1:])


@dataclass(frozen=True)
class Habits:
    """How often it is a certain behaviour, as log-odds relative to all events.

    Attributes:
        code: of the behaviour.
        rate: its share of all events that speak for an item.
        items: float64 [items].
    """

    code: int
    rate: float
    items: Floats

    @classmethod
    def of(cls, log: EventLog, code: int) -> Self:
        """Count the events of a log."""
        asked = log.target
        is_it = log.behaviour[asked] == code
        rate = float(np.clip(is_it.mean() if len(is_it) else 0.5, 1e-4, 1 - 1e-4))
        total = np.bincount(log.item[asked], minlength=log.items)
        own = np.bincount(log.item[asked][is_it], minlength=log.items)
        return cls(code, rate, _odds(own, total, rate))

    def users(self, histories: EventLog) -> Floats:
        """Of each history, float64 [users]."""
        asked = histories.target
        is_it = asked & (histories.behaviour == self.code)
        total = np.bincount(histories.user[asked], minlength=histories.users)
        return _odds(np.bincount(histories.user[is_it], minlength=histories.users), total, self.rate)


def facts(
    scores: NDArray[np.float32],
    candidates: NDArray[np.int32],
    moments: tuple[Floats, Floats],
    histories: EventLog,
    habits: Habits | None,
) -> Floats:
    """What is known of each candidate, float64 [n, c, f].

    Args:
        scores: float32 [n, c], of the candidates, the best first; what is not finite is of no candidate.
        candidates: int32 [n, c].
        moments: mean of all scores of each user and 1 / their deviation (`core.models.hybrid.spread`).
        habits: of the behaviour; None for any.
    """
    mean, scale = moments
    own = np.where(np.isfinite(scores), scores, 0.0).astype(np.float64)
    above = np.clip((own - mean[:, None]) * scale[:, None], -FARTHEST, FARTHEST)
    rank = np.broadcast_to(np.log(np.arange(1, scores.shape[1] + 1)), scores.shape)
    columns = [above, rank]
    if habits is not None:
        columns += [habits.items[np.maximum(candidates, 0)]]
        columns += [np.broadcast_to(habits.users(histories)[:, None], scores.shape)]
    return np.stack(columns, axis=2)


def fit(model: Scorer, split: Split, behaviour: str, hide_seen: bool, progress: Progress, seed: int = 0) -> Purpose:
    """Calibrate a model that was fitted on the training events of a split.

    Args:
        behaviour: its name; empty for any.

    Raises:
        SeqlensError: there is no such behaviour, or too few validation events of it.
        Cancelled: the analyst pressed stop.
    """
    cases = split.validation
    names = [each.name for each in cases.histories.behaviours]
    if behaviour and behaviour not in names:
        raise SeqlensError("There is no behaviour {behaviour} in this workspace.", behaviour=behaviour)
    habits = Habits.of(split.train, names.index(behaviour)) if behaviour else None
    chosen = np.sort(np.random.default_rng(seed).permutation(len(cases.users))[:CASES])
    histories, truth = cases.histories.select(chosen), cases.truth[chosen]
    right = np.ones(len(chosen), dtype=np.bool_)
    if habits is not None and cases.behaviour is not None:
        right = cases.behaviour[chosen] == habits.code
    pieces, answers = [], []
    for start, end in ranking.blocks(len(chosen), histories.items, most=getattr(model, "at_once", None)):
        progress.step(start, len(chosen), "Asking how likely what is recommended follows")
        block = histories.block(start, end)
        scores = model.score(block)
        moments = spread(scores)
        if hide_seen:
            scores = scores.copy()
            ranking.hide(scores, block)
        found, values = ranking.top(scores, CANDIDATES)
        pieces.append(facts(values, found, moments, block, habits))
        answers.append((found == truth[start:end, None]) & right[start:end, None])
    progress.step(0.95, 1, "Fitting probabilities")
    known = np.concatenate(pieces) if pieces else np.zeros((0, CANDIDATES, 2))
    followed = np.concatenate(answers) if answers else np.zeros((0, CANDIDATES), dtype=np.bool_)
    if followed.any(axis=1).sum() < FEWEST:
        raise SeqlensError(
            "Only {count} validation events say which items lead to it; at least {least} are needed. Choose another "
            "target.",
            count=int(followed.any(axis=1).sum()),
            least=FEWEST,
        )
    half = cases.users[chosen] % 2 == 0
    apart = np.empty(followed.shape)
    for part in (half, ~half):
        if part.any() and followed[~part].any():
            apart[part] = _sigmoid(_regress(known[~part], followed[~part], known[part]))
        elif part.any():
            apart[part] = followed.mean()
    predicted, observed, counts = reliability(apart.ravel(), followed.ravel())
    error = float((counts * np.abs(predicted - observed)).sum() / max(counts.sum(), 1) / max(apart.mean(), 1e-12))
    return Purpose(
        behaviour=behaviour,
        weights=tuple(_weights(known, followed).tolist()),
        predicted=tuple(predicted.tolist()),
        observed=tuple(observed.tolist()),
        counts=tuple(counts.tolist()),
        error=error,
        cases=len(chosen),
        followed=int(followed.any(axis=1).sum()),
    )


def reliability(
    probability: Floats, happened: NDArray[np.bool_], bins: int = BINS
) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Mean probability, share that happened, and size of bins that hold equally many expected events, ascending."""
    order = np.argsort(probability, kind="stable")
    probability, happened = probability[order], happened[order]
    expected = np.cumsum(probability)
    place = np.minimum((expected / expected[-1] * bins).astype(np.int64), bins - 1) if len(expected) else expected
    place = place.astype(np.int64)
    counts = np.bincount(place, minlength=bins)
    kept = counts > 0
    size = np.maximum(counts, 1)
    means = np.bincount(place, weights=probability, minlength=bins) / size
    shares = np.bincount(place, weights=happened, minlength=bins) / size
    return means[kept], shares[kept], counts[kept].astype(np.int64)


def _regress(known: Floats, followed: NDArray[np.bool_], asked: Floats) -> Floats:
    weights = _weights(known, followed)
    return np.asarray(weights[0] + asked @ weights[1:], dtype=np.float64)


def _weights(known: Floats, followed: NDArray[np.bool_]) -> Floats:
    """Intercept and weights of a logistic regression; facts are brought to one scale for it."""
    from sklearn.linear_model import LogisticRegression

    rows = known.reshape(-1, known.shape[2])
    mean, deviation = rows.mean(0), np.maximum(rows.std(0), 1e-9)
    found = LogisticRegression(C=100.0, max_iter=300).fit((rows - mean) / deviation, followed.ravel())
    slopes = found.coef_[0] / deviation
    return np.concatenate(([float(found.intercept_[0]) - float(slopes @ mean)], slopes))


def _sigmoid(values: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(values, -500.0, 500.0))), dtype=np.float64)


def _odds(own: NDArray[np.int64], total: NDArray[np.int64], rate: float) -> Floats:
    """Log-odds of own / total, drawn towards `rate`, minus those of `rate`."""
    share = (own + PULL * rate) / (total + PULL)
    return np.asarray(np.log(share / (1 - share)) - np.log(rate / (1 - rate)), dtype=np.float64)
