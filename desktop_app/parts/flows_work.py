"""What the page of flows asks of core on worker threads; nothing here touches a widget."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core.analysis import behind, crowds, flows, funnels, rhythms
from core.files import BOM, draft, harmless
from core.privacy import groups

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from core.analysis.flows import By, Named
    from core.analysis.rhythms import Retention
    from core.progress import Progress
    from core.sequences.log import EventLog
    from core.workspace import Workspace

PATHS = 200  # that are told


@dataclass(frozen=True)
class Question:
    """Which flow of whom is asked for.

    Attributes:
        flow: name of the flow, a key of `FLOWS`.
        by: what the states are.
        segment: name of the segment, None for all users.
        settings: what the tab asks beside, by name.
    """

    flow: str
    by: By
    segment: str | None
    settings: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Answer:
    """A flow, with what it is of.

    Attributes:
        question: that it answers.
        names: of the states, the pooled one empty.
        pooled: categories in the pooled state.
        users: with events.
        events: of the users; `dropped` of them have no state.
        categories: whether items have categories, which could be the states.
        behaviours: names of all behaviours.
        found: what `FLOWS` gave.
        crowd: users behind the cells of its table, int64, of its shape or to be broadcast to it.
        mark: of which data it is, for a last row.
    """

    question: Question
    names: tuple[str, ...]
    pooled: int
    users: int
    events: int
    dropped: int
    categories: bool
    behaviours: tuple[str, ...]
    found: Any
    crowd: NDArray[np.int64]
    mark: str


def answer(workspace: Workspace, question: Question, progress: Progress) -> Answer:
    """Compute a flow.

    Raises:
        SeqlensError: it needs times and there are none, or the segment is not there any more.
    """
    log, named = _events(workspace, question, progress)
    catalogue = workspace.catalogue()
    found = FLOWS[question.flow](log, named, dict(question.settings), progress)
    users, dropped = int(np.count_nonzero(log.lengths)), log.events - named.log.events
    categories = catalogue.categories.null_count < catalogue.items
    behaviours = tuple(behaviour.name for behaviour in log.behaviours)
    progress.check()
    return Answer(
        question,
        named.names,
        named.pooled,
        users,
        log.events,
        dropped,
        categories,
        behaviours,
        found,
        CROWDS[question.flow](log, named, dict(question.settings), found),
        groups.watermark(workspace.fingerprint),
    )


def who(workspace: Workspace, question: Question, place: tuple[int, ...], progress: Progress) -> NDArray[np.int32]:
    """Codes of the users behind a figure of a flow, int32 [n], ascending; `place` says which (see `WHO`).

    Raises:
        SeqlensError: as `answer`.
    """
    log, named = _events(workspace, question, progress)
    return WHO[question.flow](log, named, dict(question.settings), place, progress)


def _events(workspace: Workspace, question: Question, progress: Progress) -> tuple[EventLog, Named]:
    """The events of the users that a question is about, and the same in their states."""
    log, catalogue = workspace.log(), workspace.catalogue()
    progress.check()
    # The states are those of all users, so that those of segments can be set side by side.
    kept = f"flows by {question.by}"
    named = workspace.keep(kept, workspace.fingerprint, lambda: flows.named(log, catalogue, question.by))
    progress.check()
    if question.segment is None:
        return log, named
    codes = workspace.segment(question.segment)
    return log.take(flows.events_of(log, codes)), named.among(codes)


def _paths(log: EventLog, named: Named, settings: dict[str, Any], progress: Progress) -> object:
    del log
    return flows.paths(named, settings["length"], PATHS, progress, settings["collapse"])


def _funnel(log: EventLog, named: Named, settings: dict[str, Any], progress: Progress) -> object:
    del log
    steps = _steps(named, settings)
    return (steps, funnels.funnel(named, steps, settings["window"], progress)) if steps else ([], None)


def _steps(named: Named, settings: dict[str, Any]) -> list[int]:
    """Steps are names, which stay when the states are others; a name that is no state is the pooled one."""
    return [named.names.index(name) for name in settings["steps"] if name in named.names]


def _hours(log: EventLog, named: Named, settings: dict[str, Any], progress: Progress) -> object:
    del named, progress
    return rhythms.hours(log, settings["offset"], _behaviour(log, settings["behaviour"]))


def _retention(log: EventLog, named: Named, settings: dict[str, Any], progress: Progress) -> object:
    del named, progress
    return rhythms.retention(log, settings["period"], *_first_and_again(log, settings))


def _first_and_again(log: EventLog, settings: dict[str, Any]) -> tuple[int | None, int | None]:
    return _behaviour(log, settings["first"]), _behaviour(log, settings["again"])


def _behaviour(log: EventLog, name: str | None) -> int | None:
    """The code of a behaviour; None for any, -1 for one that the data do not have."""
    if name is None:
        return None
    return next((code for code, each in enumerate(log.behaviours) if each.name == name), -1)


def _column(users: NDArray[np.int64] | None) -> NDArray[np.int64]:
    return np.zeros((1, 1), np.int64) if users is None else users[:, None]


def _cohort_crowd(found: Retention) -> NDArray[np.int64]:
    """All users and each cohort; how many they are, and how many of them are there again later."""
    whole = np.column_stack((found.users, np.maximum(found.active, 0)))
    return np.vstack((whole.sum(axis=0, keepdims=True), whole))


FLOWS: dict[str, Callable[[EventLog, Named, dict[str, Any], Progress], object]] = {
    "transitions": lambda _log, named, _settings, _progress: flows.transitions(named),
    "funnel": _funnel,
    "steps": lambda _log, named, settings, _progress: flows.step_matrix(named, settings["steps"]),
    "paths": _paths,
    "hours": _hours,
    "retention": _retention,
}
# How many users are behind each cell of the table, as the tabs show it.
Crowd = Callable[["EventLog", "Named", dict[str, Any], Any], "NDArray[np.int64]"]
CROWDS: dict[str, Crowd] = {
    "transitions": lambda _log, named, _settings, _found: crowds.transitions(named),
    "funnel": lambda _log, _named, _settings, found: _column(None if found[1] is None else found[1].users),
    "steps": lambda _log, _named, _settings, found: found,
    "paths": lambda _log, _named, _settings, found: _column(found.users),
    "hours": lambda log, _named, settings, _found: crowds.hours(
        log, settings["offset"], _behaviour(log, settings["behaviour"])
    ),
    "retention": lambda _log, _named, _settings, found: _cohort_crowd(found),
}
# The place of a figure: two states; state and step; the states of the path; step and whether they left; day and hour;
# cohort, periods later and whether they were away.
Who = Callable[["EventLog", "Named", dict[str, Any], tuple[int, ...], "Progress"], "NDArray[np.int32]"]
WHO: dict[str, Who] = {
    "transitions": lambda _log, named, _settings, place, _progress: behind.followed(named, *place),
    "steps": lambda _log, named, _settings, place, _progress: behind.was_at(named, *place),
    "paths": lambda _log, named, settings, place, _progress: behind.went(named, place, settings["collapse"]),
    "funnel": lambda _log, named, settings, place, progress: behind.got_to(
        named, _steps(named, settings), settings["window"], place[0], bool(place[1]), progress
    ),
    "hours": lambda log, _named, settings, place, _progress: behind.were_there(
        log, settings["offset"], place[0], place[1], _behaviour(log, settings["behaviour"])
    ),
    "retention": lambda log, _named, settings, place, _progress: behind.came_again(
        log, settings["period"], place[0], place[1], bool(place[2]), *_first_and_again(log, settings)
    ),
}


def save_rows(path: Path, rows: list[list[str]], progress: Progress) -> None:
    """Write a table as CSV, which spreadsheets read as UTF-8 and compute nothing of.

    Raises:
        SeqlensError: the file cannot be written.
    """
    progress.check()
    with draft(path) as beside:
        with beside.open("wb") as file:
            file.write(BOM)
        with beside.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([harmless(cell) for cell in row] for row in rows)


def save_picture(path: Path, picture: QImage, progress: Progress) -> None:
    """Write a picture as PNG.

    Raises:
        SeqlensError: the file cannot be written.
    """
    from desktop_app.widgets.timeline_file import write_picture

    progress.check()
    write_picture(path, picture)
