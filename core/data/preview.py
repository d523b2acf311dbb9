"""What an import dialog shows before anything is imported: the first rows of each file, and settings as guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from core.data.plan import Plan, Planned, make_plan
from core.data.report import Note
from core.data.roles import is_negative
from core.data.settings import ImportSettings

ROWS = 200


@dataclass(frozen=True)
class FilePreview:
    """The beginning of one file.

    Attributes:
        path: the file.
        kind: "events" or "items".
        format: "csv" (any delimiter), "recbole" or "parquet".
        encoding: of a text file; "" for Parquet.
        delimiter: between the cells; "" for Parquet.
        header: whether the first row names the columns.
        bytes: size of the file.
        columns: names of the columns, made different from one another where the file repeats one.
        roles: role by column, as the settings say or as guessed; a column that is not here will not be kept.
        rows: at most `ROWS` rows; each cell as it stands in the file, None where it is empty.
        notes: what the analyst should know, such as a repeated column name.
    """

    path: Path
    kind: str
    format: str
    encoding: str
    delimiter: str
    header: bool
    bytes: int
    columns: tuple[str, ...]
    roles: Mapping[str, str]
    rows: tuple[tuple[str | None, ...], ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Preview:
    """All files of an import before it.

    Attributes:
        files: the event files, then the catalogues.
        settings: settings with the files sorted into events and catalogues, columns and time format. `negative` stays
            None if nothing was chosen: then behaviours that only occur further down are judged by their names too.
        behaviours: raw values of the behaviour columns in the first rows (many more than are shown), the most
            frequent first.
        negative: names of those that speak against an item, as chosen or as guessed from their names.
    """

    files: tuple[FilePreview, ...]
    settings: ImportSettings
    behaviours: tuple[str, ...]
    negative: tuple[str, ...]

    def mapped(self, roles: Mapping[str, str]) -> ImportSettings:
        """The settings with `roles` (column by role) in place of what was guessed; see `ImportSettings.mapped`."""
        header = [column for file in self.files if file.kind == "events" for column in file.columns]
        items_header = [column for file in self.files if file.kind == "items" for column in file.columns]
        return self.settings.mapped(roles, dict.fromkeys(header), dict.fromkeys(items_header))


def preview(
    files: Iterable[Path],
    items_files: Iterable[Path] = (),
    settings: ImportSettings | None = None,
    sealed: bool = False,
) -> Preview:
    """Look at the beginning of each file; takes some milliseconds, whatever the sizes.

    Args:
        files: event files; a catalogue among several files is known by its columns.
        items_files: catalogues.
        settings: what the analyst has chosen already; the rest is guessed. Its files are replaced.
        sealed: whether nothing of them may be written to the disk in plain.

    Raises:
        SeqlensError: a file cannot be read as a table.
    """
    given = settings or ImportSettings()
    plan = make_plan(replace(given, files=tuple(files), items_files=tuple(items_files)), sealed)
    behaviours = _behaviours(plan)
    names = dict.fromkeys(name for raw in behaviours if (name := given.behaviours.get(raw, raw)) is not None)
    negative = tuple(name for name in names if is_negative(name)) if given.negative is None else given.negative
    files_shown = tuple(_file(planned) for planned in (*plan.events, *plan.items))
    return Preview(files_shown, plan.settings, behaviours, negative)


def _behaviours(plan: Plan) -> tuple[str, ...]:
    counts: Counter[str] = Counter()
    for planned in plan.events:
        if column := planned.column("behaviour"):
            values = (value.strip() for value in planned.source.values(column))
            counts.update(value for value in values if value not in plan.settings.missing)
    return tuple(value for value, _ in counts.most_common())


def _file(planned: Planned) -> FilePreview:
    source = planned.source
    return FilePreview(
        path=source.path,
        kind=source.kind,
        format=source.format,
        encoding=source.encoding,
        delimiter=source.delimiter,
        header=source.header,
        bytes=source.bytes,
        columns=source.columns,
        roles=planned.roles,
        rows=source.rows[:ROWS],
        notes=planned.notes,
    )
