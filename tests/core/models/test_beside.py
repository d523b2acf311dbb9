"""Components of what is known beside events: what they score, that they sum, that they are only where they can be."""

from __future__ import annotations

import functools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import SeqlensError
from core.evaluation.split import leave_one_out
from core.models.available import create, rebuild
from core.models.base import Recommender
from core.models.beside import NOTHING, Beside, Graph, kept_names, names_of
from core.models.growing import Newcomers, grown
from core.models.hybrid import Hybrid
from core.models.outside import OutsideVectors, Pictures
from core.models.relations import Path, Relations, RelationsSettings, Step
from core.progress import Progress
from core.sequences.log import EventLog
from tests.checkpoints import MemoryCheckpoint
from tests.logs import NO_CATALOGUE, log_of, logs, one, random_log

ITEMS = 12
EXPLAINED = np.array([0, 5, 11], dtype=np.int32)
RANDOM = np.random.default_rng(3)
VECTORS = RANDOM.normal(size=(ITEMS, 6)).astype(np.float32)
VECTORS[4] = 0.0  # of which nothing is known


def graph(edges: list[tuple[int, str, int]], items: int = ITEMS) -> Graph:
    """Edges of items and, from `items` on, entities."""
    kinds = tuple(dict.fromkeys(kind for _, kind, _ in edges))
    ends = [
        np.array(column, dtype=np.int32) for column in zip(*((a, kinds.index(k), b) for a, k, b in edges), strict=True)
    ]
    entities = tuple(f"entity {number}" for number in range(max(max(a, b) for a, _, b in edges) + 1 - items))
    return Graph(items, *ends, entities, kinds)


def beside() -> Beside:
    rng = np.random.default_rng(5)
    pairs = rng.integers(0, [ITEMS, ITEMS + 4], (40, 2)).tolist()
    edges = [(a, f"kind {a % 2}", b) for a, b in pairs if a != 4]
    return Beside(vectors=VECTORS, relations=graph(edges), pictures=rng.normal(size=(ITEMS, 3)).astype(np.float32))


@functools.cache
def fitted() -> Recommender:
    options = {"hybrid": {"components": ["popularity", "transitions", *beside().names]}}
    model = create("hybrid", None, options=options, beside=beside())
    model.fit(random_log(60, ITEMS), NO_CATALOGUE, Progress())
    return model


@settings(max_examples=25)
@given(histories=logs(items=ITEMS, users=2, longest=14))
def test_every_breakdown_sums(histories: EventLog) -> None:
    model = fitted()
    scores = model.score(histories)
    names, base, shares = model.parts(histories, np.tile(EXPLAINED, (histories.users, 1)))
    assert set(beside().names) < set(names)
    np.testing.assert_allclose(base + shares.sum(2), scores[:, EXPLAINED], atol=1e-4)
    found = model.explain(one(histories), EXPLAINED)
    np.testing.assert_allclose(found.component_base + found.component_shares.sum(1), found.scores, atol=1e-4)
    np.testing.assert_allclose(found.event_base + found.event_shares.sum(1), found.scores, atol=1e-4)
    np.testing.assert_allclose(found.scores, scores[0, EXPLAINED], atol=1e-4)


def test_a_rebuilt_model_scores_the_same() -> None:
    log = random_log(20, ITEMS, seed=4)
    np.testing.assert_array_equal(rebuild("hybrid", *fitted().state()).score(log), fitted().score(log))


def test_where_nothing_is_known_there_is_no_part_for_it() -> None:
    assert NOTHING.names == ()
    model = create("hybrid")
    assert isinstance(model, Hybrid)
    assert set(model.models) == {"popularity", "trend", "eras", "transitions", "repeats", "transformer"}
    with pytest.raises(SeqlensError, match="Import a file of vectors"):
        OutsideVectors().fit(random_log(5, ITEMS), NO_CATALOGUE, Progress())
    with pytest.raises(SeqlensError, match="Import a file of relations"):
        Relations().fit(random_log(5, ITEMS), NO_CATALOGUE, Progress())
    with pytest.raises(SeqlensError, match="Import a file with a column of pictures"):
        Pictures().fit(random_log(5, ITEMS), NO_CATALOGUE, Progress())


def test_near_vectors_lead_to_each_other() -> None:
    angle = 2 * np.pi * np.arange(ITEMS) / ITEMS
    model = create("vectors", beside=Beside(np.stack((np.cos(angle), np.sin(angle)), axis=1).astype(np.float32)))
    model.fit(random_log(5, ITEMS), NO_CATALOGUE, Progress())
    (scores,) = model.score(log_of([[3]], ITEMS))
    assert set(np.argsort(-scores)[:3].tolist()) == {2, 3, 4}


FILMS = graph(
    [(0, "directed by", 3), (1, "directed by", 3), (1, "sequel of", 2), (0, "of", 4), (1, "of", 4), (2, "of", 4)], 3
)


def related(**given: float) -> Relations:
    model = Relations(RelationsSettings(history_decay=0.5, power=0.5, **given), FILMS)  # type: ignore[arg-type]
    model.fit(random_log(5, 3), NO_CATALOGUE, Progress())
    return model


def test_scores_are_what_passes_over_the_relations() -> None:
    adjacency = np.zeros((5, 5))
    adjacency[FILMS.head, FILMS.tail] = adjacency[FILMS.tail, FILMS.head] = 1.0
    held = adjacency.sum(1) ** -0.5
    steps = adjacency * held[:, None] * held
    passed = (steps + steps @ steps)[:3, :3]
    np.fill_diagonal(passed, 0.0)
    history = log_of([[0, 1], [2]], 3)
    wanted = np.array([0.5 * passed[0] + passed[1], passed[2]])
    np.testing.assert_allclose(related().score(history), wanted, atol=1e-6)


def test_paths_carry_all_of_a_score() -> None:
    model, history = related(), log_of([[0, 1]], 3)
    found = model.paths(history, 2, 10)
    assert sum(path.share for path in found) == pytest.approx(1.0)
    assert found[0] == Path(1, Step("sequel of", True), None, None, found[0].share)
    assert found[0].share == max(path.share for path in found)
    (film,) = (path for path in model.paths(log_of([[0]], 3), 1, 10) if path.via == "entity 0")
    assert (film.first, film.second) == (Step("directed by", True), Step("directed by", False))
    assert model.paths(log_of([[2]], 3), 2, 10) == ()  # nothing comes back to where it went out from
    assert [path.via for path in model.paths(log_of([[0]], 3), 1, 1)] == ["entity 0"]  # what fewer share says more


def test_relations_that_lead_on_are_found_on_validation() -> None:
    log = random_log(200, ITEMS)
    ring = Relations(None, graph([(item, "next", (item + 1) % ITEMS) for item in range(ITEMS)]))
    split = leave_one_out(log)
    ring.fit_validated(split.train, NO_CATALOGUE, split.validation, False, Progress(), MemoryCheckpoint())
    assert ring.settings.history_decay == 0.5, "the last item alone says what is next"
    assert ring.unfitted().settings == ring.settings


def test_a_graph_that_is_damaged_is_refused() -> None:
    tensors, facts = related().state()
    for name in ("head", "tail", "relation"):
        with pytest.raises(SeqlensError):
            rebuild("relations", {**tensors, name: np.array([99] * 6, dtype=np.int32)}, facts)
    with pytest.raises(SeqlensError):
        rebuild("relations", tensors, {**facts, "items": 10**12})


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\n")), max_size=5))
def test_names_are_kept(names: list[str]) -> None:
    assert names_of(kept_names(names)) == tuple(names)


@settings(max_examples=10)
@given(histories=logs(items=ITEMS + 2, users=2, longest=9))
def test_items_that_came_later_are_scored_and_explained(histories: EventLog) -> None:
    texts = np.random.default_rng(0).normal(size=(ITEMS + 2, 5)).astype(np.float32)
    fresh = np.arange(ITEMS + 2) >= ITEMS
    fresh[4] = True  # nobody has touched it, but the file may tell of it
    newcomers = Newcomers(ITEMS, fresh, texts, np.zeros((0, 5), dtype=np.float32))
    for name, model in fitted().models.items():  # type: ignore[attr-defined]
        larger = grown(model, newcomers)
        assert larger is not None
        scores = larger.score(histories)
        assert scores.shape == (histories.users, ITEMS + 2), name
        items = np.array([0, 4, ITEMS, ITEMS + 1], dtype=np.int32)
        found = larger.explain(one(histories), items)
        np.testing.assert_allclose(found.event_base + found.event_shares.sum(1), found.scores, atol=1e-4)
        np.testing.assert_allclose(found.scores, scores[0, items], atol=1e-4)
        if name in beside().names:
            known = histories.known(ITEMS, len(histories.behaviours))
            np.testing.assert_allclose(scores[:, :ITEMS], model.score(known), atol=1e-6)
