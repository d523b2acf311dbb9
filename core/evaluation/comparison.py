"""Several models on the same test cases: who is better, by how much, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from core.evaluation.intervals import Paired, paired
from core.evaluation.slices import Slice

NO_DIFFERENCE = Paired(0.0, 0.0, 0.0, 0, 0, 0)


@dataclass(frozen=True)
class Contender:
    """One model and what it reached.

    Attributes:
        run: id of its run.
        name: what the analyst calls the run.
        model: name of the recommender.
        figures: everything that is told of its lists, by names such as "ndcg@10".
        intervals: 95 % bootstrap intervals of some of them.
        slices: figures for parts of the test.
        gains: float64 [users], mean NDCG@k of each tested user, in the order of their codes.
        seconds: duration of each part of the training.
        curve: figures of each epoch.
        weights: of the components, for a sum of models.
        weight_intervals: bootstrap intervals of the weights, where they were measured.
        settings: what the training was asked for.
        versions: of the program and the libraries.
        difference: of its NDCG@k to the reference's (`Comparison.reference`), user by user.
        part_differences: the same in each of the slices, between the users who have cases in it.
    """

    run: str
    name: str
    model: str
    figures: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    slices: tuple[Slice, ...]
    gains: NDArray[np.float64]
    seconds: dict[str, float] = field(default_factory=dict)
    curve: tuple[dict[str, float], ...] = ()
    weights: dict[str, float] = field(default_factory=dict)
    weight_intervals: dict[str, tuple[float, float]] = field(default_factory=dict)
    settings: dict[str, object] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    difference: Paired = NO_DIFFERENCE
    part_differences: tuple[Paired, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Models that answered the same cases, the best first.

    Attributes:
        k: length of the lists that most figures speak of.
        protocol, cut, parts: how the events were split (`core.runs.Run`).
        hide_seen: whether items that a user already has were left out of the lists.
        cases: tested cases; a user has several of them under "leave-last-n".
        users: tested users.
        data: facts of the data, by name: "workspace", "fingerprint", "users", "items", "events", "behaviors", "start",
            "end" (ISO 8601 or None), "training_events", "validation_users", "users_skipped".
        reference: id of the run that the differences are to.
        contenders: by NDCG@k.
        left_out: models that could not be trained on these data, with the reason.
        tested: int32 [users], codes of the tested users, ascending, in whose order the gains are.
    """

    k: int
    protocol: str
    cut: int | None
    parts: dict[str, int]
    hide_seen: bool
    cases: int
    users: int
    data: dict[str, object]
    reference: str
    contenders: tuple[Contender, ...]
    left_out: dict[str, str] = field(default_factory=dict)
    tested: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, dtype=np.int32))

    def served(self, run: str, than: str, better: bool) -> NDArray[np.int32]:
        """Codes of the users whom `run` serves better (or worse) than another run, by their NDCG@k, ascending."""
        gains = {each.run: each.gains for each in self.contenders}
        gained = gains[run] - gains[than]
        return self.tested[gained > 0 if better else gained < 0]

    @property
    def best(self) -> Contender:
        return self.contenders[0]

    def facts(self) -> dict[str, object]:
        """Everything but the figures of single users, ready for JSON."""
        told = asdict(self)
        del told["tested"]
        for contender in told["contenders"]:
            del contender["gains"]
            for part in contender["slices"]:
                del part["gains"]
        return told


def ranked(contenders: Sequence[Contender], k: int, against: str | None = None) -> tuple[str, tuple[Contender, ...]]:
    """Put the best first and take everybody's difference to the run `against`, or else to the best.

    Returns:
        The id of the run that the differences are to, and the contenders.

    Raises:
        ValueError: there is nobody, or they were tested on different numbers of users.
    """
    if len({len(each.gains) for each in contenders}) != 1:
        raise ValueError("only models that answered the same cases can be compared")
    order = sorted(contenders, key=lambda each: -each.figures[f"ndcg@{k}"])
    reference = next((each for each in order if each.run == against), order[0])
    return reference.run, tuple(_against(reference, each) for each in order)


def _against(reference: Contender, each: Contender) -> Contender:
    """A contender with its differences to the reference, on the whole and in each part of the test."""
    parts = zip(reference.slices, each.slices, strict=True)
    return replace(
        each,
        difference=paired(reference.gains, each.gains),
        part_differences=tuple(paired(one.gains, other.gains) for one, other in parts),
    )


def common(maps: Sequence[Mapping[str, object]]) -> tuple[dict[str, object], list[dict[str, object]]]:
    """What all of several settings (nested ones as "transformer.layers") agree on, and what is each one's own."""
    flat = [flatten(each) for each in maps]
    shared = {
        name: value
        for name, value in (flat[0] if flat else {}).items()
        if all(name in each and each[name] == value for each in flat)
    }
    return shared, [{name: value for name, value in each.items() if name not in shared} for each in flat]


def flatten(settings: Mapping[str, object], before: str = "") -> dict[str, object]:
    """Nested settings as one level: {"transformer": {"layers": 2}} is {"transformer.layers": 2}."""
    flat: dict[str, object] = {}
    for name, value in settings.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{before}{name}.")
        else:
            flat[before + name] = value
    return flat
