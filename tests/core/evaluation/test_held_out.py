"""What the ranks of a test say of users and items."""

from __future__ import annotations

import numpy as np

from core.evaluation.held_out import HeldOut


def test_users_and_items_have_the_harmonic_mean_of_their_ranks() -> None:
    tested = HeldOut(np.array([0, 0, 2, 3]), np.array([5, 6, 5, 1]), np.array([1, 4, 8, 0]))
    users = tested.users_ranks(users=5, items=100)
    assert users.dtype == np.float32
    assert np.allclose(users, [2 / (1 + 1 / 4), np.nan, 8, 100, np.nan], equal_nan=True)  # a hidden truth is the last
    items = tested.items_ranks(items=100)
    assert np.allclose(items[[1, 5, 6]], [100, 2 / (1 + 1 / 8), 4])
    assert np.isnan(np.delete(items, [1, 5, 6])).all()


def test_nobody_tested_is_nobody_measured() -> None:
    none = np.zeros(0, np.int64)
    assert np.isnan(HeldOut(none.astype(np.int32), none.astype(np.int32), none).users_ranks(3, 4)).all()


def test_arrays_bring_it_back() -> None:
    tested = HeldOut(np.array([1, 2], np.int32), np.array([3, 4], np.int32), np.array([5, 0]))
    again = HeldOut.from_arrays(tested.arrays)
    assert (again.users.tolist(), again.truth.tolist(), again.ranks.tolist()) == ([1, 2], [3, 4], [5, 0])
