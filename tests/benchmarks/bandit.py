"""Learning from thumbs while browsing, measured: regret of Thompson sampling beside epsilon-greedy and no learning.

The hybrid (popularity, transitions, EASE, content) is trained by leave-one-out, which gives its weights, and then
fitted on the first half of each user's events. At each turn a policy shows the item that its weights put first, and a
thumb follows. What an item could have earned less what the shown one did is the turn's regret; it is added up.

1. Known tastes: each user's thumbs follow weights that differ from the trained ones by a factor for each component
   (log-normal, deviation 1): P(up) = 1 / (1 + exp(-2 z)), z the score under these weights in deviations over the 200
   items that the trained hybrid puts first.
2. Ratings of ML-100K: only items that the user rated in the second half are shown, and 4 or 5 stars are a thumb up.
   The regret is how many thumbs up fewer came than the best order would have had.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core import workflow
from core.fitting import TrainSettings
from core.models.available import again
from core.models.hybrid import Hybrid
from core.progress import Progress
from core.recommend.bandit import Bandit, Thumb, given
from core.sequences.log import EventLog
from core.trained import model_of
from core.workspace import Workspace

Doubles = NDArray[np.float64]
COMPONENTS = ["popularity", "transitions", "ease", "content"]
POLICIES = ("no learning", "greedy", "epsilon-greedy", "Thompson")
EPSILON = 0.1
POOL, LIST = 200, 10
USERS = 200
TURNS = (10, 20, 50)
RATED = 40  # items of the second half, at least


@dataclass(frozen=True)
class Regrets:
    """Mean regret after so many turns by policy, and its standard error."""

    turns: tuple[int, ...]
    users: int
    means: dict[str, list[float]]
    errors: dict[str, list[float]]


def measure_bandit(workspace: Workspace, users: int = USERS) -> dict[str, Regrets]:
    """Both experiments with the same model."""
    options: dict[str, dict[str, object]] = {"hybrid": {"components": COMPONENTS}}
    run = workflow.train(workspace, TrainSettings(model="hybrid", options=options), Progress())
    trained = model_of(workspace, run, "evaluation")
    assert isinstance(trained, Hybrid)
    log = workspace.log()
    half = log.heads(np.arange(log.users), log.lengths // 2)
    parts = [each if name == "content" else again(each) for name, each in trained.models.items()]
    for part in parts:
        if part.name != "content":  # which learns nothing from events
            part.fit(half, workspace.catalogue(), Progress())
    model = Hybrid(parts, trained.settings)
    rng = np.random.default_rng(0)
    long_ = np.flatnonzero(log.lengths - half.lengths >= RATED)
    chosen = rng.choice(long_, min(users, len(long_)), replace=False)
    tables = [_contributions(model, half.block(user, user + 1)) for user in chosen]
    known = [_known(table, model, user, half, rng) for table, user in zip(tables, chosen, strict=True)]
    rated = [_rated(table, log, half, user) for table, user in zip(tables, chosen, strict=True)]
    return {
        "known tastes": _played(known, model.weights, TURNS, rng, sampled=True),
        "ratings": _played(rated, model.weights, TURNS[:2], rng, sampled=False),
    }


def _contributions(model: Hybrid, history: EventLog) -> Doubles:
    """What each component gives each item, by its trained weight: float64 [items, c]."""
    items = np.arange(history.items, dtype=np.int32)
    names, _, shares = model.parts(history, items[None])
    found = np.zeros((len(items), len(model.models)))  # a part without weight is not among them
    found[:, [list(model.models).index(name) for name in names]] = shares[0]
    return found


Case = tuple[Doubles, Doubles]  # of n items: contributions [n, c], and the chance of a thumb up [n]


def _known(table: Doubles, model: Hybrid, user: int, half: EventLog, rng: np.random.Generator) -> Case:
    fresh = np.ones(len(table), dtype=np.bool_)
    fresh[half.item[half.offsets[user] : half.offsets[user + 1]]] = False
    pool = np.flatnonzero(fresh)
    pool = pool[np.argsort(-table[pool].sum(1))[:POOL]]
    liked = table[pool] @ np.exp(rng.standard_normal(len(model.models)))
    z = (liked - liked.mean()) / max(float(liked.std()), 1e-9)
    return table[pool], 1.0 / (1.0 + np.exp(-2.0 * z))


def _rated(table: Doubles, log: EventLog, half: EventLog, user: int) -> Case:
    later = slice(int(log.offsets[user] + half.lengths[user]), int(log.offsets[user + 1]))
    return table[log.item[later]], (log.value[later] >= 4).astype(np.float64)


def _played(
    cases: list[Case], weights: dict[str, float], turns: tuple[int, ...], rng: np.random.Generator, sampled: bool
) -> Regrets:
    means, errors = {}, {}
    for policy in POLICIES:
        paths = [_play(case, weights, policy, turns[-1], number, rng, sampled) for number, case in enumerate(cases)]
        summed = np.cumsum(np.stack(paths), axis=1)[:, [turn - 1 for turn in turns]]
        means[policy] = summed.mean(0).tolist()
        errors[policy] = (summed.std(0) / np.sqrt(len(cases))).tolist()
    return Regrets(turns, len(cases), means, errors)


def _play(
    case: Case, weights: dict[str, float], policy: str, turns: int, seed: int, rng: np.random.Generator, sampled: bool
) -> Doubles:
    """The regret of each turn with one user, float64 [turns]."""
    table, chance = case
    bandit, left, lost = Bandit(weights, seed=seed), np.ones(len(table), dtype=np.bool_), []
    trained = np.array([max(weight, 1e-12) for weight in weights.values()])
    ideal = np.sort(chance)[::-1]
    for turn in range(turns):
        found = np.flatnonzero(left)
        now = np.array(list(_choose(policy, bandit).values())) / trained
        order = found[np.argsort(-(table[found] @ now), kind="stable")][:LIST]
        row = int(rng.integers(len(order))) if policy == "epsilon-greedy" and rng.random() < EPSILON else 0
        item = int(order[row])
        best = float(chance[found].max()) if sampled else float(ideal[turn])
        lost.append(best - float(chance[item]))
        up = bool(rng.random() < chance[item])
        if policy != "no learning":
            bandit = bandit.told(Thumb(item, given(table[order], row), up))
        left[item] = False
    return np.array(lost)


def _choose(policy: str, bandit: Bandit) -> dict[str, float]:
    ways: dict[str, Callable[[], dict[str, float]]] = {
        "no learning": lambda: dict(bandit.weights),
        "Thompson": bandit.drawn,
    }
    return ways.get(policy, lambda: bandit.expected)()
