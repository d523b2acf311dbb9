"""Which language model reads a workspace: the analyst's choice, and what a run was trained with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import SeqlensError
from core.language.reading import Reading

if TYPE_CHECKING:
    from core.runs import Run
    from core.workspace import Workspace

SETTING = "language model"


def chosen(workspace: Workspace) -> Reading:
    """What the next training reads with; the bundled model where nothing was chosen."""
    body = workspace.setting(SETTING, None)
    try:
        return Reading.from_dict(body) if isinstance(body, dict) else Reading()
    except SeqlensError:  # of a newer Seqlens
        return Reading()


def choose(workspace: Workspace, reading: Reading) -> None:
    """Keep with the workspace what the next training reads with."""
    workspace.set_setting(SETTING, reading.to_dict())


def reading_of(workspace: Workspace, run: Run | None) -> Reading:
    """What a run was trained with; without one, what the next training will read with."""
    return chosen(workspace) if run is None else Reading.of(run.settings)


def texts(workspace: Workspace, reading: Reading) -> list[str]:
    """All that is read: a text for each item, and after them what events say in the place of an item."""
    return [*reading.texts(workspace.catalogue()), *workspace.event_texts()]
