"""What the page of segments asks of core on worker threads; nothing here touches a widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core import workflow
from core.analysis import segments
from core.analysis.conditions import Chosen, Segment
from core.errors import SeqlensError
from core.language.item_features import tags_of
from desktop_app.widgets.condition_rows import Offer
from desktop_app.widgets.history import Step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.evaluation.slices import Slice
    from core.progress import Progress
    from core.runs import Run
    from core.saved import Body
    from core.sequences.store import UserOrder, UserTable
    from core.workspace import Workspace

KIND = "segment"  # of the documents in the workspace


@dataclass(frozen=True)
class Setting:
    """What the page begins with.

    Attributes:
        events: how many there are.
        offer: what conditions can speak of.
        saved: what is kept of each segment, by name in text order.
        run: the run that can be measured.
    """

    events: int
    offer: Offer
    saved: dict[str, Body]
    run: Run | None


@dataclass(frozen=True)
class Found:
    """Who belongs to a segment.

    Attributes:
        codes: int32 [n], ascending.
        users: of the workspace.
        events: of the segment's users.
    """

    codes: NDArray[np.int32]
    users: int
    events: int


@dataclass(frozen=True)
class Measured:
    """The figures of a run for a segment, beside those for all users that were tested."""

    run: Run
    slice: Slice


def read(workspace: Workspace, progress: Progress) -> Setting:
    """What the page needs to know of the workspace."""
    counts = workspace.counts()
    saved = dict(sorted(workspace.saved.all(KIND).items()))
    progress.check()
    return Setting(counts.events, _offer(workspace, progress), saved, workspace.active_run())


def _offer(workspace: Workspace, progress: Progress) -> Offer:
    with workspace.cursor() as cursor, progress.interrupting(cursor.interrupt):
        behaviours = [name for (name,) in cursor.execute("SELECT name FROM behaviours ORDER BY code").fetchall()]
        found = cursor.execute("SELECT DISTINCT category FROM items WHERE category <> ''").fetchall()
        valued, priced = cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM events WHERE isfinite(value)), "
            "EXISTS (SELECT 1 FROM items WHERE isfinite(price))"
        ).fetchall()[0]
        clusters = tuple(segments.groups(cursor))
    tags = tags_of([str(name) for (name,) in found])
    categories = tuple(sorted({tag for own in tags for tag in own}))
    return Offer(tuple(behaviours), categories, clusters, workspace.timed, valued, priced, workspace.utc_offset)


def find(workspace: Workspace, segment: Segment, progress: Progress) -> Found:
    """Who meets the conditions as they are now, saved or not."""
    with workspace.cursor() as cursor, progress.interrupting(cursor.interrupt):
        codes = segments.members(cursor, segment, workspace.utc_offset)
    table = workspace.users()
    return Found(codes, table.users, int(table.events[codes].sum(dtype=np.int64)))


def count_all(workspace: Workspace, saved: dict[str, Body], progress: Progress) -> dict[str, int | None]:
    """How many users each segment has; None where that cannot be told."""
    counts: dict[str, int | None] = {}
    for name, body in saved.items():
        try:
            counts[name] = len(find(workspace, Segment.from_dict(body), progress).codes)
        except SeqlensError:
            counts[name] = None
    return counts


def arrange(
    workspace: Workspace, among: NDArray[np.int32], search: str, sort: UserOrder, descending: bool, progress: Progress
) -> tuple[UserTable, NDArray[np.int32]]:
    """All users, and the codes of those that the list shows."""
    progress.check()
    table = workspace.users()
    return table, table.arrange(search, sort, descending, among)


def keep(workspace: Workspace, step: Step) -> None:
    """Make a document in the workspace what it is after a step.

    Raises:
        SeqlensError: the name is empty or taken.
    """
    before, after = step.before, step.after
    if before is not None and after is not None and before[0] != after[0]:
        workspace.saved.rename(KIND, before[0], after[0])
    elif after is not None:
        workspace.saved.put(KIND, *after)
    elif before is not None:
        workspace.saved.remove(KIND, before[0])


def save_users(workspace: Workspace, name: str, users: NDArray[np.int32]) -> None:
    """Keep users (codes) as a new segment.

    Raises:
        SeqlensError: the name is empty or taken.
    """
    put_new(workspace, KIND, name, Segment((Chosen(tuple(users.tolist())),)).to_dict())


def put_new(workspace: Workspace, kind: str, name: str, body: Body) -> None:
    """Keep a document under a name that no other of its kind has.

    Raises:
        SeqlensError: the name is empty or taken.
    """
    if workspace.saved.get(kind, name.strip()) is not None:
        raise SeqlensError("{name} is taken. Choose another name.", name=name.strip())
    workspace.saved.put(kind, name.strip(), body)


def measure(workspace: Workspace, segment: str, run: Run, progress: Progress) -> Measured:
    """Test a run on the users of a saved segment."""
    return Measured(run, workflow.measure(workspace, segment, run.id, progress, run.k))
