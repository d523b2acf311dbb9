"""What the privacy page has done beside the window."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from core import keeping, workflow
from core.fitting import TrainSettings
from core.keeping import Stored
from core.progress import Progress
from core.runs import Run
from core.workspace import Workspace

Result = TypeVar("Result")
_writing = threading.Lock()  # held while a file is written anew, which goes on for a moment when it is stopped


@dataclass(frozen=True)
class Facts:
    """What the page shows.

    Attributes:
        stored: what the workspace keeps of people.
        finished: runs, the newest first.
    """

    stored: Stored
    finished: tuple[Run, ...]

    @property
    def marked(self) -> tuple[Run, ...]:
        """Those that learned from what was forgotten since."""
        return tuple(run for run in self.finished if run.forgotten)


def facts(workspace: Workspace, progress: Progress) -> Facts:
    """Read what there is."""
    progress.check()
    return Facts(keeping.stored(workspace), tuple(run for run in workspace.runs.all() if run.status == "done"))


def user_id(workspace: Workspace, user: int, progress: Progress) -> str:
    """The id of the user with the code `user`."""
    progress.check()
    return str(workspace.users().ids[user].as_py())


def closed(workspace: Workspace, work: Callable[[Path, Progress], Result], *, progress: Progress) -> Result:
    """Close a workspace that no view shows any more, and do `work` with its file."""
    with _writing:
        workspace.close()
        return work(workspace.path, progress)


def opened(path: Path, progress: Progress) -> Workspace:
    """Open the workspace again, after the work with its file has come to its end."""
    with _writing:
        progress.check()
        return Workspace.open(path)


def train_again(workspace: Workspace, run: Run, *, progress: Progress) -> Run:
    """A training with the settings of `run` on what is left of the data; the marked run goes."""
    settings = TrainSettings(**run.settings)  # type: ignore[arg-type]
    fresh = workflow.train(workspace, settings, progress)
    workspace.runs.delete(run.id)
    return fresh
