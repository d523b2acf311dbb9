"""The benchmark of large logs in small: it runs, and all its figures are there. How fast it is is not looked at."""

from __future__ import annotations

import gc
import json
import math
import sys
from pathlib import Path

import pytest

from core.data.database import Database
from core.workspace import Workspace
from tests.benchmarks import large_logs, scale

ROWS = 20_000


def test_every_figure_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[Workspace] = []
    initialise = Workspace.__init__

    def noted(self: Workspace, database: Database) -> None:
        opened.append(self)
        initialise(self, database)

    def here(name: str, folder: str) -> scale.Found:
        found = scale.measured(name, Path(folder))
        while opened:
            opened.pop().close()  # as the end of its process does: the window opens it too
        gc.collect()
        return found

    monkeypatch.setattr(Workspace, "__init__", noted)

    monkeypatch.setattr(scale, "asked", here)  # a process for each stage would take a minute
    monkeypatch.setattr("core.data.importer.APPEND_FROM", 1000)
    told = tmp_path / "scale.json"
    kept = tmp_path / "kept"
    monkeypatch.setattr(sys, "argv", ["scale", "--rows", str(ROWS), "--json", str(told), "--keep", str(kept)])
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
    window = found["window"]
    assert 0 < window["painted"] < window["usable"]
    assert window["data page"] > 0
    lists = found["changed lists"]
    assert all(lists[f"{which} wall"] > 0 for which in ("append", "first", "others", "typed"))
    assert {file.name for file in kept.iterdir()} == {
        *("movielens-1000.csv", "movielens-5000.csv", "movielens-20000.csv", "shop-20000.csv")
    }
    goals = whole["goals"]
    assert len({goal["name"] for goal in goals}) == len(goals) == 26
    assert all(math.isfinite(goal["reached"]) for goal in goals)
    printed = capsys.readouterr().out
    assert all(goal["name"] in printed for goal in goals)
    assert "1,000,000,000" in printed


def test_logs_that_are_kept_are_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, *folders = (tmp_path / name for name in ("kept", "first", "second", "third"))
    for folder in (kept, *folders):
        folder.mkdir()
    for folder in folders[:2]:
        large_logs.prepare(folder, 400, True, kept)
    large_logs.prepare(folders[2], 400, True, None)
    names = {"movielens.csv", "shop.csv", "day.csv", "other.csv", "copy.csv", "overlap.csv", "tomorrow.csv"}
    for folder in folders:
        assert {file.name for file in folder.iterdir()} == names
        for name in names:
            assert (folder / name).read_bytes() == (folders[0] / name).read_bytes()
    assert (folders[1] / "shop.csv").samefile(kept / "shop-400.csv")
    monkeypatch.setattr(large_logs, "PIECE", 0)  # whatever is made now fails
    with pytest.raises(ValueError, match="must not be zero"):
        large_logs.generate(tmp_path / "x.csv", 400, "shop", 2)
    large_logs.prepare(tmp_path, 400, False, kept)
