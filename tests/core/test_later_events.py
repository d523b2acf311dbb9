"""Events that come after a training count at once: what is counted is what a new training would count."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from core import keeping, listing, workflow
from core.data import importer
from core.data.settings import ImportSettings
from core.fitting import TrainSettings
from core.listing import ListRequest
from core.models.hybrid import Hybrid
from core.models.popularity import Popularity
from core.models.transitions import Transitions
from core.progress import Progress
from core.reach import reach
from core.sequences import store
from core.trained import model_of
from core.workspace import Workspace
from tests.shop import read_before

START = 1_600_000_000
SMALL: dict[str, dict[str, object]] = {"transformer": {"epochs": 1, "width": 16, "blocks": 1, "members": 1}}


def day(folder: Path, number: int, users: int, items: range) -> Path:
    """Users who go from an item to the next one, an event a minute."""
    rows = [
        f"u{user},i{items[(user + place) % len(items)]},Lamp number {items[(user + place) % len(items)]},"
        f"{START + number * 86_400 + user * 600 + place * 60}"
        for user in range(users)
        for place in range(6)
    ]
    path = folder / f"day{number}.csv"
    path.write_text("user_id,item_id,title,timestamp\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def bring(workspace: Workspace, path: Path) -> None:
    workflow.import_files(workspace, ImportSettings(files=(path,)), Progress())


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setattr(importer, "APPEND_FROM", 1)
    workspace = Workspace.create(tmp_path / "w.seqlens")
    bring(workspace, day(tmp_path, 0, 30, range(12)))
    return workspace


def fitted(workspace: Workspace, model: Transitions | Popularity) -> Transitions | Popularity:
    model.fit(workspace.log(), workspace.catalogue(), Progress())
    return model


def test_of_appended_events_only_these_are_read(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = workspace.log()
    kept = before.item.copy()
    monkeypatch.setattr(store, "load_log", None)
    bring(workspace, day(tmp_path, 1, 5, range(3, 14)))
    log = workspace.log()
    assert workspace.log() is log
    monkeypatch.undo()
    with workspace.cursor() as cursor:
        whole = store.load_log(cursor)
    assert (log.events, log.items) == (before.events + 30, before.items + 1)
    for name in ("item", "behaviour", "time", "value", "text", "offsets"):
        np.testing.assert_array_equal(getattr(log, name), getattr(whole, name))
    np.testing.assert_array_equal(before.item, kept)  # whoever still has it sees what it saw


def test_appended_events_are_added_to_the_pairs_that_were_counted(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = workflow.train(workspace, TrainSettings(model="transitions"), Progress())
    stored = model_of(workspace, run, "serving")
    assert reach(workspace, run, "serving", Progress()).model is stored
    asked: list[bool] = []
    counted = Transitions.counted
    monkeypatch.setattr(
        Transitions, "counted", lambda self, log, new, _: asked.append(new is not None) or counted(self, log, new, _)
    )
    bring(workspace, day(tmp_path, 1, 5, range(3, 14)))  # one item is new
    reached = reach(workspace, run, "serving", Progress())
    assert asked == [True]
    whole = fitted(workspace, Transitions(stored.settings))  # type: ignore[attr-defined]
    log = workspace.log()
    np.testing.assert_allclose(reached.model.score(log), whole.score(log), atol=1e-5)
    assert (reached.record.items, reached.model.score(log).shape[1]) == (13, 13)
    user = workspace.user_codes(["u4"])[0]
    found = listing.recommend(workspace, int(user), Progress(), ListRequest(k=13, hide_seen=False))
    names = workspace.catalogue().ids.take(found.items).to_pylist()
    assert found.scores[names.index("i12")] > 0.001, "it came after the training, and what was counted speaks for it"
    began = time.perf_counter()
    listing.recommend(workspace, int(user), Progress())
    assert time.perf_counter() - began < 1.0  # 2 ms where nothing else runs


def test_the_first_list_after_an_import_waits_for_nothing(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workflow.train(workspace, TrainSettings(model="transitions"), Progress())
    user = int(workspace.user_codes(["u4"])[0])
    listing.recommend(workspace, user, Progress())
    bring(workspace, day(tmp_path, 1, 5, range(3, 14)))

    def late(*_: object) -> None:
        raise AssertionError("it is done while the file is imported")

    with monkeypatch.context() as patch:
        patch.setattr(Transitions, "counted", late)
        patch.setattr("core.sequences.store.load_log", late)
        found = listing.recommend(workspace, user, Progress(), ListRequest(hide_seen=False))
    assert found.history.events == 12


def test_an_import_is_done_whatever_fails_after_it(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workflow.train(workspace, TrainSettings(model="transitions"), Progress())
    asked: list[int] = []

    def failing(*_: object) -> None:
        asked.append(1)
        raise MemoryError

    monkeypatch.setattr(Transitions, "counted", failing)
    bring(workspace, day(tmp_path, 1, 5, range(12)))
    assert not asked, "nobody had asked for a list"
    monkeypatch.undo()
    monkeypatch.setattr(importer, "APPEND_FROM", 1)
    listing.recommend(workspace, 0, Progress())
    monkeypatch.setattr(Transitions, "counted", failing)
    events = workspace.counts().events
    report = workflow.import_files(workspace, ImportSettings(files=(day(tmp_path, 2, 5, range(12)),)), Progress())
    assert asked
    assert report.new_events == 30
    assert workspace.counts().events == events + 30


def test_events_that_are_gone_or_come_in_between_are_counted_anew(workspace: Workspace, tmp_path: Path) -> None:
    run = workflow.train(workspace, TrainSettings(model="transitions"), Progress())
    settings = model_of(workspace, run, "serving").settings  # type: ignore[attr-defined]
    late = tmp_path / "late.csv"
    late.write_text(
        f"user_id,item_id,title,timestamp\nu1,i9,Lamp,{START + 630}\nu1,i2,Lamp,{START + 90_000}\n", "utf-8"
    )
    bring(workspace, late)
    assert workspace.later(1) is None
    reached = reach(workspace, run, "serving", Progress())
    log = workspace.log()
    np.testing.assert_allclose(reached.model.score(log), fitted(workspace, Transitions(settings)).score(log), atol=1e-5)
    workspace.close()
    keeping.forget_users(workspace.path, ["u2"], Progress())
    with Workspace.open(workspace.path) as again:
        run = again.runs.get(run.id)
        reached = reach(again, run, "serving", Progress())
        log = again.log()
        np.testing.assert_allclose(reached.model.score(log), fitted(again, Transitions(settings)).score(log), atol=1e-5)


def test_a_sum_counts_what_came_and_reads_what_is_new(workspace: Workspace, tmp_path: Path) -> None:
    read_before(workspace)
    run = workflow.train(workspace, TrainSettings(model="hybrid", options=SMALL), Progress())
    stored = model_of(workspace, run, "serving")
    assert isinstance(stored, Hybrid)
    bring(workspace, day(tmp_path, 1, 8, range(3, 14)))
    read_before(workspace)
    reached = reach(workspace, run, "serving", Progress())
    assert isinstance(reached.model, Hybrid)
    log = workspace.log()
    scores = reached.model.score(log)
    assert scores.shape[1] == 14
    for name, whole in (("transitions", Transitions), ("popularity", Popularity)):
        if name in stored.models:
            anew = fitted(workspace, whole(stored.models[name].settings))  # type: ignore[attr-defined]
            own = reached.model.models[name].score(log)
            np.testing.assert_allclose(own[:, anew.met], anew.score(log)[:, anew.met], atol=1e-5)
    found = listing.recommend(workspace, 0, Progress(), ListRequest(k=14, hide_seen=False))
    np.testing.assert_allclose(found.base + found.shares.sum(1), found.scores, atol=1e-4)
    explained = reached.model.explain(log.block(0, 1), found.items)
    np.testing.assert_allclose(explained.event_base + explained.event_shares.sum(1), explained.scores, atol=1e-4)
