"""Lists leave out what is hidden or not allowed, and are the same for one user as for all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.models.available import create
from core.models.base import Recommender
from core.progress import Cancelled, Progress
from core.recommend.lists import best_items, recommend
from core.sequences.log import EventLog
from tests.logs import NO_CATALOGUE, log_of, logs, one, random_log

ITEMS = 30


@pytest.fixture(scope="module")
def model() -> Recommender:
    fitted = create("transitions")
    fitted.fit(random_log(200, ITEMS), NO_CATALOGUE, Progress())
    return fitted


@settings(deadline=None)
@given(log=logs(items=ITEMS, users=4), hide=st.booleans(), k=st.integers(1, 40))
def test_the_list_of_one_is_the_list_of_all(model: Recommender, log: EventLog, hide: bool, k: int) -> None:
    users = np.arange(log.users, dtype=np.int32)[::-1].copy()
    blocks = list(recommend(model, log, users, k, hide, Progress(), components=True))
    assert np.concatenate([block.users for block in blocks]).tolist() == users.tolist()
    for block in blocks:
        assert block.components == ("transitions",)
        there = block.items >= 0
        assert (block.base + block.shares.sum(2))[there] == pytest.approx(block.scores[there], abs=1e-4)
        for user, row in zip(block.users, block.items, strict=True):
            items, scores = best_items(model, one(log, int(user)), k, hide)
            assert row[row >= 0].tolist() == items.tolist()
            assert (np.diff(scores) <= 0).all()
            seen = set(one(log, int(user)).item.tolist()) - {-1}
            assert len(items) == min(k, ITEMS - len(seen) if hide else ITEMS)
            assert not hide or not seen & set(items.tolist())


def test_only_what_is_allowed_is_listed(model: Recommender) -> None:
    allowed = np.arange(ITEMS) % 7 == 3
    items, _ = best_items(model, log_of([[2, 3]], ITEMS), 10, True, allowed)
    assert sorted(items.tolist()) == [10, 17, 24]


def test_many_users_come_in_blocks_and_can_be_stopped(model: Recommender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.evaluation.ranking.blocks.__defaults__", (ITEMS * 4 * 10, None))
    log, progress = random_log(25, ITEMS), Progress()
    stream = recommend(model, log, np.arange(25, dtype=np.int32), 5, True, progress)
    assert len(next(stream).users) == 10
    progress.cancel()
    with pytest.raises(Cancelled):
        next(stream)
