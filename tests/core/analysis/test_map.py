"""Maps of a population: axes, layouts, groups and what is typical for them, nearest neighbours."""

from __future__ import annotations

import threading
import time

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score

from core.analysis import apart, clusters, naming, projection
from core.analysis.neighbours import nearest
from core.analysis.projection import Space
from core.errors import SeqlensError
from core.progress import Cancelled, Progress
from core.sequences.log import Behaviour, Catalogue
from tests.logs import log_of


def blobs(
    each: int = 60, groups: int = 3, width: int = 8, seed: int = 0
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Points around far centres, and which centre each belongs to."""
    rng = np.random.default_rng(seed)
    centres = 6 * np.eye(groups, width)
    truth = np.repeat(np.arange(groups), each)
    return (centres[truth] + rng.normal(size=(len(truth), width))).astype(np.float32), truth


def test_a_space_knows_who_has_a_vector() -> None:
    vectors = np.array([[3, 4], [0, 0], [0, 2]], dtype=np.float32)
    space = Space.of(vectors, Progress())
    assert space.codes.tolist() == [0, 2]
    assert (space.without, space.left_out) == (1, 0)
    assert np.allclose(space.vectors, [[0.6, 0.8], [0, 1]])
    assert sum(space.explained) == pytest.approx(1.0)
    few = Space.of(np.ones((50, 3), dtype=np.float32), Progress(), most=20, codes=np.arange(100, 150, dtype=np.int32))
    assert len(few.codes) == 20
    assert few.left_out == 30
    assert few.codes.min() >= 100
    assert (np.diff(few.codes) > 0).all()
    assert len(Space.of(np.zeros((4, 3), dtype=np.float32), Progress()).codes) == 0


@given(arrays(np.float32, st.tuples(st.integers(0, 12), st.integers(1, 4)), elements=st.floats(-9, 9, width=32)))
def test_every_layout_lies_in_the_plane(vectors: NDArray[np.float32]) -> None:
    space = Space.of(vectors, Progress())
    places = projection.pca(space)
    assert places.shape == (len(space.codes), 2)
    assert np.isfinite(places).all()
    assert np.abs(places).max(initial=0.0) <= 1.0 + 1e-5


def test_a_profile_is_what_the_user_chose_and_lately_most() -> None:
    log = log_of([[0, 1], [(0, 1)], []], items=3)  # the second user disliked the item 0
    found = projection.profiles(log, np.eye(3, dtype=np.float32))
    assert np.allclose(found, [[0.9, 1.0, 0.0], [0, 0, 0], [0, 0, 0]])


def test_tsne_keeps_neighbourhoods_and_places_the_rest_by_them() -> None:
    vectors, truth = blobs()
    space = Space.of(vectors, Progress())
    places = projection.tsne(space, Progress(), laid_out=120, iterations=300)
    assert places.shape == (180, 2)
    assert np.abs(places).max() <= 1.0 + 1e-5
    middles = np.stack([places[truth == group].mean(0) for group in range(3)])
    own = np.linalg.norm(places[:, None] - middles, axis=2).argmin(1)
    assert (own == truth).mean() > 0.97


def test_work_apart_stops_within_a_second() -> None:
    rng = np.random.default_rng(0)
    space = Space.of(rng.normal(size=(6000, 20)).astype(np.float32), Progress())
    progress, ended = Progress(), threading.Event()
    seen: list[BaseException] = []

    def work() -> None:
        try:
            projection.tsne(space, progress, iterations=5000)
        except Cancelled as stopped:
            seen.append(stopped)
        ended.set()

    threading.Thread(target=work).start()
    time.sleep(2.0)
    assert not ended.is_set()
    began = time.monotonic()
    progress.cancel()
    assert ended.wait(1.0)
    assert time.monotonic() - began < 1.0
    assert seen


def test_work_apart_says_why_it_failed() -> None:
    with pytest.raises(SeqlensError) as caught:
        apart.run("tsne", {}, {}, Progress(), lambda *_: None)
    assert "vectors" in str(caught.value)


def test_groups_are_found_and_numbered_by_size() -> None:
    vectors, truth = blobs()
    keep = np.concatenate((np.arange(30), np.arange(60, 180)))  # the first group is the smallest
    space = Space.of(vectors[keep], Progress())
    labels = clusters.kmeans(space.axes, 3, Progress())
    assert adjusted_rand_score(truth[keep], labels) > 0.95
    assert clusters.sizes(labels).tolist() == sorted(clusters.sizes(labels).tolist(), reverse=True)
    assert labels[:30].min() == labels[:30].max() == 2
    found = clusters.hdbscan(projection.pca(space), 15, Progress())
    assert adjusted_rand_score(truth[keep], found) > 0.8
    assert clusters.kmeans(space.axes[:1], 5, Progress()).tolist() == [0]


@given(arrays(np.int64, st.integers(0, 40), elements=st.integers(-1, 6)))
def test_numbering_by_size_keeps_the_groups(labels: NDArray[np.int64]) -> None:
    anew = clusters.by_size(labels)
    counts = clusters.sizes(anew)
    assert (np.diff(counts) <= 0).all()
    assert ((anew < 0) == (labels < 0)).all()
    pairs = set(zip(labels.tolist(), anew.tolist(), strict=True))
    assert len(pairs) == len({old for old, _ in pairs}) == len({new for _, new in pairs})


def test_the_nearest_are_those_of_the_largest_cosine() -> None:
    rng = np.random.default_rng(1)
    space = Space.of(rng.normal(size=(200, 6)).astype(np.float32), Progress())
    rows, alike = nearest(space, 17, 10)
    cosine = space.vectors @ space.vectors[17]
    expected = [row for row in np.argsort(-cosine, kind="stable") if row != 17][:10]
    assert rows.tolist() == expected
    assert (np.diff(alike) <= 0).all()
    assert len(nearest(Space.of(np.ones((1, 2), dtype=np.float32), Progress()), 0, 5)[0]) == 0


def shop() -> Catalogue:
    titles = [
        "Red oak table",
        "Oak chair",
        "Oak bench",
        "The steel pan",
        "Steel knife",
        "The large steel pot",
        "不锈钢锅",
        "不锈钢刀",
    ]
    categories = ["Furniture"] * 3 + ["Kitchen"] * 3 + ["厨具", "厨具"]
    empty = pa.array([None] * 8, pa.string())
    ids = pa.array([str(item) for item in range(8)])
    prices = np.ones(8, dtype=np.float32)
    return Catalogue(ids, pa.array(titles), pa.array(categories), empty, prices)


def test_groups_are_named_by_what_is_typical() -> None:
    behaviours = (Behaviour("view"), Behaviour("purchase"))
    rng = np.random.default_rng(0)
    wood = [[(int(item), 0) for item in rng.integers(0, 3, 6)] for _ in range(60)]
    steel = [[(int(item), 1) for item in rng.integers(3, 6, 4)] for _ in range(60)]
    chinese = [[(int(item), 0) for item in rng.integers(6, 8, 30)] for _ in range(60)]
    log = log_of([*wood, *steel, *chinese], items=8, behaviours=behaviours)
    terms = naming.vocabulary(shop())
    assert "steel" in terms.texts
    assert "the" not in terms.texts
    labels = np.repeat(np.arange(3, dtype=np.int32), 60)
    found = naming.typical_of_users(labels, np.arange(180, dtype=np.int32), log, terms)
    names = [[(term.kind, term.text) for term in group] for group in found]
    assert ("category", "Furniture") in names[0]
    assert ("word", "oak") in names[0]
    assert {("category", "Kitchen"), ("word", "steel"), ("behaviour", "purchase")} == set(names[1])
    assert ("word", "不锈钢") in names[2]  # and neither of its parts
    furniture = next(term for term in found[0] if term.text == "Furniture")
    assert furniture.inside == pytest.approx(1.0)
    assert furniture.outside == pytest.approx(0.0)
    of_items = naming.typical_of_items(np.array([0, 0, 0, -1, -1], np.int32), np.arange(5, dtype=np.int32), log, terms)
    assert len(of_items) == 1  # five items are too few to be sure of a word, but never too many groups


@given(st.integers(1, 5), st.data())
def test_log_odds_tell_more_from_less(groups: int, data: st.DataObject) -> None:
    votes = np.array(data.draw(st.lists(st.integers(1, 500), min_size=groups, max_size=groups)), dtype=float)
    shares = data.draw(arrays(np.float64, (groups, 3), elements=st.floats(0, 1)))
    surprise, inside, outside = naming.log_odds(shares * votes[:, None], votes)
    assert np.isfinite(surprise).all()
    assert np.allclose(inside, shares)
    assert ((outside >= 0) & (outside <= 1 + 1e-9)).all()
    if groups > 1:  # well above the others, the log-odds say so
        high = (inside - outside) * votes[:, None] > 60
        assert (surprise[high] > 0).all()
