"""What matters over all users, told of models whose truth is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from core.analysis.importance import (
    Importance,
    behaviour_shares,
    component_shares,
    importance,
    shuffled,
    shuffled_gaps,
)
from core.analysis.pairs import Pairs, described
from core.analysis.surrogate import Node, Surrogate, fitted, surrogate
from core.evaluation.split import leave_one_out
from core.models.content import Content
from core.models.hybrid import Hybrid, HybridSettings
from core.models.popularity import Popularity, PopularitySettings
from core.models.transitions import Transitions, TransitionsSettings
from core.progress import Cancelled, Progress
from core.sequences.log import Behaviour, EventLog
from tests.logs import NO_CATALOGUE, catalogue_of, log_of, logs, random_log

KINDS = (Behaviour("view"), Behaviour("buy"), Behaviour("dislike", negative=True))


def walks(users: int = 300, items: int = 40) -> EventLog:
    """Users who step from item to item, and dislike things at random between the steps; with times."""
    rng = np.random.default_rng(1)
    steps = random_log(users, items, longest=12)
    sequences = []
    for user in range(users):
        own = steps.item[steps.offsets[user] : steps.offsets[user + 1]].tolist()
        noise = rng.integers(0, items, len(own)).tolist()
        sequences.append([pair for step, bad in zip(own, noise, strict=True) for pair in ((bad, 2), (step, 0))])
    times = [[int(each) * 3_600_000_000 for each in np.cumsum(rng.integers(1, 90, len(own)))] for own in sequences]
    return log_of(sequences, items, times, KINDS)


@pytest.fixture(scope="module")
def log() -> EventLog:
    return walks()


@pytest.fixture(scope="module")
def popular(log: EventLog) -> Popularity:
    """Counts that do not fade."""
    model = Popularity(PopularitySettings(half_life=0.0))
    model.fit(leave_one_out(log).train, NO_CATALOGUE, Progress())
    return model


@pytest.fixture(scope="module")
def following(log: EventLog) -> Transitions:
    """Looks at the last liked item alone."""
    model = Transitions(TransitionsSettings(history=1, choose=False))
    model.fit(leave_one_out(log).train, NO_CATALOGUE, Progress())
    return model


def needs(found: Importance) -> dict[str, float]:
    return {f"{each.kind} {each.behaviour}".strip(): each.drop for each in found.needs}


def test_nothing_a_user_did_matters_to_popularity(popular: Popularity, log: EventLog) -> None:
    found = importance(popular, "popularity", leave_one_out(log).validation, False, Progress())
    assert [(each.name, each.share) for each in found.components] == [("popularity", 1.0)]
    assert found.behaviours == ()
    assert set(needs(found)) == {"behaviour view", "behaviour dislike", "times", "order"}
    assert all((each.drop, each.low, each.high) == (0.0, 0.0, 0.0) for each in found.needs)


def test_the_order_of_liked_items_is_all_that_transitions_of_one_step_need(
    following: Transitions, log: EventLog
) -> None:
    found = importance(following, "transitions", leave_one_out(log).validation, False, Progress())
    drops = needs(found)
    assert drops["order"] > 0.2
    assert drops["behaviour view"] > 0.2
    assert drops["behaviour dislike"] == drops["times"] == 0.0
    assert [each.drop for each in found.needs] == sorted(drops.values(), reverse=True)
    assert all(each.low <= each.drop <= each.high for each in found.needs)
    (view, dislike) = found.behaviours
    assert (view.name, view.share, dislike.name, dislike.share) == ("view", 1.0, "dislike", 0.0)
    assert view.events + dislike.events == pytest.approx(1.0)


def test_only_what_reads_texts_loses_by_others(log: EventLog) -> None:
    near = np.cos(np.arange(40)[:, None] * 2 * np.pi / 40 - np.arange(40) * 2 * np.pi / 40).astype(np.float32) ** 9
    split = leave_one_out(log)
    content = Content(vectors=near)
    content.fit(split.train, NO_CATALOGUE, Progress())
    alone = needs(importance(content, "content", split.validation, False, Progress()))
    assert alone["texts"] > 0.05
    popular = Popularity()
    popular.fit(split.train, NO_CATALOGUE, Progress())
    hybrid = Hybrid([popular, content], HybridSettings(weights={"popularity": 0.0, "content": 1.0}))
    both = importance(hybrid, "hybrid", split.validation, False, Progress())
    assert needs(both)["texts"] > 0.05
    assert [(each.name, each.share) for each in both.components] == [("content", 1.0), ("popularity", 0.0)]


def test_what_is_hidden_stays_hidden_when_events_are_taken_away(popular: Popularity, log: EventLog) -> None:
    found = importance(popular, "popularity", leave_one_out(log).validation, True, Progress())
    assert found.ndcg > 0
    assert all(each.drop == 0.0 for each in found.needs)


def test_components_share_as_their_scores_do(popular: Popularity, following: Transitions, log: EventLog) -> None:
    hybrid = Hybrid([popular, following], HybridSettings(weights={"popularity": 0.25, "transitions": 0.75}))
    some = log.block(0, 30)
    shares = {each.name: each.share for each in component_shares(hybrid, some, False, Progress())}
    whole = hybrid.score(some)
    first = np.argsort(-whole, axis=1, kind="stable")[:, :10].astype(np.int32)
    parts = np.abs(hybrid.parts(some, first)[2]).sum((0, 1))
    assert shares["popularity"] == pytest.approx(parts[0] / parts.sum(), rel=1e-4)
    assert sum(shares.values()) == pytest.approx(1.0)


def test_users_without_events_and_logs_without_users_are_told_of_too(following: Transitions, log: EventLog) -> None:
    nobody = log.block(0, 0)
    assert component_shares(following, nobody, True, Progress()) == ()
    assert behaviour_shares(following, nobody, True, Progress()) == ()
    empty = log.heads(np.array([0, 1]), np.array([0, 0]))
    assert behaviour_shares(following, empty, True, Progress()) == ()


@given(logs(timed=True))
def test_shuffles_keep_what_is_not_shuffled(log: EventLog) -> None:
    rng = np.random.default_rng(0)
    order = shuffled(log, rng)
    assert (log.user[order] == log.user).all()
    assert (np.sort(order) == np.arange(log.events)).all()
    times = shuffled_gaps(log, rng)
    for user in range(log.users):
        own, other = (each[log.offsets[user] : log.offsets[user + 1]] for each in (log.time, times))
        assert sorted(np.diff(own)) == sorted(np.diff(other))
        assert (own[:1] == other[:1]).all()
        assert (own[-1:] == other[-1:]).all()


def leaves(node: Node) -> list[Node]:
    return [node] if not node.below else [leaf for each in node.below for leaf in leaves(each)]


def features(found: Surrogate) -> set[str]:
    told = {each.feature for rule in found.rules for each in rule.conditions}

    def below(node: Node) -> set[str]:
        own = {node.condition.feature} if node.condition else set()
        return own.union(*(below(each) for each in node.below))

    return told | below(found.tree)


def test_a_tree_and_rules_find_that_only_popularity_matters() -> None:
    rng = np.random.default_rng(0)
    unequal = [rng.permutation([item for item in range(40) if user < 200 - 4 * item]).tolist() for user in range(200)]
    log, model = log_of(unequal, 40), Popularity()
    model.fit(log, NO_CATALOGUE, Progress())
    found = surrogate(model, log, log, catalogue_of(40), False, Progress())
    assert found is not None
    assert features(found) == {"popularity"}
    assert found.tree_fidelity == found.rules_fidelity == 1.0
    assert 0.45 < found.majority < 0.55
    most_popular = found.tree.below[0]
    assert most_popular.condition is not None
    assert most_popular.condition.below
    assert most_popular.says
    assert most_popular.condition.value == pytest.approx(0.25, abs=0.05)  # ten of forty items
    assert sum(leaf.pairs for leaf in leaves(found.tree)) == pytest.approx(1.0)
    assert sum(rule.pairs for rule in found.rules) == pytest.approx(1.0)
    assert not found.rules[-1].conditions


def test_a_tree_finds_that_what_follows_the_last_item_matters(following: Transitions, log: EventLog) -> None:
    split = leave_one_out(log)
    found = surrogate(following, split.validation.histories, split.train, catalogue_of(40), True, Progress())
    assert found is not None
    assert "together" in features(found)
    assert found.tree_fidelity > found.majority + 0.2
    assert found.rules_fidelity > found.majority + 0.2


def test_fidelity_is_no_better_than_chance_where_there_is_nothing_to_find() -> None:
    rng = np.random.default_rng(0)
    table = rng.random((4000, 2)).astype(np.float32)
    pairs = Pairs(np.repeat(np.arange(200, dtype=np.int32), 20), np.zeros(4000, dtype=np.int32), rng.random(4000) < 0.5)
    found = fitted(("popularity", "price"), table, pairs, pairs.user % 3 == 0, Progress())
    assert abs(found.tree_fidelity - found.majority) < 0.06
    assert abs(found.rules_fidelity - found.majority) < 0.06


def test_features_of_pairs_by_hand() -> None:
    day = 86_400_000_000
    histories = log_of([[0, 1], [2]], 4, [[0, 3 * day], [5 * day]])
    catalogue = replace(catalogue_of(4), prices=np.array([10, 30, np.nan, 60], dtype=np.float32))
    import pyarrow as pa

    catalogue = replace(catalogue, categories=pa.array(["a", "b", None, "a"]))
    pairs = Pairs(np.array([0, 0, 1, 0]), np.array([3, 1, 3, 2]), np.array([True, False, True, False]))
    names, table = described(pairs, histories, log_of([[0, 1], [1, 3], [1, 3, 2]], 4), catalogue)
    assert names == ("popularity", "category", "price", "seen", "since", "together")
    told = dict(zip(names, table.T.tolist(), strict=True))
    assert told["popularity"] == [0.25, 0.0, 0.25, 0.5]
    assert told["category"] == [1, 1, 0, 0]
    assert told["price"] == [2.0, 1.0, 1.0, 1.0]  # the usual price of 10 and 30 is 30; of nothing, anything is usual
    assert told["seen"] == [0, 1, 0, 0]
    assert told["since"] == [3, 0, 3, 3]
    np.testing.assert_allclose(told["together"], [2 / 3, 1, 1, 1 / 3], rtol=1e-6)


def test_it_stops(popular: Popularity, log: EventLog) -> None:
    progress = Progress()
    progress.cancel()
    split = leave_one_out(log)
    with pytest.raises(Cancelled):
        importance(popular, "popularity", split.validation, True, progress)
    with pytest.raises(Cancelled):
        surrogate(popular, split.validation.histories, split.train, catalogue_of(40), True, progress)
