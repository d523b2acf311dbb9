"""A finished training brought back: its record, its split, its models, and the figures of its test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.chosen import reading_of, texts
from core.errors import SeqlensError
from core.progress import Progress
from core.runs import TESTED, Run, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from core.evaluation.evaluate import Evaluation
    from core.evaluation.held_out import HeldOut
    from core.evaluation.slices import Slice
    from core.evaluation.split import Split
    from core.models.base import Recommender
    from core.workspace import Workspace

DEPTH = 50  # length of the lists that are made to be measured


@dataclass(frozen=True)
class Evaluated:
    """An evaluation with what it speaks of.

    Attributes:
        evaluation: with lists of 50 items or `evaluation.k`, whichever is more.
        figures: everything that is told of it (`core.evaluation.evaluate.figures`).
        intervals: 95 % bootstrap intervals over users of NDCG, hit rate and MRR at `evaluation.k`, by their names.
        slices: the same three for parts of the test.
    """

    run: Run
    split: Split
    evaluation: Evaluation
    figures: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    slices: tuple[Slice, ...]


def record_of(workspace: Workspace, run: str | None) -> Run:
    """The finished run with this id; None for the active one.

    Raises:
        SeqlensError: there is no such run, or it is not finished.
    """
    record = workspace.active_run() if run is None else workspace.runs.get(run)
    if record is None:
        raise SeqlensError("Nothing is trained yet. Train a model first.")
    if record.status != "done":
        raise SeqlensError("Run {run} is {status}. Resume it, or choose another.", run=record.id, status=record.status)
    return record


def model_of(workspace: Workspace, record: Run, fit: str) -> Recommender:
    """The run's model; `fit` is "serving" or "evaluation". The last one of each is kept in memory."""
    from core.models.available import rebuild

    def load() -> Recommender:
        return rebuild(record.model, *workspace.runs.model(record.id, fit))

    return workspace.keep(f"model {fit}", f"{record.id}", load)


def split_of(workspace: Workspace, record: Run) -> Split:
    """The split that the run was trained with; the last one is kept in memory.

    Raises:
        SeqlensError: the data changed since.
    """
    from core.fitting import split_log

    _must_be_of(workspace, record)

    def load() -> Split:
        log = workspace.told_log(record.feedback) if record.feedback else workspace.log()
        return split_log(log, record.protocol, record.cut, record.parts)

    stamp = f"{record.fingerprint} {record.feedback} {record.protocol} {record.cut} {record.parts}"
    return workspace.keep("split", stamp, load)


def _must_be_of(workspace: Workspace, record: Run) -> None:
    if record.fingerprint != workspace.fingerprint:
        raise SeqlensError(
            "The data changed since run {run} was trained, so its test events are no longer held out. Train again.",
            run=record.id,
        )


def kept_test(workspace: Workspace, record: Run) -> HeldOut | None:
    """The ranks of a run's test; None where they are not with it yet, as of runs of earlier versions.

    Raises:
        SeqlensError: the data changed since it was trained.
    """
    from core.evaluation.held_out import HeldOut

    _must_be_of(workspace, record)
    kept = workspace.runs.blob(f"{record.id}/{TESTED}")
    return None if kept is None else HeldOut.from_arrays(unpack(kept)[0])


def repeat_test(workspace: Workspace, record: Run, progress: Progress) -> HeldOut:
    """Repeat the test of a run with its evaluation fit, and keep the ranks with it.

    Raises:
        SeqlensError: the data changed since it was trained.
        Cancelled: the analyst pressed stop.
    """
    from core.evaluation.evaluate import evaluate
    from core.evaluation.held_out import HeldOut
    from core.training.devices import torch_threads

    split, model = split_of(workspace, record), model_of(workspace, record, "evaluation")
    with torch_threads(leave_one=True):
        found = HeldOut.of(split.test, evaluate(model, split.test, record.hide_seen, record.k, progress))
    workspace.runs.keep_blob(record.id, TESTED, pack(found.arrays, {}))
    return found


def evaluated(
    workspace: Workspace,
    record: Run,
    k: int,
    progress: Progress,
    segments: Mapping[str, NDArray[np.int32]] | None = None,
) -> Evaluated:
    """Rank all items for the test cases of a run with its evaluation fit, and measure the lists.

    Args:
        segments: users of the segments that are parts of the test; None for all saved ones as they are now.

    Raises:
        SeqlensError: the data changed since it was trained.
        Cancelled: the analyst pressed stop.
    """
    from core.evaluation import beyond
    from core.evaluation.evaluate import evaluate, figures, sure
    from core.evaluation.slices import slices
    from core.language.vectors import stored_vectors

    segments = workspace.segments() if segments is None else segments
    split = split_of(workspace, record)
    model = model_of(workspace, record, "evaluation")
    found = evaluate(model, split.test, record.hide_seen, k, progress, depth=DEPTH)
    reading = reading_of(workspace, record)
    kept = stored_vectors(texts(workspace, reading), reading, workspace.vectors)
    vectors = None if kept is None else kept[: split.train.items]
    return Evaluated(
        run=record,
        split=split,
        evaluation=found,
        figures=figures(found, split.test, beyond.Reference.of(split.train, vectors)),
        intervals=sure(found, split.test),
        slices=slices(split.test, found.ranks, split.train, k, segments),
    )


def measured(workspace: Workspace, record: Run, segment: str, k: int, progress: Progress) -> Slice:
    """The figures of a run's test for the users of a saved segment alone, with intervals.

    Raises:
        SeqlensError: there is no such segment, none of its users was tested, or the data changed since the training.
        Cancelled: the analyst pressed stop.
    """
    import numpy as np

    from core.evaluation.evaluate import evaluate
    from core.evaluation.slices import segment_slice
    from core.evaluation.split import Cases

    test = split_of(workspace, record).test
    chosen = np.flatnonzero(np.isin(test.users, workspace.segment(segment)))
    if len(chosen) == 0:
        raise SeqlensError("None of the users of {segment} was tested: they have too few events.", segment=segment)
    behaviour = None if test.behaviour is None else test.behaviour[chosen]
    cases = Cases(test.users[chosen], test.histories.select(chosen), test.truth[chosen], behaviour)
    model = model_of(workspace, record, "evaluation")
    return segment_slice(segment, cases, evaluate(model, cases, record.hide_seen, k, progress).ranks, k)
