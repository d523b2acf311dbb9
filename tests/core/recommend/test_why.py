"""What speaks for an item agrees with the models that it is read from."""

from __future__ import annotations

import numpy as np
import pytest

from core.models.ensemble import TransformerEnsemble
from core.models.network import TransformerSettings
from core.models.transitions import Transitions, TransitionsSettings
from core.progress import Progress
from core.recommend.sentence import Component, statement
from core.recommend.why import peers, similar, why
from tests.logs import NO_CATALOGUE, log_of, one, random_log


def test_similar_items_are_those_that_were_near() -> None:
    log = random_log()
    model = Transitions(TransitionsSettings(choose=False))
    model.fit(log, NO_CATALOGUE, Progress())
    found = similar(model, log_of([[3, 20, 3, 40]], 50), 4)
    assert found[0].item == 3
    assert found[0].event == 2
    assert found[0].together == pytest.approx(1.0)
    assert all(np.isnan(each.language) and np.isnan(each.model) for each in found)


def test_peers_took_the_item_and_share_items() -> None:
    log = log_of([[1, 2], [1, 2, 5], [7, 5], [2, 5, 6, 7], [1, 2]], 8)
    found = peers(log, one(log, 0), 0, 5)
    assert (found.took, found.alike) == (3, 2)
    assert [(peer.user, peer.shared) for peer in found.nearest] == [(1, 2), (3, 1)]
    assert peers(log, one(log, 0), 0, 0).took == 0


@pytest.mark.parametrize(("encoder", "heads"), [("attention", 2 * 2 * 2), ("mixed", 2 * 2), ("gru", 0)])
def test_attention_is_of_every_head_and_sums_to_one(encoder: str, heads: int) -> None:
    log = random_log(60)
    settings = TransformerSettings(encoder=encoder, width=16, epochs=1, members=2, blocks=2, heads=2, longest=5)
    model = TransformerEnsemble(settings, device="cpu")
    model.fit(log, NO_CATALOGUE, Progress())
    history = one(log, int(log.lengths.argmax()))
    found = why(model, history, np.arange(history.events), log, 0, 3)
    assert found.attends == bool(heads)
    assert len(found.heads) == heads
    for head in found.heads:
        assert head.weights.shape == (history.events,)
        assert not head.weights[:-5].any()
        assert head.start + head.weights.sum() == pytest.approx(1.0, abs=1e-5)
    assert len({(head.network, head.layer, head.head) for head in found.heads}) == heads


def test_a_statement_says_no_more_than_the_figures() -> None:
    names = ("popularity", "transitions", "content")
    none = np.zeros(3)
    told = statement(names, np.array([0.1, 2.0, -0.9]), np.array([1.0, 0.6, -0.1]), none)
    assert told.most
    assert told.first == (Component("transitions", pytest.approx(2.0 / 2.1)),)  # type: ignore[arg-type]
    assert told.against is not None
    assert told.against.name == "content"
    assert told.events == (0, 1)
    assert told.events_share == pytest.approx(1.0)
    unsure = statement(names, np.array([1.0, 1.0, 1.0]), np.array([1.0, 0.6, -0.1]), np.full(3, 0.6))
    assert not unsure.most
    assert len(unsure.first) == 2
    assert unsure.against is None
    assert unsure.events == ()
    assert not unsure.history_counts
    nothing = statement((), np.zeros(0), np.zeros(0), np.zeros(0))
    assert nothing.first == ()
    assert not nothing.history_counts
