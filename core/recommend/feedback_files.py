"""Feedback from files and into files.

A file has a column for the user, the item and the verdict, and may have one for the time and for a note
(`core.recommend.feedback_columns`). Each row that is not taken is in the report, as in an import of events.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.data import columns, datasets
from core.data.database import apart
from core.data.encodings import load_encodings
from core.data.failures import streaming, translated
from core.data.guarded import guard
from core.data.reader import Source
from core.data.report import KEPT_REJECTIONS, RULES, FileReport, ImportReport, Rejection
from core.data.scan import scan
from core.data.settings import MISSING, ImportSettings, Rules
from core.data.sql import identifier, text, text_list
from core.data.values import guess_time_format
from core.progress import Progress
from core.recommend.export import write_tables
from core.recommend.feedback import DAY, REST_DAYS, FeedbackStore
from core.recommend.feedback_columns import WORDS, is_json, read_json, roles_of

if TYPE_CHECKING:
    import duckdb

_TABLE, _CELLS = "incoming_feedback", "cells_of_feedback"
_REJECTS, _JSON = "refused_feedback", "feedback_of_json"  # of what reads the file
_BATCH = 65_536  # rows


def export_feedback(store: FeedbackStore, path: Path) -> int:
    """Write all feedback that is in force to a file whose suffix names the format; the number of rows.

    Raises:
        SeqlensError: the format is unknown, or the file cannot be written.
    """
    table = store.table()
    return write_tables(path, [table] if table.num_rows else [], table.slice(0, 0))


def import_feedback(
    connection: duckdb.DuckDBPyConnection,
    store: FeedbackStore,
    path: Path,
    now: int,
    progress: Progress,
    given: Mapping[str, str] | None = None,
) -> ImportReport:
    """Take over the feedback of a file, all of it as one change.

    `given` names the column of each role ("user", "item", "verdict", "time", "note"); None finds them by their names.

    Of several rows about one user and item the latest holds, of equally late ones the last. A row without a time is
    of `now` (microseconds since 1970 UTC). "Not now" holds from the time of the row on.

    Raises:
        SeqlensError: the file cannot be read, or a role that is needed has no column.
        Cancelled: the analyst pressed stop.
    """
    import duckdb

    began = time.monotonic()
    try:
        source, roles, sha256, malformed = _read(connection, path, given, progress)
        _stage(connection, now)
        rejections = malformed + _broken(connection, path, roles)
        counts = _counts(connection) | {"malformed_row": len(malformed)}
        counted = {rule: counts[rule] for rule in RULES if counts.get(rule)}
        users, items, read = connection.execute(
            "SELECT count(DISTINCT user_id) FILTER (rule = ''), count(DISTINCT item_id) FILTER (rule = ''), count(*) "
            f"FROM {_TABLE}"
        ).fetchall()[0]
        progress.check()
        progress.step(0.9, 1, "Saving")
        kept = store.put_query(connection, _entries(path.name))
    except duckdb.Error as error:
        raise translated(error, path.name) from error
    finally:
        for name in (_TABLE, _CELLS):
            connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
    report = FileReport(
        path=str(path),
        kind="events",
        format=source.format,
        encoding=source.encoding,
        bytes=source.bytes,
        sha256=sha256,
        columns={name: role for role, name in roles.items()},
        unused=tuple(name for name in source.columns if name not in roles.values()),
        read=read + len(malformed),
        kept=kept,
        rejected=counted,
        notes=source.notes,
    )
    return ImportReport(
        files=(report,),
        users=users,
        items=items,
        events=kept,
        new_users=0,
        new_items=0,
        new_events=0,
        behaviours=(),
        negative=(),
        timed="time" in roles,
        filled={},
        time_format=_time_format(source, roles) if "time" in roles else "",
        settings={},
        rejections=tuple(rejections),
        seconds=round(time.monotonic() - began, 3),
    )


def _read(
    connection: duckdb.DuckDBPyConnection, path: Path, given: Mapping[str, str] | None, progress: Progress
) -> tuple[Source, dict[str, str], str, list[Rejection]]:
    """Read a file, apart from the workspace, into a temporary table: how it is, its roles, SHA-256 and broken rows."""
    with apart(connection) as reading, progress.interrupting(reading.interrupt):
        reading.execute("SET TimeZone = 'UTC'")
        source, relation, sha256 = _opened(reading, path, progress.part(0.0, 0.3))
        progress.step(0.3, 1, "Reading {file}", file=path.name)
        roles = roles_of(source, given)
        connection.execute(
            f"CREATE TEMP TABLE {_CELLS} (record BIGINT, user_id VARCHAR, item_id VARCHAR, verdict VARCHAR, "
            "note VARCHAR, raw_time VARCHAR, timed BOOLEAN, moment BIGINT)"
        )
        with streaming():
            for batch in reading.execute(_cells(source, relation, roles)).to_arrow_reader(_BATCH):
                connection.register("batch", batch)
                connection.execute(f"INSERT INTO {_CELLS} FROM batch")
                progress.check()
        connection.unregister("batch")
        return source, roles, sha256, _malformed(reading, source)


def _opened(reading: duckdb.DuckDBPyConnection, path: Path, progress: Progress) -> tuple[Source, str, str]:
    """A file, the SQL that reads it, and its SHA-256."""
    if is_json(path):
        source, table, sha256 = read_json(path)
        reading.register(_JSON, table)
        return source, _JSON, sha256
    source = guard.open(path, "events", ImportSettings(files=(path,)))
    found = scan(source, False, progress)
    source = replace(source, encoding=found.encoding)
    if source.format == "parquet":
        datasets.connect(reading, source.parts)
        return source, source.relation(), found.sha256
    load_encodings(reading, source.encoding)
    return source, source.relation(_REJECTS), found.sha256


def _cells(source: Source, relation: str, roles: dict[str, str]) -> str:
    """SQL of what stands in each row."""

    def cell(role: str) -> str:
        return columns.clean_text(source.column(roles[role]), MISSING)

    raw_time = source.column(roles["time"]) if "time" in roles else "NULL::VARCHAR"
    moment = columns.time(source, roles["time"], _time_format(source, roles)) if "time" in roles else "NULL"
    given = f"NOT {columns.is_missing(raw_time, MISSING)}" if "time" in roles else "false"
    return (
        f"SELECT row_number() OVER () AS record, {cell('user')} AS user_id, {cell('item')} AS item_id, "
        f"{cell('verdict')} AS verdict, {cell('note') if 'note' in roles else 'NULL::VARCHAR'} AS note, "
        f"{raw_time}::VARCHAR AS raw_time, {given} AS timed, ({moment})::BIGINT AS moment FROM {relation}"
    )


def _stage(connection: duckdb.DuckDBPyConnection, now: int) -> None:
    """Make a temporary table of the cells with the rule that each row breaks, or an empty text."""
    cases = " ".join(
        f"WHEN lower({identifier('verdict')}) IN ({text_list(words)}) THEN '{verdict}'"
        for verdict, words in WORDS.items()
    )
    earliest, latest = columns.bounds(Rules())
    connection.execute(
        f"CREATE TEMP TABLE {_TABLE} AS WITH "
        f"understood AS (SELECT *, CASE {cases} END AS meaning, CASE WHEN timed THEN moment ELSE {now} END AS time "
        f"FROM {_CELLS}), checked AS (SELECT *, CASE WHEN user_id IS NULL THEN 'missing_user' "
        "WHEN item_id IS NULL THEN 'missing_item' WHEN meaning IS NULL THEN 'unknown_verdict' "
        "WHEN user_id NOT IN (SELECT id FROM users) THEN 'unknown_user' "
        "WHEN item_id NOT IN (SELECT id FROM items) THEN 'unknown_item' "
        "WHEN time IS NULL THEN 'unreadable_time' "
        f"WHEN time NOT BETWEEN {earliest} AND {latest} THEN 'impossible_time' "
        "ELSE '' END AS broken FROM understood) "
        "SELECT *, CASE WHEN broken = '' AND row_number() OVER "
        "(PARTITION BY broken = '', user_id, item_id ORDER BY time DESC, record DESC) > 1 THEN 'superseded' "
        "ELSE broken END AS rule FROM checked"
    )


def _time_format(source: Source, roles: dict[str, str]) -> str:
    values = source.values(roles["time"])
    return guess_time_format(values) or "iso"


def _malformed(reading: duckdb.DuckDBPyConnection, source: Source) -> list[Rejection]:
    if source.format in ("parquet", "json"):
        return []
    rows = reading.execute(
        f"SELECT line, min(csv_line) FROM temp.{_REJECTS}_errors GROUP BY line ORDER BY line"
    ).fetchall()
    reason = RULES["malformed_row"]
    return [Rejection(str(source.path), "malformed_row", None, line, None, cell[:200], reason) for line, cell in rows]


def _counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    return dict(connection.execute(f"SELECT rule, count(*) FROM {_TABLE} WHERE rule <> '' GROUP BY rule").fetchall())


_CULPRIT = {
    "missing_user": ("user", "NULL"),
    "unknown_user": ("user", "user_id"),
    "missing_item": ("item", "NULL"),
    "unknown_item": ("item", "item_id"),
    "unknown_verdict": ("verdict", "verdict"),
    "unreadable_time": ("time", "raw_time"),
    "impossible_time": ("time", "raw_time"),
    "superseded": ("verdict", "verdict"),
}


def _broken(connection: duckdb.DuckDBPyConnection, path: Path, roles: dict[str, str]) -> list[Rejection]:
    values = " ".join(f"WHEN '{rule}' THEN {value}" for rule, (_, value) in _CULPRIT.items())
    rows: list[tuple[Any, ...]] = connection.execute(
        f"SELECT record, rule, left(CASE rule {values} END, 200) FROM {_TABLE} WHERE rule <> '' "
        f"QUALIFY row_number() OVER (PARTITION BY rule ORDER BY record) <= {KEPT_REJECTIONS} ORDER BY record"
    ).fetchall()
    return [
        Rejection(str(path), rule, record, None, roles.get(_CULPRIT[rule][0]), value, RULES[rule])
        for record, rule, value in rows
    ]


def _entries(name: str) -> str:
    """SQL of the entries that no rule broke."""
    return (
        "SELECT user_id, item_id, meaning, coalesce(note, ''), time::BIGINT, "
        f"CASE WHEN meaning = 'later' THEN time::BIGINT + {REST_DAYS * DAY} END, "
        f"'', NULL::INTEGER, NULL::DOUBLE, {text(name)} FROM {_TABLE} WHERE rule = '' ORDER BY record"
    )
