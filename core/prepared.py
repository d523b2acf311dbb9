"""What one user's list is made from: the model and the history that it reads, what may be listed, and in what order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.errors import SeqlensError
from core.progress import Progress
from core.reach import reach
from core.runs import Run
from core.serving import Heard, hear_one, ranker
from core.trained import record_of, split_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.dialogue.acting import Asked
    from core.dialogue.structure import Part
    from core.evaluation.split import Split
    from core.reach import Reach
    from core.recommend.policy import Policy
    from core.recommend.rerank import Ranker
    from core.sequences.log import EventLog
    from core.workspace import Workspace


@dataclass(frozen=True, eq=False)
class ListRequest:
    """Which list of a user is asked for.

    Attributes:
        run: id of the run that makes it; None for the active one.
        fit: "serving" (all events, and feedback is heeded: `core.recommend.heeding`) or "evaluation" (training events,
            and the history that the user's test had).
        k: length of the list.
        hide_seen: whether to leave out what the user has; None for what the run was evaluated with.
        category: of which all items are to be; None for any.
        history: the log of one user that is scored instead of the user's own.
        policy: the list is in its order, with its pins on top; None for that of the scores.
        parts: of what was asked in words; they stand above all of these and may change the history.
        weights: what the components of a hybrid count for, by name (`core.recommend.bandit`); None for what was
            trained. The run stays as it is.
    """

    run: str | None = None
    fit: str = "serving"
    k: int = 10
    hide_seen: bool | None = None
    category: str | None = None
    history: EventLog | None = None
    policy: Policy | None = None
    parts: Sequence[Part] = ()
    weights: Mapping[str, float] | None = None


USUAL = ListRequest()


@dataclass(frozen=True)
class Prepared:
    """All that a list of one user hangs on.

    Attributes:
        record: the run, with as many items as `heard.model` scores.
        fit: "serving" or "evaluation".
        fresh: bool [items], which of them the training has learned nothing of.
        heard: the model, with the feedback and the wishes that it heeds, and the log of the one user that it reads.
        k: length of the list.
        hide: whether to leave out what the user has.
        nameless: bool [items], what has neither events nor a text, and is in no list.
        of_category: bool [items], what is of the category that was asked for; None for all categories.
        out: int32 [m], what the user's feedback keeps out.
        policy: with what was asked in words on top; None for the model's own order.
        ranker: of that policy; None where it changes nothing.
        asked: what was asked in words; None for nothing.
    """

    record: Run
    fit: str
    fresh: NDArray[np.bool_]
    heard: Heard
    k: int
    hide: bool
    nameless: NDArray[np.bool_]
    of_category: NDArray[np.bool_] | None
    out: NDArray[np.int32]
    policy: Policy | None
    ranker: Ranker | None
    asked: Asked | None

    @property
    def allowed(self) -> NDArray[np.bool_] | None:
        """Which items may be listed, whatever the user has and the policy says, bool [items]; None for all."""
        allowed = ~self.nameless
        if self.of_category is not None:
            allowed &= self.of_category
        allowed[self.out] = False
        if self.asked is not None and self.asked.allowed is not None:
            allowed &= self.asked.allowed
        return None if allowed.all() else allowed

    @property
    def depth(self) -> int:
        """How many of the best items are looked at before those of a brand that are too many are left out."""
        return self.k if self.asked is None else self.asked.depth(self.k)

    def kept(self, items: NDArray[np.int32]) -> NDArray[np.int64]:
        """Places of the items (int32 [n], the best first) that make the list."""
        return np.arange(len(items)) if self.asked is None else self.asked.kept(items, self.k)


def prepare(workspace: Workspace, user: int, progress: Progress, request: ListRequest) -> Prepared:
    """What a list is made from.

    Raises:
        SeqlensError: there is no trained run, the user has no test in the evaluation fit's split, or the policy speaks
            of what there is not.
    """
    reached, history = reached_by(workspace, user, progress, request)
    record, fit, k, hide_seen, policy = reached.record, request.fit, request.k, request.hide_seen, request.policy
    asked = None
    if request.parts:
        from core.talking import asked_of, history_after

        asked = asked_of(workspace, record, request.parts, progress)
        history = history_after(workspace, history, request.parts).log
    heard = hear_one(workspace, reached, user, fit, history)
    if asked is not None:
        heard = replace(heard, model=asked.model(heard.model))
        policy, hide_seen, k = asked.over(policy), asked.hides(hide_seen), asked.count or k
    made_by = None if policy is None or policy.plain else ranker(workspace, record, fit, policy, progress)
    progress.check()
    return Prepared(
        record=record,
        fit=fit,
        fresh=reached.fresh,
        heard=heard,
        k=k,
        hide=record.hide_seen if hide_seen is None else hide_seen,
        nameless=reached.nameless,
        of_category=None if request.category is None else _of_category(workspace, request.category, record.items),
        out=heard.out[1][heard.out[1] < record.items],
        policy=policy,
        ranker=made_by,
        asked=asked,
    )


def reached_by(workspace: Workspace, user: int, progress: Progress, request: ListRequest) -> tuple[Reach, EventLog]:
    """What lists with the weights that are asked for, and the log of one user that it is to read, before any words."""
    reached = reach(workspace, record_of(workspace, request.run), request.fit, progress)
    if request.weights is not None:
        from core.recommend.bandit import reweighted

        reached = replace(reached, model=reweighted(reached.model, request.weights))
    if request.history is not None:
        return reached, request.history
    return reached, own_history(workspace, reached.record, user, request.fit)


def case_of(split: Split, user: int) -> tuple[EventLog, int] | None:
    """The last test history of a user and the item that really followed; None where there is none."""
    place = np.flatnonzero(split.test.users == user)
    if len(place) == 0:
        return None
    return split.test.histories.select(place[-1:]), int(split.test.truth[place[-1]])


def own_history(workspace: Workspace, record: Run, user: int, fit: str) -> EventLog:
    """The log of one user that a fit's list is made from.

    Raises:
        SeqlensError: the user has no test in the evaluation fit's split.
    """
    if fit == "serving":
        return workspace.log().block(user, user + 1)
    case = case_of(split_of(workspace, record), user)
    if case is None:
        raise SeqlensError("This user was not part of the test. Look at the list of the serving fit.")
    return case[0]


def _of_category(workspace: Workspace, category: str, items: int) -> NDArray[np.bool_]:
    from core.telling import item_tags

    return item_tags(workspace).named(category)[:items]
