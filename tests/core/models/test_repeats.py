"""Repeat consumption: what comes back is found, and nothing else is scored."""

from __future__ import annotations

import numpy as np

from core.evaluation.evaluate import evaluate
from core.evaluation.ranking import hides_seen
from core.evaluation.split import leave_one_out
from core.models.available import create
from core.models.repeats import Repeats, RepeatsSettings
from core.progress import Progress
from core.sequences.log import EventLog
from tests.checkpoints import MemoryCheckpoint
from tests.logs import NO_CATALOGUE, log_of


def returning(users: int = 300, items: int = 60) -> EventLog:
    """Users who, nine times in ten, come back to one of the three even items they began with; odd ones never return."""
    rng = np.random.default_rng(3)
    rows = []
    for _ in range(users):
        own = rng.choice(np.arange(0, items, 2), 3, replace=False).tolist()
        others = rng.choice(np.arange(1, items, 2), 12, replace=False).tolist()
        rows.append(own + [rng.choice(own) if rng.random() < 0.9 else others.pop() for _ in range(12)])
    return log_of(rows, items)


def test_items_of_the_past_are_ranked_by_how_much_they_are_returned_to() -> None:
    model = Repeats(RepeatsSettings(history_decay=0.5))
    model.fit(log_of([[0, 0, 0, 1, 2], [0, 0, 1, 2, 2]], 4), NO_CATALOGUE, Progress())
    scores = model.score(log_of([[1, 0], [3]], 4))
    assert scores[0, 0] > scores[0, 1] > 0
    assert not scores[0, 2:].any()
    assert np.flatnonzero(scores[1]).tolist() == [3], "an item that is new has the average rate"


def test_planted_repeats_show_and_lift_the_hybrid() -> None:
    log = returning()
    split = leave_one_out(log)
    assert not hides_seen(split.train), "seen items are listed where users come back to them"
    figures = {}
    for name, parts in {
        "with": ["popularity", "transitions", "repeats"],
        "without": ["popularity", "transitions"],
    }.items():
        model = create("hybrid", options={"hybrid": {"components": parts}})
        model.fit_validated(split.train, NO_CATALOGUE, split.validation, False, Progress(), MemoryCheckpoint())  # type: ignore[attr-defined]
        figures[name] = evaluate(model, split.test, False, 3, Progress()).metrics["hit@3"]
    assert figures["with"] > 0.8
    assert figures["with"] > figures["without"]


def test_a_hybrid_leaves_repeats_out_where_seen_items_are_hidden() -> None:
    split = leave_one_out(returning(60))
    model = create("hybrid", options={"hybrid": {"components": ["popularity", "transitions", "repeats"]}})
    model.fit_validated(split.train, NO_CATALOGUE, split.validation, True, Progress(), MemoryCheckpoint())  # type: ignore[attr-defined]
    assert set(model.weights) == {"popularity", "transitions"}  # type: ignore[attr-defined]
