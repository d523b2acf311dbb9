"""EASE: the closed form, its inverse, and what validation chooses."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import SeqlensError
from core.evaluation.split import leave_one_out
from core.models import ease
from core.models.available import again
from core.models.ease import Ease, EaseSettings, inverted
from core.progress import Cancelled, Progress
from tests.checkpoints import MemoryCheckpoint
from tests.logs import NO_CATALOGUE, log_of, random_log


@settings(deadline=None, max_examples=20)
@given(st.integers(1, 40), st.integers(1, 9), st.integers(0, 1000))
def test_the_inverse_in_blocks_is_the_inverse(size: int, block: int, seed: int) -> None:
    rows = np.random.default_rng(seed).normal(size=(size, size))
    matrix = rows @ rows.T + np.eye(size)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ease, "BLOCK", block)
        found = inverted(matrix.astype(np.float32), Progress())
    assert found == pytest.approx(np.linalg.inv(matrix), abs=2e-4)


def test_the_weights_are_those_of_the_paper() -> None:
    log = random_log(80, 15)
    held = np.zeros((log.users, log.items))
    held[log.user[log.positive], log.item[log.positive]] = 1.0
    inverse = np.linalg.inv(held.T @ held + 20.0 * np.eye(log.items))
    expected = -inverse / np.diag(inverse)
    np.fill_diagonal(expected, 0.0)
    model = Ease(EaseSettings(regularisation=20.0, history_decay=1.0))
    model.fit(log, NO_CATALOGUE, Progress())
    for item in range(log.items):
        assert model.score(log_of([[item]], log.items))[0] == pytest.approx(expected[item], abs=1e-4)


def test_only_the_strongest_sources_are_kept() -> None:
    log = random_log(80, 15)
    whole, few = (Ease(EaseSettings(regularisation=20.0, kept=kept)) for kept in (15, 3))
    singles = log_of([[item] for item in range(15)], 15)
    for model in (whole, few):
        model.fit(log, NO_CATALOGUE, Progress())
    everything, some = np.abs(whole.score(singles)), np.abs(few.score(singles))
    assert np.count_nonzero(some, axis=0).max() == 3
    assert some.max(0) == pytest.approx(everything.max(0), abs=1e-6)


def test_validation_chooses_decay_and_regularisation_and_the_serving_fit_keeps_them() -> None:
    split = leave_one_out(random_log(120, 30))
    model = Ease()
    model.fit_validated(split.train, NO_CATALOGUE, split.validation, True, Progress(), MemoryCheckpoint())
    assert model.settings.history_decay in ease.DECAYS
    assert model.settings.regularisation in ease.REGULARISATIONS
    assert again(model).settings == model.settings  # type: ignore[attr-defined]


def test_what_is_too_large_is_told_and_what_is_long_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        Ease().fit(random_log(20, 30), NO_CATALOGUE, progress)
    monkeypatch.setattr(ease, "LARGEST", 20)
    with pytest.raises(SeqlensError, match="30 items"):
        Ease().fit(random_log(20, 30), NO_CATALOGUE, Progress())
