"""What the timeline page has done in the background."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.sequences.rows import write_rows
from desktop_app.widgets.timeline_file import write_picture

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from core.progress import Progress
    from core.sequences.store import UserEvents, UserOrder, UserTable
    from core.workspace import Workspace


LAYOUT = "timeline layout"  # the workspace's setting of this name


def read_users(workspace: Workspace, progress: Progress) -> tuple[UserTable, object]:
    """All users of the workspace, and the layout in which the page was left."""
    progress.check()
    return workspace.users(), workspace.setting(LAYOUT, None)


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


def read_events(workspace: Workspace, user: int, progress: Progress) -> UserEvents:
    """One user's events."""
    progress.check()
    return workspace.user_events(user)


def save_picture(path: Path, picture: QImage | bytes, progress: Progress) -> None:
    """Write a picture of the timeline: encoding a large one takes a tenth of a second."""
    progress.check()
    write_picture(path, picture)


def save_rows(path: Path, events: UserEvents, progress: Progress) -> None:
    """Write one user's events into a CSV file."""
    progress.check()
    write_rows(path, events)
