"""Reports of the page, the user or the run that is looked at, as one HTML or PDF file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QTimer
from PySide6.QtWidgets import QWidget

from desktop_app.dialogs import report_work as work
from desktop_app.dialogs.save_file import ask_where
from desktop_app.turns import take_turn
from desktop_app.widgets.report_parts import page_parts
from desktop_app.widgets.runs_table import RunsTable

if TYPE_CHECKING:
    from core.evaluation.sheet import Part
    from desktop_app.background import Background
    from desktop_app.state import AppState
    from desktop_app.widgets.report_parts import Pictured

FORMATS = (".html", ".pdf")


def ask_file(parent: QWidget, folder: Path, name: str) -> Path | None:
    """The file that the analyst chose, with a suffix that names its format; None for no file."""
    title = QCoreApplication.translate("report", "Save the report")
    plain = "".join(letter if letter.isalnum() or letter in " -_" else "_" for letter in name)[:80]
    return ask_where(parent, title, str(folder / f"{plain}.html"), FORMATS)


def selected_run(page: QWidget | None) -> str | None:
    """The id of the one training that is selected on a page; None where there is no such, or there are several."""
    tables = [] if page is None else page.findChildren(RunsTable)
    chosen = [run.id for table in tables for run in table.selected()]
    return chosen[0] if len(chosen) == 1 else None


def save(
    kind: str,
    page: tuple[str, QWidget | None],
    state: AppState,
    background: Background,
    parent: QWidget,
    folder: Path,
    tell: Callable[[str], object],
    complain: Callable[[Exception], object],
) -> None:
    """Ask for a file and write the report of the "page", the "user" or the "run" into it.

    Args:
        page: title and widget of the page that is shown; a training that is selected on it is the one of the "run".
        tell: hears where the report is, or what is missing for it; `complain` what went wrong.
    """
    workspace = state.workspace
    if workspace is None:
        return
    title, widget = page
    names = {
        "page": title,
        "user": QCoreApplication.translate("report", "User"),
        "run": QCoreApplication.translate("report", "Training"),
    }
    if kind == "user" and state.user < 0:
        tell(QCoreApplication.translate("report", "Choose a user first, on the timeline or on the map."))
        return
    user, run = state.user, selected_run(widget) or state.run

    def write(parts: tuple[Part | Pictured, ...]) -> None:
        path = ask_file(parent, folder, f"{workspace.path.stem} {names[kind]}")
        if path is None:
            return
        gather = {
            "page": partial(work.page_sheet, workspace, title, parts),
            "user": partial(work.user_sheet, workspace, user),
            "run": partial(work.run_sheet, workspace, run),
        }[kind]
        done = QCoreApplication.translate("report", "The report is saved in {0}")
        background.ask(
            f"report {path}",  # another one that is asked for meanwhile takes its place only in the same file
            *(work.write, gather, QLocale().bcp47Name(), path),
            done=lambda _: tell(done.format(path)),
            failed=complain,
        )

    if kind == "page" and widget is not None:
        _gather(widget, page_parts(widget), [], write)
    else:
        write(())


def _gather(
    page: QWidget,
    parts: Iterator[Part | Pictured],
    found: list[Part | Pictured],
    done: Callable[[tuple[Part | Pictured, ...]], object],
) -> None:
    """Have each part of a page made when it has its turn, then tell them all."""
    part = next(parts, None)
    if part is None:
        QTimer.singleShot(0, page, lambda: done(tuple(found)))  # not in a turn: it waits for the analyst
    else:
        found.append(part)
        take_turn(page, partial(_gather, page, parts, found, done), later=True)
