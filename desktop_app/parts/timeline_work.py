"""What the timeline page has done in the background."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core import listing
from core.files import draft
from core.language.item_features import shared_tags
from core.sequences.annotations import KIND, Annotation, read
from core.sequences.rows import write_rows
from desktop_app.widgets.replay_panel import Listed, StepList
from desktop_app.widgets.timeline_file import write_picture

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from core.progress import Progress
    from core.recommend.replay import Replay
    from core.sequences.store import UserEvents, UserOrder, UserTable
    from core.telling import Portrait
    from core.workspace import Workspace


LAYOUT = "timeline layout"  # the workspace's setting of this name
LISTED = 20  # items of a list that is replayed


@dataclass(frozen=True)
class Ranked:
    """Ranks of some steps (both int64 [n]), and how long it took to find them."""

    steps: NDArray[np.int64]
    ranks: NDArray[np.int64]
    seconds: float


def read_users(workspace: Workspace, progress: Progress) -> tuple[UserTable, object]:
    """All users of the workspace, and the layout in which the page was left."""
    progress.check()
    return workspace.users(), workspace.setting(LAYOUT, None)


def read_tags(workspace: Workspace, progress: Progress) -> dict[str, tuple[str, ...]]:
    """The names of categories by each tag that they name, in text order."""
    import pyarrow.compute as pc

    progress.check()
    whole = [name for name in pc.unique(workspace.catalogue().categories.drop_null()).to_pylist() if name]
    found: dict[str, list[str]] = {}
    for name, tags in zip(whole, shared_tags(whole), strict=True):
        for tag in dict.fromkeys(tags):
            found.setdefault(tag, []).append(name)
    return {tag: tuple(found[tag]) for tag in sorted(found)}


def arrange(
    workspace: Workspace,
    segment: str | None,
    table: UserTable,
    search: str,
    sort: UserOrder,
    descending: bool,
    progress: Progress,
) -> NDArray[np.int32]:
    """Codes of the users that the list shows: those of the segment, or of all."""
    progress.check()
    return table.arrange(search, sort, descending, None if segment is None else workspace.segment(segment))


def read_events(workspace: Workspace, user: int, progress: Progress) -> tuple[UserEvents, list[Annotation]]:
    """One user's events, and the notes on them."""
    progress.check()
    events = workspace.user_events(user)
    return events, read(workspace.saved.all(KIND).values(), events.user_id)


def read_portrait(workspace: Workspace, events: UserEvents, progress: Progress) -> Portrait:
    """What is told of the user with these events."""
    from core.telling import portrait

    return portrait(workspace, events, progress)


def keep_note(workspace: Workspace, note: Annotation) -> None:
    """Keep a note, or forget it where it is empty."""
    if note.text.strip():
        workspace.saved.put(KIND, note.name, note.body())
    else:
        workspace.saved.remove(KIND, note.name)


def open_replay(workspace: Workspace, user: int, progress: Progress) -> tuple[Replay, str]:
    """The user's sequence with the evaluation fit of the active run, and the name of the run.

    The titles of items are at hand from then on.
    """
    replay, run = listing.replay(workspace, user, progress), workspace.active_run()
    workspace.catalogue()
    return replay, "" if run is None else run.name


def rank(replay: Replay, steps: NDArray[np.int64], progress: Progress) -> Ranked:
    """The ranks of what followed at some steps."""
    began = time.perf_counter()
    ranks = replay.ranks(steps, progress)
    return Ranked(steps, ranks, time.perf_counter() - began)


def step_list(workspace: Workspace, replay: Replay, step: int, progress: Progress) -> StepList:
    """What the model would have recommended before an event, and what followed."""
    found, catalogue = replay.step(step, LISTED, progress), workspace.catalogue()

    def title(item: int) -> str:
        return str(catalogue.titles[item].as_py() or catalogue.ids[item].as_py())

    rows = [
        Listed(number, title(item), score, item == found.truth)
        for number, (item, score) in enumerate(zip(found.items.tolist(), found.scores.tolist(), strict=True), 1)
    ]
    if found.rank > len(rows):
        rows.append(Listed(found.rank, title(found.truth), found.score, True))
    followed = title(found.truth) if found.truth >= 0 else ""
    return StepList(step, tuple(rows), followed, found.rank, found.candidates)


def save_picture(path: Path, picture: QImage | bytes, progress: Progress) -> None:
    """Write a picture of the timeline: encoding a large one takes a tenth of a second."""
    progress.check()
    write_picture(path, picture)


def save_text(path: Path, lines: list[str], progress: Progress) -> None:
    """Write lines into a text file, which is whole or absent."""
    progress.check()
    with draft(path) as beside:
        beside.write_text("\n".join(lines) + "\n", "utf-8")


def save_rows(path: Path, events: UserEvents, notes: list[Annotation], progress: Progress) -> None:
    """Write one user's events into a CSV file, with the notes on them."""
    progress.check()
    write_rows(path, events, notes)
