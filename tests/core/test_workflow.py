"""The verbs of the job on a small shop: what is trained is what is evaluated and kept with the run."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from core import listing, workflow
from core.errors import SeqlensError
from core.fitting import TrainSettings, split_log
from core.listing import ListRequest
from core.progress import Cancelled, Progress
from core.runs import Run
from core.workspace import Workspace
from tests.shop import open_shop

SMALL: dict[str, dict[str, object]] = {"transformer": {"epochs": 4, "width": 16, "blocks": 1, "batch": 256}}


class StopAt(Progress):
    """Presses stop as soon as the training of an epoch is reported."""

    def __init__(self, epoch: int) -> None:
        super().__init__()
        self.epoch = epoch

    def report(self, fraction: float, message: str, figures: dict[str, float | int | str]) -> None:
        del fraction, message
        if figures.get("epoch") == self.epoch:
            self.cancel()


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_shop(tmp_path_factory.mktemp("shop") / "shop.seqlens") as workspace:
        yield workspace


@pytest.fixture(scope="module")
def hybrid(shop: Workspace) -> Run:
    return workflow.train(shop, TrainSettings(model="hybrid", options=SMALL), Progress())


def test_a_run_records_what_it_did(shop: Workspace, hybrid: Run) -> None:
    stored = shop.runs.get(hybrid.id)
    assert stored == hybrid
    assert stored.status == "done"
    assert stored.users == 60
    counted = {"popularity", "trend", "eras", "transitions", "words", "content", "transformer"}
    assert set(stored.weights) - {"repeats"} == counted
    assert sum(stored.weights.values()) == pytest.approx(1)
    assert 1 <= len(stored.curve) <= 4
    assert {"seqlens", "torch", "numpy"} <= set(stored.versions)
    assert stored.metrics["ndcg@10"] > 0.3  # three of four steps go to the next item; chance is about 0.15


def test_evaluating_again_gives_the_same_figures(shop: Workspace, hybrid: Run) -> None:
    again = workflow.evaluate(shop, hybrid.id, Progress())
    assert again.evaluation.metrics == pytest.approx(hybrid.metrics, abs=1e-9)


def test_held_out_events_are_in_no_fit_that_is_evaluated(shop: Workspace) -> None:
    run = workflow.train(shop, TrainSettings(model="popularity"), Progress())
    tensors, _ = shop.runs.model(run.id, "evaluation")
    serving, _ = shop.runs.model(run.id, "serving")
    split = split_log(shop.log(), "leave-one-out", None)
    assert split.train.events == shop.log().events - 2 * 60
    counts = next(iter(tensors.values())).sum()
    assert counts < next(iter(serving.values())).sum()


def test_a_stopped_run_goes_on_and_ends_as_if_it_had_not_stopped(shop: Workspace, hybrid: Run) -> None:
    with pytest.raises(Cancelled):
        workflow.train(shop, TrainSettings(model="hybrid", options=SMALL, name="cut"), StopAt(3))
    stopped = shop.runs.all()[0]
    assert (stopped.name, stopped.status) == ("cut", "stopped")
    assert [point["epoch"] for point in stopped.curve] == [1, 2]
    with pytest.raises(SeqlensError, match="is stopped"):
        listing.recommend(shop, 1, Progress(), ListRequest(stopped.id))
    done = workflow.resume(shop, stopped.id, Progress())
    assert done.status == "done"
    assert done.metrics == pytest.approx(hybrid.metrics, abs=1e-9)


def test_a_stopped_run_can_be_finished_with_its_best_so_far(shop: Workspace) -> None:
    with pytest.raises(Cancelled):
        workflow.train(shop, TrainSettings(model="transformer", options=SMALL, name="short"), StopAt(3))
    done = workflow.resume(shop, shop.runs.all()[0].id, Progress(), finish=True)
    assert done.status == "done"
    assert len(done.curve) == 2
    assert len(listing.recommend(shop, 1, Progress(), ListRequest(done.id)).items) == 10


def test_a_time_split_is_kept_with_the_run(shop: Workspace) -> None:
    run = workflow.train(shop, TrainSettings(model="transitions", protocol="time"), Progress())
    assert run.cut is not None
    assert 0 < run.users < 60
    again = workflow.evaluate(shop, run.id, Progress())
    assert again.evaluation.metrics == pytest.approx(run.metrics, abs=1e-9)


@pytest.mark.parametrize(
    ("protocol", "parts", "tested"),
    [("leave-last-n", {"last": 2}, 60), ("users", {"folds": 4, "fold": 3}, 15)],
)
def test_other_protocols_are_kept_with_the_run(
    shop: Workspace, protocol: str, parts: dict[str, int], tested: int
) -> None:
    settings = TrainSettings(model="transitions", protocol=protocol, **parts)  # type: ignore[arg-type]
    run = shop.runs.get(workflow.train(shop, settings, Progress()).id)
    assert (run.protocol, run.parts, run.users) == (protocol, parts, tested)
    again = workflow.evaluate(shop, run.id, Progress())
    assert again.evaluation.metrics == pytest.approx(run.metrics, abs=1e-9)
    assert len(again.split.test.users) == tested * parts.get("last", 1)
    user = int(again.split.test.users[-1])
    truth = listing.held_out(shop, user, Progress(), run.id)
    assert truth is not None
    assert (truth.item, truth.rank) == (again.split.test.truth[-1], again.evaluation.ranks[-1])
    assert listing.recommend(shop, user, Progress(), ListRequest(run.id, "evaluation")).history.events == 11


def test_what_cannot_be_done_is_said(shop: Workspace) -> None:
    with pytest.raises(SeqlensError, match="no model magic"):
        workflow.train(shop, TrainSettings(model="magic"), Progress())
    with pytest.raises(SeqlensError, match="no protocol"):
        workflow.train(shop, TrainSettings(model="popularity", protocol="x"), Progress())
    with pytest.raises(SeqlensError, match="Each needs 41 events"):
        workflow.train(shop, TrainSettings(model="popularity", protocol="leave-last-n", last=20), Progress())
    with pytest.raises(SeqlensError, match="no run zzz"):
        workflow.evaluate(shop, "zzz", Progress())


def test_changed_data_do_not_meet_an_old_split(tmp_path: Path) -> None:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        run = workflow.train(workspace, TrainSettings(model="popularity"), Progress())
        with workspace.cursor() as cursor:
            cursor.execute("UPDATE data_facts SET value = '\"other\"' WHERE name = 'fingerprint'")
        with pytest.raises(SeqlensError, match="no longer held out"):
            workflow.evaluate(workspace, run.id, Progress())
        assert len(listing.recommend(workspace, 0, Progress()).items) == 10


def test_an_empty_workspace_says_what_to_do(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        with pytest.raises(SeqlensError, match="Import files first"):
            workflow.train(workspace, TrainSettings(), Progress())
        with pytest.raises(SeqlensError, match="Train a model first"):
            listing.recommend(workspace, 0, Progress())
        assert workflow.info(workspace)["events"] == 0


def test_a_full_disk_is_told_to_who_trains(shop: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_: object) -> Run:
        raise duckdb.TransactionException('Failed to commit: Could not write file "w.wal": No space left on device')

    monkeypatch.setattr(shop.runs, "save", no_room)
    with pytest.raises(SeqlensError, match="The disk is full"):
        workflow.train(shop, TrainSettings(model="popularity"), Progress())


def test_features_of_users_are_written_with_their_components(shop: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "features.csv"
    written = workflow.features(shop, path, Progress(), dimensions=4)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["user_id"] for row in rows] == shop.users().ids.to_pylist()
    assert list(rows[0]) == ["user_id", *written.names, *(f"component {number}" for number in range(1, 5))]
    assert (written.rows, len(written.explained)) == (60, 4)
    assert 0.3 < sum(written.explained) <= 1
    assert {float(row["view: events"]) + float(row["purchase: events"]) for row in rows} == {12.0}
