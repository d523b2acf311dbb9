"""The ranks of a run's test are kept with it, and belong to the data that it was trained on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core import keeping, workflow
from core.errors import SeqlensError
from core.evaluation import metrics
from core.fitting import TrainSettings
from core.progress import Progress
from core.runs import TESTED
from core.trained import kept_test, model_of, repeat_test
from core.workspace import Workspace
from tests.shop import USERS, open_shop


def test_a_training_keeps_the_ranks_of_its_test(tmp_path: Path) -> None:
    path = tmp_path / "shop.seqlens"
    with open_shop(path) as workspace:
        run = workflow.train(workspace, TrainSettings(model="transitions"), Progress())
        kept = kept_test(workspace, run)
        assert kept is not None
        assert kept.users.tolist() == list(range(USERS))
        assert metrics.ndcg(kept.ranks, 10) == pytest.approx(run.metrics["ndcg@10"])
        with workspace.cursor() as cursor:  # as an earlier version left it
            cursor.execute(f"DELETE FROM blobs WHERE owner = '{run.id}/{TESTED}'")
        assert kept_test(workspace, run) is None
        assert repeat_test(workspace, run, Progress()).ranks.tolist() == kept.ranks.tolist()
        again = kept_test(workspace, run)
        assert again is not None
        assert np.array_equal(again.truth, kept.truth)
        gone = workflow.train(workspace, TrainSettings(model="popularity"), Progress())
        model_of(workspace, gone, "evaluation")  # kept at hand, so that its test goes on while it is removed
        workspace.runs.delete(gone.id)
        repeat_test(workspace, gone, Progress())
        assert workspace.runs.blob(f"{gone.id}/{TESTED}") is None
    keeping.forget_users(path, ["user 07"], Progress())
    with Workspace.open(
        path
    ) as workspace:  # nothing tells whom it tested, and nothing is told of others by their codes
        run = workspace.runs.get(run.id)
        assert workspace.runs.blob(f"{run.id}/{TESTED}") is None
        with pytest.raises(SeqlensError, match="The data changed"):
            kept_test(workspace, run)
