"""What the page of flows asks of core on worker threads; nothing here touches a widget."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core.analysis import flows, funnels, rhythms
from core.files import BOM, draft, harmless

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from core.analysis.flows import By, Named
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
        found: what `FLOWS` gave.
    """

    question: Question
    names: tuple[str, ...]
    pooled: int
    users: int
    events: int
    dropped: int
    categories: bool
    found: Any


def answer(workspace: Workspace, question: Question, progress: Progress) -> Answer:
    """Compute a flow.

    Raises:
        SeqlensError: it needs times and there are none, or the segment is not there any more.
    """
    log, catalogue = workspace.log(), workspace.catalogue()
    progress.check()
    # The states are those of all users, so that those of segments can be set side by side.
    kept = f"flows by {question.by}"
    named = workspace.keep(kept, workspace.fingerprint, lambda: flows.named(log, catalogue, question.by))
    progress.check()
    if question.segment is not None:
        codes = workspace.segment(question.segment)
        log, named = log.take(flows.events_of(log, codes)), named.among(codes)
    found = FLOWS[question.flow](log, named, dict(question.settings), progress)
    users, dropped = int(np.count_nonzero(log.lengths)), log.events - named.log.events
    categories = catalogue.categories.null_count < catalogue.items
    return Answer(question, named.names, named.pooled, users, log.events, dropped, categories, found)


def _paths(log: EventLog, named: Named, settings: dict[str, Any], progress: Progress) -> object:
    del log
    return flows.paths(named, settings["length"], PATHS, progress, settings["collapse"])


def _funnel(log: EventLog, named: Named, settings: dict[str, Any], progress: Progress) -> object:
    """Steps are names, which stay when the states are others; a name that is no state is the pooled one."""
    del log
    steps = [named.names.index(name) for name in settings["steps"] if name in named.names]
    return (steps, funnels.funnel(named, steps, settings["window"], progress)) if steps else ([], None)


FLOWS: dict[str, Callable[[EventLog, Named, dict[str, Any], Progress], object]] = {
    "transitions": lambda _log, named, _settings, _progress: flows.transitions(named),
    "funnel": _funnel,
    "steps": lambda _log, named, settings, _progress: flows.step_matrix(named, settings["steps"]),
    "paths": _paths,
    "hours": lambda log, _named, settings, _progress: rhythms.hours(log, settings["offset"]),
    "retention": lambda log, _named, settings, _progress: rhythms.retention(log, settings["period"]),
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
