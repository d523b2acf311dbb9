"""The benchmark of faithfulness, in short: what the explanation names moves the score."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from core.models.base import Recommender
from core.models.ensemble import TransformerEnsemble
from core.models.hybrid import Hybrid, HybridSettings
from core.models.network import TransformerSettings
from core.models.popularity import Popularity
from core.models.transitions import Transitions, TransitionsSettings
from core.progress import Progress
from tests.benchmarks.faithfulness import HANGS, LARGEST, Told, measure, moves, removals, report, rivals
from tests.logs import NO_CATALOGUE, log_of, one, random_log

ITEMS = 30


def hybrid(*parts: Recommender, weights: dict[str, float]) -> Hybrid:
    model = Hybrid(list(parts), HybridSettings(weights=weights))
    model.fit(random_log(200, ITEMS), NO_CATALOGUE, Progress())
    return model


@pytest.fixture(scope="module")
def counts() -> Hybrid:
    """Exactly a sum over events: what is named is what moves the score most, always."""
    transitions = Transitions(TransitionsSettings(history_decay=0.95, choose=False))
    return hybrid(Popularity(), transitions, weights={"popularity": 0.3, "transitions": 0.7})


def network(encoder: str) -> Hybrid:
    shape = TransformerSettings(encoder=encoder, width=16, heads=2, epochs=3, members=1)
    parts = Transitions(TransitionsSettings(choose=False)), TransformerEnsemble(shape, device="cpu")
    return hybrid(*parts, weights={"transitions": 0.5, "transformer": 0.5})


def test_of_a_sum_over_events_the_named_ones_always_move_more(counts: Hybrid) -> None:
    histories = random_log(60, ITEMS, seed=5, longest=20)
    every, short = measure(counts, histories, 80, rounds=1)
    assert [each.named for each in every] == [HANGS, LARGEST]
    for told in every:
        assert told.others == "the most recent"
        assert told.share == 1.0
        assert told.lists > 20
        assert told.lists + told.ties == 80
    assert short == np.count_nonzero(histories.lengths < 6)


@pytest.mark.parametrize("encoder", ["gru", "attention"])
def test_networks_are_told_of_beside_what_they_attend_to(encoder: str) -> None:
    """Here one event tells nearly all, so that the largest shares need only be better than the others more often."""
    histories = random_log(80, ITEMS, seed=5, longest=20)
    told, _ = measure(network(encoder), histories, 40, rounds=1)
    rivals = ["the most recent", "the most attended"][: 2 if encoder == "attention" else 1]
    assert [(each.named, each.others) for each in told] == list(itertools.product((HANGS, LARGEST), rivals))
    assert all(each.share > (0.9 if each.named == HANGS else 0.5) for each in told), told
    assert all(each.lists >= 20 for each in told)


def test_masking_moves_a_sum_by_what_the_masked_events_gave(counts: Hybrid) -> None:
    history = one(random_log(1, ITEMS, seed=2, longest=15))
    item = np.array([4], dtype=np.int32)
    shares = counts.explain(history, item).event_shares[0]
    masked = np.array([0, 2]), np.array([1])
    np.testing.assert_allclose(
        moves(counts, history, 4, masked), [abs(shares[0] + shares[2]), abs(shares[1])], atol=1e-5
    )


def test_masking_a_network_moves_it_as_its_own_game_says() -> None:
    model = network("gru")
    history = one(random_log(1, ITEMS, seed=2, longest=15))
    found = model.explain(history, np.array([4], dtype=np.int32))
    everything = moves(model, history, 4, (np.arange(history.events),))
    np.testing.assert_allclose(everything, np.abs(found.scores - found.event_base), atol=1e-4)


def test_what_is_taken_out_is_scored_without_it(counts: Hybrid) -> None:
    history = log_of([[1, 2, 3, 4, 5, 6, 7]], ITEMS)
    left = log_of([[1, 2, 3, 4, 5, 7]], ITEMS)
    expected = abs(float(counts.score(history)[0, 8]) - float(counts.score(left)[0, 8]))
    np.testing.assert_allclose(removals(counts, history, 8, (np.array([5]),)), [expected], atol=1e-6)
    assert rivals(counts, history)["the most recent"].tolist() == [4, 5, 6]


@pytest.mark.parametrize(("share", "code"), [(0.93, 0), (0.89, 1), (float("nan"), 1)])
def test_it_ends_with_1_where_the_goal_is_missed(
    share: float, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = [
        Told(HANGS, "the most recent", 0.95, 0.9, 200, 10),
        Told(HANGS, "the most attended", share, 0.9, 100, 3),
        Told(LARGEST, "the most recent", 0.5, 0.5, 200, 10),
    ]
    assert report(told, 4, tmp_path / "told.json") == code
    assert ("missed" in capsys.readouterr().out) == bool(code)
    assert (tmp_path / "told.json").read_text("utf-8").count('"others"') == 3
