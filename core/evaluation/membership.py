"""How well somebody who has a model can tell who was in the data that it learned from.

The attack goes by the loss (Yeom et al. 2018): what a model has learned by heart it finds less surprising. How
surprising a user is to models anyway is taken off first, by what models say that were trained with and without that
user (Watson et al. 2022; a plain form of Carlini et al. 2022). Models come in pairs, of which each learns from half of
the users and the other one from the other half, so that every user is inside for one of them and outside for one.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from core.evaluation import ranking
from core.evaluation.evaluate import Scorer
from core.progress import Progress
from core.sequences.log import EventLog

MOMENTS = 20  # of a user, at which the model is asked what follows
FALSE_ALARMS = 0.01
RESAMPLES = 400


@dataclass(frozen=True)
class Membership:
    """What the attack came to: the means over the models, with 95 % bootstrap intervals over users.

    Attributes:
        auc: chance that a user inside looks more like one than a user outside does; 0.5 is guessing.
        auc_low, auc_high: its interval.
        found: share of the users inside that are found when 1 % of those outside are taken for them; 0.01 is guessing.
        found_low, found_high: its interval.
        users: that were attacked.
        models: that were trained for it.
    """

    auc: float
    auc_low: float
    auc_high: float
    found: float
    found_low: float
    found_high: float
    users: int
    models: int

    def figures(self) -> dict[str, float]:
        """Every attribute by its name."""
        return {name: float(value) for name, value in asdict(self).items()}


def losses(scorer: Scorer, log: EventLog, users: NDArray[np.int64], progress: Progress) -> NDArray[np.float64]:
    """Mean cross entropy of what each of `users` did next, at up to `MOMENTS` moments of the sequence, float64 [n].

    The scores are taken as logits; where they are none (counts), the figure still grows with the surprise. A user who
    has nothing to predict has 0.
    """
    place = np.flatnonzero(log.target & np.isin(log.user, users))
    user = log.user[place]
    first = np.searchsorted(user, user)
    count = np.searchsorted(user, user, side="right") - first
    number = np.arange(len(place)) - first
    chosen = number * MOMENTS // np.maximum(count, MOMENTS) != (number - 1) * MOMENTS // np.maximum(count, MOMENTS)
    place, user = place[chosen], user[chosen]
    found = np.zeros(len(place))
    for start, end in ranking.blocks(len(place), log.items, most=getattr(scorer, "at_once", None)):
        progress.step(start, len(place), "Asking the model what users did next")
        histories = log.heads(user[start:end], log.position[place[start:end]])
        scores = scorer.score(histories).astype(np.float64)
        top = scores.max(1, keepdims=True)
        mass = np.log(np.exp(scores - top).sum(1)) + top[:, 0]
        found[start:end] = mass - scores[np.arange(end - start), log.item[place[start:end]]]
    total = np.bincount(user, found, minlength=log.users)
    return (total / np.maximum(np.bincount(user, minlength=log.users), 1))[users]


def attacked(surprise: NDArray[np.float64], inside: NDArray[np.bool_], seed: int = 0) -> Membership:
    """How well the attack tells who was inside.

    Args:
        surprise: float64 [models, users], `losses`.
        inside: bool [models, users], who was learned from; the models 2i and 2i + 1 share out the users between them.
    """
    looks = _calibrated(surprise)
    rng, users = np.random.default_rng(seed), surprise.shape[1]
    aucs, finds = np.empty(RESAMPLES + 1), np.empty(RESAMPLES + 1)
    for turn in range(RESAMPLES + 1):
        some = np.arange(users) if turn == 0 else rng.integers(0, users, users)
        pairs = [_told_apart(one[some], where[some]) for one, where in zip(looks, inside, strict=True)]
        aucs[turn], finds[turn] = np.mean(pairs, axis=0)
    (auc_low, auc_high), (low, high) = (np.quantile(each[1:], (0.025, 0.975)) for each in (aucs, finds))
    return Membership(
        float(aucs[0]),
        float(auc_low),
        float(auc_high),
        float(finds[0]),
        float(low),
        float(high),
        users,
        len(surprise),
    )


def halves(users: int, pairs: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Who is inside for each of 2 · `pairs` models, bool [models, users]."""
    order = np.array([rng.permutation(users) for _ in range(pairs)])
    first = order < users // 2
    return np.stack((first, ~first), axis=1).reshape(2 * pairs, users)


def _calibrated(surprise: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much less each model is surprised by each user than the models of the other pairs, where there are any."""
    models = len(surprise)
    if models == 2:
        return -surprise
    pair = np.arange(models) // 2
    others = np.stack([surprise[pair != one].mean(0) for one in pair])
    return others - surprise


def _told_apart(looks: NDArray[np.float64], inside: NDArray[np.bool_]) -> tuple[float, float]:
    """The area under the curve, and the share inside that is found at the allowed false alarms; ties count half."""
    within, without = np.sort(looks[inside]), np.sort(looks[~inside])
    if not len(within) or not len(without):
        return 0.5, FALSE_ALARMS
    below, upto = (np.searchsorted(without, within, side=side) for side in ("left", "right"))
    auc = float((below + upto).mean()) / (2 * len(without))
    limit = without[min(len(without) - 1, int(np.ceil((1 - FALSE_ALARMS) * len(without))))]
    return auc, float((within > limit).mean())
