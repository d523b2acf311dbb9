"""What rescuing a damaged workspace asks of core on a worker thread; nothing here touches a widget."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.data.tables import SUFFIX
from core.progress import Progress
from core.rescue import Rescued, rescue
from core.workspace import Workspace


@dataclass(frozen=True)
class Saved:
    """The new workspace, open, and what became of the old one."""

    workspace: Workspace
    found: Rescued


def save(old: Path, former: Workspace | None, *, progress: Progress) -> Saved:
    """Write what can be read of `old` into a new workspace beside it; `former` is closed before, if it is the one.

    Raises:
        SeqlensError: nothing can be read, or the new one cannot be written.
    """
    if former is not None:
        former.close()
    new = _free(old)
    found = rescue(old, new, progress)
    return Saved(Workspace.open(new), found)


def _free(old: Path) -> Path:
    """A name beside `old` that nothing has."""
    path, number = old.with_name(f"{old.stem} rescued{SUFFIX}"), 2
    while path.exists():
        path, number = old.with_name(f"{old.stem} rescued {number}{SUFFIX}"), number + 1
    return path
