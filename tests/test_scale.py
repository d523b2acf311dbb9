"""The benchmark of large logs in small: it runs, and all its figures are there. How fast it is is not looked at."""

from __future__ import annotations

import gc
import json
import math
import sys
from pathlib import Path

import pytest

from tests.benchmarks import scale

ROWS = 20_000


def test_every_figure_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def here(name: str, folder: str) -> scale.Found:
        found = scale.measured(name, Path(folder))
        gc.collect()  # lets go of the workspace
        return found

    monkeypatch.setattr(scale, "asked", here)  # a process for each stage would take a minute
    monkeypatch.setattr("core.data.importer.APPEND_FROM", 1000)
    told = tmp_path / "scale.json"
    monkeypatch.setattr(sys, "argv", ["scale", "--rows", str(ROWS), "--json", str(told)])
    assert scale.main() in (0, 1)
    whole = json.loads(told.read_text("utf-8"))
    found = whole["found"][str(ROWS)]
    assert set(found) == set(scale.STAGES)
    assert set(whole["found"]) == {"1000", "5000", "20000"}
    assert all(figures["wall"] > 0 for figures in found.values())
    both = found["import movielens"]
    assert both["events"] + both["rejected"] == ROWS
    assert both["rejected"] > ROWS * 0.005
    assert found["import shop"]["rejected"] > both["rejected"]  # invalid behaviours too
    assert found["import small"]["events"] == found["import shop"]["events"]
    assert found["append"]["new"] + found["append"]["known"] <= found["append"]["read"] == 200
    assert found["append again"]["new"] == 0
    assert 0.9 <= found["append overlapping"]["known"] / 100 <= 1
    assert 0.9 <= found["append overlapping"]["new"] / 100 <= 1
    assert found["export"]["rows"] > 0
    goals = whole["goals"]
    assert len({goal["name"] for goal in goals}) == len(goals) == 19
    assert all(math.isfinite(goal["reached"]) for goal in goals)
    printed = capsys.readouterr().out
    assert all(goal["name"] in printed for goal in goals)
    assert "1,000,000,000" in printed
