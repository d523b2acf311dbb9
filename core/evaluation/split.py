"""Which events a model may learn from, and which it is judged by."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.sequences.log import EventLog

PROTOCOLS = ("leave-one-out", "leave-last-n", "time", "users")
CUT = 0.9  # quantile of event times where a split by time cuts unless told
VALIDATED = 0.1  # share of the users outside the tested fold who validate
DEAL = 20_240_531  # seed that deals users to folds: the same folds for every model and seed of a training


@dataclass(frozen=True)
class Cases:
    """Questions to a model: which item follows this history?

    Attributes:
        users: int32 [n], codes of the users in the log that was split; a user with several cases stands together.
        histories: one history a case, in the order of `users`.
        truth: int32 [n], the item that really followed.
        behaviour: uint8 [n], the behaviour of the event that followed, where it is known.
    """

    users: NDArray[np.int32]
    histories: EventLog
    truth: NDArray[np.int32]
    behaviour: NDArray[np.uint8] | None = None


@dataclass(frozen=True)
class Split:
    """A log divided for a fair judgement.

    Attributes:
        protocol: "leave-one-out", "leave-last-n", "time" or "users".
        cut: for "time", events at or after it are the test's, in microseconds since 1970 UTC; else None.
        train: all events a model may learn from; users keep their places.
        validation: what choices are made on; its histories are events of `train`.
        test: what the figures speak of; its histories hold the validation events of the same user too.
        skipped: users with events who are not tested; for "users", those with too few events to be tested at all.
    """

    protocol: str
    cut: int | None
    train: EventLog
    validation: Cases
    test: Cases
    skipped: int


def leave_one_out(log: EventLog) -> Split:
    """Each user's last target is the test, the one before it the validation.

    Targets are the events that can be held out (`EventLog.target`). What a user did after the test's target is
    dropped; users with fewer than three targets only train.
    """
    return replace(leave_last_n(log, 1), protocol="leave-one-out")


def leave_last_n(log: EventLog, last: int) -> Split:
    """Each user's last `last` targets are tested, as many before them validate.

    Each target is predicted from all that the user did before it, the targets before it included, so each case has one
    truth and every user who is tested has `last` cases. (RecTools' `LastNSplitter` asks once and holds the list against
    all of the last n.) Users with fewer than 2 · `last` + 1 targets only train.

    Raises:
        SeqlensError: `last` is not at least 1.
    """
    if last < 1:
        raise SeqlensError("At least one event of each user must be held out; {last} is too few.", last=last)
    following = _following(log)
    tested = np.bincount(log.user[log.target], minlength=log.users) > 2 * last
    users = np.flatnonzero(tested).astype(np.int32)
    return Split(
        protocol="leave-last-n",
        cut=None,
        train=log.take(~np.repeat(tested, log.lengths) | (following >= 2 * last)),
        validation=_last_targets(log, users, 2 * last, last),
        test=_last_targets(log, users, last, 0),
        skipped=int(np.count_nonzero((log.lengths > 0) & ~tested)),
    )


def user_folds(log: EventLog, folds: int, fold: int) -> Split:
    """The users of one fold of `folds` are held out whole: the last target of each is predicted from what was before.

    The model has never seen a user that it is tested on. A tenth of the other users validate in the same way; the rest
    train with all their events, as do users with fewer than two targets. The folds are of one size and the same for
    every training on the same data; a user is tested in exactly one of them.

    Raises:
        SeqlensError: there are fewer than two folds, or no such fold, or too few users for so many.
    """
    if folds < 2 or not 0 <= fold < folds:
        raise SeqlensError(
            "There is no fold {fold} of {folds}. Take at least two folds; the first is number 0.",
            fold=fold,
            folds=folds,
        )
    able = np.bincount(log.user[log.target], minlength=log.users) >= 2
    users = np.flatnonzero(able).astype(np.int32)
    dealt = np.random.default_rng(DEAL).permutation(users)
    place = np.arange(len(dealt))
    test, others = np.sort(dealt[place % folds == fold]), dealt[place % folds != fold]
    validation = np.sort(others[: max(1, round(VALIDATED * len(others)))])
    if len(users) < folds or len(others) < 2:
        raise SeqlensError(
            "{users} users have two events or more, too few for {folds} folds. Take fewer folds, or leave-one-out.",
            users=len(users),
            folds=folds,
        )
    trains = np.ones(log.users, dtype=np.bool_)
    trains[test] = trains[validation] = False
    return Split(
        protocol="users",
        cut=None,
        train=log.take(np.repeat(trains, log.lengths)),
        validation=_last_targets(log, validation, 1, 0),
        test=_last_targets(log, test, 1, 0),
        skipped=int(np.count_nonzero((log.lengths > 0) & ~able)),
    )


def _following(log: EventLog) -> NDArray[np.int64]:
    """int64 [events], how many targets of the same user come after each event."""
    until = np.cumsum(log.target, dtype=np.int64)  # targets up to and with each event
    before_user = np.concatenate((np.zeros(1, np.int64), until))[log.offsets]
    return np.repeat(before_user[1:], log.lengths) - until


def _last_targets(log: EventLog, users: NDArray[np.int32], start: int, end: int) -> Cases:
    """For each of `users` the targets from the `start`-th last to before the `end`-th last, in their order."""
    count = start - end
    repeated = np.repeat(users, count)
    whole = log.select(repeated)
    left = np.repeat(np.tile(np.arange(start - 1, end - 1, -1), len(users)), whole.lengths)
    following = _following(whole)
    target = whole.target & (following == left)
    return Cases(repeated, whole.take(following > left), whole.item[target], whole.behaviour[target])


def time_split(log: EventLog, cut: int | None = None) -> Split:
    """What happened before a moment predicts each user's first target at or after it.

    The validation does the same within the time before `cut`, at the 90 % quantile of that time's events.

    Args:
        cut: microseconds since 1970 UTC; None for the 90 % quantile of event times.

    Raises:
        SeqlensError: the events have no times, or no user has events on both sides of the cut.
    """
    if not log.timed:
        raise SeqlensError("These events have an order and no times to split them by. Use leave-one-out.")
    if cut is None:
        cut = _quantile(log.time)
    inner = _quantile(log.time[log.time < cut])
    test = _first_at_or_after(log, cut, None)
    if len(test.users) == 0:
        raise SeqlensError(
            "No user has events both before and after {cut}, so nothing can be tested. Choose another time.",
            cut=np.datetime64(cut, "us").item().isoformat(sep=" ", timespec="minutes"),
        )
    return Split(
        protocol="time",
        cut=cut,
        train=log.take(log.time < inner),
        validation=_first_at_or_after(log, inner, cut),
        test=test,
        skipped=int(np.count_nonzero(log.lengths)) - len(test.users),
    )


def _quantile(times: NDArray[np.int64]) -> int:
    """The time of the event that stands at nine tenths; 0 where there are no events."""
    if len(times) == 0:
        return 0
    place = min(int(CUT * len(times)), len(times) - 1)
    return int(np.partition(times, place)[place])


def _first_at_or_after(log: EventLog, cut: int, end: int | None) -> Cases:
    """For users with events before `cut`: their first target from `cut` on and, if there is an end, before it."""
    before = log.time < cut
    candidate = ~before & log.target
    if end is not None:
        candidate &= log.time < end
    found = np.flatnonzero(candidate)
    users, first = np.unique(log.user[found], return_index=True)
    past = log.take(before)
    known = past.lengths[users] > 0
    users = users[known].astype(np.int32)
    target = found[first[known]]
    return Cases(users, past.select(users), log.item[target], log.behaviour[target])
