"""Slices divide the cases: nobody is lost or counted twice, and each part is what its name says."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evaluation import metrics
from core.evaluation.slices import Slice, popularity_thirds, slices
from core.evaluation.split import Cases, leave_last_n, leave_one_out
from core.sequences.log import Behaviour, EventLog
from tests.logs import log_of, logs


def by_kind(found: tuple[Slice, ...]) -> dict[str, list[Slice]]:
    return {kind: list(each) for kind, each in itertools.groupby(found, key=lambda one: one.kind)}


@given(logs(items=4, longest=12), st.data(), st.integers(1, 2))
def test_each_kind_divides_the_cases(log: EventLog, data: st.DataObject, last: int) -> None:
    split = leave_last_n(log, last)
    n = len(split.test.users)
    ranks = np.array(data.draw(st.lists(st.integers(0, 12), min_size=n, max_size=n)), dtype=np.int64)
    found = by_kind(slices(split.test, ranks, split.train, 10))
    assert list(found) == (["history", "popularity", "behaviour", "return"] if n else [])
    for parts in found.values():
        assert sum(part.cases for part in parts) == n
        for name, whole in (("ndcg@10", metrics.ndcg(ranks, 10)), ("mrr@10", metrics.mrr(ranks, 10))):
            assert sum(part.cases * part.metrics[name] for part in parts) == pytest.approx(n * whole)
        for part in parts:
            assert 0 < part.users <= part.cases
            assert set(part.intervals) == set(part.metrics)
            assert len(part.gains) == part.users
            if last == 1:  # a user is a case
                assert part.gains.mean() == pytest.approx(part.metrics["ndcg@10"])
            assert "gains" not in part.facts()


def test_parts_hold_what_their_names_say() -> None:
    look, buy = Behaviour("look"), Behaviour("buy")
    histories = log_of([[0], [1, 0], [0, 1, 2], [3, 3, 3, 3]], 5, behaviours=(look, buy))
    cases = Cases(
        np.arange(4, dtype=np.int32),
        histories,
        truth=np.array([4, 0, 1, 3], np.int32),
        behaviour=np.array([0, 1, 1, 1], np.uint8),
    )
    train = log_of([[0] * 6, [1] * 3, [2] * 2, [3]], 5, behaviours=(look, buy))
    found = by_kind(slices(cases, np.array([0, 1, 2, 11]), train, 10))
    assert [(part.value, part.cases) for part in found["history"]] == [("1", 1), ("2", 1), ("3", 1), ("4", 1)]
    assert [(part.value, part.cases) for part in found["popularity"]] == [("head", 1), ("middle", 1), ("tail", 2)]
    assert [(part.value, part.cases) for part in found["behaviour"]] == [("look", 1), ("buy", 3)]
    assert [(part.value, part.cases) for part in found["return"]] == [("first", 1), ("returning", 3)]
    assert found["return"][1].metrics["hit@10"] == pytest.approx(2 / 3)
    assert found["return"][1].metrics["ndcg@10"] == pytest.approx((1 + 1 / np.log2(3)) / 3)


def test_thirds_of_popularity_keep_equals_together() -> None:
    assert popularity_thirds(log_of([[0, 1, 2]], 4)).tolist() == [0, 0, 0, 2]
    assert popularity_thirds(log_of([[0] * 8, [1] * 3, [2]], 4)).tolist() == [0, 2, 2, 2]
    assert popularity_thirds(log_of([[]], 2)).tolist() == [2, 2]


def test_nobody_is_no_error() -> None:
    split = leave_one_out(log_of([[0]], 2))
    assert slices(split.test, np.zeros(0, np.int64), split.train, 10) == ()
