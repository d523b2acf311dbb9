"""The transformer learns order, scores what it is shown and only that, and comes back from its state unchanged."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import islice
from typing import Any, cast

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.evaluation.split import Cases
from core.models import attribution
from core.models.coalitions import SharedCoalitions
from core.models.network import Transformer
from core.models.transformer import SequenceTransformer, TransformerSettings
from core.progress import Cancelled, Progress
from core.sequences.log import Behaviour, EventLog
from core.training.batches import Block
from tests.checkpoints import MemoryCheckpoint
from tests.logs import head

ITEMS = 40
CATALOGUE = cast(Any, None)  # the transformer is given vectors and reads no catalogue
SMALL = TransformerSettings(width=16, epochs=12, batch=512, learning_rate=1e-2, dropout=0.1)


def walks(users: int = 800, seed: int = 0, behaviours: tuple[Behaviour, ...] = (Behaviour("view"),)) -> EventLog:
    """Users who step through the catalogue by ones or, every second user, by threes; a tenth of the events is noise."""
    rng = np.random.default_rng(seed)
    lengths = rng.integers(3, 15, users)
    offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    user = np.repeat(np.arange(users), lengths)
    position = np.arange(offsets[-1]) - offsets[user]
    item = (rng.integers(0, ITEMS, users)[user] + position * np.where(user % 2, 3, 1)) % ITEMS
    item = np.where(rng.random(len(item)) < 0.1, rng.integers(0, ITEMS, len(item)), item)
    return EventLog(
        item=item.astype(np.int32),
        behaviour=rng.integers(0, len(behaviours), len(item)).astype(np.uint8),
        time=position.astype(np.int64) * 60_000_000,
        value=np.full(len(item), np.nan, dtype=np.float32),
        text=np.full(len(item), -1, dtype=np.int32),
        offsets=offsets,
        behaviours=behaviours,
        items=ITEMS,
        timed=True,
    )


def held_out(log: EventLog) -> tuple[EventLog, Cases]:
    """Training events and the last event of each user as cases."""
    train = head(log, log.lengths - 1)
    return train, Cases(np.arange(log.users, dtype=np.int32), train, log.item[log.offsets[1:] - 1])


def one_user(log: EventLog, user: int) -> EventLog:
    return log.select(np.array([user]))


@pytest.fixture(scope="module")
def vectors() -> NDArray[np.float32]:
    found = np.random.default_rng(1).normal(size=(ITEMS, 24)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def model(vectors: NDArray[np.float32]) -> SequenceTransformer:
    fitted = SequenceTransformer(SMALL, vectors, "cpu")
    train, cases = held_out(walks())
    fitted.fit_validated(train, CATALOGUE, cases, False, Progress(), MemoryCheckpoint())
    return fitted


def test_learns_the_order_of_events_that_counts_cannot_tell(model: SequenceTransformer) -> None:
    train, cases = held_out(walks())
    hits = (model.score(train).argmax(1) == cases.truth).mean()
    assert hits > 0.6, "a model of single steps cannot pass one half, for every item has two followers"
    assert model.curve[-1]["ndcg"] > model.curve[0]["ndcg"]


@pytest.mark.parametrize("encoder", ["attention", "gru", "mixed"])
def test_every_encoder_learns_it_and_sees_only_what_it_is_shown(
    encoder: str, vectors: NDArray[np.float32], model: SequenceTransformer
) -> None:
    train, cases = held_out(walks())
    one = model  # whose encoder is that of the settings
    if encoder != SMALL.encoder:
        one = SequenceTransformer(replace(SMALL, encoder=encoder), vectors, "cpu")
        one.fit_validated(train, CATALOGUE, cases, False, Progress(), MemoryCheckpoint())
    scores = one.score(train)
    assert (scores.argmax(1) == cases.truth).mean() > 0.6
    tensors, facts = one.state()
    assert np.array_equal(SequenceTransformer.from_state(tensors, facts, "cpu").score(train), scores)
    history, items = one_user(train, 2), np.arange(5, dtype=np.int32)
    beginnings = np.tri(history.events + 1, history.events, -1, dtype=np.bool_)
    masked = one.masked_scores(history, beginnings, items)
    for length in range(history.events + 1):
        np.testing.assert_allclose(masked[length], one.score(head(history, np.array([length])))[0, :5], atol=1e-4)
    with pytest.raises(SeqlensError, match="attention, gru"):
        TransformerSettings(encoder="magic")


def test_scores_do_not_depend_on_the_company_they_are_computed_in(model: SequenceTransformer) -> None:
    log = walks(50, seed=5)
    together = model.score(log)
    for user in (0, 7, 49):
        np.testing.assert_allclose(model.score(one_user(log, user))[0], together[user], atol=1e-4)


def test_an_empty_history_is_scored_by_what_comes_first(model: SequenceTransformer) -> None:
    log = walks()
    scores = model.score(head(log, np.zeros(log.users, dtype=np.int64)).block(0, 3))
    assert np.isfinite(scores).all()
    assert np.ptp(scores, axis=0).max() < 1e-4
    assert len(model.score(log.block(0, 0))) == 0


def test_state_gives_back_the_same_scores(model: SequenceTransformer) -> None:
    tensors, settings = model.state()
    again = SequenceTransformer.from_state(tensors, json.loads(json.dumps(settings)), "cpu")
    log = walks(40, seed=9)
    assert np.array_equal(again.score(log), model.score(log))
    assert again.curve == model.curve
    assert tensors["vectors"].dtype == np.float16


def test_a_damaged_state_is_told(model: SequenceTransformer) -> None:
    tensors, settings = model.state()
    without = {name: array for name, array in tensors.items() if name != "weights/norm.weight"}
    with pytest.raises(SeqlensError, match="damaged"):
        SequenceTransformer.from_state(without, settings)
    with pytest.raises(SeqlensError, match="damaged"):
        SequenceTransformer.from_state(tensors, {**settings, "items": ITEMS + 1})


def test_masked_scores_see_only_the_coalition(model: SequenceTransformer) -> None:
    history = one_user(walks(20, seed=3), 2)
    items = np.array([3, 7, 11], dtype=np.int32)
    everything = np.ones(history.events, dtype=np.bool_)
    full = model.score(history)[0][items]
    coalitions = np.stack([everything, ~everything, np.arange(history.events) % 2 == 0])
    scores = model.masked_scores(history, coalitions, items)
    np.testing.assert_allclose(scores[0], full, atol=1e-4)
    other = replace(history, item=np.where(coalitions[2], history.item, 0).astype(np.int32))
    np.testing.assert_allclose(model.masked_scores(other, coalitions, items)[1:], scores[1:], atol=1e-5)
    assert not np.allclose(model.masked_scores(other, coalitions, items)[0], full, atol=1e-3)


def test_what_is_seen_of_the_beginning_scores_like_that_history(model: SequenceTransformer) -> None:
    history = one_user(walks(20, seed=3), 2)
    beginnings = np.tri(history.events + 1, history.events, -1, dtype=np.bool_)
    scores = model.masked_scores(history, beginnings, np.arange(ITEMS, dtype=np.int32))
    for length in range(history.events + 1):
        np.testing.assert_allclose(scores[length], model.score(head(history, np.array([length])))[0], atol=1e-4)


def test_masked_scores_of_a_long_history_follow_its_last_events(vectors: NDArray[np.float32]) -> None:
    short = SequenceTransformer(replace(SMALL, epochs=1, longest=4), vectors, "cpu")
    short.fit(walks(), CATALOGUE, Progress())
    history = one_user(walks(20, seed=3), 2)
    items = np.arange(5, dtype=np.int32)
    early = np.ones((1, history.events), dtype=np.bool_)
    early[0, : history.events - 4] = False
    scores = short.masked_scores(history, early, items)
    np.testing.assert_allclose(scores[0], short.score(history)[0][:5], atol=1e-4)


@pytest.mark.parametrize("blocks", [1, 2, 3])
def test_shared_beginnings_score_like_versions_read_one_by_one(vectors: NDArray[np.float32], blocks: int) -> None:
    one = SequenceTransformer(replace(SMALL, epochs=1, blocks=blocks), vectors, "cpu")
    one.fit(walks(), CATALOGUE, Progress())
    history = one_user(walks(), int(walks().lengths.argmax()))
    history = history.take(history.position < 7)
    items = np.array([3, 7, 11], dtype=np.int32)
    game = one.game(history, items, Progress().check)
    assert isinstance(game, SharedCoalitions)
    coalitions = (np.arange(2**7)[:, None] >> np.arange(7) & 1).astype(np.bool_)
    np.testing.assert_allclose(game.every(), one.masked_scores(history, coalitions, items), atol=1e-5)
    np.testing.assert_allclose(game.value(coalitions), one.masked_scores(history, coalitions, items), atol=1e-5)
    places = np.argsort(np.random.default_rng(blocks).permuted(np.tile(np.arange(7), (5, 1)), axis=1), axis=1)
    versions = places[:, None, :] < np.arange(8)[None, :, None]
    separately = one.masked_scores(history, versions.reshape(-1, 7), items).reshape(5, 8, 3)
    np.testing.assert_allclose(game.along(places), separately, atol=1e-5)


@pytest.mark.parametrize("encoder", ["gru", "attention"])
def test_where_memory_is_short_fewer_histories_are_scored_at_a_time(
    vectors: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch, encoder: str
) -> None:
    one = SequenceTransformer(replace(SMALL, epochs=1, encoder=encoder), vectors, "cpu")
    log = walks(60)
    one.fit(log, CATALOGUE, Progress())
    history, items = one_user(log, int(log.lengths.argmax())), np.array([3, 7, 11], dtype=np.int32)
    coalitions = np.random.default_rng(0).random((40, history.events)) < 0.5

    def asked() -> list[NDArray[np.float32]]:
        game = one.game(history, items, Progress().check)
        split = next(one.event_rounds(history, items, Progress().check))
        scores = one.masked_scores(history, coalitions, items)
        return [one.score(log), one.user_vectors(log, Progress()), scores, game.value(coalitions), split.shares]

    plain, most, failures = asked(), 7, list[int]()
    forward, step = Transformer.forward, SharedCoalitions._step

    def take(rows: int) -> None:
        if rows > most:
            failures.append(rows)
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")

    def short_forward(self: Transformer, block: Block, *rest: Any, **named: Any) -> torch.Tensor:
        take(len(block.item))
        return forward(self, block, *rest, **named)

    def short_step(self: SharedCoalitions, column: int, states: list[torch.Tensor]) -> list[torch.Tensor]:
        take(len(states[0]) - history.events)  # an order alone has one more than there are events
        return step(self, column, states)

    monkeypatch.setattr(Transformer, "forward", short_forward)
    monkeypatch.setattr(SharedCoalitions, "_step", short_step)
    for found, wanted in zip(asked(), plain, strict=True):
        np.testing.assert_allclose(found, wanted, atol=1e-5)
    assert failures
    most = 0
    with pytest.raises(SeqlensError, match="too little memory"):
        one.score(log)


@pytest.mark.parametrize("encoder", ["gru", "attention"])
def test_a_split_over_events_stops_at_once(vectors: NDArray[np.float32], encoder: str) -> None:
    one = SequenceTransformer(replace(SMALL, epochs=1, encoder=encoder), vectors, "cpu")
    one.fit(walks(), CATALOGUE, Progress())
    history = one_user(walks(), int(walks().lengths.argmax()))
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        next(one.refine(history, np.array([3], dtype=np.int32), progress.check))


def test_a_split_over_events_is_refined(model: SequenceTransformer) -> None:
    history = one_user(walks(), int(walks().lengths.argmax()))
    assert history.events > attribution.EXACT
    items = np.array([0, 5, 17], dtype=np.int32)
    answers = list(islice(model.refine(history, items, Progress().check), 4))
    for found in answers:
        np.testing.assert_allclose(found.event_base + found.event_shares.sum(1), found.scores, atol=1e-4)
    assert len(answers) == 1 or answers[-1].event_errors.mean() < answers[0].event_errors.mean()


@pytest.mark.parametrize("length", [0, 1, 6, 14])
def test_an_explanation_sums_to_the_score(model: SequenceTransformer, length: int) -> None:
    log = walks()
    history = one_user(log, int(log.lengths.argmax()))
    history = history.take(history.position >= history.events - length)
    items = np.array([0, 5, 17], dtype=np.int32)
    found = model.explain(history, items)
    np.testing.assert_allclose(found.scores, model.score(history)[0][items])
    np.testing.assert_allclose(found.component_base + found.component_shares.sum(1), found.scores, atol=1e-4)
    np.testing.assert_allclose(found.event_base + found.event_shares.sum(1), found.scores, atol=1e-4)
    assert found.event_shares.shape == (3, history.events)


def test_events_too_far_back_have_no_share(vectors: NDArray[np.float32]) -> None:
    short = SequenceTransformer(replace(SMALL, epochs=2, longest=4), vectors, "cpu")
    short.fit(walks(), CATALOGUE, Progress())
    history = one_user(walks(), int(walks().lengths.argmax()))
    shares = short.explain(history, np.array([0, 5], dtype=np.int32)).event_shares
    assert not shares[:, :-4].any()
    assert shares[:, -4:].all()


def test_the_serving_fit_trains_as_many_epochs_as_validation_chose(model: SequenceTransformer) -> None:
    serving = model.unfitted()
    assert model._module is not None
    assert serving.settings == replace(model._module.settings, last_epoch=model.outcome.best_epoch)
    serving.fit(walks(), CATALOGUE, Progress())
    assert len(serving.curve) == model.outcome.best_epoch
    assert "ndcg" not in serving.curve[-1]


def test_sampled_negatives_learn_as_well(vectors: NDArray[np.float32], model: SequenceTransformer) -> None:
    train, cases = held_out(walks())
    sampled = SequenceTransformer(replace(SMALL, negatives=32, epochs=8), vectors, "cpu")
    sampled.fit_validated(train, CATALOGUE, cases, False, Progress(), MemoryCheckpoint())
    assert sampled.outcome.best > 0.8 * model.outcome.best


def test_negative_and_text_events_are_read_and_never_wanted(vectors: NDArray[np.float32]) -> None:
    log = walks(behaviours=(Behaviour("view"), Behaviour("dislike", negative=True)))
    item = np.where(log.negative, 0, np.maximum(log.item, 1)).astype(np.int32)
    item[::11] = -1
    log = replace(log, item=item)
    fitted = SequenceTransformer(replace(SMALL, epochs=4), vectors, "cpu")
    fitted.fit(log, CATALOGUE, Progress())
    scores = fitted.score(log)
    assert (scores.argmax(1) != 0).all(), "the item that is only ever disliked"
    turned = replace(log, behaviour=np.zeros_like(log.behaviour))
    assert not np.allclose(fitted.score(turned), scores, atol=1e-3)


def test_works_without_language_vectors() -> None:
    train, cases = held_out(walks())
    plain = SequenceTransformer(replace(SMALL, epochs=6), None, "cpu")
    plain.fit_validated(train, CATALOGUE, cases, False, Progress(), MemoryCheckpoint())
    assert plain.outcome.best > 0.5
    tensors, settings = plain.state()
    assert "vectors" not in tensors
    assert np.array_equal(SequenceTransformer.from_state(tensors, settings, "cpu").score(train), plain.score(train))


def test_settings_suit_the_length_of_sequences() -> None:
    log = walks()
    assert TransformerSettings().suited(log).longest == 32
    long = replace(log, offsets=np.array([0, log.events], dtype=np.int64))
    assert TransformerSettings().suited(long).longest == 256
    assert TransformerSettings(longest=50, dropout=0.0).suited(long).longest == 50
    assert TransformerSettings(dropout=0.0).suited(log).dropout == 0.0
    assert TransformerSettings().suited(replace(log, items=10**6)).negatives > 0


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"width": 30, "heads": 4}, "heads"),
        ({"blocks": 0}, "blocks"),
        ({"dropout": 1.0}, "dropout"),
        ({"learning_rate": 0.0}, "learning rate"),
        ({"negatives": -1}, "negatives"),
    ],
)
def test_settings_that_cannot_work_are_refused(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(SeqlensError, match=told):
        TransformerSettings(**wrong)


def test_items_without_a_text_are_told_apart(vectors: NDArray[np.float32]) -> None:
    some = vectors.copy()
    some[10:] = 0.0
    fitted = SequenceTransformer(replace(SMALL, epochs=6), some, "cpu")
    train, cases = held_out(walks())
    fitted.fit_validated(train, CATALOGUE, cases, False, Progress(), MemoryCheckpoint())
    assert fitted.outcome.best > 0.4


def test_not_yet_trained_is_told(vectors: NDArray[np.float32]) -> None:
    with pytest.raises(SeqlensError, match="not been trained"):
        SequenceTransformer(SMALL, vectors, "cpu").score(walks())
