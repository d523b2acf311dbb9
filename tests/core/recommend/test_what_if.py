"""Changed histories: each change does what it says and nothing else, and every one can be taken back."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SeqlensError
from core.recommend.what_if import ChangedHistory, Changes, Edits, usual_behaviour
from tests.logs import BEHAVIOURS, DISLIKE, VIEW, log_of, logs, one

ITEMS = 8
TIMES = [10, 20, 30, 100]


def begun() -> ChangedHistory:
    return ChangedHistory.of(log_of([[1, 2, (3, DISLIKE), 4]], ITEMS, [TIMES]))


def test_nothing_is_changed_at_first() -> None:
    now = begun()
    assert not now.changes
    assert now.origin.tolist() == [0, 1, 2, 3]


def test_what_is_left_keeps_its_times() -> None:
    now = begun().without([1, 3])
    assert now.log.item.tolist() == [1, 3]
    assert now.log.time.tolist() == [10, 30]
    assert now.log.behaviour.tolist() == [VIEW, DISLIKE]
    assert now.origin.tolist() == [0, 2]
    assert now.changes == Changes(removed=2, added=0, moved=0, changed=0)


def test_as_of_a_moment() -> None:
    assert begun().until(30).log.item.tolist() == [1, 2, 3]
    assert begun().until(9).events == 0


@pytest.mark.parametrize(("place", "moment"), [(0, 0), (1, 15), (3, 65), (4, 110)])
def test_an_added_event_stands_between_its_neighbours(place: int, moment: int) -> None:
    now = begun().add(place, 7, VIEW)
    assert now.log.item[place] == 7
    assert now.log.time[place] == moment
    assert now.changes == Changes(removed=0, added=1, moved=0, changed=0)
    assert np.isnan(now.log.value[place])


def test_a_moved_event_changes_places_and_the_moments_stay() -> None:
    now = begun().move(3, 0)
    assert now.log.item.tolist() == [4, 1, 2, 3]
    assert now.log.time.tolist() == TIMES
    assert now.moved.tolist() == [True, False, False, False]
    assert now.changes.moved == 1
    assert not begun().move(2, 2).changes


def test_another_behaviour() -> None:
    now = begun().behave([0, 2], DISLIKE)
    assert now.log.behaviour.tolist() == [DISLIKE, VIEW, DISLIKE, VIEW]
    assert now.changes == Changes(removed=0, added=0, moved=0, changed=1)


def test_an_added_event_that_is_moved_or_changed_counts_as_added_alone() -> None:
    now = begun().add(4, 7, VIEW).behave([4], DISLIKE).move(4, 0)
    assert now.changes == Changes(removed=0, added=1, moved=0, changed=0)
    assert not now.without([0]).changes


@given(logs(items=ITEMS, users=1, timed=True), st.data())
def test_any_row_of_changes_leaves_a_sound_history(log: object, data: st.DataObject) -> None:
    history = one(log)  # type: ignore[arg-type]
    edits = Edits(ChangedHistory.of(history))
    for _ in range(data.draw(st.integers(0, 6))):
        now, events = edits.now, edits.now.events
        kinds = ["add", "until"] + (["without", "move", "behave"] if events else [])
        kind = data.draw(st.sampled_from(kinds))
        place = data.draw(st.integers(0, max(events - 1, 0)))
        if kind == "add":
            now = now.add(data.draw(st.integers(0, events)), 5, VIEW)
        elif kind == "until":
            now = now.until(data.draw(st.integers(-1, 41)))
        elif kind == "without":
            now = now.without([place])
        elif kind == "move":
            now = now.move(place, data.draw(st.integers(0, events - 1)))
        else:
            now = now.behave([place], data.draw(st.sampled_from((VIEW, DISLIKE))))
        edits.do(now)
        log_now = now.log
        assert (np.diff(log_now.time) >= 0).all()
        assert len(log_now.item) == len(log_now.time) == len(now.origin) == len(now.moved) == log_now.offsets[1]
        kept = now.origin[now.origin >= 0]
        assert len(set(kept.tolist())) == len(kept)
        assert log_now.item[now.origin >= 0].tolist() == history.item[kept].tolist()
        again = ChangedHistory.from_json(json.loads(json.dumps(now.to_json())), history)
        for name in ("item", "behaviour", "time", "value", "text"):
            np.testing.assert_array_equal(getattr(again.log, name), getattr(log_now, name))
        assert again.changes == now.changes
    while edits.undoable:
        edits.undo()
    assert edits.now is edits.first
    assert edits.now.log is history


def test_without_times_events_are_numbered() -> None:
    now = ChangedHistory.of(log_of([[1, 2, 3]], ITEMS)).without([0]).add(0, 6, VIEW).move(0, 2)
    assert now.log.time.tolist() == [0, 1, 2]
    assert now.log.item.tolist() == [2, 3, 6]


def test_undo_redo_and_a_new_way() -> None:
    edits = Edits(begun())
    edits.do(edits.now.without([0]))
    edits.do(edits.now.without([0]))
    edits.undo()
    assert edits.now.events == 3
    assert edits.redoable
    edits.redo()
    assert edits.now.events == 2
    edits.undo()
    edits.do(edits.now.add(0, 7, VIEW))
    assert not edits.redoable
    edits.undo()
    edits.undo()
    edits.undo()
    assert edits.now is edits.first


@pytest.mark.parametrize(
    "damage",
    [{"item": [ITEMS]}, {"behaviour": ["fly"]}, {"time": None}, {"origin": [99]}, {"moved": []}],
)
def test_a_document_that_does_not_fit_is_told(damage: dict[str, object]) -> None:
    first = ChangedHistory.of(log_of([[1]], ITEMS, [[10]]))
    with pytest.raises(SeqlensError, match="no longer fits"):
        ChangedHistory.from_json(first.to_json() | damage, first.log)


def test_the_usual_behaviour_is_the_last_that_speaks_for_an_item() -> None:
    assert usual_behaviour(begun().log, BEHAVIOURS) == VIEW
    nobody = replace(log_of([[]], ITEMS), behaviours=BEHAVIOURS[::-1])
    assert usual_behaviour(nobody, BEHAVIOURS[::-1]) == 1


def test_a_behaviour_that_is_put_back_is_no_change() -> None:
    assert not begun().behave([0], DISLIKE).behave([0], VIEW).changes
