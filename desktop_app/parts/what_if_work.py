"""What the changing of histories asks of core on worker threads; nothing here touches a widget."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core import listing
from core.errors import SeqlensError
from core.recommend.what_if import ChangedHistory, usual_behaviour

if TYPE_CHECKING:
    from pathlib import Path

    from core.progress import Progress
    from core.sequences.log import Catalogue
    from core.workspace import Workspace
    from desktop_app.parts.recommendation_work import Choice

KIND = "what-if"  # of what the workspace keeps


@dataclass(frozen=True)
class Begun:
    """A user's own history, and what is needed to show and change it.

    Attributes:
        texts: the events' own texts by their codes.
        usual: code of the behaviour that an added event has.
        names: of the changed histories that are saved.
    """

    user: int
    fit: str
    history: ChangedHistory
    catalogue: Catalogue
    texts: list[str]
    usual: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Saved:
    """A changed history that was saved, and whose it is."""

    name: str
    user: int
    body: dict[str, object]


@dataclass(frozen=True)
class Taken:
    """Under the wanted name another changed history is saved.

    Attributes:
        user: the id of whose it is.
        free: a name much like the wanted one that is not taken.
    """

    name: str
    user: str
    free: str


def begin(workspace: Workspace, user: int, run: str, fit: str, progress: Progress) -> Begun:
    """The history that the user's list is made from."""
    log = listing.history_of(workspace, user, progress, run, fit)
    names = tuple(workspace.saved.all(KIND))
    usual = usual_behaviour(log, log.behaviours)
    return Begun(user, fit, ChangedHistory.of(log), workspace.catalogue(), workspace.event_texts(), usual, names)


def keep(
    workspace: Workspace, user: int, name: str, history: ChangedHistory, over: bool = False
) -> tuple[str, ...] | Taken:
    """Save a changed history, in the place of another of that name only if it may be written `over`.

    Returns:
        The names of all that are saved; or what has the name, and nothing is saved.
    """
    body = {"user": workspace.users().ids[user].as_py(), "history": history.to_json()}
    other = workspace.saved.get(KIND, name)
    if other is not None and other != body and not over:
        return Taken(name, str(other.get("user")), workspace.saved.free(KIND, name))
    workspace.saved.put(KIND, name, body)
    return tuple(workspace.saved.all(KIND))


def forget(workspace: Workspace, name: str) -> tuple[str, ...]:
    """Remove a saved one; the names of those that are left."""
    workspace.saved.remove(KIND, name)
    return tuple(workspace.saved.all(KIND))


def saved(workspace: Workspace, name: str, progress: Progress) -> Saved:
    """A changed history that was saved.

    Raises:
        SeqlensError: there is no such one, or its user is not in the data any more.
    """
    progress.check()
    body = workspace.saved.get(KIND, name)
    if body is None:
        raise SeqlensError("There is nothing named {name} any more.", name=name)
    user, history = body.get("user"), body.get("history")
    if not isinstance(history, dict):
        raise SeqlensError("This changed history no longer fits the data. Make it again.")
    return Saved(name, int(workspace.user_codes([str(user)])[0]), history)


def export(workspace: Workspace, path: Path, choice: Choice, history: ChangedHistory, progress: Progress) -> None:
    """Write the changed history and the list that the screen shows of it to a file whose suffix names the format."""
    from core.recommend.what_if_file import write_what_if
    from desktop_app.parts.recommendation_work import former_ranks

    request = replace(choice.request, history=history.log)
    made = listing.recommend(workspace, choice.user, progress, request)
    former = former_ranks(workspace, choice, progress)[made.items]
    progress.check()
    write_what_if(path, history, workspace.catalogue(), workspace.event_texts(), made, former)
