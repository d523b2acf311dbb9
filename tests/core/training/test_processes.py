"""Two processes train one model over one workspace: as good as one process, and a run like any other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core import cli, listing, workflow
from core.data.settings import ImportSettings
from core.errors import SeqlensError
from core.fitting import TrainSettings
from core.listing import ListRequest
from core.progress import Progress
from core.training.batches import Events
from core.training.processes import Group, handed_out, taken
from core.workspace import Workspace
from tests.logs import random_log

MAIN = Path(__file__).parents[3] / "main.py"


def test_what_is_handed_out_is_what_is_taken() -> None:
    events = Events.of(random_log(20))
    extra = {"vectors": np.ones((3, 2), dtype=np.float16), "kept/weights/a.b": np.zeros((), dtype=np.float32)}
    with handed_out(events, extra) as folder:
        found, more = taken(folder)
        assert (found.item == events.item).all()
        assert (found.offsets == events.offsets).all()
        assert {name: array.tolist() for name, array in more.items()} == {
            name: array.tolist() for name, array in extra.items()
        }
        del found, more  # mapped files cannot be removed on every system
    assert not Path(folder).exists()


def test_nothing_of_an_encrypted_workspace_is_handed_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, words = tmp_path / "w.seqlens", "long green boats"
    with (
        Workspace.create(path, words),
        pytest.raises(SeqlensError, match="encrypted"),
        handed_out(Events.of(random_log(20)), {}),
    ):
        pass
    monkeypatch.setenv("SEQLENS_PASSPHRASE", words)
    for name, value in (("WORLD_SIZE", "2"), ("RANK", "0"), ("MASTER_ADDR", "127.0.0.1"), ("MASTER_PORT", "1")):
        monkeypatch.setenv(name, value)
    assert cli.run(["train", "--workspace", str(path), "--device", "cpu"]) == 1
    assert "without torchrun" in capsys.readouterr().err


def test_every_row_goes_to_one_process() -> None:
    rows = np.arange(11)
    shares = [Group(rank, 3).rows(rows) for rank in range(3)]
    assert sorted(np.concatenate(shares).tolist()) == rows.tolist()


def test_two_processes_train_as_well_as_one_and_leave_a_run(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    steps = np.where(np.arange(400) % 2, 3, 1)[:, None] * np.arange(9)
    items = (rng.integers(0, 40, 400)[:, None] + steps) % 40
    rows = [f"u{user},i{item},{step}" for user, line in enumerate(items) for step, item in enumerate(line)]
    (tmp_path / "events.csv").write_text("\n".join(["user_id,item_id,timestamp", *rows]), "utf-8")
    path = tmp_path / "walks.seqlens"
    small: dict[str, object] = {"epochs": 10, "batch": 512, "learning_rate": 0.01, "width": 16, "members": 2}
    with Workspace.create(path) as workspace:
        workflow.import_files(workspace, ImportSettings(files=(tmp_path / "events.csv",)), Progress())
        settings = TrainSettings(model="transformer", device="cpu", options={"transformer": small})
        alone = workflow.train(workspace, settings, Progress()).metrics["ndcg@10"]

    command = ["--standalone", "--nproc-per-node", "2", str(MAIN), "train", "--workspace", str(path)]
    chosen = [f"transformer.{name}={value}" for name, value in small.items()]
    done = subprocess.run(
        [sys.executable, "-m", "torch.distributed.run", *command, "--model", "transformer", "--set", *chosen],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("run ") == 1, "one of them speaks"
    with Workspace.open(path) as workspace:
        together = workspace.runs.all()[0]
        assert together.status == "done"
        assert 10 < len(together.curve) <= 20, "both networks were trained"
        assert alone > 0.5
        assert together.metrics["ndcg@10"] > alone - 0.1
        found = listing.recommend(workspace, 1, Progress(), ListRequest(together.id, k=5))
    assert len(found.items) == 5
