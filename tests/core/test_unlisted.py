"""Why an item is not in a list: each rule is named where it holds, and the rank is that of the list itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from core import listing, workflow
from core.dialogue.structure import Category, Item, Lean
from core.fitting import TrainSettings
from core.listing import ListRequest
from core.progress import Progress
from core.recommend.feedback import Entry
from core.recommend.policy import Policy
from core.runs import Run
from core.unlisted import Standing, standing
from core.workspace import Workspace
from tests.shop import EVENTS, ITEMS, open_shop

USER, K = 7, 5


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Run]]:
    with open_shop(tmp_path_factory.mktemp("shop") / "shop.seqlens") as workspace:
        run = workflow.train(workspace, TrainSettings(model="transitions"), Progress())
        yield workspace, run


def asked(workspace: Workspace, item: int, **choice: object) -> Standing:
    request = ListRequest(**{"k": K, "hide_seen": False, **choice})  # type: ignore[arg-type]
    return standing(workspace, USER, item, Progress(), request)


def rules(found: Standing) -> list[str]:
    return [reason.rule for reason in found.reasons]


def whole(workspace: Workspace, **choice: object) -> list[int]:
    """The codes of all items that may be listed, in order, or of the first `k`."""
    request = ListRequest(**{"k": ITEMS, "hide_seen": False, **choice})  # type: ignore[arg-type]
    made = listing.recommend(workspace, USER, Progress(), request)
    return [int(item) for item in made.items]


@pytest.mark.parametrize("fit", ["serving", "evaluation"])
@pytest.mark.parametrize("hide", [False, True])
def test_the_rank_is_that_of_the_whole_list(shop: tuple[Workspace, Run], fit: str, hide: bool) -> None:
    workspace, _ = shop
    order = whole(workspace, hide_seen=hide, fit=fit)
    for item in range(ITEMS):
        found = asked(workspace, item, hide_seen=hide, fit=fit)
        assert found.candidates == len(order)
        assert found.last == order[K - 1]
        if item in order:
            place = order.index(item) + 1
            assert found.rank == place
            assert found.place == (place if place <= K else 0)
            assert rules(found) == ([] if place <= K else ["score"])
        else:
            assert hide
            assert (found.place, rules(found)) == (0, ["had"])
            assert found.reasons[0].number >= 1


def test_scores_are_those_of_the_list_and_their_parts_sum(shop: tuple[Workspace, Run]) -> None:
    workspace, run = shop
    made = listing.recommend(workspace, USER, Progress(), ListRequest(k=ITEMS, hide_seen=False))
    item = int(made.items[-1])
    found = asked(workspace, item)
    assert found.run.id == run.id
    np.testing.assert_allclose(found.scores, [made.scores[-1], made.scores[K - 1]], atol=1e-6)
    np.testing.assert_allclose(found.base + found.shares.sum(axis=1), found.scores, atol=1e-4)
    assert found.components == made.components
    assert found.events == int((workspace.log().item == item).sum())


def test_each_rule_of_a_policy_is_named(shop: tuple[Workspace, Run]) -> None:
    workspace, _ = shop
    item = 3  # "灯具", of 12.5
    for policy, rule, about in (
        (Policy(excluded=("灯具",)), "excluded", "灯具"),
        (Policy(cheapest=12.6), "cheapest", "12.6"),
        (Policy(dearest=12.4), "dearest", "12.4"),
        (Policy(stock=("i1", "i2")), "stock", ""),
        (Policy(banned=("i3",)), "banned", ""),
    ):
        found = asked(workspace, item, policy=policy)
        assert [(reason.rule, reason.about, reason.asked) for reason in found.reasons] == [(rule, about, False)]
        assert found.rank > 0  # where its score would put it
    both = asked(workspace, item, policy=Policy(banned=("i3",), dearest=10.0))
    assert rules(both) == ["dearest", "banned"]
    pinned = asked(workspace, item, policy=Policy(pinned=("i3",)))
    assert (pinned.place, pinned.reasons) == (1, ())


def test_of_criteria_that_move_items_those_are_named_without_which_it_were_there(shop: tuple[Workspace, Run]) -> None:
    workspace, _ = shop
    order = whole(workspace)
    limited = Policy(most=2)
    made = whole(workspace, k=K, policy=limited)
    moved = [item for item in order[:K] if item not in made]
    assert moved
    for item in moved:
        found = asked(workspace, item, policy=limited)
        assert [(reason.rule, reason.number) for reason in found.reasons] == [("most", 2)]
    pins = Policy(pinned=tuple(f"i{item}" for item in order[-2:]))
    out = asked(workspace, order[K - 1], policy=pins)
    assert [(reason.rule, reason.number) for reason in out.reasons] == [("pinned", K)]
    various = Policy(diversity=1.0)
    made = whole(workspace, k=K, policy=various)
    for item in set(order[:K]) - set(made):
        reason = asked(workspace, item, policy=various).reasons[0]
        assert (reason.rule, reason.number) == ("diversity", order.index(item) + 1)
    assert set(order[:K]) - set(made)
    assert rules(asked(workspace, order[-1], policy=various)) in ([], ["score"])


def test_what_was_asked_in_words_is_told_from_the_policy(shop: tuple[Workspace, Run]) -> None:
    workspace, _ = shop
    found = asked(workspace, 3, parts=(Category("灯具", "no"), Item("i3", "", "ban")), policy=Policy(banned=("i3",)))
    assert [(reason.rule, reason.asked) for reason in found.reasons] == [("excluded", True), ("banned", False)]
    only = asked(workspace, 3, parts=(Category("Furniture", "only"),))
    assert [(reason.rule, reason.asked) for reason in only.reasons] == [("words", True)]
    order = whole(workspace)
    lean = (Lean("variety", 1),)
    made = whole(workspace, k=K, parts=lean)
    assert set(order[:K]) - set(made)
    for item in set(order[:K]) - set(made):
        assert [(reason.rule, reason.asked) for reason in asked(workspace, item, parts=lean).reasons] == [
            ("diversity", True)
        ]


def test_another_category_and_feedback_keep_it_out(shop: tuple[Workspace, Run]) -> None:
    workspace, _ = shop
    found = asked(workspace, 3, category="Furniture")
    assert [(reason.rule, reason.about) for reason in found.reasons] == [("category", "Furniture")]
    assert found.candidates == ITEMS // 2
    user = workspace.users().ids[USER].as_py()
    workspace.feedback.put([Entry(user, "i3", "down"), Entry(user, "i4", "later", until=2**53)])
    try:
        assert rules(asked(workspace, 3)) == ["down"]
        assert rules(asked(workspace, 4)) == ["later"]
        assert "down" not in rules(asked(workspace, 3, fit="evaluation"))
    finally:
        workspace.feedback.undo()
    assert rules(asked(workspace, 3)) in ([], ["score"])


def test_an_item_that_came_after_the_training_is_no_candidate(shop: tuple[Workspace, Run]) -> None:
    workspace, run = shop
    found = asked(workspace, ITEMS + 3, fit="evaluation")  # which the fit of the test knows nothing of
    assert (found.rank, found.place, rules(found)) == (0, 0, ["late"])
    assert np.isnan(found.scores[0])
    assert np.isnan(found.shares[0]).all()
    assert found.scores[1] > 0
    assert found.events == 0
    assert run.items == ITEMS


def test_of_no_list_nothing_is_last(shop: tuple[Workspace, Run]) -> None:
    workspace, _ = shop
    found = asked(workspace, 3, policy=Policy(dearest=1.0))
    assert (found.last, found.candidates, rules(found)) == (-1, 0, ["dearest"])
    assert np.isnan(found.scores[1])


def test_a_history_that_has_the_item_is_the_one_that_is_looked_at(shop: tuple[Workspace, Run]) -> None:
    workspace, run = shop
    own = listing.history_of(workspace, USER, Progress(), run.id)
    had = set(own.item.tolist())
    new = next(item for item in range(ITEMS) if item not in had)
    changed = replace(own, item=np.full(EVENTS, new, dtype=np.int32))
    assert rules(asked(workspace, new, hide_seen=True, history=changed)) == ["had"]
    assert asked(workspace, new, hide_seen=True, history=changed).reasons[0].number == EVENTS
    assert "had" not in rules(asked(workspace, new, hide_seen=True))
