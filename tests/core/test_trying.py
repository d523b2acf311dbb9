"""Trying language models on the open data, and the choice that a training follows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core import trying, workflow
from core.chosen import choose, chosen, reading_of, texts
from core.errors import SeqlensError
from core.fitting import TrainSettings
from core.language.reading import Reading
from core.progress import Cancelled, Progress
from core.workspace import Workspace
from tests.core.language.models import small_model
from tests.filled import fill
from tests.shop import DAY, START, open_shop
from tests.standing import Standing


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(small_model(tmp_path_factory.mktemp("models") / "small"))


@pytest.fixture(scope="module")
def themes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Forty users, each of one of four themes that the titles name."""
    words = ("red shoe", "blue tea pot", "lamp", "tea, 2")
    rng = np.random.default_rng(0)
    catalogue = [(f"i{item}", f"{words[item // 10]} {'red ' * (item % 10)}", None, None, 1.0) for item in range(40)]
    events = [
        (user, START + place * DAY, int(10 * (user % 4) + item), 0, None, None)
        for user in range(40)
        for place, item in enumerate(rng.permutation(10)[:6])
    ]
    path = tmp_path_factory.mktemp("themes") / "themes.seqlens"
    with Workspace.create(path) as workspace, workspace.cursor() as cursor:
        fill(cursor, [f"u{user}" for user in range(40)], catalogue, [("view", False)], events, create=False)
    with Workspace.open(path) as workspace:
        yield workspace


def test_a_model_that_reads_the_themes_beats_chance(themes: Workspace, folder: str) -> None:
    tried = trying.try_out(themes, Reading(folder), Progress())
    assert (tried.users, tried.items) == (40, 40)
    assert tried.ndcg > 2 * tried.chance
    assert tried.low <= tried.ndcg <= tried.high
    assert not tried.stand_in
    grams = trying.try_out(themes, None, Progress())
    assert grams.stand_in
    assert grams.ndcg > 2 * grams.chance
    nothing = trying.try_out(themes, Reading(folder, items="tea {price}"), Progress())
    assert nothing.ndcg < tried.ndcg  # all texts are one


def test_what_was_tried_is_computed_once(themes: Workspace, folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = trying.try_out(themes, Reading(folder, "cls"), Progress())
    monkeypatch.setattr("core.language.encoder.TextEncoder.open", None)
    assert trying.try_out(themes, Reading(folder, "cls"), Progress()) == first


def test_few_items_make_fewer_users(themes: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "ITEMS", 15)
    themes._kept.pop("language sample", None)
    some = trying.sample(themes)
    themes._kept.pop("language sample")
    assert 0 < len(some.cases.users) < 40
    assert some.items.sum() <= 15
    assert some.items[some.cases.truth].all()


def test_trying_can_be_stopped(themes: Workspace, folder: str) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        trying.try_out(themes, Reading(folder, tokens=9), progress)


def test_speed_leaves_out_what_the_work_stood_still(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "SPEED_SECONDS", 0.2)
    texts = [f"red shoe {number}" for number in range(64)]
    trying.speed(Reading(folder), texts, Progress())  # what is imported and read once
    quiet, standing = (trying.speed(Reading(folder), texts, one) for one in (Progress(), Standing(0.05)))
    assert standing > quiet / 4  # it would be less than a tenth


def test_speed_and_closeness_are_measured(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "SPEED_SECONDS", 0.1)
    assert trying.speed(Reading(folder), ["red shoe", "lamp"], Progress()) > 1
    mean, least = trying.closeness(Reading(folder), ["red shoe", "lamp", "tea pot"], Progress())
    assert 0 < least <= mean <= 1 + 1e-6
    assert trying.reads(Reading(folder), ["red", "茶"]) == 0.5


def test_a_training_reads_with_what_was_chosen_and_the_run_remembers_it(folder: str, tmp_path: Path) -> None:
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        assert chosen(workspace) == Reading()
        mine = Reading(folder, "cls", tokens=16, items="tea {title}")
        choose(workspace, mine)
        assert texts(workspace, mine)[0].startswith("tea ")
        run = workflow.train(workspace, TrainSettings(model="content"), Progress())
        assert reading_of(workspace, run) == mine == reading_of(workspace, None)
        # The small model cannot read the shop, and counts of characters stand in.
        assert "counts of their characters" in str(run.log)
        choose(workspace, Reading())
        assert reading_of(workspace, workspace.runs.get(run.id)) == mine
    with Workspace.open(tmp_path / "shop.seqlens") as workspace:
        assert chosen(workspace) == Reading()
        workspace.set_setting("language model", {"pooling": "of a newer program"})
        assert chosen(workspace) == Reading()


def test_a_named_model_is_read_as_its_files_say(folder: str, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "e5-small")
    with open_shop(tmp_path / "shop.seqlens") as workspace:
        settings = TrainSettings(model="popularity", language_model=str(tmp_path / "e5-small"))
        run = workflow.train(workspace, settings, Progress())
        assert reading_of(workspace, run).prefix == "passage: "
        with pytest.raises(SeqlensError, match="was not fetched yet"):
            workflow.train(workspace, TrainSettings(model="popularity", language_model="no/such"), Progress())
