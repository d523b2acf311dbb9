"""Sessions against a plain loop over events."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.sequences.log import Behaviour, EventLog
from core.sequences.sessions import GAP, session_starts, sessions


def log_of(times: list[list[int]], timed: bool = True) -> EventLog:
    flat = np.array([time for user in times for time in user], np.int64)
    return EventLog(
        item=np.zeros(len(flat), np.int32),
        behaviour=np.zeros(len(flat), np.uint8),
        time=flat,
        value=np.full(len(flat), np.nan, np.float32),
        text=np.full(len(flat), -1, np.int32),
        offsets=np.concatenate(([0], np.cumsum([len(user) for user in times]))).astype(np.int64),
        behaviours=(Behaviour("view"),),
        items=1,
        timed=timed,
    )


def test_a_pause_longer_than_half_an_hour_starts_a_session() -> None:
    log = log_of([[], [0, GAP, 2 * GAP + 1], [5], []])
    assert sessions(log).tolist() == [0, 0, 1, 0]


@given(st.lists(st.lists(st.integers(0, 10 * GAP), max_size=8).map(sorted), max_size=6), st.integers(0, 2 * GAP))
def test_sessions_agree_with_a_loop(times: list[list[int]], gap: int) -> None:
    expected = []
    for user in times:
        number = 0
        for index, time in enumerate(user):
            number += index > 0 and time - user[index - 1] > gap
            expected.append(number)
    assert sessions(log_of(times), gap).tolist() == expected
    for user in times:
        starts = session_starts(np.array(user, np.int64), gap=gap)
        assert len(starts) == len(set(sessions(log_of([user]), gap).tolist()))


def test_without_times_a_sequence_is_one_session() -> None:
    log = log_of([[0, 1, 2], [0, 1]], timed=False)
    assert sessions(log, gap=0).tolist() == [0, 0, 0, 0, 0]
    assert session_starts(log.time, timed=False).tolist() == [0]
    assert session_starts(np.empty(0, np.int64), timed=False).tolist() == []
