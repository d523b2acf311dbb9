"""Regression by a language model: what it learns, how its scores are taken apart, and how little of it is kept."""

from __future__ import annotations

import functools
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import listing, workflow
from core.errors import SeqlensError
from core.fitting import TrainSettings
from core.language.encoder import TextEncoder
from core.listing import ListRequest
from core.models.available import again, create, rebuild
from core.models.regression import LanguageRegression, RegressionSettings
from core.models.regression_fit import questions, strong_events, unfreeze
from core.progress import Cancelled, Progress
from core.sequences.log import Behaviour, Catalogue, EventLog
from core.workspace import Workspace
from tests.core.language.models import small_model
from tests.filled import Event, Item, fill
from tests.logs import catalogue_of, head, log_of, logs, one

COLOURS, THINGS = ("red", "blue"), ("shoe", "tea", "pot", "lamp")
TITLES = [f"{colour} {thing}" for colour in COLOURS for thing in THINGS]
ITEMS = len(TITLES)


@functools.cache
def folder() -> Path:
    return small_model(Path(tempfile.mkdtemp()) / "model")


@functools.cache
def vectors() -> np.ndarray:
    return TextEncoder.open(str(folder()), "cpu").encode(TITLES, Progress())


def titled() -> Catalogue:
    import pyarrow as pa

    empty = pa.array([None] * ITEMS, pa.string())
    return replace(catalogue_of(ITEMS), titles=pa.array(TITLES), categories=empty, descriptions=empty)


@functools.cache
def loyal(users: int = 300) -> EventLog:
    """Users who stay with one colour; blue ones dislike some of what they see, red ones never do."""
    rng = np.random.default_rng(0)
    sequences = []
    for user in range(users):
        colour = user % 2
        items = rng.integers(0, 4, 6) + 4 * colour
        sequences.append([(int(item), int(colour == 1 and place % 2)) for place, item in enumerate(items)])
    return log_of(sequences, ITEMS)


def small(**changes: object) -> RegressionSettings:
    chosen = {"encoder": str(folder()), "cases": 600, "epochs": 40, "learning_rate": 0.02, "tokens": 24}
    return RegressionSettings(**{**chosen, **changes})  # type: ignore[arg-type]


@functools.cache
def fitted(**changes: object) -> LanguageRegression:
    model = LanguageRegression(small(**changes), vectors(), "cpu")
    model.fit(loyal(), titled(), Progress())
    return model


def test_it_learns_that_users_stay_with_a_colour() -> None:
    model = fitted()
    scores = model.score(log_of([[0, 1], [5, 6]], ITEMS))
    assert scores[0, :4].min() > scores[0, 4:].max()
    assert scores[1, 4:].min() > scores[1, :4].max()
    losses = [figures["loss"] for figures in model.curve]
    assert losses[0] == pytest.approx(0.125, abs=0.04), "½ (½)²: nothing known"
    assert losses[-1] < losses[0]
    assert model.decisions["accuracy"] > 0.65, "half of the drawn items have the colour too, which nothing tells apart"
    assert set(model.decisions) == {"accuracy", "precision", "recall", "f1", "threshold"}


def test_in_the_articles_form_it_tells_how_engaged_a_sequence_is() -> None:
    model = fitted(form="engagement")
    chances = model.probabilities(log_of([[0, 1, 2], [(4, 0), (5, 1), (6, 0)]], ITEMS), np.zeros((2, 1), np.int32))
    assert chances[0, 0] > 0.6 > chances[1, 0]
    scores = model.score(log_of([[0, 1, 2]], ITEMS))
    assert np.ptp(scores) < 1e-4, "it says nothing of an item"
    assert model.decisions["accuracy"] > 0.7


@pytest.mark.parametrize("form", ["ranking", "engagement"])
@settings(max_examples=12)
@given(histories=logs(items=ITEMS, users=2, longest=12), items=st.lists(st.integers(0, 7), min_size=1, max_size=3))
def test_both_splits_sum_to_the_score(form: str, histories: EventLog, items: list[int]) -> None:
    model, wanted = fitted(form=form), np.array(items, dtype=np.int32)
    scores = model.score(histories)
    names, base, shares = model.parts(histories, np.tile(wanted, (histories.users, 1)))
    assert names == (("product", "difference") if form == "ranking" else ("sequence",))
    assert base + shares.sum(2) == pytest.approx(scores[:, wanted], abs=1e-4)
    for user in range(histories.users):
        found = model.explain(one(histories, user), wanted)
        assert found.scores == pytest.approx(scores[user, wanted], abs=1e-4)
        assert found.component_base + found.component_shares.sum(1) == pytest.approx(found.scores, abs=1e-4)
        assert found.event_base + found.event_shares.sum(1) == pytest.approx(found.scores, abs=1e-4)
        assert found.event_base == pytest.approx(model.score(log_of([[]], ITEMS))[0, wanted], abs=1e-4)


def test_events_without_room_have_no_share() -> None:
    found = fitted().explain(log_of([[item % ITEMS for item in range(30)]], ITEMS), np.array([2], np.int32))
    assert (found.event_shares[0, :20] == 0).all()
    assert (found.event_shares[0, -5:] != 0).all()


@pytest.mark.parametrize("changes", [{}, {"form": "engagement"}, {"trained": "last"}])
def test_a_state_is_all_of_the_model(changes: dict[str, object]) -> None:
    model = fitted(**changes)
    tensors, facts = model.state()
    back = rebuild("language-regression", {name: array.copy() for name, array in tensors.items()}, facts)
    assert isinstance(back, LanguageRegression)
    histories = head(loyal(), np.full(300, 3)).select(np.arange(10))
    assert (back.score(histories) == model.score(histories)).all()
    assert (back.decisions, back.curve) == (model.decisions, model.curve)
    own = [name for name in tensors if name.startswith("encoder/")]
    assert bool(own) == ("trained" in changes), "a head alone needs no copy of the encoder"
    assert all("layer.1." in name for name in own), "the last of two layers"
    with pytest.raises(SeqlensError, match="damaged"):
        rebuild("language-regression", {}, facts)


@pytest.mark.parametrize(("trained", "layers"), [("last", 1), ("last", 2), ("all", 1)])
def test_fine_tuning_moves_what_it_may_move_and_nothing_else(trained: str, layers: int) -> None:
    model = LanguageRegression(
        small(trained=trained, layers=layers, epochs=3, encoder_rate=1e-3, encoder_cases=64), vectors(), "cpu"
    )
    model.fit(loyal(), titled(), Progress())
    before = dict(TextEncoder.open(str(folder()), "cpu").network.named_parameters())
    after = dict(model._opened()[0].network.named_parameters())
    moved = {name for name in before if not np.array_equal(before[name].detach(), after[name].detach())}
    may = {name for name in before if trained == "all" or any(f"layer.{2 - n}." in name for n in range(1, layers + 1))}
    assert moved <= may
    assert len(moved) > 0.7 * len([name for name in may if "pooler" not in name])
    assert [figures["epoch"] for figures in model.curve] == [1, 2, 3, 4]


def test_a_model_has_only_the_layers_it_has() -> None:
    network = TextEncoder.open(str(folder()), "cpu").network
    with pytest.raises(SeqlensError, match="has 2 layers"):
        unfreeze(network, 3)


def test_the_same_seed_gives_the_same_model_and_another_one_another() -> None:
    histories = loyal().select(np.arange(5))

    def scores(seed: int) -> np.ndarray:
        model = LanguageRegression(small(seed=seed, epochs=3, trained="last", encoder_cases=64), vectors(), "cpu")
        model.fit(loyal(), titled(), Progress())
        return model.score(histories)

    first = scores(1)
    assert (first == scores(1)).all()
    assert (first != scores(2)).any()


def test_a_training_reads_users_and_items_with_the_model_that_it_names(tmp_path: Path) -> None:
    log = loyal(40)
    events: list[Event] = [
        (int(log.user[row]), row, int(log.item[row]), int(log.behaviour[row]), None, None) for row in range(log.events)
    ]
    items: list[Item] = [(f"i{row}", title, None, None, None) for row, title in enumerate(TITLES)]
    users, kinds = [f"u{user:02d}" for user in range(log.users)], [("view", False), ("dislike", True)]
    chosen = {"encoder": str(folder()), "cases": 100, "epochs": 3}
    with Workspace.create(tmp_path / "w.seqlens") as workspace:
        with workspace.cursor() as cursor:
            fill(cursor, users, items, kinds, events, create=False)
        settings = TrainSettings(model="language-regression", device="cpu", options={"language-regression": chosen})
        run = workflow.train(workspace, settings, Progress())
        assert run.status == "done"
        assert [line for line in map(str, run.log) if "precision" in line and "F1" in line]
        listed = listing.recommend(workspace, 3, Progress(), ListRequest(k=3))
        assert listed.components == ("product", "difference")
        found = listing.explain(workspace, 3, listed.items, Progress())
        assert found.event_base + found.event_shares.sum(1) == pytest.approx(listed.scores, abs=1e-4)


def test_another_encoder_in_its_place_is_refused(tmp_path: Path) -> None:
    tensors, facts = fitted().state()
    other = small_model(tmp_path / "other")
    (other / "vocab.txt").write_text("[PAD]\n[UNK]\n", encoding="utf-8")
    changed = {**facts, "settings": {**facts["settings"], "encoder": str(other)}}  # type: ignore[dict-item]
    model = rebuild("language-regression", tensors, changed)
    with pytest.raises(SeqlensError, match="is in its place"):
        model.score(log_of([[0]], ITEMS))


def test_vectors_of_another_model_are_refused() -> None:
    model = LanguageRegression(small(), np.ones((ITEMS, 7), np.float32), "cpu")
    with pytest.raises(SeqlensError, match="unable to read"):
        model.fit(loyal(), titled(), Progress())
    with pytest.raises(SeqlensError, match="No item has a title"):
        LanguageRegression(small(), None, "cpu").fit(loyal(), titled(), Progress())


def test_questions_are_moments_and_what_followed() -> None:
    log = loyal()
    asked = questions(log, None, 3, 200, seed=1)
    assert len(asked.item) == 200
    assert asked.histories.lengths.max() == 3
    assert asked.histories.lengths.min() == 1
    assert ((asked.histories.item[asked.histories.offsets[1:] - 1] < 4) == (asked.item < 4)).all(), "loyal users"
    assert questions(log, None, 3, 10**6, seed=1).item.size == (log.positive & (log.position > 0)).sum()


def test_what_counts_as_strong_is_told_from_the_data() -> None:
    kinds = (Behaviour("view"), Behaviour("buy"), Behaviour("drop", negative=True))
    log = log_of([[(0, 0), (1, 0), (2, 1), (3, 2)]], ITEMS, behaviours=kinds)
    assert strong_events(log).tolist() == [False, False, True, False]
    assert strong_events(log_of([[(0, 0), (1, 1)]], ITEMS)).tolist() == [True, False]
    rated = log_of([[0, 1, 2, 3]], ITEMS)
    rated = replace(rated, value=np.array([1, 5, 4, np.nan], np.float32))
    assert strong_events(rated).tolist() == [False, True, True, False]
    with pytest.raises(SeqlensError, match="one kind"):
        strong_events(log_of([[0, 1]], ITEMS))


def test_a_serving_fit_has_the_same_settings(tmp_path: Path) -> None:
    del tmp_path
    assert again(fitted()).settings == fitted().settings  # type: ignore[attr-defined]
    with pytest.raises(SeqlensError, match="not been trained"):
        again(fitted()).score(log_of([[0]], ITEMS))


def test_learning_can_be_stopped() -> None:
    class Impatient(Progress):
        def report(self, fraction: float, message: str, figures: dict[str, float | int | str]) -> None:
            del message, figures
            if fraction > 0.3:
                self.cancel()

    with pytest.raises(Cancelled):
        LanguageRegression(small(), vectors(), "cpu").fit(loyal(), titled(), Impatient())


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"form": "magic"}, "ranking or engagement"),
        ({"trained": "some"}, "ranking or engagement"),
        ({"threshold": 1.0}, "between 0 and 1"),
        ({"tokens": 3}, "tokens 4"),
        ({"template": "{behaviour.__class__}"}, "must be made of"),
        ({"template": "{"}, "must be made of"),
        ({"template": "all alike"}, "must be made of"),
    ],
)
def test_settings_that_cannot_be_are_told(wrong: dict[str, object], told: str) -> None:
    with pytest.raises(SeqlensError, match=told):
        create("language-regression", vectors(), options={"language-regression": wrong})
