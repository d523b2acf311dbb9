"""The same figures for parts of the test: histories by length, head and tail, behaviours, new and known, segments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.evaluation import intervals, metrics
from core.evaluation.split import Cases
from core.sequences.log import EventLog

QUARTERS = (0.25, 0.5, 0.75)
HEAD, MIDDLE, TAIL = "head", "middle", "tail"
FIRST, RETURNING = "first", "returning"
_NO_SEGMENTS: Mapping[str, NDArray[np.int32]] = {}


@dataclass(frozen=True)
class Slice:
    """One part of the test cases and how well they were answered.

    Attributes:
        kind: what the cases were sorted by: "history", "popularity", "behaviour", "return" or "segment".
        value: which part: "3-7" events of history; "head", "middle" or "tail"; a behaviour's name; "first" for an item
            that the user did not have, or "returning"; the name of the analyst's segment.
        users: users with a case in it.
        cases: cases in it.
        metrics: figure by name, such as "ndcg@10".
        intervals: 95 % bootstrap interval of each figure, by the same names.
        gains: float64 [users], mean NDCG@k of each user's cases in it, in the order of their codes; to set another
            model's beside them.
    """

    kind: str
    value: str
    users: int
    cases: int
    metrics: dict[str, float] = field(default_factory=dict)
    intervals: dict[str, tuple[float, float]] = field(default_factory=dict)
    gains: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0), compare=False, repr=False)

    def facts(self) -> dict[str, object]:
        """Everything but the figures of single users, ready for JSON."""
        told = asdict(self)
        del told["gains"]
        return told


def slices(
    cases: Cases,
    ranks: NDArray[np.int64],
    train: EventLog,
    k: int,
    segments: Mapping[str, NDArray[np.int32]] = _NO_SEGMENTS,
) -> tuple[Slice, ...]:
    """Every part that has a case, kind after kind.

    Args:
        ranks: int64 [n], of the truth of each case (`Evaluation.ranks`).
        train: the events that the model learned from; they say which items are popular.
        segments: codes of the users of each of the analyst's segments, by its name.
    """
    figures = _figures(ranks, k)
    of_segments = (("segment", name, np.isin(cases.users, users)) for name, users in segments.items())
    return tuple(
        _measured(kind, value, chosen, cases.users, figures)
        for kind, value, chosen in (*_parts(cases, train), *of_segments)
        if chosen.any()
    )


def segment_slice(name: str, cases: Cases, ranks: NDArray[np.int64], k: int) -> Slice:
    """The part of a test that one segment is: all of these cases, of which there is at least one."""
    return _measured("segment", name, np.ones(len(ranks), dtype=np.bool_), cases.users, _figures(ranks, k))


def _figures(ranks: NDArray[np.int64], k: int) -> dict[str, NDArray[np.float64]]:
    return {
        f"ndcg@{k}": metrics.gains(ranks, k),
        f"hit@{k}": metrics.hits(ranks, k),
        f"mrr@{k}": metrics.reciprocals(ranks, k),
    }


def _measured(
    kind: str,
    value: str,
    chosen: NDArray[np.bool_],
    users: NDArray[np.int32],
    figures: dict[str, NDArray[np.float64]],
) -> Slice:
    of_users = {name: intervals.of_users(each[chosen], users[chosen]) for name, each in figures.items()}
    return Slice(
        kind,
        value,
        users=len(np.unique(users[chosen])),
        cases=int(chosen.sum()),
        metrics={name: float(each[chosen].mean()) for name, each in figures.items()},
        intervals={name: intervals.bootstrap(each) for name, each in of_users.items()},
        gains=next(each for name, each in of_users.items() if name.startswith("ndcg@")),
    )


def _parts(cases: Cases, train: EventLog) -> Iterator[tuple[str, str, NDArray[np.bool_]]]:
    """Kind, value and which cases (bool [n]) of each part."""
    if len(cases.users) == 0:
        return
    lengths = cases.histories.lengths
    edges = np.unique(np.quantile(lengths, QUARTERS, method="inverted_cdf"))
    quarter = np.searchsorted(edges, lengths)  # a length on an edge belongs to the lower part
    for place in range(len(edges) + 1):
        chosen = quarter == place
        if chosen.any():
            low, high = int(lengths[chosen].min()), int(lengths[chosen].max())
            yield "history", str(low) if low == high else f"{low}-{high}", chosen
    third = popularity_thirds(train)[cases.truth]
    for place, name in enumerate((HEAD, MIDDLE, TAIL)):
        yield "popularity", name, third == place
    if cases.behaviour is not None:
        for code, behaviour in enumerate(cases.histories.behaviours):
            yield "behaviour", behaviour.name, cases.behaviour == code
    known = np.zeros(len(cases.users), dtype=np.bool_)
    known[cases.histories.user[cases.histories.item == cases.truth[cases.histories.user]]] = True
    yield "return", FIRST, ~known
    yield "return", RETURNING, known


def popularity_thirds(train: EventLog) -> NDArray[np.int64]:
    """Which third of the training events each item takes part in, the most popular items first; 0 to 2, int64 [items].

    Items of equal counts stay together; one that nobody chose is of the last.
    """
    counts = np.bincount(train.item[train.positive], minlength=train.items)
    ordered = np.sort(counts)[::-1]
    before = np.concatenate(([0], np.cumsum(ordered)))  # events of all items that come before each place
    above = before[np.searchsorted(-ordered, -counts, side="left")]  # events of the items that are more popular
    return np.where(counts > 0, 3 * above // max(int(counts.sum()), 1), 2)
