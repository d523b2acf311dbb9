"""Requests in words on a workspace with a trained run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core import listing, talking, workflow
from core.data.settings import ImportSettings
from core.dialogue.structure import Category, Edit, Item, Price
from core.fitting import TrainSettings
from core.language.ngrams import CharacterMatch
from core.listing import ListRequest
from core.progress import Progress
from core.runs import Run
from core.workspace import Workspace
from tests.shop import open_shop, read_before


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Run]]:
    with open_shop(tmp_path_factory.mktemp("talk") / "shop.seqlens") as workspace:
        read_before(workspace)
        yield workspace, workflow.train(workspace, TrainSettings(model="popularity"), Progress())


def test_a_list_is_made_by_what_was_asked(shop: tuple[Workspace, Run]) -> None:
    workspace, run = shop
    said = listing.understand(workspace, "only Furniture under 20, more like Lamp number 4", Progress())
    assert set(said.parts) >= {Category("Furniture", "only"), Price(None, 20.0)}
    made = listing.recommend(workspace, 0, Progress(), ListRequest(run.id, hide_seen=False, parts=said.parts))
    catalogue = workspace.catalogue()
    assert len(made.items) == 6
    assert {catalogue.categories[int(item)].as_py() for item in made.items} == {"Furniture"}
    assert (catalogue.prices[made.items] <= 20).all()
    np.testing.assert_allclose(made.base + made.shares.sum(1), made.scores, rtol=1e-4, atol=1e-4)


def test_what_the_user_did_is_changed_for_the_list(shop: tuple[Workspace, Run]) -> None:
    workspace, _ = shop
    own = listing.history_of(workspace, 0, Progress())
    after = listing.history_asked(workspace, own, [Edit("latest", number=2)])
    assert after.log.item.tolist() == own.item[-2:].tolist()
    assert after.origin.tolist() == [own.events - 2, own.events - 1]
    assert listing.history_asked(workspace, own, []).log is own


def test_an_explanation_holds_the_conversation(shop: tuple[Workspace, Run]) -> None:
    workspace, run = shop
    parts = (Item(workspace.catalogue().ids[3].as_py(), "", "like"), Category("Furniture", "more"))
    items = np.array([2, 3], dtype=np.int32)
    found = listing.explanation(workspace, 0, items, Progress(), ListRequest(run.id, parts=parts)).next(Progress())
    assert found is not None
    assert found.components[-1] == "conversation"
    assert found.component_shares[:, -1].any()
    np.testing.assert_allclose(found.component_base + found.component_shares.sum(1), found.scores, rtol=1e-4)
    np.testing.assert_allclose(found.event_base + found.event_shares.sum(1), found.scores, rtol=1e-4)


def test_words_that_say_nothing_of_any_item_are_not_understood(shop: tuple[Workspace, Run]) -> None:
    workspace, run = shop
    near = talking.likeness(workspace, run, Progress())
    assert near.understands("灯具")
    assert not near.understands("ѦѪ")
    said = listing.understand(workspace, "something zzqxj, no 灯具", Progress())
    assert said.parts == (Category("灯具", "no"),)
    assert said.not_understood == ["zzqxj"]


def test_a_language_model_links_words_to_the_category_that_they_mean(tmp_path: Path) -> None:
    events, items = tmp_path / "events.csv", tmp_path / "items.csv"
    lines = [f"u{user},i{(user * 3 + step) % 12},{step}" for user in range(30) for step in range(6)]
    events.write_text("\n".join(("user,item,timestamp", *lines)), "utf-8")
    kinds = ("Horror", "Comedy", "Gardening")
    rows = [f"i{code},A {kinds[code % 3].lower()} story of number {code},{kinds[code % 3]}" for code in range(12)]
    items.write_text("\n".join(("item,title,category", *rows)), "utf-8")
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        workflow.import_files(workspace, ImportSettings(files=(events,), items_files=(items,)), Progress())
        workflow.train(workspace, TrainSettings(model="popularity"), Progress())
        said = listing.understand(workspace, "nothing scary", Progress())
        assert said.parts == (Category("Horror", "no"),)


def test_characters_tell_which_text_has_the_words() -> None:
    texts = ["waterproof running shoes", "leather boots", "防水 跑鞋", ""]
    match = CharacterMatch(texts, Progress())
    assert match.likeness("waterproof").argmax() == 0
    assert match.likeness("防水").argmax() == 2
    assert not match.likeness("zzz").any()
    assert not CharacterMatch([], Progress()).likeness("a").any()
