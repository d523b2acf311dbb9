"""Simple models that say what a model lists, so that it can be read: a shallow decision tree and a list of rules.

Both are fitted to the model and not to the data: they tell pairs of a user and an item that the model lists among its
first ten from pairs that it does not (a global surrogate, Craven & Shavlik 1996). How far they can be believed is their
fidelity: how often they agree with the model for users whom they were not fitted to.

The rules are made one after the other as in PART (Frank & Witten 1998): a tree of two levels is fitted to the pairs
that no rule covers yet, and its best leaf becomes the next rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.analysis.pairs import Feature, Pairs, described, drawn
from core.models.base import Recommender
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog

USERS = 1000  # users whose lists are looked at, at most
HELD_BACK = 0.3  # share of the users whom nothing is fitted to
DEPTH, RULE_DEPTH = 3, 2
LEAF = 0.02  # of the pairs that a leaf or a rule has, at least
RULES = 5

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Condition:
    """`feature` is at most `value` (`below`), or more than it; as `core.analysis.pairs.described` measures it."""

    feature: Feature
    below: bool
    value: float


@dataclass(frozen=True)
class Node:
    """A node of the tree.

    Attributes:
        condition: what leads here from the node above; None for the top.
        listed: share of the held-back pairs here that the model lists; NaN where there are none.
        pairs: share of the held-back pairs that come here.
        says: whether the tree says "listed" here.
        below: the nodes that it divides into; empty for a leaf.
    """

    condition: Condition | None
    listed: float
    pairs: float
    says: bool
    below: tuple[Node, ...]


@dataclass(frozen=True)
class Rule:
    """All conditions together say whether an item is listed; a rule without conditions covers what is left.

    Attributes:
        listed: what it says.
        pairs: share of the held-back pairs that it is the first rule to cover.
        right: share of those of which it says what the model does; NaN where it covers none.
    """

    conditions: tuple[Condition, ...]
    listed: bool
    pairs: float
    right: float


@dataclass(frozen=True)
class Surrogate:
    """What can be read of a model.

    Attributes:
        tree, rules: each of which stands for the model.
        tree_fidelity, rules_fidelity: shares of held-back pairs of which they say what the model does.
        majority: the same of always saying what is more frequent.
        pairs, users: how many were held back.
    """

    tree: Node
    rules: tuple[Rule, ...]
    tree_fidelity: float
    rules_fidelity: float
    majority: float
    pairs: int
    users: int


def surrogate(
    model: Recommender,
    histories: EventLog,
    train: EventLog,
    catalogue: Catalogue,
    hide_seen: bool,
    progress: Progress,
    seed: int = 0,
) -> Surrogate | None:
    """Fit both to what `model` lists for `histories`; None where there are too few users or nothing to tell pairs by.

    Raises:
        Cancelled: the analyst pressed stop.
    """
    rng = np.random.default_rng(seed)
    some = histories.select(np.sort(rng.permutation(histories.users)[:USERS]))
    pairs = drawn(model, some, hide_seen, progress.part(0.0, 0.8), rng)
    progress.step(0.8, 1, "Fitting rules to the model")
    names, table = described(pairs, some, train, catalogue)
    held = rng.random(some.users)[pairs.user] < HELD_BACK
    if not names or not held.any() or len(np.unique(pairs.listed[~held])) < 2:
        return None
    return fitted(names, table, pairs, held, progress.part(0.85, 1.0), seed)


def fitted(
    names: tuple[Feature, ...],
    table: Floats,
    pairs: Pairs,
    held: NDArray[np.bool_],
    progress: Progress,
    seed: int = 0,
) -> Surrogate:
    """Both, fitted to the pairs that are not `held` back (bool [pairs]) and judged on the others.

    Args:
        table: float32 [pairs, features], as `described` gives them with their `names`.
    """
    learned, answers, asked, truth = table[~held], pairs.listed[~held], table[held], pairs.listed[held]
    classifier = _tree(learned, answers, DEPTH, seed)
    rules = _rules(names, learned, answers, progress, seed)
    told, says = _told(rules, names, asked, truth)
    frequent = bool(answers.mean() >= 0.5)
    return Surrogate(
        tree=_node(classifier.tree_, 0, None, names, asked, truth, len(truth)),
        rules=told,
        tree_fidelity=float((classifier.predict(asked) == truth).mean()),
        rules_fidelity=float((says == truth).mean()),
        majority=float((truth == frequent).mean()),
        pairs=len(truth),
        users=len(np.unique(pairs.user[held])),
    )


def _tree(table: Floats, answers: NDArray[np.bool_], depth: int, seed: int) -> Any:
    from sklearn.tree import DecisionTreeClassifier

    tree = DecisionTreeClassifier(max_depth=depth, min_samples_leaf=LEAF, random_state=seed)
    return tree.fit(table, answers)


def _node(
    tree: Any,
    number: int,
    condition: Condition | None,
    names: tuple[Feature, ...],
    table: Floats,
    truth: NDArray[np.bool_],
    all_pairs: int,
) -> Node:
    """A node of scikit-learn's tree with those below it; `table` and `truth` are the held-back pairs that come here."""
    here = float(truth.mean()) if len(truth) else float("nan")
    below: tuple[Node, ...] = ()
    if tree.children_left[number] >= 0:
        column, value = int(tree.feature[number]), float(tree.threshold[number])
        left = table[:, column] <= value
        below = tuple(
            _node(tree, child, Condition(names[column], side, value), names, table[way], truth[way], all_pairs)
            for side, way, child in (
                (True, left, tree.children_left[number]),
                (False, ~left, tree.children_right[number]),
            )
        )
    return Node(condition, here, len(truth) / max(all_pairs, 1), _says(tree, number), below)


def _says(tree: Any, number: int) -> bool:
    return bool(np.argmax(tree.value[number][0]))  # the classes are False and True, in this order


def _rules(
    names: tuple[Feature, ...], table: Floats, answers: NDArray[np.bool_], progress: Progress, seed: int
) -> list[tuple[tuple[Condition, ...], bool]]:
    """Conditions and what they say, to be asked one after the other; the last one has no conditions."""
    least = LEAF * len(answers)
    rules: list[tuple[tuple[Condition, ...], bool]] = []
    for turn in range(RULES - 1):
        progress.step(turn, RULES, "Fitting rules to the model")
        if len(answers) < 2 * least or len(np.unique(answers)) < 2:
            break
        tree = _tree(table, answers, RULE_DEPTH, seed).tree_
        leaves = [number for number in range(tree.node_count) if tree.children_left[number] < 0]
        # What a leaf gets right beyond a coin is what it is worth: pure and large leaves come first.
        best = max(leaves, key=lambda leaf: abs(float(tree.value[leaf][0][1]) - 0.5) * tree.n_node_samples[leaf] ** 0.5)
        if best == 0:
            break
        conditions = _path(tree, best, names)
        rules.append((conditions, _says(tree, best)))
        left = ~_covered(conditions, names, table)
        table, answers = table[left], answers[left]
    rest = bool(answers.mean() >= 0.5) if len(answers) else not rules[-1][1]
    return [*rules, ((), rest)]


def _path(tree: Any, leaf: int, names: tuple[Feature, ...]) -> tuple[Condition, ...]:
    """The conditions from the top to a leaf; of two on one side of a feature, the narrower."""
    parents = {
        int(child): number for side in (tree.children_left, tree.children_right) for number, child in enumerate(side)
    }
    found: dict[tuple[Feature, bool], Condition] = {}
    while leaf != 0:
        above = parents[leaf]
        below = int(tree.children_left[above]) == leaf
        feature = names[int(tree.feature[above])]
        # Going up, the first that is met on a side is the narrowest: each node divides what came to it.
        found.setdefault((feature, below), Condition(feature, below, float(tree.threshold[above])))
        leaf = above
    return tuple(reversed(found.values()))


def _covered(conditions: tuple[Condition, ...], names: tuple[Feature, ...], table: Floats) -> NDArray[np.bool_]:
    covered = np.ones(len(table), dtype=np.bool_)
    for condition in conditions:
        below = table[:, names.index(condition.feature)] <= condition.value
        covered &= below if condition.below else ~below
    return covered


def _told(
    rules: list[tuple[tuple[Condition, ...], bool]],
    names: tuple[Feature, ...],
    table: Floats,
    truth: NDArray[np.bool_],
) -> tuple[tuple[Rule, ...], NDArray[np.bool_]]:
    """The rules with how they fare on held-back pairs, and what the list says of each, bool [pairs]."""
    says, open_yet, told = np.zeros_like(truth), np.ones_like(truth), []
    for conditions, listed in rules:
        covered = open_yet & _covered(conditions, names, table)
        open_yet &= ~covered
        says[covered] = listed
        right = float((truth[covered] == listed).mean()) if covered.any() else float("nan")
        told.append(Rule(conditions, listed, float(covered.mean()), right))
    return tuple(told), says
