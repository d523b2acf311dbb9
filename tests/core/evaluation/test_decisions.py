"""Figures at a threshold agree with scikit-learn's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics as theirs

from core.evaluation.decisions import decisions

SCORED = st.lists(st.tuples(st.floats(0, 1, width=32), st.booleans()), min_size=1, max_size=50)


@given(SCORED, st.sampled_from([0.1, 0.5, 0.9]))
def test_agrees_with_another_library(scored: list[tuple[float, bool]], threshold: float) -> None:
    scores, labels = np.array([score for score, _ in scored]), np.array([label for _, label in scored])
    found = decisions(scores, labels, threshold)
    said = scores >= threshold
    assert found["accuracy"] == pytest.approx(theirs.accuracy_score(labels, said), abs=1e-6)
    assert found["precision"] == pytest.approx(theirs.precision_score(labels, said, zero_division=0), abs=1e-6)
    assert found["recall"] == pytest.approx(theirs.recall_score(labels, said, zero_division=0), abs=1e-6)
    assert found["f1"] == pytest.approx(theirs.f1_score(labels, said, zero_division=0), abs=1e-6)
    assert found["threshold"] == threshold


def test_nothing_to_decide_is_zero_and_a_mismatch_an_error() -> None:
    assert set(decisions(np.zeros(0), np.zeros(0, bool)).values()) == {0.0, 0.5}
    with pytest.raises(ValueError, match="2 scores for 1 labels"):
        decisions(np.zeros(2), np.zeros(1, bool))
