"""Lists made by two workers of a Ray cluster are the lists that one process makes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core import cli, listing, workflow
from core.errors import SeqlensError
from core.fitting import TrainSettings
from core.progress import Cancelled, Progress
from core.recommend import cluster
from core.workspace import Workspace
from tests.shop import open_shop

ray = pytest.importorskip("ray", reason="lists on a cluster need Ray: pip install -e .[cluster]")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("shop") / "shop.seqlens"
    with open_shop(path) as workspace:
        workflow.train(workspace, TrainSettings(model="transitions"), Progress())
    return path


@pytest.fixture(scope="module", autouse=True)
def two_workers() -> Iterator[None]:
    """A cluster of this machine with two workers, started once, and parts that are small enough for several."""
    start, stop = ray.init, ray.shutdown

    def join(**options: object) -> None:
        if not ray.is_initialized():
            start(num_cpus=2, object_store_memory=100 << 20, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ray, "init", join)
        patch.setattr(ray, "shutdown", lambda: None)
        patch.setattr(cluster, "PART", 7)
        yield
    stop()


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_the_command_line_writes_the_same_file(shop: Path, tmp_path: Path) -> None:
    alone, together = tmp_path / "alone.csv", tmp_path / "together.csv"
    words = ["recommend", "--workspace", str(shop), "--all", "-k", "5", "--explain", "--out"]
    assert cli.run([*words, str(alone)]) == 0
    assert cli.run([*words, str(together), "--ray"]) == 0
    assert rows(together) == rows(alone)


def test_it_stops_when_it_is_asked_to(shop: Path, tmp_path: Path) -> None:
    class Stopping(Progress):
        def report(self, *told: object) -> None:
            if "Ranking" in str(told):
                self.cancel()

    out = tmp_path / "lists.csv"
    with Workspace.open(shop) as workspace, pytest.raises(Cancelled):
        listing.export(workspace, out, Stopping(), cluster="")
    assert not out.exists()


def test_a_cluster_that_does_not_answer_is_told(shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_: object) -> None:
        raise ConnectionError("Could not find any running Ray instance")

    monkeypatch.setattr(ray, "init", refused)
    with Workspace.open(shop) as workspace, pytest.raises(SeqlensError, match="does not answer"):
        listing.export(workspace, tmp_path / "lists.csv", Progress(), cluster="10.0.0.1:6379")


def test_pairs_that_do_not_belong_together_go_to_their_part() -> None:
    from tests.logs import random_log

    log, users = random_log(30, 10), np.arange(29, -1, -1, dtype=np.int32)
    out = np.array([3, 28, 3], np.int32), np.array([1, 2, 4], np.int32)
    found = []
    for start in range(0, 30, cluster.PART):
        events, chosen, who, what = cluster._part(log, users, out, start)
        assert events.users == len(chosen)
        found += list(zip(chosen[who].tolist(), what.tolist(), strict=True))
    assert sorted(found) == [(3, 1), (3, 4), (28, 2)]
