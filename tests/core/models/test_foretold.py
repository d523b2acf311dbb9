"""The regression that foretells what items have by what is written of them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from core.models.foretold import RIDGE, Foretelling

ITEMS, AXES = 80, 6
COLOURS = ("red", "green", "blue")


def made(seed: int = 0) -> tuple[np.ndarray, pa.StringArray, np.ndarray]:
    """Axes, texts of one to three colours, and what items have by both."""
    rng = np.random.default_rng(seed)
    axes = rng.normal(size=(ITEMS, AXES)).astype(np.float32)
    has = rng.random((ITEMS, len(COLOURS))) < 0.4
    texts = pa.array([" ".join(np.array(COLOURS)[row]) for row in has], pa.string())
    values = axes @ rng.normal(size=(AXES, 2)) + has @ rng.normal(size=(len(COLOURS), 2)) + 7.0
    return axes, texts, values.astype(np.float32)


@pytest.mark.parametrize("worded", [True, False])
def test_it_is_the_ridge_regression_with_a_mean_that_is_not_pulled(worded: bool) -> None:
    axes, texts, values = made()
    able, others = np.arange(60), np.arange(60, ITEMS)
    found = Foretelling.of(axes, texts if worded else None, able)
    read = np.hstack((axes, found.words.toarray())).astype(np.float64)
    assert read.shape[1] == AXES + len(COLOURS) * worded
    mean, own = read[able].mean(0), values[able] - values[able].mean(0)
    centred = read[able] - mean
    slopes = np.linalg.solve(centred.T @ centred + RIDGE * np.eye(read.shape[1]), centred.T @ own)
    np.testing.assert_allclose(found.told(values, others), (read[others] - mean) @ slopes, atol=1e-4)


def test_what_words_and_axes_tell_is_foretold_of_items_that_were_not_read() -> None:
    axes, texts, values = made(1)
    able, others = np.arange(70), np.arange(70, ITEMS)
    hidden = values.copy()
    hidden[others] = np.nan
    told = Foretelling.of(axes, texts, able).told(hidden, others)
    right = values[others] - values[able].mean(0)
    assert np.abs(told - right).mean() < 0.25 * np.abs(right).mean()
