"""The verbs of the job, one function each; the window and the command line call these and reach no deeper.

Each function that can take long is handed a `progress` and raises `Cancelled` when the analyst pressed stop.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.progress import Progress
from core.reach import reach
from core.runs import Run, iso
from core.serving import Judged, calibrated, hear_all, hear_one, judge, measured_cost, ranker
from core.serving import policy_named as policy_named
from core.trained import Evaluated, evaluated, measured, model_of, record_of, split_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from core.analysis.importance import Importance
    from core.analysis.surrogate import Surrogate
    from core.data.report import ImportReport
    from core.data.settings import ImportSettings
    from core.dialogue.structure import Part, Understood
    from core.evaluation.comparison import Comparison
    from core.evaluation.slices import Slice
    from core.evaluation.split import Split
    from core.fitting import TrainSettings
    from core.models.base import Breakdown
    from core.models.bilinear import NamedMatrix
    from core.reach import Reach
    from core.recommend.costs import Cost
    from core.recommend.explanation import Explanation
    from core.recommend.policy import Policy
    from core.recommend.purpose import Purpose
    from core.recommend.replay import Replay
    from core.recommend.what_if import ChangedHistory
    from core.recommend.why import Why
    from core.sequences.log import EventLog
    from core.workspace import Workspace


NOBODY = -1  # in the place of the code of a user who is not in the data
PIECE = 2048  # rows of a table that are written at once


@dataclass(frozen=True)
class Recommendations:
    """One user's list with the components of each score.

    Attributes:
        run: the run that made it.
        fit: "serving" (all events) or "evaluation" (training events; what its figures speak of).
        user: code of the user.
        history: the log of the one user that was scored.
        items: int32 [k], the best first; fewer where fewer are left.
        scores: float32 [k].
        components: names, c of them.
        base: float32 [k]; `base + shares.sum(1)` is `scores`.
        shares: float32 [k, c].
        probability: float64 [k], how likely the item follows, with the behaviour that the policy aims at; NaN where the
            policy has no target, None without a policy.
        fresh: bool [k], which of them the training has learned nothing of: they came in later, or no event speaks for
            them, and are scored by their texts.
    """

    run: Run
    fit: str
    user: int
    history: EventLog
    items: NDArray[np.int32]
    scores: NDArray[np.float32]
    components: tuple[str, ...]
    base: NDArray[np.float32]
    shares: NDArray[np.float32]
    probability: NDArray[np.float64] | None = None
    fresh: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))


@dataclass(frozen=True)
class HeldOut:
    """What the user really did next, which the evaluation fit has not seen.

    Attributes:
        item: the truth.
        rank: its place among the ranked items, from 1; 0 if it was left out as already seen, which is a miss.
        candidates: how many items were ranked.
    """

    item: int
    rank: int
    candidates: int


@dataclass(frozen=True)
class Overview:
    """What matters to a run's evaluation fit over all users.

    Attributes:
        timed: whether the rules count time in days; otherwise in events.
        surrogate: a tree and rules that stand for the model; None where there is too little to fit them to.
    """

    run: Run
    timed: bool
    importance: Importance
    surrogate: Surrogate | None


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

    Args:
        memory: bytes that the process should take at most (`core.data.importer.MEMORY`).

    Raises:
        SeqlensError: the files cannot be used; the message says which, where and what to do.
    """
    from core.data import importer
    from core.privacy.pseudonyms import check_key, seal

    key, replaces = settings.pseudonym_key, settings.replace
    allow = None if replaces else partial(check_key, key=key)
    keep = partial(seal, key=key, replaces=replaces) if key is not None or replaces else None
    workspace.check_there()
    with workspace.cursor() as cursor:
        report = importer.import_files(cursor, settings, progress, keep, memory or importer.MEMORY, allow)
    workspace.check_there()
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


def recommend(
    workspace: Workspace,
    user: int,
    progress: Progress,
    run: str | None = None,
    fit: str = "serving",
    k: int = 10,
    hide_seen: bool | None = None,
    category: str | None = None,
    history: EventLog | None = None,
    policy: Policy | None = None,
    parts: Sequence[Part] = (),
    weights: Mapping[str, float] | None = None,
) -> Recommendations:
    """The best items for one user, each score split into the model's components.

    `hide_seen` None is what the run was evaluated with. The evaluation fit scores the history that its test had. With
    `history`, a log of one user, that is scored instead of the user's own. The serving fit heeds the user's feedback
    (`core.recommend.heeding`). With a `policy`, the list is in its order, and its pins are on top. The `parts` of what
    was asked in words stand above all of these and may change the history. With `weights`, the components of a hybrid
    count as these say (`core.recommend.bandit`); the run stays as it is.

    Raises:
        SeqlensError: there is no trained run, the user has no test in the evaluation fit's split, or the policy speaks
            of what there is not.
    """
    from core.recommend.lists import one_list

    reached = _weighed(reach(workspace, record_of(workspace, run), fit, progress), weights)
    record = reached.record
    whole = _history(workspace, record, user, fit) if history is None else history
    asked = None
    if parts:
        from core.talking import asked_of, history_after

        asked, whole = asked_of(workspace, record, parts, progress), history_after(workspace, whole, parts).log
    heard = hear_one(workspace, reached, user, fit, whole)
    if asked is not None:
        heard = replace(heard, model=asked.model(heard.model))
        policy, hide_seen, k = asked.over(policy), asked.hides(hide_seen), asked.count or k
    made_by = None if policy is None or policy.plain else ranker(workspace, record, fit, policy, progress)
    progress.check()
    allowed = _allowed(workspace, reached, category)
    out = heard.out[1][heard.out[1] < record.items]
    if len(out):
        allowed = np.ones(record.items, dtype=np.bool_) if allowed is None else allowed
        allowed[out] = False
    hide = record.hide_seen if hide_seen is None else hide_seen
    if asked is not None and asked.allowed is not None:
        allowed = asked.allowed if allowed is None else allowed & asked.allowed
    depth = k if asked is None else asked.depth(k)
    made = one_list(heard.model, heard.read, depth, hide, allowed, made_by)
    found = np.flatnonzero(made.items[0] >= 0)
    found = found if asked is None else asked.kept(made.items[0, found], k)
    return Recommendations(
        record,
        fit,
        user,
        heard.read,
        made.items[0, found],
        made.scores[0, found],
        made.components,
        made.base[0, found],
        made.shares[0, found],
        None if made.probability is None else made.probability[0, found],
        reached.fresh[made.items[0, found]],
    )


def _weighed(reached: Reach, weights: Mapping[str, float] | None) -> Reach:
    """The same with other weights of a hybrid's components."""
    if weights is None:
        return reached
    from core.recommend.bandit import reweighted

    return replace(reached, model=reweighted(reached.model, weights))


def items_named(workspace: Workspace, names: Sequence[str]) -> NDArray[np.int32]:
    """Codes of items, int32 [n], from their ids or their whole titles, in the given order.

    Raises:
        SeqlensError: there is no such item, or several have that title.
    """
    catalogue = workspace.catalogue()
    ids = {name: code for code, name in enumerate(catalogue.ids.to_pylist())}
    titles: dict[str, list[int]] = {}
    for code, title in enumerate(catalogue.titles.to_pylist()):
        titles.setdefault((title or "").casefold(), []).append(code)
    found = []
    for name in names:
        codes = [ids[name]] if name in ids else titles.get(name.strip().casefold(), []) if name.strip() else []
        if not codes:
            raise SeqlensError("No item has the id or the title {item}.", item=name)
        if len(codes) > 1:
            raise SeqlensError("{count} items have the title {item}. Name an id.", count=len(codes), item=name)
        found.append(codes[0])
    return np.array(found, dtype=np.int32)


def recommend_new(
    workspace: Workspace,
    likes: NDArray[np.int32],
    progress: Progress,
    run: str | None = None,
    k: int = 10,
    policy: Policy | None = None,
) -> Recommendations:
    """The best items for somebody who is not in the data and likes a few items (codes, int32 [n]); those are left out.

    Raises:
        SeqlensError: there is no trained run, or the policy speaks of what there is not.
    """
    from core.recommend.what_if import liking

    history = liking(workspace.log(), likes)
    return recommend(workspace, NOBODY, progress, run, "serving", k, True, history=history, policy=policy)


def export_new(
    workspace: Workspace, path: Path, found: Recommendations, name: str = "new user", breakdown: bool = False
) -> int:
    """Write the list of somebody new (`recommend_new`) under a `name`; the number of rows.

    Raises:
        SeqlensError: the file cannot be written.
    """
    import pyarrow as pa

    from core.recommend.export import write_lists
    from core.recommend.lists import Lists

    chance = None if found.probability is None else found.probability[None]
    scored = found.items[None], found.scores[None], found.components, found.base[None], found.shares[None]
    lists = Lists(np.zeros(1, dtype=np.int32), *scored, chance)
    return write_lists(path, [lists], pa.array([name]), workspace.catalogue(), breakdown, chance is not None)


def explain(
    workspace: Workspace,
    user: int,
    items: NDArray[np.int32],
    progress: Progress,
    run: str | None = None,
    fit: str = "serving",
    history: EventLog | None = None,
) -> Breakdown:
    """Take apart the scores of `items` (int32 [m]) for a user: the first answer of `explanation`."""
    found = explanation(workspace, user, items, progress, run, fit, history).next(progress)
    assert found is not None
    return found


def explanation(
    workspace: Workspace,
    user: int,
    items: NDArray[np.int32],
    progress: Progress,
    run: str | None = None,
    fit: str = "serving",
    history: EventLog | None = None,
    parts: Sequence[Part] = (),
    weights: Mapping[str, float] | None = None,
) -> Explanation:
    """What takes apart the scores of `items` (int32 [m]) for a user, by component and by event, surer and surer.

    Event `e` of the breakdown is event `e` of the sequence; one whose item or behaviour came in after the training has
    no share. The evaluation fit's breakdown ends where the history of its test ended. With `history`, a log of one
    user, it is about that instead of the user's own. Thumbs that are heeded have columns behind those of the sequence
    (`thumbs` tells whose). The `parts` of what was asked in words are a component, and are in
    the base of the split over events; the history is taken as it is, with no change that they ask for. `weights` as in
    `recommend`.
    """
    from core.recommend.explanation import Explanation

    reached = _weighed(reach(workspace, record_of(workspace, run), fit, progress), weights)
    record = reached.record
    whole = _history(workspace, record, user, fit) if history is None else history
    progress.check()
    heard = hear_one(workspace, reached, user, fit, whole)
    model = heard.model
    if parts:
        from core.talking import asked_of

        model = asked_of(workspace, record, parts, progress).model(model)
    return Explanation(model, heard.read, heard.known, items)


def why(
    workspace: Workspace,
    user: int,
    item: int,
    progress: Progress,
    run: str | None = None,
    fit: str = "serving",
    history: EventLog | None = None,
) -> Why:
    """What speaks for an item beside its score: similar past items, users alike, attention, the cells of a matrix."""
    from core.recommend.why import why as found

    reached = reach(workspace, record_of(workspace, run), fit, progress)
    record, model = reached.record, reached.model
    whole = _history(workspace, record, user, fit) if history is None else history
    progress.check()
    log = split_of(workspace, record).train if fit == "evaluation" else workspace.log()
    known = log.known(record.items, record.behaviours)
    return found(model, whole.known(record.items, record.behaviours), known, user, item)


def thumbs(
    workspace: Workspace, user: int, progress: Progress, run: str | None = None, fit: str = "serving"
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """The thumbs that a user's breakdowns have columns for, in their order: items int32 [t], and bool [t], if up."""
    reached = reach(workspace, record_of(workspace, run), fit, progress)
    progress.check()
    heard = hear_one(workspace, reached, user, fit, _history(workspace, reached.record, user, fit))
    return heard.told, heard.up


def history_of(
    workspace: Workspace,
    user: int,
    progress: Progress,
    run: str | None = None,
    fit: str = "serving",
) -> EventLog:
    """The log of one user that a fit's list is made from: where a changed history begins."""
    record = record_of(workspace, run)
    progress.check()
    return _history(workspace, record, user, fit)


def history_asked(workspace: Workspace, history: EventLog, parts: Sequence[Part]) -> ChangedHistory:
    """The history of one user after the changes that the `parts` of what was asked in words ask for."""
    from core.talking import history_after

    return history_after(workspace, history, parts)


def understand(workspace: Workspace, text: str, progress: Progress, run: str | None = None) -> Understood:
    """What a request in words asks of the lists; what is not understood is said. Needs no generator.

    Raises:
        SeqlensError: there is no trained run.
        Cancelled: the analyst pressed stop.
    """
    from core import talking

    reached = reach(workspace, record_of(workspace, run), "serving", progress)
    return talking.understand(workspace, reached.record, text, progress)


def held_out(workspace: Workspace, user: int, progress: Progress, run: str | None = None) -> HeldOut | None:
    """The user's test event and its rank in the evaluation fit; None for a user that was not tested."""
    from core.evaluation.ranking import truth_ranks

    record = record_of(workspace, run)
    case = _case(split_of(workspace, record), user)
    if case is None:
        return None
    history, truth = case
    model = model_of(workspace, record, "evaluation")
    progress.check()
    scores = model.score(history)
    rank = truth_ranks(scores, history, np.array([truth], dtype=np.int32), record.hide_seen)
    seen = len(np.unique(history.item[(history.item >= 0) & ~history.told])) if record.hide_seen else 0
    return HeldOut(truth, int(rank[0]), history.items - seen)


def replay(workspace: Workspace, user: int, progress: Progress, run: str | None = None) -> Replay:
    """A user's sequence to be stepped through with the evaluation fit; `run` None is the active one.

    Raises:
        SeqlensError: there is no trained run, or the data changed since.
    """
    from core.recommend.replay import Replay, parts_of

    record = record_of(workspace, run)
    split, log = split_of(workspace, record), workspace.log()
    model = model_of(workspace, record, "evaluation")
    progress.check()
    return Replay(model, log.block(user, user + 1), parts_of(split, log, user), record.hide_seen)


def overview(workspace: Workspace, run: str | None, progress: Progress) -> Overview:
    """What matters to a run over all users, by its evaluation fit and validation events; `run` None is the active one.

    Raises:
        SeqlensError: there is no such run, it has no validation events, or the data changed since it was trained.
        Cancelled: the analyst pressed stop.
    """
    from core.analysis.importance import importance
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
    return Overview(record, cases.histories.timed, found, rules)


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


def export(
    workspace: Workspace,
    path: Path,
    progress: Progress,
    users: NDArray[np.int32] | None = None,
    run: str | None = None,
    k: int = 10,
    hide_seen: bool | None = None,
    breakdown: bool = False,
    policy: Policy | None = None,
    watermark: bool = False,
    leave_core: bool = False,
    cluster: str | None = None,
) -> int:
    """Write the serving fit's lists, with feedback heeded, to a file whose suffix names the format; the number of rows.

    Args:
        users: codes, int32 [n]; None for all.
        hide_seen: None for what the run was evaluated with.
        breakdown: with a column for each component of the score.
        policy: puts the lists in order; one with a target adds a column "probability".
        watermark: a last row says of which data, run and day the lists are; it is not counted.
        leave_core: leave one processor core to the window.
        cluster: the workers of this Ray cluster make the lists (`core.recommend.cluster.recommend_on`).

    Raises:
        SeqlensError: there is no trained run, the policy speaks of what there is not, the file cannot be written, or
            the cluster cannot be used.
    """
    from core.privacy import groups
    from core.recommend.cluster import Asked, recommend_on
    from core.recommend.export import write_lists
    from core.recommend.lists import recommend as ranked

    reached = reach(workspace, record_of(workspace, run), "serving", progress.part(0.0, 0.1))
    record, heard = reached.record, hear_all(workspace, reached)
    made_by = None
    if policy is not None and not policy.plain:
        made_by = ranker(workspace, record, "serving", policy, progress.part(0.1, 0.2))
    chosen = np.arange(heard.read.users, dtype=np.int32) if users is None else users
    hide = record.hide_seen if hide_seen is None else hide_seen
    rest = progress.part(0.1 if made_by is None else 0.2, 1.0)
    if cluster is None:
        lists = ranked(heard.model, heard.read, chosen, k, hide, rest, breakdown, heard.out, made_by, reached.nameless)
    else:
        _refuse_to_spread(workspace)
        asked = Asked(heard.model, k, hide, breakdown, made_by, reached.nameless)
        lists = recommend_on(cluster, asked, heard.read, chosen, heard.out, rest)
    aimed = policy is not None and bool(policy.target)
    mark = groups.watermark(workspace.fingerprint, record) if watermark else ""
    with _threads(leave_core):
        return write_lists(path, lists, workspace.users().ids, workspace.catalogue(), breakdown, aimed, mark)


def _refuse_to_spread(workspace: Workspace) -> None:
    if workspace.encrypted:
        raise SeqlensError(
            "{path} is encrypted, and Ray would write data to disk as they are. Make the lists without Ray.",
            path=workspace.path,
        )


def _threads(leave_core: bool) -> AbstractContextManager[object]:
    """With every core, or all but one; torch, which may not be needed at all, is only imported for that."""
    if not leave_core:
        return nullcontext()
    from core.training.devices import torch_threads

    return torch_threads(leave_one=True)


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


def import_feedback(workspace: Workspace, path: Path, progress: Progress) -> ImportReport:
    """Take over a file of feedback, a row for each user and item; rows that cannot be used are in the report.

    Raises:
        SeqlensError: the file cannot be read, or a column that is needed has no name that is known.
    """
    import time

    from core.recommend import feedback_files

    with workspace.cursor() as cursor:
        now = time.time_ns() // 1000
        return feedback_files.import_feedback(cursor, workspace.feedback, path, now, progress)


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


def features(workspace: Workspace, path: Path, progress: Progress, dimensions: int = 0, together: int = 0) -> Described:
    """Write a table of all users with their features and, where `dimensions` are asked for, principal components.

    With `together`, it has no ids, and each row is the mean of at least so many users who are alike, so that nobody
    can be recognised (`core.privacy.groups.generalised`).

    Raises:
        SeqlensError: there are no events, or the file cannot be written.
    """
    from core.chosen import chosen
    from core.language.features import feature_table, reduced, user_features
    from core.language.vectors import item_vectors
    from core.privacy.groups import generalised
    from core.recommend.export import write_tables

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
        table = generalised(found.names, found.values, together)
    else:
        table = feature_table(found, workspace.users().ids, components)
    progress.check()
    rows = write_tables(path, _pieces(table, progress.part(0.92, 1.0)), table.slice(0, 0))
    return Described(rows, found.names, () if components is None else tuple(components.explained.tolist()))


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


def _case(split: Split, user: int) -> tuple[EventLog, int] | None:
    """The last test history of a user and the item that really followed."""
    place = np.flatnonzero(split.test.users == user)
    if len(place) == 0:
        return None
    return split.test.histories.select(place[-1:]), int(split.test.truth[place[-1]])


def _history(workspace: Workspace, record: Run, user: int, fit: str) -> EventLog:
    if fit == "serving":
        return workspace.log().block(user, user + 1)
    case = _case(split_of(workspace, record), user)
    if case is None:
        raise SeqlensError("This user was not part of the test. Look at the list of the serving fit.")
    return case[0]


def _allowed(workspace: Workspace, reached: Reach, category: str | None) -> NDArray[np.bool_] | None:
    listed = ~reached.nameless
    if category is None:
        return None if listed.all() else listed
    import pyarrow.compute as pc

    same = pc.fill_null(pc.equal(workspace.catalogue().categories, category), False)
    return np.asarray(same.to_numpy(zero_copy_only=False), dtype=np.bool_)[: len(listed)] & listed


def _pieces(table: pa.Table, progress: Progress) -> Iterator[pa.Table]:
    """The table in pieces, between which writing can be stopped."""
    for start in range(0, table.num_rows, PIECE):
        progress.step(start, table.num_rows, "Writing the features of users")
        yield table.slice(start, PIECE)
