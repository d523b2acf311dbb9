"""A training that starts from the run of another workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core import cli, listing, workflow
from core.errors import SeqlensError
from core.fitting import TrainSettings
from core.listing import ListRequest
from core.progress import Progress
from core.starting import origins, parted
from core.workspace import Workspace
from tests.shop import open_shop, read_before

SMALL: dict[str, dict[str, object]] = {
    "transformer": {"width": 8, "heads": 2, "blocks": 1, "epochs": 2, "members": 2},
    "hybrid": {"components": ["popularity", "transformer"]},
}


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a run of each kind; its data are of another day."""
    path = tmp_path_factory.mktemp("other") / "other.seqlens"
    with open_shop(path) as workspace:
        read_before(workspace)
        with workspace.cursor() as cursor:
            cursor.execute("UPDATE data_facts SET value = '\"another\"' WHERE name = 'fingerprint'")
        workflow.train(workspace, TrainSettings(model="popularity", name="counts"), Progress())
        workflow.train(workspace, TrainSettings(options=SMALL), Progress())
    return path


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workspace]:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        read_before(workspace)
        yield workspace


def test_the_networks_of_the_other_run_rank_here_untrained(shop: Workspace, other: Path) -> None:
    run = workflow.train(shop, TrainSettings(model="transformer", start_from=str(other), zero_shot=True), Progress())
    assert run.curve == ()
    assert any(line.text.startswith("It starts from {count} networks") for line in run.log)
    with Workspace.open(other) as there:
        theirs = listing.recommend(there, 3, Progress(), ListRequest(k=24, hide_seen=False))
    ours = listing.recommend(shop, 3, Progress(), ListRequest(run.id, k=24, hide_seen=False))
    assert len(ours.items) == len(theirs.items)
    assert np.isfinite(ours.scores).all()


def test_a_hybrid_goes_on_from_there(shop: Workspace, other: Path) -> None:
    run = workflow.train(shop, TrainSettings(options=SMALL, start_from=str(other)), Progress())
    assert len(run.curve) == 4
    assert set(run.weights) == {"popularity", "transformer"}


def test_what_cannot_be_started_from_is_refused(shop: Workspace, other: Path, tmp_path: Path) -> None:
    def trained(**settings: object) -> None:
        asked = TrainSettings(**{"options": SMALL, "start_from": str(other)} | settings)  # type: ignore[arg-type]
        workflow.train(shop, asked, Progress())

    with pytest.raises(SeqlensError, match="no workspace at"):
        trained(start_from=str(tmp_path / "nowhere.seqlens"))
    with pytest.raises(SeqlensError, match="same data"):
        trained(start_from=str(shop.path))
    with open_shop(tmp_path / "copy.seqlens"):
        pass
    with pytest.raises(SeqlensError, match="same data"):
        trained(start_from=str(tmp_path / "copy.seqlens"))
    with pytest.raises(SeqlensError, match="Only a hybrid or a sequence model"):
        trained(model="content")
    with Workspace.open(other) as there:
        counts = next(run.id for run in there.runs.all() if run.name == "counts")
    with pytest.raises(SeqlensError, match="by -, and these are read by"):
        trained(start_from=f"{other}:{counts}")
    with pytest.raises(SeqlensError, match="no run nothing"):
        trained(start_from=f"{other}:nothing")


def test_the_runs_that_can_be_started_from(shop: Workspace, other: Path) -> None:
    found = origins(shop, f"{other}:any")
    assert [(origin.model, origin.k) for origin in found] == [("hybrid", 10)]  # counts have no network
    with Workspace.open(other) as there:
        run = there.runs.get(found[0].id)
    assert found[0].ndcg == run.metrics["ndcg@10"]
    with pytest.raises(SeqlensError, match="same data"):
        origins(shop, str(shop.path))


def test_a_path_and_a_run() -> None:
    assert parted("/a/b.seqlens:1f2e") == (Path("/a/b.seqlens"), "1f2e")
    assert parted(" C:/a/b.seqlens ") == (Path("C:/a/b.seqlens"), None)
    assert parted("/a/b") == (Path("/a/b"), None)
    assert parted("~nobody-of-this-name") == (Path("~nobody-of-this-name"), None)


def test_on_the_command_line(shop: Workspace, other: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop.close()
    words = ["train", "--workspace", str(shop.path), "--model", "transformer"]
    assert cli.run([*words, "--start-from", str(other), "--zero-shot"]) == 0
    assert "ndcg@10" in capsys.readouterr().out
    assert cli.run([*words, "--zero-shot"]) == 2
    assert cli.run([*words, "--start-from", str(other), "--resume"]) == 2
