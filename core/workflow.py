"""The verbs of the job, one function each; the window and the command line call these and reach no deeper.

Each function that can take long is handed a `progress` and raises `Cancelled` when the analyst pressed stop.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from core.errors import SeqlensError
from core.figures import figures
from core.progress import Progress
from core.reach import follow
from core.runs import OVERVIEW, Run, iso
from core.serving import Judged, calibrated, judge, measured_cost
from core.trained import Evaluated, evaluated, measured, model_of, record_of, split_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from core.analysis.importance import Importance
    from core.analysis.surrogate import Surrogate
    from core.data.counts import Counts
    from core.data.report import ImportReport
    from core.data.settings import ImportSettings
    from core.evaluation.comparison import Comparison
    from core.evaluation.slices import Slice
    from core.fitting import TrainSettings
    from core.models.bilinear import NamedMatrix
    from core.recommend.costs import Cost
    from core.recommend.policy import Policy
    from core.recommend.purpose import Purpose
    from core.workspace import Workspace


PIECE = 2048  # rows of a table that are written at once


@dataclass(frozen=True)
class Overview:
    """What matters to a run's evaluation fit over all users.

    Attributes:
        timed: whether the rules count time in days; otherwise in events.
        surrogate: a tree and rules that stand for the model; None where there is too little to fit them to.
        at: when it was measured, ISO 8601 in UTC.
    """

    run: Run
    timed: bool
    importance: Importance
    surrogate: Surrogate | None
    at: str


@dataclass(frozen=True)
class Described:
    """What was written of users' features.

    Attributes:
        rows: users.
        names: of the features.
        explained: share of their variance that each principal component explains; empty where none were asked for.
    """

    rows: int
    names: tuple[str, ...]
    explained: tuple[float, ...]


def import_files(
    workspace: Workspace, settings: ImportSettings, progress: Progress, memory: int | None = None
) -> ImportReport:
    """Read files into the workspace, beside what it has; the former state stays until the new one is complete.

    Where lists were asked for in this process, the next ones need not wait for what the files add to be counted.

    Args:
        memory: bytes that the process should take at most (`core.data.importer.MEMORY`).

    Raises:
        SeqlensError: the files cannot be used; the message says which, where and what to do.
    """
    from core.data import importer
    from core.privacy.pseudonyms import check_key, seal
    from core.telling import everybody

    counted: list[Counts] = []
    key, replaces = settings.pseudonym_key, settings.replace
    allow = None if replaces else partial(check_key, key=key)
    keep = partial(seal, key=key, replaces=replaces) if key is not None or replaces else None
    workspace.check_there()
    with workspace.cursor() as cursor:
        most = memory or importer.MEMORY
        report = importer.import_files(cursor, settings, progress, keep, most, allow, counted.append)
    workspace.check_there()
    for counts in counted:  # at once, before the data can be others
        with suppress(Exception):  # the import is done, and what fails now is told to who asks for the figures
            figures(workspace, progress, counts)
            everybody(workspace, counts)
    if not report.unchanged:
        with suppress(Exception):  # the same of who asks for a list
            follow(workspace, progress.part(0.97, 1.0))
    return report


def train(workspace: Workspace, settings: TrainSettings, progress: Progress) -> Run:
    """Train a recommender: the evaluation fit with its figures, then the serving fit, published in one commit.

    Raises:
        SeqlensError: there are no events, or the protocol does not suit them.
    """
    from core.fitting import Training

    return Training.begun(workspace, settings).execute(progress)


def resume(workspace: Workspace, run: str, progress: Progress, finish: bool = False) -> Run:
    """Go on with a stopped run from its checkpoint.

    With `finish`, it learns nothing more: its best state so far becomes the model of the run.

    Raises:
        SeqlensError: the run is not stopped, or the data changed since it began.
    """
    from core.fitting import Training

    return Training.resumed(workspace, run, finish).execute(progress)


def evaluate(workspace: Workspace, run: str | None, progress: Progress, k: int = 10) -> Evaluated:
    """Score the test events of a run's own split again, with its evaluation fit; `run` None is the active one.

    The figures are more than the training's: at several depths, of parts of the test, and with intervals.

    Raises:
        SeqlensError: there is no such run, or the data changed since it was trained.
    """
    return evaluated(workspace, record_of(workspace, run), k, progress)


def measure(workspace: Workspace, segment: str, run: str | None, progress: Progress, k: int = 10) -> Slice:
    """How well a run's evaluation fit answers the test events of a saved segment; `run` None is the active one.

    Raises:
        SeqlensError: there is no such run or segment, none of its users was tested, or the data changed.
    """
    return measured(workspace, record_of(workspace, run), segment, k, progress)


def compare(
    workspace: Workspace,
    progress: Progress,
    runs: Sequence[str] = (),
    wanted: Sequence[TrainSettings] = (),
    k: int = 10,
    against: str | None = None,
    skip: bool = False,
) -> Comparison:
    """Evaluate runs on the same cases, and models that are `wanted`, each of which is trained where it is missing.

    Args:
        runs: ids of finished runs.
        wanted: settings of models, all with one split; with `runs`, the split of the first of these is taken.
        k: length of the lists that most figures speak of.
        against: id of the run that differences are to; None for the best.
        skip: leave out a wanted model that does not suit the data, instead of failing.

    Raises:
        SeqlensError: the runs were not tested on the same cases, or there is nothing to compare.
    """
    from core import comparing

    return comparing.compare(workspace, runs, wanted, progress, k, against, skip)


def write_report(comparison: Comparison, path: Path, language: str) -> None:
    """Write a comparison as one HTML file that needs nothing else; `language` is "en" or "zh_CN".

    Raises:
        SeqlensError: the file cannot be written.
    """
    from core.evaluation.report import page
    from core.files import draft

    text = page(comparison, language)
    with draft(path) as beside:
        beside.write_text(text, encoding="utf-8")


def overview(workspace: Workspace, run: str | None, progress: Progress) -> Overview:
    """What matters to a run over all users, by its evaluation fit and validation events; `run` None is the active one.

    It is kept beside the run (`kept_overview`), in the place of what was measured before.

    Raises:
        SeqlensError: there is no such run, it has no validation events, or the data changed since it was trained.
        Cancelled: the analyst pressed stop.
    """
    from core.analysis.importance import importance
    from core.analysis.measured import Measured
    from core.analysis.surrogate import surrogate

    record = record_of(workspace, run)
    split = split_of(workspace, record)
    cases, hide = split.validation, record.hide_seen
    if len(cases.users) == 0:
        raise SeqlensError("Run {run} has no validation events to look at. Train with more events.", run=record.id)
    progress.step(0, 1, "Reading the model")
    model = model_of(workspace, record, "evaluation")
    found = importance(model, record.model, cases, hide, progress.part(0.0, 0.8))
    catalogue, rest = workspace.catalogue(), progress.part(0.8, 1.0)
    rules = surrogate(model, cases.histories, split.train, catalogue, hide, rest)
    kept = Measured(datetime.now(UTC).isoformat(timespec="seconds"), cases.histories.timed, found, rules)
    workspace.runs.keep_blob(record.id, OVERVIEW, kept.to_bytes())
    return Overview(record, kept.timed, found, rules, kept.at)


def kept_overview(workspace: Workspace, run: str | None, progress: Progress) -> Overview | None:
    """What was measured of a run by `overview` last; None where nothing was, or it cannot be read any more.

    It holds for the run as it is, also where the data changed since; it goes with the run, and where somebody whom it
    learned from is forgotten.

    Raises:
        SeqlensError: there is no such run, or it is not finished.
    """
    from core.analysis.measured import Measured

    record = record_of(workspace, run)
    progress.check()
    data = workspace.runs.blob(f"{record.id}/{OVERVIEW}")
    kept = None if data is None else Measured.from_bytes(data)
    return None if kept is None else Overview(record, kept.timed, kept.importance, kept.surrogate, kept.at)


def matrix(workspace: Workspace, run: str | None, progress: Progress) -> NamedMatrix:
    """The weights of a bilinear run's serving fit; `run` None is the active one.

    Raises:
        SeqlensError: the run is of another model.
    """
    from core.models.bilinear import Bilinear

    record = record_of(workspace, run)
    model = model_of(workspace, record, "serving")
    progress.check()
    if not isinstance(model, Bilinear):
        raise SeqlensError("Run {run} is no bilinear model, so it has no matrix to show.", run=record.id)
    return model.matrix()


def calibrate(workspace: Workspace, behaviour: str, run: str | None, progress: Progress) -> Purpose:
    """How a run's scores become probabilities of a behaviour (empty for any); fitted once and kept.

    Raises:
        SeqlensError: there are too few validation events of it, or the data changed since the training.
    """
    return calibrated(workspace, record_of(workspace, run), behaviour, progress)


def policy_cost(workspace: Workspace, policy: Policy, run: str | None, progress: Progress, k: int = 10) -> Cost:
    """What a policy costs in NDCG@k, and what it buys, on a run's test cases.

    Raises:
        SeqlensError: the data changed since the training, or the policy speaks of what there is not.
    """
    return measured_cost(workspace, record_of(workspace, run), policy, k, progress)


def import_feedback(
    workspace: Workspace, path: Path, progress: Progress, roles: Mapping[str, str] | None = None
) -> ImportReport:
    """Take over a file of feedback, a row for each user and item; rows that cannot be used are in the report.

    Args:
        roles: the column of the "user", "item" and "verdict", and where there are any of the "time" and the "note";
            None where they are named so that they are known.

    Raises:
        SeqlensError: the file cannot be read, or a role that is needed has no column.
    """
    import time

    from core.recommend import feedback_files

    with workspace.cursor() as cursor:
        now = time.time_ns() // 1000
        return feedback_files.import_feedback(cursor, workspace.feedback, path, now, progress, roles)


def export_feedback(workspace: Workspace, path: Path, progress: Progress) -> int:
    """Write all feedback that is in force to a file whose suffix names the format; the number of rows.

    Raises:
        SeqlensError: the file cannot be written.
    """
    from core.recommend import feedback_files

    progress.check()
    return feedback_files.export_feedback(workspace.feedback, path)


def agreements(workspace: Workspace, progress: Progress) -> list[Judged]:
    """How far each finished run agrees with the thumbs that it did not learn from, the newest run first.

    Raises:
        Cancelled: the analyst pressed stop.
    """
    done = [run for run in workspace.runs.all() if run.status == "done"]
    return [
        judge(workspace, run, progress.part(place / len(done), (place + 1) / len(done)))
        for place, run in enumerate(done)
    ]


def features(
    workspace: Workspace,
    path: Path,
    progress: Progress,
    dimensions: int = 0,
    together: int = 0,
    watermark: bool = False,
) -> Described:
    """Write a table of all users with their features and, where `dimensions` are asked for, principal components.

    With `together`, it has no ids, and each row is the mean of at least so many users who are alike, so that nobody
    can be recognised (`core.privacy.groups.generalised`).

    Args:
        watermark: a last row says of which data and day the table is, in the first column, which is "source" and else
            empty where there are no ids; it is not counted.

    Raises:
        SeqlensError: there are no events, or the file cannot be written.
    """
    from core.chosen import chosen
    from core.language.features import feature_table, reduced, user_features
    from core.language.vectors import item_vectors
    from core.privacy import groups
    from core.recommend.export import marked, write_tables

    log = workspace.log()
    if log.events == 0:
        raise SeqlensError("There are no events that could describe a user. Import files first.")
    reading = chosen(workspace)
    texts = reading.texts(workspace.catalogue())
    vectors = item_vectors(texts, reading, workspace.vectors, progress.part(0.0, 0.7)).vectors
    found = user_features(log, vectors, progress.part(0.7, 0.9))
    progress.step(0.9, 1, "Writing the features of users")
    components = reduced(found.values, dimensions) if dimensions and not together else None
    if together:
        table = groups.generalised(found.names, found.values, together)
        if watermark:
            table = table.add_column(0, "source", _nothing(table.num_rows))
    else:
        table = feature_table(found, workspace.users().ids, components)
    progress.check()
    pieces = _pieces(table, progress.part(0.92, 1.0))
    if watermark:
        pieces = marked(pieces, groups.watermark(workspace.fingerprint))
    rows = write_tables(path, pieces, table.slice(0, 0), progress) - int(watermark)
    return Described(rows, found.names, () if components is None else tuple(components.explained.tolist()))


def _nothing(rows: int) -> pa.Array:
    import pyarrow as pa

    return pa.nulls(rows, pa.string())


def info(workspace: Workspace) -> dict[str, object]:
    """What is in the workspace, ready for JSON; `start` and `end` are ISO 8601, null where there are no times."""
    counts = workspace.counts()
    active = workspace.active_run()
    return {
        "workspace": str(workspace.path),
        "users": counts.users,
        "items": counts.items,
        "events": counts.events,
        "behaviors": counts.behaviours,
        "start": iso(counts.start),
        "end": iso(counts.end),
        "active_run": None if active is None else active.id,
        "segments": {name: len(users) for name, users in workspace.segments().items()},
        "runs": [
            {"run": run.id, "name": run.name, "model": run.model, "status": run.status, "created": run.created}
            | {"protocol": run.protocol, "metrics": run.metrics}
            for run in workspace.runs.all()
        ],
    }


def _pieces(table: pa.Table, progress: Progress) -> Iterator[pa.Table]:
    """The table in pieces, between which writing can be stopped."""
    for start in range(0, table.num_rows, PIECE):
        progress.step(start, table.num_rows, "Writing the features of users")
        yield table.slice(start, PIECE)
