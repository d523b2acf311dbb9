"""A sequence replayed in blocks is the sequence replayed step by step, and tells what the model had learnt from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.evaluation import ranking
from core.evaluation.split import Split, leave_last_n, leave_one_out, time_split, user_folds
from core.models.available import create
from core.models.base import Recommender
from core.progress import Cancelled, Progress
from core.recommend import replay
from core.recommend.replay import Part, Replay, parts_of, refining
from core.sequences.log import EventLog
from tests.logs import DISLIKE, NO_CATALOGUE, head, log_of, logs, one, random_log

ITEMS = 30


@pytest.fixture(scope="module")
def model() -> Recommender:
    fitted = create("transitions")
    fitted.fit(random_log(200, ITEMS), NO_CATALOGUE, Progress())
    return fitted


def replayed(model: Recommender, history: EventLog, hide: bool) -> Replay:
    return Replay(model, history, np.zeros(history.events, np.uint8), hide)


def naive(model: Recommender, history: EventLog, step: int, hide: bool) -> int:
    """The rank by the book: one history at a time, counting who is not below the truth."""
    before = head(history, np.array([step]))
    scores, truth = model.score(before)[0], int(history.item[step])
    seen = set(before.item.tolist()) - {-1} if hide else set()
    if truth in seen:
        return 0
    return sum(1 for item in range(history.items) if item not in seen and not scores[item] < scores[truth])


@settings(deadline=None)
@given(log=logs(items=ITEMS, users=1, longest=14), hide=st.booleans())
def test_blocks_and_a_loop_give_the_same_ranks(model: Recommender, log: EventLog, hide: bool) -> None:
    found = replayed(model, log, hide)
    assert found.targets.tolist() == [
        event for event in range(log.events) if log.item[event] >= 0 and log.behaviour[event] != DISLIKE
    ]
    ranks = found.ranks(found.targets[::-1].copy(), Progress())[::-1]
    assert ranks.tolist() == [naive(model, log, int(step), hide) for step in found.targets]


def test_small_blocks_change_nothing_and_can_be_stopped(model: Recommender, monkeypatch: pytest.MonkeyPatch) -> None:
    history = log_of([list(range(25)) * 3], ITEMS)
    found, progress = replayed(model, history, False), Progress()
    whole = found.ranks(found.targets, Progress())
    monkeypatch.setattr(replay, "EVENTS", 40)
    assert found.ranks(found.targets, Progress()).tolist() == whole.tolist()
    monkeypatch.setattr("core.evaluation.ranking.blocks.__defaults__", (ITEMS * 4 * 7, None))
    assert found.ranks(found.targets, Progress()).tolist() == whole.tolist()
    progress.cancel()
    with pytest.raises(Cancelled):
        found.ranks(found.targets, progress)


@settings(deadline=None)
@given(log=logs(items=ITEMS, users=1, longest=10), hide=st.booleans(), k=st.integers(1, 40))
def test_the_list_of_a_step_agrees_with_its_rank(model: Recommender, log: EventLog, hide: bool, k: int) -> None:
    found = replayed(model, log, hide)
    for step in range(log.events):
        shown = found.step(step, k, Progress())
        seen = set(log.item[:step].tolist()) - {-1} if hide else set()
        assert shown.candidates == ITEMS - len(seen)
        assert len(shown.items) == min(k, shown.candidates)
        assert (np.diff(shown.scores) <= 0).all()
        assert not seen & set(shown.items.tolist())
        if step not in found.targets:
            assert (shown.truth, shown.rank, str(shown.score)) == (-1, -1, "nan")
            continue
        assert shown.truth == log.item[step]
        assert shown.rank == naive(model, log, step, hide)
        assert shown.score == model.score(head(log, np.array([step])))[0, shown.truth]
        if 1 <= shown.rank <= k:
            assert shown.items[shown.rank - 1] == shown.truth
        else:
            assert shown.truth not in shown.items


def splits_of(log: EventLog) -> list[Split]:
    return [leave_one_out(log), leave_last_n(log, 2), user_folds(log, 3, 1), *([time_split(log)] if log.timed else [])]


@pytest.mark.parametrize("timed", [False, True])
def test_parts_are_what_the_split_did(timed: bool) -> None:
    rng = np.random.default_rng(3)
    users = [
        [(int(item), DISLIKE if rng.random() < 0.2 else 0) for item in rng.integers(-1, ITEMS, length)]
        for length in rng.integers(0, 12, 40)
    ]
    times = [sorted(rng.integers(0, 500, len(user)).tolist()) for user in users] if timed else None
    log = log_of(users, ITEMS, times)
    for split in splits_of(log):
        tested = 0
        for user in range(log.users):
            parts, history = parts_of(split, log, user), one(log, user)
            trained = split.train.block(user, user + 1)
            assert history.take(parts == Part.TRAINED).item.tolist() == trained.item.tolist()
            assert history.take(parts == Part.TRAINED).time.tolist() == trained.time.tolist()
            for part, cases in ((Part.VALIDATION, split.validation), (Part.TEST, split.test)):
                mine = np.flatnonzero(cases.users == user)
                assert history.item[parts == part].tolist() == cases.truth[mine].tolist()
                before = [int(step) for step in np.flatnonzero(parts == part)]
                assert before == cases.histories.lengths[mine].tolist() or split.protocol == "time"
                tested += len(before)
        assert tested == len(split.test.users) + len(split.validation.users)


@given(st.integers(0, 200), st.lists(st.integers(0, 199), max_size=4, unique=True))
def test_refining_takes_every_number_once_and_the_first_ones_first(count: int, wanted: list[int]) -> None:
    first = np.array([number for number in wanted if number < count], np.int64)
    order = refining(count, first).tolist()
    assert sorted(order) == list(range(count))
    assert set(order[: len(first)]) == set(first.tolist())


def test_any_beginning_of_refining_is_spread_evenly() -> None:
    order = refining(1024, np.zeros(0, np.int64))
    for taken in (16, 64, 256):
        assert np.diff(np.sort(order[:taken])).max() <= 1024 / taken * 2


def test_ranks_are_those_of_the_evaluation(model: Recommender) -> None:
    log = random_log(40, ITEMS, seed=5)
    split = leave_one_out(log)
    for case, user in enumerate(split.test.users[:10].tolist()):
        found = Replay(model, one(log, user), parts_of(split, log, user), False)
        step = np.flatnonzero(found.parts == Part.TEST)
        scores = model.score(split.test.histories.block(case, case + 1))
        histories = split.test.histories.block(case, case + 1)
        truth = ranking.truth_ranks(scores, histories, split.test.truth[case : case + 1], False)
        assert found.ranks(step, Progress()).tolist() == truth.tolist()
