"""Which items came up when, and what follows what came up when."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.models.attribution import shapley
from core.models.eras import Eras, ErasSettings, ages
from core.models.growing import Newcomers
from core.progress import Progress
from core.sequences.log import Catalogue, EventLog
from tests.logs import DISLIKE, NO_CATALOGUE, log_of, logs, one

ITEMS = 6


def named(ids: list[str]) -> Catalogue:
    nothing: Any = pa.nulls(len(ids), pa.string())
    return Catalogue(pa.array(ids), nothing, nothing, nothing, np.full(len(ids), np.nan, dtype=np.float32))


def fitted(log: EventLog, ids: list[str], eras: int | None = None) -> Eras:
    model = Eras(ErasSettings(eras))
    model.fit(log, named(ids), Progress())
    return model


def test_the_next_era_follows() -> None:
    users = [[0, 1, 2, 3, 4, 5], [0, 2, 4], [1, 3, 5], [0, 3, 5], [1, 2, 4]] * 20
    ids = ["B0A", "B0B", "B1A", "B1B", "B2A", "B2B"]
    scores = fitted(log_of(users, ITEMS), ids, 3).score(log_of([[0], [0, 3], [0, 3, (5, DISLIKE), -1], []], ITEMS))
    assert scores[0, 2] == scores[0, 3] > max(scores[0, 4], scores[0, 0])
    assert scores[1, 4] == scores[1, 5] > max(scores[1, 0], scores[1, 2]), "the last event speaks"
    assert (scores[2] == scores[1]).all(), "dislikes and what has no item do not"
    assert not scores[3].any()


@pytest.mark.parametrize(
    ("ids", "tells"),
    [
        (["100", "207", "3", "45", "900", "77"], True),
        (["B00A1", "B00C1", "B00D7", "B00E2", "B00F1", "B00G9"], True),
        (["1", "2", "3", "4", "5", "6"], False),
        (["i11", "i12", "i13", "i14", "i15", "i17"], False),
        (["red lamp", "blue lamp", "a", "b", "c", "d"], False),
        (["灯", "b", "c", "d", "e", "f"], False),
    ],
)
def test_ids_are_read_where_a_counter_may_have_given_them(ids: list[str], tells: bool) -> None:
    rng = np.random.default_rng(0)
    ranked = sorted(range(ITEMS), key=lambda code: (len(ids[code]), ids[code]))
    users = [[ranked[place] for place in sorted(rng.integers(0, ITEMS, 4))] for _ in range(60)]
    assert fitted(log_of(users, ITEMS), ids, 3).score(log_of([[ranked[0]]], ITEMS)).any() == tells


def test_times_tell_when_an_item_came_up_whatever_its_id() -> None:
    users, times = [[5, 4, 3, 2, 1, 0]] * 30, [[0, 10, 20, 30, 40, 50]] * 30
    scores = fitted(log_of(users, ITEMS, times), list("123456"), 6).score(log_of([[5], [1]], ITEMS))
    assert scores.argmax(1).tolist() == [4, 0]


def test_an_item_without_events_belongs_to_no_era() -> None:
    log = log_of([[0, 1]] * 9, 3, [[0, 9]] * 9)
    model = fitted(log, list("abc"), 2)
    assert not model.score(log_of([[2]], 3)).any()
    assert not model.score(log_of([[0]], 3))[:, 2].any()


@given(logs(items=ITEMS, users=5, longest=6, timed=True))
def test_shares_are_those_of_the_game(log: EventLog) -> None:
    model, history = fitted(log, list("abcdef"), 3), one(log)
    items = np.arange(ITEMS, dtype=np.int32)
    found = model.event_shares(history, items)

    def value(seen: NDArray[np.bool_]) -> NDArray[np.float32]:
        return np.concatenate([model.score(history.take(shown)) for shown in seen])

    game = shapley(value, history.events)
    assert found.shares == pytest.approx(game.shares, abs=1e-5)
    seen = np.random.default_rng(0).random((4, history.events)) < 0.5
    assert found.masked(seen) == pytest.approx(value(seen), abs=1e-5)


def test_a_fresh_item_keeps_its_own_era_where_its_id_tells_it() -> None:
    log, ids = log_of([[0, 2, 4], [0, 2, 3], [2, 3, 4]] * 20, 5), ["B0A", "B1A", "B2A", "B3A", "B5A"]
    model = fitted(log, ids, 5)
    vectors = np.eye(6, 4, dtype=np.float32) + 0.1
    fresh = np.array([False, True, False, False, False, True])
    grown = model.grown(Newcomers(5, fresh, vectors, np.zeros((0, 4), dtype=np.float32)))
    history = log_of([[0, 2]], 6)
    assert grown.score(history)[0, :5] == pytest.approx(model.score(log_of([[0, 2]], 5))[0])
    assert grown.score(history)[0, 5] != 0, "what came in later is lent"


def test_ages_are_near_where_items_came_up_near_each_other() -> None:
    log = log_of([[0, 1, 2, 3, 4]] * 3, ITEMS, [[0, 1, 40, 41, 90]] * 3)
    found = ages(log, NO_CATALOGUE)
    assert found is not None
    assert not found[5].any(), "of an item without events nothing is known"
    assert np.abs(found[:5].mean(0)).max() < 1e-6
    assert (
        np.linalg.norm(found[0] - found[1]) < np.linalg.norm(found[0] - found[2]) < np.linalg.norm(found[0] - found[4])
    )
    assert ages(log_of([[0, 1]], ITEMS), NO_CATALOGUE) is None


def test_a_number_of_eras_that_cannot_be_is_refused() -> None:
    with pytest.raises(SeqlensError, match="1 to 64"):
        ErasSettings(0)
    with pytest.raises(SeqlensError, match="not been counted"):
        Eras().score(log_of([[0]], ITEMS))
