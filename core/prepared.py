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


def prepare(
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
) -> Prepared:
    """What the list that is so asked for is made from; see `core.listing.recommend`.

    Raises:
        SeqlensError: there is no trained run, the user has no test in the evaluation fit's split, or the policy speaks
            of what there is not.
    """
    reached = weighed(reach(workspace, record_of(workspace, run), fit, progress), weights)
    record = reached.record
    whole = own_history(workspace, record, user, fit) if history is None else history
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
    return Prepared(
        record=record,
        fit=fit,
        fresh=reached.fresh,
        heard=heard,
        k=k,
        hide=record.hide_seen if hide_seen is None else hide_seen,
        nameless=reached.nameless,
        of_category=None if category is None else _of_category(workspace, category, record.items),
        out=heard.out[1][heard.out[1] < record.items],
        policy=policy,
        ranker=made_by,
        asked=asked,
    )


def weighed(reached: Reach, weights: Mapping[str, float] | None) -> Reach:
    """The same with other weights of a hybrid's components."""
    if weights is None:
        return reached
    from core.recommend.bandit import reweighted

    return replace(reached, model=reweighted(reached.model, weights))


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
