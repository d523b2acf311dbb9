"""Features of users against plain loops over their events."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SeqlensError
from core.language.features import (
    DAY,
    HOUR,
    FeatureSettings,
    behaviour_profiles,
    fading,
    feature_table,
    principal,
    reduced,
    user_features,
)
from core.progress import Cancelled, Progress
from core.sequences.log import EventLog
from core.sequences.sessions import sessions
from tests.logs import log_of, logs

VECTORS = np.random.default_rng(0).normal(size=(6, 10)).astype(np.float32)


def by_name(log: EventLog, vectors: np.ndarray | None = None) -> dict[str, list[float]]:
    found = user_features(log, vectors, Progress())
    assert found.values.shape == (log.users, len(found.names))
    assert len(set(found.names)) == len(found.names)
    return {name: column.tolist() for name, column in zip(found.names, found.values.T, strict=True)}


def test_counts_and_recency_of_each_behaviour() -> None:
    log = log_of([[1, (2, 1), 3], [], [(4, 1)]], 6, [[0, DAY, 3 * DAY], [], [5 * DAY]])
    found = by_name(log)
    assert found["view: events"] == [2, 0, 0]
    assert found["dislike: events"] == [1, 0, 1]
    assert found["dislike: days since"] == pytest.approx([4, math.nan, 0], nan_ok=True)
    assert found["view: days since"] == pytest.approx([2, math.nan, math.nan], nan_ok=True)
    assert found["sessions"] == [3, 0, 1]
    assert found["events a session"] == pytest.approx([1, math.nan, 1], nan_ok=True)
    assert found["hours between sessions"] == pytest.approx([36, math.nan, math.nan], nan_ok=True)


def test_without_times_recency_counts_events_and_pauses_are_unknown() -> None:
    found = by_name(log_of([[1, (2, 1), 3, 4]], 6))
    assert found["dislike: events since"] == [2]
    assert found["view: events since"] == [0]
    assert "hours between sessions" not in found


@given(logs(timed=True), st.integers(1, 5))
def test_as_a_loop_would_find(log: EventLog, hours: int) -> None:
    log = EventLog(**{**vars(log), "time": log.time * hours * HOUR})
    found, session = by_name(log), sessions(log)
    for user in range(log.users):
        own = range(log.offsets[user], log.offsets[user + 1])
        for code, behaviour in enumerate(log.behaviours):
            events = [event for event in own if log.behaviour[event] == code]
            assert found[f"{behaviour.name}: events"][user] == len(events)
            since = (log.time.max() - log.time[events[-1]]) / DAY if events else math.nan
            assert found[f"{behaviour.name}: days since"][user] == pytest.approx(since, nan_ok=True, rel=1e-5)
        starts = [event for event in own if event > log.offsets[user] and session[event] > session[event - 1]]
        pauses = [(log.time[event] - log.time[event - 1]) / HOUR for event in starts]
        wanted = statistics.median(pauses) if pauses else math.nan
        assert found["hours between sessions"][user] == pytest.approx(wanted, nan_ok=True)
        assert found["sessions"][user] == (len(starts) + 1 if len(own) else 0)


@given(logs(), st.floats(0.1, 1.0), st.integers(1, 5))
def test_a_profile_adds_up_what_was_read_about(log: EventLog, decay: float, longest: int) -> None:
    profile = behaviour_profiles(log, fading(log, decay, longest), VECTORS)
    assert profile.shape == (log.users, 2 * VECTORS.shape[1])
    for user in range(log.users):
        wanted = np.zeros((2, VECTORS.shape[1]))
        own = [event for event in range(log.offsets[user], log.offsets[user + 1]) if log.item[event] >= 0]
        for age, event in enumerate(reversed(own[-longest:])):
            wanted[log.behaviour[event]] += decay**age * VECTORS[log.item[event]]
        assert profile[user] == pytest.approx(wanted.ravel(), abs=1e-4)


def test_language_columns_are_there_where_texts_are() -> None:
    log = log_of([[0, 1], [(2, 1)]], 6)
    names = user_features(log, VECTORS, Progress(), FeatureSettings(language=3)).names
    assert names[-6:] == tuple(f"{kind}: language {n}" for kind in ("view", "dislike") for n in (1, 2, 3))
    assert (
        user_features(log, np.zeros((6, 0), np.float32), Progress()).names == user_features(log, None, Progress()).names
    )


def test_principal_components_keep_the_variance_and_leave_empty_rows() -> None:
    vectors = np.concatenate((np.zeros((1, 10), np.float32), VECTORS))
    found = principal(vectors, 3)
    assert found.shape == (7, 3)
    assert (found[0] == 0).all()
    deviations = found[1:].std(0)
    assert deviations[0] == pytest.approx(1, abs=1e-5)
    assert (np.diff(deviations) <= 1e-6).all()


def test_reduction_explains_all_with_all_components_and_can_be_undone() -> None:
    rng = np.random.default_rng(1)
    base = rng.normal(size=(200, 3))
    values = (base @ rng.normal(size=(3, 8)) * [1, 10, 100, 1, 1, 1, 1, 0] + 5).astype(np.float32)
    values[3, 0] = np.nan
    found = reduced(values, 3)
    assert found.values.shape == (200, 3)
    assert found.explained.sum() == pytest.approx(1, abs=0.01)
    back = found.values @ found.axes * found.scale + found.mean
    known = np.isfinite(values)
    known[3] = False  # a hole was filled in this row, which moves its other columns
    assert back[known] == pytest.approx(values[known], rel=0.01, abs=2.0)
    assert (np.diff(found.explained) <= 1e-12).all()
    assert reduced(values, 0).values.shape == (200, 0)
    assert reduced(values[:2], 50).values.shape == (2, 2)


def test_the_table_names_users_features_and_components() -> None:
    import pyarrow as pa

    log = log_of([[0, 1], [(2, 1)]], 6)
    features = user_features(log, None, Progress())
    table = feature_table(features, pa.array(["ann", "=bob"]), reduced(features.values, 1))
    assert table.column_names == ["user_id", *features.names, "component 1"]
    assert table["view: events since"].to_pylist() == [0.0, None]


def test_describing_can_be_stopped() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        user_features(log_of([[0]], 6), None, progress)


def test_settings_that_cannot_be_are_told() -> None:
    with pytest.raises(SeqlensError, match="decay"):
        FeatureSettings(decay=0)
