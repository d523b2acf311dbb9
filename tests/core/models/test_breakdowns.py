"""Whatever the history, each breakdown of a sequence model and of a hybrid with one sums to the score, every round."""

from __future__ import annotations

import functools
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings

from core.models.base import Recommender
from core.models.ensemble import TransformerEnsemble
from core.models.hybrid import Hybrid
from core.models.network import TransformerSettings
from core.models.popularity import Popularity
from core.models.transitions import Transitions, TransitionsSettings
from core.progress import Progress
from core.sequences.log import EventLog
from tests.logs import NO_CATALOGUE, logs, one, random_log

ITEMS = 12
EXPLAINED = np.array([0, 5, 11], dtype=np.int32)


@functools.cache
def fitted(encoder: str) -> Recommender:
    members = 2 if encoder == "gru" else 1
    shape = TransformerSettings(encoder=encoder, width=8, heads=2, epochs=1, members=members, longest=11)
    parts: list[Recommender] = [
        Popularity(),
        Transitions(TransitionsSettings(choose=False)),
        TransformerEnsemble(shape, device="cpu"),
    ]
    model = Hybrid(parts)
    model.fit(random_log(60, ITEMS), NO_CATALOGUE, Progress())
    return model


@pytest.mark.parametrize("encoder", ["gru", "attention", "mixed"])
@settings(max_examples=15)
@given(histories=logs(items=ITEMS, users=2, longest=14))
def test_every_breakdown_sums(encoder: str, histories: EventLog) -> None:
    model = fitted(encoder)
    scores = model.score(histories)
    found = model.scored(histories)
    np.testing.assert_allclose(found.scores, scores, atol=1e-4)
    _, base, shares = found.parts(np.tile(EXPLAINED, (histories.users, 1)))
    np.testing.assert_allclose(base + shares.sum(2), scores[:, EXPLAINED], atol=1e-4)
    history = one(histories)
    for each in islice(model.refine(history, EXPLAINED, Progress().check), 2):
        np.testing.assert_allclose(each.scores, scores[0, EXPLAINED], atol=1e-4)
        np.testing.assert_allclose(each.component_base + each.component_shares.sum(1), each.scores, atol=1e-4)
        np.testing.assert_allclose(each.event_base + each.event_shares.sum(1), each.scores, atol=1e-4)
        assert each.event_shares.shape == each.event_errors.shape == (3, history.events)
        ends = each.masked(np.array([[False] * history.events, [True] * history.events]))
        np.testing.assert_allclose(ends, [each.event_base, each.scores], atol=1e-4)
