"""Groups that are too small to be told apart from their members."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SeqlensError
from core.privacy.groups import generalised, is_small


def test_a_group_of_fewer_than_five_is_small() -> None:
    assert [is_small(users) for users in (0, 1, 4, 5, 100)] == [False, True, True, False, False]


@given(users=st.integers(5, 200), least=st.integers(2, 9), seed=st.integers(0, 1000))
def test_each_row_speaks_of_enough_people_and_no_figure_of_fewer(users: int, least: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(users, 3)).astype(np.float32)
    values[rng.random((users, 3)) < 0.5] = np.nan
    if users < least:
        with pytest.raises(SeqlensError, match="cannot be made"):
            generalised(("a", "b", "c"), values, least)
        return
    table = generalised(("a", "b", "c"), values, least)
    members = table["users"].to_numpy()
    assert members.sum() == users
    assert members.min() >= least
    assert members.max() < 2 * least
    for place, name in enumerate("abc"):
        told = table[name].to_numpy(zero_copy_only=False)
        if np.isfinite(values[:, place]).sum() < least:
            assert np.isnan(told).all()
    assert table.column_names == ["users", "a", "b", "c"]


def test_means_are_those_of_users_who_are_alike() -> None:
    values = np.repeat(np.array([[1.0, 10.0], [5.0, 50.0], [9.0, 90.0]], np.float32), 4, axis=0)
    shuffled = values[np.random.default_rng(0).permutation(12)]
    found = generalised(("a", "b"), shuffled, 4)
    assert sorted(zip(found["a"].to_pylist(), found["b"].to_pylist(), strict=True)) == [(1, 10), (5, 50), (9, 90)]
