"""The audit tells a model that learned its users by heart from one that was trained privately."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core import auditing, workflow
from core.errors import SeqlensError
from core.fitting import TrainSettings
from core.progress import Cancelled, Progress
from core.runs import Run
from core.trained import record_of
from core.workspace import Workspace
from tests.filled import fill
from tests.shop import DAY, START

pytest.importorskip("opacus")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """80 users whose sequences follow no rule, so that what a model knows of them it has by heart."""
    items = np.random.default_rng(0).integers(0, 200, (80, 12))
    opened = Workspace.create(tmp_path_factory.mktemp("audit") / "w.seqlens")
    events = [
        (user, START + user * DAY + place, int(items[user, place]), 0, None, None)
        for user in range(80)
        for place in range(12)
    ]
    catalogue = [(f"i{item}", None, None, None, 1.0) for item in range(200)]
    with opened.cursor() as cursor:
        fill(cursor, [f"u{user:02d}" for user in range(80)], catalogue, [("view", False)], events, create=False)
    return opened


def trained(workspace: Workspace, model: str, **options: object) -> Run:
    return workflow.train(workspace, TrainSettings(model=model, options={model: options}), Progress())


def test_what_was_learned_by_heart_is_found_and_what_was_private_is_not(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Noise comes from the system's randomness, and the figure of 80 users wanders with it; here it comes from a seed.
    drawn, bits = np.random.default_rng, np.random.default_rng(0)

    def some() -> int:
        return int(bits.integers(2**62))

    monkeypatch.setattr("secrets.randbits", lambda _: some())
    monkeypatch.setattr(np.random, "default_rng", lambda seed=None: drawn(some() if seed is None else seed))
    ordinary = trained(workspace, "transformer", epochs=25, width=32, dropout=0.0, learning_rate=1e-2, patience=25)
    by_heart = auditing.audit(workspace, ordinary, Progress())
    assert by_heart.auc_low > 0.75
    assert by_heart.found > 0.1
    private = trained(workspace, "transformer", private_epsilon=4.0, private_steps=20, private_users=30)
    kept = auditing.audit(workspace, private, Progress())
    assert kept.auc < 0.62
    assert kept.auc_low < 0.5 + 0.05
    assert workspace.runs.get(ordinary.id).audit == by_heart.figures()
    assert workspace.runs.get(private.id).audit == kept.figures()
    assert "Audit" in str(workspace.runs.get(private.id).log[-1])


def test_counts_remember_too(workspace: Workspace) -> None:
    run = trained(workspace, "transitions")
    found = auditing.audit(workspace, run, Progress(), pairs=1)
    assert found.auc_low > 0.9
    assert found.models == 2


def test_a_private_run_says_what_it_spent_and_what_that_cost(workspace: Workspace) -> None:
    run = trained(workspace, "transformer", private_epsilon=4.0, private_steps=20, private_users=30)
    assert 3.8 < run.private["epsilon"] <= 4.0
    assert run.private["delta"] == 1e-5
    assert run.private["users"] == 80
    assert 0 <= run.private["ndcg_without"] <= 1
    assert run.versions["opacus"]
    assert any("Private: epsilon" in str(line) for line in run.log)
    evaluation, serving = (workspace.runs.blob(f"{run.id}/{fit}") for fit in ("evaluation", "serving"))
    assert evaluation == serving  # one network: the budget is spent once
    assert record_of(workspace, run.id).private == run.private


def test_a_hybrid_is_no_private_training(workspace: Workspace) -> None:
    options = {"transformer": {"private_epsilon": 4.0}}
    with pytest.raises(SeqlensError, match="counts events"):
        workflow.train(workspace, TrainSettings(model="hybrid", options=options), Progress())


def test_it_can_be_stopped_and_keeps_nothing(workspace: Workspace) -> None:
    run, progress = trained(workspace, "transitions"), Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        auditing.audit(workspace, run, progress)
    assert workspace.runs.get(run.id).audit == {}


def test_too_few_users_are_refused(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w.seqlens") as small, small.cursor() as cursor:
        events = [(user, START + place, place, 0, None, None) for user in range(5) for place in range(6)]
        catalogue = [(f"i{item}", None, None, None, 1.0) for item in range(9)]
        fill(cursor, [f"u{user}" for user in range(5)], catalogue, [("view", False)], events, create=False)
        run = trained(small, "transitions")
        with pytest.raises(SeqlensError, match="at least two things"):
            auditing.audit(small, run, Progress())
