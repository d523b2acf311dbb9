"""What a network learned on one catalogue is carried to another by the texts of its items alone."""

from __future__ import annotations

import functools
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.evaluation.evaluate import evaluate
from core.evaluation.split import Split, leave_one_out
from core.models.available import create, rebuild
from core.models.ensemble import TransformerEnsemble
from core.models.growing import Newcomers, grown
from core.models.network import TransformerSettings
from core.models.transfer import begins, ridge
from core.progress import Progress
from core.sequences.log import Behaviour, EventLog
from tests.checkpoints import MemoryCheckpoint
from tests.logs import NO_CATALOGUE, log_of

ITEMS, OTHERS, WIDTH = 60, 45, 6
SMALL = TransformerSettings(width=16, heads=2, blocks=1, epochs=12, members=1, dropout=0.1, learning_rate=5e-3)
VIEW = (Behaviour("view"),)


def ring(items: int, seed: int) -> tuple[EventLog, NDArray[np.float32]]:
    """Users who step round a ring, and texts in which places on it are near each other: in both catalogues the same."""
    rng = np.random.default_rng(seed)
    places = rng.permutation(items)  # of each code
    codes = np.argsort(places)
    angle = 2 * np.pi * places / items
    axes = [function(angle * turns) for turns in (1, 2, 3) for function in (np.cos, np.sin)]
    walks = [(rng.integers(items) + np.arange(rng.integers(4, 12))) * items // 30 % items for _ in range(200)]
    log = log_of([codes[walk].tolist() for walk in walks], items, behaviours=VIEW)
    return log, np.stack(axes, axis=1).astype(np.float32)


@functools.cache
def source(known_by: str = "both") -> TransformerEnsemble:
    log, texts = ring(ITEMS, 0)
    model = TransformerEnsemble(replace(SMALL, known_by=known_by), texts, "cpu")
    model.fit(log, NO_CATALOGUE, Progress())
    return model


@functools.cache
def target() -> tuple[Split, NDArray[np.float32]]:
    log, texts = ring(OTHERS, 1)
    return leave_one_out(log), texts


def found(model: object) -> float:
    return evaluate(model, target()[0].test, False, 10, Progress()).metrics["ndcg@10"]  # type: ignore[arg-type]


def begun(learn: bool, settings: TransformerSettings = SMALL, known_by: str = "both") -> TransformerEnsemble:
    split, texts = target()
    carried = begins(source(known_by), ["view"], learn)
    model = TransformerEnsemble(settings, texts, "cpu", begins=carried)
    place = MemoryCheckpoint()
    model.fit_validated(split.train, NO_CATALOGUE, split.validation, False, Progress(), place)
    return model


def test_the_map_of_texts_is_found() -> None:
    rng = np.random.default_rng(0)
    x, matrix = rng.normal(size=(300, 8)), rng.normal(size=(8, 5))
    y = (x + 3) @ matrix + 0.01 * rng.normal(size=(300, 5)) + 7
    np.testing.assert_allclose(ridge(x.astype(np.float32), y.astype(np.float32)), matrix, atol=0.01)
    noise = ridge(x.astype(np.float32), rng.normal(size=(300, 5)).astype(np.float32))
    assert np.abs(noise).max() < 0.15, "where texts say nothing, little is believed"


@pytest.mark.parametrize("known_by", ["both", "text"])
def test_items_never_trained_on_are_ranked_by_what_another_catalogue_taught(known_by: str) -> None:
    model = begun(learn=False, known_by=known_by)
    chance = sum(1 / np.log2(rank + 1) for rank in range(1, 11)) / OTHERS
    assert found(model) > 3 * chance
    again = model.unfitted()
    again.fit(target()[0].train, NO_CATALOGUE, Progress())
    np.testing.assert_allclose(
        again.score(target()[0].test.histories), model.score(target()[0].test.histories), atol=1e-5
    )


def test_training_goes_on_from_there() -> None:
    short = replace(SMALL, epochs=2)
    split, texts = target()
    scratch = TransformerEnsemble(short, texts, "cpu")
    scratch.fit_validated(split.train, NO_CATALOGUE, split.validation, False, Progress(), MemoryCheckpoint())
    tuned = begun(learn=True, settings=short)
    assert found(tuned) > found(scratch) + 0.05
    rebuilt = rebuild("transformer", *tuned.state())
    np.testing.assert_allclose(rebuilt.score(split.test.histories), tuned.score(split.test.histories), atol=1e-5)


def test_items_may_be_known_by_their_texts_alone() -> None:
    model, (log, texts) = source("text"), ring(ITEMS, 0)
    (member,) = model.members
    assert not member.parameters()["item.weight"].any()
    np.testing.assert_allclose(
        member.item_vectors(), (texts - texts.mean(0)) @ member.parameters()["project"], atol=1e-3
    )
    rebuilt = rebuild("transformer", *model.state())
    np.testing.assert_allclose(rebuilt.score(log.block(0, 5)), model.score(log.block(0, 5)), atol=1e-5)
    fresh = np.zeros(ITEMS + 1, dtype=np.bool_)
    fresh[ITEMS] = True
    newcomers = Newcomers(ITEMS, fresh, np.concatenate((texts, texts[:1])), np.zeros((0, WIDTH), dtype=np.float32))
    larger = grown(model, newcomers)
    assert larger is not None
    wider = replace(log.block(0, 5), items=ITEMS + 1)
    np.testing.assert_allclose(larger.score(wider)[:, :ITEMS], model.score(log.block(0, 5)), atol=1e-4)
    split = target()[0]
    both = TransformerEnsemble(
        replace(SMALL, known_by="text"), target()[1], "cpu", begins=begins(model, ["view"], False)
    )
    both.fit(split.train, NO_CATALOGUE, Progress())
    own = begun(learn=False, known_by="text")
    np.testing.assert_allclose(both.score(split.test.histories), own.score(split.test.histories), atol=1e-4)


def test_shape_and_behaviours_follow_the_other_run() -> None:
    (begin,) = begins(source(), ["view"], True)
    model = create("transformer", target()[1], begins=(begin,))
    assert isinstance(model, TransformerEnsemble)
    assert (model.settings.width, model.settings.blocks) == (SMALL.width, SMALL.blocks)
    first = begin.first_weights(target()[1], ["View", "cart"], True)
    np.testing.assert_array_equal(first["behaviour.weight"][0], first["behaviour.weight"][1], "unknown: the average")
    silent = begin.first_weights(np.zeros((3, WIDTH), dtype=np.float32), ["view"], True)
    np.testing.assert_allclose(silent["item.weight"], np.tile(begin.mean, (3, 1)))


def test_without_texts_nothing_carries_over() -> None:
    carried = begins(source(), ["view"], True)
    with pytest.raises(SeqlensError, match="No item has a text"):
        TransformerEnsemble(SMALL, None, "cpu", begins=carried)
    with pytest.raises(SeqlensError, match="could be known by"):
        TransformerEnsemble(replace(SMALL, known_by="text"), None, "cpu").fit(
            target()[0].train, NO_CATALOGUE, Progress()
        )
    blind = TransformerEnsemble(SMALL, None, "cpu")
    with pytest.raises(SeqlensError, match="keeps nothing of the texts"):
        begins(blind, ["view"], True)
