"""What a trained run says of users of a small shop: lists that add up, are kept to what was asked, and are exported."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core import listing, workflow
from core.fitting import TrainSettings
from core.listing import ListRequest
from core.progress import Progress
from core.recommend.policy import Policy
from core.runs import Run
from core.sequences.log import Behaviour
from core.workspace import Workspace
from tests.shop import open_shop

SMALL: dict[str, dict[str, object]] = {"transformer": {"epochs": 4, "width": 16, "blocks": 1, "batch": 256}}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_shop(tmp_path_factory.mktemp("shop") / "shop.seqlens") as workspace:
        yield workspace


@pytest.fixture(scope="module")
def hybrid(shop: Workspace) -> Run:
    return workflow.train(shop, TrainSettings(model="hybrid", options=SMALL), Progress())


def test_a_list_its_parts_and_its_events_add_up(shop: Workspace, hybrid: Run) -> None:
    found = listing.recommend(shop, 7, Progress(), ListRequest(hybrid.id, k=5))
    np.testing.assert_allclose(found.base + found.shares.sum(1), found.scores, atol=1e-4)
    assert (np.diff(found.scores) <= 0).all()
    broken = listing.explain(shop, 7, found.items, Progress(), ListRequest(hybrid.id))
    np.testing.assert_allclose(broken.scores, found.scores, atol=1e-4)
    np.testing.assert_allclose(broken.component_shares.sum(1) + broken.component_base, found.scores, atol=1e-4)
    np.testing.assert_allclose(broken.event_shares.sum(1) + broken.event_base, found.scores, atol=1e-4)
    assert broken.event_shares.shape == (5, 12)


def test_the_truth_and_its_rank_come_from_the_evaluation_fit(shop: Workspace, hybrid: Run) -> None:
    evaluated = workflow.evaluate(shop, hybrid.id, Progress())
    place = int(np.flatnonzero(evaluated.split.test.users == 7)[0])
    truth = listing.held_out(shop, 7, Progress(), run=hybrid.id)
    assert truth is not None
    assert truth.item == evaluated.split.test.truth[place]
    assert truth.rank == evaluated.evaluation.ranks[place]
    listed = listing.recommend(shop, 7, Progress(), ListRequest(hybrid.id, fit="evaluation", k=24))
    assert listed.history.events == 11
    if truth.rank:
        assert listed.items[truth.rank - 1] == truth.item


def test_events_that_a_model_reads_keep_their_numbers_in_the_sequence(shop: Workspace, hybrid: Run) -> None:
    own = shop.log().block(7, 8)
    codes = own.behaviour.copy()
    codes[:] = 0
    codes[[2, 6]] = hybrid.behaviours, 1  # one came in after the training, the other is a thumb
    behaviours = own.behaviours[0], replace(own.behaviours[1], told=True), *own.behaviours[2:], Behaviour("later")
    history = replace(own, behaviour=codes, behaviours=behaviours)
    found = listing.why(shop, 7, 0, Progress(), ListRequest(hybrid.id, history=history))
    assert found.numbers.tolist() == [0, 1, 3, 4, 5, -1, 6, 7, 8, 9, 10]
    assert found.history.events == 11


def test_a_category_and_hidden_items_are_kept_to(shop: Workspace, hybrid: Run) -> None:
    found = listing.recommend(shop, 3, Progress(), ListRequest(hybrid.id, k=24, hide_seen=True, category="灯具"))
    seen = set(shop.log().block(3, 4).item.tolist())
    assert set(found.items.tolist()).isdisjoint(seen)
    assert {shop.catalogue().categories[int(item)].as_py() for item in found.items} == {"灯具"}


def test_a_category_is_any_of_those_that_an_item_has(tmp_path: Path) -> None:
    shop = open_shop(tmp_path / "shop.seqlens")
    with shop.cursor() as cursor:
        cursor.execute("UPDATE items SET category = 'Comedy|Romance' WHERE code % 3 = 0")
        cursor.execute("UPDATE items SET category = 'Comedy' WHERE code % 3 = 1")
    workflow.train(shop, TrainSettings(model="popularity"), Progress())
    listed = {
        name: set(
            listing.recommend(shop, 3, Progress(), ListRequest(k=24, hide_seen=False, category=name)).items.tolist()
        )
        for name in ("Comedy", "Romance", "Comedy|Romance", "nothing")
    }
    comedies, romances = ({code for code in range(24) if code % 3 in rests} for rests in ((0, 1), (0,)))
    assert listed == {"Comedy": comedies, "Romance": romances, "Comedy|Romance": romances, "nothing": set()}
    without = ListRequest(k=24, hide_seen=False, policy=Policy(excluded=("Romance",)))
    left = listing.recommend(shop, 3, Progress(), without)
    assert set(left.items.tolist()) == set(range(24)) - romances


def test_exported_rows_are_what_the_window_shows(shop: Workspace, hybrid: Run, tmp_path: Path) -> None:
    path = tmp_path / "lists.csv"
    written = listing.export(shop, path, Progress(), run=hybrid.id, k=5, breakdown=True)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert written == len(rows) == 60 * 5
    shown = listing.recommend(shop, 7, Progress(), ListRequest(hybrid.id, k=5))
    mine = [row for row in rows if row["user_id"] == "user 07"]
    ids = [shop.catalogue().ids[int(item)].as_py() for item in shown.items]
    assert [row["item_id"] for row in mine] == ids
    np.testing.assert_allclose([float(row["score"]) for row in mine], shown.scores, atol=1e-4)


def test_a_model_goes_on_serving_after_the_catalogue_has_grown(tmp_path: Path) -> None:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        run = workflow.train(workspace, TrainSettings(model="hybrid", options=SMALL), Progress())
        before = listing.recommend(workspace, 7, Progress())
        with workspace.cursor() as cursor:
            cursor.execute("INSERT INTO items VALUES (24, 'new', 24, 'New lamp', '灯具', NULL, 3)")
            cursor.execute("INSERT INTO behaviours VALUES (2, 'share', false)")
            cursor.execute("INSERT INTO users VALUES (60, 'user 99', 60)")
            last = "(SELECT max(time) + 1 FROM events)"
            cursor.execute(f"INSERT INTO events VALUES (60, {last}, 24, 2, NULL, NULL, 0, 1000)")
            cursor.execute(f"INSERT INTO events VALUES (60, {last}, 3, 0, NULL, NULL, 0, 1001)")
            cursor.execute("UPDATE data_facts SET value = '\"grown\"' WHERE name = 'fingerprint'")
        assert run.items == 24
        after = listing.recommend(workspace, 7, Progress(), ListRequest(k=25, hide_seen=False))
        assert (after.items == 24).any()  # which is scored by its text
        np.testing.assert_array_equal(after.fresh, after.items == 24)
        others = [item for item in after.items if item != 24 and item not in workspace.log().block(7, 8).item]
        np.testing.assert_array_equal(others[:10], before.items[: len(others)])
        np.testing.assert_allclose(after.base + after.shares.sum(1), after.scores, atol=1e-4)
        items = np.array([4, 24], dtype=np.int32)
        broken = listing.explain(workspace, 60, items, Progress())
        assert broken.event_shares.shape == broken.event_errors.shape == (2, 2)
        assert not broken.event_shares[:, 0].any()  # done in a way that the model cannot know
        assert broken.event_shares[:, 1].any()
        np.testing.assert_allclose(broken.event_shares.sum(1) + broken.event_base, broken.scores, atol=1e-4)
        newcomer = listing.recommend(workspace, 60, Progress(), ListRequest(category="灯具"))
        assert newcomer.history.item.tolist() == [3]
        assert len(newcomer.items) == 10
        assert listing.export(workspace, tmp_path / "all.csv", Progress()) == 61 * 10
