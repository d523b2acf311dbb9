"""What the recommendations page asks of core on worker threads; nothing here touches a widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core import workflow
from desktop_app.widgets import readable
from desktop_app.widgets.event_shares import EventShare, order
from desktop_app.widgets.recommendation_table import RankedItem, ranked_items

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.progress import Progress
    from core.runs import Run
    from core.workspace import Workspace

FOUND = 20  # users that a search offers
MOST_SORTED = 10_000  # of those found; beyond, the analyst will type more of the id


@dataclass(frozen=True)
class Choice:
    """Which list is asked for; see `core.workflow.recommend`."""

    user: int
    run: str
    fit: str
    k: int
    hide_seen: bool
    category: str | None


@dataclass(frozen=True)
class Question:
    """Which item of whose list is to be explained."""

    user: int
    item: int
    run: str
    fit: str


@dataclass(frozen=True)
class Listed:
    """A list that is ready to be shown."""

    choice: Choice
    rows: list[RankedItem]
    components: tuple[str, ...]


@dataclass(frozen=True)
class Setting:
    """What the page needs before it can ask for a list.

    Attributes:
        users: number of users.
        run: the run that makes the lists, None where nothing is trained.
        stale: whether the data changed since that run.
        categories: names of the categories, sorted.
    """

    users: int
    run: Run | None
    stale: bool
    categories: tuple[str, ...]


@dataclass(frozen=True)
class Subject:
    """The user who is looked at: number of events and the time of the last one ("" without times)."""

    user: int
    id: str
    events: int
    last: str


@dataclass(frozen=True)
class Truth:
    """What a user did next in the test; `rank` 0 where the item was left out as already seen."""

    code: int
    title: str
    rank: int
    candidates: int


def setting(workspace: Workspace, progress: Progress) -> Setting:
    """Read what the page needs; the catalogue stays in memory for the lists."""
    import pyarrow.compute as pc

    run = workspace.active_run()
    progress.check()
    names = pc.unique(workspace.catalogue().categories.drop_null()).to_pylist()
    stale = run is not None and run.fingerprint != workspace.fingerprint
    return Setting(workspace.counts().users, run, stale, tuple(sorted(name for name in names if name)))


def subject(workspace: Workspace, user: int, progress: Progress) -> Subject:
    """Who the user is."""
    progress.check()
    table = workspace.users()
    last = readable.moment(int(table.last[user])) if table.timed and table.events[user] else ""
    return Subject(user, table.ids[user].as_py(), int(table.events[user]), last)


def neighbour(workspace: Workspace, segment: str | None, user: int, step: int, progress: Progress) -> int:
    """The user `step` places after `user` in the order of ids, among those of the segment; -1 past the ends.

    The first one if `user` is -1 or is none of them.
    """
    progress.check()
    order = workspace.users().arrange(among=_among(workspace, segment))
    found = np.flatnonzero(order == user)
    place = int(found[0]) + step if len(found) else 0
    return int(order[place]) if 0 <= place < len(order) else -1


def find_users(workspace: Workspace, segment: str | None, text: str, progress: Progress) -> list[tuple[str, int]]:
    """(id, code) of the segment's first users whose id contains `text`; the shortest, which it fills most, first."""
    progress.check()
    table = workspace.users()
    found = table.arrange(text, among=_among(workspace, segment))[:MOST_SORTED]
    names = table.ids.take(found).to_pylist()
    pairs = sorted(zip(names, found.tolist(), strict=True), key=lambda pair: len(pair[0]))
    return pairs[:FOUND]


def _among(workspace: Workspace, segment: str | None) -> NDArray[np.int32] | None:
    return None if segment is None else workspace.segment(segment)


def ranked(workspace: Workspace, choice: Choice, progress: Progress) -> Listed:
    """The list with the parts of each score."""
    made = workflow.recommend(
        workspace, choice.user, progress, choice.run, choice.fit, choice.k, choice.hide_seen, choice.category
    )
    rows = ranked_items(workspace.catalogue(), made.items, made.scores, made.base, made.shares)
    return Listed(choice, rows, made.components)


def event_lines(
    workspace: Workspace, question: Question, words: tuple[str, str], progress: Progress
) -> list[EventShare]:
    """The past events that gave an item most, then the sums of the rest and of the base.

    `words` names these two sums. The lines sum to the score.
    """
    items = np.array([question.item], np.int32)
    breakdown = workflow.explain(workspace, question.user, items, progress, question.run, question.fit)
    progress.check()
    past = workspace.user_events(question.user)
    shares, errors = breakdown.event_shares[0], breakdown.event_errors[0]
    shown, rest = order(shares.tolist())
    lines = [
        EventShare(
            event=event,
            label=past.label(event),
            behaviour=past.behaviours[past.behaviour[event]].name if len(past.behaviours) > 1 else "",
            when=readable.moment(int(past.time[event])) if past.timed else "",
            share=float(shares[event]),
            error=float(errors[event]),
        )
        for event in shown
    ]
    if len(shown) < np.count_nonzero(shares):
        lines.append(EventShare(-1, words[0], "", "", rest, 0.0))
    lines.append(EventShare(-1, words[1], "", "", float(breakdown.event_base[0]), 0.0))
    return lines


def truth(workspace: Workspace, user: int, run: str, progress: Progress) -> Truth | None:
    """What the test of the evaluation fit held out for the user, and where it ranked."""
    held = workflow.held_out(workspace, user, progress, run)
    if held is None:
        return None
    catalogue = workspace.catalogue()
    title = catalogue.titles[held.item].as_py() or catalogue.ids[held.item].as_py()
    return Truth(held.item, title, held.rank, held.candidates)
