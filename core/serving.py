"""What makes a user's list beyond the model: the feedback that is heeded, and the policy that puts it in order."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.evaluation import ranking
from core.models.base import Recommender
from core.progress import Progress
from core.reach import Reach, language_vectors
from core.runs import Run
from core.trained import model_of, split_of

if TYPE_CHECKING:
    from core.recommend.agreement import Agreement
    from core.recommend.costs import Cost
    from core.recommend.heeding import Similarity
    from core.recommend.lists import Pairs
    from core.recommend.policy import Policy
    from core.recommend.purpose import Purpose
    from core.recommend.rerank import Knowledge, Ranker
    from core.sequences.log import EventLog
    from core.workspace import Workspace

NOBODY = (np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32))


@dataclass(frozen=True)
class Heard:
    """A model that heeds what was said, and what it reads.

    Attributes:
        model: scores and explains `read`.
        read: the log that it is handed.
        known: bool [columns], which events have a column of their own in its breakdowns: those of the user's sequence
            that it knows and, after them, the thumbs. (For a single user.)
        told: int32 [t], items of the thumbs, in the order of their columns. (For a single user.)
        up: bool [t], which of them are up.
        out: users and items that do not belong together.
    """

    model: Recommender
    read: EventLog
    known: NDArray[np.bool_]
    told: NDArray[np.int32]
    up: NDArray[np.bool_]
    out: Pairs


def hear_one(workspace: Workspace, reached: Reach, user: int, fit: str, whole: EventLog) -> Heard:
    """What a run reaches, for one user; feedback counts with the serving fit.

    Args:
        reached: of that fit.
        whole: the log of that one user, with events that the model may not know; the evaluation fit's has the feedback
            of the training among its events.
    """
    from core.recommend.heeding import ToldLast

    record, model = reached.record, reached.model
    if any(behaviour.told for behaviour in whole.behaviours):
        own = int((~whole.told).sum())
        events = max(int(workspace.log().lengths[user]), own)
        known = np.zeros(events + whole.events - own, dtype=np.bool_)
        known[:own] = known[events:] = True
        last = cast(Recommender, ToldLast(model))
        return Heard(last, whole, known, whole.item[whole.told], ~whole.negative[whole.told], NOBODY)
    read, known = whole.known(record.items, record.behaviours), whole.knows(record.items, record.behaviours)
    said = workspace.said().of_user(user) if fit == "serving" else None
    if said is None or len(said) == 0:
        return Heard(model, read, known, *_no_thumbs(), NOBODY)
    out = said.out(_now())
    said = replace(said, users=np.zeros_like(said.users))
    thumbs = said.take(said.is_verdict("up", "down") & (said.items < record.items))
    if len(thumbs) == 0:
        return Heard(model, read, known, *_no_thumbs(), out)
    heeding = ToldLast(_heeding(workspace, record, model), thumbs)
    joined = heeding.read(read)
    told = joined.told
    known = np.concatenate((known, np.ones(int(told.sum()), dtype=np.bool_)))
    return Heard(cast(Recommender, heeding), read, known, joined.item[told], ~joined.negative[told], out)


def hear_all(workspace: Workspace, reached: Reach) -> Heard:
    """What the serving fit of a run reaches, and the log of all users that it reads, with their feedback."""
    from core.recommend.feedback import joined

    record, model = reached.record, reached.model
    log = workspace.log().known(record.items, record.behaviours)
    said = workspace.said()
    known = np.zeros(0, dtype=np.bool_)
    out = said.out(_now())
    if not said.is_verdict("up", "down").any():
        return Heard(model, log, known, *_no_thumbs(), out)
    return Heard(_heeding(workspace, record, model), joined(log, said), known, *_no_thumbs(), out)


def _no_thumbs() -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.bool_)


def _heeding(workspace: Workspace, record: Run, model: Recommender) -> Recommender:
    from core.recommend.heeding import Heeding, most_liked

    similarity = _similarity(workspace, record)
    return cast(Recommender, Heeding(model, similarity, record.feedback > 0, most_liked(workspace.log())))


def _similarity(workspace: Workspace, record: Run) -> Similarity:
    from core.recommend.heeding import Similarity

    def make() -> Similarity:
        log = workspace.log().known(record.items, record.behaviours)
        return Similarity(log, language_vectors(workspace, record, None))

    return workspace.keep("similarity", f"{workspace.fingerprint} {record.id} {record.items}", make)


def _now() -> int:
    return time.time_ns() // 1000


# ------------------------------------------------------------------------------------------------ policies


def knowledge(workspace: Workspace, record: Run, fit: str, progress: Progress, vectors: bool) -> Knowledge:
    """What policies need to know of the items; with `vectors`, language vectors are computed where they are not there.

    The evaluation fit's knowledge is of its training events alone.
    """
    from core.recommend.rerank import Knowledge

    def make() -> Knowledge:
        log = split_of(workspace, record).train if fit == "evaluation" else None
        if log is None:
            log = workspace.log().known(record.items, record.behaviours)
        return Knowledge(log, workspace.catalogue(), language_vectors(workspace, record, progress if vectors else None))

    return workspace.keep(f"knowledge {fit}", f"{workspace.fingerprint} {record.id} {record.items} {vectors}", make)


def ranker(workspace: Workspace, record: Run, fit: str, policy: Policy, progress: Progress) -> Ranker:
    """What puts lists of a run in order by a policy; the probabilities of its target are fitted once and kept.

    Raises:
        SeqlensError: the policy speaks of what there is not, or its target was never validated.
        Cancelled: the analyst pressed stop.
    """
    from core.recommend.policy import ANYTHING
    from core.recommend.rerank import Ranker

    aim = "" if policy.target == ANYTHING else policy.target
    purpose = calibrated(workspace, record, aim, progress) if policy.target else None
    known = knowledge(workspace, record, fit, progress, bool(policy.diversity or policy.novelty))
    return Ranker(policy, known, purpose)


def calibrated(workspace: Workspace, record: Run, behaviour: str, progress: Progress) -> Purpose:
    """How a run's scores become probabilities of a behaviour (empty for any); fitted on its validation events.

    Raises:
        SeqlensError: there are too few such events, or the data changed since the training.
        Cancelled: the analyst pressed stop.
    """
    from core.recommend import purpose

    name = f"{record.id} {behaviour}"

    def load() -> purpose.Purpose:
        body = workspace.saved.get(purpose.KIND, name)
        if body is not None:
            return purpose.Purpose.from_dict(body)
        model = model_of(workspace, record, "evaluation")
        found = purpose.fit(model, split_of(workspace, record), behaviour, record.hide_seen, progress)
        workspace.saved.put(purpose.KIND, name, found.to_dict())
        return found

    return workspace.keep("purpose", name, load)  # of two questions at once, one waits for the other's answer


def policy_named(workspace: Workspace, name: str) -> Policy:
    """The saved policy of this name.

    Raises:
        SeqlensError: there is none.
    """
    from core.recommend.policy import KIND, Policy

    body = workspace.saved.get(KIND, name)
    if body is None:
        raise SeqlensError("There is no policy {name} in this workspace.", name=name)
    return Policy.from_dict(body)


def measured_cost(workspace: Workspace, record: Run, policy: Policy, k: int, progress: Progress) -> Cost:
    """What a policy costs and buys in the test of a run.

    Raises:
        SeqlensError: the data changed since the training, or the policy speaks of what there is not.
        Cancelled: the analyst pressed stop.
    """
    from core.recommend.costs import cost

    made = ranker(workspace, record, "evaluation", policy, progress.part(0.0, 0.4))
    known = knowledge(workspace, record, "evaluation", progress, bool(policy.diversity or policy.novelty))
    model = model_of(workspace, record, "evaluation")
    split = split_of(workspace, record)
    return cost(model, split, made, known, record.id, k, record.hide_seen, progress.part(0.4, 1.0))


# ------------------------------------------------------------------------------------------------ agreement


@dataclass(frozen=True)
class Judged:
    """A run's agreement with feedback.

    Attributes:
        run: the run.
        agreement: with the thumbs that it was not trained on.
        learned: thumbs that are left out because the run learned from them.
    """

    run: Run
    agreement: Agreement
    learned: int


def judge(workspace: Workspace, record: Run, progress: Progress) -> Judged:
    """Compare a run's serving fit, without the feedback in its histories, with the thumbs that it did not learn from.

    Raises:
        Cancelled: the analyst pressed stop.
    """
    from core.recommend.agreement import agreement

    said = workspace.said()
    thumbs = said.take(said.is_verdict("up", "down") & (said.items < record.items))
    fresh = thumbs.take(thumbs.number > record.feedback)
    place = np.zeros(len(fresh))
    users, row = np.unique(fresh.users, return_inverse=True)
    model = model_of(workspace, record, "serving")
    log = workspace.log().known(record.items, record.behaviours)
    for start, end in ranking.blocks(len(users), log.items, most=getattr(model, "at_once", None)):
        progress.step(start, max(len(users), 1), "Asking the model about the thumbs")
        scores = model.score(log.select(users[start:end]))
        asked = np.flatnonzero((row >= start) & (row < end))
        own = scores[row[asked] - start, fresh.items[asked]]
        place[asked] = _places(scores, row[asked] - start, own)
    up = fresh.is_verdict("up")
    return Judged(record, agreement(place, up, fresh.users), len(thumbs) - len(fresh))


def _places(scores: NDArray[np.float32], rows: NDArray[np.int64], own: NDArray[np.float32]) -> NDArray[np.float64]:
    """The share of all items that score less than `own` (float32 [n], of the users `rows`), ties half."""
    width = scores.shape[1]
    found = np.empty(len(rows), dtype=np.float64)
    step = max(1, ranking.MEMORY // (4 * max(width, 1)))  # thumbs whose user's scores are gathered at once
    for start in range(0, len(rows), step):
        part = slice(start, start + step)
        below = np.count_nonzero(scores[rows[part]] < own[part, None], axis=1)
        level = np.count_nonzero(scores[rows[part]] == own[part, None], axis=1)
        found[part] = (below + 0.5 * level) / max(width, 1)
    return found
