"""A split hides from the training what the test asks for, whatever the log looks like."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from core.errors import SeqlensError
from core.evaluation.split import leave_one_out, time_split
from core.sequences.log import EventLog
from tests.logs import DISLIKE, log_of, logs, one


def items(log: EventLog, user: int) -> list[int]:
    return one(log, user).item.tolist()


def test_last_is_the_test_and_second_last_the_validation() -> None:
    split = leave_one_out(log_of([[5, 1, 2, 3], [4, 4]], items=6))
    assert items(split.train, 0) == [5, 1]
    assert items(split.train, 1) == [4, 4], "a user with too few targets trains with all events"
    assert split.test.users.tolist() == split.validation.users.tolist() == [0]
    assert (split.validation.truth.tolist(), split.test.truth.tolist()) == ([2], [3])
    assert items(split.test.histories, 0) == [5, 1, 2], "the validation event is part of the test's history"
    assert split.skipped == 1


def test_only_what_can_be_predicted_is_held_out() -> None:
    user = [0, 1, (9, DISLIKE), 2, -1, 3, (2, DISLIKE)]
    split = leave_one_out(log_of([user, []], items=10))
    assert items(split.train, 0) == [0, 1, 9][: len(items(split.train, 0))]
    assert (split.validation.truth.tolist(), split.test.truth.tolist()) == ([2], [3])
    assert items(split.test.histories, 0) == [0, 1, 9, 2, -1]
    assert split.skipped == 0, "a user without events is nobody who was left out"


@settings(max_examples=60)
@given(logs())
def test_leave_one_out_holds_out_the_last_targets(log: EventLog) -> None:
    split = leave_one_out(log)
    assert split.train.users == log.users
    assert split.skipped + len(split.test.users) == np.count_nonzero(log.lengths)
    tested = {int(user): place for place, user in enumerate(split.test.users)}
    for user in range(log.users):
        whole = one(log, user)
        targets = np.flatnonzero(whole.positive)
        if len(targets) < 3:
            assert user not in tested
            assert items(split.train, user) == whole.item.tolist()
            continue
        place = tested[user]
        assert split.test.truth[place] == whole.item[targets[-1]]
        assert split.validation.truth[place] == whole.item[targets[-2]]
        assert items(split.test.histories, place) == whole.item[: targets[-1]].tolist()
        assert items(split.validation.histories, place) == whole.item[: targets[-2]].tolist()
        assert items(split.train, user) == whole.item[: targets[-2]].tolist()


@settings(max_examples=60)
@given(logs(timed=True))
def test_time_split_trains_before_and_tests_after(log: EventLog) -> None:
    try:
        split = time_split(log)
    except SeqlensError:
        return
    assert split.cut is not None
    assert split.train.events == 0 or split.train.time.max() < split.cut
    assert split.skipped + len(split.test.users) == np.count_nonzero(log.lengths)
    for place, user in enumerate(split.test.users):
        whole = one(log, int(user))
        later = np.flatnonzero(whole.positive & (whole.time >= split.cut))
        assert split.test.truth[place] == whole.item[later[0]]
        assert items(split.test.histories, place) == whole.item[whole.time < split.cut].tolist() != []
    for place, user in enumerate(split.validation.users):
        history, whole = one(split.validation.histories, place), one(log, int(user))
        assert history.item.tolist() == items(split.train, int(user)), "choices are made on what follows the training"
        between = whole.positive & (whole.time < split.cut) & (np.arange(whole.events) >= history.events)
        assert split.validation.truth[place] == whole.item[np.flatnonzero(between)[0]]


def test_time_split_cuts_where_told() -> None:
    log = log_of([[0, 1, 2], [3, 4]], 5, times=[[0, 10, 30], [25, 40]])
    split = time_split(log, 30)
    assert (split.test.users.tolist(), split.test.truth.tolist()) == ([0, 1], [2, 4])


def test_time_split_refuses_what_it_cannot_do() -> None:
    with pytest.raises(SeqlensError, match="leave-one-out"):
        time_split(log_of([[0, 1, 2]], 3))
    with pytest.raises(SeqlensError, match="Choose another time"):
        time_split(log_of([[0, 1, 2]], 3, times=[[1, 2, 3]]), 10)
