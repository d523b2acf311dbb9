"""What the feedback page asks of core on worker threads; nothing here touches a widget."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from core import workflow
from desktop_app.widgets.feedback_rows import SaidRow, SaidRows

if TYPE_CHECKING:
    from core.progress import Progress
    from core.recommend.feedback import Entry
    from core.serving import Judged
    from core.workspace import Workspace


def rows(workspace: Workspace, progress: Progress) -> SaidRows:
    """All feedback that is in force, the newest first, with what items and runs are called."""
    import pyarrow as pa
    import pyarrow.compute as pc

    entries = workspace.feedback.all()
    progress.check()
    catalogue = workspace.catalogue()
    place = pc.index_in(pa.array([entry.item for entry in entries], pa.string()), value_set=catalogue.ids)
    titles = catalogue.titles.take(place).to_pylist()
    runs = {run.id: run.name for run in workspace.runs.all()}
    named = zip(entries, titles, strict=True)
    return SaidRows([SaidRow(entry, title or entry.item, runs.get(entry.run, entry.run)) for entry, title in named])


def agreements(workspace: Workspace, progress: Progress) -> list[Judged]:
    """How far each run agrees with the thumbs that it did not learn from."""
    return workflow.agreements(workspace, progress)


def note(workspace: Workspace, entry: Entry, text: str) -> None:
    """Put a note in the place of an entry's."""
    workspace.feedback.put([replace(entry, note=text)])


def remove(workspace: Workspace, entry: Entry) -> None:
    """Take an entry back."""
    workspace.feedback.remove(entry.user, entry.item)


def undo(workspace: Workspace) -> bool:
    """Take the last change back; whether there was one."""
    return workspace.feedback.undo()


def user_code(workspace: Workspace, name: str, progress: Progress) -> int:
    """The code of a user."""
    progress.check()
    return int(workspace.user_codes([name])[0])


def write(workspace: Workspace, path: Path, progress: Progress) -> int:
    """Write all feedback; the number of rows."""
    return workflow.export_feedback(workspace, path, progress)
