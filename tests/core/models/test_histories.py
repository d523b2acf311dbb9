"""Sums over the items of histories are the same whoever adds them up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array, random_array

from core.models import histories
from core.models.histories import fading, profiles, summed
from core.sequences.log import EventLog
from tests.logs import log_of, logs

ITEMS = 7


def pairs(seed: int, density: float) -> csr_array:
    found = random_array((ITEMS, ITEMS), density=density, rng=np.random.default_rng(seed), dtype=np.float32)
    return csr_array(found)


@pytest.mark.parametrize("at_once", [1, 9, 1000])
@settings(max_examples=60, deadline=None)
@given(log=logs(items=ITEMS, users=6), seed=st.integers(0, 9), density=st.sampled_from((0.0, 0.2, 1.0)))
def test_many_terms_have_the_sums_of_few(at_once: int, log: EventLog, seed: int, density: float) -> None:
    weights = profiles(log, fading(log, 0.7, 4))
    matrix = pairs(seed, density)
    few = summed(weights, matrix)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(histories, "MANY", 0)
        patch.setattr(histories, "AT_ONCE", at_once)
        many = summed(weights, matrix)
    np.testing.assert_array_equal(many, few)  # to the last bit: equal scores stay equal
    np.testing.assert_allclose(many, weights.toarray() @ matrix.toarray(), rtol=1e-5, atol=1e-7)


def test_who_has_nothing_gets_nothing_among_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(histories, "MANY", 0)
    log = log_of([[], [1, 2], []], ITEMS)
    found = summed(profiles(log, fading(log, 0.7, 4)), pairs(1, 1.0))
    assert not found[[0, 2]].any()
    assert found[1].all()
