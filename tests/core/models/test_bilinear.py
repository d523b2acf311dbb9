"""The bilinear model: the article's example, what it learns, and how its scores are taken apart."""

from __future__ import annotations

import functools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import SeqlensError
from core.evaluation.evaluate import evaluate
from core.evaluation.split import leave_one_out
from core.language.features import behaviour_profiles, fading
from core.language.item_features import item_features, tag_columns
from core.models.available import again, create, rebuild
from core.models.bilinear import Bilinear, BilinearSettings, similarity
from core.models.bilinear_fit import Prefixes
from core.models.popularity import Popularity
from core.progress import Cancelled, Progress
from core.sequences.log import Catalogue, EventLog
from tests.logs import catalogue_of, log_of, logs, one, random_log

ITEMS, KINDS = 60, 6
VECTORS = np.random.default_rng(0).normal(size=(ITEMS, 12)).astype(np.float32)
SMALL = BilinearSettings(language=8, epochs=4, events=2000)


def planted(users: int = 400, seed: int = 0) -> tuple[EventLog, Catalogue]:
    """Whoever views an item of one category goes to an item of the next one; all items are about equally popular."""
    import pyarrow as pa

    rng = np.random.default_rng(seed)
    kinds = (rng.integers(0, KINDS, users)[:, None] + np.arange(8)) % KINDS
    items = kinds + KINDS * rng.integers(0, ITEMS // KINDS, kinds.shape)
    catalogue = replace(catalogue_of(ITEMS), categories=pa.array([f"kind {item % KINDS}" for item in range(ITEMS)]))
    return log_of(items.tolist(), ITEMS), catalogue


@functools.cache
def fitted(dimensions: int = 0) -> Bilinear:
    """With `dimensions`, X is reduced to as many principal components."""
    model = Bilinear(replace(SMALL, dimensions=dimensions), VECTORS)
    model.fit(random_log(200, ITEMS), catalogue_of(ITEMS), Progress())
    return model


def test_the_worked_example_of_the_article() -> None:
    x = np.array([[1, 0, 1, 1, 0, 1]], dtype=np.float32)
    item = np.array([[1, 1, 0, 0, 1, 0]], dtype=np.float32)
    weights = np.zeros((6, 6), dtype=np.float32)
    for rows, columns in (((0, 1, 4), (0, 1, 4)), ((2, 3), (2, 3)), ((5,), (5,))):
        weights[np.ix_(rows, columns)] = 0.5
    nothing, bias = np.zeros(6, dtype=np.float32), np.full(6, 0.5, dtype=np.float32)
    assert similarity(x, weights, item, nothing).tolist() == [[1.5]]
    assert similarity(x, weights, item, bias).tolist() == [[4.5]]
    diagonal = np.diag(np.diag(weights))  # all that the article's calculation by hand reads of W
    assert similarity(x, diagonal, item, nothing).tolist() == [[0.5]]
    assert similarity(x, diagonal, item, bias).tolist() == [[3.5]]


def test_it_finds_a_planted_structure_that_popularity_cannot() -> None:
    log, catalogue = planted()
    split = leave_one_out(log)
    figures = {}
    for model in (Popularity(), Bilinear(replace(SMALL, epochs=20), None)):
        model.fit(split.train, catalogue, Progress())
        figures[model.name] = evaluate(model, split.test, True, 10, Progress()).metrics["hit@10"]
    assert figures["bilinear"] > 0.8, "ten items of the right category, of which one or two are seen"
    assert figures["popularity"] < 0.35


def test_the_matrix_says_what_was_planted() -> None:
    log, catalogue = planted()
    model = Bilinear(replace(SMALL, epochs=20), None)
    model.fit(log, catalogue, Progress())
    matrix = model.matrix()
    assert matrix.rows == ("any user", *(f"{b}: kind {k}" for b in ("view", "dislike") for k in range(KINDS)))
    assert matrix.columns == (*(f"kind {kind}" for kind in range(KINDS)), "popularity")
    assert matrix.values.shape == (len(matrix.rows), len(matrix.columns))
    for kind in range(KINDS):
        assert matrix.values[1 + kind, :KINDS].argmax() == (kind + 1) % KINDS
    assert (matrix.values[1 + KINDS :] == 0).all(), "nobody disliked anything"


def test_the_loss_falls() -> None:
    losses = [figures["loss"] for figures in fitted().curve]
    assert len(losses) == SMALL.epochs
    assert losses[-1] < losses[0]
    assert losses[-1] < 0.5, "better than to say 0 of everything"


@pytest.mark.parametrize("dimensions", [0, 5])
@settings(max_examples=40)
@given(histories=logs(items=ITEMS, users=3, longest=14), data=st.data())
def test_both_splits_sum_to_the_score(dimensions: int, histories: EventLog, data: st.DataObject) -> None:
    model = fitted(dimensions)
    items = np.array(data.draw(st.lists(st.integers(0, ITEMS - 1), min_size=1, max_size=4)), dtype=np.int32)
    scores = model.score(histories)
    names, base, shares = model.parts(histories, np.tile(items, (histories.users, 1)))
    assert names == ("bilinear",)
    assert base + shares.sum(2) == pytest.approx(scores[:, items], abs=1e-4)
    for user in range(histories.users):
        history = one(histories, user)
        found = model.explain(history, items)
        assert found.scores == pytest.approx(scores[user, items], abs=1e-4)
        assert found.component_base + found.component_shares.sum(1) == pytest.approx(found.scores, abs=1e-4)
        assert found.event_base + found.event_shares.sum(1) == pytest.approx(found.scores, abs=1e-4)
        assert not found.event_errors.any()
        nothing = model.score(log_of([[]], ITEMS))[0, items]
        assert found.event_base == pytest.approx(nothing, abs=1e-4), "the base is a user who did nothing"


def test_a_score_is_xwi_plus_b_of_the_matrix_that_is_shown() -> None:
    histories = random_log(5, ITEMS, seed=3)
    found = item_features(catalogue_of(ITEMS).categories, VECTORS, SMALL.tags, SMALL.language)
    profile = behaviour_profiles(histories, fading(histories, SMALL.decay, SMALL.history), found.values)
    for model in (fitted(), fitted(5)):
        x = model._read(profile)
        assert x.shape[1] == len(model.matrix().rows)
        scores = similarity(x, model.matrix().values, model.state()[0]["items"], model.state()[0]["bias"])
        assert model.score(histories) == pytest.approx(scores, abs=1e-4)
    assert fitted(5).matrix().rows[1].startswith("component 1 (")


@given(logs(items=6), st.floats(0.2, 1.0), st.integers(1, 5))
def test_training_sees_what_came_before_as_scoring_does(log: EventLog, decay: float, longest: int) -> None:
    features = VECTORS[:6, :3]
    prefixes = Prefixes(log, features, decay, longest)
    found = prefixes.profiles(prefixes.targets)
    for row, target in enumerate(prefixes.targets):
        user = int(prefixes.log.user[target])
        before = prefixes.log.take((prefixes.log.user == user) & (np.arange(prefixes.log.events) < target))
        wanted = behaviour_profiles(before, fading(before, decay, longest), features)[user]
        assert found[row] == pytest.approx(wanted, abs=1e-5)


def test_the_same_seed_gives_the_same_model_and_another_one_another() -> None:
    log, catalogue = planted(60)
    first, second, third = (Bilinear(replace(SMALL, seed=seed), VECTORS) for seed in (1, 1, 2))
    for model in (first, second, third):
        model.fit(log, catalogue, Progress())
    assert (first.score(log) == second.score(log)).all()
    assert (first.score(log) != third.score(log)).any()


@pytest.mark.parametrize("dimensions", [0, 5])
def test_a_state_is_all_of_the_model(dimensions: int) -> None:
    model = fitted(dimensions)
    tensors, facts = model.state()
    back = rebuild("bilinear", {name: array.copy() for name, array in tensors.items()}, facts)
    assert isinstance(back, Bilinear)
    log = random_log(20, ITEMS, seed=5)
    assert (back.score(log) == model.score(log)).all()
    assert back.matrix().rows == model.matrix().rows
    with pytest.raises(SeqlensError, match="damaged"):
        rebuild("bilinear", tensors | {"weights": tensors["weights"][:, :-1]}, facts)
    with pytest.raises(SeqlensError, match="damaged"):
        rebuild("bilinear", {}, facts)


def test_a_serving_fit_has_the_same_settings_and_vectors() -> None:
    serving = again(fitted())
    assert isinstance(serving, Bilinear)
    assert (serving.settings, serving.vectors is VECTORS) == (SMALL, True)


def test_a_dislike_is_read_as_what_it_is() -> None:
    log, catalogue = planted(60)
    disliked = log_of([[(int(item), 1), int(item) + 1] for item in log.item[::8] if item + 1 < ITEMS], ITEMS)
    model = Bilinear(SMALL, None)
    model.fit(disliked, catalogue, Progress())
    assert (model.score(log_of([[(3, 1)]], ITEMS)) != model.score(log_of([[3]], ITEMS))).any()


def test_without_features_it_says_so() -> None:
    import pyarrow as pa

    bare = replace(catalogue_of(ITEMS), categories=pa.array([None] * ITEMS, pa.string()))
    model = create("bilinear", None)
    with pytest.raises(SeqlensError, match="no features"):
        model.fit(random_log(5, ITEMS), bare, Progress())
    with pytest.raises(SeqlensError, match="not been"):
        model.score(random_log(5, ITEMS))


def test_training_can_be_stopped() -> None:
    class Impatient(Progress):
        def report(self, fraction: float, message: str, figures: dict[str, float | int | str]) -> None:
            del message, figures
            if fraction > 0.3:
                self.cancel()

    with pytest.raises(Cancelled):
        Bilinear(SMALL, VECTORS).fit(random_log(200, ITEMS), catalogue_of(ITEMS), Impatient())


def test_settings_that_cannot_be_are_told() -> None:
    for wrong in ({"decay": 0.0}, {"negatives": 0.0}, {"epochs": 0}):
        with pytest.raises(SeqlensError, match="above 0"):
            create("bilinear", VECTORS, options={"bilinear": wrong})


def test_tags_are_parted_where_categories_are_made_of_them() -> None:
    import pyarrow as pa

    names, has = tag_columns(pa.array(["Outdoor & Garden|Tools", None, "Tools", "Clothing, Shoes"]), 10)
    assert names == ("Tools", "Clothing", "Outdoor & Garden", "Shoes")
    assert has.tolist() == [[1, 0, 1, 0], [0, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 1]]
    genres = ["Drama War", "War Crime", "Crime Drama", "Drama War Crime", "Drama", "War", "Crime", "War Drama"]
    names, has = tag_columns(pa.array(genres), 2)
    assert names == ("Drama", "War")
    assert has.sum(0).tolist() == [5, 5]
    assert tag_columns(pa.array([None, None], pa.string()), 5)[1].shape == (2, 0)
