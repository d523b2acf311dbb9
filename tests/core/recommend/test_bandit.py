"""Learning weights from thumbs: what must hold of any, and that the weights go where the thumbs point."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.models.hybrid import Hybrid
from core.models.popularity import Popularity
from core.models.transitions import Transitions
from core.recommend import bandit
from core.recommend.bandit import Bandit, Thumb, reweighted
from tests.shop import ITEMS, open_shop

NAMES = ("transitions", "content", "popularity")
START = Bandit({"transitions": 0.5, "content": 0.3, "popularity": 0.2})

thumbs = st.builds(
    Thumb,
    st.integers(0, 12),
    st.tuples(*[st.floats(-4, 4)] * 3),
    st.booleans(),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(thumbs, max_size=25))
def test_weights_stay_weights_whatever_is_said(said: list[Thumb]) -> None:
    learned = START
    for thumb in said:
        learned = learned.told(thumb)
    for weights in (learned.expected, learned.drawn()):
        assert tuple(weights) == NAMES
        assert all(0 <= weight <= 1 for weight in weights.values())
        assert sum(weights.values()) == pytest.approx(1.0)
    assert learned.drawn() == learned.drawn()
    assert len({thumb.item for thumb in learned.thumbs}) == len(learned.thumbs)
    mean, precision = learned.posterior
    assert np.isfinite(mean).all()
    assert (np.linalg.eigvalsh(precision) > 0).all()
    again = Bandit(START.weights, learned.thumbs)
    assert np.allclose(again.posterior[0], mean, atol=1e-6)


def test_before_a_thumb_and_after_all_are_taken_back_the_weights_are_the_trained_ones() -> None:
    assert START.drawn() == START.expected == dict(START.weights)
    told = START.told(Thumb(3, (1.0, -1.0, 0.0), True)).told(Thumb(4, (0.0, 2.0, 1.0), False))
    assert told.expected != pytest.approx(dict(START.weights))
    assert told.without(3).without(4).drawn() == dict(START.weights)


def test_weights_follow_the_component_that_the_thumbs_agree_with() -> None:
    rng = np.random.default_rng(0)
    learned = START
    for item in range(40):
        shares = rng.standard_normal(3)
        learned = learned.told(Thumb(item, tuple(shares.tolist()), bool(shares[2] > 0)))
    assert learned.expected["popularity"] > 0.35
    assert learned.expected["popularity"] == max(learned.expected.values())


def test_the_posterior_is_that_of_the_mode() -> None:
    """One step against a direct search over the log-posterior."""
    from scipy.optimize import minimize

    thumb = Thumb(0, (0.7, -1.2, 0.4), True)
    mean, precision = START.posterior

    def loss(m: np.ndarray) -> float:
        x = np.append(thumb.given, 1.0)
        return float(0.5 * (m - mean) @ precision @ (m - mean) + np.log1p(np.exp(-(x @ m))))

    found = minimize(loss, mean, tol=1e-12).x
    assert np.allclose(START.told(thumb).posterior[0], found, atol=1e-4)


def test_what_a_component_gave_is_told_beyond_the_mean_item() -> None:
    shares = [[1.0, 0.0], [3.0, 0.0], [2.0, 0.0]]
    assert bandit.given(shares, 1) == pytest.approx((1 / np.std([1, 3, 2]), 0.0))
    assert bandit.given([[1.0, 2.0]], 0) == (0.0, 0.0)


def test_a_hybrid_with_other_weights_scores_as_they_say(tmp_path_factory: pytest.TempPathFactory) -> None:
    from core.progress import Progress

    with open_shop(tmp_path_factory.mktemp("bandit") / "w.seqlens") as workspace:
        log, catalogue = workspace.log(), workspace.catalogue()
        hybrid = Hybrid([Popularity(), Transitions()])
        hybrid.fit(log, catalogue, Progress())
        history = log.block(0, 3)
        before = hybrid.score(history)
        alone = reweighted(hybrid, {"popularity": 0.0, "transitions": 1.0})
        names, base, shares = alone.parts(history, np.arange(ITEMS, dtype=np.int32)[None].repeat(3, 0))
        assert names == ("popularity", "transitions")
        assert not shares[:, :, 0].any()
        assert np.allclose(base + shares.sum(-1), alone.score(history), atol=1e-5)
        assert np.array_equal(hybrid.score(history), before)  # what is stored stays
        assert reweighted(hybrid.models["popularity"], {"x": 1.0}) is hybrid.models["popularity"]
