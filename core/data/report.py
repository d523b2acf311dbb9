"""What an import did, row by row accounted for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import duckdb

_AT_ONCE = 2000  # rows that are fetched
KEPT_REJECTIONS = 10_000
"""Rejections of each rule and file that are kept in full; all are counted."""

# Every reason for which a row is rejected, in the order in which they are tried: a row is counted once, for the first.
RULES: dict[str, str] = {
    "malformed_row": "The row cannot be read",
    "missing_user": "The user id is missing",
    "missing_item": "The item id is missing",
    "invalid_behaviour": "The behaviour is missing or marked as invalid",
    "unreadable_time": "The time cannot be read",
    "impossible_time": "The time lies outside the allowed span",
    "duplicate": "The event repeats an earlier one",
    # Of files of feedback, which speak about users and items that the workspace has.
    "unknown_user": "There is no such user in the workspace",
    "unknown_item": "There is no such item in the workspace",
    "unknown_verdict": "The verdict is neither up nor down nor not now",
    "superseded": "A later row of the file says something else about the same user and item",
}

# What DuckDB finds wrong with a row, by its name for it.
MALFORMED: dict[str, str] = {
    "MISSING COLUMNS": "The row has fewer columns than the header",
    "TOO MANY COLUMNS": "The row has more columns than the header",
    "UNQUOTED VALUE": "A quotation mark is not closed, or text follows it",
    "LINE SIZE OVER MAXIMUM": "The line is too long",
    "INVALID ENCODING": "The row is not in the encoding of the file",
    "INVALID STATE": "The row cannot be read",
}


@dataclass(frozen=True)
class Rejection:
    """One row that was not imported.

    Attributes:
        file: its path.
        rule: a key of `RULES`.
        record: number of the record in the file, from 1 and without the header; None for a malformed row.
        line: number of the physical line on which it begins, from 1; None in a Parquet file.
        column: the column that is wrong, if it is one.
        value: what stands there.
        reason: an English sentence, constant, so that a window can translate it.
    """

    file: str
    rule: str
    record: int | None
    line: int | None
    column: str | None
    value: str | None
    reason: str


@dataclass(frozen=True)
class Note:
    """Something that the analyst should know, as a template in English with named fields, like an error's."""

    template: str
    values: Mapping[str, str | int | float] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.values)


@dataclass(frozen=True)
class FileReport:
    """One file's part of the import.

    Attributes:
        path: the file, or the folder, pattern or address of a data set.
        kind: "events" or "items".
        format: "csv" (any delimiter), "recbole" or "parquet".
        encoding: of a text file; "" for Parquet.
        bytes: its size.
        sha256: of its content.
        columns: role by column, as used; columns that are not here were not kept.
        unused: the other columns.
        read: rows read; always `kept` + the sum of `rejected`.
        kept: rows that came through.
        rejected: count by rule.
        known: how many of the duplicates repeat an event that the workspace had before.
        repeated: whether the same content had been imported before, so that nothing was read.
        notes: what the analyst should know.
    """

    path: str
    kind: str
    format: str
    encoding: str
    bytes: int
    sha256: str
    columns: Mapping[str, str]
    unused: tuple[str, ...] = ()
    read: int = 0
    kept: int = 0
    rejected: Mapping[str, int] = field(default_factory=dict)
    known: int = 0
    repeated: bool = False
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class ImportReport:
    """What was read, kept, rejected and filled, and what the workspace holds afterwards.

    Attributes:
        files: one for each file, the event files first.
        users, items, events: in the workspace after the import.
        new_users, new_items, new_events: what the import added.
        behaviours: names in the order of their codes, after the import.
        negative: those of them that speak against an item.
        timed: whether the events have times.
        filled: missing values that were filled, by role.
        time_format: how times were read; "" without times.
        settings: what was asked, as JSON values, without the key of pseudonyms.
        rejections: at most `KEPT_REJECTIONS` of each rule of each file.
        seconds: how long it took.
    """

    files: tuple[FileReport, ...]
    users: int
    items: int
    events: int
    new_users: int
    new_items: int
    new_events: int
    behaviours: tuple[str, ...]
    negative: tuple[str, ...]
    timed: bool
    filled: Mapping[str, int]
    time_format: str
    settings: Mapping[str, Any]
    rejections: tuple[Rejection, ...] = ()
    seconds: float = 0.0

    @property
    def read(self) -> int:
        """Event rows read."""
        return sum(file.read for file in self.files if file.kind == "events")

    @property
    def kept(self) -> int:
        """Event rows kept."""
        return sum(file.kept for file in self.files if file.kind == "events")

    @property
    def rejected(self) -> int:
        """Event rows rejected; `read` is always `kept + rejected`."""
        return sum(self.rules.values())

    @property
    def rules(self) -> dict[str, int]:
        """Rejected event rows by rule, in the order of `RULES`, without those that rejected none."""
        total: Counter[str] = Counter()
        for file in self.files:
            if file.kind == "events":
                total.update(file.rejected)
        return {rule: total[rule] for rule in RULES if total[rule]}

    @property
    def unchanged(self) -> bool:
        """Whether every file had been imported before, so that nothing was done."""
        return all(file.repeated for file in self.files)

    @property
    def notes(self) -> tuple[Note, ...]:
        """All files' notes."""
        return tuple(note for file in self.files for note in file.notes)

    def to_json(self) -> str:
        """As JSON; `from_json` reads it back. The totals are written too, for those who read it by eye."""
        totals = {"read": self.read, "kept": self.kept, "rejected": self.rejected, "rules": self.rules}
        return json.dumps({**totals, **asdict(self)}, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The inverse of `to_json`."""
        values = json.loads(text)
        for total in ("read", "kept", "rejected", "rules"):
            del values[total]
        values["files"] = tuple(_file_report(file) for file in values["files"])
        values["behaviours"], values["negative"] = tuple(values["behaviours"]), tuple(values["negative"])
        values["rejections"] = tuple(Rejection(**rejection) for rejection in values["rejections"])
        return cls(**values)


def _file_report(values: dict[str, Any]) -> FileReport:
    notes = tuple(Note(**note) for note in values.pop("notes"))
    return FileReport(**{**values, "unused": tuple(values["unused"]), "notes": notes})


def load_reports(connection: duckdb.DuckDBPyConnection) -> list[ImportReport]:
    """The reports of all imports into this workspace, the oldest first, each with its kept rejections."""
    # Of the files of a data set only the first has the report.
    rows = connection.execute(
        "SELECT report, list(file) FROM "
        "(SELECT file, last_value(report IGNORE NULLS) OVER (ORDER BY file) AS report FROM files) "
        "GROUP BY report ORDER BY min(file)"
    )
    return [
        replace(ImportReport.from_json(report), rejections=load_rejections(connection, files))
        for report, files in rows.fetchall()
    ]


def load_rejections(connection: duckdb.DuckDBPyConnection, files: list[int], prefix: str = "") -> tuple[Rejection, ...]:
    """The kept rejections of these numbers of files, in the order of file, rule and record.

    Args:
        prefix: of the names of the tables (see `core.data.tables.create_statements`).
    """
    numbers = ", ".join(str(int(file)) for file in files) or "NULL"
    found = connection.execute(
        "SELECT path, rule, record, line, column_name, value, reason "
        f"FROM {prefix}rejections JOIN {prefix}files USING (file) WHERE file IN ({numbers}) "
        "ORDER BY file, rule, record, line"
    )
    # A few at a time: so many tuples at once would make Python look through all of its objects for garbage.
    pieces = iter(lambda: found.fetchmany(_AT_ONCE), [])
    return tuple(Rejection(*row) for piece in pieces for row in piece)
