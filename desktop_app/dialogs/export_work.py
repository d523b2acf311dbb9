"""What the export dialog asks of core on a worker thread; nothing here touches a widget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core import listing

if TYPE_CHECKING:
    from core.listing import ListRequest
    from core.progress import Progress
    from core.recommend.policy import Policy
    from core.workspace import Workspace


@dataclass(frozen=True)
class OfSegment:
    """The users of a saved segment."""

    name: str


Users: TypeAlias = list[str] | int | OfSegment | None  # ids, or the code of one user, or a segment's, or all


@dataclass(frozen=True)
class Wanted:
    """What the analyst asked for.

    Attributes:
        run: id of the run that makes the lists.
        users: for whom.
        k: items for each user.
        hide_seen: whether items that a user already has are left out.
        breakdown: whether the parts of each score are written too.
        path: the file; its suffix names the format.
        policy: what puts the lists in order: the name of a saved policy, empty for none, or one that is not saved.
        watermark: whether a last row says of which data the lists are.
        page: what else the list of one user is made by: what the page asks for in words, its category and weights.
    """

    run: str
    users: Users
    k: int
    hide_seen: bool
    breakdown: bool
    path: Path
    policy: Policy | str = ""
    watermark: bool = False
    page: ListRequest | None = None


@dataclass(frozen=True)
class Sizes:
    """How many users there are.

    Attributes:
        all: in the workspace.
        segments: in each segment of which it can be told.
    """

    all: int
    segments: Mapping[str, int]


def sizes(workspace: Workspace, progress: Progress) -> Sizes:
    """Count the users that may be chosen."""
    progress.check()
    return Sizes(workspace.counts().users, {name: len(users) for name, users in workspace.segments().items()})


def export(workspace: Workspace, wanted: Wanted, progress: Progress) -> int:
    """Write the lists; the number of their rows.

    Raises:
        SeqlensError: a user or segment is unknown, or the file cannot be written.
    """
    users = wanted.users
    if wanted.page is not None and isinstance(users, int):
        return _as_on_the_page(workspace, wanted, users, wanted.page, progress)
    codes: NDArray[np.int32] | None
    if isinstance(users, list):
        codes = workspace.user_codes(users)
    elif isinstance(users, OfSegment):
        codes = workspace.segment(users.name)
    else:
        codes = None if users is None else np.array([users], np.int32)
    return listing.export(
        workspace,
        wanted.path,
        progress,
        users=codes,
        run=wanted.run,
        k=wanted.k,
        hide_seen=wanted.hide_seen,
        breakdown=wanted.breakdown,
        policy=_policy(workspace, wanted),
        watermark=wanted.watermark,
        leave_core=True,
    )


def _policy(workspace: Workspace, wanted: Wanted) -> Policy | None:
    if isinstance(wanted.policy, str):
        return listing.policy_named(workspace, wanted.policy) if wanted.policy else None
    return wanted.policy


def _as_on_the_page(workspace: Workspace, wanted: Wanted, user: int, page: ListRequest, progress: Progress) -> int:
    """Write the list of one user with all that the page asks for, by the serving fit and from what the user did."""
    asked = replace(page, run=wanted.run, k=wanted.k, hide_seen=wanted.hide_seen, policy=_policy(workspace, wanted))
    found = listing.recommend(workspace, user, progress, replace(asked, fit="serving", history=None))
    progress.check()
    name = workspace.users().ids[user].as_py()
    mark = wanted.run if wanted.watermark else ""
    return listing.export_one(workspace, wanted.path, found, name, wanted.breakdown, mark, progress)
