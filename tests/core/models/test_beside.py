"""Components of what is known beside events: what they score, that they sum, that they are only where they can be."""

from __future__ import annotations

import functools

import numpy as np
import pytest
from hypothesis import given, settings

from core.errors import SeqlensError
from core.models.available import create, rebuild
from core.models.base import Recommender
from core.models.beside import NOTHING, Beside
from core.models.growing import Newcomers, grown
from core.models.hybrid import Hybrid
from core.models.outside import OutsideVectors
from core.progress import Progress
from core.sequences.log import EventLog
from tests.logs import NO_CATALOGUE, log_of, logs, one, random_log

ITEMS = 12
EXPLAINED = np.array([0, 5, 11], dtype=np.int32)
RANDOM = np.random.default_rng(3)
VECTORS = RANDOM.normal(size=(ITEMS, 6)).astype(np.float32)
VECTORS[4] = 0.0  # of which nothing is known


def beside() -> Beside:
    return Beside(vectors=VECTORS)


@functools.cache
def fitted() -> Recommender:
    options = {"hybrid": {"components": ["popularity", "transitions", *beside().names]}}
    model = create("hybrid", None, options=options, beside=beside())
    model.fit(random_log(60, ITEMS), NO_CATALOGUE, Progress())
    return model


@settings(max_examples=25)
@given(histories=logs(items=ITEMS, users=2, longest=14))
def test_every_breakdown_sums(histories: EventLog) -> None:
    model = fitted()
    scores = model.score(histories)
    names, base, shares = model.parts(histories, np.tile(EXPLAINED, (histories.users, 1)))
    assert set(beside().names) < set(names)
    np.testing.assert_allclose(base + shares.sum(2), scores[:, EXPLAINED], atol=1e-4)
    found = model.explain(one(histories), EXPLAINED)
    np.testing.assert_allclose(found.component_base + found.component_shares.sum(1), found.scores, atol=1e-4)
    np.testing.assert_allclose(found.event_base + found.event_shares.sum(1), found.scores, atol=1e-4)
    np.testing.assert_allclose(found.scores, scores[0, EXPLAINED], atol=1e-4)


def test_a_rebuilt_model_scores_the_same() -> None:
    log = random_log(20, ITEMS, seed=4)
    np.testing.assert_array_equal(rebuild("hybrid", *fitted().state()).score(log), fitted().score(log))


def test_where_nothing_is_known_there_is_no_part_for_it() -> None:
    assert NOTHING.names == ()
    model = create("hybrid")
    assert isinstance(model, Hybrid)
    assert set(model.models) == {"popularity", "transitions", "repeats", "transformer"}
    with pytest.raises(SeqlensError, match="Import a file of vectors"):
        OutsideVectors().fit(random_log(5, ITEMS), NO_CATALOGUE, Progress())


def test_near_vectors_lead_to_each_other() -> None:
    angle = 2 * np.pi * np.arange(ITEMS) / ITEMS
    model = create("vectors", beside=Beside(np.stack((np.cos(angle), np.sin(angle)), axis=1).astype(np.float32)))
    model.fit(random_log(5, ITEMS), NO_CATALOGUE, Progress())
    (scores,) = model.score(log_of([[3]], ITEMS))
    assert set(np.argsort(-scores)[:3].tolist()) == {2, 3, 4}


@settings(max_examples=10)
@given(histories=logs(items=ITEMS + 2, users=2, longest=9))
def test_items_that_came_later_are_scored_and_explained(histories: EventLog) -> None:
    texts = np.random.default_rng(0).normal(size=(ITEMS + 2, 5)).astype(np.float32)
    fresh = np.arange(ITEMS + 2) >= ITEMS
    fresh[4] = True  # nobody has touched it, but the file may tell of it
    newcomers = Newcomers(ITEMS, fresh, texts, np.zeros((0, 5), dtype=np.float32))
    for name, model in fitted().models.items():  # type: ignore[attr-defined]
        larger = grown(model, newcomers)
        assert larger is not None
        scores = larger.score(histories)
        assert scores.shape == (histories.users, ITEMS + 2), name
        items = np.array([0, 4, ITEMS, ITEMS + 1], dtype=np.int32)
        found = larger.explain(one(histories), items)
        np.testing.assert_allclose(found.event_base + found.event_shares.sum(1), found.scores, atol=1e-4)
        np.testing.assert_allclose(found.scores, scores[0, items], atol=1e-4)
        if name in beside().names:
            known = histories.known(ITEMS, len(histories.behaviours))
            np.testing.assert_allclose(scores[:, :ITEMS], model.score(known), atol=1e-6)
