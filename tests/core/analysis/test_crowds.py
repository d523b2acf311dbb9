"""How many users a figure is of is how many users are behind it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from core.analysis import behind, crowds, flows
from core.sequences.log import EventLog
from tests.logs import catalogue_of, logs, random_log


def check(log: EventLog) -> None:
    events = flows.named(log, catalogue_of(6), "behaviour")
    found = crowds.transitions(events)
    for source, target in np.ndindex(found.shape):
        assert found[source, target] == len(behind.followed(events, source, target))
    assert (found <= flows.transitions(events).counts).all()
    if log.timed:
        for behaviour in (None, 0):
            there = crowds.hours(log, 3, behaviour)
            for day, hour in zip(*np.nonzero(there), strict=True):
                assert there[day, hour] == len(behind.were_there(log, 3, int(day), int(hour), behaviour))
            assert there.sum() > 0 or not (log.events if behaviour is None else (log.behaviour == behaviour).any())


@given(logs(timed=True))
def test_they_are_those_who_are_behind(log: EventLog) -> None:
    check(log)


def test_they_are_the_same_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    log = random_log(40, items=6)
    whole = crowds.transitions(flows.named(log, catalogue_of(6), "behaviour"))
    monkeypatch.setattr(crowds, "BLOCK", 17)
    assert (crowds.transitions(flows.named(log, catalogue_of(6), "behaviour")) == whole).all()
    check(log)
