"""A split hides from the training what the test asks for, whatever the log looks like."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import SeqlensError
from core.evaluation.split import leave_last_n, leave_one_out, time_split, user_folds
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


@settings(max_examples=60)
@given(logs(longest=14), st.integers(1, 3))
def test_leave_last_n_asks_for_each_of_the_last_targets(log: EventLog, last: int) -> None:
    split = leave_last_n(log, last)
    tested = np.unique(split.test.users)
    assert split.skipped + len(tested) == np.count_nonzero(log.lengths)
    for user in range(log.users):
        whole = one(log, user)
        targets = np.flatnonzero(whole.positive)
        if len(targets) <= 2 * last:
            assert user not in tested
            assert items(split.train, user) == whole.item.tolist()
            continue
        assert items(split.train, user) == whole.item[: targets[-2 * last]].tolist()
        for cases, asked in ((split.test, targets[-last:]), (split.validation, targets[-2 * last : -last])):
            places = np.flatnonzero(cases.users == user)
            assert cases.truth[places].tolist() == whole.item[asked].tolist()
            assert cases.behaviour is not None
            assert cases.behaviour[places].tolist() == whole.behaviour[asked].tolist()
            for place, target in zip(places, asked, strict=True):
                assert items(cases.histories, int(place)) == whole.item[:target].tolist()


@given(logs())
def test_leave_one_out_is_leave_last_n_of_one(log: EventLog) -> None:
    plain, general = leave_one_out(log), leave_last_n(log, 1)
    assert (plain.protocol, general.protocol) == ("leave-one-out", "leave-last-n")
    assert plain.train.item.tolist() == general.train.item.tolist()
    assert plain.test.truth.tolist() == general.test.truth.tolist()


@settings(max_examples=60)
@given(logs(users=14), st.integers(2, 4))
def test_user_folds_test_users_that_the_model_never_saw(log: EventLog, folds: int) -> None:
    able = [user for user in range(log.users) if np.count_nonzero(one(log, user).positive) >= 2]
    tested: list[int] = []
    for fold in range(folds):
        try:
            split = user_folds(log, folds, fold)
        except SeqlensError:
            assert len(able) < 2 * folds
            return
        assert split.skipped == np.count_nonzero(log.lengths) - len(able)
        held = {*split.test.users.tolist(), *split.validation.users.tolist()}
        assert not set(split.test.users.tolist()) & set(split.validation.users.tolist())
        for user in range(log.users):
            assert items(split.train, user) == ([] if user in held else one(log, user).item.tolist())
        for cases in (split.test, split.validation):
            assert len(cases.users) > 0
            for place, user in enumerate(cases.users):
                whole = one(log, int(user))
                target = int(np.flatnonzero(whole.positive)[-1])
                assert cases.truth[place] == whole.item[target]
                assert items(cases.histories, place) == whole.item[:target].tolist()
        tested += split.test.users.tolist()
    assert sorted(tested) == able, "each user is tested in exactly one fold"


def test_folds_are_of_one_size_and_stay() -> None:
    log = log_of([[0, 1, 2]] * 103, 3)
    sizes = [len(user_folds(log, 5, fold).test.users) for fold in range(5)]
    assert max(sizes) - min(sizes) <= 1
    assert user_folds(log, 5, 2).test.users.tolist() == user_folds(log, 5, 2).test.users.tolist()
    assert len(user_folds(log, 5, 2).validation.users) == 8


@pytest.mark.parametrize(("folds", "fold"), [(1, 0), (5, 5), (5, -1), (60, 0)])
def test_user_folds_refuse_what_they_cannot_do(folds: int, fold: int) -> None:
    with pytest.raises(SeqlensError, match="fold"):
        user_folds(log_of([[0, 1, 2]] * 40, 3), folds, fold)


def test_leave_last_n_refuses_none() -> None:
    with pytest.raises(SeqlensError, match="At least one"):
        leave_last_n(log_of([[0, 1, 2]], 3), 0)
