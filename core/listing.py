"""What a trained run says of users: lists, why, what if, what was asked in words, exports.

Like `core.workflow`, one function for each verb; the window and the command line call these and reach no deeper.

Each function that can take long is handed a `progress` and raises `Cancelled` when the analyst pressed stop.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.prepared import USUAL, case_of, own_history, prepare, reached_by
from core.prepared import ListRequest as ListRequest
from core.progress import Progress
from core.reach import reach
from core.runs import Run
from core.serving import hear_all, hear_one, ranker
from core.serving import policy_named as policy_named
from core.trained import model_of, record_of, split_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from core.dialogue.structure import Part, Understood
    from core.models.base import Breakdown
    from core.recommend.explanation import Explanation
    from core.recommend.policy import Policy
    from core.recommend.replay import Replay
    from core.recommend.what_if import ChangedHistory
    from core.recommend.why import Why
    from core.sequences.log import EventLog
    from core.workspace import Workspace


NOBODY = -1  # in the place of the code of a user who is not in the data


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
class Truth:
    """What the user really did next, which the evaluation fit has not seen.

    Attributes:
        item: the truth.
        rank: its place among the ranked items, from 1; 0 if it was left out as already seen, which is a miss.
        candidates: how many items were ranked.
    """

    item: int
    rank: int
    candidates: int


def recommend(workspace: Workspace, user: int, progress: Progress, request: ListRequest = USUAL) -> Recommendations:
    """The best items for one user, each score split into the model's components.

    Raises:
        SeqlensError: there is no trained run, the user has no test in the evaluation fit's split, or the policy speaks
            of what there is not.
    """
    from core.recommend.lists import one_list

    ready = prepare(workspace, user, progress, request)
    heard = ready.heard
    made = one_list(heard.model, heard.read, ready.depth, ready.hide, ready.allowed, ready.ranker)
    found = np.flatnonzero(made.items[0] >= 0)
    found = found[ready.kept(made.items[0, found])]
    return Recommendations(
        ready.record,
        ready.fit,
        user,
        heard.read,
        made.items[0, found],
        made.scores[0, found],
        made.components,
        made.base[0, found],
        made.shares[0, found],
        None if made.probability is None else made.probability[0, found],
        ready.fresh[made.items[0, found]],
    )


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
    request = ListRequest(run, k=k, hide_seen=True, history=history, policy=policy)
    return recommend(workspace, NOBODY, progress, request)


def export_one(
    workspace: Workspace,
    path: Path,
    found: Recommendations,
    name: str = "new user",
    breakdown: bool = False,
    watermark: str = "",
    progress: Progress | None = None,
) -> int:
    """Write one list (of `recommend` or `recommend_new`) under the `name` of its user; the number of rows.

    Args:
        watermark: id of the run that a last row names, with the data; none where it is empty.
        progress: with which the writing is stopped.

    Raises:
        SeqlensError: the file cannot be written.
        Cancelled: the analyst pressed stop; the file is then as it was before.
    """
    import pyarrow as pa

    from core.privacy import groups
    from core.recommend.export import write_lists
    from core.recommend.lists import Lists

    chance = None if found.probability is None else found.probability[None]
    scored = found.items[None], found.scores[None], found.components, found.base[None], found.shares[None]
    lists = Lists(np.zeros(1, dtype=np.int32), *scored, chance)
    mark = groups.watermark(workspace.fingerprint, record_of(workspace, watermark)) if watermark else ""
    ids, aimed = pa.array([name]), chance is not None
    return write_lists(path, [lists], ids, workspace.catalogue(), breakdown, aimed, mark, progress)


def explain(
    workspace: Workspace, user: int, items: NDArray[np.int32], progress: Progress, request: ListRequest = USUAL
) -> Breakdown:
    """Take apart the scores of `items` (int32 [m]) for a user: the first answer of `explanation`."""
    found = explanation(workspace, user, items, progress, request).next(progress)
    assert found is not None
    return found


def explanation(
    workspace: Workspace, user: int, items: NDArray[np.int32], progress: Progress, request: ListRequest = USUAL
) -> Explanation:
    """What takes apart the scores that `items` (int32 [m]) have in a list, by component and by event, surer and surer.

    Event `e` of the breakdown is event `e` of the sequence; one whose item or behaviour came in after the training has
    no share. The evaluation fit's breakdown ends where the history of its test ended. Thumbs that are heeded have
    columns behind those of the sequence (`thumbs` tells whose). What was asked in words is a component, and is in the
    base of the split over events; the history is taken as it is, with no change that the words ask for.
    """
    from core.recommend.explanation import Explanation

    reached, history = reached_by(workspace, user, progress, request)
    progress.check()
    heard = hear_one(workspace, reached, user, request.fit, history)
    model = heard.model
    if request.parts:
        from core.talking import asked_of

        model = asked_of(workspace, reached.record, request.parts, progress).model(model)
    return Explanation(model, heard.read, heard.known, items)


def why(workspace: Workspace, user: int, item: int, progress: Progress, request: ListRequest = USUAL) -> Why:
    """What speaks for an item beside its score: similar past items, users alike, attention, the cells of a matrix.

    The history is taken as it is, whatever was asked in words.
    """
    from core.recommend.why import why as found

    reached, whole = reached_by(workspace, user, progress, request)
    record = reached.record
    progress.check()
    log = split_of(workspace, record).train if request.fit == "evaluation" else workspace.log()
    size = record.items, record.behaviours
    numbers = np.where(whole.told, -1, np.cumsum(~whole.told) - 1)[whole.knows(*size)]
    return found(reached.model, whole.known(*size), numbers, log.known(*size), user, item)


def thumbs(
    workspace: Workspace, user: int, progress: Progress, run: str | None = None, fit: str = "serving"
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """The thumbs that a user's breakdowns have columns for, in their order: items int32 [t], and bool [t], if up."""
    reached = reach(workspace, record_of(workspace, run), fit, progress)
    progress.check()
    heard = hear_one(workspace, reached, user, fit, own_history(workspace, reached.record, user, fit))
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
    return own_history(workspace, record, user, fit)


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


def held_out(workspace: Workspace, user: int, progress: Progress, run: str | None = None) -> Truth | None:
    """The user's test event and its rank in the evaluation fit; None for a user that was not tested."""
    from core.evaluation.ranking import truth_ranks

    record = record_of(workspace, run)
    case = case_of(split_of(workspace, record), user)
    if case is None:
        return None
    history, truth = case
    model = model_of(workspace, record, "evaluation")
    progress.check()
    scores = model.score(history)
    rank = truth_ranks(scores, history, np.array([truth], dtype=np.int32), record.hide_seen)
    seen = len(np.unique(history.item[(history.item >= 0) & ~history.told])) if record.hide_seen else 0
    return Truth(truth, int(rank[0]), history.items - seen)


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
        return write_lists(path, lists, workspace.users().ids, workspace.catalogue(), breakdown, aimed, mark, progress)


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
