"""Events parted into blocks and sorted there are in the order that one sort of all of them gives."""

from __future__ import annotations

from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data import ordering


@settings(max_examples=80, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    events=st.integers(1, 300),
    users=st.integers(1, 60),
    most=st.integers(1, 80),
    piece=st.integers(1, 50),
    span=st.sampled_from([1, 20, 2**33, 2**62]),
    unit=st.sampled_from([1, 1_000, 1_000_000]),
    shared=st.booleans(),
)
def test_blocks_are_in_the_order_of_one_sort(
    seed: int, events: int, users: int, most: int, piece: int, span: int, unit: int, shared: bool
) -> None:
    rng = np.random.default_rng(seed)
    user = rng.integers(0, users, events).astype(np.int32)
    time = rng.integers(-span, span, events) * (unit if span < 2**40 else 1)
    columns = {
        "user": user.copy(),
        "time": time.copy(),
        "place": np.arange(events, dtype=np.int32),
        "value": rng.random(events).astype(np.float32),
        "behaviour": rng.integers(0, 9, events).astype(np.uint8),
        "file": np.broadcast_to(np.int32(3), events),
    }
    for name in ("user", "time"):
        columns[name].flags.writeable = not shared
    expected = {name: column.copy() for name, column in columns.items()}
    order = np.lexsort((time, user))
    with mock.patch.multiple(ordering, MOST=most, PIECE=piece):
        blocks = list(ordering.blocks(columns, users))
    found = {name: np.concatenate([block.of(name) for block in blocks]) for name in list(expected)[2:]}
    found |= {name: np.concatenate([getattr(block, name) for block in blocks]) for name in ("user", "time")}
    for name, column in expected.items():
        assert found[name].tolist() == column[order].tolist(), name
        assert found[name].dtype == column.dtype
    kept = rng.random(len(blocks[0].user)) < 0.5
    assert blocks[0].only(kept).of("place").tolist() == blocks[0].of("place")[kept].tolist()


@pytest.mark.parametrize("unit", [1, 1_000, 1_000_000])
def test_times_may_lie_as_far_apart_as_there_are_numbers(unit: int) -> None:
    most = np.iinfo(np.int64).max // unit * unit
    time = np.array([most, -most, 0, most - unit, -most], np.int64)
    columns = {"user": np.array([1, 1, 1, 0, 0], np.int32), "time": time, "place": np.arange(5)}
    (block,) = ordering.blocks(columns, 2)
    assert block.user.tolist() == [0, 0, 1, 1, 1]
    assert block.time.tolist() == [-most, most - unit, -most, 0, most]
    assert block.of("place").tolist() == [4, 3, 1, 2, 0]


def test_nothing_has_no_blocks() -> None:
    assert list(ordering.blocks({"user": np.zeros(0, np.int32), "time": np.zeros(0, np.int64)}, 0)) == []


@pytest.mark.parametrize("column", ["item", "value"])
def test_an_event_repeats_the_first_that_is_equal(column: str) -> None:
    user, time = np.array([0, 0, 0, 0, 1, 1], np.int32), np.array([5, 7, 7, 7, 7, 7])
    same = np.array([1, 2, 3, 2, 2, 2], np.int32)
    block = ordering.Block(user, time, {column: same})
    found = ordering.repeated(block, lambda rows: [block.of(column, rows)])
    assert found.tolist() == [-1, -1, -1, 1, -1, 4]
