"""A run measured on a segment alone is the run's test, restricted to those users."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core import workflow
from core.analysis.conditions import Chosen, EventCount, InCluster, Segment
from core.errors import SeqlensError
from core.evaluation import metrics
from core.fitting import TrainSettings
from core.progress import Progress
from tests.shop import open_shop


def test_measure_is_the_test_of_these_users(tmp_path: Path) -> None:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        run = workflow.train(workspace, TrainSettings(model="transitions"), Progress())
        some = Segment((Chosen(tuple(range(0, 60, 3))),))
        workspace.saved.put("segment", "some", some.to_dict())
        workspace.saved.put("segment", "nobody", Segment((EventCount(low=1000),)).to_dict())
        found = workflow.measure(workspace, "some", None, Progress())
        whole = workflow.evaluate(workspace, run.id, Progress())
        chosen = np.isin(whole.split.test.users, np.arange(0, 60, 3))
        ranks = whole.evaluation.ranks[chosen]
        assert (found.kind, found.value, found.users, found.cases) == ("segment", "some", 20, 20)
        assert found.metrics["ndcg@10"] == pytest.approx(metrics.ndcg(ranks, 10))
        assert found.metrics["mrr@10"] == pytest.approx(metrics.mrr(ranks, 10))
        low, high = found.intervals["hit@10"]
        assert low <= found.metrics["hit@10"] <= high
        # An evaluation has it as a part, and leaves out what has nobody or cannot be told.
        workspace.saved.put("segment", "lost", Segment((InCluster("gone", "x"),)).to_dict())
        part = {(one.kind, one.value): one for one in workflow.evaluate(workspace, run.id, Progress()).slices}
        assert part["segment", "some"] == found
        assert [value for kind, value in part if kind == "segment"] == ["some"]
        comparison = workflow.compare(workspace, Progress(), [run.id])
        assert found in comparison.best.slices
        page = tmp_path / "page.html"
        workspace.saved.rename("segment", "some", "<b>new-comers</b>")
        workflow.write_report(workflow.compare(workspace, Progress(), [run.id]), page, "zh_CN")
        assert "按细分群体" in page.read_text("utf-8")
        assert "&lt;b&gt;new-comers&lt;/b&gt;" in page.read_text("utf-8")
        assert "<b>new" not in page.read_text("utf-8")
        with pytest.raises(SeqlensError, match="None of the users of nobody was tested"):
            workflow.measure(workspace, "nobody", run.id, Progress())
