"""What the import dialog asks of core on worker threads; nothing here touches a widget."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from core import workflow
from core.data.tables import SUFFIX
from core.errors import SeqlensError
from core.files import draft, harmless, typed_file
from core.workspace import Workspace

if TYPE_CHECKING:
    from core.data.preview import Preview
    from core.data.report import ImportReport
    from core.data.settings import ImportSettings
    from core.progress import Progress


def look(settings: ImportSettings, progress: Progress) -> Preview:
    """The first rows of the files, and the guess of what they hold."""
    from core.data.preview import preview

    progress.check()
    return preview(settings.files, settings.items_files, settings)


@dataclass(frozen=True)
class FirstLook:
    """What is shown before the analyst has said anything.

    Attributes:
        preview: the first rows, read as earlier files with the same columns were, or as guessed.
        before: whether there were such files.
        sealed: whether the users of the workspace have pseudonyms, so that their key is needed.
    """

    preview: Preview
    before: bool = False
    sealed: bool = False


def first_look(settings: ImportSettings, into: Workspace | None, events: bool, progress: Progress) -> FirstLook | None:
    """Look at files that go `into` an open workspace, or into a new one.

    None where they are feedback, unless it is known (`events`) that they are to be read as events.
    """
    from core.data.remembered import as_before, remembered
    from core.privacy.pseudonyms import kept_for

    if not events and is_json_feedback(settings.files):
        return None
    if into is None:
        seen = look(settings, progress)
        return None if not events and is_feedback(seen) else FirstLook(seen)
    sealed, key = False, None
    with into.cursor() as cursor:
        known = remembered(cursor)
        try:
            key = kept_for(cursor)
            sealed = key is not None
        except SeqlensError:  # the analyst is asked for it
            sealed = True
    asked = replace(settings, pseudonym_key=key)
    former = as_before(known, asked)
    seen = look(former or asked, progress)
    return None if not events and is_feedback(seen) else FirstLook(seen, former is not None, sealed)


def is_feedback(preview: Preview) -> bool:
    """Whether this is one file of feedback, and no events."""
    from core.recommend.feedback_columns import SHOWN, FeedbackLook, named

    file = preview.files[0]
    return len(preview.files) == 1 and FeedbackLook(file.columns, file.rows[:SHOWN], named(file.columns)).sure


def is_json_feedback(paths: tuple[Path, ...]) -> bool:
    """Whether this is one file of feedback as it is exported in JSON, which no events are read from."""
    from core.recommend.feedback_columns import is_json, look

    try:
        return len(paths) == 1 and is_json(paths[0]) and look(paths[0]).sure
    except SeqlensError:  # it is told when the file is read as events
        return False


def free_path(folder: Path, files: list[Path]) -> Path:
    """Where a workspace for these files can be made: named like the first of them, and not there yet."""
    name = files[0].name if files else "workspace"
    for ending in (".gz", ".csv", ".tsv", ".txt", ".parquet", ".inter", ".item"):
        name = name[: -len(ending)] if name.lower().endswith(ending) and len(name) > len(ending) else name
    path, number = folder / (name + SUFFIX), 2
    while path.exists():
        path, number = folder / f"{name} {number}{SUFFIX}", number + 1
    return path


def typed_path(text: str) -> Path:
    """Where a new workspace is to be, as somebody typed it, with the suffix of one.

    Raises:
        SeqlensError: it is a folder.
    """
    path = typed_file(text)
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def into_new(
    path: Path, settings: ImportSettings, progress: Progress, words: str | None = None
) -> tuple[Workspace, ImportReport]:
    """Import into a new workspace at `path`, which is there with everything in it or not at all.

    Args:
        words: the passphrase under which it is encrypted from its first byte on; None for a plain file.

    Raises:
        SeqlensError: the files cannot be used, there is something at `path`, or the passphrase is too short.
        Cancelled: the analyst pressed stop.
    """
    with Workspace.arriving(path, words) as workspace:
        report = workflow.import_files(workspace, settings, progress)
        progress.check()
    return Workspace.open(path, words), report


def into_open(workspace: Workspace, settings: ImportSettings, progress: Progress) -> tuple[Workspace, ImportReport]:
    """Add files to a workspace that is open."""
    return workspace, workflow.import_files(workspace, settings, progress)


def save_report(report: ImportReport, path: Path) -> None:
    """Write a report as JSON or, if the name ends in .csv, its rejections as CSV.

    Raises:
        SeqlensError: the file cannot be written.
    """
    rows = path.suffix.lower() == ".csv"
    text = _csv(report) if rows else report.to_json() + "\n"
    with draft(path) as beside:
        beside.write_text(text, encoding="utf-8-sig" if rows else "utf-8", newline="")


def _csv(report: ImportReport) -> str:
    """The rejections, a line each; a text that a spreadsheet would compute gets an apostrophe before it."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("file", "line", "record", "column", "value", "rule", "reason"))
    for row in report.rejections:
        cells = (row.file, row.line, row.record, row.column, row.value, row.rule, row.reason)
        writer.writerow(harmless(cell) if isinstance(cell, str) else cell for cell in cells)
    return out.getvalue()
