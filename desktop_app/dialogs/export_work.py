"""What the export dialog asks of core on a worker thread; nothing here touches a widget."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core import workflow

if TYPE_CHECKING:
    from core.progress import Progress
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
        policy: name of the saved policy that puts the lists in order; empty for none.
    """

    run: str
    users: Users
    k: int
    hide_seen: bool
    breakdown: bool
    path: Path
    policy: str = ""


def export(workspace: Workspace, wanted: Wanted, progress: Progress) -> int:
    """Write the lists; the number of rows.

    Raises:
        SeqlensError: a user or segment is unknown, or the file cannot be written.
    """
    users = wanted.users
    codes: NDArray[np.int32] | None
    if isinstance(users, list):
        codes = workspace.user_codes(users)
    elif isinstance(users, OfSegment):
        codes = workspace.segment(users.name)
    else:
        codes = None if users is None else np.array([users], np.int32)
    return workflow.export(
        workspace,
        wanted.path,
        progress,
        users=codes,
        run=wanted.run,
        k=wanted.k,
        hide_seen=wanted.hide_seen,
        breakdown=wanted.breakdown,
        policy=workflow.policy_named(workspace, wanted.policy) if wanted.policy else None,
    )
