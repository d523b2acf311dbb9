"""Which events a model may learn from, and which it is judged by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.sequences.log import EventLog

CUT = 0.9  # quantile of event times where a split by time cuts unless told


@dataclass(frozen=True)
class Cases:
    """Questions to a model: which item follows this history?

    Attributes:
        users: int32 [n], codes of the users in the log that was split.
        histories: one history a case, in the order of `users`.
        truth: int32 [n], the item that really followed.
    """

    users: NDArray[np.int32]
    histories: EventLog
    truth: NDArray[np.int32]


@dataclass(frozen=True)
class Split:
    """A log divided for a fair judgement.

    Attributes:
        protocol: "leave-one-out" or "time".
        cut: for "time", events at or after it are the test's, in microseconds since 1970 UTC; else None.
        train: all events a model may learn from; users keep their places.
        validation: what choices are made on; its histories are events of `train`.
        test: what the figures speak of; its histories hold the validation events too.
        skipped: users with events who are not tested.
    """

    protocol: str
    cut: int | None
    train: EventLog
    validation: Cases
    test: Cases
    skipped: int


def leave_one_out(log: EventLog) -> Split:
    """Each user's last target is the test, the one before it the validation.

    Targets are the events that can be predicted (`EventLog.positive`). What a user did after the test's target is
    dropped; users with fewer than three targets only train.
    """
    targets = log.positive
    until = np.cumsum(targets)  # targets up to and with each event
    before_user = np.concatenate(([0], until))[log.offsets]
    counts = np.diff(before_user)
    following = np.repeat(before_user[1:], log.lengths) - until  # targets of the same user after each event
    tested = counts >= 3
    of_tested = np.repeat(tested, log.lengths)
    users = np.flatnonzero(tested).astype(np.int32)

    def cases(left: int) -> Cases:
        histories = log.take(of_tested & (following > left)).select(users)
        return Cases(users, histories, log.item[of_tested & targets & (following == left)])

    return Split(
        protocol="leave-one-out",
        cut=None,
        train=log.take(~of_tested | (following > 1)),
        validation=cases(1),
        test=cases(0),
        skipped=int(np.count_nonzero((log.lengths > 0) & ~tested)),
    )


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
    candidate = ~before & log.positive
    if end is not None:
        candidate &= log.time < end
    found = np.flatnonzero(candidate)
    users, first = np.unique(log.user[found], return_index=True)
    past = log.take(before)
    known = past.lengths[users] > 0
    users = users[known].astype(np.int32)
    return Cases(users, past.select(users), log.item[found[first[known]]])
