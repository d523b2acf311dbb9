"""Blocks hold every event once, in order, with next to no padding."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.sequences.log import Behaviour, EventLog
from core.training.batches import (
    Events,
    by_length,
    last_windows,
    scoring_block,
    training_blocks,
    training_windows,
)

lengths_of_users = st.lists(st.integers(0, 40), min_size=1, max_size=30)


def log_of(lengths: list[int], timed: bool = False) -> EventLog:
    """A log in which event `i` is of item `i`, so that an item tells which event it was."""
    events = sum(lengths)
    return EventLog(
        item=np.arange(events, dtype=np.int32),
        behaviour=(np.arange(events) % 2).astype(np.uint8),
        time=np.arange(events, dtype=np.int64) * 3_000_000,
        value=np.full(events, np.nan, dtype=np.float32),
        text=np.full(events, -1, dtype=np.int32),
        offsets=np.concatenate(([0], np.cumsum(lengths))).astype(np.int64),
        behaviours=(Behaviour("view"), Behaviour("remove", negative=True)),
        items=max(events, 1),
        timed=timed,
    )


@given(lengths_of_users, st.integers(1, 12), st.integers(8, 200))
def test_an_epoch_asks_for_every_positive_event_once_from_the_event_before(
    lengths: list[int], longest: int, budget: int
) -> None:
    log = log_of(lengths)
    asked = []
    for block in training_blocks(Events.of(log), longest, budget, np.random.default_rng(0)):
        rows, columns = block.item.shape
        assert rows == 1 or rows * columns <= budget
        assert columns <= longest
        shown = block.item.ravel()[block.asked]
        begins = block.asked % columns == 0
        assert (shown[begins] == -1).all()
        assert (shown[~begins] == block.target[~begins] - 1).all()
        assert np.isin(block.target[begins], log.offsets[:-1]).all()
        asked.append(block.target)
    found = np.concatenate(asked) if asked else np.zeros(0)
    assert len(np.unique(found)) == len(found)
    everything = np.flatnonzero(log.positive)
    missing = np.setdiff1d(everything, found)
    cut = np.repeat(log.lengths > longest, log.lengths)
    assert cut[missing].all(), "only the first event of a piece of a long sequence is asked for in other epochs"


@given(lengths_of_users, st.integers(1, 12))
def test_scoring_blocks_show_the_last_events_and_ask_after_the_last(lengths: list[int], longest: int) -> None:
    log = log_of(lengths)
    windows = last_windows(log.offsets, longest)
    block = scoring_block(Events.of(log), windows)
    for user, length in enumerate(lengths):
        shown = block.item[user][block.known[user]]
        assert shown.tolist() == log.item[log.offsets[user] : log.offsets[user + 1]][-longest:].tolist()
        assert block.asked[user] == user * block.item.shape[1] + min(length, longest)


@given(lengths_of_users, st.integers(1, 12), st.integers(0, 5))
def test_windows_cover_every_sequence_once(lengths: list[int], longest: int, seed: int) -> None:
    log = log_of(lengths)
    windows = training_windows(log.offsets, longest, np.random.default_rng(seed))
    assert windows.lengths.max(initial=0) <= longest
    assert windows.lengths.sum() == log.events
    order = np.argsort(windows.start, kind="stable")
    assert (windows.start[order][1:] >= windows.end[order][:-1]).all()


def test_blocks_of_real_lengths_have_hardly_any_padding() -> None:
    lengths = np.random.default_rng(0).geometric(0.12, 20_000)
    groups = by_length(lengths, 4096, np.random.default_rng(1))
    cells = sum(int(lengths[group].max() + 1) * len(group) for group in groups)
    assert sorted(np.concatenate(groups)) == list(range(20_000))
    assert cells < 1.03 * (lengths + 1).sum()


def test_gaps_are_powers_of_two_of_seconds_and_absent_without_times() -> None:
    timed = Events.of(log_of([3, 2], timed=True))
    assert timed.gap.tolist() == [0, 3, 3, 0, 3, 0]  # 3 s: log2(4) + 1
    assert not Events.of(log_of([3, 2])).gap.any()


def test_negative_and_text_events_are_shown_but_not_asked_for() -> None:
    log = log_of([4])
    log.item[2] = -1
    (block,) = training_blocks(Events.of(log), 8, 100, np.random.default_rng(0))
    assert block.item.tolist() == [[-1, 0, 1, -1]]
    assert block.known.tolist() == [[False, True, True, True]]
    assert block.behaviour.tolist() == [[0, 0, 1, 0]]
    assert block.target.tolist() == [0]
