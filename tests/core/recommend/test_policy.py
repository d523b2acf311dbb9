"""Lists by a policy: the order it promises, the rules it keeps, and what it costs."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core import listing, workflow
from core.cli import run
from core.errors import SeqlensError
from core.evaluation import ranking
from core.fitting import TrainSettings
from core.language.tags import ItemTags
from core.listing import ListRequest
from core.progress import Progress
from core.recommend import purpose
from core.recommend.calibration import divergence, mixes
from core.recommend.costs import Cost
from core.recommend.kinds import Kinds
from core.recommend.policy import KIND, Policy, broken, rules
from core.recommend.rerank import CANDIDATES, Knowledge, Ranker
from core.sequences.log import Catalogue, EventLog
from tests.logs import catalogue_of, log_of, random_log
from tests.shop import open_shop, read_before

ITEMS = 40


def unit(rng: np.random.Generator, items: int, width: int = 8) -> NDArray[np.float32]:
    vectors = rng.normal(size=(items, width))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@st.composite
def scenes(draw: st.DrawFn) -> tuple[EventLog, Knowledge, NDArray[np.float32], int]:
    """A log, what is known of its items, scores (some equal), and a length of lists."""
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    log = random_log(users=draw(st.integers(1, 5)), items=ITEMS, seed=int(rng.integers(1000)))
    vectors = unit(rng, ITEMS) if draw(st.booleans()) else None
    scores = np.round(rng.normal(size=(log.users, ITEMS)), draw(st.integers(0, 3))).astype(np.float32)
    return log, Knowledge(log, catalogue_of(ITEMS), vectors), scores, draw(st.integers(1, 15))


def names(items: NDArray[np.int32]) -> list[list[str]]:
    return [[f"{item:03d}" for item in row if item >= 0] for row in items]


def counted(knowledge: Knowledge, items: list[int]) -> NDArray[np.int64]:
    """How many of these items have each category."""
    own = knowledge.kinds.of(np.array(items, dtype=np.int64))
    return np.bincount(own[own >= 0], minlength=knowledge.kinds.count)


SLIDERS = st.floats(0, 1, allow_nan=False)


@given(scenes())
def test_a_policy_without_wishes_is_the_plain_order(
    scene: tuple[EventLog, Knowledge, NDArray[np.float32], int],
) -> None:
    log, knowledge, scores, k = scene
    plain, _ = ranking.top(scores, k)
    for policy in (Policy(), Policy(most=ITEMS), Policy(banned=("000",))):
        found = Ranker(policy, knowledge).order(log, scores, k).items
        if policy.banned:
            masked = scores.copy()
            masked[:, 0] = -np.inf
            assert found.tolist() == ranking.top(masked, k)[0].tolist()
        else:
            assert found.tolist() == plain.tolist()


@given(scenes(), SLIDERS, SLIDERS, st.floats(-1, 1, allow_nan=False), SLIDERS, st.integers(0, 4), st.data())
@settings(deadline=None)
def test_rules_hold_whatever_the_sliders_say(
    scene: tuple[EventLog, Knowledge, NDArray[np.float32], int],
    diversity: float,
    novelty: float,
    popularity: float,
    tastes: float,
    most: int,
    data: st.DataObject,
) -> None:
    log, knowledge, scores, k = scene
    ids = [f"{item:03d}" for item in range(ITEMS)]
    pinned = tuple(data.draw(st.lists(st.sampled_from(ids), max_size=3, unique=True)))
    banned = tuple(data.draw(st.lists(st.sampled_from([name for name in ids if name not in pinned]), unique=True)))
    stock = data.draw(st.none() | st.lists(st.sampled_from(ids), unique=True).map(tuple))
    policy = Policy("", diversity, novelty, popularity, tastes, ("category 1",), 3.0, 30.0, stock, most, pinned, banned)
    hidden = np.zeros(scores.shape, dtype=np.bool_)
    hidden[:, 7] = True
    found = Ranker(policy, knowledge).order(log, scores, k, hidden)
    catalogue = knowledge.catalogue
    for row, shown in enumerate(names(found.items)):
        assert len(set(shown)) == len(shown)
        assert tuple(shown[: len(pinned)]) == pinned[:k]
        assert not set(shown) & set(banned)
        rest = [int(name) for name in shown[len(pinned) :]]
        assert all(catalogue.categories[item].as_py() != "category 1" for item in rest)
        assert all(3.0 <= catalogue.prices[item] <= 30.0 for item in rest)
        assert stock is None or {f"{item:03d}" for item in rest} <= set(stock)
        assert 7 not in rest
        if most:
            count, pins = (counted(knowledge, [int(name) for name in each]) for each in (shown, pinned))
            assert (count <= np.maximum(most, pins)).all()
        there = found.items[row] >= 0
        assert found.scores[row, there].tolist() == scores[row, found.items[row, there]].tolist()


@given(st.data())
@settings(deadline=None)
def test_an_item_breaks_a_rule_just_where_the_rules_leave_it_out(data: st.DataObject) -> None:
    ids, bounds = [f"{item:03d}" for item in range(ITEMS)], st.none() | st.sampled_from([0.0, 8.99, 20.5, 60.0])
    some = st.lists(st.sampled_from(ids), unique=True).map(tuple)
    names = st.sampled_from(["category 0", "category 1", "category 2", "category 3"])
    low, high = data.draw(bounds), data.draw(bounds)
    if low is not None and high is not None:
        low, high = sorted((low, high))
    excluded = data.draw(st.lists(names, unique=True).map(tuple))
    stock, banned = data.draw(st.none() | some), data.draw(some)
    policy = Policy(excluded=excluded, cheapest=low, dearest=high, stock=stock, banned=banned)
    catalogue = catalogue_of(ITEMS)
    tags = ItemTags(catalogue.categories)
    allowed = rules(policy, catalogue, tags, ITEMS).allowed
    for item in range(ITEMS):
        found = broken(policy, catalogue, tags, item)
        assert bool(found) == (not allowed[item])
        assert ("banned", "") in found or ids[item] not in banned
        assert all(about in excluded for rule, about in found if rule == "excluded")


@given(scenes(), SLIDERS, SLIDERS)
@settings(deadline=None)
def test_calibration_lowers_the_divergence_the_more_it_counts(
    scene: tuple[EventLog, Knowledge, NDArray[np.float32], int], one: float, other: float
) -> None:
    log, knowledge, scores, k = scene
    wanted = mixes(log, knowledge.kinds)
    low, high = sorted((one, other))
    before = np.full(log.users, np.inf)
    for tastes in (0.0, low, high, 1.0):
        lists = Ranker(Policy(tastes=tastes), knowledge).order(log, scores, k).items
        now = divergence(wanted, lists, knowledge.kinds)
        assert (now <= before + 1e-9).all()
        before = now


def test_divergence_is_that_of_the_definition() -> None:
    wanted = np.array([[0.5, 0.5, 0.0]])
    each = np.arange(3, dtype=np.int32)
    categories = Kinds(each, each[:, None], 3)
    assert divergence(wanted, np.array([[0, 1, -1]], dtype=np.int32), categories)[0] == pytest.approx(0.0)
    q = 0.99 * np.array([1.0, 0.0]) + 0.01 * 0.5
    expected = (0.5 * np.log(0.5 / q)).sum()
    assert divergence(wanted, np.array([[0]], dtype=np.int32), categories)[0] == pytest.approx(expected)


GENRES = st.lists(st.lists(st.sampled_from("abcdef"), max_size=3, unique=True), min_size=4, max_size=14)


def tagged(tags: list[list[str]]) -> Catalogue:
    """A catalogue whose items have several categories each."""
    return replace(catalogue_of(len(tags)), categories=pa.array(["|".join(own) or None for own in tags], pa.string()))


@given(GENRES, st.integers(0, 1000), st.integers(1, 6), st.floats(0.05, 1.0))
@settings(deadline=None)
def test_tastes_are_kept_by_the_equal_shares_of_several_categories(
    tags: list[list[str]], seed: int, k: int, weight: float
) -> None:
    """Steck's formulas, word for word: p(g|u), q(g|u), KL with α, and the greedy choice; "-" is of no category."""
    items = len(tags)
    log = random_log(users=1, items=items, seed=seed)
    knowledge = Knowledge(log, tagged(tags), None)
    given_ = [{tag: 1 / len(own) for tag in own} if own else {"-": 1.0} for own in tags]

    def mix(chosen: list[int], length: float) -> dict[str, float]:
        return {tag: sum(given_[item].get(tag, 0.0) for item in chosen) / max(length, 1) for tag in "abcdef-"}

    liked = log.item[log.positive].tolist()
    wanted = mix(liked, len(liked))

    def kl(chosen: list[int], length: int) -> float:
        shown = mix(chosen, length)
        mixed = {tag: 0.99 * shown[tag] + 0.01 * wanted[tag] for tag in shown}
        return float(sum(p * np.log(p / mixed[tag]) for tag, p in wanted.items() if p > 0))

    worth = np.linspace(1.0, 0.0, items)  # what scores in this order are brought to
    made = Ranker(Policy(tastes=weight), knowledge).order(log, worth[None].astype(np.float32), k).items[0]
    length, chosen = min(k, items), []
    for place in range(length):
        gains = {
            item: (1 - weight) * worth[item] + weight * (kl(chosen, k) - kl([*chosen, item], k))
            for item in range(items)
            if item not in chosen
        }
        assert gains[int(made[place])] == pytest.approx(max(gains.values()), abs=1e-6)
        chosen.append(int(made[place]))
    found = divergence(mixes(log, knowledge.kinds), made[None, :length], knowledge.kinds)[0]
    assert found == pytest.approx(kl(chosen, length) if liked else 0.0, abs=1e-9)


@given(GENRES, st.integers(1, 3), st.integers(1, 14))
@settings(deadline=None)
def test_limits_and_exclusions_hold_for_each_of_several_categories(tags: list[list[str]], most: int, k: int) -> None:
    log = random_log(users=2, items=len(tags), seed=k)
    knowledge = Knowledge(log, tagged(tags), None)
    scores = np.random.default_rng(k).normal(size=(2, len(tags))).astype(np.float32)
    for row, scored in zip(Ranker(Policy(most=most), knowledge).order(log, scores, k).items, scores, strict=True):
        shown = [int(item) for item in row if item >= 0]
        taken: list[int] = []  # by hand: the best ones of which no category is full
        for item in np.argsort(-scored, kind="stable").tolist():
            own = tags[item] or ["-"]
            full = any(sum(tag in (tags[other] or ["-"]) for other in taken) >= most for tag in own)
            if not full and len(taken) < k:
                taken.append(item)
        assert shown == taken
    known = sorted({tag for own in tags for tag in own})
    if known:
        found = Ranker(Policy(excluded=(known[0],)), knowledge).order(log, scores, k).items
        listed = {int(item) for row in found for item in row if item >= 0}
        assert listed <= {item for item, own in enumerate(tags) if known[0] not in own}
        allowed = Ranker(Policy(excluded=(known[0],)), knowledge).rules.allowed
        assert allowed.tolist() == [known[0] not in own for own in tags]


def test_diversity_novelty_and_popularity_do_what_they_say() -> None:
    rng = np.random.default_rng(0)
    log = random_log(users=50, items=200, seed=1)
    vectors = unit(rng, 200)
    knowledge = Knowledge(log, catalogue_of(200), vectors)
    scores = rng.normal(size=(50, 200)).astype(np.float32)

    def alike(items: NDArray[np.int32]) -> float:
        shown = knowledge.axes[items]  # type: ignore[index]
        return float(np.einsum("nid,njd->nij", shown, shown).mean())

    plain, diverse = (Ranker(Policy(diversity=d), knowledge).order(log, scores, 10).items for d in (0.0, 0.7))
    assert alike(diverse) < alike(plain) - 0.05

    def popular(weight: float) -> float:
        lists = Ranker(Policy(popularity=weight), knowledge).order(log, scores, 10).items
        return float(knowledge.popularity[lists].mean())

    assert popular(-1.0) < popular(0.0) < popular(1.0)

    def known(weight: float) -> float:
        lists = Ranker(Policy(novelty=weight), knowledge).order(log, scores, 10).items
        axes = knowledge.axes
        assert axes is not None
        near = [
            float((axes[lists[u]] @ axes[log.item[log.offsets[u] : log.offsets[u + 1]]].T).max(1).mean())
            for u in range(50)
        ]
        return float(np.mean(near))

    assert known(1.0) < known(0.0)
    # By hand: of two twins and a stranger, the stranger stands between the twins.
    few = Knowledge(log_of([[0]], 3), catalogue_of(3), np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32))
    order = Ranker(Policy(diversity=0.6), few).order(few.log, np.array([[3.0, 2.9, 2.0]], dtype=np.float32), 3).items
    assert order.tolist() == [[0, 2, 1]]


def test_twelve_thousand_items_take_under_fifty_milliseconds() -> None:
    rng = np.random.default_rng(0)
    items = 12_000
    log = random_log(users=200, items=items, seed=2, longest=60)
    catalogue = Catalogue(
        ids=pa.array([str(item) for item in range(items)]),
        titles=pa.nulls(items, pa.string()),
        categories=pa.array([f"c{item % 300}" for item in range(items)]),
        descriptions=pa.nulls(items, pa.string()),
        prices=np.full(items, 10, dtype=np.float32),
    )
    knowledge = Knowledge(log, catalogue, unit(rng, items, 384))
    everything = Policy("", 0.5, 0.5, 0.3, 0.5, ("c1",), 1.0, 20.0, None, 3, ("5",), ("6",))
    ranker = Ranker(everything, knowledge)
    history, scores = log.block(0, 1), rng.normal(size=(1, items)).astype(np.float32)
    ranker.order(history, scores, 10)
    taken = []
    for _ in range(9):
        start = time.perf_counter()
        assert (ranker.order(history, scores, 10).items >= 0).all()
        taken.append(time.perf_counter() - start)
    assert float(np.median(taken)) < 0.05


def test_a_policy_is_the_same_after_json_and_refuses_nonsense() -> None:
    policy = Policy("purchase", 0.1, 0.2, -0.3, 0.4, ("a",), 1.0, 2.0, ("x",), 3, ("p",), ("b",))
    assert Policy.from_dict({**policy.to_dict(), "later": 1, "stock": ["x"], "pinned": ["p"]}) == policy
    assert Policy().plain
    assert not policy.plain
    for wrong in ({"diversity": 1.1}, {"popularity": -2.0}, {"most": -1}, {"cheapest": 2.0, "dearest": 1.0}):
        with pytest.raises(SeqlensError):
            Policy(**wrong)  # type: ignore[arg-type]
    with pytest.raises(SeqlensError, match="pinned and banned"):
        Policy(pinned=("x",), banned=("x",))
    knowledge = Knowledge(random_log(3, ITEMS), catalogue_of(ITEMS), None)
    with pytest.raises(SeqlensError, match="no item nothing"):
        Ranker(Policy(pinned=("nothing",)), knowledge)
    with pytest.raises(SeqlensError, match="no category"):
        Ranker(Policy(excluded=("nothing",)), knowledge)


# ------------------------------------------------------------------------------------------------ targets


class Scores:
    """A scorer with a column of truth in it: where it is sure, the item follows more often."""

    def __init__(self, scores: NDArray[np.float32]) -> None:
        self.scores, self.place = scores, 0

    def score(self, histories: EventLog) -> NDArray[np.float32]:
        found = self.scores[self.place : self.place + histories.users]
        self.place += histories.users
        return found


def test_reliability_bins_hold_as_many_expected_events() -> None:
    rng = np.random.default_rng(0)
    probability = rng.random(100_000) ** 6
    happened = rng.random(100_000) < probability
    predicted, observed, counts = purpose.reliability(probability, happened)
    assert counts.sum() == 100_000
    assert (np.diff(predicted) > 0).all()
    np.testing.assert_allclose(predicted * counts, probability.sum() / 10, rtol=0.02)
    np.testing.assert_allclose(observed, predicted, atol=0.02)


def test_probabilities_are_those_that_come_true(tmp_path: Path) -> None:
    with open_shop(tmp_path / "a.seqlens") as workspace:
        workflow.train(workspace, TrainSettings(model="transitions"), Progress())
        found = workflow.calibrate(workspace, "", None, Progress())
        assert found.cases == 60
        assert found.followed >= 50
        expected = sum(p * n for p, n in zip(found.predicted, found.counts, strict=True))
        happened = sum(p * n for p, n in zip(found.observed, found.counts, strict=True))
        assert happened == pytest.approx(found.followed)
        assert expected == pytest.approx(happened, rel=0.15)
        assert workflow.calibrate(workspace, "", None, Progress()) == found  # kept
        with pytest.raises(SeqlensError, match="no behaviour"):
            workflow.calibrate(workspace, "nothing", None, Progress())
        with pytest.raises(SeqlensError, match="Only 0 validation events"):
            workflow.calibrate(workspace, "purchase", None, Progress())  # these are all at the end: the test's


def test_a_target_lifts_what_is_bought() -> None:
    from core.evaluation.split import Cases, Split
    from core.sequences.log import Behaviour

    rng = np.random.default_rng(0)
    users, items = 400, 30
    behaviours = (Behaviour("view"), Behaviour("purchase"))
    # The second half of the items is bought, the first half is looked at.
    events = [[(int(item), int(item >= 15)) for item in rng.integers(0, items, 12)] for _ in range(users)]
    log = log_of(events, items, behaviours=behaviours)
    truth = rng.integers(0, items, users).astype(np.int32)
    scores = rng.normal(size=(users, items)).astype(np.float32)
    scores[np.arange(users), truth] += 2
    cases = Cases(np.arange(users, dtype=np.int32), log, truth, (truth >= 15).astype(np.uint8))
    split = Split("users", None, log, cases, cases, 0)
    anything = purpose.fit(Scores(scores), split, "", False, Progress())
    bought = purpose.fit(Scores(scores), split, "purchase", False, Progress())
    assert anything.error < 0.3
    assert bought.error < 0.3
    knowledge = Knowledge(log, catalogue_of(items), None)
    plain = Ranker(Policy(), knowledge).order(log, scores, 5).items
    aimed = Ranker(Policy(target="purchase"), knowledge, bought).order(log, scores, 5)
    assert (aimed.items >= 15).mean() > (plain >= 15).mean() + 0.3
    assert ((aimed.probability > 0) & (aimed.probability < 1)).all()
    assert (np.diff(aimed.probability, axis=1) <= 1e-12).all()


# ------------------------------------------------------------------------------------------------ the whole


def test_policies_reach_lists_files_and_costs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "a.seqlens"
    with open_shop(place) as workspace:
        read_before(workspace)
        record = workflow.train(workspace, TrainSettings(model="transitions"), Progress())
        plain = listing.recommend(workspace, 0, Progress(), ListRequest(k=5))
        policy = Policy(diversity=0.5, most=2, pinned=("i3",), banned=(f"i{plain.items[0]}",))
        workspace.saved.put(KIND, "spring", policy.to_dict())
        spring = ListRequest(k=5, policy=listing.policy_named(workspace, "spring"))
        made = listing.recommend(workspace, 0, Progress(), spring)
        assert made.items[0] == 3
        assert plain.items[0] not in made.items
        np.testing.assert_allclose(made.base + made.shares.sum(1), made.scores, atol=1e-4)
        found = workflow.policy_cost(workspace, policy, record.id, Progress())
        assert (found.cases, found.of, found.k) == (60, 60, 10)
        assert found.plain.ndcg == pytest.approx(record.metrics["ndcg@10"])
        assert found.low <= found.difference <= found.high
        assert found.policy.ndcg - found.plain.ndcg == pytest.approx(found.difference)
        assert Cost.from_dict(found.to_dict()) == found
        nothing = workflow.policy_cost(
            workspace, replace(policy, pinned=(), banned=(), diversity=0.0, most=0), None, Progress()
        )
        assert (nothing.difference, nothing.low, nothing.high) == (0.0, 0.0, 0.0)
        aimed = listing.recommend(workspace, 0, Progress(), ListRequest(k=5, policy=Policy(target="view")))
        assert aimed.probability is not None
        assert (np.diff(aimed.probability) <= 0).all()
        with pytest.raises(SeqlensError, match="no policy"):
            listing.policy_named(workspace, "autumn")
    out = tmp_path / "lists.json"
    words = ["recommend", "--workspace", str(place), "--user", "user 00", "-k", "5", "--policy", "spring", "--out"]
    assert run([*words, str(out)]) == 0
    import json

    rows = json.loads(out.read_text(encoding="utf-8"))
    assert [row["item_id"] for row in rows] == [f"i{item}" for item in made.items]
    assert run([*words[:-2], "autumn", "--out", str(out)]) == 1
    assert "no policy autumn" in capsys.readouterr().err


def test_a_list_of_all_users_is_the_list_of_each(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    policy = Policy("view", 0.4, 0.3, -0.2, 0.5, most=3)
    with open_shop(tmp_path / "a.seqlens") as workspace:
        read_before(workspace)
        workflow.train(workspace, TrainSettings(model="transitions"), Progress())
        out = tmp_path / "lists.parquet"
        listing.export(workspace, out, Progress(), k=5, policy=policy)
        rows = pq.read_table(out).to_pylist()
        assert all(0 < row["probability"] < 1 for row in rows)
        for user in (0, 33, 59):
            own = [int(row["item_id"][1:]) for row in rows if row["user_id"] == f"user {user:02d}"]
            assert own == listing.recommend(workspace, user, Progress(), ListRequest(k=5, policy=policy)).items.tolist()
    assert CANDIDATES == 200
