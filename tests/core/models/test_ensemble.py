"""Several networks as one model: their scores are averaged, time decides their number, a stop loses none of them."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.models import ensemble
from core.models.ensemble import TransformerEnsemble
from core.models.network import TransformerSettings
from core.models.transformer import SequenceTransformer
from core.progress import Cancelled, Progress
from tests.checkpoints import MemoryCheckpoint
from tests.core.models.test_transformer import CATALOGUE, ITEMS, SMALL, held_out, one_user, walks
from tests.standing import Standing

TWO = replace(SMALL, epochs=3, members=2)


@pytest.fixture(scope="module")
def vectors() -> NDArray[np.float32]:
    return np.random.default_rng(1).normal(size=(ITEMS, 24)).astype(np.float32)


@pytest.fixture(scope="module")
def model(vectors: NDArray[np.float32]) -> TransformerEnsemble:
    train, cases = held_out(walks())
    fitted = TransformerEnsemble(TWO, vectors, "cpu")
    fitted.fit_validated(train, CATALOGUE, cases, False, Progress(), MemoryCheckpoint())
    return fitted


class StopsAt(Progress):
    """Pressed when the given epoch, counted over all networks, is under way."""

    def __init__(self, epoch: int) -> None:
        super().__init__()
        self.epoch, self.seen = epoch, set[tuple[int, int]]()

    def report(self, _: float, message: str, figures: dict[str, float | int | str]) -> None:
        if message.startswith("Training"):
            self.seen.add((int(figures["epoch"]), int(figures["epochs"])))
            if figures["epoch"] == self.epoch:
                self.cancel()


def test_scores_are_the_mean_of_networks_that_differ(model: TransformerEnsemble) -> None:
    log = walks(30, seed=4)
    one, two = (member.score(log) for member in model.members)
    assert not np.allclose(one, two, atol=0.1)
    np.testing.assert_allclose(model.score(log), (one + two) / 2, atol=1e-5)
    assert [figures["epoch"] for figures in model.curve] == list(range(1, 7))


def test_an_explanation_sums_to_the_score(model: TransformerEnsemble) -> None:
    history = one_user(walks(), int(walks().lengths.argmax()))
    items = np.array([0, 5, 17], dtype=np.int32)
    found = model.explain(history, items)
    np.testing.assert_allclose(found.scores, model.score(history)[0][items])
    np.testing.assert_allclose(found.event_base + found.event_shares.sum(1), found.scores, atol=1e-4)


def test_state_gives_back_the_same_scores_and_keeps_the_vectors_once(model: TransformerEnsemble) -> None:
    tensors, settings = model.state()
    assert [name for name in tensors if name.endswith("vectors")] == ["vectors"]
    again = TransformerEnsemble.from_state(tensors, json.loads(json.dumps(settings)), "cpu")
    log = walks(40, seed=9)
    assert np.array_equal(again.score(log), model.score(log))
    assert again.curve == model.curve
    with pytest.raises(SeqlensError, match="damaged"):
        TransformerEnsemble.from_state({}, settings)


@pytest.mark.parametrize("epoch", [2, 5])
def test_a_stop_in_any_network_resumes_to_the_same_end(
    model: TransformerEnsemble, vectors: NDArray[np.float32], epoch: int
) -> None:
    train, cases = held_out(walks())
    place, stopped, resumed = MemoryCheckpoint(), *(TransformerEnsemble(TWO, vectors, "cpu") for _ in range(2))
    stops = StopsAt(epoch)
    with pytest.raises(Cancelled):
        stopped.fit_validated(train, CATALOGUE, cases, False, stops, place)
    assert (epoch, 6) in stops.seen, "epochs are counted over all networks"
    kept = place.load()
    assert kept is not None
    assert [figures["epoch"] for figures in kept[1]["curve"]] == list(range(1, epoch))  # type: ignore[attr-defined]
    resumed.fit_validated(train, CATALOGUE, cases, False, Progress(), place)
    assert np.array_equal(resumed.score(train), model.score(train))
    told = [{**figures, "seconds": 0, "events_per_second": 0, "memory_mb": 0} for figures in resumed.curve]
    assert told == [{**figures, "seconds": 0, "events_per_second": 0, "memory_mb": 0} for figures in model.curve]


@pytest.mark.parametrize(("epoch", "members"), [(2, 1), (4, 1), (5, 2)])
def test_the_best_so_far_is_what_was_trained(vectors: NDArray[np.float32], epoch: int, members: int) -> None:
    train, cases = held_out(walks())
    place, stopped = MemoryCheckpoint(), TransformerEnsemble(TWO, vectors, "cpu")
    with pytest.raises(Cancelled):
        stopped.fit_validated(train, CATALOGUE, cases, False, StopsAt(epoch), place)
    finished = TransformerEnsemble(TWO, vectors, "cpu")
    finished.fit_validated(train, CATALOGUE, cases, False, Progress(), place, finish=True)
    assert len(finished.members) == members
    assert finished.unfitted().settings.members == members


def test_the_serving_fit_has_as_many_networks_and_the_chosen_epochs(model: TransformerEnsemble) -> None:
    serving = model.unfitted()
    best = [member.outcome.best_epoch for member in model.members]
    assert (serving.settings.members, serving.settings.last_epoch) == (2, round(np.mean(best)))
    serving.fit(walks(), CATALOGUE, Progress())
    assert len(serving.members) == 2
    first, second = (member.score(walks(5)) for member in serving.members)
    assert not np.allclose(first, second, atol=0.1)


def test_time_decides_how_much_is_trained(monkeypatch: pytest.MonkeyPatch) -> None:
    log = walks()
    usual = TransformerSettings().suited(log).epochs or 0

    def planned(effort: str, speed: float) -> tuple[int, int]:
        monkeypatch.setattr(SequenceTransformer, "speed", lambda *_: speed)
        plan = TransformerEnsemble(TransformerSettings(effort=effort), None, "cpu")._planned(log, Progress())
        return plan.members or 0, plan.epochs or 0

    assert planned("standard", 1e9) == (ensemble.MEMBERS["standard"], usual)
    assert planned("thorough", 1e9) == (ensemble.MEMBERS["thorough"], usual)
    enough_for_two = 2.6 * usual * log.events / ensemble.SECONDS["standard"] / ensemble.SHARE_TRAINED
    assert planned("standard", enough_for_two) == (2, usual)
    assert planned("standard", enough_for_two / 5) == (1, usual // 2)
    assert planned("standard", 1e-9) == (1, 1)
    with pytest.raises(SeqlensError, match="quick, standard"):
        TransformerSettings(effort="magic")


def test_what_a_training_stood_still_does_not_decide_how_much_is_learned(vectors: NDArray[np.float32]) -> None:
    train, _ = held_out(walks())
    model = SequenceTransformer(replace(SMALL, epochs=1), vectors, "cpu")
    model.speed(train, Progress())  # what is imported and read once
    quiet, standing = model.speed(train, Progress()), model.speed(train, Standing(0.2))
    assert standing > quiet / 4  # it would be a hundredth


def test_speed_is_measured_and_changes_nothing(vectors: NDArray[np.float32]) -> None:
    train, _ = held_out(walks())
    fresh, measured = (SequenceTransformer(replace(SMALL, epochs=1), vectors, "cpu") for _ in range(2))
    assert measured.speed(train, Progress()) > 100
    for one in (fresh, measured):
        one.fit(train, CATALOGUE, Progress())
    assert np.array_equal(fresh.score(train), measured.score(train))


def test_the_vectors_of_users_and_items_give_the_scores(model: TransformerEnsemble) -> None:
    histories = walks()
    users, items = model.user_vectors(histories, Progress()), model.item_vectors()
    assert (len(users), len(items)) == (histories.users, ITEMS)
    assert np.allclose(users @ items.T / len(model.members), model.score(histories), atol=1e-4)


@pytest.fixture(scope="module")
def pupil(vectors: NDArray[np.float32]) -> TransformerEnsemble:
    train, cases = held_out(walks())
    fitted = TransformerEnsemble(replace(TWO, distil=8), vectors, "cpu")
    fitted.fit_validated(train, CATALOGUE, cases, False, Progress(), MemoryCheckpoint())
    return fitted


def test_a_small_network_ranks_as_those_that_taught_it(model: TransformerEnsemble, pupil: TransformerEnsemble) -> None:
    log = walks(200, seed=4)
    assert [member.settings.width for member in pupil.members] == [8]
    theirs, own = model.score(log), pupil.score(log)
    agreement = [np.corrcoef(*each)[0, 1] for each in zip(theirs, own, strict=True)]
    assert np.median(agreement) > 0.9


def test_a_small_network_is_kept_in_8_bits_without_language_vectors(pupil: TransformerEnsemble) -> None:
    tensors, settings = pupil.state()
    matrices = {name: array for name, array in tensors.items() if array.ndim == 2 and "scale/" not in name}
    assert matrices
    assert all(array.dtype == np.int8 for array in matrices.values())
    again = TransformerEnsemble.from_state(tensors, json.loads(json.dumps(settings)), "cpu")
    log = walks(30, seed=4)
    np.testing.assert_array_equal(again.score(log), pupil.score(log))
    assert again.state()[0].keys() == tensors.keys()
    items = np.array([0, 5, 17], dtype=np.int32)
    history = one_user(walks(), int(walks().lengths.argmax()))
    found = again.explain(history, items)
    np.testing.assert_allclose(found.event_base + found.event_shares.sum(1), found.scores, atol=1e-4)


def test_all_events_are_taught_by_networks_as_many_and_as_long(pupil: TransformerEnsemble) -> None:
    serving = pupil.unfitted()
    assert (serving.settings.members, serving.settings.distil, serving.settings.width) == (2, 8, TWO.width)
    assert serving.vectors is not None
    serving.fit(walks(100), CATALOGUE, Progress())
    assert [member.settings.width for member in serving.members] == [8]
